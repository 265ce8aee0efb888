//! The report of a period: counts without personal data, from one pass over the audit log.
//!
//! The log is complete, also for holders that were erased: their entries remain, and lead to nobody. The pass reads all of it,
//! because an account that was activated in the period may have been requested before it, and a code of the period may have been
//! used after it.
//!
//! - The state of codes and letters is that of now; everything else happened in the period.
//! - Tables are read only for what no entry has: letters that are not printed, and the expected days of letters.
//! - Entries before version 5 do not store their effects. `older` derives them.

use crate::domain::calendar::lisbon_date;
use crate::domain::time_range::TimeRange;
use crate::domain::vocabulary::Channel;
use crate::error::Error;
use crate::reply::{LetterCounts, Report};
use crate::store::audit::scan;
use crate::store::outbox::letters;
use crate::store::{Store, UnitOfWork, audit, codes};
use code_counts::IssuedCodes;
use counts::Counts;
use older::OlderEntries;
pub use series::LIMITS as SERIES_LIMITS;

mod code_counts;
mod counts;
mod facts;
mod older;
mod series;

/// Counts what happened in a period.
///
/// # Errors
/// Fails if a stored value is invalid.
pub fn of(store: &Store, period: TimeRange) -> Result<Report, Error> {
    store.read(|unit| build(unit, period))
}

fn build(unit: &UnitOfWork<'_>, period: TimeRange) -> Result<Report, Error> {
    let mut counts = Counts::new(period);
    let mut older = OlderEntries::read(unit, audit::effects_since(&unit.tx)?)?;
    scan::for_each(unit, |entry| {
        counts.add(entry, &older.facts_of(entry));
        Ok(())
    })?;
    older.add_codes(&mut counts.codes, period);
    let letters = LetterCounts {
        pending: letters::count_pending(unit, period)?,
        overdue: count_overdue(unit, &counts.codes)?,
        ..counts.letters
    };
    Ok(Report { letters, ..counts.into_report(unit.now) })
}

/// Returns the number of codes by letter that are still valid and were expected before today.
fn count_overdue(unit: &UnitOfWork<'_>, issued: &IssuedCodes) -> Result<u64, Error> {
    let today = lisbon_date(unit.now);
    let mut overdue = 0;
    for id in issued.open(Channel::Letter, unit.now) {
        overdue += u64::from(codes::expected_on(unit, id)?.is_some_and(|expected_on| expected_on < today));
    }
    Ok(overdue)
}
