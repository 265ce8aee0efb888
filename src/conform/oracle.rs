//! That nobody learns from an answer who has an account and which datum was right: the bytes of the answers are compared, of
//! whole rows of attempts, so that a limit that stands for some and not for others shows too (63A 3.1.2.1, ASVS 6.3.8).

use serde_json::{Value, json};

use super::bench::Bench;
use super::came::Came;
use super::people::{self, ANA, CUSTODIO, NOBODY, Person, RUI, with};
use super::seen::{Checked, Seen, Trouble};
use super::world::{OTHER, PASSWORD, World};
use crate::request::Op;

/// The states that Ana's account can be in.
const STATES: [&str; 5] = ["none", "requested", "active", "suspended", "closed"];

fn bring(world: &World<'_>, state: &str) -> Result<(), Trouble> {
    match state {
        "none" => return Ok(()),
        "requested" => return world.register(&ANA, "sms").map(|_| ()),
        _ => world.admit(&ANA, PASSWORD)?,
    }
    match state {
        "suspended" => world.operate(Op::AccountSuspend, ANA.niss).map(|_| ()),
        "closed" => world.operate(Op::AccountClose, ANA.niss).map(|_| ()),
        _ => Ok(()),
    }
}

/// Somebody who asks in vain.
struct Stranger {
    what: String,
    state: &'static str,
    fields: Value,
}

impl Stranger {
    fn new(what: impl Into<String>, state: &'static str, fields: Value) -> Stranger {
        Stranger { what: what.into(), state, fields }
    }
}

/// Has each ask so often, in a sandbox of its own, and compares what all of them see.
fn alike(
    bench: &Bench<'_>,
    seen: &mut Seen,
    op: Op,
    times: usize,
    last: &str,
    strangers: &[Stranger],
) -> Result<(), Trouble> {
    let mut first: Option<Vec<String>> = None;
    let mut different = vec![];
    for stranger in strangers {
        let world = World::new(bench)?;
        bring(&world, stranger.state)?;
        let niss = stranger.fields["niss"].as_str().unwrap_or_default();
        let mut answers = vec![];
        let mut word = String::new();
        for _ in 0..times {
            let came: Came = world.ask(op, stranger.fields.clone())?;
            word = came.to_string();
            answers.push(world.shown(&came, niss)?);
        }
        match &first {
            None => {
                seen.is(&format!("{op} x{times}, last"), word, last);
                first = Some(answers);
            }
            Some(first) if *first == answers => {}
            Some(_) => different.push(stranger.what.clone()),
        }
    }
    let told = format!("{} of {} {}", different.len(), strangers.len(), different.join(", "));
    seen.holds("different answers", told.trim_end(), different.is_empty() && strangers.len() > 1);
    Ok(())
}

/// Each of Ana's data made wrong, one at a time.
fn single(fields: &Value, names: &[(&str, &str)]) -> Vec<(String, Value)> {
    names.iter().map(|(name, wrong)| (format!("wrong {name}"), with(fields.clone(), name, *wrong))).collect()
}

const WRONG: [(&str, &str); 4] =
    [("name", RUI.name), ("birth_date", "1984-03-23"), ("civil_id", RUI.civil_id), ("nif", RUI.nif)];

/// Whoever fails a proofing: unknown, dead, wrong in one datum, in whichever state the account is.
fn unproved(fields: impl Fn(&Person) -> Value, wrong: &[(&str, &str)]) -> Vec<Stranger> {
    let unknown = with(fields(&ANA), "niss", NOBODY);
    let mut strangers = vec![
        Stranger::new("unknown", "none", unknown),
        Stranger::new("deceased", "none", fields(&CUSTODIO)),
        Stranger::new("another's NISS", "none", with(fields(&ANA), "niss", RUI.niss)),
    ];
    for state in STATES {
        for (what, fields) in single(&fields(&ANA), wrong) {
            strangers.push(Stranger::new(format!("{state} {what}"), state, fields));
        }
    }
    strangers
}

/// A company, whose data are others.
fn companies() -> Vec<Stranger> {
    let wrong = [("name", "Padaria Flor"), ("nif", "501000135"), ("responsible", RUI.name)];
    let mut strangers: Vec<Stranger> = single(&people::company(), &wrong)
        .into_iter()
        .map(|(what, fields)| Stranger::new(what, "none", fields))
        .collect();
    strangers.push(Stranger::new("unknown", "none", with(people::company(), "niss", "25000000137")));
    strangers
}

/// 63A 3.1.2.1: which datum was wrong can't be told from a registration.
pub fn datum(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let portal = unproved(|person| person.portal("sms"), &WRONG[1..2]);
    alike(bench, &mut seen, Op::Register, 1, "identity_mismatch", &portal)?;
    let classic = unproved(|person| person.classic("sms"), &WRONG);
    alike(bench, &mut seen, Op::Register, 1, "identity_mismatch", &classic)?;
    Ok(seen)
}

