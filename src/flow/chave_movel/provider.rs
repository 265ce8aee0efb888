//! The authentication provider of Chave Móvel Digital (Autenticação.gov; 002, last section), a system of its own behind one door:
//! [`authenticate`]. It knows a mobile, a PIN and some data of a person, knows nothing of accounts, and compares nothing with the
//! registry; what it hands over once the holder consents, the service compares. Its limits are its own, and what it says goes to
//! its own mobile alone.
//!
//! PIN and temporary code travel in one call, so nothing half-open is kept, and nobody tries codes without the PIN.

use crate::domain::code::VerificationCode;
use crate::domain::niss::Niss;
use crate::domain::pin::CmdPin;
use crate::domain::time::Timestamp;
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::{Channel, LockoutScope, Notice, Purpose};
use crate::error::Error;
use crate::flow::codes::{self, ResendLimit, resend_limit};
use crate::flow::{FlowResult, notify, refuse, required};
use crate::l10n::MessageArg;
use crate::reply::{Hint, Reason, ReplyBody, SentCode};
use crate::request::{CmdEnrol, HolderRequest};
use crate::store::cmd_enrolments::{self as stored, Attributes, Enrolment};
use crate::store::codes::{self as issued, CodeStatus};
use crate::store::failure_counts::{self, FailureCount};
use crate::store::{UnitOfWork, registry};

/// What somebody types at the provider's pages.
pub struct Credentials<'a> {
    /// Who it is about.
    pub niss: Niss,
    /// The PIN.
    pub pin: &'a CmdPin,
    /// The temporary code; without it one is sent.
    pub code: Option<&'a VerificationCode>,
    /// Whether the data may be handed over.
    pub consent: bool,
}

/// How far an authentication has come.
pub enum AuthStep {
    /// The PIN was right: a temporary code is on its way to the provider's mobile.
    Sent(SentCode),
    /// The code was right too, and the holder has consented.
    Handed(Attributes),
}

/// Authenticates somebody (002, last section, step 3): the PIN, the temporary code, the consent.
pub fn authenticate(unit: &UnitOfWork<'_>, typed: &Credentials<'_>) -> FlowResult<AuthStep> {
    let enrolled = find_enrolment(unit, typed.niss)?;
    check_not_blocked(unit, typed.niss)?;
    check_pin(unit, &enrolled, typed.pin)?;
    let Some(code) = typed.code else { return send_code(unit, &enrolled).map(AuthStep::Sent) };
    let code = check_code(unit, &enrolled, code)?;
    if !typed.consent {
        let hint = Hint { key: "hint-consent", facts: vec![("until", MessageArg::Time(code.expires_at))] };
        return Err(refuse(Reason::ConsentRefused).hint(hint).into());
    }
    codes::consume(unit, typed.niss, Purpose::Cmd, &code)?;
    let mut handed = vec!["name", "birth_date", "civil_id", "nif"];
    handed.extend(enrolled.attributes.niss.map(|_| "niss"));
    unit.notes.add("handed", handed);
    Ok(AuthStep::Handed(enrolled.attributes))
}

fn find_enrolment(unit: &UnitOfWork<'_>, niss: Niss) -> FlowResult<Enrolment> {
    let none = || refuse(Reason::CmdNotEnrolled).hint(Hint::plain("hint-cmd-enrol"));
    stored::find(unit, niss)?.ok_or_else(|| none().into())
}

/// A block stands until the enrolment is ended or an operator unlocks it.
fn check_not_blocked(unit: &UnitOfWork<'_>, niss: Niss) -> FlowResult<()> {
    for (what, limit) in
        [(LockoutScope::CmdPin, unit.policy.cmd_pin_failures), (LockoutScope::CmdCode, unit.policy.cmd_code_failures)]
    {
        let count = failure_counts::find(unit, niss, what)?;
        if let Some(until) = count.blocked_until(unit.now) {
            unit.notes.add("blocked", what.as_str());
            unit.notes.add_count(count.failures, limit);
            unit.notes.add_blocked_until(until);
            return Err(refuse(Reason::CmdBlocked).hint(Hint::plain("hint-cmd-blocked")).into());
        }
    }
    Ok(())
}

