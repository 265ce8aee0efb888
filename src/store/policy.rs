//! Table `policy`: the policy settings that differ from their defaults.

use rusqlite::Connection;

use crate::domain::policy::{BoundsProfile, Policy, Setting};
use crate::error::Error;
use crate::store::UnitOfWork;

/// Returns the policy in force.
///
/// # Errors
/// Fails if a stored setting is unknown to this version or out of bounds.
pub fn read(connection: &Connection) -> Result<Policy, Error> {
    let mut policy = Policy::default();
    let mut statement = connection.prepare_cached("SELECT key, value FROM policy")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (key, value): (String, String) = (row.get(0)?, row.get(1)?);
        Setting::find(&key)
            .and_then(|setting| setting.change(&mut policy, &value, BoundsProfile::Sandbox).ok())
            .ok_or_else(|| Error::StoreDamaged(format!("policy {key}")))?;
    }
    Ok(policy)
}

/// Changes a policy setting.
pub fn set(unit: &UnitOfWork<'_>, setting: &Setting, value: &str) -> Result<(), Error> {
    let sql = "INSERT INTO policy (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    unit.tx.prepare_cached(sql)?.execute((setting.key, value))?;
    Ok(())
}
