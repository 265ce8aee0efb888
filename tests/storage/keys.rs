//! The key file: its path, commands without it, and its rotation, also after interruptions.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use ssd::store::locked_file::LockedFile;

use crate::support::*;

const WRITE: &str = "account unlock 12000000012 --reason x";

fn kind(run: &Run) -> String {
    word(&run.json(), "kind").to_owned()
}

#[test]
fn key_path_is_option_then_variable() {
    let home = Sandbox::nothing();
    let elsewhere = home.folder().join("elsewhere");
    fs::create_dir(&elsewhere).expect("a folder");
    home.ssd("init --key-file elsewhere/k").ok();
    assert!(!home.key().exists() && elsewhere.join("k").is_file());
    home.ssd(WRITE).fails(4).says("store.db.key").says("--key-file");
    home.ssd(&format!("{WRITE} --key-file elsewhere/k")).ok();
    home.under(&[("SSD_KEY_FILE", "elsewhere/k")], WRITE).ok();
    // The option takes precedence over the variable; an empty variable counts as unset.
    home.under(&[("SSD_KEY_FILE", "no/such/key")], WRITE).fails(4).says("no/such/key");
    home.under(&[("SSD_KEY_FILE", "no/such/key")], &format!("--key-file elsewhere/k {WRITE}")).ok();
    home.under(&[("SSD_KEY_FILE", "")], WRITE).fails(4).says("store.db.key");
    // Hashing threads use the same key.
    home.import("personas.csv").fails(4);
    home.under(&[("SSD_KEY_FILE", "elsewhere/k")], &format!("registry import {}", data("personas.csv").display())).ok();
    home.file("in", "{\"op\":\"password_change\",\"session\":\"x\",\"password\":\"x\",\"new_password\":\"y\"}\n");
    let run = home.ssd("batch in --key-file elsewhere/k").fails(5);
    assert!(run.out.contains("login_required"), "{run:?}");
    // A sandbox has no key file.
    let sandbox = Sandbox::new();
    sandbox.under(&[("SSD_KEY_FILE", "no/such/key")], WRITE).ok();
    sandbox.ssd("--store other.db --key-file other.key init --sandbox").ok();
    assert!(!sandbox.folder().join("other.key").exists());
}

