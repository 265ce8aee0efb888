//! SQL conversions of the domain types. Values read from the store pass the same checks as typed values. A value that
//! was altered in the file is therefore an error at once.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, Params};

use crate::domain::address::AddressLine;
use crate::domain::alert_subject::AlertSubject;
use crate::domain::amount::Amount;
use crate::domain::civil_id::TypedCivilId;
use crate::domain::country::Country;
use crate::domain::email::Email;
use crate::domain::message_purpose::MessagePurpose;
use crate::domain::name::Name;
use crate::domain::nif::Nif;
use crate::domain::niss::Niss;
use crate::domain::phone::{Mobile, Telephone};
use crate::domain::time::{Date, Timestamp};
use crate::domain::vocabulary::{
    AccountState, AccountType, AlertKind, AlertPreference, Channel, CivilIdKind, CodeStatus, ContactKind, Decision,
    HolderKind, HolderStatus, Language, LockoutScope, MessageStatus, Notice, Outcome, Purpose,
};
use crate::error::Error;
use crate::reply::Reason;
use crate::request::Operation;

/// Builds the conditions of a list from the given values; `TRUE` if none is given. A fixed condition for an absent
/// value (`?1 IS NULL OR niss = ?1`) would prevent SQLite from using an index.
pub fn where_clause<'a>(given: &[(&str, Option<&'a dyn ToSql>)]) -> (String, Vec<&'a dyn ToSql>) {
    let mut sql = String::from("TRUE");
    let mut values = vec![];
    for (condition, value) in given {
        if let Some(value) = value {
            sql.push_str(" AND ");
            sql.push_str(condition);
            sql.push_str(" ?");
            values.push(*value);
        }
    }
    (sql, values)
}

/// Runs a statement that returns ids.
pub fn ids(connection: &Connection, sql: &str, values: impl Params) -> Result<Vec<i64>, Error> {
    let mut statement = connection.prepare_cached(sql)?;
    let ids = statement.query_map(values, |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Returns the steps of the query plan of a statement over an empty store.
#[cfg(test)]
pub fn query_plan(sql: &str, values: impl Params) -> Vec<String> {
    let connection = Connection::open_in_memory().expect("SQLite");
    connection.execute_batch(super::migrations::SQL).expect("the schema");
    let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect(sql);
    let steps = plan.query_map(values, |row| row.get(3)).expect(sql);
    steps.collect::<Result<_, _>>().expect(sql)
}

macro_rules! as_sql_text {
    ($($name:ty => $text:expr, $read:expr;)+) => {$(
        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                let text: fn(&$name) -> ToSqlOutput<'_> = $text;
                Ok(text(self))
            }
        }
        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                let read: fn(&str) -> Result<$name, crate::domain::validation_error::ValidationError> = $read;
                read(value.as_str()?).map_err(FromSqlError::other)
            }
        }
    )+};
}

macro_rules! words_as_sql_text {
    ($($name:ty),+ $(,)?) => { as_sql_text! { $($name => |word| word.as_str().into(), str::parse;)+ } };
}

words_as_sql_text!(
    AccountType,
    AlertKind,
    AlertPreference,
    Channel,
    CivilIdKind,
    ContactKind,
    Decision,
    LockoutScope,
    HolderKind,
    Language,
    MessagePurpose,
    MessageStatus,
    CodeStatus,
    Notice,
    Outcome,
    Purpose,
    AccountState,
    HolderStatus,
    Reason,
    Operation,
);

// Stored values are not validated again: no later rule makes them unreadable, and the library for foreign numbers takes
// 13 ms to load.
as_sql_text! {
    Name => |name| name.as_str().into(), Name::from_stored;
    Email => |email| email.as_str().into(), Email::from_stored;
    Mobile => |mobile| mobile.as_str().into(), Mobile::from_stored;
    Telephone => |telephone| telephone.as_str().into(), Telephone::from_stored;
    AddressLine => |line| line.as_str().into(), AddressLine::from_stored;
    Country => |country| country.as_str().into(), str::parse;
    TypedCivilId => |typed| typed.as_str().into(), str::parse;
    Nif => |nif| nif.to_string().into(), str::parse;
    AlertSubject => |about| about.as_str().into(), AlertSubject::from_stored;
    Date => |date| date.to_string().into(), str::parse;
}

impl ToSql for Niss {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.as_i64().into())
    }
}

impl FromSql for Niss {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let key = value.as_i64()?;
        Niss::from_i64(key).ok_or(FromSqlError::OutOfRange(key))
    }
}

impl ToSql for Amount {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.cents().into())
    }
}

impl FromSql for Amount {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let cents = value.as_i64()?;
        Amount::from_cents(cents).ok_or(FromSqlError::OutOfRange(cents))
    }
}

impl ToSql for Timestamp {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.seconds().into())
    }
}

impl FromSql for Timestamp {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let seconds = value.as_i64()?;
        Timestamp::from_seconds(seconds).ok_or(FromSqlError::OutOfRange(seconds))
    }
}
