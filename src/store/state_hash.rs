//! What can be seen of a store, as one hash: equal for two stores that look the same, whichever ways led there.
//!
//! **In it**: every row of the registry, of contacts, accounts, codes, guards, sessions, messages, calls, Chave Móvel Digital and the
//! inbox, the policy where it
//! differs from the default, and a sandbox's clock. **Not in it**: whatever chance has drawn (codes, tokens, salts, keyed
//! hashes, the numbers of sessions, the seed), row numbers, and the audit trail, which is history: an import that was ended
//! half-way and run again has other entries, and leaves the same state.
//!
//! Rows come in the order of holders, which does not depend on who came first; only what one holder was sent keeps its own
//! order. Every order is an index's, so that a store of any size takes the memory of one row. Each field is hashed behind
//! its type and its length: no two lists of rows are the same bytes.

use rusqlite::ToSql;
use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};

use crate::domain::niss::Niss;
use crate::domain::policy::{Policy, SETTINGS};
use crate::error::Error;
use crate::store::crypto::field_hash::FieldHasher;
use crate::store::sql_types::where_clause;
use crate::store::unit_of_work::UnitOfWork;

/// Names the fields below and their order: whoever changes them takes another number.
const FORMAT_VERSION: &str = "ssd state 3";

/// A table: its name, what can be seen of it, and the order that does not depend on how its rows came there.
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
        // A row that says nothing is as good as none.
        "SELECT niss, kind, confirmed_at, settled_at, proposed
  FROM contact WHERE coalesce(confirmed_at, settled_at, proposed) IS NOT NULL",
        "niss, kind",
    ),
    (
        "account",
        "SELECT niss, account_type, state, alerts, created_at, activated_at, password IS NOT NULL, phone_code IS NOT NULL
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
        "SELECT niss, what, failures, on_code, recent, blocked_until FROM guard WHERE TRUE",
        "niss, what",
    ),
    (
        "session",
        "SELECT niss, created_at, last_used_at, idle, ends_at, fresh_until FROM session WHERE TRUE",
        "niss, created_at, last_used_at, idle, ends_at, fresh_until",
    ),
    (
        "message",
        "SELECT niss, channel, purpose, recipient, language, subject, body, sealed IS NOT NULL, expires_at, created_at,
       dispatched_at
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

/// The hash of everything, in hexadecimal; or of one holder's rows alone, which is the same wherever the holder lives.
///
/// # Errors
/// Those of SQLite.
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
        let mut statement = unit.tx.prepare(&statement(part, &conditions))?;
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

fn statement((_, select, order): &StatePart, conditions: &str) -> String {
    format!("{select} AND {conditions} ORDER BY {order}")
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
    fn no_table_is_sorted_so_memory_does_not_grow_with_it() {
        let connection = Connection::open_in_memory().expect("SQLite");
        connection.execute_batch(migrations::SQL).expect("the schema");
        for part in &STATE_PARTS {
            for step in plan(&connection, &statement(part, "TRUE")) {
                // Of the sessions, those of one holder are.
                assert!(!step.contains("B-TREE FOR ORDER BY"), "{}: {step}", part.0);
            }
        }
    }

    #[test]
    fn one_holder_is_found_without_reading_the_others() {
        let connection = Connection::open_in_memory().expect("SQLite");
        connection.execute_batch(migrations::SQL).expect("the schema");
        for part in &STATE_PARTS {
            // As it is when it is asked for: QPSG makes one plan for every value.
            for step in plan(&connection, &statement(part, "TRUE AND niss = 12000000012")) {
                assert!(!step.starts_with("SCAN"), "{}: {step}", part.0);
            }
        }
    }
}
