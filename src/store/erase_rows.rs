//! Erasure of one holder: deletes every row about the holder except the audit entries. The entries then have no link to
//! the holder.

use crate::domain::niss::Niss;
use crate::error::Error;
use crate::store::audit::subjects;
use crate::store::unit_of_work::UnitOfWork;

/// The tables in the order of deletion: referring tables come before the tables that they reference.
const TABLES: [&str; 11] =
    ["batch_line", "message", "session", "call", "alert", "code", "cmd", "contact", "guard", "account", "registry"];

/// Deletes every row about a holder and the operators' remarks about the holder. Returns whether there was any row. The
/// holder's audit number is deleted later by [`unlink_subject`], because the entry of the erasure itself still needs
/// it.
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

/// Deletes the audit number of a holder. When the unit commits, the write-ahead log is emptied too.
pub fn unlink_subject(unit: &UnitOfWork<'_>, niss: Niss) -> Result<(), Error> {
    unit.tx.execute("DELETE FROM subject WHERE niss = ?1", [niss])?;
    unit.erased.set(true);
    Ok(())
}
