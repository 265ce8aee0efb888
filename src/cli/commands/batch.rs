//! `ssd batch`: requests from a file, one reply per line. Commands that are a batch of one operation share this code.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use crate::batch::earlier_tokens::EarlierTokens;
use crate::batch::{
    self, BatchEnd, BatchObserver, BatchOptions, InputFormat, Output, Reader, ReplyFile, ResumeState, Tally,
};
use crate::cli::command_spec::{Action, CommandSpec};
use crate::cli::context::Context;
use crate::cli::io::interrupt;
use crate::cli::io::path_guard::{self, LateFile, Place};
use crate::cli::io::progress::Progress;
use crate::cli::io::recorder::Recording;
use crate::cli::io::streams::Streams;
use crate::cli::render::code_words;
use crate::cli::render::escape::printable;
use crate::cli::render::json;
use crate::domain::validation_error::ValidationError;
use crate::error::{Error, ExitStatus};
use crate::l10n::MessageArg;
use crate::reply::line_reply::LineReply;
use crate::reply::{Done, Message, ReplyBody};
use crate::request::request_line::RequestLine;
use crate::request::{Operation, Request};
use crate::store::UnitOfWork;
use crate::store::spill::SpillLog;

/// `ssd batch`.
pub const BATCH: CommandSpec = CommandSpec { path: "batch", args: Batch::augment_args, run: Action::Run(batch) };

#[derive(Args)]
struct Batch {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long, value_name = "OP", value_parser = operation)]
    op: Option<Operation>,
    #[arg(long, value_name = "N", value_parser = jobs)]
    jobs: Option<usize>,
    #[command(flatten)]
    how: BatchArgs,
}

/// The options of every batch command.
#[derive(Args)]
pub struct BatchArgs {
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

/// The requests of an input file.
#[derive(Clone, Copy)]
pub enum InputKind {
    /// JSON Lines with an operation in each line.
    Any,
    /// CSV rows of one operation.
    Csv(Operation),
    /// JSON Lines or CSV, with one operation for all lines.
    One(Operation),
}

/// A batch to run.
pub struct BatchJob {
    /// The input file; `-` is standard input.
    pub file: PathBuf,
    /// The requests of the file.
    pub form: InputKind,
    /// The number of hashing threads.
    pub jobs: Option<usize>,
    /// The options of every batch command.
    pub how: BatchArgs,
}

impl BatchJob {
    /// Returns the operation of the command.
    fn op(&self) -> Operation {
        match self.form {
            InputKind::One(op) => op,
            InputKind::Any | InputKind::Csv(_) => Operation::Batch,
        }
    }
}

/// The default number of lines per transaction.
const GROUP: usize = 1000;

fn operation(word: &str) -> Result<Operation, ValidationError> {
    word.replace(['-', ' '], "_")
        .parse()
        .ok()
        .filter(|op| Request::OPERATIONS.contains(op))
        .ok_or(ValidationError::UnknownWord(Request::operation_names()))
}

fn count(text: &str) -> Result<usize, ValidationError> {
    within(text, 100_000)
}

/// Reads a number of threads. Each opens the store, and a process has a limit of open files.
fn jobs(text: &str) -> Result<usize, ValidationError> {
    within(text, 256)
}

fn within(text: &str, most: usize) -> Result<usize, ValidationError> {
    match text.parse() {
        Ok(count) if (1..=most).contains(&count) => Ok(count),
        Ok(_) => Err(ValidationError::BoundsProfile("1".into(), most.to_string())),
        Err(_) => Err(ValidationError::Format("an integer")),
    }
}

fn batch(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Batch { file, op, jobs, how } = call.args()?;
    run(call, BatchJob { file, form: op.map_or(InputKind::Any, InputKind::Csv), jobs, how })
}

/// Runs a batch and reports its counts.
pub fn run(call: &mut Context<'_>, job: BatchJob) -> Result<ExitStatus, Error> {
    let BatchJob { file, form, jobs, how: asked } = &job;
    let out = asked.out.as_deref().filter(|out| *out != Path::new("-"));
    if asked.resume && (out.is_none() || asked.dry_run) {
        return Err(Error::usage(if asked.dry_run { "batch-resume-dry" } else { "batch-resume-out" }));
    }
    let input = source(call, file)?;
    let place = match out {
        Some(out) => {
            path_guard::refuse_input("batch-out-same", &input, out)?;
            Some(path_guard::check(call.globals.store_location(), out)?)
        }
        None => None,
    };
    let size = input.metadata().ok().filter(fs::Metadata::is_file).map(|metadata| metadata.len());
    let mut reader = match form {
        InputKind::Any => Reader::new(input, InputFormat::JsonLines),
        InputKind::Csv(op) => Reader::new(input, InputFormat::Csv(*op)),
        InputKind::One(op) => Reader::for_operation(input, *op)?,
    };
    // A signal before the first line ends the process.
    reader.read_header()?;
    let interrupted = interrupt::watch(call.streams)?;
    let store = call.open()?;
    let recording = match call.recorder(Some(&store))? {
        Some(mut recorder) if !asked.dry_run => {
            call.start_recording(&store, &mut recorder)?;
            Some(Recording::new(recorder, call.globals.language))
        }
        _ => None,
    };
    let (before, behind, committed) = (
        |unit: &UnitOfWork<'_>, line: &RequestLine, memory: &EarlierTokens| {
            recording.as_ref().map_or(Ok(()), |it| it.before_line(unit, line, memory))
        },
        |unit: &UnitOfWork<'_>, line: &RequestLine, answer: &LineReply| {
            recording.as_ref().map_or(Ok(()), |it| it.after_line(unit, line, answer))
        },
        || recording.as_ref().map_or(Ok(()), Recording::on_commit),
    );
    let scratch = if asked.dry_run { Some(store.temporary_copy()?) } else { None };
    let language = call.globals.language;
    let plan = BatchOptions {
        store: scratch.as_ref().unwrap_or(&store),
        lookup_store: &store,
        actor: &call.settings.operator,
        jobs: jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)),
        group: asked.group.unwrap_or(GROUP),
        stop_on_refusal: asked.stop_on_refusal,
        dry_run: asked.dry_run,
        refuses_secrets: asked.dry_run && !store.read(|unit| Ok(unit.sandbox))?,
        op: job.op(),
        encode: &|answer: &LineReply, messages: Option<&[Message]>| json::line(answer, messages, language),
        observer: recording.as_ref().map(|_| BatchObserver { before: &before, behind: &behind, committed: &committed }),
        interrupted: &interrupted,
    };
    let (mut output, earlier) = output(&plan, &mut reader, out.zip(place), asked.resume, call.streams)?;
    let is_stored = matches!(output, Output::File(_));
    let mut progress = Progress::start(call.globals, call.streams, size);
    let mut watch = |read: u64, tally: &Tally| progress.at(read, tally.lines, tally.not_done);
    let ended = batch::run(&plan, reader, &mut output, earlier, &mut watch);
    drop(progress);
    let (end, tally) = match ended {
        Err(error) => {
            stopped(call, &job, out.filter(|_| is_stored));
            return Err(error);
        }
        Ok(ended) => ended,
    };
    report(call, &job, out.is_some(), &tally)?;
    Ok(match end {
        BatchEnd::Interrupted => {
            stopped(call, &job, out.filter(|_| is_stored));
            ExitStatus::Interrupted
        }
        _ if tally.not_done > 0 => ExitStatus::Partial,
        _ => ExitStatus::Done,
    })
}

