//! Replies: a [`Reply`] is `done` or `refused`. Both are values, and both are committed.
//!
//! `--json` prints it in this form. Without `--json`, the catalogues turn the same fields into a sentence.

#![deny(clippy::wildcard_enum_match_arm)]

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::Channel;
use crate::l10n::MessageArgs;
use crate::request::Operation;

mod audit_detail;
mod audit_entry;
mod batch_lines;
mod body;
mod contact_line;
pub mod escaped_json;
mod inbox;
pub mod json_schema;
pub mod line_reply;
mod message;
mod reason;
mod refusal_variant;
mod report;
mod secret;
mod session_line;
mod timeline_event;

pub use audit_detail::{
    AuditDetail, AuditEffects, CodeEffect, ContactEffect, CountEffect, DeliveryEffect, DryRun, FailureCause,
    Fingerprint, LockoutEffect, LockoutEnd, TokenEffects,
};
pub use audit_entry::{AuditEntry, ChainedAuditEntry};
pub use batch_lines::{ExplainedLine, LineFault};
pub use body::*;
pub use contact_line::ContactLine;
pub use inbox::{Alert, CalendarEvent, InboxMessage, Profile};
pub use message::{AwaitedMessage, Message, MessageCause, UndeliveredMessage};
pub use reason::Reason;
pub use refusal_variant::RefusalVariant;
pub use report::*;
pub use secret::Secret;
pub use session_line::SessionLine;
pub use timeline_event::{Event, EventKind};

/// The reply to a request.
#[derive(Debug, Clone)]
pub enum Reply {
    /// The request was done.
    Done(Done),
    /// A rule of the service refused the request.
    Refused(Refusal),
}

impl Reply {
    /// Returns the operation.
    pub fn op(&self) -> Operation {
        match self {
            Reply::Done(done) => done.op,
            Reply::Refused(refusal) => refusal.op,
        }
    }

    /// Returns the reply with the number of its audit entry.
    pub fn with_request_id(mut self, request: i64) -> Reply {
        match &mut self {
            Reply::Done(done) => done.request = Some(request),
            Reply::Refused(refusal) => refusal.request = Some(request),
        }
        self
    }
}

/// The reply to a request that was done.
#[derive(Debug, Clone)]
pub struct Done {
    /// The operation.
    pub op: Operation,
    /// The holder, if the request has a NISS.
    pub niss: Option<Niss>,
    /// The number of the audit entry, if there is one.
    pub request: Option<i64>,
    /// The contents.
    pub body: ReplyBody,
}

/// The reply to a request that was refused.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// The operation.
    pub op: Operation,
    /// The holder, if the request has a NISS.
    pub niss: Option<Niss>,
    /// The number of the audit entry, if there is one.
    pub request: Option<i64>,
    /// The reason.
    pub reason: Reason,
    /// The variant of the sentence, if the reason has several.
    pub variant: Option<RefusalVariant>,
    /// The arguments of the sentence.
    pub args: MessageArgs,
    /// The time at which the cause ends by itself, if it does.
    pub retry_at: Option<Timestamp>,
    /// The available channels; only for `channel_unavailable`.
    pub channels: Option<Vec<Channel>>,
    /// The next step that is possible.
    pub hint: Option<NextStep>,
}

impl Done {
    /// Creates a reply to `op` without a holder.
    pub fn new(op: Operation, body: ReplyBody) -> Done {
        Done { op, niss: None, request: None, body }
    }
}

impl Refusal {
    /// Creates a refusal with only a reason. The dispatcher fills in the envelope.
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
    /// The sentence.
    pub message: &'a str,
    /// The hint, if any.
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
