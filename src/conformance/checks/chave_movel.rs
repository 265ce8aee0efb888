//! Chave Móvel Digital: what its temporary codes are worth, and where its limits stand (63B 3.1.3, 63B 3.2.2, ASVS 6.6.2).

use serde_json::{Value, json};

use crate::conformance::check_reply::CheckReply;
use crate::conformance::harness::{CheckContext, CheckSandbox, PASSWORD, wrong_code};
use crate::conformance::observation::{CheckError, CheckResult, Observation};
use crate::conformance::personas::{ANA, Persona, RUI};
use crate::request::Operation;

const PIN: &str = "271828";

/// A sandbox in which two holders have it.
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

/// Has a code sent and gives it.
fn sent(world: &CheckSandbox<'_>, person: &Persona) -> Result<String, CheckError> {
    let response = register(world, person, None)?;
    if response.is_done() { world.code(person.niss) } else { Err(CheckError::Unexpected(response.to_string())) }
}

/// 63B 3.1.3: six digits, once, ten minutes.
pub fn code(context: &CheckContext<'_>) -> CheckResult {
    let mut observation_value = Observation::default();
    let world = enrolled(context)?;
    let code = sent(&world, &ANA)?;
    observation_value.record("code", format!("{} digits", code.len()), code.len() >= 6);
    let lifetime = world.store.read(|unit| Ok(unit.policy.cmd_code_validity))?.in_seconds();
    observation_value.record("life", format!("{lifetime}s"), lifetime <= 600);
    world.wait(lifetime)?;
    observation_value.expect_eq(&format!("{lifetime}s"), register(&world, &ANA, Some(&code))?, "cmd_code_expired");
    let code = sent(&world, &ANA)?;
    world.wait(lifetime - 1)?;
    observation_value.expect_eq(&format!("{}s", lifetime - 1), register(&world, &ANA, Some(&code))?, "done");
    observation_value.expect_eq("second", login(&world, PIN, Some(&code))?, "cmd_code_wrong");
    Ok(observation_value)
}

/// 63B 3.2.2: three wrong PINs or codes in a row; nothing but an operator ends the block.
pub fn failures(context: &CheckContext<'_>) -> CheckResult {
    let mut observation_value = Observation::default();
    let world = enrolled(context)?;
    for _ in 0..3 {
        observation_value.expect_eq("wrong PIN", login(&world, "314159", None)?, "cmd_pin_wrong");
    }
    observation_value.expect_eq("right PIN", login(&world, PIN, None)?, "cmd_blocked");
    world.wait(366 * 86_400)?;
    observation_value.expect_eq("a year later", login(&world, PIN, None)?, "cmd_blocked");
    world.operator_action(Operation::AccountUnlock, ANA.niss)?;
    for _ in 0..3 {
        let code = sent(&world, &ANA)?;
        observation_value.expect_eq("wrong code", login(&world, PIN, Some(&wrong_code(&code)))?, "cmd_code_wrong");
        world.wait(60)?;
    }
    observation_value.expect_eq("another code", login(&world, PIN, None)?, "cmd_blocked");
    Ok(observation_value)
}

/// ASVS 6.6.2: good for its holder, with the PIN, and for nothing else.
pub fn bound(context: &CheckContext<'_>) -> CheckResult {
    let mut observation_value = Observation::default();
    let world = enrolled(context)?;
    let (hers, his) = (sent(&world, &ANA)?, sent(&world, &RUI)?);
    world.wait(60)?;
    let activation = world.register(&ANA, "sms")?;
    observation_value.expect_eq("activates", world.activate(ANA.niss, &hers, PASSWORD)?, "code_wrong");
    observation_value.expect_eq("without the PIN", login(&world, "314159", Some(&hers))?, "cmd_pin_wrong");
    observation_value.expect_eq("activation's code", register(&world, &ANA, Some(&activation))?, "cmd_code_wrong");
    observation_value.expect_eq("another holder's", register(&world, &ANA, Some(&his))?, "cmd_code_wrong");
    observation_value.expect_eq("its own", register(&world, &ANA, Some(&hers))?, "done");
    Ok(observation_value)
}
