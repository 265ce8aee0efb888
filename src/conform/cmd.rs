//! Chave Móvel Digital: what its temporary codes are worth, and where its limits stand (63B 3.1.3, 63B 3.2.2, ASVS 6.6.2).

use serde_json::{Value, json};

use super::bench::Bench;
use super::came::Came;
use super::people::{ANA, Person, RUI};
use super::seen::{Checked, Seen, Trouble};
use super::world::{PASSWORD, World, wrong};
use crate::request::Op;

const PIN: &str = "271828";

/// A sandbox in which two holders have it.
fn enrolled<'a>(bench: &'a Bench<'a>) -> Result<World<'a>, Trouble> {
    let world = World::new(bench)?;
    for person in [&ANA, &RUI] {
        world.done(Op::CmdEnrol, json!({ "niss": person.niss, "mobile": person.mobile, "pin": PIN }))?;
    }
    Ok(world)
}

fn register(world: &World<'_>, person: &Person, code: Option<&str>) -> Result<Came, Trouble> {
    let mut fields = json!({ "niss": person.niss, "procedure": "cmd", "accept_terms": true, "pin": PIN });
    if let Some(code) = code {
        (fields["code"], fields["consent"]) = (code.into(), true.into());
    }
    world.ask(Op::Register, fields)
}

fn login(world: &World<'_>, pin: &str, code: Option<&str>) -> Result<Came, Trouble> {
    let mut fields = json!({ "niss": ANA.niss, "method": "cmd", "pin": pin });
    if let Some(code) = code {
        (fields["code"], fields["consent"]) = (code.into(), Value::Bool(true));
    }
    world.ask(Op::Login, fields)
}

/// Has a code sent and gives it.
fn sent(world: &World<'_>, person: &Person) -> Result<String, Trouble> {
    let came = register(world, person, None)?;
    if came.is_done() { world.code(person.niss) } else { Err(Trouble::Unexpected(came.to_string())) }
}

/// 63B 3.1.3: six digits, once, ten minutes.
pub fn code(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let world = enrolled(bench)?;
    let code = sent(&world, &ANA)?;
    seen.holds("code", format!("{} digits", code.len()), code.len() >= 6);
    let life = world.store.read(|unit| Ok(unit.policy.cmd_code_life))?.in_seconds();
    seen.holds("life", format!("{life}s"), life <= 600);
    world.wait(life)?;
    seen.is(&format!("{life}s"), register(&world, &ANA, Some(&code))?, "cmd_code_expired");
    let code = sent(&world, &ANA)?;
    world.wait(life - 1)?;
    seen.is(&format!("{}s", life - 1), register(&world, &ANA, Some(&code))?, "done");
    seen.is("second", login(&world, PIN, Some(&code))?, "cmd_code_wrong");
    Ok(seen)
}

/// 63B 3.2.2: three wrong PINs or codes in a row; nothing but an operator ends the block.
pub fn failures(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let world = enrolled(bench)?;
    for _ in 0..3 {
        seen.is("wrong PIN", login(&world, "314159", None)?, "cmd_pin_wrong");
    }
    seen.is("right PIN", login(&world, PIN, None)?, "cmd_blocked");
    world.wait(366 * 86_400)?;
    seen.is("a year later", login(&world, PIN, None)?, "cmd_blocked");
    world.operate(Op::AccountUnlock, ANA.niss)?;
    for _ in 0..3 {
        let code = sent(&world, &ANA)?;
        seen.is("wrong code", login(&world, PIN, Some(&wrong(&code)))?, "cmd_code_wrong");
        world.wait(60)?;
    }
    seen.is("another code", login(&world, PIN, None)?, "cmd_blocked");
    Ok(seen)
}

/// ASVS 6.6.2: good for its holder, with the PIN, and for nothing else.
pub fn bound(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let world = enrolled(bench)?;
    let (hers, his) = (sent(&world, &ANA)?, sent(&world, &RUI)?);
    world.wait(60)?;
    let activation = world.register(&ANA, "sms")?;
    seen.is("activates", world.activate(ANA.niss, &hers, PASSWORD)?, "code_wrong");
    seen.is("without the PIN", login(&world, "314159", Some(&hers))?, "cmd_pin_wrong");
    seen.is("activation's code", register(&world, &ANA, Some(&activation))?, "cmd_code_wrong");
    seen.is("another holder's", register(&world, &ANA, Some(&his))?, "cmd_code_wrong");
    seen.is("its own", register(&world, &ANA, Some(&hers))?, "done");
    Ok(seen)
}
