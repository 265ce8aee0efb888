//! What a store before version 5 did not store: the effects of audit entries, the requests that caused messages, and the print runs
//! of letters. They are derived from the order, the times and the facts of the entries.
//!
//! Only entries before [`audit::effects_since`](crate::store::audit::effects_since) need this module. It can be deleted
//! with the columns of the table of operations that only it reads, once no such store exists.

use std::collections::BTreeMap;

use crate::domain::message_purpose::MessagePurpose;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{AccountState, Channel, LockoutScope, Notice, Purpose};
use crate::reply::{AuditEffects, AuditEntry, ContactEffect, LockoutEffect, LockoutEnd};
use crate::request::Operation;
use crate::request::operation_spec::{Effects, FailureCounter, StateEffect};

/// The derived lockouts and codes of one holder, up to the current entry.
#[derive(Debug, Default)]
pub struct Inference {
    /// The end of each lockout; `None` for one that does not end by itself.
    lockouts: BTreeMap<LockoutScope, Option<Timestamp>>,
    /// The channel of the newest code of each purpose.
    newest: BTreeMap<Purpose, Channel>,
}

impl Inference {
    /// Returns the effects of the next entry.
    pub fn effects(&mut self, entry: &AuditEntry, op: Operation) -> AuditEffects {
        if entry.outcome != "done" {
            let set = self.lockout_set_by(entry, op);
            self.lockouts.extend(set.as_ref().map(|lockout| (lockout.scope, lockout.until.time())));
            return AuditEffects { set: set.into_iter().collect(), ..AuditEffects::default() };
        }
        if was_only_checked(entry) {
            return AuditEffects::default();
        }
        AuditEffects { state: resulting_state(entry, op), lifted: self.lift(entry, op), ..AuditEffects::default() }
    }

    /// Returns whether an entry can have caused a message.
    pub fn can_have_caused(&self, entry: &AuditEntry, op: Operation, message: MessagePurpose) -> bool {
        let is_done = entry.outcome == "done";
        if is_done && was_only_checked(entry) {
            return false;
        }
        let effects = op.spec().timeline.effects().unwrap_or(&Effects::NONE);
        match message {
            MessagePurpose::Notice(notice) => self.can_have_sent(entry, op, effects, notice),
            MessagePurpose::Code(purpose) => is_done && can_have_issued(entry, op, effects, purpose),
        }
    }

    /// Adds a code that was sent.
    pub fn add_code(&mut self, purpose: Purpose, channel: Channel) {
        self.newest.insert(purpose, channel);
        if self.lockouts.get(&purpose.lockout_scope()) == Some(&None) {
            // The exhausted code was the previous one.
            self.lockouts.remove(&purpose.lockout_scope());
        }
    }

    /// Ends the lockouts that an operation lifts. Returns those that had not expired.
    fn lift(&mut self, entry: &AuditEntry, op: Operation) -> Vec<LockoutScope> {
        let effects = op.spec().timeline.effects().unwrap_or(&Effects::NONE);
        // A password that was invalidated by too many failures stays invalid after an unlock.
        let keeps_disabled_login = op == Operation::AccountUnlock;
        // Of the password changes, only that to a first password lifts lockouts.
        let is_without_effect = op == Operation::PasswordChange && entry.facts().first != Some(true);
        let lifts = |scope: LockoutScope, until: Option<Timestamp>| {
            effects.lifts.includes(scope)
                && !is_without_effect
                && !(keeps_disabled_login && scope == LockoutScope::Login && until.is_none())
        };
        let ended: Vec<_> = self.lockouts.extract_if(.., |scope, until| lifts(*scope, *until)).collect();
        let is_live = |(_, until): &(LockoutScope, Option<Timestamp>)| until.is_none_or(|until| entry.at < until);
        ended.into_iter().filter(is_live).map(|(scope, _)| scope).collect()
    }

    fn can_have_sent(&self, entry: &AuditEntry, op: Operation, effects: &Effects, notice: Notice) -> bool {
        let is_done = entry.outcome == "done";
        let can_send = is_done && effects.notice == Some(notice);
        match notice {
            // A registration activates the account only by Chave Móvel Digital.
            Notice::Activated => can_send && (op != Operation::Register || cmd_call(entry) == Some(CmdCall::Second)),
            Notice::ContactChanged => can_send && entry.facts().settled == Some(ContactEffect::Changed),
            Notice::PasswordChanged
            | Notice::Recovered
            | Notice::SecondFactorEnrolment
            | Notice::PhoneCodeSet
            | Notice::PhoneCodeChanged
            | Notice::Suspended
            | Notice::Resumed
            | Notice::Reset
            | Notice::Closed
            | Notice::ContactRemoved
            | Notice::Alert => can_send,
            // A lockout is notified with the failure that reaches the limit.
            Notice::LoginLocked | Notice::CodeBlocked | Notice::PhoneCodeBlocked | Notice::CmdBlocked => {
                !is_done && (self.lockout_set_by(entry, op).is_some() || lockout_scope(entry, op).is_none())
            }
        }
    }

