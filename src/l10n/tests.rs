//! Tests that both catalogues have the same entries and that every entry can be parsed.

use std::collections::BTreeSet;

use fluent_bundle::FluentResource;

use super::*;
use crate::domain::terms::VERSION;

const LANGUAGES: [Language; 2] = [Language::En, Language::Pt];

/// Returns the names of the arguments of an entry.
fn facts(entry: &str) -> BTreeSet<&str> {
    entry.split("{ $").skip(1).filter_map(|rest| rest.split([' ', '}']).next()).collect()
}

#[test]
fn catalogues_have_the_same_entries_once_each() {
    let mut visited: Vec<BTreeSet<&str>> = vec![];
    for language in LANGUAGES {
        let all: Vec<&str> = keys(language).collect();
        let set: BTreeSet<&str> = all.iter().copied().collect();
        assert_eq!(all.len(), set.len(), "duplicate entry in {language}");
        visited.push(set);
    }
    assert_eq!(visited[0].symmetric_difference(&visited[1]).collect::<Vec<_>>(), [&""; 0]);
}

#[test]
fn every_entry_parses_with_the_same_arguments_in_both_languages() {
    for key in keys(Language::En) {
        let texts = LANGUAGES.map(|language| entry_source(catalogue(language), key).expect(key));
        for text in texts {
            assert!(FluentResource::try_new(text.to_owned()).is_ok(), "{text}");
        }
        assert_eq!(facts(texts[0]), facts(texts[1]), "{key}");
    }
}

#[test]
fn catalogues_have_the_same_terms_and_every_reference_is_found() {
    let terms = LANGUAGES.map(|language| {
        let lines = catalogue(language).lines().filter(|line| line.starts_with('-'));
        lines.filter_map(|line| line.split(" =").next()).collect::<BTreeSet<&str>>()
    });
    assert_eq!(terms[0], terms[1]);
    assert!(terms[0].contains("-line-number"));
    for language in LANGUAGES {
        for key in keys(language) {
            let source = source_with_references(catalogue(language), key);
            assert!(source.is_some_and(|source| FluentResource::try_new(source).is_ok()), "{key}");
        }
    }
}

#[test]
fn reference_reaches_terms_of_terms_and_keeps_the_arguments() {
    let line = |abroad: &str| {
        let facts = vec![("abroad", MessageArg::from(abroad)), ("name", MessageArg::from("Ana"))];
        LANGUAGES.map(|language| localize(language, "message-closing", &facts))
    };
    for (closing, hours) in line("yes").iter().zip(["(Lisbon time)", "(hora de Lisboa)"]) {
        assert!(closing.contains(": +351 210 545 400, ") && closing.contains(hours), "{closing}");
    }
    for closing in line("no") {
        assert!(closing.contains(": 210 545 400 ") && !closing.contains("+351"), "{closing}");
    }
}

#[test]
fn numbers_of_the_customer_line_are_written_once() {
    for language in LANGUAGES {
        for number in ["210 545 400", "300 502 502"] {
            assert_eq!(catalogue(language).matches(number).count(), 1, "{number} in {language}");
        }
    }
}

#[test]
fn terms_have_the_version_of_the_domain_in_both_languages() {
    for language in LANGUAGES {
        let text = |key| localize(language, key, &vec![]);
        assert_eq!(
            entry_source(catalogue(language), "-terms-version").map(str::trim_end),
            Some(&*format!("-terms-version = {VERSION}"))
        );
        for key in ["terms", "ask-terms", "arg-accept_terms"] {
            assert!(text(key).contains(VERSION), "{}", text(key));
        }
    }
}

#[test]
fn amounts_have_the_format_of_the_language() {
    for (amount, language, form, expected) in [
        ("540", Language::En, DateStyle::Words, "€540.00"),
        ("540", Language::Pt, DateStyle::Words, "540,00 €"),
        ("1234.5", Language::En, DateStyle::Words, "€1,234.50"),
        ("1234.5", Language::Pt, DateStyle::Words, "1 234,50 €"),
        ("999999.09", Language::Pt, DateStyle::Words, "999 999,09 €"),
        ("100007", Language::En, DateStyle::Words, "€100,007.00"),
        ("1234.5", Language::En, DateStyle::Digits, "1234.50 EUR"),
        ("0,07", Language::Pt, DateStyle::Digits, "0,07 EUR"),
    ] {
        assert_eq!(format_amount(language, amount.parse().expect("an amount"), form), expected);
    }
}

#[test]
fn dates_have_the_format_of_the_language() {
    let time: Timestamp = "2026-07-02T08:10:00Z".parse().expect("a time");
    for (language, form, expected) in [
        (Language::En, DateStyle::Words, "2 July 2026 at 09:10"),
        (Language::Pt, DateStyle::Words, "09:10 de 2 de julho de 2026"),
        (Language::En, DateStyle::Digits, "02/07/2026 09:10"),
        (Language::Pt, DateStyle::Digits, "02/07/2026 09:10"),
    ] {
        assert_eq!(format_time(language, time, form), expected);
    }
}

#[test]
fn time_in_the_repeated_hour_of_october_says_which_one_it_is() {
    for (time, english, portuguese) in [
        ("2026-10-24T23:59:59Z", "25 October 2026 at 00:59", "00:59 de 25 de outubro de 2026"),
        ("2026-10-25T00:30:00Z", "25 October 2026 at 01:30 (UTC+1)", "01:30 (UTC+1) de 25 de outubro de 2026"),
        ("2026-10-25T01:30:00Z", "25 October 2026 at 01:30 (UTC+0)", "01:30 (UTC+0) de 25 de outubro de 2026"),
        ("2026-10-25T02:00:00Z", "25 October 2026 at 02:00", "02:00 de 25 de outubro de 2026"),
        ("2026-03-29T01:30:00Z", "29 March 2026 at 02:30", "02:30 de 29 de março de 2026"),
    ] {
        let time: Timestamp = time.parse().expect("a time");
        assert_eq!(format_time(Language::En, time, DateStyle::Words), english);
        assert_eq!(format_time(Language::Pt, time, DateStyle::Words), portuguese);
    }
}
