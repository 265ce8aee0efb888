//! Batch files: each line is handled like the same command, in order, once, and a crash loses nothing.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use serde_json::{Value, json};
use ssd::store::locked_file::LockedFile;

use crate::support::{
    ANA, ANTONIO, JOSE, MARIA, OTHER_PASSWORD, PADARIA, PASSWORD, REGISTER_ANA, Sandbox, json_lines, lines, word,
};

fn register(niss: &str, born: &str, channel: &str) -> Value {
    json!({"op": "register", "niss": niss, "account_type": "citizen", "birth_date": born, "channel": channel, "accept_terms": true})
}

fn register_ana() -> Value {
    register(ANA, "1984-03-22", "sms")
}

fn activate(niss: &str, password: &str) -> Value {
    json!({"op": "activate", "niss": niss, "code": "@outbox", "password": password})
}

fn login(niss: &str, password: &str) -> Value {
    json!({"op": "login", "niss": niss, "password": password})
}

/// Returns lines with all operations of a session, and failures among them.
fn an_account() -> Vec<Value> {
    let inside = |op: &str| json!({"op": op, "niss": ANA, "session": "@login"});
    let with = |mut line: Value, key: &str, value: Value| {
        line[key] = value;
        line
    };
    vec![
        register_ana(),
        register_ana(),
        json!({"op": "activate", "niss": ANA, "code": "@wrong", "password": PASSWORD}),
        json!({"op": "activate", "niss": ANA, "code": "@outbox", "password": "short"}),
        activate(ANA, PASSWORD),
        activate(ANA, PASSWORD),
        login(ANA, OTHER_PASSWORD),
        login(ANA, PASSWORD),
        inside("contacts_show"),
        with(inside("contacts_update"), "email", json!("nova@correio.example")),
        with(with(inside("contacts_confirm"), "channel", json!("email")), "code", json!("@outbox")),
        inside("phone_code_set"),
        json!({"op": "phone_code_verify", "niss": ANA, "code": "@phone_code"}),
        json!({"op": "phone_code_verify", "niss": ANA, "code": "@wrong"}),
        with(inside("phone_code_change"), "new_code", json!("736194")),
        json!({"op": "phone_code_verify", "niss": ANA, "code": "@phone_code"}),
        json!({"op": "phone_line", "niss": ANA, "code": "@phone_code"}),
        json!({"op": "phone_line_whoami", "niss": ANA, "call": "@phone_line"}),
        with(with(inside("password_change"), "password", json!(PASSWORD)), "new_password", json!(OTHER_PASSWORD)),
        login(ANA, PASSWORD),
        login(ANA, OTHER_PASSWORD),
        json!({"op": "clock_advance", "advance": "8wd"}),
        inside("contacts_show"),
        json!({"op": "policy_set", "key": "password.profile", "value": "nist"}),
        register(MARIA, "1967-02-28", "sms"),
        register(JOSE, "1951-12-01", "email"),
        activate(JOSE, "Abc-12345"),
        json!({"op": "policy_set", "key": "password.profile", "value": "rcm41"}),
        activate(JOSE, PASSWORD),
        login(JOSE, PASSWORD),
        json!({"op": "account_suspend", "niss": JOSE, "reason": "a call"}),
        login(JOSE, PASSWORD),
        json!({"op": "account_show", "niss": JOSE}),
    ]
}

/// Returns the visible state of a store: accounts, messages, audit log.
fn visible_state(sandbox: &Sandbox) -> String {
    ["state-hash", "--json account list", "--json outbox list", "--json audit list", "audit verify"]
        .map(|line| sandbox.ssd(line).ok())
        .join("\n")
}

#[test]
fn line_reply_equals_the_reply_of_the_command() {
    let (batch, commands) = (Sandbox::new(), Sandbox::new());
    batch.file("in", json_lines(&[register_ana(), register_ana(), activate(ANA, PASSWORD), login(ANA, PASSWORD)]));
    let replies = lines(&batch.ssd("batch in").fails(5).out);
    let register = format!("{REGISTER_ANA} --channel sms");
    let mut expected = vec![commands.json(&register), commands.json(&register)];
    expected.push(commands.try_activate(ANA, &commands.code(ANA)));
    expected.push(commands.login(ANA, PASSWORD));
    for (number, (mut reply, expected)) in replies.into_iter().zip(expected).enumerate() {
        assert_eq!(reply["line"], number + 1);
        reply.as_object_mut().expect("an object").remove("line");
        assert_eq!(reply, expected);
    }
    assert_eq!(visible_state(&batch), visible_state(&commands));
}

