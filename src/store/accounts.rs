//! Table `account`: one row per holder with an account.

use hmac::Mac as _;
use rand::rngs::ChaCha12Rng;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::domain::holder::ReachableChannels;
use crate::domain::niss::Niss;
use crate::domain::password::PasswordHash;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{AccountState, AccountType, AlertPreference, HolderKind, HolderStatus};
use crate::error::Error;
use crate::reply::Fingerprint;
use crate::store::crypto::field_hash::FieldHasher;
use crate::store::crypto::key::{Key, Mac};
use crate::store::unit_of_work::UnitOfWork;

/// A row of table `account`.
#[derive(Debug, Clone)]
pub struct Account {
    /// The holder.
    pub niss: Niss,
    /// Cidadão or Empresa/Instituição.
    pub account_type: AccountType,
    /// The account's state.
    pub state: AccountState,
    /// The channel of alerts.
    pub alerts: AlertPreference,
    /// Whether the holder has said that there is neither an e-mail nor a mobile.
    pub no_contacts: bool,
    /// The time of the first registration.
    pub created_at: Timestamp,
    /// The time of activation. `None` before activation and after a reset.
    pub activated_at: Option<Timestamp>,
    /// The password's hash. `None` unless the account is active or suspended.
    pub password: Option<PasswordHash>,
    /// The phone code, as a keyed hash.
    pub phone_code: Option<Mac>,
}

/// The first seven columns of a row. Every query in this file begins with them.
pub(super) const COLUMNS: &str = "niss, account_type, state, alerts, created_at, activated_at, no_contacts";

/// Reads an account from [`COLUMNS`].
pub(super) fn without_secrets(row: &Row<'_>) -> rusqlite::Result<Account> {
    Ok(Account {
        niss: row.get(0)?,
        account_type: row.get(1)?,
        state: row.get(2)?,
        alerts: row.get(3)?,
        created_at: row.get(4)?,
        activated_at: row.get(5)?,
        no_contacts: row.get(6)?,
        password: None,
        phone_code: None,
    })
}

/// Reads an account from its nine columns.
fn with_secrets(row: &Row<'_>) -> rusqlite::Result<Account> {
    let password = row.get::<_, Option<String>>(7)?.map(PasswordHash::from_store);
    Ok(Account { password, phone_code: row.get(8)?, ..without_secrets(row)? })
}

const FIND: &str =
    "SELECT niss, account_type, state, alerts, created_at, activated_at, no_contacts, password, phone_code
  FROM account WHERE niss = ?1";

/// Returns the account of a holder.
///
/// # Errors
/// Fails if a stored value is invalid.
pub fn find(connection: &Connection, niss: Niss) -> Result<Option<Account>, Error> {
    Ok(connection.prepare_cached(FIND)?.query_row([niss], with_secrets).optional()?)
}

/// Calls `each` with every account and the holder's audit number, in the order of NISS.
///
/// # Errors
/// Returns the errors of `each`. Fails if a stored value is invalid.
pub fn for_each_with_subject(
    unit: &UnitOfWork<'_>,
    mut each: impl FnMut(&Account, Option<i64>) -> Result<(), Error>,
) -> Result<(), Error> {
    let sql =
        "SELECT account.niss, account_type, state, alerts, created_at, activated_at, no_contacts, password, phone_code,
       subject.id
  FROM account LEFT JOIN subject USING (niss) ORDER BY account.niss";
    let mut statement = unit.tx.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(&with_secrets(row)?, row.get(9)?)?;
    }
    Ok(())
}

/// An account with the facts about its holder that `account show` prints.
pub struct AccountOverview {
    /// The account, without its password.
    pub account: Account,
    /// Whether the account has a password.
    pub has_password: bool,
    /// The holder's kind.
    pub kind: HolderKind,
    /// The holder's status.
    pub status: HolderStatus,
    /// The channels that can reach the holder.
    pub reach: ReachableChannels,
}

