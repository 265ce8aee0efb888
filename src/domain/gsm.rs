//! What a short message can hold: 160 septets of GSM 03.38. The sentences of the catalogues keep to it by themselves; a text that
//! an operator has written, with its accents, is brought to it here.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How many septets one message has.
pub const MAX_SEPTETS: usize = 160;

/// Characters of ASCII that GSM 03.38 has in its extension: an escape and a septet each.
const EXTENSION: &str = "\u{c}^{}\\[~]|";

/// What is left out at the end.
const CUT: &str = "...";

/// A text in letters that every handset shows: ASCII, as the catalogues' own short messages are. Accents go, letters and marks
/// that are no accented ones are written with those that stand for them, and what has no like is `?`.
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

/// How many septets a text takes that is ASCII.
pub fn septets(text: &str) -> usize {
    text.chars().map(|c| if EXTENSION.contains(c) { 2 } else { 1 }).sum()
}

/// A text that is ASCII, cut to so many septets where it has more; three points stand where it was cut.
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
    fn accents_go_and_what_has_no_accent_is_written_otherwise() {
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
    fn what_is_too_long_is_cut_with_three_points_and_no_space_before_them() {
        assert_eq!(truncate("Subsidio de desemprego", 22), "Subsidio de desemprego");
        assert_eq!(truncate("Subsidio de desemprego", 21), "Subsidio de desemp...");
        assert_eq!(truncate("Subsidio de desemprego", 12), "Subsidio...");
        assert_eq!(truncate("[[[[", 8), "[[[[");
        assert_eq!(truncate("[[[[", 7), "[[...");
        assert_eq!(truncate("abcd", 2), "...");
    }

    proptest! {
        #[test]
        fn whatever_it_was_it_is_ascii_and_has_the_room(text: String, available in 3..200_usize) {
            let folded = to_ascii(&text);
            prop_assert!(folded.chars().all(|c| c.is_ascii() && !c.is_control()), "{folded:?}");
            prop_assert_eq!(super::to_ascii(&folded), folded.replace('`', "'"));
            prop_assert!(septets(&truncate(&folded, available)) <= available);
        }
    }
}
