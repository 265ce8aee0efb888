//! Regression tests for defects found in use and in reviews.

use std::process::{Command, Stdio};

use serde_json::json;

use crate::support::*;

/// A holder with a postal address only.
const ANTONIO: &str = "12000000046";
const LETTER: &str =
    "register 12000000046 --account-type citizen --birth-date 1939-10-05 --channel letter --accept-terms";

#[test]
fn expired_letter_code_is_not_reported_as_blocked() {
    let sandbox = Sandbox::new();
    sandbox.ssd(LETTER).ok();
    for _ in 0..6 {
        assert_eq!(reason(&sandbox.try_activate(ANTONIO, "BCDFGHJK")), "code_wrong");
    }
    assert_eq!(sandbox.json(&format!("account show {ANTONIO}"))["blocks"], json!([]), "and no block is shown");
    sandbox.advance("21d");
    assert_eq!(reason(&sandbox.try_activate(ANTONIO, &sandbox.code(ANTONIO))), "code_expired");
}

#[test]
fn closed_stdout_keeps_the_exit_code_of_a_refusal() {
    let sandbox = Sandbox::new();
    for (line, expected) in [("account show 12000000012", 1), ("clock show", 0)] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = sandbox.command(&format!("--json {line}"));
        let status = command.stdout(writer).status().expect("it runs");
        assert_eq!(status.code(), Some(expected), "{line}");
    }
}

#[test]
fn file_size_limit_is_reported_as_an_error() {
    let sandbox = Sandbox::new();
    let registry = data("registry.csv");
    let mut shell = Command::new("sh");
    shell.env_clear().env("SSD_STORE", sandbox.store()).stdin(Stdio::null()).arg("-c");
    shell.arg(format!("ulimit -f 100 && exec '{SSD}' --json registry import '{}'", registry.display()));
    let output = shell.output().expect("a shell");
    let reply: serde_json::Value = serde_json::from_slice(&output.stdout).expect("an object");
    assert_eq!((output.status.code(), word(&reply, "kind")), (Some(3), "store_unwritable"), "{reply}");
    assert_eq!(sandbox.json("registry count")["records"], 16, "nothing was loaded");
    sandbox.ssd("store check").ok();
}

#[test]
fn files_of_a_killed_init_do_not_prevent_the_next() {
    let nothing = Sandbox::nothing();
    // The program replaces the shell and so has the shell's process id.
    let mut shell = Command::new("sh");
    shell.current_dir(nothing.folder()).stdout(Stdio::null()).arg("-c");
    shell.arg(format!(": > store.db.new.$$.0; : > store.db.key.new.$$.0; exec '{SSD}' --store store.db init"));
    assert_eq!(shell.status().expect("a shell").code(), Some(0));
    nothing.ssd("store check").ok();
}

#[test]
fn damaged_schema_is_reported_as_store_damaged() {
    let sandbox = Sandbox::new();
    let mut bytes = sandbox.bytes();
    let at = bytes.windows(13).position(|bytes| bytes == b"blocked_until").expect("the schema");
    bytes[at] ^= 1;
    sandbox.file("store.db", bytes);
    let run = sandbox.ssd(&format!("--json {REGISTER_ANA} --channel sms")).fails(4);
    assert_eq!(word(&run.json(), "kind"), "store_damaged");
}

#[test]
fn hint_does_not_name_a_reset_that_would_be_refused() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let registry = std::fs::read_to_string(data("personas.csv")).expect("the personas");
    sandbox.file("later.csv", registry.replace("12000000012,citizen,active", "12000000012,citizen,deceased"));
    sandbox.ssd("registry import later.csv").ok();
    let refused = sandbox.json("account suspend 12000000012 --reason test");
    assert_eq!(reason(&refused), "closed");
    assert!(!word(&refused, "hint").contains("account reset"), "{refused}");
    assert_eq!(sandbox.refused("account reset 12000000012 --reason test"), "holder_inactive");
}

#[test]
fn wait_hint_has_the_time_at_which_the_request_works() {
    let sandbox = Sandbox::new();
    sandbox.policy("resend.wait", "20m");
    for _ in 0..5 {
        sandbox.register();
        sandbox.advance("20m");
    }
    sandbox.at("2026-01-05T10:41:00Z");
    sandbox.policy("resend.wait", "2h");
    let refused = sandbox.json(&format!("{REGISTER_ANA} --channel sms"));
    assert_eq!((reason(&refused).as_str(), word(&refused, "retry_at")), ("too_soon", "2026-01-05T12:20:00Z"));
    assert!(word(&refused, "hint").ends_with("until 6 January 2026 at 09:00"), "{refused}");
}

