//! Commands that make a store: there is a complete store or none, whatever fails, and the same command works afterwards.

use std::fs;
use std::process::Command;

use crate::support::*;

const SCENARIO: &str = "{\"op\":\"init\",\"seed\":1}\n{\"op\":\"clock_advance\",\"advance\":\"1s\"}\n";

#[test]
fn store_on_a_full_disk_is_complete_or_absent() {
    let sandbox = Sandbox::new();
    sandbox.file("steps.jsonl", SCENARIO);
    sandbox.ssd("scenario run steps.jsonl").ok();
    for line in [
        "--store small/new.db init --sandbox",
        "scenario run steps.jsonl --keep small/new.db",
        "store backup small/new.db",
    ] {
        let script = format!(
            r#"
            mount -o remount,size=2m small
            cd small && touch filler && cd ..
            for left in 1 4 8 12 16 32 64 100 150 200 250 300 350 380 400 410 420 424 430 440 450 460 480 500 520 560 600 620 650 700 800 900 1000 1200; do
                head -c $((2048 - left))k /dev/zero > small/filler 2>/dev/null
                if "$SSD" {line} > answer 2>&1; then
                    echo "made: $(ls small | tr '\n' ' ')"
                    rm small/filler
                    "$SSD" store check --store small/new.db || exit 1
                else
                    echo "ended with $?: $(ls small | tr '\n' ' ')"
                fi
                rm -f small/new.db*
            done
            rm -f small/filler
            "$SSD" {line}"#
        );
        let Some(run) = mounting(&sandbox, &script) else { return };
        assert_eq!(run.code, 0, "{run:?}");
        let ends = |start: &str| run.out.lines().filter(|line| line.starts_with(start)).count();
        assert_eq!(ends("made: filler new.db "), ends("made: "), "{run:?}");
        assert_eq!(ends("ended with 3: filler "), ends("ended with "), "{run:?}");
        assert!(ends("made") > 2 && ends("ended") > 8, "{run:?}");
        assert!(!run.out.lines().any(|line| line.starts_with("ended") && line.contains("new.db")), "{run:?}");
    }
}

#[test]
fn store_at_a_size_limit_is_complete_or_absent() {
    for line in ["init --sandbox", "init"] {
        let mut made = 0;
        for blocks in (1..1200).step_by(60) {
            let sandbox = Sandbox::nothing();
            let mut shell = Command::new("sh");
            shell.args(["-c", &format!("ulimit -f \"$0\"; exec \"$SSD\" {line}"), &blocks.to_string()]);
            let ours = sandbox.command("");
            shell.env_clear().env("SSD", SSD).envs(ours.get_envs().filter_map(|(name, value)| Some((name, value?))));
            let run = shell.current_dir(sandbox.folder()).output().expect("a shell");
            if run.status.success() {
                made += 1;
                sandbox.ssd("store check").ok();
                continue;
            }
            assert_eq!(run.status.code(), Some(3), "{blocks}: {run:?}");
            assert_eq!(sandbox.names(), [""; 0], "{blocks}");
            sandbox.ssd(line).ok();
            sandbox.ssd("store check").ok();
        }
        assert!((2..19).contains(&made), "some limits are too small: {made}");
    }
}

#[test]
fn init_whose_lock_fails_leaves_no_file() {
    for line in ["init", "init --sandbox"] {
        let mut failed = 0;
        // Past the last lock, nothing fails.
        for call in 1..10 {
            let sandbox = Sandbox::nothing();
            let script =
                format!("exec strace -f -qq -o /dev/null -e inject=flock:error=ENOLCK:when={call} \"$SSD\" {line}");
            let mut shell = Command::new("sh");
            shell.args(["-c", &script]);
            let ours = sandbox.command("");
            shell.env_clear().env("SSD", SSD).envs(ours.get_envs().filter_map(|(name, value)| Some((name, value?))));
            let run = shell.current_dir(sandbox.folder()).output().expect("a shell");
            let said = String::from_utf8_lossy(&run.stderr).into_owned();
            if !run.status.success() && !said.contains("error: ") {
                skipped("failed lock of init: strace can't run here");
                return;
            }
            if run.status.success() {
                break;
            }
            failed += 1;
            assert_eq!(run.status.code(), Some(3), "{line} {call}: {run:?}");
            assert_eq!(sandbox.names(), [""; 0], "{line} {call}: {said}");
            sandbox.ssd(line).ok();
            sandbox.ssd("store check").ok();
        }
        assert!(failed > 0, "{line} takes a lock");
    }
}

#[test]
fn failed_scenario_keeps_no_store() {
    let sandbox = Sandbox::nothing();
    sandbox.file("steps.jsonl", format!("{SCENARIO}{{\"op\":\"registry\",\"file\":\"nowhere.csv\"}}\n"));
    let before = sandbox.names();
    let run = sandbox.ssd("scenario run steps.jsonl --keep run.db");
    assert_ne!(run.code, 0, "{run:?}");
    assert_eq!(sandbox.names(), before, "{run:?}");
    sandbox.file("steps.jsonl", SCENARIO);
    sandbox.ssd("scenario run steps.jsonl --keep run.db").ok();
    sandbox.ssd("--store run.db store check").ok();
    fs::remove_file(sandbox.folder().join("run.db")).expect("it can be removed");
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
    let mut command = sandbox.command("scenario run steps.jsonl --keep run.db");
    command.stdout(full);
    process(command, None).fails(6);
    sandbox.ssd("--store run.db store check").ok();
}

#[test]
fn log_of_an_older_store_is_not_applied_to_a_new_one() {
    let sandbox = Sandbox::nothing();
    for name in ["store.db-wal", "store.db-journal"] {
        sandbox.file(name, "the log of a store that was moved");
        sandbox.ssd("init --sandbox").fails(3).says(name);
        assert_eq!(sandbox.names(), [name]);
        fs::remove_file(sandbox.folder().join(name)).expect("it can be removed");
    }
}
