//! Table `contact`: what a holder has done about the registered contacts.

use rusqlite::{OptionalExtension, named_params};

use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::ContactKind;
use crate::error::Error;
use crate::store::unit_of_work::UnitOfWork;

/// One row; all none where there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactRecord {
    /// When the registered value was proved by a code.
    pub confirmed_at: Option<Timestamp>,
    /// When the holder last decided it; an import then leaves it alone.
    pub settled_at: Option<Timestamp>,
    /// What waits for its proof.
    pub proposed: Option<String>,
}

/// What a holder has done about one contact.
///
/// # Errors
/// Those of SQLite.
pub fn find(unit: &UnitOfWork<'_>, niss: Niss, kind: ContactKind) -> Result<ContactRecord, Error> {
    let sql = "SELECT confirmed_at, settled_at, proposed FROM contact WHERE niss = ?1 AND kind = ?2";
    let found = unit.tx.prepare_cached(sql)?.query_row((niss, kind), |row| {
        Ok(ContactRecord { confirmed_at: row.get(0)?, settled_at: row.get(1)?, proposed: row.get(2)? })
    });
    Ok(found.optional()?.unwrap_or_default())
}

/// Writes it.
///
/// # Errors
/// Those of SQLite.
pub fn save(unit: &UnitOfWork<'_>, niss: Niss, kind: ContactKind, contact_record: &ContactRecord) -> Result<(), Error> {
    let sql = "INSERT INTO contact (niss, kind, confirmed_at, settled_at, proposed)
VALUES (:niss, :kind, :confirmed_at, :settled_at, :proposed)
ON CONFLICT (niss, kind) DO UPDATE SET confirmed_at = excluded.confirmed_at, settled_at = excluded.settled_at,
       proposed = excluded.proposed";
    unit.tx.prepare_cached(sql)?.execute(named_params! {
        ":niss": niss, ":kind": kind, ":confirmed_at": contact_record.confirmed_at, ":settled_at": contact_record.settled_at,
        ":proposed": contact_record.proposed,
    })?;
    Ok(())
}
