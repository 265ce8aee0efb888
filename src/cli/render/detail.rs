//! Single objects as blocks of `label: value` lines.

use crate::cli::render::escape::{on_one_line, printable, with_newline, words};
use crate::cli::render::{code_words, timeline};
use crate::domain::niss::Niss;
use crate::domain::time::{Date, Timestamp};
use crate::domain::vocabulary::{AccountType, ContactKind, HolderKind, Language};
use crate::l10n::next_steps::command_line;
use crate::l10n::{DateStyle, MessageArg, MessageArgs, format_date, format_time, localize, try_localize};
use crate::reply::{
    Account, AuditEntry, ConformanceResult, ContactLine, InboxMessage, Message, Profile, Record, StoreInfo,
    UndeliveredMessage,
};

/// Lines of `label: value`, in the order in which they are added.
struct DetailBlock {
    language: Language,
    /// What the labels depend on.
    args: MessageArgs,
    text: String,
}

impl DetailBlock {
    fn new(language: Language) -> DetailBlock {
        DetailBlock { language, args: vec![], text: String::new() }
    }

    /// A block about a holder: a company has a NIPC, a citizen a NIF.
    fn about(language: Language, holder: HolderKind) -> DetailBlock {
        let account_type = AccountType::for_holder_kind(holder);
        DetailBlock { args: vec![("holder", MessageArg::from(account_type.as_str()))], ..DetailBlock::new(language) }
    }

    fn row(mut self, key: &str, value: impl ToString) -> DetailBlock {
        let label = localize(self.language, &format!("label-{key}"), &self.args);
        self.text += &with_newline(format!("{label}: {}", printable(&value.to_string())).trim_end());
        self
    }

    /// Adds a value that the catalogue translates under `word-{what}-{word}`.
    fn word(self, key: &str, what: &str, word: impl ToString) -> DetailBlock {
        let word = code_words::translate(self.language, what, &word.to_string());
        self.row(key, word)
    }

    fn maybe(self, key: &str, value: Option<impl ToString>) -> DetailBlock {
        let value = value.map_or("-".to_owned(), |value| value.to_string());
        self.row(key, value)
    }

    fn time(self, key: &str, time: Option<Timestamp>) -> DetailBlock {
        let language = self.language;
        self.maybe(key, time.map(|time| format_time(language, time, DateStyle::Words)))
    }

    fn date(self, key: &str, date: Option<Date>) -> DetailBlock {
        let language = self.language;
        self.maybe(key, date.map(|date| format_date(language, date, DateStyle::Words)))
    }

    fn flag(self, key: &str, value: bool) -> DetailBlock {
        let value = localize(self.language, if value { "word-yes" } else { "word-no" }, &vec![]);
        self.row(key, value)
    }

    /// Adds indented lines under a label.
    fn section(mut self, key: &str, lines: impl Iterator<Item = impl AsRef<str>>) -> DetailBlock {
        self.text += &with_newline(&format!("{}:", localize(self.language, &format!("label-{key}"), &vec![])));
        self.text.extend(lines.map(|text| with_newline(format!("  {}", printable(text.as_ref())).trim_end())));
        self
    }
}

/// Renders a requirement: verdict, id and text, then the observation and the reason of the verdict.
pub fn conformance(language: Language, one: &ConformanceResult) -> String {
    let ConformanceResult { id, requirement, observed, verdict, reason } = one;
    let below = |key: &str, text: &str| {
        let label = localize(language, &format!("label-{key}"), &vec![]);
        with_newline(&format!("           {label}: {}", printable(text)))
    };
    let mut text = with_newline(&format!("{verdict:<9}  {id}: {}", printable(requirement)));
    text += &below("observed", observed);
    text.extend(reason.iter().map(|reason| below("why", reason)));
    text
}

