//! Table `subject`: by which number the audit knows a holder. The number is drawn by chance, so that an entry tells nobody whom
//! it is about once the row here is gone; for an unknown NISS too, which somebody may have.

use rand::Rng;
use rusqlite::{Connection, OptionalExtension};

use crate::domain::niss::Niss;
use crate::error::Error;
use crate::random::Random;
use crate::store::Unit;
use crate::store::trail::Chain;

/// The number of a holder; a new one where there is none yet.
///
/// # Errors
/// Those of SQLite, and a system without randomness.
pub fn of(unit: &Unit<'_>, niss: Niss) -> Result<i64, Error> {
    match find(&unit.tx, niss)? {
        Some(id) => Ok(id),
        None => add(&unit.tx, unit.chain()?, unit.random, niss),
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

/// Gives a holder a number that no entry has: whoever comes under the NISS of somebody who was erased is somebody else, in a
/// sandbox too, where chance would give the same number again.
///
/// # Errors
/// Those of SQLite, and a system without randomness.
pub fn add(connection: &Connection, chain: &Chain, random: Random, niss: Niss) -> Result<i64, Error> {
    let taken = "SELECT EXISTS (SELECT 1 FROM audit WHERE subject IS NOT NULL AND subject = ?1)";
    let mut taken = connection.prepare_cached(taken)?;
    let mut n = 0;
    let id = loop {
        let id = random.draw("subject", niss, n)?.next_u64().cast_signed();
        if !taken.query_row([id], |row| row.get(0))? {
            break id;
        }
        n += 1;
    };
    let sql = "INSERT INTO subject (niss, id, mac) VALUES (?1, ?2, ?3)";
    connection.prepare_cached(sql)?.execute((niss, id, chain.subject(niss, id)))?;
    Ok(id)
}
