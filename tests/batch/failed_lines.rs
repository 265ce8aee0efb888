//! `--failed FILE`: the lines that are not done, in the form of the input. Corrected, the file runs with the same options.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::{Value, json};

use crate::support::*;

fn register(niss: &str, born: &str, channel: &str) -> Value {
    json!({"op": "register", "niss": niss, "account_type": "citizen", "birth_date": born, "channel": channel, "accept_terms": true})
}

const ROWS: &str = "id;niss;account_type;birth_date;channel;accept_terms";

#[test]
fn failed_rows_keep_the_form_of_the_csv_and_run_when_corrected() {
    let sandbox = Sandbox::new();
    let rows = format!(
        "\u{feff}{ROWS}\r\n\"a;\"\"1\";{ANA};citizen;1984-03-22;sms;true\r\n\r\n\"b;\"\"2\";{JOSE};citizen;\"1951-13-01\";email;true\r\n\
         c;{MARIA};citizen;1967-02-27;sms;true\r\n"
    );
    sandbox.file("in.csv", &rows);
    let run = sandbox.ssd("batch in.csv --op register --out replies --failed failed.csv").fails(5);
    assert!(run.err.contains("2 lines were not done; they are in failed.csv"), "{}", run.err);
    assert!(run.err.contains("ssd batch failed.csv --op register"), "{}", run.err);
    assert_eq!(
        sandbox.read("failed.csv"),
        format!(
            "\u{feff}{ROWS};_reason;_message\r\n\
             \"b;\"\"2\";{JOSE};citizen;\"1951-13-01\";email;true;no_such_date;\"line 4: `birth_date`: there is no such date\"\r\n\
             c;{MARIA};citizen;1967-02-27;sms;true;identity_mismatch;\"the data do not match the records of Social Security\"\r\n"
        )
    );
    let mode = fs::metadata(sandbox.folder().join("failed.csv")).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);

    // Partly corrected: the other line is failed again, with its new remarks in the same columns.
    let corrected = sandbox.read("failed.csv").replace("1951-13-01", "1951-12-01");
    sandbox.file("failed.csv", corrected);
    sandbox.ssd("batch failed.csv --op register --out replies --failed again.csv").fails(5);
    let again = sandbox.read("again.csv");
    assert_eq!(again.lines().count(), 2);
    assert!(again.starts_with(&format!("\u{feff}{ROWS};_reason;_message\r\nc;{MARIA};")), "{again}");
    assert_eq!(again.lines().nth(1).expect("a row").matches(';').count(), 7);
    sandbox.file("again.csv", again.replace("1967-02-27", "1967-02-28"));
    sandbox.ssd("batch again.csv --op register --failed last.csv").fails(0);
    assert_eq!(sandbox.read("last.csv"), format!("\u{feff}{ROWS};_reason;_message\r\n"), "the header alone");
    for niss in [ANA, JOSE, MARIA] {
        assert_eq!(sandbox.messages(niss).len(), 1, "{niss}");
    }
}

#[test]
fn result_is_printed_even_if_the_failed_lines_cannot_be_written() {
    let sandbox = Sandbox::new();
    sandbox.file("in", json_lines(&[register(ANA, "1984-03-22", "sms"), register(JOSE, "1951-12-02", "email")]));
    let run = sandbox.ssd("--json batch in --out replies --failed /dev/full").fails(6);
    let result = run.json();
    assert_eq!(
        (word(&result, "result"), &result["lines"], &result["refused"]),
        ("done", &json!(2), &json!(1)),
        "{run:?}"
    );
    assert!(run.err.contains("the failed lines could not be written"), "{run:?}");
    // A dry run has changed nothing: its error is the only object.
    let run = sandbox.ssd("--json batch in --dry-run --out dry --failed /dev/full").fails(3);
    assert_eq!(word(&run.json(), "kind"), "disk_full", "{run:?}");
}

#[test]
fn failed_rows_keep_the_line_that_names_the_delimiter() {
    let sandbox = Sandbox::new();
    let start = "\u{feff}sep=;\r\nid;niss;account_type;birth_date;channel;accept_terms";
    sandbox.file("in.csv", format!("{start}\r\n1;{ANA};citizen;31/02/1984;sms;true\r\n"));
    sandbox.ssd("batch in.csv --op register --failed failed.csv").fails(5);
    let failed = sandbox.read("failed.csv");
    assert!(failed.starts_with(&format!("{start};_reason;_message\r\n1;{ANA};")), "{failed}");
    sandbox.file("right.csv", failed.replace("31/02", "22/03"));
    sandbox.ssd("batch right.csv --op register").ok();
}

