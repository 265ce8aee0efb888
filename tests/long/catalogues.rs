//! Detects the language of a text: the literal pieces of sentences that only one catalogue has. New sentences are covered
//! without a change here.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use ssd::domain::vocabulary::Language;

/// The other language.
pub fn other(language: Language) -> Language {
    match language {
        Language::En => Language::Pt,
        Language::Pt => Language::En,
    }
}

fn catalogue(language: Language) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/l10n/{language}.ftl"));
    fs::read_to_string(path).expect("a catalogue")
}

/// Returns the literal pieces of every sentence, between its placeables, cases and lines.
fn pieces(catalogue: &str) -> BTreeSet<String> {
    let mut pieces = BTreeSet::new();
    for line in catalogue.lines().filter(|line| !line.starts_with('#')) {
        // Behind the key, or behind the name of a case.
        let text = match line.strip_prefix(' ') {
            None => line.split_once(" =").map_or("", |(_, text)| text),
            Some(case) => case.trim_start().trim_start_matches('*'),
        };
        let text = match text.strip_prefix('[').and_then(|case| case.split_once(']')) {
            Some((_, text)) => text,
            None => text,
        };
        let mut rest = text;
        loop {
            let (piece, behind) = rest.split_once('{').unwrap_or((rest, ""));
            let piece = piece.trim().trim_matches(|c: char| !c.is_alphanumeric());
            if piece.chars().count() >= 3 && piece.chars().any(char::is_alphabetic) {
                pieces.insert(piece.to_owned());
            }
            if behind.is_empty() {
                break;
            }
            rest = behind.split_once('}').map_or("", |(_, rest)| rest);
        }
    }
    pieces
}

/// Returns the pieces of one catalogue that the other does not have. Commands, options and equal words are in both.
fn own(language: Language) -> &'static BTreeSet<String> {
    static OWN: OnceLock<[BTreeSet<String>; 2]> = OnceLock::new();
    let [en, pt] = OWN.get_or_init(|| {
        [Language::En, Language::Pt].map(|language| {
            let elsewhere = catalogue(other(language));
            pieces(&catalogue(language)).into_iter().filter(|piece| !stands(piece, &elsewhere)).collect()
        })
    });
    match language {
        Language::En => en,
        Language::Pt => pt,
    }
}

/// Says whether a text has a piece as complete words.
fn stands(piece: &str, text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(piece).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let behind = text[at + piece.len()..].chars().next();
        !before.is_some_and(is_part) && !behind.is_some_and(is_part)
    })
}

/// Returns the pieces of a text that only this language has.
pub fn spoken(language: Language, text: &str) -> Vec<&'static str> {
    own(language).iter().filter(|piece| stands(piece, text)).map(String::as_str).collect()
}

#[test]
fn language_of_a_sentence_is_recognised() {
    for (language, text) in [
        (Language::En, "refused[code_wrong]: wrong code"),
        (Language::Pt, "refused[code_wrong]: o código não está correto"),
        (Language::En, "Date of birth (YYYY-MM-DD): 1984-03-22"),
        (Language::Pt, "Data de nascimento (AAAA-MM-DD): 1984-03-22"),
        (Language::En, "It is valid until 22 March 2026 at 09:10."),
        (Language::Pt, "e é válido até às 09:10 de 22 de março de 2026."),
        (Language::En, "lines: 4, per second: 10"),
    ] {
        assert!(!spoken(language, text).is_empty(), "{text}");
        assert_eq!(spoken(other(language), text), [""; 0], "{text}");
    }
    // Control: neither list is empty, and a common piece is in neither.
    for language in [Language::En, Language::Pt] {
        assert!(own(language).len() > 500, "{}", own(language).len());
        assert_eq!(spoken(language, "ssd contacts confirm --channel sms 12000000012 NISS"), [""; 0]);
    }
}