#[test]
fn malformed_line_has_a_reply_and_stops_no_other() {
    let sandbox = Sandbox::new();
    let text = format!(
        "\u{FEFF}{}\r\n\nnonsense\n{{\"op\":\"register\",\"id\":\"x\",\"niss\":\"12000000013\"}}\n{}\n{}",
        json!({"id": 1, "op": "registry_count"}),
        json!({"op": "login", "niss": ANA}),
        json!({"id": "last", "op": "login", "niss": ANA, "password": PASSWORD}),
    );
    sandbox.file("in", text);
    let run = sandbox.ssd("batch in").fails(5);
    let replies = lines(&run.out);
    let summary: Vec<(Value, Value, Value)> =
        replies.iter().map(|reply| (reply["line"].clone(), reply["id"].clone(), reply["result"].clone())).collect();
    assert_eq!(
        summary,
        [
            (json!(1), json!(1), json!("done")),
            (json!(3), json!(null), json!("error")),
            (json!(4), json!("x"), json!("error")),
            (json!(5), json!(null), json!("error")),
            (json!(6), json!("last"), json!("refused")),
        ]
    );
    assert_eq!(replies[2]["field"], "niss");
    assert!(replies[2]["message"].as_str().expect("a message").starts_with("line 4: `niss`: wrong check digit"));
    assert_eq!(replies[3]["message"], "line 5: missing: password");
    for row in [
        "login             login_failed",
        "login             malformed",
        "Lines: 5. Done: 1, refused: 1, malformed: 3.",
    ] {
        assert!(run.err.contains(row), "{row:?} is not in {}", run.err);
    }
}

#[test]
fn jobs_and_group_size_do_not_change_the_output() {
    let one = Sandbox::new();
    one.file("in", json_lines(&an_account()));
    let expected = one.ssd("batch in --jobs 1 --group 1").fails(5).out;
    let verdicts: Vec<String> = lines(&expected)
        .iter()
        .map(|reply| reply["reason"].as_str().or(reply["result"].as_str()).unwrap_or_default().to_owned())
        .collect();
    assert_eq!(
        verdicts,
        [
            "done",
            "too_soon",
            "code_wrong",
            "password_weak",
            "done",
            "code_used",
            "login_failed",
            "done",
            "done",
            "done",
            "done",
            "done",
            "done",
            "phone_code_wrong",
            "done",
            "done",
            "done",
            "done",
            "done",
            "login_failed",
            "done",
            "done",
            "login_required",
            "done",
            "done",
            "done",
            "password_weak",
            "done",
            "done",
            "done",
            "done",
            "login_failed",
            "done"
        ],
        "{expected}"
    );
    for options in ["--jobs 1", "--jobs 8 --group 3", "--jobs 3 --group 1000", "--jobs 2 --group 7 --out out"] {
        let other = Sandbox::new();
        other.file("in", json_lines(&an_account()));
        let run = other.ssd(&format!("batch in {options}")).fails(5);
        let replies = if options.contains("--out") { other.read("out") } else { run.out };
        assert_eq!(replies, expected, "{options}");
        assert_eq!(visible_state(&other), visible_state(&one), "{options}");
    }
}

#[test]
fn dry_run_shows_replies_and_messages_and_changes_nothing() {
    let sandbox = Sandbox::new();
    let (before, was) = (sandbox.bytes(), visible_state(&sandbox));
    sandbox.file(
        "in",
        json_lines(&[vec![register_ana()], vec![activate(ANA, PASSWORD)], vec![login(ANA, "x"); 6]].concat()),
    );
    let run = sandbox.ssd("batch in --dry-run").fails(5);
    let replies = lines(&run.out);
    assert_eq!(replies[0]["messages"][0]["channel"], "sms");
    assert_eq!(replies[1]["messages"].as_array().map(Vec::len), Some(2));
    assert_eq!(replies[2]["messages"], json!([]));
    assert_eq!(replies[6]["messages"][0]["purpose"], "login_locked");
    assert_eq!(replies[7]["reason"], "login_locked");
    assert!(run.err.contains("Nothing has changed"), "{}", run.err);
    assert!(before == sandbox.bytes() && was == visible_state(&sandbox), "the dry run changed the store");
    // Nobody is locked out, and the same requests can be run for real.
    sandbox.file("in", json_lines(&[register_ana(), activate(ANA, PASSWORD), login(ANA, PASSWORD)]));
    sandbox.ssd("batch in").fails(0);
}

