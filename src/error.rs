//! Errors: a bad command line, a file or store that cannot be used, or a bug. A refusal is no error: it is the reply of a rule.
//!
//! An error rolls back the transaction. It holds facts only; its sentences are in the catalogues (`error-…`).

use std::io;
use std::path::{Path, PathBuf};

use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::string_enum;
use crate::l10n::{MessageArg, MessageArgs};
use crate::request::Field;

string_enum! {
    /// How the audit log is broken.
    AuditFault {
        /// An entry was altered or inserted.
        Altered = "altered",
        /// An entry is missing.
        Missing = "missing",
        /// The operator's reason of an entry was altered or removed.
        Remark = "remark",
        /// The account holder of an entry was changed.
        Subject = "subject",
        /// The mark of the last entry was altered.
        Head = "head",
        /// The entry of an anchor is another one or is missing.
        Anchor = "anchor",
    }
}

/// An error. `Display` is for logs and tests; people read the sentence of the catalogue.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A malformed value of an option, a field or a column.
    #[error("{name}: {cause}")]
    Malformed {
        /// The option, argument, field or column, as it is typed.
        name: String,
        /// What is wrong.
        cause: ValidationError,
        /// The most similar allowed word.
        nearest: Option<&'static str>,
    },
    /// Missing required values; one of each group is enough.
    #[error("missing: {0:?}")]
    Missing(Vec<&'static [Field]>),
    /// Any other bad command line.
    #[error("usage: {key}")]
    Usage {
        /// The key of the sentence, without `usage-`.
        key: &'static str,
        /// The arguments of the sentence.
        facts: MessageArgs,
    },
    /// A file named on the command line that cannot be read or written.
    #[error("{path}: {fault}")]
    File {
        /// The file.
        path: PathBuf,
        /// The error of the system.
        fault: io::Error,
    },
    /// The store does not exist.
    #[error("the store does not exist")]
    StoreMissing,
    /// `init` found an existing store.
    #[error("the store already exists")]
    StoreExists,
    /// Another process has held the store for more than 30 seconds.
    #[error("the store is busy")]
    StoreBusy,
    /// The store cannot be opened or read.
    #[error("cannot read the store: {0}")]
    StoreUnreadable(io::Error),
    /// The store cannot be written.
    #[error("cannot write the store: {0}")]
    StoreUnwritable(io::Error),
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// The file is not an ssd store.
    #[error("not an ssd store")]
    NotAStore,
    /// The store is damaged: the damage found.
    #[error("the store is damaged: {0}")]
    StoreDamaged(String),
    /// The audit log was changed: how, and the number of the first wrong entry.
    #[error("the audit log is broken at entry {1}: {0}")]
    AuditBroken(AuditFault, i64),
    /// A store of a newer version: its version, and the newest version that this program supports.
    #[error("the store has version {0}, this program supports {1}")]
    StoreNewer(i64, i64),
    /// The key file is missing or cannot be read.
    #[error("cannot read the key: {0}")]
    KeyMissing(io::Error),
    /// The key belongs to another store.
    #[error("the key belongs to another store")]
    KeyWrong,
    /// The system provides no random values.
    #[error("no random values: {0}")]
    NoRandomness(String),
    /// Standard output was closed by its reader. The command ends quietly.
    #[error("standard output is closed")]
    StdoutClosed,
    /// Ctrl-C at a question, or before any change.
    #[error("interrupted")]
    Interrupted,
    /// Ctrl-C in the middle of a long command: completed parts stay, and the command can be continued.
    #[error("interrupted: {key}")]
    InterruptedMidway {
        /// The key of the sentence, without `stopped-`.
        key: &'static str,
        /// The arguments of the sentence.
        facts: MessageArgs,
    },
    /// A bug in this program.
    #[error("bug: {0}")]
    Bug(String),
}

