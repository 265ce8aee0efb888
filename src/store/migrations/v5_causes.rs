//! To version 5: a message stores the request that caused it, the code in it, its status and the print run of a letter; audit
//! entries store their effects; hashes of batch inputs and passwords are keyed; a block of Chave Móvel Digital, which did not end by
//! itself, ends an hour after the last failure; failure counts store when they can be deleted.
//!
//! The codes of older messages are found here. Their requests and print runs stay null, and `audit::inference` derives them.

use std::path::PathBuf;

use rusqlite::Connection;

use super::v5_keyed_passwords::key_password_hashes;
use crate::error::Error;
use crate::store::audit::chain::{self, Chain};
use crate::store::audit::{self, EntryRow};
use crate::store::batches;
use crate::store::crypto::key::Key;
use crate::store::crypto::keyfile::{self, KeyFile};
use crate::store::store_row::StoreRow;

/// Adds the columns, and fills them as far as the stored facts decide.
///
/// # Errors
/// Those of SQLite, and a missing key.
pub fn migrate(connection: &Connection, file: &KeyFile) -> Result<(), Error> {
    connection.execute_batch(SQL)?;
    let path = connection.path().map(PathBuf::from).unwrap_or_default();
    let key = || keyfile::key_from_store(connection, &path, file);
    batches::key_input_hashes(connection, key)?;
    key_password_hashes(connection, key)?;
    add_baseline(connection, &key()?)
}

/// The action of the audit entry that a migration to version 5 adds. No command has it.
pub const MIGRATED: &str = "store_migrate";

/// Adds the first entry of version 5. What only earlier entries explain, `store check` does not compare.
fn add_baseline(connection: &Connection, key: &Key) -> Result<(), Error> {
    let chain = Chain::new(key);
    let entry = EntryRow {
        at: StoreRow::read(connection)?.now(),
        actor: "ssd",
        action: MIGRATED,
        subject: None,
        outcome: "done",
        reason: None,
        detail: None,
        remark: None,
    };
    let head = audit::append(connection, &chain, chain::head(connection, &chain)?, &entry)?;
    chain::save(connection, &chain, &head)
}

/// A code and its message have the same holder, purpose, channel and time. Where several do, they have the same order.
const SQL: &str = "ALTER TABLE store ADD COLUMN effects_since INTEGER NOT NULL DEFAULT 1;
ALTER TABLE store ADD COLUMN layout INTEGER NOT NULL DEFAULT 0;
UPDATE store SET effects_since = 1 + (SELECT coalesce(max(id), 0) FROM audit);
ALTER TABLE account ADD COLUMN no_contacts INTEGER NOT NULL DEFAULT 0 CHECK (no_contacts IN (0, 1));
ALTER TABLE session RENAME TO older_session;
DROP INDEX session_of;
CREATE TABLE session (
    id           INTEGER PRIMARY KEY,
    niss         INTEGER NOT NULL REFERENCES account,
    mac          BLOB    NOT NULL CHECK (length(mac) = 32),
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL,
    idle         INTEGER NOT NULL,
    ends_at      INTEGER NOT NULL,
    fresh_until  INTEGER NOT NULL,
    enrolment    INTEGER NOT NULL DEFAULT 0 CHECK (enrolment IN (0, 1))
) STRICT;
INSERT INTO session (id, niss, mac, created_at, last_used_at, idle, ends_at, fresh_until)
SELECT id, niss, mac, created_at, last_used_at, idle, ends_at, fresh_until FROM older_session;
DROP TABLE older_session;
CREATE INDEX session_of ON session (niss);
ALTER TABLE message RENAME TO older_message;
DROP INDEX message_of;
DROP INDEX message_pending;
DROP INDEX message_live;
CREATE TABLE message (
    id         INTEGER PRIMARY KEY,
    niss       INTEGER NOT NULL REFERENCES registry,
    channel    TEXT    NOT NULL CHECK (channel IN ('email', 'sms', 'letter')),
    purpose    TEXT    NOT NULL CHECK (purpose IN ('activation', 'recovery', 'contact_email', 'contact_mobile', 'login', 'cmd',
               'activated', 'password_changed', 'recovered', 'second_factor_enrolment', 'login_locked', 'code_blocked',
               'phone_code_blocked', 'phone_code_set', 'phone_code_changed', 'suspended', 'resumed', 'reset', 'closed',
               'contact_changed', 'contact_removed', 'cmd_blocked', 'alert')),
    recipient  TEXT    NOT NULL,
    language   TEXT    NOT NULL CHECK (language IN ('en', 'pt')),
    subject    TEXT,
    body       TEXT    NOT NULL,
    sealed     BLOB CHECK (length(sealed) > 40),
    expires_at INTEGER,
    created_at INTEGER NOT NULL,
    status     TEXT    NOT NULL CHECK (status IN ('pending', 'dispatched', 'returned', 'failed', 'lost')),
    status_at  INTEGER,
    due_at     INTEGER CHECK (due_at IS NULL OR channel <> 'letter'),
    dispatched_at INTEGER CHECK (dispatched_at IS NULL OR channel = 'letter'),
    request    INTEGER,
    code       INTEGER,
    print_run  INTEGER,
    CHECK ((sealed IS NULL) = (expires_at IS NULL)),
    CHECK ((status_at IS NULL) = (status IN ('pending', 'dispatched'))),
    CHECK (channel <> 'letter' OR (dispatched_at IS NULL) = (status = 'pending'))
) STRICT;
INSERT INTO message
    (id, niss, channel, purpose, recipient, language, subject, body, sealed, expires_at, created_at, status, dispatched_at)