#[test]
fn store_without_its_key_gives_no_wrong_reply() {
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
    for (error_kind, content) in states {
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
            assert_eq!(kind(&finish(command, None).fails(4)), error_kind, "{line}");
        }
        for line in [format!("activate {ANA} --code 123456"), format!("login {ANA}")] {
            assert_eq!(kind(&real.feed(&format!("--json {line} --password-stdin"), PASSWORD).fails(4)), error_kind);
        }
        // Commands that need no key work.
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
fn rekey_replaces_the_key() {
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
    assert!(!real.bytes().windows(72).any(|part| part == form), "the sealed form of the old key is gone");
    // Everything continues: sessions, codes in messages, entered codes, phone codes.
    real.ssd("store check").ok();
    assert_eq!(real.code(ANA), code);
    done(real.json(&format!("contacts confirm --channel email --code {code}")));
    done(real.feed_json(&format!("phone-code verify {ANA} --code-stdin"), digits));
    let audit = lines(&real.ssd("--json audit list --limit 4").ok());
    assert!(audit.iter().any(|entry| entry["action"] == "store_rekey" && entry["outcome"] == "done"), "{audit:?}");
    // The key of that time opens an earlier backup.
    real.ssd("--store before.db --key-file old store check").ok();
    real.ssd(&format!("--store before.db --key-file {} store check", real.key().display())).fails(4);
    assert_eq!(real.names(), ["before.db", "old", "store.db", "store.db.key"]);
}

/// Returns the data key in the earlier backup.
fn before(real: &Sandbox) -> Vec<u8> {
    let connection = Connection::open(real.folder().join("before.db")).expect("a copy");
    connection.query_row("SELECT data_key FROM store", [], |row| row.get(0)).expect("its key")
}

/// Returns the path of a new key before it is renamed. It is derived from the stored key check.
fn waiting(sandbox: &Sandbox) -> PathBuf {
    let connection = Connection::open(sandbox.store()).expect("the store");
    let check: Vec<u8> = connection.query_row("SELECT key_check FROM store", [], |row| row.get(0)).expect("its check");
    let name: String = check[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    sandbox.folder().join(format!("store.db.key.new.{name}"))
}

#[test]
fn interrupted_rekey_is_completed_or_undone() {
    let real = Sandbox::real();
    real.register();
    let read = |path: &Path| fs::read(path).expect("a key");
    // Interrupted before the store changed: the old key is valid, and the next rotation removes the leftover.
    let stale = real.folder().join("store.db.key.new.0123456789abcdef");
    fs::write(&stale, "0".repeat(64)).expect("a file");
    let old = read(&real.key());
    real.ssd("store check").ok();
    assert_eq!(read(&real.key()), old);
    real.ssd("store rekey").ok();
    assert!(!stale.exists());
    // Interrupted after the store changed: the next command completes the rotation.
    for line in ["store check", WRITE, "outbox list", "store rekey"] {
        let old = read(&real.key());
        real.ssd("store rekey").ok();
        let new = read(&real.key());
        fs::rename(real.key(), waiting(&real)).expect("back to before");
        fs::write(real.key(), &old).expect("a key");
        real.ssd(line).ok();
        assert_eq!(read(&real.key()) == new, line != "store rekey", "{line}");
        assert_eq!(real.names(), ["store.db", "store.db.key"]);
    }
    real.activate_with(ANA, &real.code(ANA)).ok();
}

#[test]
fn concurrent_rekeys_run_in_turn() {
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
    assert_eq!(real.names(), ["store.db", "store.db.key"]);
}

#[test]
fn linked_key_file_stays_a_link() {
    let real = Sandbox::real();
    fs::create_dir(real.folder().join("stick")).expect("a folder");
    fs::rename(real.key(), real.folder().join("stick/key")).expect("another path");
    std::os::unix::fs::symlink("stick/key", real.key()).expect("a link");
    real.ssd("store rekey").ok();
    assert!(real.key().is_symlink());
    real.ssd("store check").ok();
    assert_eq!(real.names(), ["stick", "store.db", "store.db.key"]);
}

#[test]
fn failed_rekey_keeps_the_old_key() {
    let real = Sandbox::real();
    let old = fs::read(real.key()).expect("a key");
    // Root can write to any path, so a trigger makes the write fail.
    let connection = Connection::open(real.store()).expect("the store");
    connection
        .execute_batch("CREATE TRIGGER no BEFORE UPDATE ON store BEGIN SELECT raise(ABORT, 'a full disk'); END")
        .expect("a trigger");
    drop(connection);
    let run = real.ssd("store rekey");
    assert_ne!(run.code, 0, "{run:?}");
    assert_eq!(fs::read(real.key()).expect("a key"), old);
    assert_eq!(real.names(), ["store.db", "store.db.key"]);
    let connection = Connection::open(real.store()).expect("the store");
    connection.execute_batch("DROP TRIGGER no").expect("its end");
    drop(connection);
    real.ssd("store check").ok();
    real.ssd("store rekey").ok();
    assert_eq!(real.names(), ["store.db", "store.db.key"]);
}

#[test]
fn key_file_belongs_to_one_store() {
    let home = Sandbox::nothing();
    let shared = &[("SSD_KEY_FILE", "shared.key")][..];
    home.under(shared, "--store a.db init").ok();
    let key = fs::read(home.folder().join("shared.key")).expect("a key");
    for line in ["--store b.db init", "--store b.db init --sandbox"] {
        let error = home.under(shared, &format!("--json {line}")).fails(3).json();
        assert_eq!(word(&error, "kind"), "key_exists", "{error}");
        assert!(
            word(&error, "message").contains("shared.key") && word(&error, "hint").contains("--key-file"),
            "{error}"
        );
        home.under(shared, &format!("--lang pt {line}")).fails(3).says("ficheiro de chave");
    }
    assert_eq!(home.names(), ["a.db", "shared.key"]);
    // Also if the file is no key, cannot be read as one, or leads nowhere.
    home.file("text.key", "not a key");
    fs::create_dir(home.folder().join("folder.key")).expect("a folder");
    std::os::unix::fs::symlink("nowhere", home.folder().join("link.key")).expect("a link");
    for name in ["text.key", "folder.key", "link.key"] {
        assert_eq!(kind(&home.ssd(&format!("--json --store b.db --key-file {name} init")).fails(3)), "key_exists");
    }
    assert_eq!(fs::read(home.folder().join("shared.key")).expect("a key"), key);
    home.under(shared, "--store a.db store check").ok();
    // An own path works at once.
    home.ssd("--store b.db --key-file own.key init").ok();
    home.under(shared, "--store a.db store rekey").ok();
    home.ssd("--store b.db --key-file own.key store check").ok();
}

#[test]
fn key_file_is_no_file_of_a_store() {
    let home = Sandbox::nothing();
    home.ssd("--store other.db init --sandbox").ok();
    home.ssd("--store real.db --key-file elsewhere init").ok();
    let before = fs::read(home.folder().join("other.db")).expect("a store");
    let files = ["elsewhere", "other.db", "real.db"];
    for name in [
        "store.db",
        "./store.db",
        "store.db-wal",
        "store.db-shm",
        "store.db-journal",
        "other.db",
        "other.db-wal",
        "other.db-shm",
        "real.db-journal",
        "other.db.key",
        "real.db.key",
    ] {
        let error = home.ssd(&format!("--json --key-file {name} init")).fails(2).json();
        assert!(word(&error, "message").contains(name), "{error}");
        assert_eq!(home.names(), files);
    }
    assert_eq!(fs::read(home.folder().join("other.db")).expect("a store"), before);
    // A copy with the key file of the original can't take it from the original.
    home.ssd("--store real.db --key-file elsewhere store backup copy.db").ok();
    fs::rename(home.folder().join("elsewhere"), home.folder().join("real.db.key")).expect("its usual place");
    home.ssd("--store copy.db --key-file real.db.key store check").ok();
    home.ssd("--store copy.db --key-file real.db.key store rekey").fails(2).says("real.db.key");
    home.ssd("--store real.db store check").ok();
    home.ssd("--store real.db store rekey").ok();
}

/// Sets a new store back to the moment before its key file had its name.
fn uninstall_key(home: &Sandbox) -> PathBuf {
    let staged = waiting(home);
    fs::rename(home.key(), &staged).expect("back to before");
    staged
}

#[test]
fn killed_init_is_finished_or_undone_by_the_next_command() {
    // After the store has its name: any command finishes it.
    for line in ["account list", "store backup copy.db", "store check", "store rekey", WRITE, "outbox list"] {
        let home = Sandbox::nothing();
        home.ssd("init").ok();
        let staged = uninstall_key(&home);
        home.ssd(line).ok();
        assert!(home.key().is_file() && !staged.exists(), "{line}");
        home.ssd("store check").ok();
    }
    // Before that: there is no store, and the next init removes what is there.
    for key in ["store.db.key", "elsewhere"] {
        let home = Sandbox::nothing();
        home.ssd("init").ok();
        let staged = uninstall_key(&home);
        let suffix = staged.to_string_lossy().split_once(".new.").map(|(_, suffix)| suffix.to_owned()).expect("a name");
        fs::rename(&staged, home.folder().join(format!("{key}.new.{suffix}"))).expect("a staged key");
        fs::rename(home.store(), home.folder().join("store.db.new.999999999.0")).expect("a temporary name");
        home.ssd(&format!("--key-file {key} init")).ok();
        assert_eq!(home.names(), if key == "elsewhere" { ["elsewhere", "store.db"] } else { ["store.db", key] });
        home.ssd(&format!("--key-file {key} store check")).ok();
    }
}

#[test]
fn staged_key_of_another_store_is_left_alone() {
    let home = Sandbox::nothing();
    home.ssd("--key-file shared init").ok();
    let name = waiting(&home).file_name().expect("a name").to_string_lossy().replace("store.db.key", "shared");
    fs::rename(home.folder().join("shared"), home.folder().join(&name)).expect("back to before");
    // Another store must not take the name that this store will need.
    let error = home.ssd("--json --store other.db --key-file shared init").fails(3).json();
    assert_eq!(word(&error, "kind"), "key_exists", "{error}");
    assert!(word(&error, "message").contains(&name), "{error}");
    home.ssd("--key-file shared store check").ok();
    assert_eq!(home.names(), ["shared", "store.db"]);
}

#[test]
fn killed_rekey_is_undone_by_any_command() {
    for line in ["account list", "store info", "store backup copy.db", "store check", WRITE] {
        let real = Sandbox::real();
        let stale = real.file("store.db.key.new.0123456789abcdef", "0".repeat(64));
        // A file of this name that no rekey makes.
        real.file("store.db.key.new.txt", "mine");
        real.ssd(line).ok();
        assert!(!real.folder().join(stale).exists(), "{line}");
        assert!(real.folder().join("store.db.key.new.txt").exists(), "{line}");
    }
}

#[test]
fn backup_after_a_killed_rekey_opens_with_the_key_beside_the_store() {
    let real = Sandbox::real();
    let old = fs::read(real.key()).expect("a key");
    real.ssd("store rekey").ok();
    uninstall_key(&real);
    fs::write(real.key(), old).expect("a key");
    real.ssd("store backup copy.db").ok();
    fs::copy(real.key(), real.folder().join("copy.db.key")).expect("a copy");
    real.ssd("--store copy.db store check").ok();
    assert_eq!(real.names(), ["copy.db", "copy.db.key", "store.db", "store.db.key"]);
}

#[test]
fn staged_key_of_a_living_process_stays() {
    let real = Sandbox::real();
    let staged = real.file("store.db.key.new.0123456789abcdef", "0".repeat(64));
    let file = LockedFile::wait(fs::File::open(real.folder().join(staged)).expect("a file")).expect("a lock");
    real.ssd("store check").ok();
    real.ssd("store rekey").ok();
    assert!(real.folder().join(staged).exists());
    drop(file);
    real.ssd("store info").ok();
    assert!(!real.folder().join(staged).exists());
}

#[test]
fn password_hash_opens_only_its_own_account_in_a_store_with_its_key() {
    use argon2::password_hash::phc::PasswordHash as Phc;

    let real = Sandbox::real();
    for niss in [ANA, JOSE] {
        real.open_account(niss);
    }
    let password_of = |store: &Path, niss: &str| -> String {
        let connection = Connection::open(store).expect("the store");
        connection.query_row("SELECT password FROM account WHERE niss = ?1", [niss], |row| row.get(0)).expect("a hash")
    };
    let login = |niss| word(&real.login(niss, PASSWORD), "result").to_owned();
    assert_eq!([login(ANA), login(JOSE)], ["done", "done"]);
    // The last field is not argon2id's output.
    let stored = password_of(&real.store(), ANA);
    let phc = Phc::new(&stored).expect("a PHC string");
    let mut output = [0; 32];
    let params = argon2::Params::try_from(&phc).expect("costs");
    argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params)
        .hash_password_into(PASSWORD.as_bytes(), phc.salt.expect("a salt").as_ref(), &mut output)
        .expect("an output");
    assert_ne!(phc.hash.expect("a last field").as_bytes(), output);
    // A new key file, a backup and a restored backup keep the passwords.
    real.ssd("store rekey").ok();
    assert_eq!(password_of(&real.store(), ANA), stored);
    assert_eq!(login(ANA), "done");
    real.ssd("store backup copy.db").ok();
    let restored = Sandbox::nothing();
    fs::copy(real.folder().join("copy.db"), restored.store()).expect("a store");
    restored.ssd("account list").ok();
    assert_eq!(kind(&restored.feed(&format!("--json login {ANA} --password-stdin"), PASSWORD)), "key_missing");
    fs::copy(real.key(), restored.key()).expect("a key");
    assert_eq!(restored.login(ANA, PASSWORD)["result"], "done");
    // A copied hash belongs to no other account.
    let connection = Connection::open(real.store()).expect("the store");
    connection.execute("UPDATE account SET password = ?2 WHERE niss = ?1", [JOSE, &stored]).expect("a copied hash");
    drop(connection);
    assert_eq!([login(ANA), login(JOSE)], ["done", "refused"]);
}
