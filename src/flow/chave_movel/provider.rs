//! The authentication provider of Chave Móvel Digital (Autenticação.gov; 002, last section). It is a separate system
//! with one entry point, [`authenticate`].
//!
//! - It stores a mobile, a PIN and some data of a person. It has no access to accounts or to the registry.
//! - With the holder's consent it returns that data, and the service compares it with the registry.
//! - It has its own limits, and its messages go only to its own mobile.
//! - PIN and temporary code are in one call. So no partial login is stored, and codes cannot be tried without the PIN.

use crate::domain::code::VerificationCode;
use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::pin::CmdPin;
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::CodeStatus;
use crate::domain::vocabulary::{Channel, LockoutScope, Purpose};
use crate::error::{Error, ValueName};
use crate::flow::code_limits::{self, ResendLimit, resend_limit};
use crate::flow::codes;
use crate::flow::context::RequestContext;
use crate::flow::effects;
use crate::flow::lockout::{self, Attempt};
use crate::flow::notify::{self, CodeCause};
use crate::flow::outcome::{FlowResult, refuse};
use crate::l10n::MessageArg;
use crate::reply::{Reason, ReplyBody, SentCode};
use crate::request::{CheckedCmdEnrol, CheckedHolderRequest, Field};
use crate::store::cmd_enrolments::{self as stored, Attributes, Enrolment};
use crate::store::codes as issued;
use crate::store::registry;

/// The provider's lockouts. Each ends by an operator's unlock, or with the enrolment.
const SCOPES: [LockoutScope; 2] = [LockoutScope::CmdPin, LockoutScope::CmdCode];

/// The input of the provider's pages.
pub struct Credentials<'a> {
    /// The person.
    pub niss: Niss,
    /// The PIN.
    pub pin: &'a CmdPin,
    /// The temporary code. Without it a code is sent.
    pub code: Option<&'a VerificationCode>,
    /// Whether the provider may return the data.
    pub consent: bool,
}

/// The result of an authentication that was not refused.
pub enum AuthStep {
    /// The PIN was right: a temporary code was sent to the provider's mobile.
    Sent(SentCode),
    /// The code was right too, and the holder consented: the data, and the code, which [`use_up`] uses up.
    Handed(Attributes, issued::CodeRow),
}

/// Checks the PIN, the temporary code and the consent (002, last section, step 3).
pub fn authenticate(unit: &RequestContext<'_>, typed: &Credentials<'_>) -> FlowResult<AuthStep> {
    let pin_attempt = lockout::check(unit, typed.niss, LockoutScope::CmdPin)?;
    let code_attempt = lockout::check(unit, typed.niss, LockoutScope::CmdCode)?;
    let enrolled = check_pin(unit, typed, pin_attempt)?;
    let Some(code) = typed.code else { return send_code(unit, &enrolled).map(AuthStep::Sent) };
    let code = check_code(unit, enrolled.niss, code_attempt, code)?;
    if !typed.consent {
        return Err(refuse(Reason::ConsentRefused).hint(NextStep::Consent(code.expires_at)).into());
    }
    let mut handed = vec!["name", "birth_date", "civil_id", "nif"];
    handed.extend(enrolled.attributes.niss.map(|_| "niss"));
    unit.note(|detail| detail.handed = Some(handed.into_iter().map(str::to_owned).collect()));
    Ok(AuthStep::Handed(enrolled.attributes, code))
}

/// Uses up the temporary code of an authentication.
pub fn use_up(unit: &RequestContext<'_>, niss: Niss, code: &issued::CodeRow) -> FlowResult<()> {
    codes::consume(unit, niss, Purpose::Cmd, code)
}

/// Returns the enrolment whose PIN was typed. A wrong PIN, a holder who is not enrolled and an unknown NISS have the same
/// answer, work and count: a stranger must not learn who is enrolled (63A 3.1.2.1).
fn check_pin(unit: &RequestContext<'_>, typed: &Credentials<'_>, attempt: Attempt) -> FlowResult<Enrolment> {
    if let Some(enrolled) = stored::find_by_pin(unit, typed.niss, typed.pin)? {
        attempt.record_success(unit)?;
        return Ok(enrolled);
    }
    attempt.record_failure(unit)?;
    Err(refuse(Reason::CmdPinWrong).hint(NextStep::CheckCmdPin).into())
}

