//! Files that only their owner can read: key files, stores, backups and temporary files beside them.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::store::locked_file::LockedFile;

/// The endings of the files that SQLite makes beside a store.
pub const SIDE_FILES: [&str; 3] = ["-wal", "-shm", "-journal"];

/// How many leftover temporary names are skipped before giving up.
const MAX_TRIES: u32 = 1000;

/// A file that gets its name when it is complete. Until then it has a temporary name in the same folder, which is locked, so that
/// other processes do not take it for a leftover. Without [`NewFile::finish`] nothing stays.
pub struct NewFile {
    path: PathBuf,
    temporary: PathBuf,
    /// It stays open until the value is dropped: closing it would release the locks of SQLite on the file.
    _lock: LockedFile,
}

impl NewFile {
    /// Creates an empty file with a temporary name. Leftovers of killed processes that made the same file are removed.
    ///
    /// # Errors
    /// The folder can't be written, or has the log of another store of that name.
    pub fn begin(path: &Path) -> io::Result<NewFile> {
        if target_of_temporary(path).is_some() {
            return Err(io::Error::other("names of this form are for temporary files"));
        }
        remove_leftovers(path);
        for suffix in ["-wal", "-journal"] {
            // SQLite would apply it to the new file.
            let log = with_suffix(path, suffix);
            if log.symlink_metadata().is_ok() {
                return Err(io::Error::other(format!("{} belongs to another store", log.display())));
            }
        }
        loop {
            let (temporary, lock) = create_private_sibling(path, "new")?;
            let lock = LockedFile::wait(lock).inspect_err(|_| remove_with_side_files(&temporary))?;
            // Another process may have removed it before it was locked.
            if temporary.symlink_metadata().is_ok() {
                return Ok(NewFile { path: path.to_owned(), temporary, _lock: lock });
            }
        }
    }

    /// Returns the temporary name.
    pub fn temporary(&self) -> &Path {
        &self.temporary
    }

    /// Gives the file its name, durably. An existing file is never replaced.
    ///
    /// # Errors
    /// The name exists, or a write fails. The name is then not taken.
    pub fn finish(self) -> io::Result<()> {
        File::open(&self.temporary)?.sync_all()?;
        rename_to_new(&self.temporary, &self.path)?;
        // A name is durable only after its folder is synced.
        sync_folder_of(&self.path).inspect_err(|_| {
            let _ = fs::remove_file(&self.path);
        })
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        remove_with_side_files(&self.temporary);
    }
}

/// Renames a file, unless the new name exists.
fn rename_to_new(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            // The file system does not have it.
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
            renamed => return Ok(renamed?),
        }
    }
    fs::hard_link(from, to)?;
    // If this fails, the next process that opens the store removes the name.
    let _ = fs::remove_file(from);
    Ok(())
}

/// Creates the file at `path`, complete or not at all, with mode 0600. `write` receives the path of an empty temporary file in
/// the same folder. An existing file is never replaced.
///
/// # Errors
/// [`Error::File`] when `path` exists or its folder can't be written, and those of `write`.
pub fn create_atomically(path: &Path, write: impl FnOnce(&Path) -> Result<(), Error>) -> Result<(), Error> {
    let fault = |error| Error::file(path, error);
    let new = NewFile::begin(path).map_err(fault)?;
    write(new.temporary())?;
    new.finish().map_err(fault)
}

/// Removes the temporary files of killed processes that were about to create the file at `path`: `PATH.new.PID.N` and the files
/// of SQLite beside it. Those of a living process are locked. A file that can't be removed is only a leftover: no result depends on
/// it.
pub fn remove_leftovers(path: &Path) {
    let _ = remove_temporary(folder_of(path), |target, _| target.file_name() == path.file_name());
}

/// Removes the temporary files `PATH.new.PID.N` in a folder that belong to no living process. `is_ours` gets `PATH` and the
/// temporary name, and says whether the file is one of this program. Returns the files that can't be removed.
pub fn remove_temporary(folder: &Path, is_ours: impl Fn(&Path, &Path) -> bool) -> Vec<PathBuf> {
    let mut left = vec![];
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let Some(target) = target_of_temporary(&path) else { continue };
        if !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        // An open file that is locked belongs to a living process.
        let Ok(file) = File::open(&path) else { continue };
        let Ok(_lock) = LockedFile::at_once(file) else { continue };
        if is_ours(&target, &path) {
            remove_with_side_files(&path);
            left.extend(Some(path).filter(|path| path.symlink_metadata().is_ok()));
        }
    }
    left
}

/// Removes the files of SQLite in a folder whose temporary file `PATH.new.PID.N` is gone. A process removes them before the temporary
/// file, so nobody uses them. Another program's file of such a name has another header. Returns the files that can't be removed.
pub fn remove_lone_side_files(folder: &Path) -> Vec<PathBuf> {
    let mut left = vec![];
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = path.as_os_str().as_encoded_bytes();
        let Some((suffix, main)) =
            SIDE_FILES.iter().find_map(|suffix| Some((*suffix, name.strip_suffix(suffix.as_bytes())?)))
        else {
            continue;
        };
        let main = Path::new(OsStr::from_bytes(main));
        let is_gone = || main.symlink_metadata().is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && target_of_temporary(main).is_some() && is_gone() && has_header_of(&path, suffix) {
            left.extend(fs::remove_file(&path).is_err().then_some(path));
        }
    }
    left
}

