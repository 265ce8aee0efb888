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

pub mod args;
mod command_spec;
mod command_tree;
mod commands;
mod context;
pub mod help;
mod interactive;
pub mod io;
pub mod render;

use std::ffi::OsString;
use std::process::ExitCode;
use std::sync::Arc;

use clap::error::ErrorKind;

use crate::cli::args::global_args::GlobalArgs;
use crate::cli::args::usage_errors;
use crate::cli::help::{man, page, topic};
use crate::cli::io::output::Output;
use crate::cli::io::stdin::Stdin;
use crate::environment::Environment;
use crate::error::{Error, ExitStatus};
use crate::l10n::MessageArg;
use crate::request::Request;
use command_spec::{Action, CommandSpec, HelpCommand};
use commands::man::ManPage;
use context::{Context, unreadable};
use interactive::InteractiveSession;
use interactive::main_menu::{self, MenuChoice};

/// Runs the command line and says how it ended.
pub fn main() -> ExitCode {
    ignore_sigxfsz();
    let settings = Environment::from_process();
    let line: Vec<OsString> = std::env::args_os().skip(1).collect();
    let guess = GlobalArgs::prescan(&line, &settings, command_tree::next_word);
    let mut output = Output::new(&guess);
    let exit = run(&line, &settings, &guess, &mut output).unwrap_or_else(|error| output.error(&error));
    ExitCode::from(exit as u8)
}

/// A write past the limit of a file's size ends a process by a signal, unless somebody handles it: then it is an error like a
/// full disk, and is told. Where it can't be handled nothing is lost either.
fn ignore_sigxfsz() {
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
}

fn run(
    line: &[OsString],
    settings: &Environment,
    guess: &GlobalArgs,
    output: &mut Output,
) -> Result<ExitStatus, Error> {
    let matches = match command_tree::command(&guess.words).try_get_matches_from(line) {
        Ok(matches) => matches,
        Err(error) => {
            let has_session = settings.session.is_some();
            if error.kind() == ErrorKind::MissingSubcommand
                && let Some(wish) = main_menu::choose_from_menu(guess, has_session)?
            {
                return run_menu_choice(wish, line, settings, guess, output);
            }
            return report_parse_error(&error, guess, output);
        }
    };
    let globals = GlobalArgs::of(&matches, guess, settings);
    *output = Output::new(&globals);
    if globals.json && globals.format.is_some() {
        let facts = vec![("first", MessageArg::from("--format")), ("second", MessageArg::from("--json"))];
        return Err(Error::Usage { key: "conflict", facts });
    }
    let found = &matches;
    let Some((spec, matches)) = command_tree::matched_command(found) else {
        return Err(Error::Bug("a command without a line in the table".into()));
    };
    if command_tree::is_word_after_group_command(found) {
        return Err(Error::usage("too-many"));
    }
    let path = spec.path;
    run_command(spec, &mut Context { path, matches, globals: &globals, settings, output, stdin: Stdin::default() })
}

fn run_command(spec: &CommandSpec, context: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let language = context.globals.language;
    match spec.run {
        Action::Request(fill) => run_request(context, fill(context.matches).map_err(unreadable)?),
        Action::Run(run) => run(context),
        Action::Help(HelpCommand::Completions) => {
            commands::completions::print(context, help::completions::described(language))
        }
        Action::Help(HelpCommand::Man) => {
            let page = |words: Vec<&str>| ManPage { name: man::name(&words), text: man::page(language, &words) };
            commands::man::print(context, topic::all().into_iter().map(page))
        }
    }
}

/// Completes a request, by questions at a terminal, handles it and prints the reply.
fn run_request(context: &mut Context<'_>, mut request: Request) -> Result<ExitStatus, Error> {
    if context.globals.is_interactive() {
        context.apply_arguments(&mut request)?;
        return InteractiveSession::new(context).run(request);
    }
    let request = context.complete_request(request)?;
    let reply = context.handle(request)?;
    context.output.reply(&reply)
}

/// Does what was chosen, as if it had been typed.
fn run_menu_choice(
    wish: MenuChoice,
    line: &[OsString],
    settings: &Environment,
    guess: &GlobalArgs,
    output: &mut Output,
) -> Result<ExitStatus, Error> {
    match wish {
        MenuChoice::Words(words) => {
            let line: Vec<OsString> = line.iter().cloned().chain(words.iter().map(OsString::from)).collect();
            let guess = GlobalArgs::prescan(&line, settings, command_tree::next_word);
            run(&line, settings, &guess, output)
        }
        MenuChoice::Help => {
            output.text(&page::page(guess.language, &[]))?;
            Ok(ExitStatus::Done)
        }
    }
}

/// What clap could not or would not read: a call for help, for the version, or a mistake.
fn report_parse_error(error: &clap::Error, guess: &GlobalArgs, output: &mut Output) -> Result<ExitStatus, Error> {
    match error.kind() {
        ErrorKind::DisplayHelp => {
            output.text(&page::page(guess.language, &guess.words))?;
            Ok(ExitStatus::Done)
        }
        ErrorKind::DisplayVersion => {
            output.text(concat!("ssd ", env!("CARGO_PKG_VERSION"), "\n"))?;
            Ok(ExitStatus::Done)
        }
        ErrorKind::MissingSubcommand if !guess.json => {
            output.say(&page::page(guess.language, &guess.words));
            Ok(ExitStatus::Usage)
        }
        _ => Err(usage_errors::from_clap(error, &guess.words, command_tree::closest_entry)),
    }
}
