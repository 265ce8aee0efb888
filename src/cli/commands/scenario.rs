//! `ssd scenario`: runs files of requests, each in its own temporary sandbox, and exports an account as such a file.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufReader, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use clap::Args;
use serde_json::Value;

use crate::cli::args::global_args::GlobalArgs;
use crate::cli::command_spec::{Action, CommandGroup, CommandSpec};
use crate::cli::context::Context;
use crate::cli::io::output::Output;
use crate::cli::io::path_guard;
use crate::cli::io::{interrupt, junit, output};
use crate::cli::render::errors::ErrorText;
use crate::cli::render::json;
use crate::domain::niss::Niss;
use crate::error::{Error, ExitStatus, LostAnswer};
use crate::l10n::MessageArg;
use crate::reply::{Difference, Done, Reply, ReplyBody};
use crate::request::Operation;
use crate::scenario::{self, Case, Runner, Scenario, StepResult};

const COMMANDS: &[CommandSpec] = &[
    CommandSpec { path: "scenario run", args: Scenarios::augment_args, run: Action::Run(run) },
    CommandSpec { path: "scenario export", args: Exports::augment_args, run: Action::Run(export) },
];

/// `ssd scenario`.
pub const GROUP: CommandGroup = CommandGroup { name: "scenario", commands: COMMANDS };

#[derive(Args)]
struct Scenarios {
    #[arg(value_name = "FILE...", required = true, num_args = 1..)]
    files: Vec<PathBuf>,
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    #[arg(long, value_name = "STORE")]
    keep: Option<PathBuf>,
}

fn run(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Scenarios { files, junit, keep } = call.args()?;
    if keep.is_some() && files.len() > 1 {
        return Err(Error::usage("keep-one"));
    }
    if let Some(keep) = &keep {
        path_guard::check_new_store(call.globals.store_location(), keep)?;
    }
    let mut scenarios = vec![];
    for path in &files {
        scenarios.push(read(call, path)?);
    }
    let mut report = junit.as_deref().map(|path| report(call, path, &files)).transpose()?;

    let (mut exit, mut suites) = (ExitStatus::Done, vec![]);
    with_runner(call, |runner, output| {
        for (path, scenario) in files.iter().zip(scenarios) {
            let file = path.display().to_string();
            let run = scenario.and_then(|scenario| runner.run(&scenario, keep.as_deref()));
            let (written, outcome, cases) = match run {
                Ok(cases) => {
                    let done = summary(&file, &cases);
                    (output.write_row(&done), output::exit(&done), cases.iter().map(case).collect())
                }
                Err(fault) if is_in_file(&fault) => {
                    (output.write_failed_scenario(&file, &fault), ExitStatus::Usage, vec![error_case(output, &fault)])
                }
                Err(fault) => return Err(fault),
            };
            // A file that can't be run counts more than a difference.
            exit = exit.max(outcome);
            if report.is_some() {
                suites.push((file, cases));
            }
            written.map_err(|fault| lost(keep.as_deref(), fault))?;
        }
        output.flush().map_err(|fault| lost(keep.as_deref(), fault))
    })?;
    if let (Some(file), Some(path)) = (&mut report, &junit) {
        junit::write(file, &suites).map_err(|fault| lost(keep.as_deref(), Error::file(path, fault)))?;
    }
    Ok(exit)
}

/// Returns the error for a result or report that can't be written: with `--keep`, the store exists.
fn lost(keep: Option<&Path>, fault: Error) -> Error {
    match keep {
        Some(_) => Error::AnswerLost(LostAnswer::Command, None, Box::new(fault)),
        None => fault,
    }
}

