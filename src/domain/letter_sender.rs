//! The sender of letters: the address to which the post returns a letter.

use std::fmt;
use std::str::FromStr;

use super::address::AddressLine;
use super::validation_error::ValidationError;
use super::visible_text::contains_web_address;

/// The lines of an address in Portugal, without the country, separated by `; `. At most 100 characters in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterSender(String);

impl LetterSender {
    /// Returns the lines.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.0.split("; ")
    }
}

impl Default for LetterSender {
    /// Returns an invented address.
    fn default() -> LetterSender {
        LetterSender("Segurança Social; Rua Inventada 100; 1000-999 Lisboa".to_owned())
    }
}

impl FromStr for LetterSender {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<LetterSender, ValidationError> {
        let lines: Vec<AddressLine> = text.split(';').map(str::parse).collect::<Result<_, _>>()?;
        let text = lines.iter().map(AddressLine::as_str).collect::<Vec<_>>().join("; ");
        if contains_web_address(&text) {
            return Err(ValidationError::ContainsLink);
        }
        if text.chars().count() > 100 { Err(ValidationError::Length("1-100")) } else { Ok(LetterSender(text)) }
    }
}

impl fmt::Display for LetterSender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_separated_by_semicolons() {
        let sender: LetterSender = "Instituto ;Rua A 1;  1000-001 Lisboa ".parse().expect("a sender");
        assert_eq!(sender.to_string(), "Instituto; Rua A 1; 1000-001 Lisboa");
        assert_eq!(sender.lines().collect::<Vec<_>>(), ["Instituto", "Rua A 1", "1000-001 Lisboa"]);
        assert_eq!(sender.to_string().parse(), Ok(sender));
        assert_eq!(LetterSender::default().to_string().parse(), Ok(LetterSender::default()));
    }

    #[test]
    fn invisible_text_links_and_long_addresses_are_rejected() {
        for text in ["", ";", "A; ", "A;\u{202e}B", "A\nB", "A; www.exemplo.pt", "A; exemplo.pt/pagar"] {
            assert!(text.parse::<LetterSender>().is_err(), "{text:?}");
        }
        assert!("A".repeat(100).parse::<LetterSender>().is_ok());
        assert!("A".repeat(101).parse::<LetterSender>().is_err());
    }
}
