//! The ids of the rows of a period, without an index by time.
//!
//! The tables `audit` and `message` only grow, and a store's time never falls, so their ids have the order of their times.
//! A binary search by id finds both ends of a period: about twenty look-ups in a million rows. Only `store clock-reset`
//! sets the time back. It divides a table into segments, and each of them is searched.

use std::ops::Range;

use rusqlite::{Connection, OptionalExtension};

use crate::domain::time::Timestamp;
use crate::error::Error;
use crate::store::sql_types;

/// The ids of all rows.
const ALL: Range<i64> = 0..i64::MAX;

/// A table whose ids have the order of its times.
#[derive(Debug, Clone, Copy)]
pub enum TimedTable {
    /// The audit log, by `at`.
    Audit,
    /// The outbox, by `created_at`.
    Message,
}

/// The id and time of a row, and the audit entry that it was written with.
struct TimedRow {
    id: i64,
    at: Timestamp,
    entry: i64,
}

impl TimedTable {
    /// Selects the first row from an id on. Messages of a store before version 5 have no entry; there were no resets.
    const fn first_from(self) -> &'static str {
        match self {
            TimedTable::Audit => "SELECT id, at, id FROM audit WHERE id >= ?1 ORDER BY id LIMIT 1",
            TimedTable::Message => {
                "SELECT id, created_at, coalesce(request, 0) FROM message WHERE id >= ?1 ORDER BY id LIMIT 1"
            }
        }
    }

    const fn max(self) -> &'static str {
        match self {
            TimedTable::Audit => "SELECT coalesce(max(id), 0) FROM audit",
            TimedTable::Message => "SELECT coalesce(max(id), 0) FROM message",
        }
    }
}

/// Returns the ids of the rows at or after `since` and before `before`, as ranges in ascending order.
///
/// # Errors
/// Those of SQLite.
pub fn ranges(
    connection: &Connection,
    table: TimedTable,
    since: Option<Timestamp>,
    before: Option<Timestamp>,
) -> Result<Vec<Range<i64>>, Error> {
    if since.is_none() && before.is_none() {
        return Ok(vec![ALL]);
    }
    let end = 1 + connection.query_row(table.max(), [], |row| row.get::<_, i64>(0))?;
    let mut starts = vec![0];
    for reset in resets(connection)? {
        starts.push(first_id(connection, table, 0..end, |row| row.entry >= reset)?);
    }
    let ends: Vec<i64> = starts.iter().skip(1).copied().chain([end]).collect();
    let mut ranges = vec![];
    for (start, end) in starts.into_iter().zip(ends) {
        let from = match since {
            Some(since) => first_id(connection, table, start..end, |row| row.at >= since)?,
            None => start,
        };
        let to = match before {
            Some(before) => first_id(connection, table, from..end, |row| row.at >= before)?,
            None => end,
        };
        if from < to {
            ranges.push(from..to);
        }
    }
    Ok(ranges)
}

/// Returns the condition of an id in a range; empty for all ids.
pub fn condition(column: &str, range: &Range<i64>) -> String {
    let from = if range.start > 0 { format!(" AND {column} >= {}", range.start) } else { String::new() };
    let to = if range.end < i64::MAX { format!(" AND {column} < {}", range.end) } else { String::new() };
    from + &to
}

/// Selects the resets that have set the time back. The condition repeats the partial index literally.
const RESETS: &str = "SELECT id FROM audit AS reset WHERE action = 'store_clock_reset'
   AND at < (SELECT at FROM audit WHERE id < reset.id ORDER BY id DESC LIMIT 1) ORDER BY id";

/// Returns the audit entries before which the time was set back.
fn resets(connection: &Connection) -> Result<Vec<i64>, Error> {
    sql_types::ids(connection, RESETS, [])
}

/// Returns the first id of `within` from which on all rows fulfil a condition that is false before it.
fn first_id(
    connection: &Connection,
    table: TimedTable,
    within: Range<i64>,
    is_reached: impl Fn(&TimedRow) -> bool,
) -> Result<i64, Error> {
    let mut statement = connection.prepare_cached(table.first_from())?;
    let Range { mut start, mut end } = within;
    while start < end {
        let middle = start + (end - start) / 2;
        let row = |row: &rusqlite::Row<'_>| Ok(TimedRow { id: row.get(0)?, at: row.get(1)?, entry: row.get(2)? });
        match statement.query_row([middle], row).optional()? {
            Some(row) if row.id < end && !is_reached(&row) => start = row.id + 1,
            _ => end = middle,
        }
    }
    Ok(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::migrations;

    /// Entries and their messages: the time rises every third entry, and falls at two resets. Every fifth message is gone.
    const ROWS: &str = "PRAGMA foreign_keys = OFF;
WITH RECURSIVE n (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM n WHERE n < 3000)
INSERT INTO audit (id, at, actor, action, outcome, mac)
SELECT n, 1000 + n / 3 - iif(n >= 1500, 300, 0) - iif(n >= 2500, 500, 0), 'x',
       iif(n IN (1500, 1501, 2500, 2600), 'store_clock_reset', 'login'), 'done', zeroblob(32) FROM n;
INSERT INTO message (niss, channel, purpose, recipient, language, body, created_at, status, request)
SELECT 1, 'sms', 'activated', 'x', 'en', 'x', at, 'dispatched', iif(id < 100, NULL, id) FROM audit;
DELETE FROM message WHERE id % 5 = 0;";

    #[test]
    fn ranges_have_the_rows_of_the_period_across_clock_resets() {
        let connection = Connection::open_in_memory().expect("SQLite");
        connection.execute_batch(migrations::SQL).expect("the schema");
        connection.execute_batch(ROWS).expect("rows");
        let ids = |sql: &str| sql_types::ids(&connection, sql, []).expect(sql);
        for (table, name, column) in
            [(TimedTable::Audit, "audit", "at"), (TimedTable::Message, "message", "created_at")]
        {
            for (since, before) in
                [(0, 5000), (1000, 1001), (1200, 1400), (1499, 1500), (1201, 1201), (900, 1100), (3000, 4000)]
            {
                for (since, before) in
                    [(Some(since), Some(before)), (Some(since), None), (None, Some(before)), (None, None)]
                {
                    let time = |seconds: Option<i64>| seconds.and_then(Timestamp::from_seconds);
                    let ranges = ranges(&connection, table, time(since), time(before)).expect(name);
                    let found: Vec<i64> = ranges
                        .iter()
                        .flat_map(|range| {
                            ids(&format!("SELECT id FROM {name} WHERE TRUE{} ORDER BY id", condition("id", range)))
                        })
                        .collect();
                    let expected = ids(&format!(
                        "SELECT id FROM {name} WHERE {column} >= {} AND {column} < {} ORDER BY id",
                        since.unwrap_or(0),
                        before.unwrap_or(i64::MAX)
                    ));
                    assert_eq!(found, expected, "{name}: {since:?} {before:?}");
                    assert!(ranges.len() <= 3, "{ranges:?}");
                }
            }
        }
    }

    #[test]
    fn resets_are_found_through_their_index() {
        let steps = sql_types::query_plan(RESETS, []);
        assert!(steps[0].contains("audit_reset"), "{steps:?}");
        assert!(steps.iter().all(|step| !step.contains("B-TREE")), "{steps:?}");
    }
}
