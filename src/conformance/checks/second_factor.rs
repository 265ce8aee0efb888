//! The second factor of a login: its code, its channels, and that the code alone is not enough (63B 3.1.3, 3.1.1.2;
//! ASVS 6.3.8).

use serde_json::json;

use crate::conformance::check_reply::CheckReply;
use crate::conformance::checks::enumeration;
use crate::conformance::harness::{CheckContext, CheckSandbox, OTHER, PASSWORD, wrong_code};
use crate::conformance::observation::{CheckError, CheckResult, Observation};
use crate::conformance::personas::{ANA, ANTONIO};
use crate::domain::policy::{Policy, Setting};
use crate::request::Operation;

const MINUTES_10: i64 = 600;

/// Returns a sandbox with Ana's account in which logins need a second factor.
fn wanting<'a>(context: &'a CheckContext<'a>, word: &str) -> Result<CheckSandbox<'a>, CheckError> {
    let world = CheckSandbox::with(context, &[("argon2.memory", "8"), ("argon2.passes", "1")])?;
    // The settings of the run may require a second factor already.
    world.send_ok(Operation::PolicySet, json!({ "key": "login.second_factor", "value": "off" }))?;
    world.register_and_activate(&ANA, PASSWORD)?;
    world.confirm_contacts(&ANA, PASSWORD)?;
    let word = context.settings.iter().rfind(|(key, _)| *key == "login.second_factor").map_or(word, |(_, word)| word);
    world.send_ok(Operation::PolicySet, json!({ "key": "login.second_factor", "value": word }))?;
    Ok(world)
}

/// Sends the first login request, with a channel.
fn send(world: &CheckSandbox<'_>, channel: &str) -> Result<CheckReply, CheckError> {
    world.send(Operation::Login, json!({ "niss": ANA.niss, "password": PASSWORD, "channel": channel }))
}

/// Sends the first login request and returns the code.
fn sent(world: &CheckSandbox<'_>) -> Result<String, CheckError> {
    world.send_ok(Operation::Login, json!({ "niss": ANA.niss, "password": PASSWORD, "channel": "sms" }))?;
    world.code(ANA.niss)
}

/// Sends the second login request, with the code.
fn prove(world: &CheckSandbox<'_>, password: &str, code: &str) -> Result<CheckReply, CheckError> {
    world.send(Operation::Login, json!({ "niss": ANA.niss, "password": password, "code": code }))
}

/// 63B 3.1.3: a code has at least six digits.
pub fn digits(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let code = sent(&wanting(context, "sms")?)?;
    let digits = code.chars().filter(char::is_ascii_digit).count();
    findings.record("sms", format!("{digits} digits"), digits >= 6 && digits == code.len());
    Ok(findings)
}

/// 63B 3.1.3: a code is valid once, with the password, and for nothing else.
pub fn once(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = wanting(context, "sms")?;
    let code = sent(&world)?;
    findings.expect_eq("beside another password", prove(&world, OTHER, &code)?, "login_failed");
    findings.expect_eq("as an activation's", world.activate(ANA.niss, &code, OTHER)?, "code_wrong");
    findings.expect_eq("first", prove(&world, PASSWORD, &code)?, "done");
    findings.expect_eq("second", prove(&world, PASSWORD, &code)?, "code_used");
    Ok(findings)
}

/// 63B 3.1.3: a code is valid for ten minutes at most, and exactly as long as the policy says.
pub fn lifetime(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let lifetime = wanting(context, "sms")?.store.read(|unit| Ok(unit.policy.login_code_validity.in_seconds()))?;
    findings.record("lifetime", format!("{lifetime}s"), lifetime <= MINUTES_10);
    for (after, wanted) in [(lifetime - 1, "done"), (lifetime, "code_expired")] {
        let world = wanting(context, "sms")?;
        let code = sent(&world)?;
        world.wait(after)?;
        findings.expect_eq(&format!("{after}s"), prove(&world, PASSWORD, &code)?, wanted);
    }
    Ok(findings)
}

