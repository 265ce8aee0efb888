//! The audit log: its entries, its hash chain, request numbers, logged message reads, and escaping of stored text.

use rand::rngs::ChaCha12Rng;
use rand::{RngExt, SeedableRng};
use rusqlite::Connection;
use rusqlite::types::Value as Column;
use serde_json::json;

use crate::support::*;

#[test]
fn every_request_is_audited_without_secrets() {
    let sandbox = Sandbox::new().logged_in();
    let digits = sandbox.ssd("phone-code set").ok();
    let _ = sandbox.ssd(&format!("{REGISTER_ANA} --channel sms")).fails(1);
    sandbox.under(&[("SSD_OPERATOR", "balcão 3")], &format!("account suspend {ANA} --reason 'asked by phone'")).ok();
    let entries = sandbox.audit(ANA);
    let rows: Vec<String> = entries
        .iter()
        .map(|entry| {
            format!("{} {} {} {}", word(entry, "actor"), word(entry, "action"), word(entry, "outcome"), entry["reason"])
        })
        .collect();
    assert_eq!(
        rows,
        [
            "tester register done null",
            "tester activate done null",
            "tester login done null",
            "tester phone_code_set done null",
            "tester register refused \"already_registered\"",
            "balcão 3 account_suspend done null",
        ]
    );
    let detail = &entries[5]["detail"];
    assert_eq!((&detail["effects"]["state"], &detail["reason"]), (&json!("suspended"), &json!("asked by phone")));
    let all = sandbox.ssd("--json audit list").ok();
    assert!(!all.contains(PASSWORD) && !all.contains(&digits) && !all.contains("1984-03-22"));
}

#[test]
fn reading_messages_outside_a_sandbox_is_audited() {
    let real = Sandbox::real();
    real.register();
    let read = |line: &str| {
        let before = real.audit(ANA).len();
        real.ssd(line).ok();
        real.audit(ANA)[before..].iter().map(|entry| word(entry, "action").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(read(&format!("outbox code {ANA}")), ["outbox_code"]);
    assert_eq!(read("outbox show 1"), ["outbox_show"]);
    assert_eq!(read(&format!("outbox list --niss {ANA}")), ["outbox_list"]);
    assert_eq!(read(&format!("account show {ANA}")), [""; 0]);
    let sandbox = Sandbox::new();
    sandbox.register();
    let before = sandbox.bytes();
    for line in
        ["outbox list", "outbox show 1", "outbox code 12000000012", "account show 12000000012", "registry count"]
    {
        sandbox.ssd(line).ok();
    }
    assert_eq!(sandbox.bytes(), before, "in a sandbox, queries change nothing");
}

#[test]
fn clock_outside_a_sandbox_never_goes_backwards() {
    let real = Sandbox::real();
    real.register();
    let connection = rusqlite::Connection::open(real.store()).expect("the store");
    connection
        .execute_batch(
            "DROP TRIGGER audit_stays; UPDATE audit SET at = 4102444800 WHERE id = (SELECT max(id) FROM audit)",
        )
        .expect("an update");
    drop(connection);
    assert_eq!(real.json("store info")["now"], "2100-01-01T00:00:00Z");
}

#[test]
fn stored_text_cannot_forge_an_output_line() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let actor = "eve\n   9  2026-01-05T09:00:00Z  root  account_close\u{202e}";
    sandbox.request_by(actor, &json!({"op": "account_suspend", "niss": ANA, "reason": "x"}));
    let run = sandbox.ssd("audit list").ok();
    assert!(run.lines().all(|line| !line.starts_with("   9  2026-01-05T09:00:00Z  root")), "{run}");
    assert!(!run.contains('\u{202e}'));
}

/// Returns a store with all kinds of entries: done and refused, known and unknown holders, reasons, an erased holder.
fn with_a_history() -> Sandbox {
    let sandbox = Sandbox::new().logged_in();
    for line in [
        &format!("{} --channel email", person(JOSE).portal()),
        &format!("{} --channel sms", person(MARIA).portal()),
        &format!("register {NOBODY} --account-type citizen --birth-date 1999-09-09 --channel sms --accept-terms"),
        "activate 12000000012 --code 000000 --password-stdin",
        "contacts update --telephone 213000099",
    ] {
        let _ = sandbox.feed(line, PASSWORD);
    }
    for (verb, niss, why) in
        [("suspend", ANA, "a call"), ("resume", ANA, "another call"), ("unlock", NOBODY, "asked for")]
    {
        sandbox.ssd(&format!("account {verb} {niss} --reason '{why}'")).ok();
    }
    sandbox.ssd(&format!("account close {JOSE} --reason 'he has moved'")).ok();
    sandbox.ssd(&format!("account erase {JOSE} --reason 'a letter of May'")).ok();
    sandbox.ssd(&format!("{} --channel sms", person(MARIA).portal())).fails(1);
    sandbox
}

/// Opens the store with the audit triggers dropped, as an attacker would.
fn opened(sandbox: &Sandbox) -> Connection {
    let connection = Connection::open(sandbox.store()).expect("the store");
    let off = "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF;
DROP TRIGGER audit_stays; DROP TRIGGER audit_is_kept; DROP TRIGGER audit_goes_on";
    connection.execute_batch(off).expect("no triggers");
    connection
}

/// Returns the entry that `audit verify` names for a tampered store.
fn named(sandbox: &Sandbox, line: &str) -> i64 {
    let run = sandbox.ssd(&format!("--json {line}")).fails(4);
    let reply = run.json();
    assert_eq!((&reply["result"], &reply["kind"]), (&json!("error"), &json!("audit_broken")), "{reply}");
    let (_, behind) = word(&reply, "message").split_once("entry ").unwrap_or_else(|| panic!("{reply}"));
    behind.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("{reply}"))
}

