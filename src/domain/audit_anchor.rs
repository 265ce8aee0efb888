//! An anchor of the audit log: the number and hash of one entry, as a line to store elsewhere.

use std::fmt;
use std::str::FromStr;

use super::validation_error::ValidationError;

/// The number and keyed hash of an entry: `15-` and 64 hexadecimal digits. `0-` and zeros precede the first entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditAnchor {
    /// The number of the entry.
    pub id: i64,
    /// The keyed hash of the entry.
    pub mac: [u8; 32],
}

impl fmt::Display for AuditAnchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-", self.id)?;
        self.mac.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for AuditAnchor {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<AuditAnchor, ValidationError> {
        let cause = || ValidationError::Format("an anchor");
        let (id, digits) = text.trim().split_once('-').ok_or_else(cause)?;
        let is_number = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
        let id = id.parse().ok().filter(|_| is_number).ok_or_else(cause)?;
        let digits: Option<Vec<u8>> = digits.chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect();
        let digits = digits.filter(|digits| digits.len() == 64).ok_or_else(cause)?;
        let mut mac = [0; 32];
        for (byte, pair) in mac.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = pair[0] << 4 | pair[1];
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
        fn display_round_trips(id in 0..i64::MAX, mac: [u8; 32]) {
            let anchor = AuditAnchor { id, mac };
            prop_assert_eq!(anchor.to_string().parse(), Ok(anchor));
        }

        #[test]
        fn parsing_arbitrary_text_does_not_panic(text: String) {
            let _ = text.parse::<AuditAnchor>();
        }
    }

    #[test]
    fn changed_digit_is_rejected() {
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
