//! Texts of errors and refusals: the message and the hint.

use std::io::ErrorKind;
use std::path::Path;

use crate::cli::args::global_args::GlobalArgs;
use crate::cli::args::usage_errors;
use crate::cli::render::code_words;
use crate::cli::render::escape::printable;
use crate::cli::render::input_options;
use crate::domain::vocabulary::Language;
use crate::error::{Error, LostAnswer, ValueName};
use crate::l10n::next_steps::hint_entry;
use crate::l10n::{DateStyle, MessageArg, MessageArgs, localize, try_localize, validation_errors, value_name};
use crate::reply::{Reason, Refusal, RefusalVariant};
use crate::request::request_line::{LineError, RequestLine};
use crate::request::{Field, FieldGroup, Operation};
use crate::store::StoreLocation;
use crate::store::crypto::keyfile::KeyFile;

/// The text of an error or refusal.
#[derive(Debug, PartialEq, Eq)]
pub struct ErrorText {
    /// What happened.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

/// Returns the text of an error.
pub fn error(error: &Error, globals: &GlobalArgs) -> ErrorText {
    let language = globals.language;
    if let Error::Backup { path, key, fault } = error {
        let of_backup = GlobalArgs { store: Some(path.clone()), key_file: key.clone(), ..globals.clone() };
        let text = self::error(fault, &of_backup);
        let own = try_localize(language, &format!("error-{}-backup-hint", fault.kind()), &vec![], DateStyle::Words);
        return ErrorText { hint: own.or(text.hint), ..text };
    }
    let mut facts = error.message_args();
    // Escapes control characters: the author of a file name must not control the terminal.
    for (_, fact) in &mut facts {
        if let MessageArg::Text(text) = fact {
            *text = printable(text);
        }
    }
    let store = globals.store.as_deref().map(|path| printable(&path.to_string_lossy()));
    let key = KeyFile::of(StoreLocation {
        store: globals.store.as_deref().unwrap_or(Path::new("")),
        key: globals.key_file.as_deref(),
    });
    facts.push(("key", MessageArg::from(printable(&key.path().to_string_lossy()))));
    facts.push(("store", MessageArg::from(store.unwrap_or_default())));
    facts.push((
        "command",
        MessageArg::from(["ssd"].iter().chain(&globals.words).copied().collect::<Vec<_>>().join(" ")),
    ));
    let add = facts.iter().find_map(|(name, fact)| match fact {
        MessageArg::InputOptions(options) if *name == "add" => Some(input_options::words(options)),
        _ => None,
    });
    let again = add.map_or_else(|| "absent".to_owned(), |add| printable(&globals.line_with(&add)));
    facts.push(("again", MessageArg::from(again)));
    for (name, fact) in &mut facts {
        if let ("option" | "options" | "first" | "second", MessageArg::Text(text)) = (*name, fact) {
            *text = places(language, text);
        }
    }
    if let Error::AnswerLost(_, _, fault) = error {
        facts.push(("detail", MessageArg::from(self::error(fault, globals).message)));
    }
    let fault = error.io_error().and_then(|fault| io_error_text(language, fault.kind()));
    facts.extend(fault.map(|detail| ("detail", MessageArg::from(detail))));
    let message = match error {
        Error::Malformed { name, cause, nearest } => {
            facts.extend(nearest.map(|word| ("suggestion", MessageArg::from(word))));
            facts.extend([
                ("name", MessageArg::from(name_of_value(language, globals, name))),
                ("cause", MessageArg::from(validation_errors::localize(language, cause))),
            ]);
            localize(language, "usage-malformed", &facts)
        }
        Error::Missing(groups) => {
            facts.push(("options", MessageArg::from(options(language, globals, groups))));
            localize(language, "usage-missing", &facts)
        }
        Error::Usage { key, .. } => localize(language, &format!("usage-{key}"), &facts),
        Error::InterruptedMidway { key, .. } => localize(language, &format!("stopped-{key}"), &facts),
        Error::AnswerLost(LostAnswer::Recording, ..) => localize(language, "error-record-lost", &facts),
        Error::AnswerLost(LostAnswer::FailedLines, ..) => localize(language, "error-failed-lines-lost", &facts),
        _ => localize(language, &format!("error-{}", error.kind()), &facts),
    };
    let own = match error {
        Error::Usage { .. } | Error::Malformed { .. } if facts.iter().any(|(name, _)| *name == "suggestion") => {
            Some("usage-suggestion-hint".to_owned())
        }
        Error::Usage { key, .. } => Some(format!("usage-{key}-hint")),
        Error::InterruptedMidway { key, .. } => Some(format!("stopped-{key}-hint")),
        Error::AnswerLost(lost, ..) => Some(format!("error-answer_lost-{lost}-hint")),
        Error::StoreExists if globals.operation() == Some(Operation::StoreRestore) => {
            Some("error-store_exists-restore-hint".to_owned())
        }
        _ => None,
    };
    let own = own.and_then(|key| try_localize(language, &key, &facts, DateStyle::Words));
    let hint =
        own.or_else(|| try_localize(language, &format!("error-{}-hint", error.kind()), &facts, DateStyle::Words));
    ErrorText { message, hint }
}

/// Returns the catalogue key of a refusal's sentence.
pub fn refusal_key(reason: Reason, variant: Option<RefusalVariant>) -> String {
    match variant {
        Some(variant) => format!("refused-{reason}-{variant}"),
        None => format!("refused-{reason}"),
    }
}

/// Returns the text of a refusal.
pub fn refusal(refusal: &Refusal, language: Language) -> ErrorText {
    let mut facts: MessageArgs = refusal.args.clone();
    facts.extend(refusal.niss.map(|niss| ("niss", MessageArg::from(niss.to_string()))));
    facts.extend(refusal.retry_at.map(|time| ("retry_at", MessageArg::Time(time))));
    if let Some(channels) = &refusal.channels {
        let options: Vec<String> = channels.iter().map(|channel| format!("--channel {channel}")).collect();
        let or = format!(" {} ", localize(language, "usage-or", &vec![]));
        facts.push(("channels", MessageArg::from(code_words::channels(language, channels))));
        facts.push(("options", MessageArg::from(options.join(&or))));
    }
    let message = localize(language, &refusal_key(refusal.reason, refusal.variant), &facts);
    let hint = refusal.hint.as_ref().map(|hint| {
        let (key, args) = hint_entry(hint);
        facts.extend(args);
        localize(language, key, &facts)
    });
    ErrorText { message, hint }
}

/// Returns the text of a line that is no valid request: the field and the expected value. The hint lists the fields of the
/// operation.
pub fn line_error_text(number: u64, op: Option<Operation>, fault: &LineError, language: Language) -> ErrorText {
    let mut facts = vec![("line", MessageArg::from(number.to_string()))];
    let key = match fault {
        LineError::Field(None, cause) => {
            facts.push(("cause", MessageArg::from(validation_errors::localize(language, cause))));
            "line-invalid"
        }
        LineError::Field(Some(field), cause) => {
            facts.push(("field", MessageArg::from(printable(field))));
            facts.push(("cause", MessageArg::from(validation_errors::localize(language, cause))));
            "line-field"
        }
        LineError::Missing(groups) => {
            let or = format!(" {} ", localize(language, "usage-or", &vec![]));
            let name = |group: &FieldGroup| group.iter().map(|field| field.as_str()).collect::<Vec<_>>().join(&or);
            let names: Vec<String> = groups.iter().map(name).collect();
            facts.push(("fields", MessageArg::from(names.join(", "))));
            "line-missing"
        }
    };
    let hint = match op {
        Some(op) => {
            let fields = RequestLine::parse_fields(op).join(", ");
            let facts = vec![("op", MessageArg::from(op.as_str())), ("fields", MessageArg::from(fields))];
            localize(language, "line-hint-fields", &facts)
        }
        None => localize(language, "line-hint", &vec![]),
    };
    ErrorText { message: localize(language, key, &facts), hint: Some(hint) }
}

/// Returns our text for common I/O errors. Others keep the text of the operating system.
fn io_error_text(language: Language, fault: ErrorKind) -> Option<String> {
    let key = match fault {
        ErrorKind::NotFound => "fault-not-found",
        ErrorKind::PermissionDenied => "fault-denied",
        ErrorKind::AlreadyExists => "fault-exists",
        ErrorKind::IsADirectory => "fault-folder",
        _ => return None,
    };
    Some(localize(language, key, &vec![]))
}

/// Returns the name of a malformed value. A field has the name of its option.
fn name_of_value(language: Language, globals: &GlobalArgs, name: &ValueName) -> String {
    match name {
        ValueName::Fields(fields) => {
            let option = |field: &Field| value_name(language, &usage_errors::option_name(globals.operation(), *field));
            fields.iter().map(option).collect::<Vec<_>>().join(", ")
        }
        ValueName::Clock(_) => "clock".to_owned(),
        ValueName::Setting(_, text) | ValueName::Argument(text) | ValueName::FilePlace(text) => {
            value_name(language, text)
        }
    }
}

/// Translates argument names. Some of them are words of the language.
fn places(language: Language, names: &str) -> String {
    names.split(", ").map(|name| value_name(language, name)).collect::<Vec<_>>().join(", ")
}

/// Lists the options for the missing fields, each once.
fn options(language: Language, globals: &GlobalArgs, groups: &[&'static [Field]]) -> String {
    let or = localize(language, "usage-or", &vec![]);
    let mut named: Vec<String> = vec![];
    for group in groups {
        let mut options: Vec<String> = group
            .iter()
            .map(|field| value_name(language, &usage_errors::option_name(globals.operation(), *field)))
            .collect();
        if let [Field::NewCode] = group {
            options.insert(0, "--generate".into());
        }
        let options = options.join(&format!(" {or} "));
        if !named.contains(&options) {
            named.push(options);
        }
    }
    named.join(", ")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::cli::command_tree;
    use crate::domain::validation_error::ValidationError;
    use crate::environment::Environment;

    fn globals(language: Language) -> GlobalArgs {
        let settings = Environment {
            store: None,
            key_file: None,
            language,
            operator: String::new(),
            invalid_operator: None,
            session: None,
            call: None,
            record: None,
            no_color: true,
        };
        let line = ["recover", "request", "--store", "/x.db"].map(Into::into);
        GlobalArgs::prescan(&line, &settings, command_tree::next_word)
    }

    #[test]
    fn every_error_has_a_message_and_a_hint_in_both_languages() {
        let text = || "x".to_owned();
        let fault = || std::io::Error::other("x");
        for rendered in [
            Error::malformed(Field::BirthDate, ValidationError::NoSuchDate),
            Error::Missing(vec![&[Field::Niss], &[Field::Email, Field::Mobile], &[Field::Password]]),
            Error::usage("no-path"),
            Error::file(Path::new("a"), ErrorKind::NotFound.into()),
            Error::StoreMissing,
            Error::StoreExists,
            Error::StoreBusy,
            Error::StoreUnreadable(fault()),
            Error::StoreLinked,
            Error::StoreUnwritable(fault()),
            Error::DiskFull,
            Error::NotAStore,
            Error::StoreDamaged(text()),
            Error::StoreNewer(2, 1),
            Error::KeyMissing(fault()),
            Error::KeyWrong,
            Error::StoreFailed(text()),
            Error::NoResources(text()),
            Error::NoRandomness(text()),
            Error::Interrupted,
            Error::InterruptedMidway {
                key: "import",
                facts: vec![("loaded", MessageArg::Number(1)), ("good", MessageArg::Number(2))],
            },
            Error::AnswerLost(LostAnswer::Request, Some(7), Box::new(Error::StdoutClosed)),
            Error::AnswerLost(LostAnswer::Command, None, Box::new(Error::DiskFull)),
            Error::AnswerLost(LostAnswer::Replies, None, Box::new(Error::DiskFull)),
            Error::AnswerLost(LostAnswer::Stream, None, Box::new(Error::StdoutClosed)),
            Error::AnswerLost(LostAnswer::FailedLines, None, Box::new(Error::DiskFull)),
            Error::AnswerLost(LostAnswer::Recording, None, Box::new(Error::DiskFull)),
            Error::Bug(text()),
        ] {
            for language in [Language::En, Language::Pt] {
                let ErrorText { message, hint } = error(&rendered, &globals(language));
                let hint = hint.unwrap_or_else(|| panic!("{}", rendered.kind()));
                for text in [message, hint] {
                    assert!(
                        !text.starts_with("error-") && !text.starts_with("usage-") && !text.contains('{'),
                        "{text}"
                    );
                }
            }
        }
    }

    #[test]
    fn missing_fields_are_listed_by_option_each_once() {
        let missing = Error::Missing(vec![
            &[Field::Niss],
            &[Field::Email, Field::Mobile],
            &[Field::Password],
            &[Field::NewPassword],
            &[Field::NewCode],
        ]);
        let rendered = error(&missing, &globals(Language::Pt));
        let expected = "em falta: NISS, --email ou --mobile, --password-stdin, --generate ou --new-code-stdin";
        assert_eq!(rendered.message, expected);
        assert_eq!(rendered.hint.as_deref(), Some("veja `ssd recover request --help`"));
    }
}
