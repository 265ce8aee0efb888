//! Table `audit`: who did what, when, and with which outcome. Entries are only added; triggers refuse any other change.
//! Each entry is chained to the previous one ([`chain`]). No entry identifies a person: a holder is a number of table
//! `subject`. An operator's remark is in table `remark`, and the entry has its keyed hash.

pub mod chain;
pub mod list;
pub mod scan;
pub mod subjects;
pub mod verify;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, ToSql, named_params};
use serde::de::DeserializeOwned;

use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::error::Error;
use crate::reply::{AuditDetail, AuditEntry, ChainedAuditEntry, Reason};
use crate::request::Operation;
use crate::store::audit::chain::{Chain, Head};
use crate::store::crypto::key::Mac;
use crate::store::unit_of_work::UnitOfWork;

/// Returns the number of the next entry. The unit of work is the only writer, so no other has it.
///
/// # Errors
/// Fails if the chain was altered.
pub fn next_id(unit: &UnitOfWork<'_>) -> Result<i64, Error> {
    Ok(unit.chain_and_head()?.1.last + 1)
}

/// Adds an entry without an operator's remark and returns its number.
///
/// # Errors
/// As for [`add_with`].
pub fn add(
    unit: &UnitOfWork<'_>,
    action: Operation,
    niss: Option<Niss>,
    refused: Option<Reason>,
    detail: Option<&AuditDetail>,
) -> Result<i64, Error> {
    add_with(unit, action, niss, refused, detail, None)
}

/// Adds an entry and returns its number. `detail` is a JSON object with further facts, such as the mismatched fields
/// and counts. It never contains a secret or personal data. `remark` is the operator's remark.
///
/// # Errors
/// Fails if the chain was altered or the system has no randomness.
pub fn add_with(
    unit: &UnitOfWork<'_>,
    action: Operation,
    niss: Option<Niss>,
    refused: Option<Reason>,
    detail: Option<&AuditDetail>,
    remark: Option<&str>,
) -> Result<i64, Error> {
    let (chain, head) = unit.chain_and_head()?;
    let id = head.last + 1;
    let subject = niss.map(|niss| subjects::of(unit, niss, id)).transpose()?;
    let outcome = if refused.is_some() { "refused" } else { "done" };
    let detail = detail.map(serde_json::to_string).transpose().map_err(|fault| Error::Bug(fault.to_string()))?;
    let hash = remark.map(|text| chain.mac_of_remark(id, text));
    let entry = EntryRow {
        at: unit.now,
        actor: unit.actor,
        action: action.as_str(),
        subject,
        outcome,
        reason: refused.map(Reason::as_str),
        detail: detail.as_deref(),
        remark: hash.as_ref(),
    };
    let head = append(&unit.tx, chain, head, &entry)?;
    if let Some(text) = remark {
        unit.tx.prepare_cached("INSERT INTO remark (audit, text) VALUES (?1, ?2)")?.execute((id, text))?;
    }
    unit.head.set(Some(head));
    Ok(id)
}

/// The columns of an entry that are not of the chain.
pub(in crate::store) struct EntryRow<'a> {
    pub at: Timestamp,
    pub actor: &'a str,
    pub action: &'a str,
    pub subject: Option<i64>,
    pub outcome: &'a str,
    pub reason: Option<&'a str>,
    pub detail: Option<&'a str>,
    pub remark: Option<&'a Mac>,
}

/// Adds an entry after `head`, and returns the new head, which the caller saves.
pub(in crate::store) fn append<'a>(
    connection: &Connection,
    chain: &Chain,
    head: Head,
    entry: &EntryRow<'a>,
) -> Result<Head, Error> {
    let id = head.last + 1;
    let text = |text: Option<&'a str>| text.map_or(ValueRef::Null, ValueRef::from);
    let columns = [
        ValueRef::Integer(id),
        ValueRef::Integer(entry.at.seconds()),
        entry.actor.into(),
        entry.action.into(),
        entry.subject.map_or(ValueRef::Null, ValueRef::Integer),
        entry.outcome.into(),
        text(entry.reason),
        text(entry.detail),
        entry.remark.map_or(ValueRef::Null, |mac| ValueRef::Blob(mac)),
    ];
    let mac = chain.mac_of_entry(&head.mac, &columns);
    let sql = "INSERT INTO audit (id, at, actor, action, subject, outcome, reason, detail, remark, mac)
VALUES (:id, :at, :actor, :action, :subject, :outcome, :reason, :detail, :remark, :mac)";
    connection.prepare_cached(sql)?.execute(named_params! {
        ":id": id, ":at": entry.at, ":actor": entry.actor, ":action": entry.action, ":subject": entry.subject,
        ":outcome": entry.outcome, ":reason": entry.reason, ":detail": entry.detail, ":remark": entry.remark, ":mac": mac,
    })?;
    Ok(head.next(id, mac))
}

