//! One hash of a store's visible state. Two stores with the same state have the same hash, whichever way led there.
//!
//! **Included**: every row of the registry, contacts, accounts, codes, failure counts, sessions, messages, calls, Chave
//! Móvel Digital and the inbox. Also the policy settings that differ from their defaults, and a sandbox's clock.
//!
//! **Not included**: random values (codes, tokens, salts, keyed hashes, session numbers, the seed), row numbers and the
//! audit log. The audit log is history: an import that was interrupted and run again has other entries and the same
//! state.
//!
//! Rows are in the order of holders, which does not depend on the order of creation. Only the messages of one holder
//! keep their own order. Every order comes from an index, so a store of any size needs the memory of one row. Each
//! field is hashed after its type and length, so two different lists of rows never have the same bytes.

use rusqlite::ToSql;
use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};

use crate::domain::niss::Niss;
use crate::domain::policy::{Policy, SETTINGS};
use crate::domain::time::Timestamp;
use crate::error::Error;
use crate::store::crypto::field_hash::FieldHasher;
use crate::store::sql_types::where_clause;
use crate::store::unit_of_work::UnitOfWork;

/// The version of the fields below and their order. Increase it with every change to them.
const FORMAT_VERSION: &str = concat!(env!("CARGO_PKG_NAME"), " state 4");

/// A table: its name, its visible columns, and an order that does not depend on the order of insertion.
type StatePart = (&'static str, &'static str, &'static str);

const STATE_PARTS: [StatePart; 10] = [
    (
        "registry",
        "SELECT niss, kind, status, name, birth_date, civil_id_kind, civil_id, nif, responsible, email, mobile, telephone,
       address, postal_code, locality, country, language
  FROM registry WHERE TRUE",
        "niss",
    ),
    (
        "contact",
        // A row of nulls is equal to no row.
        "SELECT niss, kind, confirmed_at, settled_at, proposed
  FROM contact WHERE coalesce(confirmed_at, settled_at, proposed) IS NOT NULL",
        "niss, kind",
    ),
    (
        "account",
        "SELECT niss, account_type, state, alerts, created_at, activated_at, no_contacts, password IS NOT NULL,
       phone_code IS NOT NULL
  FROM account WHERE TRUE",
        "niss",
    ),
    (
        "code",
        "SELECT niss, purpose, channel, target, issued_at, expires_at, expected_on, state FROM code WHERE TRUE",
        "niss, purpose, id",
    ),
    (
        "guard",
        // A counter that can no longer change any answer is equal to no row.
        "SELECT niss, what, failures, on_code, recent, blocked_until FROM guard WHERE coalesce(stale_at > :now, TRUE)",
        "niss, what",
    ),
    (
        "session",
        "SELECT niss, created_at, last_used_at, idle, ends_at, fresh_until, enrolment FROM session WHERE TRUE",
        "niss, created_at, last_used_at, idle, ends_at, fresh_until, enrolment",
    ),
    (
        "message",
        "SELECT niss, channel, purpose, recipient, language, subject, body, sealed IS NOT NULL, expires_at, created_at,
       status, status_at, due_at, dispatched_at
  FROM message WHERE TRUE",
        "niss, id",
    ),
    ("call", "SELECT niss, created_at, ends_at FROM call WHERE TRUE", "niss, created_at, ends_at"),
    (
        "cmd",
        "SELECT niss, mobile, name, birth_date, civil_id, nif, holds_niss, enrolled_at FROM cmd WHERE TRUE",
        "niss",
    ),
    (
        "alert",
        "SELECT niss, kind, about, decision, amount, paid_on, created_at, read_at FROM alert WHERE TRUE",
        "niss, id",
    ),
];

/// Returns the hash of the complete state in hexadecimal, or the hash of one holder's rows. The latter is the same in
/// every store.
pub fn hash(unit: &UnitOfWork<'_>, niss: Option<Niss>) -> Result<String, Error> {
    let mut sum = FieldHasher(Sha256::new());
    sum.part(FORMAT_VERSION);
    if niss.is_none() {
        sum.part("clock");
        if unit.sandbox {
            sum.row();
            sum.field(ValueRef::Integer(unit.now.seconds()));
        }
        sum.part("policy");
        let default = Policy::default();
        for (setting, value) in SETTINGS.iter().map(|setting| (setting, setting.value(&unit.policy))) {
            if value != setting.value(&default) {
                sum.row();
                sum.field(ValueRef::Text(setting.key.as_bytes()));
                sum.field(ValueRef::Text(value.as_bytes()));
            }
        }
    }
    for part in &STATE_PARTS {
        let (conditions, values) = where_clause(&[("niss =", niss.as_ref().map(|niss| niss as &dyn ToSql))]);
        let mut statement = unit.tx.prepare(&statement(part, &conditions, unit.now))?;
        let columns = statement.column_count();
        let mut rows = statement.query(&values[..])?;
        sum.part(part.0);
        while let Some(row) = rows.next()? {
            sum.row();
            for column in 0..columns {
                sum.field(row.get_ref(column)?);
            }
        }
    }
    Ok(base16ct::lower::encode_string(&sum.0.finalize()))
}

/// Returns the statement of a part. `:now` is replaced by the time: other parts have no such parameter to bind.
fn statement((_, select, order): &StatePart, conditions: &str, now: Timestamp) -> String {
    format!("{select} AND {conditions} ORDER BY {order}").replace(":now", &now.seconds().to_string())
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;
    use crate::store::migrations;

    fn plan(connection: &Connection, sql: &str) -> Vec<String> {
        let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect(sql);
        plan.query_map([], |row| row.get(3)).expect(sql).collect::<Result<_, _>>().expect(sql)
    }

    #[test]
    fn state_hash_sorts_no_table() {
        let connection = Connection::open_in_memory().expect("SQLite");
        connection.execute_batch(migrations::SQL).expect("the schema");
        for part in &STATE_PARTS {
            for step in plan(&connection, &statement(part, "TRUE", Timestamp::FAR_FUTURE)) {
                // A partial sort is allowed: the few sessions of one holder are sorted.
                assert!(!step.contains("B-TREE FOR ORDER BY"), "{}: {step}", part.0);
            }
        }
    }

    #[test]
    fn holder_hash_scans_no_table() {
        let connection = Connection::open_in_memory().expect("SQLite");
        connection.execute_batch(migrations::SQL).expect("the schema");
        for part in &STATE_PARTS {
            // Planned with a literal value, as in use: QPSG makes one plan for every bound value.
            for step in plan(&connection, &statement(part, "TRUE AND niss = 12000000012", Timestamp::FAR_FUTURE)) {
                assert!(!step.starts_with("SCAN"), "{}: {step}", part.0);
            }
        }
    }
}
