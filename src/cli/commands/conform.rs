//! `ssd conform`: checks the procedures against the requirements of the standards. It needs no store and changes none.

use std::path::PathBuf;
use std::sync::atomic::Ordering;

use clap::Args;

use crate::cli::command_spec::{Action, CommandSpec};
use crate::cli::context::Context;
use crate::cli::io::{interrupt, junit, output};
use crate::cli::render::json;
use crate::conformance::{CheckContext, CheckRunner, Standard};
use crate::domain::vocabulary::Language;
use crate::error::{Error, ExitStatus};
use crate::l10n::{MessageArg, localize};
use crate::reply::{ConformanceResult, ReplyBody, Verdict};

/// `ssd conform`.
pub const CONFORM: CommandSpec = CommandSpec { path: "conform", args: Conform::augment_args, run: Action::Run(run) };

#[derive(Args)]
struct Conform {
    #[arg(long, value_name = "STANDARD")]
    standard: Option<Standard>,
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
}

fn run(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Conform { standard, junit } = call.args()?;
    let location = call.globals.store_location();
    let mut report = junit.as_deref().map(|path| junit::open_file(call.streams, location, path)).transpose()?;
    let stopped = interrupt::watch(call.streams)?;
    let language = call.globals.language;
    let context = CheckContext {
        settings: &[],
        shown: &|reply| json::reply(reply, language),
        stopped: &|| stopped.load(Ordering::Relaxed),
    };
    let runner = CheckRunner { language, context };
    let (mut exit, mut visited, mut suites) = (ExitStatus::Done, vec![], vec![]);
    for standard in Standard::ALL.iter().filter(|one| standard.is_none_or(|wanted| wanted == **one)) {
        let mut cases = vec![];
        runner.run(*standard, |done| {
            if let ReplyBody::Conformance(line) = &done.body {
                visited.push(line.verdict);
                cases.push(case(line));
            }
            if output::exit(&done) != ExitStatus::Done {
                exit = output::exit(&done);
            }
            call.output.write_row(&done)?;
            // Print each result at once, because some checks take long.
            call.output.flush()
        })?;
        suites.push((standard.to_string(), cases));
    }
    if !call.globals.is_machine_readable() {
        call.output.text(&format!("{}\n", summary(language, &visited)))?;
    }
    if let (Some(file), Some(path)) = (&mut report, &junit) {
        junit::write(file, &suites).map_err(|fault| Error::file(path, fault))?;
    }
    Ok(exit)
}

fn summary(language: Language, visited: &[Verdict]) -> String {
    let count = |wanted: Verdict| visited.iter().filter(|verdict| **verdict == wanted).count();
    let fact = |wanted| MessageArg::Number(i64::try_from(count(wanted)).unwrap_or(i64::MAX));
    let facts = vec![
        ("rows", MessageArg::Number(i64::try_from(visited.len()).unwrap_or(i64::MAX))),
        ("passed", fact(Verdict::Pass)),
        ("deviating", fact(Verdict::Deviation)),
        ("not_run", fact(Verdict::NotRun)),
        ("failed", fact(Verdict::Fail)),
    ];
    localize(language, "done-conform", &facts)
}

/// Converts a result to a case of the report.
fn case(line: &ConformanceResult) -> junit::Case {
    let reason = line.reason.clone().unwrap_or_default();
    let outcome = match line.verdict {
        Verdict::Pass => junit::Outcome::Passed,
        Verdict::Fail => junit::Outcome::Failed(line.verdict.to_string(), line.observed.clone()),
        Verdict::Deviation => junit::Outcome::Noted(format!("{}: {}\n{reason}", line.verdict, line.observed)),
        Verdict::NotRun => junit::Outcome::Skipped(reason),
    };
    junit::Case { name: format!("{}: {}", line.id, line.requirement), outcome }
}
