//! The text of a search in the registry and in the remarks of operators.
//!
//! A search reads every row, so the comparison of plain ASCII texts allocates nothing.

use std::io::Write;
use std::str::FromStr;

use memchr::memmem::Finder;

use super::name::fold_for_comparison;
use super::niss::Niss;
use super::time::Date;
use super::validation_error::ValidationError;
use super::visible_text::is_visible_text;
use super::written::Written;

/// The minimum number of characters of a text, and of a number that is searched for.
const LEAST: usize = 2;
const LEAST_OF_NUMBER: usize = 4;
/// The length from which on digits are no part of a name.
const LEAST_LONG: usize = 9;
/// The minimum length of a telephone number that begins with `00`.
const LEAST_INTERNATIONAL: usize = 10;

/// A text that is searched for: 2 to 200 visible characters.
///
/// - **Words.** Every word occurs in a word of the name. Case, accents and punctuation do not count.
/// - **Date.** A date is a date of birth, and nothing else.
/// - **Number.** Four characters or more with a digit are a part of a number. Spaces and punctuation do not count, and
///   `00` is the same as `+`.
/// - **E-mail address.** A text with `@`, or with a dot between two characters, is a part of an address.
#[derive(Clone)]
pub struct SearchText {
    words: Vec<Finder<'static>>,
    /// Whether a word has a digit. Few names have one.
    has_digits: bool,
    date: Option<Date>,
    number: Option<Finder<'static>>,
    address: Option<Finder<'static>>,
}

impl std::fmt::Debug for SearchText {
    // The text is personal data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SearchText(***)")
    }
}

/// The searched values of one registry record.
#[derive(Debug, Clone, Copy)]
pub struct SearchedRecord<'a> {
    /// The names: of the holder, and of the person responsible for a company.
    pub names: [Option<&'a str>; 2],
    /// The date of birth, as `YYYY-MM-DD`.
    pub birth_date: Option<&'a str>,
    /// The numbers except the NISS: NIF, civil identification, mobile and telephone.
    pub numbers: [Option<&'a str>; 4],
    /// The NISS.
    pub niss: i64,
    /// The e-mail address.
    pub email: Option<&'a str>,
}

/// Memory that [`SearchText`] uses again for every text.
#[derive(Debug, Default)]
pub struct SearchBuffer(Vec<u8>);

impl SearchText {
    /// Returns whether a record has the text in a name, a number, the date of birth or the e-mail address.
    pub fn matches(&self, record: &SearchedRecord<'_>, buffer: &mut SearchBuffer) -> bool {
        if let Some(date) = self.date {
            return record.birth_date.is_some_and(|birth_date| birth_date.parse() == Ok(date));
        }
        self.is_number_of(record, buffer)
            || self.is_in_address(record.email, buffer)
            || record.names.into_iter().flatten().any(|name| self.is_in(name, buffer))
    }

    /// Returns the date of birth that is searched for.
    pub fn date(&self) -> Option<Date> {
        self.date
    }

    /// Returns whether names are compared.
    pub fn has_words(&self) -> bool {
        !self.words.is_empty()
    }

    /// Returns whether numbers are compared.
    pub fn has_number(&self) -> bool {
        self.number.is_some()
    }

    /// Returns whether e-mail addresses are compared.
    pub fn has_address(&self) -> bool {
        self.address.is_some()
    }

    /// Returns the NISS, if the text is a complete one.
    pub fn niss(&self) -> Option<Niss> {
        self.number.as_ref().and_then(|number| Niss::parse_bytes(number.needle()).ok())
    }

    /// Returns whether every word occurs in a word of a text.
    pub fn is_in(&self, text: &str, buffer: &mut SearchBuffer) -> bool {
        if self.words.is_empty() || self.has_digits && !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return false;
        }
        let SearchBuffer(folded) = buffer;
        folded.clear();
        if !fold_latin(text, folded) {
            folded.clear();
            for word in text.split(' ') {
                folded.extend_from_slice(fold_for_comparison(word).as_bytes());
                folded.push(b' ');
            }
        }
        self.words.iter().all(|word| word.find(folded).is_some())
    }

    fn is_number_of(&self, record: &SearchedRecord<'_>, buffer: &mut SearchBuffer) -> bool {
        let Some(number) = &self.number else { return false };
        let SearchBuffer(digits) = buffer;
        digits.clear();
        // Writing to memory does not fail.
        let _ = write!(digits, "{}", record.niss);
        // Stored numbers have only letters and digits, telephone numbers also a plus sign before them.
        let mut others = record.numbers.into_iter().flatten();
        number.find(digits).is_some() || others.any(|text| number.find(text.as_bytes()).is_some())
    }

    fn is_in_address(&self, email: Option<&str>, buffer: &mut SearchBuffer) -> bool {
        let (Some(address), Some(email)) = (&self.address, email) else { return false };
        let SearchBuffer(lower) = buffer;
        lower.clear();
        lower.extend(email.bytes().map(|byte| byte.to_ascii_lowercase()));
        address.find(lower).is_some()
    }
}

