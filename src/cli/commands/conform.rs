//! `ssd conform`: the requirements of the standards, tried out on the procedures. It wants no store, and touches none.

use std::path::PathBuf;
use std::sync::atomic::Ordering;

use clap::Args;

use crate::cli::call::Call;
use crate::cli::files::spare;
use crate::cli::table::{Leaf, Run};
use crate::cli::{answers, interrupt, junit, output};
use crate::conform::{Bench, Standard};
use crate::domain::words::Language;
use crate::error::{Error, Exit};
use crate::reply::{Body, Conformance, Verdict};
use crate::text::{Fact, say};

/// `ssd conform`.
pub const CONFORM: Leaf = Leaf { path: "conform", args: Conform::augment_args, run: Run::Do(run) };

#[derive(Args)]
struct Conform {
    #[arg(long, value_name = "STANDARD")]
    standard: Option<Standard>,
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
}

fn run(call: &mut Call<'_>) -> Result<Exit, Error> {
    let Conform { standard, junit } = call.args()?;
    junit.as_deref().map_or(Ok(()), |junit| spare(call, junit))?;
    let mut report = junit.as_deref().map(junit::open_file).transpose()?;
    let stopped = interrupt::watch()?;
    let language = call.globals.language;
    let bench = Bench {
        language,
        settings: &[],
        shown: &|reply| answers::reply(reply, language),
        stopped: &|| stopped.load(Ordering::Relaxed),
    };
    let (mut exit, mut seen, mut suites) = (Exit::Done, vec![], vec![]);
    for standard in Standard::ALL.iter().filter(|one| standard.is_none_or(|wanted| wanted == **one)) {
        let mut cases = vec![];
        bench.run(*standard, |done| {
            if let Body::Conformance(line) = &done.body {
                seen.push(line.verdict);
                cases.push(case(line));
            }
            if output::exit(&done) != Exit::Done {
                exit = output::exit(&done);
            }
            call.output.row(&done)?;
            // A line is there as soon as its check is done: some of them take a while.
            call.output.flush()
        })?;
        suites.push((standard.to_string(), cases));
    }
    if !call.globals.is_for_programs() {
        call.output.text(&format!("{}\n", summary(language, &seen)))?;
    }
    if let (Some(file), Some(path)) = (&mut report, &junit) {
        junit::write(file, &suites).map_err(|fault| Error::file(path, fault))?;
    }
    Ok(exit)
}

fn summary(language: Language, seen: &[Verdict]) -> String {
    let count = |wanted: Verdict| seen.iter().filter(|verdict| **verdict == wanted).count();
    let fact = |wanted| Fact::Number(i64::try_from(count(wanted)).unwrap_or(i64::MAX));
    let facts = vec![
        ("rows", Fact::Number(i64::try_from(seen.len()).unwrap_or(i64::MAX))),
        ("passed", fact(Verdict::Pass)),
        ("deviating", fact(Verdict::Deviation)),
        ("not_run", fact(Verdict::NotRun)),
        ("failed", fact(Verdict::Fail)),
    ];
    say(language, "done-conform", &facts)
}

/// A requirement as the report has it.
fn case(line: &Conformance) -> junit::Case {
    let reason = line.reason.clone().unwrap_or_default();
    let outcome = match line.verdict {
        Verdict::Pass => junit::Outcome::Passed,
        Verdict::Fail => junit::Outcome::Failed(line.verdict.to_string(), line.observed.clone()),
        Verdict::Deviation => junit::Outcome::Noted(format!("{}: {}\n{reason}", line.verdict, line.observed)),
        Verdict::NotRun => junit::Outcome::Skipped(reason),
    };
    junit::Case { name: format!("{}: {}", line.id, line.requirement), outcome }
}
