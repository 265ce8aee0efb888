//! A line of a file: an operation and its fields, with `op` and an optional `id` that the reply repeats.
//!
//! Batches, scenarios, recordings and exports consist of these lines.
//!
//! A placeholder replaces a value that is unknown when the file is written. It is resolved when the line is executed:
//!
//! | placeholder | value |
//! |---|---|
//! | `"code": "@outbox"` | the newest code of the purpose; `@outbox-1` is the one before |
//! | `"code": "@phone_code"` | the phone code that an earlier line set |
//! | `"code": "@wrong"` | a code that is none of the holder's codes |
//! | `"session": "@login"` | the session of an earlier line of the same holder, which `niss` names |
//! | `"call": "@phone_line"` | the call of an earlier line of the same holder |

use serde_json::Value;

pub use super::json_fields::{JsonError, JsonFields, LineId};
use super::{Field, FieldGroup, FieldValue, Operation, Request};
use crate::domain::code::{PhoneCode, VerificationCode};
use crate::domain::niss::Niss;
use crate::domain::validation_error::ValidationError;

/// A placeholder of a code, resolved when the line is executed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodePlaceholder {
    /// The code this number of codes before the newest one of the purpose in the outbox.
    Outbox(u32),
    /// The phone code that an earlier line set.
    PhoneCode,
    /// A code that is none of the holder's codes.
    Wrong,
}

impl std::fmt::Display for CodePlaceholder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            CodePlaceholder::Outbox(0) => f.write_str("@outbox"),
            CodePlaceholder::Outbox(before) => write!(f, "@outbox-{before}"),
            CodePlaceholder::PhoneCode => f.write_str("@phone_code"),
            CodePlaceholder::Wrong => f.write_str("@wrong"),
        }
    }
}

/// The form of the values in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ValueForm {
    /// As in JSON.
    Exact,
    /// As people write them in spreadsheets.
    Written,
}

/// A line that is a valid request.
#[derive(Debug, Clone)]
pub struct RequestLine {
    /// The identifier of the line. The reply repeats it.
    pub id: Option<LineId>,
    /// The request, without the values of placeholders.
    pub request: Request,
    /// The holder of the session, for operations whose request has no NISS.
    pub holder: Option<Niss>,
    /// Whether the session or call token comes from an earlier line.
    pub uses_earlier_token: bool,
    /// The placeholder of its code.
    pub code: Option<CodePlaceholder>,
}

impl RequestLine {
    /// Returns whether the line reads a code or a message, or compares a code, a PIN, a password or a token.
    pub fn judges_secret(&self) -> bool {
        self.uses_earlier_token || self.code.is_some() || self.request.judges_secret()
    }
}

/// A line that is not a valid request.
#[derive(Debug, Clone)]
pub struct InvalidLine {
    /// The identifier of the line, if readable.
    pub id: Option<LineId>,
    /// The operation, if readable.
    pub op: Option<Operation>,
    /// The error.
    pub fault: LineError,
}

/// An error in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineError {
    /// A validation error and its field. `None` means the line itself.
    Field(Option<String>, ValidationError),
    /// Required fields are missing. One field of each group is enough.
    Missing(Vec<FieldGroup>),
}

impl From<JsonError> for LineError {
    fn from(JsonError { key, cause }: JsonError) -> LineError {
        LineError::Field(key, cause)
    }
}

impl LineError {
    /// Returns the name of the field. Of missing fields, the first one.
    pub fn field(&self) -> Option<&str> {
        match self {
            LineError::Field(field, _) => field.as_deref(),
            LineError::Missing(groups) => groups.first().and_then(|group| group.first()).map(|field| field.as_str()),
        }
    }

    /// Returns the word of the cause.
    pub fn word(&self) -> String {
        match self {
            LineError::Field(_, cause) => cause.to_string(),
            LineError::Missing(_) => ValidationError::Missing.to_string(),
        }
    }

    fn of(field: &str, cause: ValidationError) -> LineError {
        LineError::Field(Some(field.to_owned()), cause)
    }
}

impl RequestLine {
    /// Creates the line from its fields, whose values have their exact forms.
    ///
    /// # Errors
    /// The first invalid field, or the missing fields.
    pub fn parse(fields: JsonFields) -> Result<RequestLine, InvalidLine> {
        RequestLine::parse_in(fields, ValueForm::Exact)
    }

