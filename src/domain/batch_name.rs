//! The name under which the lines of a batch run once.

use super::validation_error::ValidationError;
use super::visible_text::is_visible_text;

/// A name of `--once`: one line, 1 to 100 visible characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchName(String);

impl BatchName {
    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for BatchName {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<BatchName, ValidationError> {
        let text = text.trim();
        match text.chars().count() {
            0 => Err(ValidationError::Missing),
            1..=100 if !is_visible_text(text) => Err(ValidationError::InvalidCharacter),
            1..=100 => Ok(BatchName(text.to_owned())),
            _ => Err(ValidationError::Length("1-100")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batch_name_is_one_visible_line() {
        for name in ["março 2026", "x", &"é".repeat(100)] {
            assert_eq!(name.parse::<BatchName>().as_ref().map(BatchName::as_str), Ok(name));
        }
        assert_eq!(" a ".parse::<BatchName>().as_ref().map(BatchName::as_str), Ok("a"));
        for (name, fault) in [
            (" ", ValidationError::Missing),
            ("a\nb", ValidationError::InvalidCharacter),
            ("\u{200b}", ValidationError::InvalidCharacter),
            (&"x".repeat(101), ValidationError::Length("1-100")),
        ] {
            assert_eq!(name.parse::<BatchName>(), Err(fault), "{name:?}");
        }
    }
}
