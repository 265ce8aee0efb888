//! The limits of verification codes: when another one may be issued, and whether the newest one still works.

use crate::domain::calendar::start_of_day_in_lisbon;
use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::time::{Date, Timestamp};
use crate::domain::vocabulary::{AccountState, Channel, Purpose};
use crate::error::Error;
use crate::flow::outcome::{FlowResult, refuse};
use crate::reply::Reason;
use crate::store::codes::{CodeRow, CodeStatus};
use crate::store::failure_counts::FailureCount;
use crate::store::{UnitOfWork, accounts, codes, failure_counts};

/// Whether another code may be issued now, and if not, from when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResendLimit {
    /// It may.
    Allowed,
    /// Too many wrong ones were typed.
    Blocked(Timestamp),
    /// The last one is too fresh; until then, and from when one may really be issued.
    TooSoon(Timestamp, Timestamp),
    /// Too many in the window: until then, and how many may be in it.
    TooMany(Timestamp, u32),
}

/// The resend limits of a purpose, as they stand now.
pub fn resend_limit(
    unit: &UnitOfWork<'_>,
    niss: Niss,
    purpose: Purpose,
    channel: Channel,
) -> Result<ResendLimit, Error> {
    if let Some(until) = failure_counts::find(unit, niss, purpose.lockout_scope())?.blocked_until(unit.now) {
        return Ok(ResendLimit::Blocked(until));
    }
    let mut issued = codes::all_for(unit, niss, purpose)?;
    if matches!(purpose, Purpose::Login | Purpose::Cmd) {
        // Each login wants one: those that did their work are no sign of somebody who asks again and again.
        issued.retain(|one| one.standing != CodeStatus::Used);
    }
    let Some(last) = issued.first() else { return Ok(ResendLimit::Allowed) };
    let policy = &unit.policy;
    let mut wait = last.issued_at + policy.resend_wait;
    let (most, window) = match channel {
        Channel::Email | Channel::Sms => (policy.max_resends, policy.resend_window),
        Channel::Letter => {
            // A letter may be asked for again when the last one should have come: after its expected day.
            let arrived = last
                .expected_on
                .and_then(|day| day.day().succ_opt())
                .map(|next| start_of_day_in_lisbon(Date::new(next)));
            wait = wait.max(arrived.unwrap_or(wait));
            (policy.max_letter_resends, policy.letter_resend_window)
        }
    };
    // The window slides: it is full until the first of the newest `most` leaves it.
    let first = issued.get(most as usize - 1).map(|first| first.issued_at + window);
    let full_until = first.filter(|until| unit.now < *until);
    Ok(match full_until {
        _ if unit.now < wait => ResendLimit::TooSoon(wait, full_until.map_or(wait, |until| until.max(wait))),
        Some(until) => ResendLimit::TooMany(until, most),
        None => ResendLimit::Allowed,
    })
}

/// Refuses where no code may be issued now.
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
    let usable = reason != Reason::CodeBlocked && would_code_work(unit, niss, purpose)?;
    let hint = if usable { NextStep::UseCodeOrWait(free) } else { NextStep::WaitUntil(free) };
    Err(refuse(reason).until(until).hint(hint).into())
}

/// Whether the newest code of a purpose would still be taken, were it typed.
pub fn would_code_work(unit: &UnitOfWork<'_>, niss: Niss, purpose: Purpose) -> Result<bool, Error> {
    let state = accounts::find(&unit.tx, niss)?.map(|account| account.state);
    has_usable_code(unit, niss, purpose, state)
}

pub fn has_usable_code(
    unit: &UnitOfWork<'_>,
    niss: Niss,
    purpose: Purpose,
    state: Option<AccountState>,
) -> Result<bool, Error> {
    let Some(newest) = codes::newest(unit, niss, purpose)? else { return Ok(false) };
    let count = failure_counts::find(unit, niss, purpose.lockout_scope())?;
    let dead = attempts_exhausted(unit, &count, Some(&newest));
    let stands = match purpose {
        Purpose::Activation | Purpose::Recovery => {
            matches!(state, Some(AccountState::Requested | AccountState::Active))
        }
        Purpose::ContactEmail | Purpose::ContactMobile | Purpose::Login => state == Some(AccountState::Active),
        // The authentication provider knows nothing of accounts.
        Purpose::Cmd => true,
    };
    Ok(newest.is_usable(unit.now) && !dead && count.blocked_until(unit.now).is_none() && stands)
}

/// Whether too many wrong codes were typed since the newest was issued: it is good for nothing then, and neither is any other
/// until a new one. The same where none was ever issued, for an unknown NISS too, so that nobody learns by it who awaits one. A
/// letter is hurt by no stranger's guesses: only the longer limit holds for it.
pub fn attempts_exhausted(unit: &UnitOfWork<'_>, count: &FailureCount, newest: Option<&CodeRow>) -> bool {
    count.on_code >= unit.policy.code_attempts && newest.is_none_or(|newest| newest.channel != Channel::Letter)
}
