//! Telephone numbers, kept as E.164.
//!
//! A Portuguese number is judged by hand: the plan is short, and the phone library's first call costs 13 ms, ten times
//! what a command takes. Every other country's is left to that library, which is asked whether a number is valid, for
//! it parses invalid ones too. Where mobile and fixed can't be told apart (the United States), a number may be a mobile.

use std::fmt;
use std::str::FromStr;

use rlibphonenumber::{PhoneNumber, PhoneNumberFormat, PhoneNumberType};

use super::validation_error::ValidationError;

/// A number that can receive an SMS, of any country. `Display` and `Debug` are masked.
#[derive(Clone, PartialEq, Eq)]
pub struct Mobile(String);

/// Any number that exists, of any country; a mobile's as well. `Display` and `Debug` are masked.
#[derive(Clone, PartialEq, Eq)]
pub struct Telephone(String);

impl Mobile {
    /// A number that was judged when it came in and is read again: only its shape is looked at, so that a look-up does not pay
    /// for the library's first call, and no later version of the library makes a kept number unreadable.
    ///
    /// # Errors
    /// It is not of the shape that is kept.
    pub fn from_stored(text: &str) -> Result<Mobile, ValidationError> {
        from_stored(text).map(Mobile)
    }

    /// The number as E.164: `+351912000001`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is another country's than Portugal.
    pub fn is_foreign(&self) -> bool {
        !self.0.starts_with(PORTUGAL)
    }
}

impl Telephone {
    /// A number that was judged when it came in and is read again: only its shape is looked at, so that a look-up does not pay
    /// for the library's first call, and no later version of the library makes a kept number unreadable.
    ///
    /// # Errors
    /// It is not of the shape that is kept.
    pub fn from_stored(text: &str) -> Result<Telephone, ValidationError> {
        from_stored(text).map(Telephone)
    }

    /// The number as E.164: `+351213000003`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is another country's than Portugal.
    pub fn is_foreign(&self) -> bool {
        !self.0.starts_with(PORTUGAL)
    }
}

impl FromStr for Mobile {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<Mobile, ValidationError> {
        match validate(text)? {
            (number, Plan::Mobile) => Ok(Mobile(number)),
            (_, Plan::Other) => Err(ValidationError::NotAMobile),
        }
    }
}

impl FromStr for Telephone {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<Telephone, ValidationError> {
        validate(text).map(|(number, _)| Telephone(number))
    }
}

const PORTUGAL: &str = "+351";

/// The shape of E.164, which everything kept has.
fn from_stored(text: &str) -> Result<String, ValidationError> {
    let digits = text.strip_prefix('+').ok_or(ValidationError::Format("+351912345678"))?;
    let shaped = (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if shaped { Ok(text.to_owned()) } else { Err(ValidationError::Format("+351912345678")) }
}

/// What a country's numbering plan gives a number out for.
enum Plan {
    Mobile,
    Other,
}

/// The number as E.164 and what it is for, or that no plan has it.
fn validate(text: &str) -> Result<(String, Plan), ValidationError> {
    let number = international(text)?;
    let plan = match number.strip_prefix(PORTUGAL) {
        Some(national) => portuguese(national)?,
        None => return foreign(&number),
    };
    Ok((number, plan))
}

/// `+` and digits: marks dropped, `00` read as `+`, nine digits without either read as Portuguese.
fn international(text: &str) -> Result<String, ValidationError> {
    let stored: String = text.trim().chars().filter(|c| !matches!(c, ' ' | '-' | '.' | '(' | ')' | '/')).collect();
    if stored.is_empty() {
        return Err(ValidationError::Missing);
    }
    let after_sign = stored.strip_prefix('+').or_else(|| stored.strip_prefix("00"));
    let digits = after_sign.unwrap_or(&stored);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(ValidationError::InvalidCharacter);
    }
    match (after_sign, digits.len()) {
        (Some(_), _) => Ok(format!("+{digits}")),
        (None, 9) => Ok(format!("{PORTUGAL}{digits}")),
        (None, _) => Err(ValidationError::Format("+351 912 345 678")),
    }
}

