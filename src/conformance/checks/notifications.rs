//! Notices about events: their recipients, and how to object (63B 4.2.2-3, 63A 3.10, ASVS 6.3.7).

use serde_json::json;

use crate::conformance::harness::{CheckContext, CheckSandbox, OTHER, PASSWORD};
use crate::conformance::observation::{CheckError, CheckResult, Observation};
use crate::conformance::personas::{ANA, ANTONIO, Persona, with};
use crate::request::Operation;

/// The phone number for objections.
const LINE: &str = "210 545 400";

fn all(person: &Persona) -> String {
    let contacts: Vec<&str> = person.email.into_iter().chain(person.mobile).collect();
    contacts.join(" ")
}

/// Records that each registered contact was sent one notice, with the phone number for objections and without links.
fn rendered(findings: &mut Observation, world: &CheckSandbox<'_>, purpose: &str, to: &str) -> Result<(), CheckError> {
    let messages: Vec<_> =
        world.messages(ANA.niss)?.into_iter().filter(|one| one.purpose.as_str() == purpose).collect();
    let addresses: Vec<&str> = messages.iter().map(|one| one.to.as_str()).collect();
    findings.record(purpose, format!("{} addresses", addresses.len()), addresses.join(" ") == to);
    let objects = messages.iter().all(|one| one.body.expose().contains(LINE) && !one.body.expose().contains("://"));
    findings.record("how to object", LINE, objects && !messages.is_empty());
    Ok(())
}

fn active<'a>(context: &'a CheckContext<'a>) -> Result<CheckSandbox<'a>, CheckError> {
    let world = CheckSandbox::new(context)?;
    world.register_and_activate(&ANA, PASSWORD)?;
    Ok(world)
}

/// 63B 4.2.2-3: every recovery.
pub fn recovered(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = active(context)?;
    let code = world.request_recovery(&ANA, "sms")?;
    world.recover(ANA.niss, &code, OTHER)?.body()?;
    rendered(&mut findings, &world, "recovered", &all(&ANA))?;
    Ok(findings)
}

/// 63B 4.2.2-3: every new authenticator: the first password, the first phone code, a changed phone code.
pub fn bound(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = active(context)?;
    let session = world.log_in(ANA.niss, PASSWORD)?;
    world.send_ok(Operation::PhoneCodeSet, json!({ "session": session }))?;
    world.send_ok(Operation::PhoneCodeChange, json!({ "session": session, "generate": true }))?;
    for purpose in ["activated", "phone_code_set", "phone_code_changed"] {
        rendered(&mut findings, &world, purpose, &all(&ANA))?;
    }
    Ok(findings)
}

/// ASVS 6.3.7: changed credentials.
pub fn credentials(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = active(context)?;
    let session = world.log_in(ANA.niss, PASSWORD)?;
    world.send_ok(
        Operation::PasswordChange,
        json!({ "session": session, "password": PASSWORD, "new_password": OTHER }),
    )?;
    world.operator_action(Operation::AccountReset, ANA.niss)?;
    rendered(&mut findings, &world, "password_changed", &all(&ANA))?;
    rendered(&mut findings, &world, "reset", &all(&ANA))?;
    Ok(findings)
}

/// ASVS 6.3.7: notices about changed and removed contacts go to every registered contact, the old one included.
pub fn contacts(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = active(context)?;
    let session = world.log_in(ANA.niss, PASSWORD)?;
    world.send_ok(Operation::ContactsUpdate, json!({ "session": session, "email": "ana@outro.example" }))?;
    findings.expect_eq("proposed", world.notices_to(ANA.niss, "contact_changed")?.len(), 0);
    let code = world.code(ANA.niss)?;
    world.send_ok(Operation::ContactsConfirm, json!({ "session": session, "channel": "email", "code": code }))?;
    let old = ANA.email.unwrap_or_default();
    let mobile = ANA.mobile.unwrap_or_default();
    rendered(&mut findings, &world, "contact_changed", &format!("ana@outro.example {mobile} {old}"))?;
    world.send_ok(Operation::ContactsRemove, json!({ "session": session, "mobile": true }))?;
    rendered(&mut findings, &world, "contact_removed", &format!("ana@outro.example {mobile}"))?;
    Ok(findings)
}

/// ASVS 6.3.7: lockouts.
pub fn locked(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = active(context)?;
    for _ in 0..6 {
        world.login(ANA.niss, "Porto")?;
    }
    rendered(&mut findings, &world, "login_locked", &all(&ANA))?;
    Ok(findings)
}

/// 63A 3.10: the notice of an identity check goes to a registered address, never to a typed one.
pub fn proofed(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(context)?;
    let typed = "+351961234567";
    world.send_ok(Operation::Register, with(ANA.classic("email"), "mobile", typed))?;
    let code = world.code(ANA.niss)?;
    world.activate(ANA.niss, &code, PASSWORD)?.body()?;
    let to: Vec<String> = world.messages(ANA.niss)?.into_iter().map(|one| one.to).collect();
    let registered = [ANA.email, ANA.mobile];
    let others = to.iter().filter(|to| !registered.contains(&Some(to.as_str()))).count();
    findings.expect_eq("to a typed contact", others, 0);
    rendered(&mut findings, &world, "activated", &all(&ANA))?;
    world.register_and_activate(&ANTONIO, PASSWORD)?;
    let letters = world.notices_to(ANTONIO.niss, "activated")?;
    let is_there = letters.len() == 1 && letters.iter().all(|to| to.contains("Rua das Flores 12"));
    findings.record("without contacts, by letter", letters.len(), is_there);
    Ok(findings)
}

/// Cheat sheet: a code goes to its destination only.
pub fn destination(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = active(context)?;
    for (channel, to) in [("sms", ANA.mobile), ("email", ANA.email)] {
        let before = world.notices_to(ANA.niss, "recovery")?.len();
        world.request_recovery(&ANA, channel)?;
        let rendered = world.notices_to(ANA.niss, "recovery")?.split_off(before);
        findings.record(
            channel,
            format!("{} message", rendered.len()),
            rendered.iter().map(|to| Some(to.as_str())).eq([to]),
        );
        world.wait(60)?;
    }
    Ok(findings)
}
