//! The next steps that would work now, for the hints of refusals and the `next` of `account show`. They are derived
//! from the same limits that the procedures check.

use super::code_limits::{ResendLimit, has_usable_code, resend_limit, would_code_work};
use super::{confirmed_contacts, lockout};
use crate::domain::holder::{Holder, ReachableChannels};
use crate::domain::next_step::{NextStep, SuggestedCommand};
use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{
    AccountState, AccountType, Channel, ContactKind, LockoutScope, Purpose, RecoveryProcedure, SecondFactorMode,
};
use crate::error::Error;
use crate::store::accounts::Account;
use crate::store::cmd_enrolments::Attributes;
use crate::store::contacts::ContactRecord;
use crate::store::sessions::Session;
use crate::store::{UnitOfWork, accounts, cmd_enrolments, codes, contacts, registry, sessions};

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
    let Some(holder) = registry::find(&unit.tx, niss)? else { return Ok(NextStep::Call) };
    let reach = holder.reachable_channels();
    let command = match purpose {
        Purpose::Activation => SuggestedCommand::Register(niss),
        Purpose::Recovery => {
            recovery(&reach).unwrap_or(SuggestedCommand::RequestRecovery(niss, RecoveryProcedure::Classic))
        }
        Purpose::ContactEmail => hint_to_request_proof(unit, niss, purpose, ContactKind::Email, Channel::Email)?,
        Purpose::ContactMobile => hint_to_request_proof(unit, niss, purpose, ContactKind::Mobile, Channel::Sms)?,
        Purpose::Login => return hint_to_request_login_code(unit, niss),
        Purpose::Cmd => SuggestedCommand::LogInByCmd(niss),
    };
    let Some(channel) = channel_for(&reach, purpose) else { return Ok(NextStep::Call) };
    let identity = match purpose {
        Purpose::Activation | Purpose::Recovery => lockout::blocked_until(unit, niss, LockoutScope::Identity)?,
        Purpose::ContactEmail | Purpose::ContactMobile | Purpose::Login | Purpose::Cmd => None,
    };
    let from = identity.max(resend_limit(unit, niss, purpose, channel)?.allowed_from());
    Ok(NextStep::RequestCode { command, from })
}

/// Returns the command with which the holder can request another code of a purpose now, after one that did not arrive.
pub fn command_for_another_code(
    unit: &UnitOfWork<'_>,
    niss: Niss,
    purpose: Purpose,
) -> Result<Option<SuggestedCommand>, Error> {
    let state = accounts::find(&unit.tx, niss)?.map(|account| account.state);
    let is_possible = match purpose {
        Purpose::Activation => state == Some(AccountState::Requested),
        Purpose::Recovery => matches!(state, Some(AccountState::Requested | AccountState::Active)),
        Purpose::ContactEmail => state == Some(AccountState::Active) && awaits_proof(unit, niss, ContactKind::Email)?,
        Purpose::ContactMobile => state == Some(AccountState::Active) && awaits_proof(unit, niss, ContactKind::Mobile)?,
        Purpose::Login => state == Some(AccountState::Active),
        Purpose::Cmd => would_cmd_work(unit, niss)?,
    };
    if !is_possible || !registry::find(&unit.tx, niss)?.is_some_and(|holder| holder.is_active()) {
        return Ok(None);
    }
    let hint = hint_to_request_code(unit, niss, purpose)?;
    Ok(if let NextStep::RequestCode { command, from: None } = hint { Some(command) } else { None })
}

/// Returns how to request another code of the second factor: by a login, or by enrolling without a confirmed contact.
fn hint_to_request_login_code(unit: &UnitOfWork<'_>, niss: Niss) -> Result<NextStep, Error> {
    let Some((account, holder)) = accounts::find(&unit.tx, niss)?.zip(registry::find(&unit.tx, niss)?) else {
        return Ok(NextStep::Call);
    };
    let reach = holder.reachable_channels();
    let (command, from) = match confirmed_contacts::usable_channels(unit, &account, &reach.channels)?.first() {
        Some(channel) => {
            (SuggestedCommand::LogIn(niss), resend_limit(unit, niss, Purpose::Login, *channel)?.allowed_from())
        }
        // The password alone is enough.
        None if !unit.policy.second_factor_for(account.account_type).is_for_all() => {
            return Ok(NextStep::LogIn(niss));
        }
        None => match enrolment(unit, &account, &reach)? {
            Enrolment::Possible(from) => (SuggestedCommand::EnrolSecondFactor(niss), from),
            Enrolment::Impossible => return Ok(NextStep::ImportRecord),
        },
    };
    Ok(NextStep::RequestCode { command, from })
}

/// Whether a holder without a confirmed contact can request a code to log in.
enum Enrolment {
    /// Now, or from this time.
    Possible(Option<Timestamp>),
    /// The registry lacks a channel or the data of the identity check.
    Impossible,
}

