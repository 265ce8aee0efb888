//! Table `audit`: who did what when, with which outcome.

use rusqlite::{Connection, ToSql, named_params};

use crate::domain::niss::Niss;
use crate::domain::time::Time;
use crate::error::Error;
use crate::reply::{AuditLine, Reason};
use crate::request::Op;
use crate::store::Unit;
use crate::store::values::conditions;

/// Adds an entry. `detail` is a JSON object of what there is to know beside: which fields differed, an operator's reason,
/// counts; never a secret, and no datum of a person but the NISS.
///
/// # Errors
/// Those of SQLite.
pub fn add(
    unit: &Unit<'_>,
    action: Op,
    niss: Option<Niss>,
    refused: Option<Reason>,
    detail: Option<&serde_json::Value>,
) -> Result<(), Error> {
    let sql = "INSERT INTO audit (at, actor, action, niss, outcome, reason, detail)
VALUES (:at, :actor, :action, :niss, :outcome, :reason, :detail)";
    unit.tx.prepare_cached(sql)?.execute(named_params! {
        ":at": unit.now, ":actor": unit.actor, ":action": action, ":niss": niss,
        ":outcome": if refused.is_some() { "refused" } else { "done" }, ":reason": refused,
        ":detail": detail.map(ToString::to_string),
    })?;
    Ok(())
}

/// Hands on the entries, oldest first; `most` keeps the newest.
///
/// # Errors
/// Those of SQLite and of `each`.
pub fn list(
    connection: &Connection,
    niss: Option<Niss>,
    since: Option<Time>,
    most: Option<i64>,
    each: impl FnMut(AuditLine) -> Result<(), Error>,
) -> Result<(), Error> {
    let (conditions, values) = conditions(&[
        // To the letter of the partial index.
        ("niss IS NOT NULL AND niss =", niss.as_ref().map(|niss| niss as &dyn ToSql)),
        ("at >=", since.as_ref().map(|since| since as &dyn ToSql)),
    ]);
    let sql = format!(
        "SELECT id, at, actor, action, niss, outcome, reason, detail
           FROM (SELECT * FROM audit WHERE {conditions} ORDER BY id DESC LIMIT {}) ORDER BY id",
        most.unwrap_or(-1)
    );
    each_of(connection, &sql, &values, each)
}

/// Hands on what a holder's account has lived through, oldest first: the holder's entries, and the changes of the policy that
/// they stand between.
///
/// # Errors
/// Those of SQLite and of `each`.
pub fn life(
    connection: &Connection,
    niss: Niss,
    each: impl FnMut(AuditLine) -> Result<(), Error>,
) -> Result<(), Error> {
    let sql = "SELECT id, at, actor, action, niss, outcome, reason, detail
  FROM audit WHERE (niss IS NOT NULL AND niss = ?1) OR (action = 'policy_set' AND outcome = 'done') ORDER BY id";
    each_of(connection, sql, &[&niss], each)
}

fn each_of(
    connection: &Connection,
    sql: &str,
    values: &[&dyn ToSql],
    mut each: impl FnMut(AuditLine) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query(values)?;
    while let Some(row) = rows.next()? {
        let detail: Option<String> = row.get(7)?;
        each(AuditLine {
            id: row.get(0)?,
            at: row.get(1)?,
            actor: row.get(2)?,
            action: row.get(3)?,
            niss: row.get(4)?,
            outcome: row.get(5)?,
            reason: row.get(6)?,
            detail: detail.and_then(|text| serde_json::from_str(&text).ok()),
        })?;
    }
    Ok(())
}
