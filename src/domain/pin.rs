//! The PIN of Chave Móvel Digital, which the holder chose at the authentication provider.

use std::fmt;
use std::str::FromStr;

use zeroize::Zeroizing;

use super::validation_error::ValidationError;

/// A PIN of 4 to 8 digits (`src/domain/README.md`). Trivial PINs are allowed, because the provider accepted them.
#[derive(Clone, PartialEq, Eq)]
pub struct CmdPin(Zeroizing<String>);

impl CmdPin {
    /// Returns the digits, which are the input of the keyed hash.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl FromStr for CmdPin {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<CmdPin, ValidationError> {
        if (4..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) {
            Ok(CmdPin(Zeroizing::new(text.to_owned())))
        } else {
            Err(ValidationError::Format("four to eight digits"))
        }
    }
}

impl fmt::Debug for CmdPin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pin_has_4_to_8_digits_and_is_masked() {
        for good in ["0000", "1234", "12345678"] {
            let pin: CmdPin = good.parse().expect(good);
            assert_eq!((pin.expose(), format!("{pin:?}").as_str()), (good, "Pin(***)"));
        }
        for bad in ["", "123", "123456789", "12a4", "12 34", "１２３４", "-1234"] {
            assert_eq!(bad.parse::<CmdPin>(), Err(ValidationError::Format("four to eight digits")), "{bad}");
        }
    }
}
