//! The global options, which every command takes before or after its words.
//!
//! `OPTIONS` declares each once. Clap's arguments, the values of a call and the pre-scan of a command line follow from it.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::ValueParser;
use clap::{Arg, ArgAction, ArgMatches, value_parser};

use crate::cli::io::streams::Streams;
use crate::domain::shell_text;
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::Language;
use crate::environment::Environment;
use crate::request::Operation;
use crate::store::StoreLocation;

/// The value of `--format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Lists as columns under a header.
    Table,
    /// Comma-separated values under a header.
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

/// The value of `--color`, for messages on standard error and tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    /// At a terminal with colours, unless `NO_COLOR` is set.
    Auto,
    /// Always.
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

/// The global options of a call.
#[derive(Debug, Clone)]
pub struct GlobalArgs {
    /// The store, from `--store`, `SSD_STORE` or the default path.
    pub store: Option<PathBuf>,
    /// The key file, if it is not beside the store.
    pub key_file: Option<PathBuf>,
    /// Print JSON on standard output.
    pub json: bool,
    /// Print tables or CSV on standard output, even without a terminal.
    pub format: Option<Format>,
    /// The language of all text.
    pub language: Language,
    /// Never ask, even at a terminal.
    pub no_input: bool,
    /// Print only refusals and errors on standard error.
    pub quiet: bool,
    /// When to use colours.
    pub color: Color,
    /// Whether `NO_COLOR` is set, or the terminal has no colours.
    pub no_color: bool,
    /// Confirm without asking.
    pub yes: bool,
    /// The words of the command, as far as they name one.
    pub words: Vec<&'static str>,
    /// The command line, for hints that repeat it with another option.
    pub line: Vec<String>,
}

/// A global option.
struct GlobalOption {
    /// Its id for clap, which is its key in the catalogues too: `arg-ID`.
    id: &'static str,
    long: &'static str,
    short: Option<char>,
    kind: OptionKind,
}

/// What an option takes and what it sets.
enum OptionKind {
    Flag(fn(&mut GlobalArgs)),
    /// The name of the value, its parser for clap, and a setter. The setter ignores an invalid value, which clap reports.
    Value(&'static str, fn() -> ValueParser, fn(&mut GlobalArgs, &OsStr)),
}

const fn flag(id: &'static str, long: &'static str, set: fn(&mut GlobalArgs)) -> GlobalOption {
    GlobalOption { id, long, short: None, kind: OptionKind::Flag(set) }
}

const fn value(
    id: &'static str,
    long: &'static str,
    name: &'static str,
    parser: fn() -> ValueParser,
    set: fn(&mut GlobalArgs, &OsStr),
) -> GlobalOption {
    GlobalOption { id, long, short: None, kind: OptionKind::Value(name, parser, set) }
}

/// The global options, in the order of the help.
const OPTIONS: [GlobalOption; 9] = [
    value("store", "store", "PATH", || value_parser!(PathBuf), |args, path| args.store = Some(path.into())),
    value("key_file", "key-file", "PATH", || value_parser!(PathBuf), |args, path| args.key_file = Some(path.into())),
    flag("json", "json", |args| args.json = true),
    value("format", "format", "FORM", || ValueParser::new(Format::from_str), |args, word| args.format = parsed(word)),
    value(
        "lang",
        "lang",
        "LANG",
        || ValueParser::new(Language::from_str),
        |args, word| args.language = parsed(word).unwrap_or(args.language),
    ),
    flag("no_input", "no-input", |args| args.no_input = true),
    GlobalOption { short: Some('q'), ..flag("quiet", "quiet", |args| args.quiet = true) },
    value(
        "color",
        "color",
        "WHEN",
        || ValueParser::new(Color::from_str),
        |args, word| args.color = parsed(word).unwrap_or(args.color),
    ),
    flag("yes", "yes", |args| args.yes = true),
];

fn parsed<T: FromStr>(word: &OsStr) -> Option<T> {
    word.to_str()?.parse().ok()
}

impl GlobalOption {
    fn arg(&self) -> Arg {
        let arg = Arg::new(self.id).long(self.long).short(self.short);
        match &self.kind {
            OptionKind::Flag(_) => arg.action(ArgAction::SetTrue).overrides_with(self.id),
            OptionKind::Value(name, parser, _) => arg.value_name(*name).value_parser(parser()),
        }
    }

