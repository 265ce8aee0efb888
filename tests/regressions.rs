//! What use and review have found: each test is named for the fault that it keeps away.

use std::process::{Command, Stdio};

use serde_json::json;

use crate::support::*;

/// The one whom only a letter reaches.
const ANTONIO: &str = "12000000046";
const LETTER: &str =
    "register 12000000046 --account-type citizen --birth-date 1939-10-05 --channel letter --accept-terms";

#[test]
fn a_letter_that_has_expired_is_not_dead_of_wrong_attempts() {
    let sandbox = Sandbox::new();
    sandbox.ssd(LETTER).ok();
    for _ in 0..6 {
        assert_eq!(reason(&sandbox.tried(ANTONIO, "BCDFGHJK")), "code_wrong");
    }
    assert_eq!(sandbox.json(&format!("account show {ANTONIO}"))["blocks"], json!([]), "and no block is shown");
    sandbox.advance("21d");
    assert_eq!(reason(&sandbox.tried(ANTONIO, &sandbox.code(ANTONIO))), "code_expired");
}

#[test]
fn a_reader_who_is_gone_does_not_turn_a_refusal_into_success() {
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
fn a_limit_of_the_file_size_is_an_error_and_not_the_end_of_the_process() {
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
fn what_a_killed_init_left_behind_stops_no_later_one() {
    let nothing = Sandbox::nothing();
    // The shell's own number is the one that the program gets, for it takes the shell's place.
    let mut shell = Command::new("sh");
    shell.current_dir(nothing.folder()).stdout(Stdio::null()).arg("-c");
    shell.arg(format!(": > store.db.new.$$.0; : > store.db.key.new.$$.0; exec '{SSD}' --store store.db init"));
    assert_eq!(shell.status().expect("a shell").code(), Some(0));
    nothing.ssd("store check").ok();
}

#[test]
fn a_damaged_schema_is_a_damaged_store_and_not_a_bug() {
    let sandbox = Sandbox::new();
    let mut bytes = sandbox.bytes();
    let at = bytes.windows(13).position(|bytes| bytes == b"blocked_until").expect("the schema");
    bytes[at] ^= 1;
    sandbox.file("store.db", bytes);
    let run = sandbox.ssd(&format!("--json {REGISTER_ANA} --channel sms")).fails(4);
    assert_eq!(word(&run.json(), "kind"), "store_damaged");
}

#[test]
fn the_way_back_that_a_hint_names_is_open() {
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
fn a_hint_to_wait_names_the_time_when_it_really_works() {
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
fn a_date_far_ahead_leaves_the_store_readable() {
    let sandbox = Sandbox::new();
    sandbox.at("2199-12-25T09:00:00Z");
    sandbox.ssd(LETTER).ok();
    assert_eq!(sandbox.state(ANTONIO), "requested");
    sandbox.ssd("clock set 9999-12-31T00:00:00Z").fails(2);
    sandbox.ssd("clock advance 9999999d").fails(2);
}

#[test]
fn a_locale_in_ssd_lang_is_a_language() {
    let sandbox = Sandbox::new();
    for language in ["pt", "pt_PT", "pt_PT.UTF-8", "PT"] {
        sandbox.under(&[("SSD_LANG", language)], "account show 12000000012").fails(1).says("não existe conta");
    }
}

#[test]
fn a_line_without_an_end_does_not_fill_the_memory() {
    let sandbox = Sandbox::new();
    for begin in ["niss,kind,name\n", "{\"niss\":1}\n", ""] {
        let mut input = begin.as_bytes().to_vec();
        input.resize(3 << 20, b'x');
        sandbox.feed("registry import -", input).fails(2).says("1 MiB");
    }
}

#[test]
fn rejects_of_yesterday_stay_where_the_input_is_no_registry() {
    let sandbox = Sandbox::new();
    sandbox.file("rejects.jsonl", "yesterday's\n");
    sandbox.feed("registry import - --rejects rejects.jsonl", "niss,kind,name,colour\n").fails(2);
    assert_eq!(sandbox.read("rejects.jsonl"), "yesterday's\n");
    sandbox.feed("registry import - --rejects rejects.jsonl", "niss,kind,name\n").ok();
    assert_eq!(sandbox.read("rejects.jsonl"), "", "an input without rejects leaves none");
}

#[test]
fn a_name_can_put_neither_a_code_nor_a_link_nor_a_turned_line_into_a_letter() {
    let sandbox = Sandbox::empty();
    for name in ["Ana \u{fffc} X", "Ana http://evil.example", "Ana www.evil.example", "Ana \u{202e}X", "Ana\u{7}"] {
        let row = json!({"niss": "12000000046", "kind": "citizen", "name": name, "birth_date": "1939-10-05"});
        let run = sandbox.feed("registry import - --rejects rejects.jsonl", row.to_string()).fails(5);
        assert!(run.err.is_empty());
        let reject = &lines(&sandbox.read("rejects.jsonl"))[0];
        assert_eq!((word(reject, "column"), word(reject, "reason")), ("name", "character"), "{name:?}");
    }
}

#[test]
fn a_code_to_a_contact_that_an_import_has_replaced_brings_it_not_back() {
    let sandbox = Sandbox::new().inside();
    sandbox.ssd("contacts confirm --channel email").ok();
    let code = sandbox.ssd("outbox code 12000000012 --purpose contact_email").ok();
    let registry = std::fs::read_to_string(data("personas.csv")).expect("the personas");
    sandbox.file("later.csv", registry.replace("ana.ferreira@correio.example", "ana.marques@correio.example"));
    sandbox.ssd("registry import later.csv").ok();
    assert_eq!(sandbox.refused(&format!("contacts confirm --channel email --code {code}")), "code_superseded");
    assert_eq!(sandbox.json("registry show 12000000012")["email"], "ana.marques@correio.example");
}

#[test]
fn an_option_that_a_wrapper_has_given_already_may_be_given_again() {
    let sandbox = Sandbox::new();
    sandbox.ssd("--json clock show --json -q -q").ok();
}

#[test]
fn a_copy_to_standard_output_is_no_file_of_that_name() {
    let sandbox = Sandbox::new();
    sandbox.ssd("store backup -").fails(2);
    assert!(!sandbox.folder().join("-").exists());
}

#[test]
fn a_list_of_one_holder_does_not_read_everybodys_rows() {
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
fn a_session_that_has_ended_is_gone_at_the_next_login() {
    let mut sandbox = Sandbox::new().inside();
    for _ in 0..3 {
        sandbox.advance("13h");
        sandbox.log_in(ANA, PASSWORD);
    }
    let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
    let sessions: i64 = connection.query_row("SELECT count(*) FROM session", [], |row| row.get(0)).expect("a count");
    assert_eq!(sessions, 1);
}
