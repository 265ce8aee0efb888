//! Files that are written whole or not at all: first beside their name, on the disk, then renamed. A file that was there is
//! replaced in the same instant, so whoever reads it sees the one or the other.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::cli::context::Context;
use crate::cli::io::path_guard::{is_same, refuse_store_file};
use crate::cli::render::escape::printable;
use crate::error::Error;
use crate::l10n::MessageArg;

/// A file to be.
pub struct AtomicFile {
    path: PathBuf,
    temp_path: PathBuf,
    /// The folders that nobody else writes such files in, until the last of the files that were held together is gone.
    held: Option<Rc<Vec<File>>>,
}

impl AtomicFile {
    /// At this path: nothing is written yet.
    ///
    /// # Errors
    /// It is the store's, or no place for a file.
    pub fn at(call: &Context<'_>, path: &Path) -> Result<AtomicFile, Error> {
        let no_file = || file_error("no-plain-file", path);
        let fault = |fault| Error::file(path, fault);
        refuse_store_file(call, path)?;
        let name = path.file_name().filter(|_| path != Path::new("-")).ok_or_else(no_file)?;
        // By whatever name: a link stays one.
        let path = match is_regular_file(path)? {
            true => path.canonicalize().map_err(fault)?,
            false => folder(path).canonicalize().map_err(fault)?.join(name),
        };
        let mut temporary = std::ffi::OsString::from(".");
        temporary.push(path.file_name().unwrap_or(name));
        temporary.push(".part");
        let temporary = path.with_file_name(temporary);
        refuse_store_file(call, &temporary)?;
        Ok(AtomicFile { path, temp_path: temporary, held: None })
    }

    /// Whether both are one file.
    pub fn is_same_file(&self, other: &AtomicFile) -> bool {
        self.path == other.path || is_same(&self.path, &other.path)
    }

    /// Hands on what the file holds now; whether there is one.
    ///
    /// # Errors
    /// It can't be read.
    pub fn read(&self, feed: &mut dyn FnMut(&[u8])) -> Result<bool, Error> {
        let fault = |fault| Error::file(&self.path, fault);
        let mut file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(fault(error)),
        };
        let mut piece = vec![0; 1 << 16];
        loop {
            match file.read(&mut piece).map_err(fault)? {
                0 => return Ok(true),
                length => feed(&piece[..length]),
            }
        }
    }

    /// Writes it beside its name, for its owner alone, and has it on the disk. It must be held: all who write this file write it
    /// beside under the same name.
    ///
    /// # Errors
    /// There is no room for it, or its folder can't be written.
    pub fn stage(&self, bytes: &[u8]) -> Result<(), Error> {
        if self.held.is_none() {
            return Err(Error::Bug("a file is written that nobody holds".to_owned()));
        }
        let laid = || -> io::Result<()> {
            // What a process that was killed has left.
            match fs::remove_file(&self.temp_path) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
            let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&self.temp_path)?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        laid().map_err(|fault| Error::file(&self.path, fault))
    }

    /// Gives it its name.
    ///
    /// # Errors
    /// Its folder can't be written.
    pub fn publish(&self) -> Result<(), Error> {
        let shown = fs::rename(&self.temp_path, &self.path)
            .and_then(|()| File::open(folder(&self.path)).and_then(|folder| folder.sync_all()));
        shown.map_err(|fault| Error::file(&self.path, fault))
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        // What was not laid, or has its name, is not there; what lies there of a file that is not held is somebody else's.
        if self.held.is_some() {
            let _ = fs::remove_file(&self.temp_path);
        }
    }
}

/// Waits until nobody else writes such files in the folders of these, and keeps others waiting until the last of them is gone.
/// Always in the same order, so that no two wait for each other.
///
/// # Errors
/// A folder can't be opened.
pub fn lock_folders<'a>(files: impl IntoIterator<Item = &'a mut AtomicFile>) -> Result<(), Error> {
    let (mut folders, mut all) = (vec![], vec![]);
    for file in files {
        let folder = folder(&file.path).to_owned();
        let fault = |fault| Error::file(&folder, fault);
        let opened = File::open(&folder).map_err(fault)?;
        let there = opened.metadata().map_err(fault)?;
        folders.push(((there.dev(), there.ino()), opened, folder));
        all.push(file);
    }
    folders.sort_by_key(|(which, ..)| *which);
    folders.dedup_by_key(|(which, ..)| *which);
    for (_, opened, folder) in &folders {
        opened.lock().map_err(|fault| Error::file(folder, fault))?;
    }
    let locks = Rc::new(folders.into_iter().map(|(_, opened, _)| opened).collect::<Vec<_>>());
    all.into_iter().for_each(|file| file.held = Some(Rc::clone(&locks)));
    Ok(())
}

/// Whether there is a file at a path, which can be replaced. To rename over a device or a pipe would be the end of it.
///
/// # Errors
/// What is there is something else.
pub fn is_regular_file(path: &Path) -> Result<bool, Error> {
    match fs::metadata(path) {
        Ok(there) if there.is_file() => Ok(true),
        Ok(_) => Err(file_error("no-plain-file", path)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Error::file(path, error)),
    }
}

/// Makes a folder for its owner alone, and those on the way, where there is none.
///
/// # Errors
/// It can't be made.
pub fn folder_at(path: &Path) -> Result<(), Error> {
    DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(|fault| Error::file(path, fault))
}

/// What is wrong with a file that was named.
pub fn file_error(key: &'static str, path: &Path) -> Error {
    Error::Usage { key, facts: vec![("file", MessageArg::from(printable(&path.to_string_lossy())))] }
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
