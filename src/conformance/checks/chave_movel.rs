//! Chave Móvel Digital: the strength of its temporary codes and its limits (63B 3.1.3, 63B 3.2.2, ASVS 6.6.2).

use serde_json::{Value, json};

use crate::conformance::check_reply::CheckReply;
use crate::conformance::harness::{CheckContext, CheckSandbox, PASSWORD, wrong_code};
use crate::conformance::observation::{CheckError, CheckResult, Observation};
use crate::conformance::personas::{ANA, Persona, RUI};
use crate::request::Operation;

const PIN: &str = "271828";

/// Returns a sandbox with two enrolled holders.
fn enrolled<'a>(context: &'a CheckContext<'a>) -> Result<CheckSandbox<'a>, CheckError> {
    let world = CheckSandbox::new(context)?;
    for person in [&ANA, &RUI] {
        world.send_ok(Operation::CmdEnrol, json!({ "niss": person.niss, "mobile": person.mobile, "pin": PIN }))?;
    }
    Ok(world)
}

fn register(world: &CheckSandbox<'_>, person: &Persona, code: Option<&str>) -> Result<CheckReply, CheckError> {
    let mut fields = json!({ "niss": person.niss, "procedure": "cmd", "accept_terms": true, "pin": PIN });
    if let Some(code) = code {
        (fields["code"], fields["consent"]) = (code.into(), true.into());
    }
    world.send(Operation::Register, fields)
}

fn login(world: &CheckSandbox<'_>, pin: &str, code: Option<&str>) -> Result<CheckReply, CheckError> {
    let mut fields = json!({ "niss": ANA.niss, "method": "cmd", "pin": pin });
    if let Some(code) = code {
        (fields["code"], fields["consent"]) = (code.into(), Value::Bool(true));
    }
    world.send(Operation::Login, fields)
}

/// Requests a code and returns it.
fn sent(world: &CheckSandbox<'_>, person: &Persona) -> Result<String, CheckError> {
    let response = register(world, person, None)?;
    if response.is_done() { world.code(person.niss) } else { Err(CheckError::Unexpected(response.to_string())) }
}

/// 63B 3.1.3: a code has six digits and is valid once, for ten minutes.
pub fn code(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = enrolled(context)?;
    let code = sent(&world, &ANA)?;
    findings.record("code", format!("{} digits", code.len()), code.len() >= 6);
    let lifetime = world.store.read(|unit| Ok(unit.policy.cmd_code_validity))?.in_seconds();
    findings.record("lifetime", format!("{lifetime}s"), lifetime <= 600);
    world.wait(lifetime)?;
    findings.expect_eq(&format!("{lifetime}s"), register(&world, &ANA, Some(&code))?, "cmd_code_expired");
    let code = sent(&world, &ANA)?;
    world.wait(lifetime - 1)?;
    findings.expect_eq(&format!("{}s", lifetime - 1), register(&world, &ANA, Some(&code))?, "done");
    findings.expect_eq("second", login(&world, PIN, Some(&code))?, "cmd_code_wrong");
    Ok(findings)
}

/// 63B 3.2.2: three wrong PINs or codes in a row block the service for a time.
pub fn failures(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = enrolled(context)?;
    for _ in 0..3 {
        findings.expect_eq("wrong PIN", login(&world, "314159", None)?, "cmd_pin_wrong");
    }
    findings.expect_eq("right PIN", login(&world, PIN, None)?, "cmd_blocked");
    let block = world.store.read(|unit| Ok(unit.policy.cmd_block))?.in_seconds();
    world.wait(block - 1)?;
    findings.expect_eq(&format!("{}s", block - 1), login(&world, PIN, None)?, "cmd_blocked");
    world.operator_action(Operation::AccountUnlock, ANA.niss)?;
    for _ in 0..3 {
        let code = sent(&world, &ANA)?;
        findings.expect_eq("wrong code", login(&world, PIN, Some(&wrong_code(&code)))?, "cmd_code_wrong");
        world.wait(60)?;
    }
    findings.expect_eq("another code", login(&world, PIN, None)?, "cmd_blocked");
    world.wait(block)?;
    findings.expect_eq("after the block", login(&world, PIN, None)?, "done");
    Ok(findings)
}

/// ASVS 6.6.2: a code is valid only for its holder, with the PIN, and for its own procedure.
pub fn bound(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = enrolled(context)?;
    let (hers, his) = (sent(&world, &ANA)?, sent(&world, &RUI)?);
    world.wait(60)?;
    let activation = world.register(&ANA, "sms")?;
    findings.expect_eq("activates", world.activate(ANA.niss, &hers, PASSWORD)?, "code_wrong");
    findings.expect_eq("without the PIN", login(&world, "314159", Some(&hers))?, "cmd_pin_wrong");
    findings.expect_eq("activation's code", register(&world, &ANA, Some(&activation))?, "cmd_code_wrong");
    findings.expect_eq("another holder's", register(&world, &ANA, Some(&his))?, "cmd_code_wrong");
    findings.expect_eq("its own", register(&world, &ANA, Some(&hers))?, "done");
    Ok(findings)
}
