//! Civil identification (001 step 9): what the registry keeps, and what a holder types.
//!
//! They are two types, because they are judged differently. The registry knows the document's kind, so its value is held
//! to that kind's rules, check digits and all. A holder types a number alone and is asked for no kind; to judge it would
//! tell a stranger which kind the registry has, so it is only compared, under the registry's kind.

use std::fmt;
use std::str::FromStr;

use super::nif::check_digit;
use super::validation_error::ValidationError;
use super::vocabulary::CivilIdKind;

/// A civil identification of the registry: upper case, without spaces or hyphens, seven digits padded to eight.
#[derive(Clone, PartialEq, Eq)]
pub struct CivilId {
    kind: CivilIdKind,
    value: String,
}

impl CivilId {
    /// The one door. A Cartão de Cidadão has 12 characters with two check digits, or the first 7, 8 or 9 of them; a BI
    /// 7, 8 or 9; whatever check digit is there must hold. The other kinds have 4 to 20 letters and digits.
    pub fn parse(kind: CivilIdKind, text: &str) -> Result<CivilId, ValidationError> {
        let mut value = normalize(text)?;
        match (kind, value.len()) {
            (CivilIdKind::Cc, 7 | 8 | 9 | 12) | (CivilIdKind::Bi, 7..=9) => {
                if value.len() == 7 {
                    value.insert(0, '0');
                }
                judge_number(&value)?;
                judge_card(&value)?;
            }
            (CivilIdKind::Cc, _) => return Err(ValidationError::Length("7, 8, 9, 12")),
            (CivilIdKind::Bi, _) => return Err(ValidationError::Length("7-9")),
            (CivilIdKind::Passport | CivilIdKind::ResidencePermit | CivilIdKind::EuId, 4..=20) => {}
            (CivilIdKind::Passport | CivilIdKind::ResidencePermit | CivilIdKind::EuId, _) => {
                return Err(ValidationError::Length("4-20"));
            }
        }
        Ok(CivilId { kind, value })
    }

    /// The kind of document.
    pub const fn kind(&self) -> CivilIdKind {
        self.kind
    }

    /// The value as it is kept.
    pub fn as_str(&self) -> &str {
        &self.value
    }

    /// Whether a holder typed this document's number. A card's version changes at each renewal, so a Cartão de Cidadão
    /// and a BI compare by the eight-digit number alone; the other kinds as a whole.
    pub fn matches(&self, typed: &TypedCivilId) -> bool {
        match self.kind {
            CivilIdKind::Cc | CivilIdKind::Bi => {
                typed.eight_digit_number().is_some_and(|number| self.value.starts_with(&number))
            }
            CivilIdKind::Passport | CivilIdKind::ResidencePermit | CivilIdKind::EuId => typed.0 == self.value,
        }
    }
}

/// Eight digits, and a ninth that follows from them where there is one.
fn judge_number(value: &str) -> Result<(), ValidationError> {
    let mut digits = value.bytes().take(9).map(|byte| byte.is_ascii_digit().then(|| u32::from(byte - b'0')));
    let eight = digits
        .by_ref()
        .take(8)
        .try_fold(0, |sum, digit| digit.map(|d| sum * 10 + d))
        .ok_or(ValidationError::InvalidCharacter)?;
    match digits.next() {
        None => Ok(()),
        Some(None) => Err(ValidationError::InvalidCharacter),
        Some(Some(ninth)) if ninth == check_digit(eight) => Ok(()),
        Some(Some(_)) => Err(ValidationError::CheckDigit),
    }
}

/// The last character of a whole Cartão de Cidadão number: a letter counts from A = 10, every second one doubled.
fn judge_card(value: &str) -> Result<(), ValidationError> {
    if value.len() != 12 {
        return Ok(());
    }
    if !value.ends_with(|last: char| last.is_ascii_digit()) {
        return Err(ValidationError::InvalidCharacter);
    }
    let sum: u32 = (value.chars().filter_map(|character| character.to_digit(36)).enumerate())
        .map(|(place, n)| if place % 2 == 0 { n * 2 - if n * 2 > 9 { 9 } else { 0 } } else { n })
        .sum();
    if sum.is_multiple_of(10) { Ok(()) } else { Err(ValidationError::CheckDigit) }
}

