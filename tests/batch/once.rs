//! `--once NAME`: a line that is done is not done again, in any run, and nothing else is remembered.

use rusqlite::Connection;
use serde_json::{Value, json};

use crate::support::*;

fn register(id: &str, niss: &str, born: &str, channel: &str) -> Value {
    json!({"id": id, "op": "register", "niss": niss, "account_type": "citizen", "birth_date": born, "channel": channel, "accept_terms": true})
}

fn records(sandbox: &Sandbox) -> i64 {
    let connection = Connection::open(sandbox.store()).expect("the store");
    connection.query_row("SELECT count(*) FROM batch_line", [], |row| row.get(0)).expect("a count")
}

/// Returns the results and reasons of the replies.
fn results(run: &Run) -> Vec<String> {
    let result = |reply: &Value| match reply["repeated"] == true {
        true => "repeated".to_owned(),
        false => reply["reason"].as_str().unwrap_or_else(|| word(reply, "result")).to_owned(),
    };
    lines(&run.out).iter().map(result).collect()
}

#[test]
fn done_line_is_not_done_again_and_refused_lines_are() {
    let sandbox = Sandbox::new();
    let input = [
        register("a", ANA, "1984-03-22", "sms"),
        register("b", JOSE, "1951-12-02", "email"),
        json!({"id": 3, "op": "register", "niss": "12000000013"}),
    ];
    sandbox.file("in", json_lines(&input));
    let first = sandbox.ssd("batch in --once march --failed failed").fails(5);
    assert_eq!(results(&first), ["done", "identity_mismatch", "check_digit"]);
    assert_eq!(records(&sandbox), 1);
    sandbox.advance("1h");
    let request = lines(&first.out)[0]["request"].clone();
    let second = sandbox.ssd("batch in --once march").fails(5);
    assert_eq!(results(&second), ["repeated", "identity_mismatch", "check_digit"]);
    let repeated = json!({"line": 1, "id": "a", "result": "done", "op": "register", "niss": ANA, "request": request, "repeated": true});
    assert_eq!(lines(&second.out)[0], repeated);
    assert!(second.err.contains("register          repeated                      1"), "{}", second.err);
    assert!(second.err.contains("Lines: 3. Done: 1, refused: 1, malformed: 1."), "{}", second.err);
    // Corrected, the other lines run under the same name.
    sandbox.file("failed", sandbox.read("failed").replace("1951-12-02", "1951-12-01"));
    assert_eq!(results(&sandbox.ssd("batch failed --once march").fails(5))[0], "done");
    assert_eq!([ANA, JOSE].map(|niss| sandbox.messages(niss).len()), [1, 1]);
    // Under another name, or without one, it is another request.
    assert_eq!(results(&sandbox.ssd("batch in --once april").fails(5))[0], "done");
    assert_eq!(sandbox.messages(ANA).len(), 2);
    let sum = sandbox.json("batch in --once march --out replies");
    assert_eq!((&sum["done"], &sum["repeated"]), (&json!(1), &json!(1)));
    assert_eq!(sandbox.json("batch in --once march --out replies --resume"), sum);
}

#[test]
fn batch_without_a_name_records_nothing() {
    let sandbox = Sandbox::new();
    sandbox.file("in", json_lines(&[register("a", ANA, "1984-03-22", "sms")]));
    let sum = sandbox.json("batch in --out replies");
    assert_eq!((records(&sandbox), sum.get("repeated")), (0, None));
}

#[test]
fn every_line_needs_an_id_of_its_own() {
    let sandbox = Sandbox::new();
    let mut lines = vec![register("a", ANA, "1984-03-22", "sms"); 6];
    lines[0]["id"] = Value::Null;
    lines[1]["id"] = json!(" ");
    lines[2]["id"] = json!("x".repeat(201));
    // The same line twice in one file; then the same id for another line.
    lines[5] = register("a", JOSE, "1951-12-01", "email");
    sandbox.file("in", json_lines(&lines));
    let run = sandbox.ssd("batch in --once march").fails(5);
    assert_eq!(results(&run), ["missing", "missing", "length", "done", "repeated", "id_reused"]);
    let replies = crate::support::lines(&run.out);
    for at in [0, 1, 2, 5] {
        assert_eq!((&replies[at]["result"], &replies[at]["field"]), (&json!("error"), &json!("id")), "{at}");
    }
    assert_eq!(replies[5]["niss"], JOSE);
    assert!(run.err.contains("id: id of another line"), "{}", run.err);
    // A number is not the text of its digits.
    let mut lines = [register("7", JOSE, "1951-12-01", "email"), register("7", MARIA, "1967-02-28", "sms")];
    lines[0]["id"] = json!(7);
    sandbox.file("in", json_lines(&lines));
    assert_eq!(results(&sandbox.ssd("batch in --once march").fails(0)), ["done", "done"]);
    for name in ["''", "' '", &"x".repeat(101)] {
        sandbox.ssd(&format!("batch in --once {name}")).fails(2);
    }
}

