//! Reconstructs a request from an audit entry. The typed values are unknown, so they are replaced by values with the
//! same outcome: correct, mismatched or wrong.

use serde_json::{Map, Value};

use crate::domain::holder::Holder;
use crate::domain::message_purpose::MessagePurpose;
use crate::domain::password::Weakness;
use crate::domain::policy::Policy;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{AccountType, Channel, ContactKind, HolderKind, HolderStatus};
use crate::reply::{AuditEntry, Reason, RefusalVariant};
use crate::request::{Operation, Request};
use crate::scenario::export::history::{HolderHistory, Row, asked, differed, has_contact, named_channel, text};
use crate::scenario::export::{reconstruct_alert, reconstruct_cmd};
use crate::scenario::recording::password_placeholder;

/// A field of a line and its value.
pub type Pair = (String, Value);

/// The state of the sandbox during the replay.
pub struct ReplayState {
    /// The holder's registry record.
    pub holder: Option<Holder>,
    /// The registry record, by its columns.
    pub row: Option<Row>,
    /// The number of codes issued to prove a contact, by kind.
    pub issued: [usize; 3],
    /// The number of messages to the holder.
    pub sent: usize,
    /// The messages to the holder, oldest first: number, channel and purpose.
    pub messages: Vec<(i64, Channel, MessagePurpose)>,
    pub policy: Policy,
}

impl ReplayState {
    fn registered(&self, kind: ContactKind) -> Option<String> {
        text(self.row.as_ref()?, kind.as_str())
    }
}

/// Reconstructs requests, with the state from the earlier ones.
#[derive(Default)]
pub struct RequestReconstructor {
    /// The number of passwords so far.
    passwords: u64,
    /// The time of each login, and its session token.
    pub sessions: Vec<(Timestamp, String)>,
    /// The time of each identified call, and its token.
    pub calls: Vec<(Timestamp, String)>,
    /// The phone code.
    pub digits: Option<String>,
}

/// The number of a password that no holder has.
const WRONG: u64 = u64::MAX;

