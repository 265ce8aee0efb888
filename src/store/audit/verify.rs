//! Verification of the audit log. Every entry is linked again in order, in the memory of one entry. The result names
//! the first fault.

use rusqlite::types::ValueRef;

use crate::domain::audit_anchor::AuditAnchor;
use crate::domain::niss::Niss;
use crate::error::{AuditFault, Error};
use crate::store::audit::chain::{self, COLUMNS, Chain, Head};
use crate::store::crypto::key::Mac;
use crate::store::unit_of_work::UnitOfWork;

/// A valid audit log.
pub struct VerifiedAudit {
    /// The number of verified entries.
    pub entries: i64,
    /// The anchor of the last entry.
    pub anchor: AuditAnchor,
}

/// Selects the entries with their remarks and subjects.
pub const ENTRIES: &str =
    "SELECT audit.id, at, actor, action, audit.subject, outcome, reason, detail, audit.remark, audit.mac, text, niss
  FROM audit LEFT JOIN remark ON remark.audit = audit.id LEFT JOIN subject ON subject.id = audit.subject
 WHERE audit.id >= ?1 ORDER BY audit.id";

/// Verifies every entry with its remark, the subjects and the end of the chain. With an anchor, verifies the anchor's
/// entry and all entries after it.
///
/// # Errors
/// Returns the first fault.
pub fn verify(unit: &UnitOfWork<'_>, since: Option<AuditAnchor>) -> Result<VerifiedAudit, Error> {
    verify_each(unit, since, |_| ())
}

/// A verified entry.
pub struct VerifiedEntry<'a> {
    /// The number.
    pub id: i64,
    /// The time, in seconds.
    pub at: i64,
    /// The action.
    pub action: &'a str,
    /// The audit number of the holder.
    pub subject: Option<i64>,
    /// Whether the request was not refused.
    pub is_done: bool,
    /// The detail, as JSON.
    pub detail: Option<&'a str>,
}

/// Verifies the log as [`verify`] does, and calls `each` with every verified entry in order.
///
/// # Errors
/// Returns the first fault.
pub fn verify_each(
    unit: &UnitOfWork<'_>,
    since: Option<AuditAnchor>,
    mut each: impl FnMut(&VerifiedEntry<'_>),
) -> Result<VerifiedAudit, Error> {
    let chain = unit.chain()?;
    let mut reached = match since {
        Some(anchor) => check_anchor(unit, anchor)?,
        None => Head::START,
    };
    // Starts below the first number: an entry inserted there would appear in every list.
    let from = since.map_or(i64::MIN, |anchor| anchor.id + 1);
    let mut statement = unit.tx.prepare(ENTRIES)?;
    let mut rows = statement.query([from])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        let mut columns = [ValueRef::Null; COLUMNS];
        for (at, column) in columns.iter_mut().enumerate() {
            *column = row.get_ref(at)?;
        }
        let mac = chain.mac_of_entry(&reached.mac, &columns);
        if row.get_ref(9)? != ValueRef::Blob(&mac) {
            return Err(match reached.last + 1 {
                next if next < id => Error::AuditBroken(AuditFault::Missing, next),
                _ => Error::AuditBroken(AuditFault::Altered, id),
            });
        }
        let [_, _, _, action, subject, outcome, _, _, remark] = columns;
        let is_erasure = action == ValueRef::Text(b"account_erase") && outcome == ValueRef::Text(b"done");
        if let (true, ValueRef::Integer(subject)) = (is_erasure, subject) {
            // After an erasure the subject has no row and no later entry.
            if row.get_ref(11)? != ValueRef::Null {
                return Err(Error::AuditBroken(AuditFault::Subject, id));
            }
            if let Some(later) = first_entry_about(unit, subject, id + 1)? {
                return Err(Error::AuditBroken(AuditFault::Subject, later));
            }
        }
        let is_forgotten = match (subject, row.get_ref(11)?) {
            (ValueRef::Integer(subject), ValueRef::Null) => {
                if !is_erased(unit, subject)? {
                    return Err(Error::AuditBroken(AuditFault::Subject, id));
                }
                true
            }
            _ => false,
        };
        let fits = match (remark, row.get_ref(10)?) {
            (ValueRef::Null, ValueRef::Null) => true,
            // Of an erased holder's remarks, only the one of the erasure itself remains.
            (ValueRef::Blob(_), ValueRef::Null) => is_forgotten && !is_erasure,
            (ValueRef::Blob(hash), ValueRef::Text(text)) => {
                str::from_utf8(text).is_ok_and(|text| chain.mac_of_remark(id, text) == hash)
            }
            _ => false,
        };
        if !fits {
            return Err(Error::AuditBroken(AuditFault::Remark, id));
        }
        let text = |column: usize| columns[column].as_str_or_null().map_err(rusqlite::Error::from);
        each(&VerifiedEntry {
            id,
            at: columns[1].as_i64().map_err(rusqlite::Error::from)?,
            action: text(3)?.unwrap_or_default(),
            subject: columns[4].as_i64_or_null().map_err(rusqlite::Error::from)?,
            is_done: outcome == ValueRef::Text(b"done"),
            detail: text(7)?,
        });
        reached = reached.next(id, mac);
    }
    if since.is_none() {
        check_subjects(unit, chain, reached)?;
    }
    check_chain_end(unit, chain, reached, since.is_none())?;
    check_indexes(unit)?;
    let entries = reached.count;
    Ok(VerifiedAudit { entries, anchor: AuditAnchor { id: reached.last, mac: reached.mac } })
}