fn check_pin(unit: &UnitOfWork<'_>, enrolled: &Enrolment, pin: &CmdPin) -> FlowResult<()> {
    if enrolled.verify_pin(unit, pin)? {
        failure_counts::save(unit, enrolled.niss, LockoutScope::CmdPin, &FailureCount::default())?;
        return Ok(());
    }
    count_failure(unit, enrolled, LockoutScope::CmdPin, unit.policy.cmd_pin_failures)?;
    Err(refuse(Reason::CmdPinWrong).hint(Hint::plain("hint-cmd-pin")).into())
}

/// The open code, if it was typed and has not expired. Every other is wrong, in the same words; one that was really sent before is
/// not counted, as people type it by mistake.
fn check_code(unit: &UnitOfWork<'_>, enrolled: &Enrolment, typed: &VerificationCode) -> FlowResult<issued::CodeRow> {
    let niss = enrolled.niss;
    let key = unit.key()?;
    let issued = issued::all_for(unit, niss, Purpose::Cmd)?;
    let found = issued.into_iter().enumerate().find(|(_, one)| one.matches(key, niss, Purpose::Cmd, typed));
    match &found {
        Some((newer, _)) => unit.notes.add("newer_codes", *newer),
        None => count_failure(unit, enrolled, LockoutScope::CmdCode, unit.policy.cmd_code_failures)?,
    }
    let Some((_, code)) = found.filter(|(_, one)| one.standing == CodeStatus::Open) else {
        return Err(refuse(Reason::CmdCodeWrong).hint(Hint::plain("hint-cmd-code")).into());
    };
    if code.is_usable(unit.now) {
        return Ok(code);
    }
    let hint = match resend_limit(unit, niss, Purpose::Cmd, Channel::Sms)? {
        ResendLimit::Allowed => Hint::plain("hint-cmd-another-code"),
        ResendLimit::Blocked(until) | ResendLimit::TooSoon(_, until) | ResendLimit::TooMany(until, _) => {
            Hint { key: "hint-cmd-another-code-later", facts: vec![("until", MessageArg::Time(until))] }
        }
    };
    Err(refuse(Reason::CmdCodeExpired).facts([("expired_at", MessageArg::Time(code.expires_at))]).hint(hint).into())
}

/// Counts a failure. The one that reaches the limit is answered like any other; the block speaks from the next request, and its
/// holder is told once.
fn count_failure(unit: &UnitOfWork<'_>, enrolled: &Enrolment, what: LockoutScope, limit: u32) -> Result<(), Error> {
    let mut count = failure_counts::find(unit, enrolled.niss, what)?;
    count.failures += 1;
    unit.notes.add_count(count.failures, limit);
    let blocks = count.failures >= limit;
    if blocks {
        unit.notes.add_blocked_until(Timestamp::FAR_FUTURE);
        count.blocked_until = Some(Timestamp::FAR_FUTURE);
    }
    failure_counts::save(unit, enrolled.niss, what, &count)?;
    match registry::find(&unit.tx, enrolled.niss)? {
        // The record is where the language of messages is.
        Some(holder) if blocks => notify::send_to_cmd_mobile(unit, &holder, Notice::CmdBlocked, &enrolled.mobile),
        _ => Ok(()),
    }
}

