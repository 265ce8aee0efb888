//! Operator changes to accounts and to the policy.
//!
//! Each change of an account needs a reason, which the audit entry records. The account holder is notified.
//! Only the account holder chooses a password (ASVS 6.4.6). A reset sends an activation code instead.

use super::{codes, lockout, notify};
use crate::domain::argon2id::HashCost;
use crate::domain::holder::Holder;
use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::policy::{SETTINGS, Setting};
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::{AccountState, ContactKind, LockoutScope, Notice, Purpose};
use crate::error::{Error, ValueName};
use crate::flow::context::RequestContext;
use crate::flow::effects;
use crate::flow::outcome::{FlowResult, refuse};
use crate::reply::{Reason, RefusalVariant, ReplyBody};
use crate::request::{CheckedOperatorAction, CheckedPolicySet, Field, RawText};
use crate::store::accounts::Account;
use crate::store::contacts::ContactRecord;
use crate::store::{accounts, contacts, password_costs, policy, registry};

/// Lifts every lockout of a NISS, known or unknown.
///
/// A verification code that wrong attempts exhausted works again until it expires.
/// A password that 100 failures have disabled stays disabled. An unlock does not lower that count (63B 3.2.2).
pub fn unlock(unit: &RequestContext<'_>, asked: CheckedOperatorAction<'_>) -> FlowResult<ReplyBody> {
    let niss = note_reason(unit, asked);
    let lifted = lockout::unlock_all(unit, niss)?;
    Ok(ReplyBody::Unlocked { lifted })
}

/// Suspends an active account. Its sessions end, and the account holder cannot log in.
pub fn suspend(unit: &RequestContext<'_>, asked: CheckedOperatorAction<'_>) -> FlowResult<ReplyBody> {
    let (account, holder) = load_account(unit, note_reason(unit, asked))?;
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
    effects::end_sessions(unit, account.niss, None)?;
    effects::end_calls(unit, account.niss)?;
    change_state(unit, account, &holder, AccountState::Suspended, Notice::Suspended)
}

/// Reactivates a suspended account.
pub fn resume(unit: &RequestContext<'_>, asked: CheckedOperatorAction<'_>) -> FlowResult<ReplyBody> {
    let (account, holder) = load_account(unit, note_reason(unit, asked))?;
    match account.state {
        AccountState::Suspended => change_state(unit, account, &holder, AccountState::Active, Notice::Resumed),
        AccountState::Closed => Err(refuse(Reason::Closed).hint(hint_to_reset(&account, &holder)).into()),
        AccountState::Requested | AccountState::Active => {
            Err(refuse(Reason::NotSuspended).hint(NextStep::ShowAccount(account.niss)).into())
        }
    }
}

/// Closes an account and deletes its password, phone code and sessions.
pub fn close(unit: &RequestContext<'_>, asked: CheckedOperatorAction<'_>) -> FlowResult<ReplyBody> {
    let (account, holder) = load_account(unit, note_reason(unit, asked))?;
    if account.state == AccountState::Closed {
        return Err(refuse(Reason::Closed).hint(hint_to_reset(&account, &holder)).into());
    }
    close_account(unit, account, &holder)?;
    Ok(ReplyBody::State { state: AccountState::Closed })
}

/// Closes an account for an operator, or because the registry record says that the account holder is deceased.
pub fn close_account(unit: &RequestContext<'_>, account: Account, holder: &Holder) -> Result<(), Error> {
    effects::end_sessions(unit, account.niss, None)?;
    effects::end_calls(unit, account.niss)?;
    let niss = account.niss;
    effects::change_account(unit, account, |account| {
        account.state = AccountState::Closed;
        (account.password, account.phone_code) = (None, None);
    })?;
    // Codes of the authentication provider do not belong to the account.
    for purpose in Purpose::ALL.iter().filter(|purpose| **purpose != Purpose::Cmd) {
        effects::supersede_code(unit, niss, *purpose)?;
    }
    notify::send_notice(unit, holder, Notice::Closed)
}