impl RequestReconstructor {
    /// Returns the fields of the line for an entry. `None` if the entry changed nothing about the holder.
    pub fn line(&mut self, past: &HolderHistory, entry: &AuditEntry, now: &ReplayState) -> Option<Vec<Pair>> {
        let op: Operation = entry.action.parse().ok()?;
        if reason(entry, &[Reason::NoCode, Reason::SandboxOnly]) {
            // A placeholder had no code, or was used outside a sandbox: no attempt was made.
            return None;
        }
        let mut line = LineBuilder(vec![("op".to_owned(), entry.action.as_str().into())]);
        let niss = past.niss.to_string();
        if op != Operation::PolicySet {
            line.add("niss", niss);
        }
        if let (Operation::Login, Some(_)) = (op, entry.facts().session) {
            line.add("old_session", token(&self.sessions, entry.facts().session, "@login"));
        }
        match Request::empty(op)? {
            Request::Register(_) => register(&mut line, past, entry, now),
            Request::RecoverRequest(_) => recover(&mut line, past, entry, now),
            Request::Activate(_) | Request::RecoverConfirm(_) => {
                line.add("code", code(entry));
                match asked(entry, "until") {
                    Some(until) => line.add("until", until.clone()),
                    None => {
                        let set = self.new_password(entry, now);
                        line.add("password", set);
                    }
                }
            }
            Request::Login(_) if reconstruct_cmd::is_by_cmd(entry) => {
                line.add("method", "cmd");
                line.0.extend(reconstruct_cmd::credentials(entry));
            }
            Request::CmdEnrol(_) => line.0.extend(reconstruct_cmd::enrolment(past, entry, now)),
            Request::CmdRevoke(_) => {}
            Request::Login(_) => {
                let is_wrong = reason(entry, &[Reason::LoginFailed, Reason::LoginLocked]);
                line.add("password", self.typed_password(!is_wrong));
                if let Some(channel) = named_channel(entry) {
                    line.add("channel", channel.as_str());
                }
                if asked(entry, "code").is_some() {
                    // Without a second factor the code was not checked, and any value has the same effect.
                    let judged = entry.facts().newer_codes.is_some();
                    line.add("code", if judged { code(entry) } else { "@wrong".to_owned() });
                }
            }
            Request::SecondFactorEnrol(_) => {
                let is_wrong = reason(entry, &[Reason::LoginFailed, Reason::LoginLocked]);
                line.add("password", self.typed_password(!is_wrong));
                let outline = outline(entry, past);
                for word in ["account_type", "channel"] {
                    if let Some(value) = outline.get(word) {
                        line.add(word, value.clone());
                    }
                }
                claim(&mut line, &outline, entry, now);
            }
            // A list without its filter has the same effect.
            Request::Logout(_)
            | Request::SessionList(_)
            | Request::ContactsShow(_)
            | Request::PhoneCodeSet(_)
            | Request::PhoneCodeRemove(_)
            | Request::MessagesList(_)
            | Request::MessagesCalendar(_)
            | Request::ProfileShow(_) => self.session_token(&mut line, entry),
            Request::MessagesShow(_) => {
                self.session_token(&mut line, entry);
                // Without a session the number does not matter.
                line.add("message", entry.facts().message.unwrap_or(1));
            }
            Request::SessionEnd(_) => {
                self.session_token(&mut line, entry);
                match asked(entry, "others") {
                    Some(_) => line.add("others", true),
                    // Without a recorded session the id was unknown.
                    None => {
                        let ended = entry.facts().other_session.and_then(|at| {
                            self.sessions.iter().rfind(|(login, _)| *login == at).and_then(|(_, token)| token.get(..16))
                        });
                        line.add("target", ended.unwrap_or("0000000000000000"));
                    }
                }
            }
            Request::AlertsSend(_) => line.0.extend(reconstruct_alert::alert(past, entry)),
            Request::PasswordChange(_) => {
                self.session_token(&mut line, entry);
                let is_wrong = reason(entry, &[Reason::LoginFailed, Reason::LoginLocked]);
                if entry.facts().first.is_none() {
                    line.add("password", self.typed_password(!is_wrong));
                }
                let set = self.new_password(entry, now);
                line.add("new_password", set);
            }
            Request::PhoneCodeChange(_) => {
                self.session_token(&mut line, entry);
                self.change_digits(&mut line, entry);
            }
            Request::PhoneLineWhoami(_) | Request::PhoneLinePayments(_) => self.call_token(&mut line, entry),
            Request::PhoneCodeVerify(_) | Request::PhoneLine(_) => {
                line.add("code", if entry.outcome == "done" { "@phone_code" } else { "@wrong" });
            }
            Request::ContactsUpdate(_) => {
                self.session_token(&mut line, entry);
                if let Some(outline) = &entry.facts().asked {
                    contacts(&mut line, outline, past, entry, now);
                    if outline.contains_key("none") {
                        line.add("none", true);
                    }
                }
            }
            Request::ContactsConfirm(_) => {
                self.session_token(&mut line, entry);
                line.add("channel", named_channel(entry).unwrap_or(Channel::Email).as_str());
                if asked(entry, "code").is_some() {
                    line.add("code", code(entry));
                }
            }
            Request::ContactsRemove(_) => {
                self.session_token(&mut line, entry);
                for kind in ContactKind::ALL.iter().filter(|kind| asked(entry, kind.as_str()).is_some()) {
                    line.add(kind.as_str(), true);
                }
            }
            Request::AlertsSet(_) => {
                self.session_token(&mut line, entry);
                line.add("alerts", asked(entry, "alerts").cloned().unwrap_or_else(|| "none".into()));
            }
            Request::AccountUnlock(_)
            | Request::AccountSuspend(_)
            | Request::AccountResume(_)
            | Request::AccountReset(_)
            | Request::AccountClose(_) => {
                let why = entry.facts().reason.as_deref().filter(|_| !past.is_masked);
                line.add("reason", why.unwrap_or("not handed on"));
            }
            Request::OutboxReturned(_) => {
                delivery(&mut line, past, entry, now);
                if let Some(why) = entry.facts().reason.as_deref().filter(|_| !past.is_masked) {
                    line.add("reason", why);
                }
            }
            Request::OutboxFailed(_) => {
                delivery(&mut line, past, entry, now);
                line.add("reason", asked(entry, "reason").cloned().unwrap_or_else(|| "undeliverable".into()));
            }
            Request::PolicySet(_) => {
                line.add("key", entry.facts().key.clone()?);
                line.add("value", entry.facts().to.clone()?);
            }
            // The table of operations has these as skipped.
            Request::RegistryShow(_)
            | Request::RegistryCount(_)
            | Request::OutboxShow(_)
            | Request::OutboxCode(_)
            | Request::AccountShow(_)
            | Request::AccountExport(_)
            | Request::AccountErase(_)
            | Request::ClockShow(_)
            | Request::ClockAdvance(_)
            | Request::ClockSet(_) => return None,
        }
        Some(line.0)
    }