/// Letters and digits in upper case, once spaces and hyphens have gone.
fn normalize(text: &str) -> Result<String, ValidationError> {
    let value: String =
        text.trim().chars().filter(|c| !matches!(c, ' ' | '-')).map(|c| c.to_ascii_uppercase()).collect();
    if value.is_empty() {
        return Err(ValidationError::Missing);
    }
    if value.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        Ok(value)
    } else {
        Err(ValidationError::InvalidCharacter)
    }
}

/// What a holder types, of whatever kind: 4 to 20 letters and digits once spaces and hyphens go. No check digit is judged.
#[derive(Clone, PartialEq, Eq)]
pub struct TypedCivilId(String);

impl TypedCivilId {
    /// The value in upper case, without spaces or hyphens.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The eight-digit number, if it can be a Cartão de Cidadão's or a BI's.
    fn eight_digit_number(&self) -> Option<String> {
        let number = match self.0.len() {
            7 => format!("0{}", self.0),
            8 | 9 | 12 => self.0.chars().take(8).collect(),
            _ => return None,
        };
        number.bytes().all(|byte| byte.is_ascii_digit()).then_some(number)
    }
}

impl FromStr for TypedCivilId {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<TypedCivilId, ValidationError> {
        let value = normalize(text)?;
        if (4..=20).contains(&value.len()) { Ok(TypedCivilId(value)) } else { Err(ValidationError::Length("4-20")) }
    }
}

/// The first character, and three stars however long the rest is.
fn masked(value: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "{}***", value.chars().next().unwrap_or('*'))
}

impl fmt::Display for CivilId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        masked(&self.value, f)
    }
}

impl fmt::Debug for CivilId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        masked(&self.value, f)
    }
}

impl fmt::Display for TypedCivilId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        masked(&self.0, f)
    }
}

