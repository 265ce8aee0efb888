//! The key's file: where it is, what happens without it, and its change, whatever comes between.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::support::*;

const WRITE: &str = "account unlock 12000000012 --reason x";

fn kind(run: &Run) -> String {
    word(&run.json(), "kind").to_owned()
}

#[test]
fn the_key_is_where_the_option_or_the_variable_says() {
    let home = Sandbox::nothing();
    let elsewhere = home.folder().join("elsewhere");
    fs::create_dir(&elsewhere).expect("a folder");
    home.ssd("init --key-file elsewhere/k").ok();
    assert!(!home.key().exists() && elsewhere.join("k").is_file());
    home.ssd(WRITE).fails(4).says("store.db.key").says("--key-file");
    home.ssd(&format!("{WRITE} --key-file elsewhere/k")).ok();
    home.under(&[("SSD_KEY_FILE", "elsewhere/k")], WRITE).ok();
    // The option stands above the variable; an empty variable is none.
    home.under(&[("SSD_KEY_FILE", "no/such/key")], WRITE).fails(4).says("no/such/key");
    home.under(&[("SSD_KEY_FILE", "no/such/key")], &format!("--key-file elsewhere/k {WRITE}")).ok();
    home.under(&[("SSD_KEY_FILE", "")], WRITE).fails(4).says("store.db.key");
    // For those who hash beside it too.
    home.import("personas.csv").fails(4);
    home.under(&[("SSD_KEY_FILE", "elsewhere/k")], &format!("registry import {}", data("personas.csv").display())).ok();
    home.file("in", "{\"op\":\"password_change\",\"session\":\"x\",\"password\":\"x\",\"new_password\":\"y\"}\n");
    let printed = home.ssd("batch in --key-file elsewhere/k").fails(5);
    assert!(printed.out.contains("login_required"), "{printed:?}");
    // A sandbox has none, whatever is said.
    let sandbox = Sandbox::new();
    sandbox.under(&[("SSD_KEY_FILE", "no/such/key")], WRITE).ok();
    sandbox.ssd("--store other.db --key-file other.key init --sandbox").ok();
    assert!(!sandbox.folder().join("other.key").exists());
}

#[test]
fn without_its_key_a_store_gives_no_wrong_answer() {
    let real = Sandbox::real();
    real.register();
    let key = fs::read(real.key()).expect("a key");
    let other = Sandbox::nothing();
    other.ssd("init").ok();
    let others = fs::read(other.key()).expect("a key");
    let states: [(&str, Option<&[u8]>); 4] = [
        ("key_missing", None),
        ("key_missing", Some(b"")),
        ("key_missing", Some(&[0xff; 64])),
        ("key_wrong", Some(&others)),
    ];
    for (printed, content) in states {
        match content {
            Some(content) => fs::write(real.key(), content).expect("a key"),
            None => fs::remove_file(real.key()).expect("a key"),
        }
        let before = real.bytes();
        for line in [
            WRITE,
            "store check",
            "store rekey",
            "outbox list",
            "outbox show 1",
            &format!("outbox code {ANA}"),
            &format!("outbox wait {ANA} --timeout 0s"),
            "contacts show",
            &format!("{REGISTER_ANA} --channel sms"),
        ] {
            let mut command = real.command(&format!("--json {line}"));
            command.env("SSD_SESSION", "0".repeat(48));
            assert_eq!(kind(&finish(command, None).fails(4)), printed, "{line}");
        }
        for line in [format!("activate {ANA} --code 123456"), format!("login {ANA}")] {
            assert_eq!(kind(&real.feed(&format!("--json {line} --password-stdin"), PASSWORD).fails(4)), printed);
        }
        // What needs no key goes on.
        for line in ["registry count", "account list", "audit list", "policy show", "store info", "state-hash"] {
            real.ssd(line).ok();
        }
        real.ssd(&format!("account show {ANA}")).ok();
        assert_eq!(real.bytes(), before);
        fs::write(real.key(), &key).expect("a key");
    }
    real.activate_with(ANA, &real.code(ANA)).ok();
}

#[test]
fn another_key_opens_the_store_and_the_old_one_does_no_more() {
    let mut real = Sandbox::real();
    real.register();
    real.activate_with(ANA, &real.code(ANA)).ok();
    real.log_in(ANA, PASSWORD);
    let digits = real.ssd("phone-code set").ok();
    real.ssd("contacts confirm --channel email").ok();
    let code = real.code(ANA);
    real.ssd("store backup before.db").ok();
    let old = fs::read(real.key()).expect("a key");

    assert_eq!(real.json("store rekey")["key_file"], real.key().to_string_lossy().as_ref());
    let new = fs::read(real.key()).expect("a key");
    assert_ne!(old, new);
    fs::write(real.folder().join("old"), &old).expect("a key");
    for line in [WRITE, "store check", "outbox list", "store rekey"] {
        assert_eq!(kind(&real.ssd(&format!("--json --key-file old {line}")).fails(4)), "key_wrong", "{line}");
    }
    assert_eq!(fs::read(real.key()).expect("a key"), new);
    let form = before(&real);
    assert!(!real.bytes().windows(72).any(|part| part == form), "the old form of the key is gone");
    // All goes on: sessions, codes in messages and typed, phone codes.
    real.ssd("store check").ok();
    assert_eq!(real.code(ANA), code);
    done(real.json(&format!("contacts confirm --channel email --code {code}")));
    done(real.feed_json(&format!("phone-code verify {ANA} --code-stdin"), digits));
    let audit = lines(&real.ssd("--json audit list --limit 4").ok());
    assert!(audit.iter().any(|entry| entry["action"] == "store_rekey" && entry["outcome"] == "done"), "{audit:?}");
    // A copy from before is opened by the key of then.
    real.ssd("--store before.db --key-file old store check").ok();
    real.ssd(&format!("--store before.db --key-file {} store check", real.key().display())).fails(4);
    names(&real, &["before.db", "old", "store.db", "store.db.key"]);
}

