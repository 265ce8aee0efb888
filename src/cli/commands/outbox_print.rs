//! `ssd outbox print`: writes the letters of the outbox as a PDF, with a list of them if asked for.

use std::path::PathBuf;

use clap::Args;

use crate::batch::ReplyFile;
use crate::cli::args::list_args::SelectionArgs;
use crate::cli::command_spec::{Action, CommandSpec};
use crate::cli::context::Context;
use crate::cli::io::atomic_file::{self, AtomicFile};
use crate::cli::render::json;
use crate::error::{Error, ExitStatus};
use crate::flow::lists::ListFilter;
use crate::l10n::MessageArg;
use crate::outbox::print_run::{self, PrintOutput};
use crate::reply::{PrintRunSummary, Reply, ReplyBody};
use crate::scenario::recording;

/// `ssd outbox print`.
pub const PRINT: CommandSpec = CommandSpec { path: "outbox print", args: Print::augment_args, run: Action::Run(print) };

#[derive(Args)]
struct Print {
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    #[arg(long)]
    pending: bool,
    #[command(flatten)]
    narrowed: SelectionArgs,
}

fn print(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Print { out, manifest, pending, narrowed } = call.args()?;
    let location = call.globals.store_location();
    let mut letters = AtomicFile::at(call.streams, location, &out)?;
    let mut list = manifest.as_deref().map(|path| AtomicFile::at(call.streams, location, path)).transpose()?;
    let store = call.open()?;
    let filter = ListFilter { pending, ..narrowed.filter(&store)? };
    let mut recorder = call.recorder(Some(&store))?;
    if list.as_ref().is_some_and(|list| list.is_same_file(&letters)) {
        return Err(Error::usage("print-same-file"));
    }
    for path in [Some(&out), manifest.as_ref()].into_iter().flatten() {
        ReplyFile::refuse_unfinished(path, &store)?;
    }
    atomic_file::lock_folders([&mut letters].into_iter().chain(&mut list))?;
    if let (Some(list), Some(path)) = (&list, &manifest) {
        print_run::refuse_overwrite(&store, path, &|feed| list.read(feed))?;
    }
    let files = PrintOutput {
        there: &|feed| letters.read(feed),
        lay: &|pdf, rows| letters.stage(pdf).and_then(|()| list.as_ref().map_or(Ok(()), |list| list.stage(rows))),
        // The letters come last: if they exist, their manifest does too.
        show: &|| list.as_ref().map_or(Ok(()), AtomicFile::publish).and_then(|()| letters.publish()),
        file: Some(out.display().to_string()),
        manifest: manifest.as_ref().map(|path| path.display().to_string()),
    };
    if let Some(recorder) = &mut recorder {
        call.start_recording(&store, recorder)?;
    }
    let done = print_run::print(&store, &call.settings.operator, &filter, &files)?;
    if let (Some(recorder), ReplyBody::Printed(PrintRunSummary { letters: 1.., .. })) = (&mut recorder, &done.body) {
        let shown = json::reply(&Reply::Done(done.clone()), call.globals.language)?;
        call.output.defer_unrecorded(recorder.append(&recording::letters(&filter, &shown)));
    }
    if let ReplyBody::Printed(printed) = &done.body {
        let rendered = [("note-print-skipped", printed.skipped), ("note-print-lacking", printed.lacking)];
        for (note, count) in rendered.into_iter().filter(|(_, count)| *count > 0) {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            call.output.note(note, &vec![("count", MessageArg::Number(count))]);
        }
    }
    call.finish(done)
}
