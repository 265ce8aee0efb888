//! What comes back: a [`Reply`] is `done` or `refused`, both of them values, and both of them committed. `--json` prints it as
//! it stands here; without `--json` the catalogues say the same in a sentence, with the same fields as arguments.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::Channel;
use crate::l10n::MessageArgs;
use crate::request::Operation;

mod audit_entry;
mod body;
mod contact_line;
mod inbox;
pub mod json_schema;
pub mod line_reply;
mod reason;
mod timeline_event;

pub use audit_entry::{AuditEntry, ChainedAuditEntry};
pub use body::*;
pub use contact_line::ContactLine;
pub use inbox::{Alert, InboxMessage, Profile};
pub use reason::Reason;
pub use timeline_event::{Event, EventKind};

/// What a request comes back with.
#[derive(Debug, Clone)]
pub enum Reply {
    /// It was done.
    Done(Done),
    /// A rule of the service refused it.
    Refused(Refusal),
}

impl Reply {
    /// What was asked.
    pub fn op(&self) -> Operation {
        match self {
            Reply::Done(done) => done.op,
            Reply::Refused(refusal) => refusal.op,
        }
    }

    /// The same, with the number under which the audit has it.
    pub fn with_request_id(mut self, request: i64) -> Reply {
        match &mut self {
            Reply::Done(done) => done.request = Some(request),
            Reply::Refused(refusal) => refusal.request = Some(request),
        }
        self
    }
}

/// It was done.
#[derive(Debug, Clone)]
pub struct Done {
    /// What was asked.
    pub op: Operation,
    /// Of whom, where the request named one.
    pub niss: Option<Niss>,
    /// The number of its entry in the audit, if it has one.
    pub request: Option<i64>,
    /// What there is to say.
    pub body: ReplyBody,
}

/// It was refused.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// What was asked.
    pub op: Operation,
    /// Of whom, where the request named one.
    pub niss: Option<Niss>,
    /// The number of its entry in the audit, if it has one.
    pub request: Option<i64>,
    /// Why.
    pub reason: Reason,
    /// Which of the reason's sentences, where it has several.
    pub variant: Option<&'static str>,
    /// What the sentence speaks of.
    pub args: MessageArgs,
    /// When the cause ends by itself, if it does.
    pub retry_at: Option<Timestamp>,
    /// The channels that can be used, of `channel_unavailable`.
    pub channels: Option<Vec<Channel>>,
    /// What the person can really do next.
    pub hint: Option<Hint>,
}

/// A next step: a sentence under `hint-…` and what it speaks of.
#[derive(Debug, Clone, PartialEq)]
pub struct Hint {
    /// The sentence.
    pub key: &'static str,
    /// What it speaks of.
    pub facts: MessageArgs,
}

impl Hint {
    /// A hint that needs no more than its sentence.
    pub fn plain(key: &'static str) -> Hint {
        Hint { key, facts: vec![] }
    }
}

impl Done {
    /// A reply to `op` that names nobody.
    pub fn new(op: Operation, body: ReplyBody) -> Done {
        Done { op, niss: None, request: None, body }
    }
}

impl Refusal {
    /// A refusal with its reason and nothing more yet; the envelope is filled in by whoever dispatched the request.
    pub fn new(op: Operation, reason: Reason) -> Refusal {
        Refusal {
            op,
            niss: None,
            request: None,
            reason,
            variant: None,
            args: vec![],
            retry_at: None,
            channels: None,
            hint: None,
        }
    }

    /// The sentence of the refusal: `refused-reason`, or one of its variants.
    pub fn key(&self) -> String {
        match self.variant {
            Some(variant) => format!("refused-{}-{variant}", self.reason),
            None => format!("refused-{}", self.reason),
        }
    }
}

impl Serialize for Done {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Envelope<'a> {
            result: &'static str,
            op: Operation,
            #[serde(skip_serializing_if = "Option::is_none")]
            niss: Option<Niss>,
            #[serde(skip_serializing_if = "Option::is_none")]
            request: Option<i64>,
            #[serde(flatten)]
            body: &'a ReplyBody,
        }
        let Done { op, niss, request, body } = self;
        Envelope { result: "done", op: *op, niss: *niss, request: *request, body }.serialize(serializer)
    }
}

/// A refusal with its sentences, as `--json` shows it.
#[derive(Debug)]
pub struct RefusalJson<'a> {
    /// The refusal.
    pub refusal: &'a Refusal,
    /// Its sentence.
    pub message: &'a str,
    /// Its hint, or nothing.
    pub hint: Option<&'a str>,
}

impl Serialize for RefusalJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("result", "refused")?;
        map.serialize_entry("op", &self.refusal.op)?;
        if let Some(niss) = self.refusal.niss {
            map.serialize_entry("niss", &niss)?;
        }
        if let Some(request) = self.refusal.request {
            map.serialize_entry("request", &request)?;
        }
        map.serialize_entry("reason", &self.refusal.reason)?;
        map.serialize_entry("message", self.message)?;
        map.serialize_entry("hint", &self.hint)?;
        map.serialize_entry("retry_at", &self.refusal.retry_at)?;
        if let Some(channels) = &self.refusal.channels {
            map.serialize_entry("channels", channels)?;
        }
        map.end()
    }
}
