//! The reply to a line of a file as a line of JSON: the line number, the line's `id`, then the output of `--json`.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::Value;

use crate::cli::render::errors::{self, ErrorText};
use crate::domain::niss::Niss;
use crate::domain::vocabulary::Language;
use crate::error::Error;
use crate::reply::escaped_json;
use crate::reply::line_reply::{LineOutcome, LineReply};
use crate::reply::{Done, Message, RefusalJson, Reply, ReplyBody};
use crate::request::Operation;
use crate::request::request_line::{LineError, LineId};

/// Returns a line of JSON with its line end. `messages` are the messages that a dry run would have sent.
///
/// # Errors
/// [`Error::Bug`] if serialisation fails.
pub fn line(answer: &LineReply, messages: Option<&[Message]>, language: Language) -> Result<Vec<u8>, Error> {
    #[derive(Serialize)]
    struct Envelope<'a> {
        line: u64,
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<&'a LineId>,
        #[serde(flatten)]
        outcome: Shown<'a>,
        #[serde(skip_serializing_if = "Option::is_none")]
        messages: Option<&'a [Message]>,
    }
    let rendered;
    let outcome = match &answer.outcome {
        LineOutcome::Replied(reply) => match &**reply {
            Reply::Done(done) => Shown::Done(done),
            Reply::Refused(refusal) => {
                rendered = errors::refusal(refusal, language);
                Shown::Refused(RefusalJson { refusal, message: &rendered.message, hint: rendered.hint.as_deref() })
            }
        },
        LineOutcome::Repeated { op, niss, request } => {
            Shown::Repeated(Repeated { result: "done", op: *op, niss: *niss, request: *request, repeated: true })
        }
        LineOutcome::Malformed { op, niss, fault } => Shown::Malformed(Malformed {
            op: *op,
            niss: *niss,
            fault,
            wording: errors::line_error_text(answer.line, *op, fault, language),
        }),
    };
    let outcome = match (outcome, &answer.id) {
        (
            Shown::Done(
                done @ Done {
                    body: ReplyBody::Message(_) | ReplyBody::InboxLine(_) | ReplyBody::Undelivered(_), ..
                },
            ),
            Some(_),
        ) => Shown::Message(renamed(done)?),
        (outcome, _) => outcome,
    };
    let envelope = Envelope { line: answer.line, id: answer.id.as_ref(), outcome, messages };
    let mut bytes = escaped_json::to_vec(&envelope).map_err(|fault| Error::Bug(fault.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Returns the output of `--json` for a reply on the command line.
///
/// # Errors
/// [`Error::Bug`] if serialisation fails.
pub fn reply(reply: &Reply, language: Language) -> Result<Vec<u8>, Error> {
    let outcome = LineOutcome::Replied(Box::new(reply.clone()));
    line(&LineReply { line: 0, id: None, outcome }, None, language)
}

#[derive(Serialize)]
#[serde(untagged)]
enum Shown<'a> {
    Done(&'a Done),
    Refused(RefusalJson<'a>),
    Repeated(Repeated),
    Malformed(Malformed<'a>),
    Message(Value),
}

/// Moves a message's number from `id` to `message`, as in the request line. In a reply line, `id` is the line's own.
fn renamed(done: &Done) -> Result<Value, Error> {
    let mut value = serde_json::to_value(done).map_err(|fault| Error::Bug(fault.to_string()))?;
    if let Some(fields) = value.as_object_mut()
        && let Some(id) = fields.remove("id")
    {
        fields.insert("message".to_owned(), id);
    }
    Ok(value)
}

/// The reply to a line that an earlier run has done.
#[derive(Serialize)]
struct Repeated {
    result: &'static str,
    op: Operation,
    #[serde(skip_serializing_if = "Option::is_none")]
    niss: Option<Niss>,
    request: i64,
    repeated: bool,
}

/// A usage error that names the field.
struct Malformed<'a> {
    op: Option<Operation>,
    niss: Option<Niss>,
    fault: &'a LineError,
    wording: ErrorText,
}

impl Serialize for Malformed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("result", "error")?;
        map.serialize_entry("kind", "usage")?;
        if let Some(op) = self.op {
            map.serialize_entry("op", &op)?;
        }
        if let Some(niss) = self.niss {
            map.serialize_entry("niss", &niss)?;
        }
        map.serialize_entry("field", &self.fault.field())?;
        map.serialize_entry("reason", &self.fault.word())?;
        map.serialize_entry("message", &self.wording.message)?;
        map.serialize_entry("hint", &self.wording.hint)?;
        map.end()
    }
}
