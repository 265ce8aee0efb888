//! `ssd batch`: requests from a file, a reply a line; and what the commands share that are a batch of one operation.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::batch::{self, Earlier, End, Form, Output, Plan, Reader, Replies, Tally, Witness};
use crate::cli::call::Call;
use crate::cli::files::{is_same, spare};
use crate::cli::human::printable;
use crate::cli::progress::Progress;
use crate::cli::recorder::Recording;
use crate::cli::table::{Leaf, Run};
use crate::cli::{answers, interrupt};
use crate::domain::flaw::Flaw;
use crate::error::{Error, Exit};
use crate::flow::memory::Memory;
use crate::reply::{Answer, Body, Done, Message};
use crate::request::{Line, Op, Request};
use crate::store::Unit;
use crate::text::Fact;

/// `ssd batch`.
pub const BATCH: Leaf = Leaf { path: "batch", args: Batch::augment_args, run: Run::Do(batch) };

#[derive(Args)]
struct Batch {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long, value_name = "OP", value_parser = operation)]
    op: Option<Op>,
    #[arg(long, value_name = "N", value_parser = jobs)]
    jobs: Option<usize>,
    #[command(flatten)]
    how: How,
}

/// How a batch is run, whatever it asks for.
#[derive(Args)]
pub struct How {
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[arg(long, value_name = "LINES", value_parser = count)]
    group: Option<usize>,
    #[arg(long)]
    dry_run: bool,
    #[arg(long)]
    stop_on_refusal: bool,
    #[arg(long)]
    resume: bool,
}

/// What a file asks for.
#[derive(Clone, Copy)]
pub enum Asks {
    /// JSON Lines, each of which says so itself.
    Any,
    /// A CSV whose rows ask for this.
    Csv(Op),
    /// Either, with lines that all ask for this.
    One(Op),
}

/// A batch that is to be run.
pub struct Job {
    /// The file; `-` is standard input.
    pub file: PathBuf,
    /// What it asks for.
    pub form: Asks,
    /// Threads that hash.
    pub jobs: Option<usize>,
    /// The rest.
    pub how: How,
}

/// Lines a transaction, where nothing else is said.
const GROUP: usize = 1000;

fn operation(word: &str) -> Result<Op, Flaw> {
    word.replace(['-', ' '], "_")
        .parse()
        .ok()
        .filter(|op| Request::OPS.contains(op))
        .ok_or(Flaw::Word(Request::words()))
}

fn count(text: &str) -> Result<usize, Flaw> {
    within(text, 100_000)
}

/// Each opens the store for itself, and a process may have some thousand files open.
fn jobs(text: &str) -> Result<usize, Flaw> {
    within(text, 256)
}

fn within(text: &str, most: usize) -> Result<usize, Flaw> {
    match text.parse() {
        Ok(count) if (1..=most).contains(&count) => Ok(count),
        Ok(_) => Err(Flaw::Bounds("1".into(), most.to_string())),
        Err(_) => Err(Flaw::Form("a whole number")),
    }
}

fn batch(call: &mut Call<'_>) -> Result<Exit, Error> {
    let Batch { file, op, jobs, how } = call.args()?;
    run(call, Job { file, form: op.map_or(Asks::Any, Asks::Csv), jobs, how })
}

/// Runs a batch to its end, and says what came of it.
pub fn run(call: &mut Call<'_>, job: Job) -> Result<Exit, Error> {
    let Job { file, form, jobs, how: asked } = &job;
    let out = asked.out.as_deref().filter(|out| *out != Path::new("-"));
    if asked.resume && (out.is_none() || asked.dry_run) {
        return Err(Error::usage(if asked.dry_run { "batch-resume-dry" } else { "batch-resume-out" }));
    }
    let input = source(call, file)?;
    if out.is_some_and(|out| is_same(file, out)) {
        return Err(Error::usage("batch-out-same"));
    }
    out.map_or(Ok(()), |out| spare(call, out))?;
    let size = input.metadata().ok().filter(fs::Metadata::is_file).map(|metadata| metadata.len());
    let mut reader = match form {
        Asks::Any => Reader::new(input, Form::JsonLines),
        Asks::Csv(op) => Reader::new(input, Form::Csv(*op)),
        Asks::One(op) => Reader::of_one(input, *op)?,
    };
    let interrupted = interrupt::watch()?;
    let store = call.open()?;
    let recording = match call.recorder()? {
        Some(mut recorder) if !asked.dry_run => {
            call.begin(&store, &mut recorder)?;
            Some(Recording::new(recorder, call.globals.language))
        }
        _ => None,
    };
    let (before, behind, committed) = (
        |unit: &Unit<'_>, line: &Line, memory: &Memory| {
            recording.as_ref().map_or(Ok(()), |it| it.before(unit, line, memory))
        },
        |unit: &Unit<'_>, line: &Line, answer: &Answer| {
            recording.as_ref().map_or(Ok(()), |it| it.behind(unit, line, answer))
        },
        || recording.as_ref().map_or(Ok(()), Recording::committed),
    );
    let scratch = if asked.dry_run { Some(store.scratch()?) } else { None };
    reader.read_header()?;
    let language = call.globals.language;
    let plan = Plan {
        store: scratch.as_ref().unwrap_or(&store),
        looked_up: &store,
        actor: &call.settings.operator,
        jobs: jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)),
        group: asked.group.unwrap_or(GROUP),
        stop_on_refusal: asked.stop_on_refusal,
        rehearsal: asked.dry_run,
        tell: &|answer: &Answer, messages: Option<&[Message]>| answers::line(answer, messages, language),
        witness: recording.as_ref().map(|_| Witness { before: &before, behind: &behind, committed: &committed }),
        interrupted: &interrupted,
    };
    let (mut output, earlier) = output(&plan, &mut reader, out, asked.resume)?;
    let is_kept = matches!(output, Output::File(_));
    let mut progress = Progress::start(call.globals, size);
    let mut watch = |read: u64, tally: &Tally| progress.at(read, tally.lines, tally.not_done);
    let ended = batch::run(&plan, reader, &mut output, earlier, &mut watch);
    drop(progress);
    let (end, tally) = match ended {
        Err(error) => {
            stopped(call, &job, out.filter(|_| is_kept));
            return Err(error);
        }
        Ok(ended) => ended,
    };
    report(call, &job, out.is_some(), &tally)?;
    Ok(match end {
        End::Interrupted => {
            stopped(call, &job, out.filter(|_| is_kept));
            Exit::Interrupted
        }
        _ if tally.not_done > 0 => Exit::Partial,
        _ => Exit::Done,
    })
}

