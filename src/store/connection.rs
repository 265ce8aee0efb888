//! How the store's file is made and opened: every pragma and flag, in one place.
//!
//! **Before SQLite sees it** the file is looked at: there, a file, not empty, as long as its header says. SQLite would
//! find most of that out itself, but late and in words of its own; a cut-off file it would serve until a missing page is needed.
//!
//! **Locking.** WAL is set once, by `init`: setting it at each open fails now and then with "database is locked", whatever
//! the busy timeout. Whoever writes begins IMMEDIATE, so that no reader has to become a writer half-way.
//!
//! **Durability.** `synchronous=FULL`: a commit has reached the disk before its reply is printed.
//!
//! **What is deleted** is overwritten with zeros (`secure_delete`), whoever deletes it: a page that nobody uses any more has nothing
//! to tell, and what a command before left in free space would outlive the erasure of its holder.
//!
//! **Statements.** Without QPSG, SQLite prepares cached statements with joins anew at each use (13 µs against 0.6).

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::error::Error;
use crate::store::crypto::keyfile::KeyFile;
use crate::store::migrations;

/// How long a process waits for another that writes.
const PATIENCE: Duration = Duration::from_secs(30);

/// Opens a store that is there, and brings an older one up to this version, which wants its key.
pub fn open(path: &Path, key: &KeyFile) -> Result<Connection, Error> {
    check_header(path)?;
    let connection = connect(path)?;
    migrations::migrate(&connection, key)?;
    Ok(connection)
}

/// Makes a new file with the schema in it, where there is none, and hands it to `fill`.
pub fn create(path: &Path, fill: impl FnOnce(&Connection) -> Result<(), Error>) -> Result<(), Error> {
    private_file(path, |temporary| {
        let connection = connect(temporary)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.execute_batch(migrations::SQL)?;
        fill(&connection)?;
        Ok(connection.close().map_err(|(_, error)| error)?)
    })
    .map_err(|error| match error {
        Error::File { fault, .. } if fault.kind() == io::ErrorKind::AlreadyExists => Error::StoreExists,
        Error::File { fault, .. } => Error::StoreUnwritable(fault),
        error => error,
    })
}

/// Lets a file appear under its name whole or not at all, readable by its owner alone, where there is none: `write` gets an
/// empty one beside it.
pub fn private_file(path: &Path, write: impl FnOnce(&Path) -> Result<(), Error>) -> Result<(), Error> {
    let fault = |error| Error::file(path, error);
    let (temporary, _) = create_private_sibling(path, "new").map_err(fault)?;
    let made = write(&temporary).and_then(|()| {
        File::open(&temporary).and_then(|file| file.sync_all()).map_err(fault)?;
        fs::hard_link(&temporary, path).map_err(fault)?;
        // The name is on the disk only when its folder is.
        File::open(folder_of(path)).and_then(|folder| folder.sync_all()).map_err(fault)
    });
    for suffix in ["", "-wal", "-shm"] {
        // What was never made can't be removed, and what can't be removed is only litter.
        let mut name = temporary.as_os_str().to_owned();
        name.push(suffix);
        let _ = fs::remove_file(PathBuf::from(name));
    }
    made
}

/// Creates a file that only its owner can read, where there is none.
fn create_atomically(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// A file for the time of one command, beside the store and as private: it has lost its name before anything is in it, so that
/// it is gone with the process, however that ends.
pub fn temp_name(store: &Path) -> io::Result<File> {
    let (path, file) = create_private_sibling(store, "tmp")?;
    fs::remove_file(path).map(|()| file)
}

/// A new empty file beside another, which only its owner can read.
pub fn create_private_sibling(path: &Path, ending: &str) -> io::Result<(PathBuf, File)> {
    // A process that was killed may have left such a name behind, and process numbers come again.
    let mut tried = 0;
    loop {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".{ending}.{}.{tried}", std::process::id()));
        match create_atomically(Path::new(&name)) {
            Ok(file) => return Ok((name.into(), file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && tried < 1000 => tried += 1,
            Err(error) => return Err(error),
        }
    }
}

/// Why what belongs beside the store can't be written.
pub fn write_error(fault: io::Error) -> Error {
    match fault.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::DiskFull,
        _ => Error::StoreUnwritable(fault),
    }
}

