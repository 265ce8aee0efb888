//! What operators do to accounts and to the policy. Each change wants a reason, which the audit keeps; the holder is told.
//! Nobody but the holder ever chooses a password (ASVS 6.4.6): the way back is a reset, which sends a code.

use super::{codes, lockout, notify};
use crate::domain::holder::Holder;
use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::policy::{SETTINGS, Setting};
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::{AccountState, LockoutScope, Notice, Purpose};
use crate::error::Error;
use crate::flow::outcome::{FlowResult, refuse, required};
use crate::reply::{Reason, ReplyBody};
use crate::request::{OperatorAction, PolicySet, RawText};
use crate::store::accounts::Account;
use crate::store::{UnitOfWork, accounts, calls, codes as issued, policy, registry, sessions};

/// Lifts every lockout of a NISS, known or unknown. A code that was exhausted by wrong attempts works again until it expires.
///
/// A password that a hundred failures have disabled stays disabled, and an unlock does not lower that count (63B 3.2.2).
pub fn unlock(unit: &UnitOfWork<'_>, asked: &OperatorAction) -> FlowResult<ReplyBody> {
    let niss = note_reason(unit, asked)?;
    let lifted = lockout::unlock_all(unit, niss)?;
    Ok(ReplyBody::Unlocked { lifted })
}

/// Holds an active account: its sessions end, and nobody logs in.
pub fn suspend(unit: &UnitOfWork<'_>, asked: &OperatorAction) -> FlowResult<ReplyBody> {
    let (account, holder) = load_account(unit, note_reason(unit, asked)?)?;
    match account.state {
        AccountState::Active => {}
        AccountState::Requested => {
            return Err(refuse(Reason::NotActive).hint(NextStep::ShowAccount(account.niss)).into());
        }
        AccountState::Suspended => {
            return Err(refuse(Reason::Suspended).hint(NextStep::Resume(account.niss)).into());
        }
        AccountState::Closed => return Err(refuse(Reason::Closed).hint(hint_to_reset(&account, &holder)).into()),
    }
    sessions::end_all(unit, account.niss, None)?;
    calls::end_all(unit, account.niss)?;
    change_state(unit, account, &holder, AccountState::Suspended, Notice::Suspended)
}

/// Lets a suspended account go.
pub fn resume(unit: &UnitOfWork<'_>, asked: &OperatorAction) -> FlowResult<ReplyBody> {
    let (account, holder) = load_account(unit, note_reason(unit, asked)?)?;
    match account.state {
        AccountState::Suspended => change_state(unit, account, &holder, AccountState::Active, Notice::Resumed),
        AccountState::Closed => Err(refuse(Reason::Closed).hint(hint_to_reset(&account, &holder)).into()),
        AccountState::Requested | AccountState::Active => {
            Err(refuse(Reason::NotSuspended).hint(NextStep::ShowAccount(account.niss)).into())
        }
    }
}

/// Ends an account: its password, its phone code and its sessions are gone.
pub fn close(unit: &UnitOfWork<'_>, asked: &OperatorAction) -> FlowResult<ReplyBody> {
    let (account, holder) = load_account(unit, note_reason(unit, asked)?)?;
    if account.state == AccountState::Closed {
        return Err(refuse(Reason::Closed).hint(hint_to_reset(&account, &holder)).into());
    }
    close_account(unit, account, &holder)?;
    Ok(ReplyBody::State { state: AccountState::Closed })
}

/// Ends an account, for an operator or because the registry says that its holder is no more.
pub fn close_account(unit: &UnitOfWork<'_>, account: Account, holder: &Holder) -> Result<(), Error> {
    sessions::end_all(unit, account.niss, None)?;
    calls::end_all(unit, account.niss)?;
    let niss = account.niss;
    accounts::update(unit, &Account { state: AccountState::Closed, password: None, phone_code: None, ..account })?;
    // The authentication provider's code is not the account's.
    for purpose in Purpose::ALL.iter().filter(|purpose| **purpose != Purpose::Cmd) {
        issued::supersede(unit, niss, *purpose)?;
    }
    notify::send_notice(unit, holder, Notice::Closed)
}

