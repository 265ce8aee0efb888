//! Requests: one flat struct per operation.
//!
//! Options of the command line, fields of a batch line, CSV columns and prompts all come from these fields.
//! `required_fields` lists the required ones.
//!
//! Every field that a prompt can fill is an `Option`. Secrets are never command-line options, because other processes
//! could read them. They come from standard input, a file, a prompt or the environment.

use crate::domain::niss::Niss;
use crate::domain::vocabulary::Channel;

mod enrolment;
mod fields;
mod inbox;
pub mod json_schema;
mod operation;
pub mod operation_spec;
mod operator_reason;
pub mod request_line;
mod requests;
mod required_fields;
mod tokens;

pub use enrolment::CmdEnrol;
pub use fields::{FieldValue, RawText, RowId, RowLimit};
pub use inbox::*;
pub use operation::{Field, Operation, Request};
pub use operator_reason::OperatorReason;
pub use request_line::RequestLine;
pub use requests::*;
pub use required_fields::FieldGroup;
pub use tokens::{CallToken, SessionToken};

impl Request {
    /// Returns the NISS in the request. Every reply repeats it.
    pub fn niss(&self) -> Option<Niss> {
        match self {
            Request::Register(r) => r.niss,
            Request::Activate(r) | Request::RecoverConfirm(r) => r.niss,
            Request::Login(r) => r.niss,
            Request::RecoverRequest(r) => r.niss,
            Request::PhoneCodeVerify(r) | Request::PhoneLine(r) => r.niss,
            Request::OutboxCode(r) => r.niss,
            Request::CmdEnrol(r) => r.niss,
            Request::AlertsSend(r) => r.niss,
            Request::RegistryShow(r) | Request::AccountShow(r) | Request::AccountExport(r) | Request::CmdRevoke(r) => {
                r.niss
            }
            Request::AccountUnlock(r)
            | Request::AccountSuspend(r)
            | Request::AccountResume(r)
            | Request::AccountReset(r)
            | Request::AccountClose(r)
            | Request::AccountErase(r) => r.niss,
            Request::Logout(_)
            | Request::PasswordChange(_)
            | Request::PhoneCodeSet(_)
            | Request::PhoneCodeChange(_)
            | Request::PhoneLineWhoami(_)
            | Request::ContactsShow(_)
            | Request::ContactsUpdate(_)
            | Request::ContactsConfirm(_)
            | Request::ContactsRemove(_)
            | Request::AlertsSet(_)
            | Request::MessagesList(_)
            | Request::MessagesShow(_)
            | Request::ProfileShow(_)
            | Request::RegistryCount(_)
            | Request::OutboxShow(_)
            | Request::PolicySet(_)
            | Request::ClockShow(_)
            | Request::ClockAdvance(_)
            | Request::ClockSet(_) => None,
        }
    }

    /// Returns the request for the audit log, without personal data.
    ///
    /// Enum fields have their values; every other field that is set appears as `true`.
    pub fn audit_summary(&self) -> serde_json::Map<String, serde_json::Value> {
        let outlined = |(name, value): (&str, serde_json::Value)| {
            let stored = match name {
                "account_type" | "procedure" | "method" | "alerts" | "channel" | "purpose" | "kind" | "decision"
                | "until" => value,
                // The NISS has its own column; the flows record the others as far as permitted.
                "niss" | "reason" | "message" | "key" | "value" | "advance" | "time" => return None,
                _ => true.into(),
            };
            Some((name.to_owned(), stored))
        };
        self.written().into_iter().filter_map(outlined).collect()
    }

    /// Returns whether it requests a letter where only e-mail and SMS are possible, because the user waits for the
    /// code.
    pub fn asks_for_letter(&self) -> bool {
        let channel = match self {
            Request::ContactsConfirm(r) => r.channel,
            Request::Login(r) => r.channel,
            _ => None,
        };
        channel == Some(Channel::Letter)
    }

    /// Returns the names of the operations, separated by commas.
    pub fn operation_names() -> &'static str {
        static WORDS: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
            let words: Vec<&str> = Request::OPERATIONS.iter().map(|op| op.as_str()).collect();
            words.join(", ")
        });
        &WORDS
    }

    /// Returns the field of the session token, if the operation has one.
    pub fn session_slot(&mut self) -> Option<&mut Option<SessionToken>> {
        match self {
            Request::Logout(r) | Request::PhoneCodeSet(r) | Request::ContactsShow(r) | Request::ProfileShow(r) => {
                Some(&mut r.session)
            }
            Request::PasswordChange(r) => Some(&mut r.session),
            Request::PhoneCodeChange(r) => Some(&mut r.session),
            Request::ContactsUpdate(r) => Some(&mut r.session),
            Request::ContactsConfirm(r) => Some(&mut r.session),
            Request::ContactsRemove(r) => Some(&mut r.session),
            Request::AlertsSet(r) => Some(&mut r.session),
            Request::MessagesList(r) => Some(&mut r.session),
            Request::MessagesShow(r) => Some(&mut r.session),
            _ => None,
        }
    }

    /// Returns the field of the call token, if the operation has one.
    pub fn call_slot(&mut self) -> Option<&mut Option<CallToken>> {
        match self {
            Request::PhoneLineWhoami(r) => Some(&mut r.call),
            _ => None,
        }
    }

    /// Returns the name of the token field and its placeholder for the token of an earlier line.
    ///
    /// Operations without a token return `None`.
    pub fn token_field(&mut self) -> Option<(&'static str, &'static str)> {
        let session = self.session_slot().map(|_| ("session", "@login"));
        session.or_else(|| self.call_slot().map(|_| ("call", "@phone_line")))
    }
}
