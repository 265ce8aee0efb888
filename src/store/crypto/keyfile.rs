//! The file of the key: 64 hexadecimal digits, beside the store under its name and `.key`, or wherever somebody says.
//!
//! **Two keys.** What the file holds seals one thing, the store's own key, which the row of the store keeps in that form; all
//! else is under the store's own key. So a store gets another key file by one row (`store rekey`), and codes, sessions, phone
//! codes, and what was kept under the old one, go on as they are: of most of them only keyed hashes are there, which nobody could
//! make anew. What it is good for: a key file that was seen, lost, or left with somebody opens nothing any more. What it is not:
//! whoever has the old file *and* a copy of the store from before has the store's own key, and that stays; against them only a
//! new store helps. The same holds for the old file of a store from before version 3, whose own key it was.
//!
//! **Crashes.** The new key is on the disk, in a file of its own whose name tells which key it is, before the row changes, and
//! takes the old one's name after that. Whatever comes between, the row says which of the two files fits: who opens the store
//! finishes what was begun. A file is renamed at most once, as no key is drawn twice, so nobody who is late can put an older key
//! over a newer one.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use zeroize::Zeroizing;

use crate::error::Error;
use crate::random::RandomSource;
use crate::store::connection;
use crate::store::crypto::key::{Key, Mac};

/// Where a store is, and its key.
#[derive(Debug, Clone, Copy)]
pub struct StoreLocation<'a> {
    /// The store.
    pub store: &'a Path,
    /// The file of its key; where none is given, the store's path with `.key` behind it.
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

/// The file of a key.
#[derive(Debug, Clone)]
pub struct KeyFile(PathBuf);

/// Something about the key that the store itself keeps.
struct KeyRow {
    seed: Option<i64>,
    check: Mac,
    /// None of a sandbox, and in the versions whose stores had the file's key for their own.
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

    /// `form` is how the version tells one key from another.
    fn open(&self, file: &KeyFile, form: fn(&Key) -> Mac) -> Result<Key, Error> {
        let key = match self.seed {
            // Anybody can make a sandbox, and put it in the place of a store; but that has a key.
            Some(_) if file.path().exists() => return Err(Error::KeyWrong),
            Some(seed) => Key::new(RandomSource::Seeded(seed.cast_unsigned()).key()?),
            None => file.matching_key(&self.check, form)?,
        };
        match &self.sealed {
            Some(sealed) => key
                .unwrap_key(sealed)
                .ok_or_else(|| Error::StoreDamaged("cannot unwrap the store's own key".to_owned())),
            None if form(&key) == self.check => Ok(key),
            None => Err(Error::KeyWrong),
        }
    }
}

/// The key of an open store; `path` is where it is, for a second look.
///
/// # Errors
/// The file is not there, holds no key, or another store's.
pub fn key_from_store(connection: &Connection, path: &Path, file: &KeyFile) -> Result<Key, Error> {
    const SQL: &str = "SELECT seed, key_check, data_key FROM store WHERE id = 1";
    match KeyRow::read(connection, SQL)?.open(file, Key::fingerprint) {
        // The key may have been changed since the transaction began whose state we see.
        Err(Error::KeyWrong) if path.is_file() => {
            KeyRow::read(&connection::connect(path)?, SQL)?.open(file, Key::fingerprint)
        }
        opened => opened,
    }
}

/// The key of a store of version 1 or 2.
///
/// # Errors
/// The same.
pub fn key_before_3(connection: &Connection, file: &KeyFile) -> Result<Key, Error> {
    KeyRow::read(connection, "SELECT seed, key_check, NULL FROM store WHERE id = 1")?
        .open(file, Key::fingerprint_before_v3)
}

