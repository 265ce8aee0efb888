//! Postal addresses: a postal code under its country's rule, and address lines.

use std::fmt;
use std::str::FromStr;

use super::country::Country;
use super::validation_error::ValidationError;
use super::visible_text::{contains_link, from_stored, is_visible_text};

/// A postal code. `Debug` is masked.
#[derive(Clone, PartialEq, Eq)]
pub struct PostalCode(String);

impl PostalCode {
    /// Parses a postal code of `country`.
    ///
    /// A Portuguese one has seven digits and is stored as NNNN-NNN. Others have 1 to 12 letters, digits, spaces and
    /// hyphens.
    pub fn parse(country: Country, text: &str) -> Result<PostalCode, ValidationError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ValidationError::Missing);
        }
        if country.is_portugal() { PostalCode::portuguese(text) } else { PostalCode::abroad(text) }
    }

    /// Parses a postal code as people write it: a Portuguese one also with a space, `4050 180`.
    ///
    /// # Errors
    /// As for [`PostalCode::parse`].
    pub fn read_written(country: Country, text: &str) -> Result<PostalCode, ValidationError> {
        PostalCode::parse(country, text).or_else(|cause| {
            let parts: Vec<&str> =
                text.split(|c: char| c == '-' || c.is_whitespace()).filter(|part| !part.is_empty()).collect();
            match parts[..] {
                [place, street] if country.is_portugal() => PostalCode::portuguese(&format!("{place}-{street}")),
                _ => Err(cause),
            }
        })
    }

    fn portuguese(text: &str) -> Result<PostalCode, ValidationError> {
        let (place, street) = match text.split_once('-') {
            Some(parts) => parts,
            None => text.split_at_checked(4).unwrap_or_default(),
        };
        let digits = place.bytes().chain(street.bytes()).all(|byte| byte.is_ascii_digit());
        if !digits || (place.len(), street.len()) != (4, 3) {
            return Err(ValidationError::Format("NNNN-NNN"));
        }
        Ok(PostalCode(format!("{place}-{street}")))
    }

    fn abroad(text: &str) -> Result<PostalCode, ValidationError> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'-');
        if !text.bytes().all(allowed) || !text.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
            return Err(ValidationError::InvalidCharacter);
        }
        if text.len() > 12 { Err(ValidationError::Length("1-12")) } else { Ok(PostalCode(text.to_owned())) }
    }

    /// Returns the unmasked code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the code with its first two characters and its shape: `12**-***`.
    pub fn masked(&self) -> String {
        let mask = |(place, character): (usize, char)| match place >= 2 && character.is_ascii_alphanumeric() {
            true => '*',
            false => character,
        };
        self.0.chars().enumerate().map(mask).collect()
    }
}

impl fmt::Debug for PostalCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

/// A line of an address, 1 to 120 code points. `Debug` is masked.
#[derive(Clone, PartialEq, Eq)]
pub struct AddressLine(String);

impl AddressLine {
    /// Returns a stored value, which was validated before, perhaps by a weaker rule.
    ///
    /// # Errors
    /// The text is damaged.
    pub fn from_stored(text: &str) -> Result<AddressLine, ValidationError> {
        from_stored(text, 120).map(AddressLine)
    }

    /// Returns the unmasked line.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the first letter and three stars.
    pub fn masked(&self) -> String {
        format!("{}***", self.0.chars().next().unwrap_or('*'))
    }
}

impl fmt::Debug for AddressLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl FromStr for AddressLine {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<AddressLine, ValidationError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ValidationError::Missing);
        }
        if !is_visible_text(text) || contains_link(text) {
            return Err(ValidationError::InvalidCharacter);
        }
        if text.chars().count() > 120 {
            Err(ValidationError::Length("1-120"))
        } else {
            Ok(AddressLine(text.to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn portuguese_postal_code_is_stored_with_hyphen() {
        for text in ["1200-195", "1200195", " 1200-195 "] {
            let code = PostalCode::parse(Country::PORTUGAL, text).expect("a postal code");
            assert_eq!((code.as_str(), code.masked().as_str()), ("1200-195", "12**-***"));
        }
        for bad in
            ["1200", "1200-19", "120-0195", "1200-1955", "1200 195", "12OO-195", "-1200195", "1200-195-", "éé00195"]
        {
            assert_eq!(PostalCode::parse(Country::PORTUGAL, bad), Err(ValidationError::Format("NNNN-NNN")), "{bad}");
        }
        assert_eq!(PostalCode::parse(Country::PORTUGAL, " "), Err(ValidationError::Missing));
    }

    #[test]
    fn written_portuguese_postal_code_can_have_a_space() {
        for text in ["4050 180", "4050-180", "4050 - 180", "4050\u{a0}180"] {
            assert_eq!(
                PostalCode::read_written(Country::PORTUGAL, text).map(|code| code.0).as_deref(),
                Ok("4050-180"),
                "{text}"
            );
        }
        for bad in ["4050 1 80", "405 0180", "4050", "4050 180 Porto"] {
            assert_eq!(
                PostalCode::read_written(Country::PORTUGAL, bad),
                Err(ValidationError::Format("NNNN-NNN")),
                "{bad}"
            );
        }
    }

    #[test]
    fn foreign_postal_code_allows_letters_digits_spaces_and_hyphens() {
        let abroad = |text| PostalCode::parse("GB".parse().expect("a country"), text);
        assert_eq!(
            abroad(" SW1A 1AA ").map(|code| (code.masked(), code.0)),
            Ok(("SW** ***".into(), "SW1A 1AA".into()))
        );
        for (text, cause) in [
            ("", ValidationError::Missing),
            ("-", ValidationError::InvalidCharacter),
            ("SW1A/1AA", ValidationError::InvalidCharacter),
            ("1234567890123", ValidationError::Length("1-12")),
        ] {
            assert_eq!(abroad(text), Err(cause), "{text}");
        }
    }

    #[test]
    fn address_line_rejects_control_characters() {
        let street: AddressLine = " Rua das Flores 12 3.º Esq. ".parse().expect("a line");
        assert_eq!(street.as_str(), "Rua das Flores 12 3.º Esq.");
        assert_eq!(format!("{} {street:?}", street.masked()), "R*** R***");
        for (text, cause) in [
            ("", ValidationError::Missing),
            ("a\nb", ValidationError::InvalidCharacter),
            ("a\u{1b}b", ValidationError::InvalidCharacter),
        ] {
            assert_eq!(text.parse::<AddressLine>(), Err(cause), "{text:?}");
        }
        assert!("ã".repeat(120).parse::<AddressLine>().is_ok());
        assert_eq!("ã".repeat(121).parse::<AddressLine>(), Err(ValidationError::Length("1-120")));
    }

    proptest! {
        #[test]
        fn stored_form_round_trips(text: String, code in "[0-9A-Z -]{0,9}") {
            if let Ok(line) = text.parse::<AddressLine>() {
                prop_assert_eq!(line.0.parse::<AddressLine>(), Ok(line));
            }
            let _ = text.parse::<Country>();
            for country in [Country::PORTUGAL, "FR".parse().expect("a country")] {
                for text in [&text, &code] {
                    if let Ok(postal) = PostalCode::parse(country, text) {
                        prop_assert_eq!(PostalCode::parse(country, &postal.0), Ok(postal));
                    }
                }
            }
        }
    }
}