/// Calls `work` with a runner that Ctrl-C stops between two lines.
fn with_runner<T>(
    call: &mut Context<'_>,
    work: impl FnOnce(&Runner<'_>, &mut Output) -> Result<T, Error>,
) -> Result<T, Error> {
    let stopped = interrupt::watch(call.streams)?;
    let globals = call.globals;
    let runner = Runner {
        actor: &call.settings.operator,
        language: globals.language,
        shown: &|response| shown(&response, globals),
        stopped: &|| stopped.load(Ordering::Relaxed),
    };
    work(&runner, call.output)
}

#[derive(Args)]
struct Exports {
    #[arg(value_name = "NISS")]
    niss: Option<Niss>,
    #[arg(long)]
    anonymise: bool,
}

/// Prints an account as a scenario. Differences from the account's history are noted on standard error.
fn export(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Exports { niss, anonymise } = call.args()?;
    let niss = call.complete_niss(niss)?;
    let store = call.open()?;
    let reply = with_runner(call, |runner, _| scenario::export(&store, niss, anonymise, runner))?;
    let exit = call.output.reply(&reply)?;
    if let Reply::Done(Done { body: ReplyBody::Exported { otherwise, same_state, .. }, .. }) = &reply {
        if !otherwise.is_empty() {
            let entries = otherwise.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            call.output.note("note-export-otherwise", &vec![("entries", MessageArg::from(entries))]);
        }
        if *same_state == Some(false) {
            call.output.note("note-export-state", &vec![]);
        }
    }
    Ok(exit)
}

/// Reads a scenario from a file, or from standard input for `-`. Registries are resolved relative to the file.
///
/// # Errors
/// Standard input is named twice. A file that can't be read is a result, because the other scenarios run.
fn read(call: &mut Context<'_>, path: &Path) -> Result<Result<Scenario, Error>, Error> {
    let opened = match path == Path::new("-") {
        true => Ok(call.stdin.claim("FILE")?),
        false if path.is_dir() => Err(ErrorKind::IsADirectory.into()),
        false => File::open(path),
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    Ok(match opened {
        Ok(file) => Scenario::read(path.display().to_string(), folder, &mut BufReader::new(file)),
        Err(fault) => Err(Error::file(path, fault)),
    })
}

/// Returns whether an error concerns one scenario, its file or a file that it names, and not the run as such.
fn is_in_file(fault: &Error) -> bool {
    fault.exit() == ExitStatus::Usage || matches!(fault, Error::File { .. })
}

/// Opens the report, which must not be one of the scenarios.
fn report(call: &Context<'_>, path: &Path, files: &[PathBuf]) -> Result<junit::Report, Error> {
    let same = |file: &&PathBuf| match (fs::canonicalize(file), fs::canonicalize(path)) {
        (Ok(file), Ok(path)) => file == path,
        _ => false,
    };
    if let Some(file) = files.iter().find(same) {
        let facts = vec![("file", MessageArg::from(file.display().to_string()))];
        return Err(Error::Usage { key: "junit-same", facts });
    }
    if files.iter().any(|file| file == Path::new("-")) {
        path_guard::refuse_input("junit-same", &call.streams.input, path)?;
    }
    junit::open_file(call.streams, call.globals.store_location(), path)
}

/// Converts a scenario line to a case of the report.
fn case(case: &Case) -> junit::Case {
    let rendered = case.differences.iter().fold(String::new(), |mut rendered, one| {
        let _ = writeln!(rendered, "{}\n  expected {}\n  got {}", one.path, one.expected, one.actual);
        rendered
    });
    let outcome = match case.differences.first() {
        None => junit::Outcome::Passed,
        Some(Difference { path, .. }) if path.is_empty() => junit::Outcome::Failed("reply".to_owned(), rendered),
        Some(Difference { path, .. }) => junit::Outcome::Failed(path.clone(), rendered),
    };
    junit::Case { name: format!("{}: {}", case.line, case.op), outcome }
}

/// Converts the fault of a scenario that can't be run to a case of the report.
fn error_case(output: &Output, fault: &Error) -> junit::Case {
    let ErrorText { message, hint } = output.error_text(fault);
    junit::Case { name: "scenario".to_owned(), outcome: junit::Outcome::Error(message, hint.unwrap_or_default()) }
}

/// Returns the JSON of a line's result, as `--json` prints it.
fn shown(response: &StepResult<'_>, globals: &GlobalArgs) -> Result<Value, Error> {
    let bytes = match response {
        StepResult::Answer(answer) => json::line(answer, None, globals.language)?,
        StepResult::Failed(error) => output::error_object(error, globals)?,
    };
    serde_json::from_slice(&bytes).map_err(|fault| Error::Bug(fault.to_string()))
}

fn summary(file: &str, cases: &[Case]) -> Done {
    let differences = cases.iter().flat_map(|case| case.differences.clone()).collect();
    let lines = cases.len() as u64;
    Done::new(Operation::ScenarioRun, ReplyBody::Scenario { file: file.to_owned(), lines, differences, error: None })
}
