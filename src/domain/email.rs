//! Plain e-mail addresses: no literals, display names or quoted local parts.
//!
//! The `email_address` crate checks the grammar. Two further rules follow from real mail servers. In a domain, hyphens
//! are the only marks. The top-level domain is not a number, because that would be an IP address without brackets.

use std::fmt;
use std::str::FromStr;

use email_address::{EmailAddress, Options};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::validation_error::ValidationError;
use super::visible_text::{from_stored, is_blank};

/// An e-mail address in NFC: the local part as typed, the domain in lower case. `Debug` is masked.
#[derive(Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Returns a stored value, which was validated before, perhaps by a weaker rule.
    ///
    /// # Errors
    /// The text is damaged.
    pub fn from_stored(text: &str) -> Result<Email, ValidationError> {
        let text = from_stored(text, 254)?;
        if text.contains('@') { Ok(Email(text)) } else { Err(ValidationError::EmailAddress) }
    }

    /// Returns the unmasked address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the masked address: `a***@e***.pt`.
    pub fn masked(&self) -> String {
        let (local, domain) = self.0.rsplit_once('@').unwrap_or_default();
        let first = |part: &str| part.chars().next().unwrap_or('*');
        let top = domain.rsplit('.').next().unwrap_or_default();
        format!("{}***@{}***.{top}", first(local), first(domain))
    }

    /// Returns whether both addresses mean the same mailbox, ignoring case.
    ///
    /// A non-ASCII letter never equals an ASCII one. Otherwise the Kelvin sign (U+212A) would match the `k` of another
    /// address.
    pub fn eq_ignoring_case(&self, other: &Email) -> bool {
        let alike = |a: char, b: char| a == b || a.is_ascii() == b.is_ascii() && a.to_lowercase().eq(b.to_lowercase());
        let (mut ours, mut theirs) = (self.0.chars(), other.0.chars());
        loop {
            match (ours.next(), theirs.next()) {
                (None, None) => return true,
                (Some(a), Some(b)) if alike(a, b) => {}
                _ => return false,
            }
        }
    }
}

impl FromStr for Email {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<Email, ValidationError> {
        // Another letter than the ASCII one that it becomes, such as the Kelvin sign (U+212A), must not be a way to
        // write an address of somebody else.
        let becomes_ascii = |c: char| !c.is_ascii() && std::iter::once(c).nfc().any(|c| c.is_ascii());
        if text.chars().any(becomes_ascii) {
            return Err(ValidationError::InvalidCharacter);
        }
        let text: String = text.trim().nfc().collect();
        let text = text.as_str();
        if text.is_empty() {
            return Err(ValidationError::Missing);
        }
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(ValidationError::InvalidCharacter);
        }
        if text.len() > 254 {
            return Err(ValidationError::Length("1-254"));
        }
        let plain = Options::default().with_required_tld().without_domain_literal().without_display_text();
        // The crate does not know combining marks, which are vowels in Thai and other scripts.
        let base: String = text.chars().filter(|c| !is_combining_mark(*c)).collect();
        EmailAddress::parse_with_options(&base, plain).map_err(|_| ValidationError::EmailAddress)?;
        let (local, domain) = text.rsplit_once('@').ok_or(ValidationError::EmailAddress)?;
        let domain = domain.to_ascii_lowercase();
        let hostly = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
        let numbered = domain.rsplit('.').next().is_some_and(|top| top.bytes().all(|byte| byte.is_ascii_digit()));
        let has_base = |label: &str| !label.starts_with(is_combining_mark);
        let is_too_long = local.len() > 64 || domain.split('.').any(|label| label.len() > 63);
        let are_marks_visible = !text.chars().any(|c| is_combining_mark(c) && is_blank(c));
        let are_marks_placed = are_marks_visible && has_base(local) && domain.split('.').all(has_base);
        if local.starts_with('"') || numbered || !domain.chars().all(hostly) || is_too_long || !are_marks_placed {
            return Err(ValidationError::EmailAddress);
        }
        Ok(Email(format!("{local}@{domain}")))
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn email(text: &str) -> Email {
        text.parse().expect("an address")
    }

    #[test]
    fn only_the_domain_is_lowercased() {
        assert_eq!(email(" Ana.Ferreira+ss@Correio.EXAMPLE ").as_str(), "Ana.Ferreira+ss@correio.example");
        for good in ["a@b.pt", "o'neill@a-b.example", "joão@correio.example", "geral@padaria.exámplo.pt", "1@2.pt"] {
            assert_eq!(email(good).as_str(), good);
        }
    }

