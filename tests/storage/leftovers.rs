//! Files that killed commands leave: removed by the next command of the same kind and by `store check`, but never while the process
//! that made them lives.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::support::*;

/// Plants the leftover of a killed command that copied the store: a complete copy with a file beside it.
fn copy_left(sandbox: &Sandbox, name: &str) -> PathBuf {
    let path = sandbox.folder().join(name);
    fs::write(&path, sandbox.bytes()).expect("a copy");
    fs::write(sandbox.folder().join(format!("{name}-shm")), "").expect("a file");
    path
}

fn exist(sandbox: &Sandbox, names: &[&str]) -> Vec<bool> {
    names.iter().map(|name| sandbox.folder().join(name).exists()).collect()
}

#[test]
fn copies_of_killed_commands_are_removed() {
    for line in ["store check", "store backup other.db", "--store other.db init --sandbox"] {
        let sandbox = Sandbox::new();
        copy_left(&sandbox, "copy.db.new.4321.0");
        copy_left(&sandbox, "store.db.new.4321.17");
        sandbox.file("empty.db.new.4321.0", "");
        sandbox.ssd(line).ok();
        let left = ["copy.db.new.4321.0", "copy.db.new.4321.0-shm", "store.db.new.4321.17", "empty.db.new.4321.0"];
        assert_eq!(exist(&sandbox, &left), [false; 4], "{line}");
        sandbox.ssd("store check").ok();
    }
}

