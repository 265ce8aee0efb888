//! To version 5: the last field of a password's hash is the keyed hash of argon2id's output. The output was stored before,
//! so no password is needed.

use rusqlite::Connection;

use crate::domain::niss::Niss;
use crate::domain::password::RawHash;
use crate::error::Error;
use crate::store::crypto::key::Key;

/// Converts all hashes. The key is needed only if there are any. An unreadable hash stays: no password matches it.
///
/// # Errors
/// Those of SQLite, and a missing key.
pub fn key_password_hashes(connection: &Connection, key: impl FnOnce() -> Result<Key, Error>) -> Result<(), Error> {
    const NEXT: &str =
        "SELECT niss, password FROM account WHERE niss > ?1 AND password IS NOT NULL ORDER BY niss LIMIT 500";
    let after = |last: i64| -> rusqlite::Result<Vec<(Niss, String)>> {
        connection.prepare_cached(NEXT)?.query_map([last], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    };
    let mut group = after(i64::MIN)?;
    if group.is_empty() {
        return Ok(());
    }
    let key = key()?;
    while let Some(last) = group.last().map(|(niss, _)| niss.as_i64()) {
        for (niss, phc) in group {
            let Some(raw) = RawHash::from_older_store(phc) else { continue };
            connection
                .prepare_cached("UPDATE account SET password = ?2 WHERE niss = ?1")?
                .execute((niss, key.password_hash(niss, &raw).as_str()))?;
        }
        group = after(last)?;
    }
    Ok(())
}
