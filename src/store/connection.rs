//! Connections to SQLite: every flag and pragma is here.
//!
//! **Header check.** [`check_header`] runs before SQLite opens the file: it must exist, be a regular file, and be as long as its
//! header says. SQLite finds most of these faults too, but later and with its own messages, and it reads a truncated file until
//! a missing page is needed.
//!
//! **Locking.** Only `init` sets WAL: setting it at each open sometimes fails with "database is locked", whatever the busy
//! timeout. Writers begin IMMEDIATE, because a reader that becomes a writer can fail the same way.
//!
//! **Durability.** `synchronous=FULL`: a commit is on the disk before its reply is printed.
//!
//! **Deleted data** is overwritten with zeros (`secure_delete`): free pages would otherwise outlive the erasure of a holder.
//!
//! **Statements.** Without QPSG, SQLite prepares cached statements with joins again at each use (13 µs instead of 0.6).

use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::Backup;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::error::Error;
use crate::store::private_file::{self, SIDE_FILES, with_suffix};

/// The application id of a store in its SQLite header: "SSD1".
pub const APPLICATION_ID: i64 = 0x5353_4431;

/// How long a process waits for another one's write lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(30);

/// Opens a file that is already known to be a database. See [`check_header`].
///
/// # Errors
/// Those of SQLite.
pub fn connect(path: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    // SQLite reads `file:` and `:memory:` only at the start of a name.
    let connection = Connection::open_with_flags(Path::new(".").join(path), flags)?;
    set_up(&connection)?;
    Ok(connection)
}

/// Opens a database to copy its pages, in either direction. No statement reads its schema, so it can be damaged. It is as durable
/// as [`connect`], because FULL is SQLite's default.
///
/// # Errors
/// Those of SQLite.
pub fn connect_to_pages(path: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(Path::new(".").join(path), flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.execute_batch("PRAGMA secure_delete=ON")?;
    Ok(connection)
}

/// Opens an empty database in an unnamed temporary file, which the system deletes with the connection.
///
/// # Errors
/// Those of SQLite.
pub fn open_temporary() -> Result<Connection, Error> {
    // SQLite's convention: an empty name means a temporary file.
    let connection = Connection::open("")?;
    set_up(&connection)?;
    connection.execute_batch("PRAGMA synchronous=OFF")?;
    Ok(connection)
}

/// Copies a database, as it is at one moment, into an unnamed temporary file.
///
/// # Errors
/// The disk is full, and those of SQLite.
pub fn temporary_copy(connection: &Connection) -> Result<Connection, Error> {
    let mut copy = open_temporary()?;
    Backup::new(connection, &mut copy)?.run_to_completion(i32::MAX, Duration::ZERO, None)?;
    Ok(copy)
}

fn set_up(connection: &Connection) -> Result<(), Error> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true)?;
    connection.set_prepared_statement_cache_capacity(128);
    // FULL is SQLite's default, but a build of SQLite can have another one.
    connection.execute_batch("PRAGMA synchronous=FULL; PRAGMA secure_delete=ON")?;
    Ok(())
}

/// Sets a connection up for thousands of writes in a row: a larger page cache and fewer checkpoints.
///
/// # Errors
/// Those of SQLite.
pub fn tune_for_bulk_writes(connection: &Connection) -> Result<(), Error> {
    Ok(connection
        .execute_batch("PRAGMA cache_size=-8192; PRAGMA wal_autocheckpoint=40000; PRAGMA temp_store=MEMORY")?)
}

/// Runs `work` without the schema's CHECKs. Use it only for rows whose words come from the enums that the CHECKs list: for each
/// row, SQLite builds a table of each list, which takes longer than the rest of the insert.
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

