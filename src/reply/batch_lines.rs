//! What `ssd batch` and `ssd why --batch` report of lines that were not done.

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::niss::Niss;
use crate::request::Operation;
use crate::request::request_line::LineId;

/// A line of a batch that was not done, as `ssd why --batch` explains it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct ExplainedLine {
    #[schemars(range(min = 1))]
    pub line: u64,
    #[schemars(with = "Option<LineIdSchema>")]
    pub id: Option<LineId>,
    /// The operation of the line.
    pub action: Option<String>,
    pub niss: Option<Niss>,
    /// The number of the line's request, if it has an audit entry.
    pub request: Option<i64>,
    pub reason: String,
    /// Of a malformed line.
    pub field: Option<String>,
    /// The fields of an identity check that did not match.
    pub differed: Vec<String>,
    pub message: String,
}

/// The identifier of a line in the JSON Schema.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "only its schema is used")]
enum LineIdSchema {
    Text(String),
    Number(f64),
}

/// A fault of malformed lines of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct LineFault {
    pub op: Option<Operation>,
    /// `null` for the line itself.
    pub field: Option<String>,
    /// The word of the fault.
    pub reason: String,
    pub count: u64,
    /// The number of the first line.
    pub line: u64,
}