    /// Adds the session of the login at the recorded time.
    fn session_token(&self, line: &mut LineBuilder, entry: &AuditEntry) {
        line.add("session", token(&self.sessions, entry.facts().session, "@login"));
    }

    /// Adds the call of the identification at the recorded time.
    fn call_token(&self, line: &mut LineBuilder, entry: &AuditEntry) {
        line.add("call", token(&self.calls, entry.facts().call, "@phone_line"));
    }

    fn typed_password(&self, is_right: bool) -> String {
        password_placeholder::numbered(if is_right { self.passwords } else { WRONG })
    }

    /// Returns the password to set: a new one, the current one, or one with the recorded weakness.
    fn new_password(&mut self, entry: &AuditEntry, now: &ReplayState) -> String {
        if reason(entry, &[Reason::PasswordRepeated]) {
            return password_placeholder::numbered(self.passwords);
        }
        if reason(entry, &[Reason::PasswordWeak]) {
            let weakness = entry.facts().variant.and_then(RefusalVariant::weakness);
            return password_placeholder::weak_by(
                weakness.unwrap_or(Weakness::Short),
                &now.policy,
                now.holder.as_ref(),
            );
        }
        if entry.outcome == "done" {
            self.passwords += 1;
            return password_placeholder::numbered(self.passwords);
        }
        password_placeholder::numbered(self.passwords + 1)
    }

    fn change_digits(&mut self, line: &mut LineBuilder, entry: &AuditEntry) {
        let current = self.digits.as_deref();
        if asked(entry, "generate").is_some() {
            return line.add("generate", true);
        }
        let other = if current == Some("470913") { "582046" } else { "470913" };
        let chosen = match () {
            () if reason(entry, &[Reason::PhoneCodeTrivial]) => "111111",
            () if reason(entry, &[Reason::PhoneCodeUnchanged]) => current.unwrap_or(other),
            () => other,
        };
        line.add("new_code", chosen);
        if entry.outcome == "done" {
            self.digits = Some(chosen.to_owned());
        }
    }
}

/// The fields of a line under construction.
struct LineBuilder(Vec<Pair>);

impl LineBuilder {
    fn add(&mut self, name: &str, value: impl Into<Value>) {
        self.0.push((name.to_owned(), value.into()));
    }
}

/// Returns whether an entry was refused for one of these reasons.
pub fn reason(entry: &AuditEntry, reasons: &[Reason]) -> bool {
    reasons.iter().any(|reason| entry.reason.as_deref() == Some(reason.as_str()))
}

fn register(line: &mut LineBuilder, past: &HolderHistory, entry: &AuditEntry, now: &ReplayState) {
    let outline = outline(entry, past);
    for word in ["account_type", "procedure", "alerts", "channel", "until"] {
        if let Some(value) = outline.get(word) {
            line.add(word, value.clone());
        }
    }
    claim(line, &outline, entry, now);
    contacts(line, &outline, past, entry, now);
    if outline.contains_key("accept_terms") {
        line.add("accept_terms", true);
    }
    if reconstruct_cmd::is_by_cmd(entry) {
        line.0.extend(reconstruct_cmd::credentials(entry));
    }
}

fn recover(line: &mut LineBuilder, past: &HolderHistory, entry: &AuditEntry, now: &ReplayState) {
    let outline = outline(entry, past);
    for word in ["account_type", "procedure", "channel", "until"] {
        if let Some(value) = outline.get(word) {
            line.add(word, value.clone());
        }
    }
    claim(line, &outline, entry, now);
    contacts(line, &outline, past, entry, now);
}

/// Returns the fields of the request. Entries of older versions have no `asked` detail and get the usual fields.
fn outline(entry: &AuditEntry, past: &HolderHistory) -> Map<String, Value> {
    if let Some(outline) = &entry.facts().asked {
        return outline.clone();
    }
    let row = past.row.clone().unwrap_or_default();
    let kind = text(&row, "kind").and_then(|kind| kind.parse().ok()).unwrap_or(HolderKind::Citizen);
    let company = AccountType::for_holder_kind(kind) == AccountType::Company;
    let channel = match row.get("email").is_some_and(|email| !email.is_null()) {
        true => Channel::Email,
        false => Channel::Sms,
    };
    let fields: &[&str] = match (entry.action == Operation::Register.as_str(), company) {
        (true, true) => &["nif", "accept_terms"],
        (true, false) => &["birth_date", "accept_terms"],
        (false, true) => &["name", "nif", "responsible", "email", "mobile"],
        (false, false) => &["name", "birth_date", "civil_id", "nif", "email", "mobile"],
    };
    let mut outline: Map<String, Value> = fields.iter().map(|field| ((*field).to_owned(), true.into())).collect();
    outline.insert("channel".to_owned(), channel.as_str().into());
    outline.insert("account_type".to_owned(), AccountType::for_holder_kind(kind).as_str().into());
    outline
}

