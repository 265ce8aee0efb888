//! The program as a completion script needs it: all commands with their help, and the possible values of arguments.

use clap::builder::{PossibleValuesParser, ValueHint};
use clap::{Arg, Command};

use crate::cli::args::global_args;
use crate::cli::command_spec::Entry;
use crate::cli::command_tree;
use crate::cli::commands::completions;
use crate::cli::help::command_help;
use crate::cli::help::topics::Topic;
use crate::domain::vocabulary::{self, Language};
use crate::l10n::localize;
use crate::reply::Reason;
use crate::tabular::EncodingChoice;

/// Returns the program for clap with the help of all commands and the values of their arguments.
pub fn described(language: Language) -> Command {
    let mut root = command_tree::command(&[]).about(localize(language, "help", &vec![]));
    for words in command_help::all().iter().skip(1) {
        let path = words.join(" ");
        let described = |command: Command| {
            let own: Vec<String> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
            let is_global = |id: &str| global_args::args().iter().any(|arg| arg.get_id() == id);
            let command = own.into_iter().fold(command, |command, id| {
                let key =
                    if is_global(&id) { format!("arg-{id}") } else { command_help::argument(language, &path, &id) };
                command.mut_arg(&id, |arg| valued(arg.help(localize(language, &key, &vec![]))))
            });
            command.about(localize(language, &command_help::help_key(&path), &vec![]))
        };
        root = match words[..] {
            [name] => root.mut_subcommand(name, described),
            [group, name] => root.mut_subcommand(group, |group| group.mut_subcommand(name, described)),
            _ => root,
        };
    }
    root
}

/// Adds the values that a shell can complete to an argument.
fn valued(arg: Arg) -> Arg {
    let topics: Vec<&str> = Topic::NAMES.iter().copied().chain(command_tree::entries().map(Entry::name)).collect();
    let words = match arg.get_id().as_str() {
        "account_type" => vocabulary::AccountType::NAMES,
        "alerts" => vocabulary::AlertPreference::NAMES,
        "channel" => vocabulary::Channel::NAMES,
        "encoding" => EncodingChoice::NAMES,
        "explained" => Reason::NAMES,
        "lang" => Language::NAMES,
        "procedure" => vocabulary::RegistrationProcedure::NAMES,
        "shell" => &completions::SHELLS.map(|(name, _)| name),
        "topic" => &topics,
        "state" => vocabulary::AccountState::NAMES,
        "color" => &["auto", "always", "never"],
        "store" | "key_file" | "file" | "files" | "out" | "rejects" | "password_file" | "junit" => {
            return arg.value_hint(ValueHint::FilePath);
        }
        "folder" => return arg.value_hint(ValueHint::DirPath),
        _ => return arg,
    };
    arg.value_parser(PossibleValuesParser::new(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn completed_values_are_valid() {
        fn each(command: &Command, visited: &mut Vec<(String, String)>) {
            for arg in command.get_arguments() {
                for value in arg.get_possible_values() {
                    visited.push((arg.get_id().to_string(), value.get_name().to_owned()));
                }
            }
            command.get_subcommands().for_each(|under| each(under, visited));
        }
        let mut visited = vec![];
        each(&described(Language::En), &mut visited);
        for (id, word) in [
            ("channel", "letter"),
            ("alerts", "none"),
            ("explained", "code_wrong"),
            ("shell", "fish"),
            ("topic", "json"),
        ] {
            assert!(visited.iter().any(|(of, value)| of == id && value == word), "{id} {word}");
        }
    }
}
