//! Filling fields from values in files.
//!
//! A JSON value has the exact form of its type, a CSV cell or an answer any form in which people write it
//! (`domain::written`).

use std::any::Any;
use std::str::FromStr;

use serde_json::Value;

use super::operator_reason::OperatorReason;
use super::tokens::{CallToken, SessionToken};
use crate::domain::alert_subject::AlertSubject;
use crate::domain::amount::Amount;
use crate::domain::civil_id::TypedCivilId;
use crate::domain::code::{PhoneCode, VerificationCode};
use crate::domain::email::Email;
use crate::domain::message_purpose::MessagePurpose;
use crate::domain::name::Name;
use crate::domain::nif::Nif;
use crate::domain::niss::Niss;
use crate::domain::password::Password;
use crate::domain::period::PeriodBound;
use crate::domain::phone::{Mobile, Telephone};
use crate::domain::pin::CmdPin;
use crate::domain::time::{ClockStep, Date, Timestamp};
use crate::domain::token_id::TokenId;
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::{
    AccountType, AlertKind, AlertPreference, Channel, CheckStep, Decision, DeliveryFailure, LoginMethod, Purpose,
    RecoveryProcedure, RegistrationProcedure,
};
use crate::domain::written::{Written, exact, read_bool};

/// A field that a JSON value, a CSV cell or an answer can fill.
pub trait FieldValue: Any {
    /// Fills the field; `null` leaves it unchanged.
    ///
    /// # Errors
    /// The value is not valid for the field.
    fn set_from_json(&mut self, value: &Value) -> Result<(), ValidationError>;

    /// Fills the field from a text as people write it, such as a CSV cell or an answer.
    ///
    /// # Errors
    /// The text is not valid for the field.
    fn set_from_text(&mut self, text: &str) -> Result<(), ValidationError>;

    /// Returns the value, if it is set and may be written to files.
    fn to_json(&self) -> Option<Value>;

    /// Returns whether the field is set.
    fn is_set(&self) -> bool;

    /// Returns whether the field is for a code, a PIN, a password or a token.
    fn is_secret(&self) -> bool;
}

/// A value with a text form, unless it is a secret that is never written.
pub trait FieldText {
    /// Whether a JSON integer may replace the text. It may not if the unit could be mistaken.
    const IS_NUMBER: bool = true;
    /// Whether the value is a code, a PIN, a password or a token.
    const IS_SECRET: bool;

    /// Returns a text from which the value can be parsed, or `None` for a secret.
    fn field_text(&self) -> Option<String>;
}

/// Implements [`FieldText`], one type per line: public values, then secrets.
macro_rules! field_text {
    (public { $($type:ty => $text:expr,)+ } secret { $($secret:ty => $of_secret:expr,)+ }) => {
        field_text!(@impl false $($type => $text,)+);
        field_text!(@impl true $($secret => $of_secret,)+);
    };
    (@impl $is_secret:literal $($type:ty => $text:expr,)+) => {$(
        impl FieldText for $type {
            const IS_SECRET: bool = $is_secret;

            fn field_text(&self) -> Option<String> {
                let text: fn(&$type) -> Option<String> = $text;
                text(self)
            }
        }
    )+};
}

impl FieldText for Amount {
    // An integer could be meant in euros or in cents, and other JSON numbers are floats.
    const IS_NUMBER: bool = false;
    const IS_SECRET: bool = false;

    fn field_text(&self) -> Option<String> {
        Some(self.to_string())
    }
}

