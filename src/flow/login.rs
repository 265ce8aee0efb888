//! Login, logout, and the change of a password from within. Unknown, not activated, closed, suspended and wrong are one
//! answer; where a lock stands the answer is the lock's, whatever the password was, so that a hundred parallel guesses learn
//! no more than the limit allows (63B 3.2.2, ASVS 6.3.8).

use super::password_work::{PasswordWork, TypedPassword};
use super::sessions::{self, Freshness as Recent};
use super::{FlowResult, chave_movel, notify, refuse, required, second_factor};
use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::{AccountState, LockoutScope, LoginMethod, Notice, Purpose};
use crate::error::Error;
use crate::reply::{Hint, Reason, ReplyBody, Secret};
use crate::request::{Login, PasswordChange, SessionRequest};
use crate::store::accounts::Account;
use crate::store::failure_counts::{self, FailureCount};
use crate::store::{UnitOfWork, accounts, codes, registry, sessions as stored};

/// Opens a session; where the policy wants a second factor, the first call sends its code and the second one brings it. Where it
/// wants none, a code that comes along all the same has nothing to prove, and is not looked at.
pub fn login(unit: &UnitOfWork<'_>, asked: &Login, slow: &PasswordWork) -> FlowResult<ReplyBody> {
    if asked.method() == LoginMethod::Cmd {
        return chave_movel::login(unit, asked);
    }
    let niss = *required(asked.niss.as_ref())?;
    let PasswordWork::Typed(typed) = slow else { return Err(Error::Bug("no password was compared".to_owned()).into()) };
    let account = accounts::find(&unit.tx, niss)?;
    let renewed = check_password(unit, niss, account.as_ref(), typed)?;
    if let Some((account, renewed)) = account.zip(renewed) {
        accounts::update(unit, &Account { password: Some(renewed), ..account })?;
    }
    if second_factor::is_required(&unit.policy) {
        let holder = registry::find(&unit.tx, niss)?;
        let holder = holder.ok_or_else(|| Error::StoreDamaged("account without registry record".to_owned()))?;
        if let Some(sent) = second_factor::require_second_factor(unit, &holder, asked)? {
            return Ok(sent);
        }
    }
    open_session(unit, niss)
}

/// The session of who has proved to be the holder.
pub fn open_session(unit: &UnitOfWork<'_>, niss: Niss) -> FlowResult<ReplyBody> {
    let (token, session) = stored::open(unit, niss)?;
    Ok(ReplyBody::LoggedIn {
        session: Secret::new(&token),
        expires_at: session.ends_at,
        idle_expires_at: session.idle_at,
        due: sessions::outstanding_tasks(unit, niss)?,
    })
}

/// Refuses where a lock stands or the password is wrong, which is counted; gives the hash to keep where the policy has moved.
fn check_password(
    unit: &UnitOfWork<'_>,
    niss: Niss,
    account: Option<&Account>,
    typed: &TypedPassword,
) -> FlowResult<Option<crate::domain::password::PasswordHash>> {
    let mut count = failure_counts::find(unit, niss, LockoutScope::Login)?;
    let policy = &unit.policy;
    if let Some(until) = count.blocked_until(unit.now) {
        unit.notes.add_count(count.failures, policy.login_dead);
        unit.notes.add_blocked_until(until);
        return Err(refuse(Reason::LoginLocked)
            .variant_if(until == Timestamp::FAR_FUTURE, "dead")
            .until(until)
            .hint(Hint::plain(if until == Timestamp::FAR_FUTURE {
                "hint-new-password"
            } else {
                "hint-wait-or-recover"
            }))
            .into());
    }
    let (right, renewed) = typed.verify_against(unit, account)?;
    if right && account.is_some_and(|account| account.state == AccountState::Active) {
        failure_counts::save(unit, niss, LockoutScope::Login, &FailureCount::default())?;
        return Ok(renewed.cloned());
    }
    count.failures += 1;
    unit.notes.add("cause", account.map_or("no_account", |account| lockout_cause(account.state)));
    // The next failure that locks: they come in steps, up to the last one.
    let step = count.failures.next_multiple_of(policy.login_failures).min(policy.login_dead);
    unit.notes.add_count(count.failures, step);
    if count.failures >= policy.login_dead {
        count.blocked_until = Some(Timestamp::FAR_FUTURE);
    } else if count.failures.is_multiple_of(policy.login_failures) {
        let longer = count.failures / policy.login_failures - 1;
        count.blocked_until = Some(unit.now + policy.login_lock.doubled_times(longer, policy.login_lock_most));
    }
    failure_counts::save(unit, niss, LockoutScope::Login, &count)?;
    if let Some(until) = count.blocked_until(unit.now) {
        unit.notes.add_blocked_until(until);
        notify::send_lockout_notice(unit, niss, Notice::LoginLocked, Some(until))?;
    }
    Err(refuse(Reason::LoginFailed).hint(Hint::plain("hint-check-login")).into())
}

/// What was wrong, for the audit: an account in this state, and with it the password where the state lets in.
fn lockout_cause(state: AccountState) -> &'static str {
    match state {
        AccountState::Active => "wrong_password",
        AccountState::Requested => "not_active",
        AccountState::Suspended => "suspended",
        AccountState::Closed => "closed",
    }
}

/// Ends the session.
pub fn logout(unit: &UnitOfWork<'_>, asked: &SessionRequest) -> FlowResult<ReplyBody> {
    let inside = sessions::authenticate(unit, asked.session.as_ref(), Recent::Any)?;
    stored::end(unit, inside.session.id)?;
    Ok(ReplyBody::Nothing {})
}

/// Changes the password; the other sessions end. An account that Chave Móvel Digital has opened gets its first one so: in place
/// of the current one its login must be fresh (ASVS 7.5.1).
pub fn change_password(unit: &UnitOfWork<'_>, asked: &PasswordChange, slow: &PasswordWork) -> FlowResult<ReplyBody> {
    let inside = sessions::authenticate(unit, asked.session.as_ref(), Recent::Any)?;
    let niss = inside.account.niss;
    let cause = match (&inside.account.password, &asked.password) {
        (Some(_), None) => Some(ValidationError::CurrentPasswordMissing),
        (None, Some(_)) => Some(ValidationError::NoCurrentPassword),
        _ => None,
    };
    if let Some(cause) = cause {
        return Err(Error::malformed("--password-stdin", cause).into());
    }
    if inside.account.password.is_none() {
        unit.notes.add("first", true);
        sessions::authenticate(unit, asked.session.as_ref(), Recent::Recent)?;
    }
    let PasswordWork::Change(Some((typed, new))) = slow else { return Err(super::FlowError::Stale) };
    new.general_rules(unit)?;
    if let Some(typed) = typed {
        check_password(unit, niss, Some(&inside.account), typed)?;
    }
    let hash = new.personal_rules(unit, &inside.account)?.clone();
    // Failures before a first password were of no password.
    failure_counts::save(unit, niss, LockoutScope::Login, &FailureCount::default())?;
    accounts::update(unit, &Account { password: Some(hash), ..inside.account })?;
    stored::end_all(unit, niss, Some(inside.session.id))?;
    codes::supersede(unit, niss, Purpose::Login)?;
    let text = if typed.is_some() { Notice::PasswordChanged.as_str() } else { "password_changed-first" };
    notify::send_notice_as(unit, &inside.holder, Notice::PasswordChanged, text)?;
    Ok(ReplyBody::Nothing {})
}
