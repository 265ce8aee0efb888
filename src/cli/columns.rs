//! What stands in which column of a list's table. A list that is not known here has its JSON keys as columns.

use serde_json::Value;

use super::grid::{Cell, Column, Fit, Tint};
use super::human::{on_one_line, printable};
use super::life;
use crate::domain::time::Time;
use crate::domain::words::{Channel, Language, State};
use crate::reply::{Alert, AuditLine, Body, Conformance, Done, Event, EventKind, InboxLine, Message, Verdict};
use crate::request::Op;
use crate::text::{Form, moment, say, sentence};

/// Whether a reply is a list in itself.
pub fn is_list(done: &Done) -> bool {
    matches!(done.body, Body::Contacts { .. } | Body::Inbox { .. })
}

/// The columns of the list that this is a row of: labels of the catalogues and what their cells may lose.
pub fn of(language: Language, done: &Done) -> Vec<Column> {
    use Fit::{Rest, Right, Whole};
    const CUT: Fit = Fit::Cut(7);
    let known: &[(&str, Fit)] = match (&done.body, done.op) {
        (Body::Message(_), Op::OutboxList) => {
            &[("id", Right), ("created_at", Whole), ("niss", Whole), ("channel", Whole), ("purpose", CUT), ("to", CUT)]
        }
        (Body::AccountLine { .. }, _) => {
            &[("niss", Whole), ("state", Whole), ("account_type", CUT), ("created_at", Whole), ("activated_at", Whole)]
        }
        (Body::Audit(_), Op::AccountHistory) => {
            &[("request", Right), ("at", Whole), ("who", CUT), ("action", CUT), ("outcome", CUT), ("remark", Rest)]
        }
        (Body::Audit(_), _) => &[
            ("request", Right),
            ("at", Whole),
            ("who", CUT),
            ("action", CUT),
            ("niss", Whole),
            ("outcome", CUT),
            ("detail", Rest),
        ],
        (Body::Event(_), _) => &[("at", Whole), ("event", Fit::Cut(30)), ("request", Right)],
        (Body::Setting { .. }, Op::PolicyShow) => {
            &[("key", Whole), ("value", Whole), ("default", Whole), ("least", Whole), ("most", Whole)]
        }
        (Body::Conformance(_), _) => {
            &[("verdict", Whole), ("where", Whole), ("requirement", Fit::Cut(20)), ("observed", Fit::Cut(16))]
        }
        (Body::Inbox { .. }, _) => &[
            ("id", Right),
            ("created_at", Whole),
            ("read_at", Whole),
            ("alert_kind", Whole),
            ("decision", Whole),
            ("amount", Right),
            ("paid_on", Whole),
            ("about", Fit::Cut(20)),
        ],
        (Body::Contacts { .. }, _) => &[("contact", Whole), ("value", CUT), ("confirmed_at", Whole), ("proposed", CUT)],
        _ => {
            let fit = |key: &str| match key {
                "id" => Right,
                "niss" | "code" | "request" | "at" => Whole,
                key if key.ends_with("_at") || key.ends_with("_on") => Whole,
                _ => CUT,
            };
            let column = |(key, _): (String, String)| {
                let head = sentence(language, &format!("label-{key}"), &vec![], Form::Words);
                Column { fit: fit(&key), head: head.unwrap_or(key), usual: 0 }
            };
            return others(done).into_iter().map(column).collect();
        }
    };
    // Requirements come one by one, as soon as each is checked.
    let usual = |key: &str| match (&done.body, key) {
        (Body::Conformance(_), "where") => 11,
        (Body::Conformance(_), "verdict") => 9,
        (Body::Conformance(_), _) => 72,
        _ => 0,
    };
    let column = |(key, fit): &(&str, Fit)| Column {
        head: say(language, &format!("label-{key}"), &vec![]),
        fit: *fit,
        usual: usual(key),
    };
    known.iter().map(column).collect()
}