const COLUMNS: [&str; 10] = ["id", "at", "actor", "action", "subject", "outcome", "reason", "detail", "remark", "mac"];

/// Makes one random change to the audit log. Returns the number of the first changed entry.
fn alter(connection: &Connection, random: &mut ChaCha12Rng) -> i64 {
    let last: i64 = connection.query_row("SELECT max(id) FROM audit", [], |row| row.get(0)).expect("an entry");
    let id = random.random_range(1..=last);
    match random.random_range(0..9) {
        // A byte of a text or hash, or a number, of one entry.
        0..4 => loop {
            let column = COLUMNS[random.random_range(1..COLUMNS.len())];
            let get = format!("SELECT {column} FROM audit WHERE id = ?1");
            let flipped = match connection.query_row(&get, [id], |row| row.get(0)).expect("a column") {
                Column::Integer(number) => Column::Integer(number ^ 1 << random.random_range(0..32)),
                Column::Text(text) => {
                    let mut bytes = text.into_bytes();
                    let at = random.random_range(0..bytes.len());
                    // Still valid text, so that the encoding does not reveal the change.
                    bytes[at] = if bytes[at] == b'x' { b'y' } else { b'x' };
                    Column::Text(String::from_utf8_lossy(&bytes).into_owned())
                }
                Column::Blob(mut bytes) => {
                    let at = random.random_range(0..bytes.len());
                    bytes[at] ^= 1 << random.random_range(0..8);
                    Column::Blob(bytes)
                }
                _ => continue,
            };
            let set = format!("UPDATE audit SET {column} = ?2 WHERE id = ?1");
            assert_eq!(connection.execute(&set, (id, flipped)).expect("an update"), 1);
            return id;
        },
        // Two entries are swapped.
        4 => {
            let other = id % last + 1;
            for (from, to) in [(id, -1), (other, id), (-1, other)] {
                connection.execute("UPDATE audit SET id = ?2 WHERE id = ?1", (from, to)).expect("an update");
            }
            id.min(other)
        }
        5 => {
            connection.execute("DELETE FROM audit WHERE id = ?1", [id]).expect("a deletion");
            id
        }
        6 => {
            connection.execute("DELETE FROM audit WHERE id >= ?1", [id]).expect("a deletion");
            id
        }
        // An entry is copied behind the last or before the first one.
        7 => {
            let new = if random.random_bool(0.5) { last + 1 } else { -3 };
            let rest = COLUMNS[1..].join(", ");
            let sql = format!("INSERT INTO audit SELECT ?2, {rest} FROM audit WHERE id = ?1");
            connection.execute(&sql, (id, new)).expect("an insertion");
            new
        }
        // An entry is deleted and the later ones move up.
        _ => {
            connection.execute("DELETE FROM audit WHERE id = ?1", [id]).expect("a deletion");
            for next in id + 1..=last {
                connection.execute("UPDATE audit SET id = ?1 - 1 WHERE id = ?1", [next]).expect("an update");
            }
            id
        }
    }
}