/// Renders an outbox message. Its text is indented, so that no line of it looks like output of ssd.
pub fn message(language: Language, message: &Message) -> String {
    let mut block = DetailBlock::new(language)
        .row("id", message.id)
        .row("niss", message.niss)
        .word("channel", "channel", message.channel)
        .row("purpose", code_words::purpose(language, message.purpose))
        .row("to", on_one_line(&message.to))
        .row("language", message.language)
        .time("created_at", Some(message.created_at))
        .word("message_status", "message_status", message.status);
    if message.status_at.is_some() {
        block = block.time("status_at", message.status_at);
    }
    if message.dispatched_at.is_some() {
        block = block.time("dispatched_at", message.dispatched_at);
    }
    block.maybe("subject", message.subject.as_ref()).section("body", message.body.expose().lines()).text
}

/// Renders an inbox message with the sentences of the e-mail about it.
pub fn inbox(language: Language, message: &InboxMessage) -> String {
    let InboxMessage { id, alert, created_at, read_at } = message;
    let facts = alert.facts();
    let rendered = |ending: &str| localize(language, &format!("message-{}{ending}", alert.key()), &facts);
    DetailBlock::new(language)
        .row("id", id)
        .word("alert_kind", "alert_kind", alert.kind)
        .time("created_at", Some(*created_at))
        .time("read_at", *read_at)
        .row("subject", rendered("-subject"))
        .section("body", rendered("").lines())
        .text
}

/// Renders the holder's own data in the order of the service's app, without what does not apply: a legal person has no
/// date of birth and no civil identification, and only citizens choose alerts.
pub fn profile(language: Language, niss: Option<Niss>, profile: &Profile) -> String {
    let contacts = contact_lines(language, &profile.contacts);
    let is_citizen = AccountType::for_holder_kind(profile.holder) == AccountType::Citizen;
    let mut block = DetailBlock::about(language, profile.holder)
        .maybe("niss", niss)
        .word("holder", "kind", profile.holder)
        .row("name", &profile.name);
    if !niss.is_some_and(Niss::is_legal_person) {
        block = block
            .date("birth_date", profile.birth_date)
            .maybe("civil_id_kind", profile.civil_id_kind.map(|kind| document(language, kind)))
            .maybe("civil_id", profile.civil_id.as_ref());
    }
    block = block
        .maybe("nif", profile.nif.as_ref())
        .maybe("address", profile.address.as_ref())
        .row("language", profile.language);
    if is_citizen {
        block = block.word("alerts", "alerts", profile.alerts);
    }
    block.section("contacts", contacts.lines()).text
}

/// Returns one line per contact, with its proposed value.
pub fn contact_lines(language: Language, contacts: &[ContactLine]) -> String {
    contacts.iter().map(|contact| contact_line(language, contact)).collect()
}

fn contact_line(language: Language, contact: &ContactLine) -> String {
    let standing = match contact {
        ContactLine { registered: false, .. } => "none",
        ContactLine { kind: ContactKind::Telephone, .. } => "plain",
        ContactLine { confirmed_at: None, .. } => "unconfirmed",
        ContactLine { confirmed_at: Some(_), .. } => "confirmed",
    };
    let mut facts = vec![
        ("kind", words(language, [contact.kind.as_str()].into_iter())),
        ("value", MessageArg::from(contact.value.as_deref().unwrap_or_default())),
        ("proposed", MessageArg::from(contact.proposed.as_deref().unwrap_or_default())),
    ];
    facts.extend(contact.confirmed_at.map(|at| ("confirmed_at", MessageArg::Time(at))));
    let mut rows = vec![localize(language, &format!("row-contact-{standing}"), &facts)];
    if contact.proposed.is_some() {
        rows.push(localize(language, "row-contact-proposed", &facts));
    }
    // The last row is the contact that awaits its holder.
    if let (Some(command), Some(row)) = (&contact.next, rows.last_mut()) {
        let facts = vec![("row", MessageArg::from(row.as_str())), ("command", MessageArg::from(command_line(command)))];
        *row = localize(language, "row-contact-next", &facts);
    }
    rows.iter().map(|row| with_newline(row)).collect()
}

