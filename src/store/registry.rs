//! Table `registry`: the registry records, which identity checks compare with.

use rusqlite::{Connection, OptionalExtension, Row};

use crate::domain::address::PostalCode;
use crate::domain::civil_id::CivilId;
use crate::domain::country::Country;
use crate::domain::holder::Holder;
use crate::domain::niss::Niss;
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::{CivilIdKind, ContactKind, HolderKind, HolderStatus};
use crate::error::Error;
use crate::store::connection;
use crate::store::unit_of_work::UnitOfWork;

/// The columns of a record.
macro_rules! columns {
    () => {
        "niss, kind, status, name, birth_date, civil_id_kind, civil_id, nif, responsible, email, mobile,
       telephone, address, postal_code, locality, country, language"
    };
}
pub(super) const COLUMNS: &str = columns!();

const FIND: &str = concat!("SELECT ", columns!(), " FROM registry WHERE niss = ?1");

/// Returns the registry record of a holder.
///
/// # Errors
/// Fails if a stored value is invalid.
pub fn find(connection: &Connection, niss: Niss) -> Result<Option<Holder>, Error> {
    Ok(connection.prepare_cached(FIND)?.query_row([niss], holder).optional()?)
}

/// Returns the registry record of an account. Every account has one.
///
/// # Errors
/// [`Error::StoreDamaged`] if there is none, or if a stored value is invalid.
pub fn find_for_account(connection: &Connection, niss: Niss) -> Result<Holder, Error> {
    find(connection, niss)?.ok_or_else(|| Error::StoreDamaged("account without registry record".to_owned()))
}

/// Reads a record from [`COLUMNS`].
pub(super) fn holder(row: &Row<'_>) -> rusqlite::Result<Holder> {
    let altered = |column, cause: ValidationError| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(cause))
    };
    let country: Option<Country> = row.get(15)?;
    let civil_id = match (row.get::<_, Option<CivilIdKind>>(5)?, row.get::<_, Option<String>>(6)?) {
        (Some(kind), Some(text)) => Some(CivilId::parse(kind, &text).map_err(|cause| altered(6, cause))?),
        _ => None,
    };
    let postal_code = match row.get::<_, Option<String>>(13)? {
        Some(text) => {
            let country = country.unwrap_or(Country::PORTUGAL);
            Some(PostalCode::parse(country, &text).map_err(|cause| altered(13, cause))?)
        }
        None => None,
    };
    Ok(Holder {
        niss: row.get(0)?,
        kind: row.get(1)?,
        status: row.get(2)?,
        name: row.get(3)?,
        birth_date: row.get(4)?,
        civil_id,
        nif: row.get(7)?,
        responsible: row.get(8)?,
        email: row.get(9)?,
        mobile: row.get(10)?,
        telephone: row.get(11)?,
        address: row.get(12)?,
        postal_code,
        locality: row.get(14)?,
        country,
        language: row.get(16)?,
    })
}

// The CASEs keep a contact that its holder has settled. They search table `contact` only if there is a row to update.
const UPSERT: &str = "INSERT INTO registry (niss, kind, status, name, birth_date, civil_id_kind, civil_id, nif, responsible,
       email, mobile, telephone, address, postal_code, locality, country, language)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
ON CONFLICT (niss) DO UPDATE SET
       kind = excluded.kind, status = excluded.status, name = excluded.name, birth_date = excluded.birth_date,
       civil_id_kind = excluded.civil_id_kind, civil_id = excluded.civil_id, nif = excluded.nif,
       responsible = excluded.responsible,
       email = CASE WHEN EXISTS (SELECT 1 FROM contact WHERE contact.niss = excluded.niss AND contact.kind = 'email'
                                 AND settled_at IS NOT NULL) THEN email ELSE excluded.email END,
       mobile = CASE WHEN EXISTS (SELECT 1 FROM contact WHERE contact.niss = excluded.niss AND contact.kind = 'mobile'
                                  AND settled_at IS NOT NULL) THEN mobile ELSE excluded.mobile END,
       telephone = CASE WHEN EXISTS (SELECT 1 FROM contact WHERE contact.niss = excluded.niss AND contact.kind = 'telephone'
                                     AND settled_at IS NOT NULL) THEN telephone ELSE excluded.telephone END,
       address = excluded.address, postal_code = excluded.postal_code, locality = excluded.locality,
       country = excluded.country, language = excluded.language";

/// The texts of the columns after the key, in the order of the schema.
pub type ColumnTexts<'a> = [Option<&'a str>; 16];

/// The index of the status in [`ColumnTexts`].
pub const STATUS: usize = 1;

/// Inserts or updates records. The texts come from a validated [`Holder`] and are not checked again.
///
/// # Errors
/// Returns the errors of `rows`.
pub fn upsert<'a>(
    unit: &UnitOfWork<'_>,
    rows: impl Iterator<Item = Result<(Niss, ColumnTexts<'a>), Error>>,
) -> Result<(), Error> {
    connection::skip_checks(&unit.tx, || {
        let mut statement = unit.tx.prepare_cached(UPSERT)?;
        for row in rows {
            let (niss, texts) = row?;
            statement.raw_bind_parameter(1, niss.as_i64())?;
            for (text, at) in texts.iter().zip(2..) {
                statement.raw_bind_parameter(at, text)?;
            }
            statement.raw_execute()?;
        }
        Ok(())
    })
}

/// Sets the registered contact of a kind, or removes it.
pub fn set_contact(unit: &UnitOfWork<'_>, niss: Niss, contact: ContactKind, value: Option<&str>) -> Result<(), Error> {
    let sql = match contact {
        ContactKind::Email => "UPDATE registry SET email = ?2 WHERE niss = ?1",
        ContactKind::Mobile => "UPDATE registry SET mobile = ?2 WHERE niss = ?1",
        ContactKind::Telephone => "UPDATE registry SET telephone = ?2 WHERE niss = ?1",
    };
    unit.tx.prepare_cached(sql)?.execute((niss, value))?;
    Ok(())
}

/// Counts the records by kind, and the records of inactive holders.
pub fn count(connection: &Connection) -> Result<([(HolderKind, i64); 3], i64), Error> {
    let of = |kind: HolderKind| -> Result<(HolderKind, i64), Error> {
        let sql = "SELECT count(*) FROM registry WHERE kind = ?1";
        Ok((kind, connection.prepare_cached(sql)?.query_row([kind], |row| row.get(0))?))
    };
    let sql = "SELECT count(*) FROM registry WHERE status <> ?1";
    let inactive = connection.query_row(sql, [HolderStatus::Active], |row| row.get(0))?;
    Ok(([of(HolderKind::Citizen)?, of(HolderKind::Employer)?, of(HolderKind::Company)?], inactive))
}
