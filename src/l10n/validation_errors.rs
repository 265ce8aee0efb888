//! Sentences of validation errors (`invalid-…` in the catalogues). They never contain the value.

use super::{DateStyle, MessageArg, MessageArgs};
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::Language;

/// Returns the sentence of a validation error, without the name of the field.
pub fn localize(language: Language, cause: &ValidationError) -> String {
    let key = match cause {
        ValidationError::NoSuchNationalNumber => "invalid-no_such_number-national".to_owned(),
        cause => format!("invalid-{cause}"),
    };
    super::localize(language, &key, &facts(language, cause))
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
        | ValidationError::InTheFuture
        | ValidationError::NotAMobile
        | ValidationError::NoSuchNumber
        | ValidationError::NoSuchNationalNumber
        | ValidationError::EmailAddress
        | ValidationError::NotUtf8
        | ValidationError::Duplicate
        | ValidationError::DuplicateKey
        | ValidationError::IdReused
        | ValidationError::ReadAsNumber
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
    use crate::domain::phone::Mobile;

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
            ValidationError::InTheFuture,
            ValidationError::UnknownWord("en, pt"),
            ValidationError::BoundsProfile("1".into(), "9".into()),
            ValidationError::ConflictsWithSetting("password.nist.least", "15-64".into()),
            ValidationError::NotAMobile,
            ValidationError::NoSuchNumber,
            ValidationError::NoSuchNationalNumber,
            ValidationError::EmailAddress,
            ValidationError::NotUtf8,
            ValidationError::Duplicate,
            ValidationError::DuplicateKey,
            ValidationError::IdReused,
            ValidationError::FieldCount(17),
            ValidationError::ReadAsNumber,
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
    fn number_without_country_code_is_answered_with_an_example_that_has_one() {
        for text in ["07400 123456", "06 12 34 56 78", "612 345 678", "91200000"] {
            let cause = text.parse::<Mobile>().expect_err("no Portuguese number");
            for (language, words) in [(Language::En, "+ and the country code"), (Language::Pt, "+ e o indicativo")] {
                let sentence = localize(language, &cause);
                assert!(sentence.contains(words) && sentence.contains("+44 7400 123456"), "{sentence}");
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