#[test]
fn stop_on_refusal_ends_at_the_first_refused_line() {
    let sandbox = Sandbox::new();
    sandbox.file("in", json_lines(&[register_ana(), register_ana(), register(JOSE, "1951-12-01", "email")]));
    sandbox.ssd("batch in --out out --stop-on-refusal --group 1").fails(5);
    assert_eq!(lines(&sandbox.read("out")).len(), 2);
    assert!(sandbox.messages(JOSE).is_empty());
    // A resumed run continues after that line.
    sandbox.ssd("batch in --out out --stop-on-refusal --resume").fails(5);
    assert_eq!(lines(&sandbox.read("out")).len(), 3);
}

#[test]
fn impossible_resume_is_explained_and_changes_nothing() {
    let sandbox = Sandbox::new();
    let input = json_lines(&[register_ana(), register_ana(), register(JOSE, "1951-12-01", "email")]);
    sandbox.file("in", &input);
    sandbox.ssd("batch in --resume").fails(2).says("--out");
    sandbox.ssd("batch in --resume --out -").fails(2).says("--out");
    sandbox.ssd("batch in --resume --out /dev/null").fails(2).says("regular file");
    sandbox.ssd("batch in --resume --dry-run --out out").fails(2).says("dry run");
    sandbox.ssd("batch in --out in").fails(2).says("overwrite");
    sandbox.file("strange", "somebody's\n");
    sandbox.ssd("batch in --out strange --resume").fails(2).says("no batch of this store");
    sandbox.ssd("batch in --out out --stop-on-refusal --group 1").fails(5);
    let replies = sandbox.read("out");
    let was = visible_state(&sandbox);
    sandbox.ssd("batch in --out out").fails(2).says("--resume");
    sandbox.file("in", input.replacen("1984-03-22", "1984-03-23", 1));
    sandbox.ssd("batch in --out out --resume").fails(2).says("input");
    sandbox.file("in", &input[..40]);
    sandbox.ssd("batch in --out out --resume").fails(2).says("input");
    sandbox.file("in", &input);
    // The journal has the replies of the last transaction, but not of earlier ones.
    sandbox.file("two", json_lines(&[json!({"op": "registry_count"}), json!({"op": "logout"})]));
    sandbox.ssd("batch two --out short --group 1 --stop-on-refusal").fails(5);
    sandbox.file("short", "");
    sandbox.ssd("batch two --out short --resume").fails(2).says("shorter");
    assert_eq!(sandbox.read("strange"), "somebody's\n");
    sandbox.file("out", &replies[..replies.len() - 7]);
    sandbox.ssd("batch in --out out --resume").fails(5);
    assert!(sandbox.read("out").starts_with(&replies));
    assert_ne!(visible_state(&sandbox), was);
    // After its end there is nothing to resume, and a new batch may replace the file.
    let replies = sandbox.read("out");
    sandbox.ssd("batch in --out out --resume").fails(5);
    assert_eq!(sandbox.read("out"), replies);
    sandbox.ssd("batch in --out out").fails(5);
    assert_ne!(sandbox.read("out"), replies);
}

#[test]
fn ctrl_c_commits_the_group_and_shows_how_to_resume() {
    let sandbox = Sandbox::new();
    let mut child = sandbox
        .command("batch - --group 1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(json_lines(&[register_ana()]).as_bytes()).expect("a line");
    input.flush().expect("a line");
    let mut replies = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut reply = String::new();
    replies.read_line(&mut reply).expect("a reply");
    assert!(reply.contains("\"requested\""), "{reply}");
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).expect("a signal");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(130));
    assert!(String::from_utf8_lossy(&output.stderr).contains("The batch was cut short"));
    drop(input);
    assert_eq!(sandbox.messages(ANA).len(), 1);
}

