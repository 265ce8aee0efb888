//! Changes of the state by somebody with the file but without the key: `store check` finds them, and reports nothing else.

use rusqlite::Connection;
use serde_json::Value;

use super::state_hash::{make_history, seeded};
use crate::support::*;

/// Returns a store with rows in every table that is compared: also a call, an enrolment, an alert, a print run, a deleted code, a
/// lockout, and an erased holder.
fn with_history() -> Sandbox {
    let mut sandbox = seeded(7);
    make_history(&mut sandbox);
    sandbox.policy("login.lock", "30m");
    sandbox.open_account(JOSE);
    for _ in 0..5 {
        sandbox.login(JOSE, OTHER_PASSWORD);
    }
    let digits = sandbox.ssd("phone-code change --generate").ok();
    sandbox.feed(&format!("phone-line {ANA} --code-stdin"), digits).ok();
    sandbox.feed(&format!("cmd enrol {ANA} --mobile 912000001 --pin-stdin"), "4821").ok();
    let alert = format!(
        "{{\"niss\":\"{ANA}\",\"kind\":\"payment\",\"about\":\"Abono\",\"amount\":\"50.00\",\"paid_on\":\"2026-01-20\"}}\n"
    );
    sandbox.feed("alerts send -", alert).ok();
    sandbox.ssd(&format!("account suspend {JOSE} --reason x")).ok();
    sandbox.ssd("outbox print --out letters.pdf").ok();
    sandbox.ssd("outbox failed 2 --reason bounced").ok();
    let erased = person(LUIS);
    sandbox.ssd(&format!("{} --channel {}", erased.portal(), erased.channels()[0])).ok();
    sandbox.ssd(&format!("account erase {LUIS} --reason x")).ok();
    sandbox
}

fn check(sandbox: &Sandbox) -> Value {
    sandbox.ssd("--json store check").out.parse().expect("JSON")
}

