//! Values as people write them: in CSV cells, options and prompts.
//!
//! JSON and the store have one exact form of each value, that of `FromStr`. People write `22/03/1984`, `Cidadã`,
//! `176 045 678 12`, `Suíça` and `sim`. What has two meanings is rejected: a year of two digits, `1.234` euros.

use std::str::FromStr;

use super::name::fold_for_comparison;
use super::validation_error::ValidationError;

/// A value that people write in more forms than the one of `FromStr`.
pub trait Written: FromStr<Err = ValidationError> {
    /// Reads the value. The exact form is always accepted.
    ///
    /// # Errors
    /// As `FromStr`.
    fn read_written(text: &str) -> Result<Self, ValidationError> {
        text.parse()
    }
}

/// Values that have no other form.
macro_rules! exact {
    ($($name:ty),+ $(,)?) => { $(impl Written for $name {})+ };
}
pub(crate) use exact;

/// Reads `sim`, `não`, `yes`, `no`, their first letters, and what spreadsheet programs make of `true` and `false`.
///
/// # Errors
/// Another word.
pub fn read_bool(text: &str) -> Result<bool, ValidationError> {
    match fold_for_comparison(text).as_str() {
        "true" | "sim" | "s" | "yes" | "y" | "verdadeiro" => Ok(true),
        "false" | "nao" | "n" | "no" | "falso" => Ok(false),
        _ => Err(ValidationError::UnknownWord("true, false")),
    }
}
