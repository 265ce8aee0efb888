//! `ssd outbox wait`: returns an existing message at once, else waits. No test waits for time to pass.

use std::process::Child;

use serde_json::json;

use crate::support::terminal::Terminal;
use crate::support::*;

/// A timeout that no test reaches.
const LONG: &str = "--timeout 60s";

#[test]
fn existing_newest_code_is_printed_at_once() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let first = sandbox.code(ANA);
    assert_eq!(sandbox.ssd(&format!("outbox wait {ANA} {LONG}")).ok(), first);
    sandbox.advance("1m");
    sandbox.register();
    let second = sandbox.ssd(&format!("outbox wait {ANA} {LONG} --print code")).ok();
    assert!(second == sandbox.code(ANA) && second != first);
    let before = sandbox.bytes();
    let run = sandbox.ssd(&format!("outbox wait {ANA}"));
    assert_eq!((run.out.as_str(), run.err.as_str(), run.code), (format!("{second}\n").as_str(), "", 0));
    assert_eq!(sandbox.bytes(), before, "in a sandbox, queries change nothing");
}

#[test]
fn newer_message_without_a_code_does_not_hide_the_code() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let code = sandbox.code(ANA);
    assert_eq!(sandbox.ssd(&format!("outbox wait {ANA} {LONG}")).ok(), code);
    let all = sandbox.messages(ANA);
    let newest = all.last().expect("a message");
    let body = sandbox.ssd(&format!("outbox wait {ANA} {LONG} --print body")).ok();
    assert_eq!((body.as_str(), word(newest, "purpose")), (word(newest, "body"), "activated"));
    let body = sandbox.ssd(&format!("outbox wait {ANA} {LONG} --print body --purpose activation")).ok();
    assert_eq!(body, word(&all[0], "body"));
    assert!(body.contains(&code));
}

#[test]
fn json_has_message_and_code_for_every_print_option() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let line = sandbox.ssd(&format!("outbox wait {ANA} --print json --purpose activation")).ok();
    let keys = keys(&line);
    let message = [
        "result",
        "op",
        "id",
        "niss",
        "channel",
        "purpose",
        "to",
        "language",
        "subject",
        "body",
        "created_at",
        "status",
        "code",
    ];
    assert_eq!(keys, message);
    for print in ["code", "body", "json"] {
        let command = format!("--json outbox wait {ANA} --print {print} --purpose activation");
        assert_eq!(sandbox.ssd(&command).ok(), line);
    }
    let mut shown = sandbox.json("outbox show 1");
    shown["op"] = json!("outbox_wait");
    shown["code"] = json!(sandbox.code(ANA));
    assert_eq!(serde_json::from_str::<serde_json::Value>(&line).expect("an object"), shown);
    let notice = sandbox.json(&format!("outbox wait {ANA} --print json --purpose activated"));
    assert_eq!((word(&notice, "purpose"), &notice["code"]), ("activated", &json!(null)));
}

#[test]
fn zero_timeout_is_refused_at_once() {
    let sandbox = Sandbox::new();
    let run = sandbox.ssd(&format!("outbox wait {ANA} --timeout 0s")).fails(1);
    assert_eq!(run.out, "");
    assert_eq!(
        run.err,
        "refused[no_code]: no such code was sent to this holder within 0s\n\
         hint: see what was sent: ssd outbox list --niss NISS\n"
    );
    let refused = |line: &str| {
        let reply = sandbox.ssd(line).fails(1).json();
        assert_eq!((word(&reply, "op"), word(&reply, "niss")), ("outbox_wait", ANA));
        reason(&reply)
    };
    assert_eq!(refused(&format!("--json outbox wait {ANA} --timeout 0s")), "no_code");
    assert_eq!(refused(&format!("--json outbox wait {ANA} --timeout 0s --print body")), "no_message");
    assert_eq!(refused(&format!("outbox wait {ANA} --timeout 0s --print json")), "no_message");
    // Messages to another holder or for another purpose do not count.
    sandbox.register();
    assert_eq!(refused(&format!("--json outbox wait {ANA} --timeout 0s --purpose recovery")), "no_code");
    assert_eq!(
        refused(&format!("--json outbox wait {ANA} --timeout 0s --print body --purpose activated")),
        "no_message"
    );
    sandbox.ssd(&format!("outbox wait {JOSE} --timeout 0s --print body")).fails(1).says("refused[no_message]");
    sandbox.ssd(&format!("outbox wait {NOBODY} --timeout 0s --lang pt")).fails(1).says("em 0s");
}