/// Resets an account in any state to `requested` and sends a new activation code.
///
/// The account loses its password, phone code and sessions. Its contacts are no longer confirmed, so an import can replace a lost one, and
/// the next login enrols where a second factor is required of everybody.
/// The code uses the registered channel with the longest code validity, because the account holder may not expect it.
pub fn reset(unit: &RequestContext<'_>, asked: CheckedOperatorAction<'_>) -> FlowResult<ReplyBody> {
    let (account, holder) = load_account(unit, note_reason(unit, asked))?;
    if !holder.is_active() {
        return Err(refuse(Reason::HolderInactive).hint(NextStep::ImportRecord).into());
    }
    let Some(channel) = holder.channels().first().copied() else {
        return Err(refuse(Reason::NoChannel).variant(RefusalVariant::Reset).hint(NextStep::ImportRecord).into());
    };
    effects::end_sessions(unit, account.niss, None)?;
    effects::end_calls(unit, account.niss)?;
    // Lockouts of the authentication provider do not belong to the account.
    for scope in LockoutScope::ALL.iter().copied().filter(|scope| !scope.is_of_provider()) {
        lockout::reset(unit, account.niss, scope)?;
    }
    effects::supersede_code(unit, account.niss, Purpose::Recovery)?;
    effects::supersede_code(unit, account.niss, Purpose::Login)?;
    for kind in [ContactKind::Email, ContactKind::Mobile] {
        let contact_record = contacts::find(unit, account.niss, kind)?;
        if contact_record.confirmed_at.is_some() {
            let reset = ContactRecord { confirmed_at: None, settled_at: None, ..contact_record };
            contacts::save(unit, account.niss, kind, &reset)?;
        }
    }
    effects::change_account(unit, account, |account| {
        account.state = AccountState::Requested;
        account.activated_at = None;
        (account.password, account.phone_code) = (None, None);
    })?;
    notify::send_notice(unit, &holder, Notice::Reset)?;
    let sent = codes::issue_after_reset(unit, &holder, channel)?;
    Ok(sent.into_body(AccountState::Requested, channel))
}

/// Changes a policy setting. The new value applies to everything that is issued afterwards.
pub fn set_policy(unit: &RequestContext<'_>, asked: CheckedPolicySet<'_>) -> FlowResult<ReplyBody> {
    let (RawText(key), RawText(value)) = (asked.key, asked.value);
    let setting = Setting::find(key).ok_or_else(|| {
        let known = SETTINGS.iter().map(|setting| setting.key);
        let name = ValueName::Setting(Field::Key, key.escape_debug().to_string());
        Error::unknown_word(name, ValidationError::NoSuchSetting, key, known)
    })?;
    let mut changed = unit.policy.clone();
    let malformed = |cause| Error::malformed(ValueName::Setting(Field::Value, setting.key.to_owned()), cause);
    setting.change(&mut changed, value, unit.bounds()).map_err(malformed)?;
    if !unit.sandbox {
        unit.policy.check_transition(&changed).map_err(malformed)?;
    }
    unit.note(|detail| detail.key = Some(setting.key.to_owned()));
    unit.note(|detail| detail.from = Some(setting.value(&unit.policy)));
    unit.note(|detail| detail.to = Some(setting.value(&changed)));
    policy::set(&unit.tx, setting, &setting.value(&changed))?;
    if HashCost::of(&changed) != HashCost::of(&unit.policy) {
        password_costs::recount(unit)?;
    }
    Ok(super::lists::setting(setting, &changed, unit.bounds()))
}

fn change_state(
    unit: &RequestContext<'_>,
    account: Account,
    holder: &Holder,
    state: AccountState,
    notice: Notice,
) -> FlowResult<ReplyBody> {
    effects::change_account(unit, account, |account| account.state = state)?;
    notify::send_notice(unit, holder, notice)?;
    Ok(ReplyBody::State { state })
}

/// Records the operator's reason for the audit entry and returns the NISS.
pub fn note_reason(unit: &RequestContext<'_>, asked: CheckedOperatorAction<'_>) -> Niss {
    unit.record(|record| record.remark = Some(asked.reason.as_str().to_owned()));
    *asked.niss
}

fn load_account(unit: &RequestContext<'_>, niss: Niss) -> FlowResult<(Account, Holder)> {
    let Some(holder) = registry::find(&unit.tx, niss)? else {
        return Err(refuse(Reason::NotInRegistry).hint(NextStep::ImportRecord).into());
    };
    match accounts::find(&unit.tx, niss)? {
        Some(account) => Ok((account, holder)),
        None => {
            Err(refuse(Reason::NoAccount).variant(RefusalVariant::Operator).hint(NextStep::ShowRecord(niss)).into())
        }
    }
}

/// Returns the hint for a closed account: a reset if one is possible, otherwise an import of the registry record.
pub fn hint_to_reset(account: &Account, holder: &Holder) -> NextStep {
    match holder.is_active() && !holder.channels().is_empty() {
        true => NextStep::Reset(account.niss),
        false => NextStep::ImportRecord,
    }
}