field_text! {
    public {
        Niss => |it| Some(it.to_string()),
        Nif => |it| Some(it.to_string()),
        Date => |it| Some(it.to_string()),
        Timestamp => |it| Some(it.to_string()),
        PeriodBound => |it| Some(it.to_string()),
        ClockStep => |it| Some(it.to_string()),
        TokenId => |it| Some(it.to_string()),
        AccountType => |it| Some(it.to_string()),
        RecoveryProcedure => |it| Some(it.to_string()),
        RegistrationProcedure => |it| Some(it.to_string()),
        LoginMethod => |it| Some(it.to_string()),
        AlertPreference => |it| Some(it.to_string()),
        Channel => |it| Some(it.to_string()),
        Purpose => |it| Some(it.to_string()),
        MessagePurpose => |it| Some(it.to_string()),
        DeliveryFailure => |it| Some(it.to_string()),
        AlertKind => |it| Some(it.to_string()),
        Decision => |it| Some(it.to_string()),
        AlertSubject => |it| Some(it.as_str().to_owned()),
        RowLimit => |it| Some(it.0.to_string()),
        CheckStep => |it| Some(it.to_string()),
        Name => |it| Some(it.as_str().to_owned()),
        TypedCivilId => |it| Some(it.as_str().to_owned()),
        Email => |it| Some(it.as_str().to_owned()),
        Mobile => |it| Some(it.as_str().to_owned()),
        Telephone => |it| Some(it.as_str().to_owned()),
        OperatorReason => |it| Some(it.as_str().to_owned()),
        RowId => |it| Some(it.0.to_string()),
        RawText => |it| Some(it.0.clone()),
    }
    secret {
        VerificationCode => |it| Some(it.expose().to_owned()),
        PhoneCode => |it| Some(it.expose().to_owned()),
        Password => |_| None,
        CmdPin => |_| None,
        SessionToken => |_| None,
        CallToken => |_| None,
    }
}

impl<T: Written + FieldText + 'static> FieldValue for Option<T> {
    fn set_from_json(&mut self, value: &Value) -> Result<(), ValidationError> {
        match value {
            Value::Null => {}
            Value::String(text) => *self = Some(text.parse()?),
            Value::Number(number) if T::IS_NUMBER && number.is_u64() => *self = Some(number.to_string().parse()?),
            Value::Number(_) | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                return Err(ValidationError::Format("text"));
            }
        }
        Ok(())
    }

    fn set_from_text(&mut self, text: &str) -> Result<(), ValidationError> {
        *self = Some(T::read_written(text)?);
        Ok(())
    }

    fn to_json(&self) -> Option<Value> {
        self.as_ref()?.field_text().map(Value::from)
    }

    fn is_set(&self) -> bool {
        self.is_some()
    }

    fn is_secret(&self) -> bool {
        T::IS_SECRET
    }
}

impl FieldValue for bool {
    fn set_from_json(&mut self, value: &Value) -> Result<(), ValidationError> {
        *self = match value {
            Value::Null => return Ok(()),
            Value::Bool(yes) => *yes,
            Value::String(text) if text == "true" => true,
            Value::String(text) if text == "false" => false,
            Value::String(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                return Err(ValidationError::UnknownWord("true, false"));
            }
        };
        Ok(())
    }

    fn set_from_text(&mut self, text: &str) -> Result<(), ValidationError> {
        *self = read_bool(text)?;
        Ok(())
    }

    fn to_json(&self) -> Option<Value> {
        self.then_some(Value::Bool(true))
    }

    fn is_set(&self) -> bool {
        *self
    }

    fn is_secret(&self) -> bool {
        false
    }
}

/// An integer that identifies a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowId(pub i64);

impl FromStr for RowId {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<RowId, ValidationError> {
        text.parse().map(RowId).map_err(|_| ValidationError::Format("an integer"))
    }
}

/// The highest number of rows, 1 to 1000000000.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowLimit(pub i64);

impl FromStr for RowLimit {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<RowLimit, ValidationError> {
        match text.parse() {
            Ok(count @ 1..=1_000_000_000) => Ok(RowLimit(count)),
            Ok(_) => Err(ValidationError::BoundsProfile("1".into(), "1000000000".into())),
            Err(_) => Err(ValidationError::Format("an integer")),
        }
    }
}

/// A text that the flow validates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawText(pub String);

impl FromStr for RawText {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<RawText, ValidationError> {
        Ok(RawText(text.to_owned()))
    }
}

exact! { RowId, RowLimit, RawText, SessionToken, CallToken, OperatorReason }
