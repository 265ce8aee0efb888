//! What is said of an error or a refusal: what happened, and what can be done about it.

use std::io::ErrorKind;
use std::path::Path;

use super::globals::Globals;
use super::usage;
use crate::domain::words::Language;
use crate::error::Error;
use crate::reply::Refusal;
use crate::request::line::Fault;
use crate::request::{Field, Group};
use crate::store::Place;
use crate::store::keyfile::KeyFile;
use crate::text::{Fact, Facts, Form, flaws, say, sentence, value_name};

/// Two sentences.
#[derive(Debug, PartialEq, Eq)]
pub struct Wording {
    /// What happened.
    pub message: String,
    /// What can be done.
    pub hint: Option<String>,
}

/// Of an error.
pub fn error(error: &Error, globals: &Globals) -> Wording {
    let language = globals.language;
    let mut facts = error.facts();
    // Of the names of files above all: whoever may write into a folder must not write to a terminal by them.
    for (_, fact) in &mut facts {
        if let Fact::Text(text) = fact {
            *text = super::human::printable(text);
        }
    }
    let store = globals.store.as_deref().map(|path| super::human::printable(&path.to_string_lossy()));
    let key = KeyFile::of(Place {
        store: globals.store.as_deref().unwrap_or(Path::new("")),
        key: globals.key_file.as_deref(),
    });
    facts.push(("key", Fact::from(super::human::printable(&key.path().to_string_lossy()))));
    facts.push(("store", Fact::from(store.unwrap_or_default())));
    facts.push(("command", Fact::from(["ssd"].iter().chain(&globals.words).copied().collect::<Vec<_>>().join(" "))));
    for (name, fact) in &mut facts {
        if let ("option" | "options" | "first" | "second", Fact::Text(text)) = (*name, fact) {
            *text = places(language, text);
        }
    }
    let fault = error.fault().and_then(|fault| fault_in_words(language, fault.kind()));
    facts.extend(fault.map(|detail| ("detail", Fact::from(detail))));
    let message = match error {
        Error::Malformed { name, flaw, nearest } => {
            facts.extend(nearest.map(|word| ("suggestion", Fact::from(word))));
            facts.extend([
                ("name", Fact::from(value_name(language, name))),
                ("flaw", Fact::from(flaws::sentence(language, flaw))),
            ]);
            say(language, "usage-malformed", &facts)
        }
        Error::Missing(groups) => {
            facts.push(("options", Fact::from(options(language, globals, groups))));
            say(language, "usage-missing", &facts)
        }
        Error::Usage { key, .. } => say(language, &format!("usage-{key}"), &facts),
        Error::Stopped { key, .. } => say(language, &format!("stopped-{key}"), &facts),
        _ => say(language, &format!("error-{}", error.kind()), &facts),
    };
    let own = match error {
        Error::Usage { .. } | Error::Malformed { .. } if facts.iter().any(|(name, _)| *name == "suggestion") => {
            Some("usage-suggestion-hint".to_owned())
        }
        Error::Usage { key, .. } => Some(format!("usage-{key}-hint")),
        Error::Stopped { key, .. } => Some(format!("stopped-{key}-hint")),
        _ => None,
    };
    let own = own.and_then(|key| sentence(language, &key, &facts, Form::Words));
    let hint = own.or_else(|| sentence(language, &format!("error-{}-hint", error.kind()), &facts, Form::Words));
    Wording { message, hint }
}

/// Of a refusal.
pub fn refusal(refusal: &Refusal, language: Language) -> Wording {
    let mut facts: Facts = refusal.facts.clone();
    facts.extend(refusal.niss.map(|niss| ("niss", Fact::from(niss.to_string()))));
    facts.extend(refusal.retry_at.map(|time| ("retry_at", Fact::Time(time))));
    if let Some(channels) = &refusal.channels {
        let channels: Vec<&str> = channels.iter().map(|channel| channel.as_str()).collect();
        facts.push(("channels", Fact::from(channels.join(", "))));
    }
    let message = say(language, &refusal.key(), &facts);
    let hint = refusal.hint.as_ref().map(|hint| {
        facts.extend(hint.facts.clone());
        say(language, hint.key, &facts)
    });
    Wording { message, hint }
}

