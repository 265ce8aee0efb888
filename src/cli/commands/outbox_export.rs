//! `ssd outbox export`: writes the e-mails of the outbox as files.

use std::path::{Path, PathBuf};

use clap::Args;
use memchr::memmem;

use crate::cli::args::list_args::SelectionArgs;
use crate::cli::command_spec::{Action, CommandSpec};
use crate::cli::context::Context;
use crate::cli::io::atomic_file::{self, AtomicFile};
use crate::cli::io::path_guard::file_error;
use crate::cli::io::streams::Streams;
use crate::documents::email::EmailFile;
use crate::domain::message_purpose::MessagePurpose;
use crate::error::{Error, ExitStatus};
use crate::flow::lists::ListFilter;
use crate::outbox::print_run;
use crate::store::StoreLocation;

/// `ssd outbox export`.
pub const EXPORT: CommandSpec =
    CommandSpec { path: "outbox export", args: Export::augment_args, run: Action::Run(export) };

#[derive(Args)]
struct Export {
    #[arg(long, value_name = "DIR")]
    eml: PathBuf,
    #[command(flatten)]
    narrowed: SelectionArgs,
    #[arg(long, value_name = "PURPOSE")]
    purpose: Option<MessagePurpose>,
}

fn export(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Export { eml, narrowed, purpose } = call.args()?;
    let store = call.open()?;
    let filter = ListFilter { purpose, ..narrowed.filter(&store)? };
    atomic_file::folder_at(&eml)?;
    let location = call.globals.store_location();
    let folder = eml.display().to_string();
    let write = &mut |mail: &EmailFile<'_>| write(call.streams, location, &eml, mail);
    let done = print_run::export_emails(&store, &call.settings.operator, &filter, folder, write)?;
    call.finish(done)
}

/// Writes an e-mail into the folder. Returns whether it was exported before; then the file stays as it is, because its code may have
/// been wiped since.
///
/// # Errors
/// Another file has that name; the folder can't be written.
fn write(
    streams: &Streams,
    location: Option<StoreLocation<'_>>,
    folder: &Path,
    mail: &EmailFile<'_>,
) -> Result<bool, Error> {
    let path = folder.join(format!("{}.eml", mail.id));
    let mut file = AtomicFile::at(streams, location, &path)?;
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
