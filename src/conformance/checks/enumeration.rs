//! Replies must not reveal who has an account or which value was right (63A 3.1.2.1, ASVS 6.3.8).
//!
//! The checks compare the bytes of complete series of replies, so that a limit for some requesters only is found too.

use serde_json::{Value, json};

use crate::conformance::check_reply::CheckReply;
use crate::conformance::harness::{CheckSandbox, OTHER, PASSWORD};
use crate::conformance::observation::{CheckError, CheckResult, Observation};
use crate::conformance::personas::{self, ANA, CUSTODIO, Persona, RUI, UNREGISTERED_NISS, with};
use crate::conformance::runner::CheckRunner;
use crate::request::Operation;

/// The states of Ana's account.
const STATES: [&str; 5] = ["none", "requested", "active", "suspended", "closed"];

fn bring(world: &CheckSandbox<'_>, state: &str) -> Result<(), CheckError> {
    match state {
        "none" => return Ok(()),
        "requested" => return world.register(&ANA, "sms").map(|_| ()),
        _ => world.register_and_activate(&ANA, PASSWORD)?,
    }
    match state {
        "suspended" => world.operator_action(Operation::AccountSuspend, ANA.niss).map(|_| ()),
        "closed" => world.operator_action(Operation::AccountClose, ANA.niss).map(|_| ()),
        _ => Ok(()),
    }
}

/// A request that must fail.
struct Attempt {
    what: String,
    state: &'static str,
    fields: Value,
}

impl Attempt {
    fn new(what: impl Into<String>, state: &'static str, fields: Value) -> Attempt {
        Attempt { what: what.into(), state, fields }
    }
}

/// Sends each request several times in its own sandbox and compares all replies.
fn check_indistinguishable(
    bench: &CheckRunner<'_>,
    findings: &mut Observation,
    op: Operation,
    times: usize,
    last: &str,
    strangers: &[Attempt],
) -> Result<(), CheckError> {
    let mut first: Option<Vec<String>> = None;
    let mut different = vec![];
    for stranger in strangers {
        let world = CheckSandbox::new(bench)?;
        bring(&world, stranger.state)?;
        let niss = stranger.fields["niss"].as_str().unwrap_or_default();
        let mut answers = vec![];
        let mut word = String::new();
        for _ in 0..times {
            let response: CheckReply = world.send(op, stranger.fields.clone())?;
            word = response.to_string();
            answers.push(world.rendered(&response, niss)?);
        }
        match &first {
            None => {
                findings.expect_eq(&format!("{op} x{times}, last"), word, last);
                first = Some(answers);
            }
            Some(first) if *first == answers => {}
            Some(_) => different.push(stranger.what.clone()),
        }
    }
    let rendered_text = format!("{} of {} {}", different.len(), strangers.len(), different.join(", "));
    findings.record("different answers", rendered_text.trim_end(), different.is_empty() && strangers.len() > 1);
    Ok(())
}

/// Returns the fields with each of Ana's values wrong in turn.
fn one_wrong_field(fields: &Value, names: &[(&str, &str)]) -> Vec<(String, Value)> {
    names.iter().map(|(name, wrong)| (format!("wrong {name}"), with(fields.clone(), name, *wrong))).collect()
}

const WRONG: [(&str, &str); 4] =
    [("name", RUI.name), ("birth_date", "1984-03-23"), ("civil_id", RUI.civil_id), ("nif", RUI.nif)];

/// Returns requests that fail the identity check: unknown, deceased, or one wrong value, in each account state.
fn failing_identities(fields: impl Fn(&Persona) -> Value, wrong: &[(&str, &str)]) -> Vec<Attempt> {
    let unknown = with(fields(&ANA), "niss", UNREGISTERED_NISS);
    let mut strangers = vec![
        Attempt::new("unknown", "none", unknown),
        Attempt::new("deceased", "none", fields(&CUSTODIO)),
        Attempt::new("another's NISS", "none", with(fields(&ANA), "niss", RUI.niss)),
    ];
    for state in STATES {
        for (what, fields) in one_wrong_field(&fields(&ANA), wrong) {
            strangers.push(Attempt::new(format!("{state} {what}"), state, fields));
        }
    }
    strangers
}

/// Returns requests of a company with one wrong value each.
fn companies() -> Vec<Attempt> {
    let wrong = [("name", "Padaria Flor"), ("nif", "501000135"), ("responsible", RUI.name)];
    let mut strangers: Vec<Attempt> = one_wrong_field(&personas::company(), &wrong)
        .into_iter()
        .map(|(what, fields)| Attempt::new(what, "none", fields))
        .collect();
    strangers.push(Attempt::new("unknown", "none", with(personas::company(), "niss", "25000000137")));
    strangers
}

/// 63A 3.1.2.1: a refused registration does not reveal the wrong value.
pub fn datum(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let portal = failing_identities(|person| person.portal("sms"), &WRONG[1..2]);
    check_indistinguishable(bench, &mut findings, Operation::Register, 1, "identity_mismatch", &portal)?;
    let classic = failing_identities(|person| person.classic("sms"), &WRONG);
    check_indistinguishable(bench, &mut findings, Operation::Register, 1, "identity_mismatch", &classic)?;
    Ok(findings)
}