/// The Portuguese plan: 91, 92, 93, 96 are mobiles; 2 is fixed; 30, 70 and 80 begin numbers without a place.
fn portuguese(national: &str) -> Result<Plan, ValidationError> {
    match national.as_bytes() {
        [b'9', b'1' | b'2' | b'3' | b'6', rest @ ..] if rest.len() == 7 => Ok(Plan::Mobile),
        [b'2', rest @ ..] if rest.len() == 8 => Ok(Plan::Other),
        [b'3' | b'7' | b'8', b'0', rest @ ..] if rest.len() == 7 => Ok(Plan::Other),
        _ => Err(ValidationError::NoSuchNumber),
    }
}

fn foreign(number: &str) -> Result<(String, Plan), ValidationError> {
    let number = PhoneNumber::parse(number, None).map_err(|_| ValidationError::NoSuchNumber)?;
    if !number.is_valid() {
        return Err(ValidationError::NoSuchNumber);
    }
    let plan = match number.get_type() {
        PhoneNumberType::Mobile | PhoneNumberType::FixedLineOrMobile => Plan::Mobile,
        _ => Plan::Other,
    };
    Ok((number.format_as(PhoneNumberFormat::E164).into_owned(), plan))
}

/// `+351 9** *** *01`; a foreign number shows its country's code and its last two digits, `+44 ********56`.
fn masked(number: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let digits = number.trim_start_matches('+');
    let (country, national) = digits.split_at_checked(country_code_length(digits)).unwrap_or_default();
    let (hidden, shown) = national.split_at_checked(national.len().saturating_sub(2)).unwrap_or_default();
    match hidden.chars().next() {
        Some(first) if number.starts_with(PORTUGAL) => write!(f, "{PORTUGAL} {first}** *** *{shown}"),
        _ => write!(f, "+{country} {}{shown}", "*".repeat(hidden.len())),
    }
}

/// The ITU's country codes are prefix-free: 1 and 7, the two-digit ones below, and three digits for everybody else.
fn country_code_length(digits: &str) -> usize {
    match digits.as_bytes() {
        [b'1' | b'7', ..] => 1,
        [b'2', b'0' | b'7', ..]
        | [b'3', b'0'..=b'4' | b'6' | b'9', ..]
        | [b'4', b'0' | b'1' | b'3'..=b'9', ..]
        | [b'5', b'1'..=b'8', ..]
        | [b'6', b'0'..=b'6', ..]
        | [b'8', b'1' | b'2' | b'4' | b'6', ..]
        | [b'9', b'0'..=b'5' | b'8', ..] => 2,
        _ => 3,
    }
}

impl fmt::Display for Mobile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        masked(&self.0, f)
    }
}

impl fmt::Debug for Mobile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        masked(&self.0, f)
    }
}

impl fmt::Display for Telephone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        masked(&self.0, f)
    }
}