    /// Returns whether `word` is this option: `--quiet` or `-q`.
    fn is_named(&self, word: &str) -> bool {
        match word.strip_prefix("--") {
            Some(long) => long == self.long,
            None => self.short.is_some_and(|short| word.strip_prefix('-') == Some(short.encode_utf8(&mut [0; 4]))),
        }
    }
}

/// Returns the global options for clap, for each level of a command. Clap's own `global` copies every value from level to level,
/// which takes as long as parsing the line.
pub fn args() -> [Arg; OPTIONS.len()] {
    OPTIONS.each_ref().map(GlobalOption::arg)
}

impl GlobalArgs {
    /// The values before any option is read.
    fn from_environment(settings: &Environment) -> GlobalArgs {
        GlobalArgs {
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
            line: vec![],
        }
    }

    /// Returns the options that clap has parsed at any level, over the environment. The last level counts. `guess` is the pre-scan of
    /// the same line.
    pub fn of(matches: &ArgMatches, guess: &GlobalArgs, settings: &Environment) -> GlobalArgs {
        let mut args = GlobalArgs {
            words: guess.words.clone(),
            line: guess.line.clone(),
            ..GlobalArgs::from_environment(settings)
        };
        let levels = std::iter::successors(Some(matches), |level| level.subcommand().map(|(_, below)| below));
        for level in levels {
            for option in &OPTIONS {
                match option.kind {
                    OptionKind::Flag(set) if level.get_flag(option.id) => set(&mut args),
                    OptionKind::Flag(_) => {}
                    OptionKind::Value(_, _, set) => {
                        level.get_raw(option.id).into_iter().flatten().for_each(|value| set(&mut args, value));
                    }
                }
            }
        }
        args
    }

    /// Reads the options before clap parses the line, or when it can't: a usage error has the language and format of its own line.
    /// `next_word(words, word)` returns `word` if a command starts with `words` and then `word`.
    pub fn prescan(
        line: &[OsString],
        settings: &Environment,
        next_word: impl Fn(&[&str], &str) -> Option<&'static str>,
    ) -> GlobalArgs {
        let mut args = GlobalArgs::from_environment(settings);
        args.line = line.iter().map(|word| word.to_string_lossy().into_owned()).collect();
        let mut is_in_words = true;
        let mut rest = line.iter();
        while let Some(word) = rest.next() {
            let Some(word) = word.to_str() else { continue };
            if word == "--" {
                break;
            }
            let (name, attached) = match word.split_once('=') {
                Some((name, value)) => (name, Some(OsStr::new(value))),
                None => (word, None),
            };
            match OPTIONS.iter().find(|option| option.is_named(name)).map(|option| &option.kind) {
                Some(OptionKind::Flag(set)) => set(&mut args),
                Some(OptionKind::Value(_, _, set)) => {
                    let Some(value) = attached.or_else(|| rest.next().map(OsString::as_os_str)) else { break };
                    set(&mut args, value);
                }
                None if is_in_words && !word.starts_with('-') => match next_word(&args.words, word) {
                    Some(known) => args.words.push(known),
                    None => is_in_words = false,
                },
                None => {}
            }
        }
        args
    }

    /// Returns the location of the store and its key file, if there is a store path.
    pub fn store_location(&self) -> Option<StoreLocation<'_>> {
        Some(StoreLocation {
            store: self.store.as_deref().filter(|path| !path.as_os_str().is_empty())?,
            key: self.key_file.as_deref(),
        })
    }

