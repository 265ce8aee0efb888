//! The store: one SQLite file. All SQL of the program is in this module.
//!
//! - [`connection`] opens the file, [`migrations`] knows its versions; [`crypto`] has its key and the key file.
//! - A [`UnitOfWork`] is one transaction with the time, the policy, the random source and the actor that apply to it. State,
//!   audit entry and message change in one unit or not at all.
//! - There is one file per table, with the types of its rows and the statements over them. The rules of the service are in
//!   `flow`.

use std::cell::OnceCell;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, TransactionBehavior};

use crate::clock::{self, Deadline};
use crate::domain::niss::Niss;
use crate::domain::time::{Span, Timestamp};
use crate::error::Error;
use crate::random::RandomSource;
use crate::request::Operation;
use crate::store::audit::chain::{self, Chain, Head};
use crate::store::crypto::key::Key;
use crate::store::crypto::keyfile::KeyFile;
pub use crate::store::crypto::keyfile::StoreLocation;
use crate::store::key_cache::KeyCache;
use crate::store::private_file::NewFile;
use crate::store::store_row::StoreRow;
pub use crate::store::store_row::{ClockLag, Sandbox};
pub use crate::store::unit_of_work::UnitOfWork;

pub mod account_list;
pub mod accounts;
pub mod audit;
pub mod batch_lines;
pub mod batches;
pub mod calls;
pub mod cmd_enrolments;
pub mod codes;
pub mod connection;
pub mod contacts;
pub mod crypto;
pub mod data_export;
pub mod erase_rows;
pub mod failure_counts;
pub mod file_kind;
pub mod host_check;
mod key_cache;
pub mod locked_file;
pub mod maintenance;
pub mod migrations;
mod newest;
pub mod outbox;
pub mod password_costs;
pub mod policy;
pub mod private_file;
pub mod registry;
pub mod registry_list;
pub mod restore;
pub mod sessions;
pub mod spill;
mod sql_types;
mod sqlite_error;
pub mod state_check;
pub mod state_hash;
mod store_row;
mod time_ranges;
mod unit_of_work;

/// Returns the end of a wait for other processes, by the system's clock: a sandbox's clock does not move by itself.
pub fn set_busy_timeout(span: Span) -> Deadline {
    Deadline::new(span)
}

/// An open store.
pub struct Store {
    connection: Connection,
    keys: KeyCache,
    is_upgraded_slowly: bool,
}