/// Returns whether a file is empty or begins as SQLite's file of this ending: a write-ahead log, its index, or a rollback journal.
/// An index and a journal can begin with zeros.
fn has_header_of(path: &Path, suffix: &str) -> bool {
    let mut start = vec![];
    let read = File::open(path).and_then(|file| file.take(8).read_to_end(&mut start));
    let headers: &[&[u8]] = match suffix {
        "-wal" => &[&[0x37, 0x7f, 0x06, 0x82], &[0x37, 0x7f, 0x06, 0x83]],
        "-shm" => &[&3_007_000_u32.to_ne_bytes(), &[0; 8]],
        _ => &[&[0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7], &[0; 8]],
    };
    read.is_ok() && (start.is_empty() || headers.iter().any(|header| start.starts_with(header)))
}

/// Returns `PATH` of a temporary name `PATH.new.PID.N`.
fn target_of_temporary(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.as_encoded_bytes();
    let mut parts = name.rsplitn(4, |byte| *byte == b'.');
    let number = |part: &[u8], most: u32| {
        let is_number = !part.is_empty() && part.iter().all(u8::is_ascii_digit);
        is_number
            && str::from_utf8(part).ok().and_then(|text| text.parse().ok()).is_some_and(|number: u32| number <= most)
    };
    let (tries, process, new, target) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let is_temporary = number(tries, MAX_TRIES) && number(process, u32::MAX) && new == b"new" && !target.is_empty();
    is_temporary.then(|| path.with_file_name(OsStr::from_bytes(target)))
}

/// Removes a temporary file after the files of SQLite beside it, so that an interrupted removal is repeated.
fn remove_with_side_files(temporary: &Path) {
    for suffix in SIDE_FILES.into_iter().chain([""]) {
        // A file that can't be removed is only a leftover: no result depends on it.
        let _ = fs::remove_file(with_suffix(temporary, suffix));
    }
}

/// Returns a path with an ending added, as SQLite names the files beside a database.
pub fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Creates an empty file with mode 0600.
///
/// # Errors
/// The file exists, or its folder can't be written.
fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Creates an empty file with mode 0600 and locks it. Other processes that find it unlocked before may remove it; then it is created
/// again.
///
/// # Errors
/// The file exists, its folder can't be written, or it can't be locked. Then there is no file.
pub fn create_locked(path: &Path) -> io::Result<LockedFile> {
    loop {
        let file = LockedFile::wait(create_private(path)?).inspect_err(|_| {
            // An unlocked leftover would be in the way of the next try.
            let _ = fs::remove_file(path);
        })?;
        if path.symlink_metadata().is_ok() {
            return Ok(file);
        }
    }
}

/// Creates an empty file `PATH.ENDING.PID.N` with mode 0600 and returns its path.
///
/// # Errors
/// The folder can't be written.
fn create_private_sibling(path: &Path, ending: &str) -> io::Result<(PathBuf, File)> {
    // A killed process leaves its name behind, and process ids are reused.
    let mut tries = 0;
    loop {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".{ending}.{}.{tries}", std::process::id()));
        match create_private(Path::new(&name)) {
            Ok(file) => return Ok((name.into(), file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && tries < MAX_TRIES => tries += 1,
            Err(error) => return Err(error),
        }
    }
}

/// Creates a file without a name in the folder of `path`, with mode 0600. The system deletes it when the process ends, however
/// it ends: the name is removed before anything is written.
///
/// # Errors
/// The folder can't be written.
pub fn create_unnamed_sibling(path: &Path) -> io::Result<File> {
    let (name, file) = create_private_sibling(path, "tmp")?;
    fs::remove_file(name).map(|()| file)
}

/// Returns whether both paths lead to the same existing file.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    match (fs::metadata(one), fs::metadata(other)) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => false,
    }
}

/// Returns whether both paths have the same name in the same folder, or lead to the same file. The files need not exist.
pub fn is_same_place(one: &Path, other: &Path) -> bool {
    let folder = |path: &Path| fs::canonicalize(folder_of(path)).ok();
    is_same_file(one, other) || one.file_name() == other.file_name() && folder(one) == folder(other)
}

/// Returns the folder of a file: `.` for a bare file name.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes the names in the folder of a file durable.
///
/// # Errors
/// The folder can't be opened or synced.
pub fn sync_folder_of(path: &Path) -> io::Result<()> {
    File::open(folder_of(path)).and_then(|folder| folder.sync_all())
}

/// Makes a regular file and its name durable. Pipes and devices have nothing to sync.
///
/// # Errors
/// The file or its folder can't be synced.
pub fn sync_with_folder(file: &File, path: &Path) -> io::Result<()> {
    if !file.metadata()?.is_file() {
        return Ok(());
    }
    file.sync_all()?;
    // The name that a symbolic link leads to.
    fs::canonicalize(path).and_then(|real| sync_folder_of(&real))
}

/// Converts a failed write beside the store: [`Error::DiskFull`] or [`Error::StoreUnwritable`].
pub fn write_error(fault: io::Error) -> Error {
    match fault.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::DiskFull,
        _ => Error::StoreUnwritable(fault),
    }
}
