//! Requests: one flat struct per operation.
//!
//! Options of the command line, fields of a batch line, CSV columns and prompts all come from these fields.
//! `requests!` declares which of them are required.
//!
//! Every field that a prompt can fill is an `Option`. Secrets are never command-line options, because other processes
//! could read them. They come from standard input, a file, a prompt or the environment.

#![deny(clippy::wildcard_enum_match_arm)]

use std::any::Any;

use crate::domain::niss::Niss;
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::{Channel, Purpose};
use operation_spec::FailureCounter;
use request_fields::{AuditMark, FieldSpec};

pub mod checked;
mod enrolment;
mod field;
mod fields;
mod inbox;
mod json_fields;
pub mod json_schema;
mod operation;
pub mod operation_spec;
mod operator_reason;
pub mod request_fields;
pub mod request_line;
mod requests;
mod required_fields;
mod tokens;

pub use checked::CheckedRequest;
pub use enrolment::{CheckedCmdEnrol, CmdEnrol};
pub use field::{Field, FieldGroup};
pub use fields::{FieldValue, RawText, RowId, RowLimit};
pub use inbox::*;
pub use operation::{CheckedFields, Operation, Request};
pub use operator_reason::OperatorReason;
pub use requests::*;
pub use tokens::{CallToken, SessionToken};

impl Request {
    /// Returns the value of a field. `None` if it is not set, or if the request has no such field of this type.
    pub fn value<T: 'static>(&self, field: Field) -> Option<&T> {
        let slot: &dyn Any = self.inner().field(field)?;
        slot.downcast_ref::<Option<T>>()?.as_ref()
    }

    /// Returns a field to read or set it. `None` if the request has no such field of this type.
    pub fn slot<T: 'static>(&mut self, field: Field) -> Option<&mut Option<T>> {
        let slot: &mut dyn Any = self.inner_mut().field_mut(field)?;
        slot.downcast_mut()
    }

    /// Sets the field with this name.
    ///
    /// # Errors
    /// The operation has no such field, or the value is not valid for it.
    pub fn set(&mut self, field: &str, value: &serde_json::Value) -> Result<(), ValidationError> {
        let slot = field.parse().ok().and_then(|field| self.inner_mut().field_mut(field));
        slot.ok_or(ValidationError::UnknownField)?.set_from_json(value)
    }

    /// Sets the field with this name from a text as people write it.
    ///
    /// # Errors
    /// As for [`Request::set`].
    pub fn set_written(&mut self, field: &str, text: &str) -> Result<(), ValidationError> {
        let slot = field.parse().ok().and_then(|field| self.inner_mut().field_mut(field));
        slot.ok_or(ValidationError::UnknownField)?.set_from_text(text)
    }

    /// Returns the fields that are set, in a form that can be parsed again. Passwords and tokens are left out.
    pub fn written(&self) -> Vec<(&'static str, serde_json::Value)> {
        let fields = self.inner();
        let written = |spec: &FieldSpec| Some((spec.field.as_str(), fields.field(spec.field)?.to_json()?));
        fields.specs().iter().filter_map(written).collect()
    }

    /// Returns whether the request reads a code or a message, or compares a code, a PIN, a password or a token.
    pub fn judges_secret(&self) -> bool {
        let fields = self.inner();
        let has_secret = fields
            .specs()
            .iter()
            .any(|spec| fields.field(spec.field).is_some_and(|value| value.is_secret() && value.is_set()));
        // An enrolment sets a PIN and compares none.
        let op = self.op();
        op != Operation::CmdEnrol && (has_secret || op.spec().access == operation_spec::Access::Disclosure)
    }

    /// Returns the names of the fields.
    pub fn fields(&self) -> &'static [&'static str] {
        self.inner().names()
    }

    /// Returns the NISS in the request. Every reply repeats it.
    pub fn niss(&self) -> Option<Niss> {
        self.value(Field::Niss).copied()
    }

    /// Returns the request for the audit log, without personal data, as the [`AuditMark`] of each field says.
    pub fn audit_summary(&self) -> serde_json::Map<String, serde_json::Value> {
        let fields = self.inner();
        let audited = |spec: &FieldSpec| {
            let field = fields.field(spec.field)?;
            let value = match spec.audit {
                AuditMark::Value => field.to_json()?,
                AuditMark::Presence => field.is_set().then_some(true.into())?,
                AuditMark::Nothing => return None,
            };
            Some((spec.field.to_string(), value))
        };
        fields.specs().iter().filter_map(audited).collect()
    }

    /// Returns the purpose of the verification code in the request, set or not. `None` if it has no such field.
    pub fn code_purpose(&self) -> Option<Purpose> {
        if let Request::Login(asked) = self {
            return Some(if asked.is_by_cmd() { Purpose::Cmd } else { Purpose::Login });
        }
        if let Request::Register(_) = self {
            return Some(Purpose::Cmd);
        }
        let channel = self.value::<Channel>(Field::Channel);
        match self.op().spec().timeline.effects()?.failures {
            FailureCounter::None => None,
            FailureCounter::Scope(scope) => scope.purpose(),
            FailureCounter::Contact if channel == Some(&Channel::Sms) => Some(Purpose::ContactMobile),
            FailureCounter::Contact => Some(Purpose::ContactEmail),
        }
    }

    /// Returns whether it requests a letter where only e-mail and SMS are possible, because the user waits for the
    /// code.
    pub fn asks_for_letter(&self) -> bool {
        matches!(self, Request::ContactsConfirm(_) | Request::Login(_))
            && self.value(Field::Channel) == Some(&Channel::Letter)
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
        self.slot(Field::Session)
    }

    /// Returns the field of the call token, if the operation has one.
    pub fn call_slot(&mut self) -> Option<&mut Option<CallToken>> {
        self.slot(Field::Call)
    }

    /// Returns the name of the token field and its placeholder for the token of an earlier line.
    ///
    /// Operations without a token return `None`.
    pub fn token_field(&self) -> Option<(&'static str, &'static str)> {
        let fields = self.inner();
        let session = fields.field(Field::Session).map(|_| ("session", "@login"));
        session.or_else(|| fields.field(Field::Call).map(|_| ("call", "@phone_line")))
    }
}
