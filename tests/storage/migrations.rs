//! Migrations: stores of earlier versions, frozen in tests/data, are upgraded when they are opened and lose nothing.

use std::path::Path;

use serde_json::{Value, json};

use crate::support::{ANA, ANTONIO, JOSE, LUIS, MARIA, OTHER_PASSWORD, PASSWORD, Sandbox, lines, reason};

/// `tests/data/store-1.db` has version 1: a sandbox of seed 7 with three holders. Ana has an active account.
#[test]
fn version_1_store_is_migrated() {
    let sandbox = Sandbox::nothing();
    std::fs::write(sandbox.store(), include_bytes!("../data/store-1.db")).expect("a store");
    sandbox.ssd("store check").ok();
    let info = sandbox.json("store info");
    assert_eq!((&info["version"], &info["records"], &info["seed"]), (&5.into(), &3.into(), &7.into()));
    assert_eq!(sandbox.json(&format!("account show {ANA}"))["state"], "active");
    assert_eq!(sandbox.login(ANA, PASSWORD)["result"], "done");
    sandbox.file("in", format!("{{\"op\":\"account_show\",\"niss\":\"{ANA}\"}}\n"));
    sandbox.ssd("batch in --out out").fails(0);
    sandbox.ssd("batch in --out out --resume").fails(0);
    sandbox.ssd("store check").ok();
}

/// `tests/data/store-2.db` has version 2: a sandbox of seed 7 with three holders.
///
/// Ana's active account was suspended with a reason. Requests of others and of an unregistered NISS were refused.
#[test]
fn migration_of_version_2_chains_all_audit_entries() {
    let sandbox = Sandbox::nothing();
    std::fs::write(sandbox.store(), include_bytes!("../data/store-2.db")).expect("a store");
    let before: Vec<(i64, String, Option<i64>, Option<String>)> = {
        let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
        // That version did not overwrite deleted data.
        let said =
            "INSERT INTO policy VALUES ('x', 'somebody was called Remanescente'); DELETE FROM policy WHERE key = 'x'";
        connection.execute_batch(said).expect(said);
        drop(connection);
        assert!(
            memchr::memmem::find(&sandbox.bytes(), b"Remanescente").is_some(),
            "the deleted text is not there to be found"
        );
        let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
        let mut rows = connection.prepare("SELECT id, action, niss, detail FROM audit ORDER BY id").expect("a list");
        let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).expect("rows");
        rows.collect::<Result<_, _>>().expect("rows")
    };
    sandbox.ssd("store check").ok();
    assert_eq!(sandbox.json("store info")["version"], 5);
    assert_eq!(sandbox.json("audit verify")["entries"], before.len() + 1);
    // The list is unchanged, with all holders and reasons.
    let mut after = lines(&sandbox.ssd("--json audit list").ok());
    assert_eq!(
        after.pop().map(|entry| crate::support::word(&entry, "action").to_owned()).as_deref(),
        Some("store_migrate")
    );
    assert_eq!(after.len(), before.len());
    for (entry, (id, action, niss, detail)) in after.iter().zip(before) {
        let detail: Value = detail.map_or(Value::Null, |text| serde_json::from_str(&text).expect("JSON"));
        let niss = niss.map(|niss| niss.to_string());
        assert_eq!(
            entry,
            &json!({"result": "done", "op": "audit_list", "id": id, "at": entry["at"], "actor": "counter-3",
            "action": action, "outcome": entry["outcome"], "reason": entry["reason"], "detail": detail,
            "niss": niss})
        );
    }
    assert_eq!(sandbox.audit(ANA).len(), 7);
    assert_eq!(sandbox.audit(ANA)[6]["detail"]["reason"], "asked by telephone, \"Ana\" herself");
    // Deleted data are overwritten, and the store works as any other.
    sandbox.ssd(&format!("account erase {ANA} --reason 'asked for'")).ok();
    let bytes = sandbox.bytes();
    let holds = |text: &str| memchr::memmem::find(&bytes, text.as_bytes()).is_some();
    assert!(holds("Gonçalves") && !holds("Ferreira") && !holds("asked by telephone") && !holds(ANA));
    assert!(!holds("Remanescente"));
    assert_eq!(sandbox.json("audit verify")["entries"], 17);
}

#[test]
fn migration_to_the_audit_chain_needs_the_key() {
    let sandbox = Sandbox::nothing();
    std::fs::write(sandbox.store(), include_bytes!("../data/store-2.db")).expect("a store");
    let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
    connection.execute_batch("UPDATE store SET seed = NULL, clock = NULL").expect("no sandbox");
    drop(connection);
    let before = sandbox.bytes();
    let reply = sandbox.ssd("--json account list").fails(4).json();
    assert_eq!(reply["kind"], "key_missing");
    let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).expect("a version");
    assert_eq!((version, sandbox.bytes() == before), (2, true), "nothing has changed");
}

