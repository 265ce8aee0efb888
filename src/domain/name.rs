//! Names of persons and companies, and their comparison (`src/domain/README.md`).
//!
//! People type names without accents, in capitals, or with another hyphen or comma. So names compare by their letters
//! and digits alone, folded as a keyboard without accents would write them.

use std::fmt;
use std::str::FromStr;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::validation_error::ValidationError;
use super::visible_text::{contains_link, from_stored, is_blank, is_visible_text};

/// The particles between the words of a Portuguese name, folded.
const PARTICLES: [&str; 6] = ["de", "da", "do", "das", "dos", "e"];

/// The legal forms at the end of a company's name, folded: Lda., Limitada, S.A., S. A.
const COMPANY_FORMS: [&[&str]; 4] = [&["lda"], &["limitada"], &["sa"], &["s", "a"]];

/// A name in NFC, 1 to 200 code points, with single spaces. `Debug` shows only initials.
#[derive(Clone, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    /// Returns a stored value, which was validated before, perhaps by a weaker rule.
    ///
    /// # Errors
    /// The text is damaged.
    pub fn from_stored(text: &str) -> Result<Name, ValidationError> {
        from_stored(text, 200).map(Name)
    }

    /// Returns the unmasked name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the text for comparisons: letters and digits in lower case without accents. It is empty only for a
    /// stored name that is no longer valid.
    pub fn comparison_key(&self) -> String {
        fold_for_comparison(&self.0)
    }

    /// Returns whether two names are equal, ignoring case, accents, spaces and punctuation.
    pub fn matches(&self, other: &Name) -> bool {
        let key = self.comparison_key();
        !key.is_empty() && (self.0 == other.0 || key == other.comparison_key())
    }

    /// Returns whether two names match, or are equal without their particles. Two names of companies are also compared
    /// without their legal forms. A person's last name may be Sá, so it stays.
    pub fn matches_without_particles(&self, other: &Name, is_company: bool) -> bool {
        let keys = [self, other].map(|name| name.key_without_particles(is_company));
        self.matches(other) | (!keys[0].is_empty() && keys[0] == keys[1])
    }

    fn key_without_particles(&self, is_company: bool) -> String {
        let separates =
            |c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | ',' | ';' | '/' | '&');
        let words = self.0.split(separates).map(fold_for_comparison);
        let words: Vec<String> = words.filter(|word| !word.is_empty() && !PARTICLES.contains(&word.as_str())).collect();
        let form = COMPANY_FORMS.iter().find(|form| is_company && ends_with(&words, form));
        words[..words.len() - form.map_or(0, |form| form.len())].concat()
    }
}

fn ends_with(words: &[String], form: &[&str]) -> bool {
    words.len() >= form.len() && words.iter().rev().zip(form.iter().rev()).all(|(word, part)| word == part)
}