    #[test]
    fn address_is_normalized() {
        assert_eq!(email("joa\u{303}o@correio.example").as_str(), "joão@correio.example");
        assert_eq!(email("a@exa\u{301}mplo.pt").as_str(), "a@exámplo.pt");
        assert!(email("joa\u{303}o@correio.example").eq_ignoring_case(&email("JOÃO@correio.example")));
        assert_eq!(email("สมชาย@ตัวอย่าง.ไทย").as_str(), "สมชาย@ตัวอย่าง.ไทย");
    }

    #[test]
    fn unusual_addresses_are_rejected() {
        for (text, cause) in [
            ("", ValidationError::Missing),
            ("  ", ValidationError::Missing),
            ("a b@correio.example", ValidationError::InvalidCharacter),
            ("a@correio.example\0", ValidationError::InvalidCharacter),
            ("a\u{a0}b@correio.example", ValidationError::InvalidCharacter),
            ("Ana <ana@correio.example>", ValidationError::InvalidCharacter),
            ("<ana@correio.example>", ValidationError::EmailAddress),
            ("Ana<ana@correio.example>", ValidationError::EmailAddress),
            ("ana", ValidationError::EmailAddress),
            ("@correio.example", ValidationError::EmailAddress),
            ("ana@", ValidationError::EmailAddress),
            ("ana@localhost", ValidationError::EmailAddress),
            ("ana@correio.", ValidationError::EmailAddress),
            ("ana@.example", ValidationError::EmailAddress),
            ("ana@-correio.example", ValidationError::EmailAddress),
            ("ana@corr_eio.example", ValidationError::EmailAddress),
            ("ana@[127.0.0.1]", ValidationError::EmailAddress),
            ("ana@127.0.0.1", ValidationError::EmailAddress),
            ("\"ana\"@correio.example", ValidationError::EmailAddress),
            ("ana@x@correio.example", ValidationError::EmailAddress),
            (".ana@correio.example", ValidationError::EmailAddress),
            ("ana..f@correio.example", ValidationError::EmailAddress),
            ("ana,rui@correio.example", ValidationError::EmailAddress),
            ("ana\u{202e}@correio.example", ValidationError::EmailAddress),
            ("ana\u{fe0f}@correio.example", ValidationError::EmailAddress),
            ("\u{e31}@correio.example", ValidationError::EmailAddress),
            ("ana@\u{e31}a.example", ValidationError::EmailAddress),
            ("ana\u{37e}x@correio.example", ValidationError::InvalidCharacter),
        ] {
            assert_eq!(text.parse::<Email>(), Err(cause), "{text:?}");
        }
        let long =
            |label: usize| format!("{}@{}.{}.{}.pt", "a".repeat(64), "b".repeat(63), "c".repeat(63), "d".repeat(label));
        assert!(long(58).parse::<Email>().is_ok());
        assert_eq!(long(59).parse::<Email>(), Err(ValidationError::Length("1-254")));
    }

    #[test]
    fn addresses_compare_without_case() {
        assert!(email("Ana.Ferreira@correio.example").eq_ignoring_case(&email("ana.ferreira@CORREIO.example")));
        assert!(email("JOÃO@correio.example").eq_ignoring_case(&email("joão@correio.example")));
        for other in ["ana.ferreir@correio.example", "ana.ferreira@correio.examples", "ana-ferreira@correio.example"] {
            assert!(!email("ana.ferreira@correio.example").eq_ignoring_case(&email(other)), "{other}");
        }
        for text in ["mi\u{212a}e@correio.example", "joa\u{303}o.mi\u{212a}e@correio.example"] {
            assert_eq!(text.parse::<Email>(), Err(ValidationError::InvalidCharacter));
        }
    }

    #[test]
    fn mask_shows_first_letters_and_top_level_domain() {
        let ana = email("ana.ferreira@correio.example");
        assert_eq!(ana.masked(), "a***@c***.example");
        assert_eq!(format!("{ana:?}"), ana.masked());
        assert_eq!(email("é@mail.padaria.pt").masked(), "é***@m***.pt");
    }

    proptest! {
        #[test]
        fn stored_form_round_trips(text: String, local: String, domain: String) {
            for text in [text, format!("{local}@{domain}.pt")] {
                if let Ok(email) = text.parse::<Email>() {
                    prop_assert_eq!(email.as_str().parse::<Email>().map(|again| again.0), Ok(email.0.clone()));
                    prop_assert!(email.eq_ignoring_case(&email) && email.masked().contains("***@"));
                }
            }
        }
    }
}
