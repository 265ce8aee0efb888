-- The whole schema of a store, runnable by itself: sqlite3 new.db < schema.sql
--
-- Its comments are the data dictionary. Times are whole seconds since 1970-01-01T00:00:00Z, dates text as YYYY-MM-DD.
-- A CHECK lists the same words as the enum of the same name in src/domain/words.rs, or as src/store where it is the store's own; a
-- test compares them.
-- Nothing here is a secret in the clear: passwords are argon2id PHC strings; codes, session tokens and phone codes are
-- HMAC-SHA-256 under the store's key, bound to their holder and purpose, and so are the PINs of Chave Móvel Digital and the
-- tokens of calls. What must be read again, the code in a message and
-- the replies of a batch, is sealed under that key by XChaCha20-Poly1305, with the nonce in front; the store's key itself is so
-- under that of its file. (A sandbox has no secrets: its key follows from the seed, which is here.)

-- What this store is. One row.
CREATE TABLE store (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    created_at INTEGER NOT NULL,
    key_check  BLOB    NOT NULL CHECK (length(key_check) = 32),  -- HMAC of a constant: tells the right key file from another
    data_key   BLOB    CHECK (length(data_key) = 72),            -- the store's key, sealed under that of the file; not of sandboxes
    seed       INTEGER,                                          -- sandboxes only: all chance comes from it
    clock      INTEGER,                                          -- sandboxes only: the time that stands until moved
    CHECK ((seed IS NULL) = (clock IS NULL)),
    CHECK ((seed IS NULL) = (data_key IS NOT NULL))
) STRICT;