#[test]
fn failed_json_lines_keep_the_text_of_their_values() {
    let sandbox = Sandbox::new();
    let text = format!(
        "{{ \"op\":\"register\", \"id\":1e400 , \"niss\":{ANA},\"account_type\":\"citizen\",\"birth_date\":\"1984-03-23\",\
         \"channel\":\"sms\",\"accept_terms\":true,\"_reason\":\"old\",\"_note\":[1] }}\n{{\"op\":\"registry_count\"}}\n"
    );
    sandbox.file("in", &text);
    sandbox.ssd("batch in --failed failed").fails(5);
    let message = "the data do not match the records of Social Security";
    assert_eq!(
        sandbox.read("failed"),
        format!(
            "{{\"op\":\"register\",\"id\":1e400,\"niss\":{ANA},\"account_type\":\"citizen\",\"birth_date\":\"1984-03-23\",\
             \"channel\":\"sms\",\"accept_terms\":true,\"_note\":[1],\"_reason\":\"identity_mismatch\",\"_message\":\"{message}\"}}\n"
        )
    );
    sandbox.file("failed", sandbox.read("failed").replace("1984-03-23", "1984-03-22"));
    sandbox.ssd("batch failed --failed last").fails(0);
    assert_eq!(sandbox.read("last"), "", "an empty file replaces an older one");
}

#[test]
fn line_without_a_form_stays_with_its_reason_in_front() {
    let sandbox = Sandbox::new();
    let long = format!("{{\"op\":\"logout\",\"x\":\"{}\"}}", "x".repeat(1 << 20));
    sandbox.file("in", format!("nonsense\n{long}\n{{\"op\":\"register\",\"niss\":{ANA}\n"));
    sandbox.ssd("batch in --failed failed").fails(5);
    let failed = sandbox.read("failed");
    let rows: Vec<&str> = failed.lines().collect();
    assert_eq!(rows.len(), 5, "{failed}");
    assert!(rows[0].starts_with("{\"_reason\":\"not_json\",\"_message\":\"line 1: "), "{failed}");
    assert_eq!(rows[1], "nonsense");
    assert!(rows[2].starts_with("{\"_reason\":\"length\","), "{failed}");
    assert_eq!(rows[4], format!("{{\"op\":\"register\",\"niss\":{ANA}"));
    // The lines of remarks are no requests.
    let replies = lines(&sandbox.ssd("batch failed --failed again").fails(5).out);
    assert_eq!(replies.iter().map(|reply| &reply["line"]).collect::<Vec<_>>(), [2, 5]);
    assert_eq!(sandbox.read("again").lines().count(), 4);
}

#[test]
fn row_with_a_wrong_form_stays_malformed_until_it_is_corrected() {
    let sandbox = Sandbox::new();
    let rows = format!(
        "id,niss,reason\n1,{ANA}\n2,{ANA},x,y\n3,{ANA},\"x\n4,{ANA},\"x\" y\n5,{ANA},x{}\n6,{ANA},\"two\nlines\"\n",
        "x".repeat(1 << 20)
    );
    sandbox.file("in.csv", rows);
    let reasons =
        |run: Run| -> Vec<String> { lines(&run.out).iter().map(|reply| word(reply, "reason").to_owned()).collect() };
    let expected = ["fields", "fields", "quote", "quote", "length", "character"];
    assert_eq!(reasons(sandbox.ssd("batch in.csv --op account_suspend --failed failed.csv").fails(5)), expected);
    let failed = sandbox.read("failed.csv");
    assert!(failed.starts_with(&format!("id,niss,reason,_reason,_message\n1,{ANA},,fields,\"line 2: ")), "{failed}");
    assert!(failed.contains(&format!("\n6,{ANA},\"two\nlines\",character,\"")), "{failed}");
    // The short row has its missing field now; the row that was too long has only its remarks.
    let again = reasons(sandbox.ssd("batch failed.csv --op account_suspend --failed again.csv").fails(5));
    assert_eq!(again, ["missing", "fields", "quote", "quote", "character"]);
    let corrected = failed.replace(&format!("1,{ANA},,"), &format!("1,{ANA},x,"));
    sandbox.file("failed.csv", corrected);
    let again = reasons(sandbox.ssd("batch failed.csv --op account_suspend").fails(5));
    assert_eq!(again[0], "no_account");
}

