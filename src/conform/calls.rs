//! The call of whoever was identified on the phone line, which lets an operator in as a session does its holder (ASVS 7.2.3, 7.4.x).

use serde_json::json;

use super::bench::Bench;
use super::came::Came;
use super::people::ANA;
use super::seen::{Checked, Seen, Trouble};
use super::world::{PASSWORD, World};
use crate::reply::Body;
use crate::request::Op;

/// What a token has in front to be found by.
const LOCATOR_BITS: usize = 64;
const DIGITS: &str = "582046";

/// A call with Ana, and the session that she has beside it.
struct OnTheLine<'a> {
    world: World<'a>,
    session: String,
    call: String,
}

fn on_the_line<'a>(bench: &'a Bench<'a>) -> Result<OnTheLine<'a>, Trouble> {
    let world = World::new(bench)?;
    world.admit(&ANA, PASSWORD)?;
    let session = world.enter(ANA.niss, PASSWORD)?;
    world.done(Op::PhoneCodeSet, json!({ "session": session }))?;
    world.done(Op::PhoneCodeChange, json!({ "session": session, "new_code": DIGITS }))?;
    match world.done(Op::PhoneLine, json!({ "niss": ANA.niss, "code": DIGITS }))? {
        Body::Identified { call, .. } => Ok(OnTheLine { world, session, call: call.expose().to_owned() }),
        _ => Err(Trouble::Unexpected("phone_line".to_owned())),
    }
}

fn stands(world: &World<'_>, call: &str) -> Result<Came, Trouble> {
    world.ask(Op::PhoneLineWhoami, json!({ "call": call }))
}

/// ASVS 7.2.3: 128 bits that nobody can guess, each of which counts.
pub fn token(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let OnTheLine { world, call, .. } = on_the_line(bench)?;
    let is_hex = call.bytes().all(|byte| byte.is_ascii_hexdigit());
    let bits = if is_hex { (call.len() * 4).saturating_sub(LOCATOR_BITS) } else { 0 };
    seen.holds("secret", format!("{bits} bits"), bits >= 128);
    let (head, tail) = call.split_at(LOCATOR_BITS / 4);
    let taken = (0..tail.len()).filter(|at| {
        let changed = if tail.as_bytes()[*at] == b'0' { "1" } else { "0" };
        let other = format!("{head}{}{changed}{}", &tail[..*at], &tail[at + 1..]);
        stands(&world, &other).is_ok_and(|came| came.is_done())
    });
    seen.is("taken with another digit", taken.count(), 0);
    seen.is("itself", stands(&world, &call)?, "done");
    Ok(seen)
}

/// ASVS 7.4.x: what ends a call, its own time among it.
pub fn ended(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let gone =
        |seen: &mut Seen, what: &str, act: &dyn Fn(&OnTheLine<'_>) -> Result<(), Trouble>| -> Result<(), Trouble> {
            let line = on_the_line(bench)?;
            act(&line)?;
            seen.is(&format!("after {what}"), stands(&line.world, &line.call)?, "call_required");
            Ok(())
        };
    for op in [Op::AccountClose, Op::AccountSuspend, Op::AccountReset] {
        gone(&mut seen, op.as_str(), &|line| line.world.operate(op, ANA.niss).map(|_| ()))?;
    }
    gone(&mut seen, "phone_code_change", &|line| {
        line.world.done(Op::PhoneCodeChange, json!({ "session": line.session, "generate": true })).map(|_| ())
    })?;
    let life = World::new(bench)?.store.read(|unit| Ok(unit.policy.call_life.in_seconds()))?;
    seen.holds("life", format!("{life}s"), life <= 3600);
    gone(&mut seen, &format!("{life}s"), &|line| line.world.wait(life))?;
    let line = on_the_line(bench)?;
    line.world.wait(life - 1)?;
    seen.is(&format!("{}s", life - 1), stands(&line.world, &line.call)?, "done");
    Ok(seen)
}
