//! The key file: 64 hexadecimal digits, at the store's path with `.key` added, or at the path given by the user.
//!
//! **Two keys.** The key in the file seals one value: the store's own key, which table `store` has in that form. Everything else
//! is under the store's own key. So a store changes its key file by changing one row (`store rekey`), and codes, sessions and
//! phone codes stay valid. They could not be converted: most of them are only keyed hashes.
//!
//! - After a rekey, a key file that was copied, lost or handed to somebody opens nothing.
//! - It does not protect against somebody who has the old file *and* an old copy of the store: that gives the store's own key,
//!   which does not change. Only a new store helps. The same holds for the key file of a store from before version 3, which is
//!   the store's own key.
//!
//! **One store.** A key file belongs to one store: `init` refuses an existing one, and a path that is a store's or belongs to
//! another store.
//!
//! **Crashes.** A new key is first staged: written to a file of its own, named after its fingerprint, before the row of the store
//! has that fingerprint. It is renamed to the key file when the row is committed, and for a new store when the store has its name.
//! So after a crash at any point, the row says which file fits, and the next process that opens the store renames the staged file
//! or deletes it. A staged file of a living process is locked. Each key is random, so a file is renamed at most once, and a late
//! process can't put an older key over a newer one.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Row};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::random::RandomSource;
use crate::store::crypto::key::{Key, Mac};
use crate::store::locked_file::LockedFile;
use crate::store::private_file::{self, with_suffix};
use crate::store::{connection, file_kind};

/// The paths of a store and its key file.
#[derive(Debug, Clone, Copy)]
pub struct StoreLocation<'a> {
    /// The path of the store.
    pub store: &'a Path,
    /// The path of the key file; `None` is the store's path with `.key` added.
    pub key: Option<&'a Path>,
}

impl<'a> From<&'a Path> for StoreLocation<'a> {
    fn from(store: &'a Path) -> StoreLocation<'a> {
        StoreLocation { store, key: None }
    }
}

impl<'a> From<&'a PathBuf> for StoreLocation<'a> {
    fn from(store: &'a PathBuf) -> StoreLocation<'a> {
        StoreLocation { store, key: None }
    }
}

/// What follows the key file's name in that of a staged file, before the start of the fingerprint.
const STAGED: &str = ".new.";

/// The path of a key file.
#[derive(Debug, Clone)]
pub struct KeyFile(PathBuf);

/// What table `store` says about the key.
struct KeyRow {
    seed: Option<i64>,
    check: Mac,
    /// The store's own key, sealed. `None` in a sandbox, and before version 3, where the file has the store's own key.
    sealed: Option<Vec<u8>>,
}

impl KeyRow {
    fn read(connection: &Connection, sql: &str) -> Result<KeyRow, Error> {
        let row = |row: &Row<'_>| Ok(KeyRow { seed: row.get(0)?, check: row.get(1)?, sealed: row.get(2)? });
        Ok(connection.query_row(sql, [], row)?)
    }

    /// Returns the store's own key. `fingerprint` is the one of the store's version.
    fn open(&self, file: &KeyFile, fingerprint: fn(&Key) -> Mac) -> Result<Key, Error> {
        let key = match self.seed {
            // Anybody can put a sandbox in the place of a store; but a store has a key file.
            Some(_) if file.path().exists() => return Err(Error::KeyWrong),
            Some(seed) => Key::new(RandomSource::Seeded(seed.cast_unsigned()).key()?),
            None => file.matching_key(&self.check, fingerprint)?,
        };
        match &self.sealed {
            Some(sealed) => key
                .unwrap_key(sealed)
                .ok_or_else(|| Error::StoreDamaged("cannot unwrap the store's own key".to_owned())),
            None if fingerprint(&key) == self.check => Ok(key),
            None => Err(Error::KeyWrong),
        }
    }
}

const SELECT: &str = "SELECT seed, key_check, data_key FROM store WHERE id = 1";

/// Returns the key of an open store. `path` is the store's path, to read the row again if the key does not fit.
///
/// # Errors
/// The key file is missing, has no key, or has another store's key.
pub fn key_from_store(connection: &Connection, path: &Path, file: &KeyFile) -> Result<Key, Error> {
    match KeyRow::read(connection, SELECT)?.open(file, Key::fingerprint) {
        // Another process may have changed the key after this transaction began.
        Err(Error::KeyWrong) if path.is_file() => {
            KeyRow::read(&connection::connect(path)?, SELECT)?.open(file, Key::fingerprint)
        }
        opened => opened,
    }
}

