//! Export of one person's data, and erasure without a trace in the store.

use memchr::memmem;
use serde_json::{Value, json};

use crate::support::*;

/// Texts about Ana in the store.
const DATA: [&str; 7] = [
    "Ana Sofia Marques Ferreira",
    "12000000012",
    "ana.ferreira@correio.example",
    "912000001",
    "33612345678",
    "Rua das Flores 12",
    "she has called",
];

/// Returns a store in which Ana left data in all tables: requests, codes, a session, a changed contact, operators'
/// reasons.
///
/// She is the only person at her address in the registry.
fn with_ana() -> Sandbox {
    let sandbox = Sandbox::new().logged_in();
    let moved = std::fs::read_to_string(data("personas.csv"))
        .expect("a registry")
        .replace("Rua das Flores 12", "Rua das Amoras 7");
    let header_and_others: Vec<&str> = moved.lines().filter(|line| !line.starts_with(ANA)).collect();
    sandbox.file("others.csv", header_and_others.join("\n"));
    sandbox.ssd("registry import others.csv").ok();
    for line in [
        "contacts update --mobile +33612345678",
        "phone-code set",
        "account suspend 12000000012 --reason 'she has called'",
        "account resume 12000000012 --reason 'she has called again'",
    ] {
        sandbox.ssd(line).ok();
    }
    sandbox.ssd(&format!("contacts confirm --channel sms --code {}", sandbox.code(ANA))).fails(1);
    let _ = sandbox.login(ANA, "wrong");
    sandbox
}

/// Returns the bytes of the store and its log.
fn everything(sandbox: &Sandbox) -> Vec<u8> {
    let mut all = sandbox.bytes();
    for suffix in ["-wal", "-shm", "-journal"] {
        let mut name = sandbox.store().into_os_string();
        name.push(suffix);
        all.extend(std::fs::read(name).unwrap_or_default());
    }
    all
}

fn holds(bytes: &[u8], text: &str) -> bool {
    memmem::find(bytes, text.as_bytes()).is_some()
}

#[test]
fn erased_person_is_in_no_byte_of_the_store() {
    let sandbox = with_ana();
    let before = everything(&sandbox);
    for datum in DATA.iter().filter(|datum| **datum != ANA) {
        assert!(holds(&before, datum), "{datum} is not there to be erased");
    }
    let others = rows_of_others(&sandbox);
    // Another open connection, so that the log stays after the command.
    let reader = rusqlite::Connection::open(sandbox.store()).expect("the store");
    reader.query_row("SELECT count(*) FROM registry", [], |row| row.get::<_, i64>(0)).expect("a count");
    let reply = done(sandbox.json(&format!("account erase {ANA} --reason 'a letter of 3 May'")));
    assert_eq!((&reply["op"], &reply["niss"]), (&json!("account_erase"), &json!(ANA)));
    let after = everything(&sandbox);
    for datum in DATA {
        assert!(!holds(&after, datum), "{datum} is still there");
    }
    drop(reader);
    assert_eq!(rows_of_others(&sandbox), others, "data of others are unchanged");
    let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
    for table in ["registry", "contact", "account", "code", "guard", "session", "message", "subject"] {
        let sql = format!("SELECT count(*) FROM {table} WHERE niss = {ANA}");
        assert_eq!(connection.query_row(&sql, [], |row| row.get(0)), Ok(0), "{table}");
    }
    drop(connection);

    sandbox.ssd("audit verify").ok();
    sandbox.ssd("store check").ok();
    assert_eq!(sandbox.audit(ANA), Vec::<Value>::new());
    assert_eq!(sandbox.ssd(&format!("account history {ANA}")).ok(), "");
    // The erasure and its reason stay in the audit log, without the person.
    let entries = lines(&sandbox.ssd("--json audit list").ok());
    let last = entries.last().expect("an entry");
    assert_eq!(
        (&last["action"], &last["niss"], &last["id"]),
        (&json!("account_erase"), &Value::Null, &reply["request"])
    );
    assert_eq!(last["detail"], json!({ "reason": "a letter of 3 May" }));
    assert!(!sandbox.ssd("--json audit list").ok().contains("she has called"));
    for line in [format!("account export {ANA}"), format!("registry show {ANA}")] {
        assert_eq!(sandbox.refused(&line), "not_in_registry");
    }
    assert_eq!(sandbox.refused(&format!("account show {ANA}")), "no_account");
}

fn rows_of_others(sandbox: &Sandbox) -> String {
    [JOSE, MARIA, ANTONIO].map(|niss| sandbox.ssd(&format!("state-hash --niss {niss}")).ok()).join(" ")
}

#[test]
fn erased_person_imported_again_is_a_new_subject() {
    let sandbox = with_ana();
    let subject = |sandbox: &Sandbox| {
        let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
        let sql = format!("SELECT id FROM subject WHERE niss = {ANA}");
        connection.query_row(&sql, [], |row| row.get::<_, i64>(0)).expect("a number")
    };
    let first = subject(&sandbox);
    sandbox.ssd(&format!("account erase {ANA} --reason x")).ok();
    sandbox.import("personas.csv").ok();
    sandbox.register();
    assert_ne!(subject(&sandbox), first, "also in a sandbox, whose random numbers repeat");
    let history = sandbox.audit(ANA);
    assert_eq!(history.len(), 1, "{history:?}");
    sandbox.ssd(&format!("account erase {ANA} --reason x")).ok();
    sandbox.ssd("audit verify").ok();
    // The same seed and commands give the same numbers.
    let other = with_ana();
    assert_eq!(subject(&other), first);
}

