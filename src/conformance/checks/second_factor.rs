//! The second factor of a login (63B 3.1.3, 3.1.1.2; ASVS 6.3.8): what its code is worth, by which channels it comes, and that it
//! opens nothing by itself.

use serde_json::json;

use crate::conformance::check_reply::CheckReply;
use crate::conformance::checks::enumeration;
use crate::conformance::harness::{CheckContext, CheckSandbox, OTHER, PASSWORD, wrong_code};
use crate::conformance::observation::{CheckError, CheckResult, Observation};
use crate::conformance::personas::{ANA, ANTONIO};
use crate::domain::policy::{Policy, Setting};
use crate::request::Operation;

const MINUTES_10: i64 = 600;

/// A sandbox where logins want a second factor, with Ana's account.
fn wanting<'a>(context: &'a CheckContext<'a>, word: &str) -> Result<CheckSandbox<'a>, CheckError> {
    let settings = [("argon2.memory", "8"), ("argon2.passes", "1"), ("login.second_factor", word)];
    let world = CheckSandbox::with(context, &settings)?;
    world.register_and_activate(&ANA, PASSWORD)?;
    Ok(world)
}

/// The first call, by a channel.
fn send(world: &CheckSandbox<'_>, channel: &str) -> Result<CheckReply, CheckError> {
    world.send(Operation::Login, json!({ "niss": ANA.niss, "password": PASSWORD, "channel": channel }))
}

/// The code of a first call that was done.
fn sent(world: &CheckSandbox<'_>) -> Result<String, CheckError> {
    world.send_ok(Operation::Login, json!({ "niss": ANA.niss, "password": PASSWORD, "channel": "sms" }))?;
    world.code(ANA.niss)
}

/// The second call.
fn prove(world: &CheckSandbox<'_>, password: &str, code: &str) -> Result<CheckReply, CheckError> {
    world.send(Operation::Login, json!({ "niss": ANA.niss, "password": password, "code": code }))
}

/// 63B 3.1.3: six digits at least.
pub fn digits(context: &CheckContext<'_>) -> CheckResult {
    let mut observation_value = Observation::default();
    let code = sent(&wanting(context, "sms")?)?;
    let digits = code.chars().filter(char::is_ascii_digit).count();
    observation_value.record("sms", format!("{digits} digits"), digits >= 6 && digits == code.len());
    Ok(observation_value)
}

/// 63B 3.1.3: good once, beside the password and for nothing else.
pub fn once(context: &CheckContext<'_>) -> CheckResult {
    let mut observation_value = Observation::default();
    let world = wanting(context, "sms")?;
    let code = sent(&world)?;
    observation_value.expect_eq("beside another password", prove(&world, OTHER, &code)?, "login_failed");
    observation_value.expect_eq("as an activation's", world.activate(ANA.niss, &code, OTHER)?, "code_wrong");
    observation_value.expect_eq("first", prove(&world, PASSWORD, &code)?, "done");
    observation_value.expect_eq("second", prove(&world, PASSWORD, &code)?, "code_used");
    Ok(observation_value)
}

/// 63B 3.1.3: ten minutes at most, and not a second longer than the policy says.
pub fn lifetime(context: &CheckContext<'_>) -> CheckResult {
    let mut observation_value = Observation::default();
    let lifetime = wanting(context, "sms")?.store.read(|unit| Ok(unit.policy.login_code_validity.in_seconds()))?;
    observation_value.record("life", format!("{lifetime}s"), lifetime <= MINUTES_10);
    for (after, wanted) in [(lifetime - 1, "done"), (lifetime, "code_expired")] {
        let world = wanting(context, "sms")?;
        let code = sent(&world)?;
        world.wait(after)?;
        observation_value.expect_eq(&format!("{after}s"), prove(&world, PASSWORD, &code)?, wanted);
    }
    Ok(observation_value)
}