/// Each edit, and the table that the error names.
const EDITS: &[(&str, &str)] = &[
    ("UPDATE account SET state = 'active' WHERE niss = 12000000046", "account"),
    ("UPDATE account SET state = 'active' WHERE niss = 12000000020", "account"),
    ("UPDATE account SET account_type = 'company' WHERE niss = 12000000012", "account"),
    ("UPDATE account SET password = NULL WHERE niss = 12000000012", "account"),
    (
        "UPDATE account SET password = (SELECT password FROM account WHERE niss = 12000000020) WHERE niss = 12000000012",
        "account",
    ),
    ("UPDATE account SET phone_code = NULL WHERE niss = 12000000012", "account"),
    ("UPDATE account SET phone_code = zeroblob(32) WHERE niss = 12000000020", "account"),
    (
        "INSERT INTO account (niss, account_type, state, alerts, created_at) VALUES (12000000038, 'citizen', 'active', 'none', 1)",
        "account",
    ),
    ("DELETE FROM account WHERE niss = 12000000046", "account"),
    ("UPDATE code SET state = 'open' WHERE id = (SELECT min(id) FROM code WHERE state = 'used')", "code"),
    ("UPDATE code SET state = 'open' WHERE id = (SELECT min(id) FROM code WHERE state = 'superseded')", "code"),
    ("UPDATE code SET state = 'used' WHERE id = (SELECT min(id) FROM code WHERE state = 'open')", "code"),
    ("UPDATE code SET expires_at = expires_at + 1 WHERE id = (SELECT min(id) FROM code WHERE state = 'open')", "code"),
    ("UPDATE code SET purpose = 'recovery' WHERE id = 1", "code"),
    ("UPDATE code SET niss = 12000000038 WHERE id = 1", "code"),
    (
        "INSERT INTO code SELECT 900, niss, purpose, channel, mac, target, issued_at, expires_at, expected_on, 'used' FROM code WHERE id = 1",
        "code",
    ),
    ("DELETE FROM code WHERE id = 1", "code"),
    ("UPDATE guard SET blocked_until = NULL WHERE niss = 12000000020 AND what = 'login'", "guard"),
    ("UPDATE guard SET failures = 0 WHERE niss = 12000000020", "guard"),
    ("DELETE FROM guard WHERE niss = 12000000020", "guard"),
    ("DELETE FROM guard WHERE what = 'identity'", "guard"),
    ("INSERT INTO guard (niss, what, failures) VALUES (12000000046, 'login', 99)", "guard"),
    (
        "INSERT INTO session SELECT 5, niss, mac, created_at, last_used_at, idle, ends_at, fresh_until, 0 FROM session LIMIT 1",
        "session",
    ),
    ("UPDATE session SET niss = 12000000046", "session"),
    ("DELETE FROM session", "session"),
    ("INSERT INTO call SELECT 5, niss, mac, created_at, ends_at FROM call LIMIT 1", "call"),
    ("DELETE FROM call", "call"),
    ("DELETE FROM message WHERE id = 2", "message"),
    (
        "INSERT INTO message SELECT 900, niss, channel, purpose, recipient, language, subject, body, NULL, NULL, created_at, status, status_at, due_at, dispatched_at, request, NULL, NULL FROM message WHERE id = 1",
        "message",
    ),
    ("UPDATE message SET request = 1 WHERE id = 1", "message"),
    ("UPDATE message SET code = 3 WHERE id = 1", "message"),
    ("UPDATE message SET niss = 12000000038 WHERE id = (SELECT min(id) FROM message WHERE sealed IS NULL)", "message"),
    (
        "UPDATE message SET status = 'pending', dispatched_at = NULL, print_run = NULL WHERE print_run IS NOT NULL",
        "message",
    ),
    ("UPDATE message SET status = 'pending', dispatched_at = NULL WHERE print_run IS NOT NULL", "message"),
    ("UPDATE message SET status = 'returned', status_at = created_at WHERE print_run IS NOT NULL", "message"),
    ("UPDATE message SET status = 'failed', status_at = created_at WHERE id = 1", "message"),
    ("UPDATE message SET status = 'dispatched', status_at = NULL WHERE status = 'failed'", "message"),
    ("UPDATE message SET status = 'lost' WHERE status = 'failed'", "message"),
    ("UPDATE message SET status_at = status_at + 1 WHERE status = 'failed'", "message"),
    ("UPDATE policy SET value = '100m' WHERE key = 'login.lock'", "policy"),
    ("DELETE FROM policy WHERE key = 'login.lock'", "policy"),
    ("INSERT INTO policy VALUES ('login.failures', '50')", "policy"),
    ("DELETE FROM cmd", "cmd"),
    (
        "INSERT INTO cmd SELECT 12000000020, mobile, pin, name, birth_date, civil_id, nif, holds_niss, enrolled_at, draws FROM cmd",
        "cmd",
    ),
    ("DELETE FROM alert", "alert"),
    ("INSERT INTO alert (niss, kind, about, created_at) SELECT niss, 'benefit', about, created_at FROM alert", "alert"),
    ("UPDATE store SET effects_since = 900", "store"),
];

#[test]
fn every_edit_of_a_compared_row_is_reported() {
    let sandbox = with_history();
    assert_eq!(check(&sandbox)["not_compared"], 0);
    for (edit, table) in EDITS {
        let copy = sandbox.fork();
        let connection = Connection::open(copy.store()).expect("the store");
        connection.pragma_update(None, "foreign_keys", false).expect("a pragma");
        let changed = connection.execute(edit, []).expect(edit);
        drop(connection);
        assert!(changed > 0, "the edit changes a row: {edit}");
        let reply = check(&copy);
        let message = reply["message"].as_str().unwrap_or_default();
        let is_reported = reply["kind"] == "state_differs" && message.contains(&format!("table {table}"));
        assert!(is_reported, "{edit}: {reply}");
        assert!(!message.contains("error-"), "{reply}");
    }
}

#[test]
fn difference_names_the_holder_and_the_entry() {
    let sandbox = with_history();
    let connection = Connection::open(sandbox.store()).expect("the store");
    connection.execute("UPDATE account SET state = 'active' WHERE niss = 12000000020", []).expect("an edit");
    let suspended = sandbox.audit(JOSE).pop().expect("an entry")["id"].clone();
    let run = sandbox.ssd("store check").fails(4);
    let expected = format!("a row of table account differs from the audit log, NISS {JOSE}, last entry {suspended}");
    assert!(run.err.contains(&expected), "{}", run.err);
    let run = sandbox.ssd("--lang pt store check").fails(4);
    let expected = format!("uma linha da tabela account não corresponde ao registo de auditoria, NISS {JOSE}");
    assert!(run.err.contains(&expected), "{}", run.err);
}

