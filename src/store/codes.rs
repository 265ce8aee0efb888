//! Table `code`: every issued code, stored as a keyed hash.

use rusqlite::{OptionalExtension, Row, named_params};

use crate::domain::code::VerificationCode;
use crate::domain::niss::Niss;
use crate::domain::time::{Date, Span, Timestamp};
use crate::domain::vocabulary::{Channel, CodeStatus, Purpose};
use crate::error::Error;
use crate::store::crypto::key::{Key, Mac};
use crate::store::outbox;
use crate::store::sql_types::ids;
use crate::store::unit_of_work::UnitOfWork;

/// A row of table `code`.
#[derive(Debug, Clone)]
pub struct CodeRow {
    /// The row's id.
    pub id: i64,
    /// The channel that carried the code.
    pub channel: Channel,
    /// The contact that the code proves, for `contact_*`.
    pub target: Option<String>,
    /// The time of issue.
    pub issued_at: Timestamp,
    /// The end of validity. The code is valid before this time.
    pub expires_at: Timestamp,
    /// The expected day of arrival of a letter.
    pub expected_on: Option<Date>,
    /// The code's state.
    pub standing: CodeStatus,
    mac: Mac,
}

impl CodeRow {
    /// Checks a code in constant time.
    pub fn matches(&self, key: &Key, niss: Niss, purpose: Purpose, code: &VerificationCode) -> bool {
        key.verify(&self.mac, purpose.as_str(), niss, code.expose())
    }

    /// Returns whether the code would be accepted now.
    pub fn is_usable(&self, now: Timestamp) -> bool {
        self.standing == CodeStatus::Open && now < self.expires_at
    }
}

const OF: &str = "SELECT id, channel, target, issued_at, expires_at, expected_on, state, mac
  FROM code WHERE niss = ?1 AND purpose = ?2 ORDER BY id DESC";

fn issued(row: &Row<'_>) -> rusqlite::Result<CodeRow> {
    Ok(CodeRow {
        id: row.get(0)?,
        channel: row.get(1)?,
        target: row.get(2)?,
        issued_at: row.get(3)?,
        expires_at: row.get(4)?,
        expected_on: row.get(5)?,
        standing: row.get(6)?,
        mac: row.get(7)?,
    })
}

/// Returns the codes of a purpose that were issued to a holder, newest first.
pub fn all_for(unit: &UnitOfWork<'_>, niss: Niss, purpose: Purpose) -> Result<Vec<CodeRow>, Error> {
    let mut statement = unit.tx.prepare_cached(OF)?;
    let rows = statement.query_map((niss, purpose), issued)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Returns the newest code of a purpose. Reuses the statement of [`all_for`]: the limits keep its list short.
pub fn newest(unit: &UnitOfWork<'_>, niss: Niss, purpose: Purpose) -> Result<Option<CodeRow>, Error> {
    Ok(all_for(unit, niss, purpose)?.into_iter().next())
}

/// A code to issue.
#[derive(Debug)]
pub struct NewCode<'a> {
    /// The purpose.
    pub purpose: Purpose,
    /// The channel.
    pub channel: Channel,
    /// The contact that the code proves.
    pub target: Option<&'a str>,
    /// The end of validity.
    pub expires_at: Timestamp,
    /// The expected day of arrival of a letter.
    pub expected_on: Option<Date>,
}

/// Issues a code and returns its id. The open code of its purpose must be superseded before: a purpose has one open code.
pub fn issue(unit: &UnitOfWork<'_>, niss: Niss, new: &NewCode<'_>, code: &VerificationCode) -> Result<i64, Error> {
    let sql = "INSERT INTO code (niss, purpose, channel, mac, target, issued_at, expires_at, expected_on, state)
VALUES (:niss, :purpose, :channel, :mac, :target, :issued_at, :expires_at, :expected_on, 'open')";
    unit.tx.prepare_cached(sql)?.execute(named_params! {
        ":niss": niss, ":purpose": new.purpose, ":channel": new.channel, ":target": new.target,
        ":mac": unit.key()?.mac(new.purpose.as_str(), niss, code.expose()),
        ":issued_at": unit.now, ":expires_at": new.expires_at, ":expected_on": new.expected_on,
    })?;
    Ok(unit.tx.last_insert_rowid())
}

/// Deletes the expired codes of a purpose that were issued at least `window` ago, letters `letter_window` ago, and returns
/// their ids. A newer code must exist: messages keep the ids of deleted codes, and SQLite would give the highest one again.
pub fn delete_old(
    unit: &UnitOfWork<'_>,
    niss: Niss,
    purpose: Purpose,
    window: Span,
    letter_window: Span,
) -> Result<Vec<i64>, Error> {
    let sql = "DELETE FROM code WHERE niss = ?1 AND purpose = ?2 AND issued_at + iif(channel = 'letter', ?4, ?3) <= ?5
       AND expires_at <= ?5 RETURNING id";
    ids(&unit.tx, sql, (niss, purpose, window.in_seconds(), letter_window.in_seconds(), unit.now))
}

