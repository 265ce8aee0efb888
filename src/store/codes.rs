//! Table `code`: every code that was issued, kept as a keyed hash.

use rusqlite::{Row, named_params};

use crate::domain::code::VerificationCode;
use crate::domain::niss::Niss;
use crate::domain::time::{Date, Span, Timestamp};
use crate::domain::vocabulary::{Channel, Purpose};
use crate::error::Error;
use crate::store::crypto::key::{Key, Mac};
use crate::store::outbox;
use crate::store::unit_of_work::UnitOfWork;

/// How a code stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeStatus {
    /// The newest of its purpose, not used yet; it may have expired.
    Open,
    /// Used.
    Used,
    /// A newer one, or a change of the account, has taken its place.
    Superseded,
}

/// One row.
#[derive(Debug, Clone)]
pub struct CodeRow {
    /// Its number.
    pub id: i64,
    /// How it travelled.
    pub channel: Channel,
    /// The contact that it proves, of `contact_*`.
    pub target: Option<String>,
    /// When.
    pub issued_at: Timestamp,
    /// Good while now is before this.
    pub expires_at: Timestamp,
    /// A letter's day of arrival, as a rule.
    pub expected_on: Option<Date>,
    /// How it stands.
    pub standing: CodeStatus,
    mac: Mac,
}

impl CodeRow {
    /// Whether `code` is this one, in constant time.
    pub fn matches(&self, key: &Key, niss: Niss, purpose: Purpose, code: &VerificationCode) -> bool {
        key.verify(&self.mac, purpose.as_str(), niss, code.expose())
    }

    /// Whether it would be taken now.
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
        standing: match row.get_ref(6)?.as_str()? {
            "open" => CodeStatus::Open,
            "used" => CodeStatus::Used,
            _ => CodeStatus::Superseded,
        },
        mac: row.get(7)?,
    })
}

/// The codes of a purpose that were issued to a holder, newest first.
///
/// # Errors
/// Those of SQLite.
pub fn all_for(unit: &UnitOfWork<'_>, niss: Niss, purpose: Purpose) -> Result<Vec<CodeRow>, Error> {
    let mut statement = unit.tx.prepare_cached(OF)?;
    let rows = statement.query_map((niss, purpose), issued)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The newest code of a purpose. The limits keep the list short, so the one statement serves for its head too.
///
/// # Errors
/// Those of SQLite.
pub fn newest(unit: &UnitOfWork<'_>, niss: Niss, purpose: Purpose) -> Result<Option<CodeRow>, Error> {
    Ok(all_for(unit, niss, purpose)?.into_iter().next())
}

/// What is to be issued.
#[derive(Debug)]
pub struct NewCode<'a> {
    /// For what.
    pub purpose: Purpose,
    /// How it travels.
    pub channel: Channel,
    /// The contact that it proves.
    pub target: Option<&'a str>,
    /// Good until.
    pub expires_at: Timestamp,
    /// A letter's day of arrival.
    pub expected_on: Option<Date>,
}

/// Issues a code. The one that was open for its purpose must have been superseded: there is one open code a purpose.
///
/// # Errors
/// Those of SQLite.
pub fn issue(unit: &UnitOfWork<'_>, niss: Niss, new: &NewCode<'_>, code: &VerificationCode) -> Result<(), Error> {
    let sql = "INSERT INTO code (niss, purpose, channel, mac, target, issued_at, expires_at, expected_on, state)
VALUES (:niss, :purpose, :channel, :mac, :target, :issued_at, :expires_at, :expected_on, 'open')";
    unit.tx.prepare_cached(sql)?.execute(named_params! {
        ":niss": niss, ":purpose": new.purpose, ":channel": new.channel, ":target": new.target,
        ":mac": unit.key()?.mac(new.purpose.as_str(), niss, code.expose()),
        ":issued_at": unit.now, ":expires_at": new.expires_at, ":expected_on": new.expected_on,
    })?;
    Ok(())
}

/// Forgets the codes of a purpose that have ended, and were issued as long ago as `window` or longer.
///
/// # Errors
/// Those of SQLite.
pub fn delete_all(unit: &UnitOfWork<'_>, niss: Niss, purpose: Purpose, window: Span) -> Result<(), Error> {
    let sql = "DELETE FROM code WHERE niss = ?1 AND purpose = ?2 AND issued_at + ?3 <= ?4 AND expires_at <= ?4";
    unit.tx.prepare_cached(sql)?.execute((niss, purpose, window.in_seconds(), unit.now))?;
    Ok(())
}

/// The code is used: it works no second time, and its message has it no more.
///
/// # Errors
/// Those of SQLite.
pub fn mark_used(unit: &UnitOfWork<'_>, niss: Niss, purpose: Purpose, id: i64) -> Result<(), Error> {
    unit.tx.prepare_cached("UPDATE code SET state = 'used' WHERE id = ?1")?.execute([id])?;
    outbox::wipe(unit, niss, purpose)
}

/// The open code of a purpose, if there is one, is good for nothing any more, and its message has it no more.
///
/// # Errors
/// Those of SQLite.
pub fn supersede(unit: &UnitOfWork<'_>, niss: Niss, purpose: Purpose) -> Result<(), Error> {
    // The condition is the partial index's, to the letter: a bound state would miss it.
    let sql = "UPDATE code SET state = 'superseded' WHERE niss = ?1 AND purpose = ?2 AND state = 'open'";
    match unit.tx.prepare_cached(sql)?.execute((niss, purpose))? {
        0 => Ok(()),
        _ => outbox::wipe(unit, niss, purpose),
    }
}
