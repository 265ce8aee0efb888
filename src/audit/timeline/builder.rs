//! Derives the events of a timeline from audit entries in order.

use std::collections::{BTreeMap, VecDeque};

use serde_json::Value;

use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{AccountState, Channel, LockoutScope, Notice, Purpose};
use crate::error::Error;
use crate::reply::{AuditEntry, ContactEffect, Event, EventKind, Message};
use crate::request::Operation;
use crate::request::operation_spec::{Effects, FailureCounter, StateEffect, Timeline};
use crate::store::codes::{CodeRow, CodeStatus};
use crate::store::outbox::letters;
use crate::store::{UnitOfWork, codes};

/// A callback that receives an event.
pub type EventSink<'a> = &'a mut dyn FnMut(Event) -> Result<(), Error>;

/// Emits the events of one holder, entry by entry.
pub struct TimelineBuilder<'a> {
    now: Timestamp,
    codes: Vec<(Purpose, VecDeque<CodeRow>)>,
    messages: VecDeque<&'a Message>,
    /// The print runs that are not emitted yet, and the letters that are emitted as sent but not as dispatched.
    runs: VecDeque<(i64, Timestamp)>,
    letters: Vec<&'a Message>,
    state: Option<AccountState>,
    blocks: BTreeMap<LockoutScope, Option<Timestamp>>,
    /// The channel of the newest code of each purpose.
    newest: BTreeMap<Purpose, Channel>,
    emit: EventSink<'a>,
}

