//! The errors of SQLite as errors of the program, by their result codes.

use std::io;

use crate::error::Error;

impl Error {
    /// Returns the error of a failed commit.
    ///
    /// SQLite writes the frames of a commit to the log, syncs them, and then makes them visible in the shared memory. A fault after
    /// the frames are written leaves a complete commit in the log. It is overwritten by the next one, unless all processes end
    /// before that: then the next process finds it and takes it for done.
    pub fn of_commit(error: rusqlite::Error) -> Error {
        use rusqlite::ffi::{SQLITE_IOERR, SQLITE_IOERR_WRITE, SQLITE_NOMEM};
        match error.sqlite_error().map(|fault| fault.extended_code) {
            Some(code) if code != SQLITE_IOERR_WRITE && matches!(code & 0xff, SQLITE_IOERR | SQLITE_NOMEM) => {
                Error::OutcomeUnknown(error.to_string())
            }
            _ => error.into(),
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        // Rows that may be absent are read as `Option`.
        if matches!(error, rusqlite::Error::QueryReturnedNoRows) {
            return Error::StoreDamaged("a row is missing".to_owned());
        }
        let text = error.to_string();
        if is_bad_value(&error) {
            return Error::StoreDamaged(text);
        }
        match error.sqlite_error() {
            Some(fault) => from_sqlite_code(fault.extended_code, text),
            None => Error::Bug(text),
        }
    }
}

/// Returns the error of a result code of SQLite, primary or extended. The low byte is the primary code.
fn from_sqlite_code(code: i32, text: String) -> Error {
    use rusqlite::ffi::*;

    use crate::error::Error;
    let fault = |text: String| io::Error::other(text);
    match code {
        // The file can't grow or be synced, because of a limit or a disk error.
        SQLITE_IOERR_WRITE
        | SQLITE_IOERR_FSYNC
        | SQLITE_IOERR_DIR_FSYNC
        | SQLITE_IOERR_TRUNCATE
        | SQLITE_IOERR_SHMSIZE
        | SQLITE_IOERR_DELETE => return Error::StoreUnwritable(fault(text)),
        SQLITE_IOERR_NOMEM => return Error::NoResources(text),
        // A page with a wrong checksum or a lost page.
        SQLITE_IOERR_CORRUPTFS | SQLITE_IOERR_DATA => return Error::StoreDamaged(text),
        SQLITE_IOERR_BLOCKED | SQLITE_IOERR_LOCK | SQLITE_IOERR_CHECKRESERVEDLOCK | SQLITE_IOERR_RDLOCK => {
            return Error::StoreBusy;
        }
        _ => {}
    }
    match code & 0xff {
        // SQLITE_PROTOCOL: other processes have opened the log again and again during the wait.
        SQLITE_BUSY | SQLITE_LOCKED | SQLITE_PROTOCOL => Error::StoreBusy,
        SQLITE_FULL => Error::DiskFull,
        SQLITE_READONLY | SQLITE_PERM => Error::StoreUnwritable(fault(text)),
        SQLITE_CANTOPEN | SQLITE_IOERR | SQLITE_AUTH => Error::StoreUnreadable(fault(text)),
        SQLITE_NOMEM => Error::NoResources(text),
        SQLITE_NOTADB => Error::NotAStore,
        // Every row of this program obeys the schema. So a rejected row or value means an altered schema, and so does a
        // statement that does not compile, because all statements are tested.
        SQLITE_ERROR | SQLITE_CORRUPT | SQLITE_CONSTRAINT | SQLITE_MISMATCH | SQLITE_TOOBIG | SQLITE_SCHEMA
        | SQLITE_FORMAT => Error::StoreDamaged(text),
        SQLITE_INTERNAL | SQLITE_ABORT | SQLITE_INTERRUPT | SQLITE_NOTFOUND | SQLITE_EMPTY | SQLITE_MISUSE
        | SQLITE_NOLFS | SQLITE_RANGE | SQLITE_NOTICE | SQLITE_WARNING => Error::StoreFailed(text),
        // A code of a later version of SQLite.
        _ => Error::StoreFailed(text),
    }
}

/// Returns whether the store contains a value that its type rejects. Only a damaged or altered file has one.
fn is_bad_value(error: &rusqlite::Error) -> bool {
    matches!(
        error,
        rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::Utf8Error(..)
            // A missing table or column means an altered schema, because the statements are tested.
            | rusqlite::Error::SqlInputError { .. }
    )
}

#[cfg(test)]
mod tests {
    use rusqlite::ffi::*;

