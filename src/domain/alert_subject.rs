//! The subject of an alert: an application or a benefit, in the operator's words. Messages contain it.

use std::fmt;
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization;

use super::gsm;
use super::validation_error::ValidationError;
use super::visible_text::{contains_web_address, from_stored, is_blank, is_visible_text};

/// One line in NFC, 1 to 100 code points, with single spaces and at least one letter or digit.
///
/// It may name the holder's income, so `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct AlertSubject(String);

impl AlertSubject {
    /// Returns a stored value, which was validated before, perhaps by a weaker rule.
    ///
    /// # Errors
    /// The text is damaged.
    pub fn from_stored(text: &str) -> Result<AlertSubject, ValidationError> {
        from_stored(text, 100).map(AlertSubject)
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AlertSubject {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<AlertSubject, ValidationError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ValidationError::Missing);
        }
        if !is_visible_text(text) {
            return Err(ValidationError::InvalidCharacter);
        }
        let about: String = text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect();
        // Compatibility characters, such as full-width letters, become a link in an SMS.
        if contains_web_address(&about) || contains_web_address(&gsm::to_ascii(&about)) {
            return Err(ValidationError::ContainsLink);
        }
        if !about.chars().any(|c| c.is_alphanumeric() && !is_blank(c)) {
            return Err(ValidationError::InvalidCharacter);
        }
        if about.chars().count() > 100 { Err(ValidationError::Length("1-100")) } else { Ok(AlertSubject(about)) }
    }
}

impl fmt::Debug for AlertSubject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("About(***)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spaces_and_accents_are_normalized() {
        for (text, stored) in [
            (" Subsídio  de\u{a0}desemprego ", "Subsídio de desemprego"),
            ("Subsi\u{301}dio", "Subsídio"),
            ("Proc. 12/2026, n.º 3 & anexos", "Proc. 12/2026, n.º 3 & anexos"),
            ("7", "7"),
        ] {
            assert_eq!(text.parse::<AlertSubject>().as_ref().map(AlertSubject::as_str), Ok(stored));
        }
        assert!("ã".repeat(100).parse::<AlertSubject>().is_ok());
        assert_eq!(format!("{:?}", "Subsídio".parse::<AlertSubject>()), "Ok(About(***))");
    }

    #[test]
    fn invisible_characters_and_links_are_rejected() {
        for (text, cause) in [
            ("", ValidationError::Missing),
            (" \u{a0}", ValidationError::Missing),
            ("a\nb", ValidationError::InvalidCharacter),
            ("a\tb", ValidationError::InvalidCharacter),
            ("a\u{1b}[2Jb", ValidationError::InvalidCharacter),
            ("a\u{202e}b", ValidationError::InvalidCharacter),
            ("a\u{200b}b", ValidationError::InvalidCharacter),
            ("a\u{2028}b", ValidationError::InvalidCharacter),
            ("\u{fffc}", ValidationError::InvalidCharacter),
            ("...", ValidationError::InvalidCharacter),
            ("see www.example.pt", ValidationError::ContainsLink),
            ("HTTPS://example.pt", ValidationError::ContainsLink),
            ("ｗｗｗ．example．pt", ValidationError::ContainsLink),
            ("http：／／example.pt", ValidationError::ContainsLink),
            ("www·example·pt", ValidationError::ContainsLink),
            ("exemplo·pt/x", ValidationError::ContainsLink),
            ("Pague em exemplo.pt/pagar", ValidationError::ContainsLink),
            ("veja bit.ly/abc123", ValidationError::ContainsLink),
            ("https:exemplo.com", ValidationError::ContainsLink),
            ("\u{3164}", ValidationError::InvalidCharacter),
            ("\u{2800}\u{fe0f}", ValidationError::InvalidCharacter),
            (&"ã".repeat(101), ValidationError::Length("1-100")),
        ] {
            assert_eq!(text.parse::<AlertSubject>(), Err(cause), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn stored_form_round_trips(text: String) {
            if let Ok(about) = text.parse::<AlertSubject>() {
                prop_assert_eq!(about.as_str().parse(), Ok(about.clone()));
                prop_assert!(about.as_str().chars().count() <= 100);
            }
        }
    }
}