impl fmt::Debug for Telephone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        masked(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mobile(text: &str) -> Mobile {
        text.parse().expect("a mobile")
    }

    #[test]
    fn the_vectors_of_every_region_are_judged_alike() {
        let rows = include_str!("../../tests/data/phones.csv").lines().skip(1);
        let mut judged = 0;
        for row in rows {
            let [_, number, verdict] = row.split(',').collect::<Vec<_>>()[..] else { panic!("{row}") };
            let stored = number.parse::<Mobile>().map(|mobile| mobile.0);
            match verdict {
                "mobile" => assert_eq!(stored.as_deref(), Ok(number), "{row}"),
                _ => assert_eq!(stored, Err(ValidationError::NotAMobile), "{row}"),
            }
            assert_eq!(number.parse::<Telephone>().map(|telephone| telephone.0).as_deref(), Ok(number), "{row}");
            judged += 1;
        }
        assert_eq!(judged, 130);
    }

    #[test]
    fn a_portuguese_number_needs_no_sign_and_may_be_written_with_marks() {
        for text in ["912000001", "+351912000001", "00351 912 000 001", " +351 912-000.001 ", "(912) 000/001"] {
            let ana = mobile(text);
            assert_eq!((ana.as_str(), ana.is_foreign()), ("+351912000001", false), "{text}");
        }
        assert_eq!(mobile("+44 (0) 7400 123456").as_str(), "+447400123456");
        assert!(mobile("0044 7400 123456").is_foreign());
    }

    #[test]
    fn the_portuguese_plan_by_hand() {
        for prefix in 0..100_u32 {
            let number = format!("{prefix:02}1234567");
            let (as_mobile, as_telephone) = (number.parse::<Mobile>().map(drop), number.parse::<Telephone>().map(drop));
            match prefix {
                91 | 92 | 93 | 96 => assert_eq!((as_mobile, as_telephone), (Ok(()), Ok(())), "{number}"),
                20..=29 | 30 | 70 | 80 => {
                    assert_eq!((as_mobile, as_telephone), (Err(ValidationError::NotAMobile), Ok(())), "{number}")
                }
                // Nine digits after 00 are an international number of another country, or of none.
                0 => assert!(as_mobile.is_err(), "{number}"),
                _ => {
                    let none = || Err(ValidationError::NoSuchNumber);
                    assert_eq!((as_mobile, as_telephone), (none(), none()), "{number}");
                }
            }
        }
        for short_or_long in ["+35191200000", "+3519120000011", "+351", "+35121"] {
            assert_eq!(short_or_long.parse::<Mobile>(), Err(ValidationError::NoSuchNumber), "{short_or_long}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for (text, cause) in [
            ("", ValidationError::Missing),
            (" - ", ValidationError::Missing),
            ("+", ValidationError::InvalidCharacter),
            ("00", ValidationError::InvalidCharacter),
            ("91200000x", ValidationError::InvalidCharacter),
            ("912+000001", ValidationError::InvalidCharacter),
            ("++351912000001", ValidationError::InvalidCharacter),
            ("９１２０００００１", ValidationError::InvalidCharacter),
            ("91200000", ValidationError::Format("+351 912 345 678")),
            ("351912000001", ValidationError::Format("+351 912 345 678")),
            ("+999912000001", ValidationError::NoSuchNumber),
            ("+0351912000001", ValidationError::NoSuchNumber),
            ("+4474001234", ValidationError::NoSuchNumber),
            ("+12345678901234567890", ValidationError::NoSuchNumber),
            ("+44 800 123 4567", ValidationError::NotAMobile),
        ] {
            assert_eq!(text.parse::<Mobile>(), Err(cause), "{text}");
        }
    }

    #[test]
    fn a_mask_shows_the_last_two_digits() {
        for (number, shown) in [
            ("912000001", "+351 9** *** *01"),
            ("213000003", "+351 2** *** *03"),
            ("+447400123456", "+44 ********56"),
            ("+12015550123", "+1 ********23"),
            ("+6837012", "+683 **12"),
        ] {
            let telephone: Telephone = number.parse().expect("a telephone");
            assert_eq!((telephone.to_string(), format!("{telephone:?}")), (shown.to_owned(), shown.to_owned()));
        }
        assert_eq!(format!("{0} {0:?}", mobile("912000001")), "+351 9** *** *01 +351 9** *** *01");
    }

    #[test]
    fn country_codes_are_told_apart_as_the_library_does() {
        for row in include_str!("../../tests/data/phones.csv").lines().skip(1) {
            let number = row.split(',').nth(1).expect("a number");
            let parsed = PhoneNumber::parse(number, None).expect("a number");
            assert_eq!(number[1..=country_code_length(&number[1..])], parsed.country_code.to_string(), "{row}");
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_reads_as_itself(text: String, digits in "[+0]{0,2}[0-9 ./()-]{0,18}") {
            for text in [text, digits] {
                if let Ok(telephone) = text.parse::<Telephone>() {
                    prop_assert_eq!(telephone.as_str().parse::<Telephone>().map(|again| again.0), Ok(telephone.0.clone()));
                    prop_assert!(telephone.to_string().ends_with(&telephone.0[telephone.0.len() - 2..]));
                }
            }
        }
    }
}
