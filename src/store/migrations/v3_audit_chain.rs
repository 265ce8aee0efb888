//! To version 3, part two: in the audit, holders become numbers, the words of operators move to table `remark`, and every entry is
//! chained to the one before.
//!
//! This needs the store's key. Old entries can't stay unchained until the next write: the file itself would then say "not chained
//! yet", and somebody who can write the file could alter any store and have the next command chain the forged entries. So every
//! store of version 3 has a chain. (If somebody goes back to a file of version 2 and alters it, only an anchor shows that, as with
//! any older file.)

use rusqlite::Connection;

use crate::domain::niss::Niss;
use crate::error::Error;
use crate::random::RandomSource;
use crate::store::audit::chain::{self, Chain};
use crate::store::audit::subjects;
use crate::store::crypto::key::Key;

/// Rebuilds the audit of a store of version 2.
///
/// # Errors
/// The audit names an invalid NISS, the system has no random numbers, and those of SQLite.
pub fn migrate(connection: &Connection, key: &Key) -> Result<(), Error> {
    let chain = Chain::new(key);
    connection.execute_batch("ALTER TABLE audit RENAME TO audit_before; DROP INDEX audit_of;")?;
    connection.execute_batch(TABLES)?;
    let seed: Option<i64> = connection.query_row("SELECT seed FROM store", [], |row| row.get(0))?;
    let random = seed.map_or(RandomSource::System, |seed| RandomSource::Seeded(seed.cast_unsigned()));
    let mut named = connection
        .prepare("SELECT niss, min(id) FROM audit_before WHERE niss IS NOT NULL GROUP BY niss ORDER BY niss")?;
    let mut rows = named.query([])?;
    while let Some(row) = rows.next()? {
        let niss: i64 = row.get(0)?;
        let niss =
            Niss::from_i64(niss).ok_or_else(|| Error::StoreDamaged(format!("invalid NISS {niss} in the audit log")))?;
        subjects::add(connection, &chain, random, niss, row.get(1)?)?;
    }
    drop(rows);
    drop(named);
    connection.execute_batch(MOVED)?;
    chain::rebuild(connection, &chain)?;
    Ok(connection.execute_batch(TRIGGERS)?)
}

const TABLES: &str = "CREATE TABLE subject (
    niss INTEGER PRIMARY KEY,
    id   INTEGER NOT NULL UNIQUE,
    mac  BLOB    NOT NULL CHECK (length(mac) = 32)
) STRICT;
CREATE TABLE audit (
    id      INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    actor   TEXT    NOT NULL,
    action  TEXT    NOT NULL,
    subject INTEGER,
    outcome TEXT    NOT NULL CHECK (outcome IN ('done', 'refused')),
    reason  TEXT,
    detail  TEXT CHECK (detail IS NULL OR json_valid(detail)),
    remark  BLOB CHECK (length(remark) = 32),
    mac     BLOB    NOT NULL CHECK (length(mac) = 32)
) STRICT;
CREATE INDEX audit_of ON audit (subject, id) WHERE subject IS NOT NULL;
CREATE TABLE remark (
    audit INTEGER PRIMARY KEY REFERENCES audit,
    text  TEXT    NOT NULL
) STRICT;
CREATE TABLE trail (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    count INTEGER NOT NULL,
    last  INTEGER NOT NULL,
    mac   BLOB    NOT NULL CHECK (length(mac) = 32),
    seal  BLOB    NOT NULL CHECK (length(seal) = 32)
) STRICT;";

/// Before, key `reason` of the detail had the words of an operator, and nothing else.
const MOVED: &str = "INSERT INTO audit (id, at, actor, action, subject, outcome, reason, detail, mac)
SELECT id, at, actor, action, (SELECT subject.id FROM subject WHERE subject.niss = audit_before.niss), outcome, reason,
       nullif(json_remove(detail, '$.reason'), '{}'), zeroblob(32) FROM audit_before ORDER BY id;
INSERT INTO remark (audit, text)
SELECT id, detail ->> '$.reason' FROM audit_before WHERE detail ->> '$.reason' IS NOT NULL ORDER BY id;
DROP TABLE audit_before;";

const TRIGGERS: &str = "CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is only added to: no entry is changed'); END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is only added to: no entry is removed'); END;
CREATE TRIGGER audit_goes_on BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the audit is only added to: no entry is replaced'); END;";