impl<'a> TimelineBuilder<'a> {
    /// Creates a builder before the first entry of a holder.
    pub fn new(
        unit: &UnitOfWork<'_>,
        niss: Niss,
        messages: &'a [Message],
        emit: EventSink<'a>,
    ) -> Result<TimelineBuilder<'a>, Error> {
        let mut issued = vec![];
        for purpose in Purpose::ALL {
            issued.push((*purpose, codes::all_for(unit, niss, *purpose)?.into_iter().rev().collect()));
        }
        // The search for print runs reads the complete audit log.
        let is_printed = messages.iter().any(|message| message.dispatched_at.is_some());
        let runs = if is_printed { letters::print_runs(unit, niss)? } else { VecDeque::new() };
        let messages = messages.iter().collect();
        let (blocks, newest) = (BTreeMap::new(), BTreeMap::new());
        Ok(TimelineBuilder {
            now: unit.now,
            codes: issued,
            messages,
            runs,
            letters: vec![],
            state: None,
            blocks,
            newest,
            emit,
        })
    }

    /// Emits an audit entry and its consequences.
    ///
    /// # Errors
    /// Returns the errors of the event sink.
    pub fn add_entry(&mut self, entry: &AuditEntry) -> Result<(), Error> {
        self.emit_print_runs_before(Some(entry.id))?;
        self.emit_messages_before(Some(entry.at))?;
        let op: Option<Operation> = entry.action.parse().ok();
        let is_done = entry.outcome == "done";
        (self.emit)(Event {
            outcome: Some(entry.reason.clone().unwrap_or_else(|| entry.outcome.clone())),
            actor: Some(entry.actor.clone()),
            detail: entry.detail.clone(),
            ..event_for(entry, event_kind(op, is_done), &entry.action)
        })?;
        let sent = self.take_messages_caused_by(entry, op);
        // A request with `until` was only checked and changed nothing.
        let is_complete = is_done && asked(entry, "until").is_none();
        let turned = if is_complete { op.and_then(|op| resulting_state(op, entry)) } else { None };
        if let Some(state) = turned.filter(|state| self.state != Some(*state)) {
            let before = self.state.replace(state).map(|state| state.to_string());
            (self.emit)(Event { outcome: before, ..event_for(entry, EventKind::State, state.as_str()) })?;
        }
        if is_complete && let Some(op) = op {
            self.emit_lifted_blocks(entry, op)?;
        }
        if !is_done && let Some((what, until)) = self.block_set_by(entry, op) {
            self.blocks.insert(what, until);
            let event = event_for(entry, EventKind::Block, what.as_str());
            (self.emit)(Event { outcome: Some("set".to_owned()), until, ..event })?;
        }
        sent.into_iter().try_for_each(|message| self.emit_message(message, Some(entry.id)))?;
        // This entry may be a print run of this holder's letters alone.
        self.emit_print_runs_before(Some(entry.id + 1))
    }

    /// Emits the events after the last entry.
    ///
    /// # Errors
    /// Returns the errors of the event sink.
    pub fn finish(&mut self) -> Result<(), Error> {
        self.emit_print_runs_before(None)?;
        self.emit_messages_before(None)
    }

    /// Emits the dispatch of letters by print runs before an entry, or by all.
    fn emit_print_runs_before(&mut self, entry: Option<i64>) -> Result<(), Error> {
        while let Some((run, time)) = self.runs.front().copied().filter(|(run, _)| entry.is_none_or(|id| *run < id)) {
            self.runs.pop_front();
            self.emit_messages_before(Some(time))?;
            let (printed, left): (Vec<&Message>, Vec<&Message>) =
                self.letters.drain(..).partition(|letter| letter.dispatched_at == Some(time));
            self.letters = left;
            for letter in printed {
                (self.emit)(Event {
                    channel: Some(letter.channel),
                    to: Some(letter.to.clone()),
                    message: Some(letter.id),
                    entry: Some(run),
                    ..event_at(time, EventKind::Dispatch, &letter.purpose)
                })?;
            }
        }
        Ok(())
    }

    /// Returns the next messages in order that the entry can have caused.
    fn take_messages_caused_by(&mut self, entry: &AuditEntry, op: Option<Operation>) -> Vec<&'a Message> {
        let mut sent: Vec<&Message> = vec![];
        while let Some(next) = self.messages.front() {
            let again = sent.iter().any(|one| (one.channel, &one.purpose) == (next.channel, &next.purpose));
            if next.created_at != entry.at || again || !self.can_have_caused(entry, op, &next.purpose) {
                break;
            }
            sent.extend(self.messages.pop_front());
        }
        sent
    }

    /// Emits a message, after the code that it contains.
    fn emit_message(&mut self, message: &'a Message, entry: Option<i64>) -> Result<(), Error> {
        self.letters.extend(message.dispatched_at.map(|_| message));
        if let Ok(purpose) = message.purpose.parse::<Purpose>() {
            let of_purpose = self.codes.iter_mut().find(|(one, _)| *one == purpose).map(|(_, issued)| issued);
            let code = of_purpose.and_then(|issued| {
                let next = issued.front()?;
                let fits = next.issued_at == message.created_at && next.channel == message.channel;
                if fits { issued.pop_front() } else { None }
            });
            if let Some(code) = code {
                self.newest.insert(purpose, code.channel);
                if self.blocks.get(&purpose.lockout_scope()) == Some(&None) {
                    // The invalidated code was the previous one.
                    self.blocks.remove(&purpose.lockout_scope());
                }
                (self.emit)(Event {
                    outcome: Some(code_status_word(&code, self.now).to_owned()),
                    channel: Some(code.channel),
                    until: Some(code.expires_at),
                    entry,
                    ..event_at(code.issued_at, EventKind::Code, purpose.as_str())
                })?;
            }
        }
        (self.emit)(Event {
            channel: Some(message.channel),
            to: Some(message.to.clone()),
            message: Some(message.id),
            entry,
            ..event_at(message.created_at, EventKind::Message, &message.purpose)
        })
    }

    /// Emits the messages before a time, or all, that belong to no entry.
    ///
    /// # Errors
    /// Returns the errors of the event sink.
    fn emit_messages_before(&mut self, time: Option<Timestamp>) -> Result<(), Error> {
        while let Some(next) = self.messages.front().copied().filter(|next| time.is_none_or(|at| next.created_at < at))
        {
            self.messages.pop_front();
            self.emit_message(next, None)?;
        }
        Ok(())
    }

    /// Emits the end of the lockouts that an operation lifts.
    fn emit_lifted_blocks(&mut self, entry: &AuditEntry, op: Operation) -> Result<(), Error> {
        let effects = op.spec().timeline.effects().unwrap_or(&Effects::NONE);
        // A password that was invalidated by too many failures stays invalid after an unlock.
        let keeps_dead_login = op == Operation::AccountUnlock;
        // Of the password changes, only that to a first password lifts lockouts.
        let is_without_effect = op == Operation::PasswordChange && entry.facts().first != Some(true);
        let lifts = |what: LockoutScope, until: Option<Timestamp>| {
            effects.lifts.includes(what)
                && !is_without_effect
                && !(keeps_dead_login && what == LockoutScope::Login && until.is_none())
        };
        let gone: Vec<(LockoutScope, Option<Timestamp>)> = self
            .blocks
            .iter()
            .map(|(what, until)| (*what, *until))
            .filter(|(what, until)| lifts(*what, *until))
            .collect();
        for (what, until) in gone {
            self.blocks.remove(&what);
            // A lockout that has expired is not lifted.
            if until.is_none_or(|until| entry.at < until) {
                let event = event_for(entry, EventKind::Block, what.as_str());
                (self.emit)(Event { outcome: Some("lifted".to_owned()), ..event })?;
            }
        }
        Ok(())
    }

    /// Returns whether an entry can have caused a message of this purpose.
    fn can_have_caused(&self, entry: &AuditEntry, op: Option<Operation>, word: &str) -> bool {
        let Some(op) = op else { return false };
        let is_done = entry.outcome == "done";
        if is_done && asked(entry, "until").is_some() {
            // A request with `until` sends nothing.
            return false;
        }
        let effects = op.spec().timeline.effects().unwrap_or(&Effects::NONE);
        if let Ok(notice) = word.parse::<Notice>() {
            let can_send = is_done && effects.notice == Some(notice);
            return match notice {
                // A registration activates the account only by Chave Móvel Digital.
                Notice::Activated => {
                    can_send && (op != Operation::Register || cmd_call(entry) == Some(CmdCall::Second))
                }
                Notice::ContactChanged => can_send && entry.facts().settled == Some(ContactEffect::Changed),
                Notice::PasswordChanged
                | Notice::Recovered
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
                    !is_done
                        && (self.block_set_by(entry, Some(op)).is_some() || lockout_scope(entry, Some(op)).is_none())
                }
            };
        }
        let Ok(purpose) = word.parse::<Purpose>() else { return false };
        if !is_done || !effects.codes.contains(&purpose) {
            return false;
        }
        // A request for the proof of a contact names its channel; an update has the contact itself.
        let is_of_contact = |field: &str| match effects.failures {
            FailureCounter::Contact => {
                asked(entry, "code").is_none() && lockout_scope(entry, Some(op)) == Some(purpose.lockout_scope())
            }
            FailureCounter::None | FailureCounter::Scope(_) => asked(entry, field).is_some(),
        };
        match purpose {
            Purpose::Activation => cmd_call(entry).is_none(),
            Purpose::Recovery => true,
            Purpose::ContactEmail => is_of_contact("email"),
            Purpose::ContactMobile => is_of_contact("mobile"),
            Purpose::Login => entry.facts().sent.is_some(),
            Purpose::Cmd => cmd_call(entry) == Some(CmdCall::First),
        }
    }

    /// Returns the lockout that a refusal has set, and its end.
    fn block_set_by(&self, entry: &AuditEntry, op: Option<Operation>) -> Option<(LockoutScope, Option<Timestamp>)> {
        // The failure that reaches the limit has the reason of a failure.
        const FAILURES: [&str; 3] = ["_mismatch", "_failed", "_wrong"];
        let reason = entry.reason.as_deref()?;
        if !FAILURES.iter().any(|ending| reason.ends_with(ending)) {
            return None;
        }
        let what = lockout_scope(entry, op)?;
        let detail = entry.facts();
        if let Some(until) = detail.until {
            return Some((what, until.time()));
        }
        // A code is invalid after this many wrong attempts. A code sent by letter is not.
        let is_last = detail.on_code.is_some_and(|count| Some(count) == detail.code_limit);
        let letter = what.purpose().and_then(|purpose| self.newest.get(&purpose)) == Some(&Channel::Letter);
        (is_last && !letter).then_some((what, None))
    }
}

