//! What can go wrong, as opposed to what can be refused: an error rolls back whatever was begun and tells of a bad command
//! line, a bad file or a bad day. Errors are facts; their sentences are in the catalogues (`error-…`).

use std::io;
use std::path::{Path, PathBuf};

use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::string_enum;
use crate::l10n::{MessageArg, MessageArgs};
use crate::request::Field;

string_enum! {
    /// How the audit is broken.
    AuditFault {
        /// An entry is not what was written, or was put there.
        Altered = "altered",
        /// An entry is not there any more.
        Missing = "missing",
        /// The operator's words to an entry are not what was said, or were taken away.
        Remark = "remark",
        /// Whom an entry is about is not whom it was about.
        Subject = "subject",
        /// What the store says of the last entry was altered.
        Head = "head",
        /// The entry of an anchor is another, or not there.
        Anchor = "anchor",
    }
}

/// What went wrong. `Display` is for a programmer's eyes; people read the catalogues' sentence.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A value that is malformed: which one (an option, a field or a column), and what is wrong with it.
    #[error("{name}: {cause}")]
    Malformed {
        /// The option, argument or field, as the person who typed it knows it.
        name: String,
        /// What is wrong.
        cause: ValidationError,
        /// The word that may have been meant.
        nearest: Option<&'static str>,
    },
    /// Values that are required and not there; of each group one is enough.
    #[error("missing: {0:?}")]
    Missing(Vec<&'static [Field]>),
    /// Any other bad command line; `key` is the sentence.
    #[error("usage: {key}")]
    Usage {
        /// The sentence, under `usage-…`.
        key: &'static str,
        /// What it speaks of.
        facts: MessageArgs,
    },
    /// A file that was named on the command line can't be read or written.
    #[error("{path}: {fault}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        fault: io::Error,
    },
    /// There is no store.
    #[error("no store")]
    StoreMissing,
    /// `init` over a store that is there.
    #[error("the store exists")]
    StoreExists,
    /// Another process holds the store for longer than the patience of 30 seconds.
    #[error("the store is busy")]
    StoreBusy,
    /// The store can't be opened or read.
    #[error("the store can't be read: {0}")]
    StoreUnreadable(io::Error),
    /// The store can't be written.
    #[error("the store can't be written: {0}")]
    StoreUnwritable(io::Error),
    /// No room left.
    #[error("the disk is full")]
    DiskFull,
    /// Not a store of this program.
    #[error("not a store of ssd")]
    NotAStore,
    /// A store, but not whole.
    #[error("the store is damaged: {0}")]
    StoreDamaged(String),
    /// The audit is not as it was written: how, and the number of the first entry with which that begins.
    #[error("the audit is broken at entry {1}: {0}")]
    AuditBroken(AuditFault, i64),
    /// A store of a version that this program does not know yet: its version and ours.
    #[error("the store has version {0}, this program knows {1}")]
    StoreNewer(i64, i64),
    /// The key's file is not there or can't be read.
    #[error("no key: {0}")]
    KeyMissing(io::Error),
    /// A key, but another store's.
    #[error("the key is not this store's")]
    KeyWrong,
    /// The system gives no randomness.
    #[error("no randomness: {0}")]
    NoRandomness(String),
    /// Standard output is gone: nobody reads any more, so nothing is left to do.
    #[error("standard output is closed")]
    StdoutClosed,
    /// Ctrl-C at a question, or before anything was changed.
    #[error("interrupted")]
    Interrupted,
    /// Ctrl-C in the middle of something long: what is done stays, and the rest can be; `key` is the sentence.
    #[error("stopped: {key}")]
    InterruptedMidway {
        /// The sentence, under `stopped-…`.
        key: &'static str,
        /// What it speaks of.
        facts: MessageArgs,
    },
    /// Something that can't be, was.
    #[error("a bug: {0}")]
    Bug(String),
}