#[test]
fn record_has_no_secret_and_does_not_compare_one() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let line = |password: &str, code: &str| {
        json_lines(&[json!({"id": "a", "op": "activate", "niss": ANA, "code": code, "password": password})])
    };
    sandbox.file("in", line(PASSWORD, "@outbox"));
    assert_eq!(results(&sandbox.ssd("batch in --once march").fails(0)), ["done"]);
    sandbox.file("in", line(OTHER_PASSWORD, "123456"));
    assert_eq!(results(&sandbox.ssd("batch in --once march").fails(0)), ["repeated"]);
    assert_eq!(sandbox.login(ANA, PASSWORD)["result"], "done");
    let connection = Connection::open(sandbox.store()).expect("the store");
    let sql = "SELECT name || id || niss || request || hex(mac) FROM batch_line";
    let row: String = connection.query_row(sql, [], |row| row.get(0)).expect("a row");
    assert!(!row.contains(PASSWORD), "{row}");
    // The way a value is written does not matter.
    let reason = |mobile: &str| {
        json_lines(&[json!({"id": "m", "op": "cmd_enrol", "niss": ANA, "mobile": mobile, "pin": "2718"})])
    };
    sandbox.file("in", reason("912000001"));
    assert_eq!(results(&sandbox.ssd("batch in --once march").fails(0)), ["done"]);
    sandbox.file("in", reason("+351 912 000 001"));
    assert_eq!(results(&sandbox.ssd("batch in --once march").fails(0)), ["repeated"]);
    sandbox.file("in", reason("912000002"));
    assert_eq!(results(&sandbox.ssd("batch in --once march").fails(5)), ["id_reused"]);
}

#[test]
fn line_that_opens_a_session_or_only_reads_runs_again() {
    let mut sandbox = Sandbox::new();
    sandbox.activate();
    let inside = |id: &str, op: &str| json!({"id": id, "op": op, "niss": ANA, "session": "@login"});
    let change = |reason: &str| {
        let mut line = inside("e", "phone_code_change");
        line["new_code"] = json!(reason);
        line
    };
    let mut input = vec![
        json!({"id": "a", "op": "login", "niss": ANA, "password": PASSWORD}),
        inside("b", "phone_code_set"),
        json!({"id": "c", "op": "account_show", "niss": ANA}),
        json!({"id": "d", "op": "phone_code_verify", "niss": ANA, "code": "@phone_code"}),
        change("736194"),
        json!({"id": "f", "op": "phone_line", "niss": ANA, "code": "@phone_code"}),
        json!({"id": "g", "op": "phone_line_whoami", "niss": ANA, "call": "@phone_line"}),
    ];
    sandbox.file("in", json_lines(&input));
    let first = sandbox.ssd("batch in --once march").fails(0);
    input.push(json!({"id": "h", "op": "phone_line_payments", "niss": ANA, "call": "@phone_line"}));
    input.push(inside("i", "contacts_show"));
    sandbox.file("in", json_lines(&input));
    let second = sandbox.ssd("batch in --once march").fails(0);
    assert_eq!(
        results(&second),
        ["done", "repeated", "done", "repeated", "repeated", "done", "repeated", "done", "done"],
        "{}",
        second.out
    );
    let [was, is] = [&first, &second].map(|run| lines(&run.out));
    assert_ne!(was[0]["session"], is[0]["session"]);
    assert_eq!(is[1].get("phone_code"), None);

    // The code of a login can't be used again, so neither is its session there again.
    sandbox.log_in(ANA, PASSWORD);
    sandbox.confirm(ANA, &["email"]);
    sandbox.policy("login.second_factor", "on");
    let login = json!({"id": "j", "op": "login", "niss": ANA, "password": PASSWORD});
    let mut with_code = login.clone();
    (with_code["id"], with_code["code"]) = (json!("k"), json!("@outbox"));
    sandbox.file("in", json_lines(&[login, with_code, inside("l", "contacts_show"), inside("m", "session_list")]));
    let before = sandbox.messages(ANA).len();
    assert_eq!(results(&sandbox.ssd("batch in --once march").fails(0)), ["done", "done", "done", "done"]);
    assert_eq!(sandbox.messages(ANA).len(), before + 1);
    let mut more = sandbox.read("in");
    more.push_str(&json_lines(&[inside("n", "profile_show")]));
    sandbox.file("in", more);
    let again = sandbox.ssd("batch in --once march").fails(5);
    assert_eq!(results(&again), ["repeated", "repeated", "repeated", "repeated", "login_required"]);
    assert_eq!(sandbox.messages(ANA).len(), before + 1, "no second code");
}

