//! How a done request reads without `--json`: a bare value for `$(...)`, a sentence, a block of `label: value`, or one line
//! of a list. Sentences and blocks speak Lisbon time; lines of lists have UTC, so that they sort and compare.

use super::{blocks, life};
use crate::domain::name::is_unseen;
use crate::domain::words::{Contact, Language};
use crate::reply::{Alert, AuditLine, Body, ContactLine, Difference, Done, Due, InboxLine, Message, Sent};
use crate::request::Op;
use crate::text::{Fact, Facts, say};

/// What goes to standard output, line ends included.
pub fn text(language: Language, done: &Done) -> String {
    let sentence = |facts: Facts| told(language, done, facts);
    match &done.body {
        Body::LoggedIn { session, .. } => line(session.expose()),
        Body::Identified { call, .. } => line(call.expose()),
        Body::Caller { niss, name, holder } => blocks::caller(language, *niss, name, *holder),
        Body::Code { code, .. } => line(code.expose()),
        Body::Awaited(awaited) => line(awaited.bare.expose()),
        Body::PhoneCode { phone_code: Some(code) } => line(code.expose()),
        Body::PhoneCode { phone_code: None } | Body::Nothing {} => sentence(vec![]),
        Body::Issued { state, channel, destination, code_expires_at, letter_expected_on } => {
            let mut facts = vec![
                ("state", Fact::from(state.as_str())),
                ("channel", Fact::from(channel.as_str())),
                ("destination", Fact::from(destination.as_str())),
                ("code_expires_at", Fact::Time(*code_expires_at)),
            ];
            facts.extend(letter_expected_on.map(|date| ("letter_expected_on", Fact::Date(date))));
            sentence(facts)
        }
        Body::Opened { .. } if done.op == Op::Register => line(&say(language, "done-register-opened", &vec![])),
        Body::Enrolled { destination } => sentence(vec![("destination", Fact::from(destination.as_str()))]),
        Body::Reached { until, usable } => {
            let mut text = line(&say(language, &format!("reached-{until}"), &vec![]));
            for way in usable.iter().flatten() {
                text += &line(&format!("{:<6}  {}", way.channel, way.destination));
            }
            text
        }
        Body::Opened { state, .. } | Body::State { state } => sentence(vec![("state", Fact::from(state.as_str()))]),
        Body::Contacts { contacts, .. } => contact_lines(language, contacts),
        // Standard output is the session's, and there is none yet: see `aside`.
        Body::Sent { .. } if done.op == Op::Login => String::new(),
        Body::Sent { sent } if sent.is_empty() => sentence(vec![]),
        Body::Sent { sent } => sent.iter().map(|sent| line(&say(language, "row-sent", &of_sent(sent)))).collect(),
        Body::TemporaryCode { .. } if done.op == Op::Login => String::new(),
        Body::TemporaryCode { sent: [sent] } => line(&say(language, "row-sent-cmd", &of_sent(sent))),
        Body::Confirmed { channel, destination, .. } => {
            sentence(vec![("channel", Fact::from(channel.as_str())), ("destination", Fact::from(destination.as_str()))])
        }
        Body::Removed { removed } => {
            sentence(vec![("removed", words(language, removed.iter().map(|contact| contact.as_str())))])
        }
        Body::Alerts { alerts } => sentence(vec![("alerts", Fact::from(alerts.as_str()))]),
        Body::Alerted { .. } => line(&json(&done.body)),
        Body::Inbox { inbox } => inbox.iter().map(inbox_line).collect(),
        Body::InboxLine(line) => blocks::inbox(language, line),
        Body::Profile(profile) => blocks::profile(language, done.niss, profile),
        Body::Message(message) if done.op == Op::OutboxList => message_line(message),
        Body::Message(message) => blocks::message(language, message),
        Body::Printed(printed) => {
            let earlier = printed.earlier.map_or("none".to_owned(), |request| request.to_string());
            sentence(vec![
                ("letters", number(printed.letters)),
                ("pages", number(printed.pages)),
                ("file", Fact::from(printed.file.as_deref().map(printable).unwrap_or_default())),
                ("earlier", Fact::from(earlier)),
            ])
        }
        Body::Mailed { emails, kept, folder } => sentence(vec![
            ("emails", number(*emails)),
            ("kept", number(*kept)),
            ("folder", Fact::from(printable(folder))),
        ]),
        Body::Account(account) => blocks::account(language, done.niss, account),
        Body::AccountLine { niss, state, account_type, created_at, activated_at } => line(&format!(
            "{niss}  {state:<9}  {account_type:<7}  {created_at}  {}",
            activated_at.map_or("-".to_owned(), |at| at.to_string())
        )),
        Body::Unlocked { lifted } => sentence(vec![
            ("count", number(lifted.len())),
            ("lifted", words(language, lifted.iter().map(|guard| guard.as_str()))),
        ]),
        Body::Record(record) => blocks::record(language, done.niss, record),
        Body::Count { records, citizens, employers, companies, inactive } => sentence(vec![
            ("records", Fact::Number(*records)),
            ("citizens", Fact::Number(*citizens)),
            ("employers", Fact::Number(*employers)),
            ("companies", Fact::Number(*companies)),
            ("inactive", Fact::Number(*inactive)),
        ]),
        Body::Imported { read, loaded, rejected, dry_run } => sentence(vec![
            ("read", number(*read)),
            ("loaded", number(*loaded)),
            ("rejected", number(*rejected)),
            ("dry_run", yes_or_no(*dry_run)),
        ]),
        // Of every command that is a batch.
        Body::Batch { lines, done, refused, malformed, dry_run } => line(&say(
            language,
            "done-batch",
            &vec![
                ("lines", number(*lines)),
                ("done", number(*done)),
                ("refused", number(*refused)),
                ("malformed", number(*malformed)),
                ("dry_run", yes_or_no(*dry_run)),
            ],
        )),
        Body::Audit(entry) => match done.op {
            Op::Why => blocks::entry(language, entry),
            Op::AccountHistory => history_line(language, entry),
            _ => audit_line(entry),
        },
        Body::Event(event) => life::line(language, event),
        Body::Page { file, events } => {
            sentence(vec![("file", Fact::from(printable(file))), ("events", number(*events))])
        }
        // Lines of JSON, whatever else is asked for: they are read by programs.
        Body::AuditRow(row) => line(&json(row)),
        Body::Person { person } => line(&format!("{:#}", serde_json::to_value(person).unwrap_or_default())),
        Body::Anchor { anchor } => line(anchor),
        Body::Verified { entries, anchor } => {
            sentence(vec![("entries", number(*entries)), ("anchor", Fact::from(anchor.as_str()))])
        }
        Body::Setting { key, value, default, least, most } => {
            let facts = vec![
                ("key", Fact::from(*key)),
                ("value", Fact::from(value.as_str())),
                ("default", Fact::from(default.as_str())),
                ("least", Fact::from(least.as_str())),
                ("most", Fact::from(most.as_str())),
            ];
            match done.op {
                Op::PolicyShow => line(&say(language, "row-setting", &facts)),
                _ => sentence(facts),
            }
        }
        Body::Now { now } => sentence(vec![("now", Fact::Time(*now)), ("utc", Fact::from(now.to_string()))]),
        Body::Store(store) if done.op == Op::StoreInfo => blocks::store(language, store),
        Body::Store(store) => sentence(vec![
            ("path", Fact::from(printable(&store.path))),
            ("sandbox", yes_or_no(store.sandbox)),
            ("now", Fact::Time(store.now)),
        ]),
        Body::Checked { ok } => sentence(vec![("ok", yes_or_no(*ok))]),
        Body::Hashed { hash } => line(hash),
        Body::Exported { scenario, .. } => scenario.clone(),
        Body::Schema { schema, .. } => line(&format!("{schema:#}")),
        Body::Scenario { file, lines, differences } => {
            let file = printable(file);
            let mut text: String = differences.iter().map(|one| difference(language, &file, one)).collect();
            let facts =
                vec![("file", Fact::from(file)), ("lines", number(*lines)), ("count", number(differences.len()))];
            text += &sentence(facts);
            text
        }
        Body::Conformance(line) => blocks::conformance(language, line),
        Body::Explanation { reason, meaning, cause, next } => {
            let facts = vec![
                ("reason", Fact::from(reason.as_str())),
                ("meaning", Fact::from(meaning.as_str())),
                ("cause", Fact::from(cause.as_str())),
                ("next", Fact::from(next.as_str())),
            ];
            line(&say(language, "explained", &facts))
        }
        Body::Text { text } => text.clone(),
        Body::Pages { files } => sentence(vec![("count", number(files.len()))]),
        Body::Rekeyed { key_file } => sentence(vec![("file", Fact::from(printable(key_file)))]),
        Body::BackedUp { file } => sentence(vec![("file", Fact::from(printable(file)))]),
    }
}

