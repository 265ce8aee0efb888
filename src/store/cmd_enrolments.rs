//! Table `cmd`: the data of the authentication provider of Chave Móvel Digital. Nothing else reads it.

use rand::rngs::ChaCha12Rng;
use rusqlite::{OptionalExtension, named_params};

use crate::domain::civil_id::TypedCivilId;
use crate::domain::holder::IdentityClaim;
use crate::domain::name::Name;
use crate::domain::nif::Nif;
use crate::domain::niss::Niss;
use crate::domain::phone::Mobile;
use crate::domain::pin::CmdPin;
use crate::domain::time::Date;
use crate::error::Error;
use crate::store::crypto::key::Mac;
use crate::store::unit_of_work::UnitOfWork;

/// The attributes that the provider shares after the holder's consent.
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
    /// The NISS, if the provider has it.
    pub niss: Option<Niss>,
}

impl Attributes {
    /// Returns the identity data to compare with the registry: all that the provider shares except the NISS, which found the
    /// record.
    pub fn identity_claim(&self) -> IdentityClaim<'_> {
        IdentityClaim {
            name: Some(&self.name),
            birth_date: Some(&self.birth_date),
            civil_id: Some(&self.civil_id),
            nif: Some(&self.nif),
            responsible: None,
        }
    }
}

/// A row of table `cmd`.
#[derive(Clone)]
pub struct Enrolment {
    /// The holder.
    pub niss: Niss,
    /// The mobile that receives the provider's codes.
    pub mobile: Mobile,
    /// The attributes that the provider shares.
    pub attributes: Attributes,
    pin: Mac,
}

/// The label of a PIN's keyed hash, which is also bound to the holder.
const PIN: &str = "cmd pin";

/// Returns the enrolment of a holder if this is its PIN. The comparison takes constant time, and runs without an
/// enrolment too.
///
/// # Errors
/// Fails if the key is missing or a stored value is invalid.
pub fn find_by_pin(unit: &UnitOfWork<'_>, niss: Niss, pin: &CmdPin) -> Result<Option<Enrolment>, Error> {
    let enrolled = find(unit, niss)?;
    let stored = enrolled.as_ref().map(|enrolled| enrolled.pin).unwrap_or_default();
    let is_right = unit.key()?.verify(&stored, PIN, niss, pin.expose());
    Ok(enrolled.filter(|_| is_right))
}

/// Returns the enrolment of a holder.
///
/// # Errors
/// Fails if a stored value is invalid.
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

/// Enrols a holder. The holder must not be enrolled.
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
    // The count of draws starts at the number of earlier codes, so that new codes differ from them.
    unit.tx.prepare_cached(sql)?.execute(named_params! {
        ":niss": niss, ":mobile": mobile, ":pin": unit.key()?.mac(PIN, niss, pin.expose()),
        ":name": attributes.name, ":birth_date": attributes.birth_date,
        ":civil_id": attributes.civil_id, ":nif": attributes.nif,
        ":holds_niss": attributes.niss.is_some(), ":now": unit.now,
    })?;
    Ok(())
}

/// Ends an enrolment. Returns whether there was one.
pub fn revoke(unit: &UnitOfWork<'_>, niss: Niss) -> Result<bool, Error> {
    Ok(unit.tx.prepare_cached("DELETE FROM cmd WHERE niss = ?1")?.execute([niss])? > 0)
}

/// Returns a generator for the provider's next random values for this holder and counts the draw.
///
/// # Errors
/// Fails if the system has no randomness.
pub fn next_rng(unit: &UnitOfWork<'_>, niss: Niss) -> Result<ChaCha12Rng, Error> {
    unit.tx.prepare_cached("UPDATE cmd SET draws = draws + 1 WHERE niss = ?1")?.execute([niss])?;
    let sql = "SELECT draws FROM cmd WHERE niss = ?1";
    let n = unit.tx.prepare_cached(sql)?.query_row([niss], |row| row.get(0))?;
    unit.random.rng_for("cmd", niss, n)
}
