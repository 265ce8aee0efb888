//! Lines that run once under a name, however often their file runs (`--once NAME`).
//!
//! | line | record |
//! |---|---|
//! | changes something and is done | yes: it is not done again |
//! | refused or malformed | no: corrected, it runs under the same name |
//! | only reads | no: it is answered again |
//! | erases a person | no: nothing about the person may remain |
//! | opens a session with a password, or a call | no: it runs again, because later lines need its token |
//!
//! A token is a secret, so no record has it. A login with a code has a record, because its code can't be used again.

use serde_json::{Map, Value};

use crate::domain::batch_name::BatchName;
use crate::domain::validation_error::ValidationError;
use crate::error::Error;
use crate::reply::line_reply::LineReply;
use crate::reply::{Done, Reply, ReplyBody};
use crate::request::operation_spec::Access;
use crate::request::request_line::{LineId, RequestLine};
use crate::request::{Field, Operation};
use crate::store::UnitOfWork;
use crate::store::audit::subjects;
use crate::store::batch_lines::{EarlierLine, NamedLine};

/// The longest identifier in characters.
const MAX_ID: usize = 200;

/// A line of a batch with a name.
pub struct OnceLine<'a> {
    name: &'a BatchName,
    id: String,
    content: String,
}

impl<'a> OnceLine<'a> {
    /// Returns a line under a name.
    ///
    /// # Errors
    /// The line has no usable identifier.
    pub fn new(name: &'a BatchName, line: &RequestLine) -> Result<OnceLine<'a>, ValidationError> {
        let id = match &line.id {
            None => return Err(ValidationError::Missing),
            Some(LineId::Text(text)) if text.trim().is_empty() => return Err(ValidationError::Missing),
            Some(LineId::Text(text) | LineId::Number(text)) if text.chars().count() > MAX_ID => {
                return Err(ValidationError::Length("1-200"));
            }
            Some(id) => serde_json::to_string(id).map_err(|_| ValidationError::NotJson)?,
        };
        Ok(OnceLine { name, id, content: content_of(line) })
    }

    fn row(&self) -> NamedLine<'_> {
        NamedLine { name: self.name, id: &self.id, content: &self.content }
    }

    /// Returns the reply to a line that was done before, or whose identifier belongs to another line.
    ///
    /// # Errors
    /// Those of the store.
    pub fn earlier(&self, unit: &UnitOfWork<'_>, number: u64, line: &RequestLine) -> Result<Option<LineReply>, Error> {
        Ok(self.row().find(unit)?.map(|earlier| match earlier {
            EarlierLine::Same(request, niss) => LineReply::repeated(number, line, niss, request),
            EarlierLine::Other => {
                LineReply::invalid_value(number, line, Some("id".to_owned()), ValidationError::IdReused)
            }
        }))
    }

    /// Records a line, if it is done and must not be done again.
    ///
    /// # Errors
    /// Those of the store.
    pub fn record(&self, unit: &UnitOfWork<'_>, line: &RequestLine, reply: &LineReply) -> Result<(), Error> {
        let Some(Reply::Done(Done { request: Some(entry), body, .. })) = reply.reply() else { return Ok(()) };
        let is_token = matches!(body, ReplyBody::LoggedIn { .. }) && !has_code(line)
            || matches!(body, ReplyBody::Identified { .. });
        let is_erasure = line.request.op() == Operation::AccountErase;
        if is_token || is_erasure || line.request.op().spec().access != Access::Write {
            return Ok(());
        }
        // A line with a session can leave out the holder; the entry has it.
        self.row().record(unit, *entry, subjects::of_entry(&unit.tx, *entry)?)
    }
}

fn has_code(line: &RequestLine) -> bool {
    line.code.is_some() || line.request.inner().field(Field::Code).is_some_and(|code| code.is_set())
}

/// Returns a line without its secret fields and without placeholders for them.
fn content_of(line: &RequestLine) -> String {
    let fields = line.request.inner();
    let public = |name: &str| name.parse().ok().and_then(|field| fields.field(field)).is_some_and(|it| !it.is_secret());
    let mut content: Map<String, Value> = line
        .request
        .written()
        .into_iter()
        .filter(|(name, _)| public(name))
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    content.insert("op".to_owned(), line.request.op().as_str().into());
    if let Some(holder) = line.holder {
        content.insert("niss".to_owned(), holder.to_string().into());
    }
    // The keys of a map are sorted.
    Value::Object(content).to_string()
}
