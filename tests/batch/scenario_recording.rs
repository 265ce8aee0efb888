//! `SSD_RECORD`: a recorded session replays without differences, has no passwords, and overwrites no other file.

use std::process::Command;

use serde_json::Value;

use crate::support::{
    ANA, ANA_IN_FULL, OTHER_PASSWORD, PASSWORD, REGISTER_ANA, Run, SSD, Sandbox, data, finish, lines, process,
};

/// A session that is recorded in `record.jsonl`.
struct Session {
    sandbox: Sandbox,
    token: Option<String>,
}

impl Session {
    fn begin() -> Session {
        let session = Session { sandbox: Sandbox::nothing(), token: None };
        session.ssd("init --sandbox --seed 9").ok();
        session.ssd("policy set argon2.memory 8").ok();
        session.ssd(&format!("registry import '{}'", data("personas.csv").display())).ok();
        session
    }

    fn command(&self, line: &str) -> Command {
        let mut command = self.sandbox.command(line);
        command.env("SSD_RECORD", "record.jsonl");
        if let Some(token) = &self.token {
            command.env("SSD_SESSION", token);
        }
        command
    }

    fn ssd(&self, line: &str) -> Run {
        finish(self.command(line), None)
    }

    fn feed(&self, line: &str, input: &str) -> Run {
        finish(self.command(line), Some(input.as_bytes()))
    }

    fn code(&self) -> String {
        self.sandbox.code(ANA)
    }

    fn activate(&self, code: &str, password: &str) -> Run {
        self.feed(&format!("activate {ANA} --code {code} --password-stdin"), password)
    }

    fn log_in(&mut self) {
        self.token = Some(self.feed(&format!("login {ANA} --password-stdin"), PASSWORD).ok());
    }

    fn recorded(&self) -> Vec<Value> {
        lines(&self.sandbox.read("record.jsonl"))
    }

    /// Asserts that the recording replays without differences.
    fn replays(&self) {
        let run = self.sandbox.ssd("scenario run record.jsonl");
        assert_eq!(run.code, 0, "{}\n{}", run.out, self.sandbox.read("record.jsonl"));
    }
}

#[test]
fn codes_and_tokens_are_recorded_as_placeholders() {
    let mut session = Session::begin();
    session.ssd(&format!("{REGISTER_ANA} --channel sms")).ok();
    let old = session.code();
    session.ssd("clock advance 1m").ok();
    session.ssd(&format!("{REGISTER_ANA} --channel email")).ok();
    session.activate(&old, PASSWORD).fails(1);
    session.activate("000000", PASSWORD).fails(1);
    session.activate(&session.code(), PASSWORD).ok();
    session.log_in();
    session.ssd("contacts update --mobile '+33 6 12 34 56 78'").ok();
    session.ssd(&format!("contacts confirm --channel sms --code {}", session.code())).ok();
    session.ssd("contacts confirm --channel email --code BCDF-GHJK").fails(1);
    let digits = session.ssd("phone-code set").ok();
    session.feed(&format!("phone-code verify {ANA} --code-stdin"), &digits).ok();
    session.feed(&format!("phone-code verify {ANA} --code-stdin"), "135790").fails(1);
    session.feed("phone-code change --new-code-stdin", "739104").ok();
    session.feed(&format!("phone-code verify {ANA} --code-stdin"), "739104").ok();
    let calls = format!("phone-line {ANA} --code-stdin");
    let first = session.feed(&calls, "739104").ok();
    session.feed(&calls, "135790").fails(1);
    session.feed("phone-line whoami --call-stdin", &first).ok();
    let second = session.feed("phone-line --code-stdin", &format!("{ANA}\n739104\n")).ok();
    for call in [&first, &second, "00"] {
        let _ = session.feed("phone-line whoami --call-stdin", call);
    }
    session.ssd("policy set login.second_factor on").ok();
    let login = format!("login {ANA} --password-stdin");
    session.feed(&login, PASSWORD).ok();
    session.feed(&format!("{login} --code 000000"), PASSWORD).fails(1);
    session.feed(&format!("{login} --code {}", session.code()), PASSWORD).ok();
    session.ssd("policy set login.second_factor off").ok();
    session.ssd("clock advance 1s").ok();
    session.log_in();
    session.ssd("alerts set email").ok();
    session.ssd("contacts remove --telephone").fails(1);
    session.ssd("logout").ok();
    session.ssd("logout").fails(1);
    session.ssd(&format!("recover request {ANA} {ANA_IN_FULL} --mobile +33612345678 --channel sms")).ok();
    let confirm = format!("recover confirm {ANA} --code {} --password-stdin", session.code());
    session.feed(&confirm, OTHER_PASSWORD).ok();
    session.ssd(&format!("account suspend {ANA} --reason 'a \"reason\", with \\ and é'")).ok();
    session.ssd("outbox show 1").ok();
    session.ssd(&format!("registry show {ANA}")).ok();

    let recorded = session.recorded();
    let of = |op: &str, key: &str| -> Vec<Value> {
        recorded.iter().filter(|line| line["op"] == op).map(|line| line[key].clone()).collect()
    };
    assert_eq!(of("init", "seed"), [9]);
    assert_eq!(of("activate", "code"), ["@outbox-1", "@wrong", "@outbox"]);
    assert_eq!(of("contacts_confirm", "code"), ["@outbox", "@wrong"]);
    assert_eq!(of("recover_confirm", "code"), ["@outbox"]);
    assert_eq!(of("phone_code_verify", "code"), ["@phone_code", "@wrong", "@phone_code"]);
    assert_eq!(of("phone_line", "code"), ["@phone_code", "@wrong", "@phone_code"]);
    // The session before the newest, from the same second, is identified by its token, which the seed reproduces.
    assert_eq!(of("phone_line_whoami", "call").pop(), Some("none".into()));
    assert_eq!(of("login", "code"), [Value::Null, Value::Null, "@wrong".into(), "@outbox".into(), Value::Null]);
    assert_eq!(of("phone_line", "expect")[0]["call"], "[..]");
    assert_eq!(of("logout", "session"), ["@login", "none"]);
    assert_eq!(of("login", "expect")[0]["session"], "[..]");
    assert!(
        recorded.iter().all(|line| line["expect"].get("request").is_none()),
        "a number is another in another store"
    );
    session.replays();
}