/// Of a line that is no request: where it is wrong, and what was expected.
pub fn fault(number: u64, fault: &Fault, language: Language) -> Wording {
    let mut facts = vec![("line", Fact::from(number.to_string()))];
    let key = match fault {
        Fault::Field(None, flaw) => {
            facts.push(("flaw", Fact::from(flaws::sentence(language, flaw))));
            "line-whole"
        }
        Fault::Field(Some(field), flaw) => {
            facts.push(("field", Fact::from(super::human::printable(field))));
            facts.push(("flaw", Fact::from(flaws::sentence(language, flaw))));
            "line-field"
        }
        Fault::Missing(groups) => {
            let or = format!(" {} ", say(language, "usage-or", &vec![]));
            let name = |group: &Group| group.iter().map(|field| field.as_str()).collect::<Vec<_>>().join(&or);
            let names: Vec<String> = groups.iter().map(name).collect();
            facts.push(("fields", Fact::from(names.join(", "))));
            "line-missing"
        }
    };
    Wording { message: say(language, key, &facts), hint: Some(say(language, "line-hint", &vec![])) }
}

/// The commonest faults of files; the system tells the others in its own words.
fn fault_in_words(language: Language, fault: ErrorKind) -> Option<String> {
    let key = match fault {
        ErrorKind::NotFound => "fault-not-found",
        ErrorKind::PermissionDenied => "fault-denied",
        ErrorKind::AlreadyExists => "fault-exists",
        ErrorKind::IsADirectory => "fault-folder",
        _ => return None,
    };
    Some(say(language, key, &vec![]))
}

/// Arguments by their names, some of which are words of the language.
fn places(language: Language, names: &str) -> String {
    names.split(", ").map(|name| value_name(language, name)).collect::<Vec<_>>().join(", ")
}

/// The options that could fill what is missing, each once.
fn options(language: Language, globals: &Globals, groups: &[&'static [Field]]) -> String {
    let or = say(language, "usage-or", &vec![]);
    let mut named: Vec<String> = vec![];
    for group in groups {
        let mut options: Vec<String> =
            group.iter().map(|field| value_name(language, &usage::option(globals.op(), *field))).collect();
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
    use crate::domain::flaw::Flaw;
    use crate::settings::Settings;

    fn globals(language: Language) -> Globals {
        let settings = Settings {
            store: None,
            key_file: None,
            language,
            operator: String::new(),
            session: None,
            call: None,
            record: None,
            no_color: true,
        };
        let line = ["recover", "request", "--store", "/x.db"].map(Into::into);
        Globals::guess(&line, &settings)
    }

    #[test]
    fn every_error_has_a_message_and_a_hint_in_both_languages() {
        let text = || "x".to_owned();
        let fault = || std::io::Error::other("x");
        for told in [
            Error::malformed("--birth-date", Flaw::NoSuchDate),
            Error::Missing(vec![&[Field::Niss], &[Field::Email, Field::Mobile], &[Field::Password]]),
            Error::usage("no-path"),
            Error::file(Path::new("a"), ErrorKind::NotFound.into()),
            Error::StoreMissing,
            Error::StoreExists,
            Error::StoreBusy,
            Error::StoreUnreadable(fault()),
            Error::StoreUnwritable(fault()),
            Error::DiskFull,
            Error::StoreForeign,
            Error::StoreDamaged(text()),
            Error::StoreNewer(2, 1),
            Error::KeyMissing(fault()),
            Error::KeyWrong,
            Error::NoRandomness(text()),
            Error::Interrupted,
            Error::Stopped { key: "import", facts: vec![("loaded", Fact::Number(1)), ("good", Fact::Number(2))] },
            Error::Bug(text()),
        ] {
            for language in [Language::En, Language::Pt] {
                let Wording { message, hint } = error(&told, &globals(language));
                let hint = hint.unwrap_or_else(|| panic!("{}", told.kind()));
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
    fn what_is_missing_is_told_by_its_options_each_once() {
        let missing = Error::Missing(vec![
            &[Field::Niss],
            &[Field::Email, Field::Mobile],
            &[Field::Password],
            &[Field::NewPassword],
            &[Field::NewCode],
        ]);
        let told = error(&missing, &globals(Language::Pt));
        let expected = "em falta: NISS, --email ou --mobile, --password-stdin, --generate ou --new-code-stdin";
        assert_eq!(told.message, expected);
        assert_eq!(told.hint.as_deref(), Some("veja `ssd recover request --help`"));
    }
}
