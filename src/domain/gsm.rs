//! The SMS alphabet: a message has 160 septets of GSM 03.38.
//!
//! The sentences of the catalogues obey it already. This module converts texts of operators, which may have accents.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The number of septets of one message.
pub const MAX_SEPTETS: usize = 160;

/// The ASCII characters in the extension table of GSM 03.38. Each takes two septets.
const EXTENSION: &str = "\u{c}^{}\\[~]|";

/// The mark at the end of a truncated text.
const CUT: &str = "...";

/// Converts a text to ASCII, which every handset shows.
///
/// Accents are removed, other letters and marks are transliterated, and the rest becomes `?`.
pub fn to_ascii(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            '`' | '‘' | '’' | '‚' | '′' | '´' => folded.push('\''),
            '“' | '”' | '„' | '«' | '»' | '″' => folded.push('"'),
            '‐'..='―' | '−' => folded.push('-'),
            '•' | '·' => folded.push('.'),
            '€' => folded.push_str("EUR"),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'Æ' => folded.push_str("Ae"),
            'œ' => folded.push_str("oe"),
            'Œ' => folded.push_str("Oe"),
            'þ' => folded.push_str("th"),
            'Þ' => folded.push_str("Th"),
            'ø' => folded.push('o'),
            'Ø' => folded.push('O'),
            'ł' => folded.push('l'),
            'Ł' => folded.push('L'),
            'đ' | 'ð' => folded.push('d'),
            'Đ' | 'Ð' => folded.push('D'),
            'ı' => folded.push('i'),
            c if c.is_whitespace() => folded.push(' '),
            c if c.is_ascii() && !c.is_control() => folded.push(c),
            _ => folded.push('?'),
        }
    }
    folded
}

/// Returns the number of septets of an ASCII text.
pub fn septets(text: &str) -> usize {
    text.chars().map(|c| if EXTENSION.contains(c) { 2 } else { 1 }).sum()
}

/// Truncates an ASCII text to `available` septets. Three points mark the cut.
pub fn truncate(text: &str, available: usize) -> String {
    if septets(text) <= available {
        return text.to_owned();
    }
    let (mut stored, mut left) = (String::new(), available.saturating_sub(CUT.len()));
    for c in text.chars() {
        let taken = septets(c.encode_utf8(&mut [0; 4]));
        if taken > left {
            break;
        }
        left -= taken;
        stored.push(c);
    }
    format!("{}{CUT}", stored.trim_end())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn accents_are_removed_and_letters_transliterated() {
        for (text, expected) in [
            ("Subsídio de desemprego", "Subsidio de desemprego"),
            ("PENSÃO DE VELHICE – 2.ª prestação", "PENSAO DE VELHICE - 2.a prestacao"),
            ("Abono de família “pré-natal”", "Abono de familia \"pre-natal\""),
            ("Cuidador d’Ávila", "Cuidador d'Avila"),
            ("Straße, Œuvre, Łódź, Ærø, Þór", "Strasse, Oeuvre, Lodz, Aero, Thor"),
            ("½ de 12 €… №", "1?2 de 12 EUR... No"),
            ("a\u{a0}b\u{3000}c", "a b c"),
            ("Пособие 中", "??????? ?"),
            ("e\u{301}", "e"),
            ("x^y`z", "x^y'z"),
        ] {
            assert_eq!(to_ascii(text), expected, "{text}");
        }
    }

    #[test]
    fn long_text_is_truncated_with_three_points() {
        assert_eq!(truncate("Subsidio de desemprego", 22), "Subsidio de desemprego");
        assert_eq!(truncate("Subsidio de desemprego", 21), "Subsidio de desemp...");
        assert_eq!(truncate("Subsidio de desemprego", 12), "Subsidio...");
        assert_eq!(truncate("[[[[", 8), "[[[[");
        assert_eq!(truncate("[[[[", 7), "[[...");
        assert_eq!(truncate("abcd", 2), "...");
    }

    proptest! {
        #[test]
        fn result_is_ascii_and_fits(text: String, available in 3..200_usize) {
            let folded = to_ascii(&text);
            prop_assert!(folded.chars().all(|c| c.is_ascii() && !c.is_control()), "{folded:?}");
            prop_assert_eq!(super::to_ascii(&folded), folded.replace('`', "'"));
            prop_assert!(septets(&truncate(&folded, available)) <= available);
        }
    }
}
