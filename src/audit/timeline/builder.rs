//! Derives the events of a timeline from audit entries in order.

use std::collections::{BTreeMap, HashMap, VecDeque};

use crate::audit::inference::Inference;
use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{AccountState, CodeStatus, LockoutScope, Purpose};
use crate::error::Error;
use crate::reply::{AuditEffects, AuditEntry, Event, EventKind, Message};
use crate::request::Operation;
use crate::request::operation_spec::Timeline;
use crate::store::codes::CodeRow;
use crate::store::outbox::letters;
use crate::store::{UnitOfWork, audit, codes};

/// A callback that receives an event.
pub type EventSink<'a> = &'a mut dyn FnMut(Event) -> Result<(), Error>;

/// Emits the events of one holder, entry by entry.
pub struct TimelineBuilder<'a> {
    now: Timestamp,
    /// The codes by their ids.
    codes: HashMap<i64, CodeRow>,
    /// The messages that are not emitted yet, oldest first.
    messages: VecDeque<&'a Message>,
    /// The messages by their ids.
    by_id: HashMap<i64, &'a Message>,
    /// The letters by their print runs that are not emitted yet.
    runs: BTreeMap<i64, Vec<&'a Message>>,
    state: Option<AccountState>,
    /// The first entry that stores its effects.
    effects_since: i64,
    inference: Inference,
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
        let mut issued = HashMap::new();
        for purpose in Purpose::ALL {
            issued.extend(codes::all_for(unit, niss, *purpose)?.into_iter().map(|code| (code.id, code)));
        }
        let mut runs: BTreeMap<i64, Vec<&Message>> = BTreeMap::new();
        for (run, letter) in letters::by_print_run(unit, niss, messages)? {
            runs.entry(run).or_default().push(letter);
        }
        Ok(TimelineBuilder {
            now: unit.now,
            codes: issued,
            messages: messages.iter().collect(),
            by_id: messages.iter().map(|message| (message.id, message)).collect(),
            runs,
            state: None,
            effects_since: audit::effects_since(&unit.tx)?,
            inference: Inference::default(),
            emit,
        })
    }

    /// Emits an audit entry and its consequences.
    ///
    /// # Errors
    /// Returns the errors of the event sink.
    pub fn add_entry(&mut self, entry: &AuditEntry) -> Result<(), Error> {
        self.emit_print_runs_before(entry.id)?;
        self.emit_messages_before(Some(entry.at))?;
        let op: Option<Operation> = entry.action.parse().ok();
        (self.emit)(Event {
            outcome: Some(entry.reason.clone().unwrap_or_else(|| entry.outcome.clone())),
            actor: Some(entry.actor.clone()),
            detail: entry.detail.clone(),
            ..event_for(entry, event_kind(op, entry.outcome == "done"), &entry.action)
        })?;
        let sent = self.take_messages_caused_by(entry, op);
        let effects = self.effects_of(entry, op);
        if let Some(state) = effects.state.filter(|state| self.state != Some(*state)) {
            let before = self.state.replace(state).map(|state| state.to_string());
            (self.emit)(Event { outcome: before, ..event_for(entry, EventKind::State, state.as_str()) })?;
        }
        if let Some(delivery) = effects.delivery
            && let Some(message) = self.by_id.get(&delivery.message)
        {
            (self.emit)(Event {
                outcome: Some(delivery.status.to_string()),
                channel: Some(message.channel),
                to: Some(message.to.clone()),
                message: Some(message.id),
                ..event_for(entry, EventKind::Delivery, message.purpose.as_str())
            })?;
        }
        for scope in effects.lifted {
            (self.emit)(Event { outcome: Some("lifted".to_owned()), ..lockout_event(entry, scope) })?;
        }
        for lockout in effects.set {
            let event = lockout_event(entry, lockout.scope);
            (self.emit)(Event { outcome: Some("set".to_owned()), until: lockout.until.time(), ..event })?;
        }
        sent.into_iter().try_for_each(|message| self.emit_message(message, Some(entry.id)))?;
        // This entry may be a print run of this holder's letters alone.
        self.emit_print_runs_before(entry.id + 1)
    }

    /// Emits the events after the last entry.
    ///
    /// # Errors
    /// Returns the errors of the event sink.
    pub fn finish(&mut self) -> Result<(), Error> {
        self.emit_print_runs_before(i64::MAX)?;
        self.emit_messages_before(None)
    }

    /// Emits the dispatch of letters by print runs before an entry.
    fn emit_print_runs_before(&mut self, entry: i64) -> Result<(), Error> {
        while let Some(run) = self.runs.first_entry().filter(|run| *run.key() < entry) {
            let (run, printed) = run.remove_entry();
            self.emit_messages_before(printed.first().and_then(|letter| letter.dispatched_at))?;
            for letter in printed {
                let at = letter.dispatched_at.unwrap_or(letter.created_at);
                (self.emit)(Event {
                    channel: Some(letter.channel),
                    to: Some(letter.to.clone()),
                    message: Some(letter.id),
                    entry: Some(run),
                    ..event_at(at, EventKind::Dispatch, letter.purpose.as_str())
                })?;
            }
        }
        Ok(())
    }

    /// Returns the effects that an entry stores, or that are inferred for it.
    fn effects_of(&mut self, entry: &AuditEntry, op: Option<Operation>) -> AuditEffects {
        match op {
            Some(op) if entry.id < self.effects_since => self.inference.effects(entry, op),
            _ => entry.facts().effects.clone().unwrap_or_default(),
        }
    }

    /// Returns the next messages in order that the entry caused.
    fn take_messages_caused_by(&mut self, entry: &AuditEntry, op: Option<Operation>) -> Vec<&'a Message> {
        let mut sent: Vec<&Message> = vec![];
        while let Some(next) = self.messages.front() {
            let is_caused = match (next.cause.request, op) {
                (Some(request), _) => request == entry.id,
                (None, None) => false,
                (None, Some(op)) => {
                    let again = sent.iter().any(|one| (one.channel, one.purpose) == (next.channel, next.purpose));
                    next.created_at == entry.at && !again && self.inference.can_have_caused(entry, op, next.purpose)
                }
            };
            if !is_caused {
                break;
            }
            sent.extend(self.messages.pop_front());
        }
        sent
    }

    /// Emits a message, after the code that it contains.
    fn emit_message(&mut self, message: &'a Message, entry: Option<i64>) -> Result<(), Error> {
        let code = message.cause.code.and_then(|id| self.codes.get(&id));
        if let Some((purpose, code)) = message.purpose.code().zip(code) {
            self.inference.add_code(purpose, code.channel);
            (self.emit)(Event {
                outcome: Some(code_status_word(code, self.now).to_owned()),
                channel: Some(code.channel),
                until: Some(code.expires_at),
                entry,
                ..event_at(code.issued_at, EventKind::Code, purpose.as_str())
            })?;
        }
        (self.emit)(Event {
            channel: Some(message.channel),
            to: Some(message.to.clone()),
            message: Some(message.id),
            entry,
            ..event_at(message.created_at, EventKind::Message, message.purpose.as_str())
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
}

fn event_at(at: Timestamp, kind: EventKind, what: &str) -> Event {
    let what = what.to_owned();
    let (outcome, channel, to, until) = (None, None, None, None);
    Event { at, kind, what, outcome, channel, to, until, actor: None, entry: None, message: None, detail: None }
}

fn event_for(entry: &AuditEntry, kind: EventKind, what: &str) -> Event {
    Event { entry: Some(entry.id), ..event_at(entry.at, kind, what) }
}

fn lockout_event(entry: &AuditEntry, scope: LockoutScope) -> Event {
    event_for(entry, EventKind::Block, scope.as_str())
}

fn event_kind(op: Option<Operation>, is_done: bool) -> EventKind {
    match op.map(|op| op.spec().timeline) {
        Some(Timeline::Reading) => EventKind::Reading,
        // An entry of another version may have an unknown operation.
        Some(Timeline::Absent | Timeline::Request(_)) | None if is_done => EventKind::Request,
        Some(Timeline::Absent | Timeline::Request(_)) | None => EventKind::Refusal,
    }
}

fn code_status_word(code: &CodeRow, now: Timestamp) -> &'static str {
    match code.standing {
        CodeStatus::Open if code.expires_at <= now => "expired",
        CodeStatus::Open | CodeStatus::Used | CodeStatus::Superseded => code.standing.as_str(),
    }
}
