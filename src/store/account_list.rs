//! Lists of table `account`.
//!
//! The index by state and time has the accounts of a state in the order of their registration. The newest accounts of
//! all states are merged from it, so a second index by time alone is not needed.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, ToSql};

use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{AccountState, LockoutScope};
use crate::error::Error;
use crate::store::accounts::{self, Account};
use crate::store::newest::Newest;

/// The accounts of a list.
#[derive(Debug, Clone)]
pub struct AccountFilter {
    /// The account of this holder.
    pub niss: Option<Niss>,
    /// Accounts in this state.
    pub state: Option<AccountState>,
    /// Accounts requested at or after this time.
    pub since: Option<Timestamp>,
    /// Accounts requested before this time.
    pub before: Option<Timestamp>,
    /// Accounts with a lockout that lasts until a time or an unlock.
    pub blocked: Option<BlockedFilter>,
    /// Accounts with a valid code that is not used yet.
    pub due: bool,
    /// The current time, for lockouts and codes.
    pub now: Timestamp,
}

/// The lockouts of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockedFilter {
    /// Any.
    Any,
    /// Those of a scope.
    Scope(LockoutScope),
}

impl BlockedFilter {
    fn words(self) -> Vec<&'static str> {
        match self {
            BlockedFilter::Any => LockoutScope::NAMES.to_vec(),
            BlockedFilter::Scope(scope) => vec![scope.as_str()],
        }
    }
}

/// Conditions and the values of their parameters.
type Conditions<'a> = (String, Vec<(&'static str, &'a dyn ToSql)>);

/// A lockout that applies now. The condition repeats the partial index literally.
const IS_BLOCKED: &str = "blocked_until IS NOT NULL AND blocked_until > :now";

/// Messages with a code that the holder can still use. A sandbox wipes no codes, so the state decides. Codes of the
/// authentication provider do not belong to the account. The condition repeats the partial index literally.
const DUE: &str = "message CROSS JOIN code ON code.id = message.code
       AND message.sealed > zeroblob(length(message.sealed)) AND message.expires_at > :now
       AND code.state = 'open' AND code.purpose <> 'cmd'";

/// Calls `each` with the accounts in the order of NISS, without their secrets. `most` limits them to the newest, with
/// `blocked` to those whose lockout ends last, and with `due` to those whose code expires last. Returns whether there are more.
///
/// # Errors
/// Returns the errors of `each`.
pub fn list(
    connection: &Connection,
    filter: &AccountFilter,
    most: Option<i64>,
    mut each: impl FnMut(Account) -> Result<(), Error>,
) -> Result<bool, Error> {
    let Some(most) = most else {
        let (conditions, values) = filter.conditions();
        let sql = format!("SELECT {} FROM account WHERE {conditions} ORDER BY niss", accounts::COLUMNS);
        let mut statement = connection.prepare(&sql)?;
        let mut rows = statement.query(&values[..])?;
        while let Some(row) = rows.next()? {
            each(accounts::without_secrets(row)?)?;
        }
        return Ok(false);
    };
    let (mut page, mut shown) = (Newest::new(most), HashSet::new());
    let (sql, values) = filter.newest();
    page.add(connection, &sql, &values[..], |row| {
        Ok(!(filter.due || filter.blocked.is_some()) || shown.insert(row.get::<_, i64>(0)?))
    })?;
    let (keys, has_more) = page.into_ascending();
    let mut statement = connection.prepare(&format!("SELECT {} FROM account WHERE niss = ?1", accounts::COLUMNS))?;
    for key in keys {
        if let Some(account) = statement.query_row([key], accounts::without_secrets).optional()? {
            each(account)?;
        }
    }
    Ok(has_more)
}

/// Counts the accounts.
///
/// # Errors
/// Those of SQLite.
pub fn count(connection: &Connection, filter: &AccountFilter) -> Result<i64, Error> {
    let (conditions, values) = filter.conditions();
    let sql = format!("SELECT count(*) FROM account WHERE {conditions}");
    Ok(connection.query_row(&sql, &values[..], |row| row.get(0))?)
}

