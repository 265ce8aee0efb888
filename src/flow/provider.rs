//! The authentication provider of Chave Móvel Digital (Autenticação.gov; 002, last section), a system of its own behind one door:
//! [`authenticate`]. It knows a mobile, a PIN and some data of a person, knows nothing of accounts, and compares nothing with the
//! registry; what it hands over once the holder consents, the service compares. Its limits are its own, and what it says goes to
//! its own mobile alone.
//!
//! PIN and temporary code travel in one call, so nothing half-open is kept, and nobody tries codes without the PIN.

use super::codes::{self, Resend, resend};
use super::{Flow, given, no, notify};
use crate::domain::code::Code;
use crate::domain::flaw::Flaw;
use crate::domain::niss::Niss;
use crate::domain::pin::Pin;
use crate::domain::time::Time;
use crate::domain::words::{Channel, Guard, Notice, Purpose};
use crate::error::Error;
use crate::reply::{Body, Hint, Reason, Sent};
use crate::request::{CmdEnrol, OfHolder};
use crate::store::cmd::{self as kept, Attributes, Enrolment};
use crate::store::codes::{self as issued, Standing};
use crate::store::guards::{self, Count};
use crate::store::{Unit, registry};
use crate::text::Fact;

/// What somebody types at the provider's pages.
pub struct Typed<'a> {
    /// Who it is about.
    pub niss: Niss,
    /// The PIN.
    pub pin: &'a Pin,
    /// The temporary code; without it one is sent.
    pub code: Option<&'a Code>,
    /// Whether the data may be handed over.
    pub consent: bool,
}

/// How far an authentication has come.
pub enum Step {
    /// The PIN was right: a temporary code is on its way to the provider's mobile.
    Sent(Sent),
    /// The code was right too, and the holder has consented.
    Handed(Attributes),
}

/// Authenticates somebody (002, last section, step 3): the PIN, the temporary code, the consent.
pub fn authenticate(unit: &Unit<'_>, typed: &Typed<'_>) -> Flow<Step> {
    let enrolled = enrolled(unit, typed.niss)?;
    not_blocked(unit, typed.niss)?;
    right_pin(unit, &enrolled, typed.pin)?;
    let Some(code) = typed.code else { return send(unit, &enrolled).map(Step::Sent) };
    let code = right_code(unit, &enrolled, code)?;
    if !typed.consent {
        let hint = Hint { key: "hint-consent", facts: vec![("until", Fact::Time(code.expires_at))] };
        return Err(no(Reason::ConsentRefused).hint(hint).into());
    }
    codes::spend(unit, typed.niss, Purpose::Cmd, &code)?;
    let mut handed = vec!["name", "birth_date", "civil_id", "nif"];
    handed.extend(enrolled.attributes.niss.map(|_| "niss"));
    unit.notes.add("handed", handed);
    Ok(Step::Handed(enrolled.attributes))
}

fn enrolled(unit: &Unit<'_>, niss: Niss) -> Flow<Enrolment> {
    let none = || no(Reason::CmdNotEnrolled).hint(Hint::plain("hint-cmd-enrol"));
    kept::find(unit, niss)?.ok_or_else(|| none().into())
}

/// A block stands until the enrolment is ended or an operator unlocks it.
fn not_blocked(unit: &Unit<'_>, niss: Niss) -> Flow<()> {
    for (what, limit) in
        [(Guard::CmdPin, unit.policy.cmd_pin_failures), (Guard::CmdCode, unit.policy.cmd_code_failures)]
    {
        let count = guards::find(unit, niss, what)?;
        if let Some(until) = count.block(unit.now) {
            unit.notes.add("blocked", what.as_str());
            unit.notes.counted(count.failures, limit);
            unit.notes.until(until);
            return Err(no(Reason::CmdBlocked).hint(Hint::plain("hint-cmd-blocked")).into());
        }
    }
    Ok(())
}

fn right_pin(unit: &Unit<'_>, enrolled: &Enrolment, pin: &Pin) -> Flow<()> {
    if enrolled.opens(unit, pin)? {
        guards::save(unit, enrolled.niss, Guard::CmdPin, &Count::default())?;
        return Ok(());
    }
    count(unit, enrolled, Guard::CmdPin, unit.policy.cmd_pin_failures)?;
    Err(no(Reason::CmdPinWrong).hint(Hint::plain("hint-cmd-pin")).into())
}

/// The open code, if it was typed and has not expired. Every other is wrong, in the same words; one that was really sent before is
/// not counted, as people type it by mistake.
fn right_code(unit: &Unit<'_>, enrolled: &Enrolment, typed: &Code) -> Flow<issued::Issued> {
    let niss = enrolled.niss;
    let key = unit.key()?;
    let issued = issued::of(unit, niss, Purpose::Cmd)?;
    let found = issued.into_iter().enumerate().find(|(_, one)| one.is(key, niss, Purpose::Cmd, typed));
    match &found {
        Some((newer, _)) => unit.notes.add("newer_codes", *newer),
        None => count(unit, enrolled, Guard::CmdCode, unit.policy.cmd_code_failures)?,
    }
    let Some((_, code)) = found.filter(|(_, one)| one.standing == Standing::Open) else {
        return Err(no(Reason::CmdCodeWrong).hint(Hint::plain("hint-cmd-code")).into());
    };
    if code.is_good(unit.now) {
        return Ok(code);
    }
    let hint = match resend(unit, niss, Purpose::Cmd, Channel::Sms)? {
        Resend::Allowed => Hint::plain("hint-cmd-another-code"),
        Resend::Blocked(until) | Resend::TooSoon(_, until) | Resend::TooMany(until, _) => {
            Hint { key: "hint-cmd-another-code-later", facts: vec![("until", Fact::Time(until))] }
        }
    };
    Err(no(Reason::CmdCodeExpired).facts([("expired_at", Fact::Time(code.expires_at))]).hint(hint).into())
}