    /// Creates the line from the cells of a CSV row, whose values have the forms in which people write them.
    ///
    /// # Errors
    /// As for [`RequestLine::parse`].
    pub fn parse_written(fields: JsonFields) -> Result<RequestLine, InvalidLine> {
        RequestLine::parse_in(fields, ValueForm::Written)
    }

    fn parse_in(mut fields: JsonFields, form: ValueForm) -> Result<RequestLine, InvalidLine> {
        let id = fields.take_id();
        let op = fields.take("op");
        let malformed = |op, fault| InvalidLine { id: id.clone().unwrap_or_default(), op, fault };
        let op = op_of(op.as_ref()).map_err(|cause| malformed(None, LineError::of("op", cause)))?;
        let id = id.clone().map_err(|cause| malformed(Some(op), LineError::of("id", cause)))?;
        let Some(request) = Request::empty(op) else {
            return Err(malformed(
                Some(op),
                LineError::of("op", ValidationError::UnknownWord(Request::operation_names())),
            ));
        };
        let mut line = RequestLine { id, request, holder: None, uses_earlier_token: false, code: None };
        line.fill(&fields, form).map_err(|fault| malformed(Some(op), fault))?;
        Ok(line)
    }

    /// Creates the line of a file in which every line is for `op`, with or without the field `op`.
    ///
    /// # Errors
    /// As for [`RequestLine::parse`], and another operation.
    pub fn parse_as(mut fields: JsonFields, op: Operation) -> Result<RequestLine, InvalidLine> {
        match fields.take("op") {
            Some(said) if said != op.as_str() => {
                let id = fields.take_id().unwrap_or_default();
                Err(InvalidLine { id, op: None, fault: LineError::of("op", ValidationError::UnknownWord(op.as_str())) })
            }
            _ => {
                fields.push("op", op.as_str().into());
                RequestLine::parse(fields)
            }
        }
    }

    fn fill(&mut self, fields: &JsonFields, form: ValueForm) -> Result<(), LineError> {
        let token = self.request.token_field();
        // Other programs and people add columns of their own, which begin with `_`.
        for (name, value) in fields.iter().filter(|(name, _)| !name.starts_with('_')) {
            let filled = match (name, value) {
                ("niss", value) if token.is_some() => match (value, form) {
                    (Value::String(text), ValueForm::Written) => self.holder.set_from_text(text),
                    _ => self.holder.set_from_json(value),
                },
                (name, Value::String(text)) if token == Some((name, text.as_str())) => {
                    self.uses_earlier_token = true;
                    Ok(())
                }
                ("code", Value::String(text)) if text.starts_with('@') => {
                    stand_in(self.request.op(), text).map(|found| self.code = Some(found))
                }
                (name, Value::String(text)) if form == ValueForm::Written => self.request.set_written(name, text),
                _ => self.request.set(name, value),
            };
            filled.map_err(|cause| LineError::of(name, cause))?;
        }
        self.validate()
    }

    /// Checks that no field is missing or inapplicable.
    fn validate(&self) -> Result<(), LineError> {
        if self.request.asks_for_letter() {
            return Err(LineError::of("channel", ValidationError::UnknownWord("email, sms")));
        }
        let mut complete = self.request.clone();
        if self.code.is_some() {
            // A dummy value, because the placeholder is resolved only at execution.
            complete.set("code", &"000000".into()).map_err(|cause| LineError::of("code", cause))?;
        }
        let missing = complete.missing_fields();
        if !missing.is_empty() {
            return Err(LineError::Missing(missing));
        }
        match complete.inapplicable_field() {
            Some(field) => Err(LineError::of(field.as_str(), ValidationError::NotApplicable)),
            None => Ok(()),
        }
    }

    /// Returns the fields that a line for `op` can have besides `op`.
    pub fn parse_fields(op: Operation) -> Vec<&'static str> {
        let Some(request) = Request::empty(op) else { return vec![] };
        let holder = request.token_field().map(|_| "niss");
        ["id"].into_iter().chain(holder).chain(request.fields().iter().copied()).collect()
    }

    /// Returns the NISS that the reply repeats.
    pub fn niss(&self) -> Option<Niss> {
        self.request.niss().or(self.holder)
    }
}

fn op_of(op: Option<&Value>) -> Result<Operation, ValidationError> {
    match op {
        None => Err(ValidationError::Missing),
        Some(Value::String(word)) => word.parse().map_err(|_| ValidationError::UnknownWord(Request::operation_names())),
        Some(_) => Err(ValidationError::Format("text")),
    }
}

