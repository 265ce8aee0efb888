//! Lists of the audit log.
//!
//! The entries of a holder and of a period are found through an index. The other filters read the entries newest first,
//! and stop when the page is full.

use std::ops::Range;

use rusqlite::{Connection, OptionalExtension, Row, ToSql};

use super::{SELECT_ENTRIES, line, subjects};
use crate::domain::niss::Niss;
use crate::domain::search_text::{SearchBuffer, SearchText};
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::Outcome;
use crate::error::Error;
use crate::reply::{AuditEntry, Reason};
use crate::request::Operation;
use crate::store::newest::Newest;
use crate::store::sql_types::where_clause;
use crate::store::time_ranges::{self, TimedTable};

/// The entries of a list.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter<'a> {
    /// Entries about this holder.
    pub niss: Option<Niss>,
    /// Entries at or after this time.
    pub since: Option<Timestamp>,
    /// Entries before this time.
    pub before: Option<Timestamp>,
    /// Entries of this actor.
    pub actor: Option<&'a str>,
    /// Entries of this operation.
    pub op: Option<Operation>,
    /// Entries with this outcome.
    pub outcome: Option<Outcome>,
    /// Refusals with this reason.
    pub reason: Option<Reason>,
    /// Entries whose remark has this text.
    pub remark: Option<&'a SearchText>,
}

impl AuditFilter<'_> {
    /// Returns the filter of all entries about a holder.
    pub fn of_holder(niss: Niss) -> AuditFilter<'static> {
        AuditFilter { niss: Some(niss), ..AuditFilter::default() }
    }
}

/// A filter with the holder's number in the audit log and the ids of the period.
struct Prepared<'a> {
    filter: &'a AuditFilter<'a>,
    subject: Option<i64>,
    ranges: Vec<Range<i64>>,
}

/// Calls `each` with the entries, oldest first; `most` limits them to the newest. Returns whether there are more.
///
/// # Errors
/// Returns the errors of `each`.
pub fn entries(
    connection: &Connection,
    filter: &AuditFilter<'_>,
    most: Option<i64>,
    mut each: impl FnMut(AuditEntry) -> Result<(), Error>,
) -> Result<bool, Error> {
    let Some(prepared) = Prepared::new(connection, filter)? else { return Ok(false) };
    let Some(most) = most else {
        let mut buffer = SearchBuffer::default();
        for range in &prepared.ranges {
            let (conditions, values) = prepared.conditions(range);
            let sql = format!("{SELECT_ENTRIES} WHERE {conditions} ORDER BY audit.id");
            let mut statement = connection.prepare(&sql)?;
            let mut rows = statement.query(&values[..])?;
            while let Some(row) = rows.next()? {
                if prepared.has_remark(row, 8, &mut buffer)? {
                    each(line(row)?)?;
                }
            }
        }
        return Ok(false);
    };
    let (keys, has_more) = prepared.newest(connection, most)?.into_ascending();
    let mut statement = connection.prepare(&format!("{SELECT_ENTRIES} WHERE audit.id = ?1"))?;
    for key in keys {
        if let Some(entry) = statement.query_row([key], line).optional()? {
            each(entry)?;
        }
    }
    Ok(has_more)
}

/// Counts the entries.
///
/// # Errors
/// Those of SQLite.
pub fn count(connection: &Connection, filter: &AuditFilter<'_>) -> Result<i64, Error> {
    let Some(prepared) = Prepared::new(connection, filter)? else { return Ok(0) };
    let mut count = 0;
    if filter.remark.is_some() {
        let (keys, _) = prepared.newest(connection, i64::MAX)?.into_ascending();
        return Ok(i64::try_from(keys.len()).unwrap_or(i64::MAX));
    }
    for range in &prepared.ranges {
        let (conditions, values) = prepared.conditions(range);
        let sql = format!("SELECT count(*) FROM audit WHERE {conditions}");
        count += connection.query_row(&sql, &values[..], |row| row.get::<_, i64>(0))?;
    }
    Ok(count)
}

