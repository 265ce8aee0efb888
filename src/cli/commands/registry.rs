//! `ssd registry`: the registry records that identity checks compare with.

use std::fs::{File, Metadata};
use std::io::{Cursor, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::{Args, FromArgMatches};

use crate::cli::args::input_args::{InputArgs, note_ignored};
use crate::cli::args::list_args::PageArgs;
use crate::cli::command_spec::{Action, CommandGroup, CommandSpec, no_args};
use crate::cli::context::Context;
use crate::cli::io::interrupt;
use crate::cli::io::path_guard;
use crate::cli::io::progress::Progress;
use crate::cli::render::fault_summary::{FaultSummary, fault_facts};
use crate::cli::render::json;
use crate::domain::calendar::lisbon_date;
use crate::domain::niss::Niss;
use crate::domain::search_text::SearchText;
use crate::error::{Error, ExitStatus, ValueName};
use crate::flow::lists::{self, ListFilter};
use crate::import::{self, Counts, ImportObserver, RejectRecord};
use crate::l10n::MessageArg;
use crate::reply::Reply;
use crate::request::{HolderRequest, NoFields, Operation, Request};
use crate::scenario::recording;

const COMMANDS: &[CommandSpec] = &[
    CommandSpec { path: "registry import", args: Import::augment_args, run: Action::Run(load) },
    CommandSpec {
        path: "registry show",
        args: HolderRequest::augment_args,
        run: Action::Request(|matches| HolderRequest::from_arg_matches(matches).map(Request::RegistryShow)),
    },
    CommandSpec { path: "registry list", args: List::augment_args, run: Action::Run(list) },
    CommandSpec { path: "registry find", args: Find::augment_args, run: Action::Run(find) },
    CommandSpec {
        path: "registry count",
        args: no_args,
        run: Action::Request(|_| Ok(Request::RegistryCount(NoFields {}))),
    },
];

/// `ssd registry`.
pub const GROUP: CommandGroup = CommandGroup { name: "registry", commands: COMMANDS };

#[derive(Args)]
struct List {
    #[command(flatten)]
    page: PageArgs,
    #[arg(long, value_name = "NISS")]
    niss: Option<Niss>,
}

fn list(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let List { page, niss } = call.args()?;
    let (store, actor) = (call.open()?, &call.settings.operator);
    let filter = ListFilter { niss, ..ListFilter::default() };
    page.print(call, filter, |filter, each| lists::registry(&store, actor, Operation::RegistryList, filter, each))
}

#[derive(Args)]
struct Find {
    #[arg(value_name = "TEXT...", required = true, num_args = 1..)]
    text: Vec<String>,
    #[command(flatten)]
    page: PageArgs,
}

fn find(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Find { text, page } = call.args()?;
    // Words without quotation marks are one text.
    let text: SearchText =
        text.join(" ").parse().map_err(|cause| Error::malformed(ValueName::Argument("TEXT".to_owned()), cause))?;
    let (store, actor) = (call.open()?, &call.settings.operator);
    let filter = ListFilter { text: Some(Box::new(text)), ..ListFilter::default() };
    page.print(call, filter, |filter, each| lists::registry(&store, actor, Operation::RegistryFind, filter, each))
}

/// The number of rejected rows shown on standard error without `--rejects`.
const REJECTS_SHOWN: i64 = 10;

/// The number of faults shown of a row. A registry has fewer columns; a JSON object can have any number of keys.
const FAULTS_SHOWN: usize = 20;

#[derive(Args)]
struct Import {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    input: InputArgs,
}

fn load(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Import { file, rejects, dry_run, input: asked } = call.args()?;
    let reading = asked.options();
    if rejects.as_deref() == Some(Path::new("-")) {
        return Err(Error::usage("rejects-nowhere"));
    }
    let (input, size) = source(call, &file)?;
    let mut place = None;
    if let Some(rejects) = &rejects {
        path_guard::refuse_input("rejects-same", &input, rejects)?;
        place = Some(path_guard::check(call.globals.store_location(), rejects)?);
    }
    let store = call.open()?;
    if let Some(rejects) = &rejects {
        path_guard::refuse_results(None, Some(&store), rejects)?;
    }
    let mut recorder = if dry_run { None } else { call.recorder(Some(&store))? };
    let mut rows = String::new();
    let mut input: Box<dyn Read + Send> = Box::new(input);
    if let Some(recorder) = &mut recorder {
        call.start_recording(&store, recorder)?;
        let mut complete = vec![];
        input.read_to_end(&mut complete).map_err(|fault| Error::file(&file, fault))?;
        rows = recording::registry(complete.clone(), &reading, lisbon_date(store.now()?))?;
        input = Box::new(Cursor::new(complete));
    }
    let language = call.globals.language;
    let create: &dyn Fn() -> Result<File, Error> = &|| match (&rejects, place) {
        (Some(path), Some(place)) => path_guard::open(call.streams, path, place),
        _ => Err(Error::Bug("no file of rejected rows".to_owned())),
    };
    let rejected = rejects.as_deref().map(|path| import::RejectsFile { path, create });
    let import = import::Import { input, reading, rejects: rejected, language, dry_run };
    let mut watch = ImportProgress::new(call, size, rejects.is_none())?;
    let done = import::run(&store, &call.settings.operator, import, &mut watch);
    let ImportEnd { hidden, stored, faults } = watch.end();
    if let (Err(fault), Some((loaded, good))) = (&done, stored)
        && !matches!(fault, Error::InterruptedMidway { .. })
    {
        let facts =
            [("loaded", loaded), ("good", good)].map(|(name, rows)| (name, MessageArg::Number(rows.cast_signed())));
        call.output.note("note-import-partial", &facts.to_vec());
    }
    let done = done?;
    if hidden > 0 {
        call.output.note("note-rejects-more", &vec![("count", MessageArg::Number(hidden))]);
    }
    faults.note(call.output, language);
    if let Some(recorder) = &mut recorder {
        let line = recording::import_line(&rows, &json::reply(&Reply::Done(done.clone()), language)?);
        call.output.defer_unrecorded(recorder.append(&line));
    }
    call.finish(done)
}

/// Shows the progress of an import and passes on interrupts.
struct ImportProgress<'a> {
    call: &'a Context<'a>,
    interrupted: Arc<AtomicBool>,
    progress: Progress,
    is_loading: bool,
    /// Whether rejected rows are shown on standard error.
    emits: bool,
    rejected: i64,
    faults: FaultSummary,
    /// The committed rows, and all valid rows. `None` before the first commit.
    stored: Option<(u64, u64)>,
}