/// Adds the identity in the request: the holder's data, except for the mismatched fields.
fn claim(line: &mut LineBuilder, outline: &Map<String, Value>, entry: &AuditEntry, now: &ReplayState) {
    const FIELDS: [(&str, [&str; 2]); 5] = [
        ("name", ["Outra Pessoa", "Terceira Pessoa"]),
        ("birth_date", ["1900-01-01", "1900-01-02"]),
        ("civil_id", ["AB12345", "AB12346"]),
        ("nif", ["100000010", "200000012"]),
        ("responsible", ["Outra Pessoa", "Terceira Pessoa"]),
    ];
    let none = Row::new();
    let row = now.row.as_ref().unwrap_or(&none);
    let mut differs = false;
    let is_open =
        now.row.as_ref().is_some_and(|row| row.get("status").is_some_and(|it| it == HolderStatus::Active.as_str()));
    let mismatch = reason(entry, &[Reason::IdentityMismatch]);
    let fields: Vec<_> = FIELDS.iter().filter(|(field, _)| outline.contains_key(*field)).collect();
    for (at, (field, wrong)) in fields.iter().enumerate() {
        let right = text(row, field);
        // A mismatched value may equal the current record. At least one field must still differ.
        let must = mismatch && is_open && !differs && at + 1 == fields.len();
        let value = match right.as_deref() {
            Some(right) if !must && !differed(entry, field) => right,
            right => {
                differs = true;
                if right == Some(wrong[0]) { wrong[1] } else { wrong[0] }
            }
        };
        line.add(field, value);
    }
}

/// Adds the contacts in the request, for the kinds in the outline: the registered contact where the entry says so, else
/// another.
fn contacts(
    line: &mut LineBuilder,
    outline: &Map<String, Value>,
    past: &HolderHistory,
    entry: &AuditEntry,
    now: &ReplayState,
) {
    // The contact of an update is the registered one only if the update was refused for that.
    let all = entry.facts().asked.is_none() || reason(entry, &[Reason::ContactUnchanged]);
    for (at, kind) in ContactKind::ALL.iter().enumerate().filter(|(_, kind)| outline.contains_key(kind.as_str())) {
        let registered = now.registered(*kind);
        let was_it = all || has_contact(entry.facts().registered.as_ref(), *kind);
        let value = registered.clone().filter(|_| was_it);
        line.add(
            kind.as_str(),
            value.unwrap_or_else(|| past.proposed(entry, *kind, now.issued[at], registered.as_deref())),
        );
    }
}

/// Adds the message of a delivery result: the newest of its purpose, or the number that it has in the replay.
fn delivery(line: &mut LineBuilder, past: &HolderHistory, entry: &AuditEntry, now: &ReplayState) {
    let found = entry.facts().message.and_then(|id| past.message_before(entry, id)).and_then(|(message, newer)| {
        let same = |(_, channel, purpose): &&(i64, Channel, MessagePurpose)| {
            (*channel, *purpose) == (message.channel, message.purpose)
        };
        let (number, channel, purpose) = now.messages.iter().filter(same).nth_back(newer)?;
        Some((*number, *channel, *purpose, newer))
    });
    match found {
        Some((_, channel, purpose, 0)) if entry.outcome == "done" => {
            line.add("purpose", purpose.as_str());
            if channel != Channel::Letter {
                line.add("channel", channel.as_str());
            }
        }
        Some((number, ..)) => line.add("message", number),
        // No message has this number.
        None => line.add("message", 0),
    }
}

/// Returns the token issued at that time. The placeholder `newest` means the last one.
fn token(actual: &[(Timestamp, String)], at: Option<Timestamp>, newest: &str) -> String {
    let last = actual.last();
    let meant = match at {
        Some(at) => actual.iter().rfind(|(then, _)| *then == at),
        None => last,
    };
    match meant {
        Some((_, token)) if last.is_some_and(|(_, last)| last != token) => token.clone(),
        _ => newest.to_owned(),
    }
}

/// Returns the placeholder of the typed code.
pub fn code(entry: &AuditEntry) -> String {
    match entry.facts().newer_codes {
        Some(0) => "@outbox".to_owned(),
        Some(newer) => format!("@outbox-{newer}"),
        None if entry.outcome == "done" => "@outbox".to_owned(),
        None => "@wrong".to_owned(),
    }
}
