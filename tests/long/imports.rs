//! Long imports: many blocks and transactions, killed and interrupted imports, and their progress at a terminal.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use rusqlite::Connection;
use rustix::process::{Signal, kill_process};
use serde_json::json;
use ssd::domain::vocabulary::Language;
use ssd::error::{Error, ExitStatus};
use ssd::import::{self, Counts, Import, ImportObserver, ReadOptions, RejectRecord};
use ssd::store::Store;

use crate::rounds;
use crate::support::terminal::Terminal;
use crate::support::*;

const HEADER: &str = "niss,kind,name,birth_date,address,locality\n";

fn row(number: u64) -> String {
    format!("{},citizen,Ana {number},1970-01-30,\"Rua, do \"\"Sol\"\" {number}\",Lisboa\n", niss(number))
}

fn registry(rows: u64) -> String {
    std::iter::once(HEADER.to_owned()).chain((0..rows).map(row)).collect()
}

/// Returns the complete content of the registry.
fn content(store: &Path) -> Vec<String> {
    let connection = Connection::open(store).expect("the store");
    let mut all = connection
        .prepare("SELECT concat_ws('|', niss, kind, status, name, birth_date, address, locality, language) FROM registry ORDER BY niss")
        .expect("a query");
    all.query_map([], |row| row.get(0)).expect("rows").map(|row| row.expect("a row")).collect()
}

/// Returns the files beside the store when nothing runs.
fn litter(sandbox: &Sandbox) -> Vec<String> {
    let names = std::fs::read_dir(sandbox.folder()).expect("the folder");
    let names = names.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    names.filter(|name| name.contains(".tmp.")).collect()
}

#[test]
fn rows_of_many_blocks_are_checked_in_line_order() {
    let sandbox = Sandbox::empty();
    let (mut text, mut expected) = (HEADER.to_owned(), vec![]);
    let mut line = 2;
    for number in 0..25_000 {
        if number % 1000 != 0 {
            text += &row(number);
            line += 1;
            continue;
        }
        // A bad row, a row of three lines, and a duplicate: half of zero is zero.
        text += &format!("{}x,citizen,Ana,1970-01-30,,\n", niss(number));
        text += &row(number).replacen("Ana", "\"Ana\n\nEva", 1).replacen(",1970", "\",1970", 1);
        text += &row(number / 2);
        expected.extend([(line, "character"), (line + 4, "duplicate")]);
        line += 5;
    }
    assert!(text.len() > 6 * 256 * 1024, "{} bytes are too few blocks", text.len());
    sandbox.file("registry.csv", &text);
    for input in ["registry.csv", "-"] {
        let run = sandbox.feed(&format!("--json registry import {input} --rejects rejects.jsonl"), &text).fails(5);
        let reply = run.json();
        assert_eq!(
            (&reply["read"], &reply["loaded"], &reply["rejected"]),
            (&json!(25_050), &json!(25_000), &json!(50))
        );
        let rejected: Vec<(u64, String)> = lines(&sandbox.read("rejects.jsonl"))
            .iter()
            .map(|reject| (reject["line"].as_u64().expect("a line"), word(reject, "reason").to_owned()))
            .collect();
        let expected: Vec<(u64, String)> =
            expected.iter().map(|(line, reason)| (*line, (*reason).to_owned())).collect();
        assert_eq!(rejected, expected, "{input}");
    }
    let audit = lines(&sandbox.ssd("--json audit list").ok());
    let groups: Vec<_> = audit.iter().filter(|entry| entry["action"] == "registry_import").collect();
    let of = |loaded: u64| json!({ "loaded": loaded, "of": 25_000, "rejected": 50 });
    let details: Vec<_> = groups.iter().map(|entry| entry["detail"].clone()).collect();
    assert_eq!(details, [of(10_000), of(10_000), of(5000), of(10_000), of(10_000), of(5000)]);
    sandbox.ssd("store check").ok();
}

#[test]
fn json_lines_load_like_csv() {
    let object = |number| {
        let name = format!("Ana {number}");
        format!("{}\n", json!({ "niss": niss(number), "kind": "citizen", "name": name, "birth_date": "1970-01-30" }))
    };
    let sandbox = Sandbox::empty();
    let text: String =
        (0..8000).map(|number| if number == 7000 { "[]\n".to_owned() } else { object(number) }).collect();
    let run = sandbox.feed("registry import -", text).fails(5).says("line 7001");
    assert!(run.out.starts_with("Rows read: 8000. Loaded: 7999. Rejected: 1. "), "{}", run.out);
}

#[test]
fn input_invalid_after_many_blocks_changes_nothing() {
    let sandbox = Sandbox::empty();
    let before = sandbox.bytes();
    for bad in ["x".repeat(2 << 20), format!("\"{}", "x".repeat(2 << 20))] {
        sandbox.file("registry.csv", format!("{}{bad}", registry(15_000)));
        sandbox.ssd("registry import registry.csv").fails(2).says("MiB");
        assert_eq!((sandbox.bytes(), litter(&sandbox)), (before.clone(), vec![]));
    }
}

/// Stops after a number of transactions.
struct Impatient(u64);

impl ImportObserver for Impatient {
    fn rejected(&mut self, _: &RejectRecord) {}
    fn loaded(&mut self, rows: u64, _: Counts) {
        self.0 = self.0.saturating_sub(u64::from(rows > 0));
    }
    fn should_stop(&self) -> bool {
        self.0 == 0
    }
}