#[test]
fn cells_are_read_as_people_write_them() {
    let sandbox = Sandbox::new();
    let spaced = format!("{} {} {} {}", &ANA[..3], &ANA[3..6], &ANA[6..9], &ANA[9..]);
    sandbox.file(
        "in.csv",
        format!("niss;account_type;birth_date;channel;accept_terms\n{spaced};Cidadã;22/03/1984;por SMS;Sim\n{JOSE};CIDADÃO;1-12-1951;E-mail;s\n"),
    );
    sandbox.ssd("batch in.csv --op register").ok();
    // JSON has one form of each value.
    for (field, value) in
        [("account_type", "Cidadã"), ("birth_date", "22/03/1984"), ("channel", "SMS"), ("niss", &spaced)]
    {
        let mut line = register_ana();
        line[field] = value.into();
        sandbox.file("in.jsonl", json_lines(&[line]));
        let reply = &lines(&sandbox.ssd("batch in.jsonl").fails(5).out)[0];
        assert_eq!((&reply["result"], &reply["field"]), (&"error".into(), &field.into()), "{field}");
    }
}

#[test]
fn csv_has_one_operation() {
    let sandbox = Sandbox::new();
    let rows = format!(
        "id;niss;account_type;birth_date;channel;accept_terms;email\n1;{ANA};citizen;1984-03-22;sms;true;\n\n2;{JOSE};citizen;1951-13-01;email;true;\n3;{MARIA};citizen;1967-02-28\n4;{PADARIA};company;;sms;perhaps;\n"
    );
    sandbox.file("in.csv", rows);
    let replies = lines(&sandbox.ssd("batch in.csv --op register").fails(5).out);
    let summary: Vec<String> =
        replies.iter().map(|reply| format!("{} {} {}", reply["line"], reply["id"], reply["field"])).collect();
    assert_eq!(summary, ["2 \"1\" null", "4 \"2\" \"birth_date\"", "5 null null", "6 \"4\" \"accept_terms\""]);
    assert_eq!(replies[0]["result"], "done");
    sandbox.file("odd.csv", "niss,pasword\n");
    sandbox.ssd("batch odd.csv --op login --out out").fails(2).says("`pasword`").says("password");
    assert!(!sandbox.folder().join("out").exists());
    sandbox.file("none.csv", "");
    sandbox.ssd("batch none.csv --op login").fails(2).says("no header");
    sandbox.ssd("batch odd.csv --op init").fails(2).says("--op");
}

#[test]
fn session_tokens_are_not_in_the_store_file() {
    let sandbox = Sandbox::new();
    sandbox.file("in", json_lines(&[register_ana(), activate(ANA, PASSWORD), login(ANA, PASSWORD), login(ANA, "x")]));
    sandbox.ssd("batch in --out out --stop-on-refusal --group 1").fails(5);
    let token = lines(&sandbox.read("out"))[2]["session"].as_str().expect("a token").to_owned();
    let bytes = sandbox.bytes();
    let holds = |text: &str| memchr::memmem::find(&bytes, text.as_bytes()).is_some();
    assert!(holds("SQLite format 3") && !holds(&token) && !holds(&token[16..]), "the journal shows a token");
}

#[test]
fn code_placeholders_need_a_sandbox() {
    let store = Sandbox::real();
    store.file("in", json_lines(&[register_ana(), activate(ANA, PASSWORD)]));
    let replies = lines(&store.ssd("batch in").fails(5).out);
    assert_eq!((&replies[0]["result"], &replies[1]["reason"]), (&json!("done"), &json!("sandbox_only")));
}

