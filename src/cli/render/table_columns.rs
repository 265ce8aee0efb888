//! The columns of each list's table. Results with sentences or JSON have none: they keep their text form.

use serde_json::Value;

use crate::cli::render::code_words;
use crate::cli::render::escape::{on_one_line, printable};
use crate::cli::render::table::{Cell, CellColor, Column, ColumnFit};
use crate::cli::render::timeline;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{AccountState, Language, MessageStatus};
use crate::l10n::next_steps::command_line;
use crate::l10n::{DateStyle, format_time, localize};
use crate::reply::{
    Alert, AuditDetail, AuditEntry, Block, Done, Event, EventKind, ExplainedLine, InboxMessage, Message, Record,
    ReplyBody, SessionLine, Verdict,
};
use crate::request::Operation;
use crate::request::request_line::LineId;

/// Returns whether a reply contains a list.
pub fn is_list(done: &Done) -> bool {
    matches!(done.body, ReplyBody::Contacts { .. } | ReplyBody::Inbox { .. } | ReplyBody::Sessions { .. })
}

/// Returns the columns of the list that this reply is a row of, or `None` if it has no table.
///
/// Words of the code are never cut, because people copy them.
pub fn of(language: Language, done: &Done) -> Option<Vec<Column>> {
    use ColumnFit::{Full, Rest, Right};
    const CUT: ColumnFit = ColumnFit::Cut(7);
    let known: &[(&str, ColumnFit)] = match (&done.body, done.op) {
        (ReplyBody::Message(_), Operation::OutboxList) => &[
            ("id", Right),
            ("created_at", Full),
            ("niss", Full),
            ("channel", Full),
            ("purpose", ColumnFit::Cut(20)),
            ("message_status", Full),
            ("to", CUT),
        ],
        (ReplyBody::AccountLine { blocks: Some(_), .. }, _) => &[
            ("niss", Full),
            ("state", Full),
            ("account_type", Full),
            ("blocks", ColumnFit::Cut(20)),
            ("created_at", Rest),
        ],
        (ReplyBody::AccountLine { .. }, _) => {
            &[("niss", Full), ("state", Full), ("account_type", Full), ("created_at", Full), ("activated_at", Full)]
        }
        (ReplyBody::Audit(_), Operation::Why) => return None,
        (ReplyBody::ExplainedLine(_), _) => {
            &[("line", Right), ("line_id", CUT), ("action", Full), ("niss", Full), ("rule", Full), ("cause", Rest)]
        }
        (ReplyBody::Audit(_), Operation::AccountHistory) => {
            &[("request", Right), ("at", Full), ("who", Rest), ("action", Full), ("outcome", Full), ("remark", Rest)]
        }
        (ReplyBody::Audit(_), _) => &[
            ("request", Right),
            ("at", Full),
            ("who", Rest),
            ("action", Full),
            ("niss", Full),
            ("outcome", Full),
            ("detail", Rest),
        ],
        (ReplyBody::Record(_), Operation::RegistryList | Operation::RegistryFind) => &[
            ("niss", Full),
            ("name", ColumnFit::Cut(16)),
            ("birth_date", Full),
            ("email", Rest),
            ("mobile", Rest),
            ("status", Rest),
            ("nif", Rest),
            ("civil_id", Rest),
            ("telephone", Rest),
            ("responsible", Rest),
            ("postal_code", Rest),
            ("locality", Rest),
            ("address", Rest),
            ("country", Rest),
            ("language", Rest),
        ],
        (ReplyBody::Event(_), _) => &[("at", Full), ("event", ColumnFit::Cut(30)), ("request", Right)],
        (ReplyBody::Setting { .. }, Operation::PolicyShow) => {
            &[("key", Full), ("value", CUT), ("default", CUT), ("least", Full), ("most", Full)]
        }
        (ReplyBody::Inbox { .. }, _) => &[
            ("id", Right),
            ("created_at", Full),
            ("read_at", Full),
            ("alert_kind", Full),
            ("decision", Full),
            ("amount", Right),
            ("paid_on", Full),
            ("about", ColumnFit::Cut(20)),
        ],
        (ReplyBody::Sessions { .. }, _) => {
            &[("session", Full), ("logged_in_at", Full), ("last_used_at", Full), ("ends_at", Full), ("current", Full)]
        }
        (ReplyBody::Contacts { .. }, _) => {
            &[("contact", Full), ("value", CUT), ("confirmed_at", Full), ("proposed", CUT), ("to_do", Full)]
        }
        _ => return None,
    };
    let column = |(key, fit): &(&str, ColumnFit)| Column {
        head: localize(language, &format!("label-{key}"), &vec![]),
        fit: *fit,
    };
    Some(known.iter().map(column).collect())
}

