//! Verification codes of every purpose: the limits of sending, issuing, checking a typed code, and its single use.

use super::{FlowResult, lockout, next_steps, notify, refuse};
use crate::domain::calendar::{add_working_days, lisbon_date, start_of_day_in_lisbon};
use crate::domain::code::VerificationCode;
use crate::domain::holder::Holder;
use crate::domain::niss::Niss;
use crate::domain::time::{Date, Timestamp};
use crate::domain::vocabulary::{AccountState, Channel, Purpose};
use crate::error::Error;
use crate::l10n::MessageArg;
use crate::reply::{Hint, Reason, ReplyBody};
use crate::store::codes::{CodeRow, CodeStatus};
use crate::store::{UnitOfWork, accounts, codes};

/// Whether another code may be issued now; if not, when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResendLimit {
    /// Now.
    Allowed,
    /// After the lockout that wrong codes have caused.
    Blocked(Timestamp),
    /// The last code is too recent: the end of that wait, and the time when all limits allow another.
    TooSoon(Timestamp, Timestamp),
    /// The window is full: the time when it has space for one, and how many codes may be in it.
    TooMany(Timestamp, u32),
}

/// Returns the resend limit of a purpose that applies now.
pub fn resend_limit(
    unit: &UnitOfWork<'_>,
    niss: Niss,
    purpose: Purpose,
    channel: Channel,
) -> Result<ResendLimit, Error> {
    if let Some(until) = lockout::blocked_until(unit, niss, purpose.lockout_scope())? {
        return Ok(ResendLimit::Blocked(until));
    }
    let mut issued = codes::all_for(unit, niss, purpose)?;
    if matches!(purpose, Purpose::Login | Purpose::Cmd) {
        // Each login needs a code, so a used code is no sign of abuse.
        issued.retain(|one| one.standing != CodeStatus::Used);
    }
    let Some(last) = issued.first() else { return Ok(ResendLimit::Allowed) };
    let policy = &unit.policy;
    let mut wait = last.issued_at + policy.resend_wait;
    let (most, window) = match channel {
        Channel::Email | Channel::Sms => (policy.max_resends, policy.resend_window),
        Channel::Letter => {
            // Another letter may be requested after the day on which the last one is expected.
            let arrived = last
                .expected_on
                .and_then(|day| day.day().succ_opt())
                .map(|next| start_of_day_in_lisbon(Date::new(next)));
            wait = wait.max(arrived.unwrap_or(wait));
            (policy.max_letter_resends, policy.letter_resend_window)
        }
    };
    // The window slides: it is full until the oldest of the newest `most` codes leaves it.
    let first = issued.get(most as usize - 1).map(|first| first.issued_at + window);
    let full_until = first.filter(|until| unit.now < *until);
    Ok(match full_until {
        _ if unit.now < wait => ResendLimit::TooSoon(wait, full_until.map_or(wait, |until| until.max(wait))),
        Some(until) => ResendLimit::TooMany(until, most),
        None => ResendLimit::Allowed,
    })
}

/// Refuses if no code may be issued now.
pub fn check_resend(unit: &UnitOfWork<'_>, niss: Niss, purpose: Purpose, channel: Channel) -> FlowResult<()> {
    let (reason, until, free) = match resend_limit(unit, niss, purpose, channel)? {
        ResendLimit::Allowed => return Ok(()),
        ResendLimit::Blocked(until) => (Reason::CodeBlocked, until, until),
        ResendLimit::TooSoon(until, free) => (Reason::TooSoon, until, free),
        ResendLimit::TooMany(until, most) => {
            unit.notes.add_count(most, most);
            (Reason::TooManyCodes, until, until)
        }
    };
    unit.notes.add_blocked_until(until);
    let usable = reason != Reason::CodeBlocked && next_steps::would_code_work(unit, niss, purpose)?;
    let key = if usable { "hint-use-code-or-wait" } else { "hint-wait-until" };
    let hint = Hint { key, facts: vec![("until", MessageArg::Time(free))] };
    Err(refuse(reason).until(until).hint(hint).into())
}

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
        return Err(refuse(Reason::CodeWrong).hint(Hint::plain("hint-check-code")).into());
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
