//! `ssd outbox print`: letters as pages to be printed; `ssd outbox export`: e-mails as files.

use std::path::{Path, PathBuf};

use clap::Args;
use memchr::memmem;

use super::lists::Narrowed;
use super::outbox::purpose;
use crate::batch::Replies;
use crate::cli::answers;
use crate::cli::call::Call;
use crate::cli::table::{Leaf, Run};
use crate::cli::whole::{self, Whole, about};
use crate::error::{Error, Exit};
use crate::flow::letters::{self, Files};
use crate::flow::lists::Filter;
use crate::post::mail::Mail;
use crate::reply::{Body, Done, Printed, Reply};
use crate::scenario::record;
use crate::text::Fact;

/// `ssd outbox print`.
pub const PRINT: Leaf = Leaf { path: "outbox print", args: Print::augment_args, run: Run::Do(print) };

/// `ssd outbox export`.
pub const EXPORT: Leaf = Leaf { path: "outbox export", args: Export::augment_args, run: Run::Do(export) };

#[derive(Args)]
struct Print {
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    #[arg(long)]
    pending: bool,
    #[command(flatten)]
    narrowed: Narrowed,
}

fn print(call: &mut Call<'_>) -> Result<Exit, Error> {
    let Print { out, manifest, pending, narrowed } = call.args()?;
    let filter = Filter { pending, ..narrowed.into() };
    let store = call.open()?;
    let mut recorder = call.recorder()?;
    let mut letters = Whole::at(call, &out)?;
    let mut list = manifest.as_deref().map(|path| Whole::at(call, path)).transpose()?;
    if list.as_ref().is_some_and(|list| list.is(&letters)) {
        return Err(Error::usage("print-same-file"));
    }
    for path in [Some(&out), manifest.as_ref()].into_iter().flatten() {
        Replies::spare_unfinished(path, &store)?;
    }
    whole::hold([&mut letters].into_iter().chain(&mut list))?;
    if let (Some(list), Some(path)) = (&list, &manifest) {
        letters::spare(&store, path, &|feed| list.read(feed))?;
    }
    let files = Files {
        there: &|feed| letters.read(feed),
        lay: &|pdf, rows| letters.lay(pdf).and_then(|()| list.as_ref().map_or(Ok(()), |list| list.lay(rows))),
        // The letters last: where they are, their manifest is.
        show: &|| list.as_ref().map_or(Ok(()), Whole::show).and_then(|()| letters.show()),
        file: Some(out.display().to_string()),
        manifest: manifest.as_ref().map(|path| path.display().to_string()),
    };
    if let Some(recorder) = &mut recorder {
        call.begin(&store, recorder)?;
    }
    let done = letters::print(&store, &call.settings.operator, &filter, &files)?;
    if let (Some(recorder), Body::Printed(Printed { letters: 1.., .. })) = (&mut recorder, &done.body) {
        let shown = answers::reply(&Reply::Done(done.clone()), call.globals.language)?;
        recorder.append(&record::letters(&filter, &shown))?;
    }
    if let Body::Printed(printed) = &done.body {
        let told = [("note-print-skipped", printed.skipped), ("note-print-lacking", printed.lacking)];
        for (note, count) in told.into_iter().filter(|(_, count)| *count > 0) {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            call.output.note(note, &vec![("count", Fact::Number(count))]);
        }
    }
    call.done(done)
}

#[derive(Args)]
struct Export {
    #[arg(long, value_name = "DIR")]
    eml: PathBuf,
    #[command(flatten)]
    narrowed: Narrowed,
    #[arg(long, value_name = "PURPOSE", value_parser = purpose)]
    purpose: Option<String>,
}

fn export(call: &mut Call<'_>) -> Result<Exit, Error> {
    let Export { eml, narrowed, purpose } = call.args()?;
    let filter = Filter { purpose, ..narrowed.into() };
    let store = call.open()?;
    whole::folder_at(&eml)?;
    let folder = eml.display().to_string();
    let write = &mut |mail: &Mail<'_>| write(call, &eml, mail);
    let done: Done = letters::emails(&store, &call.settings.operator, &filter, folder, write)?;
    call.done(done)
}

/// Writes an e-mail into the folder; whether it was there already. One that was exported before stays as it is, also where its code
/// was wiped since; a file of that name that is anything else is not written over.
fn write(call: &Call<'_>, folder: &Path, mail: &Mail<'_>) -> Result<bool, Error> {
    let path = folder.join(format!("{}.eml", mail.id));
    let mut file = Whole::at(call, &path)?;
    whole::hold([&mut file])?;
    let mut there = vec![];
    if file.read(&mut |piece| there.extend_from_slice(piece))? {
        let head = memmem::find(&there, b"\r\n\r\n").map_or(&[][..], |end| &there[..end]);
        return match memmem::find(head, mail.message_id().as_bytes()) {
            Some(_) => Ok(true),
            None => Err(about("over-other-mail", &path)),
        };
    }
    file.lay(&mail.written())?;
    file.show()?;
    Ok(false)
}
