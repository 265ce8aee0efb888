//! Table `password_cost`: the argon2 costs of stored passwords.

use rusqlite::Connection;

use crate::domain::argon2id::HashCost;
use crate::domain::policy::Policy;
use crate::error::Error;
use crate::store::unit_of_work::UnitOfWork;

/// Returns the costs in use: the policy's, and those of passwords that were hashed under earlier policies.
pub fn in_use(connection: &Connection, policy: &Policy) -> Result<Vec<HashCost>, Error> {
    let mut costs = vec![HashCost::of(policy)];
    let mut statement = connection.prepare_cached("SELECT params FROM password_cost ORDER BY params")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        // Any other text belongs to no hash that could be verified.
        let cost = row.get::<_, String>(0)?.parse().ok().filter(|cost| !costs.contains(cost));
        costs.extend(cost);
    }
    Ok(costs)
}

/// Returns whether a cost other than the policy's is listed.
pub fn has_outdated(unit: &UnitOfWork<'_>) -> Result<bool, Error> {
    Ok(in_use(&unit.tx, &unit.policy)?.len() > 1)
}

/// Finds the costs again. A hash is `$argon2id$v=19$` and 15 characters on its parameters.
pub fn recount(unit: &UnitOfWork<'_>) -> Result<(), Error> {
    unit.tx.execute_batch(
        "DELETE FROM password_cost;
INSERT INTO password_cost SELECT DISTINCT substr(password, 16, instr(substr(password, 16), '$') - 1)
  FROM account WHERE password IS NOT NULL",
    )?;
    Ok(())
}