/// Returns the open code if it was typed and has not expired. Any other code has one answer. An older code is not
/// counted as a failure, because people type it by mistake.
fn check_code(
    unit: &RequestContext<'_>,
    niss: Niss,
    attempt: Attempt,
    typed: &VerificationCode,
) -> FlowResult<issued::CodeRow> {
    let key = unit.key()?;
    let issued = issued::all_for(unit, niss, Purpose::Cmd)?;
    let found = issued.into_iter().enumerate().find(|(_, one)| one.matches(key, niss, Purpose::Cmd, typed));
    match &found {
        Some((newer, _)) => unit.note(|detail| detail.newer_codes = Some(*newer as u64)),
        None => {
            attempt.record_failure(unit)?;
        }
    }
    let Some((_, code)) = found.filter(|(_, one)| one.standing == CodeStatus::Open) else {
        return Err(refuse(Reason::CmdCodeWrong).hint(NextStep::CheckCmdCode).into());
    };
    if code.is_usable(unit.now) {
        return Ok(code);
    }
    let hint = match resend_limit(unit, niss, Purpose::Cmd, Channel::Sms)? {
        ResendLimit::Allowed => NextStep::RequestCmdCode(None),
        ResendLimit::Blocked(until) | ResendLimit::TooSoon(_, until) | ResendLimit::TooMany(until, _) => {
            NextStep::RequestCmdCode(Some(until))
        }
    };
    Err(refuse(Reason::CmdCodeExpired).facts([("expired_at", MessageArg::Time(code.expires_at))]).hint(hint).into())
}

/// Sends a temporary code to the provider's mobile.
fn send_code(unit: &RequestContext<'_>, enrolled: &Enrolment) -> FlowResult<SentCode> {
    let niss = enrolled.niss;
    code_limits::check_resend(unit, niss, Purpose::Cmd, Channel::Sms)?;
    let Some(holder) = registry::find(&unit.tx, niss)? else {
        return Err(Error::StoreDamaged("enrolment without registry record".to_owned()).into());
    };
    let expires_at = unit.now + unit.policy.cmd_code_validity;
    let code = VerificationCode::generate_six_digits(&mut stored::next_rng(unit, niss)?);
    effects::supersede_code(unit, niss, Purpose::Cmd)?;
    let new =
        issued::NewCode { purpose: Purpose::Cmd, channel: Channel::Sms, target: None, expires_at, expected_on: None };
    let id = effects::issue_code(unit, niss, &new, &code)?;
    // Each login adds a code, so old codes are deleted.
    effects::delete_codes(unit, niss, Purpose::Cmd)?;
    let to = notify::Recipient::Sms(enrolled.mobile.clone());
    notify::code(unit, &holder, (Purpose::Cmd, CodeCause::Holder), &to, &code, (id, expires_at))?;
    Ok(SentCode { channel: Channel::Sms, destination: to.masked(), code_expires_at: expires_at })
}

/// Enrols a holder at the provider. Operators use it to set up the provider, as they set up the service with an import.
///
/// Fields that are not given are copied from the registry, and later imports do not change them. A second enrolment is
/// refused, because it would replace the PIN and end a lockout without notice.
pub fn enrol(unit: &RequestContext<'_>, asked: CheckedCmdEnrol<'_>) -> FlowResult<ReplyBody> {
    let (niss, mobile, pin) = (*asked.niss, asked.mobile, asked.pin);
    let Some(holder) = registry::find(&unit.tx, niss)? else {
        return Err(refuse(Reason::NotInRegistry).hint(NextStep::ImportRecord).into());
    };
    if stored::find(unit, niss)?.is_some() {
        let hint = NextStep::RevokeCmd(niss);
        return Err(refuse(Reason::CmdEnrolled).hint(hint).into());
    }
    let birth_date = asked.birth_date.or(holder.birth_date);
    let registered = holder.civil_id.as_ref().map(|id| id.as_str().parse()).transpose();
    let civil_id =
        asked.civil_id.clone().or(registered.map_err(|_| Error::Bug("a document that can't be typed".to_owned()))?);
    let nif = asked.nif.or(holder.nif);
    let (Some(birth_date), Some(civil_id), Some(nif)) = (birth_date, civil_id.clone(), nif) else {
        let missing = [
            birth_date.is_none().then_some(Field::BirthDate),
            civil_id.is_none().then_some(Field::CivilId),
            nif.is_none().then_some(Field::Nif),
        ];
        let fields = ValueName::Fields(missing.into_iter().flatten().collect());
        return Err(Error::malformed(fields, ValidationError::NotInRegistry).into());
    };
    let name = asked.name.clone().unwrap_or(holder.name);
    let attributes = Attributes { name, birth_date, civil_id, nif, niss: (!asked.without_niss).then_some(niss) };
    stored::enrol(unit, niss, mobile, pin, &attributes)?;
    // Strangers may have typed PINs before there was one.
    for scope in SCOPES {
        lockout::reset(unit, niss, scope)?;
    }
    Ok(ReplyBody::Enrolled { destination: mobile.masked() })
}

/// Ends an enrolment, its open code and its lockouts.
pub fn revoke(unit: &RequestContext<'_>, asked: CheckedHolderRequest<'_>) -> FlowResult<ReplyBody> {
    let niss = *asked.niss;
    if !stored::revoke(unit, niss)? {
        return Err(refuse(Reason::CmdNotEnrolled).hint(NextStep::EnrolInCmd).into());
    }
    effects::supersede_code(unit, niss, Purpose::Cmd)?;
    for scope in SCOPES {
        lockout::reset(unit, niss, scope)?;
    }
    Ok(ReplyBody::Nothing {})
}
