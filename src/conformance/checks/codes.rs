//! Codes: length, number of uses, holder and purpose (63B 3.1.3, 63A 3.8, ASVS 6.4.1, 6.5, 6.6.2).

use serde_json::json;

use crate::conformance::harness::{CheckContext, CheckSandbox, OTHER, PASSWORD};
use crate::conformance::observation::{CheckError, CheckResult, Observation};
use crate::conformance::personas::{ANA, ANTONIO, RUI};
use crate::domain::code::ALPHABET;
use crate::reply::ReplyBody;
use crate::request::Operation;

/// The entropy of six random digits in bits. The standards count it as 20.
const SIX_DIGITS: f64 = 19.93;

/// Returns the entropy of a code in bits, if each of its characters is equally likely.
fn bits(code: &str) -> f64 {
    let characters = code.chars().filter(char::is_ascii_alphanumeric).count() as f64;
    let alphabet = if code.starts_with(|c: char| c.is_ascii_digit()) { 10.0 } else { ALPHABET.len() as f64 };
    characters * f64::log2(alphabet)
}

/// 63B 3.1.3, 63A 3.8: a code has at least six digits.
pub fn digits(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    for channel in ["sms", "email"] {
        let code = CheckSandbox::new(context)?.register(&ANA, channel)?;
        let digits = code.chars().filter(char::is_ascii_digit).count();
        findings.record(channel, format!("{digits} digits"), digits >= 6 && digits == code.len());
    }
    Ok(findings)
}

/// 63A 3.8: a contact code has at least six digits.
pub fn contact_digits(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(context)?;
    world.register_and_activate(&ANA, PASSWORD)?;
    let session = world.log_in(ANA.niss, PASSWORD)?;
    for channel in ["sms", "email"] {
        world.send_ok(Operation::ContactsConfirm, json!({ "session": session, "channel": channel }))?;
        let digits = world.code(ANA.niss)?.chars().filter(char::is_ascii_digit).count();
        findings.record(channel, format!("{digits} digits"), digits >= 6);
    }
    Ok(findings)
}

/// ASVS 6.5.4: a code has 20 bits, which is six digits or four letters and digits.
pub fn twenty_bits(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(context)?;
    for (what, code) in [
        ("sms", world.register(&ANA, "sms")?),
        ("email", world.register(&RUI, "email")?),
        ("letter", world.register(&ANTONIO, "letter")?),
    ] {
        let bits = bits(&code);
        findings.record(what, format!("{bits:.1} bits"), bits >= SIX_DIGITS);
    }
    Ok(findings)
}

/// 63B 3.1.3, ASVS 6.5.1: a code is valid once.
pub fn once(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(context)?;
    let code = world.register(&ANA, "sms")?;
    findings.expect_eq("first", world.activate(ANA.niss, &code, PASSWORD)?, "done");
    findings.expect_eq("second", world.activate(ANA.niss, &code, OTHER)?, "code_used");
    let code = world.request_recovery(&ANA, "email")?;
    findings.expect_eq("recovery first", world.recover(ANA.niss, &code, OTHER)?, "done");
    findings.expect_eq("recovery second", world.recover(ANA.niss, &code, PASSWORD)?, "code_used");
    Ok(findings)
}

/// 63A 3.8: a contact code is valid once.
pub fn contact_once(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(context)?;
    world.register_and_activate(&ANA, PASSWORD)?;
    let session = world.log_in(ANA.niss, PASSWORD)?;
    world.send_ok(Operation::ContactsConfirm, json!({ "session": session, "channel": "sms" }))?;
    let typed = json!({ "session": session, "channel": "sms", "code": world.code(ANA.niss)? });
    findings.expect_eq("first", world.send(Operation::ContactsConfirm, typed.clone())?, "done");
    findings.expect_eq("second", world.send(Operation::ContactsConfirm, typed)?, "code_used");
    Ok(findings)
}