/// Returns the chain's state at an anchor.
///
/// # Errors
/// Fails if the anchor's entry is missing or was altered.
fn check_anchor(unit: &UnitOfWork<'_>, anchor: AuditAnchor) -> Result<Head, Error> {
    let start = Head { count: 0, last: anchor.id, mac: anchor.mac };
    let found = match anchor.id {
        0 => Some(Head::START.mac),
        id => mac_of(unit, id)?,
    };
    if found == Some(anchor.mac) { Ok(start) } else { Err(Error::AuditBroken(AuditFault::Anchor, anchor.id)) }
}

fn mac_of(unit: &UnitOfWork<'_>, id: i64) -> Result<Option<Mac>, Error> {
    let mut statement = unit.tx.prepare_cached("SELECT mac FROM audit WHERE id = ?1")?;
    let mut rows = statement.query([id])?;
    Ok(rows.next()?.and_then(|row| row.get(0).ok()))
}

/// Returns whether the audit log records the erasure of this subject. The number then has no holder.
fn is_erased(unit: &UnitOfWork<'_>, subject: i64) -> Result<bool, Error> {
    let sql = "SELECT EXISTS (SELECT 1 FROM audit
 WHERE subject IS NOT NULL AND subject = ?1 AND action = 'account_erase' AND outcome = 'done')";
    Ok(unit.tx.prepare_cached(sql)?.query_row([subject], |row| row.get(0))?)
}

/// Checks the keyed hash of every subject.
fn check_subjects(unit: &UnitOfWork<'_>, chain: &Chain, reached: Head) -> Result<(), Error> {
    let mut statement = unit.tx.prepare("SELECT niss, id, mac FROM subject ORDER BY niss")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (niss, id) = (Niss::from_i64(row.get(0)?), row.get(1)?);
        if niss.is_none_or(|niss| {
            row.get_ref(2).map_or(true, |mac| mac != ValueRef::Blob(&chain.mac_of_subject(niss, id)))
        }) {
            let first = first_entry_about(unit, id, i64::MIN)?;
            return Err(Error::AuditBroken(AuditFault::Subject, first.unwrap_or(reached.last)));
        }
    }
    Ok(())
}

/// Returns the first entry about a subject from a number on.
fn first_entry_about(unit: &UnitOfWork<'_>, subject: i64, from: i64) -> Result<Option<i64>, Error> {
    let sql = "SELECT min(id) FROM audit WHERE subject IS NOT NULL AND subject = ?1 AND id >= ?2";
    Ok(unit.tx.prepare_cached(sql)?.query_row((subject, from), |row| row.get(0))?)
}

/// Checks that the indexes contain the rows of their tables. Lists of one holder and the check for an erasure read the
/// indexes, which no chain covers.
fn check_indexes(unit: &UnitOfWork<'_>) -> Result<(), Error> {
    for table in ["audit", "subject", "remark", "trail"] {
        let sql = format!("PRAGMA integrity_check('{table}')");
        let verdict: String = unit.tx.query_row(&sql, [], |row| row.get(0))?;
        if verdict != "ok" {
            return Err(Error::StoreDamaged(verdict));
        }
    }
    Ok(())
}

/// Checks that the chain ends at the stored head.
fn check_chain_end(unit: &UnitOfWork<'_>, chain: &Chain, reached: Head, is_complete: bool) -> Result<(), Error> {
    let head = chain::head(&unit.tx, chain)?;
    if head.last > reached.last {
        return Err(Error::AuditBroken(AuditFault::Missing, reached.last + 1));
    }
    let fits = head.last == reached.last && head.mac == reached.mac && (!is_complete || head.count == reached.count);
    if fits { Ok(()) } else { Err(Error::AuditBroken(AuditFault::Head, head.last)) }
}

/// Returns the anchor of the last entry.
///
/// # Errors
/// Fails if the head was altered or its entry is missing.
pub fn anchor(unit: &UnitOfWork<'_>) -> Result<AuditAnchor, Error> {
    let head = chain::head(&unit.tx, unit.chain()?)?;
    let is_there = head.last == 0 || mac_of(unit, head.last)? == Some(head.mac);
    if is_there {
        Ok(AuditAnchor { id: head.last, mac: head.mac })
    } else {
        Err(Error::AuditBroken(AuditFault::Missing, head.last))
    }
}