#[test]
fn line_with_a_token_follows_the_line_that_gave_it() {
    let mut sandbox = Sandbox::new();
    sandbox.activate();
    sandbox.log_in(ANA, PASSWORD);
    let inside = |op: &str, more: Value| {
        let mut line = json!({"op": op, "niss": ANA, "session": "@login"});
        line.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        line
    };
    let input = [
        json!({"op": "login", "niss": ANA, "password": "wrong", "id": "first"}),
        json!({"op": "login", "niss": ANA, "password": PASSWORD, "id": "login"}),
        inside("contacts_show", json!({})),
        inside("phone_code_set", json!({"id": "code"})),
        // A malformed line and a refused one need the same login.
        inside("contacts_update", json!({"email": "nova@"})),
        inside("phone_code_set", json!({})),
        json!({"op": "phone_line", "niss": ANA, "code": "@phone_code", "id": "call"}),
        json!({"op": "phone_line_whoami", "niss": JOSE, "call": "@phone_line"}),
        json!({"op": "phone_line_payments", "niss": ANA, "call": "@phone_line", "x": 1}),
        json!({"op": "phone_code_verify", "niss": ANA, "code": "@wrong"}),
    ];
    sandbox.file("in", json_lines(&input));
    sandbox.ssd("batch in --out replies --failed failed").fails(5);
    let failed = lines(&sandbox.read("failed"));
    let order: Vec<(String, Option<&str>)> = failed
        .iter()
        .map(|line| {
            let id = line["id"].as_str().unwrap_or_else(|| word(line, "op"));
            (id.to_owned(), line["_reason"].as_str())
        })
        .collect();
    let expected = [
        ("first", Some("login_failed")),
        ("login", None),
        ("contacts_update", Some("address")),
        ("phone_code_set", Some("phone_code_exists")),
        // Another holder has no call.
        ("phone_line_whoami", Some("call_required")),
        // The call needs the code, which needs the login above.
        ("code", None),
        ("call", None),
        ("phone_line_payments", Some("unknown_field")),
        ("phone_code_verify", Some("phone_code_wrong")),
    ];
    let expected: Vec<(String, Option<&str>)> =
        expected.iter().map(|(id, reason)| ((*id).to_owned(), *reason)).collect();
    assert_eq!(order, expected);
    assert_eq!(failed[1]["_message"], "line 5 uses this line");
    assert_eq!(failed[1]["password"], PASSWORD);

    // Without a NISS, a token is that of the only holder.
    let only = [input[1].clone(), json!({"op": "contacts_update", "session": "@login", "email": "nova@"})];
    sandbox.file("in", json_lines(&only));
    sandbox.ssd("batch in --failed failed").fails(5);
    assert_eq!(lines(&sandbox.read("failed")).len(), 2);
    sandbox.file("failed", sandbox.read("failed").replace("nova@", "nova@correio.example"));
    sandbox.ssd("batch failed").fails(0);
}

#[test]
fn resumed_batch_writes_the_failed_lines_of_all_runs() {
    let undisturbed = Sandbox::new();
    let input = [
        register(ANA, "1984-03-23", "sms"),
        register(ANA, "1984-03-22", "sms"),
        json!({"op": "activate", "niss": ANA, "code": "@outbox", "password": PASSWORD}),
        json!({"op": "login", "niss": ANA, "password": PASSWORD}),
        json!({"op": "register", "niss": "12000000013"}),
        json!({"op": "contacts_update", "niss": ANA, "session": "@login", "email": "nova@"}),
        register(MARIA, "1967-02-27", "sms"),
    ];
    let text = json_lines(&input);
    undisturbed.file("in", &text);
    undisturbed.ssd("batch in --out replies --failed failed").fails(5);
    let expected = undisturbed.read("failed");
    assert_eq!(lines(&expected).len(), 5);
    let stopped = Sandbox::new();
    stopped.file("in", &text);
    let mut runs = 0;
    loop {
        let resume = if runs > 0 { " --resume" } else { "" };
        let run = stopped.ssd(&format!("batch in --out replies --failed failed --group 1 --stop-on-refusal{resume}"));
        runs += 1;
        let failed = stopped.read("failed");
        assert!(expected.starts_with(&failed), "run {runs}: {failed}{}", run.err);
        if lines(&stopped.read("replies")).len() == input.len() {
            break;
        }
    }
    assert_eq!(runs, 4);
    assert_eq!(stopped.read("failed"), expected);
    // Also if the batch is finished, and if an earlier run had no such option.
    fs::remove_file(stopped.folder().join("failed")).expect("a file");
    stopped.ssd("batch in --out replies --failed failed --resume").fails(5);
    assert_eq!(stopped.read("failed"), expected);
}

