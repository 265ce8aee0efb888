//! Operator commands with several NISS: one transaction and one reply for each.

use serde_json::json;

use crate::support::terminal::Terminal;
use crate::support::*;

#[test]
fn each_holder_has_a_transaction_and_a_reply() {
    let sandbox = Sandbox::new();
    for niss in [ANA, MARIA] {
        sandbox.open_account(niss);
    }
    let line = format!("account suspend {ANA} {NOBODY} {MARIA} --reason 'a complaint'");
    let run = sandbox.ssd(&format!("--json {line}")).fails(5);
    let replies = lines(&run.out);
    let short: Vec<_> = replies.iter().map(|reply| [word(reply, "niss"), word(reply, "result")]).collect();
    assert_eq!(short, [[ANA, "done"], [NOBODY, "refused"], [MARIA, "done"]]);
    assert_eq!((replies[1]["reason"].as_str(), run.err.as_str()), (Some("not_in_registry"), ""));
    let numbers: Vec<i64> = replies.iter().map(|reply| reply["request"].as_i64().expect("a number")).collect();
    assert!(numbers[0] < numbers[1] && numbers[1] < numbers[2]);
    let entries = lines(&sandbox.ssd("--json audit list --op account_suspend").ok());
    assert!(
        entries.len() == 3 && entries.iter().all(|entry| entry["detail"]["reason"] == "a complaint"),
        "{entries:?}"
    );
    assert_eq!([sandbox.state(ANA), sandbox.state(MARIA)], ["suspended", "suspended"]);

    let run = sandbox.ssd(&format!("account resume {ANA} {NOBODY} {MARIA} --reason settled")).fails(5);
    assert_eq!(run.out, format!("{ANA}: The account is active again.\n{MARIA}: The account is active again.\n"));
    let refused: Vec<&str> = run.err.lines().collect();
    assert!(
        refused[0].starts_with(&format!("{NOBODY}: refused[not_in_registry]: ")) && refused[1].starts_with("hint: ")
    );
}

#[test]
fn exit_code_is_5_only_if_a_request_was_refused() {
    let sandbox = Sandbox::new();
    sandbox.ssd(&format!("account unlock {ANA} {MARIA} --reason x")).fails(0);
    sandbox.ssd(&format!("account close {ANA} {MARIA} --reason x")).fails(5);
    // One NISS, as before.
    sandbox.ssd(&format!("account close {ANA} --reason x")).fails(1);
    let one = sandbox.ssd(&format!("account unlock {ANA} --reason x")).fails(0);
    assert!(!one.out.contains(ANA), "{one:?}");
}

#[test]
fn every_operator_command_takes_several_holders() {
    let sandbox = Sandbox::new();
    for command in ["unlock", "suspend", "resume", "reset", "close", "erase"] {
        let run = sandbox.ssd(&format!("--json account {command} {ANA} {JOSE} --reason x"));
        let ops: Vec<_> = lines(&run.out).iter().map(|reply| word(reply, "op").to_owned()).collect();
        assert_eq!(ops, [format!("account_{command}"), format!("account_{command}")]);
    }
    let run = sandbox.ssd(&format!("--json cmd revoke {MARIA} {INES}")).fails(5);
    assert_eq!(lines(&run.out).len(), 2);
    assert_eq!(sandbox.ssd("registry count --json").json()["records"], 14);
    sandbox.ssd(&format!("account show {MARIA} {INES}")).fails(2).says("too many values");
}

#[test]
fn holder_named_twice_is_handled_once() {
    let sandbox = Sandbox::new();
    sandbox.open_account(ANA);
    let run = sandbox.ssd(&format!("--json account suspend {ANA} {ANA} {JOSE} {ANA} --reason x")).fails(5);
    assert_eq!(lines(&run.out).len(), 2);
    sandbox.ssd(&format!("--json account resume {ANA} {ANA} --reason x")).fails(0).json();
}

#[test]
fn invalid_command_line_changes_nothing() {
    let sandbox = Sandbox::new();
    let before = sandbox.bytes();
    for (line, says) in [
        (format!("account unlock {ANA} 12000000013 --reason x"), "NISS"),
        (format!("account unlock {ANA} {JOSE}"), "--reason"),
        (format!("account unlock {ANA} {JOSE} --reason ''"), "--reason"),
        ("account unlock --reason x".to_owned(), "NISS"),
    ] {
        sandbox.ssd(&line).fails(2).says(says);
    }
    assert_eq!(sandbox.bytes(), before);
}

#[test]
fn error_names_the_holders_whose_requests_are_not_done() {
    let sandbox = Sandbox::new();
    for niss in [ANA, JOSE, MARIA] {
        sandbox.open_account(niss);
    }
    let mut command = sandbox.command(&format!("account close {ANA} {JOSE} {MARIA} --reason x"));
    command.stdout(std::fs::File::options().write(true).open("/dev/full").expect("a device"));
    let output = command.spawn().and_then(std::process::Child::wait_with_output).expect("a process");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(6), "{said}");
    assert!(said.contains(&format!("Not done: 2, from NISS {JOSE} on.\n")), "{said}");
    assert_eq!([ANA, JOSE, MARIA].map(|niss| sandbox.state(niss)), ["closed", "active", "active"]);
}

#[test]
fn erasure_of_several_is_confirmed_once() {
    let sandbox = Sandbox::new();
    let erase = format!("account erase {ANA} {JOSE}");
    let mut no = Terminal::start(sandbox.command(&format!("{erase} --reason x")));
    no.asked("these 2 people", "no");
    no.ends().fails(2).says("nothing was erased");
    assert_eq!(sandbox.json("registry count")["records"], 16);
    let mut yes = Terminal::start(sandbox.command(&erase));
    yes.asked("eason", "letter").asked("these 2 people", "yes");
    yes.ends().fails(0);
    assert_eq!(sandbox.json("registry count")["records"], 14);
    let entries = lines(&sandbox.ssd("--json audit list --op account_erase").ok());
    assert_eq!(
        entries.iter().map(|entry| entry["detail"]["reason"].clone()).collect::<Vec<_>>(),
        [json!("letter"), json!("letter")]
    );
}

#[test]
fn each_request_is_recorded() {
    let sandbox = Sandbox::nothing();
    let record = [("SSD_RECORD", "r.jsonl")];
    sandbox.under(&record, "init --sandbox").ok();
    sandbox.under(&record, &format!("registry import {}", data("personas.csv").display())).ok();
    sandbox.under(&record, &format!("account unlock {ANA} {JOSE} --reason x")).ok();
    assert_eq!(sandbox.read("r.jsonl").matches("account_unlock\",\"niss").count(), 2, "{}", sandbox.read("r.jsonl"));
    sandbox.ssd("scenario run r.jsonl").ok();
}
