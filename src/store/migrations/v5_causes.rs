//! To version 5: a message stores the request that caused it, the code in it and the print run of a letter, and audit entries store
//! their effects.
//!
//! The codes of older messages are found here. Their requests and print runs stay null, and `audit::inference` derives them.

use rusqlite::Connection;

use crate::error::Error;

/// Adds the columns, and fills them as far as the stored facts decide.
///
/// # Errors
/// Those of SQLite.
pub fn migrate(connection: &Connection) -> Result<(), Error> {
    Ok(connection.execute_batch(SQL)?)
}

/// A code and its message have the same holder, purpose, channel and time. Where several do, they have the same order.
const SQL: &str = "ALTER TABLE store ADD COLUMN effects_since INTEGER NOT NULL DEFAULT 1;
UPDATE store SET effects_since = 1 + (SELECT coalesce(max(id), 0) FROM audit);
ALTER TABLE message ADD COLUMN request INTEGER;
ALTER TABLE message ADD COLUMN code INTEGER;
ALTER TABLE message ADD COLUMN print_run INTEGER;
UPDATE message SET code = c.id
  FROM (SELECT id, niss, purpose, channel, issued_at,
               row_number() OVER (PARTITION BY niss, purpose, channel, issued_at ORDER BY id) AS n FROM code) AS c,
       (SELECT id, niss, purpose, channel, created_at,
               row_number() OVER (PARTITION BY niss, purpose, channel, created_at ORDER BY id) AS n
          FROM message WHERE sealed IS NOT NULL) AS m
 WHERE message.id = m.id AND c.niss = m.niss AND c.purpose = m.purpose AND c.channel = m.channel
   AND c.issued_at = m.created_at AND c.n = m.n;
CREATE INDEX audit_common ON audit (action, id) WHERE action IN ('policy_set', 'outbox_print');";