/// Returns the number of the first entry that stores its effects. Older ones are of a store before version 5.
pub fn effects_since(connection: &Connection) -> Result<i64, Error> {
    Ok(connection.prepare_cached("SELECT effects_since FROM store")?.query_row([], |row| row.get(0))?)
}

/// Selects entries with their holder's NISS and their remark.
const SELECT_ENTRIES: &str = "SELECT audit.id, at, actor, action, niss, outcome, reason, detail, text
  FROM audit LEFT JOIN subject ON subject.id = audit.subject LEFT JOIN remark ON remark.audit = audit.id";

fn line(row: &Row<'_>) -> rusqlite::Result<AuditEntry> {
    let mut detail = json::<Box<AuditDetail>>(row, 7)?;
    if let Some(text) = row.get::<_, Option<String>>(8)? {
        detail.get_or_insert_default().reason = Some(text);
    }
    Ok(AuditEntry {
        id: row.get(0)?,
        at: row.get(1)?,
        actor: row.get(2)?,
        action: row.get(3)?,
        niss: row.get(4)?,
        outcome: row.get(5)?,
        reason: row.get(6)?,
        detail,
    })
}

/// Reads a column of JSON. `None` if it is null or not of this form.
fn json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>> {
    Ok(row.get::<_, Option<String>>(column)?.and_then(|text| serde_json::from_str(&text).ok()))
}

/// Calls `each` with the history of a holder's account, oldest first: the holder's entries, the policy changes between
/// them, and the print runs of the holder's letters, which name no holder.
///
/// # Errors
/// Returns the errors of `each`.
pub fn for_holder(
    connection: &Connection,
    niss: Niss,
    each: impl FnMut(AuditEntry) -> Result<(), Error>,
) -> Result<(), Error> {
    let Some(subject) = subjects::find(connection, niss)? else { return Ok(()) };
    // Messages of a store before version 5 have no print run: the time of the run is theirs. The conditions repeat the
    // partial indexes literally.
    let sql = format!(
        "{SELECT_ENTRIES} WHERE audit.id IN (
    SELECT id FROM audit WHERE subject IS NOT NULL AND subject = ?1
    UNION SELECT id FROM audit WHERE action IN ('policy_set', 'outbox_print') AND action = 'policy_set' AND outcome = 'done'
    UNION SELECT print_run FROM message WHERE niss = ?2
    UNION SELECT id FROM audit WHERE action IN ('policy_set', 'outbox_print') AND action = 'outbox_print'
             AND at IN (SELECT dispatched_at FROM message WHERE niss = ?2 AND print_run IS NULL))
 ORDER BY audit.id"
    );
    for_each(connection, &sql, &[&subject, &niss], each)
}

fn for_each(
    connection: &Connection,
    sql: &str,
    values: &[&dyn ToSql],
    mut each: impl FnMut(AuditEntry) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query(values)?;
    while let Some(row) = rows.next()? {
        each(line(row)?)?;
    }
    Ok(())
}

/// Returns an entry.
pub fn find(connection: &Connection, id: i64) -> Result<Option<AuditEntry>, Error> {
    let sql = format!("{SELECT_ENTRIES} WHERE audit.id = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([id], line).optional()?)
}

const ROWS: &str = "SELECT id, at, actor, action, subject, outcome, reason, detail, remark, mac FROM audit ORDER BY id";

/// Calls `each` with all entries as they are chained, without NISS and remarks. This form may be stored after the
/// erasure of a holder.
///
/// # Errors
/// Returns the errors of `each`.
pub fn export(
    connection: &Connection,
    mut each: impl FnMut(ChainedAuditEntry) -> Result<(), Error>,
) -> Result<(), Error> {
    let hex = base16ct::lower::encode_string;
    let mut statement = connection.prepare(ROWS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(ChainedAuditEntry {
            id: row.get(0)?,
            at: row.get(1)?,
            actor: row.get(2)?,
            action: row.get(3)?,
            subject: row.get::<_, Option<i64>>(4)?.map(|id| hex(&id.to_be_bytes())),
            outcome: row.get(5)?,
            reason: row.get(6)?,
            detail: json(row, 7)?,
            remark: row.get::<_, Option<[u8; 32]>>(8)?.map(|mac| hex(&mac)),
            mac: hex(&row.get::<_, [u8; 32]>(9)?),
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::audit::verify;
    use crate::store::migrations;

    #[test]
    fn log_is_read_in_order_without_sorting() {
        let connection = Connection::open_in_memory().expect("SQLite");
        connection.execute_batch(migrations::SQL).expect("the schema");
        for sql in [ROWS.into(), scan::ENTRIES.into(), verify::ENTRIES.replace("?1", "1")] {
            let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect(&sql);
            let steps = plan.query_map([], |row| row.get(3)).expect(&sql);
            let steps: Vec<String> = steps.collect::<Result<_, _>>().expect(&sql);
            assert!(steps.iter().all(|step| !step.contains("B-TREE")), "{sql}: {steps:?}");
            assert!(steps[1..].iter().all(|step| step.starts_with("SEARCH")), "{sql}: {steps:?}");
        }
    }
}
