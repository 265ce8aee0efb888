//! Audit entries, for operators.

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;

/// One audit entry.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct AuditEntry {
    pub id: i64,
    pub at: Timestamp,
    pub actor: String,
    pub action: String,
    pub niss: Option<Niss>,
    pub outcome: String,
    pub reason: Option<String>,
    #[schemars(with = "Option<serde_json::Map<String, serde_json::Value>>")]
    pub detail: Option<serde_json::Value>,
}

/// One audit entry as it is hashed: the holder is a number, and the operator's reason is a keyed hash.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct ChainedAuditEntry {
    pub id: i64,
    pub at: Timestamp,
    pub actor: String,
    pub action: String,
    pub subject: Option<String>,
    pub outcome: String,
    pub reason: Option<String>,
    #[schemars(with = "Option<serde_json::Map<String, serde_json::Value>>")]
    pub detail: Option<serde_json::Value>,
    pub remark: Option<String>,
    pub mac: String,
}
