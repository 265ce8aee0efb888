//! From the entries of the audit, in their order, to the events of the life that they tell.

use std::collections::{BTreeMap, VecDeque};

use serde_json::Value;

use crate::domain::niss::Niss;
use crate::domain::time::Time;
use crate::domain::words::{Channel, Guard, Notice, Purpose, State};
use crate::error::Error;
use crate::reply::{AuditLine, Event, EventKind, Message};
use crate::request::Op;
use crate::store::codes::{Issued, Standing};
use crate::store::{Unit, codes, letters};

/// Takes an event.
pub type Tell<'a> = &'a mut dyn FnMut(Event) -> Result<(), Error>;

/// Tells the events of one holder, entry by entry.
pub struct Teller<'a> {
    now: Time,
    codes: Vec<(Purpose, VecDeque<Issued>)>,
    messages: VecDeque<&'a Message>,
    /// Print runs that are not told yet, and letters that are told as sent and not as printed.
    runs: VecDeque<(i64, Time)>,
    letters: Vec<&'a Message>,
    state: Option<State>,
    blocks: BTreeMap<Guard, Option<Time>>,
    /// How the newest code of a purpose travelled.
    newest: BTreeMap<Purpose, Channel>,
    tell: Tell<'a>,
}

impl<'a> Teller<'a> {
    /// Before the first of a holder's entries.
    ///
    /// # Errors
    /// Those of the store.
    pub fn new(unit: &Unit<'_>, niss: Niss, messages: &'a [Message], tell: Tell<'a>) -> Result<Teller<'a>, Error> {
        let mut issued = vec![];
        for purpose in Purpose::ALL {
            issued.push((*purpose, codes::of(unit, niss, *purpose)?.into_iter().rev().collect()));
        }
        // To look for them takes a look at the whole audit.
        let is_printed = messages.iter().any(|message| message.dispatched_at.is_some());
        let runs = if is_printed { letters::runs(unit, niss)? } else { VecDeque::new() };
        let messages = messages.iter().collect();
        let (blocks, newest) = (BTreeMap::new(), BTreeMap::new());
        Ok(Teller { now: unit.now, codes: issued, messages, runs, letters: vec![], state: None, blocks, newest, tell })
    }

    /// An entry of the audit, and what came of it.
    ///
    /// # Errors
    /// Those of whoever takes the events.
    pub fn entry(&mut self, entry: &AuditLine) -> Result<(), Error> {
        self.printed_before(Some(entry.id))?;
        self.sent_before(Some(entry.at))?;
        let op: Option<Op> = entry.action.parse().ok();
        let is_done = entry.outcome == "done";
        (self.tell)(Event {
            outcome: Some(entry.reason.clone().unwrap_or_else(|| entry.outcome.clone())),
            actor: Some(entry.actor.clone()),
            detail: entry.detail.clone(),
            ..of(entry, kind(op, is_done), &entry.action)
        })?;
        let sent = self.caused_by(entry, op);
        // A request that was judged up to a step has changed nothing.
        let is_whole = is_done && asked(entry, "until").is_none();
        let turned = if is_whole { op.and_then(|op| turned(op, entry)) } else { None };
        if let Some(state) = turned.filter(|state| self.state != Some(*state)) {
            let before = self.state.replace(state).map(|state| state.to_string());
            (self.tell)(Event { outcome: before, ..of(entry, EventKind::State, state.as_str()) })?;
        }
        if is_whole && let Some(op) = op {
            self.lift(entry, op)?;
        }
        if !is_done && let Some((what, until)) = self.blocked(entry, op) {
            self.blocks.insert(what, until);
            let event = of(entry, EventKind::Block, what.as_str());
            (self.tell)(Event { outcome: Some("set".to_owned()), until, ..event })?;
        }
        sent.into_iter().try_for_each(|message| self.sent(message, Some(entry.id)))?;
        // A print run of this holder's letters alone.
        self.printed_before(Some(entry.id + 1))
    }

    /// What comes behind the last of the entries.
    ///
    /// # Errors
    /// Those of whoever takes the events.
    pub fn end(&mut self) -> Result<(), Error> {
        self.printed_before(None)?;
        self.sent_before(None)
    }

    /// The letters of the print runs before an entry, or of all.
    fn printed_before(&mut self, entry: Option<i64>) -> Result<(), Error> {
        while let Some((run, time)) = self.runs.front().copied().filter(|(run, _)| entry.is_none_or(|id| *run < id)) {
            self.runs.pop_front();
            self.sent_before(Some(time))?;
            let (printed, left): (Vec<&Message>, Vec<&Message>) =
                self.letters.drain(..).partition(|letter| letter.dispatched_at == Some(time));
            self.letters = left;
            for letter in printed {
                (self.tell)(Event {
                    channel: Some(letter.channel),
                    to: Some(letter.to.clone()),
                    message: Some(letter.id),
                    entry: Some(run),
                    ..at(time, EventKind::Dispatch, &letter.purpose)
                })?;
            }
        }
        Ok(())
    }

    /// The messages that the entry has caused, as far as they come next.
    fn caused_by(&mut self, entry: &AuditLine, op: Option<Op>) -> Vec<&'a Message> {
        let mut sent: Vec<&Message> = vec![];
        while let Some(next) = self.messages.front() {
            let again = sent.iter().any(|one| (one.channel, &one.purpose) == (next.channel, &next.purpose));
            if next.created_at != entry.at || again || !self.causes(entry, op, &next.purpose) {
                break;
            }
            sent.extend(self.messages.pop_front());
        }
        sent
    }

