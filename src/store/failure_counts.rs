//! Table `guard`: counts of failures, and the blocks that follow from them; for unknown NISS too.

use rusqlite::{OptionalExtension, named_params};

use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::LockoutScope;
use crate::error::Error;
use crate::store::unit_of_work::UnitOfWork;

/// One row; all zero where there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FailureCount {
    /// Failures in a row.
    pub failures: u32,
    /// Of a code's purpose: failures since the newest code was issued.
    pub on_code: u32,
    /// Of identity: when, within the window, oldest first.
    pub recent: Vec<Timestamp>,
    /// Blocked while now is before this; [`Time::NEVER`] until lifted.
    pub blocked_until: Option<Timestamp>,
}

impl FailureCount {
    /// The end of a block that stands now.
    pub fn blocked_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.blocked_until.filter(|until| now < *until)
    }
}

/// The count of one guard.
///
/// # Errors
/// Those of SQLite.
pub fn find(unit: &UnitOfWork<'_>, niss: Niss, what: LockoutScope) -> Result<FailureCount, Error> {
    let sql = "SELECT failures, on_code, recent, blocked_until FROM guard WHERE niss = ?1 AND what = ?2";
    let found = unit.tx.prepare_cached(sql)?.query_row((niss, what), |row| {
        let recent: String = row.get(2)?;
        let recent = recent.split(' ').filter_map(|at| at.parse().ok().and_then(Timestamp::from_seconds)).collect();
        Ok(FailureCount { failures: row.get(0)?, on_code: row.get(1)?, recent, blocked_until: row.get(3)? })
    });
    Ok(found.optional()?.unwrap_or_default())
}

/// Writes a count; one that is all zero needs no row.
///
/// # Errors
/// Those of SQLite.
pub fn save(unit: &UnitOfWork<'_>, niss: Niss, what: LockoutScope, count: &FailureCount) -> Result<(), Error> {
    if *count == FailureCount::default() {
        unit.tx.prepare_cached("DELETE FROM guard WHERE niss = ?1 AND what = ?2")?.execute((niss, what))?;
        return Ok(());
    }
    let recent: Vec<String> = count.recent.iter().map(|at| at.seconds().to_string()).collect();
    let sql = "INSERT INTO guard (niss, what, failures, on_code, recent, blocked_until)
VALUES (:niss, :what, :failures, :on_code, :recent, :blocked_until)
ON CONFLICT (niss, what) DO UPDATE SET failures = excluded.failures, on_code = excluded.on_code, recent = excluded.recent,
       blocked_until = excluded.blocked_until";
    unit.tx.prepare_cached(sql)?.execute(named_params! {
        ":niss": niss, ":what": what, ":failures": count.failures, ":on_code": count.on_code,
        ":recent": recent.join(" "), ":blocked_until": count.blocked_until,
    })?;
    Ok(())
}