#[test]
fn staged_key_of_a_killed_init_is_removed_with_its_store() {
    let home = Sandbox::nothing();
    home.ssd("--store made.db init").ok();
    let connection = rusqlite::Connection::open(home.folder().join("made.db")).expect("a store");
    let check: Vec<u8> = connection.query_row("SELECT key_check FROM store", [], |row| row.get(0)).expect("a check");
    drop(connection);
    let name: String = check[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    let staged = format!("made.db.key.new.{name}");
    fs::rename(home.folder().join("made.db.key"), home.folder().join(&staged)).expect("a staged key");
    fs::rename(home.folder().join("made.db"), home.folder().join("made.db.new.4321.0")).expect("a temporary name");
    home.ssd("--store other.db init --sandbox").ok();
    assert_eq!(exist(&home, &[&staged, "made.db.new.4321.0"]), [false; 2]);
}

#[test]
fn other_files_are_no_leftovers() {
    let sandbox = Sandbox::new();
    sandbox.ssd(&format!("{REGISTER_ANA} --channel sms")).ok();
    let foreign = rusqlite::Connection::open(sandbox.folder().join("a.new.1.2")).expect("a database");
    foreign.execute_batch("CREATE TABLE t (x)").expect("a table");
    drop(foreign);
    sandbox.file("b.new.1.2", "notes");
    sandbox.file("c.new.1", sandbox.bytes());
    sandbox.file("d.new.1.2.3", "");
    sandbox.file("e.new.99999999999.0", "");
    sandbox.file(".f.pdf.part", "half");
    sandbox.file("g.pdf.part", "%PDF-1.7");
    // The log of a store that another process has open.
    let open = rusqlite::Connection::open(sandbox.store()).expect("the store");
    open.execute_batch("BEGIN; SELECT * FROM store").expect("a look");
    sandbox.ssd("store check").ok();
    sandbox.ssd("store backup copy.db").ok();
    let there = [
        "a.new.1.2",
        "b.new.1.2",
        "c.new.1",
        "d.new.1.2.3",
        "e.new.99999999999.0",
        ".f.pdf.part",
        "g.pdf.part",
        "store.db-wal",
    ];
    assert_eq!(exist(&sandbox, &there), [true; 8]);
    // So that no finished copy looks like a leftover.
    sandbox.ssd("store backup copy.db.new.1.2").fails(2).says("temporary");
    sandbox.ssd("--store x.new.1.2 init --sandbox").fails(3).says("temporary");
    assert_eq!(exist(&sandbox, &["copy.db.new.1.2", "x.new.1.2"]), [false; 2]);
}

#[test]
fn letters_and_pages_of_killed_commands_are_removed() {
    for line in [
        "store check",
        "outbox print --out other.pdf",
        "outbox export --eml .",
        "account timeline 12000000046 --html page",
        "report --html page",
    ] {
        let sandbox = Sandbox::new();
        sandbox.open_account(ANTONIO);
        sandbox.ssd(&format!("{REGISTER_ANA} --channel email")).ok();
        let parts =
            [".letters.pdf.part", ".list.csv.part", ".7.eml.part", ".old.html.part", ".begun.pdf.part", ".a.ics.part"];
        let starts =
            ["%PDF-1.7\n", "page,pages,message", "Date: Mon", "<!DOCTYPE html>\n<html", "%P", "BEGIN:VCALENDAR\r\n"];
        for (part, start) in parts.iter().zip(starts) {
            sandbox.file(part, start);
        }
        sandbox.ssd(line).ok();
        assert_eq!(exist(&sandbox, &parts), [false; 6], "{line}");
    }
}

/// Starts a process that holds the lock of a file or folder. `None` if there is no `flock`.
fn neighbour(path: &Path) -> Option<Child> {
    let mut command = Command::new("sh");
    command.args(["-c", "exec 9< \"$0\"; flock 9 || exit 1; echo locked; read line"]).arg(path);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a shell");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
    (line == "locked\n").then_some(child)
}

/// Ends the process.
fn end(mut neighbour: Child) {
    neighbour.stdin.take().expect("its input").write_all(b"\n").expect("a line");
    neighbour.wait().expect("its end");
}

#[test]
fn files_of_a_living_process_stay() {
    let sandbox = Sandbox::new();
    let copy = copy_left(&sandbox, "copy.db.new.4321.0");
    sandbox.file(".letters.pdf.part", "%PDF-1.7");
    let (Some(copying), Some(printing)) = (neighbour(&copy), neighbour(sandbox.folder())) else {
        skipped("a neighbour with a lock: there is no flock");
        return;
    };
    let left = ["copy.db.new.4321.0", "copy.db.new.4321.0-shm", ".letters.pdf.part"];
    for line in ["store check", "store backup a.db", "--store b.db init --sandbox"] {
        sandbox.ssd(line).ok();
        assert_eq!(exist(&sandbox, &left), [true; 3], "{line}");
    }
    end(printing);
    sandbox.ssd("store check").ok();
    assert_eq!(exist(&sandbox, &left), [true, true, false]);
    end(copying);
    sandbox.ssd("store check").ok();
    assert_eq!(exist(&sandbox, &left), [false; 3]);
}

#[test]
fn side_files_without_their_temporary_store_are_removed() {
    let sandbox = Sandbox::new();
    let log = [0x37, 0x7f, 0x06, 0x82, 0, 0x2d, 0xe2, 0x18];
    let index = [&3_007_000_u32.to_ne_bytes()[..], &[0; 60]].concat();
    let journal = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];
    let left = [
        "copy.db.new.4321.0-wal",
        "copy.db.new.4321.0-shm",
        "copy.db.new.4321.0-journal",
        "copy.db.new.4321.1-wal",
        "copy.db.new.4321.2-shm",
    ];
    for (name, content) in left.iter().zip([&log[..], &index, &journal, &[], &[0; 32]]) {
        sandbox.file(name, content);
    }
    // Another form of the name, another header, and a file whose store is there.
    let others = ["copy.db-wal", "copy.db.new.x.0-wal", "notes.new.1.0-wal", "zeros.new.1.0-wal", "made.new.1.0-wal"];
    for (name, content) in others.iter().zip([&log[..], &log, b"text", &[0; 32], &log]) {
        sandbox.file(name, content);
    }
    sandbox.file("made.new.1.0", "text of another program");
    sandbox.ssd("store check").ok();
    assert_eq!(exist(&sandbox, &left), [false; 5]);
    assert_eq!(exist(&sandbox, &others), [true; 5]);
}
