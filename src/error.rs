//! Errors: failures of the command line, a file, the store or the system.
//!
//! A refusal is not an error: it is a reply that is committed. An error rolls the transaction back. Errors carry
//! typed facts; their sentences are in the catalogues (`error-…`).

use std::io;
use std::path::{Path, PathBuf};

use crate::domain::argon2id::HashError;
use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::string_enum;
use crate::l10n::{MessageArg, MessageArgs};
use crate::request::Field;

string_enum! {
    /// The kind of damage in the audit log.
    AuditFault {
        /// An entry was altered or inserted.
        Altered = "altered",
        /// An entry is missing.
        Missing = "missing",
        /// The operator's reason of an entry was altered or removed.
        Remark = "remark",
        /// The holder of an entry was altered.
        Subject = "subject",
        /// The stored head of the audit log was altered.
        Head = "head",
        /// The entry of an anchor differs or is missing.
        Anchor = "anchor",
    }
}

string_enum! {
    /// How a row differs from the audit log.
    StateFault {
        /// A column has another value.
        Changed = "changed",
        /// The row is gone.
        Missing = "missing",
        /// No entry explains the row.
        Unexplained = "unexplained",
    }
}

/// A difference between a stored row and the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateDifference {
    /// The table.
    pub table: &'static str,
    /// The holder; `None` if the row has none.
    pub niss: Option<Niss>,
    /// The last entry that says otherwise; 0 if there is none.
    pub entry: i64,
    /// How it differs.
    pub fault: StateFault,
    /// The number of further differences.
    pub others: u64,
}

/// The name of a malformed value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueName {
    /// Fields of the request. The command line shows their options.
    Fields(Vec<Field>),
    /// The clock of a sandbox, which this field of the request sets.
    Clock(Field),
    /// A policy setting: the field of the request, and the key of the setting.
    Setting(Field, String),
    /// An option or argument as the user wrote it.
    Argument(String),
    /// A place in a file: the file, the line and the field.
    FilePlace(String),
}

impl ValueName {
    /// Returns the field of the request. Of several fields it is the first one.
    pub fn field(&self) -> Option<Field> {
        match self {
            ValueName::Fields(fields) => fields.first().copied(),
            ValueName::Clock(field) | ValueName::Setting(field, _) => Some(*field),
            ValueName::Argument(_) | ValueName::FilePlace(_) => None,
        }
    }
}

impl From<Field> for ValueName {
    fn from(field: Field) -> ValueName {
        ValueName::Fields(vec![field])
    }
}

string_enum! {
    /// A committed result that could not be written.
    LostAnswer {
        /// The reply to a request with an audit entry.
        Request = "request",
        /// The reply of another command.
        Command = "command",
        /// The replies of a batch to a file, which `--resume` completes.
        Replies = "replies",
        /// The replies of a batch to a pipe or a device.
        Stream = "stream",
        /// The file of the lines of a batch that are not done.
        FailedLines = "failed_lines",
        /// The lines of a recording. The reply itself is printed.
        Recording = "recording",
    }
}

