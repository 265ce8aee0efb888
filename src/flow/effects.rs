//! Changes of rows that `store check` compares with the audit log. Each adds its effect to the audit entry of the request.
//!
//! Accounts, codes, sessions, calls, failure counts and messages change here and nowhere else in `flow`. A test compares the
//! uses of the store's functions with that rule.

use zeroize::Zeroizing;

use crate::domain::code::VerificationCode;
use crate::domain::lockout::{LockoutRule, LockoutState};
use crate::domain::niss::Niss;
use crate::domain::token_id::TokenId;
use crate::domain::vocabulary::{CodeStatus, LockoutScope, MessageStatus, Purpose};
use crate::error::Error;
use crate::flow::context::RequestContext;
use crate::reply::{AuditEffects, CodeEffect, CountEffect, DeliveryEffect, TokenEffects};
use crate::store::accounts::{self, Account};
use crate::store::calls::{self, Call};
use crate::store::codes::{self, NewCode};
use crate::store::failure_counts;
use crate::store::outbox::{self, NewMessage, delivery};
use crate::store::sessions::{self, Session};

/// Adds an account.
pub fn add_account(unit: &RequestContext<'_>, account: &Account) -> Result<(), Error> {
    unit.add_effect(|effects| {
        effects.state = Some(account.state);
        effects.account_type = Some(account.account_type);
    });
    accounts::insert(unit, account)
}

/// Changes an account, and returns it as it is now.
pub fn change_account(
    unit: &RequestContext<'_>,
    before: Account,
    change: impl FnOnce(&mut Account),
) -> Result<Account, Error> {
    let mut account = before.clone();
    change(&mut account);
    if before.state != account.state {
        unit.add_effect(|effects| effects.state = Some(account.state));
    }
    if before.account_type != account.account_type {
        unit.add_effect(|effects| effects.account_type = Some(account.account_type));
    }
    if before.password != account.password || before.phone_code != account.phone_code {
        let fingerprint = accounts::fingerprint(unit.key()?, &account);
        unit.add_effect(|effects| effects.credentials = Some(fingerprint));
    }
    accounts::update(unit, &account)?;
    Ok(account)
}

/// Issues a code and returns its id. The open code of its purpose must be superseded before.
pub fn issue_code(
    unit: &RequestContext<'_>,
    niss: Niss,
    new: &NewCode<'_>,
    code: &VerificationCode,
) -> Result<i64, Error> {
    let id = codes::issue(unit, niss, new, code)?;
    let (purpose, expires_at, channel) = (new.purpose, Some(new.expires_at), Some(new.channel));
    unit.add_effect(|effects| {
        effects.codes.push(CodeEffect { channel, expires_at, id, purpose, state: CodeStatus::Open });
    });
    Ok(id)
}

/// Marks a code as used.
pub fn use_code(unit: &RequestContext<'_>, niss: Niss, purpose: Purpose, id: i64) -> Result<(), Error> {
    add_code(unit, id, purpose, CodeStatus::Used);
    codes::mark_used(unit, niss, id)
}

/// Supersedes the open code of a purpose, if any.
pub fn supersede_code(unit: &RequestContext<'_>, niss: Niss, purpose: Purpose) -> Result<(), Error> {
    if let Some(id) = codes::supersede(unit, niss, purpose)? {
        add_code(unit, id, purpose, CodeStatus::Superseded);
    }
    Ok(())
}

/// Deletes the codes of a purpose that no longer count towards a limit.
pub fn delete_codes(unit: &RequestContext<'_>, niss: Niss, purpose: Purpose) -> Result<(), Error> {
    let (window, letter_window) = (unit.policy.resend_window, unit.policy.letter_resend_window);
    let deleted = codes::delete_old(unit, niss, purpose, window, letter_window)?;
    if !deleted.is_empty() {
        unit.add_effect(|effects| effects.deleted.extend(deleted));
    }
    Ok(())
}

