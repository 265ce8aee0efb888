//! Chave Móvel Digital: what its temporary codes are worth, and where its limits stand (63B 3.1.3, 63B 3.2.2, ASVS 6.6.2).

use serde_json::{Value, json};

use crate::conformance::check_reply::CheckReply;
use crate::conformance::harness::{CheckSandbox, PASSWORD, wrong_code};
use crate::conformance::observation::{CheckError, CheckResult, Observation};
use crate::conformance::personas::{ANA, Persona, RUI};
use crate::conformance::runner::CheckRunner;
use crate::request::Operation;

const PIN: &str = "271828";

/// A sandbox in which two holders have it.
fn enrolled<'a>(bench: &'a CheckRunner<'a>) -> Result<CheckSandbox<'a>, CheckError> {
    let world = CheckSandbox::new(bench)?;
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

/// Has a code sent and gives it.
fn sent(world: &CheckSandbox<'_>, person: &Persona) -> Result<String, CheckError> {
    let came = register(world, person, None)?;
    if came.is_done() { world.code(person.niss) } else { Err(CheckError::Unexpected(came.to_string())) }
}

/// 63B 3.1.3: six digits, once, ten minutes.
pub fn code(bench: &CheckRunner<'_>) -> CheckResult {
    let mut seen = Observation::default();
    let world = enrolled(bench)?;
    let code = sent(&world, &ANA)?;
    seen.record("code", format!("{} digits", code.len()), code.len() >= 6);
    let life = world.store.read(|unit| Ok(unit.policy.cmd_code_validity))?.in_seconds();
    seen.record("life", format!("{life}s"), life <= 600);
    world.wait(life)?;
    seen.expect_eq(&format!("{life}s"), register(&world, &ANA, Some(&code))?, "cmd_code_expired");
    let code = sent(&world, &ANA)?;
    world.wait(life - 1)?;
    seen.expect_eq(&format!("{}s", life - 1), register(&world, &ANA, Some(&code))?, "done");
    seen.expect_eq("second", login(&world, PIN, Some(&code))?, "cmd_code_wrong");
    Ok(seen)
}

/// 63B 3.2.2: three wrong PINs or codes in a row; nothing but an operator ends the block.
pub fn failures(bench: &CheckRunner<'_>) -> CheckResult {
    let mut seen = Observation::default();
    let world = enrolled(bench)?;
    for _ in 0..3 {
        seen.expect_eq("wrong PIN", login(&world, "314159", None)?, "cmd_pin_wrong");
    }
    seen.expect_eq("right PIN", login(&world, PIN, None)?, "cmd_blocked");
    world.wait(366 * 86_400)?;
    seen.expect_eq("a year later", login(&world, PIN, None)?, "cmd_blocked");
    world.operator_action(Operation::AccountUnlock, ANA.niss)?;
    for _ in 0..3 {
        let code = sent(&world, &ANA)?;
        seen.expect_eq("wrong code", login(&world, PIN, Some(&wrong_code(&code)))?, "cmd_code_wrong");
        world.wait(60)?;
    }
    seen.expect_eq("another code", login(&world, PIN, None)?, "cmd_blocked");
    Ok(seen)
}

/// ASVS 6.6.2: good for its holder, with the PIN, and for nothing else.
pub fn bound(bench: &CheckRunner<'_>) -> CheckResult {
    let mut seen = Observation::default();
    let world = enrolled(bench)?;
    let (hers, his) = (sent(&world, &ANA)?, sent(&world, &RUI)?);
    world.wait(60)?;
    let activation = world.register(&ANA, "sms")?;
    seen.expect_eq("activates", world.activate(ANA.niss, &hers, PASSWORD)?, "code_wrong");
    seen.expect_eq("without the PIN", login(&world, "314159", Some(&hers))?, "cmd_pin_wrong");
    seen.expect_eq("activation's code", register(&world, &ANA, Some(&activation))?, "cmd_code_wrong");
    seen.expect_eq("another holder's", register(&world, &ANA, Some(&his))?, "cmd_code_wrong");
    seen.expect_eq("its own", register(&world, &ANA, Some(&hers))?, "done");
    Ok(seen)
}
