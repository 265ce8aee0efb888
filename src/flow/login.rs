//! Login, logout, and the change of a password in a session.
//!
//! An unknown NISS, a wrong password and an account that is not active have the same answer (ASVS 6.3.8). During a
//! lockout the answer does not depend on the password. Parallel guesses do not exceed the attempt limit (63B 3.2.2).

use super::password_work::{PasswordWork, TypedPassword};
use super::second_factor::{self, Challenge};
use super::sessions::{self, Freshness as Recent};
use super::{lockout, notify};
use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::{AccountState, LockoutScope, Notice, Purpose};
use crate::error::Error;
use crate::flow::context::RequestContext;
use crate::flow::effects;
use crate::flow::outcome::{FlowError, FlowResult, refuse};
use crate::reply::{FailureCause, Reason, ReplyBody};
use crate::request::checked::LoginByPassword;
use crate::request::{CheckedPasswordChange, Field, SessionRequest};
use crate::store::accounts::{self, Account};

/// Opens a session. If the policy requires a second factor, the first call sends its code and the second call has it.
/// Otherwise a code in the request is ignored.
pub fn login(unit: &RequestContext<'_>, asked: LoginByPassword<'_>, slow: &PasswordWork) -> FlowResult<ReplyBody> {
    let niss = asked.niss;
    let account = prove_password(unit, niss, slow)?;
    let enrolment = match second_factor::challenge(unit, &account, &asked)? {
        Challenge::Passed { enrolment } => enrolment,
        Challenge::Sent(sent) => return Ok(ReplyBody::Sent { sent: vec![sent] }),
    };
    sessions::open_session(unit, niss, asked.old_session.as_ref(), enrolment)
}

/// Returns the account if the typed password is right, and stores its hash anew if the policy's hash parameters have changed.
pub fn prove_password(unit: &RequestContext<'_>, niss: Niss, slow: &PasswordWork) -> FlowResult<Account> {
    let PasswordWork::Typed(typed) = slow else { return Err(Error::Bug("no password was compared".to_owned()).into()) };
    let account = accounts::find(&unit.tx, niss)?;
    let renewed = check_password(unit, niss, account.as_ref(), typed)?;
    // Only the password of an account is right.
    let account = account.ok_or_else(|| Error::Bug("right password without an account".to_owned()))?;
    match renewed {
        Some(renewed) => Ok(effects::change_account(unit, account, |account| account.password = Some(renewed))?),
        None => Ok(account),
    }
}

/// Returns the hash to store if the policy's hash parameters have changed. Refuses during a lockout. A wrong password
/// is refused and counted.
fn check_password(
    unit: &RequestContext<'_>,
    niss: Niss,
    account: Option<&Account>,
    typed: &TypedPassword,
) -> FlowResult<Option<crate::domain::password::PasswordHash>> {
    let attempt = lockout::check(unit, niss, LockoutScope::Login)?;
    let (right, renewed) = typed.verify_against(unit, account)?;
    if right && account.is_some_and(|account| account.state == AccountState::Active) {
        attempt.record_success(unit)?;
        return Ok(renewed.cloned());
    }
    unit.note(|detail| {
        detail.cause = Some(account.map_or(FailureCause::NoAccount, |account| FailureCause::of_login(account.state)))
    });
    attempt.record_failure(unit)?;
    Err(refuse(Reason::LoginFailed).hint(NextStep::CheckLogin).into())
}

/// Ends the session.
pub fn logout(unit: &RequestContext<'_>, asked: &SessionRequest) -> FlowResult<ReplyBody> {
    let inside = sessions::authenticate_enrolling(unit, asked.session.as_ref(), Recent::Any)?;
    effects::end_session(unit, inside.session.id)?;
    Ok(ReplyBody::Nothing {})
}

/// Changes the password and ends the other sessions. An account opened by Chave Móvel Digital has no current password.
/// Its first password requires a fresh login instead (ASVS 7.5.1).
pub fn change_password(
    unit: &RequestContext<'_>,
    asked: CheckedPasswordChange<'_>,
    slow: &PasswordWork,
) -> FlowResult<ReplyBody> {
    let inside = sessions::authenticate(unit, asked.session.as_ref(), Recent::Any)?;
    let niss = inside.account.niss;
    let cause = match (&inside.account.password, &asked.password) {
        (Some(_), None) => Some(ValidationError::CurrentPasswordMissing),
        (None, Some(_)) => Some(ValidationError::NoCurrentPassword),
        _ => None,
    };
    if let Some(cause) = cause {
        return Err(Error::malformed(Field::Password, cause).into());
    }
    if inside.account.password.is_none() {
        unit.note(|detail| detail.first = Some(true));
        sessions::authenticate(unit, asked.session.as_ref(), Recent::Recent)?;
    }
    let PasswordWork::Change(Some((typed, new))) = slow else { return Err(FlowError::Stale) };
    new.general_rules(unit)?;
    if let Some(typed) = typed {
        check_password(unit, niss, Some(&inside.account), typed)?;
    }
    let hash = new.personal_rules(unit, &inside.account)?.clone();
    // Failures before the first password do not count against it.
    lockout::reset(unit, niss, LockoutScope::Login)?;
    effects::change_account(unit, inside.account, |account| account.password = Some(hash))?;
    effects::end_sessions(unit, niss, Some(inside.session.id))?;
    effects::supersede_code(unit, niss, Purpose::Login)?;
    let text = if typed.is_some() { Notice::PasswordChanged.as_str() } else { "password_changed-first" };
    notify::send_notice_as(unit, &inside.holder, Notice::PasswordChanged, text)?;
    Ok(ReplyBody::Nothing {})
}
