//! The environment variables. They are read once, here; other modules get values.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::domain::validation_error::ValidationError;
use crate::domain::visible_text::is_visible_text;
use crate::domain::vocabulary::{Language, string_enum};
use crate::request::{CallToken, SessionToken};

string_enum! {
    /// An environment variable that the program reads. The topic `environment` has a row for each.
    Variable {
        /// Path of the store.
        Store = "SSD_STORE",
        /// Path of the store's key file.
        KeyFile = "SSD_KEY_FILE",
        /// Token of a holder's session.
        Session = "SSD_SESSION",
        /// Token of a call on the phone line.
        Call = "SSD_CALL",
        /// Language of sentences.
        Lang = "SSD_LANG",
        /// File that records the commands of a sandbox.
        Record = "SSD_RECORD",
        /// The actor in the audit log.
        Operator = "SSD_OPERATOR",
        /// No colours (no-color.org).
        NoColor = "NO_COLOR",
        /// The type of the terminal; without one, or for `dumb`, no colours (terminfo).
        Term = "TERM",
        /// Folder of the default store (XDG base directory specification).
        XdgDataHome = "XDG_DATA_HOME",
        /// The home folder, where `XDG_DATA_HOME` is not set.
        Home = "HOME",
        /// The locale, in the order of POSIX 8.2.
        LcAll = "LC_ALL",
        /// The locale of messages.
        LcMessages = "LC_MESSAGES",
        /// The locale.
        LocaleLang = "LANG",
        /// The actor, where `SSD_OPERATOR` is not set.
        User = "USER",
        /// The actor, where `USER` is not set either.
        Logname = "LOGNAME",
    }
}

impl Variable {
    /// The option that the variable replaces, without its hyphens.
    pub fn option(self) -> Option<&'static str> {
        match self {
            Variable::Store => Some("store"),
            Variable::KeyFile => Some("key-file"),
            Variable::Lang => Some("lang"),
            Variable::NoColor => Some("color"),
            Variable::Session
            | Variable::Call
            | Variable::Record
            | Variable::Operator
            | Variable::Term
            | Variable::XdgDataHome
            | Variable::Home
            | Variable::LcAll
            | Variable::LcMessages
            | Variable::LocaleLang
            | Variable::User
            | Variable::Logname => None,
        }
    }
}

/// The values of the environment variables.
#[derive(Debug)]
pub struct Environment {
    /// The path of the store, unless `--store` is given. `None` without a variable and without a home directory.
    pub store: Option<PathBuf>,
    /// The path of the key file, unless `--key-file` is given. `None` means beside the store.
    pub key_file: Option<PathBuf>,
    /// The language, unless `--lang` is given.
    pub language: Language,
    /// The actor that the audit log records.
    pub operator: String,
    /// The fault of `SSD_OPERATOR`. A command that opens a store fails with it.
    pub invalid_operator: Option<ValidationError>,
    /// The session token of `ssd login`.
    pub session: Option<SessionToken>,
    /// The call token of `ssd phone-line`.
    pub call: Option<CallToken>,
    /// The file to which the commands of a sandbox are recorded.
    pub record: Option<PathBuf>,
    /// Whether colours are disabled (no-color.org), or the terminal has none.
    pub no_color: bool,
}

impl Environment {
    /// Reads the environment of the process.
    #[expect(clippy::disallowed_methods, reason = "the one place that may")]
    pub fn from_process() -> Environment {
        Environment::from(|name| std::env::var_os(name))
    }

    /// Reads the variables with the given function. An empty variable counts as unset, so `SSD_LANG= ssd ...` removes
    /// a setting. An empty `SSD_STORE` stays an empty path, which is an error later: a script with a mistake must not
    /// change the default store.
    pub fn from(variable: impl Fn(&str) -> Option<OsString>) -> Environment {
        let set = |name: Variable| variable(name.as_str()).filter(|value| !value.is_empty());
        let text = |name: Variable| set(name).map(|value| value.to_string_lossy().into_owned());
        let data = || {
            // The XDG base directory specification requires relative paths to be ignored.
            let named = set(Variable::XdgDataHome).map(PathBuf::from).filter(|path| path.is_absolute());
            named.or_else(|| Some(PathBuf::from(set(Variable::Home)?).join(".local/share")))
        };
        Environment {
            store: variable(Variable::Store.as_str())
                .map(PathBuf::from)
                .or_else(|| Some(data()?.join("ssd").join("store.db"))),
            key_file: set(Variable::KeyFile).map(PathBuf::from),
            language: language(text(Variable::Lang), || {
                [Variable::LcAll, Variable::LcMessages, Variable::LocaleLang].into_iter().find_map(text)
            }),
            operator: [Variable::Operator, Variable::User, Variable::Logname]
                .into_iter()
                .find_map(|name| set(name).and_then(|value| actor(value).ok()))
                .unwrap_or_else(|| "unknown".into()),
            invalid_operator: set(Variable::Operator).and_then(|value| actor(value).err()),
            session: text(Variable::Session).map(SessionToken::new),
            call: text(Variable::Call).map(CallToken::new),
            record: set(Variable::Record).map(PathBuf::from),
            no_color: set(Variable::NoColor).is_some() || set(Variable::Term).is_none_or(|term| term == "dumb"),
        }
    }
}

