//! The command line: arguments become a request before anything is changed, and a reply becomes output.
//!
//! - `command_tree`: all commands with their arguments; `commands`: one file per command or command group
//! - `args`: global options, secrets, usage errors
//! - `context`: one call, from its arguments to its reply; `each_request`, `several_holders`: several requests of one call
//! - `interactive`: procedures at a terminal, question by question
//! - `render`: text, JSON, tables, CSV, timelines, HTML
//! - `help`: help topics, help pages, manual pages, examples
//! - `io`: output, standard input, terminal, files, progress, interrupts, JUnit reports
//!
//! Parsing takes most of the time of a short command, so only the called command is built.

pub mod args;
mod command_spec;
mod command_tree;
mod commands;
mod context;
mod each_request;
pub mod help;
mod interactive;
pub mod io;
pub mod render;
mod several_holders;

use std::cell::RefCell;
use std::ffi::OsString;
use std::panic::AssertUnwindSafe;
use std::process::ExitCode;
use std::sync::Arc;

use clap::error::ErrorKind;

use crate::cli::args::global_args::GlobalArgs;
use crate::cli::args::usage_errors;
use crate::cli::help::{command_help, man, page};
use crate::cli::io::interrupt;
use crate::cli::io::output::{self, Output};
use crate::cli::io::stdin::Stdin;
use crate::cli::io::streams::Streams;
use crate::environment::Environment;
use crate::error::{Error, ExitStatus};
use crate::l10n::MessageArg;
use crate::request::Request;
use command_spec::{Action, CommandSpec, HelpCommand};
use commands::man::ManPage;
use context::{Context, unreadable};
use interactive::InteractiveSession;
use interactive::main_menu::{self, MenuChoice};

/// Runs the command line of the process and returns its exit code.
pub fn main() -> ExitCode {
    ignore_sigxfsz();
    forbid_core_dumps();
    interrupt::end_at_signals();
    let line: Vec<OsString> = std::env::args_os().skip(1).collect();
    let settings = Environment::from_process();
    let exit = match Streams::of_process() {
        Ok(streams) => guard(&line, &settings, &streams, || run(&line, &settings, &streams)),
        Err(fault) => {
            let guess = GlobalArgs::prescan(&line, &settings, command_tree::next_word);
            output::error_without_streams(&Error::NoResources(fault.to_string()), &guess)
        }
    };
    ExitCode::from(exit as u8)
}

/// Runs a command line, without the name of the program, and returns its exit status. Everything is printed on the
/// given streams, errors too.
///
/// Relative paths start at the working directory of the calling thread.
pub fn run(line: &[OsString], settings: &Environment, streams: &Streams) -> ExitStatus {
    let guess = GlobalArgs::prescan(line, settings, command_tree::next_word);
    let mut output = Output::new(&guess, streams);
    let exit = run_line(line, settings, streams, &guess, &mut output).unwrap_or_else(|error| output.error(&error));
    output.flush_warnings();
    exit
}

/// Runs a command, and reports a panic like any other bug: one JSON object with `--json`. The message of the panic could contain
/// a secret, so only its place is shown.
fn guard(line: &[OsString], settings: &Environment, streams: &Streams, run: impl FnOnce() -> ExitStatus) -> ExitStatus {
    thread_local! {
        static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
    }
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        PLACE.with(|last| last.replace(place));
    }));
    // Nothing of the failed run is used again.
    std::panic::catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| {
        let guess = GlobalArgs::prescan(line, settings, command_tree::next_word);
        let place = PLACE.with(RefCell::take);
        Output::new(&guess, streams).error(&Error::Bug(format!("panic at {place}")))
    })
}

/// Sets the size limit of core dumps to 0: the memory has passwords and keys.
///
/// If the limit can't be set, the command runs with the limit of its user.
fn forbid_core_dumps() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
}

/// Ignores SIGXFSZ, so that a write past the file size limit fails like a full disk instead of ending the process.
///
/// If the handler can't be registered, the process ends by the signal and no data are lost.
fn ignore_sigxfsz() {
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
}

