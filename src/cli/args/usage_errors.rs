//! Usage errors: clap's errors become [`Error`]s with sentences in the catalogues.
//!
//! They repeat names of options and commands only, because a value may be a secret in the wrong place.

use std::error::Error as _;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::cli::render::escape::{printable, repeatable};
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::RegistrationProcedure;
use crate::error::{Error, ValueName};
use crate::l10n::MessageArg;
use crate::request::{Field, Operation, Request};

/// Converts an error of clap. `words` are those of the command. `closest_entry(words, value)` returns clap's error with a suggestion
/// if `value` is a misspelt subcommand of the command.
pub fn from_clap(
    error: &clap::Error,
    words: &[&str],
    closest_entry: fn(&[&str], &str) -> Option<clap::Error>,
) -> Error {
    let option = name(error, ContextKind::InvalidArg);
    let about = |key, names: &[(&'static str, Option<String>)]| {
        let facts = names.iter().filter_map(|(fact, name)| Some((*fact, MessageArg::from(name.clone()?))));
        Error::Usage { key, facts: facts.collect() }
    };
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let path =
                |name: String| words.iter().map(|word| (*word).to_owned()).chain([name]).collect::<Vec<_>>().join(" ");
            let nearest = name(error, ContextKind::SuggestedSubcommand).map(path);
            let typed = name(error, ContextKind::InvalidSubcommand).unwrap_or_default();
            match (repeatable(&typed), nearest) {
                (None, None) => about("secret-word", &[]),
                (_, nearest) => {
                    about("unknown-command", &[("word", Some(path(printable(&typed)))), ("suggestion", nearest)])
                }
            }
        }
        ErrorKind::UnknownArgument if option.as_ref().is_some_and(|option| option.starts_with('-')) => {
            let (typed, nearest) = (option.unwrap_or_default(), name(error, ContextKind::SuggestedArg));
            match (repeatable(&typed), nearest) {
                (None, None) => about("secret-word", &[]),
                (_, nearest) => {
                    about("unknown-option", &[("option", Some(printable(&typed))), ("suggestion", nearest)])
                }
            }
        }
        ErrorKind::UnknownArgument => about("too-many", &[]),
        ErrorKind::ArgumentConflict => match name(error, ContextKind::PriorArg) {
            Some(prior) if Some(&prior) != option.as_ref() => {
                about("conflict", &[("first", option), ("second", Some(prior))])
            }
            _ => about("twice", &[("option", option)]),
        },
        ErrorKind::ValueValidation => {
            let value = name(error, ContextKind::InvalidValue);
            if let Some(nearest) = value.and_then(|value| closest_entry(words, &value)) {
                return from_clap(&nearest, words, closest_entry);
            }
            let cause = error.source().and_then(|source| source.downcast_ref::<ValidationError>());
            let cause = cause.cloned().unwrap_or(ValidationError::Format("an integer"));
            let argument = ValueName::Argument(option.unwrap_or_default());
            match (&cause, error.get(ContextKind::InvalidValue)) {
                (ValidationError::UnknownWord(words), Some(ContextValue::String(typed))) => {
                    let words = words.split(", ");
                    Error::unknown_word(argument, cause, typed, words)
                }
                _ => Error::malformed(argument, cause),
            }
        }
        ErrorKind::InvalidValue => about("no-value", &[("option", option)]),
        ErrorKind::TooManyValues => about("no-value-wanted", &[("option", option)]),
        ErrorKind::MissingRequiredArgument => about("missing", &[("options", option)]),
        ErrorKind::MissingSubcommand => about("no-command", &[]),
        ErrorKind::InvalidUtf8 => about("not-utf8", &[]),
        _ => about("other", &[]),
    }
}

/// Returns the names under `kind`, without values and brackets: `--birth-date` of `--birth-date <DATE>`, `NISS` of `[NISS]`.
fn name(error: &clap::Error, kind: ContextKind) -> Option<String> {
    let bare = |text: &String| {
        let first = text.split(' ').next().unwrap_or_default();
        first.trim_start_matches(['[', '<']).trim_end_matches([']', '>', '.']).to_owned()
    };
    match error.get(kind)? {
        ContextValue::String(text) => Some(bare(text)),
        ContextValue::Strings(texts) if kind == ContextKind::SuggestedSubcommand => texts.last().map(bare),
        ContextValue::Strings(texts) => Some(texts.iter().map(bare).collect::<Vec<_>>().join(", ")),
        _ => None,
    }
}

/// Checks that every given field applies to the request. A registration is checked once its account type is known; by Chave Móvel
/// Digital, at once.
///
/// # Errors
/// [`Error::Usage`] for a field that does not apply; [`Error::Malformed`] for the channel `letter` where no letter is sent.
pub fn check_fields(request: &Request) -> Result<(), Error> {
    match request {
        Request::Register(r) if r.account_type.is_none() && r.procedure() != RegistrationProcedure::Cmd => Ok(()),
        _ if request.asks_for_letter() => {
            Err(Error::malformed(Field::Channel, ValidationError::UnknownWord("email, sms")))
        }
        _ => match request.inapplicable_field() {
            Some(field) => {
                let option = MessageArg::from(option_name(Some(request.op()), field));
                Err(Error::Usage { key: "surplus", facts: vec![("option", option)] })
            }
            None => Ok(()),
        },
    }
}

