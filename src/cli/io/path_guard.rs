//! Protects the store and its key file from being overwritten by the output of a command.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::cli::render::escape::printable;
use crate::error::Error;
use crate::l10n::MessageArg;
use crate::store::StoreLocation;

/// Returns whether both paths lead to the same existing file.
pub fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::metadata(one), fs::metadata(other)) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => false,
    }
}

/// Returns whether `path` is the store, its key file, or a file that SQLite creates beside the store. None of them needs to exist.
pub fn is_store_file(location: StoreLocation<'_>, path: &Path) -> bool {
    let StoreLocation { store, key } = location;
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

/// Refuses a path that is the store or one of its files.
///
/// # Errors
/// [`Error::Usage`] if it is. Without a store, every path is accepted.
pub fn refuse_store_file(location: Option<StoreLocation<'_>>, path: &Path) -> Result<(), Error> {
    match location {
        Some(location) if is_store_file(location, path) => {
            let facts = vec![("file", MessageArg::from(printable(&path.to_string_lossy())))];
            Err(Error::Usage { key: "over-store", facts })
        }
        _ => Ok(()),
    }
}