/// Opens the output, and reads the state of an earlier run to resume.
fn output(
    plan: &BatchOptions<'_>,
    reader: &mut Reader<File>,
    out: Option<(&Path, Place)>,
    resume: bool,
    streams: &Streams,
) -> Result<(Output, ResumeState), Error> {
    let stream = |to: Box<dyn Write>| -> Result<(Output, ResumeState), Error> {
        // Nobody sees the replies of a dry run before its audit entry is committed.
        let output = if plan.refuses_secrets { Output::AtEnd(to, SpillLog::new()?) } else { Output::Stream(to) };
        Ok((output, ResumeState::default()))
    };
    let Some((path, place)) = out else { return stream(Box::new(Arc::clone(&streams.output))) };
    // The store itself: a dry run has a copy.
    let store = plan.lookup_store;
    if plan.dry_run || place == Place::Stream {
        if resume {
            return Err(Error::usage("batch-resume-out"));
        }
        path_guard::refuse_results(None, Some(store), path)?;
        // A dry run that fails before its first reply leaves the old content.
        return stream(Box::new(LateFile::new(path_guard::open(streams, path, place)?, place)));
    }
    path_guard::refuse_letters(store, path)?;
    let mut replies = ReplyFile::open(path, path_guard::open(streams, path, place)?, plan.store, resume)?;
    let earlier = match resume {
        true => replies.resume(plan.store, plan.actor, reader)?,
        false => replies.begin(plan.store, plan.actor, reader.mark()).map(|()| ResumeState::default())?,
    };
    Ok((Output::File(replies), earlier))
}

/// Reports the counts: on standard error if the replies go to standard output, else as the result.
fn report(call: &mut Context<'_>, job: &BatchJob, has_file: bool, tally: &Tally) -> Result<(), Error> {
    let (done, malformed) = (tally.of("done"), tally.of("malformed"));
    let refused = tally.lines - done - malformed;
    let op = job.op();
    let dry_run = job.how.dry_run;
    let sum = Done::new(op, ReplyBody::Batch { lines: tally.lines, done, refused, malformed, dry_run });
    for (op, verdict, count) in tally.rows() {
        // A reason has no translation.
        let verdict = code_words::translate(call.globals.language, "outcome", verdict);
        let facts = vec![
            ("op", MessageArg::from(format!("{op:<17}"))),
            ("verdict", MessageArg::from(format!("{verdict:<21}"))),
            ("count", MessageArg::from(format!("{count:>9}"))),
        ];
        call.output.note("note-batch-row", &facts);
    }
    match has_file {
        true => call.finish(sum).map(|_| ()),
        false => {
            call.output.note_of(&sum);
            Ok(())
        }
    }
}

/// Notes how to continue a batch that did not finish. `out` is the reply file to resume with, if there is one.
fn stopped(call: &Context<'_>, job: &BatchJob, out: Option<&Path>) {
    match out {
        Some(out) => {
            let quoted = |path: &Path| printable(&path.to_string_lossy());
            let op = match job.form {
                InputKind::Csv(op) => format!(" --op {op}"),
                InputKind::Any | InputKind::One(_) => String::new(),
            };
            let (path, file) = (call.path, quoted(&job.file));
            let command = format!("ssd {path} {file}{op} --out {} --resume", quoted(out));
            call.output.note("note-batch-resume", &vec![("command", MessageArg::from(command))]);
        }
        None => call.output.note("note-batch-stopped", &vec![]),
    }
}

/// Opens the file, or standard input for `-`.
fn source(call: &mut Context<'_>, file: &Path) -> Result<File, Error> {
    match file == Path::new("-") {
        true => call.stdin.claim("FILE"),
        false if file.is_dir() => Err(Error::file(file, ErrorKind::IsADirectory.into())),
        false => File::open(file).map_err(|fault| Error::file(file, fault)),
    }
}