#[test]
fn session_placeholder_is_limited_to_its_holder() {
    let sandbox = Sandbox::new();
    let mut input = vec![register_ana(), activate(ANA, PASSWORD), login(ANA, PASSWORD)];
    input.push(json!({"op": "contacts_show", "session": "@login"}));
    input.extend([register(JOSE, "1951-12-01", "email"), activate(JOSE, PASSWORD)]);
    input.push(json!({"op": "contacts_show", "niss": JOSE, "session": "@login"}));
    input.push(login(JOSE, PASSWORD));
    input.push(json!({"op": "contacts_show", "session": "@login"}));
    input.push(json!({"op": "contacts_show", "niss": JOSE, "session": "@login"}));
    sandbox.file("in", json_lines(&input));
    let replies = lines(&sandbox.ssd("batch in").fails(5).out);
    assert_eq!(replies[3]["niss"], ANA);
    assert_eq!(replies[6]["reason"], "login_required");
    // Two holders are logged in, and the line does not name one.
    assert_eq!(replies[8]["reason"], "login_required");
    assert_eq!((&replies[9]["result"], &replies[9]["niss"]), (&json!("done"), &json!(JOSE)));
    // A token of one holder on a line that names another.
    let token = replies[7]["session"].as_str().expect("a token");
    sandbox.file("in", json_lines(&[json!({"op": "contacts_show", "niss": ANA, "session": token})]));
    assert_eq!(lines(&sandbox.ssd("batch in").fails(5).out)[0]["reason"], "login_required");
}

#[test]
fn password_change_needs_no_niss() {
    // The holder is known only when the line is handled, so the password is hashed then, once.
    let sandbox = Sandbox::new();
    let change = |session: &str| json!({"op": "password_change", "session": session, "password": PASSWORD, "new_password": OTHER_PASSWORD});
    let nobodys = change("@login");
    sandbox.file(
        "in",
        json_lines(&[nobodys.clone(), register_ana(), activate(ANA, PASSWORD), login(ANA, PASSWORD), nobodys]),
    );
    let replies = lines(&sandbox.ssd("batch in").fails(5).out);
    assert_eq!((&replies[0]["reason"], &replies[4]["result"]), (&json!("login_required"), &json!("done")));
    assert_eq!(replies[4]["niss"], ANA);
    sandbox.file("in", json_lines(&[change("00112233445566778899aabbccddeeff0011223344556677")]));
    assert_eq!(lines(&sandbox.ssd("batch in").fails(5).out)[0]["reason"], "login_required");
}

#[test]
fn second_batch_on_one_reply_file_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.file("in", json_lines(&[register(ANTONIO, "1939-10-05", "letter")]));
    sandbox.file("out", "");
    // A running batch locks its file.
    let held = LockedFile::wait(std::fs::File::open(sandbox.folder().join("out")).expect("a file")).expect("a lock");
    sandbox.ssd("batch in --out out").fails(2).says("another batch");
    drop(held);
    sandbox.ssd("batch in --out out").fails(0);
}

#[test]
fn reports_cannot_overwrite_store_or_key() {
    let real = Sandbox::real();
    real.file("one", "{\"op\":\"registry_count\"}\n");
    real.file("people.csv", "niss,kind,name\n");
    std::fs::hard_link(real.store(), real.folder().join("link")).expect("a link");
    let (store, key) = (real.bytes(), std::fs::read(real.key()).expect("a key"));
    for line in [
        "batch one --out store.db",
        "batch one --out store.db.key",
        "batch one --out ./store.db-wal --dry-run",
        "batch one --out link",
        "registry import people.csv --rejects store.db",
        "registry import people.csv --dry-run --rejects store.db.key",
        "scenario run one --junit store.db.key",
        "conform --junit store.db",
    ] {
        real.ssd(line).fails(2).says("belongs to the store");
        assert_eq!((real.bytes(), std::fs::read(real.key()).expect("a key")), (store.clone(), key.clone()), "{line}");
    }
}

#[test]
fn refused_resume_and_dry_run_keep_the_reply_file() {
    let sandbox = Sandbox::new();
    let refused = r#"{"op":"account_show","niss":"12345678902"}"#;
    sandbox.file("in", format!("{{\"op\":\"registry_count\"}}\n{refused}\n{{\"op\":\"registry_count\"}}\n"));
    sandbox.ssd("batch in --out out --stop-on-refusal --group 1").fails(5);
    sandbox.ssd("batch in --out out --dry-run").fails(2).says("not finished");
    let replies = sandbox.read("out");
    sandbox.file("out", format!("x{replies}more"));
    sandbox.ssd("batch in --out out --resume").fails(2).says("was not written by this batch");
    assert_eq!(sandbox.read("out"), format!("x{replies}more"));
    sandbox.file("out", &replies);
    sandbox.ssd("batch in --out out --resume").fails(5);
    assert_eq!(sandbox.read("out").lines().count(), 3);
}

