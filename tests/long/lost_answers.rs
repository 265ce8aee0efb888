//! Replies that can't be written after the commit: exit code 6, and the way to the result.

use std::fs::{self, File, OpenOptions};
use std::process::Command;

use crate::support::*;

/// A full device as standard output.
fn full() -> File {
    OpenOptions::new().write(true).open("/dev/full").expect("/dev/full")
}

/// A pipe whose reader is gone.
fn closed() -> std::io::PipeWriter {
    std::io::pipe().expect("a pipe").1
}

fn run(sandbox: &Sandbox, line: &str, output: impl Into<std::process::Stdio>, input: &str) -> Run {
    let mut command = sandbox.command(line);
    command.stdout(output);
    process(command, Some(input.as_bytes()))
}

/// Asserts exit code 6, that the hint names a command that exists, and that a request is in the audit log.
fn is_lost(run: Run) {
    let run = run.fails(6).says("the result is stored").says("hint: ");
    assert!(run.err.contains("ssd why ") || run.err.contains("ssd store info"), "{run:?}");
    assert!(!run.err.contains("nothing was changed"), "{run:?}");
}

#[test]
fn lost_reply_of_a_committed_change_is_exit_code_6() {
    let base = Sandbox::new().logged_in();
    for (line, input) in [
        ("policy set code.digits 8", ""),
        ("register 12000000038 --account-type citizen --birth-date 1967-02-28 --channel sms --accept-terms", ""),
        ("phone-code set", ""),
        ("account suspend 12000000012 --reason x", ""),
        ("account erase 12000000012 --reason x --yes", ""),
        ("clock advance 1s", ""),
        ("store backup copy.db", ""),
        ("contacts remove --email", ""),
        ("registry import registry.csv", ""),
        ("login 12000000012 --password-stdin", PASSWORD),
        ("--store other.db init --sandbox", ""),
    ] {
        for line in [line.to_owned(), format!("--json {line}")] {
            for is_closed in [false, true] {
                let sandbox = base.fork();
                std::fs::copy(data("registry.csv"), sandbox.folder().join("registry.csv")).expect("a registry");
                let before = (sandbox.bytes(), std::fs::read_dir(sandbox.folder()).expect("a folder").count());
                is_lost(match is_closed {
                    true => run(&sandbox, &line, closed(), input),
                    false => run(&sandbox, &line, full(), input),
                });
                let after = (sandbox.bytes(), std::fs::read_dir(sandbox.folder()).expect("a folder").count());
                assert!(after != before, "{line} has changed something");
            }
        }
    }
    // A refusal with --json is a reply on standard output too: its count is committed.
    is_lost(run(&base, "--json activate 12000000012 --code 123456 --password-stdin", full(), PASSWORD));
    let request = base.json("account suspend 12000000012 --reason x")["request"].as_i64().expect("a number") + 1;
    run(&base, "account resume 12000000012 --reason x", full(), "").fails(6).says(&format!("`ssd why {request}`"));
    base.ssd(&format!("why {request}")).ok();
    run(&base, "--lang pt account suspend 12000000012 --reason x", full(), "").fails(6).says("está guardado");
}

#[test]
fn closed_pipe_ends_reading_quietly() {
    let sandbox = Sandbox::new().logged_in();
    for line in [
        "clock show",
        "--json policy show",
        "outbox list",
        "messages list",
        "contacts show",
        "store info",
        "registry show 12000000012",
    ] {
        let run = run(&sandbox, line, closed(), "");
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{line}");
    }
    run(&sandbox, "clock show", full(), "").fails(3);
}

