//! The audit log (ASVS 16.2-16.4): complete entries, also for refusals, without secrets, and safe from forgery.

use serde_json::{Value, json};

use crate::audit;
use crate::conformance::harness::{ACTOR, CheckSandbox, OTHER, PASSWORD, wrong_code};
use crate::conformance::observation::{CheckError, CheckResult, Observation};
use crate::conformance::personas::{ANA, RUI, UNREGISTERED_NISS, with};
use crate::conformance::runner::CheckRunner;
use crate::conformance::tamper::{self, Forgery};
use crate::reply::{AuditEntry, Done, Reply, ReplyBody};
use crate::request::{Operation, Request};

/// ASVS 16.2: an entry has actor, action, holder, time in UTC and outcome.
pub fn who_what_when(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(bench)?;
    world.register_and_activate(&ANA, PASSWORD)?;
    world.wait(1)?;
    world.login(ANA.niss, "Porto")?;
    let now = world.store.now()?.to_string();
    let Some(last) = world.audit()?.pop() else { return Err(CheckError::Unexpected("audit: none".to_owned())) };
    findings.expect_eq("who", &last.actor, ACTOR);
    findings.expect_eq("what", &last.action, "login");
    findings.expect_eq("whose", last.niss.map(|niss| niss.to_string()).unwrap_or_default(), ANA.niss);
    findings.expect_eq(
        "outcome",
        format!("{} {}", last.outcome, last.reason.unwrap_or_default()),
        "refused login_failed",
    );
    let at = last.at.to_string();
    findings.record("when", &at, at == now && at.ends_with('Z'));
    Ok(findings)
}

/// ASVS 16.2: no entry has a password, code, token or phone code, typed or issued. An operator's reason is recorded.
pub fn no_secret(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(bench)?;
    let code = world.register(&ANA, "sms")?;
    let guess = wrong_code(&code);
    world.activate(ANA.niss, &guess, OTHER)?;
    world.activate(ANA.niss, &code, PASSWORD)?.body()?;
    world.login(ANA.niss, OTHER)?;
    let token = world.log_in(ANA.niss, PASSWORD)?;
    let ReplyBody::PhoneCode { phone_code: Some(digits) } =
        world.send_ok(Operation::PhoneCodeSet, json!({ "session": token }))?
    else {
        return Err(CheckError::Unexpected("phone_code".to_owned()));
    };
    world.send(Operation::PhoneCodeVerify, json!({ "niss": ANA.niss, "code": wrong_code(digits.expose()) }))?;
    world.send(Operation::RecoverRequest, with(ANA.recovery("sms"), "name", RUI.name))?;
    let proposed = "+351961234567";
    world.send_ok(Operation::ContactsUpdate, json!({ "session": token, "mobile": proposed }))?;
    world.send_ok(Operation::AccountUnlock, json!({ "niss": ANA.niss, "reason": "a control that is found" }))?;
    let about = "Pensao de viuvez";
    let benefit = json!({ "niss": ANA.niss, "kind": "benefit", "about": about, "amount": "417.33" });
    world.send_ok(Operation::AlertsSend, benefit)?;
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
        let is_there =
            entries.contains(text) || tamper::tables_containing(&world.store, text)?.contains(&"audit".to_owned());
        findings.record(what, is_there, !is_there);
    }
    let control = entries.contains("a control that is found")
        && tamper::tables_containing(&world.store, "account_unlock")?.contains(&"audit".to_owned());
    findings.record("control", control, control);
    Ok(findings)
}