#[test]
fn csv_resumes_with_its_operation_only() {
    let sandbox = Sandbox::new();
    sandbox.file("rows.csv", format!("niss,reason\n{ANA},x\n{ANTONIO},x\n"));
    // Nobody has an account, so the batch stops at the first row.
    sandbox.ssd("batch rows.csv --op account_suspend --out out --stop-on-refusal --group 1").fails(5);
    sandbox.ssd("batch rows.csv --out out --resume").fails(2).says("the operation of its rows is missing");
    sandbox.ssd("batch rows.csv --op account_close --out out --resume").fails(2).says("the input is not the one");
    sandbox.ssd("batch rows.csv --op account_suspend --out out --resume").fails(5);
}

#[test]
fn hash_of_an_input_is_keyed_and_deleted_at_its_end() {
    use sha2::{Digest, Sha256};
    let sandbox = Sandbox::new();
    let hash = || -> Option<[u8; 32]> {
        let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
        let sql = "SELECT input_hash FROM batch";
        connection.query_row(sql, [], |row| row.get(0)).expect(sql)
    };
    let plain = |text: &str| -> [u8; 32] { Sha256::digest(text).into() };
    let line = format!("{{\"op\":\"account_suspend\",\"niss\":\"{ANA}\",\"reason\":\"x\"}}\n");
    sandbox.file("in", line.repeat(2));
    sandbox.ssd("batch in --out out --stop-on-refusal --group 1").fails(5);
    assert_ne!(hash().expect("an unfinished batch"), plain(&line));
    sandbox.ssd("batch in --out out --resume").fails(5);
    assert_eq!(hash(), None);
}

#[test]
fn finished_batch_accepts_added_lines_and_no_other_input() {
    let line = |niss: &str, id: u32| {
        format!("{{\"op\":\"account_suspend\",\"niss\":\"{niss}\",\"reason\":\"x\",\"id\":{id}}}\n")
    };
    let sandbox = Sandbox::new();
    let first = line(ANA, 1) + &line(JOSE, 2);
    sandbox.file("in", &first);
    sandbox.ssd("batch in --out out").fails(5);
    for other in
        [line(ANA, 1) + &line(JOSE, 3), line(ANA, 1), first.replace("suspend", "unlocks"), "\n".repeat(first.len())]
    {
        sandbox.file("other", other);
        sandbox.ssd("batch other --out out --resume").fails(2).says("the input is not the one");
    }
    // Empty lines belong to the input.
    sandbox.file("in", first.clone() + "\n" + &line(ANTONIO, 3));
    assert_eq!(sandbox.json("batch in --out out --resume")["lines"], 3);
    sandbox.file("rows.csv", "id;niss;reason\n1;12000000012;x\n");
    sandbox.ssd("batch rows.csv --op account_suspend --out rows").fails(5);
    sandbox.ssd("batch rows.csv --op account_close --out rows --resume").fails(2).says("the input is not the one");
    sandbox.file("rows.csv", "id;niss;reason\n2;12000000012;x\n");
    sandbox.ssd("batch rows.csv --op account_suspend --out rows --resume").fails(2).says("the input is not the one");
    sandbox.file("rows.csv", "id;niss;reason\n1;12000000012;x\n2;12000000038;x\n");
    assert_eq!(sandbox.json("batch rows.csv --op account_suspend --out rows --resume")["lines"], 2);
}

