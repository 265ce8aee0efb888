//! Files that are written completely or not at all: first under a temporary name in the same folder, then renamed.
//!
//! An existing file is replaced in one step, so a reader sees the old file or the new one. A pipe or a device gets the content when
//! the file would get its name.

use std::cell::RefCell;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use zeroize::Zeroizing;

use crate::cli::io::path_guard::{self, Place, file_error};
use crate::cli::io::streams::Streams;
use crate::error::Error;
use crate::store::StoreLocation;
use crate::store::locked_file::LockedFile;
use crate::store::private_file::is_same_file;

/// A file that is about to be written.
pub struct AtomicFile {
    path: PathBuf,
    temp_path: PathBuf,
    /// The pipe or device that is written instead, with its content.
    stream: Option<(File, RefCell<Zeroizing<Vec<u8>>>)>,
    /// The locked folders. They stay locked until the last file that was locked with this one is dropped.
    locks: Option<Rc<Vec<LockedFile>>>,
}

impl AtomicFile {
    /// Returns the file at this path. Nothing is written yet.
    ///
    /// # Errors
    /// Those of [`path_guard::check`]; the folder does not exist, or nothing reads the pipe.
    pub fn at(streams: &Streams, store: Option<StoreLocation<'_>>, path: &Path) -> Result<AtomicFile, Error> {
        let fault = |fault| Error::file(path, fault);
        let name = path.file_name().filter(|_| path != Path::new("-") && !path.is_dir());
        let name = name.ok_or_else(|| file_error("no-plain-file", path))?;
        let stream = match path_guard::check(store, path)? {
            Place::Stream => Some((path_guard::open_stream(streams, path)?, RefCell::default())),
            Place::New | Place::File => None,
        };
        let path = folder(path).canonicalize().map_err(fault)?.join(name);
        let mut temporary = std::ffi::OsString::from(".");
        temporary.push(name);
        temporary.push(".part");
        let temporary = path.with_file_name(temporary);
        if stream.is_none() {
            path_guard::check(store, &temporary)?;
        }
        Ok(AtomicFile { path, temp_path: temporary, stream, locks: None })
    }

    /// Returns whether both are the same file.
    pub fn is_same_file(&self, other: &AtomicFile) -> bool {
        self.path == other.path || is_same_file(&self.path, &other.path)
    }

    /// Passes the current content to `feed`. Returns whether the file exists. A stream has no content.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn read(&self, feed: &mut dyn FnMut(&[u8])) -> Result<bool, Error> {
        match self.stream {
            Some(_) => Ok(false),
            None => path_guard::read_pieces(&self.path, feed),
        }
    }

    /// Writes the content under the temporary name, readable by its owner only, and syncs it. The folder must be locked, because
    /// every process uses the same temporary name. The content of a stream waits in memory.
    ///
    /// # Errors
    /// The folder can't be written, or the disk is full.
    pub fn stage(&self, bytes: &[u8]) -> Result<(), Error> {
        if let Some((_, content)) = &self.stream {
            content.replace(Zeroizing::new(bytes.to_vec()));
            return Ok(());
        }
        if self.locks.is_none() {
            return Err(Error::Bug("a file is staged in a folder that is not locked".to_owned()));
        }
        let write = || -> io::Result<()> {
            let mut file = self.temporary()?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        write().map_err(|fault| Error::file(&self.path, fault))
    }

    /// Creates the temporary file.
    fn temporary(&self) -> io::Result<File> {
        // A killed process may have left its temporary file.
        match fs::remove_file(&self.temp_path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(&self.temp_path)
    }

    /// Writes the complete file, or nothing: the content that `fill` writes. A stream gets it directly. The memory of the content
    /// is bounded. The folder must be locked.
    ///
    /// # Errors
    /// As of [`AtomicFile::stage`] and [`AtomicFile::publish`], and those of `fill`.
    pub fn write_with(&self, fill: &mut dyn FnMut(&mut dyn Write) -> Result<(), Error>) -> Result<(), Error> {
        let fault = |fault| Error::file(&self.path, fault);
        if let Some((stream, _)) = &self.stream {
            let mut stream = BufWriter::new(stream);
            fill(&mut stream)?;
            return stream.flush().map_err(fault);
        }
        if self.locks.is_none() {
            return Err(Error::Bug("a file is written in a folder that is not locked".to_owned()));
        }
        let mut file = BufWriter::new(self.temporary().map_err(fault)?);
        fill(&mut file)?;
        file.into_inner().map_err(|error| fault(error.into_error()))?.sync_all().map_err(fault)?;
        self.publish()
    }

    /// Renames the staged file to its name.
    ///
    /// # Errors
    /// The folder can't be written.
    pub fn publish(&self) -> Result<(), Error> {
        if let Some((stream, content)) = &self.stream {
            return (&*stream).write_all(&content.borrow()).map_err(|fault| Error::file(&self.path, fault));
        }
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
    for file in files.into_iter().filter(|file| file.stream.is_none()) {
        let folder = folder(&file.path).to_owned();
        let fault = |fault| Error::file(&folder, fault);
        let opened = File::open(&folder).map_err(fault)?;
        let there = opened.metadata().map_err(fault)?;
        folders.push(((there.dev(), there.ino()), opened, folder));
        all.push(file);
    }
    folders.sort_by_key(|(which, ..)| *which);
    folders.dedup_by_key(|(which, ..)| *which);
    let mut locks = vec![];
    for (_, opened, folder) in folders {
        locks.push(LockedFile::wait(opened).map_err(|fault| Error::file(&folder, fault))?);
        remove_parts(&folder);
    }
    let locks = Rc::new(locks);
    all.into_iter().for_each(|file| file.locks = Some(Rc::clone(&locks)));
    Ok(())
}

/// How the documents of this program start: letters, a manifest, e-mails, pages, and calendars.
const STARTS: [&[u8]; 5] = [b"%PDF-", b"page,pages,", b"Date: ", b"<!DOCTYPE html>", b"BEGIN:VCALENDAR"];

/// Removes the temporary files of killed commands in a folder: letters and e-mails with codes, pages, and calendars. It does nothing while a
/// process writes to the folder. Returns the files that can't be removed.
pub fn remove_leftovers(folder: &Path) -> Vec<PathBuf> {
    let lock = File::open(folder).ok().and_then(|opened| LockedFile::at_once(opened).ok());
    lock.map_or_else(Vec::new, |_lock| remove_parts(folder))
}

/// Removes the temporary files in a folder that is locked, so that no living process has one there. Returns those that can't be
/// removed.
fn remove_parts(folder: &Path) -> Vec<PathBuf> {
    let mut left = vec![];
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.as_encoded_bytes();
        let is_part = name.starts_with(b".") && name.ends_with(b".part") && name.len() > 6;
        if is_part && entry.file_type().is_ok_and(|kind| kind.is_file()) && is_document(&entry.path()) {
            let path = entry.path();
            left.extend(fs::remove_file(&path).is_err().then_some(path));
        }
    }
    left
}

/// Returns whether a file is empty or starts as a document of this program does, as far as it was written.
fn is_document(path: &Path) -> bool {
    let mut start = vec![];
    let read = File::open(path).and_then(|file| file.take(16).read_to_end(&mut start));
    read.is_ok() && STARTS.iter().any(|known| start.starts_with(known) || known.starts_with(&start))
}

/// Creates a folder and its missing parents, accessible to their owner only.
///
/// # Errors
/// A folder can't be created.
pub fn folder_at(path: &Path) -> Result<(), Error> {
    DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(|fault| Error::file(path, fault))
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
