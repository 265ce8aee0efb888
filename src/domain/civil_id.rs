//! Civil identification (001 step 9): the registry's value and the typed value.
//!
//! They are two types with different validation. The registry knows the kind of document, so its value must obey the
//! rules of that kind, with check digits. A holder types only a number, without a kind. Validating it would reveal
//! the kind in the registry to a stranger, so it is only compared.

use std::fmt;
use std::str::FromStr;

use super::nif::check_digit;
use super::validation_error::ValidationError;
use super::vocabulary::CivilIdKind;

/// A civil identification of the registry: upper case, without spaces and hyphens, seven digits padded to eight.
#[derive(Clone, PartialEq, Eq)]
pub struct CivilId {
    kind: CivilIdKind,
    value: String,
}

impl CivilId {
    /// Parses a value of a known kind.
    ///
    /// A Cartão de Cidadão has 12 characters with two check digits, or the first 7, 8 or 9 of them. A BI has 7, 8 or
    /// 9 digits. Every check digit present must be right. The other kinds have 4 to 20 letters and digits.
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

    /// Returns the kind of document.
    pub const fn kind(&self) -> CivilIdKind {
        self.kind
    }

    /// Returns the stored value.
    pub fn as_str(&self) -> &str {
        &self.value
    }

    /// Returns whether a typed number matches this document.
    ///
    /// For a Cartão de Cidadão and a BI only the eight-digit number counts, because the version of a card changes at
    /// each renewal. Other kinds must be equal.
    pub fn matches(&self, typed: &TypedCivilId) -> bool {
        match self.kind {
            CivilIdKind::Cc | CivilIdKind::Bi => {
                typed.eight_digit_number().is_some_and(|number| self.value.starts_with(&number))
            }
            CivilIdKind::Passport | CivilIdKind::ResidencePermit | CivilIdKind::EuId => typed.0 == self.value,
        }
    }
}

/// Validates eight digits and, if present, the ninth, which is their check digit.
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

/// Validates the last check digit of a 12-character number: letters count from A = 10, every second one doubled.
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

/// Removes spaces and hyphens and converts to upper case. Only letters and digits are allowed.
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

/// A typed number of any kind: 4 to 20 letters and digits, without spaces and hyphens. Check digits are not
/// validated.
#[derive(Clone, PartialEq, Eq)]
pub struct TypedCivilId(String);

impl TypedCivilId {
    /// Returns the value in upper case, without spaces and hyphens.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the eight-digit number if this can be a Cartão de Cidadão or a BI.
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

/// Writes the first character and three stars, for any length.
fn debug_masked(value: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "{}***", value.chars().next().unwrap_or('*'))
}

impl fmt::Debug for CivilId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug_masked(&self.value, f)
    }
}

impl fmt::Debug for TypedCivilId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug_masked(&self.0, f)
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
    fn matches_reference_vectors() {
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
    fn both_check_digits_of_a_card_must_be_right() {
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
    fn value_is_stored_in_one_form() {
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
            assert_eq!(CivilId::parse(kind, value), Ok(civil_id), "the stored form must parse");
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
    fn card_and_bi_compare_by_eight_digit_number() {
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
    fn other_kinds_compare_all_characters() {
        let registered = stored(CivilIdKind::ResidencePermit, "041694929");
        assert!(registered.matches(&typed("041-694 929")));
        assert!(!registered.matches(&typed("04169492")));
        assert!(stored(CivilIdKind::Passport, "GD728665").matches(&typed("gd 728665")));
    }

    #[test]
    fn typed_number_has_4_to_20_letters_and_digits() {
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
    fn debug_output_is_masked() {
        let registered = stored(CivilIdKind::Cc, "123456703ZY4");
        assert_eq!(format!("{registered:?} {:?}", typed("GD728665")), "1*** G***");
    }

    proptest! {
        #[test]
        fn one_check_digit_fits_a_number(number in 0_u32..100_000_000) {
            let fits = |digit: u32| CivilId::parse(CivilIdKind::Cc, &format!("{number:08}{digit}")).is_ok();
            prop_assert_eq!((0..10).filter(|digit| fits(*digit)).count(), 1);
        }

        #[test]
        fn parsing_arbitrary_text_does_not_panic(text: String) {
            for kind in CivilIdKind::ALL {
                if let (Ok(registered), Ok(typed)) = (CivilId::parse(*kind, &text), text.parse::<TypedCivilId>()) {
                    let _ = registered.matches(&typed);
                }
            }
        }
    }
}
