//! `ssd outbox print`: letters as pages to be printed; `ssd outbox export`: e-mails as files.

use std::path::{Path, PathBuf};

use clap::Args;
use memchr::memmem;

use super::lists::ListArgs;
use super::outbox::purpose;
use crate::batch::ReplyFile;
use crate::cli::command_tree::{Action, CommandSpec};
use crate::cli::context::Context;
use crate::cli::io::atomic_file::{self, AtomicFile, file_error};
use crate::cli::render::json;
use crate::documents::email::EmailFile;
use crate::error::{Error, ExitStatus};
use crate::flow::lists::ListFilter;
use crate::l10n::MessageArg;
use crate::outbox::print_run::{self, PrintOutput};
use crate::reply::{Done, PrintRunSummary, Reply, ReplyBody};
use crate::scenario::recording;

/// `ssd outbox print`.
pub const PRINT: CommandSpec = CommandSpec { path: "outbox print", args: Print::augment_args, run: Action::Run(print) };

/// `ssd outbox export`.
pub const EXPORT: CommandSpec =
    CommandSpec { path: "outbox export", args: Export::augment_args, run: Action::Run(export) };

#[derive(Args)]
struct Print {
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    #[arg(long)]
    pending: bool,
    #[command(flatten)]
    narrowed: ListArgs,
}

fn print(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Print { out, manifest, pending, narrowed } = call.args()?;
    let filter = ListFilter { pending, ..narrowed.into() };
    let store = call.open()?;
    let mut recorder = call.recorder()?;
    let mut letters = AtomicFile::at(call, &out)?;
    let mut list = manifest.as_deref().map(|path| AtomicFile::at(call, path)).transpose()?;
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
        // The letters last: where they are, their manifest is.
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
        recorder.append(&recording::letters(&filter, &shown))?;
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

#[derive(Args)]
struct Export {
    #[arg(long, value_name = "DIR")]
    eml: PathBuf,
    #[command(flatten)]
    narrowed: ListArgs,
    #[arg(long, value_name = "PURPOSE", value_parser = purpose)]
    purpose: Option<String>,
}

fn export(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Export { eml, narrowed, purpose } = call.args()?;
    let filter = ListFilter { purpose, ..narrowed.into() };
    let store = call.open()?;
    atomic_file::folder_at(&eml)?;
    let folder = eml.display().to_string();
    let write = &mut |mail: &EmailFile<'_>| write(call, &eml, mail);
    let done: Done = print_run::export_emails(&store, &call.settings.operator, &filter, folder, write)?;
    call.finish(done)
}

/// Writes an e-mail into the folder; whether it was there already. One that was exported before stays as it is, also where its code
/// was wiped since; a file of that name that is anything else is not written over.
fn write(call: &Context<'_>, folder: &Path, mail: &EmailFile<'_>) -> Result<bool, Error> {
    let path = folder.join(format!("{}.eml", mail.id));
    let mut file = AtomicFile::at(call, &path)?;
    atomic_file::lock_folders([&mut file])?;
    let mut there = vec![];
    if file.read(&mut |piece| there.extend_from_slice(piece))? {
        let head = memmem::find(&there, b"\r\n\r\n").map_or(&[][..], |end| &there[..end]);
        return match memmem::find(head, mail.message_id().as_bytes()) {
            Some(_) => Ok(true),
            None => Err(file_error("over-other-mail", &path)),
        };
    }
    file.stage(&mail.to_bytes())?;
    file.publish()?;
    Ok(false)
}
