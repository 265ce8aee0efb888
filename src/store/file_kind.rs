//! What a file is to a store: found by the content of files, so that it holds for every store and under every name.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use crate::store::connection;
use crate::store::crypto::key::Key;
use crate::store::private_file::SIDE_FILES;

/// The part that a file has in a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreFile {
    /// A store.
    Store,
    /// A file that SQLite makes beside a store. It may not exist yet.
    SideFile,
    /// A key file, or its usual place beside a store. It may not exist yet.
    Key,
}

/// The ending of the usual place of a key file.
pub const KEY_FILE: &str = ".key";

/// Returns what a path is to some store; `None` if it is nothing to any.
///
/// It opens the file. A process must not call it for a store that it has open: closing the file would release SQLite's locks.
pub fn of(path: &Path) -> Option<StoreFile> {
    if is_store(path) {
        return Some(StoreFile::Store);
    }
    let is_beside = |suffix: &str| without_suffix(path, suffix).is_some_and(|store| is_store(&store));
    match () {
        () if SIDE_FILES.iter().any(|suffix| is_beside(suffix)) => Some(StoreFile::SideFile),
        () if is_beside(KEY_FILE) || is_key(path) => Some(StoreFile::Key),
        () => None,
    }
}

/// Returns the store whose key usually is at this path, whether it exists or not.
pub fn owner_of_key(path: &Path) -> Option<PathBuf> {
    without_suffix(path, KEY_FILE)
}

/// Returns whether a file is a store of any version: a SQLite database with the program's application id.
pub fn is_store(path: &Path) -> bool {
    let mut header = [0; 72];
    read_start(path, &mut header) == header.len()
        && header.starts_with(b"SQLite format 3\0")
        && header[68..] == connection::APPLICATION_ID.to_be_bytes()[4..]
}

/// Returns whether the content of a file is a key and nothing else.
pub fn is_key(path: &Path) -> bool {
    let mut text = zeroize::Zeroizing::new([0; 128]);
    let length = read_start(path, &mut *text);
    length < text.len() && Key::from_file_text(&text[..length]).is_some()
}

/// Reads the start of a regular file. Returns how many bytes there are: 0 for anything else, also for a pipe, which would have to
/// be waited for.
fn read_start(path: &Path, bytes: &mut [u8]) -> usize {
    if !fs::metadata(path).is_ok_and(|there| there.is_file()) {
        return 0;
    }
    let Ok(mut file) = File::open(path) else { return 0 };
    let mut length = 0;
    while let Ok(more @ 1..) = file.read(&mut bytes[length..]) {
        length += more;
    }
    length
}

/// Returns the path without an ending of its name; `None` if it does not have it.
fn without_suffix(path: &Path, suffix: &str) -> Option<PathBuf> {
    let name = path.file_name()?.as_encoded_bytes().strip_suffix(suffix.as_bytes())?;
    (!name.is_empty()).then(|| path.with_file_name(OsStr::from_bytes(name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Sandbox, Store};

    #[test]
    fn files_of_a_store_are_known_by_their_content() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        Store::create(&at("a"), Some(Sandbox::default()), |_| Ok(())).expect("a store");
        fs::write(at("k"), format!("{}\n", "a7".repeat(32))).expect("a file");
        fs::write(at("text"), "a7".repeat(100)).expect("a file");
        fs::write(at("other"), b"SQLite format 3\0").expect("a file");
        for (name, kind) in [
            ("a", Some(StoreFile::Store)),
            ("a-wal", Some(StoreFile::SideFile)),
            ("a-shm", Some(StoreFile::SideFile)),
            ("a-journal", Some(StoreFile::SideFile)),
            ("a.key", Some(StoreFile::Key)),
            ("k", Some(StoreFile::Key)),
            ("k.key", None),
            ("text", None),
            ("other", None),
            ("other-wal", None),
            ("-wal", None),
            ("none", None),
            ("", None),
        ] {
            assert_eq!(of(&at(name)), kind, "{name}");
        }
    }
}
