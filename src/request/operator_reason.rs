//! An operator's reason for a change.

use crate::domain::validation_error::ValidationError;

/// The reason for an operator's change of an account: one line, 1 to 500 characters, stored in the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperatorReason(String);

impl OperatorReason {
    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for OperatorReason {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<OperatorReason, ValidationError> {
        let text = text.trim();
        match text.chars().count() {
            0 => Err(ValidationError::Missing),
            1..=500 if text.chars().any(char::is_control) => Err(ValidationError::InvalidCharacter),
            1..=500 => Ok(OperatorReason(text.to_owned())),
            _ => Err(ValidationError::Length("1-500")),
        }
    }
}
