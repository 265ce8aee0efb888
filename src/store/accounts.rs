//! Table `account`: one row for each holder who has asked for an account.

use rand::rngs::ChaCha12Rng;
use rusqlite::{Connection, OptionalExtension, Row, ToSql, named_params};

use crate::domain::holder::ReachableChannels;
use crate::domain::niss::Niss;
use crate::domain::password::PasswordHash;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{AccountState, AccountType, AlertPreference, HolderKind, HolderStatus};
use crate::error::Error;
use crate::store::crypto::key::Mac;
use crate::store::sql_types::where_clause;
use crate::store::unit_of_work::UnitOfWork;

/// One row.
#[derive(Debug, Clone)]
pub struct Account {
    /// Whose.
    pub niss: Niss,
    /// Cidadão or Empresa/Instituição.
    pub account_type: AccountType,
    /// Where it is in its life.
    pub state: AccountState,
    /// How alerts travel.
    pub alerts: AlertPreference,
    /// When it was first asked for.
    pub created_at: Timestamp,
    /// When it became active; none before that and after a reset.
    pub activated_at: Option<Timestamp>,
    /// None unless active or suspended.
    pub password: Option<PasswordHash>,
    /// The phone line's digits, as a keyed hash.
    pub phone_code: Option<Mac>,
}

/// An account from the first six columns, which every query here begins with.
fn without_secrets(row: &Row<'_>) -> rusqlite::Result<Account> {
    Ok(Account {
        niss: row.get(0)?,
        account_type: row.get(1)?,
        state: row.get(2)?,
        alerts: row.get(3)?,
        created_at: row.get(4)?,
        activated_at: row.get(5)?,
        password: None,
        phone_code: None,
    })
}

const FIND: &str = "SELECT niss, account_type, state, alerts, created_at, activated_at, password, phone_code
  FROM account WHERE niss = ?1";

/// The account of a holder, if there is one.
///
/// # Errors
/// Those of SQLite, and a value that our types refuse.
pub fn find(connection: &Connection, niss: Niss) -> Result<Option<Account>, Error> {
    let found = connection.prepare_cached(FIND)?.query_row([niss], |row| {
        let password = row.get::<_, Option<String>>(6)?.map(PasswordHash::from_store);
        Ok(Account { password, phone_code: row.get(7)?, ..without_secrets(row)? })
    });
    Ok(found.optional()?)
}

/// An account with what `account show` tells of its holder.
pub struct AccountOverview {
    /// The account, without its password.
    pub account: Account,
    /// Whether there is one.
    pub has_password: bool,
    /// What kind of holder.
    pub kind: HolderKind,
    /// Whether it still is one.
    pub status: HolderStatus,
    /// By what it can be reached.
    pub reach: ReachableChannels,
}

// One statement where two would do: it is the look-up that scripts call most, and a statement costs as much as its answer.
const SHOWN: &str = "SELECT niss, account_type, state, alerts, created_at, activated_at, phone_code, kind, status,
       email IS NOT NULL, mobile IS NOT NULL, address IS NOT NULL AND locality IS NOT NULL, password IS NOT NULL
  FROM account JOIN registry USING (niss) WHERE niss = ?1";

/// The account of a holder and its holder, to be shown.
///
/// # Errors
/// Those of SQLite, and a value that our types refuse.
pub fn find_overview(connection: &Connection, niss: Niss) -> Result<Option<AccountOverview>, Error> {
    let found = connection.prepare_cached(SHOWN)?.query_row([niss], |row| {
        let status = row.get(8)?;
        Ok(AccountOverview {
            account: Account { phone_code: row.get(6)?, ..without_secrets(row)? },
            has_password: row.get(12)?,
            kind: row.get(7)?,
            status,
            reach: ReachableChannels::new(niss, status, [row.get(9)?, row.get(10)?, row.get(11)?]),
        })
    });
    Ok(found.optional()?)
}

const OPEN: &str = "INSERT INTO account (niss, account_type, state, alerts, created_at)
VALUES (:niss, :account_type, :state, :alerts, :created_at)";

/// Writes the row of a first request: without password or phone code, and not active yet.
///
/// # Errors
/// Those of SQLite.
pub fn insert(unit: &UnitOfWork<'_>, account: &Account) -> Result<(), Error> {
    unit.tx.prepare_cached(OPEN)?.execute(named_params! {
        ":niss": account.niss, ":account_type": account.account_type, ":state": account.state, ":alerts": account.alerts,
        ":created_at": account.created_at,
    })?;
    Ok(())
}

const SAVE: &str = "UPDATE account SET account_type = :account_type, state = :state, alerts = :alerts,
       activated_at = :activated_at, password = :password, phone_code = :phone_code WHERE niss = :niss";

/// Writes a changed account.
///
/// # Errors
/// Those of SQLite.
pub fn update(unit: &UnitOfWork<'_>, account: &Account) -> Result<(), Error> {
    unit.tx.prepare_cached(SAVE)?.execute(named_params! {
        ":niss": account.niss, ":account_type": account.account_type, ":state": account.state, ":alerts": account.alerts,
        ":activated_at": account.activated_at, ":password": account.password.as_ref().map(PasswordHash::as_str),
        ":phone_code": account.phone_code,
    })?;
    Ok(())
}

/// A generator for this holder's next draw, which is counted.
///
/// # Errors
/// Those of SQLite, and a system without randomness.
pub fn next_rng(unit: &UnitOfWork<'_>, niss: Niss, purpose: &str) -> Result<ChaCha12Rng, Error> {
    // Two statements: RETURNING makes a table of its own at each use, which takes longer than to look twice.
    unit.tx.prepare_cached("UPDATE account SET draws = draws + 1 WHERE niss = ?1")?.execute([niss])?;
    let sql = "SELECT draws FROM account WHERE niss = ?1";
    let n = unit.tx.prepare_cached(sql)?.query_row([niss], |row| row.get(0))?;
    unit.random.rng_for(purpose, niss, n)
}

/// Hands on the accounts by NISS, without their secrets: of one holder, in a state, asked for since a time, so many at most.
///
/// # Errors
/// Those of SQLite and of `each`.
pub fn list(
    connection: &Connection,
    narrowed: (Option<Niss>, Option<AccountState>, Option<Timestamp>, Option<i64>),
    mut each: impl FnMut(Account) -> Result<(), Error>,
) -> Result<(), Error> {
    let (niss, state, since, most) = narrowed;
    let (conditions, values) = where_clause(&[
        ("niss =", niss.as_ref().map(|niss| niss as &dyn ToSql)),
        ("state =", state.as_ref().map(|state| state as &dyn ToSql)),
        ("created_at >=", since.as_ref().map(|since| since as &dyn ToSql)),
    ]);
    let sql = format!(
        "SELECT niss, account_type, state, alerts, created_at, activated_at FROM account
          WHERE {conditions} ORDER BY niss LIMIT {}",
        most.unwrap_or(-1)
    );
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query(&values[..])?;
    while let Some(row) = rows.next()? {
        each(without_secrets(row)?)?;
    }
    Ok(())
}