/// Sends a temporary code to the provider's mobile.
fn send_code(unit: &UnitOfWork<'_>, enrolled: &Enrolment) -> FlowResult<SentCode> {
    let niss = enrolled.niss;
    codes::check_resend(unit, niss, Purpose::Cmd, Channel::Sms)?;
    let Some(holder) = registry::find(&unit.tx, niss)? else {
        return Err(Error::StoreDamaged("enrolment without registry record".to_owned()).into());
    };
    let expires_at = unit.now + unit.policy.cmd_code_validity;
    let code = VerificationCode::generate_six_digits(&mut stored::next_rng(unit, niss)?);
    issued::supersede(unit, niss, Purpose::Cmd)?;
    // As of every login's code: what no limit looks at any more would only make the list long.
    issued::delete_all(unit, niss, Purpose::Cmd, unit.policy.resend_window)?;
    let new =
        issued::NewCode { purpose: Purpose::Cmd, channel: Channel::Sms, target: None, expires_at, expected_on: None };
    issued::issue(unit, niss, &new, &code)?;
    let to = notify::Recipient::Sms(enrolled.mobile.clone());
    notify::code(unit, &holder, Purpose::Cmd, &to, &code, expires_at)?;
    Ok(SentCode { channel: Channel::Sms, destination: to.masked(), code_expires_at: expires_at })
}

/// Whether somebody with the PIN would get on now: a code would be sent, or the one that was sent would be taken.
pub fn would_accept(unit: &UnitOfWork<'_>, niss: Niss) -> Result<Option<Attributes>, Error> {
    let Some(enrolled) = stored::find(unit, niss)? else { return Ok(None) };
    for what in [LockoutScope::CmdPin, LockoutScope::CmdCode] {
        if failure_counts::find(unit, niss, what)?.blocked_until(unit.now).is_some() {
            return Ok(None);
        }
    }
    let good = issued::newest(unit, niss, Purpose::Cmd)?.is_some_and(|newest| newest.is_usable(unit.now));
    let sends = resend_limit(unit, niss, Purpose::Cmd, Channel::Sms)? == ResendLimit::Allowed;
    Ok((good || sends).then_some(enrolled.attributes))
}

/// Enrols a holder: an operator's set-up of the provider's side, like an import of the service's. What is not given is copied from
/// the registry as it is now; a later import does not change it. Who is enrolled already is refused: another PIN must not come
/// about silently, nor a block end by it.
pub fn enrol(unit: &UnitOfWork<'_>, asked: &CmdEnrol) -> FlowResult<ReplyBody> {
    let (niss, mobile, pin) =
        (*required(asked.niss.as_ref())?, required(asked.mobile.as_ref())?, required(asked.pin.as_ref())?);
    let Some(holder) = registry::find(&unit.tx, niss)? else {
        return Err(refuse(Reason::NotInRegistry).hint(Hint::plain("hint-import")).into());
    };
    if stored::find(unit, niss)?.is_some() {
        let hint = Hint { key: "hint-cmd-revoke", facts: vec![("niss", MessageArg::from(niss.to_string()))] };
        return Err(refuse(Reason::CmdEnrolled).hint(hint).into());
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
        return Err(Error::malformed(lacking.join(", "), ValidationError::NotInRegistry).into());
    };
    let name = asked.name.clone().unwrap_or(holder.name);
    let attributes = Attributes { name, birth_date, civil_id, nif, niss: (!asked.without_niss).then_some(niss) };
    stored::enrol(unit, niss, mobile, pin, &attributes)?;
    Ok(ReplyBody::Enrolled { destination: mobile.to_string() })
}

/// Ends an enrolment, with the code that is open and with its blocks.
pub fn revoke(unit: &UnitOfWork<'_>, asked: &HolderRequest) -> FlowResult<ReplyBody> {
    let niss = find_enrolment(unit, *required(asked.niss.as_ref())?)?.niss;
    stored::revoke(unit, niss)?;
    issued::supersede(unit, niss, Purpose::Cmd)?;
    for what in [LockoutScope::CmdPin, LockoutScope::CmdCode] {
        failure_counts::save(unit, niss, what, &FailureCount::default())?;
    }
    Ok(ReplyBody::Nothing {})
}
