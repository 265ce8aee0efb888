//! `ssd batch`: requests from a file, one reply per line. Commands that are a batch of one operation share this code.

use std::fs::{self, File};
use std::io::{ErrorKind, Read, Seek, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use crate::batch::csv_without_op;
use crate::batch::earlier_tokens::EarlierTokens;
use crate::batch::failed_lines::FailedLines;
use crate::batch::{
    self, BatchEnd, BatchObserver, BatchOptions, InputFormat, Output, Reader, ReplyFile, ResumeState, Tally,
};
use crate::cli::args::input_args::{InputArgs, note_ignored};
use crate::cli::command_spec::{Action, CommandGroup, CommandSpec};
use crate::cli::context::Context;
use crate::cli::io::atomic_file::{AtomicFile, lock_folders};
use crate::cli::io::interrupt;
use crate::cli::io::path_guard::{self, LateFile, Place};
use crate::cli::io::progress::Progress;
use crate::cli::io::recorder::Recording;
use crate::cli::io::streams::Streams;
use crate::cli::render::code_words;
use crate::cli::render::escape::printable;
use crate::cli::render::json;
use crate::domain::batch_name::BatchName;
use crate::domain::shell_text;
use crate::domain::validation_error::ValidationError;
use crate::error::{Error, ExitStatus, LostAnswer};
use crate::l10n::MessageArg;
use crate::reply::line_reply::LineReply;
use crate::reply::{Done, LineFault, Message, ReplyBody};
use crate::request::request_line::RequestLine;
use crate::request::{Operation, Request};
use crate::store::UnitOfWork;
use crate::store::private_file::is_same_place;
use crate::store::spill::SpillLog;
use crate::tabular::encoding::EncodingWriter;
use crate::tabular::text_input::TextFormat;
use crate::tabular::{ReadOptions, TextEncoding, TextInput};

/// `ssd batch`.
pub const BATCH: CommandSpec = CommandSpec {
    path: "batch",
    args: |command| Batch::augment_args(command).subcommand_negates_reqs(true),
    run: Action::Run(batch),
};

const COMMANDS: &[CommandSpec] =
    &[CommandSpec { path: "batch forget", args: Forget::augment_args, run: Action::Run(forget) }];

/// The subcommand of `ssd batch`.
pub const GROUP: CommandGroup = CommandGroup { name: "batch", commands: COMMANDS };

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

#[derive(Args)]
struct Forget {
    #[arg(value_name = "NAME", required = true)]
    name: BatchName,
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
    #[arg(long, value_name = "FILE")]
    failed: Option<PathBuf>,
    #[arg(long, value_name = "NAME")]
    once: Option<BatchName>,
    #[command(flatten)]
    input: InputArgs,
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
    /// Returns the options that decide how the lines of the file are read and done.
    fn options(&self) -> String {
        let op = match self.form {
            InputKind::Csv(op) => format!(" --op {op}"),
            InputKind::Any | InputKind::One(_) => String::new(),
        };
        let once = self.how.once.as_ref().map(|name| format!(" --once {}", shell_text::quoted(name.as_str())));
        op + &self.how.input.words() + &once.unwrap_or_default()
    }

    /// Returns the operation of the command.
    fn op(&self) -> Operation {
        match self.form {
            InputKind::One(op) => op,
            InputKind::Any | InputKind::Csv(_) => Operation::Batch,
        }
    }
}

/// An input in UTF-8.
type Input = Box<dyn Read + Send>;

/// The default number of lines per transaction.
const GROUP_LINES: usize = 1000;

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

/// Deletes what the store knows of the lines of a name, so that they can be done again.
fn forget(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Forget { name } = call.args()?;
    let store = call.open()?;
    let done = batch::forget(&store, &call.settings.operator, &name)?;
    call.finish(done)
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
    for path in [out, asked.failed.as_deref()].into_iter().flatten() {
        if call.settings.record.as_deref().is_some_and(|record| is_same_place(record, path)) {
            return Err(path_guard::file_error("batch-over-record", path));
        }
    }
    let failed_file = asked.failed.as_deref().map(|path| failed_file(call, &input, out, path)).transpose()?;
    let size = input.metadata().ok().filter(fs::Metadata::is_file).map(|metadata| metadata.len());
    let reading = asked.input.options();
    if size.is_some() {
        let copy = FileCopy::of(&input).map_err(|fault| Error::file(file, fault))?;
        self::reader(file, Box::new(copy), *form, &reading)?.check()?;
    }
    let mut reader = self::reader(file, Box::new(input), *form, &reading)?;
    if failed_file.is_some() {
        reader.keep_text();
    }
    // A signal before the first line ends the process.
    reader.read_header()?;
    note_ignored(call.output, reader.ignored_columns());
    let interrupted = interrupt::watch(call.streams)?;
    let store = call.open()?;
    if let Some(path) = &asked.failed {
        path_guard::refuse_results(None, Some(&store), path)?;
    }
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
        group: asked.group.unwrap_or(GROUP_LINES),
        stop_on_refusal: asked.stop_on_refusal,
        dry_run: asked.dry_run,
        refuses_secrets: asked.dry_run && !store.read(|unit| Ok(unit.sandbox))?,
        once: asked.once.as_ref(),
        op: job.op(),
        encode: &|answer: &LineReply, messages: Option<&[Message]>| json::line(answer, messages, language),
        observer: recording.as_ref().map(|_| BatchObserver { before: &before, behind: &behind, committed: &committed }),
        interrupted: &interrupted,
    };
    let mut failed = match &failed_file {
        Some(_) => Some(FailedLines::new(reader.csv_header().cloned(), language)?),
        None => None,
    };
    let (mut output, earlier) =
        output(&plan, &mut reader, out.zip(place), asked.resume, failed.as_mut(), call.streams)?;
    let is_stored = matches!(output, Output::File(_));
    let mut progress = Progress::start(call.globals, call.streams, size);
    let mut watch = |read: u64, tally: &Tally| progress.at(read, tally.lines, tally.not_done);
    let format = reader.format();
    let ended = batch::run(&plan, reader, &mut output, earlier, failed.as_mut(), &mut watch);
    drop(progress);
    // Also after an error: the lines so far are answered.
    let written = match (&failed, failed_file) {
        (Some(failed), Some(file)) => write_failed(&job, failed, format, file),
        _ => Ok(()),
    };
    let (end, tally) = match ended {
        Err(error) => {
            stopped(call, &job, out.filter(|_| is_stored));
            return Err(error);
        }
        Ok(ended) => ended,
    };
    let written = match (written, asked.dry_run) {
        (Err(fault), true) => return Err(fault),
        (written, _) => written.map_err(|fault| Error::AnswerLost(LostAnswer::FailedLines, None, Box::new(fault))),
    };
    // Also after a failure: the lines are done, and standard output has nothing else.
    report(call, &job, out.is_some(), &tally)?;
    written?;
    if let (Some(failed), Some(path)) = (&failed, &asked.failed) {
        note_failed(call, &job, failed.count(), path);
    }
    Ok(match end {
        BatchEnd::Interrupted => {
            stopped(call, &job, out.filter(|_| is_stored));
            ExitStatus::Interrupted
        }
        _ if tally.not_done > 0 => ExitStatus::Partial,
        _ => ExitStatus::Done,
    })
}