/// Counts a failure. The one that reaches the limit is answered like any other; the block speaks from the next request, and its
/// holder is told once.
fn count(unit: &Unit<'_>, enrolled: &Enrolment, what: Guard, limit: u32) -> Result<(), Error> {
    let mut count = guards::find(unit, enrolled.niss, what)?;
    count.failures += 1;
    unit.notes.counted(count.failures, limit);
    let blocks = count.failures >= limit;
    if blocks {
        unit.notes.until(Time::NEVER);
        count.blocked_until = Some(Time::NEVER);
    }
    guards::save(unit, enrolled.niss, what, &count)?;
    match registry::find(&unit.tx, enrolled.niss)? {
        // The record is where the language of messages is.
        Some(holder) if blocks => notify::to_mobile(unit, &holder, Notice::CmdBlocked, &enrolled.mobile),
        _ => Ok(()),
    }
}

/// Sends a temporary code to the provider's mobile.
fn send(unit: &Unit<'_>, enrolled: &Enrolment) -> Flow<Sent> {
    let niss = enrolled.niss;
    codes::may_issue(unit, niss, Purpose::Cmd, Channel::Sms)?;
    let Some(holder) = registry::find(&unit.tx, niss)? else {
        return Err(Error::StoreDamaged("an enrolment of nobody".to_owned()).into());
    };
    let expires_at = unit.now + unit.policy.cmd_code_life;
    let code = Code::draw_six(&mut kept::draw(unit, niss)?);
    issued::supersede(unit, niss, Purpose::Cmd)?;
    // As of every login's code: what no limit looks at any more would only make the list long.
    issued::forget(unit, niss, Purpose::Cmd, unit.policy.resend_window)?;
    let new = issued::New { purpose: Purpose::Cmd, channel: Channel::Sms, target: None, expires_at, expected_on: None };
    issued::issue(unit, niss, &new, &code)?;
    let to = notify::Recipient::Sms(enrolled.mobile.clone());
    notify::code(unit, &holder, Purpose::Cmd, &to, &code, expires_at)?;
    Ok(Sent { channel: Channel::Sms, destination: to.masked(), code_expires_at: expires_at })
}

/// Whether somebody with the PIN would get on now: a code would be sent, or the one that was sent would be taken.
pub fn is_open(unit: &Unit<'_>, niss: Niss) -> Result<Option<Attributes>, Error> {
    let Some(enrolled) = kept::find(unit, niss)? else { return Ok(None) };
    for what in [Guard::CmdPin, Guard::CmdCode] {
        if guards::find(unit, niss, what)?.block(unit.now).is_some() {
            return Ok(None);
        }
    }
    let good = issued::newest(unit, niss, Purpose::Cmd)?.is_some_and(|newest| newest.is_good(unit.now));
    let sends = resend(unit, niss, Purpose::Cmd, Channel::Sms)? == Resend::Allowed;
    Ok((good || sends).then_some(enrolled.attributes))
}

/// Enrols a holder: an operator's set-up of the provider's side, like an import of the service's. What is not given is copied from
/// the registry as it is now; a later import does not change it. Who is enrolled already is refused: another PIN must not come
/// about silently, nor a block end by it.
pub fn enrol(unit: &Unit<'_>, asked: &CmdEnrol) -> Flow<Body> {
    let (niss, mobile, pin) = (*given(asked.niss.as_ref())?, given(asked.mobile.as_ref())?, given(asked.pin.as_ref())?);
    let Some(holder) = registry::find(&unit.tx, niss)? else {
        return Err(no(Reason::NotInRegistry).hint(Hint::plain("hint-import")).into());
    };
    if kept::find(unit, niss)?.is_some() {
        let hint = Hint { key: "hint-cmd-revoke", facts: vec![("niss", Fact::from(niss.to_string()))] };
        return Err(no(Reason::CmdEnrolled).hint(hint).into());
    }
    let birth_date = asked.birth_date.or(holder.birth_date);
    let registered = holder.civil_id.as_ref().map(|id| id.as_str().parse()).transpose();
    let civil_id =
        asked.civil_id.clone().or(registered.map_err(|_| Error::Bug("a document that can't be typed".to_owned()))?);
    let nif = asked.nif.or(holder.nif);
    let (Some(birth_date), Some(civil_id), Some(nif)) = (birth_date, civil_id.clone(), nif) else {
        let lacking: Vec<&str> =
            [("--birth-date", birth_date.is_none()), ("--civil-id", civil_id.is_none()), ("--nif", nif.is_none())]
                .into_iter()
                .filter_map(|(option, lacks)| lacks.then_some(option))
                .collect();
        return Err(Error::malformed(lacking.join(", "), Flaw::NotHeld).into());
    };
    let name = asked.name.clone().unwrap_or(holder.name);
    let attributes = Attributes { name, birth_date, civil_id, nif, niss: (!asked.without_niss).then_some(niss) };
    kept::enrol(unit, niss, mobile, pin, &attributes)?;
    Ok(Body::Enrolled { destination: mobile.to_string() })
}

/// Ends an enrolment, with the code that is open and with its blocks.
pub fn revoke(unit: &Unit<'_>, asked: &OfHolder) -> Flow<Body> {
    let niss = enrolled(unit, *given(asked.niss.as_ref())?)?.niss;
    kept::revoke(unit, niss)?;
    issued::supersede(unit, niss, Purpose::Cmd)?;
    for what in [Guard::CmdPin, Guard::CmdCode] {
        guards::save(unit, niss, what, &Count::default())?;
    }
    Ok(Body::Nothing {})
}