#[test]
fn verify_finds_any_change_at_or_before_its_entry() {
    let base = with_a_history();
    base.ssd("audit verify").ok();
    let mut random = ChaCha12Rng::seed_from_u64(3);
    for round in 0..200 {
        let sandbox = base.fork();
        let connection = opened(&sandbox);
        let place = alter(&connection, &mut random);
        drop(connection);
        let named = named(&sandbox, "audit verify");
        assert!(named <= place, "round {round}: entry {named} is named, {place} was altered");
    }
}

#[test]
fn verify_finds_changes_of_subjects_remarks_and_the_end() {
    let base = with_a_history();
    let other: i64 = 7_000_000;
    for sql in [
        // Two holders are swapped; a holder seems erased; a holder has another's number.
        "UPDATE subject SET id = -id; UPDATE subject SET id = (SELECT -max(id) FROM subject) WHERE niss = 12000000012"
            .to_owned(),
        "DELETE FROM subject WHERE niss = 12000000012".to_owned(),
        format!("INSERT INTO subject VALUES (12000000046, {other}, zeroblob(32))"),
        "UPDATE remark SET text = 'nothing'".to_owned(),
        "DELETE FROM remark WHERE text = 'a call'".to_owned(),
        "INSERT INTO remark VALUES (1, 'he is a thief')".to_owned(),
        "UPDATE trail SET count = count + 1".to_owned(),
        "UPDATE trail SET last = last - 1, mac = (SELECT mac FROM audit WHERE id = last - 1)".to_owned(),
        "UPDATE trail SET seal = zeroblob(32)".to_owned(),
        "DELETE FROM trail".to_owned(),
    ] {
        let sandbox = base.fork();
        opened(&sandbox).execute_batch(&sql).expect(&sql);
        named(&sandbox, "audit verify");
    }
    // The next entry does not hide a changed end.
    let sandbox = base.fork();
    let cut = "DELETE FROM audit WHERE id > 5; UPDATE trail SET count = 5, last = 5, mac = (SELECT mac FROM audit WHERE id = 5)";
    opened(&sandbox).execute_batch(cut).expect(cut);
    named(&sandbox, &format!("{REGISTER_ANA} --channel sms"));
    named(&sandbox, "audit head");
}

#[test]
fn anchor_reveals_a_cut_tail_even_with_the_key() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let older = sandbox.fork();
    let first = sandbox.ssd("audit head").ok();
    sandbox.ssd(&format!("account unlock {ANA} --reason x")).ok();
    let second = sandbox.ssd("audit head").ok();
    // The older file verifies by itself, but continues differently.
    named(&older, &format!("audit verify --since {second}"));
    older.ssd(&format!("account unlock {ANA} --reason y")).ok();
    older.ssd("audit verify").ok();
    named(&older, &format!("audit verify --since {second}"));
    let entry: i64 = second.split('-').next().and_then(|id| id.parse().ok()).expect("a number");
    let verified = done(older.json(&format!("audit verify --since {first}")));
    assert_eq!((&verified["entries"], &verified["op"]), (&json!(1), &json!("audit_verify")));
    let verified = done(sandbox.json(&format!("audit verify --since {first}")));
    assert_eq!((&verified["entries"], &verified["anchor"]), (&json!(1), &json!(second)));
    assert_eq!(done(sandbox.json(&format!("audit verify --since {second}")))["entries"], 0);
    assert_eq!(done(sandbox.json("audit verify"))["entries"], entry);
    // The anchor of an empty audit log comes before the first entry.
    let start = format!("0-{}", "0".repeat(64));
    assert_eq!(done(sandbox.json(&format!("audit verify --since {start}")))["entries"], entry);
    named(&sandbox, &format!("audit verify --since {}", wrong_end(&second)));
    named(&sandbox, &format!("audit verify --since 99-{}", "0".repeat(64)));
    sandbox.ssd("audit verify --since 5-abc").fails(2).says("`--since`");
}

