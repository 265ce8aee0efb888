//! A unit of work: one transaction, with the time, the policy, the random source and the actor that apply to all of it.

use std::cell::Cell;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::domain::policy::{BoundsProfile, Policy};
use crate::domain::time::Timestamp;
use crate::domain::work_count;
use crate::error::Error;
use crate::random::RandomSource;
use crate::store::audit::chain::{self, Chain, Head};
use crate::store::crypto::key::Key;
use crate::store::key_cache::KeyCache;
use crate::store::policy;
use crate::store::store_row::{ClockLag, StoreRow};

/// One unit of work on the store: state, audit entry and message change in one unit or not at all.
pub struct UnitOfWork<'a> {
    /// The transaction.
    pub tx: Transaction<'a>,
    /// The time of all its steps. It is read after the transaction has begun, so a long wait for the lock revives no code.
    pub now: Timestamp,
    /// The settings in force.
    pub policy: Policy,
    /// The source of random values.
    pub random: RandomSource,
    /// Whether the store is a sandbox: its clock can be moved, and nothing in it is secret.
    pub sandbox: bool,
    /// Who sends the request.
    pub actor: &'a str,
    /// By how much the system's clock is behind `now`, if it is.
    pub clock_lag: Option<ClockLag>,
    /// Whether a holder was erased: then the log is emptied after the commit.
    pub(super) erased: Cell<bool>,
    /// The last audit entry, once this unit has added one.
    pub(super) head: Cell<Option<Head>>,
    keys: &'a KeyCache,
}

impl<'a> UnitOfWork<'a> {
    /// Begins a transaction, then reads the time and the policy.
    ///
    /// # Errors
    /// Those of SQLite, and a store without its own row.
    pub(super) fn begin(
        connection: &'a Connection,
        keys: &'a KeyCache,
        actor: &'a str,
        behaviour: TransactionBehavior,
    ) -> Result<UnitOfWork<'a>, Error> {
        let tx = Transaction::new_unchecked(connection, behaviour)?;
        let row = StoreRow::read(&tx)?;
        Ok(UnitOfWork {
            now: row.now(),
            policy: policy::read(&tx)?,
            random: row.random(),
            sandbox: row.clock.is_some(),
            clock_lag: row.clock_lag(),
            actor,
            erased: Cell::new(false),
            head: Cell::new(None),
            keys,
            tx,
        })
    }

    /// Commits, with the end of the audit chain. Returns whether a holder was erased.
    ///
    /// # Errors
    /// Those of the key and of SQLite. [`Error::OutcomeUnknown`] if the commit itself failed so that it may be done nevertheless.
    pub(super) fn commit(self) -> Result<bool, Error> {
        if let Some(head) = self.head.get() {
            chain::save(&self.tx, self.chain()?, &head)?;
        }
        let erased = self.erased.get();
        self.tx.commit().map_err(Error::of_commit)?;
        Ok(erased)
    }
}

impl UnitOfWork<'_> {
    /// Returns the store's key.
    ///
    /// # Errors
    /// The key is missing or belongs to another store.
    pub fn key(&self) -> Result<&Key, Error> {
        self.keys.key(&self.tx)
    }

    /// Returns the keys of the audit chain.
    ///
    /// # Errors
    /// As of [`UnitOfWork::key`].
    pub(super) fn chain(&self) -> Result<&Chain, Error> {
        self.keys.chain(&self.tx)
    }

    /// Returns the keys of the audit chain and the entry that the next one follows.
    ///
    /// # Errors
    /// The end of the chain was altered, and those of the key and of SQLite.
    pub(super) fn chain_and_head(&self) -> Result<(&Chain, Head), Error> {
        let chain = self.chain()?;
        match self.head.get() {
            Some(head) => Ok((chain, head)),
            None => Ok((chain, chain::head(&self.tx, chain)?)),
        }
    }

    /// Returns the bounds that new policy settings must respect here.
    pub fn bounds(&self) -> BoundsProfile {
        if self.sandbox { BoundsProfile::Sandbox } else { self.policy.applicable_bounds() }
    }

    /// Runs `work` in a savepoint: if it fails, everything it did is undone and the unit goes on.
    ///
    /// # Errors
    /// Those of SQLite. The errors of `work` are in the inner result.
    pub fn savepoint<T>(
        &self,
        work: impl FnOnce(&UnitOfWork<'_>) -> Result<T, Error>,
    ) -> Result<Result<T, Error>, Error> {
        let execute = |sql: &str| self.tx.prepare_cached(sql)?.execute([]);
        execute("SAVEPOINT piece")?;
        let head = self.head.get();
        let done = work(self);
        if done.is_err() {
            execute("ROLLBACK TO piece")?;
            self.head.set(head);
        }
        execute("RELEASE piece")?;
        Ok(done)
    }

    /// Runs `work` and undoes everything it did. References to missing rows are allowed in it.
    ///
    /// # Errors
    /// Those of SQLite and of `work`.
    pub fn discard(&self, work: impl FnOnce(&UnitOfWork<'_>) -> Result<(), Error>) -> Result<(), Error> {
        let head = self.head.get();
        let done = self.provisionally(work, "ROLLBACK TO provisional")?;
        self.head.set(head);
        done
    }

    /// Runs `work` with the same statements as [`UnitOfWork::discard`], and keeps what it did. The pragma makes SQLite prepare every
    /// statement again, so the duration would otherwise reveal which of both ran.
    ///
    /// # Errors
    /// Those of SQLite and of `work`.
    pub fn keep(&self, work: impl FnOnce(&UnitOfWork<'_>) -> Result<(), Error>) -> Result<(), Error> {
        // A savepoint has changed nothing yet, so this has the cost of a statement and no effect.
        self.provisionally(work, "SAVEPOINT unchanged; ROLLBACK TO unchanged")?
    }

    fn provisionally(
        &self,
        work: impl FnOnce(&UnitOfWork<'_>) -> Result<(), Error>,
        end: &str,
    ) -> Result<Result<(), Error>, Error> {
        work_count::add(|done| done.provisional += 1);
        self.tx.execute_batch("SAVEPOINT provisional; PRAGMA defer_foreign_keys = ON")?;
        let done = work(self);
        self.tx.execute_batch(&format!("{end}; RELEASE provisional; PRAGMA defer_foreign_keys = OFF"))?;
        Ok(done)
    }

    /// Reads the time and the policy again, after a request that may have changed them.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn refresh(&mut self) -> Result<(), Error> {
        self.now = StoreRow::read(&self.tx)?.now().max(self.now);
        self.policy = policy::read(&self.tx)?;
        Ok(())
    }

    /// Sets a sandbox's clock. Does nothing in another store.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn set_clock(&self, to: Timestamp) -> Result<(), Error> {
        self.tx.execute("UPDATE store SET clock = ?1 WHERE clock IS NOT NULL", [to])?;
        Ok(())
    }
}