/// An error. `Display` is for developers; users read the sentence of the catalogues.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A malformed value of an option, an argument, a field or a column.
    #[error("{name:?}: {cause}")]
    Malformed {
        /// The name of the value.
        name: ValueName,
        /// The validation error.
        cause: ValidationError,
        /// The most similar allowed word, if any is similar enough.
        nearest: Option<&'static str>,
    },
    /// Required values are missing. One field of each group is enough.
    #[error("missing: {0:?}")]
    Missing(Vec<&'static [Field]>),
    /// Any other error of the command line.
    #[error("usage: {key}")]
    Usage {
        /// The key of the sentence (`usage-…`).
        key: &'static str,
        /// The arguments of the sentence.
        facts: MessageArgs,
    },
    /// A file from the command line cannot be read or written.
    #[error("{path}: {fault}")]
    File {
        /// The path of the file.
        path: PathBuf,
        /// The error of the operating system.
        fault: io::Error,
    },
    /// The store does not exist.
    #[error("the store does not exist")]
    StoreMissing,
    /// `init` found an existing store.
    #[error("the store already exists")]
    StoreExists,
    /// `init` found a file at the path of the new key file, or a staged key there.
    #[error("the key file {0} already exists")]
    KeyExists(PathBuf),
    /// Another process has locked the store for more than 30 seconds.
    #[error("the store is busy")]
    StoreBusy,
    /// The store cannot be opened or read.
    #[error("cannot read the store: {0}")]
    StoreUnreadable(io::Error),
    /// The system's clock is too far behind the newest time in the store for a command that writes.
    #[error("the system's clock is at {system}, the store is at {newest}")]
    ClockBehind {
        /// The time of the system's clock.
        system: Timestamp,
        /// The newest time in the store.
        newest: Timestamp,
    },
    /// The store has more than one name: SQLite would write a log for each of them.
    #[error("the store has several names")]
    StoreLinked,
    /// The store cannot be written.
    #[error("cannot write the store: {0}")]
    StoreUnwritable(io::Error),
    /// A commit failed after it may have reached the log, so that it may be found there later.
    #[error("the outcome of a commit is unknown: {0}")]
    OutcomeUnknown(String),
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// The file is not a store of this program.
    #[error("not an ssd store")]
    NotAStore,
    /// The store is damaged.
    #[error("the store is damaged: {0}")]
    StoreDamaged(String),
    /// The audit log fails verification: the kind of damage and the number of the first bad entry.
    #[error("the audit log is broken at entry {1}: {0}")]
    AuditBroken(AuditFault, i64),
    /// The store was written by a build between two releases, whose tables differ.
    #[error("the store is of an unreleased build")]
    StoreUnreleased,
    /// The rows of the store differ from what its audit log says.
    #[error("table {} differs from the audit log", .0.table)]
    StateDiffers(Box<StateDifference>),
    /// The store has a newer version than this program supports: its version, then the supported one.
    #[error("the store has version {0}, this program supports {1}")]
    StoreNewer(i64, i64),
    /// The key file is missing or cannot be read.
    #[error("cannot read the key: {0}")]
    KeyMissing(io::Error),
    /// The content of a backup can't be restored: its path, the key file that was tried, and the error as of a store.
    #[error("{path}: {fault}")]
    Backup {
        /// The path of the backup.
        path: PathBuf,
        /// The path of the key file.
        key: Option<PathBuf>,
        /// The error.
        fault: Box<Error>,
    },
    /// The key belongs to another store.
    #[error("the key belongs to another store")]
    KeyWrong,
    /// SQLite reports a fault that no other error describes.
    #[error("the store failed: {0}")]
    StoreFailed(String),
    /// The system has no more memory, threads or open files.
    #[error("no resources: {0}")]
    NoResources(String),
    /// The system provides no random bytes.
    #[error("no random values: {0}")]
    NoRandomness(String),
    /// Standard output is closed. The program ends without a message.
    #[error("standard output is closed")]
    StdoutClosed,
    /// Ctrl-C at a prompt or before the first change.
    #[error("interrupted")]
    Interrupted,
    /// Ctrl-C during a long command. Committed work stays, and the command can continue later.
    #[error("interrupted: {key}")]
    InterruptedMidway {
        /// The key of the sentence (`stopped-…`).
        key: &'static str,
        /// The arguments of the sentence.
        facts: MessageArgs,
    },
    /// The work is committed, but its result could not be written: the result, the number of the request, if it has one, and
    /// the fault of the output.
    #[error("{0} is lost: {2}")]
    AnswerLost(LostAnswer, Option<i64>, Box<Error>),
    /// An internal invariant does not hold.
    #[error("bug: {0}")]
    Bug(String),
}

/// The public exit codes. The help topic `exit-codes` describes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExitStatus {
    /// The request was done.
    Done = 0,
    /// A rule of the service refused the request.
    Refused = 1,
    /// The command line or a value is malformed.
    Usage = 2,
    /// The store is missing, busy, unreadable or unwritable, or the disk is full.
    Store = 3,
    /// The store is damaged, foreign or from a newer version, or its key is missing or wrong.
    Damaged = 4,
    /// A batch or an import finished, and some rows were refused or malformed.
    Partial = 5,
    /// The command was done, but its reply could not be written.
    AnswerLost = 6,
    /// A bug.
    Bug = 101,
    /// The command was ended by Ctrl-C.
    Interrupted = 130,
}

