//! How long codes live: good one second before their end, and not at it (63B 3.1.3, 4.2.1.2; 63A 3.8; ASVS 6.5.5).

use serde_json::json;

use super::bench::Bench;
use super::came::Came;
use super::people::{self, ANA, ANTONIO, LUIS, Person};
use super::seen::{Checked, Seen, Trouble};
use super::world::{PASSWORD, World};
use crate::request::Op;

const MINUTES_10: i64 = 600;
const HOURS_24: i64 = 86_400;
const DAY: i64 = 86_400;

/// How a code is asked for, and how it is typed.
struct Way {
    ask: fn(&World<'_>) -> Result<String, Trouble>,
    spend: fn(&World<'_>, &str) -> Result<Came, Trouble>,
}

/// Tries a way twice: one second before the end, and at it.
fn life(bench: &Bench<'_>, seen: &mut Seen, what: &str, seconds: i64, way: &Way) -> Result<(), Trouble> {
    for (after, wanted) in [(seconds - 1, "done"), (seconds, "code_expired")] {
        let world = World::new(bench)?;
        let code = (way.ask)(&world)?;
        world.wait(after)?;
        seen.is(&format!("{what} {after}s"), (way.spend)(&world, &code)?, wanted);
    }
    Ok(())
}

fn activate(world: &World<'_>, person: &Person, code: &str) -> Result<Came, Trouble> {
    world.activate(person.niss, code, PASSWORD)
}

const ACTIVATION_SMS: Way =
    Way { ask: |world| world.register(&ANA, "sms"), spend: |world, code| activate(world, &ANA, code) };
const ACTIVATION_EMAIL: Way =
    Way { ask: |world| world.register(&ANA, "email"), spend: |world, code| activate(world, &ANA, code) };

fn recovery(world: &World<'_>, channel: &str) -> Result<String, Trouble> {
    world.register(&ANA, "sms")?;
    world.wait(61)?;
    world.recovery(&ANA, channel)
}

const RECOVERY_SMS: Way =
    Way { ask: |world| recovery(world, "sms"), spend: |world, code| world.recover(ANA.niss, code, PASSWORD) };
const RECOVERY_EMAIL: Way =
    Way { ask: |world| recovery(world, "email"), spend: |world, code| world.recover(ANA.niss, code, PASSWORD) };

/// An operator's reset, the way back for whom only a letter reaches.
fn reset(world: &World<'_>, person: &Person) -> Result<String, Trouble> {
    world.register(person, "letter")?;
    world.operate(Op::AccountReset, person.niss)?;
    world.code(person.niss)
}

const RESET_LETTER: Way =
    Way { ask: |world| reset(world, &ANTONIO), spend: |world, code| activate(world, &ANTONIO, code) };
const RESET_ABROAD: Way = Way { ask: |world| reset(world, &LUIS), spend: |world, code| activate(world, &LUIS, code) };

/// 63B 3.1.3: ten minutes on the out-of-band device.
pub fn out_of_band(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    life(bench, &mut seen, "sms", MINUTES_10, &ACTIVATION_SMS)?;
    Ok(seen)
}

/// 63B 4.2.1.2, by SMS.
pub fn recovery_sms(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    life(bench, &mut seen, "sms", MINUTES_10, &RECOVERY_SMS)?;
    Ok(seen)
}

/// 63B 4.2.1.2, by e-mail.
pub fn recovery_email(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    life(bench, &mut seen, "email", HOURS_24, &RECOVERY_EMAIL)?;
    Ok(seen)
}

/// 63B 4.2.1.2, by post.
pub fn letter(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let world = World::new(bench)?;
    world.register(&ANTONIO, "letter")?;
    let refused =
        world.ask(Op::RecoverRequest, people::with(ANTONIO.recovery("letter"), "email", "a@correio.example"))?;
    seen.note("recover_request letter", refused);
    life(bench, &mut seen, "letter", 21 * DAY, &RESET_LETTER)?;
    Ok(seen)
}

/// 63B 4.2.1.2, by post to another country.
pub fn letter_abroad(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    life(bench, &mut seen, "letter abroad", 30 * DAY, &RESET_ABROAD)?;
    Ok(seen)
}

/// 63A 3.8: the codes that enrol and those that prove a contact live as recovery's do.
pub fn confirmation(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    life(bench, &mut seen, "activation sms", MINUTES_10, &ACTIVATION_SMS)?;
    life(bench, &mut seen, "activation email", HOURS_24, &ACTIVATION_EMAIL)?;
    // The contacts want a login of the last ten minutes, so a code of 24 hours is typed in a later session.
    for (channel, seconds) in [("sms", MINUTES_10), ("email", HOURS_24)] {
        let way = |channel: &'static str| -> Way {
            match channel {
                "sms" => Way { ask: |world| proof(world, "sms"), spend: |world, code| prove(world, "sms", code) },
                _ => Way { ask: |world| proof(world, "email"), spend: |world, code| prove(world, "email", code) },
            }
        };
        life(bench, &mut seen, &format!("contact {channel}"), seconds, &way(channel))?;
    }
    Ok(seen)
}

fn proof(world: &World<'_>, channel: &str) -> Result<String, Trouble> {
    world.admit(&ANA, PASSWORD)?;
    let session = world.enter(ANA.niss, PASSWORD)?;
    world.done(Op::ContactsConfirm, json!({ "session": session, "channel": channel }))?;
    world.code(ANA.niss)
}

fn prove(world: &World<'_>, channel: &str, code: &str) -> Result<Came, Trouble> {
    let session = world.enter(ANA.niss, PASSWORD)?;
    world.ask(Op::ContactsConfirm, json!({ "session": session, "channel": channel, "code": code }))
}

/// ASVS 6.5.5: ten minutes for whatever is out of band.
pub fn ten_minutes_for_all(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    life(bench, &mut seen, "sms", MINUTES_10, &ACTIVATION_SMS)?;
    for (what, seconds, way) in [("email", HOURS_24, &ACTIVATION_EMAIL), ("letter", 21 * DAY, &RESET_LETTER)] {
        let world = World::new(bench)?;
        let code = (way.ask)(&world)?;
        world.wait(MINUTES_10)?;
        let came = (way.spend)(&world, &code)?;
        if came.is_done() {
            seen.note(&format!("{what} {MINUTES_10}s"), came);
            life(bench, &mut seen, what, seconds, way)?;
            seen.deviates();
        } else {
            seen.is(&format!("{what} {MINUTES_10}s"), came, "code_expired");
        }
    }
    Ok(seen)
}
