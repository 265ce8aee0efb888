//! What a code is worth: how many digits, how often, to whom and for what (63B 3.1.3, 63A 3.8, ASVS 6.4.1, 6.5, 6.6.2).

use serde_json::json;

use super::bench::Bench;
use super::people::{ANA, ANTONIO, RUI};
use super::seen::{Checked, Seen, Trouble};
use super::world::{OTHER, PASSWORD, World};
use crate::domain::code::LETTERS;
use crate::reply::Body;
use crate::request::Op;

/// Bits of entropy that six random digits have, which is what the standards count as twenty.
const SIX_DIGITS: f64 = 19.93;

/// The bits of a code: of so many characters, each as likely as any.
fn bits(code: &str) -> f64 {
    let characters = code.chars().filter(char::is_ascii_alphanumeric).count() as f64;
    let alphabet = if code.starts_with(|c: char| c.is_ascii_digit()) { 10.0 } else { LETTERS.len() as f64 };
    characters * f64::log2(alphabet)
}

/// 63B 3.1.3, 63A 3.8: six digits at least.
pub fn digits(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    for channel in ["sms", "email"] {
        let code = World::new(bench)?.register(&ANA, channel)?;
        let digits = code.chars().filter(char::is_ascii_digit).count();
        seen.holds(channel, format!("{digits} digits"), digits >= 6 && digits == code.len());
    }
    Ok(seen)
}

/// 63A 3.8, of the codes that prove contacts.
pub fn contact_digits(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let world = World::new(bench)?;
    world.admit(&ANA, PASSWORD)?;
    let session = world.enter(ANA.niss, PASSWORD)?;
    for channel in ["sms", "email"] {
        world.done(Op::ContactsConfirm, json!({ "session": session, "channel": channel }))?;
        let digits = world.code(ANA.niss)?.chars().filter(char::is_ascii_digit).count();
        seen.holds(channel, format!("{digits} digits"), digits >= 6);
    }
    Ok(seen)
}

/// ASVS 6.5.4: twenty bits, which six digits or four letters and digits count as.
pub fn twenty_bits(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let world = World::new(bench)?;
    for (what, code) in [
        ("sms", world.register(&ANA, "sms")?),
        ("email", world.register(&RUI, "email")?),
        ("letter", world.register(&ANTONIO, "letter")?),
    ] {
        let bits = bits(&code);
        seen.holds(what, format!("{bits:.1} bits"), bits >= SIX_DIGITS);
    }
    Ok(seen)
}

/// 63B 3.1.3, ASVS 6.5.1: good once.
pub fn once(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let world = World::new(bench)?;
    let code = world.register(&ANA, "sms")?;
    seen.is("first", world.activate(ANA.niss, &code, PASSWORD)?, "done");
    seen.is("second", world.activate(ANA.niss, &code, OTHER)?, "code_used");
    let code = world.recovery(&ANA, "email")?;
    seen.is("recovery first", world.recover(ANA.niss, &code, OTHER)?, "done");
    seen.is("recovery second", world.recover(ANA.niss, &code, PASSWORD)?, "code_used");
    Ok(seen)
}

/// 63A 3.8, of the codes that prove contacts.
pub fn contact_once(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let world = World::new(bench)?;
    world.admit(&ANA, PASSWORD)?;
    let session = world.enter(ANA.niss, PASSWORD)?;
    world.done(Op::ContactsConfirm, json!({ "session": session, "channel": "sms" }))?;
    let typed = json!({ "session": session, "channel": "sms", "code": world.code(ANA.niss)? });
    seen.is("first", world.ask(Op::ContactsConfirm, typed.clone())?, "done");
    seen.is("second", world.ask(Op::ContactsConfirm, typed)?, "code_used");
    Ok(seen)
}

/// ASVS 6.5.1: a used, a superseded and an expired code are good for nothing.
pub fn stale(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let world = World::new(bench)?;
    let old = world.register(&ANA, "sms")?;
    world.wait(60)?;
    let new = world.register(&ANA, "sms")?;
    seen.is("superseded", world.activate(ANA.niss, &old, PASSWORD)?, "code_superseded");
    world.wait(600)?;
    seen.is("expired", world.activate(ANA.niss, &new, PASSWORD)?, "code_expired");
    let code = world.register(&ANA, "sms")?;
    seen.is("newest", world.activate(ANA.niss, &code, PASSWORD)?, "done");
    seen.is("used", world.activate(ANA.niss, &code, OTHER)?, "code_used");
    Ok(seen)
}

/// 63B 3.1.3: a code by e-mail confirms, activates and recovers, and opens no session.
pub fn no_login(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let world = World::new(bench)?;
    let code = world.register(&ANA, "email")?;
    seen.is("login by code", world.login(ANA.niss, &code)?, "login_failed");
    world.done(Op::CmdEnrol, json!({ "niss": ANA.niss, "mobile": ANA.mobile, "pin": "271828" }))?;
    let by_cmd = json!({ "niss": ANA.niss, "method": "cmd", "pin": "271828", "code": code, "consent": true });
    seen.is("by cmd", world.ask(Op::Login, by_cmd)?, "cmd_code_wrong");
    let beside = json!({ "niss": ANA.niss, "password": OTHER, "code": code });
    seen.is("code beside a wrong password", world.ask(Op::Login, beside)?, "login_failed");
    match world.activate(ANA.niss, &code, PASSWORD)?.body()? {
        Body::Opened { .. } => seen.note("activate session", "no"),
        _ => seen.is("activate session", "yes", "no"),
    }
    Ok(seen)
}

/// ASVS 6.6.2: a code is good for what it was asked for, and for whom.
pub fn bound(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let world = World::new(bench)?;
    let activation = world.register(&ANA, "sms")?;
    let recovery = world.recovery(&ANA, "email")?;
    let other = world.register(&RUI, "sms")?;
    seen.is("recovery's code activates", world.activate(ANA.niss, &recovery, PASSWORD)?, "code_wrong");
    seen.is("activation's code recovers", world.recover(ANA.niss, &activation, PASSWORD)?, "code_wrong");
    seen.is("another holder's code", world.activate(ANA.niss, &other, PASSWORD)?, "code_wrong");
    seen.is("its own", world.activate(ANA.niss, &activation, PASSWORD)?, "done");
    Ok(seen)
}

/// ASVS 6.4.1: an activation code is drawn by chance, short-lived, and never the password.
pub fn activation(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let world = World::new(bench)?;
    let codes = [world.register(&ANA, "sms")?, world.register(&RUI, "sms")?, drawn_again(&world)?];
    let differ = codes[0] != codes[1] && codes[1] != codes[2] && codes[0] != codes[2];
    seen.holds("3 codes differ", differ, differ);
    seen.is("as password", world.login(ANA.niss, &codes[2])?, "login_failed");
    world.wait(600)?;
    seen.is("600s", world.activate(ANA.niss, &codes[2], PASSWORD)?, "code_expired");
    Ok(seen)
}

fn drawn_again(world: &World<'_>) -> Result<String, Trouble> {
    world.wait(60)?;
    world.register(&ANA, "sms")
}
