//! What a request came back with, in words of the code.

use std::fmt;

use super::observation::CheckError;
use crate::domain::validation_error::ValidationError;
use crate::reply::{Reply, ReplyBody};

/// What a request came back with.
#[derive(Debug)]
pub struct CheckReply {
    /// The reply, or what is wrong with the request.
    pub reply: Result<Reply, ValidationError>,
}

impl fmt::Display for CheckReply {
    /// `done`, the reason of a refusal, or `malformed`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.reply {
            Ok(Reply::Done(_)) => "done",
            Ok(Reply::Refused(refusal)) => refusal.reason.as_str(),
            Err(_) => "malformed",
        })
    }
}

impl CheckReply {
    /// Whether it was done.
    pub fn is_done(&self) -> bool {
        matches!(self.reply, Ok(Reply::Done(_)))
    }

    /// What it was answered with, if it was done.
    ///
    /// # Errors
    /// It was not.
    pub fn body(self) -> Result<ReplyBody, CheckError> {
        match self.reply {
            Ok(Reply::Done(done)) => Ok(done.body),
            _ => Err(CheckError::Unexpected(self.to_string())),
        }
    }

    /// The reason with the sentence that tells it apart: `password_weak/short`.
    pub fn reason_and_variant(&self) -> String {
        match &self.reply {
            Ok(Reply::Refused(refusal)) => match refusal.variant {
                Some(variant) => format!("{}/{variant}", refusal.reason),
                None => refusal.reason.to_string(),
            },
            _ => self.to_string(),
        }
    }
}
