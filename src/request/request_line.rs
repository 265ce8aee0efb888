//! A line of a file: an operation and its fields, in an envelope of `op` and, where somebody wants to find the reply again, `id`.
//! Batches, scenarios, recordings and exports are all made of these lines.
//!
//! What nobody can know when a file is written has a stand-in, which is filled in when the line's turn comes: `"code":
//! "@outbox"` is the newest code of the purpose (`@outbox-1` the one before it), `"session": "@login"` the session that an
//! earlier line of the same holder got (such a line names the holder by `niss`), and on the phone line `"code": "@phone_code"`
//! the digits that an earlier line set, with `"call": "@phone_line"` for the call that an earlier line got by them. `"code": "@wrong"` is none of a holder's codes.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use zeroize::Zeroize;

use super::Request;
use super::fields::FieldValue;
use super::operation::{FieldGroup, Operation};
use crate::domain::niss::Niss;
use crate::domain::validation_error::ValidationError;

/// What stands for a code until the line's turn comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodePlaceholder {
    /// So many codes of the purpose before the newest in the outbox.
    Outbox(u32),
    /// The phone code that an earlier line has set.
    PhoneCode,
    /// None of the holder's.
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

/// A line that is a request.
#[derive(Debug, Clone)]
pub struct RequestLine {
    /// What the file calls it: a text or a number, repeated in the reply.
    pub id: Option<Value>,
    /// What is asked; without what stands for something.
    pub request: Request,
    /// Whose session is meant, of an operation that names nobody.
    pub holder: Option<Niss>,
    /// Whether the session, or the call, is the one that an earlier line got.
    pub uses_earlier_token: bool,
    /// What stands for its code.
    pub code: Option<CodePlaceholder>,
}

/// A line that is no request.
#[derive(Debug, Clone)]
pub struct InvalidLine {
    /// What the file calls it, if that can be read.
    pub id: Option<Value>,
    /// What it asks, if that can be read.
    pub op: Option<Operation>,
    /// What is wrong.
    pub fault: LineError,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineError {
    /// A value: its field, unless it is the line as a whole.
    Field(Option<String>, ValidationError),
    /// Fields that are required and not there; of each group one is enough.
    Missing(Vec<FieldGroup>),
}

impl LineError {
    fn of(field: &str, cause: ValidationError) -> LineError {
        LineError::Field(Some(field.to_owned()), cause)
    }
}

/// The fields of a line in their order, each once. Passwords are among them: what they say is never shown, and wiped from memory.
#[derive(Default)]
pub struct JsonFields(Vec<(String, Value)>);

impl Drop for JsonFields {
    fn drop(&mut self) {
        for (_, value) in &mut self.0 {
            if let Value::String(text) = value {
                text.zeroize();
            }
        }
    }
}

impl std::fmt::Debug for JsonFields {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(self.iter().map(|(name, _)| (name, "***"))).finish()
    }
}

impl JsonFields {
    /// The fields of a line of JSON.
    ///
    /// # Errors
    /// It is not UTF-8, not a JSON object, or has a field twice.
    pub fn read(line: &[u8]) -> Result<JsonFields, LineError> {
        let text = std::str::from_utf8(line).map_err(|_| LineError::Field(None, ValidationError::NotUtf8))?;
        let fields: JsonFields =
            serde_json::from_str(text).map_err(|_| LineError::Field(None, ValidationError::NotJson))?;
        let twice = |(at, name): (usize, &String)| fields.0[..at].iter().any(|(earlier, _)| earlier == name);
        match fields.0.iter().map(|(name, _)| name).enumerate().find(|pair| twice(*pair)) {
            Some((_, name)) => Err(LineError::of(name, ValidationError::Duplicate)),
            None => Ok(fields),
        }
    }

    /// Takes a field out; `null` counts as not there.
    pub fn take(&mut self, name: &str) -> Option<Value> {
        let at = self.0.iter().position(|(field, _)| field == name)?;
        Some(self.0.remove(at).1).filter(|value| !value.is_null())
    }

    /// Looks at a field.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value)
    }

    /// The fields that are left.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }
}

impl FromIterator<(String, Value)> for JsonFields {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(fields: I) -> JsonFields {
        JsonFields(fields.into_iter().collect())
    }
}

impl<'de> Deserialize<'de> for JsonFields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<JsonFields, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = JsonFields;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<JsonFields, A::Error> {
                let mut fields = vec![];
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(JsonFields(fields))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

impl RequestLine {
    /// The line that these fields make.
    ///
    /// # Errors
    /// What is wrong with the first of them that is wrong, or which are missing.
    pub fn parse(mut fields: JsonFields) -> Result<RequestLine, InvalidLine> {
        let id = fields.take("id");
        let op = fields.take("op");
        let malformed = |op, fault| InvalidLine { id: id.clone().filter(is_id), op, fault };
        let op = op_of(op.as_ref()).map_err(|cause| malformed(None, LineError::of("op", cause)))?;
        if id.as_ref().is_some_and(|id| !is_id(id)) {
            return Err(malformed(Some(op), LineError::of("id", ValidationError::Format("text"))));
        }
        let Some(request) = Request::empty(op) else {
            return Err(malformed(
                Some(op),
                LineError::of("op", ValidationError::UnknownWord(Request::operation_names())),
            ));
        };
        let mut line = RequestLine { id: id.clone(), request, holder: None, uses_earlier_token: false, code: None };
        line.fill(&fields).map_err(|fault| malformed(Some(op), fault))?;
        Ok(line)
    }