    /// Returns the lockout that a refusal began.
    fn lockout_set_by(&self, entry: &AuditEntry, op: Operation) -> Option<LockoutEffect> {
        // The failure that reaches the limit has the reason of a failure.
        const FAILURES: [&str; 3] = ["_mismatch", "_failed", "_wrong"];
        let reason = entry.reason.as_deref()?;
        if !FAILURES.iter().any(|ending| reason.ends_with(ending)) {
            return None;
        }
        let scope = lockout_scope(entry, op)?;
        let detail = entry.facts();
        if let Some(until) = detail.until {
            return Some(LockoutEffect { scope, until });
        }
        // A code is invalid after this many wrong attempts. A code sent by letter is not.
        let is_last = detail.on_code.is_some_and(|count| Some(count) == detail.code_limit);
        let is_letter = scope.purpose().and_then(|purpose| self.newest.get(&purpose)) == Some(&Channel::Letter);
        let until = LockoutEnd(Timestamp::FAR_FUTURE);
        (is_last && !is_letter).then_some(LockoutEffect { scope, until })
    }
}

/// One of the two calls of Chave Móvel Digital.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CmdCall {
    /// Sends the provider's code.
    First,
    /// Presents the code.
    Second,
}

/// Returns the call of a registration or login by Chave Móvel Digital.
fn cmd_call(entry: &AuditEntry) -> Option<CmdCall> {
    let asked = |field: &str| entry.facts().asked(field);
    let is_cmd = ["procedure", "method"].iter().any(|field| asked(field) == Some(&"cmd".into()));
    is_cmd.then(|| if asked("code").is_some() { CmdCall::Second } else { CmdCall::First })
}

/// Returns whether a request was only checked up to a step, and changed and sent nothing.
fn was_only_checked(entry: &AuditEntry) -> bool {
    entry.facts().asked("until").is_some()
}

fn can_have_issued(entry: &AuditEntry, op: Operation, effects: &Effects, purpose: Purpose) -> bool {
    let asked = |field: &str| entry.facts().asked(field).is_some();
    // A request for the proof of a contact names its channel; an update has the contact itself.
    let is_of_contact = |field: &str| match effects.failures {
        FailureCounter::Contact => !asked("code") && lockout_scope(entry, op) == Some(purpose.lockout_scope()),
        FailureCounter::None | FailureCounter::Scope(_) => asked(field),
    };
    effects.codes.contains(&purpose)
        && match purpose {
            Purpose::Activation => cmd_call(entry).is_none(),
            Purpose::Recovery => true,
            Purpose::ContactEmail => is_of_contact("email"),
            Purpose::ContactMobile => is_of_contact("mobile"),
            Purpose::Login => entry.facts().sent.is_some(),
            Purpose::Cmd => cmd_call(entry) == Some(CmdCall::First),
        }
}

/// Returns the account state after an operation.
fn resulting_state(entry: &AuditEntry, op: Operation) -> Option<AccountState> {
    match op.spec().timeline.effects()?.state {
        StateEffect::Same => None,
        StateEffect::Becomes(state) => Some(state),
        StateEffect::ByProcedure => match cmd_call(entry) {
            None => Some(AccountState::Requested),
            Some(CmdCall::First) => None,
            Some(CmdCall::Second) => Some(AccountState::Active),
        },
    }
}

/// Returns the lockout scope that counts the failures of an operation.
fn lockout_scope(entry: &AuditEntry, op: Operation) -> Option<LockoutScope> {
    match entry.reason.as_deref() {
        Some("cmd_pin_wrong") => return Some(LockoutScope::CmdPin),
        Some("cmd_code_wrong") => return Some(LockoutScope::CmdCode),
        Some("code_wrong") if op == Operation::Login => return Some(LockoutScope::LoginCode),
        _ => {}
    }
    match op.spec().timeline.effects()?.failures {
        FailureCounter::None => None,
        FailureCounter::Scope(scope) => Some(scope),
        FailureCounter::Contact => match entry.facts().asked("channel")?.as_str()?.parse().ok()? {
            Channel::Email => Some(LockoutScope::ContactEmail),
            Channel::Sms => Some(LockoutScope::ContactMobile),
            Channel::Letter => None,
        },
    }
}