/// Back to `requested`, from any state: without password, phone code and sessions, with a new activation code by the best
/// registered channel. The best is the one whose code lives longest, as the holder does not sit waiting for it.
pub fn reset(unit: &UnitOfWork<'_>, asked: &OperatorAction) -> FlowResult<ReplyBody> {
    let (account, holder) = load_account(unit, note_reason(unit, asked)?)?;
    if !holder.is_active() {
        return Err(refuse(Reason::HolderInactive).hint(NextStep::ImportRecord).into());
    }
    let Some(channel) = holder.channels().first().copied() else {
        return Err(refuse(Reason::NoChannel).variant("reset").hint(NextStep::ImportRecord).into());
    };
    sessions::end_all(unit, account.niss, None)?;
    calls::end_all(unit, account.niss)?;
    // The authentication provider's lockouts are not the account's.
    for scope in LockoutScope::ALL.iter().copied().filter(|scope| !scope.is_of_provider()) {
        lockout::reset(unit, account.niss, scope)?;
    }
    issued::supersede(unit, account.niss, Purpose::Recovery)?;
    issued::supersede(unit, account.niss, Purpose::Login)?;
    let account =
        Account { state: AccountState::Requested, activated_at: None, password: None, phone_code: None, ..account };
    accounts::update(unit, &account)?;
    notify::send_notice(unit, &holder, Notice::Reset)?;
    let sent = codes::issue(unit, &holder, Purpose::Activation, channel, None)?;
    Ok(sent.into_body(AccountState::Requested, channel))
}

/// Changes a number of the policy, for what is issued from then on.
pub fn set_policy(unit: &UnitOfWork<'_>, asked: &PolicySet) -> FlowResult<ReplyBody> {
    let (RawText(key), RawText(value)) = (required(asked.key.as_ref())?, required(asked.value.as_ref())?);
    let setting = Setting::find(key).ok_or_else(|| {
        let known = SETTINGS.iter().map(|setting| setting.key);
        Error::unknown_word(key.escape_debug().to_string(), ValidationError::NoSuchSetting, key, known)
    })?;
    let mut changed = unit.policy.clone();
    setting.change(&mut changed, value, unit.bounds()).map_err(|cause| Error::malformed(setting.key, cause))?;
    if !unit.sandbox {
        unit.policy.check_transition(&changed).map_err(|cause| Error::malformed(setting.key, cause))?;
    }
    unit.notes.add("key", setting.key);
    unit.notes.add("from", setting.value(&unit.policy));
    unit.notes.add("to", setting.value(&changed));
    policy::set(unit, setting, &setting.value(&changed))?;
    Ok(super::lists::setting(setting, &changed, unit.bounds()))
}

fn change_state(
    unit: &UnitOfWork<'_>,
    account: Account,
    holder: &Holder,
    state: AccountState,
    notice: Notice,
) -> FlowResult<ReplyBody> {
    accounts::update(unit, &Account { state, ..account })?;
    notify::send_notice(unit, holder, notice)?;
    Ok(ReplyBody::State { state })
}

/// Notes the operator's reason for the audit.
pub fn note_reason(unit: &UnitOfWork<'_>, asked: &OperatorAction) -> FlowResult<Niss> {
    unit.notes.remark.set(Some(required(asked.reason.as_ref())?.as_str().to_owned()));
    Ok(*required(asked.niss.as_ref())?)
}

fn load_account(unit: &UnitOfWork<'_>, niss: Niss) -> FlowResult<(Account, Holder)> {
    let Some(holder) = registry::find(&unit.tx, niss)? else {
        return Err(refuse(Reason::NotInRegistry).hint(NextStep::ImportRecord).into());
    };
    match accounts::find(&unit.tx, niss)? {
        Some(account) => Ok((account, holder)),
        None => Err(refuse(Reason::NoAccount).variant("operator").hint(NextStep::ShowRecord(niss)).into()),
    }
}

/// The way back from a closed account, where there is one.
pub fn hint_to_reset(account: &Account, holder: &Holder) -> NextStep {
    match holder.is_active() && !holder.channels().is_empty() {
        true => NextStep::Reset(account.niss),
        false => NextStep::ImportRecord,
    }
}
