//! Table `subject`: by which number the audit knows a holder, for an unknown NISS too, which somebody may have. Nothing in the
//! number follows from the holder, so once the row here is gone an entry tells nobody whom it is about.
//!
//! In front is the number of the first entry about the holder, which that entry says anyway; behind it are bits that chance has
//! drawn. All of them by chance would have the rows of two indexes come in no order, which costs a batch a third of its rate, and
//! ever more as the store grows; and so nobody has a number that somebody else has had, who was erased under the same NISS.

use rand::Rng;
use rusqlite::{Connection, OptionalExtension};

use crate::domain::niss::Niss;
use crate::error::Error;
use crate::random::RandomSource;
use crate::store::audit::chain::Chain;
use crate::store::unit_of_work::UnitOfWork;

/// How many bits are drawn; 39 are left for entries.
const MAX_TRIES: u32 = 24;

/// The number of a holder; a new one where there is none yet, of whom the entry `first` is the first.
///
/// # Errors
/// Those of SQLite, and a system without randomness.
pub fn of(unit: &UnitOfWork<'_>, niss: Niss, first: i64) -> Result<i64, Error> {
    match find(&unit.tx, niss)? {
        Some(id) => Ok(id),
        None => add(&unit.tx, unit.chain()?, unit.random, niss, first),
    }
}

/// The number of a holder, if there is one.
///
/// # Errors
/// Those of SQLite.
pub fn find(connection: &Connection, niss: Niss) -> Result<Option<i64>, Error> {
    let sql = "SELECT id FROM subject WHERE niss = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([niss], |row| row.get(0)).optional()?)
}

/// Gives a holder a number.
///
/// # Errors
/// Those of SQLite, and a system without randomness.
pub fn add(connection: &Connection, chain: &Chain, random: RandomSource, niss: Niss, first: i64) -> Result<i64, Error> {
    let drawn = random.rng_for("subject", niss, first)?.next_u32() >> (u32::BITS - MAX_TRIES);
    let id = first << MAX_TRIES | i64::from(drawn);
    let sql = "INSERT INTO subject (niss, id, mac) VALUES (?1, ?2, ?3)";
    connection.prepare_cached(sql)?.execute((niss, id, chain.mac_of_subject(niss, id)))?;
    Ok(id)
}