/// Returns an anchor with another last digit.
fn wrong_end(anchor: &str) -> String {
    format!("{}{}", &anchor[..anchor.len() - 1], if anchor.ends_with('0') { '1' } else { '0' })
}

#[test]
fn triggers_refuse_update_delete_and_replace() {
    let sandbox = with_a_history();
    let connection = Connection::open(sandbox.store()).expect("the store");
    // As in bulk imports: constraint checks are off, triggers are not.
    connection.execute_batch("PRAGMA ignore_check_constraints = ON").expect("a pragma");
    for (sql, what) in [
        ("UPDATE audit SET actor = 'x' WHERE id = 1", "no entry is changed"),
        ("DELETE FROM audit WHERE id = 1", "no entry is removed"),
        ("DELETE FROM audit", "no entry is removed"),
        ("INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE id = 1", "no entry is replaced"),
    ] {
        let refused = connection.execute(sql, []).expect_err(sql).to_string();
        assert!(refused.contains("the audit is only added to") && refused.contains(what), "{refused}");
    }
    drop(connection);
    sandbox.ssd("audit verify").ok();
    // A store without the triggers does not have the schema of this version.
    drop(opened(&sandbox));
    sandbox.ssd("audit verify").ok();
    sandbox.ssd("store check").fails(4);
}

#[test]
fn typed_text_cannot_forge_an_entry() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let before = sandbox.ssd("audit list").ok().lines().count();
    let operator = "eve\n   9  2026-01-05T09:00:00Z  root  account_close\r\u{202e}\u{85}\",\"outcome\":\"done";
    let why = "\",\"reason\":\"x\"}{\"id\":99,' -- \\ é";
    sandbox.request_by(operator, &json!({"op": "account_suspend", "niss": ANA, "reason": why}));
    for control in ["a\nb", "a\u{1b}[2Jb", "a\0b"] {
        let mut command = sandbox.command("account resume 12000000012");
        // A NUL can't be passed as an argument.
        if !control.contains('\0') {
            command.args(["--reason", control]);
            finish(command, None).fails(2);
        }
        sandbox.file("in", format!("{}\n", json!({"op": "account_resume", "niss": ANA, "reason": control})));
        sandbox.ssd("batch in").fails(5);
    }
    let list = sandbox.ssd("audit list").ok();
    assert_eq!(list.lines().count(), before + 1, "{list}");
    assert!(list.chars().all(|c| c == '\n' || !c.is_control()) && !list.contains('\u{202e}'), "{list}");
    let history = sandbox.ssd(&format!("account history {ANA}")).ok();
    assert!(history.ends_with(why) && history.chars().all(|c| c == '\n' || !c.is_control()), "{history}");
    for line in ["audit export", "--json audit export", "--json audit list"] {
        let rows = lines(&sandbox.ssd(line).ok());
        assert_eq!(rows.len(), before + 1, "{line}");
        let row = rows.last().expect("an entry");
        assert_eq!((&row["actor"], &row["action"]), (&json!(operator), &json!("account_suspend")), "{line}");
        if line.ends_with("list") {
            assert_eq!(
                row["detail"],
                json!({ "effects": { "messages": [4, 5], "state": "suspended" }, "reason": why })
            );
        }
    }
    sandbox.ssd("audit verify").ok();
}

