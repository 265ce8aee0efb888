//! Lockouts in a unit of work: reads and saves the counts, records them for the audit, notifies of blocks and refuses.
//!
//! The rules and their numbers are in `domain/lockout.rs`. A flow checks a scope, and with that receives the [`Attempt`] that it may
//! record as a failure or a success. A request during a lockout has no attempt, so it cannot be counted.

use super::effects;
use super::notify::{self, LockoutCause};
use crate::domain::lockout::{Announcement, Lockout, LockoutRule, LockoutState, NewestCode};
use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{AccountState, LockoutScope};
use crate::error::Error;
use crate::flow::context::RequestContext;
use crate::flow::outcome::{FlowResult, RefusalBuilder, refuse};
use crate::reply::{LockoutEffect, LockoutEnd, Reason, RefusalVariant};
use crate::store::{UnitOfWork, cmd_enrolments, codes, failure_counts, registry};

/// An attempt that no lockout refuses.
pub struct Attempt {
    niss: Niss,
    scope: LockoutScope,
    rule: LockoutRule,
    state: LockoutState,
}

/// Refuses while a lockout applies to a scope: while it is blocked, or its newest code is exhausted.
pub fn check(unit: &RequestContext<'_>, niss: Niss, scope: LockoutScope) -> FlowResult<Attempt> {
    let rule = LockoutRule::for_scope(scope, &unit.policy);
    let state = failure_counts::find(unit, niss, scope)?;
    let Some(lockout) = lockout_of(unit, niss, scope, &rule, &state)? else {
        return Ok(Attempt { niss, scope, rule, state });
    };
    match lockout {
        Lockout::Blocked(until) => {
            if let Some((count, limit)) = rule.count_during_block(&state) {
                unit.note(|detail| detail.set_count(count, limit));
            }
            if scope.is_of_provider() {
                // Two scopes give the same reason.
                unit.note(|detail| detail.blocked = Some(scope));
            }
            unit.note(|detail| detail.until = Some(LockoutEnd(until)));
        }
        Lockout::CodeExhausted => note_counts(unit, &rule, &state, state.failures, rule.limit),
    }
    Err(refusal(unit, scope, lockout, rule.is_disabled(&state, unit.now)).into())
}

impl Attempt {
    /// Counts the attempt as a failure, and notifies of the lockout that it causes. The caller answers it as a failure.
    /// Returns whether it has disabled the authenticator, so that only a reset ends the lockout.
    pub fn record_failure(self, unit: &RequestContext<'_>) -> Result<bool, Error> {
        let Attempt { niss, scope, rule, state } = self;
        let newest = newest_code(unit, niss, scope, &rule, state.on_code.saturating_add(1))?;
        let before = state.clone();
        let failure = rule.record_failure(state, unit.now, newest);
        note_counts(unit, &rule, &failure.state, failure.count, failure.limit);
        effects::save_counts(unit, niss, scope, &before, &failure.state)?;
        let Some(lockout) = failure.lockout else { return Ok(false) };
        let end = LockoutEnd(lockout.end().unwrap_or(Timestamp::FAR_FUTURE));
        unit.add_effect(|effects| effects.set.push(LockoutEffect { scope, until: end }));
        if let Lockout::Blocked(until) = lockout {
            unit.note(|detail| detail.until = Some(LockoutEnd(until)));
        }
        announce(unit, niss, scope, rule.announcement, lockout)?;
        Ok(rule.is_disabled(&failure.state, unit.now))
    }

    /// Counts the attempt as a success: the failures before it no longer count. There was no lockout to lift.
    pub fn record_success(self, unit: &RequestContext<'_>) -> Result<(), Error> {
        effects::save_counts(unit, self.niss, self.scope, &self.state, &LockoutState::default())
    }
}

/// Deletes the failures of a scope, and ends its lockout.
pub fn reset(unit: &RequestContext<'_>, niss: Niss, scope: LockoutScope) -> Result<(), Error> {
    let state = failure_counts::find(unit, niss, scope)?;
    if lockout_of(unit, niss, scope, &LockoutRule::for_scope(scope, &unit.policy), &state)?.is_some() {
        unit.add_effect(|effects| effects.lifted.push(scope));
    }
    effects::save_counts(unit, niss, scope, &state, &LockoutState::default())
}

/// Starts the attempts of a code that was just issued at zero. The failures in a row stay.
pub fn start_new_code(unit: &RequestContext<'_>, niss: Niss, scope: LockoutScope) -> Result<(), Error> {
    let state = failure_counts::find(unit, niss, scope)?;
    effects::save_counts(unit, niss, scope, &state, &state.clone().with_new_code())
}

/// Lifts every lockout of a holder that an operator may lift, and returns the scopes that had one.
pub fn unlock_all(unit: &RequestContext<'_>, niss: Niss) -> Result<Vec<LockoutScope>, Error> {
    let mut lifted = vec![];
    for scope in LockoutScope::ALL.iter().copied() {
        let rule = LockoutRule::for_scope(scope, &unit.policy);
        let state = failure_counts::find(unit, niss, scope)?;
        let Some(unlocked) = rule.unlock(&state, unit.now) else { continue };
        if lockout_of(unit, niss, scope, &rule, &state)?.is_some() {
            lifted.push(scope);
        }
        effects::save_counts(unit, niss, scope, &state, &unlocked)?;
    }
    if !lifted.is_empty() {
        unit.add_effect(|effects| effects.lifted.clone_from(&lifted));
    }
    Ok(lifted)
}

/// Returns the lockout that applies to a scope now.
pub fn find(unit: &UnitOfWork<'_>, niss: Niss, scope: LockoutScope) -> Result<Option<Lockout>, Error> {
    let rule = LockoutRule::for_scope(scope, &unit.policy);
    lockout_of(unit, niss, scope, &rule, &failure_counts::find(unit, niss, scope)?)
}

