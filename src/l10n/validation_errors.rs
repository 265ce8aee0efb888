//! What is wrong with a value, as a sentence: `flaw-…` of the catalogues. The value itself is never in it.

use super::{DateStyle, MessageArg, MessageArgs};
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::Language;

/// The sentence for a flaw, without the name of what has it.
pub fn localize(language: Language, cause: &ValidationError) -> String {
    super::localize(language, &format!("flaw-{cause}"), &facts(language, cause))
}

fn facts(language: Language, cause: &ValidationError) -> MessageArgs {
    match cause {
        ValidationError::Length(expected)
        | ValidationError::UnassignedPrefix(expected)
        | ValidationError::UnknownWord(expected) => {
            vec![("expected", MessageArg::from(*expected))]
        }
        ValidationError::Format(form) => vec![("expected", MessageArg::from(describe_format(language, form)))],
        ValidationError::BoundsProfile(least, most) => {
            vec![("least", MessageArg::from(least.as_str())), ("most", MessageArg::from(most.as_str()))]
        }
        ValidationError::ConflictsWithSetting(key, expected) => {
            vec![("key", MessageArg::from(*key)), ("expected", MessageArg::from(expected.as_str()))]
        }
        ValidationError::FieldCount(count) => {
            vec![("count", MessageArg::Number(i64::try_from(*count).unwrap_or(i64::MAX)))]
        }
        ValidationError::Missing
        | ValidationError::InvalidCharacter
        | ValidationError::CheckDigit
        | ValidationError::NoSuchDate
        | ValidationError::NotAMobile
        | ValidationError::NoSuchNumber
        | ValidationError::EmailAddress
        | ValidationError::NotUtf8
        | ValidationError::Duplicate
        | ValidationError::UnknownColumn
        | ValidationError::UnknownField
        | ValidationError::NotApplicable
        | ValidationError::NoSuchSetting
        | ValidationError::NamesHolder
        | ValidationError::NotInRegistry
        | ValidationError::CurrentPasswordMissing
        | ValidationError::NoCurrentPassword
        | ValidationError::ContainsLink
        | ValidationError::NotJson => vec![],
    }
}

/// Most forms are examples, which need no translation; those that are words or letters may have one under `form-…`.
fn describe_format(language: Language, form: &'static str) -> String {
    let key = format!("form-{}", form.replace(' ', "-"));
    let words = form.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b' ' | b'-'));
    words
        .then(|| super::try_localize(language, &key, &vec![], DateStyle::Words))
        .flatten()
        .unwrap_or_else(|| form.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flaw_has_a_sentence_with_all_its_facts_in_both_languages() {
        for cause in [
            ValidationError::Missing,
            ValidationError::Length("4-20"),
            ValidationError::InvalidCharacter,
            ValidationError::CheckDigit,
            ValidationError::UnassignedPrefix("1, 2"),
            ValidationError::Format("YYYY-MM-DD"),
            ValidationError::NoSuchDate,
            ValidationError::UnknownWord("en, pt"),
            ValidationError::BoundsProfile("1".into(), "9".into()),
            ValidationError::ConflictsWithSetting("password.nist.least", "15-64".into()),
            ValidationError::NotAMobile,
            ValidationError::NoSuchNumber,
            ValidationError::EmailAddress,
            ValidationError::NotUtf8,
            ValidationError::Duplicate,
            ValidationError::FieldCount(17),
            ValidationError::UnknownColumn,
            ValidationError::UnknownField,
            ValidationError::NotApplicable,
            ValidationError::NoSuchSetting,
            ValidationError::NamesHolder,
            ValidationError::NotInRegistry,
            ValidationError::CurrentPasswordMissing,
            ValidationError::NoCurrentPassword,
            ValidationError::NotJson,
        ] {
            for language in [Language::En, Language::Pt] {
                let rendered = localize(language, &cause);
                assert!(!rendered.starts_with("flaw-") && !rendered.contains('{'), "{rendered}");
                for (name, fact) in facts(language, &cause) {
                    let text = match fact {
                        MessageArg::Text(text) => text,
                        MessageArg::Number(number) => number.to_string(),
                        other => format!("{other:?}"),
                    };
                    assert!(rendered.contains(&text), "{name} of {cause:?} is not in: {rendered}");
                }
            }
        }
    }

    #[test]
    fn a_form_in_words_is_told_in_the_language() {
        assert_eq!(describe_format(Language::Pt, "six digits"), "seis dígitos");
        assert_eq!(describe_format(Language::Pt, "a whole number"), "um número inteiro");
        assert_eq!(describe_format(Language::Pt, "YYYY-MM-DD"), "AAAA-MM-DD");
        assert_eq!(describe_format(Language::Pt, "NNNN-NNN"), "NNNN-NNN");
    }
}
