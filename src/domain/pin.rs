//! The PIN of Chave Móvel Digital, which its holder has chosen at the authentication provider.

use std::fmt;
use std::str::FromStr;

use zeroize::Zeroizing;

use super::flaw::Flaw;

/// 4 to 8 digits (DOMAIN.md). Whether it is one that anybody would try first is the provider's business, which has taken it.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(Zeroizing<String>);

impl Pin {
    /// What the keyed hash is made of.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl FromStr for Pin {
    type Err = Flaw;
    fn from_str(text: &str) -> Result<Pin, Flaw> {
        if (4..=8).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Pin(Zeroizing::new(text.to_owned())))
        } else {
            Err(Flaw::Form("four to eight digits"))
        }
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_has_four_to_eight_digits_and_is_never_shown() {
        for good in ["0000", "1234", "12345678"] {
            let pin: Pin = good.parse().expect(good);
            assert_eq!((pin.expose(), format!("{pin:?}").as_str()), (good, "Pin(***)"));
        }
        for bad in ["", "123", "123456789", "12a4", "12 34", "１２３４", "-1234"] {
            assert_eq!(bad.parse::<Pin>(), Err(Flaw::Form("four to eight digits")), "{bad}");
        }
    }
}