impl fmt::Debug for TypedCivilId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        masked(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stored(kind: CivilIdKind, text: &str) -> CivilId {
        CivilId::parse(kind, text).expect("a civil identification")
    }

    fn typed(text: &str) -> TypedCivilId {
        text.parse().expect("something typed")
    }

    #[test]
    fn the_oracles_vectors_are_judged_alike() {
        let mut judged = 0;
        for line in include_str!("../../tests/data/numbers.csv").lines() {
            if let Some((value, verdict)) = line.strip_prefix("cc,").and_then(|rest| rest.split_once(',')) {
                assert_eq!(CivilId::parse(CivilIdKind::Cc, value).is_ok(), verdict == "valid", "{line}");
                judged += 1;
            }
        }
        assert_eq!(judged, 60);
    }

    #[test]
    fn both_check_digits_of_a_card_must_hold() {
        assert_eq!(
            CivilId::parse(CivilIdKind::Cc, "100000000ZZ2"),
            Err(ValidationError::CheckDigit),
            "the first one fails"
        );
        assert_eq!(
            CivilId::parse(CivilIdKind::Cc, "123456703ZY5"),
            Err(ValidationError::CheckDigit),
            "the second one fails"
        );
        assert_eq!(CivilId::parse(CivilIdKind::Cc, "123456704"), Err(ValidationError::CheckDigit));
        assert_eq!(CivilId::parse(CivilIdKind::Bi, "123456704"), Err(ValidationError::CheckDigit));
    }

    #[test]
    fn a_value_is_kept_in_one_form() {
        for (kind, text, value) in [
            (CivilIdKind::Cc, " 12345670 3 zy4 ", "123456703ZY4"),
            (CivilIdKind::Cc, "12345670-3", "123456703"),
            (CivilIdKind::Cc, "0234567", "00234567"),
            (CivilIdKind::Bi, "234567 0", "02345670"),
            (CivilIdKind::Bi, "123456703", "123456703"),
            (CivilIdKind::Passport, "gd 728-665", "GD728665"),
            (CivilIdKind::ResidencePermit, "041694929", "041694929"),
            (CivilIdKind::EuId, "ab12", "AB12"),
        ] {
            let civil_id = stored(kind, text);
            assert_eq!((civil_id.kind(), civil_id.as_str()), (kind, value));
            assert_eq!(CivilId::parse(kind, value), Ok(civil_id), "what is kept can be read again");
        }
    }

    #[test]
    fn each_kind_has_its_lengths_and_characters() {
        for (kind, text, cause) in [
            (CivilIdKind::Cc, "", ValidationError::Missing),
            (CivilIdKind::Cc, " - ", ValidationError::Missing),
            (CivilIdKind::Cc, "123456", ValidationError::Length("7, 8, 9, 12")),
            (CivilIdKind::Cc, "1234567030", ValidationError::Length("7, 8, 9, 12")),
            (CivilIdKind::Cc, "A234567", ValidationError::InvalidCharacter),
            (CivilIdKind::Cc, "12345670A", ValidationError::InvalidCharacter),
            (CivilIdKind::Cc, "123456703ZYA", ValidationError::InvalidCharacter),
            (CivilIdKind::Cc, "123456703Çé4", ValidationError::InvalidCharacter),
            (CivilIdKind::Bi, "123456703ZY4", ValidationError::Length("7-9")),
            (CivilIdKind::Passport, "A12", ValidationError::Length("4-20")),
            (CivilIdKind::Passport, "A12345678901234567890", ValidationError::Length("4-20")),
            (CivilIdKind::EuId, "ab/12", ValidationError::InvalidCharacter),
        ] {
            assert_eq!(CivilId::parse(kind, text), Err(cause), "{kind} {text}");
        }
    }

    #[test]
    fn a_card_and_a_bi_compare_by_the_eight_digit_number() {
        for registered in [stored(CivilIdKind::Cc, "012345679"), stored(CivilIdKind::Bi, "1234567")] {
            for same in ["1234567", "01234567", "012345679", "01234567 9 ZX9", "01234567-0", "012345670AAA"] {
                assert!(registered.matches(&typed(same)), "{same}");
            }
            for other in ["1234568", "12345675", "0123456789", "ABCDEFG", "0123456A", "123456", "0123456750ZX9"] {
                assert!(!registered.matches(&typed(other)), "{other}");
            }
        }
    }

    #[test]
    fn the_other_kinds_compare_whole() {
        let registered = stored(CivilIdKind::ResidencePermit, "041694929");
        assert!(registered.matches(&typed("041-694 929")));
        assert!(!registered.matches(&typed("04169492")));
        assert!(stored(CivilIdKind::Passport, "GD728665").matches(&typed("gd 728665")));
    }

    #[test]
    fn what_is_typed_has_4_to_20_letters_and_digits() {
        assert_eq!(typed(" 100000000 zz2 ").as_str(), "100000000ZZ2", "no check digit is judged");
        for (text, cause) in [
            ("", ValidationError::Missing),
            ("a-1 2", ValidationError::Length("4-20")),
            ("A12345678901234567890", ValidationError::Length("4-20")),
            ("ÁB123", ValidationError::InvalidCharacter),
            ("AB1\t23", ValidationError::InvalidCharacter),
        ] {
            assert_eq!(text.parse::<TypedCivilId>(), Err(cause), "{text}");
        }
    }

    #[test]
    fn neither_shows_itself() {
        let registered = stored(CivilIdKind::Cc, "123456703ZY4");
        assert_eq!(format!("{registered} {registered:?} {0} {0:?}", typed("GD728665")), "1*** 1*** G*** G***");
    }

    proptest! {
        #[test]
        fn a_check_digit_fits_its_number_and_no_other(number in 0_u32..100_000_000) {
            let fits = |digit: u32| CivilId::parse(CivilIdKind::Cc, &format!("{number:08}{digit}")).is_ok();
            prop_assert_eq!((0..10).filter(|digit| fits(*digit)).count(), 1);
        }

        #[test]
        fn no_text_panics(text: String) {
            for kind in CivilIdKind::ALL {
                if let (Ok(registered), Ok(typed)) = (CivilId::parse(*kind, &text), text.parse::<TypedCivilId>()) {
                    let _ = registered.matches(&typed);
                }
            }
        }
    }
}