/// The rows that a reply is: one, or those of the list that it is itself.
pub fn cells(language: Language, done: &Done) -> Vec<Vec<Cell>> {
    let plain = |texts: Vec<String>| texts.into_iter().map(Cell::from).collect::<Vec<_>>();
    let time = |time: &Option<Time>| time.map(|time| time.to_string()).unwrap_or_default();
    let row = match &done.body {
        Body::Message(message) if done.op == Op::OutboxList => {
            let Message { id, niss, channel, purpose, to, created_at, dispatched_at, .. } = message;
            let mut row = plain(vec![
                id.to_string(),
                created_at.to_string(),
                niss.to_string(),
                channel.to_string(),
                printable(purpose),
                printable(&on_one_line(to)),
            ]);
            // What waits to be printed.
            row[3].tint = (*channel == Channel::Letter && dispatched_at.is_none()).then_some(Tint::Yellow);
            row
        }
        Body::AccountLine { niss, state, account_type, created_at, activated_at } => {
            let mut row = plain(vec![
                niss.to_string(),
                state.to_string(),
                account_type.to_string(),
                created_at.to_string(),
                time(activated_at),
            ]);
            row[1].tint = Some(of_state(*state));
            row
        }
        Body::Audit(line) => audit(done.op, line),
        Body::Event(event) => self::event(language, event),
        Body::Setting { key, value, default, least, most } if done.op == Op::PolicyShow => {
            let mut row = plain(vec![(*key).to_owned(), value.clone(), default.clone(), least.clone(), most.clone()]);
            // What somebody has changed.
            row[1].tint = (value != default).then_some(Tint::Yellow);
            row
        }
        Body::Conformance(Conformance { id, requirement, observed, verdict, .. }) => {
            let mut row =
                plain(vec![verdict.to_string(), (*id).to_owned(), printable(requirement), printable(observed)]);
            row[0].tint = Some(match verdict {
                Verdict::Pass => Tint::Green,
                Verdict::Fail => Tint::Red,
                Verdict::Deviation => Tint::Yellow,
                Verdict::NotRun => Tint::Faint,
            });
            row
        }
        Body::Contacts { contacts, .. } => {
            let row = |contact: &crate::reply::ContactLine| {
                plain(vec![
                    say(language, &format!("word-{}", contact.kind), &vec![]),
                    printable(contact.value.as_deref().unwrap_or_default()),
                    time(&contact.confirmed_at),
                    printable(contact.proposed.as_deref().unwrap_or_default()),
                ])
            };
            return contacts.iter().map(row).collect();
        }
        Body::Inbox { inbox } => {
            let row = |message: &InboxLine| {
                let InboxLine { id, alert: Alert { kind, about, decision, amount, paid_on }, created_at, read_at } =
                    message;
                plain(vec![
                    id.to_string(),
                    created_at.to_string(),
                    time(read_at),
                    kind.to_string(),
                    decision.map(|decision| decision.to_string()).unwrap_or_default(),
                    amount.map(|amount| amount.to_string()).unwrap_or_default(),
                    paid_on.map(|day| day.to_string()).unwrap_or_default(),
                    printable(about.as_str()),
                ])
            };
            return inbox.iter().map(row).collect();
        }
        _ => plain(others(done).into_iter().map(|(_, value)| value).collect()),
    };
    vec![row]
}

fn of_state(state: State) -> Tint {
    match state {
        State::Active => Tint::Green,
        State::Requested => Tint::Cyan,
        State::Suspended => Tint::Yellow,
        State::Closed => Tint::Faint,
    }
}

fn audit(op: Op, line: &AuditLine) -> Vec<Cell> {
    let AuditLine { id, at, actor, action, niss, outcome, reason, detail } = line;
    let mut row: Vec<Cell> = [id.to_string(), at.to_string(), printable(actor), printable(action)]
        .into_iter()
        .chain((op != Op::AccountHistory).then(|| niss.map(|niss| niss.to_string()).unwrap_or_default()))
        .map(Cell::from)
        .collect();
    let tint = reason.as_ref().map(|_| Tint::Yellow);
    row.push(Cell { text: printable(reason.as_ref().unwrap_or(outcome)), tint });
    let detail = detail.as_ref().map(|detail| match op {
        Op::AccountHistory => detail["reason"].as_str().map(printable).unwrap_or_default(),
        _ => printable(&detail.to_string()),
    });
    row.push(detail.unwrap_or_default().into());
    row
}

fn event(language: Language, event: &Event) -> Vec<Cell> {
    let tint = match event.kind {
        EventKind::Refusal => Some(Tint::Yellow),
        EventKind::Block if event.until.is_some() || event.outcome.as_deref() == Some("set") => Some(Tint::Red),
        EventKind::State => event.what.parse().ok().map(of_state),
        EventKind::Reading => Some(Tint::Faint),
        EventKind::Request | EventKind::Code | EventKind::Message | EventKind::Dispatch | EventKind::Block => None,
    };
    let what = format!("{} {}", life::mark(event.kind), life::told(language, event));
    let entry = event.actor.as_ref().and(event.entry).map(|entry| entry.to_string()).unwrap_or_default();
    vec![moment(language, event.at, Form::Digits).into(), Cell { text: what, tint }, entry.into()]
}

/// The keys and values of any other row, but for what all rows have in common.
fn others(done: &Done) -> Vec<(String, String)> {
    let Ok(super::sheet::Pairs(pairs)) = super::sheet::pairs(done) else { return vec![] };
    let own = pairs.into_iter().filter(|(key, _)| key != "result" && key != "op");
    let shown = |(key, value): (String, Value)| {
        let text = match value {
            Value::Null => String::new(),
            Value::String(text) => text,
            other => other.to_string(),
        };
        (key, printable(&text))
    };
    own.map(shown).collect()
}
