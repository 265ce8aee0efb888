//! Login, logout, and the change of a password from within. Unknown, not activated, closed, suspended and wrong are one
//! answer; where a lock stands the answer is the lock's, whatever the password was, so that a hundred parallel guesses learn
//! no more than the limit allows (63B 3.2.2, ASVS 6.3.8).

use super::passwords::{Slow, Typed};
use super::sessions::{self, Login as Recent};
use super::{Flow, cmd, given, no, notify, second_factor};
use crate::domain::flaw::Flaw;
use crate::domain::niss::Niss;
use crate::domain::time::Time;
use crate::domain::words::{Guard, Method, Notice, Purpose, State};
use crate::error::Error;
use crate::reply::{Body, Hint, Reason, Secret};
use crate::request::{InSession, Login, PasswordChange};
use crate::store::accounts::Account;
use crate::store::guards::{self, Count};
use crate::store::{Unit, accounts, codes, registry, sessions as kept};

/// Opens a session; where the policy wants a second factor, the first call sends its code and the second one brings it. Where it
/// wants none, a code that comes along all the same has nothing to prove, and is not looked at.
pub fn login(unit: &Unit<'_>, asked: &Login, slow: &Slow) -> Flow<Body> {
    if asked.method() == Method::Cmd {
        return cmd::login(unit, asked);
    }
    let niss = *given(asked.niss.as_ref())?;
    let Slow::Typed(typed) = slow else { return Err(Error::Bug("no password was compared".to_owned()).into()) };
    let account = accounts::find(&unit.tx, niss)?;
    let renewed = right_password(unit, niss, account.as_ref(), typed)?;
    if let Some((account, renewed)) = account.zip(renewed) {
        accounts::save(unit, &Account { password: Some(renewed), ..account })?;
    }
    if second_factor::is_wanted(&unit.policy) {
        let holder = registry::find(&unit.tx, niss)?;
        let holder = holder.ok_or_else(|| Error::StoreDamaged("an account without a record".to_owned()))?;
        if let Some(sent) = second_factor::step(unit, &holder, asked)? {
            return Ok(sent);
        }
    }
    opened(unit, niss)
}

/// The session of who has proved to be the holder.
pub fn opened(unit: &Unit<'_>, niss: Niss) -> Flow<Body> {
    let (token, session) = kept::open(unit, niss)?;
    Ok(Body::LoggedIn {
        session: Secret::new(&token),
        expires_at: session.ends_at,
        idle_expires_at: session.idle_at,
        due: sessions::due(unit, niss)?,
    })
}

/// Refuses where a lock stands or the password is wrong, which is counted; gives the hash to keep where the policy has moved.
fn right_password(
    unit: &Unit<'_>,
    niss: Niss,
    account: Option<&Account>,
    typed: &Typed,
) -> Flow<Option<crate::domain::password::PasswordHash>> {
    let mut count = guards::find(unit, niss, Guard::Login)?;
    let policy = &unit.policy;
    if let Some(until) = count.block(unit.now) {
        unit.notes.counted(count.failures, policy.login_dead);
        unit.notes.until(until);
        return Err(no(Reason::LoginLocked)
            .variant_if(until == Time::NEVER, "dead")
            .until(until)
            .hint(Hint::plain(if until == Time::NEVER { "hint-new-password" } else { "hint-wait-or-recover" }))
            .into());
    }
    let (right, renewed) = typed.opens(unit, account)?;
    if right && account.is_some_and(|account| account.state == State::Active) {
        guards::save(unit, niss, Guard::Login, &Count::default())?;
        return Ok(renewed.cloned());
    }
    count.failures += 1;
    unit.notes.add("cause", account.map_or("no_account", |account| cause(account.state)));
    // The next failure that locks: they come in steps, up to the last one.
    let step = count.failures.next_multiple_of(policy.login_failures).min(policy.login_dead);
    unit.notes.counted(count.failures, step);
    if count.failures >= policy.login_dead {
        count.blocked_until = Some(Time::NEVER);
    } else if count.failures.is_multiple_of(policy.login_failures) {
        let longer = count.failures / policy.login_failures - 1;
        count.blocked_until = Some(unit.now + policy.login_lock.doubled(longer, policy.login_lock_most));
    }
    guards::save(unit, niss, Guard::Login, &count)?;
    if let Some(until) = count.block(unit.now) {
        unit.notes.until(until);
        notify::block(unit, niss, Notice::LoginLocked, Some(until))?;
    }
    Err(no(Reason::LoginFailed).hint(Hint::plain("hint-check-login")).into())
}

/// What was wrong, for the audit: an account in this state, and with it the password where the state lets in.
fn cause(state: State) -> &'static str {
    match state {
        State::Active => "wrong_password",
        State::Requested => "not_active",
        State::Suspended => "suspended",
        State::Closed => "closed",
    }
}

/// Ends the session.
pub fn logout(unit: &Unit<'_>, asked: &InSession) -> Flow<Body> {
    let inside = sessions::enter(unit, asked.session.as_ref(), Recent::Any)?;
    kept::end(unit, inside.session.id)?;
    Ok(Body::Nothing {})
}

/// Changes the password; the other sessions end. An account that Chave Móvel Digital has opened gets its first one so: in place
/// of the current one its login must be fresh (ASVS 7.5.1).
pub fn change_password(unit: &Unit<'_>, asked: &PasswordChange, slow: &Slow) -> Flow<Body> {
    let inside = sessions::enter(unit, asked.session.as_ref(), Recent::Any)?;
    let niss = inside.account.niss;
    let flaw = match (&inside.account.password, &asked.password) {
        (Some(_), None) => Some(Flaw::CurrentMissing),
        (None, Some(_)) => Some(Flaw::NoCurrent),
        _ => None,
    };
    if let Some(flaw) = flaw {
        return Err(Error::malformed("--password-stdin", flaw).into());
    }
    if inside.account.password.is_none() {
        unit.notes.add("first", true);
        sessions::enter(unit, asked.session.as_ref(), Recent::Fresh)?;
    }
    let Slow::Change(Some((typed, new))) = slow else { return Err(super::Stop::Stale) };
    new.general_rules(unit)?;
    if let Some(typed) = typed {
        right_password(unit, niss, Some(&inside.account), typed)?;
    }
    let hash = new.personal_rules(unit, &inside.account)?.clone();
    // Failures before a first password were of no password.
    guards::save(unit, niss, Guard::Login, &Count::default())?;
    accounts::save(unit, &Account { password: Some(hash), ..inside.account })?;
    kept::end_all(unit, niss, Some(inside.session.id))?;
    codes::supersede(unit, niss, Purpose::Login)?;
    let text = if typed.is_some() { Notice::PasswordChanged.as_str() } else { "password_changed-first" };
    notify::tell_as(unit, &inside.holder, Notice::PasswordChanged, text)?;
    Ok(Body::Nothing {})
}