/// What a sentence about a code that was sent speaks of.
pub fn of_sent(sent: &Sent) -> Facts {
    vec![
        ("channel", Fact::from(sent.channel.as_str())),
        ("destination", Fact::from(sent.destination.as_str())),
        ("code_expires_at", Fact::Time(sent.code_expires_at)),
    ]
}

/// What was done where standard output says nothing of it: it goes to standard error, however quiet a command is to be.
pub fn aside(language: Language, done: &Done) -> Option<String> {
    match &done.body {
        Body::Sent { sent } if done.op == Op::Login => Some(told(language, done, of_sent(sent.first()?))),
        Body::TemporaryCode { sent: [sent] } if done.op == Op::Login => {
            Some(line(&say(language, "row-sent-cmd", &of_sent(sent))))
        }
        _ => None,
    }
}

/// What is said beside it: the keys of sentences.
pub fn notes(done: &Done) -> impl Iterator<Item = &'static str> {
    let due = match &done.body {
        Body::Opened { due, .. } | Body::LoggedIn { due, .. } => due.as_slice(),
        _ => &[],
    };
    let sent = matches!(&done.body, Body::TemporaryCode { .. });
    let due = due.iter().map(|due| match due {
        Due::Contacts => "note-due-contacts",
    });
    due.chain(sent.then_some("note-cmd-code"))
}

