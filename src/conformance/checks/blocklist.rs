//! Which passwords are refused though they are long enough and of enough kinds (63B 3.1.1.2, ASVS 6.2.4).

use std::collections::BTreeSet;

use crate::conformance::checks::passwords::{PasswordForm, outcome_of};
use crate::conformance::harness::{CheckContext, PASSWORD};
use crate::conformance::observation::{CheckError, CheckResult, Observation};
use crate::reply::Reply;

/// Of the ten thousand most common of any list of leaked passwords, those long enough and of enough kinds for `rcm41`.
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

/// And long enough for `nist`.
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

/// Made of what anybody knows who knows Ana, or where the account is.
const CONTEXT: [&str; 4] = ["Ferreira-1984-Ana", "Sofia.Marques.22031984", "Lisboa912000001!", "MARQUES_ferreira_1"];

/// Made of what the service is called.
const SERVICE: [&str; 4] =
    ["Seguranca-Social-Direta", "SegurancaSocial1", "SegurançaSocial2026", "SSD-seguranca-social"];

/// How many of a sample are refused as weak, and which are not.
fn refused(
    context: &CheckContext<'_>,
    observation_value: &mut Observation,
    profile: &str,
    sample: &[&str],
) -> Result<(), CheckError> {
    let (mut door, mut taken) = (PasswordForm::under(context, profile)?, vec![]);
    for password in sample {
        let response = door.submit(password)?;
        // Not for its length or its kinds: those are what the sample is chosen by.
        let precisely = response.reason_and_variant();
        if !precisely.starts_with("password_weak") || ["/short", "/classes"].iter().any(|end| precisely.ends_with(end))
        {
            // These are no secrets: everybody tries them first.
            taken.push(format!("{password} {precisely}"));
        }
        if response.is_done() {
            door = PasswordForm::under(context, profile)?;
        }
    }
    let rendered = format!("{} of {} password_weak {}", sample.len() - taken.len(), sample.len(), taken.join(", "));
    observation_value.record(profile, rendered.trim_end(), taken.is_empty());
    Ok(())
}

/// 63B 3.1.1.2, ASVS 6.2.4: the most common are refused, long enough and of enough kinds though they are.
pub fn common(context: &CheckContext<'_>) -> CheckResult {
    let mut observation_value = Observation::default();
    refused(context, &mut observation_value, "rcm41", &COMMON_RCM41)?;
    refused(context, &mut observation_value, "nist", &COMMON_NIST)?;
    observation_value.expect_eq("control", outcome_of(context, "rcm41", PASSWORD)?, "done");
    Ok(observation_value)
}

/// 63B 3.1.1.2: words of the context are refused: the holder's data.
pub fn context(context: &CheckContext<'_>) -> CheckResult {
    let mut observation_value = Observation::default();
    refused(context, &mut observation_value, "rcm41", &CONTEXT)?;
    observation_value.expect_eq("control", outcome_of(context, "rcm41", PASSWORD)?, "done");
    Ok(observation_value)
}

/// 63B 3.1.1.2: the name of the service is a word of the context too.
pub fn service(context: &CheckContext<'_>) -> CheckResult {
    let mut observation_value = Observation::default();
    refused(context, &mut observation_value, "rcm41", &SERVICE)?;
    refused(context, &mut observation_value, "nist", &SERVICE[..1])?;
    observation_value.expect_eq("control", outcome_of(context, "rcm41", PASSWORD)?, "done");
    Ok(observation_value)
}

/// 63B 3.1.1.2: who is refused is told why, and what would be better.
pub fn reported_why(context: &CheckContext<'_>) -> CheckResult {
    let mut observation_value = Observation::default();
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
        observation_value.record("reason", &precisely, precisely.starts_with(wanted));
        if let Ok(Reply::Refused(refusal)) = &response.reply {
            rendered.insert((refusal.key(), refusal.hint.as_ref().map(|hint| hint.key)));
        }
    }
    observation_value.expect_eq("sentences with a hint", rendered.iter().filter(|(_, hint)| hint.is_some()).count(), 4);
    let good = door.submit(PASSWORD)?;
    observation_value.expect_eq("then a good one", good, "done");
    Ok(observation_value)
}