impl AccountFilter {
    /// Returns the conditions of an account.
    fn conditions(&self) -> Conditions<'_> {
        let (mut sql, mut values) = self.own_conditions();
        if let Some(blocked) = self.blocked {
            let scopes = blocked.words().join("', '");
            sql += &format!(
                " AND account.niss IN (SELECT guard.niss FROM guard WHERE what IN ('{scopes}') AND {IS_BLOCKED})"
            );
        }
        if self.due {
            sql += &format!(" AND account.niss IN (SELECT message.niss FROM {DUE})");
        }
        self.add_now(&mut values);
        (sql, values)
    }

    /// Returns the conditions of the columns of an account.
    fn own_conditions(&self) -> Conditions<'_> {
        let (mut sql, mut values) = (String::from("TRUE"), Vec::<(&'static str, &dyn ToSql)>::new());
        let given: [(&str, &'static str, Option<&dyn ToSql>); 4] = [
            ("account.niss = :niss", ":niss", self.niss.as_ref().map(|niss| niss as &dyn ToSql)),
            ("account.state = :state", ":state", self.state.as_ref().map(|state| state as &dyn ToSql)),
            ("account.created_at >= :since", ":since", self.since.as_ref().map(|since| since as &dyn ToSql)),
            ("account.created_at < :before", ":before", self.before.as_ref().map(|before| before as &dyn ToSql)),
        ];
        for (condition, name, value) in given {
            if let Some(value) = value {
                sql += " AND ";
                sql += condition;
                values.push((name, value));
            }
        }
        (sql, values)
    }

    /// Adds the time, if a condition compares with it.
    fn add_now<'a>(&'a self, values: &mut Vec<(&'static str, &'a dyn ToSql)>) {
        if self.due || self.blocked.is_some() {
            values.push((":now", &self.now));
        }
    }

    /// Returns the query of the NISS, the newest account first. Lockouts and codes are read first if they are asked for: there
    /// are fewer of them than accounts. An account can have several.
    fn newest(&self) -> Conditions<'_> {
        if self.niss.is_some() {
            let (conditions, values) = self.conditions();
            return (format!("SELECT niss FROM account WHERE {conditions}"), values);
        }
        let (mut conditions, mut values) = self.own_conditions();
        self.add_now(&mut values);
        if let Some(blocked) = self.blocked {
            if self.due {
                conditions += &format!(" AND account.niss IN (SELECT message.niss FROM {DUE})");
            }
            let of_scope = |scope: &&str| {
                format!(
                    "SELECT guard.niss AS niss, blocked_until FROM guard CROSS JOIN account ON account.niss = guard.niss
 WHERE what = '{scope}' AND {IS_BLOCKED} AND {conditions}"
                )
            };
            let scopes: Vec<String> = blocked.words().iter().map(of_scope).collect();
            return (format!("{} ORDER BY blocked_until DESC, niss DESC", scopes.join(" UNION ALL ")), values);
        }
        if self.due {
            let sql = format!(
                "SELECT account.niss FROM {DUE} CROSS JOIN account ON account.niss = message.niss
 WHERE {conditions} ORDER BY message.expires_at DESC, message.id DESC"
            );
            return (sql, values);
        }
        if self.state.is_some() {
            return (
                format!("SELECT niss FROM account WHERE {conditions} ORDER BY created_at DESC, niss DESC"),
                values,
            );
        }
        let of_state =
            |state: &&str| format!("SELECT niss, created_at FROM account WHERE state = '{state}' AND {conditions}");
        let states: Vec<String> = AccountState::NAMES.iter().map(of_state).collect();
        (format!("{} ORDER BY created_at DESC, niss DESC", states.join(" UNION ALL ")), values)
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;

    use super::*;
    use crate::store::migrations;
    use crate::store::sql_types::query_plan;

    const NONE: AccountFilter = AccountFilter {
        niss: None,
        state: None,
        since: None,
        before: None,
        blocked: None,
        due: false,
        now: Timestamp::EPOCH,
    };

    #[test]
    fn first_page_is_read_through_an_index_without_sorting() {
        let time = Some(Timestamp::EPOCH);
        let niss = "12000000012".parse().ok();
        let blocked = Some(BlockedFilter::Any);
        for (filter, index) in [
            (NONE, "account_of_state"),
            (AccountFilter { state: Some(AccountState::Active), ..NONE }, "account_of_state"),
            (AccountFilter { since: time, ..NONE }, "account_of_state"),
            (AccountFilter { before: time, ..NONE }, "account_of_state"),
            (
                AccountFilter { since: time, before: time, state: Some(AccountState::Closed), ..NONE },
                "account_of_state",
            ),
            (AccountFilter { due: true, ..NONE }, "message_live"),
            (AccountFilter { due: true, since: time, state: Some(AccountState::Active), ..NONE }, "message_live"),
            (AccountFilter { niss, ..NONE }, "INTEGER PRIMARY KEY"),
            (AccountFilter { niss, state: Some(AccountState::Active), since: time, ..NONE }, "INTEGER PRIMARY KEY"),
            (AccountFilter { blocked, ..NONE }, "guard_blocked"),
            (AccountFilter { blocked, since: time, due: true, ..NONE }, "guard_blocked"),
            (AccountFilter { blocked: Some(BlockedFilter::Scope(LockoutScope::Login)), ..NONE }, "guard_blocked"),
        ] {
            let (sql, values) = filter.newest();
            let steps = query_plan(&sql, &values[..]);
            assert!(steps.iter().all(|step| !step.contains("B-TREE") && !step.starts_with("SCAN")), "{sql}: {steps:?}");
            let first = steps.iter().find(|step| step.starts_with("SEARCH")).expect("a search");
            assert!(first.contains(index), "{sql}: {steps:?}");
        }
    }

    /// Twenty thousand accounts, of which one in a thousand is closed and the newest five are active; every tenth holder has two
    /// lockouts, and every hundredth of these still applies; one code in a thousand is valid.
    const MANY: &str = "PRAGMA foreign_keys = OFF;
WITH RECURSIVE n (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM n WHERE n < 20000)
INSERT INTO account (niss, account_type, state, alerts, created_at)
SELECT n, 'citizen', CASE WHEN n > 19995 THEN 'active' WHEN n % 1000 = 0 THEN 'closed' ELSE 'requested' END, 'none', n / 7 FROM n;
INSERT INTO guard (niss, what, blocked_until) SELECT niss, what, iif(niss % 1000 = 0, 60000 + niss, 40000)
  FROM account, (SELECT 'login' AS what UNION SELECT 'identity') WHERE niss % 10 = 0;
INSERT INTO code (niss, purpose, channel, mac, issued_at, expires_at, state)
SELECT niss, 'activation', 'sms', zeroblob(32), 1, iif(niss % 1000 = 0, 60000, 40000), 'open' FROM account;
INSERT INTO message (id, niss, channel, purpose, recipient, language, body, sealed, expires_at, created_at, status, code)
SELECT id, niss, 'sms', 'activation', 'x', 'en', 'x', randomblob(48), expires_at, 1, 'dispatched', id FROM code;";

    #[test]
    fn first_page_reads_few_rows_of_many() {
        let connection = Connection::open_in_memory().expect("SQLite");
        connection.execute_batch(migrations::SQL).expect("the schema");
        connection.execute_batch(MANY).expect("rows");
        let now = Timestamp::from_seconds(50_000).expect("a time");
        let (since, before) = (Timestamp::from_seconds(1000), Timestamp::from_seconds(2000));
        let none = AccountFilter { now, ..NONE };
        let state = |state| AccountFilter { state: Some(state), ..none.clone() };
        for (filter, expected) in [
            (none.clone(), 51),
            (state(AccountState::Requested), 51),
            (state(AccountState::Closed), 19),
            (state(AccountState::Suspended), 0),
            (AccountFilter { since, ..none.clone() }, 51),
            (AccountFilter { before: since, ..none.clone() }, 51),
            (AccountFilter { since, before, ..none.clone() }, 51),
            (AccountFilter { since, before, ..state(AccountState::Active) }, 0),
            (AccountFilter { blocked: Some(BlockedFilter::Any), ..none.clone() }, 40),
            (AccountFilter { blocked: Some(BlockedFilter::Scope(LockoutScope::Login)), ..none.clone() }, 20),
            (AccountFilter { due: true, ..none.clone() }, 20),
        ] {
            let (sql, values) = filter.newest();
            let mut statement = connection.prepare(&sql).expect(&sql);
            let mut rows = statement.query(&values[..]).expect(&sql);
            let mut read = 0;
            while read < 51 && rows.next().expect(&sql).is_some() {
                read += 1;
            }
            drop(rows);
            let steps = statement.get_status(StatementStatus::VmStep);
            assert_eq!(read, expected, "{sql}");
            assert!(steps < 3000, "{steps} steps: {sql}");
        }
    }
}
