//! The social security identification number NISS, the key of all tables, stored as an integer.
//!
//! The check digit is 9 − (sum mod 10), see `src/domain/README.md`. A public library computes 10 − (sum mod 10) and
//! therefore accepts wrong numbers: for 12345678902 it expects 12345678903. Such numbers are rejected here.

use std::fmt;
use std::str::FromStr;

use super::validation_error::ValidationError;

/// A NISS with a valid first digit and check digit. It is in every reply, so only a letter has it masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Niss(u64);

impl Niss {
    /// Returns the NISS with its last three digits only, for paper.
    pub fn masked(self) -> String {
        let digits = self.to_string();
        let hidden = digits.len().saturating_sub(3);
        format!("{}{}", "*".repeat(hidden), digits.get(hidden..).unwrap_or_default())
    }

    /// Parses 11 digits without allocating. Surrounding spaces are ignored.
    pub fn parse_bytes(bytes: &[u8]) -> Result<Niss, ValidationError> {
        let digits = bytes.trim_ascii();
        if digits.is_empty() {
            return Err(ValidationError::Missing);
        }
        if !digits.iter().all(u8::is_ascii_digit) {
            return Err(ValidationError::InvalidCharacter);
        }
        if digits.len() != 11 {
            return Err(ValidationError::Length("11"));
        }
        Niss::validate(digits.iter().fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0')))
    }

    /// Converts a key from the store. Returns `None` if it is not a valid NISS.
    pub fn from_i64(key: i64) -> Option<Niss> {
        u64::try_from(key).ok().and_then(|value| Niss::validate(value).ok())
    }

    /// Returns the number for the store.
    pub const fn as_i64(self) -> i64 {
        self.0 as i64
    }

    /// Returns the first ten digits, from which the check digit follows: at most 2,999,999,999.
    pub const fn without_check_digit(self) -> u32 {
        (self.0 / 10) as u32
    }

    /// Returns whether the first digit is 2. An employer can be a natural person, so this does not decide the holder
    /// kind.
    pub const fn is_legal_person(self) -> bool {
        self.0 >= 20_000_000_000
    }

    fn validate(value: u64) -> Result<Niss, ValidationError> {
        const FROM_THE_RIGHT: [u64; 10] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29];
        if !matches!(value / 10_000_000_000, 1 | 2) {
            return Err(ValidationError::UnassignedPrefix("1, 2"));
        }
        let (mut rest, mut sum) = (value / 10, 0);
        for weight in FROM_THE_RIGHT {
            sum += rest % 10 * weight;
            rest /= 10;
        }
        if value % 10 == 9 - sum % 10 { Ok(Niss(value)) } else { Err(ValidationError::CheckDigit) }
    }
}

impl fmt::Display for Niss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl FromStr for Niss {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<Niss, ValidationError> {
        Niss::parse_bytes(text.as_bytes())
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
            if let Some((value, verdict)) = line.strip_prefix("niss,").and_then(|rest| rest.split_once(',')) {
                assert_eq!(value.parse::<Niss>().is_ok(), verdict == "valid", "{line}");
                judged += 1;
            }
        }
        assert_eq!(judged, 40);
    }

    #[test]
    fn check_digit_handles_edge_values() {
        for good in ["10000000000", "20000000409", "12345678902", " 12345678902\n"] {
            assert_eq!(good.parse::<Niss>().map(|niss| niss.to_string()), Ok(good.trim().to_owned()));
        }
        assert_eq!("12345678903".parse::<Niss>(), Err(ValidationError::CheckDigit), "the wrong variant, 10 - r");
    }

    #[test]
    fn error_names_the_first_problem() {
        for (text, cause) in [
            ("", ValidationError::Missing),
            ("  ", ValidationError::Missing),
            ("1234567890x", ValidationError::InvalidCharacter),
            ("12x", ValidationError::InvalidCharacter),
            ("12 345 678 902", ValidationError::InvalidCharacter),
            ("-12345678902", ValidationError::InvalidCharacter),
            ("١٢٣٤٥٦٧٨٩٠٢", ValidationError::InvalidCharacter),
            ("1234567890", ValidationError::Length("11")),
            ("123456789021", ValidationError::Length("11")),
            ("99999999999999999999999999", ValidationError::Length("11")),
            ("32345678902", ValidationError::UnassignedPrefix("1, 2")),
            ("02345678902", ValidationError::UnassignedPrefix("1, 2")),
            ("12345678901", ValidationError::CheckDigit),
        ] {
            assert_eq!(text.parse::<Niss>(), Err(cause), "{text}");
        }
    }

    #[test]
    fn store_key_is_validated_like_text() {
        let niss: Niss = "20000000409".parse().expect("a NISS");
        assert_eq!(Niss::from_i64(niss.as_i64()), Some(niss));
        assert!(niss.is_legal_person());
        for bad in [0, -1, i64::MIN, i64::MAX, 12_345_678_901, 112_345_678_902] {
            assert_eq!(Niss::from_i64(bad), None, "{bad}");
        }
        assert!(!Niss::from_i64(12_345_678_902).expect("a NISS").is_legal_person());
    }

    proptest! {
        #[test]
        fn one_check_digit_fits_a_prefix(prefix in 1_000_000_000_u64..3_000_000_000) {
            let fitting: Vec<Niss> = (0..10).filter_map(|digit| format!("{prefix}{digit}").parse().ok()).collect();
            prop_assert_eq!(fitting.len(), 1);
            prop_assert_eq!(fitting[0].to_string().parse(), Ok(fitting[0]));
            prop_assert_eq!(Niss::from_i64(fitting[0].as_i64()), Some(fitting[0]));
        }

        #[test]
        fn parsing_arbitrary_bytes_does_not_panic(bytes: Vec<u8>) {
            let _ = Niss::parse_bytes(&bytes);
        }
    }
}
