//! Replies as CSV (RFC 4180): the JSON keys as a header, then one row per reply or list item.
//!
//! `result` and `op` are the same in every row and have no column. Null is an empty cell; nested values are JSON.

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use zeroize::Zeroizing;

use crate::cli::render::escape::printable;
use crate::error::Error;
use crate::import::Column;
use crate::reply::{Done, ReplyBody, escaped_json};
use crate::request::Operation;

/// Returns the columns of a list, so that an empty list has a header too. `None` for all other operations.
pub fn header(op: Operation) -> Option<&'static [&'static str]> {
    const MESSAGE: &[&str] = &[
        "id",
        "niss",
        "channel",
        "purpose",
        "to",
        "language",
        "subject",
        "body",
        "created_at",
        "dispatched_at",
        "status",
        "status_at",
        "due_at",
    ];
    const AUDIT: &[&str] = &["id", "at", "actor", "action", "niss", "outcome", "reason", "detail"];
    Some(match op {
        Operation::OutboxList => MESSAGE,
        Operation::RegistryList | Operation::RegistryFind => Column::NAMES,
        Operation::AccountList => &["niss", "state", "account_type", "created_at", "activated_at"],
        Operation::AuditList | Operation::AccountHistory => AUDIT,
        Operation::AuditExport => {
            &["id", "at", "actor", "action", "subject", "outcome", "reason", "detail", "remark", "mac"]
        }
        Operation::AccountTimeline => {
            &["niss", "at", "kind", "what", "outcome", "channel", "to", "until", "actor", "entry", "message", "detail"]
        }
        Operation::PolicyShow => &["key", "value", "default", "least", "most"],
        Operation::MessagesList | Operation::PhoneLinePayments => {
            &["id", "kind", "about", "decision", "amount", "paid_on", "created_at", "read_at"]
        }
        Operation::SessionList => &["id", "created_at", "last_used_at", "expires_at", "idle_expires_at", "current"],
        Operation::ContactsShow => &["kind", "value", "registered", "confirmed_at", "proposed", "next"],
        Operation::Conform => &["id", "requirement", "observed", "verdict", "reason"],
        Operation::ScenarioRun => &["file", "lines", "differences", "error"],
        _ => return None,
    })
}

/// Writes the rows of one CSV file.
#[derive(Debug, Default)]
pub struct CsvWriter {
    header: Option<Vec<String>>,
    /// Whether the output goes to a terminal. If so, line ends are escaped too.
    is_visible: bool,
}

/// Keys and values in the order in which they are written.
pub struct OrderedFields(pub Vec<(String, Value)>);

impl<'de> Deserialize<'de> for OrderedFields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<OrderedFields, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = OrderedFields;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<OrderedFields, A::Error> {
                let mut pairs = vec![];
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(OrderedFields(pairs))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

impl CsvWriter {
    /// Returns a writer that has not written its header.
    pub fn new(is_visible: bool) -> CsvWriter {
        CsvWriter { header: None, is_visible }
    }

    /// Returns the row of a reply, or the rows of a reply that is a list. The header comes before the first row.
    ///
    /// # Errors
    /// [`Error::Bug`] if serialisation fails.
    pub fn row(&mut self, done: &Done) -> Result<Zeroizing<Vec<u8>>, Error> {
        let rows = match &done.body {
            ReplyBody::Sessions { sessions } => sessions.iter().map(pairs).collect::<Result<_, _>>()?,
            ReplyBody::Contacts { contacts, .. } => contacts.iter().map(pairs).collect::<Result<_, _>>()?,
            ReplyBody::Inbox { inbox } => inbox.iter().map(pairs).collect::<Result<_, _>>()?,
            ReplyBody::Report(report) => report.measures().iter().map(pairs).collect::<Result<_, _>>()?,
            _ => vec![pairs(done)?],
        };
        let mut writer = writer();
        for OrderedFields(mut row) in rows {
            row.retain(|(key, _)| key != "result" && key != "op");
            let header = self.header.get_or_insert_with(|| {
                // The last line of an HTML timeline is not an event, and a number of rows is not a row.
                let is_row = !matches!(done.body, ReplyBody::TimelinePage { .. } | ReplyBody::Rows { .. });
                let known = header(done.op).filter(|_| is_row);
                let mut known: Option<Vec<String>> =
                    known.map(|keys| keys.iter().map(|key| (*key).to_owned()).collect());
                if let (Some(known), ReplyBody::AccountLine { blocks: Some(_), .. }) = (&mut known, &done.body) {
                    known.push("blocks".to_owned());
                }
                let header = known.unwrap_or_else(|| row.iter().map(|(key, _)| key.clone()).collect());
                // Writing to memory does not fail.
                let _ = writer.write_record(&header);
                header
            });
            let cell = |key: &String| {
                row.iter().find(|(name, _)| name == key).map(|(_, value)| cell(value)).unwrap_or_default()
            };
            let is_visible = self.is_visible;
            // A file has no control characters either, except the line ends of a message's text.
            let shown = |text: Zeroizing<String>| match is_visible {
                true => Zeroizing::new(printable(&text)),
                false => Zeroizing::new(text.split('\n').map(printable).collect::<Vec<_>>().join("\n")),
            };
            let cells: Vec<Zeroizing<String>> = header.iter().map(cell).map(shown).collect();
            let _ = writer.write_record(cells.iter().map(|cell| cell.as_bytes()));
        }
        finished(writer)
    }

    /// Returns the header if no row was written.
    ///
    /// # Errors
    /// [`Error::Bug`] if serialisation fails.
    pub fn finish(&mut self, op: Option<Operation>) -> Result<Zeroizing<Vec<u8>>, Error> {
        let mut writer = writer();
        if let (None, Some(keys)) = (&self.header, op.and_then(header)) {
            self.header = Some(keys.iter().map(|key| (*key).to_owned()).collect());
            let _ = writer.write_record(keys);
        }
        finished(writer)
    }
}

fn writer() -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(vec![])
}

fn finished(writer: csv::Writer<Vec<u8>>) -> Result<Zeroizing<Vec<u8>>, Error> {
    writer.into_inner().map(Zeroizing::new).map_err(|fault| Error::Bug(fault.to_string()))
}

/// Returns the keys and values that `--json` prints.
///
/// # Errors
/// [`Error::Bug`] if serialisation fails.
pub fn pairs(row: &impl serde::Serialize) -> Result<OrderedFields, Error> {
    let bug = |fault: serde_json::Error| Error::Bug(fault.to_string());
    let text = Zeroizing::new(serde_json::to_vec(row).map_err(bug)?);
    serde_json::from_slice(&text).map_err(bug)
}

fn cell(value: &Value) -> Zeroizing<String> {
    Zeroizing::new(match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => escaped_json::to_string(other).unwrap_or_default(),
    })
}