impl FromStr for SearchText {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<SearchText, ValidationError> {
        let text = text.trim();
        match text.chars().count() {
            0 => return Err(ValidationError::Missing),
            LEAST..=200 if is_visible_text(text) => {}
            LEAST..=200 => return Err(ValidationError::InvalidCharacter),
            _ => return Err(ValidationError::Length("2-200")),
        }
        let date = match Date::read_written(text) {
            Ok(date) => Some(date),
            Err(ValidationError::NoSuchDate) => return Err(ValidationError::NoSuchDate),
            Err(_) => None,
        };
        let finder = |needle: &[u8]| Finder::new(needle).into_owned();
        let compact = number(text);
        // No name has an `@` or a long number.
        let is_long = |number: &String| number.len() >= LEAST_LONG && number.bytes().all(|byte| byte.is_ascii_digit());
        let named = if text.contains('@') || compact.as_ref().is_some_and(is_long) { "" } else { text };
        let words: Vec<String> =
            named.split_whitespace().map(fold_for_comparison).filter(|word| !word.is_empty()).collect();
        let address = is_part_of_address(text).then(|| finder(text.to_ascii_lowercase().as_bytes()));
        let number = compact.map(|number| finder(number.as_bytes()));
        if words.is_empty() && address.is_none() && number.is_none() {
            return Err(ValidationError::InvalidCharacter);
        }
        let has_digits = words.iter().any(|word| word.bytes().any(|byte| byte.is_ascii_digit()));
        let words = words.iter().map(|word| finder(word.as_bytes())).collect();
        Ok(SearchText { words, has_digits, date, number, address })
    }
}

/// Appends the words of a text with letters of ASCII and Latin-1 as [`fold_for_comparison`] writes them, separated by spaces.
/// Returns `false` if the text has other characters. It takes a twentieth of the time.
fn fold_latin(text: &str, folded: &mut Vec<u8>) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b' ' => folded.push(byte),
            b'A'..=b'Z' => folded.push(byte | 0x20),
            // U+00C0 to U+00FF: the second byte is 0x80 to 0xBF.
            0xc3 => match bytes.next().unwrap_or_default() {
                SHARP_S => folded.extend_from_slice(b"ss"),
                second => folded.extend_from_slice(LATIN_1[usize::from(second & 0x1f)]),
            },
            0x00..=0x7f => {}
            _ => return false,
        }
    }
    true
}

/// The second byte of ß, which has the place of ÿ among the capital letters.
const SHARP_S: u8 = 0x9f;

/// The letters U+00E0 to U+00FF, and in the same order the capital letters U+00C0 to U+00DF, without accents.
const LATIN_1: [&[u8]; 32] = [
    b"a", b"a", b"a", b"a", b"a", b"a", b"ae", b"c", b"e", b"e", b"e", b"e", b"i", b"i", b"i", b"i", b"d", b"n", b"o",
    b"o", b"o", b"o", b"o", b"", b"o", b"u", b"u", b"u", b"u", b"y", b"th", b"y",
];