#[test]
fn interrupted_import_ends_at_a_commit_and_reports_it() {
    let sandbox = Sandbox::empty();
    let import = || Import {
        input: Box::new(std::io::Cursor::new(registry(25_000).into_bytes())),
        reading: ReadOptions::default(),
        rejects: None,
        language: Language::En,
        dry_run: false,
    };
    let store = Store::open(&sandbox.store()).expect("the store");
    let stopped = import::run(&store, "tester", import(), &mut Impatient(2)).expect_err("it was stopped");
    assert_eq!((stopped.exit(), stopped.kind()), (ExitStatus::Interrupted, "interrupted"));
    let Error::InterruptedMidway { key: "import", facts } = stopped else { panic!("{stopped}") };
    assert_eq!(format!("{facts:?}"), "[(\"loaded\", Number(20000)), (\"good\", Number(25000))]");
    assert_eq!(sandbox.json("registry count")["records"], 20_000);
    import::run(&store, "tester", import(), &mut Impatient(9)).expect("the rest");
    assert_eq!(sandbox.json("registry count")["records"], 25_000);
    // Interrupted before the first transaction, it loads nothing.
    let other = Sandbox::empty();
    let store = Store::open(&other.store()).expect("the store");
    let stopped = import::run(&store, "tester", import(), &mut Impatient(0)).expect_err("it was stopped");
    assert!(matches!(stopped, Error::InterruptedMidway { key: "import-unread", .. }), "{stopped}");
    assert_eq!(other.json("registry count")["records"], 0);
}

/// Returns an import from a named pipe, and the pipe.
fn from_a_pipe(sandbox: &Sandbox) -> Option<(Command, File)> {
    let made = Command::new("mkfifo").arg(sandbox.folder().join("pipe")).status();
    if !made.is_ok_and(|status| status.success()) {
        skipped("a pipe with a name: there is no mkfifo");
        return None;
    }
    // Opened for reading and writing, so that it has a reader before the program starts.
    let pipe = OpenOptions::new().read(true).write(true).open(sandbox.folder().join("pipe")).expect("a pipe");
    let mut command = sandbox.command("registry import pipe");
    command.env("TERM", "xterm");
    Some((command, pipe))
}

#[test]
fn ctrl_c_ends_an_import_that_waits_for_input() {
    let sandbox = Sandbox::empty();
    for rows in [0, 20_000] {
        let Some((command, mut pipe)) = from_a_pipe(&sandbox) else { return };
        let mut terminal = Terminal::start(command);
        // The text on the screen proves that the program runs.
        terminal.sees("lines: 0");
        if rows > 0 {
            pipe.write_all(registry(rows).as_bytes()).expect("the pipe takes rows");
        }
        kill_process(terminal.pid(), Signal::INT).expect("a signal");
        let run = terminal.ends().fails(130).says("interrupted: nothing was loaded").says("run the same command again");
        assert!(run.out.is_empty(), "{run:?}");
        assert_eq!(sandbox.json("registry count")["records"], 0);
        std::fs::remove_file(sandbox.folder().join("pipe")).expect("the pipe");
    }
}

#[test]
fn progress_is_shown_at_a_terminal_only() {
    let sandbox = Sandbox::empty();
    sandbox.file("registry.csv", registry(12_000));
    let shown = |line: &str| {
        let mut command = sandbox.command(line);
        command.env("TERM", "xterm");
        Terminal::start(command).ends().fails(0)
    };
    let run = shown("registry import registry.csv").says("lines: ").says("refused: 0").says("time left: ");
    assert!(run.out.starts_with("Rows read: 12000. Loaded: 12000. Rejected: 0. "), "{}", run.out);
    assert_eq!(shown("registry import registry.csv -q").err, "");
    assert!(shown("registry import registry.csv --lang pt").err.contains("tempo restante: "));
    assert_eq!(sandbox.ssd("registry import registry.csv").fails(0).err, "");
}

#[test]
fn killed_import_run_again_gives_the_same_registry() {
    // tests/bench/kill-import.sh does the same with a release binary and fifty rounds.
    let undisturbed = Sandbox::empty();
    undisturbed.file("registry.csv", registry(15_000));
    let begun = Instant::now();
    undisturbed.ssd("registry import registry.csv").ok();
    let undisturbed_duration = begun.elapsed();
    let expected = content(&undisturbed.store());
    let mut killed = 0;
    let rounds = rounds(3);
    for round in 0..rounds {
        let sandbox = Sandbox::empty();
        let line = format!("registry import {}", undisturbed.folder().join("registry.csv").display());
        let mut child = sandbox.command(&line).stdout(Stdio::null()).spawn().expect("it runs");
        // Not a wait: each round kills at another moment.
        let begun = Instant::now();
        while begun.elapsed() < undisturbed_duration * round / rounds {
            std::hint::spin_loop();
        }
        let _ = child.kill();
        killed += u32::from(child.wait().expect("its end").code().is_none());
        sandbox.ssd("store check").ok();
        assert_eq!(litter(&sandbox), Vec::<String>::new(), "round {round}");
        let there = content(&sandbox.store()).len();
        assert!(there.is_multiple_of(10_000) || there == expected.len(), "round {round}: half a group, {there}");
        sandbox.ssd(&line).ok();
        assert!(content(&sandbox.store()) == expected, "round {round}");
        sandbox.ssd("store check").ok();
        sandbox.ssd("audit verify").ok();
    }
    assert!(killed > 0, "none was killed before its end");
}
