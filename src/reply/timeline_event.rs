//! One event in the timeline of an account.

use schemars::JsonSchema;
use serde::Serialize;

use super::audit_detail::AuditDetail;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{Channel, string_enum};

string_enum! {
    /// The kind of an event.
    EventKind {
        /// A request that was done.
        Request = "request",
        /// A request that was refused.
        Refusal = "refusal",
        /// An operator's access to stored data.
        Reading = "reading",
        /// A change of the account's state.
        State = "state",
        /// A code that was issued.
        Code = "code",
        /// A message that was sent.
        Message = "message",
        /// The first print run of a letter.
        Dispatch = "dispatch",
        /// A message that was returned or has failed.
        Delivery = "delivery",
        /// A block that was set or lifted.
        Block = "block",
    }
}

crate::domain::as_text! { EventKind => ToString::to_string }

/// One event, in language-neutral words.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct Event {
    pub at: Timestamp,
    pub kind: EventKind,
    /// The operation. `state`: the new state; `code`: a purpose; `message`, `dispatch`, `delivery`: a purpose or a notice;
    /// `block`: its scope.
    pub what: String,
    /// Request: `done`; refusal: its reason; state: the previous state; code: its current state; block: `set` or
    /// `lifted`; delivery: the message's status.
    ///
    /// Null for a message, a dispatch and the first state.
    pub outcome: Option<String>,
    /// The channel of a code, a message, a dispatch or a delivery result.
    pub channel: Option<Channel>,
    /// The destination of a message, a dispatch or a delivery result, unmasked.
    pub to: Option<String>,
    /// The end of a code's validity or of a block; null for a block that does not end by itself.
    pub until: Option<Timestamp>,
    /// The actor.
    pub actor: Option<String>,
    /// The number of the audit entry; null for an event without one.
    pub entry: Option<i64>,
    /// The number of the message.
    pub message: Option<i64>,
    /// The detail of the audit entry, for a request, a refusal and a reading.
    #[schemars(with = "Option<serde_json::Map<String, serde_json::Value>>")]
    pub detail: Option<Box<AuditDetail>>,
}
