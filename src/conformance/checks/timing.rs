//! Response times must not reveal who has an account (ASVS 6.3.8, cheat sheet on forgotten passwords).

use std::time::{Duration, Instant};

use crate::conformance::harness::{CheckSandbox, OTHER, PASSWORD};
use crate::conformance::observation::{CheckError, CheckResult, Observation};
use crate::conformance::personas::{ANA, RUI, UNREGISTERED_NISS, with};
use crate::conformance::runner::CheckRunner;
use crate::request::Operation;

/// Compares two response times by the shortest of several tries each, taken in turn.
///
/// Other load makes a try longer but never shorter. More tries are made while the two differ too much, so that the
/// verdict is stable.
struct Comparison {
    /// The minimum number of tries of each.
    least: u32,
    /// The maximum number of tries of each.
    most: u32,
    /// The maximum ratio of the two times.
    ratio: f64,
}

impl Comparison {
    fn of(&self, mut each: impl FnMut(usize) -> Result<(), CheckError>) -> CheckResult {
        let mut best = [Duration::MAX; 2];
        let is_alike =
            |[one, other]: [Duration; 2]| one <= other.mul_f64(self.ratio) && other <= one.mul_f64(self.ratio);
        for tries in 0..self.most {
            if tries >= self.least && is_alike(best) {
                break;
            }
            for (who, best) in best.iter_mut().enumerate() {
                let begun = Instant::now();
                each(who)?;
                *best = (*best).min(begun.elapsed());
            }
        }
        // The times differ from run to run, so they are shown only on failure.
        let rendered = match is_alike(best) {
            true => format!("within {}x", self.ratio),
            false => format!("{:?} against {:?}", best[0], best[1]),
        };
        let mut findings = Observation::default();
        findings.record("known and unknown", rendered, is_alike(best));
        Ok(findings)
    }
}

/// ASVS 6.3.8, time: a login hashes for an unknown NISS too. Without that it would take a thirtieth of the time.
pub fn login_time(bench: &CheckRunner<'_>) -> CheckResult {
    let world = CheckSandbox::with(bench, &[("login.failures", "1000")])?;
    world.register_and_activate(&ANA, PASSWORD)?;
    let whom = [ANA.niss, UNREGISTERED_NISS];
    Comparison { least: 7, most: 40, ratio: 3.0 }.of(|who| world.login(whom[who], OTHER).map(|_| ()))
}

/// ASVS 6.3.8, time: the new password is hashed, and compared with the current or a dummy hash, before the code is
/// checked.
///
/// Without the comparison it would take half the time. The hashes are cheaper here, and there are more of them.
pub fn code_time(bench: &CheckRunner<'_>) -> CheckResult {
    let settings = [("code.attempts", "1000"), ("code.failures", "1000"), ("argon2.memory", "8192")];
    let world = CheckSandbox::with(bench, &settings)?;
    world.register_and_activate(&ANA, PASSWORD)?;
    let whom = [ANA.niss, UNREGISTERED_NISS];
    Comparison { least: 9, most: 80, ratio: 1.6 }.of(|who| world.recover(whom[who], "000000", OTHER).map(|_| ()))
}

/// Cheat sheet on forgotten passwords, time: a request that fails the identity check takes equally long for any NISS.
pub fn recover_time(bench: &CheckRunner<'_>) -> CheckResult {
    let world = CheckSandbox::with(bench, &[("identity.failures", "100000")])?;
    world.register_and_activate(&ANA, PASSWORD)?;
    let asks = [with(ANA.recovery("sms"), "nif", RUI.nif), with(ANA.recovery("sms"), "niss", UNREGISTERED_NISS)];
    Comparison { least: 20, most: 400, ratio: 5.0 }
        .of(|who| world.send(Operation::RecoverRequest, asks[who].clone()).map(|_| ()))
}
