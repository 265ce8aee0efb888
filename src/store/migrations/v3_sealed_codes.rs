//! To version 3, part one: codes in messages are sealed, and the store's own key is sealed under the key of the key file. Before,
//! messages had their codes in the clear, and the key file had the store's own key.

use rusqlite::{Connection, named_params};
use zeroize::Zeroizing;

use crate::domain::niss::Niss;
use crate::error::Error;
use crate::store::crypto::key::Key;
use crate::store::outbox;

const STORE: &str = "ALTER TABLE store RENAME TO older_store;
CREATE TABLE store (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    created_at INTEGER NOT NULL,
    key_check  BLOB    NOT NULL CHECK (length(key_check) = 32),
    data_key   BLOB    CHECK (length(data_key) = 72),
    seed       INTEGER,
    clock      INTEGER,
    CHECK ((seed IS NULL) = (clock IS NULL)),
    CHECK ((seed IS NULL) = (data_key IS NOT NULL))
) STRICT;";

/// Moves the key into the store, sealed under the key of the key file. Both keys stay the same at first: all existing hashes are
/// under that key.
///
/// # Errors
/// Those of SQLite.
pub fn wrap_key(connection: &Connection, key: &Key) -> Result<(), Error> {
    connection.execute_batch(STORE)?;
    let sql = "INSERT INTO store (id, created_at, key_check, data_key, seed, clock)
SELECT id, created_at, ?1, iif(seed IS NULL, ?2, NULL), seed, clock FROM older_store";
    connection.execute(sql, (key.fingerprint(), key.wrap_key(key)?))?;
    Ok(connection.execute_batch("DROP TABLE older_store")?)
}

const MESSAGE: &str = "ALTER TABLE message RENAME TO older_message;
CREATE TABLE message (
    id         INTEGER PRIMARY KEY,
    niss       INTEGER NOT NULL REFERENCES registry,
    channel    TEXT    NOT NULL CHECK (channel IN ('email', 'sms', 'letter')),
    purpose    TEXT    NOT NULL CHECK (purpose IN ('activation', 'recovery', 'contact_email', 'contact_mobile', 'activated',
               'password_changed', 'recovered', 'login_locked', 'code_blocked', 'phone_code_blocked', 'phone_code_set',
               'phone_code_changed', 'suspended', 'resumed', 'reset', 'closed', 'contact_changed', 'contact_removed')),
    recipient  TEXT    NOT NULL,
    language   TEXT    NOT NULL CHECK (language IN ('en', 'pt')),
    subject    TEXT,
    body       TEXT    NOT NULL,
    sealed     BLOB CHECK (length(sealed) > 40),
    expires_at INTEGER,
    created_at INTEGER NOT NULL,
    CHECK ((sealed IS NULL) = (expires_at IS NULL))
) STRICT;";

/// Each code had one message: for a holder and a purpose, the first message has the first code, and so on.
const FILLED: &str = "INSERT INTO message
    (id, niss, channel, purpose, recipient, language, subject, body, sealed, expires_at, created_at)
SELECT m.id, m.niss, m.channel, m.purpose, m.recipient, m.language, m.subject, m.body,
       iif(m.code IS NULL, NULL, zeroblob(40 + length(CAST(m.code AS BLOB)))),
       iif(m.code IS NULL, NULL, coalesce(c.expires_at, m.created_at)), m.created_at
  FROM (SELECT *, row_number() OVER (PARTITION BY niss, purpose, code IS NULL ORDER BY id) AS n FROM older_message) AS m
  LEFT JOIN (SELECT *, row_number() OVER (PARTITION BY niss, purpose ORDER BY id) AS n FROM code) AS c
       ON m.code IS NOT NULL AND c.niss = m.niss AND c.purpose = m.purpose AND c.n = m.n
 ORDER BY m.id";

/// Used and superseded codes are wiped instead of sealed, except in a sandbox, which wipes nothing. (Expired codes are wiped later,
/// as in any store.)
const CODES: &str = "SELECT m.id, m.niss, m.code FROM older_message AS m
 WHERE m.code IS NOT NULL
   AND ((SELECT seed FROM store) IS NOT NULL
        OR (SELECT max(o.id) FROM older_message AS o
             WHERE o.niss = m.niss AND o.purpose = m.purpose AND o.code IS NOT NULL) = m.id
           AND EXISTS (SELECT 1 FROM code WHERE niss = m.niss AND purpose = m.purpose AND state = 'open'))";

/// Seals the codes in messages.
///
/// # Errors
/// Those of SQLite.
pub fn seal_messages(connection: &Connection, key: &Key) -> Result<(), Error> {
    connection.execute_batch(MESSAGE)?;
    connection.execute(FILLED, [])?;
    let mut codes = connection.prepare(CODES)?;
    let mut rows = codes.query([])?;
    while let Some(row) = rows.next()? {
        let (id, niss): (i64, Niss) = (row.get(0)?, row.get(1)?);
        let code: Zeroizing<String> = Zeroizing::new(row.get(2)?);
        let sealed = outbox::sealed(key, niss, id, &code)?;
        let sql = "UPDATE message SET sealed = :sealed WHERE id = :id";
        connection.prepare_cached(sql)?.execute(named_params! { ":sealed": sealed, ":id": id })?;
    }
    drop(rows);
    drop(codes);
    Ok(connection.execute_batch(
        "DROP TABLE older_message;
CREATE INDEX message_of ON message (niss, id);
CREATE INDEX message_live ON message (expires_at) WHERE sealed > zeroblob(length(sealed));",
    )?)
}