#[test]
fn erasure_at_a_size_limit_is_reported_as_done() {
    let sandbox = Sandbox::new().logged_in();
    let mut shell = Command::new("sh");
    // The log fits, but the store can't be written behind the limit.
    let blocks = sandbox.bytes().len() / 1024;
    shell.args([
        "-c",
        "ulimit -f \"$0\"; exec \"$SSD\" account erase 12000000012 --reason x --yes",
        &blocks.to_string(),
    ]);
    let ours = sandbox.command("");
    shell.env_clear().env("SSD", SSD).envs(ours.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let run = shell.current_dir(sandbox.folder()).output().expect("a shell");
    assert_eq!(run.status.code(), Some(0), "{run:?}");
    sandbox.ssd("store check").ok();
    assert_eq!(sandbox.json(&format!("account show {ANA}"))["reason"], "no_account");
}

#[test]
fn batch_on_a_full_disk_resumes_without_loss() {
    let sandbox = Sandbox::new();
    let lines: String =
        (0..3000).map(|n| format!("{{\"op\":\"account_unlock\",\"niss\":\"{ANA}\",\"reason\":\"{n}\"}}\n")).collect();
    sandbox.file("batch.jsonl", lines);
    sandbox.file("batch-short.jsonl", format!("{{\"op\":\"account_unlock\",\"niss\":\"{ANA}\",\"reason\":\"x\"}}\n"));
    let script = r#"
        "$SSD" batch batch.jsonl --out small/replies.jsonl --group 100 --json; echo "ended with $?"
        mount -o remount,size=20m small
        "$SSD" batch batch.jsonl --out small/replies.jsonl --resume -q; echo "ended with $?"
        wc -l < small/replies.jsonl"#;
    let Some(run) = mounting(&sandbox, script) else { return };
    let out: Vec<&str> = run.out.lines().collect();
    let lost: serde_json::Value = serde_json::from_str(out[0]).unwrap_or_else(|_| panic!("{run:?}"));
    assert_eq!(word(&lost, "kind"), "answer_lost", "{run:?}");
    assert_eq!(out[1], "ended with 6", "{run:?}");
    assert_eq!(
        out[out.len() - 2..].iter().map(|line| line.trim()).collect::<Vec<_>>(),
        ["ended with 0", "3000"],
        "{run:?}"
    );
    assert_eq!(sandbox.audit(ANA).len(), 3000);
    // Replies to a device or a pipe can't be repeated.
    for line in ["batch batch-short.jsonl", "--json batch batch-short.jsonl --out /dev/full"] {
        self::run(&sandbox, line, full(), "").fails(6).says("ssd audit list");
    }
    self::run(&sandbox, "batch batch-short.jsonl", closed(), "").fails(6);
    let run = self::run(&sandbox, "batch batch-short.jsonl --dry-run", closed(), "");
    assert_eq!(run.code, 0, "{run:?}");
}

#[test]
fn recording_on_a_full_disk_does_not_hide_the_reply() {
    let sandbox = Sandbox::new();
    let script = r#"
        export SSD_RECORD=small/record.jsonl
        "$SSD" clock advance 1s
        head -c 300k /dev/zero > small/filler 2>/dev/null
        for n in 1 2 3 4 5 6 7 8 9 10; do
            "$SSD" account unlock 12000000012 --reason "$(printf '%0490d' 0)" --json > answer; code=$?
            [ $code = 0 ] || break
        done
        echo "ended with $code"; cat answer"#;
    let Some(run) = mounting(&sandbox, script) else { return };
    assert!(run.out.contains("ended with 6") && run.err.contains("could not be recorded"), "{run:?}");
    let last: serde_json::Value = serde_json::from_str(run.out.lines().last().expect("a line")).expect("one object");
    done(last);
}

#[test]
fn full_disk_loses_no_acknowledged_change() {
    let sandbox = Sandbox::new();
    let script = r#"
        export SSD_STORE=small/store.db REASON=$(printf '%0490d' 0)
        cp store.db small/
        "$SSD" registry import registry.csv --json; echo "import ended with $?"
        code=0 count=0
        while [ $code = 0 ] && [ $count -lt 2000 ]; do
            "$SSD" account unlock 12345678902 --reason "$REASON" --json > answer
            code=$?; count=$((count + 1))
        done
        cat answer; echo "ended with $code after $count"
        mount -o remount,size=20m small
        "$SSD" store check --json
        "$SSD" registry count --json
        "$SSD" audit list --niss 12345678902 --json | wc -l
        "$SSD" account unlock 12345678902 --reason "$REASON" --json"#;
    fs::copy(data("registry.csv"), sandbox.folder().join("registry.csv")).expect("a registry");
    let Some(run) = mounting(&sandbox, script) else { return };
    let out: Vec<&str> = run.out.lines().collect();
    let object =
        |line: usize| -> serde_json::Value { serde_json::from_str(out[line]).unwrap_or_else(|_| panic!("{run:?}")) };
    for (line, end) in [(0, "import ended with 3"), (2, "ended with 3 after ")] {
        assert_eq!(word(&object(line), "kind"), "disk_full", "{run:?}");
        assert!(out[line + 1].starts_with(end), "{run:?}");
    }
    let tries: usize = out[3].rsplit(' ').next().and_then(|count| count.parse().ok()).expect("a count");
    assert!(tries > 3, "some attempts succeeded first: {run:?}");
    done(object(4));
    assert_eq!(object(5)["records"], 16);
    assert_eq!(out[6].trim(), (tries - 1).to_string(), "exactly the acknowledged ones");
    done(object(7));
}

#[test]
fn file_size_limit_loses_no_acknowledged_change() {
    let sandbox = Sandbox::new();
    fs::copy(data("registry.csv"), sandbox.folder().join("registry.csv")).expect("a registry");
    let before = sandbox.bytes();
    for blocks in [before.len() / 512 + 64, before.len() / 512 + 8, 8, 1] {
        let mut shell = Command::new("sh");
        shell.args(["-c", "ulimit -f \"$0\"; exec \"$SSD\" registry import registry.csv", &blocks.to_string()]);
        let ours = sandbox.command("");
        shell.env_clear().env("SSD", SSD).envs(ours.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let run = shell.current_dir(sandbox.folder()).output().expect("a shell");
        assert_eq!((run.status.code(), run.stdout.len()), (Some(3), 0), "{blocks}: {run:?}");
        sandbox.ssd("store check").ok();
        assert_eq!(sandbox.json("registry count")["records"], 16, "{blocks}");
    }
    sandbox.ssd("registry import registry.csv").ok();
}
