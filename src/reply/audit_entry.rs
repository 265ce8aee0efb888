//! Audit entries, for operators.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Serialize;

use super::audit_detail::AuditDetail;
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
    pub detail: Option<Box<AuditDetail>>,
}

impl AuditEntry {
    /// Returns the detail; an empty one if the entry has none.
    pub fn facts(&self) -> &AuditDetail {
        static EMPTY: LazyLock<AuditDetail> = LazyLock::new(AuditDetail::default);
        self.detail.as_deref().unwrap_or(&EMPTY)
    }
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