#[test]
fn passwords_are_replaced_by_equivalent_placeholders() {
    let mut session = Session::begin();
    session.ssd(&format!("{REGISTER_ANA} --channel sms")).ok();
    let weak = ["Porto", "abcdefghij1", "Password1234", "Ferreira-1984-Ana"];
    for password in weak {
        session.activate(&session.code(), password).fails(1);
    }
    session.ssd("policy set password.profile nist").ok();
    session.activate(&session.code(), "Ab1-Ab1-x").fails(1);
    session.activate(&session.code(), PASSWORD).ok();
    session.feed(&format!("login {ANA} --password-stdin"), "Porto").fails(1);
    session.log_in();
    let change = "password change --password-stdin";
    session.feed(change, &format!("Porto\n{OTHER_PASSWORD}\n")).fails(1);
    session.feed(change, &format!("{PASSWORD}\n{PASSWORD}\n")).fails(1);
    session.feed(change, &format!("{PASSWORD}\nPorto\n")).fails(1);
    session.feed(change, &format!("{PASSWORD}\n{OTHER_PASSWORD}\n")).ok();
    session.feed(&format!("login {ANA} --password-stdin"), PASSWORD).fails(1);
    session.feed(&format!("login {ANA} --password-stdin"), OTHER_PASSWORD).ok();

    let text: String =
        session.recorded().iter().filter(|line| line["op"] != "registry").map(Value::to_string).collect();
    for password in weak.iter().chain(&[PASSWORD, OTHER_PASSWORD, "Ab1-Ab1-x"]) {
        assert!(!text.contains(&format!("\"{password}\"")), "{password} in {text}");
    }
    session.replays();
}

#[test]
fn older_session_of_a_holder_is_recorded_as_another() {
    let mut session = Session::begin();
    session.ssd(&format!("{REGISTER_ANA} --channel sms")).ok();
    session.activate(&session.code(), PASSWORD).ok();
    session.log_in();
    // A login under SSD_SESSION would end the first session.
    let first = session.token.take();
    session.log_in();
    session.ssd("logout").ok();
    session.token = first;
    session.ssd("phone-code set").ok();
    session.ssd("clock advance 1m").ok();
    session.log_in();
    session.ssd("contacts show").ok();
    let last = session.recorded().pop().expect("a line");
    assert_eq!(last["session"], "@login");
    session.replays();
}

