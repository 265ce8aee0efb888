//! Verification codes of every purpose: the limits of sending, issuing, checking a typed code, and its single use.

use super::{lockout, next_steps, notify};
use crate::domain::calendar::{add_working_days, lisbon_date};
use crate::domain::code::VerificationCode;
use crate::domain::holder::Holder;
use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::time::{Date, Timestamp};
use crate::domain::vocabulary::{AccountState, Channel, Purpose};
use crate::flow::outcome::{FlowResult, refuse};
use crate::l10n::MessageArg;
use crate::reply::{Reason, ReplyBody};
use crate::store::codes::{CodeRow, CodeStatus};
use crate::store::{UnitOfWork, accounts, codes};

/// An issued code, as the reply shows it.
pub struct IssuedCode {
    /// The masked contact.
    pub destination: String,
    /// The end of its validity.
    pub expires_at: Timestamp,
    /// The day on which a letter is expected.
    pub expected_on: Option<Date>,
}

impl IssuedCode {
    /// Returns the reply of a request that issued this code.
    pub fn into_body(self, state: AccountState, channel: Channel) -> ReplyBody {
        ReplyBody::CodeIssued {
            state,
            channel,
            destination: self.destination,
            code_expires_at: self.expires_at,
            letter_expected_on: self.expected_on,
        }
    }
}

/// Issues a code and queues its message. The account must exist. `target` is the contact that the code proves, if it proves one: it
/// is then the destination.
pub fn issue(
    unit: &UnitOfWork<'_>,
    holder: &Holder,
    purpose: Purpose,
    channel: Channel,
    target: Option<&str>,
) -> FlowResult<IssuedCode> {
    let expected_on =
        (channel == Channel::Letter).then(|| add_working_days(lisbon_date(unit.now), unit.policy.letter_days));
    let expires_at = unit.now + unit.policy.code_validity(purpose, channel, holder.is_resident_abroad());
    let code = VerificationCode::generate(
        channel,
        &unit.policy,
        &mut accounts::next_rng(unit, holder.niss, purpose.as_str())?,
    );
    if codes::newest(unit, holder.niss, purpose)?.is_some_and(|newest| newest.standing == CodeStatus::Open) {
        codes::supersede(unit, holder.niss, purpose)?;
    }
    if purpose == Purpose::Login {
        // Each login adds a code: without this the list would grow for ever.
        codes::delete_all(unit, holder.niss, purpose, unit.policy.resend_window)?;
    }
    codes::issue(unit, holder.niss, &codes::NewCode { purpose, channel, target, expires_at, expected_on }, &code)?;
    lockout::start_new_code(unit, holder.niss, purpose.lockout_scope())?;
    let to = notify::Recipient::for_channel(holder, channel, target)?;
    notify::code(unit, holder, purpose, &to, &code, expires_at)?;
    Ok(IssuedCode { destination: to.masked(), expires_at, expected_on })
}

/// Returns the open code that was typed, or refuses. Counts a wrong code and writes nothing else.
pub fn verify(unit: &UnitOfWork<'_>, niss: Niss, purpose: Purpose, code: &VerificationCode) -> FlowResult<CodeRow> {
    let attempt = lockout::check(unit, niss, purpose.lockout_scope())?;
    let issued = codes::all_for(unit, niss, purpose)?;
    let key = unit.key()?;
    let mut matching = None;
    for (newer, one) in issued.iter().enumerate() {
        // All codes are compared, so that the time does not reveal which one matches.
        if one.matches(key, niss, purpose, code) && matching.is_none() {
            matching = Some((newer, one));
        }
    }
    let Some((newer, matching)) = matching else {
        attempt.record_failure(unit)?;
        return Err(refuse(Reason::CodeWrong).hint(NextStep::CheckCode).into());
    };
    unit.notes.add("newer_codes", newer);
    let (reason, fact) = match matching.standing {
        CodeStatus::Open if unit.now < matching.expires_at => return Ok(matching.clone()),
        CodeStatus::Open => (Reason::CodeExpired, Some(("expired_at", MessageArg::Time(matching.expires_at)))),
        CodeStatus::Used => (Reason::CodeUsed, None),
        CodeStatus::Superseded => (Reason::CodeSuperseded, None),
    };
    unit.notes.add("issued_at", matching.issued_at.to_string());
    unit.notes.add("expires_at", matching.expires_at.to_string());
    Err(refuse(reason).facts(fact).hint(next_steps::hint_after_stale_code(unit, niss, purpose)?).into())
}

/// Marks a code as used and resets the failures before it.
pub fn consume(unit: &UnitOfWork<'_>, niss: Niss, purpose: Purpose, code: &CodeRow) -> FlowResult<()> {
    codes::mark_used(unit, niss, purpose, code.id)?;
    lockout::reset(unit, niss, purpose.lockout_scope())?;
    Ok(())
}
