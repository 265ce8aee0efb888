//! An operator's reason: the one text that only requests have.

use crate::domain::flaw::Flaw;

/// Why an operator changes an account: one line, 1 to 500 characters, kept in the audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why(String);

impl Why {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Why {
    type Err = Flaw;
    fn from_str(text: &str) -> Result<Why, Flaw> {
        let text = text.trim();
        match text.chars().count() {
            0 => Err(Flaw::Missing),
            1..=500 if text.chars().any(char::is_control) => Err(Flaw::Character),
            1..=500 => Ok(Why(text.to_owned())),
            _ => Err(Flaw::Length("1-500")),
        }
    }
}
