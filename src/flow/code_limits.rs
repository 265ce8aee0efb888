//! The limits of verification codes: when a new code may be issued, and whether the newest one still works.

use super::lockout;
use crate::domain::calendar::start_of_day_in_lisbon;
use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::time::{Date, Timestamp};
use crate::domain::vocabulary::CodeStatus;
use crate::domain::vocabulary::{AccountState, Channel, Purpose};
use crate::error::Error;
use crate::flow::context::RequestContext;
use crate::flow::outcome::{FlowResult, refuse};
use crate::reply::{LockoutEnd, Reason};
use crate::store::outbox::delivery;
use crate::store::{UnitOfWork, accounts, codes};

/// The time when another verification code may be issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResendLimit {
    /// A code may be issued now.
    Allowed,
    /// Wrong codes caused a lockout, which ends at this time.
    Blocked(Timestamp),
    /// The last code is too recent. The fields are the end of that wait and the time when all limits allow a code.
    TooSoon(Timestamp, Timestamp),
    /// The window is full. The fields are the time when it has space again and its maximum number of codes.
    TooMany(Timestamp, u32),
}

impl ResendLimit {
    /// Returns when all limits allow a code. `None` means now.
    pub fn allowed_from(self) -> Option<Timestamp> {
        match self {
            ResendLimit::Allowed => None,
            ResendLimit::Blocked(until) | ResendLimit::TooSoon(_, until) | ResendLimit::TooMany(until, _) => {
                Some(until)
            }
        }
    }
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
    // The holder has not received a code whose message was returned or failed.
    let undelivered = delivery::undelivered_codes(unit, niss)?;
    issued.retain(|one| !undelivered.contains(&one.id));
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
    // The window slides. It is full until the oldest of the newest `most` codes leaves it.
    let first = issued.get(most as usize - 1).map(|first| first.issued_at + window);
    let full_until = first.filter(|until| unit.now < *until);
    Ok(match full_until {
        _ if unit.now < wait => ResendLimit::TooSoon(wait, full_until.map_or(wait, |until| until.max(wait))),
        Some(until) => ResendLimit::TooMany(until, most),
        None => ResendLimit::Allowed,
    })
}

/// Refuses if no code may be issued now.
pub fn check_resend(unit: &RequestContext<'_>, niss: Niss, purpose: Purpose, channel: Channel) -> FlowResult<()> {
    let (reason, until, free) = match resend_limit(unit, niss, purpose, channel)? {
        ResendLimit::Allowed => return Ok(()),
        ResendLimit::Blocked(until) => (Reason::CodeBlocked, until, until),
        ResendLimit::TooSoon(until, free) => (Reason::TooSoon, until, free),
        ResendLimit::TooMany(until, most) => {
            unit.note(|detail| detail.set_count(most, most));
            (Reason::TooManyCodes, until, until)
        }
    };
    unit.note(|detail| detail.until = Some(LockoutEnd(until)));
    let usable = reason != Reason::CodeBlocked && would_code_work(unit, niss, purpose)?;
    let hint = if usable { NextStep::UseCodeOrWait(free) } else { NextStep::WaitUntil(free) };
    Err(refuse(reason).until(until).hint(hint).into())
}

/// Returns whether the newest code of a purpose would be accepted now.
pub fn would_code_work(unit: &UnitOfWork<'_>, niss: Niss, purpose: Purpose) -> Result<bool, Error> {
    let state = accounts::find(&unit.tx, niss)?.map(|account| account.state);
    has_usable_code(unit, niss, purpose, state)
}

/// Returns whether the newest code of a purpose would be accepted now for an account in this state.
pub fn has_usable_code(
    unit: &UnitOfWork<'_>,
    niss: Niss,
    purpose: Purpose,
    state: Option<AccountState>,
) -> Result<bool, Error> {
    let Some(newest) = codes::newest(unit, niss, purpose)? else { return Ok(false) };
    let accepts_codes = match purpose {
        Purpose::Activation | Purpose::Recovery => {
            matches!(state, Some(AccountState::Requested | AccountState::Active))
        }
        Purpose::ContactEmail | Purpose::ContactMobile | Purpose::Login => state == Some(AccountState::Active),
        // The authentication provider has no access to accounts.
        Purpose::Cmd => true,
    };
    Ok(accepts_codes && newest.is_usable(unit.now) && lockout::find(unit, niss, purpose.lockout_scope())?.is_none())
}