fn add_code(unit: &RequestContext<'_>, id: i64, purpose: Purpose, state: CodeStatus) {
    unit.add_effect(|effects| effects.codes.push(CodeEffect { channel: None, expires_at: None, id, purpose, state }));
}

/// Opens a session and returns its token. The holder's expired sessions end. `enrolment` is whether it is only for contacts.
pub fn open_session(
    unit: &RequestContext<'_>,
    niss: Niss,
    enrolment: bool,
) -> Result<(Zeroizing<String>, Session), Error> {
    note_ended(unit, |effects| &mut effects.sessions, sessions::end_expired(unit, niss)?);
    let (token, session) = sessions::open(unit, niss, enrolment)?;
    unit.add_effect(|effects| effects.sessions.opened = Some(TokenId(session.id)));
    Ok((token, session))
}

/// Ends a session.
pub fn end_session(unit: &RequestContext<'_>, id: i64) -> Result<(), Error> {
    note_ended(unit, |effects| &mut effects.sessions, vec![id]);
    sessions::end(unit, id)
}

/// Ends all sessions of a holder except `but`, and returns their ids.
pub fn end_sessions(unit: &RequestContext<'_>, niss: Niss, but: Option<i64>) -> Result<Vec<i64>, Error> {
    let ended = sessions::end_all(unit, niss, but)?;
    note_ended(unit, |effects| &mut effects.sessions, ended.clone());
    Ok(ended)
}

/// Opens a call and returns its token. The holder's expired calls end.
pub fn open_call(unit: &RequestContext<'_>, niss: Niss) -> Result<(Zeroizing<String>, Call), Error> {
    note_ended(unit, |effects| &mut effects.calls, calls::end_expired(unit, niss)?);
    let (token, call) = calls::open(unit, niss)?;
    unit.add_effect(|effects| effects.calls.opened = Some(TokenId(call.id)));
    Ok((token, call))
}

/// Ends a call.
pub fn end_call(unit: &RequestContext<'_>, id: i64) -> Result<(), Error> {
    note_ended(unit, |effects| &mut effects.calls, vec![id]);
    calls::end(unit, id)
}

/// Ends all calls of a holder.
pub fn end_calls(unit: &RequestContext<'_>, niss: Niss) -> Result<(), Error> {
    note_ended(unit, |effects| &mut effects.calls, calls::end_all(unit, niss)?);
    Ok(())
}

fn note_ended(unit: &RequestContext<'_>, tokens: fn(&mut AuditEffects) -> &mut TokenEffects, ended: Vec<i64>) {
    if !ended.is_empty() {
        unit.add_effect(|effects| tokens(effects).ended.extend(ended.into_iter().map(TokenId)));
    }
}

/// Saves the failure counts of a scope, which were `before`.
pub fn save_counts(
    unit: &RequestContext<'_>,
    niss: Niss,
    scope: LockoutScope,
    before: &LockoutState,
    counts: &LockoutState,
) -> Result<(), Error> {
    if before == counts {
        return Ok(());
    }
    let stale_at = LockoutRule::for_scope(scope, &unit.policy).stale_at(counts);
    unit.add_effect(|effects| effects.counts.push(CountEffect::of(scope, counts, stale_at)));
    failure_counts::save(unit, niss, scope, counts, stale_at)
}

/// Queues a message.
pub fn enqueue_message(unit: &RequestContext<'_>, new: &NewMessage<'_>) -> Result<(), Error> {
    let id = outbox::enqueue(unit, new)?;
    unit.add_effect(|effects| effects.messages.push(id));
    Ok(())
}

/// Saves the delivery result of a message.
pub fn save_delivery(unit: &RequestContext<'_>, message: i64, status: MessageStatus) -> Result<(), Error> {
    unit.add_effect(|effects| effects.delivery = Some(DeliveryEffect { message, status }));
    delivery::save(unit, message, status)
}