#[test]
fn audit_export_has_the_chain_and_no_identities() {
    let sandbox = with_a_history();
    let rows = lines(&sandbox.ssd("audit export").ok());
    let last = rows.last().expect("an entry");
    assert_eq!(format!("{}-{}", last["id"], word(last, "mac")), sandbox.ssd("audit head").ok());
    assert!(rows.iter().enumerate().all(|(at, row)| row["id"] == at + 1 && word(row, "mac").len() == 64));
    let text = sandbox.ssd("--json audit export").ok();
    assert!([ANA, JOSE, NOBODY, "a call", "he has moved"].iter().all(|datum| !text.contains(datum)), "{text}");
    let said = rows.iter().filter(|row| row["remark"].is_string()).count();
    assert_eq!(said, 5);
}

#[test]
fn replies_have_their_entry_number_and_queries_have_none() {
    let sandbox = Sandbox::new().logged_in();
    let entry = |reply: &serde_json::Value| {
        let number = reply["request"].as_i64().unwrap_or_else(|| panic!("{reply}"));
        let entry = done(sandbox.json(&format!("why {number}")));
        assert_eq!((&entry["id"], &entry["action"]), (&json!(number), &reply["op"]));
        assert_eq!(entry["outcome"], reply["result"]);
        entry
    };
    for line in [
        "contacts show",
        "alerts set email",
        "contacts remove --telephone",
        "clock advance 1s",
        "policy set code.digits 7",
    ] {
        entry(&sandbox.json(line));
    }
    assert_eq!(entry(&sandbox.json(&format!("{REGISTER_ANA} --channel sms")))["niss"], ANA);
    entry(&sandbox.json(&format!("registry import '{}'", data("personas.csv").display())));
    for line in [
        "registry count",
        "clock show",
        "outbox list",
        "outbox show 1",
        "store info",
        "audit head",
        &format!("account show {ANA}"),
        &format!("account export {ANA}"),
    ] {
        assert!(!sandbox.ssd(&format!("--json {line}")).ok().contains("\"request\""), "{line}");
    }
    // Each line of a file has a number. Malformed lines have none and use none.
    sandbox.file(
        "in",
        format!(
            "{}\n{}\n{}\n",
            json!({"op": "clock_advance", "advance": "1s"}),
            json!({"op": "policy_set", "key": "x", "value": "y"}),
            json!({"op": "login", "niss": NOBODY, "password": "x"})
        ),
    );
    let replies = lines(&sandbox.ssd("batch in").fails(5).out);
    let (first, second) = (entry(&replies[0]), entry(&replies[2]));
    assert_eq!(first["id"].as_i64().map(|id| id + 1), second["id"].as_i64());
    assert!(replies[1].get("request").is_none());
    sandbox.ssd("audit verify").ok();

    let real = Sandbox::real();
    real.register();
    for line in [
        format!("outbox code {ANA}"),
        "outbox show 1".to_owned(),
        format!("outbox list --niss {ANA}"),
        format!("outbox wait {ANA}"),
        format!("account export {ANA}"),
    ] {
        let reply = real.json(&line);
        assert_eq!(real.json(&format!("why {}", reply["request"]))["action"], reply["op"], "{line}");
    }
}