/// ASVS 16.3: each request writes one entry; refused requests include their reason.
pub fn failures(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(bench)?;
    world.register_and_activate(&ANA, PASSWORD)?;
    let asks: [(Operation, Value); 8] = [
        (Operation::Register, ANA.portal("sms")),
        (Operation::Register, with(ANA.portal("sms"), "birth_date", "1984-03-23")),
        (Operation::Activate, json!({ "niss": UNREGISTERED_NISS, "code": "000000", "password": OTHER })),
        (Operation::Login, json!({ "niss": UNREGISTERED_NISS, "password": OTHER })),
        (Operation::RecoverRequest, with(ANA.recovery("sms"), "nif", RUI.nif)),
        (Operation::RecoverConfirm, json!({ "niss": ANA.niss, "code": "000000", "password": OTHER })),
        (Operation::ContactsShow, json!({ "session": "0123456789abcdef" })),
        (Operation::PhoneCodeVerify, json!({ "niss": ANA.niss, "code": "314159" })),
    ];
    let before = world.audit()?.len();
    let mut wanted = vec![];
    for (op, fields) in asks {
        wanted.push((op.to_string(), "refused".to_owned(), Some(world.send(op, fields)?.to_string())));
    }
    let entries = world.audit()?.split_off(before);
    let stored: Vec<_> = entries.into_iter().map(|entry| (entry.action, entry.outcome, entry.reason)).collect();
    findings.expect_eq("entries of 8 refusals", stored.len(), wanted.len());
    findings.record("actions and reasons", if stored == wanted { "same" } else { "other" }, stored == wanted);
    Ok(findings)
}

/// Returns the number of lines on which entries are shown.
fn lines(world: &CheckSandbox<'_>, entries: Vec<AuditEntry>) -> Result<usize, CheckError> {
    let shown = |entry| world.lines(&Reply::Done(Done::new(Operation::AuditList, ReplyBody::Audit(entry))));
    entries.into_iter().map(shown).sum()
}

/// ASVS 16.4: an operator's text is shown within one entry, whatever characters it has.
pub fn forged(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(bench)?;
    world.register_and_activate(&ANA, PASSWORD)?;
    let unlock = |reason: &str| world.send(Operation::AccountUnlock, json!({ "niss": ANA.niss, "reason": reason }));
    for (what, reason) in [("LF", "a\n2026"), ("CR", "a\r2026"), ("NEL", "a\u{85}2026"), ("ESC", "a\u{1b}[2J")] {
        findings.expect_eq(what, unlock(reason)?, "malformed");
    }
    let before = world.audit()?.len();
    world.send_as("x\n2026", Operation::Login, json!({ "niss": ANA.niss, "password": OTHER }))?;
    let new = world.audit()?.split_off(before);
    findings.expect_eq("LF in the actor", format!("{} line", lines(&world, new)?), "1 line");
    for (what, reason) in [("JSON", r#"x"},"outcome":"done","z":{"a":"b"#), ("LS", "a\u{2028}2026")] {
        let before = world.audit()?.len();
        let response = unlock(reason)?;
        if !response.is_done() {
            findings.expect_eq(what, response, "malformed");
            continue;
        }
        let new = world.audit()?.split_off(before);
        let is_one = new.len() == 1 && new[0].detail.as_ref().is_some_and(|detail| detail["reason"] == reason);
        let shown = lines(&world, new)?;
        findings.record(what, format!("{shown} line"), is_one && shown == 1);
    }
    Ok(findings)
}

/// ASVS 16.4: entries can't be changed or deleted.
pub fn unalterable(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(bench)?;
    world.register_and_activate(&ANA, PASSWORD)?;
    let with_audit = |op: &&Operation| op.as_str().starts_with("audit_");
    let requests = Request::OPERATIONS.iter().filter(with_audit).count();
    findings.expect_eq("requests that write the audit", requests, 0);
    for (what, forgery) in [("UPDATE", Forgery::Change), ("DELETE", Forgery::Removal)] {
        findings.expect_eq(&format!("{what} by SQL"), tamper::tamper(&world.store, forgery)?, 0);
    }
    let verified = || audit::queries::verify(&world.store, None).map_or_else(|error| error.kind(), |_| "done");
    findings.expect_eq("verified before", verified(), "done");
    // Like an attacker who writes the file with another program.
    tamper::drop_audit_triggers(&world.store)?;
    findings.expect_eq("changed without the triggers", tamper::tamper(&world.store, Forgery::Change)?, 1);
    findings.expect_eq("verified behind it", verified(), "audit_broken");
    Ok(findings)
}