/// Stored text on one line: control characters, line separators and what turns the direction of writing are shown as their
/// numbers, so that no stored text can look like a line of ours (ASVS 16.4.1).
pub fn printable(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut shown, c| {
        if is_unseen(c) {
            shown.extend(c.escape_unicode())
        } else {
            shown.push(c)
        }
        shown
    })
}

/// A text and the end of its line.
pub fn line(text: &str) -> String {
    format!("{text}\n")
}

fn told(language: Language, done: &Done, mut facts: Facts) -> String {
    facts.extend(done.niss.map(|niss| ("niss", Fact::from(niss.to_string()))));
    line(&say(language, &format!("done-{}", done.op), &facts))
}

fn yes_or_no(value: bool) -> Fact {
    Fact::from(if value { "yes" } else { "no" })
}

fn number(count: impl TryInto<i64>) -> Fact {
    Fact::Number(count.try_into().unwrap_or(i64::MAX))
}

/// Words of the code in the words of the language, parted by commas.
pub fn words<'a>(language: Language, words: impl Iterator<Item = &'a str>) -> Fact {
    let told: Vec<String> = words.map(|word| say(language, &format!("word-{word}"), &vec![])).collect();
    Fact::from(told.join(", "))
}

/// The contacts and what is proposed for them, a line each.
pub fn contact_lines(language: Language, contacts: &[ContactLine]) -> String {
    contacts.iter().map(|contact| contact_line(language, contact)).collect()
}

fn contact_line(language: Language, contact: &ContactLine) -> String {
    let standing = match contact {
        ContactLine { registered: false, .. } => "none",
        ContactLine { kind: Contact::Telephone, .. } => "kept",
        ContactLine { confirmed_at: None, .. } => "unconfirmed",
        ContactLine { confirmed_at: Some(_), .. } => "confirmed",
    };
    let mut facts = vec![
        ("kind", words(language, [contact.kind.as_str()].into_iter())),
        ("value", Fact::from(contact.value.as_deref().unwrap_or_default())),
        ("proposed", Fact::from(contact.proposed.as_deref().unwrap_or_default())),
    ];
    facts.extend(contact.confirmed_at.map(|at| ("confirmed_at", Fact::Time(at))));
    let mut text = line(&say(language, &format!("row-contact-{standing}"), &facts));
    if contact.proposed.is_some() {
        text += &line(&say(language, "row-contact-proposed", &facts));
    }
    text
}

