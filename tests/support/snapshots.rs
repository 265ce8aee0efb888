//! Recorded output, which `SNAPSHOTS=overwrite` writes anew.

use std::sync::{Mutex, MutexGuard, PoisonError};

use snapbox::Assert;

/// Whether `SNAPSHOTS=overwrite` asks for files with what is printed.
#[expect(clippy::disallowed_methods, reason = "the tests are not the program")]
pub fn is_overwriting() -> bool {
    std::env::var("SNAPSHOTS").is_ok_and(|action| action == "overwrite")
}

/// Locks the documents while they are overwritten: two tests write the tables and the transcript of a topic.
pub fn overwriting() -> Option<MutexGuard<'static, ()>> {
    static DOCUMENTS: Mutex<()> = Mutex::new(());
    is_overwriting().then(|| DOCUMENTS.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Returns a comparison with recorded output. Paths are left as they are: a backslash in a shell's line is no path of Windows.
pub fn as_written() -> Assert {
    Assert::new().action_env("SNAPSHOTS").normalize_paths(false)
}