/// Returns the same request up to a step.
fn until(mut fields: Value, step: &str) -> Value {
    if let Some(fields) = fields.as_object_mut() {
        fields.remove("channel");
    }
    with(fields, "until", step)
}

/// ASVS 6.3.8: registration, until the block, which also applies to an unknown NISS.
pub fn register(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let portal = failing_identities(|person| person.portal("sms"), &WRONG[1..2]);
    check_indistinguishable(bench, &mut findings, Operation::Register, 6, "identity_blocked", &portal)?;
    let steps = failing_identities(|person| until(person.portal("sms"), "channels"), &WRONG[1..2]);
    check_indistinguishable(bench, &mut findings, Operation::Register, 6, "identity_blocked", &steps)?;
    Ok(findings)
}

/// ASVS 6.3.8: recovery.
pub fn recover(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let strangers = failing_identities(|person| person.recovery("sms"), &WRONG);
    check_indistinguishable(bench, &mut findings, Operation::RecoverRequest, 6, "identity_blocked", &strangers)?;
    check_indistinguishable(bench, &mut findings, Operation::RecoverRequest, 6, "identity_blocked", &companies())?;
    let steps = failing_identities(|person| until(person.recovery("sms"), "channels"), &WRONG);
    check_indistinguishable(bench, &mut findings, Operation::RecoverRequest, 6, "identity_blocked", &steps)?;
    Ok(findings)
}

/// Returns requests that fail by NISS alone.
fn by_niss(more: &Value) -> Vec<Attempt> {
    let of = |niss: &str| with(more.clone(), "niss", niss);
    let mut strangers = vec![
        Attempt::new("unknown", "none", of(UNREGISTERED_NISS)),
        Attempt::new("deceased", "none", of(CUSTODIO.niss)),
    ];
    strangers.extend(STATES.iter().map(|state| Attempt::new(*state, state, of(ANA.niss))));
    strangers
}

/// Sends failing logins with these fields until the lockout.
pub(super) fn logins(bench: &CheckRunner<'_>, findings: &mut Observation, fields: &Value) -> Result<(), CheckError> {
    check_indistinguishable(bench, findings, Operation::Login, 6, "login_locked", &by_niss(fields))
}

/// ASVS 6.3.8: login.
pub fn login(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    logins(bench, &mut findings, &json!({ "password": OTHER }))?;
    let world = CheckSandbox::new(bench)?;
    for state in ["suspended", "closed"] {
        let right = CheckSandbox::new(bench)?;
        bring(&right, state)?;
        let (rendered_text, unknown) = (right.login(ANA.niss, PASSWORD)?, world.login(UNREGISTERED_NISS, PASSWORD)?);
        let same = right.rendered(&rendered_text, ANA.niss)? == world.rendered(&unknown, UNREGISTERED_NISS)?;
        findings.record(&format!("right password, {state}"), rendered_text, same);
    }
    Ok(findings)
}

/// ASVS 6.3.8: activation, with five wrong codes and the request after them.
pub fn activate(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let strangers = by_niss(&json!({ "code": "000000", "password": OTHER }));
    check_indistinguishable(bench, &mut findings, Operation::Activate, 6, "code_blocked", &strangers)?;
    let steps = by_niss(&json!({ "code": "000000", "until": "code" }));
    check_indistinguishable(bench, &mut findings, Operation::Activate, 6, "code_blocked", &steps)?;
    Ok(findings)
}

/// ASVS 6.3.8: the last step of a recovery.
pub fn recover_confirm(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let strangers = by_niss(&json!({ "code": "000000", "password": OTHER }));
    check_indistinguishable(bench, &mut findings, Operation::RecoverConfirm, 6, "code_blocked", &strangers)?;
    let steps = by_niss(&json!({ "code": "000000", "until": "code" }));
    check_indistinguishable(bench, &mut findings, Operation::RecoverConfirm, 6, "code_blocked", &steps)?;
    Ok(findings)
}

/// ASVS 6.3.8: phone code checks by the operator.
pub fn phone_code(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let strangers = by_niss(&json!({ "code": "314159" }));
    check_indistinguishable(bench, &mut findings, Operation::PhoneCodeVerify, 4, "phone_code_blocked", &strangers)?;
    Ok(findings)
}

/// ASVS 6.3.8: phone line calls, with the same counters.
pub fn phone_line(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let strangers = by_niss(&json!({ "code": "314159" }));
    check_indistinguishable(bench, &mut findings, Operation::PhoneLine, 4, "phone_code_blocked", &strangers)?;
    Ok(findings)
}

/// 63A 3.1.2.1: a deceased person fails the identity check and loses the account.
pub fn deceased(bench: &CheckRunner<'_>) -> CheckResult {
    let mut findings = Observation::default();
    let world = CheckSandbox::new(bench)?;
    findings.expect_eq("deceased", world.send(Operation::Register, CUSTODIO.portal("sms"))?, "identity_mismatch");
    let alive = Persona { status: "active", ..CUSTODIO };
    world.load(&alive.row())?;
    world.register_and_activate(&alive, PASSWORD)?;
    findings.expect_eq("the same, alive", world.login(alive.niss, PASSWORD)?, "done");
    world.load(&CUSTODIO.row())?;
    findings.expect_eq("deceased since", world.login(CUSTODIO.niss, PASSWORD)?, "login_failed");
    Ok(findings)
}