    /// A message, behind the code that it carries.
    fn sent(&mut self, message: &'a Message, entry: Option<i64>) -> Result<(), Error> {
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
                if self.blocks.get(&purpose.guard()) == Some(&None) {
                    // What had died of wrong attempts was the code before.
                    self.blocks.remove(&purpose.guard());
                }
                (self.tell)(Event {
                    outcome: Some(standing(&code, self.now).to_owned()),
                    channel: Some(code.channel),
                    until: Some(code.expires_at),
                    entry,
                    ..at(code.issued_at, EventKind::Code, purpose.as_str())
                })?;
            }
        }
        (self.tell)(Event {
            channel: Some(message.channel),
            to: Some(message.to.clone()),
            message: Some(message.id),
            entry,
            ..at(message.created_at, EventKind::Message, &message.purpose)
        })
    }

    /// What was sent before a time, or at any, and is told of by no entry.
    ///
    /// # Errors
    /// Those of whoever takes the events.
    fn sent_before(&mut self, time: Option<Time>) -> Result<(), Error> {
        while let Some(next) = self.messages.front().copied().filter(|next| time.is_none_or(|at| next.created_at < at))
        {
            self.messages.pop_front();
            self.sent(next, None)?;
        }
        Ok(())
    }

    /// Lifts what an operation lifts of what is blocked.
    fn lift(&mut self, entry: &AuditLine, op: Op) -> Result<(), Error> {
        let lifts = |what: Guard, until: Option<Time>| match op {
            // A password that died of a hundred failures stays dead.
            Op::AccountUnlock => what != Guard::Login || until.is_some(),
            // The authentication provider's are its own.
            Op::AccountReset => !matches!(what, Guard::CmdPin | Guard::CmdCode),
            Op::RecoverConfirm => matches!(what, Guard::Login | Guard::Recovery),
            // Failures before a first password were of no password.
            Op::Activate => what == Guard::Login,
            Op::PasswordChange => what == Guard::Login && entry.detail.as_ref().is_some_and(|it| it["first"] == true),
            Op::PhoneCodeChange | Op::PhoneCodeSet => what == Guard::PhoneCode,
            Op::CmdRevoke => matches!(what, Guard::CmdPin | Guard::CmdCode),
            _ => false,
        };
        let gone: Vec<(Guard, Option<Time>)> = self
            .blocks
            .iter()
            .map(|(what, until)| (*what, *until))
            .filter(|(what, until)| lifts(*what, *until))
            .collect();
        for (what, until) in gone {
            self.blocks.remove(&what);
            // One that has ended by itself is not lifted any more.
            if until.is_none_or(|until| entry.at < until) {
                let event = of(entry, EventKind::Block, what.as_str());
                (self.tell)(Event { outcome: Some("lifted".to_owned()), ..event })?;
            }
        }
        Ok(())
    }

    /// Whether an entry can have caused a message of that purpose.
    fn causes(&self, entry: &AuditLine, op: Option<Op>, word: &str) -> bool {
        let Some(op) = op else { return false };
        let is_done = entry.outcome == "done";
        if is_done && asked(entry, "until").is_some() {
            // It was judged up to a step, and sends nothing.
            return false;
        }
        if let Ok(notice) = word.parse::<Notice>() {
            return match notice {
                // A block is told with the failure that reaches the limit.
                Notice::LoginLocked | Notice::CodeBlocked | Notice::PhoneCodeBlocked | Notice::CmdBlocked => {
                    !is_done && (self.blocked(entry, Some(op)).is_some() || guard(entry, Some(op)).is_none())
                }
                // Of a registration only where another system has vouched for the holder, and no code is wanted.
                Notice::Activated if op == Op::Register => is_done && by_cmd(entry) == Some(Call::Second),
                Notice::ContactChanged => detail(entry, "settled") == Some("changed"),
                _ => is_done && tells(op, notice),
            };
        }
        match (op, word.parse()) {
            (Op::Register, Ok(Purpose::Activation)) => is_done && by_cmd(entry).is_none(),
            (Op::AccountReset, Ok(Purpose::Activation)) => is_done,
            (Op::RecoverRequest, Ok(Purpose::Recovery)) => is_done,
            (Op::ContactsUpdate, Ok(Purpose::ContactEmail)) => is_done && asked(entry, "email").is_some(),
            (Op::ContactsUpdate, Ok(Purpose::ContactMobile)) => is_done && asked(entry, "mobile").is_some(),
            (Op::ContactsConfirm, Ok(purpose @ (Purpose::ContactEmail | Purpose::ContactMobile))) => {
                is_done && asked(entry, "code").is_none() && guard(entry, Some(op)) == Some(purpose.guard())
            }
            (Op::Login, Ok(Purpose::Login)) => is_done && detail(entry, "sent").is_some(),
            (Op::Register | Op::Login, Ok(Purpose::Cmd)) => is_done && by_cmd(entry) == Some(Call::First),
            _ => false,
        }
    }

    /// What a refusal has blocked, and until when.
    fn blocked(&self, entry: &AuditLine, op: Option<Op>) -> Option<(Guard, Option<Time>)> {
        // The failure that reaches a limit is answered as that failure.
        const FAILURES: [&str; 3] = ["_mismatch", "_failed", "_wrong"];
        let reason = entry.reason.as_deref()?;
        if !FAILURES.iter().any(|ending| reason.ends_with(ending)) {
            return None;
        }
        let what = guard(entry, op)?;
        let detail = entry.detail.as_ref()?;
        if let Some(until) = detail.get("until") {
            return Some((what, until.as_str().and_then(|until| until.parse().ok())));
        }
        // A code is dead after so many wrong attempts; a letter's is not.
        let is_last = detail.get("on_code").is_some_and(|count| Some(count) == detail.get("code_limit"));
        let letter = what.purpose().and_then(|purpose| self.newest.get(&purpose)) == Some(&Channel::Letter);
        (is_last && !letter).then_some((what, None))
    }
}