#[test]
fn why_shows_the_deciding_rule_and_its_counters() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let why = |reply: &serde_json::Value| {
        let mut detail = sandbox.json(&format!("why {}", reply["request"]))["detail"].clone();
        // Every entry records the request, and many have effects. They are not checked here.
        detail.as_object_mut().expect("an object").retain(|key, _| key != "asked" && key != "effects");
        detail
    };
    let login = |niss: &str| sandbox.login(niss, "Porto");
    for count in 1..=4 {
        let detail = why(&login(ANA));
        assert_eq!(detail, json!({ "cause": "wrong_password", "count": count, "limit": 5 }));
    }
    assert_eq!(
        why(&login(ANA)),
        json!({ "cause": "wrong_password", "count": 5, "limit": 5, "until": "2026-01-05T09:15:00Z" })
    );
    let locked = login(ANA);
    assert_eq!(
        (reason(&locked), why(&locked)["until"].clone()),
        ("login_locked".to_owned(), json!("2026-01-05T09:15:00Z"))
    );
    assert_eq!(why(&login(NOBODY))["cause"], "no_account");

    let identity =
        format!("register {MARIA} --account-type citizen --birth-date 1999-09-09 --channel sms --accept-terms");
    for count in 1..=4 {
        assert_eq!(why(&sandbox.json(&identity)), json!({ "differed": ["birth_date"], "count": count, "limit": 5 }));
    }
    assert_eq!(why(&sandbox.json(&identity))["until"], "2026-01-05T10:00:00Z");
    assert_eq!(why(&sandbox.json(&identity)), json!({ "until": "2026-01-05T10:00:00Z" }), "blocked");

    let register = format!("{} --channel email", person(JOSE).portal());
    sandbox.ssd(&register).ok();
    assert_eq!(why(&sandbox.json(&register)), json!({ "until": "2026-01-05T09:01:00Z" }), "too soon");
    let bad = wrong(&sandbox.code(JOSE));
    for count in 1..=5 {
        let detail = why(&sandbox.try_activate(JOSE, &bad));
        assert_eq!(detail, json!({ "count": count, "limit": 10, "on_code": count, "code_limit": 5 }));
    }
    let detail = why(&sandbox.try_activate(JOSE, &bad));
    assert_eq!(detail, json!({ "variant": "dead", "count": 5, "limit": 10, "on_code": 5, "code_limit": 5 }));
    let verify = |niss: &str| sandbox.feed_json(&format!("phone-code verify {niss} --code-stdin"), "314159");
    assert_eq!(why(&verify(ANA)), json!({ "cause": "no_phone_code", "count": 1, "limit": 3 }));
    let _ = verify(ANA);
    assert_eq!(why(&verify(ANA)), json!({ "cause": "no_phone_code", "count": 3, "limit": 3, "until": null }));

    // As text, in both languages. No typed value is included.
    let page = sandbox.ssd("why 10").ok();
    assert!(
        page.contains("rule: login_failed\ncause: wrong password\ncount: 5 of 5\nuntil: 5 January 2026 at 09:15"),
        "{page}"
    );
    assert!(sandbox.ssd("--lang pt why 10").ok().contains("contagem: 5 de 5"));
    let all = sandbox.ssd("--json audit list").ok();
    assert!(
        !all.contains(&bad) && !all.contains("Porto") && !all.contains("1999-09-09") && !all.contains("314159"),
        "{all}"
    );
}

#[test]
fn notes_of_a_query_do_not_leak_into_other_entries() {
    let sandbox = Sandbox::new();
    sandbox.register();
    sandbox.file("in", "{\"op\":\"outbox_show\",\"message\":1}\n{\"op\":\"clock_advance\",\"advance\":\"1s\"}\n");
    sandbox.ssd("batch in").ok();
    let entry = lines(&sandbox.ssd("--json audit list --limit 1").ok()).remove(0);
    assert_eq!((&entry["niss"], &entry["detail"]), (&json!(null), &json!({ "to": "2026-01-05T09:00:01Z" })));
}

/// Changes a store, as an attacker with write access to the file could.
fn by_sql(sandbox: &Sandbox, sql: &str) {
    let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
    connection.execute_batch(sql).expect(sql);
}

