//! Codes: the verification code of a message and the six-digit phone code. The store has only keyed hashes of them.

use std::fmt;
use std::str::FromStr;

use chrono::Datelike;
use rand::{Rng, RngExt};
use zeroize::Zeroizing;

use super::policy::Policy;
use super::time::Date;
use super::validation_error::ValidationError;
use super::vocabulary::Channel;

/// The letters of a code by letter (RFC 8628 6.1): no vowels, so that no words appear, and no similar characters.
pub const ALPHABET: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";

/// A typed verification code in upper case, without spaces and hyphens.
#[derive(Clone, PartialEq, Eq)]
pub struct VerificationCode(Zeroizing<String>);

impl VerificationCode {
    /// Generates a code for a channel: digits for SMS and e-mail, letters for paper (ASVS 6.5.3).
    pub fn generate(channel: Channel, policy: &Policy, random: &mut impl Rng) -> VerificationCode {
        let text = match channel {
            Channel::Email | Channel::Sms => (0..policy.code_digits).map(|_| digit(random)).collect(),
            Channel::Letter => (0..8).map(|_| char::from(ALPHABET[random.random_range(0..ALPHABET.len())])).collect(),
        };
        VerificationCode(Zeroizing::new(text))
    }

    /// Generates a six-digit code of the authentication provider. It ignores the service's policy
    /// (`src/domain/README.md`).
    pub fn generate_six_digits(random: &mut impl Rng) -> VerificationCode {
        VerificationCode(Zeroizing::new((0..6).map(|_| digit(random)).collect()))
    }

    /// Returns the text, which is the input of the keyed hash.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Returns the code as a message shows it: letters in two groups of four.
    pub fn grouped(&self) -> Zeroizing<String> {
        match self.0.split_at_checked(4) {
            Some((head, tail)) if head.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                Zeroizing::new(format!("{head}-{tail}"))
            }
            _ => self.0.clone(),
        }
    }
}

impl FromStr for VerificationCode {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<VerificationCode, ValidationError> {
        let typed: Zeroizing<String> =
            Zeroizing::new(text.chars().filter(|c| !matches!(c, ' ' | '-')).map(|c| c.to_ascii_uppercase()).collect());
        let digits = (6..=10).contains(&typed.len()) && typed.bytes().all(|b| b.is_ascii_digit());
        let letters = typed.len() == 8 && typed.bytes().all(|b| ALPHABET.contains(&b));
        if digits || letters { Ok(VerificationCode(typed)) } else { Err(ValidationError::Format("123456, BCDF-GHJK")) }
    }
}

impl fmt::Debug for VerificationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(***)")
    }
}

/// The six digits of the phone line (003 E).
#[derive(Clone, PartialEq, Eq)]
pub struct PhoneCode(Zeroizing<String>);

impl PhoneCode {
    /// Generates a phone code that is not trivial.
    pub fn draw(born: Option<Date>, random: &mut impl Rng) -> PhoneCode {
        loop {
            let drawn = PhoneCode(Zeroizing::new((0..6).map(|_| digit(random)).collect()));
            if !drawn.is_trivial(born) {
                return drawn;
            }
        }
    }

    /// Returns the digits, for the keyed hash and for the one reply to the holder.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Returns whether a stranger would try this code first: one repeated digit, an ascending or descending run, the
    /// birth date.
    pub fn is_trivial(&self, born: Option<Date>) -> bool {
        let steps = |step: u8| self.0.as_bytes().windows(2).all(|w| (w[0] - b'0' + step) % 10 == w[1] - b'0');
        let birthday = born.is_some_and(|born| {
            let (year, month, day) = (born.day().year(), born.day().month(), born.day().day());
            let short = year % 100;
            [
                format!("{day:02}{month:02}{short:02}"),
                format!("{month:02}{day:02}{short:02}"),
                format!("{short:02}{month:02}{day:02}"),
                format!("{year:04}{month:02}"),
                format!("{month:02}{year:04}"),
            ]
            .iter()
            .any(|date| *date == *self.0)
        });
        steps(0) || steps(1) || steps(9) || birthday
    }
}

impl FromStr for PhoneCode {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<PhoneCode, ValidationError> {
        if text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()) {
            Ok(PhoneCode(Zeroizing::new(text.to_owned())))
        } else {
            Err(ValidationError::Format("six digits"))
        }
    }
}

impl fmt::Debug for PhoneCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PhoneCode(***)")
    }
}

fn digit(random: &mut impl Rng) -> char {
    char::from(b'0' + random.random_range(0..10_u8))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn letter_code_is_parsed_in_any_notation() {
        for typed in ["BCDFGHJK", "bcdf-ghjk", " bCdF GHJK ", "b-c-d-f-g-h-j-k"] {
            assert_eq!(typed.parse::<VerificationCode>().expect(typed).expose(), "BCDFGHJK");
        }
        assert_eq!("bcdfghjk".parse::<VerificationCode>().expect("letters").grouped().as_str(), "BCDF-GHJK");
        assert_eq!("12345678".parse::<VerificationCode>().expect("digits").grouped().as_str(), "12345678");
        for bad in ["", "12345", "12345678901", "ABCDEFGH", "BCDFGHJ", "BCDFGHJKL", "12345B", "１２３４５６", "Ｂ"]
        {
            assert!(bad.parse::<VerificationCode>().is_err(), "{bad}");
        }
    }

    #[test]
    fn trivial_phone_codes_are_detected() {
        let born = "1984-03-22".parse().ok();
        for code in ["000000", "777777", "123456", "654321", "890123", "210987", "220384", "032284", "840322", "198403"]
        {
            assert!(code.parse::<PhoneCode>().expect(code).is_trivial(born), "{code}");
        }
        for code in ["123457", "220385", "112233"] {
            assert!(!code.parse::<PhoneCode>().expect(code).is_trivial(born), "{code}");
        }
    }

    proptest! {
        #[test]
        fn parsing_arbitrary_text_does_not_panic(text in ".*") {
            let _ = text.parse::<VerificationCode>();
            let _ = text.parse::<PhoneCode>();
        }
    }
}