/// What an import leaves to report.
struct ImportEnd {
    /// The number of rejected rows that were not shown.
    hidden: i64,
    /// The committed rows, and all valid rows.
    stored: Option<(u64, u64)>,
    faults: FaultSummary,
}

impl<'a> ImportProgress<'a> {
    fn new(call: &'a Context<'a>, size: Option<u64>, emits: bool) -> Result<ImportProgress<'a>, Error> {
        let interrupted = interrupt::watch(call.streams)?;
        let mut progress = Progress::start(call.globals, call.streams, size);
        progress.at(0, 0, 0);
        let faults = FaultSummary::default();
        Ok(ImportProgress { call, interrupted, progress, is_loading: false, emits, rejected: 0, faults, stored: None })
    }

    /// Clears the progress line.
    fn end(self) -> ImportEnd {
        let hidden = if self.emits { (self.rejected - REJECTS_SHOWN).max(0) } else { 0 };
        ImportEnd { hidden, stored: self.stored, faults: self.faults }
    }
}

impl ImportObserver for ImportProgress<'_> {
    fn rejected(&mut self, reject: &RejectRecord) {
        self.rejected += 1;
        reject.faults.iter().for_each(|fault| self.faults.add(reject.line, fault));
        if !self.emits || self.rejected > REJECTS_SHOWN {
            return;
        }
        for fault in reject.faults.iter().take(FAULTS_SHOWN) {
            let facts = fault_facts(self.call.globals.language, reject.line, fault);
            self.progress.suspend(|| self.call.output.note("note-reject", &facts));
        }
    }

    fn ignored(&mut self, columns: &[String]) {
        self.progress.suspend(|| note_ignored(self.call.output, columns));
    }

    fn read(&mut self, bytes: u64, counts: Counts) {
        self.progress.at(bytes, counts.read, counts.rejected);
    }

    fn loaded(&mut self, rows: u64, counts: Counts) {
        if !self.is_loading {
            self.is_loading = true;
            self.progress = Progress::start(self.call.globals, self.call.streams, Some(counts.good));
        }
        self.stored = (rows > 0).then_some((rows, counts.good));
        self.progress.at(rows, rows, counts.rejected);
    }

    fn should_stop(&self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }
}

/// Opens the file, or standard input for `-`. Returns its size in bytes if it is a regular file.
fn source(call: &mut Context<'_>, file: &Path) -> Result<(File, Option<u64>), Error> {
    let input = match file == Path::new("-") {
        true => call.stdin.claim("FILE")?,
        false if file.is_dir() => return Err(Error::file(file, ErrorKind::IsADirectory.into())),
        false => File::open(file).map_err(|fault| Error::file(file, fault))?,
    };
    let size = input.metadata().ok().filter(Metadata::is_file).map(|metadata| metadata.len());
    Ok((input, size))
}
