//! The answer to a line of a file: its reply, or what is wrong with it, with the line's number and what the file calls it.

use serde_json::Value;

use super::Reply;
use crate::domain::niss::Niss;
use crate::domain::validation_error::ValidationError;
use crate::request::Operation;
use crate::request::request_line::{InvalidLine, LineError, RequestLine};

/// What a line comes back with.
#[derive(Debug, Clone)]
pub struct LineReply {
    /// Its number in its file, from 1.
    pub line: u64,
    /// What the file calls it.
    pub id: Option<Value>,
    /// How it ended.
    pub outcome: LineOutcome,
}

/// How a line ended.
#[derive(Debug, Clone)]
pub enum LineOutcome {
    /// It was answered.
    Replied(Box<Reply>),
    /// It is no request, or has a value that its flow can't take; nothing has changed.
    Malformed {
        /// What it asks, if that can be read.
        op: Option<Operation>,
        /// Whom it names, if that can be read.
        niss: Option<Niss>,
        /// What is wrong.
        fault: LineError,
    },
}

impl LineReply {
    /// To a line that was answered.
    pub fn replied(number: u64, line: &RequestLine, reply: Reply) -> LineReply {
        LineReply { line: number, id: line.id.clone(), outcome: LineOutcome::Replied(Box::new(reply)) }
    }

    /// To a line that is no request.
    pub fn malformed(number: u64, malformed: InvalidLine) -> LineReply {
        let InvalidLine { id, op, fault } = malformed;
        LineReply { line: number, id, outcome: LineOutcome::Malformed { op, niss: None, fault } }
    }

    /// To a line with a value that its flow can't take.
    pub fn invalid_value(number: u64, line: &RequestLine, name: &str, cause: ValidationError) -> LineReply {
        let (op, niss) = (Some(line.request.op()), line.niss());
        let field = match op {
            Some(Operation::PolicySet) if cause == ValidationError::NoSuchSetting => "key",
            Some(Operation::PolicySet) => "value",
            Some(Operation::ClockAdvance) => "advance",
            Some(Operation::ClockSet) => "time",
            Some(Operation::AccountErase) => "reason",
            Some(Operation::PasswordChange) => "password",
            _ => name,
        };
        // Of several options the first; a field is named like its option.
        let field = field.split(',').next().unwrap_or_default().trim_start_matches("--").replace('-', "_");
        let fault = LineError::Field(Some(field), cause);
        LineReply { line: number, id: line.id.clone(), outcome: LineOutcome::Malformed { op, niss, fault } }
    }

    /// Its reply, unless it is malformed.
    pub fn reply(&self) -> Option<&Reply> {
        match &self.outcome {
            LineOutcome::Replied(reply) => Some(reply),
            LineOutcome::Malformed { .. } => None,
        }
    }

    /// What it asked, if that could be read.
    pub fn op(&self) -> Option<Operation> {
        match &self.outcome {
            LineOutcome::Replied(reply) => Some(reply.op()),
            LineOutcome::Malformed { op, .. } => *op,
        }
    }

    /// The word that it is counted under: `done`, the reason of a refusal, or `malformed`.
    pub fn outcome_word(&self) -> &'static str {
        match self.reply() {
            Some(Reply::Done(_)) => "done",
            Some(Reply::Refused(refusal)) => refusal.reason.as_str(),
            None => "malformed",
        }
    }

    /// Whether the line was done.
    pub fn is_done(&self) -> bool {
        matches!(self.reply(), Some(Reply::Done(_)))
    }
}