/// Does something without the CHECKs of the schema: for rows whose words come from the enums that the CHECKs list. For each row
/// SQLite makes a table of each list anew, which takes longer than all the rest.
///
/// # Errors
/// Those of `work` and of SQLite.
pub fn skip_checks<T>(connection: &Connection, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    let ignore = |yes: bool| connection.pragma_update(None, "ignore_check_constraints", yes);
    ignore(true)?;
    let done = work();
    ignore(false)?;
    done
}

/// The folder that a file is in.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A connection to a file that is known to be a store.
pub fn connect(path: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    set_up(&connection)?;
    Ok(connection)
}

/// A database in a file that has no name, and that the system takes away with its last user.
pub fn open_temporary() -> Result<Connection, Error> {
    // SQLite's own convention: no name is a temporary file.
    let connection = Connection::open("")?;
    set_up(&connection)?;
    connection.execute_batch("PRAGMA synchronous=OFF")?;
    Ok(connection)
}

/// For thousands of writes in a row: more of the file is kept at hand, and the log is copied into it less often.
pub fn tune_for_bulk_writes(connection: &Connection) -> Result<(), Error> {
    Ok(connection
        .execute_batch("PRAGMA cache_size=-8192; PRAGMA wal_autocheckpoint=40000; PRAGMA temp_store=MEMORY")?)
}

/// Copies the log into the file and cuts it to nothing, so that what was deleted is not in it either. While somebody reads in it
/// for longer than anybody's patience it stays; whoever is the last to close the store takes it away then.
pub fn truncate_wal(connection: &Connection) -> Result<(), Error> {
    Ok(connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
}

fn set_up(connection: &Connection) -> Result<(), Error> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true)?;
    connection.set_prepared_statement_cache_capacity(128);
    // Not pragma_update: SQLite's default is FULL already, but a default of somebody else's build must not decide it.
    connection.execute_batch("PRAGMA synchronous=FULL; PRAGMA secure_delete=ON")?;
    Ok(())
}

/// What SQLite's file format promises in its first 100 bytes.
struct Header {
    pages: u64,
    page_size: u64,
}

fn check_header(path: &Path) -> Result<(), Error> {
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => Error::StoreMissing,
        _ => Error::StoreUnreadable(error),
    };
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(Error::StoreUnreadable(io::ErrorKind::IsADirectory.into()));
    }
    if !metadata.is_file() {
        return Err(Error::NotAStore);
    }
    let mut file = File::open(path).map_err(unreadable)?;
    let mut bytes = [0; 100];
    if file.read_exact(&mut bytes).is_err() || !bytes.starts_with(b"SQLite format 3\0") {
        return Err(Error::NotAStore);
    }
    let header = header(&bytes);
    // While another process copies its log into the file, the header may be ahead of the length; then there is a log.
    let complete = || fs::metadata(path).is_ok_and(|now| now.len() >= header.pages * header.page_size);
    if complete() || has_log(path) || complete() {
        return Ok(());
    }
    let (want, have) = (header.pages * header.page_size, metadata.len());
    Err(Error::StoreDamaged(format!("the file has {have} of {want} bytes")))
}

fn header(bytes: &[u8; 100]) -> Header {
    let number = |at: usize| bytes[at..at + 4].iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    let page_size = match u64::from(bytes[16]) << 8 | u64::from(bytes[17]) {
        1 => 65_536,
        size => size,
    };
    // The count is only good when the file was last written by who keeps it: then these two are equal.
    let pages = if number(24) == number(92) { number(28) } else { 0 };
    Header { pages, page_size }
}

fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    fs::metadata(PathBuf::from(log)).is_ok_and(|log| log.len() > 0)
}
