//! Table `message`: the outbox. A body has U+FFFC in the place of the code. The code is sealed for this message alone.
//! Code and body are combined only when a message is read.
//!
//! **Wiping.** A used or superseded code is wiped from its message in the same transaction. An expired code is never
//! shown: every reader compares its expiry with the time. [`wipe_expired`] wipes it later: each request wipes a few, each
//! group of a batch many, `store check` all. A copy of the store then reveals no invalid code, even with the key.
//!
//! Wiping overwrites the code with zeros of the same length. SQLite then updates the row in place and leaves no old
//! bytes in another page. Pages that it frees are zeroed too ([`crate::store::connection`]).
//!
//! **Status.** `status` is where a message is: pending, dispatched or with a delivery result. `status_at` is the time of the
//! result alone. The time of a letter's print run stays in `dispatched_at`, because a returned letter has both, and other
//! messages are sent when they are created.
//!
//! A sandbox has no secrets, and nothing is wiped. `@outbox-1` and the replay of a flow need all earlier codes.

pub mod alerts;
pub mod delivery;
pub mod letters;

use std::ops::Range;

use rusqlite::{Connection, Row, ToSql, named_params};
use zeroize::Zeroizing;

use crate::domain::message_purpose::MessagePurpose;
use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{Channel, Language, MessageStatus, Purpose};
use crate::error::Error;
use crate::reply::{Message, MessageCause, Secret};
use crate::store::audit;
use crate::store::crypto::key::{Key, SEAL_OVERHEAD};
use crate::store::newest::Newest;
use crate::store::sql_types::where_clause;
use crate::store::time_ranges::{self, TimedTable};
use crate::store::unit_of_work::UnitOfWork;

/// The character in the place of a code in a body.
pub const CODE_MARKER: &str = "\u{FFFC}";

/// How many expired codes one request wipes: more than it issues, so that no backlog grows, and few enough to add no
/// noticeable time (about 0.1 ms).
pub const WIPE_PER_REQUEST: i64 = 8;

/// How many expired codes one group of a batch wipes: as many as it issues at most.
pub const WIPE_PER_GROUP: i64 = 1000;

/// The condition of a code that is not wiped. It repeats the partial index literally.
macro_rules! unexpired_sql {
    () => {
        "sealed > zeroblob(length(sealed))"
    };
}

/// The condition of a message that did not arrive. It repeats the partial index literally.
macro_rules! undelivered_sql {
    () => {
        "status IN ('returned', 'failed', 'lost')"
    };
}
pub(super) use undelivered_sql;

/// A message to send.
pub struct NewMessage<'a> {
    /// The holder.
    pub niss: Niss,
    /// The channel.
    pub channel: Channel,
    /// The purpose.
    pub purpose: MessagePurpose,
    /// The address or number; for a letter, the address block.
    pub recipient: &'a str,
    /// The language.
    pub language: Language,
    /// The subject; `None` for an SMS.
    pub subject: Option<&'a str>,
    /// The text with [`CODE_MARKER`] in the place of the code.
    pub body: &'a str,
    /// The code that it carries.
    pub code: Option<&'a NewMessageCode<'a>>,
}

/// The code of a message to send.
pub struct NewMessageCode<'a> {
    /// The id of the code.
    pub id: i64,
    /// The code as the message shows it.
    pub text: &'a str,
    /// The expiry of the code.
    pub expires_at: Timestamp,
}

/// Adds a message to the outbox and returns its id. Its cause is the request whose audit entry comes next.
pub fn enqueue(unit: &UnitOfWork<'_>, new: &NewMessage<'_>) -> Result<i64, Error> {
    // The unit of work is the only writer, so the row will have the id that the code is bound to.
    let id = newest(&unit.tx)? + 1;
    let sealed = match new.code {
        Some(code) => Some(sealed(unit.key()?, new.niss, id, code.text)?),
        None => None,
    };
    let sql = "INSERT INTO message
    (id, niss, channel, purpose, recipient, language, subject, body, sealed, expires_at, created_at, status, request, code)
VALUES (:id, :niss, :channel, :purpose, :recipient, :language, :subject, :body, :sealed, :expires_at, :now, :status, :request, :code)";
    unit.tx.prepare_cached(sql)?.execute(named_params! {
        ":id": id, ":niss": new.niss, ":channel": new.channel, ":purpose": new.purpose, ":recipient": new.recipient,
        ":language": new.language, ":subject": new.subject, ":body": new.body, ":sealed": sealed,
        ":expires_at": new.code.map(|code| code.expires_at), ":now": unit.now,
        ":status": MessageStatus::when_queued(new.channel), ":request": audit::next_id(unit)?,
        ":code": new.code.map(|code| code.id),
    })?;
    Ok(id)
}