fn difference(language: Language, file: &str, one: &Difference) -> String {
    let facts = vec![
        ("place", Fact::from(format!("{file}:{}", one.line))),
        ("path", Fact::from(printable(&one.path))),
        ("expected", Fact::from(printable(&one.expected.to_string()))),
        ("got", Fact::from(printable(&one.got.to_string()))),
    ];
    line(&say(language, if one.path.is_empty() { "row-difference-whole" } else { "row-difference" }, &facts))
}

/// The lines of an address block, parted by commas.
pub fn on_one_line(address: &str) -> String {
    address.replace('\n', ", ")
}

fn message_line(message: &Message) -> String {
    let Message { id, niss, channel, purpose, to, created_at, .. } = message;
    line(&format!("{id:>4}  {created_at}  {niss}  {channel:<6}  {purpose:<18}  {}", printable(&on_one_line(to))))
}

fn inbox_line(message: &InboxLine) -> String {
    let InboxLine { id, alert, created_at, read_at } = message;
    let Alert { kind, about, decision, amount, paid_on } = alert;
    let or_dash = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
    let (decision, amount) = (or_dash(decision.map(|it| it.to_string())), or_dash(amount.map(|it| it.to_string())));
    let (paid_on, read_at) = (or_dash(paid_on.map(|it| it.to_string())), or_dash(read_at.map(|it| it.to_string())));
    line(&format!(
        "{id:>4}  {created_at}  {read_at:<20}  {kind:<8}  {decision:<7}  {amount:>9}  {paid_on:<10}  {}",
        printable(about.as_str())
    ))
}

fn audit_line(entry: &AuditLine) -> String {
    let AuditLine { id, at, actor, action, niss, outcome, reason, detail } = entry;
    let niss = niss.map_or("-".to_owned(), |niss| niss.to_string());
    let outcome = match reason {
        Some(reason) => format!("{outcome}[{reason}]"),
        None => outcome.clone(),
    };
    let detail = detail.as_ref().map(|detail| format!("  {}", printable(&detail.to_string()))).unwrap_or_default();
    line(&format!("{id:>4}  {at}  {}  {action:<18}  {niss:<11}  {outcome}{detail}", printable(actor)))
}

fn history_line(language: Language, entry: &AuditLine) -> String {
    let facts = vec![
        ("id", Fact::from(entry.id.to_string())),
        ("at", Fact::Time(entry.at)),
        ("actor", Fact::from(printable(&entry.actor))),
        ("action", Fact::from(printable(&entry.action))),
        ("outcome", Fact::from(entry.outcome.as_str())),
        ("reason", Fact::from(printable(entry.reason.as_deref().unwrap_or_default()))),
    ];
    let told = say(language, "row-history", &facts);
    let said = entry.detail.as_ref().and_then(|detail| detail["reason"].as_str());
    line(&said.map_or(told.clone(), |said| format!("{told}: {}", printable(said))))
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::{Channel, State};
    use crate::reply::Secret;

    #[test]
    fn stored_text_stays_on_its_line() {
        assert_eq!(printable("Ana\nid: 4\u{1b}[2J\u{202e}\u{2028}é"), "Ana\\u{a}id: 4\\u{1b}[2J\\u{202e}\\u{2028}é");
    }

    #[test]
    fn a_value_for_a_script_stands_alone() {
        let code = Body::PhoneCode { phone_code: Some(Secret::new("482913")) };
        assert_eq!(text(Language::Pt, &Done::new(Op::PhoneCodeSet, code)), "482913\n");
    }

    #[test]
    fn a_letter_is_told_with_the_day_when_it_should_be_there() {
        let issued = Body::Issued {
            state: State::Requested,
            channel: Channel::Letter,
            destination: "R***, 1200-***".into(),
            code_expires_at: "2026-01-26T09:00:00Z".parse().expect("a time"),
            letter_expected_on: "2026-01-15".parse().ok(),
        };
        let told = text(Language::Pt, &Done::new(Op::Register, issued));
        assert!(told.contains("até 15 de janeiro de 2026 e é válido até 26 de janeiro de 2026 às 09:00"), "{told}");
    }
}
