//! One event of an account's life.

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{Channel, string_enum};

string_enum! {
    /// What kind of event it is.
    EventKind {
        /// Something was asked for and done.
        Request = "request",
        /// Something was asked for and refused.
        Refusal = "refusal",
        /// An operator has read what is kept.
        Reading = "reading",
        /// The account has come to another state.
        State = "state",
        /// A code was issued.
        Code = "code",
        /// A message was sent.
        Message = "message",
        /// A letter was printed for the first time.
        Dispatch = "dispatch",
        /// Something was blocked, or the block was lifted.
        Block = "block",
    }
}

crate::domain::as_text! { EventKind => ToString::to_string }

/// One event: words of the code, without a language.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct Event {
    pub at: Timestamp,
    pub kind: EventKind,
    /// An operation; of `state` a state, of `code` a purpose, of `message` and `dispatch` a purpose or a notice, of `block` what is
    /// blocked.
    pub what: String,
    /// Of a request `done`, of a refusal its reason, of a state the one before, of a code how it stands now, of a block `set` or
    /// `lifted`; null of a message, a dispatch and the first state.
    pub outcome: Option<String>,
    /// Of a code, a message and a dispatch.
    pub channel: Option<Channel>,
    /// Of a message and a dispatch, unmasked.
    pub to: Option<String>,
    /// Of a code and a block: good or in force until then; null of a block that no passing of time ends.
    pub until: Option<Timestamp>,
    /// Who asked.
    pub actor: Option<String>,
    /// The entry of the audit that it belongs to; null where no entry tells of it.
    pub entry: Option<i64>,
    /// The number of the message.
    pub message: Option<i64>,
    /// What the entry has beside, of a request, a refusal and a reading.
    #[schemars(with = "Option<serde_json::Map<String, serde_json::Value>>")]
    pub detail: Option<serde_json::Value>,
}
