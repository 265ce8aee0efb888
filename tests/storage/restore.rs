//! `store restore`: what is restored, what ends, what stays, and interruptions at any moment.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use rusqlite::Connection;
use serde_json::{Value, json};

use crate::support::*;

/// Returns a real store with an open account, its backup `b.db`, and the key file of that time `first.key`.
fn with_backup() -> Sandbox {
    let mut real = Sandbox::real();
    real.register();
    real.activate_with(ANA, &real.code(ANA)).ok();
    real.log_in(ANA, PASSWORD);
    real.ssd("contacts confirm --channel email").ok();
    real.ssd("store backup b.db").ok();
    fs::copy(real.key(), real.folder().join("first.key")).expect("a copy");
    real
}

fn remove_store(sandbox: &Sandbox) {
    for name in
        sandbox.names().iter().filter(|name| ["store.db", "store.db-wal", "store.db-shm"].contains(&name.as_str()))
    {
        fs::remove_file(sandbox.folder().join(name)).expect("removed");
    }
}

fn previous(reply: &Value) -> PathBuf {
    PathBuf::from(word(reply, "kept"))
}

fn kind(run: &Run) -> String {
    word(&run.json(), "kind").to_owned()
}

#[test]
fn restored_store_has_the_state_of_the_backup_under_a_new_key() {
    let real = with_backup();
    let old_key = fs::read(real.key()).expect("a key");
    real.ssd(&format!("{} --channel email", person(JOSE).portal())).ok();
    let code = real.code(ANA);
    assert_eq!(kind(&real.ssd("--json store restore b.db").fails(3)), "store_exists");
    let reply = real.json("store restore b.db --replace");
    assert_eq!((&reply["sessions"], &reply["calls"], &reply["codes"]), (&json!(1), &json!(0), &json!(1)));
    assert_eq!(reply["key_file"], real.key().to_string_lossy().as_ref());
    real.ssd("store check").ok();
    // José's account was requested after the backup.
    assert_eq!(real.refused(&format!("account show {JOSE}")), "no_account");
    assert_eq!(real.state(ANA), "active");
    // The session and the open code have ended.
    assert_eq!(real.refused("contacts show"), "login_required");
    assert_eq!(real.login(ANA, PASSWORD)["result"], "done");
    assert_ne!(fs::read(real.key()).expect("a key"), old_key);
    let mut again = real;
    again.log_in(ANA, PASSWORD);
    let replied = again.json(&format!("contacts confirm --channel email --code {code}"));
    assert_eq!(reason(&replied), "code_superseded");
    let entry =
        lines(&again.ssd("--json audit list").ok()).into_iter().find(|entry| entry["action"] == "store_restore");
    let detail = entry.expect("an entry")["detail"].clone();
    assert!(detail["from"].is_string() && detail["to"].is_string(), "{detail}");
    assert!(again.ssd(&format!("account timeline {ANA}")).ok().contains("Store restored"));
}

#[test]
fn replaced_store_stays_with_its_key() {
    let real = with_backup();
    real.ssd(&format!("{} --channel email", person(JOSE).portal())).ok();
    let hash = real.ssd("state-hash").ok();
    let reply = real.json("store restore b.db --replace");
    let old = previous(&reply).display().to_string();
    assert!(old.contains("store.db.old-20"), "{old}");
    assert_eq!(word(&reply, "kept_key"), format!("{old}.key"));
    assert_eq!(real.ssd(&format!("--store {old} state-hash")).ok(), hash);
    real.ssd(&format!("--store {old} store check")).ok();
    // It can be restored again.
    let again = real.json(&format!("store restore {old} --replace"));
    assert_ne!(previous(&again), previous(&reply));
    real.json(&format!("account show {JOSE}"));
    for name in real.names() {
        let mode = fs::metadata(real.folder().join(&name)).expect("a file").permissions().mode() & 0o777;
        assert!(mode == 0o600 || !name.contains(".old-"), "{name}: {mode:o}");
    }
}

#[test]
fn lost_store_is_restored_with_the_key_beside_its_place() {
    let real = with_backup();
    remove_store(&real);
    let reply = real.json("store restore b.db");
    assert_eq!(reply["kept"], Value::Null);
    // The key file that opens the backup stays.
    let key = fs::read(PathBuf::from(word(&reply, "kept_key"))).expect("the old key");
    assert_eq!(key, fs::read(real.folder().join("first.key")).expect("a key"));
    real.ssd("store check").ok();
    // In another place, with the key beside the backup.
    fs::copy(real.folder().join("first.key"), real.folder().join("b.db.key")).expect("a copy");
    real.ssd("--store new/place.db store restore b.db").ok();
    real.ssd("--store new/place.db store check").ok();
    assert!(real.folder().join("new/place.db.key").exists());
}

