//! An operator's reason for a change.

use crate::domain::validation_error::ValidationError;
use crate::domain::visible_text::{contains_web_address, is_visible_text};

/// The reason for an operator's change of an account: one line, 1 to 500 characters, visible and
/// without a web address, stored in the audit log.
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
            1..=500 if !is_visible_text(text) => Err(ValidationError::InvalidCharacter),
            1..=500 if contains_web_address(text) => Err(ValidationError::ContainsLink),
            1..=500 => Ok(OperatorReason(text.to_owned())),
            _ => Err(ValidationError::Length("1-500")),
        }
    }
}
