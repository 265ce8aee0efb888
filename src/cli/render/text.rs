//! Replies as text: a bare value for `$(...)`, a sentence, a block of `label: value`, or one line of a list.
//!
//! Sentences and blocks have Lisbon time. Lines of lists have UTC, so that they sort and compare.

use crate::cli::render::detail::{self, contact_lines};
use crate::cli::render::escape::{on_one_line, printable, with_newline, words};
use crate::cli::render::table::CellColor;
use crate::cli::render::{code_words, report, table_columns, timeline};
use crate::domain::vocabulary::{ContactKind, Language};
use crate::l10n::{MessageArg, MessageArgs, localize};
use crate::reply::{
    Alert, AuditEntry, Difference, Done, InboxMessage, Message, OutstandingTask, Record, ReplyBody, SentCode,
    SessionLine, escaped_json,
};
use crate::request::Operation;

/// Returns the text for standard output, with line ends.
pub fn stdout_text(language: Language, done: &Done) -> String {
    let sentence = |facts: MessageArgs| sentence(language, done, facts);
    match &done.body {
        ReplyBody::LoggedIn { session, .. } => with_newline(session.expose()),
        ReplyBody::Identified { call, .. } => with_newline(call.expose()),
        ReplyBody::Caller { niss, name, holder } => detail::caller(language, *niss, name, *holder),
        ReplyBody::Code { code, .. } => with_newline(code.expose()),
        ReplyBody::Awaited(awaited) => with_newline(awaited.bare.expose()),
        ReplyBody::PhoneCode { phone_code: Some(code) } => with_newline(code.expose()),
        ReplyBody::PhoneCode { phone_code: None } | ReplyBody::Nothing {} => sentence(vec![]),
        ReplyBody::CodeIssued { state, channel, destination, code_expires_at, letter_expected_on, .. } => {
            let mut facts = vec![
                ("state", MessageArg::from(state.as_str())),
                ("channel", MessageArg::from(channel.as_str())),
                ("destination", MessageArg::from(destination.as_str())),
                ("code_expires_at", MessageArg::Time(*code_expires_at)),
            ];
            facts.extend(letter_expected_on.map(|date| ("letter_expected_on", MessageArg::Date(date))));
            sentence(facts)
        }
        ReplyBody::AccountActive { .. } if done.op == Operation::Register => {
            with_newline(&localize(language, "done-register-opened", &vec![]))
        }
        ReplyBody::Enrolled { destination } => sentence(vec![("destination", MessageArg::from(destination.as_str()))]),
        ReplyBody::StepPassed { until, usable } => {
            let mut text = with_newline(&localize(language, &format!("reached-{until}"), &vec![]));
            for way in usable.iter().flatten() {
                let channel = code_words::translate(language, "channel", way.channel.as_str());
                text += &with_newline(&format!("{channel:<6}  {}", way.destination));
            }
            text
        }
        ReplyBody::AccountActive { state, .. } | ReplyBody::State { state } => {
            sentence(vec![("state", MessageArg::from(state.as_str()))])
        }
        ReplyBody::Sessions { sessions } => sessions.iter().map(session_line).collect(),
        ReplyBody::SessionsEnded { ended } => sentence(vec![("count", number(ended.len()))]),
        ReplyBody::Contacts { contacts, .. } => contact_lines(language, contacts),
        // Standard output is for the session token, which does not exist yet. `stderr_text` prints this reply.
        ReplyBody::Sent { .. } if done.op == Operation::Login => String::new(),
        ReplyBody::Sent { sent } if sent.is_empty() => sentence(vec![]),
        ReplyBody::Sent { sent } => {
            sent.iter().map(|sent| with_newline(&localize(language, "row-sent", &sent_code_text(sent)))).collect()
        }
        ReplyBody::TemporaryCode { .. } if done.op == Operation::Login => String::new(),
        ReplyBody::TemporaryCode { sent: [sent] } => {
            with_newline(&localize(language, "row-sent-cmd", &sent_code_text(sent)))
        }
        ReplyBody::ContactConfirmed { channel, destination, .. } => sentence(vec![
            ("channel", MessageArg::from(channel.as_str())),
            ("destination", MessageArg::from(destination.as_str())),
        ]),
        ReplyBody::ContactsRemoved { removed, .. } => {
            sentence(vec![("removed", words(language, removed.iter().map(|contact| contact.as_str())))])
        }
        ReplyBody::Alerts { alerts, .. } => sentence(vec![("alerts", MessageArg::from(alerts.as_str()))]),
        ReplyBody::Alerted { .. } => with_newline(&json(&done.body)),
        ReplyBody::Inbox { inbox } => inbox.iter().map(inbox_line).collect(),
        ReplyBody::Calendar { events, file } => sentence(vec![
            ("count", number(events.len())),
            ("file", MessageArg::from(file.as_deref().map(printable).unwrap_or_default())),
        ]),
        ReplyBody::InboxLine(line) => detail::inbox(language, line),
        ReplyBody::Profile(profile) => detail::profile(language, done.niss, profile),
        ReplyBody::Message(message) if done.op == Operation::OutboxList => message_line(message),
        ReplyBody::Message(message) => detail::message(language, message),
        ReplyBody::Printed(printed) => {
            let earlier = printed.earlier.map_or("none".to_owned(), |request| request.to_string());
            sentence(vec![
                ("letters", number(printed.letters)),
                ("pages", number(printed.pages)),
                ("file", MessageArg::from(printed.file.as_deref().map(printable).unwrap_or_default())),
                ("earlier", MessageArg::from(earlier)),
            ])
        }
        ReplyBody::Undelivered(message) => with_newline(&detail::undelivered(language, message)),
        ReplyBody::EmailsExported { emails, stored, folder } => sentence(vec![
            ("emails", number(*emails)),
            ("existing", number(*stored)),
            ("folder", MessageArg::from(printable(folder))),
        ]),
        ReplyBody::Account(account) => detail::account(language, done.niss, account),
        ReplyBody::AccountLine { niss, state, account_type, created_at, activated_at, blocks } => {
            let activated_at = activated_at.map_or("-".to_owned(), |at| at.to_string());
            let blocks = blocks.iter().flatten().map(table_columns::block).collect::<Vec<_>>().join(", ");
            let line = format!("{niss}  {state:<9}  {account_type:<7}  {created_at}  {activated_at}  {blocks}");
            with_newline(line.trim_end())
        }
        ReplyBody::Rows { count } => with_newline(&count.to_string()),
        ReplyBody::Unlocked { lifted } => sentence(vec![
            ("count", number(lifted.len())),
            ("lifted", words(language, lifted.iter().map(|guard| guard.as_str()))),
        ]),
        ReplyBody::Record(record) if matches!(done.op, Operation::RegistryList | Operation::RegistryFind) => {
            record_line(done, record)
        }
        ReplyBody::Record(record) => detail::record(language, done.niss, record),
        ReplyBody::RegistryCount { records, citizens, employers, companies, inactive } => sentence(vec![
            ("records", MessageArg::Number(*records)),
            ("citizens", MessageArg::Number(*citizens)),
            ("employers", MessageArg::Number(*employers)),
            ("companies", MessageArg::Number(*companies)),
            ("inactive", MessageArg::Number(*inactive)),
        ]),
        ReplyBody::Imported { read, loaded, rejected, dry_run, gaps } => {
            let summary = sentence(vec![
                ("read", number(*read)),
                ("loaded", number(*loaded)),
                ("rejected", number(*rejected)),
                ("dry_run", yes_or_no(*dry_run)),
            ]);
            let gaps = vec![
                ("without_nif", number(gaps.without_nif)),
                ("without_civil_id", number(gaps.without_civil_id)),
                ("without_channel", number(gaps.without_channel)),
            ];
            with_newline(&format!("{}{}", summary.trim_end(), localize(language, "done-registry_import-gaps", &gaps)))
        }
        // The reply of every batch command.
        ReplyBody::Batch { lines, done, refused, malformed, dry_run, .. } => with_newline(&localize(
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
        ReplyBody::BatchForgotten { name, lines } => {
            sentence(vec![("name", MessageArg::from(printable(name))), ("lines", MessageArg::Number(*lines as i64))])
        }
        ReplyBody::Audit(entry) => match done.op {
            Operation::Why => detail::entry(language, entry),
            Operation::AccountHistory => history_line(language, entry),
            _ => audit_line(entry),
        },
        ReplyBody::ExplainedLine(line) => {
            let cells = table_columns::explained_line(language, line);
            with_newline(
                &cells.iter().filter(|cell| !cell.is_empty()).map(String::as_str).collect::<Vec<_>>().join("  "),
            )
        }
        ReplyBody::Event(event) => timeline::line(language, event),
        ReplyBody::TimelinePage { file, events } => {
            sentence(vec![("file", MessageArg::from(printable(file))), ("events", number(*events))])
        }
        ReplyBody::Report(found) => report::text(language, found, None),
        ReplyBody::ReportPage { file, entries } => {
            sentence(vec![("file", MessageArg::from(printable(file))), ("entries", number(*entries))])
        }
        // Always JSON, because programs read the audit export.
        ReplyBody::AuditRow(row) => with_newline(&json(row)),
        ReplyBody::Person { person } => {
            with_newline(&format!("{:#}", serde_json::to_value(person).unwrap_or_default()))
        }
        ReplyBody::Anchor { anchor } => with_newline(anchor),
        ReplyBody::Verified { entries, anchor } => {
            sentence(vec![("entries", number(*entries)), ("anchor", MessageArg::from(anchor.as_str()))])
        }
        ReplyBody::Setting { key, value, default, least, most } => {
            let facts = vec![
                ("key", MessageArg::from(*key)),
                ("value", MessageArg::from(value.as_str())),
                ("default", MessageArg::from(default.as_str())),
                ("least", MessageArg::from(least.as_str())),
                ("most", MessageArg::from(most.as_str())),
            ];
            match done.op {
                Operation::PolicyShow => with_newline(&localize(language, "row-setting", &facts)),
                _ => sentence(facts),
            }
        }
        ReplyBody::ClockTime { now } => {
            sentence(vec![("now", MessageArg::Time(*now)), ("utc", MessageArg::from(now.to_string()))])
        }
        ReplyBody::ClockReset { from, now, sessions, calls, codes, lockouts } => sentence(vec![
            ("from", MessageArg::Time(*from)),
            ("now", MessageArg::Time(*now)),
            ("sessions", number(*sessions)),
            ("calls", number(*calls)),
            ("codes", number(*codes)),
            ("lockouts", number(*lockouts)),
        ]),
        ReplyBody::Store(store) if done.op == Operation::StoreInfo => detail::store(language, store),
        ReplyBody::Store(store) => sentence(vec![
            ("path", MessageArg::from(printable(&store.path))),
            ("sandbox", yes_or_no(store.sandbox)),
            ("now", MessageArg::Time(store.now)),
        ]),
        ReplyBody::StoreChecked { ok, not_compared, .. } => {
            sentence(vec![("ok", yes_or_no(*ok)), ("not_compared", number(*not_compared))])
        }
        ReplyBody::StateHash { hash } => with_newline(hash),
        ReplyBody::Exported { scenario, .. } => scenario.clone(),
        ReplyBody::Schema { schema, .. } => with_newline(&format!("{schema:#}")),
        ReplyBody::Scenario { file, differences, .. } => {
            let file = printable(file);
            let mut text: String = differences.iter().map(|one| difference(language, &file, one)).collect();
            text += &scenario_summary(language, done);
            text
        }
        ReplyBody::Conformance(line) => detail::conformance(language, line),
        ReplyBody::Explanation { reason, meaning, cause, next } => {
            let facts = vec![
                ("reason", MessageArg::from(reason.as_str())),
                ("meaning", MessageArg::from(meaning.as_str())),
                ("cause", MessageArg::from(cause.as_str())),
                ("next", MessageArg::from(next.as_str())),
            ];
            with_newline(&localize(language, "explained", &facts))
        }
        ReplyBody::Text { text } | ReplyBody::Terms { text, .. } => text.clone(),
        ReplyBody::Pages { files } => sentence(vec![("count", number(files.len()))]),
        ReplyBody::Demo { folder, files, r#try } => {
            let heading = |key, facts| with_newline(&localize(language, key, &facts));
            let mut text = heading("demo-files", vec![("folder", MessageArg::from(printable(folder)))]);
            for file in files {
                let about = localize(language, &format!("demo-{}", file.replace(['.', '/'], "-")), &vec![]);
                text += &format!("  {file:<34}  {about}\n");
            }
            text += &heading("demo-try", vec![]);
            r#try.iter().for_each(|command| text += &format!("  {command}\n"));
            text
        }
        ReplyBody::Rekeyed { key_file } => sentence(vec![("file", MessageArg::from(printable(key_file)))]),
        ReplyBody::Restored { file, backup, key_file, previous, previous_key, counts } => {
            let path = |path: &Option<String>| MessageArg::from(path.as_deref().map(printable).unwrap_or_default());
            let mut facts = vec![
                ("file", MessageArg::from(printable(file))),
                ("backup", MessageArg::from(printable(backup))),
                ("key_file", path(key_file)),
                ("previous", path(previous)),
                ("previous_key", path(previous_key)),
                ("entry", MessageArg::from(counts.last_entry.to_string())),
                ("sessions", number(counts.sessions)),
                ("calls", number(counts.calls)),
                ("codes", number(counts.codes)),
            ];
            facts.extend(counts.last_at.map(|at| ("at", MessageArg::Time(at))));
            let parts = [
                ("restored-empty", counts.last_at.is_none()),
                ("restored-until", counts.last_at.is_some()),
                ("restored-key", key_file.is_some()),
                ("restored-previous", previous.is_some()),
                ("restored-previous_key", previous_key.is_some()),
                ("restored-anchors", true),
            ];
            let shown = parts.into_iter().filter(|(_, is_shown)| *is_shown);
            shown.map(|(key, _)| with_newline(&localize(language, key, &facts))).collect()
        }
        ReplyBody::BackedUp { file } => sentence(vec![("file", MessageArg::from(printable(file)))]),
    }
}

/// Returns a registry record on one line: NISS, date of birth, kind, status, name and contacts.
fn record_line(done: &Done, record: &Record) -> String {
    let niss = done.niss.map(|niss| niss.to_string()).unwrap_or_default();
    let birth_date = record.birth_date.map_or("-".to_owned(), |date| date.to_string());
    let contacts: Vec<&str> =
        [&record.email, &record.mobile, &record.telephone].into_iter().filter_map(|text| text.as_deref()).collect();
    let line = format!(
        "{niss}  {birth_date:<10}  {:<8}  {:<8}  {}  {}",
        record.kind,
        record.status,
        printable(&record.name),
        printable(&contacts.join("  "))
    );
    with_newline(line.trim_end())
}

/// Returns the message arguments of a sentence about a code that was sent.
pub fn sent_code_text(sent: &SentCode) -> MessageArgs {
    vec![
        ("channel", MessageArg::from(sent.channel.as_str())),
        ("destination", MessageArg::from(sent.destination.as_str())),
        ("code_expires_at", MessageArg::Time(sent.code_expires_at)),
    ]
}

/// Returns the part of the text that has a colour at a terminal, if any.
pub fn emphasis(language: Language, done: &Done) -> Option<(String, CellColor)> {
    Some(match &done.body {
        ReplyBody::Scenario { differences, error, .. } => {
            let color = if differences.is_empty() && error.is_none() { CellColor::Green } else { CellColor::Red };
            (scenario_summary(language, done).trim_end().to_owned(), color)
        }
        ReplyBody::Conformance(result) => (result.verdict.to_string(), table_columns::of_verdict(result.verdict)),
        ReplyBody::Explanation { reason, .. } => (reason.to_string(), CellColor::Bold),
        ReplyBody::Audit(AuditEntry { reason: Some(reason), .. }) if done.op == Operation::Why => {
            (reason.clone(), CellColor::Yellow)
        }
        _ => return None,
    })
}

/// Returns the last line about a scenario: the number of differences, or that it was not run.
fn scenario_summary(language: Language, done: &Done) -> String {
    let ReplyBody::Scenario { file, lines, differences, error } = &done.body else { return String::new() };
    let file = printable(file);
    match error {
        Some(_) => with_newline(&localize(language, "row-scenario-not-run", &vec![("file", MessageArg::from(file))])),
        None => sentence(
            language,
            done,
            vec![("file", MessageArg::from(file)), ("lines", number(*lines)), ("count", number(differences.len()))],
        ),
    }
}

/// Returns the text for standard error if standard output has none. `--quiet` does not suppress it.
pub fn stderr_text(language: Language, done: &Done) -> Option<String> {
    match &done.body {
        ReplyBody::Sent { sent } if done.op == Operation::Login => {
            Some(sentence(language, done, sent_code_text(sent.first()?)))
        }
        ReplyBody::TemporaryCode { sent: [sent] } if done.op == Operation::Login => {
            Some(with_newline(&localize(language, "row-sent-cmd", &sent_code_text(sent))))
        }
        _ => None,
    }
}

/// Returns the catalogue keys of the notes for standard error.
pub fn stderr_notes(done: &Done) -> impl Iterator<Item = &'static str> {
    let due = match &done.body {
        ReplyBody::AccountActive { due, .. } | ReplyBody::LoggedIn { due, .. } => due.as_slice(),
        _ => &[],
    };
    let sent = matches!(&done.body, ReplyBody::TemporaryCode { .. });
    let due = due.iter().map(|due| match due {
        OutstandingTask::Contacts => "note-due-contacts",
    });
    let awaited = match &done.body {
        ReplyBody::Alerts { alerts_waiting_for, .. } | ReplyBody::CodeIssued { alerts_waiting_for, .. } => {
            *alerts_waiting_for
        }
        _ => None,
    };
    let awaited = awaited.map(|kind| match kind {
        ContactKind::Email => "note-alerts-waiting-email",
        ContactKind::Mobile | ContactKind::Telephone => "note-alerts-waiting-mobile",
    });
    let session = match &done.body {
        ReplyBody::LoggedIn { enrolment: true, .. } => Some("note-enrolment"),
        ReplyBody::ContactConfirmed { session_ended: true, .. } => Some("note-enrolled"),
        _ => None,
    };
    due.chain(sent.then_some("note-cmd-code")).chain(awaited).chain(session)
}

fn sentence(language: Language, done: &Done, mut facts: MessageArgs) -> String {
    facts.extend(done.niss.map(|niss| ("niss", MessageArg::from(niss.to_string()))));
    with_newline(&localize(language, &format!("done-{}", done.op), &facts))
}

fn yes_or_no(value: bool) -> MessageArg {
    MessageArg::from(if value { "yes" } else { "no" })
}

fn number(count: impl TryInto<i64>) -> MessageArg {
    MessageArg::Number(count.try_into().unwrap_or(i64::MAX))
}

fn difference(language: Language, file: &str, one: &Difference) -> String {
    let facts = vec![
        ("place", MessageArg::from(format!("{file}:{}", one.line))),
        ("path", MessageArg::from(printable(&one.path))),
        ("expected", MessageArg::from(printable(&one.expected.to_string()))),
        ("actual", MessageArg::from(printable(&one.actual.to_string()))),
    ];
    with_newline(&localize(
        language,
        if one.path.is_empty() { "row-difference-reply" } else { "row-difference" },
        &facts,
    ))
}

fn message_line(message: &Message) -> String {
    let Message { id, niss, channel, purpose, to, created_at, .. } = message;
    with_newline(&format!(
        "{id:>4}  {created_at}  {niss}  {channel:<6}  {purpose:<18}  {}",
        printable(&on_one_line(to))
    ))
}

fn inbox_line(message: &InboxMessage) -> String {
    let InboxMessage { id, alert, created_at, read_at } = message;
    let Alert { kind, about, decision, amount, paid_on } = alert;
    let or_dash = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
    let (decision, amount) = (or_dash(decision.map(|it| it.to_string())), or_dash(amount.map(|it| it.to_string())));
    let (paid_on, read_at) = (or_dash(paid_on.map(|it| it.to_string())), or_dash(read_at.map(|it| it.to_string())));
    with_newline(&format!(
        "{id:>4}  {created_at}  {read_at:<20}  {kind:<8}  {decision:<7}  {amount:>9}  {paid_on:<10}  {}",
        printable(about.as_str())
    ))
}

fn session_line(session: &SessionLine) -> String {
    let SessionLine { id, created_at, last_used_at, expires_at, idle_expires_at, current } = session;
    let end = expires_at.min(idle_expires_at);
    let current = if *current { "  current" } else { "" };
    with_newline(&format!("{id}  {created_at}  {last_used_at}  {end}{current}"))
}

fn audit_line(entry: &AuditEntry) -> String {
    let AuditEntry { id, at, actor, action, niss, outcome, reason, detail } = entry;
    let niss = niss.map_or("-".to_owned(), |niss| niss.to_string());
    let outcome = match reason {
        Some(reason) => format!("{outcome}[{reason}]"),
        None => outcome.clone(),
    };
    let detail = detail.as_ref().map(|detail| format!("  {}", printable(&json(detail)))).unwrap_or_default();
    with_newline(&format!("{id:>4}  {at}  {}  {action:<18}  {niss:<11}  {outcome}{detail}", printable(actor)))
}

fn history_line(language: Language, entry: &AuditEntry) -> String {
    let facts = vec![
        ("id", MessageArg::from(entry.id.to_string())),
        ("at", MessageArg::Time(entry.at)),
        ("actor", MessageArg::from(printable(&entry.actor))),
        ("action", MessageArg::from(printable(&code_words::operation(language, &entry.action)))),
        ("outcome", MessageArg::from(entry.outcome.as_str())),
        ("reason", MessageArg::from(printable(entry.reason.as_deref().unwrap_or_default()))),
    ];
    let rendered = localize(language, "row-history", &facts);
    let said = entry.detail.as_ref().and_then(|detail| detail.reason.as_deref());
    with_newline(&said.map_or(rendered.clone(), |said| format!("{rendered}: {}", printable(said))))
}

fn json(value: &impl serde::Serialize) -> String {
    escaped_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::vocabulary::{AccountState, Channel};
    use crate::reply::Secret;

    #[test]
    fn phone_code_is_printed_bare() {
        let code = ReplyBody::PhoneCode { phone_code: Some(Secret::new("482913")) };
        assert_eq!(stdout_text(Language::Pt, &Done::new(Operation::PhoneCodeSet, code)), "482913\n");
    }

    #[test]
    fn letter_reply_has_expected_date_and_expiry() {
        let issued = ReplyBody::CodeIssued {
            state: AccountState::Requested,
            channel: Channel::Letter,
            destination: "R***, 1200-***".into(),
            code_expires_at: "2026-01-26T09:00:00Z".parse().expect("a time"),
            letter_expected_on: "2026-01-15".parse().ok(),
            alerts_waiting_for: None,
        };
        let rendered = stdout_text(Language::Pt, &Done::new(Operation::Register, issued));
        assert!(
            rendered.contains("até 15 de janeiro de 2026 e é válido até às 09:00 de 26 de janeiro de 2026"),
            "{rendered}"
        );
    }
}