const WHAT: &str = "message code";

/// Seals the code of a message.
///
/// # Errors
/// Fails if the system has no randomness.
pub fn sealed(key: &Key, niss: Niss, id: i64, code: &str) -> Result<Vec<u8>, Error> {
    key.seal(WHAT, &row(niss, id), code.as_bytes())
}

/// Returns the associated data of a sealed code: the NISS and the message id.
fn row(niss: Niss, id: i64) -> [u8; 16] {
    let mut row = [0; 16];
    row[..8].copy_from_slice(&niss.as_i64().to_be_bytes());
    row[8..].copy_from_slice(&id.to_be_bytes());
    row
}

/// Wipes a code of a holder from its message.
pub fn wipe(unit: &UnitOfWork<'_>, niss: Niss, code: i64) -> Result<(), Error> {
    if unit.sandbox {
        return Ok(());
    }
    let sql = concat!(
        "UPDATE message SET sealed = zeroblob(length(sealed)) WHERE niss = ?1 AND code = ?2 AND ",
        unexpired_sql!()
    );
    unit.tx.prepare_cached(sql)?.execute((niss, code))?;
    Ok(())
}

/// Wipes at most `most` expired codes, the oldest first. A sandbox wipes none.
///
/// Units of work that answer requests call it when they begin. Readers do not rely on it: they compare the expiry themselves.
///
/// # Errors
/// Those of SQLite.
pub fn wipe_expired(unit: &UnitOfWork<'_>, most: i64) -> Result<(), Error> {
    if unit.sandbox { Ok(()) } else { wipe_expired_before(&unit.tx, unit.now, most) }
}

/// Wipes at most `most` codes that expired at `now` or before, the oldest first.
///
/// # Errors
/// Those of SQLite.
pub fn wipe_expired_before(connection: &Connection, now: Timestamp, most: i64) -> Result<(), Error> {
    let sql = concat!(
        "UPDATE message SET sealed = zeroblob(length(sealed)) WHERE id IN (SELECT id FROM message WHERE expires_at <= ?1 AND ",
        unexpired_sql!(),
        " ORDER BY expires_at LIMIT ?2)"
    );
    connection.prepare_cached(sql)?.execute((now, most))?;
    Ok(())
}

/// Unseals every code that is not wiped.
///
/// # Errors
/// Fails if a code was altered or belongs to another message.
pub fn check_sealed(unit: &UnitOfWork<'_>) -> Result<(), Error> {
    let sql = concat!("SELECT id, niss, sealed FROM message WHERE ", unexpired_sql!());
    let mut statement = unit.tx.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(found) = rows.next()? {
        opened(unit, found.get(1)?, found.get(0)?, found.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?)?;
    }
    Ok(())
}

/// Returns whether expired codes are not wiped yet.
pub fn has_expired(unit: &UnitOfWork<'_>) -> Result<bool, Error> {
    if unit.sandbox {
        return Ok(false);
    }
    let sql = concat!("SELECT EXISTS (SELECT 1 FROM message WHERE expires_at <= ?1 AND ", unexpired_sql!(), ")");
    Ok(unit.tx.query_row(sql, [unit.now], |row| row.get(0))?)
}

/// Unseals the code of a message.
pub(super) fn opened(unit: &UnitOfWork<'_>, niss: Niss, id: i64, sealed: &[u8]) -> Result<Zeroizing<String>, Error> {
    let damaged = || Error::StoreDamaged(format!("invalid code of message {id}"));
    let code = unit.key()?.unseal(WHAT, &row(niss, id), sealed).ok_or_else(damaged)?;
    Ok(Zeroizing::new(std::str::from_utf8(&code).map_err(|_| damaged())?.to_owned()))
}

const COLUMNS: &str = "id, niss, channel, purpose, recipient, language, subject, body, sealed, expires_at, created_at, \
    status, status_at, due_at, dispatched_at, request, code, print_run";

/// A message with its code.
pub struct MessageWithCode {
    /// The message with its code, or with asterisks in the place of a wiped code.
    pub message: Message,
    /// The code as the message shows it; `None` if there is none or it was wiped.
    pub code: Option<Secret>,
}

