//! From an entry of the audit to the request that it tells of: not with what was typed, which nobody knows any more, but with
//! values that have the same fate. What was right is right again, what differed differs, a wrong code is a wrong code.

use serde_json::{Map, Value};

use crate::domain::holder::Holder;
use crate::domain::policy::Policy;
use crate::domain::vocabulary::{AccountType, Channel, ContactKind, HolderKind, HolderStatus};
use crate::reply::{AuditEntry, Reason};
use crate::request::Operation;
use crate::scenario::export::history::{HolderHistory, Row, asked, detail, has, named_channel, text};
use crate::scenario::export::{reconstruct_alert, reconstruct_cmd};
use crate::scenario::recording::password_placeholder;

/// A field of a line and its value.
pub type Pair = (String, Value);

/// How the sandbox stands in which the life is lived again.
pub struct ReplayState {
    /// The holder's record.
    pub holder: Option<Holder>,
    /// The same by its columns.
    pub row: Option<Row>,
    /// How many codes were issued to prove a contact of each kind.
    pub issued: [usize; 3],
    /// How many messages there were.
    pub sent: usize,
    pub policy: Policy,
}

impl ReplayState {
    fn registered(&self, kind: ContactKind) -> Option<String> {
        text(self.row.as_ref()?, kind.as_str())
    }
}

/// Who tells it again, and what was told so far.
#[derive(Default)]
pub struct RequestReconstructor {
    /// How many passwords there have been.
    passwords: u64,
    /// When each login was, and its session's token.
    pub sessions: Vec<(Value, String)>,
    /// When each caller was identified, and the token of the call.
    pub calls: Vec<(Value, String)>,
    /// The phone code.
    pub digits: Option<String>,
}

/// The number of a password that was never anybody's.
const WRONG: u64 = u64::MAX;

impl RequestReconstructor {
    /// The fields of the line for an entry; none for one that changes nothing about its holder.
    pub fn line(&mut self, past: &HolderHistory, entry: &AuditEntry, now: &ReplayState) -> Option<Vec<Pair>> {
        let op: Operation = entry.action.parse().ok()?;
        if reason(entry, &[Reason::NoCode, Reason::SandboxOnly]) {
            // What stood for a code stood for none, or was asked for where nothing stands for one: nothing was tried.
            return None;
        }
        let mut line = LineBuilder(vec![("op".to_owned(), entry.action.as_str().into())]);
        let niss = past.niss.to_string();
        if op != Operation::PolicySet {
            line.add("niss", niss);
        }
        match op {
            Operation::Register => register(&mut line, past, entry, now),
            Operation::RecoverRequest => recover(&mut line, past, entry, now),
            Operation::Activate | Operation::RecoverConfirm => {
                line.add("code", code(entry));
                match asked(entry, "until") {
                    Some(until) => line.add("until", until.clone()),
                    None => {
                        let set = self.new_password(entry, now);
                        line.add("password", set);
                    }
                }
            }
            Operation::Login if reconstruct_cmd::is_by_cmd(entry) => {
                line.add("method", "cmd");
                line.0.extend(reconstruct_cmd::credentials(entry));
            }
            Operation::CmdEnrol => line.0.extend(reconstruct_cmd::enrolment(past, entry, now)),
            Operation::CmdRevoke => {}
            Operation::Login => {
                let is_wrong = reason(entry, &[Reason::LoginFailed, Reason::LoginLocked]);
                line.add("password", self.typed_password(!is_wrong));
                if let Some(channel) = named_channel(entry) {
                    line.add("channel", channel.as_str());
                }
                if asked(entry, "code").is_some() {
                    // One that was not judged has the fate of any: no second factor was wanted then.
                    let judged = detail(entry, "newer_codes").is_some();
                    line.add("code", if judged { code(entry) } else { "@wrong".to_owned() });
                }
            }
            // A list is retold whole: what it was narrowed to changes nothing.
            Operation::Logout
            | Operation::ContactsShow
            | Operation::PhoneCodeSet
            | Operation::MessagesList
            | Operation::ProfileShow => self.session_token(&mut line, entry),
            Operation::MessagesShow => {
                self.session_token(&mut line, entry);
                // Whoever had no session named any.
                line.add("message", detail(entry, "message").cloned().unwrap_or_else(|| 1.into()));
            }
            Operation::AlertsSend => line.0.extend(reconstruct_alert::alert(past, entry)),
            Operation::PasswordChange => {
                self.session_token(&mut line, entry);
                let is_wrong = reason(entry, &[Reason::LoginFailed, Reason::LoginLocked]);
                if detail(entry, "first").is_none() {
                    line.add("password", self.typed_password(!is_wrong));
                }
                let set = self.new_password(entry, now);
                line.add("new_password", set);
            }
            Operation::PhoneCodeChange => {
                self.session_token(&mut line, entry);
                self.change_digits(&mut line, entry);
            }
            Operation::PhoneLineWhoami => self.call_token(&mut line, entry),
            Operation::PhoneCodeVerify | Operation::PhoneLine => {
                line.add("code", if entry.outcome == "done" { "@phone_code" } else { "@wrong" });
            }
            Operation::ContactsUpdate => {
                self.session_token(&mut line, entry);
                if let Some(Value::Object(outline)) = detail(entry, "asked") {
                    contacts(&mut line, outline, past, entry, now);
                }
            }
            Operation::ContactsConfirm => {
                self.session_token(&mut line, entry);
                line.add("channel", named_channel(entry).unwrap_or(Channel::Email).as_str());
                if asked(entry, "code").is_some() {
                    line.add("code", code(entry));
                }
            }
            Operation::ContactsRemove => {
                self.session_token(&mut line, entry);
                for kind in ContactKind::ALL.iter().filter(|kind| asked(entry, kind.as_str()).is_some()) {
                    line.add(kind.as_str(), true);
                }
            }
            Operation::AlertsSet => {
                self.session_token(&mut line, entry);
                line.add("alerts", asked(entry, "alerts").cloned().unwrap_or_else(|| "none".into()));
            }
            Operation::AccountUnlock
            | Operation::AccountSuspend
            | Operation::AccountResume
            | Operation::AccountReset
            | Operation::AccountClose => {
                let why = detail(entry, "reason").and_then(Value::as_str).filter(|_| !past.is_masked);
                line.add("reason", why.unwrap_or("not handed on"));
            }
            Operation::PolicySet => {
                line.add("key", detail(entry, "key")?.clone());
                line.add("value", detail(entry, "to")?.clone());
            }
            _ => return None,
        }
        Some(line.0)
    }