/// Returns the rows of a reply: one, or those of the list in it.
pub fn cells(language: Language, done: &Done) -> Vec<Vec<Cell>> {
    let plain = |texts: Vec<String>| texts.into_iter().map(Cell::from).collect::<Vec<_>>();
    let time = |time: &Option<Timestamp>| time.map(|time| time.to_string()).unwrap_or_default();
    let row = match &done.body {
        ReplyBody::Message(message) if done.op == Operation::OutboxList => {
            let Message { id, niss, channel, purpose, to, created_at, status, .. } = message;
            let mut row = plain(vec![
                id.to_string(),
                created_at.to_string(),
                niss.to_string(),
                code_words::translate(language, "channel", channel.as_str()),
                printable(&code_words::purpose(language, *purpose)),
                code_words::translate(language, "message_status", status.as_str()),
                printable(&on_one_line(to)),
            ]);
            // A letter that waits to be printed, or a message that did not arrive.
            row[5].color = match status {
                MessageStatus::Pending => Some(CellColor::Yellow),
                MessageStatus::Returned | MessageStatus::Failed | MessageStatus::Lost => Some(CellColor::Red),
                MessageStatus::Dispatched => None,
            };
            row
        }
        ReplyBody::AccountLine { niss, state, account_type, created_at, activated_at, blocks } => {
            let mut row = plain(vec![
                niss.to_string(),
                code_words::translate(language, "state", state.as_str()),
                code_words::translate(language, "account_type", account_type.as_str()),
            ]);
            row[1].color = Some(of_state(*state));
            row.extend(plain(match blocks {
                Some(blocks) => vec![blocks.iter().map(block).collect::<Vec<_>>().join(", "), created_at.to_string()],
                None => vec![created_at.to_string(), time(activated_at)],
            }));
            row
        }
        ReplyBody::Record(record) => registry_record(language, done, record),
        ReplyBody::Audit(line) => audit(language, done.op, line),
        ReplyBody::ExplainedLine(line) => plain(explained_line(language, line)),
        ReplyBody::Event(event) => self::event(language, event),
        ReplyBody::Setting { key, value, default, least, most } if done.op == Operation::PolicyShow => {
            let mut row = plain(vec![(*key).to_owned(), value.clone(), default.clone(), least.clone(), most.clone()]);
            // A setting that differs from its default.
            row[1].color = (value != default).then_some(CellColor::Yellow);
            row
        }
        ReplyBody::Contacts { contacts, .. } => {
            let row = |contact: &crate::reply::ContactLine| {
                plain(vec![
                    localize(language, &format!("word-{}", contact.kind), &vec![]),
                    printable(contact.value.as_deref().unwrap_or_default()),
                    time(&contact.confirmed_at),
                    printable(contact.proposed.as_deref().unwrap_or_default()),
                    contact.next.as_ref().map(command_line).unwrap_or_default(),
                ])
            };
            return contacts.iter().map(row).collect();
        }
        ReplyBody::Sessions { sessions } => {
            let row = |session: &SessionLine| {
                plain(vec![
                    session.id.to_string(),
                    session.created_at.to_string(),
                    session.last_used_at.to_string(),
                    session.expires_at.min(session.idle_expires_at).to_string(),
                    if session.current { localize(language, "word-yes", &vec![]) } else { String::new() },
                ])
            };
            return sessions.iter().map(row).collect();
        }
        ReplyBody::Inbox { inbox } => {
            let row = |message: &InboxMessage| {
                let InboxMessage { id, alert: Alert { kind, about, decision, amount, paid_on }, created_at, read_at } =
                    message;
                plain(vec![
                    id.to_string(),
                    created_at.to_string(),
                    time(read_at),
                    code_words::translate(language, "alert_kind", kind.as_str()),
                    decision.map(|it| code_words::translate(language, "decision", it.as_str())).unwrap_or_default(),
                    amount.map(|amount| amount.to_string()).unwrap_or_default(),
                    paid_on.map(|day| day.to_string()).unwrap_or_default(),
                    printable(about.as_str()),
                ])
            };
            return inbox.iter().map(row).collect();
        }
        _ => return vec![],
    };
    vec![row]
}

/// Returns the columns of a line that was not done.
pub fn explained_line(language: Language, line: &ExplainedLine) -> Vec<String> {
    let id = line.id.as_ref().map(|id| match id {
        LineId::Text(text) | LineId::Number(text) => text.clone(),
    });
    let action = line.action.as_deref().map(|action| code_words::operation(language, action));
    let niss = line.niss.map(|niss| niss.to_string());
    [Some(line.line.to_string()), id, action, niss, Some(line.reason.clone()), Some(line.message.clone())]
        .map(|cell| printable(&on_one_line(&cell.unwrap_or_default())))
        .to_vec()
}

