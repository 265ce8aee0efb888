//! All output of the program.
//!
//! Standard output has only the result; messages for people go to standard error. If the reader closes the pipe, the
//! command ends quietly: `ssd outbox list | head -1` is not an error.

use std::cell::OnceCell;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;
use zeroize::Zeroizing;

use crate::cli::args::global_args::{Format, GlobalArgs};
use crate::cli::io::streams::Streams;
use crate::cli::io::terminal;
use crate::cli::render::csv_sheet::CsvWriter;
use crate::cli::render::errors::{self, ErrorText};
use crate::cli::render::table::{Screen, TableWriter};
use crate::cli::render::wrap::wrap;
use crate::cli::render::{code_words, report, table_columns, text};
use crate::domain::niss::Niss;
use crate::error::{Error, ExitStatus, LostAnswer};
use crate::l10n::{MessageArg, MessageArgs, localize};
use crate::reply::escaped_json;
use crate::reply::{Done, Finding, Refusal, RefusalJson, Reply, ReplyBody, Verdict};
use crate::request::Operation;
use crate::request::operation_spec::Access;
use crate::store::ClockLag;

/// The number of rows that decide a table's layout without a terminal.
const ROWS: usize = 100;

/// Both output streams.
pub struct Output {
    globals: GlobalArgs,
    streams: Streams,
    out: BufWriter<Arc<File>>,
    /// The size and colours of standard output, asked once: a list can have millions of rows.
    screen: OnceCell<Screen>,
    /// The table being printed.
    grid: Option<TableWriter>,
    /// The CSV file being printed.
    sheet: Option<CsvWriter>,
    /// Warnings that are not printed yet.
    warnings: Vec<Warning>,
    /// An error of work that is committed. It follows the reply.
    deferred: Option<Error>,
    /// The holder that the next reply is about, if it is one of several. Text begins with it.
    about: Option<Niss>,
}

/// A warning, as `--json` shows it.
#[derive(Serialize)]
struct Warning {
    kind: &'static str,
    message: String,
}

/// A JSON object with warnings.
#[derive(Serialize)]
struct WithWarning<'a, T> {
    #[serde(flatten)]
    object: &'a T,
    warnings: Vec<Warning>,
}

/// The colour of a prefix.
#[derive(Clone, Copy)]
enum Paint {
    Red = 31,
    Yellow = 33,
    Cyan = 36,
}

/// Returns the exit status of a completed command.
pub fn exit(done: &Done) -> ExitStatus {
    match &done.body {
        ReplyBody::Imported { rejected: 1.., .. } => ExitStatus::Partial,
        ReplyBody::Scenario { error: Some(_), .. } => ExitStatus::Usage,
        ReplyBody::Scenario { differences, .. } if !differences.is_empty() => ExitStatus::Refused,
        ReplyBody::Conformance(line) if line.verdict == Verdict::Fail => ExitStatus::Refused,
        _ => ExitStatus::Done,
    }
}

/// Returns whether the work behind a reply is committed, in the store or as a new file.
fn has_committed(reply: &Reply) -> bool {
    let (op, request) = match reply {
        Reply::Done(Done { body: ReplyBody::Batch { dry_run, .. }, .. }) => return !dry_run,
        Reply::Done(Done { op: Operation::Init | Operation::StoreBackup, .. }) => return true,
        Reply::Done(done) => (done.op, done.request),
        Reply::Refused(refusal) => (refusal.op, refusal.request),
    };
    op.spec().access == Access::Write && request.is_some()
}

/// Returns the error for a reply that could not be written.
fn lost(reply: &Reply, fault: Error) -> Error {
    let request = match reply {
        Reply::Done(done) => done.request,
        Reply::Refused(refusal) => refusal.request,
    };
    let lost = request.map_or(LostAnswer::Command, |_| LostAnswer::Request);
    Error::AnswerLost(lost, request, Box::new(fault))
}

/// Returns the JSON line that `--json` prints for an error, with its line end.
///
/// # Errors
/// [`Error::Bug`] if serialisation fails.
pub fn error_object(error: &Error, globals: &GlobalArgs) -> Result<Vec<u8>, Error> {
    error_line(error, None, globals)
}