/// 63B 3.1.3: a code is blocked after five wrong attempts, and valid after four.
pub fn attempts(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    for (times, wanted) in [(4, "done"), (5, "code_blocked")] {
        let world = wanting(context, "sms")?;
        let code = sent(&world)?;
        for _ in 0..times {
            let response = prove(&world, PASSWORD, &wrong_code(&code))?;
            if response.to_string() != "code_wrong" {
                return Err(CheckError::Unexpected(format!("guess: {response}")));
            }
        }
        findings.expect_eq(&format!("attempt {}", times + 1), prove(&world, PASSWORD, &code)?, wanted);
    }
    Ok(findings)
}

/// 63B 3.1.3: e-mail is not a second factor under the policy that follows NIST.
pub fn sms_alone(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = wanting(context, "sms")?;
    findings.expect_eq("email", send(&world, "email")?, "channel_unavailable");
    findings.expect_eq("sms", send(&world, "sms")?, "done");
    let code = world.register(&ANTONIO, "letter")?;
    world.send_ok(Operation::Activate, json!({ "niss": ANTONIO.niss, "code": code, "password": PASSWORD }))?;
    findings.expect_eq("without a mobile", world.login(ANTONIO.niss, PASSWORD)?, "enrolment_required");
    Ok(findings)
}

/// 63B 3.1.3: e-mail as a second factor under the policy that follows the service.
pub fn by_email(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = wanting(context, "on")?;
    let response = send(&world, "email")?;
    if response.is_done() {
        findings.note("email", response);
        findings.expect_eq("opened by it", prove(&world, PASSWORD, &world.code(ANA.niss)?)?, "done");
        findings.deviates();
    } else {
        findings.expect_eq("email", response, "channel_unavailable");
    }
    Ok(findings)
}

/// 63B 3.1.1.2: eight code points with a second factor, and at least 15 without.
pub fn least(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let settings = [
        ("argon2.memory", "8"),
        ("argon2.passes", "1"),
        ("password.profile", "nist"),
        ("login.second_factor", "on"),
        ("password.nist.least", "8"),
        // Check the length alone: no password of eight characters has a good strength estimate.
        ("password.score", "2"),
    ];
    let world = CheckSandbox::with(context, &settings)?;
    let code = world.register(&ANA, "sms")?;
    findings.expect_eq("7", world.activate(ANA.niss, &code, "vX7#qLz")?.reason_and_variant(), "password_weak/short");
    findings.expect_eq("8", world.activate(ANA.niss, &code, "vX7#qLz2")?.reason_and_variant(), "done");
    let mut policy = Policy::default();
    for (word, wanted) in [("off", "15"), ("on", "8"), ("sms", "8")] {
        let set = |key: &str| Setting::find(key).ok_or_else(|| CheckError::Unexpected(key.to_owned()));
        let bounds = policy.applicable_bounds();
        set("login.second_factor")?
            .change(&mut policy, word, bounds)
            .map_err(|cause| CheckError::Unexpected(cause.to_string()))?;
        let (lowest, _) = set("password.nist.least")?.bounds(policy.applicable_bounds());
        findings.expect_eq(&format!("least setting, {word}"), lowest, wanted);
    }
    Ok(findings)
}

/// ASVS 6.3.8: without the password, replies reveal no more than without a second factor, whatever code is sent.
pub fn alike(context: &CheckContext<'_>) -> CheckResult {
    let settings: Vec<(&str, &str)> = [("login.second_factor", "on")].iter().chain(context.settings).copied().collect();
    let wanting = CheckContext { settings: &settings, shown: context.shown, stopped: context.stopped };
    let mut findings = Observation::default();
    enumeration::logins(&wanting, &mut findings, &json!({ "password": OTHER, "code": "314159" }))?;
    Ok(findings)
}
