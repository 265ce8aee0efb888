//! The schema and its versions.
//!
//! `schema.sql` is what a new store gets. An older store is brought up step by step, in one transaction: step `i` of
//! `MIGRATIONS` leads from version `i + 1` to `i + 2`. **Never remove or reorder a step**: stores of every age are out there. A
//! step is tested from a frozen file of its version to the structure that `schema.sql` gives. A step may need the store's key, and
//! then an older store is not opened without it. What a step calls beside SQL must go on writing the form of the step's version.
//!
//! A store of a later version is refused: this program can't know what its rows mean.

use rusqlite::{Connection, TransactionBehavior};

use crate::error::Error;
use crate::store::crypto::keyfile::{self, KeyFile};

mod v3_audit_chain;
mod v3_sealed_codes;
mod v4_systems;

/// The whole schema; sets the two numbers below in the file.
pub const SQL: &str = include_str!("../../../schema.sql");
/// What marks a SQLite file as a store of this program: "SSD1".
pub const APPLICATION_ID: i64 = 0x5353_4431;
/// The version that this program writes.
pub const VERSION: i64 = 1 + MIGRATIONS.len() as i64;

type Migration = fn(&Connection, &KeyFile) -> Result<(), Error>;
const MIGRATIONS: &[Migration] = &[
    // To 2: batches that can be resumed.
    |connection, _| Ok(connection.execute_batch(BATCH)?),
    // To 3: the codes in messages are sealed, the key's file can be changed, and the audit shows tampering.
    |connection, file| {
        let key = &keyfile::key_before_3(connection, file)?;
        v3_sealed_codes::wrap_key(connection, key)?;
        v3_sealed_codes::seal_messages(connection, key)?;
        v3_audit_chain::step(connection, key)
    },
    // To 4: the systems around the account.
    |connection, _| v4_systems::step(connection),
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

/// Refuses what is not ours or newer; upgrades what is older.
pub fn migrate(connection: &Connection, key: &KeyFile) -> Result<(), Error> {
    let id: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if id != APPLICATION_ID {
        return Err(Error::NotAStore);
    }
    match version(connection)? {
        VERSION => Ok(()),
        newer if newer > VERSION => Err(Error::StoreNewer(newer, VERSION)),
        _ => upgrade(connection, key),
    }
}

fn upgrade(connection: &Connection, key: &KeyFile) -> Result<(), Error> {
    if version(connection)? < 3 {
        // Where the key is not there nothing is touched.
        keyfile::key_before_3(connection, key)?;
        // Versions before 3 did not overwrite what they deleted: it must not outlive an erasure in some free page.
        connection.execute_batch("VACUUM")?;
    }
    let transaction = rusqlite::Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    // Another process may have been here first.
    let version = version(&transaction)?;
    let done = usize::try_from(version - 1).map_err(|_| Error::StoreDamaged(format!("version {version}")))?;
    let steps = MIGRATIONS.get(done..).unwrap_or_default();
    if steps.is_empty() {
        return Ok(());
    }
    for step in steps {
        step(&transaction, key)?;
    }
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.commit()?;
    // What the log still has of the older form is overwritten, unless somebody reads there.
    Ok(connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}
