//! Files that a command line names: which are the same, and which belong to the store and are spared, whatever name leads there.

use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::call::Call;
use super::human::printable;
use crate::error::Error;
use crate::store::open::{folder_of, private_beside};
use crate::text::Fact;

/// Whether both are there and are one file.
pub fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::metadata(one), fs::metadata(other)) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => false,
    }
}

/// Whether `path` is the store's file, its key's, or one that SQLite lays beside the store, be it there yet or not.
pub fn belongs_to(store: &Path, key: Option<&Path>, path: &Path) -> bool {
    let beside = ["", "-wal", "-shm", "-journal", ".key"].map(|ending| {
        let mut name = store.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    });
    let folder = |path: &Path| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::canonicalize(folder).ok()
    };
    let is_named = |own: &Path| own.file_name() == path.file_name() && folder(own) == folder(path);
    beside.iter().map(PathBuf::as_path).chain(key).any(|own| is_named(own) || is_same(own, path))
}

/// Refuses to write over the store or its key.
///
/// # Errors
/// The path is one of theirs.
pub fn spare(call: &Call<'_>, path: &Path) -> Result<(), Error> {
    let globals = call.globals;
    match &globals.store {
        Some(store) if belongs_to(store, globals.key_file.as_deref(), path) => {
            let facts = vec![("file", Fact::from(printable(&path.to_string_lossy())))];
            Err(Error::Usage { key: "over-store", facts })
        }
        _ => Ok(()),
    }
}

/// Writes a file of personal data: whole or not at all, readable by its owner alone, in the place of what was there. What is no
/// regular file, a pipe or a terminal, is written to as it is.
///
/// # Errors
/// Those of the system; then what was there is there still.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let fault = |fault| Error::file(path, fault);
    match fs::metadata(path) {
        Ok(there) if there.is_dir() => return Err(fault(io::ErrorKind::IsADirectory.into())),
        Ok(there) if !there.is_file() => {
            return File::options().write(true).open(path).and_then(|mut file| file.write_all(bytes)).map_err(fault);
        }
        _ => {}
    }
    // Behind a link it is the file that is replaced, not the link.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let (aside, mut file) = private_beside(&target, "new").map_err(fault)?;
    let placed = file.write_all(bytes).and_then(|()| file.sync_all()).and_then(|()| fs::rename(&aside, &target));
    if placed.is_err() {
        // What can't be removed is only litter.
        let _ = fs::remove_file(&aside);
    }
    placed.map_err(fault)?;
    File::open(folder_of(&target)).and_then(|folder| folder.sync_all()).map_err(fault)
}
