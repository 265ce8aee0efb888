-- The complete schema of a store. It can be run alone: sqlite3 new.db < schema.sql
--
-- The comments are the data dictionary. Times are seconds since 1970-01-01T00:00:00Z, dates are text as
-- YYYY-MM-DD. A CHECK lists the words of the enum of the same name in src/domain/vocabulary.rs, or of an enum in
-- src/store. A test compares them.
--
-- No secret is stored in plain text. Codes, session tokens, call tokens, phone codes and the PINs of Chave Móvel Digital
-- are HMAC-SHA-256 under the store's key, bound to their holder and purpose. Passwords are PHC strings of argon2id. Their
-- last field is such an HMAC of argon2id's output.
-- The code in a message and the replies of a batch must be readable again. They are sealed under the store's key by
-- XChaCha20-Poly1305, with the nonce in front. The store's key is sealed in the same way under the key of the key file.
-- A sandbox has no secrets: its key follows from the seed in table store.

-- Facts about the store. One row.
CREATE TABLE store (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    created_at INTEGER NOT NULL,
    key_check  BLOB    NOT NULL CHECK (length(key_check) = 32),  -- HMAC of a constant, to recognise the key file
    data_key   BLOB    CHECK (length(data_key) = 72),            -- the store's key, sealed; null in sandboxes
    seed       INTEGER,                                          -- sandboxes only: the seed of all random values
    clock      INTEGER,                                          -- sandboxes only: the clock's time
    effects_since INTEGER NOT NULL DEFAULT 1,                    -- first audit entry that stores its effects: audit.id
    layout     INTEGER NOT NULL DEFAULT 0,                       -- hash of this file without comments and layout
    CHECK ((seed IS NULL) = (clock IS NULL)),
    CHECK ((seed IS NULL) = (data_key IS NOT NULL))
) STRICT;