#[test]
fn dry_run_in_a_real_store_judges_no_secret_and_has_one_audit_entry() {
    let real = Sandbox::real();
    real.register();
    let before = (real.ssd("state-hash").ok(), lines(&real.ssd("--json audit list").ok()).len());
    let n = format!("\"niss\":\"{ANA}\"");
    let secret = [
        format!("{{\"op\":\"outbox_code\",{n}}}"),
        "{\"op\":\"outbox_show\",\"message\":1}".to_owned(),
        format!("{{\"op\":\"phone_code_verify\",{n},\"code\":\"730264\"}}"),
        format!("{{\"op\":\"phone_line\",{n},\"code\":\"730264\"}}"),
        format!("{{\"op\":\"phone_line_whoami\",{n},\"call\":\"@phone_line\"}}"),
        format!("{{\"op\":\"login\",{n},\"password\":\"{PASSWORD}\"}}"),
        format!("{{\"op\":\"login\",{n},\"method\":\"cmd\",\"pin\":\"1234\"}}"),
        format!("{{\"op\":\"activate\",{n},\"code\":\"123456\",\"password\":\"{PASSWORD}\"}}"),
        format!("{{\"op\":\"activate\",{n},\"code\":\"@outbox\",\"password\":\"{PASSWORD}\"}}"),
        format!("{{\"op\":\"recover_confirm\",{n},\"code\":\"123456\",\"until\":\"code\"}}"),
        format!("{{\"op\":\"contacts_show\",\"session\":\"{}\"}}", "A".repeat(48)),
        format!("{{\"op\":\"logout\",{n},\"session\":\"@login\"}}"),
    ];
    let public = [
        format!("{{\"op\":\"account_show\",{n}}}"),
        format!("{{\"op\":\"account_unlock\",{n},\"reason\":\"x\"}}"),
        "{\"op\":\"login".to_owned(),
    ];
    real.file("in", [secret.join("\n"), public.join("\n")].join("\n"));
    let replies = lines(&real.ssd("batch in --dry-run").fails(5).out);
    for (reply, line) in replies.iter().zip(&secret) {
        assert_eq!(reply["reason"], "sandbox_only", "{line}");
        assert!(word(reply, "hint").contains("init --sandbox") && word(reply, "hint").contains("registry import"));
    }
    let [.., show, unlock, malformed] = &replies[..] else { panic!("{replies:?}") };
    assert_eq!([show, unlock].map(|reply| &reply["result"]), ["done", "done"], "{replies:?}");
    assert_eq!(malformed["result"], "error");
    let entries = lines(&real.ssd("--json audit list").ok());
    assert_eq!((real.ssd("state-hash").ok(), entries.len()), (before.0, before.1 + 1));
    let entry = entries.last().expect("an entry");
    assert_eq!((word(entry, "action"), &entry["niss"]), ("batch", &json!(null)));
    let dry_run = &entry["detail"]["dry_run"];
    assert_eq!((&dry_run["lines"], &dry_run["operations"]["login"]), (&json!(15), &json!(2)));
    assert_eq!(dry_run["operations"].as_object().expect("counts").len(), 12, "{dry_run}");
    // The replies appear only with the entry. In a sandbox, nothing is secret.
    real.ssd("batch in --dry-run --out replies").fails(5);
    assert_eq!(lines(&real.ssd("--json audit list").ok()).len(), before.1 + 2);
    assert_eq!(lines(&real.read("replies")).len(), 15);
    let sandbox = Sandbox::new();
    sandbox.register();
    sandbox.file("in", &secret[0]);
    assert_eq!(lines(&sandbox.ssd("batch in --dry-run").ok())[0]["result"], "done");
}

#[test]
fn batch_empties_the_log_of_the_store() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let done = format!("{{\"op\":\"account_unlock\",\"niss\":\"{ANA}\",\"reason\":\"x\"}}\n");
    let refused = format!("{{\"op\":\"account_resume\",\"niss\":\"{ANA}\",\"reason\":\"x\"}}\n");
    let login = format!("{{\"op\":\"login\",\"niss\":\"{ANA}\",\"password\":\"{PASSWORD}\"}}\n");
    // To the end, and stopped with passwords in the queue.
    sandbox.file("complete", [&done, &login].map(|line| line.repeat(4)).concat());
    sandbox.file("stopped", done + &refused + &login.repeat(100));
    for (line, code) in [("batch complete", 0), ("batch stopped --stop-on-refusal --group 1", 5)] {
        for _ in 0..5 {
            sandbox.process(line).fails(code);
            assert!(!sandbox.folder().join("store.db-wal").exists(), "{line}: a copy of the store would be incomplete");
        }
    }
}