#[test]
fn unregistered_niss_with_failures_can_be_erased() {
    let sandbox = Sandbox::new();
    let _ = sandbox.login(NOBODY, "Porto");
    let exported = done(sandbox.json(&format!("account export {NOBODY}")));
    assert_eq!(exported["person"]["guards"][0]["failures"], 1);
    sandbox.ssd(&format!("account erase {NOBODY} --reason x")).ok();
    assert_eq!(sandbox.refused(&format!("account export {NOBODY}")), "not_in_registry");
    let untouched = Sandbox::new();
    assert_eq!(untouched.refused(&format!("account erase {NOBODY} --reason x")), "not_in_registry");
    untouched.ssd("audit verify").ok();
}

#[test]
fn erasure_reason_must_not_name_the_person() {
    let sandbox = with_ana();
    for reason in [
        "asked for by Ana Sofia Marques Ferreira",
        "asked for by ANA SOFIA MARQUES-FERREIRA",
        "NISS 12000000012",
        "from ana.ferreira@correio.example",
        "912 000 001 has called",
        "resides in Rua das Flores 12, 3.º esq.",
    ] {
        let run = sandbox.ssd(&format!("account erase {ANA} --reason '{reason}'")).fails(2);
        assert!(run.err.contains("`--reason`") && !run.err.contains("Ferreira"), "{run:?}");
        sandbox.file("in", format!("{}\n", json!({"op": "account_erase", "niss": ANA, "reason": reason})));
        assert_eq!(lines(&sandbox.ssd("batch in").fails(5).out)[0]["field"], "reason");
    }
    assert_eq!(sandbox.state(ANA), "active");
    sandbox.ssd(&format!("account erase {ANA}")).fails(2).says("--reason");
    sandbox.ssd("audit verify").ok();
}

#[test]
fn batch_can_erase() {
    let sandbox = with_ana();
    let erase = |niss: &str| json!({"op": "account_erase", "niss": niss, "reason": "asked for"});
    let file = [erase(ANA), erase(JOSE), json!({"op": "account_show", "niss": ANA})].map(|line| line.to_string());
    sandbox.file("in", file.join("\n"));
    let replies = lines(&sandbox.ssd("batch in").fails(5).out);
    assert_eq!((&replies[1]["result"], &replies[2]["reason"]), (&json!("done"), &json!("no_account")));
    let after = everything(&sandbox);
    assert!(DATA.iter().all(|datum| !holds(&after, datum)));
    sandbox.ssd("audit verify").ok();
}

#[test]
fn personal_data_export_is_one_object_without_secrets() {
    let sandbox = with_ana();
    let code = sandbox.code(ANA);
    let reply = done(sandbox.json(&format!("account export {ANA}")));
    let person = &reply["person"];
    assert_eq!((&reply["niss"], &person["niss"]), (&json!(ANA), &json!(ANA)));
    assert_eq!(person["registry"]["name"], "Ana Sofia Marques Ferreira");
    assert_eq!(person["registry"]["address"], "Rua das Flores 12 3.º Esq.");
    assert_eq!((&person["account"]["state"], &person["account"]["password"]), (&json!("active"), &json!(true)));
    assert_eq!(person["account"]["activated_at"], "2026-01-05T09:00:00Z");
    assert_eq!(person["contacts"][0]["proposed"], "+33612345678");
    let purposes: Vec<&str> =
        person["codes"].as_array().expect("codes").iter().map(|code| word(code, "purpose")).collect();
    assert_eq!(purposes, ["activation", "contact_mobile"]);
    assert_eq!(person["guards"][0]["failures"], 1);
    assert_eq!(person["sessions"], json!([]), "a suspension has ended it");
    assert_eq!(person["messages"].as_array().map(Vec::len), Some(sandbox.messages(ANA).len()));
    assert!(word(&person["messages"][0], "body").contains("***"));
    assert_eq!(person["audit"], json!(entries(&sandbox)));
    let text = reply.to_string();
    assert!(!text.contains(&code) && !text.contains("argon2") && !text.contains("\"mac\""), "{text}");
    // Without --json, the output is the object alone.
    let bare: Value = serde_json::from_str(&sandbox.ssd(&format!("account export {ANA}")).ok()).expect("one object");
    assert_eq!(&bare, person);
}

/// Returns the entries about Ana, without the keys that are added for replies.
fn entries(sandbox: &Sandbox) -> Vec<Value> {
    let mut entries = sandbox.audit(ANA);
    for entry in entries.iter_mut().filter_map(Value::as_object_mut) {
        entry.remove("result");
        entry.remove("op");
    }
    entries
}

#[test]
fn personal_data_export_is_audited() {
    let real = Sandbox::real();
    real.register();
    done(real.json(&format!("account export {ANA}")));
    let actions: Vec<String> = real.audit(ANA).iter().map(|entry| word(entry, "action").to_owned()).collect();
    assert_eq!(actions, ["register", "account_export"]);
    done(real.json(&format!("account erase {ANA} --reason x")));
    real.ssd("audit verify").ok();
    assert_eq!(real.audit(ANA), Vec::<Value>::new());
    std::fs::remove_file(real.key()).expect("a key");
    assert_eq!(real.ssd("--json audit verify").fails(4).json()["kind"], "key_missing");
}
