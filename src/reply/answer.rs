//! The answer to a line of a file: its reply, or what is wrong with it, with the line's number and what the file calls it.

use serde_json::Value;

use super::Reply;
use crate::domain::flaw::Flaw;
use crate::domain::niss::Niss;
use crate::request::Op;
use crate::request::line::{Fault, Line, Malformed};

/// What a line comes back with.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Its number in its file, from 1.
    pub line: u64,
    /// What the file calls it.
    pub id: Option<Value>,
    /// How it ended.
    pub outcome: Outcome,
}

/// How a line ended.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// It was answered.
    Replied(Box<Reply>),
    /// It is no request, or has a value that its flow can't take; nothing has changed.
    Malformed {
        /// What it asks, if that can be read.
        op: Option<Op>,
        /// Whom it names, if that can be read.
        niss: Option<Niss>,
        /// What is wrong.
        fault: Fault,
    },
}

impl Answer {
    /// To a line that was answered.
    pub fn replied(number: u64, line: &Line, reply: Reply) -> Answer {
        Answer { line: number, id: line.id.clone(), outcome: Outcome::Replied(Box::new(reply)) }
    }

    /// To a line that is no request.
    pub fn malformed(number: u64, malformed: Malformed) -> Answer {
        let Malformed { id, op, fault } = malformed;
        Answer { line: number, id, outcome: Outcome::Malformed { op, niss: None, fault } }
    }

    /// To a line with a value that its flow can't take.
    pub fn untakable(number: u64, line: &Line, name: &str, flaw: Flaw) -> Answer {
        let (op, niss) = (Some(line.request.op()), line.niss());
        let field = match op {
            Some(Op::PolicySet) if flaw == Flaw::NoSuchSetting => "key",
            Some(Op::PolicySet) => "value",
            Some(Op::ClockAdvance) => "advance",
            Some(Op::ClockSet) => "time",
            Some(Op::AccountErase) => "reason",
            Some(Op::PasswordChange) => "password",
            _ => name,
        };
        // Of several options the first; a field is named like its option.
        let field = field.split(',').next().unwrap_or_default().trim_start_matches("--").replace('-', "_");
        let fault = Fault::Field(Some(field), flaw);
        Answer { line: number, id: line.id.clone(), outcome: Outcome::Malformed { op, niss, fault } }
    }

    /// Its reply, unless it is malformed.
    pub fn reply(&self) -> Option<&Reply> {
        match &self.outcome {
            Outcome::Replied(reply) => Some(reply),
            Outcome::Malformed { .. } => None,
        }
    }

    /// What it asked, if that could be read.
    pub fn op(&self) -> Option<Op> {
        match &self.outcome {
            Outcome::Replied(reply) => Some(reply.op()),
            Outcome::Malformed { op, .. } => *op,
        }
    }

    /// The word that it is counted under: `done`, the reason of a refusal, or `malformed`.
    pub fn verdict(&self) -> &'static str {
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
