//! The subject of an alert: an application or a benefit, in the operator's words. Messages contain it.

use std::fmt;
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization;

use super::gsm;
use super::name::{contains_invisible_or_link, is_invisible};
use super::validation_error::ValidationError;

/// One line in NFC, 1 to 100 code points, with single spaces and at least one letter or digit.
///
/// It may name the holder's income, so `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct AlertSubject(String);

impl AlertSubject {
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
        if text.chars().any(is_invisible) {
            return Err(ValidationError::InvalidCharacter);
        }
        let about: String = text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect();
        // Compatibility characters, such as full-width letters, become a link in an SMS.
        if contains_invisible_or_link(&about) || contains_invisible_or_link(&gsm::to_ascii(&about)) {
            return Err(ValidationError::ContainsLink);
        }
        if !about.chars().any(char::is_alphanumeric) {
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