fn run_line(
    line: &[OsString],
    settings: &Environment,
    streams: &Streams,
    guess: &GlobalArgs,
    output: &mut Output,
) -> Result<ExitStatus, Error> {
    let matches = match command_tree::command(&guess.words).try_get_matches_from(line) {
        Ok(matches) => matches,
        Err(error) => {
            if error.kind() == ErrorKind::MissingSubcommand
                && let Some(wish) = main_menu::choose_from_menu(guess, streams, settings)?
            {
                return run_menu_choice(wish, line, settings, streams, guess, output);
            }
            return report_parse_error(&error, guess, output);
        }
    };
    let globals = GlobalArgs::of(&matches, guess, settings);
    *output = Output::new(&globals, streams);
    if globals.json && globals.format.is_some() {
        let facts = vec![("first", MessageArg::from("--format")), ("second", MessageArg::from("--json"))];
        return Err(Error::Usage { key: "conflict", facts });
    }
    let found = &matches;
    let Some((spec, matches)) = command_tree::matched_command(found) else {
        return Err(Error::Bug("command not found in the command tree".into()));
    };
    if command_tree::is_word_after_group_command(found) {
        return Err(Error::usage("too-many"));
    }
    let path = spec.path;
    let stdin = Stdin::new(&streams.input);
    run_command(spec, &mut Context { path, matches, globals: &globals, settings, streams, output, stdin })
}

fn run_command(spec: &CommandSpec, context: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let language = context.globals.language;
    match spec.run {
        Action::Request(fill) => run_request(context, fill(context.matches).map_err(unreadable)?),
        Action::ForEach(fill) => {
            let request = fill(context.matches).map_err(unreadable)?;
            match several_holders::holders(context).as_slice() {
                [] | [_] => run_request(context, request),
                several => several_holders::run(context, request, several),
            }
        }
        Action::Run(run) => run(context),
        Action::Help(HelpCommand::Completions) => {
            commands::completions::print(context, help::completions::described(language))
        }
        Action::Help(HelpCommand::Help) => {
            let words = commands::help::words(context)?;
            help::show::print(context, &words)
        }
        Action::Help(HelpCommand::Terms) => help::show::terms(context),
        Action::Help(HelpCommand::Man) => {
            let page = |words: Vec<&str>| ManPage { name: man::name(&words), text: man::page(language, &words) };
            commands::man::print(context, command_help::all().into_iter().map(page))
        }
    }
}

/// Completes a request, by questions at a terminal, handles it and prints the reply.
fn run_request(context: &mut Context<'_>, mut request: Request) -> Result<ExitStatus, Error> {
    if context.is_interactive() {
        context.apply_arguments(&mut request)?;
        return InteractiveSession::new(context).run(request);
    }
    let request = context.complete_request(request)?;
    let reply = context.handle(&request)?;
    context.output.reply(&reply)
}

/// Runs the chosen command as if it had been typed.
fn run_menu_choice(
    wish: MenuChoice,
    line: &[OsString],
    settings: &Environment,
    streams: &Streams,
    guess: &GlobalArgs,
    output: &mut Output,
) -> Result<ExitStatus, Error> {
    match wish {
        MenuChoice::Words(words) => {
            let line: Vec<OsString> = line.iter().cloned().chain(words.iter().map(OsString::from)).collect();
            let guess = GlobalArgs::prescan(&line, settings, command_tree::next_word);
            run_line(&line, settings, streams, &guess, output)
        }
        MenuChoice::Help => {
            output.text(&page::page(guess.language, &[]))?;
            Ok(ExitStatus::Done)
        }
    }
}

/// Handles clap's errors: a request for help or the version, or a usage error.
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

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::{Read, Seek};

    use super::*;

    #[test]
    fn panic_is_one_json_object_without_its_message() {
        let mut files = [(); 2].map(|()| tempfile::tempfile().expect("a file"));
        let copies = files.each_ref().map(|file| file.try_clone().expect("a copy"));
        let [out, err] = copies;
        let streams = Streams::from_files(File::open("/dev/null").expect("a file"), out, err);
        let settings = Environment::from(|_| None);
        let line = ["--json", "store", "info"].map(OsString::from);
        let exit = guard(&line, &settings, &streams, || panic!("a secret"));
        let _ = std::panic::take_hook();
        assert_eq!(exit, ExitStatus::Bug);
        let texts = files.each_mut().map(|file| {
            let mut text = String::new();
            file.rewind().and_then(|()| file.read_to_string(&mut text)).expect("UTF-8");
            text
        });
        let object: serde_json::Value = serde_json::from_str(&texts[0]).expect("one object");
        assert_eq!((object["kind"].as_str(), texts[1].as_str()), (Some("bug"), ""));
        assert!(texts[0].contains("src/cli/mod.rs") && !texts[0].contains("secret"), "{}", texts[0]);
    }
}