#[test]
fn failed_file_is_none_of_the_files_in_use() {
    let sandbox = Sandbox::new();
    sandbox.file("in", json_lines(&[register(ANA, "1984-03-23", "sms")]));
    for (line, message) in [
        ("batch in --failed in", "the failed lines would overwrite the input"),
        ("batch in --failed ./in", "the failed lines would overwrite the input"),
        ("batch in --out replies --failed replies", "the failed lines would overwrite the replies"),
        ("batch in --out replies --failed ./replies", "the failed lines would overwrite the replies"),
        ("batch in --failed -", "not a regular file"),
        ("batch in --failed none/failed", "none/failed"),
    ] {
        sandbox.ssd(line).fails(2).says(message);
    }
    for line in ["batch in --failed rec", "batch in --out rec"] {
        sandbox.under(&[("SSD_RECORD", "rec")], line).fails(2).says("rec is the recording of SSD_RECORD");
    }
    assert!(sandbox.messages(ANA).is_empty() && !sandbox.folder().join("replies").exists());
    // The replies of a batch that was not finished.
    sandbox.ssd("batch in --out replies --stop-on-refusal --group 1").fails(5);
    let replies = sandbox.read("replies");
    sandbox.ssd("batch in --failed replies").fails(2).says("--resume");
    assert_eq!(sandbox.read("replies"), replies);
    // An older file is replaced at the end.
    sandbox.file("failed", "old");
    sandbox.ssd("batch nothing --failed failed").fails(2);
    assert_eq!(sandbox.read("failed"), "old");
    sandbox.ssd("batch in --dry-run --failed failed").fails(5);
    assert_eq!(lines(&sandbox.read("failed")).len(), 1);
    assert_eq!(sandbox.ssd("batch in --failed /dev/stdout").fails(5).out.lines().count(), 2);
}

#[test]
fn failed_file_is_written_although_nobody_reads_the_replies() {
    let sandbox = Sandbox::new();
    sandbox.file("in", json_lines(&vec![register(ANA, "1984-03-23", "sms"); 3]));
    let (read, write) = std::io::pipe().expect("a pipe");
    drop(read);
    let mut command = sandbox.command("batch in --group 2 --failed failed");
    let status = command.stdout(write).status().expect("the binary runs");
    assert!(!status.success());
    // The lines of the first group are committed, and their replies are lost.
    assert_eq!(lines(&sandbox.read("failed")).len(), 2);
}

#[test]
fn alerts_have_a_file_of_failed_lines_too() {
    let sandbox = Sandbox::new();
    sandbox.open_account(ANA);
    sandbox.file("in.csv", format!("niss;kind;about;amount\n{ANA};benefit;Abono;1,00\n{JOSE};benefit;Abono;1,00\n"));
    sandbox.ssd("alerts send in.csv --failed failed.csv").fails(5).says("ssd alerts send failed.csv");
    assert_eq!(sandbox.read("failed.csv").lines().count(), 2);
    sandbox.open_account(JOSE);
    sandbox.ssd("alerts send failed.csv").fails(0);
}

#[test]
fn malformed_lines_are_counted_by_field_and_reason() {
    let sandbox = Sandbox::new();
    let text = "{\"op\":\"logout\",\"x\":1}\nnonsense\n{\"op\":\"login\",\"niss\":1}\n{\"op\":\"login\",\"niss\":2}\n{\"op\":\"login\"}\n";
    sandbox.file("in", text);
    let run = sandbox.ssd("batch in --out replies").fails(5);
    for row in [
        "login             malformed                     3",
        "login               niss: wrong length          2  line 3",
        "login               niss: missing               1  line 5",
        "logout              x: unknown field            1  line 1",
        "-                   not a JSON object           1  line 2",
    ] {
        assert!(run.err.contains(row), "{row:?} is not in {}", run.err);
    }
    let replies = lines(&sandbox.read("replies"));
    assert_eq!(replies[1]["hint"], "`ssd schema` lists the fields of every operation");
    assert!(word(&replies[2], "hint").starts_with("`ssd help batch-files`; the fields of login: id, niss, "));
    // A resumed batch counts the faults of the earlier run.
    let sum = sandbox.json("batch in --out replies --resume");
    assert_eq!(
        sum["faults"][0],
        json!({"op": "login", "field": "niss", "reason": "length", "count": 2, "line": 3}),
        "{sum}"
    );
    assert_eq!(sum["faults"].as_array().map(Vec::len), Some(4));
    let pt = sandbox.ssd("--lang pt batch in --out replies").fails(5);
    assert!(pt.err.contains("niss: comprimento errado"), "{}", pt.err);
}