/// Removes case, spaces, punctuation and the accents of Latin, Greek and Cyrillic letters. Letters whose stroke or ligature
/// is no combining mark are listed.
///
/// Marks of other scripts stay: in Devanagari or kana they are vowels or change the consonant.
pub(super) fn fold_for_comparison(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let letters = text.nfkd().filter(|c| !is_diacritic(*c) && !is_apostrophe_letter(*c)).flat_map(char::to_lowercase);
    let mut is_mark_of_letter = false;
    for letter in letters {
        let is_letter = letter.is_alphanumeric() && !is_blank(letter);
        // A mark without a letter is no name.
        is_mark_of_letter = is_letter || is_mark_of_letter && is_combining_mark(letter);
        if !is_mark_of_letter || is_blank(letter) {
            continue;
        }
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

/// Returns whether a character is a combining mark of Latin, Greek or Cyrillic letters.
fn is_diacritic(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}')
        || matches!(c, '\u{20d0}'..='\u{20ff}' | '\u{2de0}'..='\u{2dff}' | '\u{a66f}'..='\u{a67d}' | '\u{fe20}'..='\u{fe2f}')
}

/// Returns whether a character is an apostrophe or a prime that Unicode counts as a letter.
fn is_apostrophe_letter(c: char) -> bool {
    matches!(c, '\u{2b9}'..='\u{2bf}' | '\u{2c8}' | '\u{2ca}' | '\u{2cb}' | '\u{2ee}' | '\u{7f4}' | '\u{7f5}')
        || matches!(c, '\u{a78b}' | '\u{a78c}')
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
        if !keyed || !is_visible_text(&name) || contains_link(&name) {
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
            ("O\u{2bc}Neill", "O'Neill"),
            ("O\u{2b9}Neill", "ONeill"),
            ("Ka\u{2bb}ena", "Ka’ena"),
            ("Saltillo ꞌ A", "saltillo a"),
            ("Ёлкин Андрей", "ЕЛКИН АНДРЕИ"),
            ("か\u{3099}", "が"),
            ("राम\u{200a}कुमार", "राम कुमार"),
            ("Ana\u{ad}bela", "Anabela"),
        ] {
            assert!(
                name(one).matches(&name(other)),
                "{one} / {other}: {} {}",
                name(one).comparison_key(),
                name(other).comparison_key()
            );
        }
        for (one, other) in [
            ("Ana Marques", "Ana Marquez"),
            ("Ana Marques", "Ana"),
            ("João", "Joana"),
            ("A 1", "A 2"),
            ("राम कुमार", "रम कमर"),
            ("কমল", "কমলা"),
            ("குமார்", "கமர"),
            ("สมชาย", "สมชย"),
            ("ดี", "ดู"),
            ("かき", "がぎ"),
            ("ハ", "パ"),
            ("न\u{93c}", "न"),
            ("क्त", "कत"),
        ] {
            assert!(!name(one).matches(&name(other)), "{one} / {other}");
        }
    }

    #[test]
    fn particles_and_legal_forms_can_be_left_out() {
        for (one, other, is_company) in [
            ("José António da Conceição", "Jose Antonio Conceicao", false),
            ("Maria da Luz e Silva dos Santos", "MARIA LUZ SILVA SANTOS", false),
            ("Maria Luz", "Maria de das do dos da e Luz", false),
            ("Maria-do-Céu Reis", "Maria Céu dos Reis", false),
            ("Zulmira do Ó", "Zulmira Ó", false),
            ("Ana Maria", "Anamaria", false),
            ("Padaria Flor do Campo, Lda.", "Padaria Flor Campo", true),
            ("Padaria Flor do Campo, Lda.", "Padaria Flor do Campo Limitada", true),
            ("Metalúrgica do Sado, S.A.", "Metalurgica Sado SA", true),
            ("Metalúrgica do Sado, S. A.", "Metalurgica do Sado", true),
            ("Tecidos Aurora & Filhos, Lda.", "Tecidos Aurora e Filhos", true),
        ] {
            for (one, other) in [(one, other), (other, one)] {
                assert!(name(one).matches_without_particles(&name(other), is_company), "{one} / {other}");
            }
        }
        for (one, other, is_company) in [
            ("Ana Maria Sá", "Ana Maria", false),
            ("José António da Conceição", "José Conceição", false),
            ("Maria da Luz", "Maria", false),
            ("Déa Luz", "Luz", false),
            ("Desidério Luz", "Sidério Luz", false),
            ("Padaria Flor, Lda.", "Padaria Flor", false),
            ("Lda. Flor", "Flor", true),
            ("Salda", "Sa", true),
            ("e", "da", false),
            ("Lda", "S.A.", true),
        ] {
            assert!(!name(one).matches_without_particles(&name(other), is_company), "{one} / {other}");
        }
        assert!(name("e").matches_without_particles(&name("E"), false));
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
            ("\u{3164}", ValidationError::InvalidCharacter),
            ("\u{3164}\u{3164} \u{3164}", ValidationError::InvalidCharacter),
            ("\u{fe0f}\u{ad}", ValidationError::InvalidCharacter),
            ("\u{115f}", ValidationError::InvalidCharacter),
            ("\u{2bc}", ValidationError::InvalidCharacter),
            ("\u{93f}", ValidationError::InvalidCharacter),
            ("A\u{2063}\u{200d}", ValidationError::InvalidCharacter),
        ] {
            assert_eq!(text.parse::<Name>(), Err(cause), "{text:?}");
        }
        assert!("ã".repeat(200).parse::<Name>().is_ok());
        assert_eq!("ã".repeat(201).parse::<Name>(), Err(ValidationError::Length("1-200")));
    }

    #[test]
    fn stored_name_without_letters_matches_nothing() {
        let stored = Name::from_stored("\u{3164}").expect("a name of an earlier version");
        assert!(!stored.matches(&stored) && !stored.matches(&name("Ana")));
        assert!(Name::from_stored("").is_err() && Name::from_stored("Ana\u{1}").is_err());
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
                let lower = name.as_str().to_lowercase().parse().expect("in lower case");
                prop_assert!(name.matches(&lower) && name.matches_without_particles(&lower, true));
            }
        }
    }
}