    /// Whose session it was: the one whose login was then.
    fn session_token(&self, line: &mut LineBuilder, entry: &AuditEntry) {
        line.add("session", token(&self.sessions, detail(entry, "session"), "@login"));
    }

    /// Whose call it was, in the same way.
    fn call_token(&self, line: &mut LineBuilder, entry: &AuditEntry) {
        line.add("call", token(&self.calls, detail(entry, "call"), "@phone_line"));
    }

    fn typed_password(&self, is_right: bool) -> String {
        password_placeholder::numbered(if is_right { self.passwords } else { WRONG })
    }

    /// The password that was to be set: another one, the current one, or one that is as weak as it was found to be.
    fn new_password(&mut self, entry: &AuditEntry, now: &ReplayState) -> String {
        if reason(entry, &[Reason::PasswordRepeated]) {
            return password_placeholder::numbered(self.passwords);
        }
        if reason(entry, &[Reason::PasswordWeak]) {
            let way = detail(entry, "variant").and_then(Value::as_str).unwrap_or("short");
            return password_placeholder::weak_by(way, &now.policy, now.holder.as_ref());
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

/// The fields of a line in the making.
struct LineBuilder(Vec<Pair>);

impl LineBuilder {
    fn add(&mut self, name: &str, value: impl Into<Value>) {
        self.0.push((name.to_owned(), value.into()));
    }
}

/// Whether it was refused for one of these.
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
    for word in ["account_type", "channel", "until"] {
        if let Some(value) = outline.get(word) {
            line.add(word, value.clone());
        }
    }
    claim(line, &outline, entry, now);
    contacts(line, &outline, past, entry, now);
}

/// What was asked. An entry of a store from before that was kept tells nothing of it: then the usual is as good as any.
fn outline(entry: &AuditEntry, past: &HolderHistory) -> Map<String, Value> {
    if let Some(Value::Object(outline)) = detail(entry, "asked") {
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

/// Who somebody claimed to be: the holder, but for what differed.
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
        // What was wrong may be what the record has by now; something must differ all the same.
        let must = mismatch && is_open && !differs && at + 1 == fields.len();
        let value = match right.as_deref() {
            Some(right) if !must && !has(entry, "differed", field) => right,
            right => {
                differs = true;
                if right == Some(wrong[0]) { wrong[1] } else { wrong[0] }
            }
        };
        line.add(field, value);
    }
}

/// The contacts that were typed, of the kinds that are in the outline: the registered ones where they were, others elsewhere.
fn contacts(
    line: &mut LineBuilder,
    outline: &Map<String, Value>,
    past: &HolderHistory,
    entry: &AuditEntry,
    now: &ReplayState,
) {
    // What an update names is the registered one only where that is why it was refused.
    let all = detail(entry, "asked").is_none() || reason(entry, &[Reason::ContactUnchanged]);
    for (at, kind) in ContactKind::ALL.iter().enumerate().filter(|(_, kind)| outline.contains_key(kind.as_str())) {
        let registered = now.registered(*kind);
        let was_it = all || has(entry, "registered", kind.as_str());
        let value = registered.clone().filter(|_| was_it);
        line.add(
            kind.as_str(),
            value.unwrap_or_else(|| past.proposed(entry, *kind, now.issued[at], registered.as_deref())),
        );
    }
}

/// The token that was got then; `newest` stands for the last one.
fn token(actual: &[(Value, String)], at: Option<&Value>, newest: &str) -> String {
    let last = actual.last();
    let meant = match at {
        Some(at) => actual.iter().rfind(|(then, _)| then == at),
        None => last,
    };
    match meant {
        Some((_, token)) if last.is_some_and(|(_, last)| last != token) => token.clone(),
        _ => newest.to_owned(),
    }
}

/// What stands for the code that was typed.
pub fn code(entry: &AuditEntry) -> String {
    match detail(entry, "newer_codes").and_then(Value::as_u64) {
        Some(0) => "@outbox".to_owned(),
        Some(newer) => format!("@outbox-{newer}"),
        None if entry.outcome == "done" => "@outbox".to_owned(),
        None => "@wrong".to_owned(),
    }
}
