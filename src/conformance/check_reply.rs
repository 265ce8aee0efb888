//! The outcome of a request in a check, in words of the code.

use std::fmt;

use super::observation::CheckError;
use crate::domain::validation_error::ValidationError;
use crate::reply::{Reply, ReplyBody};

/// The outcome of a request.
#[derive(Debug)]
pub struct CheckReply {
    /// The reply, or the error in the request.
    pub reply: Result<Reply, ValidationError>,
}

impl fmt::Display for CheckReply {
    /// Writes `done`, the reason of a refusal, or `malformed`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.reply {
            Ok(Reply::Done(_)) => "done",
            Ok(Reply::Refused(refusal)) => refusal.reason.as_str(),
            Err(_) => "malformed",
        })
    }
}

impl CheckReply {
    /// Returns whether the request was done.
    pub fn is_done(&self) -> bool {
        matches!(self.reply, Ok(Reply::Done(_)))
    }

    /// Returns the reply's body.
    ///
    /// # Errors
    /// The request was not done.
    pub fn body(self) -> Result<ReplyBody, CheckError> {
        match self.reply {
            Ok(Reply::Done(done)) => Ok(done.body),
            _ => Err(CheckError::Unexpected(self.to_string())),
        }
    }

    /// Returns the reason with its variant, for example `password_weak/short`.
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
