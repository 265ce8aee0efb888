//! Direct access to rows for the checks: searching and forging. Forgery works on temporary in-memory stores only.

use rusqlite::ErrorCode;
use rusqlite::types::ValueRef;

use crate::domain::niss::Niss;
use crate::error::Error;
use crate::store::Store;

/// A forgery of the audit log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forgery {
    /// Change an entry.
    Change,
    /// Delete an entry.
    Removal,
}

/// Returns the tables that contain a text in any column of any row, as text or bytes.
pub fn tables_containing(store: &Store, text: &str) -> Result<Vec<String>, Error> {
    let mut names = store
        .connection()
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")?;
    let names: Vec<String> = names.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut found = vec![];
    for name in names {
        if holds(store, &name, text.as_bytes())? {
            found.push(name);
        }
    }
    Ok(found)
}

fn holds(store: &Store, table: &str, wanted: &[u8]) -> Result<bool, Error> {
    let mut statement = store.connection().prepare(&format!("SELECT * FROM \"{table}\""))?;
    let columns = statement.column_count();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        for column in 0..columns {
            let number;
            let bytes = match row.get_ref(column)? {
                ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes,
                ValueRef::Integer(value) => {
                    number = value.to_string();
                    number.as_bytes()
                }
                ValueRef::Null | ValueRef::Real(_) => continue,
            };
            if bytes.windows(wanted.len()).any(|window| window == wanted) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Tries to forge the audit log by SQL, as an attacker with write access to the file could.
///
/// Returns the number of forged entries, 0 if the store refuses.
///
/// # Errors
/// [`Error::Bug`] if the store has a path.
pub fn tamper(store: &Store, forgery: Forgery) -> Result<usize, Error> {
    scratch(store)?;
    let tried = match forgery {
        Forgery::Change => store.connection().execute("UPDATE audit SET actor = 'nobody' WHERE id = 1", []),
        Forgery::Removal => store.connection().execute("DELETE FROM audit WHERE id = 1", []),
    };
    match tried {
        Err(rusqlite::Error::SqliteFailure(fault, _)) if fault.code == ErrorCode::ConstraintViolation => Ok(0),
        tried => Ok(tried?),
    }
}

/// Copies the stored password hash of an account to another account.
///
/// # Errors
/// [`Error::Bug`] if the store has a path.
pub fn copy_password_hash(store: &Store, from: Niss, to: Niss) -> Result<(), Error> {
    scratch(store)?;
    let sql = "UPDATE account SET password = (SELECT password FROM account WHERE niss = ?1) WHERE niss = ?2";
    store.connection().execute(sql, (from, to))?;
    Ok(())
}

/// Drops the triggers that protect the audit log.
///
/// # Errors
/// [`Error::Bug`] if the store has a path.
pub fn drop_audit_triggers(store: &Store) -> Result<(), Error> {
    scratch(store)?;
    let triggers = ["audit_stays", "audit_is_kept", "audit_goes_on"];
    Ok(store.connection().execute_batch(&triggers.map(|name| format!("DROP TRIGGER {name};")).concat())?)
}

/// Drops the outbox, so that a request that sends a message fails midway.
///
/// # Errors
/// [`Error::Bug`] if the store has a path.
pub fn drop_outbox(store: &Store) -> Result<(), Error> {
    scratch(store)?;
    store.connection().flush_prepared_statement_cache();
    Ok(store.connection().execute_batch("DROP TABLE message")?)
}

fn scratch(store: &Store) -> Result<(), Error> {
    match store.path().as_os_str().is_empty() {
        true => Ok(()),
        false => Err(Error::Bug("tampering is limited to stores without a path".to_owned())),
    }
}
