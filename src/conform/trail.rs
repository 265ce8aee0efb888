//! The audit: who, what and when, failures too, never a secret, and nothing that a stranger or an operator could make up
//! (ASVS 16.2-16.4).

use serde_json::{Value, json};

use super::bench::Bench;
use super::people::{ANA, NOBODY, RUI, with};
use super::seen::{Checked, Seen, Trouble};
use super::world::{ACTOR, OTHER, PASSWORD, World, wrong};
use crate::flow;
use crate::reply::{AuditLine, Body, Done, Reply};
use crate::request::{Op, Request};
use crate::store::probe::{self, Forgery};

/// ASVS 16.2: who, what, whose, when in UTC, with which outcome.
pub fn who_what_when(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let world = World::new(bench)?;
    world.admit(&ANA, PASSWORD)?;
    world.wait(1)?;
    world.login(ANA.niss, "Porto")?;
    let now = world.store.now()?.to_string();
    let Some(last) = world.audit()?.pop() else { return Err(Trouble::Unexpected("audit: none".to_owned())) };
    seen.is("who", &last.actor, ACTOR);
    seen.is("what", &last.action, "login");
    seen.is("whose", last.niss.map(|niss| niss.to_string()).unwrap_or_default(), ANA.niss);
    seen.is("outcome", format!("{} {}", last.outcome, last.reason.unwrap_or_default()), "refused login_failed");
    let at = last.at.to_string();
    seen.holds("when", &at, at == now && at.ends_with('Z'));
    Ok(seen)
}

/// ASVS 16.2: passwords, codes, tokens and phone codes that were typed or handed out are in no entry; what an operator wrote is.
pub fn no_secret(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let world = World::new(bench)?;
    let code = world.register(&ANA, "sms")?;
    let guess = wrong(&code);
    world.activate(ANA.niss, &guess, OTHER)?;
    world.activate(ANA.niss, &code, PASSWORD)?.body()?;
    world.login(ANA.niss, OTHER)?;
    let token = world.enter(ANA.niss, PASSWORD)?;
    let Body::PhoneCode { phone_code: Some(digits) } = world.done(Op::PhoneCodeSet, json!({ "session": token }))?
    else {
        return Err(Trouble::Unexpected("phone_code".to_owned()));
    };
    world.ask(Op::PhoneCodeVerify, json!({ "niss": ANA.niss, "code": wrong(digits.expose()) }))?;
    world.ask(Op::RecoverRequest, with(ANA.recovery("sms"), "name", RUI.name))?;
    let proposed = "+351961234567";
    world.done(Op::ContactsUpdate, json!({ "session": token, "mobile": proposed }))?;
    world.done(Op::AccountUnlock, json!({ "niss": ANA.niss, "reason": "a control that is found" }))?;
    let about = "Pensao de viuvez";
    let benefit = json!({ "niss": ANA.niss, "kind": "benefit", "about": about, "amount": "417.33" });
    world.done(Op::AlertsSend, benefit)?;
    let entries = serde_json::to_string(&world.audit()?).unwrap_or_default();
    for (what, text) in [
        ("password", PASSWORD),
        ("wrong password", OTHER),
        ("code", &code),
        ("wrong code", &guess),
        ("token", &token),
        ("phone code", digits.expose()),
        ("typed name", RUI.name),
        ("birth date", ANA.birth_date),
        ("proposed contact", proposed),
        ("benefit", about),
        ("its amount", "417.33"),
    ] {
        let is_there = entries.contains(text) || probe::tables_with(&world.store, text)?.contains(&"audit".to_owned());
        seen.holds(what, is_there, !is_there);
    }
    let control = entries.contains("a control that is found")
        && probe::tables_with(&world.store, "account_unlock")?.contains(&"audit".to_owned());
    seen.holds("control", control, control);
    Ok(seen)
}