/// Returns the letters and digits of a part of a number, or `None` if the text is none.
fn number(text: &str) -> Option<String> {
    let is_between = |c: char| matches!(c, ' ' | '.' | '-' | '/' | '(' | ')' | '\u{a0}');
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let compact: String = text.chars().filter(|c| !is_between(*c)).collect::<String>().to_ascii_uppercase();
    // Fewer characters are the end of a number.
    let is_international = compact.len() >= LEAST_INTERNATIONAL && compact.starts_with("00");
    let prefix = if is_international { "00" } else { "+" };
    let compact = compact.strip_prefix(prefix).unwrap_or(&compact);
    let is_number = compact.len() >= LEAST_OF_NUMBER && compact.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_number.then(|| compact.to_owned())
}

fn is_part_of_address(text: &str) -> bool {
    let inner = text.trim_matches('.');
    !text.contains(char::is_whitespace) && (text.contains('@') || inner.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANA: SearchedRecord<'_> = SearchedRecord {
        names: [Some("Ana Luísa d'Ávila Gonçalves"), None],
        birth_date: Some("1984-03-22"),
        numbers: [Some("123456789"), Some("12345678"), Some("+351912000001"), Some("+351218000008")],
        niss: 12_000_000_012,
        email: Some("Ana.Goncalves@correio.example"),
    };
    const BAKERY: SearchedRecord<'_> = SearchedRecord {
        names: [Some("Padaria Flor, Lda."), Some("Zoe Nunes")],
        birth_date: None,
        numbers: [Some("500000123"), Some("AB1234567"), None, None],
        niss: 25_000_000_129,
        email: None,
    };

    fn found(text: &str) -> [bool; 2] {
        let text: SearchText = text.parse().expect(text);
        [&ANA, &BAKERY].map(|record| text.matches(record, &mut SearchBuffer::default()))
    }

    #[test]
    fn search_compares_names_numbers_dates_and_addresses() {
        for text in [
            "ana",
            "GONÇALVES ana",
            "goncalves",
            "luis avila",
            "d'avila",
            "1984-03-22",
            "22/03/1984",
            "22.03.1984",
            "12000000012",
            "120 0000 0012",
            "123 456 789",
            "912 000 001",
            "+351 912 000 001",
            "00351912000001",
            "(218) 000-008",
            "0008",
            "ana.goncalves",
            "ANA.goncalves@CORREIO",
            "@correio.example",
        ] {
            assert_eq!(found(text), [true, false], "{text}");
        }
        for text in ["padaria", "flor lda.", "Lda.", "zoé", "500 000 123", "ab123", "25000000129"] {
            assert_eq!(found(text), [false, true], "{text}");
        }
        for text in ["ana flor", "anagoncalves", "22/03/1985", "12", "912000002", "correio", "luísa@", "xy"] {
            assert_eq!(found(text), [false, false], "{text}");
        }
    }

    #[test]
    fn latin_letters_are_folded_as_in_identity_checks() {
        for c in '\u{20}'..='\u{ff}' {
            let (text, mut folded) = (format!("x{c}y"), vec![]);
            let expected: Vec<u8> = text.split(' ').map(fold_for_comparison).collect::<Vec<_>>().join(" ").into_bytes();
            match fold_latin(&text, &mut folded) {
                true => assert_eq!(folded, expected, "{c:?}"),
                false => assert!(('\u{80}'..'\u{c0}').contains(&c), "{c:?}"),
            }
        }
    }

    #[test]
    fn text_that_can_match_nothing_is_rejected() {
        for (bad, cause) in [
            ("", ValidationError::Missing),
            ("a", ValidationError::Length("2-200")),
            ("--", ValidationError::InvalidCharacter),
            ("a\u{7}b", ValidationError::InvalidCharacter),
            ("31/02/1984", ValidationError::NoSuchDate),
        ] {
            assert_eq!(bad.parse::<SearchText>().map(drop), Err(cause), "{bad}");
        }
    }
}
