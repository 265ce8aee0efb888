//! The content of a help page about the program, a command group or a command, before it is printed as text or as a
//! manual page. It joins clap's arguments with the catalogues' sentences, and is built only when help is requested.

use clap::{Arg, Command};

use crate::cli::args::global_args;
use crate::cli::command_spec::{CommandGroup, CommandSpec, Entry};
use crate::cli::command_tree;
use crate::cli::help::examples;
use crate::cli::help::topics::{self, Topic};
use crate::domain::vocabulary::Language;
use crate::l10n::{DateStyle, localize, try_localize, value_name};

/// A page about the program, a group of commands, or one command.
pub struct CommandHelp {
    /// Its words after `ssd`.
    pub words: Vec<&'static str>,
    /// A one-line description.
    pub about: String,
    /// The usage line after its words.
    pub usage: Usage,
    /// Lists of names with their descriptions.
    pub lists: Vec<List>,
    /// The options of every command.
    pub globals: List,
    /// Command lines that work.
    pub examples: &'static [&'static str],
    /// Further paragraphs.
    pub more: Option<String>,
    /// The topics that explain the subject.
    pub topics: Vec<Topic>,
}

/// The part of a usage line after the command's words.
pub enum Usage {
    /// Another command.
    Command,
    /// These arguments, and perhaps options.
    Arguments(Vec<String>, bool),
}

/// Two columns under a heading.
pub struct List {
    /// The heading.
    pub heading: String,
    /// The rows.
    pub rows: Vec<(String, String)>,
}

/// The key of a command's line in the lists.
pub fn help_key(path: &str) -> String {
    format!("help-{}", path.replace(' ', "-"))
}

/// The key of an argument's line: its own for the command, or the one that it has everywhere.
pub fn argument(language: Language, path: &str, id: &str) -> String {
    let own = format!("arg-{}-{id}", path.replace(' ', "-"));
    try_localize(language, &own, &vec![], DateStyle::Words).map_or_else(|| format!("arg-{id}"), |_| own)
}

/// The page for the command, the group or the program that `words` name.
pub fn command_help(language: Language, words: &[&str]) -> CommandHelp {
    match words {
        [] => program(language),
        [name, rest @ ..] => match (command_tree::find(name), rest) {
            (Some(Entry::Command(spec)), _) => command(language, spec, None),
            (Some(Entry::Group(group)), []) => self::group(language, group),
            (Some(Entry::Both(spec, group)), []) => command(language, spec, Some(group)),
            (Some(Entry::Group(group) | Entry::Both(_, group)), [name, ..]) => {
                match group.commands.iter().find(|spec| spec.name() == *name) {
                    Some(spec) => command(language, spec, None),
                    None => self::group(language, group),
                }
            }
            (None, _) => program(language),
        },
    }
}

/// Returns the words of every page, the program first.
pub fn all() -> Vec<Vec<&'static str>> {
    let mut pages = vec![vec![]];
    for entry in command_tree::entries() {
        pages.push(vec![entry.name()]);
        if let Entry::Group(group) | Entry::Both(_, group) = entry {
            pages.extend(group.commands.iter().map(|spec| vec![group.name, spec.name()]));
        }
    }
    pages
}

fn program(language: Language) -> CommandHelp {
    let section = |section: &command_tree::Section| {
        let rows = section.entries.iter().map(|entry| (entry.name(), help_key(entry.name())));
        list(language, section.heading, rows)
    };
    CommandHelp {
        words: vec![],
        about: localize(language, "help", &vec![]),
        usage: Usage::Command,
        lists: command_tree::SECTIONS.iter().map(section).collect(),
        globals: globals(language),
        examples: examples::of(""),
        more: Some(localize(language, "help-more", &vec![])),
        topics: topics::OF_THE_PROGRAM.to_vec(),
    }
}

fn group(language: Language, group: &CommandGroup) -> CommandHelp {
    CommandHelp {
        words: vec![group.name],
        about: localize(language, &help_key(group.name), &vec![]),
        usage: Usage::Command,
        lists: vec![group_commands(language, group)],
        globals: globals(language),
        examples: &[],
        more: None,
        topics: topics_of(group.commands),
    }
}

/// The topics of these commands, each once.
fn topics_of(commands: &[CommandSpec]) -> Vec<Topic> {
    let mut topics = vec![];
    for topic in commands.iter().filter_map(CommandSpec::operation).flat_map(topics::of) {
        if !topics.contains(topic) {
            topics.push(*topic);
        }
    }
    topics
}

fn group_commands(language: Language, group: &CommandGroup) -> List {
    list(language, "help-group-commands", group.commands.iter().map(|spec| (spec.name(), help_key(spec.path))))
}