fn at(at: Time, kind: EventKind, what: &str) -> Event {
    let what = what.to_owned();
    let (outcome, channel, to, until) = (None, None, None, None);
    Event { at, kind, what, outcome, channel, to, until, actor: None, entry: None, message: None, detail: None }
}

fn of(entry: &AuditLine, kind: EventKind, what: &str) -> Event {
    Event { entry: Some(entry.id), ..at(entry.at, kind, what) }
}

fn kind(op: Option<Op>, is_done: bool) -> EventKind {
    match op {
        Some(
            Op::OutboxList
            | Op::OutboxShow
            | Op::OutboxCode
            | Op::OutboxWait
            | Op::OutboxPrint
            | Op::OutboxExport
            | Op::AccountExport
            | Op::AccountTimeline
            | Op::ScenarioExport,
        ) => EventKind::Reading,
        _ if is_done => EventKind::Request,
        _ => EventKind::Refusal,
    }
}

/// Which of the two calls of Chave Móvel Digital.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Call {
    /// It has the provider's code sent, and asks for nothing yet.
    First,
    /// It brings the code.
    Second,
}

/// Which call by Chave Móvel Digital a registration or a login is, where it is one.
fn by_cmd(entry: &AuditLine) -> Option<Call> {
    let is_cmd = ["procedure", "method"].iter().any(|field| asked(entry, field) == Some(&"cmd".into()));
    is_cmd.then(|| if asked(entry, "code").is_some() { Call::Second } else { Call::First })
}

