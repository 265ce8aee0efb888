//! The source of codes (ASVS 6.5.3): outside a sandbox the system's random generator, tested for bias.

use std::collections::BTreeSet;

use crate::conformance::harness::{CheckSandbox, number};
use crate::conformance::observation::{CheckResult, Observation};
use crate::conformance::personas::{ANA, UNREGISTERED_NISS};
use crate::conformance::runner::CheckRunner;
use crate::domain::code::VerificationCode;
use crate::domain::policy::Policy;
use crate::domain::vocabulary::Channel;
use crate::random::RandomSource;

const CODES: usize = 2_000;
/// The limit for nine degrees of freedom. A fair generator exceeds it once in 10^9 runs.
const MOST_CHI_SQUARED: f64 = 60.0;

/// ASVS 6.5.3: a cryptographic generator seeded by the system; all digits are equally likely.
pub fn generator(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let (niss, policy) = (number(UNREGISTERED_NISS)?, Policy::default());
    let mut counts = [0_u32; 10];
    let mut codes = BTreeSet::new();
    for n in 0..CODES {
        // With the system generator, the number of the draw has no effect.
        let code = VerificationCode::generate(
            Channel::Sms,
            &policy,
            &mut RandomSource::System.rng_for("activation", niss, n as i64 % 2)?,
        );
        code.expose().bytes().filter(u8::is_ascii_digit).for_each(|digit| counts[usize::from(digit - b'0')] += 1);
        codes.insert(code.expose().to_owned());
    }
    let expected = f64::from(counts.iter().sum::<u32>()) / 10.0;
    let chi_squared: f64 = counts.iter().map(|count| (f64::from(*count) - expected).powi(2) / expected).sum();
    let is_even = chi_squared < MOST_CHI_SQUARED;
    findings.record("digits of 2000 codes", if is_even { "even" } else { "uneven" }, is_even);
    // Some of 2,000 draws from a million values coincide in a fair generator too.
    findings.record("different codes", ">1950", codes.len() > 1_950);
    // A sandbox is deterministic by seed, but each draw gives another code.
    let world = CheckSandbox::new(bench)?;
    let first = world.register(&ANA, "sms")?;
    world.wait(60)?;
    let second = world.register(&ANA, "sms")?;
    findings.record("next draw", if first == second { "same" } else { "another" }, first != second);
    Ok(findings)
}