/// The same request, judged up to a step and not done.
fn until(mut fields: Value, step: &str) -> Value {
    if let Some(fields) = fields.as_object_mut() {
        fields.remove("channel");
    }
    with(fields, "until", step)
}

/// ASVS 6.3.8, registration: to the block, which stands for a NISS that nobody has too.
pub fn register(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let portal = unproved(|person| person.portal("sms"), &WRONG[1..2]);
    alike(bench, &mut seen, Op::Register, 6, "identity_blocked", &portal)?;
    let steps = unproved(|person| until(person.portal("sms"), "channels"), &WRONG[1..2]);
    alike(bench, &mut seen, Op::Register, 6, "identity_blocked", &steps)?;
    Ok(seen)
}

/// ASVS 6.3.8, recovery.
pub fn recover(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let strangers = unproved(|person| person.recovery("sms"), &WRONG);
    alike(bench, &mut seen, Op::RecoverRequest, 6, "identity_blocked", &strangers)?;
    alike(bench, &mut seen, Op::RecoverRequest, 6, "identity_blocked", &companies())?;
    let steps = unproved(|person| until(person.recovery("sms"), "channels"), &WRONG);
    alike(bench, &mut seen, Op::RecoverRequest, 6, "identity_blocked", &steps)?;
    Ok(seen)
}

/// Whoever types something in vain, by NISS alone.
fn by_niss(more: &Value) -> Vec<Stranger> {
    let of = |niss: &str| with(more.clone(), "niss", niss);
    let mut strangers =
        vec![Stranger::new("unknown", "none", of(NOBODY)), Stranger::new("deceased", "none", of(CUSTODIO.niss))];
    strangers.extend(STATES.iter().map(|state| Stranger::new(*state, state, of(ANA.niss))));
    strangers
}

/// Whoever tries a login in vain, with these fields, until it is locked.
pub(super) fn logins(bench: &Bench<'_>, seen: &mut Seen, fields: &Value) -> Result<(), Trouble> {
    alike(bench, seen, Op::Login, 6, "login_locked", &by_niss(fields))
}

/// ASVS 6.3.8, login.
pub fn login(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    logins(bench, &mut seen, &json!({ "password": OTHER }))?;
    let world = World::new(bench)?;
    for state in ["suspended", "closed"] {
        let right = World::new(bench)?;
        bring(&right, state)?;
        let (told, unknown) = (right.login(ANA.niss, PASSWORD)?, world.login(NOBODY, PASSWORD)?);
        let same = right.shown(&told, ANA.niss)? == world.shown(&unknown, NOBODY)?;
        seen.holds(&format!("right password, {state}"), told, same);
    }
    Ok(seen)
}

/// ASVS 6.3.8, activation: five wrong codes and what comes after them.
pub fn activate(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let strangers = by_niss(&json!({ "code": "000000", "password": OTHER }));
    alike(bench, &mut seen, Op::Activate, 6, "code_blocked", &strangers)?;
    let steps = by_niss(&json!({ "code": "000000", "until": "code" }));
    alike(bench, &mut seen, Op::Activate, 6, "code_blocked", &steps)?;
    Ok(seen)
}

/// ASVS 6.3.8, the end of a recovery.
pub fn recover_confirm(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let strangers = by_niss(&json!({ "code": "000000", "password": OTHER }));
    alike(bench, &mut seen, Op::RecoverConfirm, 6, "code_blocked", &strangers)?;
    let steps = by_niss(&json!({ "code": "000000", "until": "code" }));
    alike(bench, &mut seen, Op::RecoverConfirm, 6, "code_blocked", &steps)?;
    Ok(seen)
}

/// ASVS 6.3.8, the phone line's side.
pub fn phone_code(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let strangers = by_niss(&json!({ "code": "314159" }));
    alike(bench, &mut seen, Op::PhoneCodeVerify, 4, "phone_code_blocked", &strangers)?;
    Ok(seen)
}

/// ASVS 6.3.8, the caller's side, by the same counts.
pub fn phone_line(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let strangers = by_niss(&json!({ "code": "314159" }));
    alike(bench, &mut seen, Op::PhoneLine, 4, "phone_code_blocked", &strangers)?;
    Ok(seen)
}

/// 63A 3.1.2.1: whom the registry says to have died passes no proofing, and loses the account.
pub fn deceased(bench: &Bench<'_>) -> Checked {
    let mut seen = Seen::default();
    let world = World::new(bench)?;
    seen.is("deceased", world.ask(Op::Register, CUSTODIO.portal("sms"))?, "identity_mismatch");
    let alive = Person { status: "active", ..CUSTODIO };
    world.load(&alive.row())?;
    world.admit(&alive, PASSWORD)?;
    seen.is("the same, alive", world.login(alive.niss, PASSWORD)?, "done");
    world.load(&CUSTODIO.row())?;
    seen.is("deceased since", world.login(CUSTODIO.niss, PASSWORD)?, "login_failed");
    Ok(seen)
}