/// Parses the placeholder of a code for an operation.
pub(super) fn stand_in(op: Operation, text: &str) -> Result<CodePlaceholder, ValidationError> {
    let mut request = Request::empty(op).ok_or(ValidationError::UnknownField)?;
    let phone = request.slot::<PhoneCode>(Field::Code).is_some();
    let forms = match phone {
        true => "@phone_code, @wrong",
        false if request.slot::<VerificationCode>(Field::Code).is_some() => "@outbox, @outbox-1, @wrong",
        false => return Err(ValidationError::UnknownField),
    };
    match text {
        "@wrong" => Ok(CodePlaceholder::Wrong),
        "@phone_code" if phone => Ok(CodePlaceholder::PhoneCode),
        "@outbox" if !phone => Ok(CodePlaceholder::Outbox(0)),
        _ => match text.strip_prefix("@outbox-").and_then(|back| back.parse().ok()) {
            Some(back) if !phone => Ok(CodePlaceholder::Outbox(back)),
            _ => Err(ValidationError::UnknownWord(forms)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Result<RequestLine, LineError> {
        RequestLine::parse(JsonFields::read(text.as_bytes())?).map_err(|malformed| malformed.fault)
    }

    #[test]
    fn line_has_an_operation_and_fields() {
        let read = line(
            r#"{"id":7,"op":"register","niss":12000000012,"account_type":"citizen","birth_date":"1984-03-22","channel":"sms","accept_terms":true,"email":null}"#,
        );
        let RequestLine { id, request: Request::Register(asked), .. } = read.expect("a line") else {
            panic!("no register")
        };
        assert_eq!(id, Some(LineId::Number("7".to_owned())));
        assert_eq!(asked.niss.map(|niss| niss.to_string()).as_deref(), Some("12000000012"));
        assert!(asked.accept_terms && asked.email.is_none());
    }

    #[test]
    fn placeholder_is_parsed_for_its_operations() {
        let read = line(r#"{"op":"activate","niss":"12000000012","code":"@outbox","password":"x"}"#).expect("a line");
        assert_eq!(read.code, Some(CodePlaceholder::Outbox(0)));
        let read = line(r#"{"op":"logout","niss":"12000000012","session":"@login"}"#).expect("a line");
        assert!(read.uses_earlier_token && read.niss().is_some());
        assert_eq!(stand_in(Operation::ContactsConfirm, "@outbox-2"), Ok(CodePlaceholder::Outbox(2)));
        assert_eq!(
            stand_in(Operation::PhoneCodeVerify, "@outbox"),
            Err(ValidationError::UnknownWord("@phone_code, @wrong"))
        );
        assert_eq!(stand_in(Operation::OutboxCode, "@outbox"), Err(ValidationError::UnknownField));
    }

    #[test]
    fn line_error_names_its_field() {
        let field = |name: &str, cause| LineError::of(name, cause);
        for (text, fault) in [
            ("", LineError::Field(None, ValidationError::NotJson)),
            ("[1]", LineError::Field(None, ValidationError::NotJson)),
            ("{}", field("op", ValidationError::Missing)),
            (r#"{"op":5}"#, field("op", ValidationError::Format("text"))),
            (r#"{"op":"init"}"#, field("op", ValidationError::UnknownWord(Request::operation_names()))),
            (r#"{"op":"logout","op":"login"}"#, field("op", ValidationError::DuplicateKey)),
            (r#"{"op":"logout","id":[]}"#, field("id", ValidationError::Format("text"))),
            (r#"{"op":"logout","pasword":"x"}"#, field("pasword", ValidationError::UnknownField)),
            (r#"{"op":"login","niss":"12000000013"}"#, field("niss", ValidationError::CheckDigit)),
            (r#"{"op":"login","niss":true}"#, field("niss", ValidationError::Format("text"))),
            (r#"{"op":"contacts_remove","email":"yes"}"#, field("email", ValidationError::UnknownWord("true, false"))),
            (r#"{"op":"login","niss":"12000000012"}"#, LineError::Missing(vec![&[crate::request::Field::Password]])),
            (
                r#"{"op":"register","niss":"12000000012","account_type":"company","nif":"500000000","birth_date":"1984-03-22","channel":"sms"}"#,
                field("birth_date", ValidationError::NotApplicable),
            ),
        ] {
            assert_eq!(line(text).map(|line| line.request.op()), Err(fault), "{text}");
        }
    }
}