/// Returns the alert preference, with the contact that must be confirmed before it takes effect.
fn alerts_in_force(language: Language, account: &Account) -> String {
    let chosen = code_words::translate(language, "alerts", account.alerts.as_str());
    match account.alerts_waiting_for {
        None => chosen,
        Some(kind) => {
            let facts = vec![("alerts", MessageArg::from(chosen)), ("kind", MessageArg::from(kind.as_str()))];
            localize(language, "row-alerts-waiting", &facts)
        }
    }
}

/// Renders an account for operators.
pub fn account(language: Language, niss: Option<Niss>, account: &Account) -> String {
    let blocks: Vec<String> = account
        .blocks
        .iter()
        .map(|block| {
            let mut facts = vec![("what", words(language, [block.what.as_str()].into_iter()))];
            facts.extend(block.until.map(|until| ("until", MessageArg::Time(until))));
            localize(language, if block.until.is_some() { "row-block-until" } else { "row-block" }, &facts)
        })
        .collect();
    let mut block = DetailBlock::new(language)
        .maybe("niss", niss)
        .word("state", "state", account.state)
        .word("account_type", "account_type", account.account_type)
        .word("holder", "kind", account.holder)
        .word("holder_status", "status", account.holder_status)
        .time("created_at", Some(account.created_at))
        .time("activated_at", account.activated_at);
    if account.account_type == AccountType::Citizen {
        block = block.row("alerts", alerts_in_force(language, account));
    }
    block = block.flag("password", account.password).flag("phone_code", account.phone_code);
    if !blocks.is_empty() {
        block = block.section("blocks", blocks.iter().map(String::as_str));
    }
    if !account.undelivered.is_empty() {
        let lines = account.undelivered.iter().map(|message| undelivered(language, message));
        block = block.section("undelivered", lines);
    }
    if !account.next.is_empty() {
        block = block.section("next", account.next.iter().map(command_line));
    }
    block.text
}

/// Returns what happened to a message, and what can be done about it.
pub fn undelivered(language: Language, message: &UndeliveredMessage) -> String {
    let channels = code_words::channels(language, &message.other_channels);
    let facts = vec![
        ("id", MessageArg::Number(message.id)),
        ("channel", MessageArg::from(message.channel.as_str())),
        ("purpose", MessageArg::from(code_words::purpose(language, message.purpose))),
        ("status", MessageArg::from(message.status.as_str())),
        ("at", MessageArg::Time(message.status_at)),
        ("invalidated", MessageArg::from(if message.code_invalidated == Some(true) { "yes" } else { "no" })),
        ("channels", MessageArg::from(channels)),
        ("command", MessageArg::from(message.next.as_ref().map(command_line).unwrap_or_default())),
    ];
    let way_out = match (&message.next, message.other_channels.is_empty()) {
        (Some(_), true) => "undelivered-correct-and-ask",
        (Some(_), false) => "undelivered-ask",
        (None, _) => "undelivered-correct",
    };
    let [happened, way_out] = ["row-undelivered", way_out].map(|key| localize(language, key, &facts));
    format!("{happened} {way_out}")
}

/// Renders the caller on the phone line.
pub fn caller(language: Language, niss: Niss, name: &str, kind: HolderKind) -> String {
    DetailBlock::new(language).row("niss", niss).row("name", name).word("holder", "kind", kind).text
}

/// Returns the name of a kind of identity document.
fn document(language: Language, kind: impl std::fmt::Display) -> String {
    code_words::translate(language, "civil_id_kind", &kind.to_string())
}

