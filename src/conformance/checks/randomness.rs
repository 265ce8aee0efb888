//! Where codes come from (ASVS 6.5.3): outside a sandbox the system's chance, looked at for what a poor generator shows.

use std::collections::BTreeSet;

use crate::conformance::harness::{CheckContext, CheckSandbox, number};
use crate::conformance::observation::{CheckResult, Observation};
use crate::conformance::personas::{ANA, UNREGISTERED_NISS};
use crate::domain::code::VerificationCode;
use crate::domain::policy::Policy;
use crate::domain::vocabulary::Channel;
use crate::random::RandomSource;

const CODES: usize = 2_000;
/// Of nine degrees of freedom; chance goes beyond it once in a thousand million runs.
const MOST_CHI_SQUARED: f64 = 60.0;

/// ASVS 6.5.3: a generator for cryptography, seeded by the system; every digit is as likely as any other.
pub fn generator(context: &CheckContext<'_>) -> CheckResult {
    let mut observation_value = Observation::default();
    let (niss, policy) = (number(UNREGISTERED_NISS)?, Policy::default());
    let mut counts = [0_u32; 10];
    let mut codes = BTreeSet::new();
    for n in 0..CODES {
        // Where the system is asked, which draw of a holder's it is changes nothing.
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
    observation_value.record("digits of 2000 codes", if is_even { "even" } else { "uneven" }, is_even);
    // Some two of 2,000 draws of a million are the same: that is chance too.
    observation_value.record("different codes", ">1950", codes.len() > 1_950);
    // A sandbox repeats itself by its seed alone: another holder, another draw, another code.
    let world = CheckSandbox::new(context)?;
    let first = world.register(&ANA, "sms")?;
    world.wait(60)?;
    let second = world.register(&ANA, "sms")?;
    observation_value.record("next draw", if first == second { "same" } else { "another" }, first != second);
    Ok(observation_value)
}
