//! Names of persons and companies, and their comparison (`src/domain/README.md`).
//!
//! People type names without accents, in capitals, or with another hyphen or comma. So names compare by their letters
//! and digits alone, folded as a keyboard without accents would write them.

use std::fmt;
use std::str::FromStr;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::validation_error::ValidationError;

/// A name in NFC, 1 to 200 code points, with single spaces. `Debug` shows only initials.
#[derive(Clone, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    /// Returns the unmasked name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the text for comparisons: letters and digits in lower case without accents. It is never empty.
    pub fn comparison_key(&self) -> String {
        fold_for_comparison(&self.0)
    }

    /// Returns whether two names are equal, ignoring case, accents, spaces and punctuation.
    pub fn matches(&self, other: &Name) -> bool {
        self.0 == other.0 || self.comparison_key() == other.comparison_key()
    }
}

/// Returns whether a text contains an invisible character or a link.
///
/// Invisible characters include controls, direction marks and the placeholder of codes in messages. Names and
/// addresses appear in messages, and no message of the service has a link.
pub(super) fn contains_invisible_or_link(text: &str) -> bool {
    let lower = text.to_lowercase();
    text.chars().any(is_invisible) || lower.contains("://") || lower.contains("www.")
}

/// Returns whether a character is invisible and could make a text look like another one.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{61c}' | '\u{180e}' | '\u{feff}' | '\u{fff9}'..='\u{fffc}' | '\u{e0000}'..='\u{e007f}')
}

/// Removes accents by compatibility decomposition. Letters whose stroke or ligature is no combining mark are listed.
pub(super) fn fold_for_comparison(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let letters = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    for letter in letters.filter(|c| c.is_alphanumeric()) {
        match letter {
            'ß' => key.push_str("ss"),
            'æ' => key.push_str("ae"),
            'œ' => key.push_str("oe"),
            'þ' => key.push_str("th"),
            'ø' => key.push('o'),
            'ł' => key.push('l'),
            'đ' | 'ð' => key.push('d'),
            'ħ' => key.push('h'),
            'ı' => key.push('i'),
            'ς' => key.push('σ'),
            other => key.push(other),
        }
    }
    key
}

impl FromStr for Name {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<Name, ValidationError> {
        let mut name = String::with_capacity(text.len());
        for word in text.split_whitespace() {
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(word);
        }
        if name.is_empty() {
            return Err(ValidationError::Missing);
        }
        if !is_nfc(&name) {
            name = name.nfc().collect();
        }
        if name.chars().count() > 200 {
            return Err(ValidationError::Length("1-200"));
        }
        // A name without a key would match every other name without one.
        let keyed = name.bytes().any(|byte| byte.is_ascii_alphanumeric()) || !fold_for_comparison(&name).is_empty();
        if !keyed || contains_invisible_or_link(&name) {
            return Err(ValidationError::InvalidCharacter);
        }
        Ok(Name(name))
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let initials = self.0.split(' ').filter_map(|word| word.chars().next());
        f.write_str(&initials.map(|initial| format!("{initial}***")).collect::<Vec<_>>().join(" "))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn name(text: &str) -> Name {
        text.parse().expect("a name")
    }

    #[test]
    fn name_is_normalized() {
        assert_eq!(name("  Ana \t Sofia\u{a0}\nMarques ").as_str(), "Ana Sofia Marques");
        assert_eq!(name("Jose\u{301}").as_str(), "José");
    }

    #[test]
    fn names_compare_by_letters_and_digits() {
        for (one, other) in [
            ("José António da Conceição", "JOSE ANTONIO DA CONCEICAO"),
            ("António Simões d'Ávila", "Antonio Simoes D’Avila"),
            ("Oluwaseun Adébáyọ̀", "oluwaseun adebayo"),
            ("Mary-Jane O'Neill", "Mary Jane ONeill"),
            ("Padaria Flor do Campo, Lda.", "PADARIA FLOR DO CAMPO LDA"),
            ("Jürgen Groß", "jurgen GROSS"),
            ("STRAẞE", "Strasse"),
            ("Søren Kjærgaard", "soren kjaergaard"),
            ("Łukasz Đorđević", "lukasz dordevic"),
            ("Þórður Œuvre", "thordur oeuvre"),
            ("Işıl İnan", "isil inan"),
            ("Ġorġ Ħaż-Żebbuġ", "gorg haz zebbug"),
            ("Γιώργος", "ΓΙΩΡΓΟΣ"),
            ("ﬁlipe ４２", "FILIPE 42"),
        ] {
            assert!(
                name(one).matches(&name(other)),
                "{one} / {other}: {} {}",
                name(one).comparison_key(),
                name(other).comparison_key()
            );
        }
        for (one, other) in [("Ana Marques", "Ana Marquez"), ("Ana Marques", "Ana"), ("João", "Joana"), ("A 1", "A 2")]
        {
            assert!(!name(one).matches(&name(other)), "{one} / {other}");
        }
    }

    #[test]
    fn empty_long_and_invisible_names_are_rejected() {
        for (text, cause) in [
            ("", ValidationError::Missing),
            (" \t\n", ValidationError::Missing),
            ("Ana\u{7}", ValidationError::InvalidCharacter),
            ("Ana\u{1b}[2J", ValidationError::InvalidCharacter),
            ("---", ValidationError::InvalidCharacter),
            ("\u{37a}", ValidationError::InvalidCharacter),
        ] {
            assert_eq!(text.parse::<Name>(), Err(cause), "{text:?}");
        }
        assert!("ã".repeat(200).parse::<Name>().is_ok());
        assert_eq!("ã".repeat(201).parse::<Name>(), Err(ValidationError::Length("1-200")));
    }

    #[test]
    fn debug_output_shows_only_initials() {
        assert_eq!(format!("{:?}", name("Ana Sofia Marques Ferreira")), "A*** S*** M*** F***");
        assert_eq!(format!("{:?}", name("Émile d'Ávila")), "É*** d***");
    }

    proptest! {
        #[test]
        fn stored_form_round_trips_and_has_a_key(text: String) {
            if let Ok(name) = text.parse::<Name>() {
                prop_assert_eq!(name.as_str().parse::<Name>().map(|again| again.0), Ok(name.0.clone()));
                prop_assert!(!name.comparison_key().is_empty());
                prop_assert!(name.matches(&name.as_str().to_lowercase().parse().expect("in lower case")));
            }
        }
    }
}
