//! Table `session`: open sessions. A token is `id.secret` in hexadecimal. Only a keyed hash of the secret is stored.

use rand::Rng;
use rusqlite::{OptionalExtension, Row, named_params};
use zeroize::Zeroizing;

use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::error::Error;
use crate::store::accounts;
use crate::store::crypto::key::Mac;
use crate::store::sql_types::ids;
use crate::store::unit_of_work::UnitOfWork;

/// A row of table `session`.
#[derive(Debug, Clone)]
pub struct Session {
    /// The random number of the session.
    pub id: i64,
    /// The holder.
    pub niss: Niss,
    /// The time of the login.
    pub created_at: Timestamp,
    /// The latest end of the session.
    pub ends_at: Timestamp,
    /// The end of the session if it is not used before.
    pub idle_at: Timestamp,
    /// The time until which the login counts as fresh.
    pub fresh_until: Timestamp,
    /// Whether it is only for confirming a first contact.
    pub enrolment: bool,
}

impl Session {
    /// Returns whether the session has not expired.
    pub fn is_open(&self, now: Timestamp) -> bool {
        now < self.idle_at && now < self.ends_at
    }
}

const KEY_LABEL: &str = "session";

/// Opens a session and returns its token. Its id has 64 bits, its secret 128 random bits (ASVS 7.2.3).
pub fn open(unit: &UnitOfWork<'_>, niss: Niss, enrolment: bool) -> Result<(Zeroizing<String>, Session), Error> {
    let mut random = accounts::next_rng(unit, niss, KEY_LABEL)?;
    let id = random.next_u64().cast_signed();
    let (head, tail) = (random.next_u64(), random.next_u64());
    let secret = Zeroizing::new(format!("{head:016x}{tail:016x}"));
    let ends_at = unit.now + unit.policy.session_lifetime;
    let session = Session {
        id,
        niss,
        created_at: unit.now,
        ends_at,
        idle_at: (unit.now + unit.policy.session_idle).min(ends_at),
        fresh_until: unit.now + unit.policy.session_fresh,
        enrolment,
    };
    let sql = "INSERT INTO session (id, niss, mac, created_at, last_used_at, idle, ends_at, fresh_until, enrolment)
VALUES (:id, :niss, :mac, :now, :now, :idle, :ends_at, :fresh_until, :enrolment)";
    unit.tx.prepare_cached(sql)?.execute(named_params! {
        ":id": id, ":niss": niss, ":mac": unit.key()?.mac(KEY_LABEL, niss, &secret), ":now": unit.now,
        ":idle": unit.policy.session_idle.in_seconds(), ":ends_at": ends_at, ":fresh_until": session.fresh_until,
        ":enrolment": enrolment,
    })?;
    Ok((Zeroizing::new(format!("{:016x}{}", id.cast_unsigned(), *secret)), session))
}

/// Reads a session from the columns `id, niss, created_at, ends_at, min(last_used_at + idle, ends_at), fresh_until, enrolment`.
fn session(row: &Row<'_>) -> rusqlite::Result<Session> {
    Ok(Session {
        id: row.get(0)?,
        niss: row.get(1)?,
        created_at: row.get(2)?,
        ends_at: row.get(3)?,
        idle_at: row.get(4)?,
        fresh_until: row.get(5)?,
        enrolment: row.get(6)?,
    })
}

/// Returns the session of a token, expired or not. Returns `None` if the session was ended or never existed.
pub fn find(unit: &UnitOfWork<'_>, token: &str) -> Result<Option<Session>, Error> {
    let Some((id, secret)) = token.trim().split_at_checked(16) else { return Ok(None) };
    let Ok(id) = u64::from_str_radix(id, 16).map(u64::cast_signed) else { return Ok(None) };
    let sql = "SELECT id, niss, created_at, ends_at, min(last_used_at + idle, ends_at), fresh_until, enrolment, mac
  FROM session WHERE id = ?1";
    let found: Option<(Session, Mac)> =
        unit.tx.prepare_cached(sql)?.query_row([id], |row| Ok((session(row)?, row.get(7)?))).optional()?;
    let key = unit.key()?;
    Ok(found.filter(|(session, mac)| key.verify(mac, KEY_LABEL, session.niss, secret)).map(|(session, _)| session))
}

/// Returns the open sessions of a holder and when each was last used, oldest login first.
pub fn list_open(unit: &UnitOfWork<'_>, niss: Niss) -> Result<Vec<(Session, Timestamp)>, Error> {
    let sql =
        "SELECT id, niss, created_at, ends_at, min(last_used_at + idle, ends_at), fresh_until, enrolment, last_used_at
  FROM session
 WHERE niss = ?1 AND min(last_used_at + idle, ends_at) > ?2 ORDER BY created_at, id";
    let mut statement = unit.tx.prepare_cached(sql)?;
    let open = statement.query_map((niss, unit.now), |row| Ok((session(row)?, row.get(7)?)))?;
    Ok(open.collect::<Result<_, _>>()?)
}

/// Records that a session was used now.
pub fn touch(unit: &UnitOfWork<'_>, id: i64) -> Result<(), Error> {
    unit.tx.prepare_cached("UPDATE session SET last_used_at = ?2 WHERE id = ?1")?.execute((id, unit.now))?;
    Ok(())
}

/// Ends a session.
pub fn end(unit: &UnitOfWork<'_>, id: i64) -> Result<(), Error> {
    unit.tx.prepare_cached("DELETE FROM session WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// Ends the expired sessions of a holder, and returns their ids.
pub fn end_expired(unit: &UnitOfWork<'_>, niss: Niss) -> Result<Vec<i64>, Error> {
    let sql = "DELETE FROM session WHERE niss = ?1 AND min(last_used_at + idle, ends_at) <= ?2 RETURNING id";
    ids(&unit.tx, sql, (niss, unit.now))
}

/// Ends all sessions of a holder except `but`, and returns their ids.
pub fn end_all(unit: &UnitOfWork<'_>, niss: Niss, but: Option<i64>) -> Result<Vec<i64>, Error> {
    ids(&unit.tx, "DELETE FROM session WHERE niss = ?1 AND id IS NOT ?2 RETURNING id", (niss, but))
}

/// Ends the sessions of all holders. Returns holders and ids.
pub fn end_every(unit: &UnitOfWork<'_>) -> Result<Vec<(Niss, i64)>, Error> {
    let mut statement = unit.tx.prepare("DELETE FROM session RETURNING niss, id")?;
    let ended = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(ended.collect::<Result<_, _>>()?)
}

/// Ends the sessions that were opened or used after this unit's time, by a clock that was ahead. Returns holders and ids.
pub fn end_future(unit: &UnitOfWork<'_>) -> Result<Vec<(Niss, i64)>, Error> {
    let sql = "DELETE FROM session WHERE created_at > ?1 OR last_used_at > ?1 RETURNING niss, id";
    let mut statement = unit.tx.prepare(sql)?;
    let ended = statement.query_map([unit.now], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(ended.collect::<Result<_, _>>()?)
}
