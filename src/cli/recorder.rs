//! `SSD_RECORD`: the file that a sandbox's session is written to, line by line, while it goes on. Several processes may write to
//! it one after the other; each line is whole.

use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::text::Fact;

/// The file, open.
pub struct Recorder {
    path: PathBuf,
    file: File,
    /// Whether nothing was in it yet.
    pub is_empty: bool,
}

impl Recorder {
    /// Opens the file before anything is done, so that nothing is done that could not be recorded.
    ///
    /// # Errors
    /// It can't be written, or holds something else than a recording.
    pub fn open(path: &Path, store: &Path) -> Result<Recorder, Error> {
        let fault = |fault| Error::file(path, fault);
        let other = || Error::Usage { key: "record-other", facts: file(path) };
        match fs::metadata(path) {
            Ok(there) if there.is_dir() => return Err(fault(ErrorKind::IsADirectory.into())),
            Ok(there) if !there.is_file() => return Err(other()),
            _ if belongs_to(store, path) => return Err(other()),
            _ => {}
        }
        let mut file = File::options().read(true).append(true).create(true).mode(0o600).open(path).map_err(fault)?;
        let mut first = [0];
        let there = file.read(&mut first).map_err(fault)?;
        if there > 0 && first != *b"{" {
            return Err(other());
        }
        Ok(Recorder { path: path.to_owned(), file, is_empty: there == 0 })
    }

    /// Adds a line.
    ///
    /// # Errors
    /// It can't be written.
    pub fn append(&mut self, line: &str) -> Result<(), Error> {
        let fault = |fault| Error::file(&self.path, fault);
        self.file.lock().map_err(fault)?;
        let written = (&self.file).write_all(line.as_bytes());
        self.file.unlock().map_err(fault)?;
        written.map_err(fault)
    }

    /// That the file has lines already where a sandbox begins.
    pub fn begun(&self) -> Error {
        Error::Usage { key: "record-begun", facts: file(&self.path) }
    }
}

fn file(path: &Path) -> Vec<(&'static str, Fact)> {
    vec![("file", Fact::from(super::human::printable(&path.to_string_lossy())))]
}

/// Whether `path` is the store's file or one that lies beside it under its name, be it there yet or not.
fn belongs_to(store: &Path, path: &Path) -> bool {
    let folder = |path: &Path| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::canonicalize(folder).ok()
    };
    let (Some(name), Some(own)) = (path.file_name(), store.file_name()) else { return false };
    let named = ["", "-wal", "-shm", "-journal", ".key"].iter().any(|ending| {
        let mut own = own.to_owned();
        own.push(ending);
        own == name
    });
    named && folder(store) == folder(path)
}