/// ASVS 16.3: each request leaves one entry, the refused ones with their reason.
pub fn failures(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let world = World::new(bench)?;
    world.admit(&ANA, PASSWORD)?;
    let asks: [(Op, Value); 8] = [
        (Op::Register, ANA.portal("sms")),
        (Op::Register, with(ANA.portal("sms"), "birth_date", "1984-03-23")),
        (Op::Activate, json!({ "niss": NOBODY, "code": "000000", "password": OTHER })),
        (Op::Login, json!({ "niss": NOBODY, "password": OTHER })),
        (Op::RecoverRequest, with(ANA.recovery("sms"), "nif", RUI.nif)),
        (Op::RecoverConfirm, json!({ "niss": ANA.niss, "code": "000000", "password": OTHER })),
        (Op::ContactsShow, json!({ "session": "0123456789abcdef" })),
        (Op::PhoneCodeVerify, json!({ "niss": ANA.niss, "code": "314159" })),
    ];
    let before = world.audit()?.len();
    let mut wanted = vec![];
    for (op, fields) in asks {
        wanted.push((op.to_string(), "refused".to_owned(), Some(world.ask(op, fields)?.to_string())));
    }
    let entries = world.audit()?.split_off(before);
    let kept: Vec<_> = entries.into_iter().map(|entry| (entry.action, entry.outcome, entry.reason)).collect();
    seen.is("entries of 8 refusals", kept.len(), wanted.len());
    seen.holds("actions and reasons", if kept == wanted { "same" } else { "other" }, kept == wanted);
    Ok(seen)
}

/// On how many lines entries are shown.
fn lines(world: &World<'_>, entries: Vec<AuditLine>) -> Result<usize, Trouble> {
    let shown = |entry| world.lines(&Reply::Done(Done::new(Op::AuditList, Body::Audit(entry))));
    entries.into_iter().map(shown).sum()
}

/// ASVS 16.4: what an operator writes is one entry, whatever it looks like.
pub fn forged(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let world = World::new(bench)?;
    world.admit(&ANA, PASSWORD)?;
    let unlock = |reason: &str| world.ask(Op::AccountUnlock, json!({ "niss": ANA.niss, "reason": reason }));
    for (what, reason) in [("LF", "a\n2026"), ("CR", "a\r2026"), ("NEL", "a\u{85}2026"), ("ESC", "a\u{1b}[2J")] {
        seen.is(what, unlock(reason)?, "malformed");
    }
    let before = world.audit()?.len();
    world.ask_as("x\n2026", Op::Login, json!({ "niss": ANA.niss, "password": OTHER }))?;
    let new = world.audit()?.split_off(before);
    seen.is("LF in the actor", format!("{} line", lines(&world, new)?), "1 line");
    for (what, reason) in [("JSON", r#"x"},"outcome":"done","z":{"a":"b"#), ("LS", "a\u{2028}2026")] {
        let before = world.audit()?.len();
        let came = unlock(reason)?;
        if !came.is_done() {
            seen.is(what, came, "malformed");
            continue;
        }
        let new = world.audit()?.split_off(before);
        let is_one = new.len() == 1 && new[0].detail.as_ref().is_some_and(|detail| detail["reason"] == reason);
        let shown = lines(&world, new)?;
        seen.holds(what, format!("{shown} line"), is_one && shown == 1);
    }
    Ok(seen)
}

/// ASVS 16.4: entries can't be changed or taken away.
pub fn unalterable(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let world = World::new(bench)?;
    world.admit(&ANA, PASSWORD)?;
    let with_audit = |op: &&Op| op.as_str().starts_with("audit_");
    let requests = Request::OPS.iter().filter(with_audit).count();
    seen.is("requests that write the audit", requests, 0);
    for (what, forgery) in [("UPDATE", Forgery::Change), ("DELETE", Forgery::Removal)] {
        seen.is(&format!("{what} by SQL"), probe::forge(&world.store, forgery)?, 0);
    }
    let verified = || flow::trail::verify(&world.store, None).map_or_else(|error| error.kind(), |_| "done");
    seen.is("verified before", verified(), "done");
    // As who can write the file by other means than ours could.
    probe::take_guards_away(&world.store)?;
    seen.is("changed without the triggers", probe::forge(&world.store, Forgery::Change)?, 1);
    seen.is("verified behind it", verified(), "audit_broken");
    Ok(seen)
}
