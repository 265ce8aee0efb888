//! The schema and its versions.
//!
//! A new store gets `schema.sql`. An older store is migrated in one transaction: entry `i` of `MIGRATIONS` leads from version
//! `i + 1` to `i + 2`. Rules:
//!
//! - **Never remove or reorder a migration**: stores of every version exist.
//! - A test migrates a frozen file of each version and compares its structure with `schema.sql`.
//! - A migration can need the store's key. Then an older store can't be opened without it.
//! - Functions that a migration calls must keep writing the format of the migration's version.
//!
//! A store of a later version is rejected: this program can't know what its rows mean.

use rusqlite::{Connection, TransactionBehavior};

use crate::error::Error;
use crate::store::connection;
use crate::store::crypto::keyfile::{self, KeyFile};

mod v3_audit_chain;
mod v3_sealed_codes;
mod v4_systems;
pub mod v5_causes;
mod v5_keyed_passwords;

/// The schema. It also sets the application id and the version.
pub const SQL: &str = include_str!("../../../schema.sql");
/// A hash of the schema without comments, spaces and line ends. Table `store` keeps that of the program that made the store, or
/// brought it to this version: builds between two releases can write tables of the same version that differ.
pub const LAYOUT: i64 = layout_of(SQL.as_bytes());

/// FNV-1a, because it can be computed when the program is compiled. Nobody gains anything by another schema with this hash.
const fn layout_of(sql: &[u8]) -> i64 {
    let (mut hash, mut at) = (0xcbf2_9ce4_8422_2325_u64, 0);
    while at < sql.len() {
        if sql[at] == b'-' && at + 1 < sql.len() && sql[at + 1] == b'-' {
            while at < sql.len() && sql[at] != b'\n' {
                at += 1;
            }
        } else {
            if !sql[at].is_ascii_whitespace() {
                hash = (hash ^ sql[at] as u64).wrapping_mul(0x0100_0000_01b3);
            }
            at += 1;
        }
    }
    hash.cast_signed()
}

/// The version of the schema that this program writes.
pub const VERSION: i64 = 1 + MIGRATIONS.len() as i64;

type Migration = fn(&Connection, &KeyFile) -> Result<(), Error>;
const MIGRATIONS: &[Migration] = &[
    // To version 2: batches that can be resumed.
    |connection, _| Ok(connection.execute_batch(BATCH)?),
    // To version 3: codes in messages are sealed, the key file can be changed, and the audit shows tampering.
    |connection, file| {
        let key = &keyfile::key_before_3(connection, file)?;
        v3_sealed_codes::wrap_key(connection, key)?;
        v3_sealed_codes::seal_messages(connection, key)?;
        v3_audit_chain::migrate(connection, key)
    },
    // To version 4: Chave Móvel Digital, the phone line and the inbox.
    |connection, _| v4_systems::migrate(connection),
    // To version 5: the causes of messages and the effects of requests are stored; password hashes are keyed.
    v5_causes::migrate,
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

/// Checks the version of a store, and migrates an older one. Returns whether it did.
///
/// # Errors
/// [`Error::NotAStore`], [`Error::StoreNewer`], [`Error::StoreUnreleased`], a missing key of a store that needs it, and those of SQLite.
pub fn migrate(connection: &Connection, key: &KeyFile) -> Result<bool, Error> {
    let id: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if id != connection::APPLICATION_ID {
        return Err(Error::NotAStore);
    }
    match version(connection)? {
        VERSION => check_layout(connection).map(|()| false),
        newer if newer > VERSION => Err(Error::StoreNewer(newer, VERSION)),
        _ => upgrade(connection, key).map(|()| true),
    }
}

/// Refuses a store whose tables are those of an unreleased build.
fn check_layout(connection: &Connection) -> Result<(), Error> {
    match connection.query_row("SELECT layout FROM store WHERE id = 1", [], |row| row.get::<_, i64>(0)) {
        Ok(LAYOUT) => Ok(()),
        Ok(_) => Err(Error::StoreUnreleased),
        // Builds before the column existed.
        Err(rusqlite::Error::SqlInputError { msg, .. }) if msg == "no such column: layout" => {
            Err(Error::StoreUnreleased)
        }
        Err(fault) => Err(fault.into()),
    }
}

fn upgrade(connection: &Connection, key: &KeyFile) -> Result<(), Error> {
    if version(connection)? < 3 {
        // Without the key, nothing is changed.
        keyfile::key_before_3(connection, key)?;
        // Versions before 3 did not overwrite deleted data: it must not outlive an erasure in a free page.
        connection.execute_batch("VACUUM")?;
    }
    let transaction = rusqlite::Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    // Another process may have migrated the store meanwhile.
    let version = version(&transaction)?;
    let done = usize::try_from(version - 1).map_err(|_| Error::StoreDamaged(format!("invalid version {version}")))?;
    let migrations = MIGRATIONS.get(done..).unwrap_or_default();
    if migrations.is_empty() {
        return Ok(());
    }
    for migration in migrations {
        migration(&transaction, key)?;
    }
    transaction.execute("UPDATE store SET layout = ?1", [LAYOUT])?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.commit()?;
    // Removes the older rows from the log, unless another process reads it. The migration itself is committed.
    let _ = connection::truncate_wal(connection);
    Ok(())
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}