SELECT id, niss, channel, purpose, recipient, language, subject, body, sealed, expires_at, created_at,
       iif(channel = 'letter' AND dispatched_at IS NULL, 'pending', 'dispatched'), dispatched_at
  FROM older_message ORDER BY id;
DROP TABLE older_message;
CREATE INDEX message_of ON message (niss, id);
CREATE INDEX message_pending ON message (id) WHERE status = 'pending';
CREATE INDEX message_undelivered ON message (niss, code) WHERE status IN ('returned', 'failed', 'lost');
CREATE INDEX message_live ON message (expires_at) WHERE sealed > zeroblob(length(sealed));
UPDATE message SET code = c.id
  FROM (SELECT id, niss, purpose, channel, issued_at,
               row_number() OVER (PARTITION BY niss, purpose, channel, issued_at ORDER BY id) AS n FROM code) AS c,
       (SELECT id, niss, purpose, channel, created_at,
               row_number() OVER (PARTITION BY niss, purpose, channel, created_at ORDER BY id) AS n
          FROM message WHERE sealed IS NOT NULL) AS m
 WHERE message.id = m.id AND c.niss = m.niss AND c.purpose = m.purpose AND c.channel = m.channel
   AND c.issued_at = m.created_at AND c.n = m.n;
ALTER TABLE batch RENAME TO older_batch;
CREATE TABLE batch (
    output        TEXT    PRIMARY KEY,
    input_hash    BLOB    CHECK (length(input_hash) = 32),
    next_offset   INTEGER NOT NULL,
    next_line     INTEGER NOT NULL,
    output_length INTEGER NOT NULL,
    replies       BLOB,
    finished      INTEGER NOT NULL CHECK (finished IN (0, 1))
) STRICT;
INSERT INTO batch (output, input_hash, next_offset, next_line, output_length, replies, finished)
SELECT output, input_hash, next_offset, next_line, output_length, replies, finished FROM older_batch;
DROP TABLE older_batch;
CREATE TABLE batch_line (
    name    TEXT    NOT NULL,
    id      TEXT    NOT NULL,
    niss    INTEGER,
    request INTEGER NOT NULL,
    mac     BLOB    NOT NULL CHECK (length(mac) = 32),
    PRIMARY KEY (name, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_line_of ON batch_line (niss) WHERE niss IS NOT NULL;
UPDATE guard SET blocked_until = 3600 + coalesce(
    (SELECT max(a.at) FROM audit AS a JOIN subject AS s ON s.id = a.subject
      WHERE s.niss = guard.niss AND a.reason = guard.what || '_wrong'),
    (SELECT max(at) FROM audit), 0)
 WHERE what IN ('cmd_pin', 'cmd_code') AND blocked_until = 253402300799;
CREATE TABLE password_cost (
    params TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
INSERT INTO password_cost SELECT DISTINCT substr(password, 16, instr(substr(password, 16), '$') - 1)
  FROM account WHERE password IS NOT NULL;
ALTER TABLE guard RENAME TO older_guard;
CREATE TABLE guard (
    niss          INTEGER NOT NULL,
    what          TEXT    NOT NULL CHECK (what IN
                  ('identity', 'login', 'activation', 'recovery', 'contact_email', 'contact_mobile', 'login_code', 'phone_code',
                   'cmd_pin', 'cmd_code')),
    failures      INTEGER NOT NULL DEFAULT 0,
    on_code       INTEGER NOT NULL DEFAULT 0,
    recent        TEXT    NOT NULL DEFAULT '',
    blocked_until INTEGER,
    stale_at      INTEGER,
    PRIMARY KEY (niss, what)
) STRICT, WITHOUT ROWID;
-- The longest window outside a sandbox is 30 days.
INSERT INTO guard (niss, what, failures, on_code, recent, blocked_until, stale_at)
SELECT niss, what, failures, on_code, recent, blocked_until,
       iif(what = 'identity', max(coalesce(blocked_until, 0), 2592000 + coalesce((SELECT max(at) FROM audit), 0)), NULL)
  FROM older_guard ORDER BY niss, what;
DROP TABLE older_guard;
CREATE INDEX guard_stale ON guard (stale_at) WHERE stale_at IS NOT NULL;
CREATE INDEX audit_common ON audit (action, id) WHERE action IN ('policy_set', 'outbox_print');
CREATE INDEX account_of_state ON account (state, created_at);
CREATE INDEX guard_blocked ON guard (what, blocked_until) WHERE blocked_until IS NOT NULL;
CREATE INDEX audit_reset ON audit (id) WHERE action = 'store_clock_reset';";
