//! The schema and its versions.
//!
//! `schema.sql` is what a new store gets. An older store is brought up step by step, in one transaction: step `i` of
//! [`STEPS`] leads from version `i + 1` to `i + 2`. **Never remove or reorder a step**: stores of every age are out there. A
//! step is tested from a frozen file of its version to the structure that `schema.sql` gives.
//!
//! A store of a later version is refused: this program can't know what its rows mean.

use rusqlite::{Connection, TransactionBehavior};

use crate::error::Error;
use crate::store::key::Key;

mod trail;

/// The whole schema; sets the two numbers below in the file.
pub const SQL: &str = include_str!("../../schema.sql");
/// What marks a SQLite file as a store of this program: "SSD1".
pub const APPLICATION_ID: i64 = 0x5353_4431;
/// The version that this program writes.
pub const VERSION: i64 = 1 + STEPS.len() as i64;

type Step = fn(&Connection, &Key) -> Result<(), Error>;
const STEPS: &[Step] = &[
    // To 2: batches that can be resumed.
    |connection, _| Ok(connection.execute_batch(BATCH)?),
    // To 3: an audit that shows tampering.
    |connection, key| trail::step(connection, key),
];

const BATCH: &str = "CREATE TABLE batch (
    output        TEXT    PRIMARY KEY,
    input_hash    BLOB    NOT NULL CHECK (length(input_hash) = 32),
    next_offset   INTEGER NOT NULL,
    next_line     INTEGER NOT NULL,
    output_length INTEGER NOT NULL,
    replies       BLOB,
    finished      INTEGER NOT NULL CHECK (finished IN (0, 1))
) STRICT";

/// Refuses what is not ours or newer, and says whether it is older.
pub fn is_older(connection: &Connection) -> Result<bool, Error> {
    let number = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    if number("application_id")? != APPLICATION_ID {
        return Err(Error::StoreForeign);
    }
    match number("user_version")? {
        newer if newer > VERSION => Err(Error::StoreNewer(newer, VERSION)),
        version => Ok(version < VERSION),
    }
}

/// Brings an older store up to this version.
pub fn upgrade(connection: &Connection, key: &Key) -> Result<(), Error> {
    // Versions before 3 did not overwrite what they deleted: it must not outlive an erasure in some free page.
    connection.execute_batch("VACUUM")?;
    let transaction = rusqlite::Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    // Another process may have been here first.
    let version: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let done = usize::try_from(version - 1).map_err(|_| Error::StoreDamaged(format!("version {version}")))?;
    for step in STEPS.iter().skip(done) {
        step(&transaction, key)?;
    }
    transaction.pragma_update(None, "user_version", VERSION)?;
    Ok(transaction.commit()?)
}