/// Returns the JSON line of an error, with the file that it concerns, if it is one of several.
fn error_line(error: &Error, file: Option<&str>, globals: &GlobalArgs) -> Result<Vec<u8>, Error> {
    #[derive(Serialize)]
    struct Object<'a> {
        result: &'static str,
        kind: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        file: Option<&'a str>,
        message: &'a str,
        hint: Option<&'a str>,
    }
    let ErrorText { message, hint } = errors::error(error, globals);
    let object = Object { result: "error", kind: error.kind(), file, message: &message, hint: hint.as_deref() };
    let mut line = escaped_json::to_vec(&object).map_err(|fault| Error::Bug(fault.to_string()))?;
    line.push(b'\n');
    Ok(line)
}

/// Prints an error if the standard streams could not be duplicated, and returns its exit status.
pub fn error_without_streams(error: &Error, globals: &GlobalArgs) -> ExitStatus {
    if let (true, Ok(line)) = (globals.json, error_object(error, globals)) {
        let _ = io::stdout().write_all(&line);
    } else {
        let [label, hint_label] = ["prefix-error", "prefix-hint"].map(|key| localize(globals.language, key, &vec![]));
        let text = labelled(&label, &hint_label, &errors::error(error, globals));
        let _ = io::stderr().write_all(text.as_bytes());
    }
    error.exit()
}

/// Returns a message and its hint, each on a line with its label.
fn labelled(label: &str, hint_label: &str, text: &ErrorText) -> String {
    let hint = text.hint.as_ref().map(|hint| format!("{hint_label}: {hint}\n"));
    format!("{label}: {}\n{}", text.message, hint.unwrap_or_default())
}

impl Output {
    /// Returns an output in the format and language of the command line.
    pub fn new(globals: &GlobalArgs, streams: &Streams) -> Output {
        let out = BufWriter::new(Arc::clone(&streams.output));
        let (globals, streams) = (globals.clone(), streams.clone());
        Output {
            globals,
            streams,
            out,
            screen: OnceCell::new(),
            grid: None,
            sheet: None,
            warnings: vec![],
            deferred: None,
            about: None,
        }
    }

    /// Warns that the system's clock is behind the store. The first JSON object of the command has the warning; if the command
    /// prints none, it is a line on standard error.
    pub fn warn_of_clock(&mut self, lag: ClockLag) {
        let facts = vec![("system", MessageArg::Time(lag.system)), ("newest", MessageArg::Time(lag.newest))];
        let message = localize(self.globals.language, "warning-clock_behind", &facts);
        self.warnings.push(Warning { kind: "clock_behind", message });
    }

    /// Prints the warnings on standard error, unless a JSON object has shown them.
    pub fn flush_warnings(&mut self) {
        // The label alone takes 4 % of the time of a cold look-up, and few commands have a warning.
        if self.warnings.is_empty() {
            return;
        }
        let label = localize(self.globals.language, "prefix-warning", &vec![]);
        for Warning { message, .. } in std::mem::take(&mut self.warnings) {
            self.print_message(Paint::Yellow, &label, &ErrorText { message, hint: None });
        }
    }