fn from_row(unit: &UnitOfWork<'_>, row: &Row<'_>) -> Result<MessageWithCode, Error> {
    masked_body(unit, row, true)
}

/// Reads a message, with its code or with a mask.
fn masked_body(unit: &UnitOfWork<'_>, row: &Row<'_>, with_code: bool) -> Result<MessageWithCode, Error> {
    let (id, niss, channel): (i64, Niss, Channel) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let body: String = row.get(7)?;
    let (body, code) = match row.get_ref(8)?.as_blob_or_null().map_err(rusqlite::Error::from)? {
        Some(sealed)
            if with_code && sealed.iter().any(|byte| *byte != 0) && row.get::<_, i64>(9)? > masked_body_at(unit) =>
        {
            let code = opened(unit, niss, id, sealed)?;
            (Zeroizing::new(body.replace(CODE_MARKER, &code)), Some(Secret::new(&code)))
        }
        Some(wiped) => (Zeroizing::new(body.replace(CODE_MARKER, &masked_code(channel, wiped.len()))), None),
        None => (Zeroizing::new(body), None),
    };
    let message = Message {
        id,
        niss,
        channel,
        purpose: row.get(3)?,
        to: row.get(4)?,
        language: row.get(5)?,
        subject: row.get(6)?,
        body: Secret::new(&body),
        created_at: row.get(10)?,
        status: row.get(11)?,
        status_at: row.get(12)?,
        due_at: row.get(13)?,
        dispatched_at: row.get(14)?,
        cause: MessageCause { request: row.get(15)?, code: row.get(16)?, print_run: row.get(17)? },
    };
    Ok(MessageWithCode { message, code })
}

/// Returns the time, in seconds, after which a code must expire to be shown. A sandbox shows every code.
fn masked_body_at(unit: &UnitOfWork<'_>) -> i64 {
    if unit.sandbox { -1 } else { unit.now.seconds() }
}

/// Returns the mask of a code in the code's format.
fn masked_code(channel: Channel, sealed: usize) -> String {
    match channel {
        Channel::Letter => "****-****".to_owned(),
        Channel::Email | Channel::Sms => "*".repeat(sealed.saturating_sub(SEAL_OVERHEAD)),
    }
}

/// Returns a message.
pub fn find(unit: &UnitOfWork<'_>, id: i64) -> Result<Option<Message>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM message WHERE id = ?1");
    let mut statement = unit.tx.prepare_cached(&sql)?;
    let mut rows = statement.query([id])?;
    rows.next()?.map(|row| Ok(from_row(unit, row)?.message)).transpose()
}

/// Returns the messages to a holder, oldest first, with masked codes.
pub fn masked(unit: &UnitOfWork<'_>, niss: Niss) -> Result<Vec<Message>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM message WHERE niss = ?1 ORDER BY id");
    let mut statement = unit.tx.prepare(&sql)?;
    let (mut rows, mut messages) = (statement.query([niss])?, vec![]);
    while let Some(row) = rows.next()? {
        messages.push(masked_body(unit, row, false)?.message);
    }
    Ok(messages)
}

/// A code that was sent to a holder.
pub struct SentCode {
    /// The code as the message shows it.
    pub code: Secret,
    /// The purpose.
    pub purpose: Purpose,
    /// The channel.
    pub channel: Channel,
    /// The time of the message.
    pub created_at: Timestamp,
}

/// Returns a holder's newest available code of one purpose or of any. `before` skips that many newer ones.
pub fn newest_code(
    unit: &UnitOfWork<'_>,
    niss: Niss,
    purpose: Option<Purpose>,
    before: u32,
) -> Result<Option<SentCode>, Error> {
    let sql = concat!(
        "SELECT id, sealed, purpose, channel, created_at FROM message
 WHERE niss = ?1 AND (?2 IS NULL OR purpose = ?2) AND expires_at > ?4 AND ",
        unexpired_sql!(),
        " ORDER BY id DESC LIMIT 1 OFFSET ?3"
    );
    let mut statement = unit.tx.prepare_cached(sql)?;
    let mut rows = statement.query((niss, purpose, before, masked_body_at(unit)))?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let code = opened(unit, niss, row.get(0)?, row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?)?;
    let (purpose, channel, created_at) = (row.get(2)?, row.get(3)?, row.get(4)?);
    Ok(Some(SentCode { code: Secret::new(&code), purpose, channel, created_at }))
}

