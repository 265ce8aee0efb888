//! Table `call`: calls on the phone line with an identified caller. As for sessions, a token is `id.secret` in
//! hexadecimal, and only a keyed hash of the secret is stored.

use rand::Rng;
use rusqlite::{OptionalExtension, named_params};
use zeroize::Zeroizing;

use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::error::Error;
use crate::store::accounts;
use crate::store::crypto::key::Mac;
use crate::store::sql_types::ids;
use crate::store::unit_of_work::UnitOfWork;

/// A row of table `call`.
#[derive(Debug, Clone)]
pub struct Call {
    /// The random number of the call.
    pub id: i64,
    /// The caller.
    pub niss: Niss,
    /// The time of the identification.
    pub created_at: Timestamp,
    /// The end of the call. The call is open before this time.
    pub ends_at: Timestamp,
}

const KEY_LABEL: &str = "call";

/// Opens a call and returns its token. Its id has 64 bits, its secret 128 random bits.
pub fn open(unit: &UnitOfWork<'_>, niss: Niss) -> Result<(Zeroizing<String>, Call), Error> {
    let mut random = accounts::next_rng(unit, niss, KEY_LABEL)?;
    let id = random.next_u64().cast_signed();
    let (head, tail) = (random.next_u64(), random.next_u64());
    let secret = Zeroizing::new(format!("{head:016x}{tail:016x}"));
    let call = Call { id, niss, created_at: unit.now, ends_at: unit.now + unit.policy.call_lifetime };
    let sql = "INSERT INTO call (id, niss, mac, created_at, ends_at) VALUES (:id, :niss, :mac, :now, :ends_at)";
    unit.tx.prepare_cached(sql)?.execute(named_params! {
        ":id": id, ":niss": niss, ":mac": unit.key()?.mac(KEY_LABEL, niss, &secret), ":now": unit.now,
        ":ends_at": call.ends_at,
    })?;
    Ok((Zeroizing::new(format!("{:016x}{}", id.cast_unsigned(), *secret)), call))
}

/// Returns the call of a token, expired or not. Returns `None` if the call was ended or never existed.
pub fn find(unit: &UnitOfWork<'_>, token: &str) -> Result<Option<Call>, Error> {
    let Some((id, secret)) = token.trim().split_at_checked(16) else { return Ok(None) };
    let Ok(id) = u64::from_str_radix(id, 16).map(u64::cast_signed) else { return Ok(None) };
    let sql = "SELECT id, niss, created_at, ends_at, mac FROM call WHERE id = ?1";
    let found: Option<(Call, Mac)> = unit
        .tx
        .prepare_cached(sql)?
        .query_row([id], |row| {
            let call = Call { id: row.get(0)?, niss: row.get(1)?, created_at: row.get(2)?, ends_at: row.get(3)? };
            Ok((call, row.get(4)?))
        })
        .optional()?;
    let key = unit.key()?;
    Ok(found.filter(|(call, mac)| key.verify(mac, KEY_LABEL, call.niss, secret)).map(|(call, _)| call))
}

/// Ends a call.
pub fn end(unit: &UnitOfWork<'_>, id: i64) -> Result<(), Error> {
    unit.tx.prepare_cached("DELETE FROM call WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// Ends the expired calls of a holder, and returns their ids.
pub fn end_expired(unit: &UnitOfWork<'_>, niss: Niss) -> Result<Vec<i64>, Error> {
    ids(&unit.tx, "DELETE FROM call WHERE niss = ?1 AND ends_at <= ?2 RETURNING id", (niss, unit.now))
}

/// Ends all calls of a holder, and returns their ids.
pub fn end_all(unit: &UnitOfWork<'_>, niss: Niss) -> Result<Vec<i64>, Error> {
    ids(&unit.tx, "DELETE FROM call WHERE niss = ?1 RETURNING id", [niss])
}

/// Ends the calls of all holders. Returns holders and ids.
pub fn end_every(unit: &UnitOfWork<'_>) -> Result<Vec<(Niss, i64)>, Error> {
    let mut statement = unit.tx.prepare("DELETE FROM call RETURNING niss, id")?;
    let ended = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(ended.collect::<Result<_, _>>()?)
}

/// Ends the calls that began after this unit's time, by a clock that was ahead. Returns holders and ids.
pub fn end_future(unit: &UnitOfWork<'_>) -> Result<Vec<(Niss, i64)>, Error> {
    let mut statement = unit.tx.prepare("DELETE FROM call WHERE created_at > ?1 RETURNING niss, id")?;
    let ended = statement.query_map([unit.now], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(ended.collect::<Result<_, _>>()?)
}
