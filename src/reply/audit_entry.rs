//! Entries of the audit, for operators.

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;

/// One entry of the audit.
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

/// One entry of the audit as it is chained: whom it is about is a number, and of an operator's words there is a keyed hash.
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