impl<'a> Prepared<'a> {
    /// Returns `None` if there is no entry about the holder.
    fn new(connection: &Connection, filter: &'a AuditFilter<'a>) -> Result<Option<Prepared<'a>>, Error> {
        let subject = match filter.niss.map(|niss| subjects::find(connection, niss)).transpose()? {
            Some(None) => return Ok(None),
            subject => subject.flatten(),
        };
        let ranges = time_ranges::ranges(connection, TimedTable::Audit, filter.since, filter.before)?;
        Ok(Some(Prepared { filter, subject, ranges }))
    }

    fn newest(&self, connection: &Connection, most: i64) -> Result<Newest, Error> {
        let (mut page, mut buffer) = (Newest::new(most), SearchBuffer::default());
        for range in self.ranges.iter().rev() {
            let (sql, values) = self.newest_sql(range);
            page.add(connection, &sql, &values[..], |row| self.has_remark(row, 1, &mut buffer))?;
        }
        Ok(page)
    }

    /// Returns the query of the ids and remarks in a range, the newest first.
    fn newest_sql(&self, range: &Range<i64>) -> (String, Vec<&dyn ToSql>) {
        let (conditions, values) = self.conditions(range);
        let from = match (self.filter.remark, self.subject) {
            (None, _) => "audit.id FROM audit",
            // The holder's entries first: there are few.
            (Some(_), Some(_)) => "audit.id, remark.text FROM audit CROSS JOIN remark ON remark.audit = audit.id",
            // The remarks first: only operators write them.
            (Some(_), None) => "remark.audit, remark.text FROM remark CROSS JOIN audit ON audit.id = remark.audit",
        };
        let order = if from.starts_with("remark") { "remark.audit" } else { "audit.id" };
        (format!("SELECT {from} WHERE {conditions} ORDER BY {order} DESC"), values)
    }

    fn conditions(&self, range: &Range<i64>) -> (String, Vec<&dyn ToSql>) {
        let AuditFilter { actor, op, outcome, reason, .. } = self.filter;
        let (mut sql, values) = where_clause(&[
            // The condition repeats the partial index literally.
            ("subject IS NOT NULL AND subject =", self.subject.as_ref().map(|subject| subject as &dyn ToSql)),
            ("actor =", actor.as_ref().map(|actor| actor as &dyn ToSql)),
            ("action =", op.as_ref().map(|op| op as &dyn ToSql)),
            ("outcome =", outcome.as_ref().map(|outcome| outcome as &dyn ToSql)),
            ("reason =", reason.as_ref().map(|reason| reason as &dyn ToSql)),
        ]);
        sql += &time_ranges::condition("audit.id", range);
        (sql, values)
    }

    /// Returns whether the remark in a column has the text, if one is searched for.
    fn has_remark(&self, row: &Row<'_>, column: usize, buffer: &mut SearchBuffer) -> rusqlite::Result<bool> {
        let Some(text) = self.filter.remark else { return Ok(true) };
        Ok(row.get_ref(column)?.as_str_or_null()?.is_some_and(|remark| text.is_in(remark, buffer)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sql_types::query_plan;

    #[test]
    fn first_page_is_read_newest_first_without_sorting() {
        let text: SearchText = "letter".parse().expect("a text");
        let none = AuditFilter::default();
        let all = 0..i64::MAX;
        for (filter, subject, range, expected) in [
            (&none, None, &all, "SCAN audit"),
            (&none, Some(7), &all, "SEARCH audit USING COVERING INDEX audit_of"),
            (&none, Some(7), &(3..9), "SEARCH audit USING COVERING INDEX audit_of"),
            (&none, None, &(3..9), "SEARCH audit USING INTEGER PRIMARY KEY"),
            (&AuditFilter { actor: Some("counter-3"), ..none.clone() }, None, &all, "SCAN audit"),
            (&AuditFilter { op: Some(Operation::Register), ..none.clone() }, None, &all, "SCAN audit"),
            (
                &AuditFilter { op: Some(Operation::PolicySet), ..none.clone() },
                None,
                &(3..9),
                "SEARCH audit USING INTEGER PRIMARY KEY",
            ),
            (&AuditFilter { remark: Some(&text), ..none.clone() }, None, &all, "SCAN remark"),
            (
                &AuditFilter { remark: Some(&text), ..none.clone() },
                Some(7),
                &all,
                "SEARCH audit USING COVERING INDEX audit_of",
            ),
        ] {
            let prepared = Prepared { filter, subject, ranges: vec![] };
            let (sql, values) = prepared.newest_sql(range);
            let steps = query_plan(&sql, &values[..]);
            assert!(steps[0].starts_with(expected), "{sql}: {steps:?}");
            assert!(steps.iter().all(|step| !step.contains("B-TREE")), "{sql}: {steps:?}");
            assert!(steps[1..].iter().all(|step| step.starts_with("SEARCH")), "{sql}: {steps:?}");
        }
    }

    #[test]
    fn all_entries_are_read_in_order_without_sorting() {
        for (subject, range) in [(None, 0..i64::MAX), (None, 5..9), (Some(7), 0..i64::MAX), (Some(7), 5..9)] {
            let prepared = Prepared { filter: &AuditFilter::default(), subject, ranges: vec![] };
            let (conditions, values) = prepared.conditions(&range);
            let sql = format!("{SELECT_ENTRIES} WHERE {conditions} ORDER BY audit.id");
            let steps = query_plan(&sql, &values[..]);
            assert!(steps.iter().all(|step| !step.contains("B-TREE")), "{sql}: {steps:?}");
            assert!(steps[1..].iter().all(|step| step.starts_with("SEARCH")), "{sql}: {steps:?}");
            assert_eq!(steps[0].contains("audit_of"), subject.is_some(), "{sql}: {steps:?}");
        }
    }
}