    /// The line that these fields make, of a file whose lines all ask for `op`, whether or not they say so.
    ///
    /// # Errors
    /// As of [`Line::of`], and where it asks for anything else.
    pub fn parse_as(mut fields: JsonFields, op: Operation) -> Result<RequestLine, InvalidLine> {
        match fields.take("op") {
            Some(said) if said != op.as_str() => {
                let id = fields.take("id").filter(is_id);
                Err(InvalidLine { id, op: None, fault: LineError::of("op", ValidationError::UnknownWord(op.as_str())) })
            }
            _ => {
                fields.0.push(("op".to_owned(), op.as_str().into()));
                RequestLine::parse(fields)
            }
        }
    }

    fn fill(&mut self, fields: &JsonFields) -> Result<(), LineError> {
        let token = self.request.token_field();
        for (name, value) in fields.iter() {
            let filled = match (name, value) {
                ("niss", value) if token.is_some() => FieldValue::set_from_json(&mut self.holder, value),
                (name, Value::String(text)) if token == Some((name, text.as_str())) => {
                    self.uses_earlier_token = true;
                    Ok(())
                }
                ("code", Value::String(text)) if text.starts_with('@') => {
                    stand_in(self.request.op(), text).map(|found| self.code = Some(found))
                }
                _ => self.request.set(name, value),
            };
            filled.map_err(|cause| LineError::of(name, cause))?;
        }
        self.validate()
    }

    /// Whether nothing is missing and nothing is there that has no place.
    fn validate(&self) -> Result<(), LineError> {
        if self.request.asks_for_letter() {
            return Err(LineError::of("channel", ValidationError::UnknownWord("email, sms")));
        }
        let mut complete = self.request.clone();
        if self.code.is_some() {
            // By its turn there will be one.
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

    /// The fields that a line for `op` can have beside `op` itself.
    pub fn parse_fields(op: Operation) -> Vec<&'static str> {
        let Some(mut request) = Request::empty(op) else { return vec![] };
        let holder = request.token_field().map(|_| "niss");
        ["id"].into_iter().chain(holder).chain(request.fields().iter().copied()).collect()
    }

    /// The NISS that its reply repeats.
    pub fn niss(&self) -> Option<Niss> {
        self.request.niss().or(self.holder)
    }
}

/// What a file may call a line.
fn is_id(id: &Value) -> bool {
    id.is_string() || id.is_number()
}

fn op_of(op: Option<&Value>) -> Result<Operation, ValidationError> {
    match op {
        None => Err(ValidationError::Missing),
        Some(Value::String(word)) => word.parse().map_err(|_| ValidationError::UnknownWord(Request::operation_names())),
        Some(_) => Err(ValidationError::Format("text")),
    }
}

/// What a text that begins with `@` stands for in the code of an operation.
pub(super) fn stand_in(op: Operation, text: &str) -> Result<CodePlaceholder, ValidationError> {
    let (forms, phone) = match op {
        Operation::Activate
        | Operation::RecoverConfirm
        | Operation::ContactsConfirm
        | Operation::Register
        | Operation::Login => ("@outbox, @outbox-1, @wrong", false),
        Operation::PhoneCodeVerify | Operation::PhoneLine => ("@phone_code, @wrong", true),
        _ => return Err(ValidationError::UnknownField),
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
    fn a_line_is_an_operation_and_its_fields() {
        let read = line(
            r#"{"id":7,"op":"register","niss":12000000012,"account_type":"citizen","birth_date":"1984-03-22","channel":"sms","accept_terms":true,"email":null}"#,
        );
        let RequestLine { id, request: Request::Register(asked), .. } = read.expect("a line") else {
            panic!("no register")
        };
        assert_eq!(id, Some(Value::from(7)));
        assert_eq!(asked.niss.map(|niss| niss.to_string()).as_deref(), Some("12000000012"));
        assert!(asked.accept_terms && asked.email.is_none());
    }

    #[test]
    fn a_stand_in_waits_for_its_turn() {
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
    fn what_is_wrong_with_a_line_is_told_by_its_field() {
        let field = |name: &str, cause| LineError::of(name, cause);
        for (text, fault) in [
            ("", LineError::Field(None, ValidationError::NotJson)),
            ("[1]", LineError::Field(None, ValidationError::NotJson)),
            ("{}", field("op", ValidationError::Missing)),
            (r#"{"op":5}"#, field("op", ValidationError::Format("text"))),
            (r#"{"op":"init"}"#, field("op", ValidationError::UnknownWord(Request::operation_names()))),
            (r#"{"op":"logout","op":"login"}"#, field("op", ValidationError::Duplicate)),
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
