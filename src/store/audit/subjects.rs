//! Table `subject`: the audit numbers of holders, also for unknown NISS. Nothing in a number follows from its holder.
//! After the row is deleted, the entries can't be linked to the holder.
//!
//! A number begins with the number of the first entry about the holder, which that entry shows anyway. Random bits
//! follow. A fully random number would insert rows into two indexes in random order. This costs a batch a third of its
//! rate, and more as the store grows. The entry's number also prevents the reuse of an erased holder's number under the
//! same NISS.

use rand::Rng;
use rusqlite::{Connection, OptionalExtension};

use crate::domain::niss::Niss;
use crate::error::Error;
use crate::random::RandomSource;
use crate::store::audit::chain::Chain;
use crate::store::unit_of_work::UnitOfWork;

/// The number of random bits; 39 bits are left for the entry's number.
pub const RANDOM_BITS: u32 = 24;

/// Returns the audit number of a holder. Creates it if there is none; `first` is then the number of the first entry
/// about the holder.
///
/// # Errors
/// Fails if the system has no randomness.
pub fn of(unit: &UnitOfWork<'_>, niss: Niss, first: i64) -> Result<i64, Error> {
    match find(&unit.tx, niss)? {
        Some(id) => Ok(id),
        None => add(&unit.tx, unit.chain()?, unit.random, niss, first),
    }
}

/// Returns the audit number of a holder, if there is one.
pub fn find(connection: &Connection, niss: Niss) -> Result<Option<i64>, Error> {
    let sql = "SELECT id FROM subject WHERE niss = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([niss], |row| row.get(0)).optional()?)
}

/// Returns the holder of an audit number, if it has one.
pub fn holder(connection: &Connection, id: i64) -> Result<Option<Niss>, Error> {
    let sql = "SELECT niss FROM subject WHERE id = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?)
}

/// Returns the holder of an audit entry, if it has one.
pub fn of_entry(connection: &Connection, entry: i64) -> Result<Option<Niss>, Error> {
    let sql = "SELECT niss FROM audit JOIN subject ON subject.id = audit.subject WHERE audit.id = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([entry], |row| row.get(0)).optional()?)
}

/// Creates the audit number of a holder.
///
/// # Errors
/// Fails if the system has no randomness.
pub fn add(connection: &Connection, chain: &Chain, random: RandomSource, niss: Niss, first: i64) -> Result<i64, Error> {
    let drawn = random.rng_for("subject", niss, first)?.next_u32() >> (u32::BITS - RANDOM_BITS);
    let id = first << RANDOM_BITS | i64::from(drawn);
    let sql = "INSERT INTO subject (niss, id, mac) VALUES (?1, ?2, ?3)";
    connection.prepare_cached(sql)?.execute((niss, id, chain.mac_of_subject(niss, id)))?;
    Ok(id)
}