/// The public list of exit codes (`ssd help exit-codes`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitStatus {
    /// Done.
    Done = 0,
    /// Refused by a rule of the service.
    Refused = 1,
    /// A bad command line or a malformed value.
    Usage = 2,
    /// The store is missing, busy, unreadable or unwritable, or the disk is full.
    Store = 3,
    /// The store is damaged, is not an ssd store, or has a newer version.
    Damaged = 4,
    /// A batch or import has finished; some rows were refused or malformed.
    Partial = 5,
    /// A bug.
    Bug = 101,
    /// Ended by Ctrl-C.
    Interrupted = 130,
}

impl ExitStatus {
    /// Every exit code.
    pub const ALL: [ExitStatus; 8] = [
        ExitStatus::Done,
        ExitStatus::Refused,
        ExitStatus::Usage,
        ExitStatus::Store,
        ExitStatus::Damaged,
        ExitStatus::Partial,
        ExitStatus::Bug,
        ExitStatus::Interrupted,
    ];
}

impl Error {
    /// Returns the error of a malformed value of the option, field or column `name`.
    pub fn malformed(name: impl Into<String>, cause: ValidationError) -> Error {
        Error::Malformed { name: name.into(), cause, nearest: None }
    }

    /// Returns the error of a value that is not one of `words`, with the word most similar to `typed`. The typed text itself is
    /// not stored: it may be a secret in the wrong place.
    pub fn unknown_word(
        name: impl Into<String>,
        cause: ValidationError,
        typed: &str,
        words: impl Iterator<Item = &'static str>,
    ) -> Error {
        let likeness = |word: &'static str| (strsim::jaro_winkler(typed, word), word);
        let nearest = words.map(likeness).filter(|(likeness, _)| *likeness > 0.8).max_by(|a, b| a.0.total_cmp(&b.0));
        Error::Malformed { name: name.into(), cause, nearest: nearest.map(|(_, word)| word) }
    }

    /// Returns the error of a bad command line whose sentence has no arguments.
    pub fn usage(key: &'static str) -> Error {
        Error::Usage { key, facts: vec![] }
    }

