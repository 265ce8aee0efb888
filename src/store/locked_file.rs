//! Files and folders that are locked for one process.

use std::fs::{File, TryLockError};
use std::io;
use std::ops::{Deref, DerefMut};

/// An open file that no other process can lock. Dropping it ends the lock at once: only to close the file is not enough, because a
/// process that another thread starts has a copy of it until its program begins.
pub struct LockedFile(File);

impl LockedFile {
    /// Locks a file, and waits for the process that holds the lock.
    ///
    /// # Errors
    /// The file system has no locks, or no memory for another one.
    #[expect(clippy::disallowed_methods, reason = "the lock ends with the value")]
    pub fn wait(file: File) -> io::Result<LockedFile> {
        file.lock()?;
        Ok(LockedFile(file))
    }

    /// Locks a file that no process holds.
    ///
    /// # Errors
    /// Another process holds the lock; those of [`LockedFile::wait`].
    #[expect(clippy::disallowed_methods, reason = "the lock ends with the value")]
    pub fn at_once(file: File) -> Result<LockedFile, TryLockError> {
        file.try_lock()?;
        Ok(LockedFile(file))
    }
}

impl Drop for LockedFile {
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

impl Deref for LockedFile {
    type Target = File;

    fn deref(&self) -> &File {
        &self.0
    }
}

impl DerefMut for LockedFile {
    fn deref_mut(&mut self) -> &mut File {
        &mut self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lock_ends_while_another_process_has_a_copy_of_the_file() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let open = || File::open(file.path()).expect("the file");
        let first = open();
        let copy = first.try_clone().expect("a copy");
        let lock = LockedFile::wait(first).expect("a lock");
        assert!(LockedFile::at_once(open()).is_err());
        drop(lock);
        assert!(LockedFile::at_once(open()).is_ok());
        drop(copy);
    }
}
