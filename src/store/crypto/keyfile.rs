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
//! **Crashes.** The new key is written to a file of its own, named after its fingerprint, before the row changes. It is renamed
//! to the key file after that. After a crash at any point, the row says which of the two files fits, and the next process that
//! opens the store finishes the rename. Each key is random, so a file is renamed at most once, and a late process can't put an
//! older key over a newer one.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use zeroize::Zeroizing;

use crate::error::Error;
use crate::random::RandomSource;
use crate::store::crypto::key::{Key, Mac};
use crate::store::{connection, private_file};

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
        let stored = connection
            .query_row(sql, [], |row| Ok(KeyRow { seed: row.get(0)?, check: row.get(1)?, sealed: row.get(2)? }));
        stored.map_err(|error| match error {
            rusqlite::Error::QueryReturnedNoRows => Error::StoreDamaged("the row of table store is missing".to_owned()),
            error => error.into(),
        })
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

/// Returns the key of an open store. `path` is the store's path, to read the row again if the key does not fit.
///
/// # Errors
/// The key file is missing, has no key, or has another store's key.
pub fn key_from_store(connection: &Connection, path: &Path, file: &KeyFile) -> Result<Key, Error> {
    const SQL: &str = "SELECT seed, key_check, data_key FROM store WHERE id = 1";
    match KeyRow::read(connection, SQL)?.open(file, Key::fingerprint) {
        // Another process may have changed the key after this transaction began.
        Err(Error::KeyWrong) if path.is_file() => {
            KeyRow::read(&connection::connect(path)?, SQL)?.open(file, Key::fingerprint)
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

    /// Creates the key file and returns its key. If the file exists, from an interrupted `init`, its key is used instead.
    ///
    /// # Errors
    /// The folder can't be written, or the existing file has no key.
    pub fn create(&self, key: Key) -> Result<Key, Error> {
        match write(&self.0, &key) {
            Ok(()) => Ok(key),
            Err(Error::File { fault, .. }) if fault.kind() == io::ErrorKind::AlreadyExists => read(&self.0),
            Err(Error::File { fault, .. }) => Err(Error::StoreUnwritable(fault)),
            Err(error) => Err(error),
        }
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

    /// Writes a new key to a staged file beside the key file, durably. The store must be locked. Other staged files are from
    /// changes that were never committed, and are deleted.
    ///
    /// # Errors
    /// The key file does not have the key in force, or the folder can't be written.
    pub fn stage(&self, in_force: &Mac, new: &Key) -> Result<(), Error> {
        let fits = || read(&self.0).map(|key| key.fingerprint() == *in_force);
        if !fits().is_ok_and(|fits| fits) {
            self.install(in_force).map_err(private_file::write_error)?;
            if !fits()? {
                return Err(Error::KeyWrong);
            }
        }
        let real = self.resolve_links();
        let mut prefix = real.file_name().unwrap_or_default().to_owned();
        prefix.push(".new.");
        for entry in fs::read_dir(private_file::folder_of(&real)).into_iter().flatten().flatten() {
            if entry.file_name().as_encoded_bytes().starts_with(prefix.as_encoded_bytes()) {
                let _ = fs::remove_file(entry.path());
            }
        }
        write(&self.staged_path(&new.fingerprint()), new).map_err(|error| match error {
            Error::File { fault, .. } => Error::StoreUnwritable(fault),
            error => error,
        })
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
        path.push(".new.");
        path.push(base16ct::lower::encode_string(&check[..8]));
        PathBuf::from(path)
    }

    /// Returns the file that a symbolic link leads to, so that the link stays.
    fn resolve_links(&self) -> PathBuf {
        fs::canonicalize(&self.0).unwrap_or_else(|_| self.0.clone())
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

fn write(path: &Path, key: &Key) -> Result<(), Error> {
    private_file::create_atomically(path, |temporary| {
        fs::write(temporary, key.to_file_text().as_bytes()).map_err(|fault| Error::file(temporary, fault))
    })
}
