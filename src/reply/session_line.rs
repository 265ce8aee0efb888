//! One session of a holder, as replies show it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::time::Timestamp;
use crate::domain::token_id::TokenId;

/// One open session of a holder.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct SessionLine {
    pub id: TokenId,
    /// The time of the login.
    pub created_at: Timestamp,
    pub last_used_at: Timestamp,
    pub expires_at: Timestamp,
    pub idle_expires_at: Timestamp,
    /// Whether the request itself used this session.
    pub current: bool,
}
