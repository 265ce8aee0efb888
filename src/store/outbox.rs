//! Table `message`: the outbox. A body has U+FFFC where the code goes; code and body come together only when they are read.

use rusqlite::{Connection, OptionalExtension, Row, ToSql, named_params};
use zeroize::Zeroizing;

use crate::domain::niss::Niss;
use crate::domain::time::Time;
use crate::domain::words::{Channel, Language, Purpose};
use crate::error::Error;
use crate::reply::{Message, Secret};
use crate::store::Unit;
use crate::store::values::conditions;

/// What stands in a body where the code goes.
pub const CODE: &str = "\u{FFFC}";

/// What is to be sent.
pub struct New<'a> {
    /// To whom.
    pub niss: Niss,
    /// How.
    pub channel: Channel,
    /// A purpose or a notice, in its word.
    pub purpose: &'static str,
    /// Address or number; of a letter, the address block.
    pub recipient: &'a str,
    /// In which language.
    pub language: Language,
    /// Not of an SMS.
    pub subject: Option<&'a str>,
    /// With [`CODE`] where the code goes.
    pub body: &'a str,
    /// The code, as the message shows it.
    pub code: Option<&'a str>,
}

/// Queues a message.
///
/// # Errors
/// Those of SQLite.
pub fn queue(unit: &Unit<'_>, new: &New<'_>) -> Result<(), Error> {
    let sql = "INSERT INTO message (niss, channel, purpose, recipient, language, subject, body, code, created_at)
VALUES (:niss, :channel, :purpose, :recipient, :language, :subject, :body, :code, :now)";
    unit.tx.prepare_cached(sql)?.execute(named_params! {
        ":niss": new.niss, ":channel": new.channel, ":purpose": new.purpose, ":recipient": new.recipient,
        ":language": new.language, ":subject": new.subject, ":body": new.body, ":code": new.code, ":now": unit.now,
    })?;
    Ok(())
}

const COLUMNS: &str = "id, niss, channel, purpose, recipient, language, subject, body, code, created_at";

fn message(row: &Row<'_>) -> rusqlite::Result<Message> {
    shown(row, true)
}

/// A message with its code or with what masks it.
fn shown(row: &Row<'_>, with_code: bool) -> rusqlite::Result<Message> {
    let body: Zeroizing<String> = Zeroizing::new(row.get(7)?);
    let code: Option<Zeroizing<String>> = row.get::<_, Option<String>>(8)?.map(Zeroizing::new);
    Ok(Message {
        id: row.get(0)?,
        niss: row.get(1)?,
        channel: row.get(2)?,
        purpose: row.get(3)?,
        to: row.get(4)?,
        language: row.get(5)?,
        subject: row.get(6)?,
        body: Secret::new(&match code {
            Some(code) => body.replace(CODE, if with_code { &code } else { "***" }),
            None => body.to_string(),
        }),
        created_at: row.get(9)?,
    })
}

/// One message.
///
/// # Errors
/// Those of SQLite.
pub fn find(connection: &Connection, id: i64) -> Result<Option<Message>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM message WHERE id = ?1");
    Ok(connection.prepare_cached(&sql)?.query_row([id], message).optional()?)
}

/// The messages to a holder, oldest first, with their codes masked.
///
/// # Errors
/// Those of SQLite.
pub fn masked(connection: &Connection, niss: Niss) -> Result<Vec<Message>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM message WHERE niss = ?1 ORDER BY id");
    let mut statement = connection.prepare(&sql)?;
    let messages = statement.query_map([niss], |row| shown(row, false))?;
    Ok(messages.collect::<Result<_, _>>()?)
}

/// The newest code that was sent to a holder.
pub struct Sent {
    /// As the message shows it.
    pub code: Secret,
    /// For what.
    pub purpose: Purpose,
    /// How.
    pub channel: Channel,
    /// When.
    pub created_at: Time,
}