/// ASVS 6.5.1: used, superseded and expired codes are refused, and so is the code of a message that did not arrive.
pub fn stale(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(context)?;
    let undelivered = world.register(&ANA, "sms")?;
    world.send_ok(Operation::OutboxFailed, json!({ "niss": ANA.niss, "reason": "bounced" }))?;
    findings.expect_eq("undelivered", world.activate(ANA.niss, &undelivered, PASSWORD)?, "code_superseded");
    let old = world.register(&ANA, "sms")?;
    world.wait(60)?;
    let new = world.register(&ANA, "sms")?;
    findings.expect_eq("superseded", world.activate(ANA.niss, &old, PASSWORD)?, "code_superseded");
    world.wait(600)?;
    findings.expect_eq("expired", world.activate(ANA.niss, &new, PASSWORD)?, "code_expired");
    let code = world.register(&ANA, "sms")?;
    findings.expect_eq("newest", world.activate(ANA.niss, &code, PASSWORD)?, "done");
    findings.expect_eq("used", world.activate(ANA.niss, &code, OTHER)?, "code_used");
    Ok(findings)
}

/// 63B 3.1.3: a code by e-mail confirms, activates and recovers, but opens no session.
pub fn no_login(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(context)?;
    let code = world.register(&ANA, "email")?;
    findings.expect_eq("login by code", world.login(ANA.niss, &code)?, "login_failed");
    world.send_ok(Operation::CmdEnrol, json!({ "niss": ANA.niss, "mobile": ANA.mobile, "pin": "271828" }))?;
    let by_cmd = json!({ "niss": ANA.niss, "method": "cmd", "pin": "271828", "code": code, "consent": true });
    findings.expect_eq("by cmd", world.send(Operation::Login, by_cmd)?, "cmd_code_wrong");
    let beside = json!({ "niss": ANA.niss, "password": OTHER, "code": code });
    findings.expect_eq("code beside a wrong password", world.send(Operation::Login, beside)?, "login_failed");
    match world.activate(ANA.niss, &code, PASSWORD)?.body()? {
        ReplyBody::AccountActive { .. } => findings.note("activate session", "no"),
        _ => findings.expect_eq("activate session", "yes", "no"),
    }
    Ok(findings)
}

/// ASVS 6.6.2: a code is valid only for its purpose and its holder.
pub fn bound(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(context)?;
    let activation = world.register(&ANA, "sms")?;
    let recovery = world.request_recovery(&ANA, "email")?;
    let other = world.register(&RUI, "sms")?;
    findings.expect_eq("recovery's code activates", world.activate(ANA.niss, &recovery, PASSWORD)?, "code_wrong");
    findings.expect_eq("activation's code recovers", world.recover(ANA.niss, &activation, PASSWORD)?, "code_wrong");
    findings.expect_eq("another holder's code", world.activate(ANA.niss, &other, PASSWORD)?, "code_wrong");
    findings.expect_eq("its own", world.activate(ANA.niss, &activation, PASSWORD)?, "done");
    Ok(findings)
}

/// ASVS 6.4.1: an activation code is random and short-lived, and is not the password.
pub fn activation(context: &CheckContext<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(context)?;
    let codes = [world.register(&ANA, "sms")?, world.register(&RUI, "sms")?, drawn_again(&world)?];
    let differ = codes[0] != codes[1] && codes[1] != codes[2] && codes[0] != codes[2];
    findings.record("3 codes differ", differ, differ);
    findings.expect_eq("as password", world.login(ANA.niss, &codes[2])?, "login_failed");
    world.wait(600)?;
    findings.expect_eq("600s", world.activate(ANA.niss, &codes[2], PASSWORD)?, "code_expired");
    Ok(findings)
}

fn drawn_again(world: &CheckSandbox<'_>) -> Result<String, CheckError> {
    world.wait(60)?;
    world.register(&ANA, "sms")
}