#[test]
fn rejected_rows_and_unhandled_requests_are_recorded() {
    let session = Session::begin();
    let people =
        "niss;kind;name;birth_date\n12000000013;citizen;Rui;1984-03-22\nx\n12000000012;citizen;Ana;1984-03-22\n";
    session.feed("registry import -", people).fails(5);
    session.feed("registry import - --dry-run", people).fails(5);
    session.feed("registry import -", "nis\n").fails(2);
    session.ssd("clock advance 2920000d").fails(2);
    session.ssd("policy set nothing 1").fails(2);
    session.ssd("register 12000000012 --channel pigeon").fails(2);
    session.ssd("outbox list").ok();
    let ops: Vec<String> =
        session.recorded().iter().map(|line| line["op"].as_str().expect("an op").to_owned()).collect();
    assert_eq!(ops, ["init", "policy_set", "registry", "registry", "clock_advance", "policy_set"]);
    assert_eq!(session.recorded()[3]["expect"]["rejected"], 2);
    session.replays();
}

#[test]
fn batch_lines_are_recorded_like_commands() {
    let mut session = Session::begin();
    session.ssd(&format!("{REGISTER_ANA} --channel sms")).ok();
    let code = session.code();
    let niss = format!("\"niss\":\"{ANA}\"");
    session.sandbox.file(
        "lines",
        format!(
            r#"{{"op":"activate",{niss},"code":"000000","password":"{PASSWORD}"}}
{{"op":"activate",{niss},"code":"{code}","password":"Porto"}}
{{"id":"x","op":"activate",{niss},"code":"{code}","password":"{PASSWORD}"}}
{{"op":"logout",{niss},"session":"@login"}}
{{"op":"login",{niss},"password":"{PASSWORD}"}}
{{"op":"alerts_set",{niss},"session":"@login","alerts":"sms"}}
{{"op":"phone_code_set",{niss},"session":"@login"}}
{{"op":"phone_code_verify",{niss},"code":"@phone_code"}}
{{"op":"phone_code_change",{niss},"session":"@login","new_code":"739104"}}
{{"op":"login",{niss},"password":"{OTHER_PASSWORD}"}}
{{"op":"regster"}}
{{"op":"clock_advance","advance":"2920000d"}}
{{"op":"clock_advance","advance":"1m"}}
{{"op":"logout",{niss},"session":"@login"}}
"#
        ),
    );
    session.ssd("batch lines --out replies").fails(5);
    session.log_in();
    session.ssd("phone-code change --generate").ok();
    let recorded = session.recorded();
    let ops: Vec<&str> = recorded.iter().map(|line| line["op"].as_str().expect("an op")).collect();
    assert_eq!(ops.iter().filter(|op| **op == "activate").count(), 3);
    assert_eq!((ops.len(), recorded[4]["code"].as_str()), (4 + 13 + 2, Some("@wrong")));
    let text: String = recorded.iter().filter(|line| line["op"] != "registry").map(Value::to_string).collect();
    for secret in [PASSWORD, OTHER_PASSWORD, "Porto", &code] {
        assert!(!text.contains(&format!("\"{secret}\"")), "{secret} in {text}");
    }
    session.replays();
    // A dry run is not recorded.
    session.ssd("batch lines --dry-run").fails(5);
    assert_eq!(session.recorded().len(), recorded.len());
}

#[test]
fn period_of_a_print_run_is_recorded_as_times() {
    let session = Session::begin();
    let letter = |niss: &str, birth_date: &str| {
        let line =
            format!("register {niss} --account-type citizen --birth-date {birth_date} --channel letter --accept-terms");
        session.ssd(&line).ok();
    };
    letter("12000000046", "1939-10-05");
    session.ssd("clock advance 1d").ok();
    letter("12000000062", "1975-05-30");
    session.ssd("outbox print --since yesterday --until 05/01/2026 --out letters.pdf").ok();
    let recorded = session.recorded();
    let line = recorded.iter().find(|line| line["op"] == "letters").expect("a print run");
    assert_eq!(
        (&line["since"], &line["until"]),
        (&Value::from("2026-01-05T00:00:00Z"), &Value::from("2026-01-05T23:59:59Z"))
    );
    assert_eq!(line["expect"]["letters"], 1);
    session.replays();
}

