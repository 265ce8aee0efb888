//! The newest rows of a list.
//!
//! A list shows its rows in its own order, for example oldest first, but a page of it has the newest. So the keys of the
//! page are read newest first, until the page is full, and its rows are then read by key in the order of the list. This
//! sorts only the keys of the page, and reads no row twice.

use rusqlite::{Connection, Params, Row};

use crate::error::Error;

/// The keys of a page.
#[derive(Debug, Default)]
pub struct Newest {
    most: usize,
    keys: Vec<i64>,
    has_more: bool,
}

impl Newest {
    /// Returns a page of at most `most` keys.
    pub fn new(most: i64) -> Newest {
        Newest { most: usize::try_from(most).unwrap_or_default(), keys: vec![], has_more: false }
    }

    /// Adds the keys of a query, the newest first, for whose rows `matches` returns `true`. The key is the first column. Does nothing
    /// if the page is full and more rows are known to exist.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn add(
        &mut self,
        connection: &Connection,
        sql: &str,
        values: impl Params,
        mut matches: impl FnMut(&Row<'_>) -> rusqlite::Result<bool>,
    ) -> Result<(), Error> {
        if self.has_more {
            return Ok(());
        }
        let mut statement = connection.prepare(sql)?;
        let mut rows = statement.query(values)?;
        while let Some(row) = rows.next()? {
            if !matches(row)? {
                continue;
            }
            if self.keys.len() == self.most {
                self.has_more = true;
                return Ok(());
            }
            self.keys.push(row.get(0)?);
        }
        Ok(())
    }

    /// Returns the keys in ascending order, and whether there are more rows.
    pub fn into_ascending(mut self) -> (Vec<i64>, bool) {
        self.keys.sort_unstable();
        (self.keys, self.has_more)
    }
}
