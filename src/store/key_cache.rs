//! The keys of an open store, read at their first use: most look-ups need none.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::error::Error;
use crate::store::audit::chain::Chain;
use crate::store::crypto::key::Key;
use crate::store::crypto::keyfile::{self, KeyFile};

/// Where a store's key is, and the keys once they are read.
#[derive(Clone)]
pub(super) struct KeyCache {
    path: PathBuf,
    pub(super) file: KeyFile,
    key: OnceCell<Key>,
    chain: OnceCell<Chain>,
}

impl KeyCache {
    /// `path` is the store's own path: empty for one without a file.
    pub(super) fn new(path: PathBuf, file: KeyFile, key: OnceCell<Key>) -> KeyCache {
        KeyCache { path, file, key, chain: OnceCell::new() }
    }

    /// The path of the store.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The store's key. The store is read before the key file.
    ///
    /// # Errors
    /// The key is missing or belongs to another store.
    pub(super) fn key(&self, connection: &Connection) -> Result<&Key, Error> {
        if let Some(key) = self.key.get() {
            return Ok(key);
        }
        let key = keyfile::key_from_store(connection, &self.path, &self.file)?;
        Ok(self.key.get_or_init(|| key))
    }

    /// The keys of the audit chain.
    ///
    /// # Errors
    /// As of [`KeyCache::key`].
    pub(super) fn chain(&self, connection: &Connection) -> Result<&Chain, Error> {
        let key = self.key(connection)?;
        Ok(self.chain.get_or_init(|| Chain::new(key)))
    }
}
