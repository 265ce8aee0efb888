//! Letters of table `message`, and their dispatch.
//!
//! A letter is not printed if its code was used, was superseded or has expired, or if the post has returned it. Outside a sandbox such a code is wiped.
//! In a sandbox the code remains, and table `code` decides.

use rusqlite::{OptionalExtension, Row, ToSql, named_params};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::domain::message_purpose::MessagePurpose;
use crate::domain::niss::Niss;
use crate::domain::time::{Date, Timestamp};
use crate::domain::time_range::TimeRange;
use crate::domain::vocabulary::Language;
use crate::error::Error;
use crate::reply::Message;
use crate::store::sql_types::where_clause;
use crate::store::unit_of_work::UnitOfWork;
use crate::store::{audit, outbox};

/// The filter of a list of letters.
#[derive(Debug, Clone, Copy, Default)]
#[expect(missing_docs, reason = "each is the column of the same name")]
pub struct LetterFilter {
    /// Only letters that were never printed.
    pub pending: bool,
    pub niss: Option<Niss>,
    pub since: Option<Timestamp>,
    /// Letters before this time.
    pub before: Option<Timestamp>,
}

/// A letter in the outbox.
#[derive(Debug)]
#[expect(missing_docs, reason = "each is the column of the same name")]
pub struct LetterRow {
    pub id: i64,
    pub niss: Niss,
    pub purpose: MessagePurpose,
    pub recipient: String,
    pub language: Language,
    pub subject: String,
    /// The text with `outbox::CODE_MARKER` in the place of the code.
    pub body: String,
    pub created_at: Timestamp,
    pub dispatched_at: Option<Timestamp>,
    /// The expected day of arrival of a letter with a code.
    pub expected_on: Option<Date>,
    /// Whether the letter has no code, or a valid one, and was not returned.
    pub is_live: bool,
    /// A fingerprint. It differs from that of every other letter, including a later one with the same number.
    pub print: [u8; 32],
}

/// The columns of [`LetterRow`], then `sealed` and `expires_at` of the code.
const SELECT: &str =
    "SELECT m.id, m.niss, m.purpose, m.recipient, m.language, m.subject, m.body, m.created_at, m.dispatched_at,
       c.expected_on, m.sealed, m.expires_at,
       m.status IN ('pending', 'dispatched') AND (m.sealed IS NULL OR (c.id IS NOT NULL AND m.expires_at > :now AND m.sealed > zeroblob(length(m.sealed))))
  FROM message m
  LEFT JOIN code c ON c.id = m.code AND c.state = 'open'
 WHERE m.channel = 'letter'";

