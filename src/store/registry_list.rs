//! Lists of table `registry`, and searches in it.
//!
//! A registry record has no time, so a list begins with the lowest NISS. A search reads the table once, in the same
//! order, and stops when its page is full.

use rusqlite::{Connection, Row};

use crate::domain::holder::Holder;
use crate::domain::niss::Niss;
use crate::domain::search_text::{SearchBuffer, SearchText, SearchedRecord};
use crate::error::Error;
use crate::store::registry;

/// The records of a list.
#[derive(Debug, Clone, Copy, Default)]
pub struct RecordFilter<'a> {
    /// The record of this holder.
    pub niss: Option<Niss>,
    /// Records with this text.
    pub text: Option<&'a SearchText>,
}

/// Returns the statement of a search. Columns that the text is not compared with are null: reading the columns takes most of the
/// time.
fn search_sql(text: &SearchText) -> String {
    if text.date().is_some() {
        return "SELECT niss FROM registry WHERE birth_date = ?1 ORDER BY niss".to_owned();
    }
    let names = if text.has_words() { "name, responsible" } else { "NULL, NULL" };
    let numbers = if text.has_number() { "nif, civil_id, mobile, telephone" } else { "NULL, NULL, NULL, NULL" };
    let email = if text.has_address() { "email" } else { "NULL" };
    format!("SELECT niss, {names}, {numbers}, {email} FROM registry WHERE ?1 IS NULL ORDER BY niss")
}

/// Returns whether a row of [`search_sql`] has the text.
fn matches(row: &Row<'_>, text: &SearchText, buffer: &mut SearchBuffer) -> rusqlite::Result<bool> {
    if text.date().is_some() {
        return Ok(true);
    }
    let column = |is_compared: bool, at: usize| match is_compared {
        true => row.get_ref(at)?.as_str_or_null().map_err(rusqlite::Error::from),
        false => Ok(None),
    };
    let (name, number) = (text.has_words(), text.has_number());
    let record = SearchedRecord {
        niss: row.get(0)?,
        names: [column(name, 1)?, column(name, 2)?],
        birth_date: None,
        numbers: [column(number, 3)?, column(number, 4)?, column(number, 5)?, column(number, 6)?],
        email: column(text.has_address(), 7)?,
    };
    Ok(text.matches(&record, buffer))
}

/// Calls `each` with the records in the order of NISS; `most` limits them to the first. Returns whether there are more.
///
/// # Errors
/// Returns the errors of `each`. Fails if a stored value is invalid.
pub fn list(
    connection: &Connection,
    filter: &RecordFilter<'_>,
    most: Option<i64>,
    mut each: impl FnMut(Holder) -> Result<(), Error>,
) -> Result<bool, Error> {
    let (mut left, mut has_more) = (most, false);
    let mut count = || match &mut left {
        Some(0) => {
            has_more = true;
            false
        }
        Some(left) => {
            *left -= 1;
            true
        }
        None => true,
    };
    match (filter.text, filter.niss) {
        (Some(text), None) => search(connection, text, &mut |niss| {
            if !count() {
                return Ok(false);
            }
            registry::find(connection, niss)?.map_or(Ok(()), &mut each).map(|()| true)
        })?,
        (_, niss) => {
            let condition = if niss.is_some() { "niss = ?1" } else { "?1 IS NULL" };
            let sql = format!("SELECT {} FROM registry WHERE {condition} ORDER BY niss", registry::COLUMNS);
            let mut statement = connection.prepare(&sql)?;
            let mut rows = statement.query([niss])?;
            while let Some(row) = rows.next()?
                && count()
            {
                each(registry::holder(row)?)?;
            }
        }
    }
    Ok(has_more)
}

/// Counts the records.
///
/// # Errors
/// Those of SQLite.
pub fn count(connection: &Connection, filter: &RecordFilter) -> Result<i64, Error> {
    match (filter.text, filter.niss) {
        (Some(text), None) => {
            let mut count = 0;
            search(connection, text, &mut |_| {
                count += 1;
                Ok(true)
            })?;
            Ok(count)
        }
        (_, Some(niss)) => Ok(registry::find(connection, niss)?.map_or(0, |_| 1)),
        (None, None) => Ok(connection.query_row("SELECT count(*) FROM registry", [], |row| row.get(0))?),
    }
}

/// Calls `each` with the holders whose records have a text, until it returns `false`.
fn search(
    connection: &Connection,
    text: &SearchText,
    each: &mut dyn FnMut(Niss) -> Result<bool, Error>,
) -> Result<(), Error> {
    let mut buffer = SearchBuffer::default();
    let mut statement = connection.prepare(&search_sql(text))?;
    let mut rows = statement.query([text.date()])?;
    while let Some(row) = rows.next()? {
        if matches(row, text, &mut buffer)? && !each(row.get(0)?)? {
            break;
        }
    }
    Ok(())
}
