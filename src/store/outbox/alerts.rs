//! Table `alert`: the service's own inbox. The messages of a holder are numbered 1, 2, 3 and so on in their order. This
//! is stable because no message is ever removed. A number over all rows would reveal to each holder how many messages
//! others receive.

use rusqlite::{OptionalExtension, Row, ToSql, named_params};

use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::AlertKind;
use crate::error::Error;
use crate::reply::{Alert, InboxMessage};
use crate::store::sql_types::where_clause;
use crate::store::unit_of_work::UnitOfWork;

const ADD: &str = "INSERT INTO alert (niss, kind, about, decision, amount, paid_on, created_at)
VALUES (:niss, :kind, :about, :decision, :amount, :paid_on, :now)";

/// Adds an alert to a holder's inbox and returns its number there.
pub fn add(unit: &UnitOfWork<'_>, niss: Niss, alert: &Alert) -> Result<i64, Error> {
    unit.tx.prepare_cached(ADD)?.execute(named_params! {
        ":niss": niss, ":kind": alert.kind, ":about": alert.about, ":decision": alert.decision, ":amount": alert.amount,
        ":paid_on": alert.paid_on, ":now": unit.now,
    })?;
    let sql = "SELECT count(*) FROM alert WHERE niss = ?1";
    Ok(unit.tx.prepare_cached(sql)?.query_row([niss], |row| row.get(0))?)
}

const INBOX_NUMBERED: &str =
    "SELECT row_number() OVER (ORDER BY id) AS number, kind, about, decision, amount, paid_on, created_at,
       read_at FROM alert WHERE niss = ?";

fn line(row: &Row<'_>) -> rusqlite::Result<InboxMessage> {
    let alert = Alert {
        kind: row.get(1)?,
        about: row.get(2)?,
        decision: row.get(3)?,
        amount: row.get(4)?,
        paid_on: row.get(5)?,
    };
    Ok(InboxMessage { id: row.get(0)?, alert, created_at: row.get(6)?, read_at: row.get(7)? })
}

/// The filter of an inbox list.
#[derive(Debug, Clone, Copy, Default)]
pub struct AlertFilter {
    /// The kind of message.
    pub kind: Option<AlertKind>,
    /// The earliest time.
    pub since: Option<Timestamp>,
    /// The time before which the messages are.
    pub before: Option<Timestamp>,
    /// Only unread messages.
    pub unread: bool,
    /// The highest number of messages; the newest remain.
    pub most: Option<i64>,
}

/// Returns the messages of a holder, oldest first.
///
/// # Errors
/// Fails if a stored value is invalid.
pub fn list(unit: &UnitOfWork<'_>, niss: Niss, narrowed: AlertFilter) -> Result<Vec<InboxMessage>, Error> {
    let (conditions, mut values) = where_clause(&[
        ("kind =", narrowed.kind.as_ref().map(|kind| kind as &dyn ToSql)),
        ("created_at >=", narrowed.since.as_ref().map(|since| since as &dyn ToSql)),
        ("created_at <", narrowed.before.as_ref().map(|before| before as &dyn ToSql)),
    ]);
    values.insert(0, &niss);
    let read = if narrowed.unread { "read_at IS NULL" } else { "TRUE" };
    let most = narrowed.most.unwrap_or(-1);
    let sql = format!(
        "SELECT * FROM (SELECT * FROM ({INBOX_NUMBERED}) WHERE {read} AND {conditions} ORDER BY number DESC LIMIT {most})
  ORDER BY number"
    );
    let mut statement = unit.tx.prepare_cached(&sql)?;
    let lines = statement.query_map(&values[..], line)?;
    Ok(lines.collect::<Result<_, _>>()?)
}

/// Returns the identifier of a message for other programs: the same at each call, and different from those of all other messages,
/// also of other stores. It reveals neither the holder nor the number. It is a UUID of version 8 (RFC 9562).
///
/// # Errors
/// The key is missing.
pub fn uid(unit: &UnitOfWork<'_>, niss: Niss, number: i64) -> Result<String, Error> {
    let mac = unit.key()?.mac("alert uid", niss, &number.to_string());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&mac[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = base16ct::lower::encode_string(&bytes);
    Ok([&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-"))
}

const READ: &str = "UPDATE alert SET read_at = :now WHERE read_at IS NULL AND id =
       (SELECT id FROM alert WHERE niss = :niss ORDER BY id LIMIT 1 OFFSET :before)";
const FIND: &str = "SELECT :number, kind, about, decision, amount, paid_on, created_at, read_at FROM alert
 WHERE niss = :niss ORDER BY id LIMIT 1 OFFSET :before";

/// Returns a holder's message by its number and marks it as read. Returns `None` if there is no such message.
///
/// # Errors
/// Fails if a stored value is invalid.
pub fn mark_read(unit: &UnitOfWork<'_>, niss: Niss, number: i64) -> Result<Option<InboxMessage>, Error> {
    // SQLite treats a negative offset as zero.
    let Some(before) = number.checked_sub(1).filter(|before| *before >= 0) else { return Ok(None) };
    unit.tx.prepare_cached(READ)?.execute(named_params! { ":niss": niss, ":before": before, ":now": unit.now })?;
    let values = named_params! { ":niss": niss, ":number": number, ":before": before };
    Ok(unit.tx.prepare_cached(FIND)?.query_row(values, line).optional()?)
}
