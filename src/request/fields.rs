//! How a value of a file fills a field: a text through the value's own `FromStr`, like everywhere else, so that what is wrong
//! with it keeps its facts.

use std::str::FromStr;

use serde_json::Value;

use crate::domain::flaw::Flaw;

/// A field that a value of JSON, or the text of a CSV's cell, can fill.
pub trait Fill {
    /// Fills it; `null` leaves it as it is.
    ///
    /// # Errors
    /// The value is not one for it.
    fn fill(&mut self, value: &Value) -> Result<(), Flaw>;
}

impl<T: FromStr<Err = Flaw>> Fill for Option<T> {
    fn fill(&mut self, value: &Value) -> Result<(), Flaw> {
        match value {
            Value::Null => {}
            Value::String(text) => *self = Some(text.parse()?),
            Value::Number(number) if number.is_u64() => *self = Some(number.to_string().parse()?),
            _ => return Err(Flaw::Form("text")),
        }
        Ok(())
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

/// A text that its flow judges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(pub String);

impl FromStr for Text {
    type Err = Flaw;
    fn from_str(text: &str) -> Result<Text, Flaw> {
        Ok(Text(text.to_owned()))
    }
}