/// Copies the write-ahead log into the database and empties it, so that deleted data is not in the log either. If another
/// process reads for longer than the busy timeout, the log stays; the last process to close the store deletes it.
///
/// # Errors
/// Those of SQLite.
pub fn truncate_wal(connection: &Connection) -> Result<(), Error> {
    Ok(connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
}

/// Closes the connection to a new database at `path`, after its log is copied into the file and both are on the disk.
///
/// SQLite does the same when the last connection is closed, but it ignores errors and deletes the log.
///
/// # Errors
/// Those of SQLite; the file is incomplete.
pub fn close_complete(connection: Connection, path: &Path) -> Result<(), Error> {
    let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy != 0 {
        return Err(Error::StoreBusy);
    }
    connection.close().map_err(|(_, error)| error)?;
    check_header(path)
}

/// What the first 100 bytes of a database say about its length.
struct Header {
    pages: u64,
    page_size: u64,
}

/// Returns the file that a store's path leads to: a symbolic link and its target are one store.
///
/// # Errors
/// [`Error::StoreUnreadable`] for a symbolic link that leads nowhere.
pub fn resolve_link(path: &Path) -> Result<PathBuf, Error> {
    match path.is_symlink() {
        true => fs::canonicalize(path).map_err(Error::StoreUnreadable),
        false => Ok(path.to_owned()),
    }
}

/// Checks the store's names and the files beside it, before SQLite opens them.
///
/// A hard link would have a log of its own, which other processes don't know. A store that nobody can write has no log, and is
/// read nevertheless. SQLite would wait forever for the other end of a pipe.
///
/// # Errors
/// [`Error::StoreLinked`]; [`Error::StoreUnreadable`] or [`Error::StoreUnwritable`] for a file beside the store.
fn check_names(path: &Path) -> Result<(), Error> {
    let is_writable = |path: &Path| rustix::fs::access(path, rustix::fs::Access::WRITE_OK).is_ok();
    let links = || fs::metadata(path).map_or(0, |there| there.nlink());
    if links() > 1 {
        private_file::remove_leftovers(path);
        if links() > 1 && (is_writable(path) || has_log(path)) {
            return Err(Error::StoreLinked);
        }
    }
    for suffix in SIDE_FILES {
        let beside = with_suffix(path, suffix);
        let Ok(there) = beside.symlink_metadata() else { continue };
        if !there.is_file() {
            let text = format!("{} is not a regular file", beside.display());
            return Err(Error::StoreUnreadable(io::Error::other(text)));
        }
        // The last process that closes the store deletes the file.
        let is_gone = |fault: rustix::io::Errno| fault == rustix::io::Errno::NOENT;
        let is_denied =
            || rustix::fs::access(&beside, rustix::fs::Access::WRITE_OK).is_err_and(|fault| !is_gone(fault));
        if suffix == "-shm" && is_writable(path) && is_denied() {
            let text = format!("no permission to write {}", beside.display());
            return Err(Error::StoreUnwritable(io::Error::other(text)));
        }
    }
    Ok(())
}

/// Checks that a file exists, is a SQLite database with one name, and is complete. No connection of this process may be open:
/// closing the file here would release its locks.
///
/// # Errors
/// [`Error::StoreMissing`], [`Error::StoreUnreadable`], [`Error::NotAStore`], or [`Error::StoreDamaged`] if it is too short; as
/// of `check_names`.
pub fn check_header(path: &Path) -> Result<(), Error> {
    let path = &resolve_link(path)?;
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
    check_names(path)?;
    let mut file = File::open(path).map_err(unreadable)?;
    let mut bytes = [0; 100];
    if file.read_exact(&mut bytes).is_err() || !bytes.starts_with(b"SQLite format 3\0") {
        return Err(Error::NotAStore);
    }
    let header = parse_header(&bytes);
    // During another process's checkpoint the header can be ahead of the length; then there is a log.
    let is_complete = || fs::metadata(path).is_ok_and(|now| now.len() >= header.pages * header.page_size);
    if is_complete() || has_log(path) || is_complete() {
        return Ok(());
    }
    let (expected, actual) = (header.pages * header.page_size, metadata.len());
    Err(Error::StoreDamaged(format!("the file has {actual} of {expected} bytes")))
}

fn parse_header(bytes: &[u8; 100]) -> Header {
    let number = |at: usize| bytes[at..at + 4].iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    let page_size = match u64::from(bytes[16]) << 8 | u64::from(bytes[17]) {
        1 => 65_536,
        size => size,
    };
    // The page count is valid only if the last writer updated it: then these two counters are equal.
    let pages = if number(24) == number(92) { number(28) } else { 0 };
    Header { pages, page_size }
}

fn has_log(path: &Path) -> bool {
    fs::metadata(with_suffix(path, "-wal")).is_ok_and(|log| log.len() > 0)
}
