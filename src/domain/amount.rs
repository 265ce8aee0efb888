//! An amount of money in euros.
//!
//! It is text in all input and output. As a JSON number it would be a float in other programs, and an integer could
//! be meant in cents.

use std::fmt;
use std::str::FromStr;

use super::validation_error::ValidationError;
use super::written::Written;

/// Euros and cents, from 0.01 to 999999.99. `Display` prints `540.00`, as in JSON; sentences use the format of the
/// language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount(i64);

/// The highest amount, in cents.
const MOST: i64 = 99_999_999;

impl Amount {
    /// Converts cents from the store. Returns `None` outside the bounds.
    pub fn from_cents(cents: i64) -> Option<Amount> {
        (1..=MOST).contains(&cents).then_some(Amount(cents))
    }

    /// Returns the amount in cents.
    pub const fn cents(self) -> i64 {
        self.0
    }
}

impl FromStr for Amount {
    type Err = ValidationError;
    /// Parses `540`, `540.5`, `540.00`, and the same with a comma, as in Portuguese files.
    ///
    /// Signs, currencies and thousands separators are rejected: `1.234` has different meanings in different
    /// countries.
    fn from_str(text: &str) -> Result<Amount, ValidationError> {
        const FORM: ValidationError = ValidationError::Format("540.00, 540,00");
        let text = text.trim();
        if text.is_empty() {
            return Err(ValidationError::Missing);
        }
        let (euros, cents) = text.split_once(['.', ',']).unwrap_or((text, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(euros) || !digits(cents) || cents.len() > 2 {
            return Err(FORM);
        }
        let bounds = || ValidationError::BoundsProfile("0.01".into(), "999999.99".into());
        let complete: i64 = euros.parse().map_err(|_| bounds())?;
        let tens = if cents.len() == 1 { 10 } else { 1 };
        let part = tens * cents.parse::<i64>().map_err(|_| FORM)?;
        complete.checked_mul(100).and_then(|complete| Amount::from_cents(complete + part)).ok_or_else(bounds)
    }
}

impl Written for Amount {
    /// Also reads an amount with the sign or code of the euro and with groups of three digits: `1.234,56 €`, `1 234,56`,
    /// `1,234.56`. A point or comma groups digits only before the other one, and spaces always do.
    fn read_written(text: &str) -> Result<Amount, ValidationError> {
        let typed = text.trim();
        let text = ["€", "EUR"].iter().find_map(|sign| typed.strip_suffix(sign).or_else(|| typed.strip_prefix(sign)));
        let text = text.unwrap_or(typed).trim();
        text.parse().or_else(|cause| {
            let (euros, cents) = text.rfind(['.', ',']).map_or((text, ""), |point| text.split_at(point));
            let groups: Vec<&str> = match cents.chars().next() {
                Some(',') if euros.contains('.') => euros.split('.').collect(),
                Some('.') if euros.contains(',') => euros.split(',').collect(),
                _ => euros.split([' ', '\u{a0}', '\u{202f}']).collect(),
            };
            let (first, others) = groups.split_first().unwrap_or((&"", &[]));
            let grouped =
                matches!(first.len(), 1..=3) && !others.is_empty() && others.iter().all(|group| group.len() == 3);
            if grouped { format!("{}{cents}", groups.concat()).parse() } else { Err(cause) }
        })
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn amount_is_parsed_with_point_or_comma() {
        for (text, cents) in [
            ("540", 54_000),
            ("540.5", 54_050),
            ("540,5", 54_050),
            ("540.00", 54_000),
            ("540,00", 54_000),
            (" 540,07 ", 54_007),
            ("0.01", 1),
            ("0,1", 10),
            ("00540", 54_000),
            ("999999.99", 99_999_999),
        ] {
            assert_eq!(text.parse::<Amount>().map(Amount::cents), Ok(cents), "{text}");
        }
        assert_eq!("540,5".parse::<Amount>().map(|amount| amount.to_string()).as_deref(), Ok("540.50"));
    }

    #[test]
    fn invalid_amount_is_rejected_with_cause() {
        let (form, bounds) = (
            ValidationError::Format("540.00, 540,00"),
            ValidationError::BoundsProfile("0.01".into(), "999999.99".into()),
        );
        for (text, cause) in [
            ("", &ValidationError::Missing),
            (" ", &ValidationError::Missing),
            ("1.234", &form),
            ("1,234", &form),
            ("1.234,56", &form),
            ("1,234.56", &form),
            ("1 234,56", &form),
            ("540.", &form),
            (".50", &form),
            (",", &form),
            ("-540", &form),
            ("+540", &form),
            ("540 €", &form),
            ("€540", &form),
            ("5e2", &form),
            ("0x10", &form),
            ("٥٤٠", &form),
            ("NaN", &form),
            ("0", &bounds),
            ("0.00", &bounds),
            ("1000000", &bounds),
            ("999999999999999999999999", &bounds),
            ("92233720368547758.07", &bounds),
            ("9223372036854775807", &bounds),
        ] {
            assert_eq!(text.parse::<Amount>().as_ref(), Err(cause), "{text}");
        }
    }

    proptest! {
        #[test]
        fn display_round_trips(cents in 1..=MOST) {
            let amount = Amount::from_cents(cents).expect("an amount");
            prop_assert_eq!(amount.to_string().parse(), Ok(amount));
            prop_assert_eq!(amount.to_string().replace('.', ",").parse(), Ok(amount));
        }

        #[test]
        fn parsing_arbitrary_text_does_not_panic(text: String, cents: i64) {
            let _ = (text.parse::<Amount>(), Amount::from_cents(cents));
        }
    }
}
