//! Table `batch_line`: the lines that were done under a name of `--once`. A row is written in the transaction of its line.
//!
//! The row has no secret of the line. Its keyed hash covers the row and the line without its secret fields, so a row can be
//! neither made nor changed without the store's key.

use hmac::Mac as _;
use rusqlite::{OptionalExtension, named_params};

use crate::domain::batch_name::BatchName;
use crate::domain::niss::Niss;
use crate::error::Error;
use crate::store::crypto::key::Mac;
use crate::store::unit_of_work::UnitOfWork;

/// A line under a name.
pub struct NamedLine<'a> {
    /// The name of the batch.
    pub name: &'a BatchName,
    /// The identifier of the line as JSON, so that `1` and `"1"` differ.
    pub id: &'a str,
    /// The line without its secret fields.
    pub content: &'a str,
}

/// A line that was done before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EarlierLine {
    /// The same line: the number of its request, and its holder.
    Same(i64, Option<Niss>),
    /// A line with the same identifier and other content.
    Other,
}

impl NamedLine<'_> {
    /// Returns the keyed hash of a row. Each part is in JSON, so that no two rows have the same text.
    fn mac(&self, unit: &UnitOfWork<'_>, request: i64, niss: Option<Niss>) -> Result<Mac, Error> {
        let NamedLine { name, id, content } = self;
        let niss = niss.map(|niss| niss.as_i64());
        let text = serde_json::to_string(&(name.as_str(), id, niss, request, content));
        let text = text.map_err(|fault| Error::Bug(fault.to_string()))?;
        Ok(unit.key()?.derive_hmac("batch line").chain_update(text).finalize().into_bytes().into())
    }

    /// Returns the earlier line with the same name and identifier.
    ///
    /// # Errors
    /// Those of the key and of SQLite.
    pub fn find(&self, unit: &UnitOfWork<'_>) -> Result<Option<EarlierLine>, Error> {
        let sql = "SELECT request, niss, mac FROM batch_line WHERE name = ?1 AND id = ?2";
        let found = unit.tx.prepare_cached(sql)?.query_row((self.name.as_str(), self.id), |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, Option<Niss>>(1)?, row.get::<_, Mac>(2)?))
        });
        let Some((request, niss, stored)) = found.optional()? else { return Ok(None) };
        let is_same = self.mac(unit, request, niss)? == stored;
        Ok(Some(if is_same { EarlierLine::Same(request, niss) } else { EarlierLine::Other }))
    }

    /// Records that the line is done.
    ///
    /// # Errors
    /// Those of the key and of SQLite.
    pub fn record(&self, unit: &UnitOfWork<'_>, request: i64, niss: Option<Niss>) -> Result<(), Error> {
        let sql = "INSERT INTO batch_line (name, id, niss, request, mac) VALUES (:name, :id, :niss, :request, :mac)";
        unit.tx.prepare_cached(sql)?.execute(named_params! {
            ":name": self.name.as_str(), ":id": self.id, ":niss": niss, ":request": request,
            ":mac": self.mac(unit, request, niss)?,
        })?;
        Ok(())
    }
}

/// Deletes the lines of a name. Returns their number.
///
/// # Errors
/// Those of SQLite.
pub fn forget(unit: &UnitOfWork<'_>, name: &BatchName) -> Result<usize, Error> {
    Ok(unit.tx.execute("DELETE FROM batch_line WHERE name = ?1", [name.as_str()])?)
}