/// A command, and those under it.
fn command(language: Language, spec: &'static CommandSpec, group: Option<&CommandGroup>) -> CommandHelp {
    let command = (spec.args)(Command::new(spec.name()));
    let (places, options): (Vec<&Arg>, Vec<&Arg>) = command.get_arguments().partition(|arg| arg.is_positional());
    let rows = |heading, args: &[&Arg]| {
        list(
            language,
            heading,
            args.iter().map(|arg| (shown(language, arg), argument(language, spec.path, arg.get_id().as_str()))),
        )
    };
    let usage = Usage::Arguments(places.iter().map(|place| shown(language, place)).collect(), !options.is_empty());
    let lists = [rows("help-group-arguments", &places), rows("help-group-options", &options)];
    let lists = lists.into_iter().filter(|list| !list.rows.is_empty());
    CommandHelp {
        words: spec.path.split(' ').collect(),
        about: localize(language, &help_key(spec.path), &vec![]),
        usage,
        lists: lists.chain(group.map(|group| group_commands(language, group))).collect(),
        globals: globals(language),
        examples: examples::of(spec.path),
        more: try_localize(language, &format!("{}-more", help_key(spec.path)), &vec![], DateStyle::Words),
        topics: topics_of(std::slice::from_ref(spec)),
    }
}

fn globals(language: Language) -> List {
    let rows = global_args::args().map(|arg| (shown(language, &arg), format!("arg-{}", arg.get_id())));
    list(language, "help-group-globals", rows)
}

fn list(language: Language, heading: &str, rows: impl IntoIterator<Item = (impl Into<String>, String)>) -> List {
    let rows = rows.into_iter().map(|(name, key)| (name.into(), localize(language, &key, &vec![])));
    List { heading: localize(language, heading, &vec![]), rows: rows.collect() }
}

/// An argument as it is typed.
fn shown(language: Language, arg: &Arg) -> String {
    let names = arg.get_value_names().filter(|_| arg.get_action().takes_values()).unwrap_or_default();
    let value = names.iter().map(|name| value_name(language, name)).collect::<Vec<_>>().join(" ");
    match (arg.get_short(), arg.get_long()) {
        (Some(short), Some(long)) => format!("-{short}, --{long} {value}").trim_end().to_owned(),
        (None, Some(long)) => format!("--{long} {value}").trim_end().to_owned(),
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LANGUAGES: [Language; 2] = [Language::En, Language::Pt];

    fn has(language: Language, key: &str) {
        assert!(try_localize(language, key, &vec![], DateStyle::Words).is_some(), "{key} in {language}");
    }

    #[test]
    fn every_command_and_argument_has_its_words_in_both_languages() {
        for language in LANGUAGES {
            for arg in global_args::args() {
                has(language, &format!("arg-{}", arg.get_id()));
            }
            for entry in command_tree::entries() {
                has(language, &help_key(entry.name()));
                for spec in entry.commands() {
                    has(language, &help_key(spec.path));
                    for arg in (spec.args)(Command::new("x")).get_arguments() {
                        has(language, &argument(language, spec.path, arg.get_id().as_str()));
                    }
                }
            }
        }
    }

    #[test]
    fn the_place_of_a_value_is_named_in_the_language_of_the_page() {
        /// Names of the service, which are the same in both languages.
        const ALIKE: [&str; 5] = ["NISS", "NIF", "ID", "N", "EUROS"];
        for spec in command_tree::entries().flat_map(Entry::commands) {
            let command = (spec.args)(Command::new("x"));
            for arg in command.get_arguments().cloned().chain(global_args::args()) {
                let takes = arg.get_action().takes_values();
                for name in arg.get_value_names().filter(|_| takes).unwrap_or_default() {
                    let name = name.trim_end_matches('.');
                    if !ALIKE.contains(&name) {
                        LANGUAGES.into_iter().for_each(|language| has(language, &format!("value-{name}")));
                    }
                }
            }
        }
        assert_eq!(value_name(Language::Pt, "FILE..."), "FICHEIRO...");
        assert_eq!(value_name(Language::En, "FILE"), "FILE");
        assert_eq!(value_name(Language::Pt, "--birth-date"), "--birth-date");
    }

    #[test]
    fn no_page_shows_a_key_of_the_catalogues() {
        for language in LANGUAGES {
            for words in all() {
                let page = command_help(language, &words);
                assert_eq!(page.words, words);
                let lists = page.lists.iter().chain([&page.globals]);
                let texts = lists.flat_map(|list| list.rows.iter().map(|(_, text)| text).chain([&list.heading]));
                for text in texts.chain([&page.about]).chain(&page.more) {
                    assert!(!text.starts_with("help-") && !text.starts_with("arg-") && !text.contains('{'), "{text}");
                }
            }
        }
    }
}
