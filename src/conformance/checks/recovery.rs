//! The way back from a lost password (63B 4.2.2-3, ASVS 6.4.6, cheat sheet on forgotten passwords).

use serde_json::json;

use crate::conformance::harness::{CheckContext, CheckSandbox, OTHER, PASSWORD, wrong_code};
use crate::conformance::observation::{CheckError, CheckResult, Observation};
use crate::conformance::personas::{ANA, RUI, with};
use crate::reply::ReplyBody;
use crate::request::{Operation, Request};

fn active<'a>(context: &'a CheckContext<'a>) -> Result<CheckSandbox<'a>, CheckError> {
    let world = CheckSandbox::new(context)?;
    world.register_and_activate(&ANA, PASSWORD)?;
    Ok(world)
}

/// 63B 4.2.2-3: no code without a proofing anew, and no password without a code.
pub fn proofing(context: &CheckContext<'_>) -> CheckResult {
    let mut observation_value = Observation::default();
    for (name, value) in
        [("name", RUI.name), ("birth_date", "1984-03-23"), ("civil_id", RUI.civil_id), ("nif", RUI.nif)]
    {
        let world = active(context)?;
        let response = world.send(Operation::RecoverRequest, with(ANA.recovery("sms"), name, value))?;
        observation_value.expect_eq(&format!("wrong {name}"), response, "identity_mismatch");
        observation_value.expect_eq("codes", world.notices_to(ANA.niss, "recovery")?.len(), 0);
    }
    let world = active(context)?;
    observation_value.expect_eq("no request", world.recover(ANA.niss, "000000", OTHER)?, "code_wrong");
    let code = world.request_recovery(&ANA, "sms")?;
    observation_value.expect_eq("wrong code", world.recover(ANA.niss, &wrong_code(&code), OTHER)?, "code_wrong");
    observation_value.expect_eq("proofing and code", world.recover(ANA.niss, &code, OTHER)?, "done");
    Ok(observation_value)
}

/// Cheat sheet: nothing about the account changes before a right code.
pub fn unchanged(context: &CheckContext<'_>) -> CheckResult {
    let mut observation_value = Observation::default();
    let world = active(context)?;
    let session = world.log_in(ANA.niss, PASSWORD)?;
    let before = world.password_hash_of(ANA.niss)?;
    let code = world.request_recovery(&ANA, "sms")?;
    world.recover(ANA.niss, &wrong_code(&code), OTHER)?;
    let is_same = world.password_hash_of(ANA.niss)? == before;
    observation_value.record("hash", if is_same { "same" } else { "another" }, is_same);
    observation_value.expect_eq("session", world.session_is_valid(&session)?, "done");
    observation_value.expect_eq("login", world.login(ANA.niss, PASSWORD)?, "done");
    observation_value.expect_eq("right code", world.recover(ANA.niss, &code, OTHER)?, "done");
    observation_value.expect_eq("old password", world.login(ANA.niss, PASSWORD)?, "login_failed");
    Ok(observation_value)
}

/// Cheat sheet: a code of a recovery is good once, and an older one not at all.
pub fn once(context: &CheckContext<'_>) -> CheckResult {
    let mut observation_value = Observation::default();
    let world = active(context)?;
    let old = world.request_recovery(&ANA, "sms")?;
    world.wait(60)?;
    let code = world.request_recovery(&ANA, "sms")?;
    observation_value.expect_eq("older", world.recover(ANA.niss, &old, OTHER)?, "code_superseded");
    observation_value.expect_eq("first", world.recover(ANA.niss, &code, OTHER)?, "done");
    observation_value.expect_eq("second", world.recover(ANA.niss, &code, PASSWORD)?, "code_used");
    Ok(observation_value)
}

/// Cheat sheet: who has set a new password logs in with it.
pub fn no_session(context: &CheckContext<'_>) -> CheckResult {
    let mut observation_value = Observation::default();
    let world = active(context)?;
    let code = world.request_recovery(&ANA, "sms")?;
    let body = world.recover(ANA.niss, &code, OTHER)?.body()?;
    let rendered = serde_json::to_string(&body).unwrap_or_default();
    observation_value.record("session in the reply", rendered.contains("session"), !rendered.contains("session"));
    observation_value.expect_eq("login", world.login(ANA.niss, OTHER)?, "done");
    Ok(observation_value)
}

/// ASVS 6.4.6: an operator starts a reset, and no operation of an operator takes a password.
pub fn operators(context: &CheckContext<'_>) -> CheckResult {
    let mut observation_value = Observation::default();
    let fields = |op: &Operation| Request::empty(*op).map(|request| request.fields()).unwrap_or_default();
    let is_password = |field: &&str| field.contains("password") && !field.contains("file");
    let take: Vec<&Operation> = Request::OPERATIONS.iter().filter(|op| fields(op).iter().any(is_password)).collect();
    let words: Vec<&str> = take.iter().map(|op| op.as_str()).collect();
    observation_value.note("take a password", words.join(" "));
    // A holder's own, by what it wants beside: a code that was sent, a session, or the password that is compared.
    let own = |op: &&Operation| {
        fields(op).iter().any(|field| ["code", "session"].contains(field)) || **op == Operation::Login
    };
    observation_value.expect_eq("of them without code or session", take.iter().filter(|op| !own(op)).count(), 0);
    let theirs = |op: &&Operation| fields(op).contains(&"reason");
    observation_value.expect_eq("of them with an operator's reason", take.iter().filter(|op| theirs(op)).count(), 0);
    let world = active(context)?;
    let rendered = world.operator_action(Operation::AccountReset, ANA.niss)?;
    observation_value.expect_eq(
        "account_reset",
        if matches!(rendered, ReplyBody::CodeIssued { .. }) { "code" } else { "-" },
        "code",
    );
    observation_value.expect_eq("old password", world.login(ANA.niss, PASSWORD)?, "login_failed");
    let code = world.code(ANA.niss)?;
    observation_value.expect_eq("holder's code", world.activate(ANA.niss, &code, OTHER)?, "done");
    let refused = world.send(Operation::AccountReset, json!({ "niss": ANA.niss, "reason": "x", "password": OTHER }))?;
    observation_value.expect_eq("account_reset with a password", refused, "malformed");
    Ok(observation_value)
}
