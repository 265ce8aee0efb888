//! Passwords that are refused although they are long enough and have enough kinds of characters (63B 3.1.1.2, ASVS
//! 6.2.4).

use std::collections::BTreeSet;

use crate::conformance::checks::passwords::{PasswordForm, outcome_of};
use crate::conformance::harness::{CheckContext, PASSWORD};
use crate::conformance::observation::{CheckError, CheckResult, Observation};
use crate::l10n::next_steps::hint_entry;
use crate::reply::Reply;

/// Passwords among the 10,000 most common of leaked lists that satisfy the length and classes of `rcm41`.
const COMMON_RCM41: [&str; 23] = [
    "Password1",
    "Password12",
    "Password123",
    "Password1!",
    "Password123!",
    "Passw0rd1",
    "Passw0rd123",
    "P@ssw0rd1",
    "P@ssw0rd123",
    "P@55w0rd1",
    "Qwerty123",
    "Qwerty1234",
    "Qwerty123!",
    "Welcome123",
    "Welcome1!",
    "Abcd12345",
    "Abc123456",
    "Aa123456789",
    "Aa123456!",
    "Admin1234",
    "1q2w3e4R5t",
    "Iloveyou1",
    "Liverpool1",
];

/// Common passwords that satisfy the length of `nist`.
const COMMON_NIST: [&str; 10] = [
    "123456789012345",
    "1234567890123456",
    "111111111111111",
    "000000000000000",
    "passwordpassword",
    "qwertyuiopasdfgh",
    "qwertyuiopasdfghjkl",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv",
    "abcdefghijklmnop",
];

/// Passwords made from Ana's data or from places and dates that people know about her.
const CONTEXT: [&str; 4] = ["Ferreira-1984-Ana", "Sofia.Marques.22031984", "Lisboa912000001!", "MARQUES_ferreira_1"];

/// Passwords made from the name of the service.
const SERVICE: [&str; 4] =
    ["Seguranca-Social-Direta", "SegurancaSocial1", "SegurançaSocial2026", "SSD-seguranca-social"];

/// Records how many passwords of a sample are refused as weak, and lists the others.
fn refused(
    context: &CheckContext<'_>,
    findings: &mut Observation,
    profile: &str,
    sample: &[&str],
) -> Result<(), CheckError> {
    let (mut door, mut taken) = (PasswordForm::under(context, profile)?, vec![]);
    for password in sample {
        let response = door.submit(password)?;
        // Length and classes do not count here: the sample satisfies them.
        let precisely = response.reason_and_variant();
        if !precisely.starts_with("password_weak") || ["/short", "/classes"].iter().any(|end| precisely.ends_with(end))
        {
            // Printing them is safe: they are not secrets.
            taken.push(format!("{password} {precisely}"));
        }
        if response.is_done() {
            door = PasswordForm::under(context, profile)?;
        }
    }
    let rendered = format!("{} of {} password_weak {}", sample.len() - taken.len(), sample.len(), taken.join(", "));
    findings.record(profile, rendered.trim_end(), taken.is_empty());
    Ok(())
}

/// 63B 3.1.1.2, ASVS 6.2.4: the most common passwords are refused, even if long enough and of enough kinds.
pub fn common(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    refused(context, &mut findings, "rcm41", &COMMON_RCM41)?;
    refused(context, &mut findings, "nist", &COMMON_NIST)?;
    findings.expect_eq("control", outcome_of(context, "rcm41", PASSWORD)?, "done");
    Ok(findings)
}

/// 63B 3.1.1.2: passwords made from the holder's data are refused.
pub fn context(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    refused(context, &mut findings, "rcm41", &CONTEXT)?;
    findings.expect_eq("control", outcome_of(context, "rcm41", PASSWORD)?, "done");
    Ok(findings)
}

/// 63B 3.1.1.2: passwords made from the name of the service are refused.
pub fn service(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    refused(context, &mut findings, "rcm41", &SERVICE)?;
    refused(context, &mut findings, "nist", &SERVICE[..1])?;
    findings.expect_eq("control", outcome_of(context, "rcm41", PASSWORD)?, "done");
    Ok(findings)
}

/// 63B 3.1.1.2: a refusal has a reason and a hint for a better password.
pub fn reported_why(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let door = PasswordForm::under(context, "rcm41")?;
    let mut rendered = BTreeSet::new();
    for (password, wanted) in [
        ("vX7#qLz", "password_weak/short"),
        ("trigovioletaoceano", "password_weak/classes"),
        (COMMON_RCM41[0], "password_weak"),
        (CONTEXT[0], "password_weak/personal"),
    ] {
        let response = door.submit(password)?;
        let precisely = response.reason_and_variant();
        findings.record("reason", &precisely, precisely.starts_with(wanted));
        if let Ok(Reply::Refused(refusal)) = &response.reply {
            rendered.insert((refusal.reason, refusal.variant, refusal.hint.as_ref().map(|hint| hint_entry(hint).0)));
        }
    }
    findings.expect_eq("sentences with a hint", rendered.iter().filter(|(.., hint)| hint.is_some()).count(), 4);
    let good = door.submit(PASSWORD)?;
    findings.expect_eq("then a good one", good, "done");
    Ok(findings)
}
