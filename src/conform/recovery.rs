//! The way back from a lost password (63B 4.2.2-3, ASVS 6.4.6, cheat sheet on forgotten passwords).

use serde_json::json;

use super::bench::Bench;
use super::people::{ANA, RUI, with};
use super::seen::{Checked, Seen, Trouble};
use super::world::{OTHER, PASSWORD, World, wrong};
use crate::reply::Body;
use crate::request::{Op, Request};

fn active<'a>(bench: &'a Bench<'a>) -> Result<World<'a>, Trouble> {
    let world = World::new(bench)?;
    world.admit(&ANA, PASSWORD)?;
    Ok(world)
}

/// 63B 4.2.2-3: no code without a proofing anew, and no password without a code.
pub fn proofing(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    for (name, value) in
        [("name", RUI.name), ("birth_date", "1984-03-23"), ("civil_id", RUI.civil_id), ("nif", RUI.nif)]
    {
        let world = active(bench)?;
        let came = world.ask(Op::RecoverRequest, with(ANA.recovery("sms"), name, value))?;
        seen.is(&format!("wrong {name}"), came, "identity_mismatch");
        seen.is("codes", world.told(ANA.niss, "recovery")?.len(), 0);
    }
    let world = active(bench)?;
    seen.is("no request", world.recover(ANA.niss, "000000", OTHER)?, "code_wrong");
    let code = world.recovery(&ANA, "sms")?;
    seen.is("wrong code", world.recover(ANA.niss, &wrong(&code), OTHER)?, "code_wrong");
    seen.is("proofing and code", world.recover(ANA.niss, &code, OTHER)?, "done");
    Ok(seen)
}

/// Cheat sheet: nothing about the account changes before a right code.
pub fn unchanged(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let world = active(bench)?;
    let session = world.enter(ANA.niss, PASSWORD)?;
    let before = world.phc(ANA.niss)?;
    let code = world.recovery(&ANA, "sms")?;
    world.recover(ANA.niss, &wrong(&code), OTHER)?;
    let is_same = world.phc(ANA.niss)? == before;
    seen.holds("hash", if is_same { "same" } else { "another" }, is_same);
    seen.is("session", world.stands(&session)?, "done");
    seen.is("login", world.login(ANA.niss, PASSWORD)?, "done");
    seen.is("right code", world.recover(ANA.niss, &code, OTHER)?, "done");
    seen.is("old password", world.login(ANA.niss, PASSWORD)?, "login_failed");
    Ok(seen)
}

/// Cheat sheet: a code of a recovery is good once, and an older one not at all.
pub fn once(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let world = active(bench)?;
    let old = world.recovery(&ANA, "sms")?;
    world.wait(60)?;
    let code = world.recovery(&ANA, "sms")?;
    seen.is("older", world.recover(ANA.niss, &old, OTHER)?, "code_superseded");
    seen.is("first", world.recover(ANA.niss, &code, OTHER)?, "done");
    seen.is("second", world.recover(ANA.niss, &code, PASSWORD)?, "code_used");
    Ok(seen)
}

/// Cheat sheet: who has set a new password logs in with it.
pub fn no_session(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let world = active(bench)?;
    let code = world.recovery(&ANA, "sms")?;
    let body = world.recover(ANA.niss, &code, OTHER)?.body()?;
    let told = serde_json::to_string(&body).unwrap_or_default();
    seen.holds("session in the reply", told.contains("session"), !told.contains("session"));
    seen.is("login", world.login(ANA.niss, OTHER)?, "done");
    Ok(seen)
}

/// ASVS 6.4.6: an operator starts a reset, and no operation of an operator takes a password.
pub fn operators(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let fields = |op: &Op| Request::blank(*op).map(|request| request.fields()).unwrap_or_default();
    let is_password = |field: &&str| field.contains("password") && !field.contains("file");
    let take: Vec<&Op> = Request::OPS.iter().filter(|op| fields(op).iter().any(is_password)).collect();
    let words: Vec<&str> = take.iter().map(|op| op.as_str()).collect();
    seen.note("take a password", words.join(" "));
    // A holder's own, by what it wants beside: a code that was sent, a session, or the password that is compared.
    let own = |op: &&Op| fields(op).iter().any(|field| ["code", "session"].contains(field)) || **op == Op::Login;
    seen.is("of them without code or session", take.iter().filter(|op| !own(op)).count(), 0);
    let theirs = |op: &&Op| fields(op).contains(&"reason");
    seen.is("of them with an operator's reason", take.iter().filter(|op| theirs(op)).count(), 0);
    let world = active(bench)?;
    let told = world.operate(Op::AccountReset, ANA.niss)?;
    seen.is("account_reset", if matches!(told, Body::Issued { .. }) { "code" } else { "-" }, "code");
    seen.is("old password", world.login(ANA.niss, PASSWORD)?, "login_failed");
    let code = world.code(ANA.niss)?;
    seen.is("holder's code", world.activate(ANA.niss, &code, OTHER)?, "done");
    let refused = world.ask(Op::AccountReset, json!({ "niss": ANA.niss, "reason": "x", "password": OTHER }))?;
    seen.is("account_reset with a password", refused, "malformed");
    Ok(seen)
}