/// The newest code of a holder, of one purpose or of any, or the one so many before it.
///
/// # Errors
/// Those of SQLite.
pub fn newest_code(
    connection: &Connection,
    niss: Niss,
    purpose: Option<Purpose>,
    before: u32,
) -> Result<Option<Sent>, Error> {
    let sql = "SELECT code, purpose, channel, created_at FROM message
 WHERE niss = ?1 AND code IS NOT NULL AND (?2 IS NULL OR purpose = ?2) ORDER BY id DESC LIMIT 1 OFFSET ?3";
    let found = connection.prepare_cached(sql)?.query_row((niss, purpose, before), |row| {
        let code: Zeroizing<String> = Zeroizing::new(row.get(0)?);
        Ok(Sent { code: Secret::new(&code), purpose: row.get(1)?, channel: row.get(2)?, created_at: row.get(3)? })
    });
    Ok(found.optional()?)
}

/// How many messages there are to a holder.
///
/// # Errors
/// Those of SQLite.
pub fn count(connection: &Connection, niss: Niss) -> Result<usize, Error> {
    let sql = "SELECT count(*) FROM message WHERE niss = ?1";
    let count: i64 = connection.prepare_cached(sql)?.query_row([niss], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// The number of the newest message; 0 where there is none.
///
/// # Errors
/// Those of SQLite.
pub fn newest(connection: &Connection) -> Result<i64, Error> {
    let sql = "SELECT coalesce(max(id), 0) FROM message";
    Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// The messages that came after the one of that number.
///
/// # Errors
/// Those of SQLite.
pub fn after(connection: &Connection, id: i64) -> Result<Vec<Message>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM message WHERE id > ?1 ORDER BY id");
    let mut statement = connection.prepare_cached(&sql)?;
    let messages = statement.query_map([id], message)?;
    Ok(messages.collect::<Result<_, _>>()?)
}

/// The newest message to a holder, and its code by itself, if it has one.
pub struct Newest {
    /// The message.
    pub message: Message,
    /// As the message shows it.
    pub code: Option<Secret>,
}

/// The newest message to a holder: of one purpose or of any, with a code or in any case.
///
/// # Errors
/// Those of SQLite.
pub fn newest_of(
    connection: &Connection,
    niss: Niss,
    purpose: Option<&str>,
    with_code: bool,
) -> Result<Option<Newest>, Error> {
    let (conditions, values) =
        conditions(&[("niss =", Some(&niss)), ("purpose =", purpose.as_ref().map(|purpose| purpose as &dyn ToSql))]);
    let with_code = if with_code { " AND code IS NOT NULL" } else { "" };
    let sql = format!("SELECT {COLUMNS} FROM message WHERE {conditions}{with_code} ORDER BY id DESC LIMIT 1");
    let found = connection.prepare_cached(&sql)?.query_row(&values[..], |row| {
        let code: Option<Zeroizing<String>> = row.get::<_, Option<String>>(8)?.map(Zeroizing::new);
        Ok(Newest { message: message(row)?, code: code.map(|code| Secret::new(&code)) })
    });
    Ok(found.optional()?)
}

/// What a list of messages is narrowed to.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "each is the column of the same name")]
pub struct Narrowed<'a> {
    pub niss: Option<Niss>,
    pub since: Option<Time>,
    pub channel: Option<Channel>,
    pub purpose: Option<&'a str>,
    pub most: Option<i64>,
}

/// Hands on the messages, oldest first; `most` keeps the newest.
///
/// # Errors
/// Those of SQLite and of `each`.
pub fn list(
    connection: &Connection,
    narrowed: &Narrowed<'_>,
    mut each: impl FnMut(Message) -> Result<(), Error>,
) -> Result<(), Error> {
    let (conditions, values) = conditions(&[
        ("niss =", narrowed.niss.as_ref().map(|niss| niss as &dyn ToSql)),
        ("created_at >=", narrowed.since.as_ref().map(|since| since as &dyn ToSql)),
        ("channel =", narrowed.channel.as_ref().map(|channel| channel as &dyn ToSql)),
        ("purpose =", narrowed.purpose.as_ref().map(|purpose| purpose as &dyn ToSql)),
    ]);
    let most = narrowed.most.unwrap_or(-1);
    let sql = format!(
        "SELECT {COLUMNS} FROM (SELECT * FROM message WHERE {conditions} ORDER BY id DESC LIMIT {most}) ORDER BY id"
    );
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query(&values[..])?;
    while let Some(row) = rows.next()? {
        each(message(row)?)?;
    }
    Ok(())
}