/// Returns whether a holder was ever sent a code of one purpose or of any, wiped or not.
pub fn carried_code(unit: &UnitOfWork<'_>, niss: Niss, purpose: Option<Purpose>) -> Result<bool, Error> {
    let sql = "SELECT EXISTS (SELECT 1 FROM message
 WHERE niss = ?1 AND sealed IS NOT NULL AND (?2 IS NULL OR purpose = ?2))";
    Ok(unit.tx.prepare_cached(sql)?.query_row((niss, purpose), |row| row.get(0))?)
}

/// Returns number, channel and purpose of the messages to a holder, oldest first.
pub fn outline(unit: &UnitOfWork<'_>, niss: Niss) -> Result<Vec<(i64, Channel, MessagePurpose)>, Error> {
    let sql = "SELECT id, channel, purpose FROM message WHERE niss = ?1 ORDER BY id";
    let mut statement = unit.tx.prepare_cached(sql)?;
    let rows = statement.query_map([niss], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Counts the messages to a holder.
pub fn count(connection: &Connection, niss: Niss) -> Result<usize, Error> {
    let sql = "SELECT count(*) FROM message WHERE niss = ?1";
    let count: i64 = connection.prepare_cached(sql)?.query_row([niss], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// Returns the id of the newest message; 0 if there is none.
pub fn newest(connection: &Connection) -> Result<i64, Error> {
    let sql = "SELECT coalesce(max(id), 0) FROM message";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// Returns the messages after the one with this id.
pub fn after(unit: &UnitOfWork<'_>, id: i64) -> Result<Vec<Message>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM message WHERE id > ?1 ORDER BY id");
    let mut statement = unit.tx.prepare_cached(&sql)?;
    let mut rows = statement.query([id])?;
    let mut messages = vec![];
    while let Some(row) = rows.next()? {
        messages.push(from_row(unit, row)?.message);
    }
    Ok(messages)
}

/// Returns the newest message to a holder, of one purpose or of any. `with_code` skips messages without a readable
/// code.
pub fn newest_of(
    unit: &UnitOfWork<'_>,
    niss: Niss,
    purpose: Option<MessagePurpose>,
    with_code: bool,
) -> Result<Option<MessageWithCode>, Error> {
    let shown_after = masked_body_at(unit);
    let (conditions, values) = where_clause(&[
        ("niss =", Some(&niss)),
        ("purpose =", purpose.as_ref().map(|purpose| purpose as &dyn ToSql)),
        (concat!(unexpired_sql!(), " AND expires_at >"), with_code.then_some(&shown_after as &dyn ToSql)),
    ]);
    let sql = format!("SELECT {COLUMNS} FROM message WHERE {conditions} ORDER BY id DESC LIMIT 1");
    let mut statement = unit.tx.prepare_cached(&sql)?;
    let mut rows = statement.query(&values[..])?;
    rows.next()?.map(|row| from_row(unit, row)).transpose()
}

/// Returns the condition of a status, with the words of the partial indexes: SQLite uses an index only for its own literal
/// condition.
fn status_condition(status: MessageStatus) -> &'static str {
    match status {
        MessageStatus::Pending => " AND status = 'pending'",
        MessageStatus::Dispatched => " AND status = 'dispatched'",
        MessageStatus::Returned => concat!(" AND ", undelivered_sql!(), " AND status = 'returned'"),
        MessageStatus::Failed => concat!(" AND ", undelivered_sql!(), " AND status = 'failed'"),
        MessageStatus::Lost => concat!(" AND ", undelivered_sql!(), " AND status = 'lost'"),
    }
}

/// The filter of a list of messages.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "each is the column of the same name")]
pub struct MessageFilter {
    pub niss: Option<Niss>,
    pub since: Option<Timestamp>,
    /// Messages before this time.
    pub before: Option<Timestamp>,
    pub channel: Option<Channel>,
    pub purpose: Option<MessagePurpose>,
    pub most: Option<i64>,
    pub status: Option<MessageStatus>,
}

impl MessageFilter {
    /// Returns the order of the list. The messages that did not arrive are few, so their index is better than the order of the ids:
    /// `+id` says that.
    fn order(&self) -> &'static str {
        match self.status {
            None | Some(MessageStatus::Pending | MessageStatus::Dispatched) => "id",
            Some(MessageStatus::Returned | MessageStatus::Failed | MessageStatus::Lost) => "+id",
        }
    }

    /// Returns the conditions of a message whose id is in a range of the period.
    fn conditions(&self, range: &Range<i64>) -> (String, Vec<&dyn ToSql>) {
        let (mut sql, values) = where_clause(&[
            ("niss =", self.niss.as_ref().map(|niss| niss as &dyn ToSql)),
            ("channel =", self.channel.as_ref().map(|channel| channel as &dyn ToSql)),
            ("purpose =", self.purpose.as_ref().map(|purpose| purpose as &dyn ToSql)),
        ]);
        sql += self.status.map_or("", status_condition);
        sql += &time_ranges::condition("id", range);
        (sql, values)
    }
}

/// Calls `each` with the messages, oldest first; `most` limits them to the newest. Returns whether there are more.
///
/// # Errors
/// Returns the errors of `each`.
pub fn list(
    unit: &UnitOfWork<'_>,
    filter: &MessageFilter,
    mut each: impl FnMut(Message) -> Result<(), Error>,
) -> Result<bool, Error> {
    let ranges = time_ranges::ranges(&unit.tx, TimedTable::Message, filter.since, filter.before)?;
    let Some(most) = filter.most else {
        for range in &ranges {
            let (conditions, values) = filter.conditions(range);
            let sql = format!("SELECT {COLUMNS} FROM message WHERE {conditions} ORDER BY {}", filter.order());
            let mut statement = unit.tx.prepare(&sql)?;
            let mut rows = statement.query(&values[..])?;
            while let Some(row) = rows.next()? {
                each(from_row(unit, row)?.message)?;
            }
        }
        return Ok(false);
    };
    let mut page = Newest::new(most);
    for range in ranges.iter().rev() {
        let (conditions, values) = filter.conditions(range);
        let sql = format!("SELECT id FROM message WHERE {conditions} ORDER BY {} DESC", filter.order());
        page.add(&unit.tx, &sql, &values[..], |_| Ok(true))?;
    }
    let (keys, has_more) = page.into_ascending();
    for key in keys {
        if let Some(message) = find(unit, key)? {
            each(message)?;
        }
    }
    Ok(has_more)
}

/// Counts the messages of a list, without its limit.
///
/// # Errors
/// Those of SQLite.
pub fn count_of(unit: &UnitOfWork<'_>, filter: &MessageFilter) -> Result<i64, Error> {
    let mut count = 0;
    for range in time_ranges::ranges(&unit.tx, TimedTable::Message, filter.since, filter.before)? {
        let (conditions, values) = filter.conditions(&range);
        let sql = format!("SELECT count(*) FROM message WHERE {conditions}");
        count += unit.tx.query_row(&sql, &values[..], |row| row.get::<_, i64>(0))?;
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sql_types::query_plan;

    #[test]
    fn lists_of_messages_are_read_through_an_index_without_sorting() {
        let none = MessageFilter::default();
        let niss = "12000000012".parse().ok();
        for (filter, range, expected) in [
            (&none, 0..i64::MAX, "SCAN message"),
            (&none, 3..9, "SEARCH message USING INTEGER PRIMARY KEY"),
            (&MessageFilter { niss, ..none.clone() }, 0..i64::MAX, "SEARCH message USING COVERING INDEX message_of"),
            (&MessageFilter { niss, ..none.clone() }, 3..9, "SEARCH message USING COVERING INDEX message_of"),
            (
                &MessageFilter { status: Some(MessageStatus::Pending), ..none.clone() },
                0..i64::MAX,
                "SCAN message USING COVERING INDEX message_pending",
            ),
            (
                &MessageFilter { status: Some(MessageStatus::Returned), ..none.clone() },
                0..i64::MAX,
                "SCAN message USING INDEX message_undelivered",
            ),
        ] {
            for order in ["", "DESC"] {
                let (conditions, values) = filter.conditions(&range);
                let sql = format!("SELECT id FROM message WHERE {conditions} ORDER BY {} {order}", filter.order());
                let steps = query_plan(&sql, &values[..]);
                assert!(steps[0].starts_with(expected), "{sql}: {steps:?}");
                // Few messages did not arrive: sorting them costs nothing.
                let sorts = usize::from(filter.order() == "+id");
                assert_eq!(steps.len(), 1 + sorts, "{sql}: {steps:?}");
            }
        }
    }
}