    /// Prints the reply of a command.
    ///
    /// # Errors
    /// Standard output can't be written. A closed pipe is no error here.
    pub fn reply(&mut self, reply: &Reply) -> Result<ExitStatus, Error> {
        let exit = match reply {
            Reply::Done(done) => exit(done),
            Reply::Refused(_) => ExitStatus::Refused,
        };
        if matches!(reply, Reply::Done(Done { body: ReplyBody::ContactsRemoved { is_last: true, .. }, .. })) {
            let message = localize(self.globals.language, "warning-last_contact", &vec![]);
            self.warnings.push(Warning { kind: "last_contact", message });
        }
        let rendered = match reply {
            Reply::Done(done) if table_columns::is_list(done) => self.write_row(done),
            Reply::Done(done) if self.globals.format == Some(Format::Csv) => self.write_row(done),
            Reply::Done(done) if self.globals.json => self.json(done),
            Reply::Done(done) => self.plain(done),
            Reply::Refused(refusal) => self.refused(refusal),
        };
        let ended = rendered.and_then(|()| match reply {
            Reply::Done(done) if table_columns::is_list(done) => self.flush(),
            _ => self.flush_pending(),
        });
        match ended {
            Ok(()) => {}
            // Readers of a list stop when they have enough.
            Err(Error::StdoutClosed) if matches!(reply, Reply::Done(done) if table_columns::is_list(done)) => {
                return Ok(exit);
            }
            Err(fault @ (Error::StdoutClosed | Error::DiskFull | Error::File { .. })) if has_committed(reply) => {
                return Err(lost(reply, fault));
            }
            Err(Error::StdoutClosed) => return Ok(exit),
            Err(fault) => return Err(fault),
        }
        if let Reply::Done(done) = reply {
            if let ReplyBody::StoreChecked { findings, .. } = &done.body
                && !self.globals.json
            {
                self.print_findings(findings);
            }
            if !self.globals.json
                && let Some(text) = text::stderr_text(self.globals.language, done)
            {
                self.say(&text);
            }
            text::stderr_notes(done).for_each(|note| self.note(note, &vec![]));
        }
        self.deferred.take().map_or(Ok(exit), Err)
    }

    /// Prints the reply about one of several holders. A text begins with the NISS.
    ///
    /// # Errors
    /// Those of [`Output::reply`].
    pub fn reply_about(&mut self, niss: Niss, reply: &Reply) -> Result<ExitStatus, Error> {
        self.about = Some(niss);
        let answered = self.reply(reply);
        self.about = None;
        answered
    }

    /// Reports a failure to record a committed request after its reply is printed.
    pub fn defer_unrecorded(&mut self, recorded: Result<(), Error>) {
        if let Err(fault) = recorded {
            self.deferred = Some(Error::AnswerLost(LostAnswer::Recording, None, Box::new(fault)));
        }
    }

    /// Prints one row of a list.
    ///
    /// # Errors
    /// [`Error::StdoutClosed`] if the pipe is closed; standard output can't be written.
    pub fn write_row(&mut self, done: &Done) -> Result<(), Error> {
        let is_terminal = self.screen().is_terminal();
        match self.globals.format {
            _ if self.globals.json => self.json(done),
            Some(Format::Csv) => {
                let sheet = self.sheet.get_or_insert_with(|| CsvWriter::new(is_terminal));
                let bytes = sheet.row(done)?;
                self.write(|out| out.write_all(&bytes))
            }
            None if !is_terminal => self.plain(done),
            Some(Format::Table) | None => {
                let (globals, screen) = (&self.globals, *self.screen());
                let grid = match &mut self.grid {
                    Some(grid) => grid,
                    None => match table_columns::of(globals.language, done) {
                        Some(columns) => self.grid.insert(TableWriter::new(screen, columns)),
                        None => return self.plain(done),
                    },
                };
                let rows = table_columns::cells(globals.language, done);
                let text = Zeroizing::new(rows.into_iter().map(|row| grid.push_row(row)).collect::<String>());
                self.write(|out| out.write_all(text.as_bytes()))
            }
        }
    }

    /// Prints the row of a scenario that can't be run.
    ///
    /// # Errors
    /// Those of [`Output::write_row`].
    pub fn write_failed_scenario(&mut self, file: &str, error: &Error) -> Result<(), Error> {
        if self.globals.json {
            let line = error_line(error, Some(file), &self.globals)?;
            return self.write(|out| out.write_all(&line));
        }
        let text = self.error_text(error);
        let (file, differences) = (file.to_owned(), vec![]);
        let body = ReplyBody::Scenario { file, lines: 0, differences, error: Some(text.message.clone()) };
        self.write_row(&Done::new(Operation::ScenarioRun, body))?;
        self.flush_pending()?;
        self.print_error(&text);
        Ok(())
    }