/// Returns the reader of an input of any encoding.
fn reader(file: &Path, input: Input, form: InputKind, reading: &ReadOptions) -> Result<Reader<Input>, Error> {
    let (input, format) = TextInput::open(input, reading.encoding)?.into_parts();
    let reader = match form {
        InputKind::Any => Reader::new(lines_of_json(file, input)?, InputFormat::JsonLines),
        InputKind::Csv(op) => Reader::for_rows(input, op)?,
        InputKind::One(op) => Reader::for_operation(input, op)?,
    };
    Ok(reader.reading(format, reading.columns.clone()))
}

/// A second reader of a regular file, which does not move the position of the first one.
struct FileCopy {
    file: File,
    at: u64,
}

impl FileCopy {
    fn of(mut file: &File) -> std::io::Result<FileCopy> {
        Ok(FileCopy { at: file.stream_position()?, file: file.try_clone()? })
    }
}

impl Read for FileCopy {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.file.read_at(buffer, self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}

/// Opens the output, and reads the state of an earlier run to resume.
fn output(
    plan: &BatchOptions<'_>,
    reader: &mut Reader<Input>,
    out: Option<(&Path, Place)>,
    resume: bool,
    failed: Option<&mut FailedLines>,
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
        true => replies.resume(plan.store, plan.actor, reader, failed)?,
        false => replies.begin(plan.store, plan.actor, reader.mark()).map(|()| ResumeState::default())?,
    };
    Ok((Output::File(replies), earlier))
}

/// Returns an input without operation. A CSV is an error, before any of its lines is answered.
fn lines_of_json(file: &Path, input: Input) -> Result<Input, Error> {
    match csv_without_op::detect(input)? {
        (input, None) => Ok(Box::new(input)),
        (_, Some(op)) => {
            let file = MessageArg::from(printable(&file.to_string_lossy()));
            Err(Error::Usage { key: "batch-csv", facts: vec![("file", file), ("op", MessageArg::from(op.as_str()))] })
        }
    }
}

