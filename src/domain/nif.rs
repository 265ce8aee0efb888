//! The tax identification number NIF (NIPC for companies).
//!
//! A right check digit is not enough: 400000008, 730000001 and 920000002 have one, but an unassigned prefix.

use std::fmt;
use std::str::FromStr;

use super::validation_error::ValidationError;

/// A NIF with an assigned prefix and a right check digit. `Display` shows the full number, `Debug` hides it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Nif(u32);

impl Nif {
    /// Parses 9 digits without allocating. Surrounding spaces are ignored.
    pub fn parse_bytes(bytes: &[u8]) -> Result<Nif, ValidationError> {
        let digits = bytes.trim_ascii();
        if digits.is_empty() {
            return Err(ValidationError::Missing);
        }
        if !digits.iter().all(u8::is_ascii_digit) {
            return Err(ValidationError::InvalidCharacter);
        }
        if digits.len() != 9 {
            return Err(ValidationError::Length("9"));
        }
        Nif::validate(digits.iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0')))
    }

    /// Converts a number from the store. Returns `None` if it is not a valid NIF.
    pub fn from_i64(number: i64) -> Option<Nif> {
        u32::try_from(number).ok().and_then(|value| Nif::validate(value).ok())
    }

    /// Returns the number for the store.
    pub const fn as_i64(self) -> i64 {
        self.0 as i64
    }

    fn validate(value: u32) -> Result<Nif, ValidationError> {
        const IN_USE: ValidationError =
            ValidationError::UnassignedPrefix("1, 2, 3, 45, 5, 6, 70, 71, 72, 74, 75, 77, 78, 79, 8, 90, 91, 98, 99");
        match value / 10_000_000 {
            10..=39 | 45 | 50..=72 | 74 | 75 | 77..=91 | 98 | 99 => {}
            _ => return Err(IN_USE),
        }
        if value % 10 == check_digit(value / 10) { Ok(Nif(value)) } else { Err(ValidationError::CheckDigit) }
    }
}

/// Computes the ninth digit from eight, modulo 11, with ten written as 0. The BI and the NIC use it too.
pub(super) fn check_digit(eight: u32) -> u32 {
    let (mut rest, mut sum) = (eight, 0);
    for weight in 2..=9 {
        sum += rest % 10 * weight;
        rest /= 10;
    }
    match sum % 11 {
        0 | 1 => 0,
        r => 11 - r,
    }
}

impl fmt::Display for Nif {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Debug for Nif {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}********", self.0 / 100_000_000)
    }
}

impl FromStr for Nif {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<Nif, ValidationError> {
        Nif::parse_bytes(text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn matches_reference_vectors() {
        let mut judged = 0;
        for line in include_str!("../../tests/data/numbers.csv").lines() {
            if let Some((value, verdict)) = line.strip_prefix("nif,").and_then(|rest| rest.split_once(',')) {
                assert_eq!(value.parse::<Nif>().is_ok(), verdict == "valid", "{line}");
                judged += 1;
            }
        }
        assert_eq!(judged, 60);
    }

    #[test]
    fn unassigned_prefix_is_rejected_despite_right_check_digit() {
        for text in ["400000008", "730000001", "920000002", "000000000"] {
            assert!(matches!(text.parse::<Nif>(), Err(ValidationError::UnassignedPrefix(_))), "{text}");
        }
    }

    #[test]
    fn accepted_prefixes_are_those_listed_in_the_error() {
        let Err(ValidationError::UnassignedPrefix(list)) = "400000008".parse::<Nif>() else { panic!("a prefix") };
        for two in 0..100_u32 {
            let eight = two * 1_000_000;
            let listed = list.split(", ").any(|prefix| format!("{two:02}").starts_with(prefix));
            let text = format!("{eight:08}{}", check_digit(eight));
            assert_eq!(text.parse::<Nif>().is_ok(), listed, "{two:02}");
        }
    }

    #[test]
    fn error_names_the_first_problem() {
        for (text, cause) in [
            ("", ValidationError::Missing),
            ("20000001x", ValidationError::InvalidCharacter),
            ("200 000 012", ValidationError::InvalidCharacter),
            ("PT200000012", ValidationError::InvalidCharacter),
            ("20000001", ValidationError::Length("9")),
            ("2000000122", ValidationError::Length("9")),
            ("200000013", ValidationError::CheckDigit),
        ] {
            assert_eq!(text.parse::<Nif>(), Err(cause), "{text}");
        }
        assert_eq!(" 200000012 ".parse::<Nif>().map(|nif| nif.to_string()), Ok("200000012".to_owned()));
    }

    #[test]
    fn debug_output_is_masked() {
        assert_eq!(format!("{:?}", "200000012".parse::<Nif>()), "Ok(2********)");
    }

    proptest! {
        #[test]
        fn one_check_digit_fits_a_prefix(prefix in 10_000_000_u32..40_000_000) {
            let fitting: Vec<Nif> = (0..10).filter_map(|digit| format!("{prefix}{digit}").parse().ok()).collect();
            prop_assert_eq!(fitting.len(), 1);
            prop_assert_eq!(fitting[0].to_string().parse(), Ok(fitting[0]));
            prop_assert_eq!(Nif::from_i64(fitting[0].as_i64()), Some(fitting[0]));
        }

        #[test]
        fn parsing_arbitrary_input_does_not_panic(number: i64, bytes: Vec<u8>) {
            let _ = (Nif::from_i64(number), Nif::parse_bytes(&bytes));
        }
    }
}
