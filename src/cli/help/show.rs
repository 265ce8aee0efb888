//! What `ssd help` prints: the list of topics and commands, one topic, or the help of a command; and what `ssd terms`
//! prints.

use std::io::IsTerminal;

use crate::cli::command_spec::{CommandSpec, Entry};
use crate::cli::command_tree;
use crate::cli::context::Context;
use crate::cli::help::markdown::{self, Style};
use crate::cli::help::page;
use crate::cli::help::topics::Topic;
use crate::cli::io::terminal;
use crate::cli::render::escape::repeatable;
use crate::domain::terms;
use crate::error::{Error, ExitStatus};
use crate::l10n::{MessageArg, localize};
use crate::reply::{Done, ReplyBody};
use crate::request::Operation;

/// Columns of a topic where standard output is no terminal.
const PIPE_WIDTH: usize = 80;
/// Columns of a topic at most: longer lines are hard to read.
const MAX_WIDTH: usize = 100;

/// Prints the list of topics and commands, one topic, or the help of the command that `words` name.
pub fn print(call: &mut Context<'_>, words: &[String]) -> Result<ExitStatus, Error> {
    let language = call.globals.language;
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let topic = if let [word] = words[..] { word.parse::<Topic>().ok() } else { None };
    let text = match topic {
        Some(topic) => markdown::render(topic.markdown(language), style(call)),
        None if words.is_empty() => page::contents(language),
        None => page::page(language, &command_words(&words)?),
    };
    call.finish(Done::new(Operation::Help, ReplyBody::Text { text }))
}

/// Prints the terms and conditions of the service. No store is opened.
pub fn terms(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let text = markdown::render(&localize(call.globals.language, "terms", &vec![]), style(call));
    call.finish(Done::new(Operation::Terms, ReplyBody::Terms { version: terms::VERSION, text }))
}

/// The style for standard output. In JSON and CSV a topic is always as in a pipe, so that programs get the same text
/// everywhere.
fn style(call: &Context<'_>) -> Style {
    if call.globals.is_machine_readable() {
        return Style { width: PIPE_WIDTH, is_bold: false };
    }
    let width = terminal::size(&call.streams.output).map_or(PIPE_WIDTH, |(columns, _)| columns.min(MAX_WIDTH));
    Style { width, is_bold: call.globals.uses_color(call.streams.output.is_terminal()) }
}

/// The words of the command or group that was typed in full.
///
/// # Errors
/// A usage error with the nearest topic or command if there is none of that name.
fn command_words(typed: &[&str]) -> Result<Vec<&'static str>, Error> {
    let mut words = vec![];
    for word in typed {
        match command_tree::next_word(&words, word) {
            Some(known) => words.push(known),
            None => return Err(unknown(typed, &words, word)),
        }
    }
    Ok(words)
}

/// The error about `word`, which is neither a topic nor a command under `words`.
fn unknown(typed: &[&str], words: &[&'static str], word: &str) -> Error {
    let names: Vec<&'static str> = match words {
        [] => Topic::NAMES.iter().copied().chain(command_tree::entries().map(Entry::name)).collect(),
        [group, ..] => match command_tree::find(group) {
            Some(Entry::Group(group) | Entry::Both(_, group)) if words.len() == 1 => {
                group.commands.iter().map(CommandSpec::name).collect()
            }
            _ => vec![],
        },
    };
    let nearest = Error::nearest(word, names.into_iter());
    if nearest.is_none() && repeatable(word).is_none() {
        return Error::usage("secret-word");
    }
    let mut facts = vec![("word", MessageArg::from(typed.join(" ")))];
    if let Some(name) = nearest {
        let line: Vec<&str> = ["ssd", "help"].into_iter().chain(words.iter().copied()).chain([name]).collect();
        facts.push(("suggestion", MessageArg::from(line.join(" "))));
    }
    Error::Usage { key: "unknown-topic", facts }
}
