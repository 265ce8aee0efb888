//! The options that every command takes, before or after its name.

use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::ValueParser;
use clap::{Arg, ArgAction, ArgMatches, value_parser};

use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::Language;
use crate::environment::Environment;
use crate::request::Operation;

/// How a result is printed, where it is not for people at a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Lists in columns under a header.
    Table,
    /// A header and rows.
    Csv,
}

impl FromStr for Format {
    type Err = ValidationError;
    fn from_str(word: &str) -> Result<Format, ValidationError> {
        match word {
            "table" => Ok(Format::Table),
            "csv" => Ok(Format::Csv),
            _ => Err(ValidationError::UnknownWord("table, csv")),
        }
    }
}

/// When to colour what is said to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// In any case.
    Always,
    /// Never.
    Never,
}

impl FromStr for Color {
    type Err = ValidationError;
    fn from_str(word: &str) -> Result<Color, ValidationError> {
        match word {
            "auto" => Ok(Color::Auto),
            "always" => Ok(Color::Always),
            "never" => Ok(Color::Never),
            _ => Err(ValidationError::UnknownWord("auto, always, never")),
        }
    }
}

/// What they say for this call.
#[derive(Debug, Clone)]
pub struct GlobalArgs {
    /// Where the store is, if anything says so.
    pub store: Option<PathBuf>,
    /// Where the store's key is, if not beside it.
    pub key_file: Option<PathBuf>,
    /// JSON on standard output instead of sentences.
    pub json: bool,
    /// Tables or CSV on standard output, whatever that is.
    pub format: Option<Format>,
    /// The language of the sentences.
    pub language: Language,
    /// Ask for nothing, even on a terminal.
    pub no_input: bool,
    /// Nothing on standard error but refusals and errors.
    pub quiet: bool,
    /// Colours.
    pub color: Color,
    /// `NO_COLOR` is set.
    pub no_color: bool,
    /// A summary needs no confirmation.
    pub yes: bool,
    /// The words that name the command, as far as there is such a command.
    pub words: Vec<&'static str>,
}

/// The options for clap, at each level of a command. Clap's own `global` would do it too, by copying every value from level to
/// level, which takes as long as reading the line.
pub fn args() -> [Arg; 9] {
    let flag =
        |id: &'static str, long: &'static str| Arg::new(id).long(long).action(ArgAction::SetTrue).overrides_with(id);
    let value = |id: &'static str, name: &'static str, parser: ValueParser| {
        Arg::new(id).long(id).value_name(name).value_parser(parser)
    };
    [
        value("store", "PATH", value_parser!(PathBuf)),
        value("key_file", "PATH", value_parser!(PathBuf)).long("key-file"),
        flag("json", "json"),
        value("format", "FORM", ValueParser::new(Format::from_str)),
        value("lang", "LANG", ValueParser::new(Language::from_str)),
        flag("no_input", "no-input"),
        flag("quiet", "quiet").short('q'),
        value("color", "WHEN", ValueParser::new(Color::from_str)),
        flag("yes", "yes"),
    ]
}

impl GlobalArgs {
    /// As clap read them at whichever level, over what the environment says. What stands further on counts.
    pub fn of(matches: &ArgMatches, guess: &GlobalArgs, settings: &Environment) -> GlobalArgs {
        let levels: Vec<&ArgMatches> =
            std::iter::successors(Some(matches), |level| level.subcommand().map(|(_, under)| under)).collect();
        let flag = |id| levels.iter().any(|level| level.get_flag(id));
        let store = levels.iter().rev().find_map(|level| level.get_one("store"));
        let key_file = levels.iter().rev().find_map(|level| level.get_one("key_file"));
        let language = levels.iter().rev().find_map(|level| level.get_one("lang"));
        let color = levels.iter().rev().find_map(|level| level.get_one("color"));
        GlobalArgs {
            store: store.or(settings.store.as_ref()).cloned(),
            key_file: key_file.or(settings.key_file.as_ref()).cloned(),
            json: flag("json"),
            format: levels.iter().rev().find_map(|level| level.get_one("format")).copied(),
            language: language.copied().unwrap_or(settings.language),
            no_input: flag("no_input"),
            quiet: flag("quiet"),
            color: color.copied().unwrap_or(Color::Auto),
            no_color: settings.no_color,
            yes: flag("yes"),
            words: guess.words.clone(),
        }
    }

    /// Whether somebody is there to be asked. Standard input is looked at too: what reads keys would go past a pipe to the
    /// terminal, where a script expects no question.
    pub fn is_interactive(&self) -> bool {
        !self.no_input && std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
    }

    /// Whether standard output is for programs: nothing may stand on it beside the replies.
    pub fn is_machine_readable(&self) -> bool {
        self.json || self.format == Some(Format::Csv)
    }

    /// Whether colours are wanted on a stream.
    pub fn uses_color(&self, is_terminal: bool) -> bool {
        match self.color {
            Color::Auto => !self.no_color && is_terminal,
            Color::Always => true,
            Color::Never => false,
        }
    }

    /// The operation, if the words name one.
    pub fn operation(&self) -> Option<Operation> {
        self.words.join("_").replace('-', "_").parse().ok()
    }

    /// At a glance, before clap reads the line and also where it can't: a mistake is told in the language and the form that
    /// the same line asks for.
    pub fn prescan(line: &[OsString], settings: &Environment) -> GlobalArgs {
        let mut guess = GlobalArgs {
            store: settings.store.clone(),
            key_file: settings.key_file.clone(),
            json: false,
            format: None,
            language: settings.language,
            no_input: false,
            quiet: false,
            color: Color::Auto,
            no_color: settings.no_color,
            yes: false,
            words: vec![],
        };
        let mut naming = true;
        let mut rest = line.iter();
        while let Some(word) = rest.next() {
            let Some(word) = word.to_str() else { continue };
            let (option, attached) = match word.split_once('=') {
                Some((option, value)) => (option, Some(OsString::from(value))),
                None => (word, None),
            };
            match option {
                "--" => break,
                "--json" => guess.json = true,
                "--quiet" | "-q" => guess.quiet = true,
                "--no-input" => guess.no_input = true,
                "--store" | "--key-file" | "--lang" | "--color" | "--format" => {
                    let Some(value) = attached.or_else(|| rest.next().cloned()) else { break };
                    guess.take(option, value);
                }
                _ if naming && !word.starts_with('-') => {
                    match crate::cli::command_tree::next_word(&guess.words, word) {
                        Some(known) => guess.words.push(known),
                        None => naming = false,
                    }
                }
                _ => {}
            }
        }
        guess
    }

    fn take(&mut self, option: &str, value: OsString) {
        if option == "--store" {
            self.store = Some(value.into());
        } else if option == "--key-file" {
            self.key_file = Some(value.into());
        } else if let Some(value) = value.to_str() {
            match option {
                "--lang" => self.language = value.parse().unwrap_or(self.language),
                "--format" => self.format = value.parse().ok(),
                _ => self.color = value.parse().unwrap_or(self.color),
            }
        }
    }
}