#[test]
fn backup_needs_the_key_of_its_time() {
    let real = with_backup();
    real.ssd("store rekey").ok();
    let before = real.bytes();
    let run = real.ssd("--json store restore b.db --replace").fails(4);
    assert_eq!(kind(&run), "key_wrong");
    assert!(word(&run.json(), "message").contains("b.db") && word(&run.json(), "hint").contains("--backup-key"));
    assert_eq!(kind(&real.ssd("--json store restore b.db --replace --backup-key none").fails(4)), "key_missing");
    assert_eq!(kind(&real.ssd("--json store restore b.db --replace --backup-key b.db").fails(4)), "key_missing");
    assert!(real.bytes() == before);
    real.ssd("store restore b.db --replace --backup-key first.key").ok();
    real.ssd("store check").ok();
}

#[test]
fn anchor_after_the_backup_fails_and_an_earlier_one_holds() {
    let real = with_backup();
    let before = real.ssd("audit head").ok();
    real.ssd("store backup c.db").ok();
    real.ssd(&format!("account unlock {ANA} --reason x")).ok();
    let after = real.ssd("audit head").ok();
    real.ssd("store restore c.db --replace").ok().contains("Anchors");
    real.ssd(&format!("audit verify --since {before}")).ok();
    assert_eq!(kind(&real.ssd(&format!("--json audit verify --since {after}")).fails(4)), "audit_broken");
}

#[test]
fn damaged_and_foreign_backups_change_nothing() {
    let real = with_backup();
    let backup = fs::read(real.folder().join("b.db")).expect("a backup");
    real.file("short", &backup[..backup.len() / 2]);
    real.file("text", "no store at all");
    real.file("empty", "");
    fs::copy(real.folder().join("b.db"), real.folder().join("state")).expect("a copy");
    let connection = Connection::open(real.folder().join("state")).expect("a copy");
    connection.execute("UPDATE account SET state = 'suspended'", []).expect("an edit");
    drop(connection);
    fs::copy(real.folder().join("b.db"), real.folder().join("newer")).expect("a copy");
    let connection = Connection::open(real.folder().join("newer")).expect("a copy");
    connection.pragma_update(None, "user_version", 9).expect("an edit");
    drop(connection);
    let before = (real.bytes(), fs::read(real.key()).expect("a key"));
    for (file, code, expected) in [
        ("short", 4, "store_damaged"),
        ("text", 4, "store_foreign"),
        ("empty", 4, "store_foreign"),
        ("first.key", 4, "store_foreign"),
        ("state", 4, "state_differs"),
        ("newer", 4, "store_newer"),
        ("none", 2, "file"),
        (".", 2, "file"),
        ("store.db", 2, "usage"),
        ("-", 2, "usage"),
    ] {
        let run = real.ssd(&format!("--json store restore --replace --backup-key first.key -- {file}")).fails(code);
        assert_eq!(kind(&run), expected, "{file}");
    }
    assert!((real.bytes(), fs::read(real.key()).expect("a key")) == before);
    let left = real.names();
    assert!(left.iter().all(|name| !name.contains(".old-") && !name.contains(".new.")), "{left:?}");
}

#[test]
fn linked_backups_are_read_and_pipes_refused() {
    let real = with_backup();
    std::os::unix::fs::symlink("store.db", real.folder().join("itself")).expect("a link");
    std::os::unix::fs::symlink("b.db", real.folder().join("linked")).expect("a link");
    std::os::unix::fs::symlink("nowhere", real.folder().join("dangling")).expect("a link");
    fs::hard_link(real.folder().join("b.db"), real.folder().join("second-name")).expect("a link");
    let made = std::process::Command::new("mkfifo").arg(real.folder().join("pipe")).status().expect("mkfifo");
    assert!(made.success());
    for file in ["itself", "dangling", "pipe"] {
        real.ssd(&format!("store restore {file} --replace")).fails(2);
    }
    for file in ["linked", "second-name"] {
        real.ssd(&format!("store restore {file} --replace --backup-key first.key")).ok();
    }
    // A link to a store is the store.
    std::os::unix::fs::symlink(real.folder().join("store.db"), real.folder().join("link.db")).expect("a link");
    real.ssd("--store link.db store restore b.db --replace --backup-key first.key").ok();
    assert!(fs::symlink_metadata(real.folder().join("link.db")).expect("a link").is_symlink());
    real.ssd("store check").ok();
}

#[test]
fn sandbox_is_restored_without_a_key() {
    let sandbox = Sandbox::new();
    sandbox.register();
    sandbox.ssd("store backup b.db").ok();
    sandbox.activate_with(ANA, &sandbox.code(ANA)).ok();
    let reply = sandbox.json("store restore b.db --replace");
    assert_eq!((&reply["key_file"], &reply["kept_key"]), (&Value::Null, &Value::Null));
    assert_eq!(sandbox.state(ANA), "requested");
    assert!(!sandbox.key().exists());
    sandbox.ssd("store check").ok();
    // A sandbox does not take the place of a store, nor a store that of a sandbox.
    let real = with_backup();
    fs::copy(sandbox.folder().join("b.db"), real.folder().join("sandbox.db")).expect("a copy");
    assert_eq!(kind(&real.ssd("--json store restore sandbox.db --replace").fails(2)), "usage");
    remove_store(&real);
    assert_eq!(kind(&real.ssd("--json store restore sandbox.db").fails(3)), "key_exists");
    fs::copy(real.folder().join("b.db"), sandbox.folder().join("real.db")).expect("a copy");
    fs::copy(real.folder().join("first.key"), sandbox.folder().join("real.db.key")).expect("a copy");
    assert_eq!(kind(&sandbox.ssd("--json store restore real.db --replace").fails(2)), "usage");
}