/// The maximum length of an actor in characters.
const LONGEST_ACTOR: usize = 100;

/// Checks the name of an actor, which every list of the audit log shows: one line of visible text.
fn actor(value: OsString) -> Result<String, ValidationError> {
    let name = value.into_string().map_err(|_| ValidationError::NotUtf8)?;
    match name.chars().count() {
        count if count > LONGEST_ACTOR => Err(ValidationError::Length("1-100")),
        _ if !is_visible_text(&name) => Err(ValidationError::InvalidCharacter),
        _ => Ok(name),
    }
}

/// Returns the language of `SSD_LANG`, else of the first set variable of `LC_ALL`, `LC_MESSAGES` and `LANG` (POSIX
/// 8.2).
///
/// An unknown language in `SSD_LANG` means English. An error would block every command until the profile is
/// corrected.
fn language(chosen: Option<String>, locale: impl Fn() -> Option<String>) -> Language {
    match chosen {
        Some(word) if is_portuguese(&word) => Language::Pt,
        None if locale().is_some_and(|locale| is_portuguese(&locale)) => Language::Pt,
        _ => Language::En,
    }
}

fn is_portuguese(locale: &str) -> bool {
    locale.get(..2).is_some_and(|language| language.eq_ignore_ascii_case("pt"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(variables: &[(&str, &str)]) -> Environment {
        Environment::from(|name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into()))
    }

    #[test]
    fn store_path_comes_from_the_first_set_variable() {
        let home = ("HOME", "/people/ana");
        for (variables, path) in [
            (vec![home], Some("/people/ana/.local/share/ssd/store.db")),
            (vec![home, ("XDG_DATA_HOME", "/data")], Some("/data/ssd/store.db")),
            (vec![home, ("XDG_DATA_HOME", "data")], Some("/people/ana/.local/share/ssd/store.db")),
            (vec![home, ("XDG_DATA_HOME", "/data"), ("SSD_STORE", "my.db")], Some("my.db")),
            (vec![home, ("SSD_STORE", "")], Some("")),
            (vec![], None),
        ] {
            assert_eq!(with(&variables).store, path.map(PathBuf::from), "{variables:?}");
        }
    }

    #[test]
    fn no_color_without_a_terminal_type_or_on_a_dumb_terminal() {
        for (variables, no_color) in [
            (vec![("TERM", "xterm-256color")], false),
            (vec![], true),
            (vec![("TERM", "")], true),
            (vec![("TERM", "dumb")], true),
            (vec![("TERM", "xterm"), ("NO_COLOR", "1")], true),
        ] {
            assert_eq!(with(&variables).no_color, no_color, "{variables:?}");
        }
    }

    #[test]
    fn portuguese_locale_selects_portuguese() {
        for (variables, language) in [
            (vec![], Language::En),
            (vec![("LANG", "pt_PT.UTF-8")], Language::Pt),
            (vec![("LANG", "pt_PT.UTF-8"), ("LC_MESSAGES", "C")], Language::En),
            (vec![("LANG", "C"), ("LC_MESSAGES", "de"), ("LC_ALL", "pt")], Language::Pt),
            (vec![("LANG", "pt_PT"), ("SSD_LANG", "en")], Language::En),
            (vec![("LANG", "pt_PT"), ("SSD_LANG", "fr")], Language::En),
            (vec![("LANG", "pt_PT"), ("SSD_LANG", "")], Language::Pt),
        ] {
            assert_eq!(with(&variables).language, language, "{variables:?}");
        }
    }

    #[test]
    fn operator_comes_from_the_first_set_variable() {
        assert_eq!(with(&[]).operator, "unknown");
        assert_eq!(with(&[("LOGNAME", "rui")]).operator, "rui");
        assert_eq!(with(&[("LOGNAME", "rui"), ("USER", "ana")]).operator, "ana");
        let set = with(&[("USER", "ana"), ("SSD_OPERATOR", "balcão 3")]);
        assert_eq!((set.operator.as_str(), set.invalid_operator), ("balcão 3", None));
    }

    #[test]
    fn operator_is_one_line_of_visible_text() {
        for (name, cause) in [
            ("a\u{9b}", ValidationError::InvalidCharacter),
            ("a\nb", ValidationError::InvalidCharacter),
            ("\u{202e}a", ValidationError::InvalidCharacter),
            (" ", ValidationError::InvalidCharacter),
            ("\u{3164}", ValidationError::InvalidCharacter),
            (&"x".repeat(101), ValidationError::Length("1-100")),
        ] {
            assert_eq!(with(&[("SSD_OPERATOR", name)]).invalid_operator, Some(cause), "{name:?}");
            // The system's own name is no mistake of the user.
            let set = with(&[("USER", name), ("LOGNAME", "rui")]);
            assert_eq!((set.operator.as_str(), set.invalid_operator), ("rui", None));
        }
        assert_eq!(with(&[("SSD_OPERATOR", &"x".repeat(100))]).invalid_operator, None);
    }
}
