//! A map from integer keys to secrets with bounded memory. Above 8,192 entries or 8 MiB, older ones spill, encrypted, to
//! an unnamed temporary SQLite file. The file disappears with the process, and only this process has its key.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::random::RandomSource;
use crate::store::connection;
use crate::store::crypto::key::Key;

/// The highest number of entries in memory.
const MAX_IN_MEMORY: usize = 8192;
/// The highest number of bytes in memory.
const MAX_BYTES: usize = 8 << 20;

/// A map from integer keys to secrets.
#[derive(Default)]
pub struct SpillMap {
    in_memory: HashMap<i64, Zeroizing<Vec<u8>>>,
    /// The bytes of the secrets in memory.
    bytes: usize,
    on_disk: Option<SpillFile>,
}

struct SpillFile {
    connection: Connection,
    key: Key,
}

impl SpillMap {
    /// Inserts a secret and replaces an earlier one with the same number.
    ///
    /// # Errors
    /// Fails if there is no space for the file.
    pub fn put(&mut self, number: i64, secret: Zeroizing<Vec<u8>>) -> Result<(), Error> {
        let is_full = self.in_memory.len() >= MAX_IN_MEMORY && !self.in_memory.contains_key(&number);
        if is_full || self.bytes >= MAX_BYTES {
            if self.on_disk.is_none() {
                self.on_disk = Some(SpillFile::new()?);
            }
            if let Some(far) = &self.on_disk {
                far.insert_all(self.in_memory.drain())?;
                self.bytes = 0;
            }
        }
        self.bytes += secret.len();
        if let Some(earlier) = self.in_memory.insert(number, secret) {
            self.bytes -= earlier.len();
        }
        Ok(())
    }

    /// Returns the secret of a number.
    ///
    /// # Errors
    /// Fails if the file can't be read.
    pub fn get(&self, number: i64) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
        match (self.in_memory.get(&number), &self.on_disk) {
            (Some(secret), _) => Ok(Some(secret.clone())),
            (None, Some(far)) => far.get(number),
            (None, None) => Ok(None),
        }
    }
}

/// Bytes that are written, and later copied once, in an unnamed temporary file.
pub struct SpillLog(Connection);

impl SpillLog {
    /// Returns an empty log.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn new() -> Result<SpillLog, Error> {
        let connection = connection::open_temporary()?;
        connection.execute_batch("PRAGMA journal_mode=OFF; CREATE TABLE written (bytes BLOB NOT NULL) STRICT")?;
        Ok(SpillLog(connection))
    }

    /// Adds bytes.
    ///
    /// # Errors
    /// There is no space for the file.
    pub fn add(&self, bytes: &[u8]) -> Result<(), Error> {
        self.0.prepare_cached("INSERT INTO written (bytes) VALUES (?1)")?.execute([bytes])?;
        Ok(())
    }

    /// Passes the bytes to `each`, in their order.
    ///
    /// # Errors
    /// Those of `each`, and of SQLite.
    pub fn copy(&self, mut each: impl FnMut(&[u8]) -> Result<(), Error>) -> Result<(), Error> {
        let mut statement = self.0.prepare("SELECT bytes FROM written ORDER BY rowid")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            each(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?)?;
        }
        Ok(())
    }
}

/// Texts that are written, and later read in their order, encrypted in an unnamed temporary file. Only this process has the
/// key.
pub struct SealedLog {
    log: SpillLog,
    key: Key,
}

impl SealedLog {
    /// Returns an empty log.
    ///
    /// # Errors
    /// Those of SQLite, and a system without random numbers.
    pub fn new() -> Result<SealedLog, Error> {
        Ok(SealedLog { log: SpillLog::new()?, key: Key::new(RandomSource::System.key()?) })
    }

    /// Adds a text.
    ///
    /// # Errors
    /// There is no space for the file.
    pub fn add(&self, text: &[u8]) -> Result<(), Error> {
        self.log.add(&self.key.seal(WHAT, &[], text)?)
    }

    /// Passes the texts to `each`, in their order.
    ///
    /// # Errors
    /// Those of `each`, and of SQLite.
    pub fn copy(&self, mut each: impl FnMut(&[u8]) -> Result<(), Error>) -> Result<(), Error> {
        self.log.copy(|sealed| {
            let text = self.key.unseal(WHAT, &[], sealed);
            each(&text.ok_or_else(|| Error::Bug("spilled text failed authentication".to_owned()))?)
        })
    }
}

impl SpillFile {
    fn new() -> Result<SpillFile, Error> {
        let connection = connection::open_temporary()?;
        connection.execute_batch(
            "PRAGMA journal_mode=OFF; PRAGMA cache_size=-1024;
CREATE TABLE spilled (number INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT",
        )?;
        Ok(SpillFile { connection, key: Key::new(RandomSource::System.key()?) })
    }

    fn insert_all(&self, secrets: impl Iterator<Item = (i64, Zeroizing<Vec<u8>>)>) -> Result<(), Error> {
        let mut secrets: Vec<_> = secrets.collect();
        // Sorted by key: in random order each insert would touch another page.
        secrets.sort_unstable_by_key(|(number, _)| *number);
        let tx = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let sql = "INSERT OR REPLACE INTO spilled (number, sealed) VALUES (?1, ?2)";
        for (number, secret) in secrets {
            tx.prepare_cached(sql)?.execute((number, self.key.seal(WHAT, &number.to_be_bytes(), &secret)?))?;
        }
        Ok(tx.commit()?)
    }

    fn get(&self, number: i64) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
        let sql = "SELECT sealed FROM spilled WHERE number = ?1";
        let sealed: Option<Vec<u8>> =
            self.connection.prepare_cached(sql)?.query_row([number], |row| row.get(0)).optional()?;
        let altered = || Error::Bug("spilled secret failed authentication".to_owned());
        sealed.map(|sealed| self.key.unseal(WHAT, &number.to_be_bytes(), &sealed).ok_or_else(altered)).transpose()
    }
}

const WHAT: &str = "spilled";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newest_secret_is_found_and_memory_is_bounded() {
        let secret = |text: String| Zeroizing::new(text.into_bytes());
        let mut spill = SpillMap::default();
        for round in ["one", "two"] {
            for number in (0..9_000).rev() {
                spill.put(number * 7, secret(format!("{round} {number}"))).expect("space");
                assert!(spill.in_memory.len() <= MAX_IN_MEMORY);
            }
        }
        spill.put(7, secret("three".to_owned())).expect("space");
        let stored = |number| spill.get(number).expect("a secret").map(|it| String::from_utf8_lossy(&it).into_owned());
        assert_eq!(stored(7).as_deref(), Some("three"));
        assert_eq!(stored(28_000).as_deref(), Some("two 4000"));
        assert_eq!(stored(8_999 * 7).as_deref(), Some("two 8999"));
        assert_eq!(stored(1), None);
    }
}
