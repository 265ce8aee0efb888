//! The delivery results of messages: returned by the post, or failed.

use rusqlite::OptionalExtension;

use super::undelivered_sql;
use crate::domain::message_purpose::MessagePurpose;
use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{Channel, MessageStatus};
use crate::error::Error;
use crate::store::sql_types::where_clause;
use crate::store::unit_of_work::UnitOfWork;

/// A message without its text.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each is the column of the same name")]
pub struct SentMessage {
    pub id: i64,
    pub niss: Niss,
    pub channel: Channel,
    pub purpose: MessagePurpose,
    pub recipient: String,
    pub status: MessageStatus,
    pub status_at: Option<Timestamp>,
    pub code: Option<i64>,
}

const SELECT: &str = "SELECT id, niss, channel, purpose, recipient, status, status_at, code FROM message";

fn sent_message(row: &rusqlite::Row<'_>) -> rusqlite::Result<SentMessage> {
    Ok(SentMessage {
        id: row.get(0)?,
        niss: row.get(1)?,
        channel: row.get(2)?,
        purpose: row.get(3)?,
        recipient: row.get(4)?,
        status: row.get(5)?,
        status_at: row.get(6)?,
        code: row.get(7)?,
    })
}

/// Returns a message.
pub fn find(unit: &UnitOfWork<'_>, id: i64) -> Result<Option<SentMessage>, Error> {
    let sql = format!("{SELECT} WHERE id = ?1");
    Ok(unit.tx.prepare_cached(&sql)?.query_row([id], sent_message).optional()?)
}

/// Returns the newest letter to a holder, or the newest e-mail or SMS. `purpose` and `channel` narrow that.
pub fn newest(
    unit: &UnitOfWork<'_>,
    niss: Niss,
    is_letter: bool,
    purpose: Option<MessagePurpose>,
    channel: Option<Channel>,
) -> Result<Option<SentMessage>, Error> {
    let (conditions, values) = where_clause(&[
        ("niss =", Some(&niss)),
        ("purpose =", purpose.as_ref().map(|purpose| purpose as &dyn rusqlite::ToSql)),
        ("channel =", channel.as_ref().map(|channel| channel as &dyn rusqlite::ToSql)),
    ]);
    let kind = if is_letter { "channel = 'letter'" } else { "channel <> 'letter'" };
    let sql = format!("{SELECT} WHERE {kind} AND {conditions} ORDER BY id DESC LIMIT 1");
    Ok(unit.tx.prepare_cached(&sql)?.query_row(&values[..], sent_message).optional()?)
}

/// Saves the delivery result of a message.
pub fn save(unit: &UnitOfWork<'_>, id: i64, status: MessageStatus) -> Result<(), Error> {
    let sql = "UPDATE message SET status = ?2, status_at = ?3 WHERE id = ?1";
    unit.tx.prepare_cached(sql)?.execute((id, status, unit.now))?;
    Ok(())
}

const UNDELIVERED: &str =
    concat!("SELECT code FROM message WHERE niss = ?1 AND ", undelivered_sql!(), " AND status <> 'lost'");

/// `+id` keeps SQLite from reading all messages of the holder in the order of their ids.
const UNRESOLVED: &str = concat!(
    "SELECT id, niss, channel, purpose, recipient, status, status_at, code FROM message AS m
 WHERE niss = ?1 AND ",
    undelivered_sql!(),
    " AND status <> 'lost'
   AND NOT EXISTS (SELECT 1 FROM code AS c
                    WHERE c.niss = m.niss AND c.channel = m.channel AND c.state = 'used' AND c.issued_at >= m.status_at)
 ORDER BY +id DESC"
);

/// Returns the codes, if they had one, of the messages to a holder that were returned or failed.
///
/// A lost message is not among them: nobody knows of it.
fn undelivered(unit: &UnitOfWork<'_>, niss: Niss) -> Result<Vec<Option<i64>>, Error> {
    let mut statement = unit.tx.prepare_cached(UNDELIVERED)?;
    let codes = statement.query_map([niss], |row| row.get(0))?;
    Ok(codes.collect::<Result<_, _>>()?)
}

/// Returns the ids of a holder's codes whose messages were returned or failed. The holder has not received them.
pub fn undelivered_codes(unit: &UnitOfWork<'_>, niss: Niss) -> Result<Vec<i64>, Error> {
    Ok(undelivered(unit, niss)?.into_iter().flatten().collect())
}

/// Returns the messages to a holder that were returned or failed, newest first, without those before a later code by the
/// same channel that the holder has used.
pub fn unresolved(unit: &UnitOfWork<'_>, niss: Niss) -> Result<Vec<SentMessage>, Error> {
    // Most holders have none. A look-up then does not pay for the other statement, which takes five times as long to prepare.
    if undelivered(unit, niss)?.is_empty() {
        return Ok(vec![]);
    }
    let mut statement = unit.tx.prepare_cached(UNRESOLVED)?;
    let rows = statement.query_map([niss], sent_message)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;
    use crate::store::migrations;

    #[test]
    fn undelivered_messages_are_found_by_their_index() {
        let connection = Connection::open_in_memory().expect("SQLite");
        connection.execute_batch(migrations::SQL).expect("the schema");
        let plan = |sql: &str| -> String {
            let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect(sql);
            let steps = plan.query_map([], |row| row.get::<_, String>(3)).expect(sql);
            steps.map(|step| step.expect(sql)).collect::<Vec<_>>().join("; ")
        };
        for sql in [UNDELIVERED, UNRESOLVED] {
            let sql = sql.replace("?1", "12000000012");
            assert!(plan(&sql).contains("INDEX message_undelivered (niss=?"), "{}", plan(&sql));
        }
    }
}
