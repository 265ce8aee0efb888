//! Sentences of validation errors (`invalid-…` in the catalogues). They never contain the value.

use super::{DateStyle, MessageArg, MessageArgs};
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::Language;

/// Returns the sentence of a validation error, without the name of the field.
pub fn localize(language: Language, cause: &ValidationError) -> String {
    super::localize(language, &format!("invalid-{cause}"), &facts(language, cause))
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
        | ValidationError::DuplicateKey
        | ValidationError::StrayQuote
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

/// Translates a format (`form-…`), if it consists of words or letters. Other formats are examples and need no
/// translation.
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
    fn every_validation_error_has_a_sentence_with_its_facts() {
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
            ValidationError::DuplicateKey,
            ValidationError::FieldCount(17),
            ValidationError::StrayQuote,
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
                assert!(!rendered.starts_with("invalid-") && !rendered.contains('{'), "{rendered}");
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
    fn format_in_words_is_translated() {
        assert_eq!(describe_format(Language::Pt, "six digits"), "seis dígitos");
        assert_eq!(describe_format(Language::Pt, "an integer"), "um número inteiro");
        assert_eq!(describe_format(Language::Pt, "YYYY-MM-DD"), "AAAA-MM-DD");
        assert_eq!(describe_format(Language::Pt, "NNNN-NNN"), "NNNN-NNN");
    }
}
