//! The next steps that would work now, for the hints of refusals and the `next` of `account show`. They are derived
//! from the same limits that the procedures check.

use super::code_limits::{ResendLimit, has_usable_code, resend_limit, would_code_work};
use super::lockout;
use crate::domain::holder::{Holder, ReachableChannels};
use crate::domain::next_step::{NextStep, SuggestedCommand};
use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{AccountState, AccountType, Channel, ContactKind, LockoutScope, Purpose};
use crate::error::Error;
use crate::store::accounts::Account;
use crate::store::cmd_enrolments::Attributes;
use crate::store::contacts::ContactRecord;
use crate::store::{UnitOfWork, accounts, cmd_enrolments, codes, contacts, registry};

/// Returns the next step after a code that was used, superseded or expired. It is the newest code, another code, or
/// none if the account is active.
pub fn hint_after_stale_code(unit: &UnitOfWork<'_>, niss: Niss, purpose: Purpose) -> Result<NextStep, Error> {
    if would_code_work(unit, niss, purpose)? {
        return Ok(NextStep::UseNewestCode);
    }
    let Some(account) = accounts::find(&unit.tx, niss)? else { return Ok(NextStep::Call) };
    match (purpose, account.state) {
        (_, AccountState::Suspended | AccountState::Closed) => Ok(NextStep::Call),
        (Purpose::Activation, AccountState::Active) => hint_to_log_in(unit, niss),
        (Purpose::ContactEmail, _) if !awaits_proof(unit, niss, ContactKind::Email)? => Ok(NextStep::ShowContacts),
        (Purpose::ContactMobile, _) if !awaits_proof(unit, niss, ContactKind::Mobile)? => Ok(NextStep::ShowContacts),
        _ => hint_to_request_code(unit, niss, purpose),
    }
}

/// Returns how to request another code of a purpose: the command and its earliest time, or a call to an operator.
fn hint_to_request_code(unit: &UnitOfWork<'_>, niss: Niss, purpose: Purpose) -> Result<NextStep, Error> {
    let command = match purpose {
        Purpose::Activation => SuggestedCommand::Register(niss),
        Purpose::Recovery => SuggestedCommand::RequestRecovery(niss),
        Purpose::ContactEmail => hint_to_request_proof(unit, niss, purpose, ContactKind::Email, Channel::Email)?,
        Purpose::ContactMobile => hint_to_request_proof(unit, niss, purpose, ContactKind::Mobile, Channel::Sms)?,
        Purpose::Login => SuggestedCommand::LogIn(niss),
        Purpose::Cmd => SuggestedCommand::LogInByCmd(niss),
    };
    let holder = registry::find(&unit.tx, niss)?;
    let Some(channel) = holder.and_then(|holder| channel_for(unit, &holder.reachable_channels(), purpose)) else {
        return Ok(NextStep::Call);
    };
    let identity = match purpose {
        Purpose::Activation | Purpose::Recovery => lockout::blocked_until(unit, niss, LockoutScope::Identity)?,
        Purpose::ContactEmail | Purpose::ContactMobile | Purpose::Login | Purpose::Cmd => None,
    };
    let from = match resend_limit(unit, niss, purpose, channel)? {
        ResendLimit::Allowed => identity,
        ResendLimit::Blocked(until) | ResendLimit::TooSoon(_, until) | ResendLimit::TooMany(until, _) => {
            identity.max(Some(until))
        }
    };
    Ok(NextStep::RequestCode { command, from })
}

/// Returns the command that sends another code to the contact of the newest code. It confirms a contact that awaits
/// confirmation, or proposes the contact again.
fn hint_to_request_proof(
    unit: &UnitOfWork<'_>,
    niss: Niss,
    purpose: Purpose,
    kind: ContactKind,
    channel: Channel,
) -> Result<SuggestedCommand, Error> {
    let target = codes::newest(unit, niss, purpose)?.and_then(|newest| newest.target);
    let waiting = match registry::find(&unit.tx, niss)? {
        Some(holder) => contact_awaiting_proof(&holder, kind, &contacts::find(unit, niss, kind)?),
        None => None,
    };
    Ok(match waiting.is_some() && waiting == target {
        true => SuggestedCommand::ConfirmContact(channel),
        false => SuggestedCommand::UpdateContact(kind),
    })
}

/// Returns whether a contact of a kind awaits confirmation.
fn awaits_proof(unit: &UnitOfWork<'_>, niss: Niss, kind: ContactKind) -> Result<bool, Error> {
    let Some(holder) = registry::find(&unit.tx, niss)? else { return Ok(false) };
    Ok(contact_awaiting_proof(&holder, kind, &contacts::find(unit, niss, kind)?).is_some())
}

