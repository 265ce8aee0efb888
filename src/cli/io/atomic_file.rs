//! Files that are written completely or not at all: first under a temporary name in the same folder, then renamed.
//!
//! An existing file is replaced in one step, so a reader sees the old file or the new one.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::cli::io::path_guard::{is_same, refuse_store_file};
use crate::cli::render::escape::printable;
use crate::error::Error;
use crate::l10n::MessageArg;
use crate::store::StoreLocation;

/// A file that is about to be written.
pub struct AtomicFile {
    path: PathBuf,
    temp_path: PathBuf,
    /// The locked folders. They stay locked until the last file that was locked with this one is dropped.
    locks: Option<Rc<Vec<File>>>,
}

impl AtomicFile {
    /// Returns the file at this path. Nothing is written yet.
    ///
    /// # Errors
    /// The path belongs to the store, or no regular file can be there.
    pub fn at(store: Option<StoreLocation<'_>>, path: &Path) -> Result<AtomicFile, Error> {
        let no_file = || file_error("no-plain-file", path);
        let fault = |fault| Error::file(path, fault);
        refuse_store_file(store, path)?;
        let name = path.file_name().filter(|_| path != Path::new("-")).ok_or_else(no_file)?;
        // The target of a link is replaced, not the link.
        let path = match is_regular_file(path)? {
            true => path.canonicalize().map_err(fault)?,
            false => folder(path).canonicalize().map_err(fault)?.join(name),
        };
        let mut temporary = std::ffi::OsString::from(".");
        temporary.push(path.file_name().unwrap_or(name));
        temporary.push(".part");
        let temporary = path.with_file_name(temporary);
        refuse_store_file(store, &temporary)?;
        Ok(AtomicFile { path, temp_path: temporary, locks: None })
    }

    /// Returns whether both are the same file.
    pub fn is_same_file(&self, other: &AtomicFile) -> bool {
        self.path == other.path || is_same(&self.path, &other.path)
    }

    /// Passes the current content to `feed`. Returns whether the file exists.
    ///
    /// # Errors
    /// The file can't be read.
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

    /// Writes the content under the temporary name, readable by its owner only, and syncs it. The folder must be locked, because
    /// every process uses the same temporary name.
    ///
    /// # Errors
    /// The folder can't be written, or the disk is full.
    pub fn stage(&self, bytes: &[u8]) -> Result<(), Error> {
        if self.locks.is_none() {
            return Err(Error::Bug("a file is staged in a folder that is not locked".to_owned()));
        }
        let write = || -> io::Result<()> {
            // A killed process may have left its temporary file.
            match fs::remove_file(&self.temp_path) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
            let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&self.temp_path)?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        write().map_err(|fault| Error::file(&self.path, fault))
    }

    /// Renames the staged file to its name.
    ///
    /// # Errors
    /// The folder can't be written.
    pub fn publish(&self) -> Result<(), Error> {
        let renamed = fs::rename(&self.temp_path, &self.path)
            .and_then(|()| File::open(folder(&self.path)).and_then(|folder| folder.sync_all()));
        renamed.map_err(|fault| Error::file(&self.path, fault))
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        // Without the lock, a temporary file belongs to another process.
        if self.locks.is_some() {
            let _ = fs::remove_file(&self.temp_path);
        }
    }
}

/// Locks the folders of these files until the last of the files is dropped, and waits for other processes that hold a lock.
/// Folders are locked in a fixed order, so that two processes can't wait for each other.
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
    all.into_iter().for_each(|file| file.locks = Some(Rc::clone(&locks)));
    Ok(())
}

/// Returns whether a regular file exists at a path.
///
/// # Errors
/// Something else is there. A rename would destroy a device or a pipe.
pub fn is_regular_file(path: &Path) -> Result<bool, Error> {
    match fs::metadata(path) {
        Ok(there) if there.is_file() => Ok(true),
        Ok(_) => Err(file_error("no-plain-file", path)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Error::file(path, error)),
    }
}

/// Creates a folder and its missing parents, accessible to their owner only.
///
/// # Errors
/// A folder can't be created.
pub fn folder_at(path: &Path) -> Result<(), Error> {
    DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(|fault| Error::file(path, fault))
}

/// Returns the usage error `key` about a file.
pub fn file_error(key: &'static str, path: &Path) -> Error {
    Error::Usage { key, facts: vec![("file", MessageArg::from(printable(&path.to_string_lossy())))] }
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