/// The public list of exit codes: one sentence each in the topic `exit-codes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitStatus {
    /// Done.
    Done = 0,
    /// Refused by a rule of the service.
    Refused = 1,
    /// Bad command line or malformed value.
    Usage = 2,
    /// Store missing, busy, unreadable, unwritable, or disk full.
    Store = 3,
    /// Store damaged, not one of ours, or from a newer version.
    Damaged = 4,
    /// A batch or an import finished, and some of its rows were refused or malformed.
    Partial = 5,
    /// A bug.
    Bug = 101,
    /// Ended by Ctrl-C.
    Interrupted = 130,
}

impl ExitStatus {
    /// Every code there is.
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
    /// A malformed value of the option, field or column `name`.
    pub fn malformed(name: impl Into<String>, cause: ValidationError) -> Error {
        Error::Malformed { name: name.into(), cause, nearest: None }
    }

    /// The same of a value that should have been one of some words, with the one that `typed` is most like. What was typed is not
    /// kept: it may be a secret in a wrong place.
    pub fn unknown_word(
        name: impl Into<String>,
        cause: ValidationError,
        typed: &str,
        words: impl Iterator<Item = &'static str>,
    ) -> Error {
        Error::Malformed { name: name.into(), cause, nearest: Error::nearest(typed, words) }
    }

    /// The word most like the typed one, if one is like it.
    pub fn nearest(typed: &str, words: impl Iterator<Item = &'static str>) -> Option<&'static str> {
        let likeness = |word: &'static str| (strsim::jaro_winkler(typed, word), word);
        let near = words.map(likeness).filter(|(likeness, _)| *likeness > 0.8);
        near.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, word)| word)
    }

    /// A bad command line that needs no more than its sentence.
    pub fn usage(key: &'static str) -> Error {
        Error::Usage { key, facts: vec![] }
    }

    /// What went wrong with a file that was named on the command line.
    pub fn file(path: &Path, fault: io::Error) -> Error {
        match fault.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::DiskFull,
            _ => Error::File { path: path.to_owned(), fault },
        }
    }

    /// The words of [`Error::kind`] that JSON can show. That nobody reads is told to nobody.
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

    /// The word for it in JSON, and the key of its sentence and its hint in the catalogues (`error-…`, `error-….hint`).
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

    /// The exit code: exhaustive, so that a new error can't be added without choosing one.
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

    /// The fault of the system behind it, if that is what it is.
    pub fn io_error(&self) -> Option<&io::Error> {
        match self {
            Error::File { fault, .. }
            | Error::StoreUnreadable(fault)
            | Error::StoreUnwritable(fault)
            | Error::KeyMissing(fault) => Some(fault),
            _ => None,
        }
    }

    /// What the sentence speaks of, beside the store's path, which whoever shows it knows.
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
            // Our rows keep to the schema: what refuses one, or can't hold its value, is not the schema that we have made.
            Some(Code::DatabaseCorrupt | Code::ConstraintViolation | Code::TypeMismatch | Code::TooBig) => {
                Error::StoreDamaged(text)
            }
            Some(_) | None if is_bad_value(&error) => Error::StoreDamaged(text),
            _ => Error::Bug(text),
        }
    }
}

/// The file can't grow or can't be synced: a limit, or a fault of the disk.
fn is_failed_write(error: &rusqlite::Error) -> bool {
    use rusqlite::ffi::{SQLITE_IOERR_FSYNC, SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_WRITE};
    let codes = [SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_SHMSIZE];
    error.sqlite_error().is_some_and(|fault| codes.contains(&fault.extended_code))
}

/// A value in the store that our types refuse can only have come from a damaged or altered file.
fn is_bad_value(error: &rusqlite::Error) -> bool {
    matches!(
        error,
        rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::Utf8Error(..)
            // A table or a column that is not there: our statements are right, so the schema is not.
            | rusqlite::Error::SqlInputError { .. }
    ) || error.sqlite_error().is_some_and(|fault| fault.extended_code == rusqlite::ffi::SQLITE_ERROR)
}