-- The policy settings changed by an operator. Other settings have the defaults of src/domain/policy.rs.
CREATE TABLE policy (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The argon2 parameters of stored passwords (m=19456,t=2,p=1) when the policy's last changed. Until nobody has an outdated
-- one, every request computes all of them, so that its duration does not reveal whose password is outdated.
CREATE TABLE password_cost (
    params TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- The registry records (SISS), as imported. Identity checks compare with them. The contacts are the registered ones. A
-- holder's confirmed change is written here too, and later imports keep it (see contact.settled_at).
CREATE TABLE registry (
    niss          INTEGER PRIMARY KEY,
    kind          TEXT NOT NULL CHECK (kind IN ('citizen', 'employer', 'company')),
    status        TEXT NOT NULL CHECK (status IN ('active', 'deceased', 'ceased')),
    name          TEXT NOT NULL,
    birth_date    TEXT,                                          -- required for citizens
    civil_id_kind TEXT CHECK (civil_id_kind IN ('cc', 'bi', 'passport', 'residence_permit', 'eu_id')),
    civil_id      TEXT,                                          -- letters and digits, upper case
    nif           TEXT,
    responsible   TEXT,                                          -- companies only: the person responsible
    email         TEXT,
    mobile        TEXT,                                          -- E.164
    telephone     TEXT,                                          -- E.164
    address       TEXT,
    postal_code   TEXT,
    locality      TEXT,
    country       TEXT,                                          -- ISO 3166-1 alpha-2; null means PT
    language      TEXT NOT NULL CHECK (language IN ('en', 'pt'))
) STRICT;

-- The holders' decisions about their contacts. Without a row, the registry's value is as imported.
CREATE TABLE contact (
    niss         INTEGER NOT NULL REFERENCES registry,
    kind         TEXT    NOT NULL CHECK (kind IN ('email', 'mobile', 'telephone')),
    confirmed_at INTEGER,                                        -- when a code proved the registered value
    settled_at   INTEGER,                                        -- the holder's last decision; imports keep it
    proposed     TEXT,                                           -- not proved yet; a telephone: not activated yet
    PRIMARY KEY (niss, kind)
) STRICT, WITHOUT ROWID;

-- One account per holder. Without a row, no account was ever requested.
CREATE TABLE account (
    niss         INTEGER PRIMARY KEY REFERENCES registry,
    account_type TEXT    NOT NULL CHECK (account_type IN ('citizen', 'company')),
    state        TEXT    NOT NULL CHECK (state IN ('requested', 'active', 'suspended', 'closed')),
    alerts       TEXT    NOT NULL CHECK (alerts IN ('email', 'sms', 'none')),
    created_at   INTEGER NOT NULL,
    activated_at INTEGER,                                        -- null before the first activation and after a reset
    password     TEXT CHECK (password LIKE '$argon2id$%'),       -- prevents storing a plain password by mistake
    phone_code   BLOB CHECK (length(phone_code) = 32),
    draws        INTEGER NOT NULL DEFAULT 0,                     -- number of random draws for this holder
    no_contacts  INTEGER NOT NULL DEFAULT 0 CHECK (no_contacts IN (0, 1)),  -- said to have no e-mail and no mobile
    CHECK (password IS NULL OR state IN ('active', 'suspended'))
) STRICT;
-- Lists of accounts: the newest of a state, and merged from them the newest of all.
CREATE INDEX account_of_state ON account (state, created_at);

-- Every issued code, valid or not, to distinguish an old code from a wrong one. The newest code of a purpose is its
-- last row.
CREATE TABLE code (
    id          INTEGER PRIMARY KEY,
    niss        INTEGER NOT NULL REFERENCES registry,            -- no account needed with Chave Móvel Digital
    purpose     TEXT    NOT NULL CHECK (purpose IN
                ('activation', 'recovery', 'contact_email', 'contact_mobile', 'login', 'cmd')),
    channel     TEXT    NOT NULL CHECK (channel IN ('email', 'sms', 'letter')),
    mac         BLOB    NOT NULL CHECK (length(mac) = 32),
    target      TEXT,                                            -- for contact_*: the contact that it proves
    issued_at   INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    expected_on TEXT,                                            -- expected day of arrival of a letter
    state       TEXT    NOT NULL CHECK (state IN ('open', 'used', 'superseded'))
) STRICT;
CREATE INDEX code_of ON code (niss, purpose);
CREATE UNIQUE INDEX code_open ON code (niss, purpose) WHERE state = 'open';

-- Failure counts and lockouts. No foreign key, because it also has rows for unknown NISS.
CREATE TABLE guard (
    niss          INTEGER NOT NULL,
    what          TEXT    NOT NULL CHECK (what IN
                  ('identity', 'login', 'activation', 'recovery', 'contact_email', 'contact_mobile', 'login_code', 'phone_code',
                   'cmd_pin', 'cmd_code')),
    failures      INTEGER NOT NULL DEFAULT 0,                    -- consecutive
    on_code       INTEGER NOT NULL DEFAULT 0,                    -- codes only: since the newest was issued
    recent        TEXT    NOT NULL DEFAULT '',                   -- identity: times in the window, by spaces
    blocked_until INTEGER,                                       -- 253402300799: until lifted
    stale_at      INTEGER,                                       -- identity: from then on it changes no answer
    PRIMARY KEY (niss, what)
) STRICT, WITHOUT ROWID;
-- Counters to delete.
CREATE INDEX guard_stale ON guard (stale_at) WHERE stale_at IS NOT NULL;
-- Lists of blocked accounts.
CREATE INDEX guard_blocked ON guard (what, blocked_until) WHERE blocked_until IS NOT NULL;

-- Open sessions. A token is the id and a secret. The secret is not stored.
CREATE TABLE session (
    id           INTEGER PRIMARY KEY,                            -- random
    niss         INTEGER NOT NULL REFERENCES account,
    mac          BLOB    NOT NULL CHECK (length(mac) = 32),
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL,
    idle         INTEGER NOT NULL,                               -- maximum seconds without use
    ends_at      INTEGER NOT NULL,                               -- latest end
    fresh_until  INTEGER NOT NULL,                               -- end of the time in which its login is fresh
    enrolment    INTEGER NOT NULL DEFAULT 0 CHECK (enrolment IN (0, 1))  -- only to confirm a first contact
) STRICT;
CREATE INDEX session_of ON session (niss);

-- Calls on the phone line with an identified caller (003 G). A token is the id and a secret. The secret is not stored.
CREATE TABLE call (
    id         INTEGER PRIMARY KEY,                              -- random
    niss       INTEGER NOT NULL REFERENCES account,
    mac        BLOB    NOT NULL CHECK (length(mac) = 32),
    created_at INTEGER NOT NULL,
    ends_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX call_of ON call (niss);

-- The data of the authentication provider of Chave Móvel Digital, which is a separate system. The provider does not
-- compare them with the registry. It shares them after the holder's consent.
CREATE TABLE cmd (
    niss        INTEGER PRIMARY KEY REFERENCES registry,
    mobile      TEXT    NOT NULL,                                -- E.164; independent of the registered contacts
    pin         BLOB    NOT NULL CHECK (length(pin) = 32),       -- HMAC of 4 to 8 digits
    name        TEXT    NOT NULL,
    birth_date  TEXT    NOT NULL,
    civil_id    TEXT    NOT NULL,                                -- letters and digits, upper case
    nif         TEXT    NOT NULL,
    holds_niss  INTEGER NOT NULL CHECK (holds_niss IN (0, 1)),   -- whether the provider shares the NISS
    enrolled_at INTEGER NOT NULL,
    draws       INTEGER NOT NULL DEFAULT 0                       -- number of random draws for this holder
) STRICT;

-- The service's own inbox: decisions, due benefits and payments (001 step 14). The sentences are generated when a
-- message is read.
CREATE TABLE alert (
    id         INTEGER PRIMARY KEY,
    niss       INTEGER NOT NULL REFERENCES account,
    kind       TEXT    NOT NULL CHECK (kind IN ('decision', 'benefit', 'payment')),
    about      TEXT    NOT NULL,                                 -- the application or benefit, in the operator's words
    decision   TEXT CHECK (decision IN ('granted', 'refused')),
    amount     INTEGER,                                          -- in euro cents
    paid_on    TEXT,                                             -- payment date
    created_at INTEGER NOT NULL,
    read_at    INTEGER,                                          -- first reading by the holder
    CHECK ((kind = 'decision') = (decision IS NOT NULL)),
    CHECK ((kind = 'payment') = (paid_on IS NOT NULL)),
    CHECK (kind <> 'payment' OR amount IS NOT NULL)
) STRICT;
CREATE INDEX alert_of ON alert (niss, id);

-- The outbox: every message, in the order of creation.
CREATE TABLE message (
    id         INTEGER PRIMARY KEY,
    niss       INTEGER NOT NULL REFERENCES registry,
    channel    TEXT    NOT NULL CHECK (channel IN ('email', 'sms', 'letter')),
    purpose    TEXT    NOT NULL CHECK (purpose IN ('activation', 'recovery', 'contact_email', 'contact_mobile', 'login', 'cmd',
               'activated', 'password_changed', 'recovered', 'second_factor_enrolment', 'login_locked', 'code_blocked',
               'phone_code_blocked', 'phone_code_set', 'phone_code_changed', 'suspended', 'resumed', 'reset', 'closed',
               'contact_changed', 'contact_removed', 'cmd_blocked', 'alert')),
    recipient  TEXT    NOT NULL,                                 -- address or number; letters: the address block
    language   TEXT    NOT NULL CHECK (language IN ('en', 'pt')),
    subject    TEXT,                                             -- null for an SMS
    body       TEXT    NOT NULL,                                 -- U+FFFC in the place of the code
    sealed     BLOB CHECK (length(sealed) > 40),                 -- the code, sealed for this row; zeros of the same
                                                                 -- length once wiped (see src/store/outbox/mod.rs)
    expires_at INTEGER,                                          -- expiry of the code
    created_at INTEGER NOT NULL,
    status     TEXT    NOT NULL CHECK (status IN ('pending', 'dispatched', 'returned', 'failed', 'lost')),
    status_at  INTEGER,                                          -- time of the delivery result: returned, failed, lost
    due_at     INTEGER CHECK (due_at IS NULL OR channel <> 'letter'),  -- delayed until then; sandboxes only
    dispatched_at INTEGER CHECK (dispatched_at IS NULL OR channel = 'letter'),  -- letters only: time of printing
    request    INTEGER,                                          -- the request that caused it: audit.id
    code       INTEGER,                                          -- the code in it: code.id, also after its deletion
    print_run  INTEGER,                                          -- letters only: the request that printed it: audit.id
    CHECK ((sealed IS NULL) = (expires_at IS NULL)),
    CHECK ((status_at IS NULL) = (status IN ('pending', 'dispatched'))),
    CHECK (channel <> 'letter' OR (dispatched_at IS NULL) = (status = 'pending'))
) STRICT;
CREATE INDEX message_of ON message (niss, id);
-- Messages that are not sent yet: letters to print.
CREATE INDEX message_pending ON message (id) WHERE status = 'pending';
-- Messages that did not arrive, with the codes that do not count towards the resend limits.
CREATE INDEX message_undelivered ON message (niss, code) WHERE status IN ('returned', 'failed', 'lost');
-- Codes that are not wiped yet, by expiry.
CREATE INDEX message_live ON message (expires_at) WHERE sealed > zeroblob(length(sealed));

-- The audit numbers of holders, also for unknown NISS. Nothing in a number follows from the holder. account erase
-- deletes the row, and the entries can't be linked to the holder any more.
CREATE TABLE subject (
    niss INTEGER PRIMARY KEY,
    id   INTEGER NOT NULL UNIQUE,                                -- number of the first entry, then 24 random bits
    mac  BLOB    NOT NULL CHECK (length(mac) = 32)               -- HMAC of both: protects the assignment
) STRICT;

-- The audit log: who did what, when, and with which outcome. It contains no secret and no personal data. Entries are
-- only added. Each entry has an HMAC over all its columns and the previous entry.
CREATE TABLE audit (
    id      INTEGER PRIMARY KEY,                                 -- request number, as in the reply
    at      INTEGER NOT NULL,
    actor   TEXT    NOT NULL,
    action  TEXT    NOT NULL,                                    -- operation, see src/request/operation.rs
    subject INTEGER,                                             -- the named NISS, known or not: subject.id
    outcome TEXT    NOT NULL CHECK (outcome IN ('done', 'refused')),
    reason  TEXT,                                                -- refusals only, see src/reply/reason.rs
    detail  TEXT CHECK (detail IS NULL OR json_valid(detail)),   -- facts and effects, see src/reply/audit_detail.rs
    remark  BLOB CHECK (length(remark) = 32),                    -- HMAC of the operator's remark: remark.text
    mac     BLOB    NOT NULL CHECK (length(mac) = 32)
) STRICT;
CREATE INDEX audit_of ON audit (subject, id) WHERE subject IS NOT NULL;
-- Entries that concern many holders.
CREATE INDEX audit_common ON audit (action, id) WHERE action IN ('policy_set', 'outbox_print');
-- Entries before which the time can be set back.
CREATE INDEX audit_reset ON audit (id) WHERE action = 'store_clock_reset';
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is only added to: no entry is changed'); END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is only added to: no entry is removed'); END;
CREATE TRIGGER audit_goes_on BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the audit is only added to: no entry is replaced'); END;

-- Remarks of operators, which may contain personal data. They can be erased without breaking the chain.
CREATE TABLE remark (
    audit INTEGER PRIMARY KEY REFERENCES audit,
    text  TEXT    NOT NULL
) STRICT;

-- The last entry of the audit log, to detect a truncated end. One row.
CREATE TABLE trail (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    count INTEGER NOT NULL,                                      -- number of entries
    last  INTEGER NOT NULL,                                      -- audit.id; 0 if there is none
    mac   BLOB    NOT NULL CHECK (length(mac) = 32),             -- audit.mac; zeros if there is none
    seal  BLOB    NOT NULL CHECK (length(seal) = 32)             -- HMAC of the other three
) STRICT;

-- The progress of each batch that writes its replies to a file: one row per file. It is written in the transaction of
-- the lines that it describes. After a crash the file is truncated to output_length, the replies are written to it, and
-- the rest of the input follows.
CREATE TABLE batch (
    output        TEXT    PRIMARY KEY,                           -- canonical path of the file of replies
    input_hash    BLOB    CHECK (length(input_hash) = 32),       -- HMAC of the input up to next_offset
    next_offset   INTEGER NOT NULL,                              -- offset in bytes of the first unread input
    next_line     INTEGER NOT NULL,                              -- line number at next_offset, from 1
    output_length INTEGER NOT NULL,                              -- bytes of the file before the replies of this row
    replies       BLOB,                                          -- last group's replies, sealed; null if in the file
    finished      INTEGER NOT NULL CHECK (finished IN (0, 1))
) STRICT;

-- The lines that were done under a name (ssd batch --once): they are not done again. A row is written in the transaction of its
-- line. account erase deletes the rows of a holder, batch forget those of a name.
CREATE TABLE batch_line (
    name    TEXT    NOT NULL,                                -- name of the batch
    id      TEXT    NOT NULL,                                -- id of the line, as JSON
    niss    INTEGER,                                         -- holder; null if the line has none
    request INTEGER NOT NULL,                                -- first request: audit.id
    mac     BLOB    NOT NULL CHECK (length(mac) = 32),       -- HMAC of the row and of the line without its secrets
    PRIMARY KEY (name, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_line_of ON batch_line (niss) WHERE niss IS NOT NULL;

PRAGMA application_id = 1397965873;  -- 0x53534431, "SSD1"
PRAGMA user_version = 5;