/// `tests/data/store-2-messages.db` has version 2 and is not a sandbox.
///
/// Its newest time is 2100-01-01. All times are moved to end now: its codes are valid, and the system's clock is not behind. Ana's code is used, Maria's has expired, António's
/// letter is open, and José's second code is open after a reset.
fn version_2() -> Sandbox {
    let sandbox = Sandbox::nothing();
    std::fs::write(sandbox.store(), include_bytes!("../data/store-2-messages.db")).expect("a store");
    std::fs::write(sandbox.key(), include_bytes!("../data/store-2-messages.db.key")).expect("a key");
    let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
    for (table, columns) in [
        ("store", &["created_at"][..]),
        ("contact", &["confirmed_at", "settled_at"]),
        ("account", &["created_at", "activated_at"]),
        ("code", &["issued_at", "expires_at"]),
        ("session", &["created_at", "last_used_at", "ends_at", "fresh_until"]),
        ("message", &["created_at"]),
        ("audit", &["at"]),
    ] {
        for column in columns {
            let sql = format!("UPDATE {table} SET {column} = {column} + ?1 - 4102444800");
            connection.execute(&sql, [ssd::clock::system_now().seconds()]).expect("an update");
        }
    }
    drop(connection);
    sandbox
}

#[test]
fn migration_of_version_2_seals_valid_and_wipes_other_codes() {
    let mut sandbox = version_2();
    let codes = ["120993", "980001", "VDPQ-QGFQ", "930628", "398433"];
    let there = |code: &str| sandbox.bytes().windows(code.len()).any(|part| part == code.as_bytes());
    assert!(codes.iter().all(|code| there(code)), "in the clear");
    sandbox.ssd("store check").ok();
    assert!(!codes.iter().any(|code| there(code)), "no more");
    assert_eq!([sandbox.code(ANTONIO), sandbox.code(JOSE)], ["VDPQ-QGFQ", "398433"]);
    for niss in [ANA, MARIA] {
        assert_eq!(sandbox.refused(&format!("outbox code {niss}")), "no_code");
    }
    // Everything continues: codes in their states, the session, the phone code, and then a rekey.
    assert_eq!(reason(&sandbox.try_activate(ANA, "120993")), "code_used");
    assert_eq!(reason(&sandbox.try_activate(MARIA, "980001")), "code_expired");
    assert_eq!(reason(&sandbox.try_activate(JOSE, "930628")), "code_superseded");
    sandbox.activate_with(JOSE, "398433").ok();
    sandbox.activate_with(ANTONIO, "vdpq-qgfq").ok();
    *sandbox.session() = Some("bdbb9d21695cf60ca7527b480ae019c53504e2c2d09dd26a".to_owned());
    sandbox.ssd("contacts show").ok();
    sandbox.feed(&format!("phone-code verify {ANA} --code-stdin"), "105794").ok();
    sandbox.ssd("store rekey").ok();
    sandbox.feed(&format!("phone-code verify {ANA} --code-stdin"), "105794").ok();
    sandbox.ssd("store check").ok();
}

#[test]
fn version_2_store_is_not_migrated_without_its_key() {
    let sandbox = version_2();
    let key = std::fs::read(sandbox.key()).expect("a key");
    let before = sandbox.bytes();
    for content in [None, Some("0".repeat(64))] {
        match &content {
            Some(content) => std::fs::write(sandbox.key(), content).expect("a key"),
            None => std::fs::remove_file(sandbox.key()).expect("a key"),
        }
        for line in ["store info", "clock show", "account unlock 12000000012 --reason x"] {
            sandbox.ssd(line).fails(4).says("store.db.key");
        }
        assert_eq!(sandbox.bytes(), before);
    }
    std::fs::write(sandbox.key(), key).expect("a key");
    sandbox.ssd("store check").ok();
}

