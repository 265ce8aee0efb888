//! One contact of a holder, as replies show it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::time::Timestamp;
use crate::domain::vocabulary::ContactKind;

/// One contact of a holder.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the README's table of JSON")]
pub struct ContactLine {
    pub kind: ContactKind,
    /// Masked; of the registered one.
    pub value: Option<String>,
    pub registered: bool,
    pub confirmed_at: Option<Timestamp>,
    /// Masked.
    pub proposed: Option<String>,
}
