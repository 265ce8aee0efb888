//! Table `contact`: the holders' decisions about their registered contacts.

use rusqlite::{OptionalExtension, named_params};

use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::ContactKind;
use crate::error::Error;
use crate::store::UnitOfWork;

/// A row of table `contact`. All fields are `None` if there is no row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactRecord {
    /// The time when a code proved the registered value.
    pub confirmed_at: Option<Timestamp>,
    /// The time of the holder's last decision. Imports leave a settled contact alone.
    pub settled_at: Option<Timestamp>,
    /// The proposed value that is not proved yet.
    pub proposed: Option<String>,
}

/// Returns the state of one contact of a holder.
pub fn find(unit: &UnitOfWork<'_>, niss: Niss, kind: ContactKind) -> Result<ContactRecord, Error> {
    let sql = "SELECT confirmed_at, settled_at, proposed FROM contact WHERE niss = ?1 AND kind = ?2";
    let found = unit.tx.prepare_cached(sql)?.query_row((niss, kind), |row| {
        Ok(ContactRecord { confirmed_at: row.get(0)?, settled_at: row.get(1)?, proposed: row.get(2)? })
    });
    Ok(found.optional()?.unwrap_or_default())
}

/// Writes the state of one contact of a holder.
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
