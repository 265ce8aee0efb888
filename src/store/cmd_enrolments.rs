//! Table `cmd`: what the authentication provider of Chave Móvel Digital knows of whom. Nothing else reads it.

use rand::rngs::ChaCha12Rng;
use rusqlite::{OptionalExtension, named_params};

use crate::domain::civil_id::TypedCivilId;
use crate::domain::name::Name;
use crate::domain::nif::Nif;
use crate::domain::niss::Niss;
use crate::domain::phone::Mobile;
use crate::domain::pin::CmdPin;
use crate::domain::time::Date;
use crate::error::Error;
use crate::store::crypto::key::Mac;
use crate::store::unit_of_work::UnitOfWork;

/// What is handed over once the holder consents.
#[derive(Clone)]
pub struct Attributes {
    /// The full name.
    pub name: Name,
    /// The date of birth.
    pub birth_date: Date,
    /// The civil identification, without its kind.
    pub civil_id: TypedCivilId,
    /// The tax number.
    pub nif: Nif,
    /// Where the provider has it.
    pub niss: Option<Niss>,
}

/// One row.
#[derive(Clone)]
pub struct Enrolment {
    /// Whose.
    pub niss: Niss,
    /// Where the codes go.
    pub mobile: Mobile,
    /// What it hands over.
    pub attributes: Attributes,
    pin: Mac,
}

/// What the keyed hash of a PIN is bound to, beside its holder.
const PIN: &str = "cmd pin";

impl Enrolment {
    /// Whether this is the PIN, in constant time.
    ///
    /// # Errors
    /// The key is not there.
    pub fn verify_pin(&self, unit: &UnitOfWork<'_>, pin: &CmdPin) -> Result<bool, Error> {
        Ok(unit.key()?.verify(&self.pin, PIN, self.niss, pin.expose()))
    }
}

/// The enrolment of a holder, if there is one.
///
/// # Errors
/// Those of SQLite, and a value that our types refuse.
pub fn find(unit: &UnitOfWork<'_>, niss: Niss) -> Result<Option<Enrolment>, Error> {
    let sql = "SELECT niss, mobile, pin, name, birth_date, civil_id, nif, holds_niss FROM cmd WHERE niss = ?1";
    let found = unit.tx.prepare_cached(sql)?.query_row([niss], |row| {
        let attributes = Attributes {
            name: row.get(3)?,
            birth_date: row.get(4)?,
            civil_id: row.get(5)?,
            nif: row.get(6)?,
            niss: row.get::<_, bool>(7)?.then_some(niss),
        };
        Ok(Enrolment { niss: row.get(0)?, mobile: row.get(1)?, pin: row.get(2)?, attributes })
    });
    Ok(found.optional()?)
}

/// Enrols a holder who is not enrolled.
///
/// # Errors
/// Those of SQLite.
pub fn enrol(
    unit: &UnitOfWork<'_>,
    niss: Niss,
    mobile: &Mobile,
    pin: &CmdPin,
    attributes: &Attributes,
) -> Result<(), Error> {
    let sql = "INSERT INTO cmd (niss, mobile, pin, name, birth_date, civil_id, nif, holds_niss, enrolled_at, draws)
VALUES (:niss, :mobile, :pin, :name, :birth_date, :civil_id, :nif, :holds_niss, :now,
       (SELECT count(*) FROM code WHERE niss = :niss AND purpose = 'cmd'))";
    // Whoever is enrolled again is drawn other codes than before.
    unit.tx.prepare_cached(sql)?.execute(named_params! {
        ":niss": niss, ":mobile": mobile, ":pin": unit.key()?.mac(PIN, niss, pin.expose()),
        ":name": attributes.name, ":birth_date": attributes.birth_date,
        ":civil_id": attributes.civil_id, ":nif": attributes.nif,
        ":holds_niss": attributes.niss.is_some(), ":now": unit.now,
    })?;
    Ok(())
}

/// Ends an enrolment; whether there was one.
///
/// # Errors
/// Those of SQLite.
pub fn revoke(unit: &UnitOfWork<'_>, niss: Niss) -> Result<bool, Error> {
    Ok(unit.tx.prepare_cached("DELETE FROM cmd WHERE niss = ?1")?.execute([niss])? > 0)
}

/// A generator for the provider's next draw for this holder, which is counted.
///
/// # Errors
/// Those of SQLite, and a system without randomness.
pub fn next_rng(unit: &UnitOfWork<'_>, niss: Niss) -> Result<ChaCha12Rng, Error> {
    unit.tx.prepare_cached("UPDATE cmd SET draws = draws + 1 WHERE niss = ?1")?.execute([niss])?;
    let sql = "SELECT draws FROM cmd WHERE niss = ?1";
    let n = unit.tx.prepare_cached(sql)?.query_row([niss], |row| row.get(0))?;
    unit.random.rng_for("cmd", niss, n)
}