/// Returns a lockout and its end, if it ends by itself.
pub fn block(block: &Block) -> String {
    block.until.map_or_else(|| block.what.to_string(), |until| format!("{} {until}", block.what))
}

fn registry_record(language: Language, done: &Done, record: &Record) -> Vec<Cell> {
    let text = |text: &Option<String>| printable(text.as_deref().unwrap_or_default());
    let cells = [
        done.niss.map(|niss| niss.to_string()).unwrap_or_default(),
        printable(&record.name),
        record.birth_date.map(|date| date.to_string()).unwrap_or_default(),
        text(&record.email),
        text(&record.mobile),
        code_words::translate(language, "status", record.status.as_str()),
        text(&record.nif),
        text(&record.civil_id),
        text(&record.telephone),
        text(&record.responsible),
        text(&record.postal_code),
        text(&record.locality),
        text(&record.address),
        text(&record.country),
        record.language.to_string(),
    ];
    cells.into_iter().map(Cell::from).collect()
}

fn of_state(state: AccountState) -> CellColor {
    match state {
        AccountState::Active => CellColor::Green,
        AccountState::Requested => CellColor::Cyan,
        AccountState::Suspended => CellColor::Yellow,
        AccountState::Closed => CellColor::Faint,
    }
}

/// Returns the colour of a verdict.
pub fn of_verdict(verdict: Verdict) -> CellColor {
    match verdict {
        Verdict::Pass => CellColor::Green,
        Verdict::Fail => CellColor::Red,
        Verdict::Deviation => CellColor::Yellow,
        Verdict::NotRun => CellColor::Faint,
    }
}

fn audit(language: Language, op: Operation, line: &AuditEntry) -> Vec<Cell> {
    let AuditEntry { id, at, actor, action, niss, outcome, reason, detail } = line;
    let action = code_words::operation(language, action);
    let mut row: Vec<Cell> = [id.to_string(), at.to_string(), printable(actor), printable(&action)]
        .into_iter()
        .chain((op != Operation::AccountHistory).then(|| niss.map(|niss| niss.to_string()).unwrap_or_default()))
        .map(Cell::from)
        .collect();
    let color = reason.as_ref().map(|_| CellColor::Yellow);
    let outcome = code_words::outcome(language, outcome, reason.as_deref());
    row.push(Cell { text: printable(&outcome), color });
    let detail = detail.as_ref().map(|detail| match op {
        Operation::AccountHistory => detail.reason.as_deref().map(printable).unwrap_or_default(),
        _ => facts_text(detail),
    });
    row.push(detail.unwrap_or_default().into());
    row
}

/// Returns the facts of an audit entry on one line: `reason: ..., asked: channel sms`. The effects are left to the timeline.
fn facts_text(detail: &AuditDetail) -> String {
    let Ok(Value::Object(mut facts)) = serde_json::to_value(detail) else { return String::new() };
    facts.remove("effects");
    let pairs: Vec<String> = facts.iter().map(|(key, value)| format!("{key}: {}", value_text(value))).collect();
    printable(&pairs.join(", "))
}

fn value_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(values) => values.iter().map(value_text).collect::<Vec<_>>().join(" "),
        // A value that is only present or absent is `true`.
        Value::Object(pairs) => pairs
            .iter()
            .map(|(key, value)| if *value == true { key.clone() } else { format!("{key} {}", value_text(value)) })
            .collect::<Vec<_>>()
            .join(" "),
    }
}

fn event(language: Language, event: &Event) -> Vec<Cell> {
    let color = match event.kind {
        EventKind::Refusal => Some(CellColor::Yellow),
        EventKind::Block if event.until.is_some() || event.outcome.as_deref() == Some("set") => Some(CellColor::Red),
        EventKind::State => event.what.parse().ok().map(of_state),
        EventKind::Reading => Some(CellColor::Faint),
        EventKind::Request | EventKind::Code | EventKind::Message | EventKind::Dispatch | EventKind::Block => None,
        EventKind::Delivery => Some(CellColor::Red),
    };
    let what = format!("{} {}", timeline::symbol(event.kind), timeline::effects_text(language, event));
    let entry = event.actor.as_ref().and(event.entry).map(|entry| entry.to_string()).unwrap_or_default();
    vec![format_time(language, event.at, DateStyle::Digits).into(), Cell { text: what, color }, entry.into()]
}
