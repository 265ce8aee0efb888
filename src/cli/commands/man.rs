//! `ssd man`: prints the manual page of the program, or writes all pages into a folder.

use std::fs;
use std::path::PathBuf;

use clap::Args;

use crate::cli::command_spec::{Action, CommandSpec, HelpCommand};
use crate::cli::context::Context;
use crate::cli::io::path_guard::{self, Place};
use crate::error::{Error, ExitStatus};
use crate::reply::{Done, ReplyBody};
use crate::request::Operation;

/// `ssd man`.
pub const MAN: CommandSpec = CommandSpec { path: "man", args: Man::augment_args, run: Action::Help(HelpCommand::Man) };

#[derive(Args)]
struct Man {
    #[arg(id = "folder", value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// A manual page.
pub struct ManPage {
    /// Its name: `ssd-outbox-list`.
    pub name: String,
    /// Its text in the language of man(7).
    pub text: String,
}

/// Prints the page of the program, which is the first of `pages`, or writes each page into the folder.
///
/// # Errors
/// A page can't be written, or its path belongs to the store.
pub fn print(call: &mut Context<'_>, mut pages: impl Iterator<Item = ManPage>) -> Result<ExitStatus, Error> {
    let Man { folder } = call.args()?;
    let Some(folder) = folder else {
        let text = pages.next().map(|page| page.text).unwrap_or_default();
        return call.finish(Done::new(Operation::Man, ReplyBody::Text { text }));
    };
    fs::create_dir_all(&folder).map_err(|fault| Error::file(&folder, fault))?;
    let mut written = vec![];
    for page in pages {
        let path = folder.join(format!("{}.1", page.name));
        if path_guard::check(call.globals.store_location(), &path)? == Place::Stream {
            // Opening a pipe would block until another process reads it.
            return Err(path_guard::file_error("no-plain-file", &path));
        }
        path_guard::refuse_results(call.globals.store_location(), None, &path)?;
        fs::write(&path, page.text).map_err(|fault| Error::file(&path, fault))?;
        written.push(path.display().to_string());
    }
    call.finish(Done::new(Operation::Man, ReplyBody::Pages { files: written }))
}