    /// Prints the findings of `store check` as warnings. One of them is the warning about the clock.
    fn print_findings(&mut self, findings: &[Finding]) {
        self.warnings.clear();
        let label = localize(self.globals.language, "prefix-warning", &vec![]);
        for Finding { message, hint, .. } in findings {
            let text = ErrorText { message: message.clone(), hint: Some(hint.clone()) };
            self.print_message(Paint::Yellow, &label, &text);
        }
    }

    fn print_error(&self, text: &ErrorText) {
        let label = localize(self.globals.language, "prefix-error", &vec![]);
        self.print_message(Paint::Red, &label, text);
    }

    /// Returns the message and the hint of an error.
    pub fn error_text(&self, error: &Error) -> ErrorText {
        errors::error(error, &self.globals)
    }

    /// Prints a reply as text. At a terminal it has colours, and its lines end at words.
    fn plain(&mut self, done: &Done) -> Result<(), Error> {
        let language = self.globals.language;
        let screen = *self.screen();
        let mut text = Zeroizing::new(match (&done.body, screen.width) {
            (ReplyBody::Report(found), Some(width)) => report::text(language, found, Some(width)),
            _ => text::stdout_text(language, done),
        });
        if let Some(niss) = self.about {
            text = format!("{niss}: {}", *text).into();
        }
        if let (true, Some((part, color))) = (screen.is_painted, text::emphasis(language, done)) {
            text = text.replacen(&part, &color.paint(&part), 1).into();
        }
        if let Some(width) = screen.width {
            text = wrap(&text, width).into();
        }
        self.write(|out| out.write_all(text.as_bytes()))
    }

    /// Returns whether lists are tables, which people read.
    pub fn is_table(&self) -> bool {
        match self.globals.format {
            _ if self.globals.json => false,
            Some(format) => format == Format::Table,
            None => self.screen().is_terminal(),
        }
    }

    /// Prints the rest of a list, or of the rows so far. A note names the columns that did not fit.
    ///
    /// # Errors
    /// Those of [`Output::write_row`].
    pub fn flush(&mut self) -> Result<(), Error> {
        if self.globals.format == Some(Format::Csv) {
            let op = self.globals.operation();
            let header = self.sheet.get_or_insert_default().finish(op)?;
            self.write(|out| out.write_all(&header))?;
        }
        self.flush_pending()?;
        if let Some(grid) = &self.grid
            && let dropped = grid.dropped()
            && !dropped.is_empty()
            && !self.globals.quiet
        {
            let count = i64::try_from(dropped.len()).unwrap_or(i64::MAX);
            let facts = vec![("count", MessageArg::Number(count)), ("names", MessageArg::from(dropped.join(", ")))];
            let text = format!("{}\n", localize(self.globals.language, "note-more-columns", &facts));
            self.say(&wrap(&text, self.screen().width.unwrap_or(usize::MAX)));
        }
        Ok(())
    }

    /// Prints the buffered rows.
    fn flush_pending(&mut self) -> Result<(), Error> {
        if let Some(grid) = &mut self.grid {
            let text = Zeroizing::new(grid.flush());
            self.write(|out| out.write_all(text.as_bytes()))?;
        }
        self.write(Write::flush)
    }

    /// Prints a text that was requested, such as a help page.
    ///
    /// # Errors
    /// Those of [`Output::write_row`].
    pub fn text(&mut self, text: &str) -> Result<(), Error> {
        self.write(|out| out.write_all(text.as_bytes()).and_then(|()| out.flush()))
    }

    fn refused(&mut self, refusal: &Refusal) -> Result<(), Error> {
        if self.globals.json {
            let ErrorText { message, hint } = errors::refusal(refusal, self.globals.language);
            return self.json(&RefusalJson { refusal, message: &message, hint: hint.as_deref() });
        }
        self.render_refusal(refusal);
        // Only at a terminal: scripts get two lines.
        if self.streams.error.is_terminal() {
            self.note("refused-explained", &vec![("reason", MessageArg::from(refusal.reason.as_str()))]);
        }
        Ok(())
    }

    /// Renders a refusal as text: either the final result or the reason why a prompt is repeated.
    pub fn render_refusal(&self, refusal: &Refusal) {
        let text = errors::refusal(refusal, self.globals.language);
        let label = code_words::refusal_label(self.globals.language, refusal.reason);
        if let Some(niss) = self.about {
            self.say(&format!("{niss}: "));
        }
        self.print_message(Paint::Yellow, &label, &text);
    }