    /// Returns whether the user can be asked and may be.
    pub fn is_interactive(&self, streams: &Streams) -> bool {
        !self.no_input && streams.can_ask()
    }

    /// Returns whether standard output is for programs. It must then have nothing but replies.
    pub fn is_machine_readable(&self) -> bool {
        self.json || self.format == Some(Format::Csv)
    }

    /// Returns whether to use colours on a stream.
    pub fn uses_color(&self, is_terminal: bool) -> bool {
        match self.color {
            Color::Auto => !self.no_color && is_terminal,
            Color::Always => true,
            Color::Never => false,
        }
    }

    /// Returns the command line with more options, as words of a shell. An `--encoding` is replaced.
    pub fn line_with(&self, options: &str) -> String {
        let (mut before, mut behind) = (vec!["ssd".to_owned()], vec![]);
        let replaces_encoding = options.contains("--encoding ");
        let mut words = self.line.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--" => {
                    behind = std::iter::once(word).chain(words.by_ref()).map(|word| shell_text::quoted(word)).collect();
                }
                "--encoding" if replaces_encoding => drop(words.next()),
                other if replaces_encoding && other.starts_with("--encoding=") => {}
                other => before.push(shell_text::quoted(other)),
            }
        }
        let behind = if behind.is_empty() { String::new() } else { format!(" {}", behind.join(" ")) };
        format!("{}{options}{behind}", before.join(" "))
    }

    /// Returns the operation that the words name.
    pub fn operation(&self) -> Option<Operation> {
        self.words.join("_").replace('-', "_").parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nothing_set() -> Environment {
        Environment {
            store: None,
            key_file: None,
            language: Language::En,
            operator: String::new(),
            invalid_operator: None,
            session: None,
            call: None,
            record: None,
            no_color: false,
        }
    }

    #[test]
    fn line_is_repeated_with_more_options() {
        let line = |line: &str, options: &str| {
            let settings = nothing_set();
            let words: Vec<OsString> = shell_words::split(line).expect("words").into_iter().map(Into::into).collect();
            GlobalArgs::prescan(&words, &settings, |_, _| None).line_with(options)
        };
        assert_eq!(line("x 'a b.csv' -q", " --ignore-unknown"), "ssd x 'a b.csv' -q --ignore-unknown");
        assert_eq!(line("x --encoding auto -- -f", " --encoding utf-16"), "ssd x --encoding utf-16 -- -f");
        assert_eq!(line("x --encoding=utf-8 f", " --encoding utf-16"), "ssd x f --encoding utf-16");
        assert_eq!(line("x --encoding utf-16 f", " --ignore-unknown"), "ssd x --encoding utf-16 f --ignore-unknown");
    }

    #[test]
    fn prescan_and_clap_read_the_same_options() {
        let settings = nothing_set();
        let line =
            "--store a.db x -q --store=b.db --key-file k --json --format csv --lang pt --no-input --color never --yes";
        let line: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        let guess =
            GlobalArgs::prescan(&line, &settings, |words, word| (words.is_empty() && word == "x").then_some("x"));
        let below = clap::Command::new("x").args(args());
        let program = clap::Command::new("ssd").no_binary_name(true).args(args()).subcommand(below);
        let parsed = GlobalArgs::of(&program.get_matches_from(&line), &guess, &settings);
        assert_eq!(format!("{guess:?}"), format!("{parsed:?}"));
        assert_eq!(parsed.store, Some("b.db".into()));
        let is_set = [parsed.json, parsed.no_input, parsed.quiet, parsed.yes];
        assert_eq!((is_set, parsed.format, parsed.language), ([true; 4], Some(Format::Csv), Language::Pt));
        assert_eq!((parsed.color, parsed.words, parsed.key_file), (Color::Never, vec!["x"], Some("k".into())));
    }
}
