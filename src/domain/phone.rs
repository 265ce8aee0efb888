//! Telephone numbers, stored in E.164.
//!
//! Portuguese numbers are validated by own code. Their numbering plan is short, and the first call of the phone library
//! takes 13 ms, ten times as long as a command. The library validates the numbers of all other countries. It parses
//! invalid numbers too, so it must be asked for validity. Where mobile and fixed numbers are indistinguishable (United
//! States), both count as mobile.

use std::fmt;
use std::str::FromStr;

use rlibphonenumber::{PhoneNumber, PhoneNumberFormat, PhoneNumberType};

use super::validation_error::ValidationError;

/// A number of any country that can receive an SMS. `Debug` is masked.
#[derive(Clone, PartialEq, Eq)]
pub struct Mobile(String);

/// Any valid number of any country, including mobiles. `Debug` is masked.
#[derive(Clone, PartialEq, Eq)]
pub struct Telephone(String);

impl Mobile {
    /// Parses a stored number, which was validated before.
    ///
    /// Only the shape is checked. So a look-up avoids the slow first call of the library, and no later version of the
    /// library makes a stored number unreadable.
    ///
    /// # Errors
    /// The text is not `+` and 7 to 15 digits.
    pub fn from_stored(text: &str) -> Result<Mobile, ValidationError> {
        from_stored(text).map(Mobile)
    }

    /// Returns the unmasked number in E.164: `+351912000001`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the masked number: `+351 9** *** *01`.
    pub fn masked(&self) -> String {
        mask(&self.0)
    }

    /// Returns whether the number belongs to another country than Portugal.
    pub fn is_foreign(&self) -> bool {
        !self.0.starts_with(PORTUGAL)
    }
}

impl Telephone {
    /// Parses a stored number, which was validated before. See [`Mobile::from_stored`].
    ///
    /// # Errors
    /// The text is not `+` and 7 to 15 digits.
    pub fn from_stored(text: &str) -> Result<Telephone, ValidationError> {
        from_stored(text).map(Telephone)
    }

    /// Returns the unmasked number in E.164: `+351213000003`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the masked number: `+351 2** *** *03`.
    pub fn masked(&self) -> String {
        mask(&self.0)
    }