/// Returns the key of a store of version 1 or 2.
///
/// # Errors
/// As of [`key_from_store`].
pub fn key_before_3(connection: &Connection, file: &KeyFile) -> Result<Key, Error> {
    KeyRow::read(connection, "SELECT seed, key_check, NULL FROM store WHERE id = 1")?
        .open(file, Key::fingerprint_before_v3)
}

impl KeyFile {
    /// Returns the key file of a store.
    pub fn of(place: StoreLocation<'_>) -> KeyFile {
        match place.key {
            Some(key) => KeyFile(key.to_owned()),
            None => {
                let beside = |store: &Path| private_file::with_suffix(store, ".key");
                let named = beside(place.store);
                match fs::canonicalize(place.store) {
                    // The key file is beside the store, not beside a symbolic link to it.
                    Ok(real) if place.store.is_symlink() && !named.exists() => KeyFile(beside(&real)),
                    _ => KeyFile(named),
                }
            }
        }
    }

    /// Returns its path.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Locks the folder of the key file, so that two processes can't create it for two stores.
    ///
    /// # Errors
    /// The folder can't be read.
    pub fn lock_folder(&self) -> io::Result<LockedFile> {
        LockedFile::wait(File::open(private_file::folder_of(&self.0))?)
    }

    /// Checks that a new store can have this key file: the path is free, and belongs to no other store.
    ///
    /// # Errors
    /// [`Error::KeyExists`]; a usage error if the path is that of a store, of a file beside one, or of another store's key.
    pub fn check_free(&self, store: &Path) -> Result<(), Error> {
        let mut own =
            private_file::SIDE_FILES.iter().map(|suffix| with_suffix(store, suffix)).chain([store.to_owned()]);
        let is_own = own.any(|own| private_file::is_same_place(&own, &self.0));
        if is_own || matches!(file_kind::of(&self.0), Some(kind) if kind != file_kind::StoreFile::Key) {
            return Err(self.wrong_place());
        }
        if let Some(existing) =
            self.0.symlink_metadata().is_ok().then(|| self.0.clone()).or_else(|| self.staged().pop())
        {
            return Err(Error::KeyExists(existing));
        }
        // The usual place of the key of another store, which has it elsewhere or is a sandbox.
        let usual = with_suffix(store, file_kind::KEY_FILE);
        match file_kind::of(&self.0) {
            Some(_) if !private_file::is_same_place(&usual, &self.0) => Err(self.wrong_place()),
            _ => Ok(()),
        }
    }

    /// Checks that a store may replace this key file: it is not the usual place of another store's key.
    ///
    /// # Errors
    /// A usage error.
    pub fn check_own(&self, store: &Path) -> Result<(), Error> {
        let real = self.resolve_links();
        let other = file_kind::owner_of_key(&real);
        match other.is_some_and(|other| !private_file::is_same_file(&other, store) && file_kind::is_store(&other)) {
            true => Err(self.wrong_place()),
            false => Ok(()),
        }
    }

    fn wrong_place(&self) -> Error {
        Error::usage_about("key-place", &self.0)
    }

    /// Returns the key with the fingerprint `check`: from the key file, or from a staged file, which then replaces the key file.
    fn matching_key(&self, check: &Mac, fingerprint: fn(&Key) -> Mac) -> Result<Key, Error> {
        let current = read(&self.0);
        if let Ok(key) = &current
            && fingerprint(key) == *check
        {
            return current;
        }
        match read(&self.staged_path(check)) {
            Ok(key) if fingerprint(&key) == *check => {
                // If the rename fails, the key is valid all the same, and a later process renames the file.
                let _ = self.install(check);
                Ok(key)
            }
            _ => current.and(Err(Error::KeyWrong)),
        }
    }

    /// Stages a new key, durably. Until the result is dropped, other processes leave it alone.
    ///
    /// # Errors
    /// The folder can't be written.
    pub fn stage(&self, new: &Key) -> Result<StagedKey, Error> {
        let path = self.staged_path(&new.fingerprint());
        let file = private_file::create_locked(&path).map_err(private_file::write_error)?;
        let mut staged = StagedKey { path, file, is_needed: false };
        let written = staged
            .file
            .write_all(new.to_file_text().as_bytes())
            .and_then(|()| staged.file.sync_all())
            .and_then(|()| private_file::sync_folder_of(&staged.path));
        written.map(|()| staged).map_err(private_file::write_error)
    }