#[test]
fn relative_day_of_an_inbox_list_is_recorded() {
    let mut session = Session::begin();
    session.ssd(&format!("{REGISTER_ANA} --channel sms")).ok();
    session.activate(&session.code(), PASSWORD).ok();
    session.log_in();
    session.sandbox.file("alerts.csv", format!("niss,kind,about,decision\n{ANA},decision,x,granted\n"));
    session.ssd("alerts send alerts.csv").ok();
    for (period, count) in [("--since today", 1), ("--until yesterday", 0), ("--since 05/01/2026 --until hoje", 1)] {
        let inbox = session.ssd(&format!("--json messages list {period}")).json();
        assert_eq!(inbox["inbox"].as_array().expect("a list").len(), count, "{period}");
    }
    session.replays();
}

#[test]
fn late_recording_is_reported_unless_the_store_is_new() {
    let sandbox = Sandbox::nothing();
    sandbox.ssd("init --sandbox --seed 5 --at 2026-05-04T09:00:00Z").ok();
    let record = [("SSD_RECORD", "record.jsonl")];
    assert_eq!(sandbox.under(&record, "clock advance 1s").fails(0).err, "");
    assert_eq!(lines(&sandbox.read("record.jsonl"))[0]["seed"], 5);
    sandbox.ssd("scenario run record.jsonl").ok();
    let late = [("SSD_RECORD", "late.jsonl")];
    sandbox.under(&late, "clock advance 1s").fails(0).says("begins in the middle");
    assert_eq!(sandbox.under(&late, "clock advance 1s").fails(0).err, "");
}

#[test]
fn recording_outside_a_sandbox_is_refused() {
    let real = Sandbox::real();
    let before = real.bytes();
    let record = [("SSD_RECORD", "record.jsonl")];
    for line in ["account list", "store info", &format!("{REGISTER_ANA} --channel sms")] {
        real.under(&record, line).fails(2).says("only a sandbox can be recorded");
    }
    assert_eq!(real.bytes(), before);
    let nothing = Sandbox::nothing();
    nothing.under(&record, "init").fails(2).says("only a sandbox can be recorded");
    assert!(!nothing.store().exists());
}

#[test]
fn recording_does_not_overwrite_other_files() {
    let sandbox = Sandbox::new();
    let before = sandbox.bytes();
    sandbox.file("people.csv", "niss,kind,name\n");
    std::fs::create_dir(sandbox.folder().join("folder")).expect("a folder");
    for (name, message) in [
        ("store.db", "which is not a recording"),
        ("./store.db-wal", "which is not a recording"),
        ("store.db.key", "which is not a recording"),
        ("people.csv", "which is not a recording"),
        ("/dev/null", "which is not a recording"),
        ("folder", "is a folder"),
        ("nowhere/record.jsonl", "no such file"),
    ] {
        sandbox.under(&[("SSD_RECORD", name)], "clock advance 1s").fails(2).says(message);
    }
    assert_eq!(sandbox.bytes(), before);
    assert_eq!(sandbox.read("people.csv"), "niss,kind,name\n");
    let nothing = Sandbox::nothing();
    nothing.under(&[("SSD_RECORD", "store.db")], "init --sandbox").fails(2).says("which is not a recording");
    assert!(!nothing.store().exists());
    nothing.file("record.jsonl", "{\"op\":\"clock_show\"}\n");
    nothing.under(&[("SSD_RECORD", "record.jsonl")], "init --sandbox").fails(2).says("has lines already");
    assert!(!nothing.store().exists());
}

#[test]
fn several_processes_append_complete_lines() {
    let session = Session::begin();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..10).for_each(|_| drop(process(session.command("registry count"), None).ok())));
        }
    });
    assert_eq!(session.recorded().len(), 43);
    session.replays();
}

#[test]
fn help_topic_sessions_replay() {
    let (mut recordings, mut lines) = (0, 0);
    for session in crate::support::transcripts::sessions() {
        if session.recordings.is_empty() {
            continue;
        }
        let folder = crate::support::folder();
        let mut command = Command::new(SSD);
        command.env_clear().current_dir(folder.path()).args(["scenario", "run"]);
        for (n, recording) in (1..).zip(&session.recordings) {
            std::fs::write(folder.path().join(format!("{n}.jsonl")), recording).expect("a recording");
            command.arg(format!("{n}.jsonl"));
            recordings += 1;
            lines += recording.lines().count();
        }
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
        let run = finish(command, None);
        assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    }
    assert!(recordings >= 8 && lines > 80, "{recordings} recordings, {lines} lines");
}