fn waits(sandbox: &Sandbox, line: &str) -> Child {
    sandbox.command(line).spawn().expect("the binary runs")
}

fn answer(child: Child) -> (Option<i32>, String) {
    let output = child.wait_with_output().expect("it ends");
    (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8").trim_end().to_owned())
}

#[test]
fn message_of_another_process_ends_the_wait() {
    let sandbox = Sandbox::new();
    let waiting: Vec<Child> = (0..8).map(|_| waits(&sandbox, &format!("outbox wait {ANA} {LONG}"))).collect();
    let later = waits(&sandbox, &format!("outbox wait {ANA} {LONG} --print body --purpose activated"));
    // In another process: restoring a cached store would replace the file under the waiting processes.
    sandbox.ssd(&format!("{REGISTER_ANA} --channel sms")).ok();
    let code = sandbox.code(ANA);
    for child in waiting {
        assert_eq!(answer(child), (Some(0), code.clone()));
    }
    sandbox.activate_with(ANA, &code).ok();
    let newest = sandbox.messages(ANA).pop().expect("a message");
    assert_eq!(answer(later), (Some(0), word(&newest, "body").to_owned()));
}

#[test]
fn waiting_does_not_lock_the_store() {
    let sandbox = Sandbox::new();
    let waiting = waits(&sandbox, &format!("outbox wait {ANA} {LONG}"));
    sandbox.ssd("store check").ok();
    sandbox.ssd("store backup copy.db").ok();
    sandbox.advance("1h");
    sandbox.ssd(&format!("{REGISTER_ANA} --channel sms")).ok();
    assert_eq!(answer(waiting), (Some(0), sandbox.code(ANA)));
}

#[test]
fn real_store_audits_reads_and_timeouts() {
    let real = Sandbox::real();
    real.register();
    let audited = |line: &str| {
        let before = real.audit(ANA).len();
        let _ = real.ssd(line);
        let entries = &real.audit(ANA)[before..];
        entries
            .iter()
            .map(|one| json!([one["action"], one["outcome"], one["reason"], one["detail"]]))
            .collect::<Vec<_>>()
    };
    let read = json!(["outbox_wait", "done", null, { "message": 1 }]);
    assert_eq!(audited(&format!("outbox wait {ANA}")), std::slice::from_ref(&read));
    assert_eq!(audited(&format!("outbox wait {ANA} --print body")), [read]);
    let none = json!(["outbox_wait", "refused", "no_code", null]);
    assert_eq!(audited(&format!("outbox wait {ANA} --timeout 0s --purpose recovery")), [none]);
}

#[test]
fn waiting_for_an_impossible_message_is_a_usage_error() {
    let sandbox = Sandbox::new();
    for (line, says) in [
        ("outbox wait", "missing: NISS"),
        ("outbox wait 12000000013", "`NISS`: wrong check digit"),
        ("outbox wait 12000000012 --timeout 5", "`--timeout`: expected 90s, 10m, 24h, 8d"),
        ("outbox wait 12000000012 --print all", "`--print`: must be one of: code, body, json"),
        ("outbox wait 12000000012 --purpose love", "`--purpose`: must be one of: activation,"),
        // No message of that purpose has a code, so the wait would never end.
        (
            "outbox wait 12000000012 --purpose activated",
            "`--purpose`: must be one of: activation, recovery, contact_email, contact_mobile",
        ),
    ] {
        sandbox.ssd(line).fails(2).says(says);
    }
    Sandbox::nothing().ssd(&format!("outbox wait {ANA} {LONG}")).fails(3);
}

#[test]
fn terminal_asks_for_the_missing_niss() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let mut terminal = Terminal::start(sandbox.command("outbox wait"));
    let run = terminal.asked("(NISS)", ANA).ends();
    assert_eq!(run.ok(), sandbox.code(ANA));
}