/// `tests/data/store-3.db` has version 3: a sandbox of seed 7 with three holders.
///
/// Ana has a blocked phone code and an unconfirmed mobile. António has an open letter code, José an open e-mail code.
#[test]
fn version_3_store_works_after_migration() {
    let mut sandbox = Sandbox::nothing();
    std::fs::write(sandbox.store(), include_bytes!("../data/store-3.db")).expect("a store");
    sandbox.ssd("store check").ok();
    assert_eq!(sandbox.json("store info")["version"], 5);
    assert_eq!([sandbox.code(ANTONIO), sandbox.code(JOSE)], ["CBKJ-XDHL", "305199"]);
    assert_eq!(sandbox.feed_refused(&format!("phone-code verify {ANA} --code-stdin"), "865025"), "phone_code_blocked");
    assert_eq!(sandbox.json("audit verify")["entries"], 16);
    sandbox.log_in(ANA, "Alfazema-Berlim-74");
    let code = sandbox.ssd(&format!("outbox code {ANA} --purpose contact_mobile")).ok();
    sandbox.ssd(&format!("contacts confirm --channel sms --code {code}")).fails(0);
    sandbox.activate_with(ANTONIO, "cbkj-xdhl").ok();
    sandbox.ssd("store check").ok();
}

/// Returns a scenario without the registry records after the first, and with the registered mobile as the destination of every code.
fn of_older_confirmations(scenario: &str) -> String {
    let first = scenario.find(r#"{"op":"registry""#).unwrap_or_default();
    let is_first = |(at, line): &(usize, &str)| *at <= first || !line.starts_with(r#"{"op":"registry""#);
    let mut at = 0;
    let lines = scenario.split_inclusive('\n').map(|line| {
        at += line.len();
        (at - line.len(), line)
    });
    let older = |line: &str| match line.contains(r#""op":"contacts_confirm""#) {
        true => line.replace("+351 9** *** *09", "+351 9** *** *01"),
        false => line.to_owned(),
    };
    lines.filter(is_first).map(|(_, line)| older(line)).collect()
}

/// `tests/data/store-4.db` has version 4: a sandbox of seed 7. `tests/data/store-4` has what version 4 printed about it.
///
/// Ana had every procedure, António and Luís letters and print runs in one second, Maria lockouts and an import that
/// closed her account. José was erased.
#[test]
fn version_4_store_has_the_same_history_after_migration() {
    let sandbox = Sandbox::nothing();
    std::fs::write(sandbox.store(), include_bytes!("../data/store-4.db")).expect("a store");
    let expected = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/store-4").join(name);
        std::fs::read_to_string(path).expect(name)
    };
    let entries = sandbox.ssd("audit list --json").ok();
    let (older, migration) = entries.rsplit_once('\n').expect("entries");
    assert_eq!(older.to_owned() + "\n", expected("audit.jsonl"));
    assert!(migration.contains(r#""actor":"ssd","action":"store_migrate""#), "{migration}");
    for niss in [ANA, ANTONIO, MARIA, LUIS] {
        let timeline = sandbox.ssd(&format!("account timeline {niss} --json")).ok() + "\n";
        assert_eq!(timeline, expected(&format!("timeline-{niss}.jsonl")), "{niss}");
        let scenario = sandbox.ssd(&format!("scenario export {niss}")).ok() + "\n";
        // Since version 5 the code of a confirmation goes to the proposed contact first. The replay reaches the state of the older rule
        // by registry records.
        let scenario = if niss == ANA { of_older_confirmations(&scenario) } else { scenario };
        // A block of Chave Móvel Digital ends by itself since version 5.
        let without_end = r#""cmd_blocked","result":"refused","retry_at":null"#;
        let with_end = r#""cmd_blocked","result":"refused","retry_at":"2026-01-05T10:06:00Z""#;
        let mut expected = expected(&format!("scenario-{niss}.jsonl")).replace(without_end, with_end);
        // The reply of an import has counts of what the records lack.
        let (before, with_gaps) = (
            r#""rejected":0,"result":"done"}"#,
            r#""rejected":0,"result":"done","without_channel":0,"without_civil_id":0,"without_nif":0}"#,
        );
        expected = expected.replace(before, with_gaps);
        if niss == LUIS {
            // A letter abroad has a delivery time of its own since version 5.
            expected = expected.replace(r#""letter_expected_on":"2026-01-15""#, r#""letter_expected_on":"2026-01-21""#);
        }
        if niss == ANTONIO {
            // A holder without contacts is asked for one.
            expected = expected.replace(r#""due":[]"#, r#""due":["contacts"]"#);
        }
        assert_eq!(scenario, expected, "{niss}");
    }
    // Codes were paired with their messages: a used code is not printed, and an open one is.
    let codes = "SELECT count(*), count(code) FROM message WHERE sealed IS NOT NULL";
    let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
    let (with_code, paired): (i64, i64) =
        connection.query_row(codes, [], |row| Ok((row.get(0)?, row.get(1)?))).expect("counts");
    assert_eq!(with_code, paired);
    drop(connection);
    sandbox.ssd("store check").ok();
}

/// Returns the stored hashes of passwords by holder.
fn password_hashes(sandbox: &Sandbox) -> Vec<(i64, String)> {
    let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
    let sql = "SELECT niss, password FROM account WHERE password IS NOT NULL ORDER BY niss";
    let mut rows = connection.prepare(sql).expect("a list");
    rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows").collect::<Result<_, _>>().expect("rows")
}

/// Returns the version of a store that no command has opened.
fn version(sandbox: &Sandbox) -> i64 {
    let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
    connection.pragma_query_value(None, "user_version", |row| row.get(0)).expect("a version")
}

#[test]
fn passwords_of_all_older_stores_open_after_migration_with_keyed_hashes() {
    let frozen = |bytes: &[u8]| {
        let sandbox = Sandbox::nothing();
        std::fs::write(sandbox.store(), bytes).expect("a store");
        sandbox
    };
    let real = frozen(include_bytes!("../data/store-3.db"));
    real.become_real();
    for (name, sandbox, password) in [
        ("1", frozen(include_bytes!("../data/store-1.db")), PASSWORD),
        ("2", frozen(include_bytes!("../data/store-2.db")), PASSWORD),
        ("2-messages", version_2(), PASSWORD),
        ("3", frozen(include_bytes!("../data/store-3.db")), "Alfazema-Berlim-74"),
        ("3, not a sandbox", real, "Alfazema-Berlim-74"),
        ("4", frozen(include_bytes!("../data/store-4.db")), OTHER_PASSWORD),
    ] {
        let before = password_hashes(&sandbox);
        sandbox.ssd("store check").ok();
        let after = password_hashes(&sandbox);
        assert_eq!((before.len(), after.len()), (1, 1), "{name}");
        for ((holder, old), (same, new)) in before.iter().zip(&after) {
            let (old, new) = (old.rsplit_once('$').expect("a hash"), new.rsplit_once('$').expect("a hash"));
            assert_eq!((holder, old.0), (same, new.0), "{name}: cost and salt stay");
            assert!(new.1.len() == 43 && old.1 != new.1, "{name}: the last field is keyed");
            let bytes = sandbox.bytes();
            let holds = |text: &str| memchr::memmem::find(&bytes, text.as_bytes()).is_some();
            assert!(holds(new.1) && !holds(old.1), "{name}: the older hash is overwritten");
        }
        if sandbox.state(ANA) == "suspended" {
            sandbox.ssd(&format!("account resume {ANA} --reason x")).ok();
        }
        assert_eq!(reason(&sandbox.login(ANA, "Granizo-Lilás-58-Trovoada")), "login_failed", "{name}");
        assert_eq!(sandbox.login(ANA, password)["result"], "done", "{name}");
        assert_eq!(password_hashes(&sandbox), after, "{name}: the login made no new hash");
    }
}

#[test]
fn migration_needs_the_key() {
    let sandbox = Sandbox::nothing();
    std::fs::write(sandbox.store(), include_bytes!("../data/store-4.db")).expect("a store");
    sandbox.become_real();
    let sql = |sql: &str| {
        let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
        connection.execute_batch(sql).expect(sql);
    };
    sql("UPDATE batch SET finished = 1");
    let key = std::fs::read(sandbox.key()).expect("a key");
    let hashes = password_hashes(&sandbox);
    std::fs::remove_file(sandbox.key()).expect("a key");
    let reply = sandbox.ssd("--json account list").fails(4).json();
    assert_eq!(reply["kind"], "key_missing");
    std::fs::write(sandbox.key(), "0".repeat(64)).expect("a key");
    let reply = sandbox.ssd("--json account list").fails(4).json();
    assert_eq!(reply["kind"], "key_wrong");
    assert!(version(&sandbox) == 4 && password_hashes(&sandbox) == hashes, "nothing has changed");
    let other = sandbox.fork();
    std::fs::write(other.key(), key).expect("a key");
    other.ssd("account list").ok();
    assert!(version(&other) == 5 && password_hashes(&other) != hashes);
    // The audit entry of the migration needs it also if there is no password.
    sql("UPDATE account SET password = NULL");
    assert_eq!(sandbox.ssd("--json account list").fails(4).json()["kind"], "key_wrong");
    assert_eq!(version(&sandbox), 4);
}

#[test]
fn store_of_an_unreleased_build_is_refused() {
    let sandbox = Sandbox::new();
    for edit in ["UPDATE store SET layout = 1", "ALTER TABLE store DROP COLUMN layout"] {
        rusqlite::Connection::open(sandbox.store()).expect("the store").execute_batch(edit).expect(edit);
        for command in ["account list", "store check"] {
            let reply = sandbox.ssd(&format!("--json {command}")).fails(4).json();
            assert_eq!(reply["kind"], "store_unreleased", "{edit}");
        }
    }
}
