//! Table `guard`: the state of each lockout, that is the counts of failures and the end of the block. Unknown NISS have rows too.

use rusqlite::{OptionalExtension, Row, named_params};

use crate::domain::lockout::{LockoutRule, LockoutState};
use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::LockoutScope;
use crate::error::Error;
use crate::store::unit_of_work::UnitOfWork;

const FIND: &str = "SELECT failures, on_code, recent, blocked_until FROM guard WHERE niss = :niss AND what = :what";

/// Returns the state of a scope: the default if there is no row.
///
/// # Errors
/// SQLite's.
pub fn find(unit: &UnitOfWork<'_>, niss: Niss, scope: LockoutScope) -> Result<LockoutState, Error> {
    let values = named_params! { ":niss": niss, ":what": scope };
    Ok(unit.tx.prepare_cached(FIND)?.query_row(values, state_of).optional()?.unwrap_or_default())
}

/// Reads a state from the first four columns.
fn state_of(row: &Row<'_>) -> rusqlite::Result<LockoutState> {
    let recent: String = row.get(2)?;
    let recent = recent.split(' ').filter_map(|at| at.parse().ok().and_then(Timestamp::from_seconds)).collect();
    Ok(LockoutState { failures: row.get(0)?, on_code: row.get(1)?, recent, blocked_until: row.get(3)? })
}

/// Calls `each` with every row: the NISS, its audit number, the scope, the state, and the time from which the row may be deleted.
///
/// # Errors
/// Returns the errors of `each`. Fails if a stored value is invalid.
pub fn for_each_with_subject(
    unit: &UnitOfWork<'_>,
    mut each: impl FnMut(Option<Niss>, Option<i64>, LockoutScope, &LockoutState, Option<Timestamp>) -> Result<(), Error>,
) -> Result<(), Error> {
    let sql = "SELECT failures, on_code, recent, blocked_until, niss, subject.id, what, stale_at
  FROM guard LEFT JOIN subject USING (niss)";
    let mut statement = unit.tx.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(row.get(4)?, row.get(5)?, row.get(6)?, &state_of(row)?, row.get(7)?)?;
    }
    Ok(())
}

const SAVE: &str = "INSERT INTO guard (niss, what, failures, on_code, recent, blocked_until, stale_at)
VALUES (:niss, :what, :failures, :on_code, :recent, :blocked_until, :stale_at)
ON CONFLICT (niss, what) DO UPDATE SET failures = excluded.failures, on_code = excluded.on_code, recent = excluded.recent,
       blocked_until = excluded.blocked_until, stale_at = excluded.stale_at";

const DELETE: &str = "DELETE FROM guard WHERE niss = :niss AND what = :what";

/// Saves the state of a scope. The default state has no row. From `stale_at` on the row may be deleted.
///
/// # Errors
/// SQLite's.
pub fn save(
    unit: &UnitOfWork<'_>,
    niss: Niss,
    scope: LockoutScope,
    state: &LockoutState,
    stale_at: Option<Timestamp>,
) -> Result<(), Error> {
    if *state == LockoutState::default() {
        unit.tx.prepare_cached(DELETE)?.execute(named_params! { ":niss": niss, ":what": scope })?;
        return Ok(());
    }
    let recent: Vec<String> = state.recent.iter().map(|at| at.seconds().to_string()).collect();
    unit.tx.prepare_cached(SAVE)?.execute(named_params! {
        ":niss": niss, ":what": scope, ":failures": state.failures, ":on_code": state.on_code,
        ":recent": recent.join(" "), ":blocked_until": state.blocked_until,
        ":stale_at": stale_at,
    })?;
    Ok(())
}

/// How many counters one request deletes: more than it adds, so that they do not grow in number under guessing.
pub const DELETE_PER_REQUEST: i64 = 8;

/// Deletes at most `most` counters that can no longer change any answer, the oldest first, for known and unknown NISS alike. Units
/// of work that answer requests call it when they begin. Readers do not rely on it.
///
/// # Errors
/// SQLite's.
pub fn delete_stale(unit: &UnitOfWork<'_>, most: i64) -> Result<(), Error> {
    // The condition repeats the partial index literally.
    let sql = "DELETE FROM guard WHERE (niss, what) IN
    (SELECT niss, what FROM guard WHERE stale_at IS NOT NULL AND stale_at <= ?1 ORDER BY stale_at LIMIT ?2)";
    unit.tx.prepare_cached(sql)?.execute((unit.now, most))?;
    Ok(())
}

const WITH_TIMES: &str =
    "SELECT niss, what FROM guard WHERE recent <> '' OR blocked_until > ?1 AND blocked_until <> ?2 ORDER BY niss, what";

/// A failure count whose times were changed.
pub struct ChangedCount {
    /// The holder.
    pub niss: Niss,
    /// The scope.
    pub scope: LockoutScope,
    /// The state as it is now.
    pub state: LockoutState,
    /// The time from which the row may be deleted.
    pub stale_at: Option<Timestamp>,
    /// Whether a lockout ended.
    pub is_lifted: bool,
}

/// Ends the lockouts that would end after this unit's time, and forgets the failures after it: they were counted by a clock that
/// was ahead. The failures in a row stay, and so do lockouts without an end. Returns the rows that it wrote.
///
/// # Errors
/// SQLite's.
pub fn end_future(unit: &UnitOfWork<'_>) -> Result<Vec<ChangedCount>, Error> {
    let mut statement = unit.tx.prepare(WITH_TIMES)?;
    let rows = statement.query_map((unit.now, Timestamp::FAR_FUTURE), |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut changed = vec![];
    for (niss, scope) in rows.collect::<Result<Vec<(Niss, LockoutScope)>, _>>()? {
        let before = find(unit, niss, scope)?;
        let mut state = before.clone();
        state.recent.retain(|at| *at <= unit.now);
        let is_lifted = state.blocked_until(unit.now).is_some_and(|until| until != Timestamp::FAR_FUTURE);
        if is_lifted {
            state.blocked_until = None;
        }
        if state != before {
            let stale_at = LockoutRule::for_scope(scope, &unit.policy).stale_at(&state);
            save(unit, niss, scope, &state, stale_at)?;
            changed.push(ChangedCount { niss, scope, state, stale_at, is_lifted });
        }
    }
    Ok(changed)
}
