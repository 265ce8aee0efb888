//! What an alert is about: the application or the benefit, as an operator calls it. It is printed in messages.

use std::fmt;
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization;

use super::flaw::Flaw;
use super::gsm;
use super::name::{has_no_place_on_paper, is_unseen};

/// One line in NFC, 1 to 100 code points, one space between words, a letter or a digit among them. It says what somebody lives
/// on, so `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct About(String);

impl About {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for About {
    type Err = Flaw;
    fn from_str(text: &str) -> Result<About, Flaw> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Flaw::Missing);
        }
        if text.chars().any(is_unseen) {
            return Err(Flaw::Character);
        }
        let about: String = text.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect();
        // What only looks like an address, in wide letters say, is one in a short message.
        if has_no_place_on_paper(&about) || has_no_place_on_paper(&gsm::folded(&about)) {
            return Err(Flaw::Link);
        }
        if !about.chars().any(char::is_alphanumeric) {
            return Err(Flaw::Character);
        }
        if about.chars().count() > 100 { Err(Flaw::Length("1-100")) } else { Ok(About(about)) }
    }
}

impl fmt::Debug for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("About(***)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn it_is_one_line_with_single_spaces_and_composed_accents() {
        for (text, kept) in [
            (" Subsídio  de\u{a0}desemprego ", "Subsídio de desemprego"),
            ("Subsi\u{301}dio", "Subsídio"),
            ("Proc. 12/2026, n.º 3 & anexos", "Proc. 12/2026, n.º 3 & anexos"),
            ("7", "7"),
        ] {
            assert_eq!(text.parse::<About>().as_ref().map(About::as_str), Ok(kept));
        }
        assert!("ã".repeat(100).parse::<About>().is_ok());
        assert_eq!(format!("{:?}", "Subsídio".parse::<About>()), "Ok(About(***))");
    }

    #[test]
    fn what_has_no_place_in_a_message_has_none_here() {
        for (text, flaw) in [
            ("", Flaw::Missing),
            (" \u{a0}", Flaw::Missing),
            ("a\nb", Flaw::Character),
            ("a\tb", Flaw::Character),
            ("a\u{1b}[2Jb", Flaw::Character),
            ("a\u{202e}b", Flaw::Character),
            ("a\u{200b}b", Flaw::Character),
            ("a\u{2028}b", Flaw::Character),
            ("\u{fffc}", Flaw::Character),
            ("...", Flaw::Character),
            ("see www.example.pt", Flaw::Link),
            ("HTTPS://example.pt", Flaw::Link),
            ("ｗｗｗ．example．pt", Flaw::Link),
            ("http：／／example.pt", Flaw::Link),
            ("www·example·pt", Flaw::Link),
            (&"ã".repeat(101), Flaw::Length("1-100")),
        ] {
            assert_eq!(text.parse::<About>(), Err(flaw), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_reads_as_itself(text: String) {
            if let Ok(about) = text.parse::<About>() {
                prop_assert_eq!(about.as_str().parse(), Ok(about.clone()));
                prop_assert!(about.as_str().chars().count() <= 100);
            }
        }
    }
}
