//! Explains the lines of a file of batch replies that were not done. Operators see more than the holder: the reply of an
//! identity check does not say what was wrong, the audit entry does.

use serde_json::Value;

use crate::domain::vocabulary::Language;
use crate::error::Error;
use crate::l10n::{DateStyle, MessageArg, localize, try_localize};
use crate::reply::{AuditEntry, ExplainedLine};
use crate::request::request_line::JsonFields;
use crate::store::{Store, audit};

/// A line of a file of replies.
pub enum ReplyLine {
    /// The line was done.
    Done,
    /// The line was not done, and why.
    NotDone(Box<ExplainedLine>),
    /// The line is no reply of a batch.
    NoReply,
    /// The reply belongs to a batch of another store.
    OtherStore,
}

/// Explains a line of a file of replies.
///
/// # Errors
/// Those of the store.
pub fn explain(store: &Store, line: &[u8], language: Language) -> Result<ReplyLine, Error> {
    let Ok(mut reply) = JsonFields::read(line) else { return Ok(ReplyLine::NoReply) };
    let Ok(id) = reply.take_id() else { return Ok(ReplyLine::NoReply) };
    let text = |key: &str| reply.get(key).and_then(Value::as_str);
    let (Some(number), Some(result)) = (reply.get("line").and_then(Value::as_u64), text("result")) else {
        return Ok(ReplyLine::NoReply);
    };
    let request = reply.get("request").and_then(Value::as_i64);
    let entry = match request {
        Some(request) => match audit::find(store.connection(), request)? {
            Some(entry) if is_entry_of(&entry, text("op"), text("reason")) => Some(entry),
            Some(_) | None => return Ok(ReplyLine::OtherStore),
        },
        None => None,
    };
    if result == "done" {
        return Ok(ReplyLine::Done);
    }
    let message = text("message").unwrap_or_default();
    let differed = entry.as_ref().and_then(|entry| entry.facts().differed.clone()).unwrap_or_default();
    let because = match &entry {
        Some(entry) => cause(language, entry).unwrap_or_else(|| message.to_owned()),
        // The column before has the number of the line.
        None => message.split_once(": ").map_or(message, |(_, fault)| fault).to_owned(),
    };
    Ok(ReplyLine::NotDone(Box::new(ExplainedLine {
        line: number,
        id,
        action: text("op").map(str::to_owned),
        niss: text("niss").and_then(|niss| niss.parse().ok()),
        request,
        reason: text("reason").unwrap_or("malformed").to_owned(),
        field: text("field").map(str::to_owned),
        differed,
        message: because,
    })))
}

/// Returns whether an entry can be that of a reply: the operation and the reason are the same.
fn is_entry_of(entry: &AuditEntry, op: Option<&str>, reason: Option<&str>) -> bool {
    Some(entry.action.as_str()) == op && entry.reason.as_deref() == reason
}

/// Returns what the entry says beside its reason, with the count of failed attempts.
fn cause(language: Language, entry: &AuditEntry) -> Option<String> {
    let facts = entry.facts();
    let cause = match (&facts.differed, facts.cause) {
        (Some(fields), _) => differences(language, fields),
        (None, Some(cause)) => localize(language, &format!("word-cause-{cause}"), &vec![]),
        (None, None) => return None,
    };
    let (Some(count), Some(limit)) = (facts.count, facts.limit) else { return Some(cause) };
    let counts = vec![("count", MessageArg::from(count.to_string())), ("limit", MessageArg::from(limit.to_string()))];
    Some(format!("{cause} ({})", localize(language, "row-of", &counts)))
}

/// Returns a sentence about the fields of an identity check that did not match.
pub fn differences(language: Language, fields: &[String]) -> String {
    let label = |field: &String| {
        try_localize(language, &format!("label-{field}"), &vec![], DateStyle::Words).unwrap_or_else(|| field.clone())
    };
    match fields {
        [field] if field == "niss" => localize(language, "why-not-in-registry", &vec![]),
        [field] if field == "status" => localize(language, "why-inactive", &vec![]),
        fields => {
            let fields = fields.iter().map(label).collect::<Vec<_>>().join(", ");
            localize(language, "why-differs", &vec![("fields", MessageArg::from(fields))])
        }
    }
}
