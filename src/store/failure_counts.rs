//! Table `guard`: failure counts and the lockouts that follow from them, also for unknown NISS.

use rusqlite::{OptionalExtension, named_params};

use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::LockoutScope;
use crate::error::Error;
use crate::store::UnitOfWork;

/// A row of table `guard`. All counts are zero if there is no row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FailureCount {
    /// The number of consecutive failures.
    pub failures: u32,
    /// For a code's purpose: the number of failures since the newest code was issued.
    pub on_code: u32,
    /// For identity checks: the times of the failures within the window, oldest first.
    pub recent: Vec<Timestamp>,
    /// The end of the lockout. [`Timestamp::FAR_FUTURE`] means until it is lifted.
    pub blocked_until: Option<Timestamp>,
}

impl FailureCount {
    /// Returns the end of a lockout that is in force now.
    pub fn blocked_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.blocked_until.filter(|until| now < *until)
    }
}

/// Returns the failure count of one scope.
pub fn find(unit: &UnitOfWork<'_>, niss: Niss, what: LockoutScope) -> Result<FailureCount, Error> {
    let sql = "SELECT failures, on_code, recent, blocked_until FROM guard WHERE niss = ?1 AND what = ?2";
    let found = unit.tx.prepare_cached(sql)?.query_row((niss, what), |row| {
        let recent: String = row.get(2)?;
        let recent = recent.split(' ').filter_map(|at| at.parse().ok().and_then(Timestamp::from_seconds)).collect();
        Ok(FailureCount { failures: row.get(0)?, on_code: row.get(1)?, recent, blocked_until: row.get(3)? })
    });
    Ok(found.optional()?.unwrap_or_default())
}

/// Writes a failure count. A count of all zeros has no row.
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
