//! `ssd explain`, `ssd completions`, `ssd man`: what the program tells about itself.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, ValueHint};
use clap_complete::{Shell, generate};

use crate::cli::args::global_args;
use crate::cli::command_tree::{self, Action, CommandSpec, Entry};
use crate::cli::context::Context;
use crate::cli::help::command_help;
use crate::cli::help::man;
use crate::cli::help::topics::Topic;
use crate::cli::io::atomic_file;
use crate::cli::io::path_guard;
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::{self, Language};
use crate::error::{Error, ExitStatus};
use crate::l10n::localize;
use crate::reply::{Done, Reason, ReplyBody};
use crate::request::Operation;

/// `ssd explain`.
pub const EXPLAIN: CommandSpec =
    CommandSpec { path: "explain", args: Explain::augment_args, run: Action::Run(explain) };
/// `ssd completions`.
pub const COMPLETIONS: CommandSpec =
    CommandSpec { path: "completions", args: Completions::augment_args, run: Action::Run(completions) };
/// `ssd man`.
pub const MAN: CommandSpec = CommandSpec { path: "man", args: Man::augment_args, run: Action::Run(manual) };

#[derive(Args)]
struct Explain {
    #[arg(id = "explained", value_name = "REASON")]
    reason: Option<Reason>,
}

/// One reason, or all of them.
fn explain(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Explain { reason } = call.args()?;
    let language = call.globals.language;
    let explained = |reason: Reason| {
        let part = |ending: &str| localize(language, &format!("explain-{reason}{ending}"), &vec![]);
        Done::new(
            Operation::Explain,
            ReplyBody::Explanation { reason, meaning: part(""), cause: part("-cause"), next: part("-next") },
        )
    };
    if let Some(reason) = reason {
        return call.finish(explained(reason));
    }
    for (count, reason) in Reason::ALL.iter().enumerate() {
        if count > 0 && !call.globals.json && call.globals.format.is_none() {
            call.output.text("\n")?;
        }
        call.output.write_row(&explained(*reason))?;
    }
    call.output.flush()?;
    Ok(ExitStatus::Done)
}

#[derive(Args)]
struct Completions {
    #[arg(value_name = "SHELL", required = true, value_parser = shell)]
    shell: Shell,
}

/// The shells that something is typed into by people.
const SHELLS: [(&str, Shell); 4] =
    [("bash", Shell::Bash), ("zsh", Shell::Zsh), ("fish", Shell::Fish), ("powershell", Shell::PowerShell)];

fn shell(word: &str) -> Result<Shell, ValidationError> {
    let found = SHELLS.iter().find(|(name, _)| *name == word);
    found.map(|(_, shell)| *shell).ok_or(ValidationError::UnknownWord("bash, zsh, fish, powershell"))
}

fn completions(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Completions { shell } = call.args()?;
    let mut script = vec![];
    generate(shell, &mut described(call.globals.language), "ssd", &mut script);
    let text = String::from_utf8(script).map_err(|fault| Error::Bug(fault.to_string()))?;
    call.finish(Done::new(Operation::Completions, ReplyBody::Text { text }))
}

/// Every command with its words, and the values of the arguments that have some.
fn described(language: Language) -> clap::Command {
    let mut root = command_tree::command(&[]).about(localize(language, "help", &vec![]));
    for words in command_help::all().iter().skip(1) {
        let path = words.join(" ");
        let described = |command: clap::Command| {
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

/// An argument with the values that a shell may offer for it.
fn valued(arg: clap::Arg) -> clap::Arg {
    let topics: Vec<&str> = Topic::NAMES.iter().copied().chain(command_tree::entries().map(Entry::name)).collect();
    let words = match arg.get_id().as_str() {
        "account_type" => vocabulary::AccountType::NAMES,
        "alerts" => vocabulary::AlertPreference::NAMES,
        "channel" => vocabulary::Channel::NAMES,
        "explained" => Reason::NAMES,
        "lang" => Language::NAMES,
        "procedure" => vocabulary::RegistrationProcedure::NAMES,
        "shell" => &SHELLS.map(|(name, _)| name),
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

#[derive(Args)]
struct Man {
    #[arg(id = "folder", value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// The page of the program, or every page into a folder.
fn manual(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Man { folder } = call.args()?;
    let language = call.globals.language;
    let Some(folder) = folder else {
        return call.finish(Done::new(Operation::Man, ReplyBody::Text { text: man::page(language, &[]) }));
    };
    fs::create_dir_all(&folder).map_err(|fault| Error::file(&folder, fault))?;
    let mut written = vec![];
    for words in command_help::all() {
        let path = folder.join(format!("{}.1", man::name(&words)));
        path_guard::refuse_store_file(call, &path)?;
        // To open a pipe would wait for whoever reads it.
        atomic_file::is_regular_file(&path)?;
        fs::write(&path, man::page(language, &words)).map_err(|fault| Error::file(&path, fault))?;
        written.push(path.display().to_string());
    }
    call.finish(Done::new(Operation::Man, ReplyBody::Pages { files: written }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_explained_in_both_languages() {
        for language in [Language::En, Language::Pt] {
            for reason in Reason::ALL {
                for ending in ["", "-cause", "-next"] {
                    let key = format!("explain-{reason}{ending}");
                    assert_ne!(localize(language, &key, &vec![]), key);
                }
            }
        }
    }

    #[test]
    fn a_shell_is_offered_only_words_that_would_be_taken() {
        fn each(command: &clap::Command, visited: &mut Vec<(String, String)>) {
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