/// Returns the file of failed lines. Its path is checked before anything changes.
fn failed_file(call: &Context<'_>, input: &File, out: Option<&Path>, path: &Path) -> Result<AtomicFile, Error> {
    path_guard::refuse_input("batch-failed-same", input, path)?;
    if out.is_some_and(|out| is_same_place(out, path)) {
        return Err(path_guard::file_error("batch-failed-out", path));
    }
    AtomicFile::at(call.streams, call.globals.store_location(), path)
}

fn write_failed(job: &BatchJob, failed: &FailedLines, format: TextFormat, mut file: AtomicFile) -> Result<(), Error> {
    let Some(path) = &job.how.failed else { return Ok(()) };
    lock_folders([&mut file])?;
    file.write_with(&mut |to| {
        if format.encoding == TextEncoding::Utf8 {
            return failed.write(path, to);
        }
        let mut encoder = EncodingWriter::new(to, format.encoding);
        let fault = |fault| Error::file(path, fault);
        encoder.begin(format.has_mark).map_err(fault)?;
        failed.write(path, &mut encoder)
    })
}

/// Notes where the failed lines are and how to run them again.
fn note_failed(call: &Context<'_>, job: &BatchJob, count: u64, path: &Path) {
    if count > 0 {
        let file = printable(&path.to_string_lossy());
        let command = format!("ssd {} {file}{}", call.path, job.options());
        let facts = vec![
            ("count", MessageArg::Number(i64::try_from(count).unwrap_or(i64::MAX))),
            ("file", MessageArg::from(file)),
            ("command", MessageArg::from(command)),
        ];
        call.output.note("note-batch-failed", &facts);
    }
}

/// Reports the counts: on standard error if the replies go to standard output, else as the result.
fn report(call: &mut Context<'_>, job: &BatchJob, has_file: bool, tally: &Tally) -> Result<(), Error> {
    let (repeated, malformed) = (tally.of("repeated"), tally.of("malformed"));
    let done = tally.of("done") + repeated;
    let refused = tally.lines - done - malformed;
    let op = job.op();
    let dry_run = job.how.dry_run;
    let repeated = job.how.once.is_some().then_some(repeated);
    let faults = tally.faults().into_iter().map(|(kind, found)| LineFault {
        op: kind.op.parse().ok(),
        field: kind.field.clone(),
        reason: kind.reason.clone(),
        count: found.count,
        line: found.line,
    });
    let faults: Vec<LineFault> = faults.collect();
    let sum =
        Done::new(op, ReplyBody::Batch { lines: tally.lines, done, refused, malformed, dry_run, repeated, faults });
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
    if let ReplyBody::Batch { faults, .. } = &sum.body {
        faults.iter().for_each(|fault| note_fault(call, fault));
    }
    match has_file {
        true => call.finish(sum).map(|_| ()),
        false => {
            call.output.note_of(&sum);
            Ok(())
        }
    }
}

fn note_fault(call: &Context<'_>, fault: &LineFault) {
    let LineFault { op, field, reason, count, line } = fault;
    let reason = code_words::translate(call.globals.language, "fault", reason);
    let fault = match field {
        Some(field) => format!("  {}: {reason}", printable(field)),
        None => format!("  {reason}"),
    };
    // As wide as the two columns of the other rows.
    let width = 30_usize.saturating_sub(fault.chars().count());
    let facts = vec![
        ("op", MessageArg::from(format!("{:<17}", op.map_or("-", Operation::as_str)))),
        ("fault", MessageArg::from(format!("{fault} {count:>width$}"))),
        ("line", MessageArg::from(line.to_string())),
    ];
    call.output.note("note-batch-fault", &facts);
}

/// Notes how to continue a batch that did not finish. `out` is the reply file to resume with, if there is one.
fn stopped(call: &Context<'_>, job: &BatchJob, out: Option<&Path>) {
    match out {
        Some(out) => {
            let quoted = |path: &Path| printable(&path.to_string_lossy());
            let (path, file, options) = (call.path, quoted(&job.file), job.options());
            let failed = job.how.failed.as_deref().map(|path| format!(" --failed {}", quoted(path)));
            let failed = failed.unwrap_or_default();
            let command = format!("ssd {path} {file}{options} --out {}{failed} --resume", quoted(out));
            call.output.note("note-batch-resume", &vec![("command", MessageArg::from(command))]);
        }
        None => call.output.note("note-batch-stopped", &vec![]),
    }
}

/// Opens the file, or standard input for `-`.
pub(super) fn source(call: &mut Context<'_>, file: &Path) -> Result<File, Error> {
    match file == Path::new("-") {
        true => call.stdin.claim("FILE"),
        false if file.is_dir() => Err(Error::file(file, ErrorKind::IsADirectory.into())),
        false => File::open(file).map_err(|fault| Error::file(file, fault)),
    }
}