/// Returns the end of the block that applies to a scope now, whatever the state of its newest code.
pub fn blocked_until(unit: &UnitOfWork<'_>, niss: Niss, scope: LockoutScope) -> Result<Option<Timestamp>, Error> {
    Ok(failure_counts::find(unit, niss, scope)?.blocked_until(unit.now))
}

fn lockout_of(
    unit: &UnitOfWork<'_>,
    niss: Niss,
    scope: LockoutScope,
    rule: &LockoutRule,
    state: &LockoutState,
) -> Result<Option<Lockout>, Error> {
    let newest = newest_code(unit, niss, scope, rule, state.on_code)?;
    Ok(rule.lockout(state, unit.now, newest))
}

/// Returns the newest code of a scope. It is read only if `on_code` attempts reach the limit per code: below the limit no rule
/// depends on it, and every login and look-up would pay for the query.
fn newest_code(
    unit: &UnitOfWork<'_>,
    niss: Niss,
    scope: LockoutScope,
    rule: &LockoutRule,
    on_code: u32,
) -> Result<Option<NewestCode>, Error> {
    if rule.per_code.is_none_or(|per_code| on_code < per_code.attempts) {
        return Ok(None);
    }
    let Some(purpose) = scope.purpose() else { return Ok(None) };
    let newest = codes::newest(unit, niss, purpose)?;
    Ok(newest.map(|newest| NewestCode { channel: newest.channel, is_usable: newest.is_usable(unit.now) }))
}

/// Records for the audit how many failures there are, and how many may be.
fn note_counts(unit: &RequestContext<'_>, rule: &LockoutRule, state: &LockoutState, count: u32, limit: u32) {
    unit.note(|detail| detail.set_count(count, limit));
    if let Some(per_code) = rule.per_code {
        unit.note(|detail| detail.on_code = Some(state.on_code));
        unit.note(|detail| detail.code_limit = Some(per_code.attempts));
    }
}

fn announce(
    unit: &RequestContext<'_>,
    niss: Niss,
    scope: LockoutScope,
    announcement: Announcement,
    lockout: Lockout,
) -> Result<(), Error> {
    match announcement {
        Announcement::None => Ok(()),
        Announcement::Holder(notice) => {
            let notice = (notice, lockout_cause(scope));
            // A recovery or another code, which the notice advises, is refused to a suspended account.
            notify::send_lockout_notice(unit, niss, notice, lockout.end(), |account| {
                !matches!(account.state, AccountState::Closed | AccountState::Suspended)
            })
        }
        Announcement::PhoneCodeHolder(notice) => {
            let notice = (notice, lockout_cause(scope));
            notify::send_lockout_notice(unit, niss, notice, lockout.end(), |account| {
                account.state == AccountState::Active && account.phone_code.is_some()
            })
        }
        Announcement::CmdMobile(notice) => {
            // The registry record has the language of messages.
            let (enrolled, holder) = (cmd_enrolments::find(unit, niss)?, registry::find(&unit.tx, niss)?);
            let enrolled = holder.as_ref().zip(enrolled.as_ref().map(|enrolled| &enrolled.mobile));
            notify::send_to_cmd_mobile(unit, niss, notice, enrolled)
        }
    }
}

/// Returns who can have caused the lockout of a scope.
fn lockout_cause(scope: LockoutScope) -> LockoutCause {
    match scope {
        LockoutScope::Login => LockoutCause::Login,
        // Such a code is typed after the password, or in a session.
        LockoutScope::LoginCode | LockoutScope::ContactEmail | LockoutScope::ContactMobile => LockoutCause::Insider,
        LockoutScope::Identity
        | LockoutScope::Activation
        | LockoutScope::Recovery
        | LockoutScope::PhoneCode
        | LockoutScope::CmdPin
        | LockoutScope::CmdCode => LockoutCause::Anybody,
    }
}

fn refusal(unit: &UnitOfWork<'_>, scope: LockoutScope, lockout: Lockout, is_disabled: bool) -> RefusalBuilder {
    let until = match lockout {
        Lockout::Blocked(until) => until,
        Lockout::CodeExhausted => {
            // The same for every NISS, known or unknown: the rule, and not the time of the last code.
            return refuse(Reason::CodeBlocked)
                .variant(RefusalVariant::Dead)
                .hint(NextStep::RequestCodeAfter(unit.policy.resend_wait));
        }
    };
    let (reason, hint) = match scope {
        LockoutScope::Identity => (Reason::IdentityBlocked, NextStep::WaitOrCall),
        LockoutScope::Login if is_disabled => (Reason::LoginLocked, NextStep::RecoverOrCall),
        LockoutScope::Login => (Reason::LoginLocked, NextStep::WaitOrRecover),
        LockoutScope::Activation
        | LockoutScope::Recovery
        | LockoutScope::ContactEmail
        | LockoutScope::ContactMobile
        | LockoutScope::LoginCode => (Reason::CodeBlocked, NextStep::Wait),
        LockoutScope::PhoneCode if is_disabled => (Reason::PhoneCodeBlocked, NextStep::SetPhoneCode),
        LockoutScope::PhoneCode => (Reason::PhoneCodeBlocked, NextStep::ChangeOrUnlockPhoneCode),
        LockoutScope::CmdPin | LockoutScope::CmdCode if is_disabled => (Reason::CmdBlocked, NextStep::ReplaceCmd),
        LockoutScope::CmdPin | LockoutScope::CmdCode => (Reason::CmdBlocked, NextStep::WaitOrUnlockCmd),
    };
    refuse(reason).variant_if(is_disabled, RefusalVariant::Dead).until(until).hint(hint)
}