#[test]
fn csv_without_operation_is_one_error() {
    let sandbox = Sandbox::new();
    sandbox.file("in.csv", format!("{ROWS}\n1;{ANA};citizen;1984-03-22;sms;true\n"));
    let error = sandbox.ssd("batch in.csv").fails(2);
    assert!(error.out.is_empty());
    error.says("`--op OP`, for example: ssd batch in.csv --op register");
    sandbox.feed("batch -", format!("niss,kind,about\n{ANA},benefit,x\n")).fails(2).says("--op alerts_send");
    sandbox.ssd("--lang pt batch in.csv --out replies").fails(2).says("--op OP");
    assert!(!sandbox.folder().join("replies").exists());
}

#[test]
fn why_explains_each_line_that_was_not_done() {
    let sandbox = Sandbox::new();
    let input = [
        json!({"op": "register", "id": "n", "niss": NOBODY, "account_type": "citizen", "birth_date": "1984-03-22", "channel": "sms", "accept_terms": true}),
        register(ANA, "1984-03-23", "sms"),
        register(JOSE, "1951-12-01", "email"),
        json!({"op": "register", "niss": "12000000013"}),
        register(JOSE, "1951-12-01", "email"),
        json!({"op": "login", "niss": MARIA, "password": PASSWORD}),
    ];
    sandbox.file("in", json_lines(&input));
    sandbox.ssd("batch in --out replies").fails(5);
    let explained = sandbox.ssd("why --batch replies").ok();
    let expected = format!(
        "1  n  register  {NOBODY}  identity_mismatch  the NISS is not in the registry (1 of 5)
2  register  {ANA}  identity_mismatch  different from the registry: date of birth (1 of 5)
4  register  check_digit  `niss`: wrong check digit; check for a typing mistake
5  register  {JOSE}  too_soon  "
    );
    assert!(explained.starts_with(&expected), "{explained}");
    assert!(explained.ends_with(&format!("\n6  login  {MARIA}  login_failed  no account (1 of 5)")), "{explained}");
    let rows = lines(&sandbox.ssd("--json why --batch replies").ok());
    assert_eq!(
        (&rows[0]["id"], &rows[0]["differed"], rows[0]["request"].is_i64()),
        (&json!("n"), &json!(["niss"]), true)
    );
    assert_eq!(rows[2]["request"], Value::Null);
    let sheet = sandbox.ssd("why --batch replies --format csv").ok();
    assert!(sheet.starts_with("line,id,action,niss,request,reason,field,differed,message\r\n1,n,register,"), "{sheet}");
    assert_eq!(sheet.lines().count(), 6);
    sandbox.ssd("--lang pt why --batch replies").ok().contains("o NISS não está na base de registos");

    sandbox.ssd("why --batch in").fails(2).says("line 1 of in is not the reply to a line of a batch");
    let other = Sandbox::new();
    other.file("replies", sandbox.read("replies"));
    other.ssd("why --batch replies").fails(2).says("is not the reply of this store");
    sandbox.file("done", json_lines(&[json!({"op": "registry_count"})]));
    sandbox.ssd("batch done --out replies").fails(0);
    sandbox.ssd("why --batch replies").fails(0).says("Every line was done.");
}

#[test]
fn why_takes_several_requests() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let request = sandbox.json(&format!("{REGISTER_ANA} --channel sms"))["request"].clone();
    let run = sandbox.ssd(&format!("--json why {request} 1"));
    let entries = lines(&run.out);
    assert_eq!((run.code, entries.len()), (0, 2));
    assert_eq!((&entries[0]["id"], &entries[1]["id"]), (&request, &json!(1)));
    let text = sandbox.ssd(&format!("why {request} 1")).ok();
    assert_eq!(text.matches("\n\nrequest: ").count(), 1, "{text}");
    let partly = sandbox.ssd(&format!("why {request} 999")).fails(5);
    assert!(partly.out.contains("rule: too_soon") && partly.err.contains("no_request"), "{partly:?}");
    sandbox.ssd("why 999").fails(1);
    sandbox.ssd("why").fails(2);
    sandbox.ssd("why 1 --batch x").fails(2);
}
