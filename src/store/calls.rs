//! Table `call`: calls on the phone line whose caller was identified. A token is `id.secret` in hexadecimal, as of a session; only
//! a keyed hash of the secret is kept.

use rand::Rng;
use rusqlite::{OptionalExtension, named_params};
use zeroize::Zeroizing;

use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::error::Error;
use crate::store::accounts;
use crate::store::crypto::key::Mac;
use crate::store::unit_of_work::UnitOfWork;

/// One row.
#[derive(Debug, Clone)]
pub struct Call {
    /// Its number, drawn by chance.
    pub id: i64,
    /// Who is on the line.
    pub niss: Niss,
    /// When the caller was identified.
    pub created_at: Timestamp,
    /// Good while now is before this.
    pub ends_at: Timestamp,
}

const KEY_LABEL: &str = "call";

/// Keeps a call, with those of the holder gone that have ended, and gives its token: 64 bits to find it by, 128 that nobody can
/// guess.
///
/// # Errors
/// Those of SQLite.
pub fn open(unit: &UnitOfWork<'_>, niss: Niss) -> Result<(Zeroizing<String>, Call), Error> {
    let mut random = accounts::next_rng(unit, niss, KEY_LABEL)?;
    let id = random.next_u64().cast_signed();
    let (head, tail) = (random.next_u64(), random.next_u64());
    let secret = Zeroizing::new(format!("{head:016x}{tail:016x}"));
    let ended = "DELETE FROM call WHERE niss = ?1 AND ends_at <= ?2";
    unit.tx.prepare_cached(ended)?.execute((niss, unit.now))?;
    let call = Call { id, niss, created_at: unit.now, ends_at: unit.now + unit.policy.call_lifetime };
    let sql = "INSERT INTO call (id, niss, mac, created_at, ends_at) VALUES (:id, :niss, :mac, :now, :ends_at)";
    unit.tx.prepare_cached(sql)?.execute(named_params! {
        ":id": id, ":niss": niss, ":mac": unit.key()?.mac(KEY_LABEL, niss, &secret), ":now": unit.now,
        ":ends_at": call.ends_at,
    })?;
    Ok((Zeroizing::new(format!("{:016x}{}", id.cast_unsigned(), *secret)), call))
}

/// The call of a token, whatever its age; none if it was ended or never was.
///
/// # Errors
/// Those of SQLite.
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

/// Ends one call.
///
/// # Errors
/// Those of SQLite.
pub fn end(unit: &UnitOfWork<'_>, id: i64) -> Result<(), Error> {
    unit.tx.prepare_cached("DELETE FROM call WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// Ends all calls of a holder.
///
/// # Errors
/// Those of SQLite.
pub fn end_all(unit: &UnitOfWork<'_>, niss: Niss) -> Result<(), Error> {
    unit.tx.prepare_cached("DELETE FROM call WHERE niss = ?1")?.execute([niss])?;
    Ok(())
}
