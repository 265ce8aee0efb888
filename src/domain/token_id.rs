//! The public part of the token of a session or call.

use std::fmt;
use std::str::FromStr;

use super::validation_error::ValidationError;

/// The id of a session or call: the first third of its token, without the secret. Text form: 16 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenId(pub i64);

impl fmt::Display for TokenId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0.cast_unsigned())
    }
}

impl FromStr for TokenId {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<TokenId, ValidationError> {
        match u64::from_str_radix(text, 16) {
            Ok(id) if text.len() == 16 && !text.starts_with('+') => Ok(TokenId(id.cast_signed())),
            _ => Err(ValidationError::Format("hexadecimal digits")),
        }
    }
}
