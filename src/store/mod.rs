//! The store: one SQLite file. All SQL of the program is in this module.
//!
//! - [`connection`] opens the file, [`migrations`] knows its versions; [`crypto`] has its key and the key file.
//! - A [`UnitOfWork`] is one transaction with the time, the policy, the random source and the actor that apply to it. State,
//!   audit entry and message change in one unit or not at all.
//! - There is one file per table, with the types of its rows and the statements over them. The rules of the service are in
//!   `flow`.

use std::cell::{Cell, OnceCell};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::clock::{self, Deadline};
use crate::domain::policy::{BoundsProfile, Policy};
use crate::domain::time::{Span, Timestamp};
use crate::error::Error;
use crate::random::RandomSource;
use crate::store::crypto::key::Key;
use crate::store::crypto::keyfile::KeyFile;
pub use crate::store::crypto::keyfile::StoreLocation;
use audit::chain::{Chain, Head};
pub use audit::notes::AuditNotes;
pub use store_row::Sandbox;
use store_row::StoreRow;

pub mod accounts;
pub mod audit;
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
pub mod maintenance;
pub mod migrations;
pub mod outbox;
pub mod policy;
pub mod registry;
pub mod sessions;
pub mod spill;
mod sql_types;
pub mod state_hash;
mod store_row;

/// How long to wait for other processes, by the system's clock: a sandbox's stands.
pub fn set_busy_timeout(span: Span) -> Deadline {
    Deadline::new(span)
}

/// An open store.
pub struct Store {
    connection: Connection,
    path: PathBuf,
    key_file: KeyFile,
    key: OnceCell<Key>,
    chain: OnceCell<Chain>,
}

/// One unit of work on the store.
pub struct UnitOfWork<'a> {
    /// The transaction.
    pub tx: Transaction<'a>,
    /// The time that holds for all of it, read when the transaction had begun: a long wait for the lock revives no code.
    pub now: Timestamp,
    /// The numbers in force.
    pub policy: Policy,
    /// Where chance comes from.
    pub random: RandomSource,
    /// Whether the clock can be moved.
    pub sandbox: bool,
    /// Who asks.
    pub actor: &'a str,
    /// What the audit is to know of it.
    pub notes: AuditNotes,
    /// Whether somebody was erased: then the log is emptied behind it.
    erased: Cell<bool>,
    /// The last entry of the audit, once this unit has added one.
    head: Cell<Option<Head>>,
    store: &'a Store,
}

