//! How a value of a file fills a field: a text through the value's own `FromStr`, like everywhere else, so that what is wrong
//! with it keeps its facts.

use std::str::FromStr;

use serde_json::Value;

use super::tokens::{CallToken, SessionToken};
use super::why::Why;
use crate::domain::about::About;
use crate::domain::amount::Amount;
use crate::domain::civil_id::TypedCivilId;
use crate::domain::code::{Code, PhoneCode};
use crate::domain::email::Email;
use crate::domain::flaw::Flaw;
use crate::domain::name::Name;
use crate::domain::nif::Nif;
use crate::domain::niss::Niss;
use crate::domain::password::Password;
use crate::domain::phone::{Mobile, Telephone};
use crate::domain::pin::Pin;
use crate::domain::time::{Advance, Date, Time};
use crate::domain::words::{AccountType, AlertKind, Alerts, Channel, Decision, Method, Procedure, Purpose, Step};

/// A field that a value of JSON, or the text of a CSV's cell, can fill.
pub trait Fill {
    /// Fills it; `null` leaves it as it is.
    ///
    /// # Errors
    /// The value is not one for it.
    fn fill(&mut self, value: &Value) -> Result<(), Flaw>;

    /// What it is filled with, if it is and may be written down.
    fn written(&self) -> Option<Value>;
}

/// A value whose text may be written down, or may not.
pub trait Plain {
    /// Whether a whole number of JSON is as good as its digits. Not for what might have been meant in another unit.
    const IS_NUMBER: bool = true;

    /// A text that the value can be read from; none of what is never written.
    fn plain(&self) -> Option<String>;
}

/// How the text is got, a type a line.
macro_rules! plain {
    ($($type:ty => $text:expr,)+) => {$(
        impl Plain for $type {
            fn plain(&self) -> Option<String> {
                let text: fn(&$type) -> Option<String> = $text;
                text(self)
            }
        }
    )+};
}

impl Plain for Amount {
    // Of euros, or of cents? And one with cents would be a float.
    const IS_NUMBER: bool = false;

    fn plain(&self) -> Option<String> {
        Some(self.to_string())
    }
}

plain! {
    Niss => |it| Some(it.to_string()),
    Nif => |it| Some(it.to_string()),
    Date => |it| Some(it.to_string()),
    Time => |it| Some(it.to_string()),
    Advance => |it| Some(it.to_string()),
    AccountType => |it| Some(it.to_string()),
    Procedure => |it| Some(it.to_string()),
    Method => |it| Some(it.to_string()),
    Alerts => |it| Some(it.to_string()),
    Channel => |it| Some(it.to_string()),
    Purpose => |it| Some(it.to_string()),
    AlertKind => |it| Some(it.to_string()),
    Decision => |it| Some(it.to_string()),
    About => |it| Some(it.as_str().to_owned()),
    Count => |it| Some(it.0.to_string()),
    Step => |it| Some(it.to_string()),
    Name => |it| Some(it.as_str().to_owned()),
    TypedCivilId => |it| Some(it.as_str().to_owned()),
    Email => |it| Some(it.as_str().to_owned()),
    Mobile => |it| Some(it.as_str().to_owned()),
    Telephone => |it| Some(it.as_str().to_owned()),
    Why => |it| Some(it.as_str().to_owned()),
    Number => |it| Some(it.0.to_string()),
    Text => |it| Some(it.0.clone()),
    Code => |it| Some(it.expose().to_owned()),
    PhoneCode => |it| Some(it.expose().to_owned()),
    Password => |_| None,
    Pin => |_| None,
    SessionToken => |_| None,
    CallToken => |_| None,
}

impl<T: FromStr<Err = Flaw> + Plain> Fill for Option<T> {
    fn fill(&mut self, value: &Value) -> Result<(), Flaw> {
        match value {
            Value::Null => {}
            Value::String(text) => *self = Some(text.parse()?),
            Value::Number(number) if T::IS_NUMBER && number.is_u64() => *self = Some(number.to_string().parse()?),
            _ => return Err(Flaw::Form("text")),
        }
        Ok(())
    }

    fn written(&self) -> Option<Value> {
        self.as_ref()?.plain().map(Value::from)
    }
}

impl Fill for bool {
    fn fill(&mut self, value: &Value) -> Result<(), Flaw> {
        *self = match value {
            Value::Null => return Ok(()),
            Value::Bool(yes) => *yes,
            // A CSV has no other way to say it.
            Value::String(text) if text == "true" => true,
            Value::String(text) if text == "false" => false,
            _ => return Err(Flaw::Word("true, false")),
        };
        Ok(())
    }

    fn written(&self) -> Option<Value> {
        self.then_some(Value::Bool(true))
    }
}

/// A whole number that names a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number(pub i64);

impl FromStr for Number {
    type Err = Flaw;
    fn from_str(text: &str) -> Result<Number, Flaw> {
        text.parse().map(Number).map_err(|_| Flaw::Form("a whole number"))
    }
}

/// How many rows at most, 1 to 1000000000.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count(pub i64);

impl FromStr for Count {
    type Err = Flaw;
    fn from_str(text: &str) -> Result<Count, Flaw> {
        match text.parse() {
            Ok(count @ 1..=1_000_000_000) => Ok(Count(count)),
            Ok(_) => Err(Flaw::Bounds("1".into(), "1000000000".into())),
            Err(_) => Err(Flaw::Form("a whole number")),
        }
    }
}

/// A text that its flow judges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(pub String);

impl FromStr for Text {
    type Err = Flaw;
    fn from_str(text: &str) -> Result<Text, Flaw> {
        Ok(Text(text.to_owned()))
    }
}
