//! Print runs that are killed, race, or meet a full disk.
//!
//! After repeating the command, each letter is in exactly one finished run, and the file of a finished run is not lost.

use std::collections::BTreeSet;
use std::process::{Child, Command, Stdio};

use rusqlite::Connection;
use serde_json::{Value, json};

use crate::support::{
    ANTONIO, LUIS, Person, SSD, Sandbox, VARZEA, done, json_lines, lines, manifest, mounting, pdf, person, skipped,
    word,
};
use crate::{active_citizens, rounds};

const PRINT: &str = "outbox print --pending --out letters.pdf --manifest letters.csv";

/// Returns a sandbox with letters to sixty holders of examples/data/registry.csv, and their number.
fn many() -> (Sandbox, usize) {
    let sandbox = Sandbox::empty();
    sandbox.import("registry.csv").ok();
    let by_letter = active_citizens().filter(|person| person.channels() == ["letter"]).take(60);
    let register = |person: Person| json!({"op": "register", "niss": person.niss, "account_type": "citizen", "birth_date": person.birth_date, "channel": "letter", "accept_terms": true});
    sandbox.file("lines", json_lines(&by_letter.map(register).collect::<Vec<_>>()));
    sandbox.ssd("batch lines --out replies -q").ok();
    let count = pending(&sandbox);
    assert!(count > 50, "{count} letters");
    (sandbox, count)
}

fn few() -> Sandbox {
    let sandbox = Sandbox::new();
    for niss in [ANTONIO, LUIS, VARZEA] {
        sandbox.ssd(&format!("{} --channel letter", person(niss).portal())).ok();
    }
    sandbox
}

fn pending(sandbox: &Sandbox) -> usize {
    lines(&sandbox.ssd("--json outbox list --pending").ok()).len()
}

/// Repeats the command and asserts that the file has all letters and the store agrees, whether or not the run before
/// finished.
fn assert_repeatable(sandbox: &Sandbox, letters: usize, broken: &str) {
    let left = pending(sandbox);
    assert!(left == 0 || left == letters, "{broken}: {left} of {letters}");
    sandbox.ssd("store check").ok();
    sandbox.ssd("audit verify").ok();
    let again = done(sandbox.json(PRINT));
    match left {
        0 => assert!(again["letters"] == 0 && again["earlier"].is_i64(), "{broken}: {again}"),
        _ => assert!(again["dispatched"] == letters && again["file"] == "letters.pdf", "{broken}: {again}"),
    }
    assert_eq!(pending(sandbox), 0, "{broken}");
    let file = std::fs::read(sandbox.folder().join("letters.pdf")).expect("a file");
    assert_eq!(pdf::pages(&file).len(), letters, "{broken}");
    let rows = manifest(sandbox, "letters.csv");
    let messages: BTreeSet<&str> = rows.iter().map(|row| row["message"].as_str()).collect();
    assert_eq!((rows.len(), messages.len()), (letters, letters), "{broken}");
    let runs = lines(&sandbox.ssd("--json audit list").ok());
    assert_eq!(runs.iter().filter(|entry| entry["action"] == "outbox_print").count(), 1, "{broken}");
    let names: BTreeSet<String> = std::fs::read_dir(sandbox.folder())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".part"))
        .collect();
    assert!(names.is_empty(), "{broken}: {names:?}");
}

#[test]
fn killed_run_can_be_repeated_with_each_letter_once() {
    let (template, letters) = many();
    let (mut killed, mut done) = (0, 0);
    let rounds = rounds(4);
    for round in 0..rounds {
        let sandbox = template.fork();
        let mut child = sandbox.command(&format!("--json {PRINT}")).spawn().expect("the binary runs");
        for _ in 0..18_000_000 / rounds * round {
            std::hint::spin_loop();
        }
        let _ = child.kill();
        match child.wait_with_output().expect("it ends").status.code() {
            Some(0) => done += 1,
            Some(code) => panic!("{code}"),
            None => killed += 1,
        }
        assert_repeatable(&sandbox, letters, &format!("round {round}"));
    }
    assert!(killed > 0, "{killed} were killed and {done} ended");
}