fn letter_row(row: &Row<'_>) -> rusqlite::Result<LetterRow> {
    let sealed: Option<Vec<u8>> = row.get(10)?;
    let mut stored = LetterRow {
        id: row.get(0)?,
        niss: row.get(1)?,
        purpose: row.get(2)?,
        recipient: row.get(3)?,
        language: row.get(4)?,
        subject: row.get::<_, Option<String>>(5)?.unwrap_or_default(),
        body: row.get(6)?,
        created_at: row.get(7)?,
        dispatched_at: row.get(8)?,
        expected_on: row.get(9)?,
        is_live: row.get(12)?,
        print: [0; 32],
    };
    let mut hash = Sha256::new();
    for part in [stored.recipient.as_bytes(), stored.body.as_bytes(), sealed.as_deref().unwrap_or_default()] {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    hash.update(stored.niss.as_i64().to_be_bytes());
    hash.update(stored.created_at.seconds().to_be_bytes());
    stored.print = hash.finalize().into();
    Ok(stored)
}

/// Calls `each` with the selected letters, oldest first, until it returns false. A letter with a valid code comes with
/// its code.
///
/// # Errors
/// Returns the errors of `each`. Fails if a code can't be unsealed.
pub fn list(
    unit: &UnitOfWork<'_>,
    wanted: LetterFilter,
    mut each: impl FnMut(LetterRow, Option<Zeroizing<String>>) -> Result<bool, Error>,
) -> Result<(), Error> {
    let (conditions, mut values) = where_clause(&[
        ("m.niss =", wanted.niss.as_ref().map(|niss| niss as &dyn ToSql)),
        ("m.created_at >=", wanted.since.as_ref().map(|since| since as &dyn ToSql)),
        ("m.created_at <", wanted.before.as_ref().map(|before| before as &dyn ToSql)),
    ]);
    // A literal condition, so that SQLite uses the partial index.
    let pending = if wanted.pending { " AND m.status = 'pending'" } else { "" };
    let sql = format!("{SELECT}{pending} AND {conditions} ORDER BY m.id").replace(":now", "?");
    values.insert(0, &unit.now);
    let mut statement = unit.tx.prepare(&sql)?;
    let mut rows = statement.query(&values[..])?;
    while let Some(row) = rows.next()? {
        let letter = letter_row(row)?;
        let code = match row.get_ref(10)?.as_blob_or_null().map_err(rusqlite::Error::from)? {
            Some(sealed) if letter.is_live => Some(outbox::opened(unit, letter.niss, letter.id, sealed)?),
            _ => None,
        };
        if !each(letter, code)? {
            break;
        }
    }
    Ok(())
}

/// Returns the current state of a letter.
pub fn find(unit: &UnitOfWork<'_>, id: i64) -> Result<Option<LetterRow>, Error> {
    let sql = format!("{SELECT} AND m.id = :id");
    let mut statement = unit.tx.prepare_cached(&sql)?;
    Ok(statement.query_row(named_params! { ":now": unit.now, ":id": id }, letter_row).optional()?)
}

/// Returns the number of the letters of a period that are not printed yet and would be: those without a code, and those with a
/// valid one.
pub fn count_pending(unit: &UnitOfWork<'_>, period: TimeRange) -> Result<u64, Error> {
    let sql = "SELECT count(*) FROM message m LEFT JOIN code c ON c.id = m.code AND c.state = 'open'
 WHERE m.status = 'pending' AND m.channel = 'letter' AND m.created_at >= :since AND m.created_at < :before
   AND (m.sealed IS NULL OR (c.id IS NOT NULL AND m.expires_at > :now))";
    let (since, before) =
        (period.since.unwrap_or(Timestamp::EPOCH), period.before.map_or(i64::MAX, Timestamp::seconds));
    let values = named_params! { ":now": unit.now, ":since": since, ":before": before };
    let count: i64 = unit.tx.prepare_cached(sql)?.query_row(values, |row| row.get(0))?;
    Ok(count.cast_unsigned())
}

/// Marks a letter as dispatched by the print run whose audit entry comes next. Returns whether it was not dispatched
/// before.
pub fn dispatch(unit: &UnitOfWork<'_>, id: i64) -> Result<bool, Error> {
    let sql = "UPDATE message SET status = 'dispatched', dispatched_at = ?1, print_run = ?3
 WHERE id = ?2 AND channel = 'letter' AND status = 'pending'";
    Ok(unit.tx.prepare_cached(sql)?.execute((unit.now, id, audit::next_id(unit)?))? > 0)
}

/// Returns the number of the finished print run with this file fingerprint.
pub fn print_run_of(unit: &UnitOfWork<'_>, mark: &str) -> Result<Option<i64>, Error> {
    let sql = "SELECT max(id) FROM audit
 WHERE action IN ('policy_set', 'outbox_print') AND action = 'outbox_print' AND detail ->> 'file' = ?1";
    Ok(unit.tx.query_row(sql, [mark], |row| row.get(0))?)
}

/// Returns a holder's printed letters with the numbers of their print runs, in the order of the messages.
///
/// A letter of a store before version 5 does not store its run: the first with its time is taken.
pub fn by_print_run<'a>(
    unit: &UnitOfWork<'_>,
    niss: Niss,
    messages: &'a [Message],
) -> Result<Vec<(i64, &'a Message)>, Error> {
    let sql = "SELECT min(a.id) FROM audit a LEFT JOIN subject s ON s.id = a.subject
 WHERE a.action IN ('policy_set', 'outbox_print') AND a.action = 'outbox_print' AND a.outcome = 'done'
   AND a.detail ->> 'dispatched' > 0 AND (a.subject IS NULL OR s.niss = ?1) AND a.at = ?2";
    let mut printed = vec![];
    for letter in messages {
        let run = match (letter.cause.print_run, letter.dispatched_at) {
            (Some(run), _) => Some(run),
            (None, Some(at)) => unit.tx.prepare_cached(sql)?.query_row((niss, at), |row| row.get(0))?,
            (None, None) => None,
        };
        printed.extend(run.map(|run| (run, letter)));
    }
    Ok(printed)
}

/// Returns the keyed fingerprint of a file of letters. A plain hash would reveal a code to an attacker who tries all
/// codes.
///
/// # Errors
/// Fails if the key is missing. Returns the errors of `read`, which passes on the file's bytes.
pub fn file_fingerprint(
    unit: &UnitOfWork<'_>,
    read: impl FnOnce(&mut dyn FnMut(&[u8])) -> Result<(), Error>,
) -> Result<String, Error> {
    use hmac::Mac;
    let mut mac = unit.key()?.derive_hmac("print run");
    read(&mut |bytes| mac.update(bytes))?;
    Ok(base16ct::lower::encode_string(&mac.finalize().into_bytes()))
}
