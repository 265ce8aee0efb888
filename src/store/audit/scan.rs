//! One pass over the audit log, for counts. An entry is not copied: its texts are those of the row.

use crate::domain::time::Timestamp;
use crate::error::Error;
use crate::store::unit_of_work::UnitOfWork;

/// An entry, without its hashes, its actor and the operator's remark.
#[derive(Debug, Clone, Copy)]
pub struct ScannedEntry<'a> {
    /// The number.
    pub id: i64,
    /// The time.
    pub at: Timestamp,
    /// The action.
    pub action: &'a str,
    /// The audit number of the holder.
    pub subject: Option<i64>,
    /// `done` or `refused`.
    pub outcome: &'a str,
    /// The reason of a refusal.
    pub reason: Option<&'a str>,
    /// The detail, as JSON.
    pub detail: Option<&'a str>,
}

pub(super) const ENTRIES: &str = "SELECT id, at, action, subject, outcome, reason, detail FROM audit ORDER BY id";

/// Calls `each` with all entries, oldest first.
///
/// # Errors
/// Returns the errors of `each`. Fails if a stored value is invalid.
pub fn for_each(
    unit: &UnitOfWork<'_>,
    mut each: impl FnMut(&ScannedEntry<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut statement = unit.tx.prepare(ENTRIES)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let text = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
        let text_or_null = |column| row.get_ref(column)?.as_str_or_null().map_err(rusqlite::Error::from);
        each(&ScannedEntry {
            id: row.get(0)?,
            at: row.get(1)?,
            action: text(2)?,
            subject: row.get(3)?,
            outcome: text(4)?,
            reason: text_or_null(5)?,
            detail: text_or_null(6)?,
        })?;
    }
    Ok(())
}
