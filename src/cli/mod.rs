//! The command line: what was typed becomes a request before anything is touched, and a reply becomes lines on the two
//! streams.
//!
//! - `table`: every command, with its arguments and what it does; `commands`: one file a group of them
//! - `globals`, `usage`: the options that every command takes, and what clap complains about in our words
//! - `call`, `secrets`, `stdin`, `questions`, `prompt`, `terminal`: from the command line to a whole request
//! - `guided`: a procedure at a terminal, question by question
//! - `output`, `human`, `blocks`, `wording`: what is printed
//! - `columns`, `grid`, `sheet`: lists as tables and as CSV; `life`, `page`: an account's life, in lines and as a page
//! - `topic`, `help`, `man`, `examples`: what there is to know of a command, as text and as a manual
//! - `whole`: files that are written whole or not at all
//! - `junit`: the report that CI systems read
//! - `progress`, `interrupt`: how far something long has come, and Ctrl-C in the middle of it
//!
//! The time that a command takes is mostly the time to get here, so only the command that is called is built.

mod answers;
mod blocks;
mod call;
mod columns;
mod commands;
mod examples;
mod files;
mod globals;
mod grid;
mod guided;
mod help;
mod human;
mod interrupt;
mod junit;
mod life;
mod man;
mod output;
mod page;
mod progress;
mod prompt;
mod questions;
mod recorder;
mod secrets;
mod sheet;
mod stdin;
mod summary;
mod table;
mod terminal;
mod topic;
mod usage;
mod whole;
mod wording;

use std::ffi::OsString;
use std::process::ExitCode;
use std::sync::Arc;

use clap::error::ErrorKind;

use crate::error::{Error, Exit};
use crate::settings::Settings;
use crate::text::Fact;
use call::Call;
use globals::Globals;
use guided::start::{self, Wish};
use output::Output;
use stdin::Stdin;

/// Runs the command line and says how it ended.
pub fn main() -> ExitCode {
    outlive_file_limits();
    let settings = Settings::read();
    let line: Vec<OsString> = std::env::args_os().skip(1).collect();
    let guess = Globals::guess(&line, &settings);
    let mut output = Output::new(&guess);
    let exit = run(&line, &settings, &guess, &mut output).unwrap_or_else(|error| output.error(&error));
    ExitCode::from(exit as u8)
}

/// A write past the limit of a file's size ends a process by a signal, unless somebody handles it: then it is an error like a
/// full disk, and is told. Where it can't be handled nothing is lost either.
fn outlive_file_limits() {
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
}

fn run(line: &[OsString], settings: &Settings, guess: &Globals, output: &mut Output) -> Result<Exit, Error> {
    let matches = match table::command(&guess.words).try_get_matches_from(line) {
        Ok(matches) => matches,
        Err(error) => {
            let has_session = settings.session.is_some();
            if error.kind() == ErrorKind::MissingSubcommand
                && let Some(wish) = start::wish(guess, has_session)?
            {
                return grant(wish, line, settings, guess, output);
            }
            return misread(&error, guess, output);
        }
    };
    let globals = Globals::of(&matches, guess, settings);
    *output = Output::new(&globals);
    if globals.json && globals.format.is_some() {
        let facts = vec![("first", Fact::from("--format")), ("second", Fact::from("--json"))];
        return Err(Error::Usage { key: "conflict", facts });
    }
    let found = &matches;
    let Some((leaf, matches)) = table::called(found) else {
        return Err(Error::Bug("a command without a line in the table".into()));
    };
    if table::is_misplaced(found) {
        return Err(Error::usage("too-many"));
    }
    Call { leaf, matches, globals: &globals, settings, output, stdin: Stdin::default() }.run()
}

/// Does what was chosen, as if it had been typed.
fn grant(
    wish: Wish,
    line: &[OsString],
    settings: &Settings,
    guess: &Globals,
    output: &mut Output,
) -> Result<Exit, Error> {
    match wish {
        Wish::Words(words) => {
            let line: Vec<OsString> = line.iter().cloned().chain(words.iter().map(OsString::from)).collect();
            let guess = Globals::guess(&line, settings);
            run(&line, settings, &guess, output)
        }
        Wish::Help => {
            output.text(&help::page(guess.language, &[]))?;
            Ok(Exit::Done)
        }
    }
}

/// What clap could not or would not read: a call for help, for the version, or a mistake.
fn misread(error: &clap::Error, guess: &Globals, output: &mut Output) -> Result<Exit, Error> {
    match error.kind() {
        ErrorKind::DisplayHelp => {
            output.text(&help::page(guess.language, &guess.words))?;
            Ok(Exit::Done)
        }
        ErrorKind::DisplayVersion => {
            output.text(concat!("ssd ", env!("CARGO_PKG_VERSION"), "\n"))?;
            Ok(Exit::Done)
        }
        ErrorKind::MissingSubcommand if !guess.json => {
            output.say(&help::page(guess.language, &guess.words));
            Ok(Exit::Usage)
        }
        _ => Err(usage::told(error, &guess.words)),
    }
}