#[test]
fn entries_removed_or_changed_are_reported_by_the_check() {
    let sandbox = with_history();
    for edit in ["DELETE FROM audit WHERE id = 5", "UPDATE audit SET detail = NULL WHERE id = 5"] {
        let copy = sandbox.fork();
        let connection = Connection::open(copy.store()).expect("the store");
        let triggers: String = connection
            .query_row(
                "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_schema WHERE type = 'trigger'",
                [],
                |row| row.get(0),
            )
            .expect("the triggers");
        let again: String = connection
            .query_row("SELECT group_concat(sql, ';') FROM sqlite_schema WHERE type = 'trigger'", [], |row| row.get(0))
            .expect("the triggers");
        connection.execute_batch(&format!("{triggers}; {edit}; {again}")).expect(edit);
        drop(connection);
        assert_eq!(check(&copy)["kind"], "audit_broken", "{edit}");
    }
}

#[test]
fn migrated_stores_agree_and_later_edits_are_reported() {
    for (name, bytes) in [
        ("1", &include_bytes!("../data/store-1.db")[..]),
        ("2", &include_bytes!("../data/store-2.db")[..]),
        ("3", &include_bytes!("../data/store-3.db")[..]),
        ("4", &include_bytes!("../data/store-4.db")[..]),
    ] {
        let sandbox = Sandbox::nothing();
        std::fs::write(sandbox.store(), bytes).expect("a store");
        let reply = check(&sandbox);
        assert!(reply["ok"] == true && reply["not_compared"].as_u64() > Some(0), "{name}: {reply}");
        sandbox.ssd(&format!("{} --channel email", person(MARIA).portal()));
        sandbox.ssd(&format!("account erase {ANA} --reason x")).ok();
        assert_eq!(check(&sandbox)["ok"], true, "{name}");
        sandbox.ssd("store backup copy.db").ok();
        assert_eq!(sandbox.json("store check --store copy.db")["ok"], true, "{name}");
        for edit in [
            "INSERT INTO message (niss, channel, purpose, recipient, language, body, created_at, status) SELECT niss, 'sms', 'closed', 'x', 'en', 'x', 4000000000, 'dispatched' FROM registry LIMIT 1",
            "UPDATE store SET effects_since = 1",
        ] {
            let copy = sandbox.fork();
            Connection::open(copy.store()).expect("the store").execute(edit, []).expect(edit);
            assert_eq!(check(&copy)["kind"], "state_differs", "{name}: {edit}");
        }
    }
}

#[test]
fn real_store_agrees_after_rekey_backup_and_erasure() {
    let real = Sandbox::real();
    real.open_account(ANA);
    real.open_account(JOSE);
    real.ssd("store rekey").ok();
    real.ssd(&format!("account erase {JOSE} --reason x")).ok();
    assert_eq!(check(&real)["not_compared"], 0);
    real.ssd("store backup copy.db").ok();
    let key = real.key().display().to_string();
    assert_eq!(real.json(&format!("store check --store copy.db --key-file {key}"))["not_compared"], 0);
}

#[test]
fn migrated_store_with_a_key_file_agrees_after_rekey_backup_and_restore() {
    for bytes in [&include_bytes!("../data/store-3.db")[..], &include_bytes!("../data/store-4.db")[..]] {
        let real = Sandbox::nothing();
        std::fs::write(real.store(), bytes).expect("a store");
        real.become_real();
        assert_eq!(check(&real)["ok"], true);
        real.ssd("store rekey").ok();
        real.ssd("store backup copy.db").ok();
        real.ssd(&format!("account erase {ANA} --reason x")).ok();
        assert_eq!(check(&real)["ok"], true);
        for ending in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{ending}", real.store().display()));
        }
        std::fs::rename(real.folder().join("copy.db"), real.store()).expect("a restored backup");
        assert_eq!(check(&real)["ok"], true);
        real.ssd(&format!("account unlock {ANA} --reason x")).ok();
        assert_eq!(check(&real)["ok"], true);
    }
}