/// Runs the print run under strace, which kills it or injects a system call error.
///
/// Returns `None` if strace is not installed or not permitted.
fn traced(sandbox: &Sandbox, inject: &str) -> Option<Option<i32>> {
    let ours = sandbox.command(&format!("--json {PRINT}"));
    let mut strace = Command::new("strace");
    strace.args([
        "-qq",
        "-o",
        "trace",
        "-e",
        "trace=unlink,rename,fsync,fdatasync",
        "-e",
        &format!("inject={inject}"),
        SSD,
    ]);
    strace.args(ours.get_args()).env_clear();
    strace.envs(ours.get_envs().filter_map(|(name, value)| Some((name, value?))));
    strace.current_dir(sandbox.folder()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    match strace.output() {
        Ok(output) if !String::from_utf8_lossy(&output.stderr).contains("strace:") => Some(output.status.code()),
        _ => {
            skipped("a print run killed at each of its steps: strace is not installed, or not let");
            None
        }
    }
}

#[test]
fn run_killed_or_failing_at_any_step_can_be_repeated() {
    let template = few();
    // System calls have other names on some machines: renameat, for example.
    let Some(Some(0)) = traced(&template.fork(), "unlink:signal=KILL:when=1000") else { return };
    for call in ["unlink", "rename", "fsync", "fdatasync"] {
        let mut ended = 0;
        for when in 1..12 {
            let sandbox = template.fork();
            let code = traced(&sandbox, &format!("{call}:signal=KILL:when={when}"));
            assert_repeatable(&sandbox, 3, &format!("killed at {call} {when}"));
            if code == Some(Some(0)) {
                ended += 1;
                break;
            }
            if call != "unlink" {
                let sandbox = template.fork();
                let code = traced(&sandbox, &format!("{call}:error=EIO:when={when}"));
                assert_repeatable(&sandbox, 3, &format!("{call} {when} fails, ended with {code:?}"));
            }
        }
        assert!(ended > 0, "{call}: the steps come to an end");
    }
}

#[test]
fn failed_commit_marks_nothing_and_its_file_is_replaced() {
    let sandbox = few();
    let alter = |sql: &str| Connection::open(sandbox.store()).and_then(|store| store.execute_batch(sql)).expect(sql);
    // A constraint checked at commit, when the file has its final name.
    alter(
        "CREATE TABLE late (x INTEGER REFERENCES store DEFERRABLE INITIALLY DEFERRED);
         CREATE TRIGGER no AFTER INSERT ON audit WHEN NEW.action = 'outbox_print' BEGIN INSERT INTO late VALUES (7); END",
    );
    let failed = sandbox.ssd(PRINT);
    assert!(failed.code > 2 && failed.out.is_empty(), "{failed:?}");
    let before = std::fs::read(sandbox.folder().join("letters.pdf")).expect("the file is there already");
    assert_eq!(pending(&sandbox), 3);
    alter("DROP TRIGGER no; DROP TABLE late");
    assert_repeatable(&sandbox, 3, "the commit failed");
    assert_eq!(std::fs::read(sandbox.folder().join("letters.pdf")).expect("a file"), before, "the same letters");
    // An earlier failure leaves no file.
    let sandbox = few();
    let alter = |sql: &str| Connection::open(sandbox.store()).and_then(|store| store.execute_batch(sql)).expect(sql);
    alter("CREATE TRIGGER no BEFORE UPDATE ON message BEGIN SELECT raise(ABORT, 'a full disk'); END");
    assert_ne!(sandbox.ssd(PRINT).code, 0);
    assert!(!sandbox.folder().join("letters.pdf").exists() && !sandbox.folder().join("letters.csv").exists());
    alter("DROP TRIGGER no");
    assert_repeatable(&sandbox, 3, "the marks failed");
}

#[test]
fn finished_file_is_not_overwritten_by_other_letters() {
    let sandbox = few();
    sandbox.ssd(&format!("{PRINT} --limit 2")).ok();
    let before = std::fs::read(sandbox.folder().join("letters.pdf")).expect("a file");
    sandbox.ssd(PRINT).fails(2).says("letters.pdf holds the completed print run of request").says("hint: ");
    assert_eq!(std::fs::read(sandbox.folder().join("letters.pdf")).expect("a file"), before);
    assert_eq!(pending(&sandbox), 1);
    // The same letters give the same bytes, so nothing is lost.
    let again = done(sandbox.json("outbox print --out letters.pdf --limit 2"));
    assert_eq!((&again["letters"], &again["dispatched"]), (&2.into(), &0.into()));
    std::fs::rename(sandbox.folder().join("letters.pdf"), sandbox.folder().join("sent.pdf")).expect("away");
    assert_eq!(done(sandbox.json(PRINT))["dispatched"], 1);
    // Other files are overwritten.
    sandbox.file("old.pdf", "not ours");
    done(sandbox.json("outbox print --out old.pdf"));
}

/// Starts 32 print runs at once, each into the file that `name` returns. Returns their replies.
fn race(sandbox: &Sandbox, name: impl Fn(usize) -> String) -> Vec<Value> {
    let racers: Vec<Child> = (0..32)
        .map(|n| {
            sandbox.command(&format!("--json outbox print --pending --limit 5 {}", name(n))).spawn().expect("it runs")
        })
        .collect();
    racers
        .into_iter()
        .map(|racer| serde_json::from_slice(&racer.wait_with_output().expect("it ends").stdout).expect("an object"))
        .collect()
}

#[test]
fn concurrent_runs_print_each_letter_exactly_once() {
    let (template, letters) = many();
    let apart = template.fork();
    for n in 0..32 {
        std::fs::create_dir(apart.folder().join(n.to_string())).expect("a folder");
    }
    let together = template.fork();
    for (sandbox, start) in [(&apart, ""), (&together, "letters-")] {
        let name = |n: usize| if start.is_empty() { format!("{n}/letters") } else { format!("{start}{n}") };
        let replies = race(sandbox, |n| format!("--out {0}.pdf --manifest {0}.csv", name(n)));
        let mut printed = vec![];
        for (n, reply) in replies.into_iter().enumerate() {
            if done(reply)["letters"] != 0 {
                let rows = manifest(sandbox, &format!("{}.csv", name(n)));
                let file = std::fs::read(sandbox.folder().join(format!("{}.pdf", name(n)))).expect("a file");
                assert_eq!(pdf::pages(&file).len(), rows.len());
                printed.extend(rows.into_iter().map(|row| row["message"].parse::<usize>().expect("a number")));
            }
        }
        printed.sort_unstable();
        let all: BTreeSet<usize> = printed.iter().copied().collect();
        assert_eq!(
            (printed.len(), all.len(), pending(sandbox)),
            (letters.min(160), letters.min(160), letters.saturating_sub(160))
        );
    }
}

#[test]
fn concurrent_runs_do_not_overwrite_a_finished_file() {
    let (sandbox, letters) = many();
    let replies = race(&sandbox, |_| "--out letters.pdf --manifest letters.csv".to_owned());
    let finished: Vec<&Value> = replies.iter().filter(|reply| reply["result"] == "done").collect();
    assert_eq!(finished.len(), 1, "{replies:?}");
    assert!(replies.iter().all(|reply| reply["result"] == "done" || word(reply, "message").contains("print run")));
    assert_eq!((manifest(&sandbox, "letters.csv").len(), pending(&sandbox)), (5, letters - 5));
}

#[test]
fn full_disk_marks_nothing_and_keeps_the_old_file() {
    let sandbox = few();
    let script = r#"
        echo old > small/letters.pdf
        head -c 190000 /dev/zero > small/fill
        "$SSD" outbox print --pending --out small/letters.pdf --manifest letters.csv --json
        echo "ended with $?, $(cat small/letters.pdf), $(ls -A small | tr '\n' ' ')"
        "$SSD" outbox list --pending --json | wc -l
        rm small/fill
        "$SSD" outbox print --pending --out small/letters.pdf --manifest letters.csv --json
        head -c 5 small/letters.pdf"#;
    let Some(run) = mounting(&sandbox, script) else { return };
    let out: Vec<&str> = run.out.lines().collect();
    let object = |line: usize| -> Value { serde_json::from_str(out[line]).unwrap_or_else(|_| panic!("{run:?}")) };
    assert_eq!(word(&object(0), "kind"), "disk_full");
    assert_eq!((out[1], out[2].trim()), ("ended with 3, old, fill letters.pdf ", "3"));
    assert_eq!((&done(object(3))["dispatched"], out[4]), (&3.into(), "%PDF-"));
}

#[test]
fn print_run_with_a_closed_pipe_is_done_without_a_reply() {
    let sandbox = few();
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let mut command = sandbox.command(&format!("--json {PRINT}"));
    command.stdout(writer);
    assert_eq!(command.status().expect("it ends").code(), Some(6));
    assert_repeatable(&sandbox, 3, "nobody read the reply");
}