#[test]
fn far_future_clock_leaves_the_store_readable() {
    let sandbox = Sandbox::new();
    sandbox.at("2199-12-25T09:00:00Z");
    sandbox.ssd(LETTER).ok();
    assert_eq!(sandbox.state(ANTONIO), "requested");
    sandbox.ssd("clock set 9999-12-31T00:00:00Z").fails(2);
    sandbox.ssd("clock advance 9999999d").fails(2);
}

#[test]
fn ssd_lang_accepts_a_locale() {
    let sandbox = Sandbox::new();
    for language in ["pt", "pt_PT", "pt_PT.UTF-8", "PT"] {
        sandbox.under(&[("SSD_LANG", language)], "account show 12000000012").fails(1).says("não existe conta");
    }
}

#[test]
fn endless_line_is_refused_within_bounded_memory() {
    let sandbox = Sandbox::new();
    for begin in ["niss,kind,name\n", "{\"niss\":1}\n", ""] {
        let mut input = begin.as_bytes().to_vec();
        input.resize(3 << 20, b'x');
        sandbox.feed("registry import -", input).fails(2).says("1 MiB");
    }
}

#[test]
fn invalid_input_keeps_an_existing_rejects_file() {
    let sandbox = Sandbox::new();
    sandbox.file("rejects.jsonl", "yesterday's\n");
    sandbox.feed("registry import - --rejects rejects.jsonl", "niss,kind,name,colour\n").fails(2);
    assert_eq!(sandbox.read("rejects.jsonl"), "yesterday's\n");
    sandbox.feed("registry import - --rejects rejects.jsonl", "niss,kind,name\n").ok();
    assert_eq!(sandbox.read("rejects.jsonl"), "", "an input without rejects leaves none");
}

#[test]
fn names_cannot_put_links_or_controls_into_letters() {
    let sandbox = Sandbox::empty();
    for name in ["Ana \u{fffc} X", "Ana http://evil.example", "Ana www.evil.example", "Ana \u{202e}X", "Ana\u{7}"] {
        let row = json!({"niss": "12000000046", "kind": "citizen", "name": name, "birth_date": "1939-10-05"});
        let run = sandbox.feed("registry import - --rejects rejects.jsonl", row.to_string()).fails(5);
        assert!(!run.err.contains(['\u{fffc}', '\u{202e}', '\u{7}']), "{run:?}");
        let reject = &lines(&sandbox.read("rejects.jsonl"))[0];
        assert_eq!((word(reject, "column"), word(reject, "reason")), ("name", "character"), "{name:?}");
    }
}

#[test]
fn code_for_an_import_replaced_contact_does_not_restore_it() {
    let sandbox = Sandbox::new().logged_in();
    sandbox.ssd("contacts confirm --channel email").ok();
    let code = sandbox.ssd("outbox code 12000000012 --purpose contact_email").ok();
    let registry = std::fs::read_to_string(data("personas.csv")).expect("the personas");
    sandbox.file("later.csv", registry.replace("ana.ferreira@correio.example", "ana.marques@correio.example"));
    sandbox.ssd("registry import later.csv").ok();
    assert_eq!(sandbox.refused(&format!("contacts confirm --channel email --code {code}")), "code_superseded");
    assert_eq!(sandbox.json("registry show 12000000012")["email"], "ana.marques@correio.example");
}

#[test]
fn repeated_option_is_accepted() {
    let sandbox = Sandbox::new();
    sandbox.ssd("--json clock show --json -q -q").ok();
}

#[test]
fn backup_to_standard_output_creates_no_file() {
    let sandbox = Sandbox::new();
    sandbox.ssd("store backup -").fails(2);
    assert!(!sandbox.folder().join("-").exists());
}

#[test]
fn holder_filter_uses_an_index() {
    let sandbox = Sandbox::new();
    let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
    for (table, conditions) in
        [("message", "TRUE AND niss = ?1"), ("audit", "TRUE AND subject IS NOT NULL AND subject = ?1")]
    {
        let sql = format!("EXPLAIN QUERY PLAN SELECT * FROM {table} WHERE {conditions} ORDER BY id DESC LIMIT -1");
        let plan: String = connection.query_row(&sql, [12], |row| row.get(3)).expect("a plan");
        assert!(plan.starts_with("SEARCH"), "{plan}");
    }
}

#[test]
fn login_deletes_ended_sessions() {
    let mut sandbox = Sandbox::new().logged_in();
    for _ in 0..3 {
        sandbox.advance("13h");
        sandbox.log_in(ANA, PASSWORD);
    }
    let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
    let sessions: i64 = connection.query_row("SELECT count(*) FROM session", [], |row| row.get(0)).expect("a count");
    assert_eq!(sessions, 1);
}
