//! What is wrong with a value, as a sentence: `flaw-…` of the catalogues. The value itself is never in it.

use super::{Fact, Facts, Form, say};
use crate::domain::flaw::Flaw;
use crate::domain::words::Language;

/// The sentence for a flaw, without the name of what has it.
pub fn sentence(language: Language, flaw: &Flaw) -> String {
    say(language, &format!("flaw-{flaw}"), &facts(language, flaw))
}

fn facts(language: Language, flaw: &Flaw) -> Facts {
    match flaw {
        Flaw::Length(expected) | Flaw::Prefix(expected) | Flaw::Word(expected) => {
            vec![("expected", Fact::from(*expected))]
        }
        Flaw::Form(form) => vec![("expected", Fact::from(form_in_words(language, form)))],
        Flaw::Bounds(least, most) => vec![("least", Fact::from(least.as_str())), ("most", Fact::from(most.as_str()))],
        Flaw::LeavesBehind(key, expected) => {
            vec![("key", Fact::from(*key)), ("expected", Fact::from(expected.as_str()))]
        }
        Flaw::Fields(count) => vec![("count", Fact::Number(i64::try_from(*count).unwrap_or(i64::MAX)))],
        Flaw::Missing
        | Flaw::Character
        | Flaw::CheckDigit
        | Flaw::NoSuchDate
        | Flaw::NotAMobile
        | Flaw::NoSuchNumber
        | Flaw::Address
        | Flaw::NotUtf8
        | Flaw::Duplicate
        | Flaw::UnknownColumn
        | Flaw::UnknownField
        | Flaw::NoPlace
        | Flaw::NoSuchSetting
        | Flaw::NamesHolder
        | Flaw::NotHeld
        | Flaw::CurrentMissing
        | Flaw::NoCurrent
        | Flaw::Link
        | Flaw::NotJson => vec![],
    }
}

/// Most forms are examples, which need no translation; those that are words or letters may have one under `form-…`.
fn form_in_words(language: Language, form: &'static str) -> String {
    let key = format!("form-{}", form.replace(' ', "-"));
    let words = form.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b' ' | b'-'));
    words.then(|| super::sentence(language, &key, &vec![], Form::Words)).flatten().unwrap_or_else(|| form.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flaw_has_a_sentence_with_all_its_facts_in_both_languages() {
        for flaw in [
            Flaw::Missing,
            Flaw::Length("4-20"),
            Flaw::Character,
            Flaw::CheckDigit,
            Flaw::Prefix("1, 2"),
            Flaw::Form("YYYY-MM-DD"),
            Flaw::NoSuchDate,
            Flaw::Word("en, pt"),
            Flaw::Bounds("1".into(), "9".into()),
            Flaw::LeavesBehind("password.nist.least", "15-64".into()),
            Flaw::NotAMobile,
            Flaw::NoSuchNumber,
            Flaw::Address,
            Flaw::NotUtf8,
            Flaw::Duplicate,
            Flaw::Fields(17),
            Flaw::UnknownColumn,
            Flaw::UnknownField,
            Flaw::NoPlace,
            Flaw::NoSuchSetting,
            Flaw::NamesHolder,
            Flaw::NotHeld,
            Flaw::CurrentMissing,
            Flaw::NoCurrent,
            Flaw::NotJson,
        ] {
            for language in [Language::En, Language::Pt] {
                let told = sentence(language, &flaw);
                assert!(!told.starts_with("flaw-") && !told.contains('{'), "{told}");
                for (name, fact) in facts(language, &flaw) {
                    let text = match fact {
                        Fact::Text(text) => text,
                        Fact::Number(number) => number.to_string(),
                        other => format!("{other:?}"),
                    };
                    assert!(told.contains(&text), "{name} of {flaw:?} is not in: {told}");
                }
            }
        }
    }

    #[test]
    fn a_form_in_words_is_told_in_the_language() {
        assert_eq!(form_in_words(Language::Pt, "six digits"), "seis dígitos");
        assert_eq!(form_in_words(Language::Pt, "a whole number"), "um número inteiro");
        assert_eq!(form_in_words(Language::Pt, "YYYY-MM-DD"), "AAAA-MM-DD");
        assert_eq!(form_in_words(Language::Pt, "NNNN-NNN"), "NNNN-NNN");
    }
}