fn event_at(at: Timestamp, kind: EventKind, what: &str) -> Event {
    let what = what.to_owned();
    let (outcome, channel, to, until) = (None, None, None, None);
    Event { at, kind, what, outcome, channel, to, until, actor: None, entry: None, message: None, detail: None }
}

fn event_for(entry: &AuditEntry, kind: EventKind, what: &str) -> Event {
    Event { entry: Some(entry.id), ..event_at(entry.at, kind, what) }
}

fn event_kind(op: Option<Operation>, is_done: bool) -> EventKind {
    match op.map(|op| op.spec().timeline) {
        Some(Timeline::Reading) => EventKind::Reading,
        // An entry of another version may have an unknown operation.
        Some(Timeline::Absent | Timeline::Request(_)) | None if is_done => EventKind::Request,
        Some(Timeline::Absent | Timeline::Request(_)) | None => EventKind::Refusal,
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
    let is_cmd = ["procedure", "method"].iter().any(|field| asked(entry, field) == Some(&"cmd".into()));
    is_cmd.then(|| if asked(entry, "code").is_some() { CmdCall::Second } else { CmdCall::First })
}

/// Returns the account state after an operation.
fn resulting_state(op: Operation, entry: &AuditEntry) -> Option<AccountState> {
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

fn asked<'a>(entry: &'a AuditEntry, field: &str) -> Option<&'a Value> {
    entry.facts().asked(field)
}

/// Returns the lockout scope that counts the failures of an operation.
fn lockout_scope(entry: &AuditEntry, op: Option<Operation>) -> Option<LockoutScope> {
    let op = op?;
    match entry.reason.as_deref() {
        Some("cmd_pin_wrong") => return Some(LockoutScope::CmdPin),
        Some("cmd_code_wrong") => return Some(LockoutScope::CmdCode),
        Some("code_wrong") if op == Operation::Login => return Some(LockoutScope::LoginCode),
        _ => {}
    }
    match op.spec().timeline.effects()?.failures {
        FailureCounter::None => None,
        FailureCounter::Scope(scope) => Some(scope),
        FailureCounter::Contact => match asked(entry, "channel")?.as_str()?.parse().ok()? {
            Channel::Email => Some(LockoutScope::ContactEmail),
            Channel::Sms => Some(LockoutScope::ContactMobile),
            Channel::Letter => None,
        },
    }
}

fn code_status_word(code: &CodeRow, now: Timestamp) -> &'static str {
    match code.standing {
        CodeStatus::Open if now < code.expires_at => "open",
        CodeStatus::Open => "expired",
        CodeStatus::Used => "used",
        CodeStatus::Superseded => "superseded",
    }
}