/// Marks a code as used and wipes it from its message.
pub fn mark_used(unit: &UnitOfWork<'_>, niss: Niss, id: i64) -> Result<(), Error> {
    unit.tx.prepare_cached("UPDATE code SET state = 'used' WHERE id = ?1")?.execute([id])?;
    outbox::wipe(unit, niss, id)
}

/// Supersedes the open code of this purpose and wipes it from its message. Returns its id, or `None` if no code was open.
pub fn supersede(unit: &UnitOfWork<'_>, niss: Niss, purpose: Purpose) -> Result<Option<i64>, Error> {
    // The condition repeats the partial index literally. SQLite does not use the index for a bound state.
    let sql = "UPDATE code SET state = 'superseded' WHERE niss = ?1 AND purpose = ?2 AND state = 'open' RETURNING id";
    let superseded = unit.tx.prepare_cached(sql)?.query_row((niss, purpose), |row| row.get(0)).optional()?;
    superseded.map_or(Ok(()), |id| outbox::wipe(unit, niss, id))?;
    Ok(superseded)
}

/// Supersedes every open code and wipes it from its message. Returns holder, id and purpose of each.
pub fn supersede_every(unit: &UnitOfWork<'_>) -> Result<Vec<(Niss, i64, Purpose)>, Error> {
    let sql = "UPDATE code SET state = 'superseded' WHERE state = 'open' RETURNING niss, id, purpose";
    let mut statement = unit.tx.prepare(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let superseded = rows.collect::<Result<Vec<_>, _>>()?;
    for (niss, id, _) in &superseded {
        outbox::wipe(unit, *niss, *id)?;
    }
    Ok(superseded)
}

/// Supersedes the open codes that were issued after this unit's time, by a clock that was ahead, and wipes them from their
/// messages. All codes after this time count as issued now, so that they delay the next code no longer than others. Returns
/// holder, id and purpose of each superseded code.
pub fn supersede_future(unit: &UnitOfWork<'_>) -> Result<Vec<(Niss, i64, Purpose)>, Error> {
    let sql =
        "UPDATE code SET state = 'superseded' WHERE issued_at > ?1 AND state = 'open' RETURNING niss, id, purpose";
    let mut statement = unit.tx.prepare(sql)?;
    let rows = statement.query_map([unit.now], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let superseded = rows.collect::<Result<Vec<_>, _>>()?;
    for (niss, id, _) in &superseded {
        outbox::wipe(unit, *niss, *id)?;
    }
    let sql =
        "UPDATE code SET issued_at = ?1, expires_at = min(expires_at, ?1), expected_on = NULL WHERE issued_at > ?1";
    unit.tx.execute(sql, [unit.now])?;
    Ok(superseded)
}

/// A code of a store before version 5, whose entries do not store their codes.
#[derive(Debug)]
#[expect(missing_docs, reason = "each is the column of the same name, or its table")]
pub struct OlderCode {
    pub id: i64,
    pub subject: Option<i64>,
    pub purpose: Purpose,
    pub channel: Channel,
    pub issued_at: Timestamp,
    pub expires_at: Timestamp,
    pub state: CodeStatus,
    /// The time of the next code of the same holder and purpose.
    pub next_at: Option<Timestamp>,
}

/// Returns the codes that were issued at a time or before, in the order of issue, as far as their rows are not deleted.
///
/// # Errors
/// Fails if a stored value is invalid.
pub fn issued_until(unit: &UnitOfWork<'_>, last: Timestamp) -> Result<Vec<OlderCode>, Error> {
    let sql = "SELECT code.id, subject.id, purpose, channel, issued_at, expires_at, state,
       lead(issued_at) OVER (PARTITION BY code.niss, purpose ORDER BY code.id)
  FROM code LEFT JOIN subject USING (niss) WHERE issued_at <= ?1 ORDER BY code.id";
    let mut statement = unit.tx.prepare(sql)?;
    let rows = statement.query_map([last], |row| {
        Ok(OlderCode {
            id: row.get(0)?,
            subject: row.get(1)?,
            purpose: row.get(2)?,
            channel: row.get(3)?,
            issued_at: row.get(4)?,
            expires_at: row.get(5)?,
            state: row.get(6)?,
            next_at: row.get(7)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Returns the expected day of arrival of the letter with a code. `None` for other codes.
pub fn expected_on(unit: &UnitOfWork<'_>, id: i64) -> Result<Option<Date>, Error> {
    let mut statement = unit.tx.prepare_cached("SELECT expected_on FROM code WHERE id = ?1")?;
    Ok(statement.query_row([id], |row| row.get(0)).optional()?.flatten())
}
