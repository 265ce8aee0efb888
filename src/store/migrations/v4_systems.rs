//! To version 4: the systems around the account. A holder without an account can have a code, the CHECKs list new words, a letter
//! can be printed, and there are tables for calls, Chave Móvel Digital and the inbox.

use rusqlite::Connection;

use crate::error::Error;

/// Rebuilds the tables whose CHECKs change, and adds the new tables.
///
/// # Errors
/// Those of SQLite.
pub fn migrate(connection: &Connection) -> Result<(), Error> {
    Ok(connection.execute_batch(SQL)?)
}

const SQL: &str = "ALTER TABLE code RENAME TO older_code;
DROP INDEX code_of;
DROP INDEX code_open;
CREATE TABLE code (
    id          INTEGER PRIMARY KEY,
    niss        INTEGER NOT NULL REFERENCES registry,
    purpose     TEXT    NOT NULL CHECK (purpose IN
                ('activation', 'recovery', 'contact_email', 'contact_mobile', 'login', 'cmd')),
    channel     TEXT    NOT NULL CHECK (channel IN ('email', 'sms', 'letter')),
    mac         BLOB    NOT NULL CHECK (length(mac) = 32),
    target      TEXT,
    issued_at   INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    expected_on TEXT,
    state       TEXT    NOT NULL CHECK (state IN ('open', 'used', 'superseded'))
) STRICT;
INSERT INTO code (id, niss, purpose, channel, mac, target, issued_at, expires_at, expected_on, state)
SELECT id, niss, purpose, channel, mac, target, issued_at, expires_at, expected_on, state FROM older_code ORDER BY id;
DROP TABLE older_code;
CREATE INDEX code_of ON code (niss, purpose);
CREATE UNIQUE INDEX code_open ON code (niss, purpose) WHERE state = 'open';

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
    PRIMARY KEY (niss, what)
) STRICT, WITHOUT ROWID;
INSERT INTO guard (niss, what, failures, on_code, recent, blocked_until)
SELECT niss, what, failures, on_code, recent, blocked_until FROM older_guard ORDER BY niss, what;
DROP TABLE older_guard;

ALTER TABLE message RENAME TO older_message;
DROP INDEX message_of;
DROP INDEX message_live;
CREATE TABLE message (
    id         INTEGER PRIMARY KEY,
    niss       INTEGER NOT NULL REFERENCES registry,
    channel    TEXT    NOT NULL CHECK (channel IN ('email', 'sms', 'letter')),
    purpose    TEXT    NOT NULL CHECK (purpose IN ('activation', 'recovery', 'contact_email', 'contact_mobile', 'login', 'cmd',
               'activated', 'password_changed', 'recovered', 'login_locked', 'code_blocked', 'phone_code_blocked',
               'phone_code_set', 'phone_code_changed', 'suspended', 'resumed', 'reset', 'closed', 'contact_changed',
               'contact_removed', 'cmd_blocked', 'alert')),
    recipient  TEXT    NOT NULL,
    language   TEXT    NOT NULL CHECK (language IN ('en', 'pt')),
    subject    TEXT,
    body       TEXT    NOT NULL,
    sealed     BLOB CHECK (length(sealed) > 40),

    expires_at INTEGER,
    created_at INTEGER NOT NULL,
    dispatched_at INTEGER CHECK (dispatched_at IS NULL OR channel = 'letter'),
    CHECK ((sealed IS NULL) = (expires_at IS NULL))
) STRICT;
INSERT INTO message (id, niss, channel, purpose, recipient, language, subject, body, sealed, expires_at, created_at)
SELECT id, niss, channel, purpose, recipient, language, subject, body, sealed, expires_at, created_at
  FROM older_message ORDER BY id;
DROP TABLE older_message;
CREATE INDEX message_of ON message (niss, id);
CREATE INDEX message_pending ON message (id) WHERE channel = 'letter' AND dispatched_at IS NULL;
CREATE INDEX message_live ON message (expires_at) WHERE sealed > zeroblob(length(sealed));

CREATE TABLE call (
    id         INTEGER PRIMARY KEY,
    niss       INTEGER NOT NULL REFERENCES account,
    mac        BLOB    NOT NULL CHECK (length(mac) = 32),
    created_at INTEGER NOT NULL,
    ends_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX call_of ON call (niss);
CREATE TABLE cmd (
    niss        INTEGER PRIMARY KEY REFERENCES registry,
    mobile      TEXT    NOT NULL,
    pin         BLOB    NOT NULL CHECK (length(pin) = 32),
    name        TEXT    NOT NULL,
    birth_date  TEXT    NOT NULL,
    civil_id    TEXT    NOT NULL,
    nif         TEXT    NOT NULL,
    holds_niss  INTEGER NOT NULL CHECK (holds_niss IN (0, 1)),
    enrolled_at INTEGER NOT NULL,
    draws       INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE alert (
    id         INTEGER PRIMARY KEY,
    niss       INTEGER NOT NULL REFERENCES account,
    kind       TEXT    NOT NULL CHECK (kind IN ('decision', 'benefit', 'payment')),
    about      TEXT    NOT NULL,
    decision   TEXT CHECK (decision IN ('granted', 'refused')),
    amount     INTEGER,
    paid_on    TEXT,
    created_at INTEGER NOT NULL,
    read_at    INTEGER,
    CHECK ((kind = 'decision') = (decision IS NOT NULL)),
    CHECK ((kind = 'payment') = (paid_on IS NOT NULL)),
    CHECK (kind <> 'payment' OR amount IS NOT NULL)
) STRICT;
CREATE INDEX alert_of ON alert (niss, id);";