/// The store's own key as a copy from before has it.
fn before(real: &Sandbox) -> Vec<u8> {
    let connection = Connection::open(real.folder().join("before.db")).expect("a copy");
    connection.query_row("SELECT data_key FROM store", [], |row| row.get(0)).expect("its key")
}

/// The files of the folder, and no other.
fn names(sandbox: &Sandbox, expected: &[&str]) {
    let mut found: Vec<String> = fs::read_dir(sandbox.folder())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    found.sort();
    assert_eq!(found, expected);
}

/// Where a new key waits: its name follows from what the store keeps of it.
fn waiting(sandbox: &Sandbox) -> PathBuf {
    let connection = Connection::open(sandbox.store()).expect("the store");
    let check: Vec<u8> =
        connection.query_row("SELECT key_check FROM store", [], |row| row.get(0)).expect("what is kept");
    let name: String = check[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    sandbox.folder().join(format!("store.db.key.new.{name}"))
}

#[test]
fn a_change_of_key_that_was_cut_short_is_finished_or_was_none() {
    let real = Sandbox::real();
    real.register();
    let read = |path: &Path| fs::read(path).expect("a key");
    // Cut short before the store said so: the old key is in force, and what waits is swept away by the next change.
    let stale = real.folder().join("store.db.key.new.0123456789abcdef");
    fs::write(&stale, "0".repeat(64)).expect("a file");
    let old = read(&real.key());
    real.ssd("store check").ok();
    assert_eq!(read(&real.key()), old);
    real.ssd("store rekey").ok();
    assert!(!stale.exists());
    // Cut short behind it: who comes next finishes it, by a look and by a change.
    for line in ["store check", WRITE, "outbox list", "store rekey"] {
        let old = read(&real.key());
        real.ssd("store rekey").ok();
        let new = read(&real.key());
        fs::rename(real.key(), waiting(&real)).expect("back to before");
        fs::write(real.key(), &old).expect("a key");
        real.ssd(line).ok();
        assert_eq!(read(&real.key()) == new, line != "store rekey", "{line}");
        names(&real, &["store.db", "store.db.key"]);
    }
    real.activate_with(ANA, &real.code(ANA)).ok();
}

#[test]
fn a_process_that_is_killed_at_its_change_of_key_leaves_a_store_that_opens() {
    let real = Sandbox::real();
    let (mut changed, mut killed) = (0, 0);
    for round in 0_u32..40 {
        let old = fs::read(real.key()).expect("a key");
        let mut child = real.command("--json store rekey").spawn().expect("the binary runs");
        // Not a wait for anything: as long as it takes to count, from no time at all to longer than the process lives, and mostly short,
        // as a process whose store lies in memory is soon through.
        for _ in 0..round * round * 1_000 {
            std::hint::spin_loop();
        }
        let _ = child.kill();
        let output = child.wait_with_output().expect("it ends");
        let answered = !output.stdout.is_empty();
        real.ssd("store check").ok();
        let new = fs::read(real.key()).expect("a key");
        assert!(!answered || new != old, "round {round}: answered, and the old key is there");
        changed += u32::from(new != old);
        killed += u32::from(!answered);
    }
    assert!(killed > 0, "not one was killed before it had answered");
    assert!(changed > 0, "not one came to its end");
    real.ssd("store rekey").ok();
    names(&real, &["store.db", "store.db.key"]);
}

#[test]
fn changes_of_key_at_once_come_one_after_the_other() {
    let real = Sandbox::real();
    real.register();
    let code = real.code(ANA);
    let racers: Vec<_> = (0..16)
        .map(|n| real.command(if n % 2 == 0 { "store rekey" } else { WRITE }).spawn().expect("it runs"))
        .collect();
    for racer in racers {
        let output = racer.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }
    real.ssd("store check").ok();
    assert_eq!(real.code(ANA), code);
    names(&real, &["store.db", "store.db.key"]);
}

#[test]
fn symlink_to_a_key_file_is_preserved() {
    let real = Sandbox::real();
    fs::create_dir(real.folder().join("stick")).expect("a folder");
    fs::rename(real.key(), real.folder().join("stick/key")).expect("another path");
    std::os::unix::fs::symlink("stick/key", real.key()).expect("a link");
    real.ssd("store rekey").ok();
    assert!(real.key().is_symlink());
    real.ssd("store check").ok();
    names(&real, &["stick", "store.db", "store.db.key"]);
}

#[test]
fn a_key_that_can_t_be_written_is_not_changed() {
    let real = Sandbox::real();
    let old = fs::read(real.key()).expect("a key");
    // A folder in the place of the file that is to be written would do; the system lets root write anywhere else.
    let connection = Connection::open(real.store()).expect("the store");
    connection
        .execute_batch("CREATE TRIGGER no BEFORE UPDATE ON store BEGIN SELECT raise(ABORT, 'a full disk'); END")
        .expect("a trigger");
    drop(connection);
    let printed = real.ssd("store rekey");
    assert_ne!(printed.code, 0, "{printed:?}");
    assert_eq!(fs::read(real.key()).expect("a key"), old);
    let connection = Connection::open(real.store()).expect("the store");
    connection.execute_batch("DROP TRIGGER no").expect("its end");
    drop(connection);
    real.ssd("store check").ok();
    real.ssd("store rekey").ok();
    names(&real, &["store.db", "store.db.key"]);
}