/// Where the replies go, and what an earlier run has left to go on with.
fn output(
    plan: &Plan<'_>,
    reader: &mut Reader<File>,
    out: Option<&Path>,
    resume: bool,
) -> Result<(Output, Earlier), Error> {
    let Some(path) = out else { return Ok((Output::Stream(Box::new(io::stdout())), Earlier::default())) };
    let is_regular = fs::metadata(path).map_or(true, |there| there.is_file());
    if plan.rehearsal || !is_regular {
        if resume {
            return Err(Error::usage("batch-resume-out"));
        }
        Replies::spare_unfinished(path, plan.store)?;
        let file = File::create(path).map_err(|fault| Error::file(path, fault))?;
        return Ok((Output::Stream(Box::new(file)), Earlier::default()));
    }
    let mut replies = Replies::open(path, plan.store, resume)?;
    let earlier = match resume {
        true => replies.resume(plan.store, plan.actor, reader)?,
        false => replies.begin(plan.store, plan.actor, reader.mark()).map(|()| Earlier::default())?,
    };
    Ok((Output::File(replies), earlier))
}

/// The counts: on standard error, where standard output has the replies; with a file for those, the sum is the result.
fn report(call: &mut Call<'_>, job: &Job, has_file: bool, tally: &Tally) -> Result<(), Error> {
    let (done, malformed) = (tally.of("done"), tally.of("malformed"));
    let refused = tally.lines - done - malformed;
    let op = match job.form {
        Asks::One(op) => op,
        Asks::Any | Asks::Csv(_) => Op::Batch,
    };
    let dry_run = job.how.dry_run;
    let sum = Done::new(op, Body::Batch { lines: tally.lines, done, refused, malformed, dry_run });
    for (op, verdict, count) in tally.rows() {
        let facts = vec![
            ("op", Fact::from(format!("{op:<17}"))),
            ("verdict", Fact::from(format!("{verdict:<21}"))),
            ("count", Fact::from(format!("{count:>9}"))),
        ];
        call.output.note("note-batch-row", &facts);
    }
    match has_file {
        true => call.done(sum).map(|_| ()),
        false => {
            call.output.note_of(&sum);
            Ok(())
        }
    }
}

/// What somebody can do about a batch that did not come to its end; `out` is a file of replies that it can be resumed with.
fn stopped(call: &Call<'_>, job: &Job, out: Option<&Path>) {
    match out {
        Some(out) => {
            let quoted = |path: &Path| printable(&path.to_string_lossy());
            let op = match job.form {
                Asks::Csv(op) => format!(" --op {op}"),
                Asks::Any | Asks::One(_) => String::new(),
            };
            let (path, file) = (call.leaf.path, quoted(&job.file));
            let command = format!("ssd {path} {file}{op} --out {} --resume", quoted(out));
            call.output.note("note-batch-resume", &vec![("command", Fact::from(command))]);
        }
        None => call.output.note("note-batch-stopped", &vec![]),
    }
}

/// The file, or standard input for `-`.
fn source(call: &mut Call<'_>, file: &Path) -> Result<File, Error> {
    match file == Path::new("-") {
        true => call.stdin.claim("FILE"),
        false if file.is_dir() => Err(Error::file(file, ErrorKind::IsADirectory.into())),
        false => File::open(file).map_err(|fault| Error::file(file, fault)),
    }
}
