//! An anchor of the audit: one entry and its place in the chain, as a line that is kept elsewhere.

use std::fmt;
use std::str::FromStr;

use base16ct::HexDisplay;

use super::validation_error::ValidationError;

/// An entry's number and its keyed hash: `15-` and 64 hexadecimal digits. `0-` and zeros stand before the first entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditAnchor {
    /// The entry's number.
    pub id: i64,
    /// Its keyed hash.
    pub mac: [u8; 32],
}

impl fmt::Display for AuditAnchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:x}", self.id, HexDisplay(&self.mac))
    }
}

impl FromStr for AuditAnchor {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<AuditAnchor, ValidationError> {
        let cause = || ValidationError::Format("an anchor");
        let (id, digits) = text.trim().split_once('-').ok_or_else(cause)?;
        let is_number = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
        let id = id.parse().ok().filter(|_| is_number).ok_or_else(cause)?;
        let mut mac = [0; 32];
        // Fewer digits would fill only a part of the hash.
        if digits.len() != 2 * mac.len() || base16ct::mixed::decode(digits, &mut mac).is_err() {
            return Err(cause());
        }
        Ok(AuditAnchor { id, mac })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_back(id in 0..i64::MAX, mac: [u8; 32]) {
            let anchor = AuditAnchor { id, mac };
            prop_assert_eq!(anchor.to_string().parse(), Ok(anchor));
        }

        #[test]
        fn nothing_else_is_one(text: String) {
            let _ = text.parse::<AuditAnchor>();
        }
    }

    #[test]
    fn a_slip_is_found() {
        let good = AuditAnchor { id: 7, mac: [0xab; 32] }.to_string();
        for bad in [
            "",
            "-",
            "7",
            "+7-",
            &good[..good.len() - 1],
            &format!("{good}0"),
            &good.replace("7-", "-7-"),
            &good.replace('b', "é"),
        ] {
            assert!(bad.parse::<AuditAnchor>().is_err(), "{bad}");
        }
    }
}