/// Returns the contact that receives a code if the request names none. It is the registered contact until that is
/// confirmed, then the proposed contact.
pub fn contact_awaiting_proof(holder: &Holder, kind: ContactKind, contact_record: &ContactRecord) -> Option<String> {
    holder.contact(kind).filter(|_| contact_record.confirmed_at.is_none()).or_else(|| contact_record.proposed.clone())
}

/// Returns a channel that can carry a code of this purpose.
fn channel_for(unit: &UnitOfWork<'_>, reach: &ReachableChannels, purpose: Purpose) -> Option<Channel> {
    let mut usable = reach.channels.iter().copied();
    match purpose {
        Purpose::Activation => usable.next(),
        Purpose::Recovery => usable.find(|channel| *channel != Channel::Letter),
        Purpose::Login => unit.policy.second_factor_channels(reach).first().copied(),
        Purpose::ContactEmail => Some(Channel::Email),
        Purpose::ContactMobile | Purpose::Cmd => Some(Channel::Sms),
    }
}

/// Returns how to log in to an active account: log in now or later, recover the password, or call.
pub fn hint_to_log_in(unit: &UnitOfWork<'_>, niss: Niss) -> Result<NextStep, Error> {
    let has_password = accounts::find(&unit.tx, niss)?.is_some_and(|account| account.password.is_some());
    let lock = lockout::blocked_until(unit, niss, LockoutScope::Login)?;
    let second = match registry::find(&unit.tx, niss)? {
        Some(holder) => second_factor_available_from(unit, &holder.reachable_channels())?,
        None => None,
    };
    // A new password ends the lockout of the password, but does not replace the second factor.
    let helps = !has_password || second.is_none();
    match lock.max(second) {
        None if has_password => Ok(NextStep::LogIn(niss)),
        _ if would_cmd_work(unit, niss)? => Ok(NextStep::LogInByCmd(niss)),
        _ if helps && can_recover(unit, niss)? => Ok(NextStep::Recover(niss)),
        Some(until) if has_password && until != Timestamp::FAR_FUTURE => Ok(NextStep::LogInLater(until)),
        _ => Ok(NextStep::Call),
    }
}

/// Returns how to log in again after a session has ended.
pub fn hint_to_log_in_again(unit: &UnitOfWork<'_>, niss: Niss) -> Result<NextStep, Error> {
    let hint = hint_to_log_in(unit, niss)?;
    Ok(if matches!(hint, NextStep::LogIn(_)) { NextStep::LogInFirst } else { hint })
}

/// Returns how to register by Chave Móvel Digital after its identity check, or when that is possible.
pub fn hint_to_register(unit: &UnitOfWork<'_>, niss: Niss) -> Result<NextStep, Error> {
    match lockout::blocked_until(unit, niss, LockoutScope::Identity)? {
        Some(until) => Ok(NextStep::WaitUntil(until)),
        None => Ok(NextStep::RegisterByCmd(registration_by_cmd(unit, niss)?)),
    }
}

/// Returns the command that registers by Chave Móvel Digital, with the account type that fits the holder.
fn registration_by_cmd(unit: &UnitOfWork<'_>, niss: Niss) -> Result<SuggestedCommand, Error> {
    let fits = registry::find(&unit.tx, niss)?.map(|holder| AccountType::for_holder_kind(holder.kind));
    Ok(SuggestedCommand::RegisterByCmd(niss, fits.unwrap_or(AccountType::Citizen)))
}

/// Returns how to activate a requested account. If no usable code was sent, returns `otherwise`.
pub fn hint_to_activate(unit: &UnitOfWork<'_>, niss: Niss, otherwise: NextStep) -> Result<NextStep, Error> {
    match would_code_work(unit, niss, Purpose::Activation)? {
        true => Ok(NextStep::Activate(niss)),
        false => Ok(otherwise),
    }
}

/// Returns the data that the provider would share now after a right PIN. It is `None` if no code would be sent and no
/// sent code would be accepted.
fn provider_would_accept(unit: &UnitOfWork<'_>, niss: Niss) -> Result<Option<Attributes>, Error> {
    let Some(enrolled) = cmd_enrolments::find(unit, niss)? else { return Ok(None) };
    for scope in [LockoutScope::CmdPin, LockoutScope::CmdCode] {
        if lockout::find(unit, niss, scope)?.is_some() {
            return Ok(None);
        }
    }
    let good = codes::newest(unit, niss, Purpose::Cmd)?.is_some_and(|newest| newest.is_usable(unit.now));
    let sends = resend_limit(unit, niss, Purpose::Cmd, Channel::Sms)? == ResendLimit::Allowed;
    Ok((good || sends).then_some(enrolled.attributes))
}

