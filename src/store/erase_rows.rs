//! The erasure of one holder: every row that is about one, but the audit's entries, which then are about nobody who is known.

use crate::domain::niss::Niss;
use crate::error::Error;
use crate::store::audit::subjects;
use crate::store::unit_of_work::UnitOfWork;

/// From those that refer to others to those that are referred to.
const TABLES: [&str; 10] =
    ["message", "session", "call", "alert", "code", "cmd", "contact", "guard", "account", "registry"];

/// Deletes every row about a holder, and what operators have said about one; whether there was any. That the audit knows the
/// holder by a number is forgotten later, by [`forget`]: the entry of the erasure itself is still to bear it.
///
/// # Errors
/// Those of SQLite.
pub fn erase(unit: &UnitOfWork<'_>, niss: Niss) -> Result<bool, Error> {
    let mut rows = 0;
    for table in TABLES {
        rows += unit.tx.execute(&format!("DELETE FROM {table} WHERE niss = ?1"), [niss])?;
    }
    if let Some(subject) = subjects::find(&unit.tx, niss)? {
        let sql = "DELETE FROM remark
 WHERE audit IN (SELECT id FROM audit WHERE subject IS NOT NULL AND subject = ?1 AND remark IS NOT NULL)";
        unit.tx.execute(sql, [subject])?;
        rows += 1;
    }
    Ok(rows > 0)
}

/// Forgets by which number the audit knows a holder; when the unit is committed, nothing of the holder is in the log either.
///
/// # Errors
/// Those of SQLite.
pub fn unlink_subject(unit: &UnitOfWork<'_>, niss: Niss) -> Result<(), Error> {
    unit.tx.execute("DELETE FROM subject WHERE niss = ?1", [niss])?;
    unit.erased.set(true);
    Ok(())
}
