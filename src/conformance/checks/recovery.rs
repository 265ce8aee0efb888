//! Recovery from a lost password (63B 4.2.2-3, ASVS 6.4.6, cheat sheet on forgotten passwords).

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

/// 63B 4.2.2-3: a code needs a new identity check, and a password needs a code.
pub fn proofing(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    for (name, value) in
        [("name", RUI.name), ("birth_date", "1984-03-23"), ("civil_id", RUI.civil_id), ("nif", RUI.nif)]
    {
        let world = active(context)?;
        let response = world.send(Operation::RecoverRequest, with(ANA.recovery("sms"), name, value))?;
        findings.expect_eq(&format!("wrong {name}"), response, "identity_mismatch");
        findings.expect_eq("codes", world.notices_to(ANA.niss, "recovery")?.len(), 0);
    }
    let world = active(context)?;
    findings.expect_eq("no request", world.recover(ANA.niss, "000000", OTHER)?, "code_wrong");
    let code = world.request_recovery(&ANA, "sms")?;
    findings.expect_eq("wrong code", world.recover(ANA.niss, &wrong_code(&code), OTHER)?, "code_wrong");
    findings.expect_eq("proofing and code", world.recover(ANA.niss, &code, OTHER)?, "done");
    Ok(findings)
}

/// Cheat sheet: the account does not change before a right code.
pub fn unchanged(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = active(context)?;
    let session = world.log_in(ANA.niss, PASSWORD)?;
    let before = world.password_hash_of(ANA.niss)?;
    let code = world.request_recovery(&ANA, "sms")?;
    world.recover(ANA.niss, &wrong_code(&code), OTHER)?;
    let is_same = world.password_hash_of(ANA.niss)? == before;
    findings.record("hash", if is_same { "same" } else { "another" }, is_same);
    findings.expect_eq("session", world.session_is_valid(&session)?, "done");
    findings.expect_eq("login", world.login(ANA.niss, PASSWORD)?, "done");
    findings.expect_eq("right code", world.recover(ANA.niss, &code, OTHER)?, "done");
    findings.expect_eq("old password", world.login(ANA.niss, PASSWORD)?, "login_failed");
    Ok(findings)
}

/// Cheat sheet: a recovery code is valid once, and an older one not at all.
pub fn once(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = active(context)?;
    let old = world.request_recovery(&ANA, "sms")?;
    world.wait(60)?;
    let code = world.request_recovery(&ANA, "sms")?;
    findings.expect_eq("older", world.recover(ANA.niss, &old, OTHER)?, "code_superseded");
    findings.expect_eq("first", world.recover(ANA.niss, &code, OTHER)?, "done");
    findings.expect_eq("second", world.recover(ANA.niss, &code, PASSWORD)?, "code_used");
    Ok(findings)
}

/// Cheat sheet: a new password does not log the holder in.
pub fn no_session(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = active(context)?;
    let code = world.request_recovery(&ANA, "sms")?;
    let body = world.recover(ANA.niss, &code, OTHER)?.body()?;
    let rendered = serde_json::to_string(&body).unwrap_or_default();
    findings.record("session in the reply", rendered.contains("session"), !rendered.contains("session"));
    findings.expect_eq("login", world.login(ANA.niss, OTHER)?, "done");
    Ok(findings)
}

/// ASVS 6.4.6: an operator starts a reset, but no operator's operation accepts a password.
pub fn operators(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let fields = |op: &Operation| Request::empty(*op).map(|request| request.fields()).unwrap_or_default();
    let is_password = |field: &&str| field.contains("password") && !field.contains("file");
    let take: Vec<&Operation> = Request::OPERATIONS.iter().filter(|op| fields(op).iter().any(is_password)).collect();
    let words: Vec<&str> = take.iter().map(|op| op.as_str()).collect();
    findings.note("take a password", words.join(" "));
    // A holder's own operation also needs a sent code, a session, or the current password.
    let own = |op: &&Operation| {
        let compares = [Operation::Login, Operation::SecondFactorEnrol].contains(op);
        compares || fields(op).iter().any(|field| ["code", "session"].contains(field))
    };
    findings.expect_eq("of them without code or session", take.iter().filter(|op| !own(op)).count(), 0);
    let theirs = |op: &&Operation| fields(op).contains(&"reason");
    findings.expect_eq("of them with an operator's reason", take.iter().filter(|op| theirs(op)).count(), 0);
    let world = active(context)?;
    let rendered = world.operator_action(Operation::AccountReset, ANA.niss)?;
    findings.expect_eq(
        "account_reset",
        if matches!(rendered, ReplyBody::CodeIssued { .. }) { "code" } else { "-" },
        "code",
    );
    findings.expect_eq("old password", world.login(ANA.niss, PASSWORD)?, "login_failed");
    let code = world.code(ANA.niss)?;
    findings.expect_eq("holder's code", world.activate(ANA.niss, &code, OTHER)?, "done");
    let refused = world.send(Operation::AccountReset, json!({ "niss": ANA.niss, "reason": "x", "password": OTHER }))?;
    findings.expect_eq("account_reset with a password", refused, "malformed");
    Ok(findings)
}
