//! The reply to a line of a file, with the line's number and identifier.

use super::Reply;
use crate::domain::niss::Niss;
use crate::domain::validation_error::ValidationError;
use crate::request::Operation;
use crate::request::request_line::{InvalidLine, LineError, LineId, RequestLine};

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
    /// The line was done by an earlier run under the same name, and is not done again.
    Repeated {
        /// The operation.
        op: Operation,
        /// The holder, if there is one.
        niss: Option<Niss>,
        /// The number of the first request.
        request: i64,
    },
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

    /// Creates the result of a line that an earlier run has done as this request.
    pub fn repeated(number: u64, line: &RequestLine, niss: Option<Niss>, request: i64) -> LineReply {
        let outcome = LineOutcome::Repeated { op: line.request.op(), niss: line.niss().or(niss), request };
        LineReply { line: number, id: line.id.clone(), outcome }
    }

    /// Creates the result of a line that is not a valid request.
    pub fn malformed(number: u64, malformed: InvalidLine) -> LineReply {
        let InvalidLine { id, op, fault } = malformed;
        LineReply { line: number, id, outcome: LineOutcome::Malformed { op, niss: None, fault } }
    }

    /// Creates the result of a line with a value that the flow rejected.
    pub fn invalid_value(number: u64, line: &RequestLine, field: Option<String>, cause: ValidationError) -> LineReply {
        let (op, niss) = (Some(line.request.op()), line.niss());
        let fault = LineError::Field(field, cause);
        LineReply { line: number, id: line.id.clone(), outcome: LineOutcome::Malformed { op, niss, fault } }
    }

    /// Returns the reply, unless the line is malformed.
    pub fn reply(&self) -> Option<&Reply> {
        match &self.outcome {
            LineOutcome::Replied(reply) => Some(reply),
            LineOutcome::Repeated { .. } | LineOutcome::Malformed { .. } => None,
        }
    }

    /// Returns the operation, if it was readable.
    pub fn op(&self) -> Option<Operation> {
        match &self.outcome {
            LineOutcome::Replied(reply) => Some(reply.op()),
            LineOutcome::Repeated { op, .. } => Some(*op),
            LineOutcome::Malformed { op, .. } => *op,
        }
    }

    /// Returns the word under which the line is counted: `done`, `repeated`, the reason of a refusal, or `malformed`.
    pub fn outcome_word(&self) -> &'static str {
        match &self.outcome {
            LineOutcome::Replied(reply) => match &**reply {
                Reply::Done(_) => "done",
                Reply::Refused(refusal) => refusal.reason.as_str(),
            },
            LineOutcome::Repeated { .. } => "repeated",
            LineOutcome::Malformed { .. } => "malformed",
        }
    }

    /// Returns whether the line was done, now or by an earlier run.
    pub fn is_done(&self) -> bool {
        matches!(self.outcome, LineOutcome::Repeated { .. }) || matches!(self.reply(), Some(Reply::Done(_)))
    }

    /// Returns the field and the cause of a malformed line. Of missing fields, the first one.
    pub fn fault(&self) -> Option<(Option<&str>, String)> {
        let LineOutcome::Malformed { fault, .. } = &self.outcome else { return None };
        Some((fault.field(), fault.word()))
    }
}