    use super::*;
    use crate::error::ExitStatus;

    #[test]
    fn failed_commit_is_uncertain_after_its_frames_are_written() {
        let fault = |code| rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
        let kind = |code| crate::error::Error::of_commit(fault(code)).kind();
        for code in [SQLITE_IOERR_FSYNC, SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_SHMMAP, SQLITE_IOERR_NOMEM, SQLITE_NOMEM] {
            assert_eq!(kind(code), "outcome_unknown", "{code}");
        }
        for (code, expected) in [
            (SQLITE_FULL, "disk_full"),
            (SQLITE_IOERR_WRITE, "store_unwritable"),
            (SQLITE_BUSY, "store_busy"),
            (SQLITE_CONSTRAINT, "store_damaged"),
        ] {
            assert_eq!(kind(code), expected);
        }
    }

    #[test]
    fn every_code_of_sqlite_has_an_error() {
        let kind = |code| from_sqlite_code(code, String::new()).kind();
        for (codes, expected) in [
            (&[SQLITE_BUSY, SQLITE_BUSY_RECOVERY, SQLITE_BUSY_SNAPSHOT, SQLITE_BUSY_TIMEOUT][..], "store_busy"),
            (&[SQLITE_LOCKED, SQLITE_LOCKED_SHAREDCACHE, SQLITE_LOCKED_VTAB, SQLITE_PROTOCOL], "store_busy"),
            (&[SQLITE_IOERR_LOCK, SQLITE_IOERR_RDLOCK, SQLITE_IOERR_BLOCKED], "store_busy"),
            (&[SQLITE_FULL], "disk_full"),
            (&[SQLITE_READONLY, SQLITE_READONLY_DIRECTORY, SQLITE_PERM, SQLITE_IOERR_WRITE], "store_unwritable"),
            (&[SQLITE_IOERR_FSYNC, SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_TRUNCATE], "store_unwritable"),
            (&[SQLITE_CANTOPEN, SQLITE_CANTOPEN_ISDIR, SQLITE_CANTOPEN_SYMLINK, SQLITE_AUTH], "store_unreadable"),
            (&[SQLITE_IOERR, SQLITE_IOERR_READ, SQLITE_IOERR_SHORT_READ, SQLITE_IOERR_SHMOPEN], "store_unreadable"),
            (&[SQLITE_NOMEM, SQLITE_IOERR_NOMEM], "no_resources"),
            (&[SQLITE_NOTADB], "store_foreign"),
            (&[SQLITE_CORRUPT, SQLITE_CORRUPT_INDEX, SQLITE_ERROR, SQLITE_CONSTRAINT_CHECK], "store_damaged"),
            (&[SQLITE_INTERNAL, SQLITE_MISUSE, SQLITE_INTERRUPT, SQLITE_RANGE, SQLITE_NOTFOUND], "store_error"),
        ] {
            for code in codes {
                assert_eq!(kind(*code), expected, "{code}");
            }
        }
        // Primary codes end at 101, and extended ones use the next bytes. None is a bug of this program.
        for code in (1..=255).flat_map(|primary| (0..48).map(move |extension| primary | extension << 8)) {
            let exit = from_sqlite_code(code, String::new()).exit();
            assert!(matches!(exit, ExitStatus::Store | ExitStatus::Damaged), "{code}");
        }
    }
}