impl Store {
    /// Opens the store at a path, with its key file at `PATH.key` or at the given path. An older store is migrated.
    ///
    /// # Errors
    /// The store is missing, unreadable, foreign, damaged or newer (exit codes 3 and 4). For an older store also: its key is
    /// missing.
    pub fn open<'a>(location: impl Into<StoreLocation<'a>>) -> Result<Store, Error> {
        let location = location.into();
        let key_file = KeyFile::of(location);
        let (connection, is_upgraded_slowly) = open_file(location.store, &key_file)?;
        key_file.settle(&connection);
        let keys = KeyCache::new(location.store.to_owned(), key_file, OnceCell::new());
        Ok(Store { connection, keys, is_upgraded_slowly })
    }

    /// Opens the same store with a second connection, for another thread.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn reopen(&self) -> Result<Store, Error> {
        // Without the checks of `open`: they would release the locks of the first connection.
        Ok(Store { connection: connection::connect(self.path())?, keys: self.keys.clone(), is_upgraded_slowly: false })
    }

    /// Creates a store and its key file, and runs `fill` in it. A sandbox has no key file. The store gets its name after `fill`,
    /// when all of it is on the disk: if anything fails, there is no store.
    ///
    /// # Errors
    /// A store or a key file exists, the path of the key file belongs to another store, or the folder can't be written; those of `fill`.
    pub fn create<'a, T>(
        location: impl Into<StoreLocation<'a>>,
        sandbox: Option<Sandbox>,
        fill: impl FnOnce(&Store) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let location = location.into();
        connection::resolve_link(location.store)?;
        let key_file = KeyFile::of(location);
        let unless_exists = || match location.store.symlink_metadata() {
            Ok(_) => Err(Error::StoreExists),
            Err(_) => Ok(()),
        };
        unless_exists()?;
        let fault = |fault: io::Error| match fault.kind() {
            io::ErrorKind::AlreadyExists => Error::StoreExists,
            _ => private_file::write_error(fault),
        };
        let _lock = match sandbox {
            Some(_) => None,
            None => Some(key_file.lock_folder().map_err(fault)?),
        };
        unless_exists()?;
        let _ = maintenance::remove_leftovers(location);
        // Also for a sandbox: with a key file it would be taken for another store.
        key_file.check_free(location.store)?;
        let new = NewFile::begin(location.store).map_err(fault)?;
        let connection = connection::connect(new.temporary())?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.execute_batch(migrations::SQL)?;
        let (key, file) = match sandbox {
            Some(sandbox) => (Key::new(RandomSource::Seeded(sandbox.seed).key()?), None),
            None => (Key::new(RandomSource::System.key()?), Some(Key::new(RandomSource::System.key()?))),
        };
        insert_store_row(&connection, &key, file.as_ref(), sandbox)?;
        // After the row, which says whose key it is if this process is killed.
        let mut staged = file.as_ref().map(|file| key_file.stage(file)).transpose()?;
        let keys = KeyCache::new(location.store.to_owned(), key_file.clone(), OnceCell::from(key));
        let store = Store { connection, keys, is_upgraded_slowly: false };
        let filled = fill(&store)?;
        connection::close_complete(store.connection, new.temporary())?;
        new.finish().map_err(fault)?;
        if let (Some(staged), Some(file)) = (&mut staged, file) {
            staged.keep();
            // If this fails, the next process that opens the store does it.
            let _ = key_file.install(&file.fingerprint());
        }
        Ok(filled)
    }

    /// Creates a sandbox in an unnamed temporary file, which the system deletes with this value.
    ///
    /// # Errors
    /// The disk is full.
    pub fn temporary(sandbox: Sandbox) -> Result<Store, Error> {
        let key = Key::new(RandomSource::Seeded(sandbox.seed).key()?);
        let connection = connection::open_temporary()?;
        connection.execute_batch(migrations::SQL)?;
        insert_store_row(&connection, &key, None, Some(sandbox))?;
        let path = PathBuf::new();
        let key_file = KeyFile::of(StoreLocation::from(&path));
        Ok(Store { connection, keys: KeyCache::new(path, key_file, OnceCell::from(key)), is_upgraded_slowly: false })
    }

    /// Copies the store as it is now into an unnamed temporary file, which the system deletes with this value.
    ///
    /// # Errors
    /// The key is missing, or the disk is full.
    pub fn temporary_copy(&self) -> Result<Store, Error> {
        self.key()?;
        Ok(Store {
            connection: connection::temporary_copy(&self.connection)?,
            keys: self.keys.clone(),
            is_upgraded_slowly: false,
        })
    }

    /// Prepares the connection for thousands of writes in a row.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn tune_for_bulk_writes(&self) -> Result<(), Error> {
        connection::tune_for_bulk_writes(&self.connection)
    }

    /// Runs one unit of work: begins IMMEDIATE, reads the time, and commits what `work` did, or undoes it if `work` fails. A
    /// refusal is not a failure.
    ///
    /// # Errors
    /// The system's clock is too far behind; those of `work`, of the key and of SQLite.
    pub fn write<T>(
        &self,
        actor: &str,
        work: impl FnOnce(&mut UnitOfWork<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.key()?;
        let unit = UnitOfWork::begin(&self.connection, &self.keys, actor, TransactionBehavior::Immediate)?;
        match unit.clock_lag.filter(|lag| lag.is_too_long()) {
            Some(lag) => Err(lag.error()),
            None => self.complete(unit, work),
        }
    }

    /// Runs one unit of work at the time of the system's clock, even if it is before the newest time in the store.
    ///
    /// # Errors
    /// Those of `work`, of the key and of SQLite.
    pub fn write_at_system_time<T>(
        &self,
        actor: &str,
        work: impl FnOnce(&mut UnitOfWork<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.key()?;
        let mut unit = UnitOfWork::begin(&self.connection, &self.keys, actor, TransactionBehavior::Immediate)?;
        unit.now = unit.clock_lag.map_or(unit.now, |lag| lag.system);
        self.complete(unit, work)
    }

    fn complete<T>(
        &self,
        mut unit: UnitOfWork<'_>,
        work: impl FnOnce(&mut UnitOfWork<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let value = work(&mut unit)?;
        let erased = unit.commit()?;
        if erased {
            // The commit is done. A log that can't be emptied now is deleted when the last process closes the store.
            let _ = connection::truncate_wal(&self.connection);
        }
        Ok(value)
    }

    /// Records that stored data was disclosed, of a holder or of many. Outside a sandbox it adds an audit entry and returns its
    /// number.
    ///
    /// # Errors
    /// As of [`Store::write`].
    pub fn audit_disclosure(&self, actor: &str, op: Operation, niss: Option<Niss>) -> Result<Option<i64>, Error> {
        match self.seed()? {
            Some(_) => Ok(None),
            None => self.write(actor, |unit| audit::add(unit, op, niss, None, None)).map(Some),
        }
    }

    /// Gives the store another key file, and runs `note` in the same unit of work. Returns the path of the key file. See
    /// [`crypto::keyfile`] for what this protects against, and for crashes.
    ///
    /// # Errors
    /// The key is missing, or its folder can't be written.
    pub fn rekey<T>(
        &self,
        actor: &str,
        note: impl FnOnce(&UnitOfWork<'_>) -> Result<T, Error>,
    ) -> Result<(&Path, T), Error> {
        self.keys.file.check_own(self.path())?;
        let new = Key::new(RandomSource::System.key()?);
        // Its lock lasts until the end of this function, so that no other process takes the staged key for a leftover.
        let mut staged = None;
        let noted = self.write(actor, |unit| {
            let in_force = unit.tx.query_row("SELECT key_check FROM store WHERE id = 1", [], |row| row.get(0))?;
            self.keys.file.check_in_force(&in_force)?;
            self.keys.file.settle(&unit.tx);
            staged = Some(self.keys.file.stage(&new)?);
            let sql = "UPDATE store SET key_check = ?1, data_key = ?2 WHERE id = 1";
            unit.tx.execute(sql, (new.fingerprint(), self.key()?.wrap_key(&new)?))?;
            note(unit)
        });
        if let (Ok(_) | Err(Error::OutcomeUnknown(_)), Some(staged)) = (&noted, &mut staged) {
            staged.keep();
        }
        let noted = noted?;
        // If this fails, the next process that opens the store does it.
        let _ = self.keys.file.install(&new.fingerprint());
        Ok((self.keys.file.path(), noted))
    }

    /// Reads one state of the store. Nothing is written.
    ///
    /// # Errors
    /// Those of `work` and of SQLite.
    pub fn read<T>(&self, work: impl FnOnce(&UnitOfWork<'_>) -> Result<T, Error>) -> Result<T, Error> {
        work(&UnitOfWork::begin(&self.connection, &self.keys, "", TransactionBehavior::Deferred)?)
    }

    /// Returns whether opening it has migrated it from an older version, and took more than a second.
    pub fn is_upgraded_slowly(&self) -> bool {
        self.is_upgraded_slowly
    }

    /// Returns the connection, for lists and for maintenance of the file.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Returns the time of a unit of work that would begin now.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn now(&self) -> Result<Timestamp, Error> {
        Ok(StoreRow::read(&self.connection)?.now())
    }

    /// Returns the time of a unit of work that would begin now, and the time of the system's clock; `None` in a sandbox, which
    /// does not follow it.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn both_times(&self) -> Result<(Timestamp, Option<Timestamp>), Error> {
        let row = StoreRow::read(&self.connection)?;
        Ok((row.now(), row.system_now()))
    }

    /// Returns by how much the system's clock is behind the newest time in the store; `None` if it is not, and in a sandbox.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn clock_lag(&self) -> Result<Option<ClockLag>, Error> {
        Ok(StoreRow::read(&self.connection)?.clock_lag())
    }

    /// Returns a sandbox's seed; `None` for another store.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn seed(&self) -> Result<Option<u64>, Error> {
        Ok(StoreRow::read(&self.connection)?.seed.map(i64::cast_unsigned))
    }

    /// Returns a number that changes whenever another connection has committed.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn version(&self) -> Result<i64, Error> {
        Ok(self.connection.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?)
    }

    /// Returns the path of the store; empty for a temporary one.
    pub fn path(&self) -> &Path {
        self.keys.path()
    }

    /// Returns the paths of the store and its key file.
    pub fn location(&self) -> StoreLocation<'_> {
        StoreLocation { store: self.path(), key: Some(self.keys.file.path()) }
    }

    fn key(&self) -> Result<&Key, Error> {
        self.keys.key(&self.connection)
    }
}

/// Opens the file of a store, and migrates an older one. Returns whether it did so in more than a second.
fn open_file(path: &Path, key_file: &KeyFile) -> Result<(Connection, bool), Error> {
    connection::check_header(path)?;
    let connection = connection::connect(path)?;
    let second = Deadline::new(Span::seconds(1));
    let is_upgraded = migrations::migrate(&connection, key_file)?;
    Ok((connection, is_upgraded && second.is_over()))
}

/// Writes table `store` of a new store, and the start of its audit chain.
fn insert_store_row(
    connection: &Connection,
    key: &Key,
    file: Option<&Key>,
    sandbox: Option<Sandbox>,
) -> Result<(), Error> {
    connection.execute(
        "INSERT INTO store (id, created_at, key_check, data_key, seed, clock, layout) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6)",
        (
            sandbox.map_or_else(clock::system_now, |sandbox| sandbox.at),
            file.unwrap_or(key).fingerprint(),
            file.map(|file| key.wrap_key(file)).transpose()?,
            sandbox.map(|sandbox| sandbox.seed.cast_signed()),
            sandbox.map(|sandbox| sandbox.at),
            migrations::LAYOUT,
        ),
    )?;
    chain::save(connection, &Chain::new(key), &Head::START)
}