fn enrolment(unit: &UnitOfWork<'_>, account: &Account, reach: &ReachableChannels) -> Result<Enrolment, Error> {
    let Some(channel) = reach.channels.first().filter(|_| reach.is_active && reach.has_classic_identity) else {
        return Ok(Enrolment::Impossible);
    };
    let identity = lockout::blocked_until(unit, account.niss, LockoutScope::Identity)?;
    let resend = resend_limit(unit, account.niss, Purpose::Login, *channel)?.allowed_from();
    Ok(Enrolment::Possible(identity.max(resend)))
}

/// Returns what a holder without a confirmed contact does after a right password, where everybody needs a second factor.
pub fn hint_to_enrol(unit: &UnitOfWork<'_>, account: &Account, reach: &ReachableChannels) -> Result<NextStep, Error> {
    if has_usable_code(unit, account.niss, Purpose::Login, Some(account.state))? {
        return Ok(NextStep::UseNewestCode);
    }
    Ok(match enrolment(unit, account, reach)? {
        Enrolment::Possible(None) => NextStep::EnrolSecondFactor(account.niss),
        Enrolment::Possible(Some(from)) => {
            NextStep::RequestCode { command: SuggestedCommand::EnrolSecondFactor(account.niss), from: Some(from) }
        }
        Enrolment::Impossible => NextStep::ImportRecord,
    })
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

/// Returns the contact that receives a code if the request names none: the proposed one, else the registered one until it is
/// confirmed.
pub fn contact_awaiting_proof(holder: &Holder, kind: ContactKind, contact_record: &ContactRecord) -> Option<String> {
    let registered = holder.contact(kind);
    // An import may have registered the proposed contact already.
    let proposed = contact_record.proposed.clone().filter(|proposed| registered.as_ref() != Some(proposed));
    proposed.or(registered.filter(|_| contact_record.confirmed_at.is_none()))
}

/// Returns a channel that can carry a code of this purpose, other than that of a second factor.
fn channel_for(reach: &ReachableChannels, purpose: Purpose) -> Option<Channel> {
    let mut usable = reach.channels.iter().copied();
    match purpose {
        Purpose::Activation => usable.next(),
        Purpose::Recovery => usable.find(|channel| *channel != Channel::Letter),
        Purpose::ContactEmail => Some(Channel::Email),
        Purpose::ContactMobile | Purpose::Login | Purpose::Cmd => Some(Channel::Sms),
    }
}

/// Returns how to log in to an active account: log in or enrol, now or later, recover the password, or call.
pub fn hint_to_log_in(unit: &UnitOfWork<'_>, niss: Niss) -> Result<NextStep, Error> {
    let Some((account, holder)) = accounts::find(&unit.tx, niss)?.zip(registry::find(&unit.tx, niss)?) else {
        return Ok(NextStep::Call);
    };
    let has_password = account.password.is_some();
    let lock = lockout::blocked_until(unit, niss, LockoutScope::Login)?;
    let reach = holder.reachable_channels();
    let (must_enrol, second) = match second_factor(unit, &account, &reach)? {
        SecondFactor::AvailableFrom(time) => (false, time),
        SecondFactor::Enrolment => (true, None),
    };
    // A new password ends the lockout of the password, but does not replace the second factor.
    let helps = !has_password || second.is_none();
    match lock.max(second) {
        None if has_password && !must_enrol => Ok(NextStep::LogIn(niss)),
        _ if would_cmd_work(unit, niss)? => Ok(NextStep::LogInByCmd(niss)),
        None if has_password => hint_to_enrol(unit, &account, &reach),
        _ if helps && can_request_code(unit, &reach, Purpose::Recovery)? => {
            Ok(recovery(&reach).map_or(NextStep::Call, NextStep::Recover))
        }
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

/// What a login needs besides the right password.
enum SecondFactor {
    /// A code that can be used or requested from this time, or no code. `None` means now.
    AvailableFrom(Option<Timestamp>),
    /// A code for an enrolment, because the holder has no confirmed contact.
    Enrolment,
}

fn second_factor(unit: &UnitOfWork<'_>, account: &Account, reach: &ReachableChannels) -> Result<SecondFactor, Error> {
    let mode = unit.policy.second_factor_for(account.account_type);
    if mode == SecondFactorMode::Off || has_usable_code(unit, account.niss, Purpose::Login, Some(account.state))? {
        return Ok(SecondFactor::AvailableFrom(None));
    }
    Ok(match confirmed_contacts::usable_channels(unit, account, &reach.channels)?.first() {
        Some(channel) => {
            SecondFactor::AvailableFrom(resend_limit(unit, account.niss, Purpose::Login, *channel)?.allowed_from())
        }
        None if mode.is_for_all() => SecondFactor::Enrolment,
        None => SecondFactor::AvailableFrom(None),
    })
}

/// Returns whether a code to the registered contact of a kind can be requested now.
pub fn can_request_proof(unit: &UnitOfWork<'_>, niss: Niss, purpose: Purpose, channel: Channel) -> Result<bool, Error> {
    Ok(resend_limit(unit, niss, purpose, channel)? == ResendLimit::Allowed)
}

/// Returns the command that requests a recovery, by an identity check for which the registry has the data.
fn recovery(reach: &ReachableChannels) -> Option<SuggestedCommand> {
    let procedure = match (reach.has_classic_identity, reach.has_portal_identity) {
        (true, _) => RecoveryProcedure::Classic,
        (false, true) => RecoveryProcedure::Portal,
        (false, false) => return None,
    };
    Some(SuggestedCommand::RequestRecovery(reach.niss, procedure))
}

fn can_request_code(unit: &UnitOfWork<'_>, reach: &ReachableChannels, purpose: Purpose) -> Result<bool, Error> {
    let Some(channel) = channel_for(reach, purpose) else { return Ok(false) };
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
    {
        match second_factor(unit, account, reach)? {
            SecondFactor::AvailableFrom(None) => next.push(SuggestedCommand::LogIn(niss)),
            SecondFactor::AvailableFrom(Some(_)) => {}
            SecondFactor::Enrolment => {
                if matches!(enrolment(unit, account, reach)?, Enrolment::Possible(None)) {
                    next.push(SuggestedCommand::EnrolSecondFactor(niss));
                }
            }
        }
    }
    if account.state == AccountState::Active && cmd {
        next.push(SuggestedCommand::LogInByCmd(niss));
    }
    if matches!(account.state, AccountState::Requested | AccountState::Active) {
        if has_usable_code(unit, niss, Purpose::Recovery, Some(account.state))? {
            next.push(SuggestedCommand::ConfirmRecovery(niss));
        }
        if can_request_code(unit, reach, Purpose::Recovery)? {
            next.extend(recovery(reach));
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

/// Returns the commands of a holder that would work in a session now: those of the session, and of
/// [`available_commands`] those that help in one.
///
/// A login that is not fresh any more is repeated for what needs a fresh one.
pub fn commands_in_session(
    unit: &UnitOfWork<'_>,
    session: &Session,
    account: &Account,
    holder: &Holder,
) -> Result<Vec<SuggestedCommand>, Error> {
    let (niss, is_fresh) = (account.niss, unit.now < session.fresh_until);
    let can_confirm = can_confirm_contact(unit, holder, ContactKind::Email)?
        || can_confirm_contact(unit, holder, ContactKind::Mobile)?;
    let has_code = account.phone_code.is_some();
    let can_call = has_code && lockout::find(unit, niss, LockoutScope::PhoneCode)?.is_none();
    let can_change_password = match account.password {
        Some(_) => lockout::blocked_until(unit, niss, LockoutScope::Login)?.is_none(),
        None => is_fresh,
    };
    let has_others = sessions::list_open(unit, niss)?.iter().any(|(other, _)| other.id != session.id);
    let contacts = [
        (SuggestedCommand::ShowContacts, is_fresh),
        (SuggestedCommand::UpdateContacts, is_fresh),
        (SuggestedCommand::ConfirmContacts, is_fresh && can_confirm),
    ];
    let that_work = |(command, works): (SuggestedCommand, bool)| works.then_some(command);
    if session.enrolment {
        // It is only for confirming a contact.
        let mut next: Vec<_> = contacts.into_iter().filter_map(that_work).collect();
        next.push(SuggestedCommand::LogOut);
        return Ok(next);
    }
    let inbox = [(SuggestedCommand::ListMessages, true), (SuggestedCommand::ShowProfile, true)];
    let others = [
        (SuggestedCommand::SetAlerts, account.account_type == AccountType::Citizen),
        (SuggestedCommand::SetPhoneCode, is_fresh && !has_code),
        (SuggestedCommand::ChangePhoneCode, is_fresh && has_code),
        (SuggestedCommand::RemovePhoneCode, is_fresh && has_code),
        (SuggestedCommand::CallPhoneLine(niss), can_call),
        (SuggestedCommand::ChangePassword, can_change_password),
        (SuggestedCommand::ListSessions, true),
        (SuggestedCommand::EndOtherSessions, is_fresh && has_others),
    ];
    let mut next: Vec<_> = inbox.into_iter().chain(contacts).chain(others).filter_map(that_work).collect();
    let outside = available_commands(unit, account, account.password.is_some(), &holder.reachable_channels())?;
    next.extend(outside.into_iter().filter(|command| {
        let logs_in = matches!(
            command,
            SuggestedCommand::LogIn(_) | SuggestedCommand::LogInByCmd(_) | SuggestedCommand::EnrolSecondFactor(_)
        );
        let recovers = matches!(command, SuggestedCommand::ConfirmRecovery(_) | SuggestedCommand::RequestRecovery(..));
        (logs_in && !is_fresh) || recovers
    }));
    next.push(SuggestedCommand::LogOut);
    Ok(next)
}

/// Returns whether a contact can be confirmed now, by a code that was sent or by one that would be.
fn can_confirm_contact(unit: &UnitOfWork<'_>, holder: &Holder, kind: ContactKind) -> Result<bool, Error> {
    let Some((channel, purpose)) = kind.proof_channel_and_purpose() else { return Ok(false) };
    let record = contacts::find(unit, holder.niss, kind)?;
    Ok(would_code_work(unit, holder.niss, purpose)?
        || (contact_awaiting_proof(holder, kind, &record).is_some()
            && can_request_proof(unit, holder.niss, purpose, channel)?))
}