impl KeyFile {
    /// Of a store.
    pub fn of(place: StoreLocation<'_>) -> KeyFile {
        match place.key {
            Some(key) => KeyFile(key.to_owned()),
            None => {
                let mut path = place.store.as_os_str().to_owned();
                path.push(".key");
                KeyFile(PathBuf::from(path))
            }
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes the file of a new key; one that is there already, from an `init` that did not come to its end, is kept.
    ///
    /// # Errors
    /// The folder can't be written, or the file that is there holds no key.
    pub fn create(&self, key: Key) -> Result<Key, Error> {
        match write(&self.0, &key) {
            Ok(()) => Ok(key),
            Err(Error::File { fault, .. }) if fault.kind() == io::ErrorKind::AlreadyExists => read(&self.0),
            Err(Error::File { fault, .. }) => Err(Error::StoreUnwritable(fault)),
            Err(error) => Err(error),
        }
    }

    /// The key that `check` is of: from the file, or from the one that was to take its place and has not yet; then it does now.
    fn matching_key(&self, check: &Mac, form: fn(&Key) -> Mac) -> Result<Key, Error> {
        let there = read(&self.0);
        if let Ok(key) = &there
            && form(key) == *check
        {
            return there;
        }
        match read(&self.staged_path(check)) {
            Ok(key) if form(&key) == *check => {
                // Where that can't be written the key is as good as it is, and the next who can will finish it.
                let _ = self.install(check);
                Ok(key)
            }
            _ => there.and(Err(Error::KeyWrong)),
        }
    }

    /// Puts a new key beside the file, whole and on the disk, to take its place once the store says so. The store must be locked,
    /// and the file must be the key in force: whatever else was put beside it is of changes that were never made.
    ///
    /// # Errors
    /// The file is not the key in force, or the folder can't be written.
    pub fn stage(&self, in_force: &Mac, new: &Key) -> Result<(), Error> {
        let fits = || read(&self.0).map(|key| key.fingerprint() == *in_force);
        if !fits().is_ok_and(|fits| fits) {
            self.install(in_force).map_err(connection::write_error)?;
            if !fits()? {
                return Err(Error::KeyWrong);
            }
        }
        let real = self.resolve_links();
        let mut beside = real.file_name().unwrap_or_default().to_owned();
        beside.push(".new.");
        for entry in fs::read_dir(connection::folder_of(&real)).into_iter().flatten().flatten() {
            if entry.file_name().as_encoded_bytes().starts_with(beside.as_encoded_bytes()) {
                let _ = fs::remove_file(entry.path());
            }
        }
        write(&self.staged_path(&new.fingerprint()), new).map_err(|error| match error {
            Error::File { fault, .. } => Error::StoreUnwritable(fault),
            error => error,
        })
    }

    /// Gives the new key the file's name. Somebody may have been faster.
    ///
    /// # Errors
    /// The folder can't be written.
    pub fn install(&self, check: &Mac) -> io::Result<()> {
        let real = self.resolve_links();
        match fs::rename(self.staged_path(check), &real) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        File::open(connection::folder_of(&real)).and_then(|folder| folder.sync_all())
    }

    /// Where a new key waits: beside the file, its name telling which key it is.
    fn staged_path(&self, check: &Mac) -> PathBuf {
        let mut path = self.resolve_links().into_os_string();
        path.push(".new.");
        path.push(check[..8].iter().map(|byte| format!("{byte:02x}")).collect::<String>());
        PathBuf::from(path)
    }

    /// The file itself, not a link to it: that one is to go on leading to it.
    fn resolve_links(&self) -> PathBuf {
        fs::canonicalize(&self.0).unwrap_or_else(|_| self.0.clone())
    }
}

fn read(path: &Path) -> Result<Key, Error> {
    let no_key = || Error::KeyMissing(io::Error::new(io::ErrorKind::InvalidData, "64 hexadecimal digits are expected"));
    if !fs::metadata(path).map_err(Error::KeyMissing)?.is_file() {
        // A pipe that nobody writes to would be waited for, and a device never ends.
        return Err(no_key());
    }
    let file = File::open(path).map_err(Error::KeyMissing)?;
    let mut text = Zeroizing::new(vec![]);
    file.take(128).read_to_end(&mut text).map_err(Error::KeyMissing)?;
    Key::from_file_text(&text).ok_or_else(no_key)
}

fn write(path: &Path, key: &Key) -> Result<(), Error> {
    connection::private_file(path, |temporary| {
        fs::write(temporary, key.to_file_text().as_bytes()).map_err(|fault| Error::file(temporary, fault))
    })
}
