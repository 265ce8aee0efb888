//! The reply to a line of a file, with the line's number and identifier.

use super::Reply;
use crate::domain::niss::Niss;
use crate::domain::validation_error::ValidationError;
use crate::request::request_line::{InvalidLine, LineError, LineId, RequestLine};
use crate::request::{Field, Operation};

/// The result of one line.
#[derive(Debug, Clone)]
pub struct LineReply {
    /// The number of the line in its file, from 1.
    pub line: u64,
    /// The identifier of the line.
    pub id: Option<LineId>,
    /// The outcome.
    pub outcome: LineOutcome,
}

/// The outcome of a line.
#[derive(Debug, Clone)]
pub enum LineOutcome {
    /// The line was executed.
    Replied(Box<Reply>),
    /// The line is not a valid request, or the flow rejected a value. Nothing has changed.
    Malformed {
        /// The operation, if readable.
        op: Option<Operation>,
        /// The NISS, if readable.
        niss: Option<Niss>,
        /// The error.
        fault: LineError,
    },
}

impl LineReply {
    /// Creates the result of an executed line.
    pub fn replied(number: u64, line: &RequestLine, reply: Reply) -> LineReply {
        LineReply { line: number, id: line.id.clone(), outcome: LineOutcome::Replied(Box::new(reply)) }
    }

    /// Creates the result of a line that is not a valid request.
    pub fn malformed(number: u64, malformed: InvalidLine) -> LineReply {
        let InvalidLine { id, op, fault } = malformed;
        LineReply { line: number, id, outcome: LineOutcome::Malformed { op, niss: None, fault } }
    }

    /// Creates the result of a line with a value that the flow rejected.
    pub fn invalid_value(number: u64, line: &RequestLine, field: Option<Field>, cause: ValidationError) -> LineReply {
        let (op, niss) = (Some(line.request.op()), line.niss());
        let fault = LineError::Field(field.map(|field| field.to_string()), cause);
        LineReply { line: number, id: line.id.clone(), outcome: LineOutcome::Malformed { op, niss, fault } }
    }

    /// Returns the reply, unless the line is malformed.
    pub fn reply(&self) -> Option<&Reply> {
        match &self.outcome {
            LineOutcome::Replied(reply) => Some(reply),
            LineOutcome::Malformed { .. } => None,
        }
    }

    /// Returns the operation, if it was readable.
    pub fn op(&self) -> Option<Operation> {
        match &self.outcome {
            LineOutcome::Replied(reply) => Some(reply.op()),
            LineOutcome::Malformed { op, .. } => *op,
        }
    }

    /// Returns the word under which the line is counted: `done`, the reason of a refusal, or `malformed`.
    pub fn outcome_word(&self) -> &'static str {
        match self.reply() {
            Some(Reply::Done(_)) => "done",
            Some(Reply::Refused(refusal)) => refusal.reason.as_str(),
            None => "malformed",
        }
    }

    /// Returns whether the line was done.
    pub fn is_done(&self) -> bool {
        matches!(self.reply(), Some(Reply::Done(_)))
    }
}