/// Renders a registry record for operators.
pub fn record(language: Language, niss: Option<Niss>, record: &Record) -> String {
    DetailBlock::about(language, record.kind)
        .maybe("niss", niss)
        .word("kind", "kind", record.kind)
        .word("status", "status", record.status)
        .row("name", &record.name)
        .date("birth_date", record.birth_date)
        .maybe("civil_id_kind", record.civil_id_kind.as_ref().map(|kind| document(language, kind)))
        .maybe("civil_id", record.civil_id.as_ref())
        .maybe("nif", record.nif.as_ref())
        .maybe("responsible", record.responsible.as_ref())
        .maybe("email", record.email.as_ref())
        .maybe("mobile", record.mobile.as_ref())
        .maybe("telephone", record.telephone.as_ref())
        .maybe("address", record.address.as_ref())
        .maybe("postal_code", record.postal_code.as_ref())
        .maybe("locality", record.locality.as_ref())
        .maybe("country", record.country.as_ref())
        .row("language", record.language)
        .text
}

/// Renders an audit entry with the deciding rule and its counters.
pub fn entry(language: Language, entry: &AuditEntry) -> String {
    let mut block = DetailBlock::new(language)
        .row("request", entry.id)
        .time("at", Some(entry.at))
        .row("actor", &entry.actor)
        .row("action", code_words::operation(language, &entry.action))
        .maybe("niss", entry.niss)
        .word("outcome", "outcome", &entry.outcome);
    if let Some(reason) = &entry.reason {
        block = block.row("rule", reason);
    }
    let mut left = match serde_json::to_value(entry.facts()) {
        Ok(serde_json::Value::Object(facts)) => facts,
        _ => serde_json::Map::new(),
    };
    let plain = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    for key in ["variant", "cause"] {
        if let Some(value) = left.remove(key) {
            block = block.word(key, key, plain(&value));
        }
    }
    if let Some(serde_json::Value::Array(fields)) = left.remove("differed") {
        block = block
            .row("differed", fields.iter().map(|field| label(language, &plain(field))).collect::<Vec<_>>().join(", "));
    }
    for (count, limit) in [("count", "limit"), ("on_code", "code_limit")] {
        if let (Some(number), Some(most)) = (left.remove(count), left.remove(limit)) {
            let facts = vec![("count", MessageArg::from(plain(&number))), ("limit", MessageArg::from(plain(&most)))];
            block = block.row(count, localize(language, "row-of", &facts));
        }
    }
    if let Some(until) = left.remove("until") {
        let until = until.as_str().and_then(|until| until.parse().ok());
        let rendered = until.map_or_else(
            || localize(language, "row-lifted", &vec![]),
            |at| format_time(language, at, DateStyle::Words),
        );
        block = block.row("until", rendered);
    }
    left.remove("effects");
    let effects = timeline::effects(language, entry);
    if !effects.is_empty() {
        block = block.section("effects", effects.iter());
    }
    if !left.is_empty() {
        let rest: Vec<String> = left.iter().map(|(key, value)| format!("{key}: {}", plain(value))).collect();
        block = block.section("detail", rest.iter().map(String::as_str));
    }
    block.text
}

/// Returns the label of a field; its name if it has none.
fn label(language: Language, field: &str) -> String {
    try_localize(language, &format!("label-{field}"), &vec![], DateStyle::Words).unwrap_or_else(|| field.to_owned())
}

/// Renders the facts of a store.
pub fn store(language: Language, store: &StoreInfo) -> String {
    let mut block = DetailBlock::new(language).row("path", &store.path).flag("sandbox", store.sandbox);
    if let Some(seed) = store.seed {
        block = block.row("seed", seed);
    }
    block = block.row("version", store.version).time("created_at", Some(store.created_at)).time("now", Some(store.now));
    // They differ only if the system's clock is behind.
    if let Some(system) = store.system_now.filter(|system| *system != store.now) {
        block = block.time("system_now", Some(system));
    }
    block
        .row("records", store.records)
        .row("accounts", store.accounts)
        .row("messages", store.messages)
        .row("bytes", store.bytes)
        .text
}
