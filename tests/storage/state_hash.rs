//! `ssd state-hash`: equal states have equal hashes whatever their history and random values, and visible changes alter
//! it.

use std::collections::BTreeMap;

use rusqlite::Connection;

use ssd::reply::ReplyBody;
use ssd::store::Store;
use ssd::store_admin;

use crate::support::*;

const REGISTER_JOSE: &str =
    "register 12000000020 --account-type citizen --birth-date 1951-12-01 --channel email --accept-terms";

fn hash(sandbox: &Sandbox) -> String {
    sandbox.ssd("state-hash").ok()
}

fn hash_of(sandbox: &Sandbox, niss: &str) -> String {
    sandbox.ssd(&format!("state-hash --niss {niss}")).ok()
}

/// Like `hash`, without a process, for tests with many hashes.
fn hashed(sandbox: &Sandbox) -> String {
    let store = Store::open(&sandbox.store()).expect("a store");
    match store_admin::state_hash(&store, None).expect("a hash").body {
        ReplyBody::StateHash { hash } => hash,
        body => panic!("{body:?}"),
    }
}

/// Returns a sandbox of another seed, with the personas in its registry.
pub fn seeded(seed: u64) -> Sandbox {
    let sandbox = Sandbox::nothing();
    sandbox.ssd(&format!("init --sandbox --seed {seed}")).ok();
    sandbox.policy("argon2.memory", "8");
    sandbox.policy("argon2.passes", "1");
    sandbox.import("personas.csv").ok();
    sandbox
}

/// Makes rows in every table: codes in each state, sessions, guards, proposed contacts, a phone code, a letter.
pub fn make_history(sandbox: &mut Sandbox) {
    sandbox.register();
    let old = sandbox.code(ANA);
    sandbox.advance("2m");
    sandbox.register();
    assert_eq!(reason(&sandbox.try_activate(ANA, &old)), "code_superseded");
    let code = sandbox.code(ANA);
    assert_eq!(reason(&sandbox.try_activate(ANA, &wrong(&code))), "code_wrong");
    sandbox.activate_with(ANA, &code).ok();
    assert_eq!(reason(&sandbox.login(ANA, OTHER_PASSWORD)), "login_failed");
    sandbox.log_in(ANA, PASSWORD);
    sandbox.advance("1m");
    sandbox.log_in(ANA, PASSWORD);
    sandbox.ssd("contacts update --mobile +33612345678 --telephone 213000003").ok();
    sandbox.ssd("phone-code set").ok();
    sandbox.ssd(&format!("{} --channel letter", person(ANTONIO).portal())).ok();
    assert_eq!(
        sandbox.refused(
            "register 12000000038 --account-type citizen --birth-date 1967-02-27 --channel sms --accept-terms"
        ),
        "identity_mismatch"
    );
}