#[test]
fn dry_run_reads_records_and_writes_none() {
    let sandbox = Sandbox::new();
    let input = [register("a", ANA, "1984-03-22", "sms"), register("b", JOSE, "1951-12-01", "email")];
    sandbox.file("in", json_lines(&input[..1]));
    sandbox.ssd("batch in --once march").fails(0);
    sandbox.file("in", json_lines(&input));
    for _ in 0..2 {
        let run = sandbox.ssd("batch in --once march --dry-run").fails(0);
        assert_eq!(results(&run), ["repeated", "done"]);
        assert_eq!(lines(&run.out)[0]["messages"], json!([]));
    }
    assert_eq!(records(&sandbox), 1);
    // With real people, a line with a secret is refused unless it was done.
    let real = Sandbox::real();
    real.register();
    let code = real.code(ANA);
    real.file(
        "in",
        json_lines(&[json!({"id": "a", "op": "activate", "niss": ANA, "code": code, "password": PASSWORD})]),
    );
    assert_eq!(results(&real.ssd("batch in --once march --dry-run").fails(5)), ["sandbox_only"]);
    real.ssd("batch in --once march").fails(0);
    assert_eq!(results(&real.ssd("batch in --once march --dry-run").fails(0)), ["repeated"]);
}

#[test]
fn forget_and_erasure_delete_the_records() {
    let sandbox = Sandbox::new();
    let input = [register("a", ANA, "1984-03-22", "sms"), register("b", JOSE, "1951-12-01", "email")];
    sandbox.file("in", json_lines(&input));
    sandbox.ssd("batch in --once march").fails(0);
    sandbox.ssd("batch in --once other").fails(5);
    let person = sandbox.json(&format!("account export {ANA}"));
    let lines = person["person"]["batch_lines"].as_array().expect("a list").clone();
    assert_eq!((lines.len(), &lines[0]["name"], &lines[0]["id"]), (1, &json!("march"), &json!("a")));
    sandbox.ssd(&format!("account erase {ANA} --reason x")).ok();
    assert_eq!(records(&sandbox), 1);
    let forgotten = sandbox.json("batch forget march");
    assert_eq!((&forgotten["name"], &forgotten["lines"]), (&json!("march"), &json!(1)));
    assert_eq!(records(&sandbox), 0);
    let entry = sandbox.json(&format!("why {}", forgotten["request"]));
    assert_eq!(entry["action"], "batch_forget");
    assert_eq!((&entry["detail"]["forgotten"], &entry["detail"]["reason"]), (&json!(1), &json!("march")));
    assert_eq!(sandbox.ssd("batch forget nothing").ok(), "No line was done under the name nothing.");
    sandbox.advance("1h");
    assert_eq!(results(&sandbox.ssd("batch in --once march").fails(5)), ["identity_mismatch", "done"]);
    // Nothing about a person remains, not even that the line has erased the person.
    sandbox.file("in", json_lines(&[json!({"id": JOSE, "op": "account_erase", "niss": JOSE, "reason": "x"})]));
    sandbox.ssd("batch in --once march").fails(0);
    assert_eq!(records(&sandbox), 0);
    sandbox.ssd("store check").ok();
}

#[test]
fn record_that_another_program_changed_hides_no_line() {
    let sandbox = Sandbox::new();
    let input = [register("a", ANA, "1984-03-22", "sms"), register("b", JOSE, "1951-12-01", "email")];
    sandbox.file("in", json_lines(&input[..1]));
    sandbox.ssd("batch in --once march").fails(0);
    let connection = Connection::open(sandbox.store()).expect("the store");
    let copy = "INSERT INTO batch_line SELECT name, '\"b\"', 12000000020, request, mac FROM batch_line";
    assert_eq!(connection.execute(copy, []).expect(copy), 1);
    drop(connection);
    sandbox.file("in", json_lines(&input));
    assert_eq!(results(&sandbox.ssd("batch in --once march").fails(5)), ["repeated", "id_reused"]);
    sandbox.ssd("store check").fails(4).says("batch_line");
}
