//! Activation (001 steps 20-25, 002's second list): a code and a password make a requested account active.
//!
//! Recovery ends in the same way. Both use [`set_password_with_code`].

use super::password_work::{NewPassword, PasswordWork};
use super::{codes, lockout, notify, sessions};
use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::vocabulary::{AccountState, CheckStep, ContactKind, LockoutScope, Notice, Purpose};
use crate::error::Error;
use crate::flow::context::RequestContext;
use crate::flow::effects;
use crate::flow::outcome::{FlowResult, refuse};
use crate::reply::{Reason, ReplyBody};
use crate::request::CheckedSetPassword;
use crate::store::accounts::Account;
use crate::store::{accounts, contacts, registry};

/// Sets the first password, or checks only the code if the request ends at that step.
pub fn activate(
    unit: &RequestContext<'_>,
    asked: CheckedSetPassword<'_>,
    slow: &PasswordWork,
) -> FlowResult<ReplyBody> {
    if asked.until.is_some() {
        return prove_code(unit, asked, Purpose::Activation);
    }
    let niss = set_password_with_code(unit, asked, slow, Purpose::Activation)?;
    notify_and_reply(unit, niss, Notice::Activated)
}

/// Checks the code without a password (000 step 11, 001 step 21, 002's second list, step 4).
///
/// A wrong code counts as an attempt. A correct code stays open, and the request with the password checks it again.
pub fn prove_code(unit: &RequestContext<'_>, asked: CheckedSetPassword<'_>, purpose: Purpose) -> FlowResult<ReplyBody> {
    let niss = *asked.niss;
    codes::verify(unit, niss, purpose, asked.code)?;
    check_can_activate(&account_of(unit, niss)?)?;
    Ok(ReplyBody::StepPassed { until: CheckStep::Code, usable: None })
}

fn account_of(unit: &RequestContext<'_>, niss: Niss) -> Result<Account, Error> {
    accounts::find(&unit.tx, niss)?.ok_or_else(|| Error::StoreDamaged("code without an account".to_owned()))
}

/// Checks the password and the code, then activates the account with this password.
///
/// The general password rules come first, then the code, then the rules that use the account holder's own data.
/// If the password is refused, the code stays unused and no attempt is counted.
pub fn set_password_with_code(
    unit: &RequestContext<'_>,
    asked: CheckedSetPassword<'_>,
    slow: &PasswordWork,
    purpose: Purpose,
) -> FlowResult<Niss> {
    let (niss, code) = (*asked.niss, asked.code);
    let PasswordWork::New(password) = slow else { return Err(Error::Bug("no password was hashed".to_owned()).into()) };
    password.general_rules(unit)?;
    let code = codes::verify(unit, niss, purpose, code)?;
    let account = account_of(unit, niss)?;
    check_can_activate(&account)?;
    store_password(unit, account, password)?;
    apply_proposed_telephone(unit, niss)?;
    codes::consume(unit, niss, purpose, &code)?;
    // The password has changed, so open codes of the other purposes must not work either.
    effects::supersede_code(unit, niss, Purpose::Activation)?;
    effects::supersede_code(unit, niss, Purpose::Recovery)?;
    effects::supersede_code(unit, niss, Purpose::Login)?;
    Ok(niss)
}

/// Refuses a suspended or closed account. The code proves the account holder, so the refusal may name the state.
fn check_can_activate(account: &Account) -> FlowResult<()> {
    let reason = match account.state {
        AccountState::Requested | AccountState::Active => return Ok(()),
        AccountState::Suspended => Reason::Suspended,
        AccountState::Closed => Reason::Closed,
    };
    Err(refuse(reason).hint(NextStep::Call).into())
}

fn store_password(unit: &RequestContext<'_>, account: Account, password: &NewPassword) -> FlowResult<()> {
    let hash = password.personal_rules(unit, &account)?.clone();
    let activated_at = account.activated_at.or(Some(unit.now));
    let account = effects::change_account(unit, account, |account| {
        account.state = AccountState::Active;
        account.activated_at = activated_at;
        account.password = Some(hash);
    })?;
    lockout::reset(unit, account.niss, LockoutScope::Login)?;
    Ok(())
}

/// Registers the telephone that was typed at registration (001 step 12).
///
/// Callers do this only after the account holder has proved their identity.
pub fn apply_proposed_telephone(unit: &RequestContext<'_>, niss: Niss) -> Result<(), Error> {
    let mut contact_record = contacts::find(unit, niss, ContactKind::Telephone)?;
    if let Some(telephone) = contact_record.proposed.take() {
        registry::set_contact(unit, niss, ContactKind::Telephone, Some(&telephone))?;
        contact_record.settled_at = Some(unit.now);
        contacts::save(unit, niss, ContactKind::Telephone, &contact_record)?;
    }
    Ok(())
}

/// Sends a notice to the account holder and returns the reply with the outstanding tasks.
pub fn notify_and_reply(unit: &RequestContext<'_>, niss: Niss, notice: Notice) -> FlowResult<ReplyBody> {
    notify_and_reply_with(unit, niss, notice, notice.as_str())
}

/// Sends a notice with a text other than the notice's default, and returns the same reply as `notify_and_reply`.
pub fn notify_and_reply_with(
    unit: &RequestContext<'_>,
    niss: Niss,
    notice: Notice,
    text: &str,
) -> FlowResult<ReplyBody> {
    if let Some(holder) = registry::find(&unit.tx, niss)? {
        notify::send_notice_as(unit, &holder, notice, text)?;
    }
    Ok(ReplyBody::AccountActive { state: AccountState::Active, due: sessions::outstanding_tasks(unit, niss)? })
}