    /// Returns the error of a file named on the command line.
    pub fn file(path: &Path, fault: io::Error) -> Error {
        match fault.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::DiskFull,
            _ => Error::File { path: path.to_owned(), fault },
        }
    }

    /// The words of [`Error::kind`] that JSON can show: all but `closed`, which has no reader.
    pub const KINDS: [&str; 17] = [
        "usage",
        "file",
        "store_missing",
        "store_exists",
        "store_busy",
        "store_unreadable",
        "store_unwritable",
        "disk_full",
        "no_randomness",
        "store_foreign",
        "store_damaged",
        "audit_broken",
        "store_newer",
        "key_missing",
        "key_wrong",
        "bug",
        "interrupted",
    ];

    /// Returns the error's word in JSON. Its sentence and hint have the keys `error-…` and `error-…-hint`.
    pub fn kind(&self) -> &'static str {
        match self {
            Error::Malformed { .. } | Error::Missing(_) | Error::Usage { .. } => "usage",
            Error::File { .. } => "file",
            Error::StoreMissing => "store_missing",
            Error::StoreExists => "store_exists",
            Error::StoreBusy => "store_busy",
            Error::StoreUnreadable(_) => "store_unreadable",
            Error::StoreUnwritable(_) => "store_unwritable",
            Error::DiskFull => "disk_full",
            Error::NotAStore => "store_foreign",
            Error::StoreDamaged(_) => "store_damaged",
            Error::AuditBroken(..) => "audit_broken",
            Error::StoreNewer(..) => "store_newer",
            Error::KeyMissing(_) => "key_missing",
            Error::KeyWrong => "key_wrong",
            Error::NoRandomness(_) => "no_randomness",
            Error::StdoutClosed => "closed",
            Error::Interrupted | Error::InterruptedMidway { .. } => "interrupted",
            Error::Bug(_) => "bug",
        }
    }

    /// Returns the exit code. The match is exhaustive: a new error needs an exit code.
    pub fn exit(&self) -> ExitStatus {
        match self {
            Error::Malformed { .. } | Error::Missing(_) | Error::Usage { .. } | Error::File { .. } => ExitStatus::Usage,
            Error::StoreMissing
            | Error::StoreExists
            | Error::StoreBusy
            | Error::StoreUnreadable(_)
            | Error::StoreUnwritable(_)
            | Error::DiskFull
            | Error::NoRandomness(_) => ExitStatus::Store,
            Error::NotAStore
            | Error::StoreDamaged(_)
            | Error::AuditBroken(..)
            | Error::StoreNewer(..)
            | Error::KeyMissing(_)
            | Error::KeyWrong => ExitStatus::Damaged,
            Error::StdoutClosed => ExitStatus::Done,
            Error::Interrupted | Error::InterruptedMidway { .. } => ExitStatus::Interrupted,
            Error::Bug(_) => ExitStatus::Bug,
        }
    }

    /// Returns the error of the system that caused this one, if any.
    pub fn io_error(&self) -> Option<&io::Error> {
        match self {
            Error::File { fault, .. }
            | Error::StoreUnreadable(fault)
            | Error::StoreUnwritable(fault)
            | Error::KeyMissing(fault) => Some(fault),
            _ => None,
        }
    }

    /// Returns the arguments of the sentence, without the store's path: the command line adds it.
    pub fn message_args(&self) -> MessageArgs {
        let detail = |text: &str| vec![("detail", MessageArg::from(text))];
        match self {
            Error::Usage { facts, .. } | Error::InterruptedMidway { facts, .. } => facts.clone(),
            Error::File { path, fault } => {
                vec![
                    ("path", MessageArg::from(path.display().to_string())),
                    ("detail", MessageArg::from(fault.to_string())),
                ]
            }
            Error::StoreUnreadable(fault) | Error::StoreUnwritable(fault) | Error::KeyMissing(fault) => {
                detail(&fault.to_string())
            }
            Error::StoreDamaged(text) | Error::NoRandomness(text) | Error::Bug(text) => detail(text),
            Error::AuditBroken(how, entry) => {
                vec![("how", MessageArg::from(how.as_str())), ("entry", MessageArg::from(entry.to_string()))]
            }
            Error::StoreNewer(theirs, ours) => {
                vec![("theirs", MessageArg::Number(*theirs)), ("ours", MessageArg::Number(*ours))]
            }
            _ => vec![],
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        use rusqlite::ErrorCode as Code;
        let text = error.to_string();
        match error.sqlite_error_code() {
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Error::StoreBusy,
            Some(Code::DiskFull) => Error::DiskFull,
            _ if is_failed_write(&error) => Error::StoreUnwritable(io::Error::other(text)),
            Some(Code::ReadOnly | Code::PermissionDenied) => Error::StoreUnwritable(io::Error::other(text)),
            Some(Code::CannotOpen | Code::SystemIoFailure | Code::AuthorizationForStatementDenied) => {
                Error::StoreUnreadable(io::Error::other(text))
            }
            Some(Code::NotADatabase) => Error::NotAStore,
            // Rows written by ssd satisfy its schema: a failed constraint means another schema.
            Some(Code::DatabaseCorrupt | Code::ConstraintViolation | Code::TypeMismatch | Code::TooBig) => {
                Error::StoreDamaged(text)
            }
            Some(_) | None if is_bad_value(&error) => Error::StoreDamaged(text),
            _ => Error::Bug(text),
        }
    }
}

/// Returns whether the file could not grow or be synced: a limit, or a failing disk.
fn is_failed_write(error: &rusqlite::Error) -> bool {
    use rusqlite::ffi::{SQLITE_IOERR_FSYNC, SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_WRITE};
    let codes = [SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_SHMSIZE];
    error.sqlite_error().is_some_and(|fault| codes.contains(&fault.extended_code))
}

/// Returns whether a stored value or the schema is invalid: only a damaged or altered file has one.
fn is_bad_value(error: &rusqlite::Error) -> bool {
    matches!(
        error,
        rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::Utf8Error(..)
            // A missing table or column: the statements are tested, so the schema was altered.
            | rusqlite::Error::SqlInputError { .. }
    ) || error.sqlite_error().is_some_and(|fault| fault.extended_code == rusqlite::ffi::SQLITE_ERROR)
}
