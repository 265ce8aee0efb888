//! Response times must not reveal who has an account (ASVS 6.3.8, cheat sheet on forgotten passwords).
//!
//! The checks compare the slow work and not times, which depend on the machine.

use crate::conformance::harness::{CheckContext, CheckSandbox, OTHER, PASSWORD};
use crate::conformance::observation::{CheckError, CheckResult, Observation};
use crate::conformance::personas::{ANA, RUI, UNREGISTERED_NISS, with};
use crate::domain::work_count::{self, WorkCount};
use crate::request::Operation;

/// Records whether the work for a known and an unknown NISS is the same at each of six attempts, lockouts included.
fn compare(mut each: impl FnMut(usize) -> Result<(), CheckError>) -> CheckResult {
    let mut findings = Observation::default();
    for attempt in 1..=6 {
        let mut work = |who| -> Result<WorkCount, CheckError> {
            work_count::take();
            each(who)?;
            Ok(work_count::take())
        };
        let (known, unknown) = (work(0)?, work(1)?);
        if attempt == 1 || known != unknown {
            findings.record(&format!("attempt {attempt}, known"), summary(&known), true);
            findings.record("unknown", summary(&unknown), known == unknown);
        }
    }
    Ok(findings)
}

fn summary(work: &WorkCount) -> String {
    let WorkCount { hashes, keyed_hashes, estimates, messages, provisional } = work;
    let (hashes, messages) = (hashes.values().sum::<u64>(), messages.values().sum::<u64>());
    format!(
        "hashes {hashes}, keyed {keyed_hashes}, estimates {estimates}, messages {messages}, provisional {provisional}"
    )
}

/// ASVS 6.3.8, time: a login hashes for an unknown NISS too.
pub fn login_time(context: &CheckContext<'_>) -> CheckResult {
    let world = CheckSandbox::new(context)?;
    world.register_and_activate(&ANA, PASSWORD)?;
    let whom = [ANA.niss, UNREGISTERED_NISS];
    compare(|who| world.login(whom[who], OTHER).map(|_| ()))
}

/// ASVS 6.3.8, time: the new password is hashed, and compared with the current or a dummy hash, before the code is
/// checked.
pub fn code_time(context: &CheckContext<'_>) -> CheckResult {
    let world = CheckSandbox::new(context)?;
    world.register_and_activate(&ANA, PASSWORD)?;
    let whom = [ANA.niss, UNREGISTERED_NISS];
    compare(|who| world.recover(whom[who], "000000", OTHER).map(|_| ()))
}

/// Cheat sheet on forgotten passwords, time: a request that fails the identity check takes equally long for any NISS.
pub fn recover_time(context: &CheckContext<'_>) -> CheckResult {
    let world = CheckSandbox::new(context)?;
    world.register_and_activate(&ANA, PASSWORD)?;
    let asks = [with(ANA.recovery("sms"), "nif", RUI.nif), with(ANA.recovery("sms"), "niss", UNREGISTERED_NISS)];
    compare(|who| world.send(Operation::RecoverRequest, asks[who].clone()).map(|_| ()))
}