/// Returns whether Chave Móvel Digital would be accepted now. The provider must accept the holder, and its data must
/// match the registry record.
fn would_cmd_work(unit: &UnitOfWork<'_>, niss: Niss) -> Result<bool, Error> {
    let Some(handed) = provider_would_accept(unit, niss)? else { return Ok(false) };
    let holder = registry::find(&unit.tx, niss)?;
    Ok(handed.identity_claim().mismatches(holder.as_ref(), unit.policy.identity_name).is_empty())
}

/// Returns when a login with the right password can reach a session; `None` means now. It is [`Timestamp::FAR_FUTURE`]
/// if the second factor has no usable contact. A lockout of the identity check does not count.
fn second_factor_available_from(unit: &UnitOfWork<'_>, reach: &ReachableChannels) -> Result<Option<Timestamp>, Error> {
    if !unit.policy.requires_second_factor() || would_code_work(unit, reach.niss, Purpose::Login)? {
        return Ok(None);
    }
    let Some(channel) = channel_for(unit, reach, Purpose::Login) else { return Ok(Some(Timestamp::FAR_FUTURE)) };
    Ok(match resend_limit(unit, reach.niss, Purpose::Login, channel)? {
        ResendLimit::Allowed => None,
        ResendLimit::Blocked(until) | ResendLimit::TooSoon(_, until) | ResendLimit::TooMany(until, _) => Some(until),
    })
}

/// Returns whether a code to the registered contact of a kind can be requested now.
pub fn can_request_proof(unit: &UnitOfWork<'_>, niss: Niss, purpose: Purpose, channel: Channel) -> Result<bool, Error> {
    Ok(resend_limit(unit, niss, purpose, channel)? == ResendLimit::Allowed)
}

/// Returns whether a recovery that is requested now would send its code.
fn can_recover(unit: &UnitOfWork<'_>, niss: Niss) -> Result<bool, Error> {
    let Some(holder) = registry::find(&unit.tx, niss)? else { return Ok(false) };
    can_request_code(unit, &holder.reachable_channels(), Purpose::Recovery)
}

fn can_request_code(unit: &UnitOfWork<'_>, reach: &ReachableChannels, purpose: Purpose) -> Result<bool, Error> {
    let Some(channel) = channel_for(unit, reach, purpose) else { return Ok(false) };
    let identity = lockout::blocked_until(unit, reach.niss, LockoutScope::Identity)?;
    Ok(reach.is_active
        && identity.is_none()
        && resend_limit(unit, reach.niss, purpose, channel)? == ResendLimit::Allowed)
}

/// Returns the commands that would work on an account now: those of holders first, then those of operators.
pub fn available_commands(
    unit: &UnitOfWork<'_>,
    account: &Account,
    has_password: bool,
    reach: &ReachableChannels,
) -> Result<Vec<SuggestedCommand>, Error> {
    let niss = account.niss;
    let mut next = vec![];
    let requested = account.state == AccountState::Requested;
    let cmd = matches!(account.state, AccountState::Requested | AccountState::Active) && would_cmd_work(unit, niss)?;
    if requested && has_usable_code(unit, niss, Purpose::Activation, Some(account.state))? {
        next.push(SuggestedCommand::Activate(niss));
    }
    if requested && can_request_code(unit, reach, Purpose::Activation)? {
        next.push(SuggestedCommand::Register(niss));
    }
    if requested && cmd && lockout::blocked_until(unit, niss, LockoutScope::Identity)?.is_none() {
        next.push(registration_by_cmd(unit, niss)?);
    }
    if account.state == AccountState::Active
        && has_password
        && lockout::blocked_until(unit, niss, LockoutScope::Login)?.is_none()
        && second_factor_available_from(unit, reach)?.is_none()
    {
        next.push(SuggestedCommand::LogIn(niss));
    }
    if account.state == AccountState::Active && cmd {
        next.push(SuggestedCommand::LogInByCmd(niss));
    }
    if matches!(account.state, AccountState::Requested | AccountState::Active) {
        if has_usable_code(unit, niss, Purpose::Recovery, Some(account.state))? {
            next.push(SuggestedCommand::ConfirmRecovery(niss));
        }
        if can_request_code(unit, reach, Purpose::Recovery)? {
            next.push(SuggestedCommand::RequestRecovery(niss));
        }
    }
    match account.state {
        AccountState::Active => next.push(SuggestedCommand::Suspend(niss)),
        AccountState::Suspended => next.push(SuggestedCommand::Resume(niss)),
        AccountState::Requested | AccountState::Closed => {}
    }
    if reach.is_active && !reach.channels.is_empty() {
        next.push(SuggestedCommand::Reset(niss));
    }
    if account.state != AccountState::Closed {
        next.push(SuggestedCommand::Close(niss));
    }
    next.push(SuggestedCommand::Unlock(niss));
    Ok(next)
}