/// Returns the option or argument of a field on the command line of an operation.
pub fn option_name(op: Option<Operation>, field: Field) -> String {
    match (op, field) {
        (_, Field::Niss) => "NISS".to_owned(),
        (Some(Operation::AlertsSet), Field::Alerts) => "HOW".to_owned(),
        (Some(Operation::PhoneCodeVerify | Operation::PhoneLine), Field::Code) => "--code-stdin".to_owned(),
        (_, Field::Password | Field::NewPassword) => "--password-stdin".to_owned(),
        (_, Field::Pin) => "--pin-stdin".to_owned(),
        (_, Field::NewCode) => "--new-code-stdin".to_owned(),
        (_, field) => format!("--{}", field.as_str().replace('_', "-")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::command_tree;
    use crate::domain::vocabulary::Channel;

    fn reported_by(line: &str) -> Error {
        let error = command_tree::command(&[]).try_get_matches_from(line.split(' ')).expect_err(line);
        from_clap(&error, &[], command_tree::closest_entry)
    }

    #[test]
    fn clap_errors_become_usage_errors() {
        for (line, expected) in [
            (
                "regster",
                r#"Usage { key: "unknown-command", facts: [("word", Text("regster")), ("suggestion", Text("register"))] }"#,
            ),
            ("Violeta-9-Oceano-Trigo", r#"Usage { key: "secret-word", facts: [] }"#),
            ("account hunter2", r#"Usage { key: "secret-word", facts: [] }"#),
            ("login --Violeta-9-Oceano", r#"Usage { key: "secret-word", facts: [] }"#),
            (
                "Register",
                r#"Usage { key: "unknown-command", facts: [("word", Text("Register")), ("suggestion", Text("register"))] }"#,
            ),
            (
                "register --nis 1",
                r#"Usage { key: "unknown-option", facts: [("option", Text("--nis")), ("suggestion", Text("--nif"))] }"#,
            ),
            ("register 12000000012 hunter2", r#"Usage { key: "too-many", facts: [] }"#),
            (
                "login --password=hunter2",
                r#"Usage { key: "unknown-option", facts: [("option", Text("--password")), ("suggestion", Text("--password-file"))] }"#,
            ),
            ("login -phunter2", r#"Usage { key: "unknown-option", facts: [("option", Text("-p"))] }"#),
            ("register --name", r#"Usage { key: "no-value", facts: [("option", Text("--name"))] }"#),
            ("register --name A --name B", r#"Usage { key: "twice", facts: [("option", Text("--name"))] }"#),
            (
                "register --accept-terms=yes",
                r#"Usage { key: "no-value-wanted", facts: [("option", Text("--accept-terms"))] }"#,
            ),
            ("outbox show", r#"Usage { key: "missing", facts: [("options", Text("ID"))] }"#),
            ("scenario run", r#"Usage { key: "missing", facts: [("options", Text("FILE"))] }"#),
            ("outbox show x", r#"Malformed { name: Argument("ID"), cause: Format("an integer"), nearest: None }"#),
            ("recover", r#"Usage { key: "no-command", facts: [] }"#),
            ("register 1200000001", r#"Malformed { name: Argument("NISS"), cause: Length("11"), nearest: None }"#),
            (
                "register --birth-date 2023-02-30",
                r#"Malformed { name: Argument("--birth-date"), cause: NoSuchDate, nearest: None }"#,
            ),
            (
                "activate --code hunter2",
                r#"Malformed { name: Argument("--code"), cause: Format("123456, BCDF-GHJK"), nearest: None }"#,
            ),
            (
                "register --channel emial",
                r#"Malformed { name: Argument("--channel"), cause: UnknownWord("email, sms, letter"), nearest: Some("email") }"#,
            ),
            (
                "register --lang fr",
                r#"Malformed { name: Argument("--lang"), cause: UnknownWord("en, pt"), nearest: None }"#,
            ),
            (
                "phone-code change --generate --new-code-stdin",
                r#"Usage { key: "conflict", facts: [("first", Text("--generate")), ("second", Text("--new-code-stdin"))] }"#,
            ),
        ] {
            assert_eq!(format!("{:?}", reported_by(line)), expected, "{line}");
        }
    }

    #[test]
    fn inapplicable_field_is_named_by_its_option() {
        let rendered = |request| check_fields(&request).expect_err("a surplus").to_string();
        let company = crate::request::Register {
            account_type: "company".parse().ok(),
            birth_date: "1984-03-22".parse().ok(),
            ..Default::default()
        };
        assert_eq!(rendered(Request::Register(company)), "usage: surplus");
        let letter = crate::request::ContactsConfirm { channel: Some(Channel::Letter), ..Default::default() };
        assert_eq!(rendered(Request::ContactsConfirm(letter)), "Fields([Channel]): word");
    }
}