impl ExitStatus {
    /// All exit codes.
    pub const ALL: [ExitStatus; 9] = [
        ExitStatus::Done,
        ExitStatus::Refused,
        ExitStatus::Usage,
        ExitStatus::Store,
        ExitStatus::Damaged,
        ExitStatus::Partial,
        ExitStatus::AnswerLost,
        ExitStatus::Bug,
        ExitStatus::Interrupted,
    ];
}

impl Error {
    /// Creates the error of a malformed value.
    pub fn malformed(name: impl Into<ValueName>, cause: ValidationError) -> Error {
        Error::Malformed { name: name.into(), cause, nearest: None }
    }

    /// Creates the error of an unknown word, with the most similar of the allowed `words`.
    ///
    /// It does not store `typed`, which may be a secret in the wrong argument.
    pub fn unknown_word(
        name: ValueName,
        cause: ValidationError,
        typed: &str,
        words: impl Iterator<Item = &'static str>,
    ) -> Error {
        Error::Malformed { name, cause, nearest: Error::nearest(typed, words) }
    }

    /// The word most like the typed one, if one is like it.
    pub fn nearest(typed: &str, words: impl Iterator<Item = &'static str>) -> Option<&'static str> {
        let likeness = |word: &'static str| (strsim::jaro_winkler(typed, word), word);
        let near = words.map(likeness).filter(|(likeness, _)| *likeness > 0.8);
        near.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, word)| word)
    }

    /// Creates a usage error whose sentence has no arguments.
    pub fn usage(key: &'static str) -> Error {
        Error::Usage { key, facts: vec![] }
    }

    /// Creates a usage error about a file.
    pub fn usage_about(key: &'static str, path: &Path) -> Error {
        Error::Usage { key, facts: vec![("file", MessageArg::from(path.display().to_string()))] }
    }

    /// Creates the error of a file from the command line. A full disk becomes [`Error::DiskFull`].
    pub fn file(path: &Path, fault: io::Error) -> Error {
        match fault.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::DiskFull,
            _ => Error::File { path: path.to_owned(), fault },
        }
    }

    /// The words of [`Error::kind`] that JSON can contain. `closed` is missing, because nothing can be printed then.
    pub const KINDS: [&str; 26] = [
        "usage",
        "file",
        "store_missing",
        "store_exists",
        "key_exists",
        "store_busy",
        "store_unreadable",
        "store_linked",
        "store_unwritable",
        "outcome_unknown",
        "clock_behind",
        "disk_full",
        "store_error",
        "no_resources",
        "no_randomness",
        "store_foreign",
        "store_damaged",
        "audit_broken",
        "state_differs",
        "store_unreleased",
        "store_newer",
        "key_missing",
        "key_wrong",
        "answer_lost",
        "bug",
        "interrupted",
    ];

    /// Returns the error's word in JSON. It is also the key of its sentence and hint (`error-…`, `error-….hint`).
    pub fn kind(&self) -> &'static str {
        match self {
            Error::Malformed { .. } | Error::Missing(_) | Error::Usage { .. } => "usage",
            Error::File { .. } => "file",
            Error::StoreMissing => "store_missing",
            Error::StoreExists => "store_exists",
            Error::KeyExists(_) => "key_exists",
            Error::StoreBusy => "store_busy",
            Error::StoreUnreadable(_) => "store_unreadable",
            Error::OutcomeUnknown(_) => "outcome_unknown",
            Error::ClockBehind { .. } => "clock_behind",
            Error::StoreLinked => "store_linked",
            Error::StoreUnwritable(_) => "store_unwritable",
            Error::DiskFull => "disk_full",
            Error::NotAStore => "store_foreign",
            Error::StoreDamaged(_) => "store_damaged",
            Error::AuditBroken(..) => "audit_broken",
            Error::StateDiffers(_) => "state_differs",
            Error::StoreUnreleased => "store_unreleased",
            Error::StoreNewer(..) => "store_newer",
            Error::KeyMissing(_) => "key_missing",
            Error::KeyWrong => "key_wrong",
            Error::Backup { fault, .. } => fault.kind(),
            Error::StoreFailed(_) => "store_error",
            Error::NoResources(_) => "no_resources",
            Error::NoRandomness(_) => "no_randomness",
            Error::StdoutClosed => "closed",
            Error::Interrupted | Error::InterruptedMidway { .. } => "interrupted",
            Error::AnswerLost(..) => "answer_lost",
            Error::Bug(_) => "bug",
        }
    }

    /// Returns the exit code. The match is exhaustive: a new error does not compile without a code.
    pub fn exit(&self) -> ExitStatus {
        match self {
            Error::Malformed { .. } | Error::Missing(_) | Error::Usage { .. } | Error::File { .. } => ExitStatus::Usage,
            Error::StoreMissing
            | Error::StoreExists
            | Error::KeyExists(_)
            | Error::StoreBusy
            | Error::StoreUnreadable(_)
            | Error::StoreLinked
            | Error::OutcomeUnknown(_)
            | Error::ClockBehind { .. }
            | Error::StoreUnwritable(_)
            | Error::DiskFull
            | Error::StoreFailed(_)
            | Error::NoResources(_)
            | Error::NoRandomness(_) => ExitStatus::Store,
            Error::NotAStore
            | Error::StoreDamaged(_)
            | Error::AuditBroken(..)
            | Error::StateDiffers(_)
            | Error::StoreUnreleased
            | Error::StoreNewer(..)
            | Error::KeyMissing(_)
            | Error::KeyWrong => ExitStatus::Damaged,
            Error::Backup { fault, .. } => fault.exit(),
            Error::StdoutClosed => ExitStatus::Done,
            Error::Interrupted | Error::InterruptedMidway { .. } => ExitStatus::Interrupted,
            Error::AnswerLost(..) => ExitStatus::AnswerLost,
            Error::Bug(_) => ExitStatus::Bug,
        }
    }

    /// Returns the error of the operating system behind this error, if any.
    pub fn io_error(&self) -> Option<&io::Error> {
        match self {
            Error::File { fault, .. }
            | Error::StoreUnreadable(fault)
            | Error::StoreUnwritable(fault)
            | Error::KeyMissing(fault) => Some(fault),
            _ => None,
        }
    }

    /// Returns the arguments of the sentence, without the store's path, which the renderer adds.
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
            Error::StoreDamaged(text)
            | Error::OutcomeUnknown(text)
            | Error::StoreFailed(text)
            | Error::NoResources(text)
            | Error::NoRandomness(text)
            | Error::Bug(text) => detail(text),
            Error::AnswerLost(_, request, _) => {
                request.iter().map(|number| ("request", MessageArg::from(number.to_string()))).collect()
            }
            Error::AuditBroken(how, entry) => {
                vec![("how", MessageArg::from(how.as_str())), ("entry", MessageArg::from(entry.to_string()))]
            }
            Error::StateDiffers(difference) => {
                let StateDifference { table, niss, entry, fault, others } = &**difference;
                vec![
                    ("table", MessageArg::from(*table)),
                    ("niss", MessageArg::from(niss.map_or_else(|| "none".to_owned(), |niss| niss.to_string()))),
                    ("entry", MessageArg::from(if *entry == 0 { "none".to_owned() } else { entry.to_string() })),
                    ("how", MessageArg::from(fault.as_str())),
                    ("others", MessageArg::Number(others.cast_signed())),
                ]
            }
            Error::KeyExists(path) => vec![("path", MessageArg::from(path.display().to_string()))],
            Error::ClockBehind { system, newest } => {
                vec![("system", MessageArg::Time(*system)), ("newest", MessageArg::Time(*newest))]
            }
            Error::StoreNewer(theirs, ours) => {
                vec![("theirs", MessageArg::Number(*theirs)), ("ours", MessageArg::Number(*ours))]
            }
            _ => vec![],
        }
    }
}

impl From<HashError> for Error {
    fn from(error: HashError) -> Error {
        match error {
            HashError::NoMemory(_) => Error::NoResources(error.to_string()),
            HashError::Rejected(_) | HashError::WrongBackend(_) => Error::Bug(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failed_hash_is_missing_memory_or_a_bug_that_names_the_backend() {
        let cost = "m=8,t=1,p=1".parse().expect("a cost");
        assert_eq!(Error::from(HashError::NoMemory(cost)).kind(), "no_resources");
        let wrong = Error::from(HashError::WrongBackend("avx2"));
        assert_eq!(wrong.exit(), ExitStatus::Bug);
        assert!(wrong.to_string().contains("avx2"));
    }
}