    /// Checks that the key file has the key in force, so that a change may replace it. Installs it first if its process was killed
    /// before it did. The store must be locked.
    ///
    /// # Errors
    /// The key file has another key, or the folder can't be written.
    pub fn check_in_force(&self, in_force: &Mac) -> Result<(), Error> {
        let fits = || read(&self.0).map(|key| key.fingerprint() == *in_force);
        if !fits().is_ok_and(|fits| fits) {
            self.install(in_force).map_err(private_file::write_error)?;
            if !fits()? {
                return Err(Error::KeyWrong);
            }
        }
        Ok(())
    }

    /// Finishes or undoes the changes of processes that were killed: a staged key that fits the store becomes the key file. Others
    /// are deleted if the key file fits. Nothing depends on it: a fault leaves the files for the next process.
    pub fn settle(&self, connection: &Connection) {
        for path in self.staged() {
            // The process that staged it has ended if its lock is free. Only then the row of the store is final.
            let Ok(file) = File::open(&path) else { continue };
            let Ok(_lock) = LockedFile::at_once(file) else { continue };
            let Ok(row) = KeyRow::read(connection, SELECT) else { continue };
            let fits = |path: &Path| row.seed.is_none() && read(path).is_ok_and(|key| key.fingerprint() == row.check);
            if fits(&path) {
                let _ = self.install(&row.check);
            } else if fits(&self.0) {
                let _ = fs::remove_file(&path);
            }
        }
    }

    /// Deletes the staged key of a store that was killed before it had its name. `path` is the store's temporary name. If the key file exists, it
    /// is another store's, and so can be the staged key.
    pub fn discard_staged(&self, path: &Path) {
        if self.0.symlink_metadata().is_ok() {
            return;
        }
        let row = connection::connect(path).and_then(|connection| KeyRow::read(&connection, SELECT));
        if let Ok(row) = row {
            let _ = fs::remove_file(self.staged_path(&row.check));
        }
    }

    /// Returns the staged files of this key file.
    fn staged(&self) -> Vec<PathBuf> {
        let real = self.resolve_links();
        let mut prefix = real.file_name().unwrap_or_default().to_owned();
        prefix.push(STAGED);
        let is_staged = |name: &std::ffi::OsStr| {
            let rest = name.as_encoded_bytes().strip_prefix(prefix.as_encoded_bytes());
            rest.is_some_and(|rest| rest.len() == 16 && rest.iter().all(u8::is_ascii_hexdigit))
        };
        let names = fs::read_dir(private_file::folder_of(&real)).into_iter().flatten().flatten();
        names.filter(|entry| is_staged(&entry.file_name())).map(|entry| entry.path()).collect()
    }

    /// Renames a staged file to the key file. Another process may have done it already.
    ///
    /// # Errors
    /// The folder can't be written.
    pub fn install(&self, check: &Mac) -> io::Result<()> {
        let real = self.resolve_links();
        match fs::rename(self.staged_path(check), &real) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        private_file::sync_folder_of(&real)
    }

    /// Returns the path of a staged file: the key file's path with `.new.` and the start of the fingerprint.
    fn staged_path(&self, check: &Mac) -> PathBuf {
        let mut path = self.resolve_links().into_os_string();
        path.push(STAGED);
        path.push(base16ct::lower::encode_string(&check[..8]));
        PathBuf::from(path)
    }

    /// Returns the file that a symbolic link leads to, so that the link stays.
    fn resolve_links(&self) -> PathBuf {
        fs::canonicalize(&self.0).unwrap_or_else(|_| self.0.clone())
    }
}

/// A staged key. Dropping it deletes the file, unless [`StagedKey::keep`] was called.
pub struct StagedKey {
    path: PathBuf,
    file: LockedFile,
    is_needed: bool,
}

impl StagedKey {
    /// Leaves the file for the key file, or for the next process that opens the store.
    pub fn keep(&mut self) {
        self.is_needed = true;
    }
}

impl Drop for StagedKey {
    fn drop(&mut self) {
        if !self.is_needed {
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn read(path: &Path) -> Result<Key, Error> {
    let no_key = || Error::KeyMissing(io::Error::new(io::ErrorKind::InvalidData, "64 hexadecimal digits are expected"));
    if !fs::metadata(path).map_err(Error::KeyMissing)?.is_file() {
        // Reading a pipe could wait forever, and a device has no end.
        return Err(no_key());
    }
    let file = File::open(path).map_err(Error::KeyMissing)?;
    let mut text = Zeroizing::new(vec![]);
    file.take(128).read_to_end(&mut text).map_err(Error::KeyMissing)?;
    Key::from_file_text(&text).ok_or_else(no_key)
}