/// The state that an operation leads to.
fn turned(op: Op, entry: &AuditLine) -> Option<State> {
    match op {
        Op::Activate | Op::RecoverConfirm | Op::AccountResume => Some(State::Active),
        Op::AccountReset => Some(State::Requested),
        Op::AccountSuspend => Some(State::Suspended),
        Op::AccountClose => Some(State::Closed),
        Op::Register => match by_cmd(entry) {
            None => Some(State::Requested),
            Some(Call::First) => None,
            Some(Call::Second) => Some(State::Active),
        },
        _ => None,
    }
}

/// Whether a holder may be told this of an operation that is done.
fn tells(op: Op, notice: Notice) -> bool {
    match op {
        Op::Activate => notice == Notice::Activated,
        Op::RecoverConfirm => notice == Notice::Recovered,
        Op::PasswordChange => notice == Notice::PasswordChanged,
        Op::PhoneCodeSet => notice == Notice::PhoneCodeSet,
        Op::PhoneCodeChange => notice == Notice::PhoneCodeChanged,
        Op::ContactsRemove => notice == Notice::ContactRemoved,
        Op::AccountSuspend => notice == Notice::Suspended,
        Op::AccountResume => notice == Notice::Resumed,
        Op::AccountReset => notice == Notice::Reset,
        Op::AccountClose => notice == Notice::Closed,
        Op::Register
        | Op::Login
        | Op::Logout
        | Op::RecoverRequest
        | Op::PhoneCodeVerify
        | Op::PhoneLine
        | Op::PhoneLineWhoami
        | Op::CmdEnrol
        | Op::CmdRevoke
        | Op::MessagesList
        | Op::MessagesShow
        | Op::ProfileShow
        | Op::AlertsSet
        | Op::AccountUnlock => false,
        Op::AlertsSend => notice == Notice::Alert,
        Op::ContactsShow | Op::ContactsUpdate | Op::ContactsConfirm => false,
        _ => kind(Some(op), true) != EventKind::Reading,
    }
}

fn asked<'a>(entry: &'a AuditLine, field: &str) -> Option<&'a Value> {
    entry.detail.as_ref()?.get("asked")?.get(field)
}

fn detail<'a>(entry: &'a AuditLine, key: &str) -> Option<&'a str> {
    entry.detail.as_ref()?.get(key)?.as_str()
}

/// What the failures of an operation count for.
fn guard(entry: &AuditLine, op: Option<Op>) -> Option<Guard> {
    match op? {
        _ if entry.reason.as_deref() == Some("cmd_pin_wrong") => Some(Guard::CmdPin),
        _ if entry.reason.as_deref() == Some("cmd_code_wrong") => Some(Guard::CmdCode),
        Op::Register | Op::RecoverRequest => Some(Guard::Identity),
        Op::Login if entry.reason.as_deref() == Some("code_wrong") => Some(Guard::LoginCode),
        Op::Login | Op::PasswordChange => Some(Guard::Login),
        Op::Activate => Some(Guard::Activation),
        Op::RecoverConfirm => Some(Guard::Recovery),
        Op::PhoneCodeVerify | Op::PhoneLine => Some(Guard::PhoneCode),
        Op::ContactsConfirm => match asked(entry, "channel")?.as_str()?.parse().ok()? {
            Channel::Email => Some(Guard::ContactEmail),
            Channel::Sms => Some(Guard::ContactMobile),
            Channel::Letter => None,
        },
        _ => None,
    }
}

fn standing(code: &Issued, now: Time) -> &'static str {
    match code.standing {
        Standing::Open if now < code.expires_at => "open",
        Standing::Open => "expired",
        Standing::Used => "used",
        Standing::Superseded => "superseded",
    }
}