impl Store {
    /// Opens the store at a path, with its key beside it or where the place says; an older one is brought up to this version.
    ///
    /// # Errors
    /// Exit 3 and 4 of the contract: missing, unreadable, foreign, damaged, newer; of an older one also that its key is missing.
    pub fn open<'a>(place: impl Into<StoreLocation<'a>>) -> Result<Store, Error> {
        let place = place.into();
        Store::open_at(place.store, KeyFile::of(place), OnceCell::new())
    }

    fn open_at(path: &Path, key_file: KeyFile, key: OnceCell<Key>) -> Result<Store, Error> {
        Ok(Store::on_connection(connection::open(path, &key_file)?, key_file, path.to_owned(), key))
    }

    fn on_connection(connection: Connection, key_file: KeyFile, path: PathBuf, key: OnceCell<Key>) -> Store {
        Store { connection, path, key_file, key, chain: OnceCell::new() }
    }

    /// The same store once more, by a connection of its own: for another thread.
    ///
    /// # Errors
    /// The same.
    pub fn reopen(&self) -> Result<Store, Error> {
        Store::open_at(&self.path, self.key_file.clone(), self.key.clone())
    }

    /// Makes a new store, with the file of its key.
    ///
    /// # Errors
    /// There is one already, or the folder can't be written.
    pub fn create<'a>(place: impl Into<StoreLocation<'a>>, sandbox: Option<Sandbox>) -> Result<(), Error> {
        let place = place.into();
        if place.store.symlink_metadata().is_ok() {
            return Err(Error::StoreExists);
        }
        let (key, file) = match sandbox {
            // Whose key it is nobody knows any more, and a sandbox has none.
            Some(_) if KeyFile::of(place).path().exists() => return Err(Error::KeyWrong),
            Some(sandbox) => (Key::new(RandomSource::Seeded(sandbox.seed).key()?), None),
            None => {
                let file = KeyFile::of(place).create(Key::new(RandomSource::System.key()?))?;
                (Key::new(RandomSource::System.key()?), Some(file))
            }
        };
        connection::create(place.store, |connection| insert_store_row(connection, &key, file.as_ref(), sandbox))
    }

    /// A new sandbox in a file without a name, gone with this value, whatever happens.
    ///
    /// # Errors
    /// There is no room for it.
    pub fn temporary(sandbox: Sandbox) -> Result<Store, Error> {
        let key = Key::new(RandomSource::Seeded(sandbox.seed).key()?);
        let connection = connection::open_temporary()?;
        connection.execute_batch(migrations::SQL)?;
        insert_store_row(&connection, &key, None, Some(sandbox))?;
        let path = PathBuf::new();
        Ok(Store::on_connection(connection, KeyFile::of(StoreLocation::from(&path)), path, OnceCell::from(key)))
    }

    /// Prepares for thousands of writes in a row.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn tune_for_bulk_writes(&self) -> Result<(), Error> {
        connection::tune_for_bulk_writes(&self.connection)
    }

    /// A copy of the store as it is now, to try things on: a file without a name, gone with this value, whatever happens.
    ///
    /// # Errors
    /// There is no room for it.
    pub fn temporary_copy(&self) -> Result<Store, Error> {
        let key = OnceCell::from(self.key()?.clone());
        let (path, key_file) = (self.path.clone(), self.key_file.clone());
        Ok(Store::on_connection(maintenance::temporary_copy(&self.connection)?, key_file, path, key))
    }

    /// Does one unit of work: begins IMMEDIATE, reads the time, commits what `work` did if it comes to its end, and takes it
    /// back if it fails. A refusal is no failure.
    ///
    /// # Errors
    /// Those of `work`, of the key and of SQLite.
    pub fn write<T>(
        &self,
        actor: &str,
        work: impl FnOnce(&mut UnitOfWork<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.key()?;
        let mut unit = self.begin(actor, TransactionBehavior::Immediate)?;
        outbox::wipe_expired(&unit, outbox::WIPE_BATCH)?;
        let value = work(&mut unit)?;
        if let Some(head) = unit.head.get() {
            audit::chain::save(&unit.tx, self.chain()?, &head)?;
        }
        let erased = unit.erased.get();
        unit.tx.commit()?;
        if erased {
            connection::truncate_wal(&self.connection)?;
        }
        Ok(value)
    }

    /// Gives the store another key file; `note` is done in the same unit of work. See [`crypto::keyfile`] for what that is worth, and for
    /// what a crash leaves.
    ///
    /// # Errors
    /// The key is not there, or its folder can't be written.
    pub fn rekey<T>(
        &self,
        actor: &str,
        note: impl FnOnce(&UnitOfWork<'_>) -> Result<T, Error>,
    ) -> Result<(&Path, T), Error> {
        let new = Key::new(RandomSource::System.key()?);
        let noted = self.write(actor, |unit| {
            let in_force = unit.tx.query_row("SELECT key_check FROM store WHERE id = 1", [], |row| row.get(0))?;
            self.key_file.stage(&in_force, &new)?;
            let sql = "UPDATE store SET key_check = ?1, data_key = ?2 WHERE id = 1";
            unit.tx.execute(sql, (new.fingerprint(), self.key()?.wrap_key(&new)?))?;
            note(unit)
        })?;
        // What could not be finished is done by the next who opens the store.
        let _ = self.key_file.install(&new.fingerprint());
        Ok((self.key_file.path(), noted))
    }

    /// Looks at one state of the store; nothing is written.
    ///
    /// # Errors
    /// Those of `work` and of SQLite.
    pub fn read<T>(&self, work: impl FnOnce(&UnitOfWork<'_>) -> Result<T, Error>) -> Result<T, Error> {
        work(&self.begin("", TransactionBehavior::Deferred)?)
    }

    fn begin<'a>(&'a self, actor: &'a str, behaviour: TransactionBehavior) -> Result<UnitOfWork<'a>, Error> {
        let tx = Transaction::new_unchecked(&self.connection, behaviour)?;
        let own = StoreRow::read(&tx)?;
        Ok(UnitOfWork {
            now: own.now(),
            policy: policy::read(&tx)?,
            random: own.random(),
            sandbox: own.clock.is_some(),
            actor,
            notes: AuditNotes::default(),
            erased: Cell::new(false),
            head: Cell::new(None),
            store: self,
            tx,
        })
    }

    /// The connection, for lists and for the care of the file.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The time that would hold for a unit of work that began now.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn now(&self) -> Result<Timestamp, Error> {
        Ok(StoreRow::read(&self.connection)?.now())
    }

    /// A sandbox's seed; none of any other store.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn seed(&self) -> Result<Option<u64>, Error> {
        Ok(StoreRow::read(&self.connection)?.seed.map(i64::cast_unsigned))
    }

    /// A number that is another after whatever another connection has committed.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn version(&self) -> Result<i64, Error> {
        Ok(self.connection.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?)
    }

    /// Where the store is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The key, read once. The store is looked at before the key.
    fn key(&self) -> Result<&Key, Error> {
        if let Some(key) = self.key.get() {
            return Ok(key);
        }
        let key = crypto::keyfile::key_from_store(&self.connection, &self.path, &self.key_file)?;
        Ok(self.key.get_or_init(|| key))
    }

    /// What the audit is chained with.
    fn chain(&self) -> Result<&Chain, Error> {
        let key = self.key()?;
        Ok(self.chain.get_or_init(|| Chain::new(key)))
    }
}