#[test]
fn backups_of_every_version_are_migrated_on_the_way() {
    let frozen: [(&str, &[u8]); 4] = [
        ("1", include_bytes!("../data/store-1.db")),
        ("2", include_bytes!("../data/store-2.db")),
        ("3", include_bytes!("../data/store-3.db")),
        ("4", include_bytes!("../data/store-4.db")),
    ];
    for (version, content) in frozen {
        let sandbox = Sandbox::nothing();
        sandbox.file("b.db", content);
        sandbox.ssd("store restore b.db").ok();
        sandbox.ssd("store check").ok();
        assert_eq!(
            fs::read(sandbox.folder().join("b.db")).expect("a file"),
            content,
            "version {version}: the backup stays"
        );
    }
    let real = Sandbox::nothing();
    real.file("b.db", include_bytes!("../data/store-2-messages.db"));
    real.file("b.db.key", include_bytes!("../data/store-2-messages.db.key"));
    real.ssd("store restore b.db").ok();
    real.ssd("store check").ok();
    assert_ne!(fs::read(real.folder().join("b.db.key")).expect("a file"), fs::read(real.key()).expect("a key"));
}

#[test]
fn copied_files_of_a_store_are_read_with_their_log_and_stay() {
    let sandbox = Sandbox::new();
    let raw = sandbox.folder().join("raw");
    fs::create_dir(&raw).expect("a folder");
    let connection = Connection::open(sandbox.store()).expect("the store");
    connection.execute_batch("PRAGMA wal_autocheckpoint = 0; UPDATE store SET clock = clock + 60").expect("an edit");
    for name in ["store.db", "store.db-wal"] {
        fs::copy(sandbox.folder().join(name), raw.join(name)).expect("a copy");
    }
    drop(connection);
    let files = || ["store.db", "store.db-wal"].map(|name| fs::read(raw.join(name)).expect("a file"));
    let before = files();
    sandbox.ssd("--store copy.db store restore raw/store.db").ok();
    assert!(files() == before);
    let clock = |line: &str| sandbox.json(line)["now"].clone();
    assert_eq!(clock("--store copy.db clock show"), clock("clock show"));
}

#[test]
fn damaged_store_is_replaced() {
    let real = with_backup();
    let size = fs::metadata(real.store()).expect("a store").len();
    let mut bytes = real.bytes();
    for byte in &mut bytes[8192..usize::try_from(size).expect("a size") / 2] {
        *byte = 0xa5;
    }
    fs::write(real.store(), &bytes).expect("a damaged store");
    real.ssd("store check").fails(4);
    real.ssd("store restore b.db --replace").ok();
    real.ssd("store check").ok();
}

#[test]
fn failed_restore_keeps_the_old_store() {
    let real = with_backup();
    if !rustix::process::geteuid().is_root() {
        fs::set_permissions(real.folder(), fs::Permissions::from_mode(0o500)).expect("a mode");
        assert_eq!(kind(&real.ssd("--json store restore b.db --replace").fails(3)), "store_unwritable");
        fs::set_permissions(real.folder(), fs::Permissions::from_mode(0o700)).expect("a mode");
    }
    // A disk that is full, at several points.
    for blocks in [40, 200, 300, 400] {
        let script =
            format!("ulimit -f {blocks}; trap '' XFSZ; exec {SSD} store restore b.db --replace --backup-key first.key");
        let state = || (real.ssd("state-hash").ok(), fs::read(real.key()).expect("a key"));
        let before = state();
        let mut limited = std::process::Command::new("bash");
        let envs = [("SSD_STORE", real.store()), ("HOME", real.folder().to_owned())];
        let output = limited.args(["-c", &script]).current_dir(real.folder()).envs(envs).output().expect("bash");
        if !output.status.success() {
            let text = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(state() == before, "{blocks}: {text}");
        }
        real.ssd("store check").ok();
    }
}

#[test]
fn writers_meanwhile_lose_nothing() {
    let real = with_backup();
    let before = real.audit(ANA).len();
    let writers: Vec<_> =
        (0..6).map(|_| real.command(&format!("account unlock {ANA} --reason x")).spawn().expect("it runs")).collect();
    let reply = real.json("store restore b.db --replace");
    for writer in writers {
        assert!(writer.wait_with_output().expect("it ends").status.success());
    }
    // Every entry is in the old store or in the restored one.
    let count = |store: &str| {
        let connection = Connection::open(store).expect("a store");
        let sql = "SELECT count(*) FROM audit WHERE action = 'account_unlock'";
        connection.query_row(sql, [], |row| row.get::<_, i64>(0)).expect(sql)
    };
    let old = previous(&reply).display().to_string();
    assert_eq!(count(&old) + count(&real.store().display().to_string()), 6, "{before}");
    real.ssd("store check").ok();
    real.ssd(&format!("--store {old} store check")).ok();
}