#[test]
fn batch_resumes_after_a_line_end_was_added() {
    let one = json!({"op": "account_show", "niss": ANA}).to_string();
    let two = json!({"op": "account_show", "niss": MARIA}).to_string();
    for (rows, options) in [
        (format!("{one}\n{two}"), ""),
        // The last line ends the batch before its end.
        (format!("{one}\n{two}"), "--group 1 --stop-on-refusal "),
        (format!("niss\n{ANA}\n{MARIA}"), "--op account_show "),
        (format!("niss\r\n{ANA}\r\n{MARIA}"), "--op account_show "),
    ] {
        for line_end in ["\n", "\r\n"] {
            let sandbox = Sandbox::new();
            sandbox.open_account(ANA);
            let batch = |more: &str, exit| {
                let run = sandbox.ssd(&format!("batch in --out out {options}{more}"));
                assert_eq!(run.code, exit, "{rows:?}{line_end:?} {options}: {}", run.err);
            };
            sandbox.file("in", &rows);
            batch("", 5);
            let replies = sandbox.read("out");
            batch("--resume", 5);
            sandbox.file("in", format!("{rows}{line_end}"));
            batch("--resume", 5);
            assert_eq!(sandbox.read("out"), replies, "{rows:?}");
            let third = if options.contains("--op") { ANA } else { &one };
            sandbox.file("in", format!("{rows}{line_end}{third}{line_end}"));
            batch("--resume", 5);
            let all = sandbox.read("out");
            assert!(all.starts_with(&replies) && lines(&all).len() == 3, "{all}");
            sandbox.file("in", format!("{rows} {line_end}"));
            batch("--resume", 2);
        }
    }
}

#[test]
fn id_is_repeated_with_its_text() {
    let ids = [
        "18446744073709551616",
        "18446744073709551617",
        "1.0",
        "1e2",
        "-0",
        "0.1234567890123456789",
        "1e400",
        "\"\"",
        "9007199254740993",
        "\"1\"",
        "1",
    ];
    let sandbox = Sandbox::new();
    sandbox.open_account(ANA);
    let text: String =
        ids.iter().map(|id| format!("{{\"id\":{id},\"op\":\"account_show\",\"niss\":\"{ANA}\"}}\n")).collect();
    sandbox.file("in", &text);
    sandbox.ssd("batch in --out out").ok();
    let replies = sandbox.read("out");
    for (number, (reply, id)) in replies.lines().zip(ids).enumerate() {
        assert!(reply.starts_with(&format!("{{\"line\":{},\"id\":{id},", number + 1)), "{reply}");
    }
    // The replies are read back. Ids that differ only in their text are different lines.
    sandbox.file("in", text.clone() + &text.replacen("18446744073709551616", "7", 1));
    sandbox.ssd("batch in --out out --resume").ok();
    assert_eq!(lines(&sandbox.read("out").replace("1e400", "0")).len(), 2 * ids.len());
    sandbox.file("in", text.replacen("1e2", "100", 1));
    sandbox.ssd("batch in --out out --resume").fails(2).says("the input is not the one");
    // A malformed line and a refusal repeat it too.
    let lines = "{\"id\":1e400,\"op\":\"logout\",\"x\":1}\n{\"id\":1e400,\"op\":\"account_resume\"}\n{\"id\":1e400}\n";
    let replies = sandbox.feed("batch -", lines).fails(5).out;
    assert_eq!(replies.matches("\"id\":1e400,").count(), 3, "{replies}");
}

#[test]
fn many_keys_are_read_in_linear_time() {
    let sandbox = Sandbox::new();
    let keys: Vec<String> = (0..90_000).map(|key| format!("\"k{key}\":0")).collect();
    let line = format!("{{{},\"op\":\"logout\"}}\n", keys.join(","));
    assert!(line.len() < 1 << 20);
    // Comparing every key with every other takes a minute in a debug build.
    let begun = std::time::Instant::now();
    for (command, exit) in [("batch -", 5), ("registry import -", 5), ("scenario run -", 1)] {
        sandbox.feed(command, line.replacen('{', "{\"niss\":\"12000000012\",", 1)).fails(exit);
    }
    assert!(begun.elapsed().as_secs() < 10, "{:?}", begun.elapsed());
}

#[test]
fn duplicate_key_is_named() {
    let sandbox = Sandbox::new();
    for line in [r#"{"op":"logout","niss":"1","niss":"2"}"#, r#"{"niss":"1","op":"logout","niss":"1"}"#] {
        let reply = lines(&sandbox.feed("batch -", format!("{line}\n")).fails(5).out).remove(0);
        assert_eq!(word(&reply, "field"), "niss");
        assert!(word(&reply, "message").contains("this key occurs twice"), "{reply}");
    }
}