/// 63B 3.1.3: five wrong attempts, and the code is dead; after four it is good.
pub fn attempts(context: &CheckContext<'_>) -> CheckResult {
    let mut observation_value = Observation::default();
    for (times, wanted) in [(4, "done"), (5, "code_blocked")] {
        let world = wanting(context, "sms")?;
        let code = sent(&world)?;
        for _ in 0..times {
            let response = prove(&world, PASSWORD, &wrong_code(&code))?;
            if response.to_string() != "code_wrong" {
                return Err(CheckError::Unexpected(format!("guess: {response}")));
            }
        }
        observation_value.expect_eq(&format!("attempt {}", times + 1), prove(&world, PASSWORD, &code)?, wanted);
    }
    Ok(observation_value)
}

/// 63B 3.1.3: e-mail is no login factor, where the policy asks for what NIST does.
pub fn sms_alone(context: &CheckContext<'_>) -> CheckResult {
    let mut observation_value = Observation::default();
    let world = wanting(context, "sms")?;
    observation_value.expect_eq("email", send(&world, "email")?, "channel_unavailable");
    observation_value.expect_eq("sms", send(&world, "sms")?, "done");
    let code = world.register(&ANTONIO, "letter")?;
    world.send_ok(Operation::Activate, json!({ "niss": ANTONIO.niss, "code": code, "password": PASSWORD }))?;
    observation_value.expect_eq("without a mobile", world.login(ANTONIO.niss, PASSWORD)?, "no_channel");
    Ok(observation_value)
}

/// 63B 3.1.3: the same, where it asks for what the service does.
pub fn by_email(context: &CheckContext<'_>) -> CheckResult {
    let mut observation_value = Observation::default();
    let world = wanting(context, "on")?;
    let response = send(&world, "email")?;
    if response.is_done() {
        observation_value.note("email", response);
        observation_value.expect_eq("opened by it", prove(&world, PASSWORD, &world.code(ANA.niss)?)?, "done");
        observation_value.deviates();
    } else {
        observation_value.expect_eq("email", response, "channel_unavailable");
    }
    Ok(observation_value)
}

/// 63B 3.1.1.2: eight code points where the password does not stand alone, and fifteen bound where it does.
pub fn least(context: &CheckContext<'_>) -> CheckResult {
    let mut observation_value = Observation::default();
    let settings = [
        ("argon2.memory", "8"),
        ("argon2.passes", "1"),
        ("password.profile", "nist"),
        ("login.second_factor", "on"),
        ("password.nist.least", "8"),
        // By the length alone: the estimate finds no eight characters good enough.
        ("password.score", "2"),
    ];
    let world = CheckSandbox::with(context, &settings)?;
    let code = world.register(&ANA, "sms")?;
    observation_value.expect_eq(
        "7",
        world.activate(ANA.niss, &code, "vX7#qLz")?.reason_and_variant(),
        "password_weak/short",
    );
    observation_value.expect_eq("8", world.activate(ANA.niss, &code, "vX7#qLz2")?.reason_and_variant(), "done");
    let mut policy = Policy::default();
    for (word, wanted) in [("off", "15"), ("on", "8"), ("sms", "8")] {
        let set = |key: &str| Setting::find(key).ok_or_else(|| CheckError::Unexpected(key.to_owned()));
        let bounds = policy.applicable_bounds();
        set("login.second_factor")?
            .change(&mut policy, word, bounds)
            .map_err(|cause| CheckError::Unexpected(cause.to_string()))?;
        let (lowest, _) = set("password.nist.least")?.bounds(policy.applicable_bounds());
        observation_value.expect_eq(&format!("least setting, {word}"), lowest, wanted);
    }
    Ok(observation_value)
}

/// ASVS 6.3.8: who has not the password learns no more than where one is enough, whatever code comes along.
pub fn alike(context: &CheckContext<'_>) -> CheckResult {
    let settings: Vec<(&str, &str)> = [("login.second_factor", "on")].iter().chain(context.settings).copied().collect();
    let wanting = CheckContext { settings: &settings, ..*context };
    let mut observation_value = Observation::default();
    enumeration::logins(&wanting, &mut observation_value, &json!({ "password": OTHER, "code": "314159" }))?;
    Ok(observation_value)
}
