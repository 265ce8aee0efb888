//! How long codes are valid: until one second before they expire (63B 3.1.3, 4.2.1.2; 63A 3.8; ASVS 6.5.5).

use serde_json::json;

use crate::conformance::check_reply::CheckReply;
use crate::conformance::harness::{CheckSandbox, PASSWORD};
use crate::conformance::observation::{CheckError, CheckResult, Observation};
use crate::conformance::personas::{self, ANA, ANTONIO, LUIS, Persona};
use crate::conformance::runner::CheckRunner;
use crate::request::Operation;

const MINUTES_10: i64 = 600;
const HOURS_24: i64 = 86_400;
const DAY: i64 = 86_400;

/// How a code is requested and how it is used.
struct CodeScenario {
    ask: fn(&CheckSandbox<'_>) -> Result<String, CheckError>,
    spend: fn(&CheckSandbox<'_>, &str) -> Result<CheckReply, CheckError>,
}

/// Checks a code one second before it expires and when it expires.
fn check_lifetime(
    bench: &CheckRunner<'_>,
    findings: &mut Observation,
    what: &str,
    seconds: i64,
    way: &CodeScenario,
) -> Result<(), CheckError> {
    for (after, wanted) in [(seconds - 1, "done"), (seconds, "code_expired")] {
        let world = CheckSandbox::new(bench)?;
        let code = (way.ask)(&world)?;
        world.wait(after)?;
        findings.expect_eq(&format!("{what} {after}s"), (way.spend)(&world, &code)?, wanted);
    }
    Ok(())
}

fn activate(world: &CheckSandbox<'_>, person: &Persona, code: &str) -> Result<CheckReply, CheckError> {
    world.activate(person.niss, code, PASSWORD)
}

const ACTIVATION_SMS: CodeScenario =
    CodeScenario { ask: |world| world.register(&ANA, "sms"), spend: |world, code| activate(world, &ANA, code) };
const ACTIVATION_EMAIL: CodeScenario =
    CodeScenario { ask: |world| world.register(&ANA, "email"), spend: |world, code| activate(world, &ANA, code) };

fn recovery(world: &CheckSandbox<'_>, channel: &str) -> Result<String, CheckError> {
    world.register(&ANA, "sms")?;
    world.wait(61)?;
    world.request_recovery(&ANA, channel)
}

const RECOVERY_SMS: CodeScenario =
    CodeScenario { ask: |world| recovery(world, "sms"), spend: |world, code| world.recover(ANA.niss, code, PASSWORD) };
const RECOVERY_EMAIL: CodeScenario = CodeScenario {
    ask: |world| recovery(world, "email"),
    spend: |world, code| world.recover(ANA.niss, code, PASSWORD),
};

/// Returns the code of an operator's reset, the only recovery for a holder with a postal address alone.
fn reset(world: &CheckSandbox<'_>, person: &Persona) -> Result<String, CheckError> {
    world.register(person, "letter")?;
    world.operator_action(Operation::AccountReset, person.niss)?;
    world.code(person.niss)
}

const RESET_LETTER: CodeScenario =
    CodeScenario { ask: |world| reset(world, &ANTONIO), spend: |world, code| activate(world, &ANTONIO, code) };
const RESET_ABROAD: CodeScenario =
    CodeScenario { ask: |world| reset(world, &LUIS), spend: |world, code| activate(world, &LUIS, code) };

/// 63B 3.1.3: a code sent to an out-of-band device is valid for ten minutes.
pub fn out_of_band(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    check_lifetime(bench, &mut findings, "sms", MINUTES_10, &ACTIVATION_SMS)?;
    Ok(findings)
}

/// 63B 4.2.1.2: recovery codes by SMS.
pub fn recovery_sms(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    check_lifetime(bench, &mut findings, "sms", MINUTES_10, &RECOVERY_SMS)?;
    Ok(findings)
}

/// 63B 4.2.1.2: recovery codes by e-mail.
pub fn recovery_email(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    check_lifetime(bench, &mut findings, "email", HOURS_24, &RECOVERY_EMAIL)?;
    Ok(findings)
}

/// 63B 4.2.1.2: recovery codes by letter.
pub fn letter(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(bench)?;
    world.register(&ANTONIO, "letter")?;
    let refused = world
        .send(Operation::RecoverRequest, personas::with(ANTONIO.recovery("letter"), "email", "a@correio.example"))?;
    findings.note("recover_request letter", refused);
    check_lifetime(bench, &mut findings, "letter", 21 * DAY, &RESET_LETTER)?;
    Ok(findings)
}

/// 63B 4.2.1.2: recovery codes by letter to another country.
pub fn letter_abroad(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    check_lifetime(bench, &mut findings, "letter abroad", 30 * DAY, &RESET_ABROAD)?;
    Ok(findings)
}

/// 63A 3.8: activation and contact codes are valid as long as recovery codes.
pub fn confirmation(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    check_lifetime(bench, &mut findings, "activation sms", MINUTES_10, &ACTIVATION_SMS)?;
    check_lifetime(bench, &mut findings, "activation email", HOURS_24, &ACTIVATION_EMAIL)?;
    // Contacts need a login within ten minutes, so a code of 24 hours is entered in a later session.
    for (channel, seconds) in [("sms", MINUTES_10), ("email", HOURS_24)] {
        let way = |channel: &'static str| -> CodeScenario {
            match channel {
                "sms" => {
                    CodeScenario { ask: |world| proof(world, "sms"), spend: |world, code| prove(world, "sms", code) }
                }
                _ => CodeScenario {
                    ask: |world| proof(world, "email"),
                    spend: |world, code| prove(world, "email", code),
                },
            }
        };
        check_lifetime(bench, &mut findings, &format!("contact {channel}"), seconds, &way(channel))?;
    }
    Ok(findings)
}

fn proof(world: &CheckSandbox<'_>, channel: &str) -> Result<String, CheckError> {
    world.register_and_activate(&ANA, PASSWORD)?;
    let session = world.log_in(ANA.niss, PASSWORD)?;
    world.send_ok(Operation::ContactsConfirm, json!({ "session": session, "channel": channel }))?;
    world.code(ANA.niss)
}

fn prove(world: &CheckSandbox<'_>, channel: &str, code: &str) -> Result<CheckReply, CheckError> {
    let session = world.log_in(ANA.niss, PASSWORD)?;
    world.send(Operation::ContactsConfirm, json!({ "session": session, "channel": channel, "code": code }))
}

/// ASVS 6.5.5: every out-of-band code is valid for ten minutes.
pub fn ten_minutes_for_all(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    check_lifetime(bench, &mut findings, "sms", MINUTES_10, &ACTIVATION_SMS)?;
    for (what, seconds, way) in [("email", HOURS_24, &ACTIVATION_EMAIL), ("letter", 21 * DAY, &RESET_LETTER)] {
        let world = CheckSandbox::new(bench)?;
        let code = (way.ask)(&world)?;
        world.wait(MINUTES_10)?;
        let response = (way.spend)(&world, &code)?;
        if response.is_done() {
            findings.note(&format!("{what} {MINUTES_10}s"), response);
            check_lifetime(bench, &mut findings, what, seconds, way)?;
            findings.deviates();
        } else {
            findings.expect_eq(&format!("{what} {MINUTES_10}s"), response, "code_expired");
        }
    }
    Ok(findings)
}