#[test]
fn state_hash_prints_the_hash_alone_or_as_json() {
    let sandbox = Sandbox::new();
    let line = sandbox.ssd("state-hash").ok();
    assert!(line.len() == 64 && line.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')), "{line}");
    let reply = sandbox.ssd("--json state-hash").ok();
    assert_eq!(reply, format!(r#"{{"result":"done","op":"state_hash","hash":"{line}"}}"#));
    let reply = sandbox.json(&format!("state-hash --niss {ANA}"));
    assert_eq!((word(&reply, "niss"), word(&reply, "hash")), (ANA, hash_of(&sandbox, ANA).as_str()));
    assert_ne!(hash_of(&sandbox, ANA), line);
    assert_ne!(hash_of(&sandbox, ANA), hash_of(&sandbox, JOSE));
    assert_eq!(sandbox.bytes(), Sandbox::new().bytes(), "queries change nothing");
}

#[test]
fn hash_does_not_depend_on_the_order_of_requests() {
    let (one, other) = (Sandbox::new(), Sandbox::new());
    one.register();
    one.ssd(REGISTER_JOSE).ok();
    other.ssd(REGISTER_JOSE).ok();
    assert_ne!(hash(&one), hash(&other));
    other.register();
    assert_eq!(hash(&one), hash(&other));
}

#[test]
fn repeated_partial_imports_give_the_same_hash() {
    let (one, other) = (Sandbox::empty(), Sandbox::empty());
    one.import("personas.csv").ok();
    let text = std::fs::read_to_string(data("personas.csv")).expect("the personas");
    let (head, rows) = text.split_once('\n').expect("a header");
    let backwards: Vec<&str> = rows.lines().rev().collect();
    for rows in [&backwards[..5], &backwards[..], &backwards[3..4]] {
        let name = other.file("piece.csv", format!("{head}\n{}\n", rows.join("\n")));
        other.ssd(&format!("registry import {name}")).ok();
    }
    assert_eq!(hash(&one), hash(&other));
    assert_ne!(one.ssd("audit list").ok(), other.ssd("audit list").ok(), "the history differs");
}

#[test]
fn hash_does_not_depend_on_random_values() {
    let (mut one, mut other) = (Sandbox::new(), seeded(7));
    make_history(&mut one);
    make_history(&mut other);
    assert_ne!(one.code(ANTONIO), other.code(ANTONIO));
    assert_eq!(hash(&one), hash(&other));
    // The random ids of two logins in the same second do not decide their order.
    for _ in 0..4 {
        one.log_in(ANA, PASSWORD);
        other.log_in(ANA, PASSWORD);
    }
    assert_eq!(hash(&one), hash(&other));
}

#[test]
fn queries_do_not_change_the_hash() {
    let real = Sandbox::real();
    real.ssd(&format!("{REGISTER_ANA} --channel email")).ok();
    let before = hash(&real);
    real.code(ANA);
    real.ssd("outbox list").ok();
    real.ssd("account list").ok();
    assert_eq!(hash(&real), before, "the audit log is not hashed");
}

#[test]
fn every_change_alters_the_hash() {
    let mut base = Sandbox::new();
    make_history(&mut base);
    let mut hashes = BTreeMap::from([(hash(&base), "nothing")]);
    for line in [
        "alerts set email",
        "contacts remove --telephone",
        "contacts confirm --channel email",
        "phone-code change --generate",
        "logout",
        "account suspend 12000000012 --reason x",
        "account close 12000000012 --reason x",
        "account unlock 12000000038 --reason x",
        "register 12000000038 --account-type citizen --birth-date 1967-02-26 --channel sms --accept-terms",
        REGISTER_JOSE,
        "policy set code.digits 7",
        "policy set code.digits 8",
        "clock advance 1s",
        "clock advance 2s",
    ] {
        let future = base.fork();
        let _ = future.json(line);
        if let Some(same) = hashes.insert(hash(&future), line) {
            panic!("{line} looks like {same}");
        }
    }
}

#[test]
fn setting_reset_to_its_default_restores_the_hash() {
    let sandbox = Sandbox::new();
    let before = hash(&sandbox);
    sandbox.policy("code.sms.life", "5m");
    assert_ne!(hash(&sandbox), before);
    sandbox.policy("code.sms.life", "600s");
    assert_eq!(hash(&sandbox), before);
}

#[test]
fn holder_replayed_elsewhere_has_the_same_hash() {
    let mut here = Sandbox::new();
    make_history(&mut here);
    let (of_ana, of_store) = (hash_of(&here, ANA), hash(&here));
    here.ssd(REGISTER_JOSE).ok();
    here.policy("code.letter.life", "7d");
    here.advance("1h");
    assert_eq!(hash_of(&here, ANA), of_ana, "other holders, the policy and the clock are not hashed");
    assert_ne!(hash(&here), of_store);

    // Elsewhere: another seed, earlier messages to others, and an import with other rows.
    let mut there = seeded(99);
    there.ssd(&format!("{} --channel letter", person(VARZEA).portal())).ok();
    make_history(&mut there);
    assert_eq!(hash_of(&there, ANA), of_ana);
    there.ssd("logout").ok();
    assert_ne!(hash_of(&there, ANA), of_ana);
    // A NISS that is not in the registry may be blocked.
    let nobody = hash_of(&there, NOBODY);
    assert_eq!(nobody, hash_of(&here, NOBODY));
    let _ = there.json(&format!(
        "register {NOBODY} --account-type citizen --birth-date 1967-02-26 --channel sms --accept-terms"
    ));
    assert_ne!(hash_of(&there, NOBODY), nobody);
}

/// The columns and tables outside the hash, with the reason: random, row number, history, journal, properties of the
/// store.
const NOT_IN_IT: [(&str, &str); 30] = [
    ("account.draws", "drawn"),
    ("code.id", "number"),
    ("code.mac", "drawn"),
    ("session.id", "drawn"),
    ("session.mac", "drawn"),
    ("message.id", "number"),
    ("message.request", "number"),
    ("message.code", "number"),
    ("message.print_run", "number"),
    ("store.effects_since", "number"),
    ("message.sealed", "drawn"),
    ("call.id", "drawn"),
    ("call.mac", "drawn"),
    ("cmd.pin", "drawn"),
    ("cmd.draws", "drawn"),
    ("alert.id", "number"),
    ("store.created_at", "is"),
    ("store.key_check", "drawn"),
    ("store.data_key", "drawn"),
    ("store.seed", "drawn"),
    ("audit", "history"),
    ("subject", "drawn"),
    ("remark", "history"),
    ("trail", "history"),
    ("batch", "a journal"),
    ("batch_line", "history"),
    ("password_cost", "follows from account.password"),
    ("guard.stale_at", "follows from the other columns"),
    // Random values whose presence is part of the hash: see below.
    ("account.password", "drawn"),
    ("account.phone_code", "drawn"),
];

/// Columns that must keep their value to open the store. Each policy setting is tested above.
const NOT_TO_BE_CHANGED: [&str; 4] = ["store.id", "store.layout", "policy.key", "policy.value"];

/// Returns another value for a column. CHECK constraints are off.
fn another(kind: &str, null: bool) -> &'static str {
    match (kind, null) {
        ("INTEGER", false) => "X + 1",
        ("INTEGER", true) => "1",
        ("TEXT", false) => "X || 'x'",
        ("TEXT", true) => "'x'",
        (_, _) => "zeroblob(32)",
    }
}

#[test]
fn every_column_is_in_the_hash_or_listed_as_excluded() {
    let mut base = Sandbox::new();
    make_history(&mut base);
    base.ssd(&format!("account unlock {ANA} --reason x")).ok();
    let connection = Connection::open(base.store()).expect("the store");
    for row in [
        "INSERT INTO batch VALUES ('replies.jsonl', zeroblob(32), 0, 1, 0, x'00', 0)",
        "INSERT INTO batch_line VALUES ('march', '1', 12000000012, 1, zeroblob(32))",
        "INSERT INTO password_cost VALUES ('m=8,t=9,p=1')",
        "INSERT INTO call SELECT 1, niss, zeroblob(32), 0, 1 FROM account LIMIT 1",
        "INSERT INTO cmd SELECT niss, mobile, zeroblob(32), name, birth_date, civil_id, nif, 1, 0, 0 FROM registry LIMIT 1",
        "INSERT INTO alert SELECT 1, niss, 'benefit', 'x', NULL, 1, NULL, 0, 1 FROM account LIMIT 1",
    ] {
        assert_eq!(connection.execute(row, []).expect(row), 1);
    }
    let texts = |sql: &str| -> Vec<(String, String)> {
        let mut statement = connection.prepare(sql).expect(sql);
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect(sql).map(|row| row.expect(sql)).collect()
    };
    let columns = texts(
        "SELECT m.name || '.' || c.name, c.type FROM sqlite_schema AS m, pragma_table_info(m.name) AS c WHERE m.type = 'table'",
    );
    drop(connection);
    let before = hashed(&base);
    let mut looked_at = 0;
    for (column, kind) in columns.iter().filter(|(column, _)| !NOT_TO_BE_CHANGED.contains(&column.as_str())) {
        let (table, name) = column.split_once('.').expect("a table");
        let fork = base.fork();
        let connection = Connection::open(fork.store()).expect("the store");
        connection.execute_batch("PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF").expect("pragmas");
        connection.execute_batch("DROP TRIGGER audit_stays").expect("a trigger");
        // The row to change is the last one, so that a number can grow, and has a value if any row does.
        let order = format!("ORDER BY {name} IS NULL, {name} DESC LIMIT 1");
        let null: bool = connection
            .query_row(&format!("SELECT {name} IS NULL FROM {table} {order}"), [], |row| row.get(0))
            .expect(column);
        let key: Vec<String> =
            texts_of(&connection, &format!("SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk"));
        let key = key.join(", ");
        let sql = format!(
            "UPDATE {table} SET {name} = {} WHERE ({key}) IN (SELECT {key} FROM {table} {order})",
            another(kind, null).replace('X', name)
        );
        assert_eq!(connection.execute(&sql, []).expect(&sql), 1, "{sql}");
        drop(connection);
        let is_left_out = NOT_IN_IT.iter().any(|(known, _)| known == column || *known == table);
        assert_eq!(hashed(&fork) == before, is_left_out, "{column}: {sql}");
        looked_at += 1;
    }
    assert_eq!(looked_at, columns.len() - NOT_TO_BE_CHANGED.len());
    for (known, _) in NOT_IN_IT {
        assert!(
            columns.iter().any(|(column, _)| column == known || column.split('.').next() == Some(known)),
            "there is no {known}"
        );
    }
}

fn texts_of(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(sql).expect(sql);
    statement.query_map([], |row| row.get(0)).expect(sql).map(|row| row.expect(sql)).collect()
}

#[test]
fn presence_of_a_secret_is_hashed_but_not_its_value() {
    let mut base = Sandbox::new();
    make_history(&mut base);
    let before = hashed(&base);
    let after = |sql: &str| {
        let fork = base.fork();
        let connection = Connection::open(fork.store()).expect("the store");
        connection.execute_batch("PRAGMA ignore_check_constraints = ON").expect("pragmas");
        assert!(connection.execute(sql, []).expect(sql) > 0, "{sql}");
        drop(connection);
        hashed(&fork)
    };
    for gone in [
        "UPDATE account SET password = NULL WHERE password IS NOT NULL",
        "UPDATE account SET phone_code = NULL WHERE phone_code IS NOT NULL",
        "UPDATE message SET sealed = NULL WHERE sealed IS NOT NULL",
    ] {
        assert_ne!(after(gone), before, "{gone}");
    }
    for other in [
        "UPDATE account SET password = '$argon2id$x' WHERE password IS NOT NULL",
        "UPDATE account SET phone_code = zeroblob(32) WHERE phone_code IS NOT NULL",
        "UPDATE message SET sealed = x'01' WHERE sealed IS NOT NULL",
    ] {
        assert_eq!(after(other), before, "{other}");
    }
}

#[test]
fn order_of_messages_to_one_holder_is_hashed() {
    let mut base = Sandbox::new();
    make_history(&mut base);
    let before = hashed(&base);
    let last_first = "UPDATE message SET id = -id WHERE id = (SELECT max(id) FROM message WHERE niss = 12000000012)";
    let connection = Connection::open(base.store()).expect("the store");
    assert_eq!(connection.execute(last_first, []).expect(last_first), 1);
    drop(connection);
    assert_ne!(hashed(&base), before);
}

#[test]
fn row_of_defaults_hashes_like_no_row() {
    let sandbox = Sandbox::new();
    let before = hashed(&sandbox);
    let connection = Connection::open(sandbox.store()).expect("the store");
    let sql = "INSERT INTO contact (niss, kind) VALUES (12000000012, 'email')";
    assert_eq!(connection.execute(sql, []).expect(sql), 1);
    drop(connection);
    assert_eq!(hashed(&sandbox), before);
}
