//! Files that a command line names: which are the same, and which belong to the store and are spared, whatever name leads there.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::cli::context::Context;
use crate::cli::render::escape::printable;
use crate::error::Error;
use crate::l10n::MessageArg;

/// Whether both are there and are one file.
pub fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::metadata(one), fs::metadata(other)) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => false,
    }
}

/// Whether `path` is the store's file, its key's, or one that SQLite lays beside the store, be it there yet or not.
pub fn is_store_file(store: &Path, key: Option<&Path>, path: &Path) -> bool {
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
pub fn refuse_store_file(call: &Context<'_>, path: &Path) -> Result<(), Error> {
    let globals = call.globals;
    match &globals.store {
        Some(store) if is_store_file(store, globals.key_file.as_deref(), path) => {
            let facts = vec![("file", MessageArg::from(printable(&path.to_string_lossy())))];
            Err(Error::Usage { key: "over-store", facts })
        }
        _ => Ok(()),
    }
}