    /// Returns whether the number belongs to another country than Portugal.
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

/// Checks the shape of E.164.
fn from_stored(text: &str) -> Result<String, ValidationError> {
    let digits = text.strip_prefix('+').ok_or(ValidationError::Format("+351912345678"))?;
    let shaped = (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if shaped { Ok(text.to_owned()) } else { Err(ValidationError::Format("+351912345678")) }
}

/// The use of a number in its numbering plan.
enum Plan {
    Mobile,
    Other,
}

/// Returns the number in E.164 and its use.
///
/// # Errors
/// A number without a country code that is not Portuguese may be the national form of any other country
/// (`07400 123456`), so its error is [`ValidationError::Format`] or [`ValidationError::NoSuchNationalNumber`].
fn validate(text: &str) -> Result<(String, Plan), ValidationError> {
    let (number, has_country_code) = international(text)?;
    let plan = match number.strip_prefix(PORTUGAL) {
        Some(national) if has_country_code => portuguese(national)?,
        Some(national) => portuguese(national).map_err(|_| ValidationError::NoSuchNationalNumber)?,
        None => return foreign(&number),
    };
    Ok((number, plan))
}

/// Converts to `+` and digits, and returns whether the country code was typed: marks are removed, `00` becomes `+`, and
/// nine digits alone are Portuguese.
fn international(text: &str) -> Result<(String, bool), ValidationError> {
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
        (Some(_), _) => Ok((format!("+{digits}"), true)),
        (None, 9) => Ok((format!("{PORTUGAL}{digits}"), false)),
        (None, _) => Err(ValidationError::Format("a phone number")),
    }
}

/// Applies the Portuguese plan: 91, 92, 93, 96 and 9480 are mobile; 2 is fixed; 30, 70, 76, 80 and 884 are
/// non-geographic.
///
/// Sources: the numbering plan of ANACOM, and for 9480 the data of the phone library. The test
/// `portuguese_plan_matches_the_library` lists the differences.
fn portuguese(national: &str) -> Result<Plan, ValidationError> {
    if national.len() != 9 {
        return Err(ValidationError::NoSuchNumber);
    }
    match national.as_bytes() {
        [b'9', b'1' | b'2' | b'3' | b'6', ..] | [b'9', b'4', b'8', b'0', ..] => Ok(Plan::Mobile),
        [b'2', ..] | [b'3' | b'7' | b'8', b'0', ..] | [b'7', b'6', ..] | [b'8', b'8', b'4', ..] => Ok(Plan::Other),
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

/// Returns `+351 9** *** *01`. A foreign number shows its country code and its last two digits: `+44 ********56`.
fn mask(number: &str) -> String {
    let digits = number.trim_start_matches('+');
    let (country, national) = digits.split_at_checked(country_code_length(digits)).unwrap_or_default();
    let (hidden, shown) = national.split_at_checked(national.len().saturating_sub(2)).unwrap_or_default();
    match hidden.chars().next() {
        Some(first) if number.starts_with(PORTUGAL) => format!("{PORTUGAL} {first}** *** *{shown}"),
        _ => format!("+{country} {}{shown}", "*".repeat(hidden.len())),
    }
}

/// Returns the length of the ITU country code. Codes are prefix-free: 1 and 7, the two-digit codes below, else three
/// digits.
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

impl fmt::Debug for Mobile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Debug for Telephone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
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
    fn matches_reference_vectors_of_every_region() {
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
    fn portuguese_number_needs_no_prefix_and_allows_marks() {
        for text in ["912000001", "+351912000001", "00351 912 000 001", " +351 912-000.001 ", "(912) 000/001"] {
            let ana = mobile(text);
            assert_eq!((ana.as_str(), ana.is_foreign()), ("+351912000001", false), "{text}");
        }
        assert_eq!(mobile("+44 (0) 7400 123456").as_str(), "+447400123456");
        assert!(mobile("0044 7400 123456").is_foreign());
    }

    #[test]
    fn portuguese_plan_matches_the_library() {
        /// The prefixes with another verdict than the library's, and the source of ours.
        const DIFFERENCES: [(&str, &str); 7] = [
            ("2", "ANACOM: 2 is geographic; the library has only the areas in use"),
            ("70", "ANACOM: 707 to 709 are universal access; the library has only the blocks in use"),
            ("76", "ANACOM: 760 to 762 are value-added; the library has only the blocks in use"),
            ("80", "ANACOM: 800 to 809 are free or shared; the library has only the blocks in use"),
            ("884", "ANACOM: 884 is for virtual private networks; the library has only the blocks in use"),
            // DOMAIN.md: mobiles are 91, 92, 93, 96 and 9480. These numbers belong to services, not to people.
            ("6", "ANACOM: 6 is for audiotext, paging and voice mail of mobiles"),
            ("1693", "ANACOM: 1 is for short numbers; the library has the voice mail of a mobile network"),
        ];
        let ours = |number: &str| match (number.parse::<Mobile>(), number.parse::<Telephone>()) {
            (Ok(_), Ok(_)) => "mobile",
            (Err(ValidationError::NotAMobile), Ok(_)) => "other",
            (Err(ValidationError::NoSuchNumber), Err(ValidationError::NoSuchNumber)) => "none",
            verdicts => panic!("{number}: {verdicts:?}"),
        };
        let theirs = |number: &str| match PhoneNumber::parse(number, None) {
            Ok(parsed) if parsed.is_valid() && parsed.get_type() == PhoneNumberType::Mobile => "mobile",
            Ok(parsed) if parsed.is_valid() => "other",
            _ => "none",
        };
        let mut used = std::collections::BTreeSet::new();
        for prefix in 0..100_000_u32 {
            for rest in ["0000", "1234", "5678", "9999"] {
                let national = format!("{prefix:05}{rest}");
                let number = format!("{PORTUGAL}{national}");
                let (ours, theirs) = (ours(&number), theirs(&number));
                if ours != theirs {
                    let difference = DIFFERENCES.iter().find(|(prefix, _)| national.starts_with(prefix));
                    let (prefix, _) = difference.unwrap_or_else(|| panic!("{number}: {ours}, but {theirs}"));
                    used.insert(*prefix);
                }
            }
        }
        assert_eq!(used.len(), DIFFERENCES.len(), "{used:?}");
        assert_eq!(mobile("+351948012345").as_str(), "+351948012345");
        for (number, is_number) in
            [("300123456", true), ("760123456", true), ("769123456", true), ("884123456", true), ("948112345", false)]
        {
            assert_eq!(number.parse::<Telephone>().is_ok(), is_number, "{number}");
            assert!(number.parse::<Mobile>().is_err(), "{number}");
        }
        for short_or_long in ["+35191200000", "+3519120000011", "+35194801234", "+351", "+35121"] {
            assert_eq!(short_or_long.parse::<Mobile>(), Err(ValidationError::NoSuchNumber), "{short_or_long}");
            assert_eq!(theirs(short_or_long), "none");
        }
    }

    #[test]
    fn invalid_number_is_rejected_with_cause() {
        for (text, cause) in [
            ("", ValidationError::Missing),
            (" - ", ValidationError::Missing),
            ("+", ValidationError::InvalidCharacter),
            ("00", ValidationError::InvalidCharacter),
            ("91200000x", ValidationError::InvalidCharacter),
            ("912+000001", ValidationError::InvalidCharacter),
            ("++351912000001", ValidationError::InvalidCharacter),
            ("９１２０００００１", ValidationError::InvalidCharacter),
            ("91200000", ValidationError::Format("a phone number")),
            ("351912000001", ValidationError::Format("a phone number")),
            // The national forms of a British, a French and a Spanish mobile.
            ("07400 123456", ValidationError::Format("a phone number")),
            ("06 12 34 56 78", ValidationError::Format("a phone number")),
            ("612 345 678", ValidationError::NoSuchNationalNumber),
            ("+351 612 345 678", ValidationError::NoSuchNumber),
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
    fn mask_shows_the_last_two_digits() {
        for (number, shown) in [
            ("912000001", "+351 9** *** *01"),
            ("213000003", "+351 2** *** *03"),
            ("+447400123456", "+44 ********56"),
            ("+12015550123", "+1 ********23"),
            ("+6837012", "+683 **12"),
        ] {
            let telephone: Telephone = number.parse().expect("a telephone");
            assert_eq!((telephone.masked(), format!("{telephone:?}")), (shown.to_owned(), shown.to_owned()));
        }
        let mobile = mobile("912000001");
        assert_eq!(format!("{} {mobile:?}", mobile.masked()), "+351 9** *** *01 +351 9** *** *01");
    }

    #[test]
    fn country_codes_match_the_library() {
        for row in include_str!("../../tests/data/phones.csv").lines().skip(1) {
            let number = row.split(',').nth(1).expect("a number");
            let parsed = PhoneNumber::parse(number, None).expect("a number");
            assert_eq!(number[1..=country_code_length(&number[1..])], parsed.country_code.to_string(), "{row}");
        }
    }

    proptest! {
        #[test]
        fn stored_form_round_trips(text: String, digits in "[+0]{0,2}[0-9 ./()-]{0,18}") {
            for text in [text, digits] {
                if let Ok(telephone) = text.parse::<Telephone>() {
                    prop_assert_eq!(telephone.as_str().parse::<Telephone>().map(|again| again.0), Ok(telephone.0.clone()));
                    prop_assert!(telephone.masked().ends_with(&telephone.0[telephone.0.len() - 2..]));
                }
            }
        }
    }
}
