//! Files that only their owner can read: key files, stores, backups and temporary files beside them.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// How many leftover temporary names are skipped before giving up.
const MAX_TRIES: u32 = 1000;

/// Creates the file at `path`, complete or not at all, with mode 0600. `write` receives the path of an empty temporary file in
/// the same folder. An existing file is never replaced.
///
/// # Errors
/// [`Error::File`] when `path` exists or its folder can't be written, and those of `write`.
pub fn create_atomically(path: &Path, write: impl FnOnce(&Path) -> Result<(), Error>) -> Result<(), Error> {
    let fault = |error| Error::file(path, error);
    let (temporary, _) = create_private_sibling(path, "new").map_err(fault)?;
    let made = write(&temporary).and_then(|()| {
        File::open(&temporary).and_then(|file| file.sync_all()).map_err(fault)?;
        fs::hard_link(&temporary, path).map_err(fault)?;
        // A name is durable only after its folder is synced.
        sync_folder_of(path).map_err(fault)
    });
    for suffix in ["", "-wal", "-shm"] {
        // A file that can't be removed is only a leftover: the result does not depend on it.
        let mut name = temporary.as_os_str().to_owned();
        name.push(suffix);
        let _ = fs::remove_file(PathBuf::from(name));
    }
    made
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

/// Converts a failed write beside the store: [`Error::DiskFull`] or [`Error::StoreUnwritable`].
pub fn write_error(fault: io::Error) -> Error {
    match fault.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::DiskFull,
        _ => Error::StoreUnwritable(fault),
    }
}