    /// Prints an error and returns its exit status. A closed standard output is not reported.
    pub fn error(&mut self, error: &Error) -> ExitStatus {
        if matches!(error, Error::StdoutClosed) {
            return error.exit();
        }
        if matches!(error, Error::ClockBehind { .. }) {
            // The error says the same.
            self.warnings.clear();
        }
        let emit = |output: &Output| output.print_error(&output.error_text(error));
        // After a lost reply, standard output is unusable or has the reply of the command.
        if self.globals.json && !matches!(error, Error::AnswerLost(lost, ..) if *lost != LostAnswer::Replies) {
            let object = error_object(error, &self.globals);
            match object.and_then(|line| self.write(|out| out.write_all(&line))).and_then(|()| self.flush_pending()) {
                Ok(()) | Err(Error::StdoutClosed) => {}
                // Standard output itself failed, so report on standard error.
                Err(_) => emit(self),
            }
        } else {
            // Rows printed so far come before the error.
            let _ = self.flush_pending();
            emit(self);
        }
        error.exit()
    }

    /// Prints a note on standard error, unless `--quiet` is given.
    pub fn note(&self, key: &str, facts: &MessageArgs) {
        if !self.globals.quiet {
            self.say(&format!("{}\n", localize(self.globals.language, key, facts)));
        }
    }

    /// Prints a reply as a note on standard error, unless `--quiet` is given.
    pub fn note_of(&self, done: &Done) {
        if !self.globals.quiet {
            self.say(&text::stdout_text(self.globals.language, done));
        }
    }

    /// Prints a text on standard error.
    pub fn say(&self, text: &str) {
        let _ = (&*self.streams.error).write_all(text.as_bytes());
    }

    fn print_message(&self, paint: Paint, label: &str, text: &ErrorText) {
        let hint_label = localize(self.globals.language, "prefix-hint", &vec![]);
        self.say(&labelled(&self.painted(paint, label), &self.painted(Paint::Cyan, &hint_label), text));
    }

    fn painted(&self, paint: Paint, text: &str) -> String {
        let wanted = self.globals.uses_color(self.streams.error.is_terminal());
        if wanted { format!("\u{1b}[1;{}m{text}\u{1b}[0m", paint as u8) } else { text.to_owned() }
    }

    fn screen(&self) -> &Screen {
        self.screen.get_or_init(|| screen(&self.globals, &self.streams))
    }

    fn json(&mut self, object: &impl Serialize) -> Result<(), Error> {
        let line = match std::mem::take(&mut self.warnings) {
            warnings if !warnings.is_empty() => escaped_json::to_vec(&WithWarning { object, warnings }),
            _ => escaped_json::to_vec(object),
        };
        let line = Zeroizing::new(line.map_err(|fault| Error::Bug(fault.to_string()))?);
        self.write(|out| out.write_all(&line).and_then(|()| out.write_all(b"\n")))
    }

    fn write(&mut self, act: impl FnOnce(&mut BufWriter<Arc<File>>) -> io::Result<()>) -> Result<(), Error> {
        act(&mut self.out).map_err(|fault| {
            // Discards what could not be written, so that it does not follow the error if the fault passes.
            let empty = BufWriter::new(Arc::clone(&self.streams.output));
            drop(std::mem::replace(&mut self.out, empty).into_parts());
            match fault.kind() {
                io::ErrorKind::BrokenPipe => Error::StdoutClosed,
                _ => Error::file(Path::new("/dev/stdout"), fault),
            }
        })
    }
}

/// Returns the size and colours of standard output. Without a terminal there is no width limit.
fn screen(globals: &GlobalArgs, streams: &Streams) -> Screen {
    let size = terminal::size(&streams.output);
    let (width, rows) = size.map_or((None, ROWS), |(width, rows)| (Some(width), rows));
    Screen { width, rows, is_painted: globals.uses_color(streams.output.is_terminal()) }
}