-- What an operator has changed of the policy; every other setting has the default of src/domain/policy.rs.
CREATE TABLE policy (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The records that an identity check compares with (SISS), as imported. The contacts are the registered ones: a holder's
-- confirmed change is written here too, and an import leaves it alone from then on (see contact.settled_at).
CREATE TABLE registry (
    niss          INTEGER PRIMARY KEY,
    kind          TEXT NOT NULL CHECK (kind IN ('citizen', 'employer', 'company')),
    status        TEXT NOT NULL CHECK (status IN ('active', 'deceased', 'ceased')),
    name          TEXT NOT NULL,
    birth_date    TEXT,                                          -- citizens have one
    civil_id_kind TEXT CHECK (civil_id_kind IN ('cc', 'bi', 'passport', 'residence_permit', 'eu_id')),
    civil_id      TEXT,                                          -- letters and digits, upper case
    nif           TEXT,
    responsible   TEXT,                                          -- companies: the person responsible
    email         TEXT,
    mobile        TEXT,                                          -- E.164
    telephone     TEXT,                                          -- E.164
    address       TEXT,
    postal_code   TEXT,
    locality      TEXT,
    country       TEXT,                                          -- ISO 3166-1, two letters; null counts as PT
    language      TEXT NOT NULL CHECK (language IN ('en', 'pt'))
) STRICT;

-- What a holder has done about a contact. No row: nothing, the registry's value stands as imported.
CREATE TABLE contact (
    niss         INTEGER NOT NULL REFERENCES registry,
    kind         TEXT    NOT NULL CHECK (kind IN ('email', 'mobile', 'telephone')),
    confirmed_at INTEGER,                                        -- when the registered value was proved by a code
    settled_at   INTEGER,                                        -- when the holder last decided it; an import then leaves it
    proposed     TEXT,                                           -- waits for its proof; a telephone, for the activation
    PRIMARY KEY (niss, kind)
) STRICT, WITHOUT ROWID;

-- One account a holder. No row: never asked for.
CREATE TABLE account (
    niss         INTEGER PRIMARY KEY REFERENCES registry,
    account_type TEXT    NOT NULL CHECK (account_type IN ('citizen', 'company')),
    state        TEXT    NOT NULL CHECK (state IN ('requested', 'active', 'suspended', 'closed')),
    alerts       TEXT    NOT NULL CHECK (alerts IN ('email', 'sms', 'none')),
    created_at   INTEGER NOT NULL,
    activated_at INTEGER,                                        -- null before the first activation and after a reset
    password     TEXT CHECK (password LIKE '$argon2id$%'),       -- a guard: no password in the clear by mistake
    phone_code   BLOB CHECK (length(phone_code) = 32),
    draws        INTEGER NOT NULL DEFAULT 0,                     -- how often chance was used for this holder
    CHECK (password IS NULL OR state IN ('active', 'suspended'))
) STRICT;

-- Every code that was issued, good or not: an older one is told from a wrong one. The newest of a purpose is its last row.
CREATE TABLE code (
    id          INTEGER PRIMARY KEY,
    niss        INTEGER NOT NULL REFERENCES registry,            -- who has Chave Móvel Digital need not have an account
    purpose     TEXT    NOT NULL CHECK (purpose IN
                ('activation', 'recovery', 'contact_email', 'contact_mobile', 'login', 'cmd')),
    channel     TEXT    NOT NULL CHECK (channel IN ('email', 'sms', 'letter')),
    mac         BLOB    NOT NULL CHECK (length(mac) = 32),
    target      TEXT,                                            -- the contact that it proves, of contact_*
    issued_at   INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    expected_on TEXT,                                            -- a letter's day of arrival, as a rule
    state       TEXT    NOT NULL CHECK (state IN ('open', 'used', 'superseded'))
) STRICT;
CREATE INDEX code_of ON code (niss, purpose);
CREATE UNIQUE INDEX code_open ON code (niss, purpose) WHERE state = 'open';

-- Counts of failures and the blocks that follow from them. Kept without a foreign key, for unknown NISS too.
CREATE TABLE guard (
    niss          INTEGER NOT NULL,
    what          TEXT    NOT NULL CHECK (what IN
                  ('identity', 'login', 'activation', 'recovery', 'contact_email', 'contact_mobile', 'login_code', 'phone_code',
                   'cmd_pin', 'cmd_code')),
    failures      INTEGER NOT NULL DEFAULT 0,                    -- in a row
    on_code       INTEGER NOT NULL DEFAULT 0,                    -- codes: since the newest was issued
    recent        TEXT    NOT NULL DEFAULT '',                   -- identity: when, parted by spaces, within the window
    blocked_until INTEGER,                                       -- 253402300799, the end of time: until lifted
    PRIMARY KEY (niss, what)
) STRICT, WITHOUT ROWID;

-- Open sessions. A token is the id and a secret; the secret is not here.
CREATE TABLE session (
    id           INTEGER PRIMARY KEY,                            -- drawn by chance
    niss         INTEGER NOT NULL REFERENCES account,
    mac          BLOB    NOT NULL CHECK (length(mac) = 32),
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL,
    idle         INTEGER NOT NULL,                               -- seconds without use after which it ends
    ends_at      INTEGER NOT NULL,                               -- at the latest
    fresh_until  INTEGER NOT NULL                                -- its login counts as fresh while now is before this
) STRICT;
CREATE INDEX session_of ON session (niss);

-- Calls on the phone line whose caller was identified (003 G). A token is the id and a secret; the secret is not here.
CREATE TABLE call (
    id         INTEGER PRIMARY KEY,                              -- drawn by chance
    niss       INTEGER NOT NULL REFERENCES account,
    mac        BLOB    NOT NULL CHECK (length(mac) = 32),
    created_at INTEGER NOT NULL,
    ends_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX call_of ON call (niss);

-- The authentication provider's side of Chave Móvel Digital, a system of its own: what it knows of whom. It compares nothing with
-- the registry; the data are what it hands over once the holder consents.
CREATE TABLE cmd (
    niss        INTEGER PRIMARY KEY REFERENCES registry,
    mobile      TEXT    NOT NULL,                                -- E.164, of its own: no registered contact
    pin         BLOB    NOT NULL CHECK (length(pin) = 32),       -- HMAC of 4 to 8 digits
    name        TEXT    NOT NULL,
    birth_date  TEXT    NOT NULL,
    civil_id    TEXT    NOT NULL,                                -- letters and digits, upper case
    nif         TEXT    NOT NULL,
    holds_niss  INTEGER NOT NULL CHECK (holds_niss IN (0, 1)),   -- whether the NISS is among what it hands over
    enrolled_at INTEGER NOT NULL,
    draws       INTEGER NOT NULL DEFAULT 0                       -- how often chance was used for this holder
) STRICT;

-- What the service has decided, what is due to a holder, and when it is paid (001 step 14): the service's own inbox. The sentences
-- are made where it is read.
CREATE TABLE alert (
    id         INTEGER PRIMARY KEY,
    niss       INTEGER NOT NULL REFERENCES account,
    kind       TEXT    NOT NULL CHECK (kind IN ('decision', 'benefit', 'payment')),
    about      TEXT    NOT NULL,                                 -- the application or the benefit, as the operator calls it
    decision   TEXT CHECK (decision IN ('granted', 'refused')),
    amount     INTEGER,                                          -- in cents of a euro
    paid_on    TEXT,                                             -- the day of the payment
    created_at INTEGER NOT NULL,
    read_at    INTEGER,                                          -- when the holder first read it
    CHECK ((kind = 'decision') = (decision IS NOT NULL)),
    CHECK ((kind = 'payment') = (paid_on IS NOT NULL)),
    CHECK (kind <> 'payment' OR amount IS NOT NULL)
) STRICT;
CREATE INDEX alert_of ON alert (niss, id);

-- The outbox: every message, in the order in which they were caused.
CREATE TABLE message (
    id         INTEGER PRIMARY KEY,
    niss       INTEGER NOT NULL REFERENCES registry,
    channel    TEXT    NOT NULL CHECK (channel IN ('email', 'sms', 'letter')),
    purpose    TEXT    NOT NULL CHECK (purpose IN ('activation', 'recovery', 'contact_email', 'contact_mobile', 'login', 'cmd',
               'activated', 'password_changed', 'recovered', 'login_locked', 'code_blocked', 'phone_code_blocked',
               'phone_code_set', 'phone_code_changed', 'suspended', 'resumed', 'reset', 'closed', 'contact_changed',
               'contact_removed', 'cmd_blocked', 'alert')),
    recipient  TEXT    NOT NULL,                                 -- address or number; of a letter, the address block
    language   TEXT    NOT NULL CHECK (language IN ('en', 'pt')),
    subject    TEXT,                                             -- not of an SMS
    body       TEXT    NOT NULL,                                 -- U+FFFC stands where the code goes
    sealed     BLOB CHECK (length(sealed) > 40),                 -- the code as the message shows it, sealed for this row; zeros of
                                                                 -- the same length once it is wiped (src/store/outbox.rs says why)
    expires_at INTEGER,                                          -- when that code ends
    created_at INTEGER NOT NULL,
    dispatched_at INTEGER CHECK (dispatched_at IS NULL OR channel = 'letter'),  -- letters: when they were printed
    CHECK ((sealed IS NULL) = (expires_at IS NULL))
) STRICT;
CREATE INDEX message_of ON message (niss, id);
-- Letters that are not printed yet.
CREATE INDEX message_pending ON message (id) WHERE channel = 'letter' AND dispatched_at IS NULL;
-- Codes that are not wiped yet, by their end.
CREATE INDEX message_live ON message (expires_at) WHERE sealed > zeroblob(length(sealed));

-- By which number the audit knows a holder, for unknown NISS too. Nothing in it follows from the holder: once a row is gone, by
-- account erase, nobody can tell whom the entries are about.
CREATE TABLE subject (
    niss INTEGER PRIMARY KEY,
    id   INTEGER NOT NULL UNIQUE,                                -- the first entry's number, and behind it 24 bits by chance
    mac  BLOB    NOT NULL CHECK (length(mac) = 32)               -- HMAC of both: nobody is taken for somebody else
) STRICT;

-- Who did what when, with which outcome. Never a secret, and no datum of a person. Only added to: each entry bears an HMAC over
-- all of its columns and over the entry before it.
CREATE TABLE audit (
    id      INTEGER PRIMARY KEY,                                 -- the number of the request, which its reply bears
    at      INTEGER NOT NULL,
    actor   TEXT    NOT NULL,
    action  TEXT    NOT NULL,                                    -- an operation, as in src/request.rs
    subject INTEGER,                                             -- whom it named, known or not: subject.id
    outcome TEXT    NOT NULL CHECK (outcome IN ('done', 'refused')),
    reason  TEXT,                                                -- of a refusal, as in src/reply.rs
    detail  TEXT CHECK (detail IS NULL OR json_valid(detail)),   -- which rule, which fields differed, counts
    remark  BLOB CHECK (length(remark) = 32),                    -- HMAC of what an operator has said: remark.text
    mac     BLOB    NOT NULL CHECK (length(mac) = 32)
) STRICT;
CREATE INDEX audit_of ON audit (subject, id) WHERE subject IS NOT NULL;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is only added to: no entry is changed'); END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is only added to: no entry is removed'); END;
CREATE TRIGGER audit_goes_on BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the audit is only added to: no entry is replaced'); END;

-- What an operator has said, in words that may be about a person: they can be erased, and the chain still holds.
CREATE TABLE remark (
    audit INTEGER PRIMARY KEY REFERENCES audit,
    text  TEXT    NOT NULL
) STRICT;

-- The last entry of the audit, so that the end can't be cut off. One row.
CREATE TABLE trail (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    count INTEGER NOT NULL,                                      -- of entries
    last  INTEGER NOT NULL,                                      -- audit.id; 0 where there is none
    mac   BLOB    NOT NULL CHECK (length(mac) = 32),             -- audit.mac; zeros where there is none
    seal  BLOB    NOT NULL CHECK (length(seal) = 32)             -- HMAC of the three
) STRICT;

-- How far each batch has come that writes its replies to a file: one row a file, written in the transaction of the lines that it
-- tells of. After a crash the file is cut to output_length, the replies are written to it, and the rest of the input follows.
CREATE TABLE batch (
    output        TEXT    PRIMARY KEY,                           -- the file of the replies, its whole path
    input_hash    BLOB    NOT NULL CHECK (length(input_hash) = 32),  -- SHA-256 of the input up to next_offset
    next_offset   INTEGER NOT NULL,                              -- in bytes: the first of the input that was not read yet
    next_line     INTEGER NOT NULL,                              -- its line, from 1
    output_length INTEGER NOT NULL,                              -- of the file, in bytes, before the replies of this row
    replies       BLOB,                                          -- of the last group, sealed; null where they are in the file
    finished      INTEGER NOT NULL CHECK (finished IN (0, 1))
) STRICT;

PRAGMA application_id = 1397965873;  -- 0x53534431, "SSD1"
PRAGMA user_version = 4;
