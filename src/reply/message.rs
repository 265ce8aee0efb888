//! The messages of the outbox in replies.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::secret::Secret;
use crate::domain::message_purpose::MessagePurpose;
use crate::domain::next_step::SuggestedCommand;
use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{Channel, Language, MessageStatus};
use crate::l10n::next_steps::command_line;

/// One message of the outbox.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct Message {
    pub id: i64,
    pub niss: Niss,
    pub channel: Channel,
    /// The purpose of a code, or a notice.
    #[schemars(with = "String")]
    pub purpose: MessagePurpose,
    pub to: String,
    pub language: Language,
    pub subject: Option<String>,
    /// The text with the code, if any.
    pub body: Secret,
    pub created_at: Timestamp,
    /// The time of the first print run of a letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dispatched_at: Option<Timestamp>,
    pub status: MessageStatus,
    /// The time of the delivery result: returned, failed or lost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_at: Option<Timestamp>,
    /// The time until which a message is delayed; only in sandboxes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    #[serde(skip)]
    pub cause: MessageCause,
}

/// A message that did not arrive, and what can be done about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct UndeliveredMessage {
    pub id: i64,
    pub channel: Channel,
    /// The purpose of a code, or a notice.
    #[schemars(with = "String")]
    pub purpose: MessagePurpose,
    pub status: MessageStatus,
    pub status_at: Timestamp,
    /// Whether the request has invalidated the code in the message. Only in the reply to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_invalidated: Option<bool>,
    /// The other registered channels that the holder can choose for a code.
    pub other_channels: Vec<Channel>,
    /// The command with which the holder can request another code now. Null for a notice, and while no code can be
    /// requested.
    #[serde(serialize_with = "as_optional_command_line")]
    #[schemars(with = "Option<String>")]
    pub next: Option<SuggestedCommand>,
}

fn as_optional_command_line<S: Serializer>(
    command: &Option<SuggestedCommand>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    command.as_ref().map(command_line).serialize(serializer)
}

/// What caused a message. Messages of a store before version 5 have no request and no print run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MessageCause {
    /// The number of the request that caused it.
    pub request: Option<i64>,
    /// The id of the code in it.
    pub code: Option<i64>,
    /// The number of the print run that dispatched it, if it is a letter.
    pub print_run: Option<i64>,
}

/// The message that a wait returned.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct AwaitedMessage {
    #[serde(flatten)]
    pub message: Message,
    /// The code alone; null for a message without one.
    pub code: Option<Secret>,
    /// The text that standard output shows without `--json`.
    #[serde(skip)]
    pub bare: Secret,
}