/// Writes the own row of a new store.
fn insert_store_row(
    connection: &Connection,
    key: &Key,
    file: Option<&Key>,
    sandbox: Option<Sandbox>,
) -> Result<(), Error> {
    connection.execute(
        "INSERT INTO store (id, created_at, key_check, data_key, seed, clock) VALUES (1, ?1, ?2, ?3, ?4, ?5)",
        (
            sandbox.map_or_else(clock::system_now, |sandbox| sandbox.at),
            file.unwrap_or(key).fingerprint(),
            file.map(|file| key.wrap_key(file)).transpose()?,
            sandbox.map(|sandbox| sandbox.seed.cast_signed()),
            sandbox.map(|sandbox| sandbox.at),
        ),
    )?;
    audit::chain::save(connection, &Chain::new(key), &Head::START)
}

impl UnitOfWork<'_> {
    /// The store's key.
    ///
    /// # Errors
    /// It is not there, or is another store's.
    pub fn key(&self) -> Result<&Key, Error> {
        self.store.key()
    }

    fn chain(&self) -> Result<&Chain, Error> {
        self.store.chain()
    }

    /// Which bounds the policy must keep to here.
    pub fn bounds(&self) -> BoundsProfile {
        if self.sandbox { BoundsProfile::Sandbox } else { self.policy.applicable_bounds() }
    }

    /// Does one piece of the work in a savepoint: if it fails, the unit is as it was before.
    ///
    /// # Errors
    /// Those of SQLite; those of `work` are handed on inside.
    pub fn savepoint<T>(
        &self,
        work: impl FnOnce(&UnitOfWork<'_>) -> Result<T, Error>,
    ) -> Result<Result<T, Error>, Error> {
        let act = |sql: &str| self.tx.prepare_cached(sql)?.execute([]);
        act("SAVEPOINT piece")?;
        let head = self.head.get();
        let done = work(self);
        if done.is_err() {
            act("ROLLBACK TO piece")?;
            self.head.set(head);
            self.notes.clear();
        }
        act("RELEASE piece")?;
        Ok(done)
    }

    /// Reads the time and the policy anew, after a request that may have changed them.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn refresh(&mut self) -> Result<(), Error> {
        self.now = StoreRow::read(&self.tx)?.now().max(self.now);
        self.policy = policy::read(&self.tx)?;
        Ok(())
    }

    /// Moves a sandbox's clock; nothing happens to any other.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn set_clock(&self, to: Timestamp) -> Result<(), Error> {
        self.tx.execute("UPDATE store SET clock = ?1 WHERE clock IS NOT NULL", [to])?;
        Ok(())
    }
}