#[test]
fn verify_finds_entries_hidden_from_an_index() {
    let sandbox = Sandbox::new();
    sandbox.register();
    sandbox.ssd(&format!("account suspend {ANA} --reason x")).fails(1);
    sandbox.ssd(&format!("account unlock {ANA} --reason x")).ok();
    let anchor = sandbox.ssd("audit head").ok();
    let hidden = "DROP INDEX audit_of; CREATE INDEX audit_of ON audit (subject, id) WHERE subject IS NOT NULL AND action <> 'account_unlock';
        PRAGMA writable_schema = ON;
        UPDATE sqlite_schema SET sql = replace(sql, ' AND action <> ''account_unlock''', '') WHERE name = 'audit_of'";
    by_sql(&sandbox, hidden);
    assert!(!sandbox.ssd(&format!("account history {ANA}")).out.contains("account_unlock"), "it is hidden");
    for line in ["audit verify", &format!("audit verify --since {anchor}")] {
        sandbox.ssd(line).fails(4).says("audit_of");
    }
}

#[test]
fn erased_subject_number_is_not_reused_and_reason_stays() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let copied = "CREATE TABLE copied AS SELECT * FROM subject WHERE niss = 12000000012";
    by_sql(&sandbox, copied);
    sandbox.ssd(&format!("account erase {ANA} --reason 'court order 77'")).ok();
    let fork = sandbox.fork();
    by_sql(&sandbox, "INSERT INTO subject SELECT * FROM copied");
    sandbox.ssd("audit verify").fails(4).says("the account holder of entry");
    by_sql(&fork, "DROP TABLE copied");
    fork.ssd("audit verify").ok();
    by_sql(&fork, "DELETE FROM remark");
    fork.ssd("audit verify").fails(4).says("the reason that belongs to entry");
}

#[test]
fn replaced_or_downgraded_store_is_refused() {
    let real = Sandbox::real();
    let sandbox = Sandbox::new();
    std::fs::copy(sandbox.store(), real.store()).expect("a copy");
    real.ssd("audit verify").fails(4).says("store.db.key");
    let nothing = Sandbox::nothing();
    std::fs::copy(real.key(), nothing.key()).expect("a key");
    nothing.ssd("init --sandbox").fails(3).says("store.db.key");
    // The stored key check does not reveal the check that an older version stored.
    let real = Sandbox::real();
    let key_check: Vec<u8> = {
        let connection = rusqlite::Connection::open(real.store()).expect("the store");
        connection.query_row("SELECT key_check FROM store", [], |row| row.get(0)).expect("a check")
    };
    std::fs::write(real.store(), include_bytes!("../data/store-2.db")).expect("a store");
    let connection = rusqlite::Connection::open(real.store()).expect("the store");
    connection.execute("UPDATE store SET seed = NULL, clock = NULL, key_check = ?1", [key_check]).expect("no sandbox");
    drop(connection);
    let reply = real.ssd("--json account list").fails(4).json();
    assert_eq!(reply["kind"], "key_wrong");
}

#[test]
fn key_file_that_is_not_a_regular_file_does_not_block() {
    let real = Sandbox::real();
    for key in ["/dev/zero", "/dev/null"] {
        real.under(&[("SSD_KEY_FILE", key)], "audit verify").fails(4).says(key);
    }
}

#[test]
fn each_reading_of_personal_data_is_audited_in_a_real_store() {
    let real = Sandbox::real();
    let count = || real.json("audit verify")["entries"].as_i64().expect("a number");
    for (command, action) in [
        (format!("registry show {ANA}"), Some("registry_show")),
        (format!("account export {ANA}"), Some("account_export")),
        ("store backup copy.db".to_owned(), Some("store_backup")),
        ("registry count".to_owned(), None),
        ("account list".to_owned(), None),
        (format!("account history {ANA}"), None),
        ("audit list".to_owned(), None),
        ("why 1".to_owned(), None),
    ] {
        let before = count();
        real.ssd(&command).ok();
        assert_eq!(count() - before, i64::from(action.is_some()), "{command}");
        if let Some(action) = action {
            let newest = lines(&real.ssd("--json audit list --limit 1").ok()).pop().expect("an entry");
            assert_eq!(word(&newest, "action"), action);
        }
    }
    // The copy has the entry of its own making, and agrees with it.
    let key = real.key().display().to_string();
    assert_eq!(real.json(&format!("store check --store copy.db --key-file {key}"))["ok"], true);
}