// One statement instead of two: scripts call this look-up most, and a statement costs as much as its result.
const SHOWN: &str =
    "SELECT niss, account_type, state, alerts, created_at, activated_at, no_contacts, phone_code, kind, status,
       email IS NOT NULL, mobile IS NOT NULL, address IS NOT NULL AND locality IS NOT NULL, password IS NOT NULL,
       birth_date IS NOT NULL, civil_id IS NOT NULL, nif IS NOT NULL, responsible IS NOT NULL
  FROM account JOIN registry USING (niss) WHERE niss = ?1";

/// Returns the account of a holder with the facts that `account show` prints.
///
/// # Errors
/// Fails if a stored value is invalid.
pub fn find_overview(connection: &Connection, niss: Niss) -> Result<Option<AccountOverview>, Error> {
    let found = connection.prepare_cached(SHOWN)?.query_row([niss], |row| {
        let (kind, status) = (row.get(8)?, row.get(9)?);
        Ok(AccountOverview {
            account: Account { phone_code: row.get(7)?, ..without_secrets(row)? },
            has_password: row.get(13)?,
            kind,
            status,
            reach: ReachableChannels::new(
                niss,
                (kind, status),
                [row.get(10)?, row.get(11)?, row.get(12)?],
                [row.get(14)?, row.get(15)?, row.get(16)?, row.get(17)?],
            ),
        })
    });
    Ok(found.optional()?)
}

const OPEN: &str = "INSERT INTO account (niss, account_type, state, alerts, created_at)
VALUES (:niss, :account_type, :state, :alerts, :created_at)";

/// Inserts the account of a first registration: not active, without password or phone code.
pub fn insert(unit: &UnitOfWork<'_>, account: &Account) -> Result<(), Error> {
    unit.tx.prepare_cached(OPEN)?.execute(named_params! {
        ":niss": account.niss, ":account_type": account.account_type, ":state": account.state, ":alerts": account.alerts,
        ":created_at": account.created_at,
    })?;
    Ok(())
}

const SAVE: &str = "UPDATE account SET account_type = :account_type, state = :state, alerts = :alerts,
       activated_at = :activated_at, no_contacts = :no_contacts, password = :password, phone_code = :phone_code
 WHERE niss = :niss";

/// Updates an account.
pub fn update(unit: &UnitOfWork<'_>, account: &Account) -> Result<(), Error> {
    unit.tx.prepare_cached(SAVE)?.execute(named_params! {
        ":niss": account.niss, ":account_type": account.account_type, ":state": account.state, ":alerts": account.alerts,
        ":activated_at": account.activated_at, ":no_contacts": account.no_contacts,
        ":password": account.password.as_ref().map(PasswordHash::as_str), ":phone_code": account.phone_code,
    })?;
    Ok(())
}

/// Returns the fingerprint of the password's hash and the phone code. It differs for every holder and every combination.
pub fn fingerprint(key: &Key, account: &Account) -> Fingerprint {
    let mut sum = FieldHasher(key.derive_hmac("credentials"));
    sum.field(ValueRef::Integer(account.niss.as_i64()));
    sum.field(account.password.as_ref().map_or(ValueRef::Null, |hash| ValueRef::from(hash.as_str())));
    sum.field(account.phone_code.as_ref().map_or(ValueRef::Null, |mac| ValueRef::Blob(mac)));
    let [a, b, c, d, e, f, g, h, ..]: Mac = sum.0.finalize().into_bytes().into();
    Fingerprint(u64::from_be_bytes([a, b, c, d, e, f, g, h]))
}

/// Returns a generator for this holder's next random values and counts the draw.
///
/// # Errors
/// Fails if the system has no randomness.
pub fn next_rng(unit: &UnitOfWork<'_>, niss: Niss, purpose: &str) -> Result<ChaCha12Rng, Error> {
    // Two statements: RETURNING builds a temporary table at each use, which takes longer than a second look-up.
    unit.tx.prepare_cached("UPDATE account SET draws = draws + 1 WHERE niss = ?1")?.execute([niss])?;
    let sql = "SELECT draws FROM account WHERE niss = ?1";
    let n = unit.tx.prepare_cached(sql)?.query_row([niss], |row| row.get(0))?;
    unit.random.rng_for(purpose, niss, n)
}
