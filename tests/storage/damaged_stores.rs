//! Unusable and damaged files: exit code 3 or 4, the file's name and a hint.
//!
//! No acknowledged change is lost, and no refused change is partly done.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;
use ssd::store::locked_file::LockedFile;

use crate::support::*;

/// Returns a folder with this content as its store.
fn with_store(content: impl AsRef<[u8]>) -> Sandbox {
    let sandbox = Sandbox::nothing();
    sandbox.file("store.db", content);
    sandbox
}

/// Changes a store with SQL.
fn alter(sandbox: &Sandbox, sql: &str) {
    Connection::open(sandbox.store()).and_then(|connection| connection.execute_batch(sql)).expect(sql);
}

/// Asserts the exit code and the kind of the error, its hint, and that the store is unchanged.
fn fails(sandbox: &Sandbox, line: &str, exit: i32, kind: &str) {
    let before = sandbox.store().is_file().then(|| sandbox.bytes());
    let run = sandbox.ssd(line).fails(exit).says("store.db");
    assert!(run.out.is_empty() && run.err.contains("\nhint: "), "{run:?}");
    let script = sandbox.ssd(&format!("--json {line}")).fails(exit);
    assert_eq!((word(&script.json(), "kind"), script.err.as_str()), (kind, ""), "{line}");
    assert_eq!(sandbox.store().is_file().then(|| sandbox.bytes()), before, "{line} has changed the store");
}

/// One command that reads, one that writes, and one that checks the store.
const COMMANDS: [&str; 3] = ["clock show", "account unlock 12000000012 --reason x", "store check"];

// Exit code 3: the file can't be used.

#[test]
fn missing_store_is_reported_and_not_created() {
    let nothing = Sandbox::nothing();
    nothing.file("registry.csv", "niss,kind,name\n");
    for line in [
        "clock show",
        "clock advance 1s",
        "registry import registry.csv",
        "registry count",
        "account show 12000000012",
        "outbox list",
        "audit list",
        "policy show",
        "store check",
        "store info",
        "store backup copy.db",
        "contacts show",
        "register 12000000012 --account-type citizen --birth-date 1984-03-22 --channel sms --accept-terms",
    ] {
        fails(&nothing, line, 3, "store_missing");
    }
    assert_eq!(fs::read_dir(nothing.folder()).expect("a folder").count(), 1, "no file was created");
    nothing.ssd("clock show").fails(3).says("ssd init");
}

#[test]
fn init_does_not_replace_existing_files() {
    fails(&Sandbox::new(), "init --sandbox", 3, "store_exists");
    fails(&Sandbox::real(), "init", 3, "store_exists");
    fails(&with_store("a text"), "init", 3, "store_exists");
    let folder = Sandbox::nothing();
    fs::create_dir(folder.store()).expect("a folder");
    fails(&folder, "init", 3, "store_exists");
    let link = Sandbox::nothing();
    std::os::unix::fs::symlink("nowhere", link.store()).expect("a link");
    fails(&link, "init --sandbox", 3, "store_unreadable");
    assert!(!link.folder().join("nowhere").exists());
}

#[test]
fn init_creates_parent_folders_or_reports_the_failure() {
    let nothing = Sandbox::nothing();
    nothing.ssd("--store a/b/store.db init --sandbox").ok();
    assert!(nothing.folder().join("a/b/store.db").is_file());
    nothing.file("file", "");
    nothing.ssd("--store file/store.db init --sandbox").fails(3).says("file/store.db");
}

#[test]
fn folder_as_store_is_refused() {
    let folder = Sandbox::nothing();
    fs::create_dir(folder.store()).expect("a folder");
    for line in COMMANDS {
        fails(&folder, line, 3, "store_unreadable");
    }
}

/// Returns a command run by an unprivileged user, for whom file permissions apply.
pub fn as_nobody(sandbox: &Sandbox, line: &str) -> Command {
    const NOBODY: u32 = 65_534;
    let mut command = sandbox.command(line);
    if rustix::process::geteuid().is_root() {
        for path in [sandbox.folder().to_owned(), sandbox.store(), sandbox.key()].iter().filter(|path| path.exists()) {
            chown(path, Some(NOBODY), Some(NOBODY)).expect("root gives files away");
        }
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}

/// Returns whether that user can run the binary.
pub fn nobody_can_run_it() -> bool {
    let can = as_nobody(&Sandbox::nothing(), "--version").status().is_ok_and(|status| status.success());
    if !can {
        skipped("permissions: the binary lies where only root can run it");
    }
    can
}

#[test]
fn unreadable_or_unwritable_store_is_reported() {
    if !nobody_can_run_it() {
        return;
    }
    let set = |path: &Path, mode| fs::set_permissions(path, Permissions::from_mode(mode)).expect("permissions");
    let run = |sandbox: &Sandbox, line: &str| process(as_nobody(sandbox, line), None);
    let write = "account unlock 12000000012 --reason x";

    let read_only = Sandbox::new();
    set(&read_only.store(), 0o400);
    let unreadable = Sandbox::new();
    set(&unreadable.store(), 0o000);
    let closed_folder = Sandbox::new();
    as_nobody(&closed_folder, "");
    set(closed_folder.folder(), 0o500);
    for sandbox in [&read_only, &unreadable, &closed_folder] {
        let before = sandbox.bytes();
        let run = run(sandbox, write).fails(3).says("store.db").says("hint: ");
        assert!(run.out.is_empty());
        assert_eq!(sandbox.bytes(), before);
    }
    let nowhere = Sandbox::nothing();
    as_nobody(&nowhere, "");
    set(nowhere.folder(), 0o500);
    run(&nowhere, "init --sandbox").fails(3).says("store.db");
    for sandbox in [&closed_folder, &nowhere] {
        set(sandbox.folder(), 0o700);
    }
}

#[test]
fn read_only_file_system_is_reported() {
    let sandbox = Sandbox::new();
    let script = "cp store.db small/ && mount -o remount,ro small && SSD_STORE=small/store.db \"$SSD\" account unlock 12000000012 --reason x";
    if let Some(run) = mounting(&sandbox, script) {
        assert!(run.fails(3).says("small/store.db").says("hint: ").out.is_empty());
    }
}

#[test]
fn unwritable_standard_output_is_an_error() {
    let sandbox = Sandbox::new();
    for line in ["clock show", "--json clock show", "policy show", "--help"] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
        let mut command = sandbox.command(line);
        command.stdout(full);
        let run = process(command, None).fails(3);
        assert!(run.err.contains("hint: "), "the error is on standard error: {run:?}");
    }
}

#[test]
fn csv_has_no_empty_lines_and_the_right_header() {
    let sandbox = Sandbox::new();
    sandbox.register();
    assert!(!sandbox.ssd("explain --format csv").ok().contains("\n\n"));
    let csv = sandbox.ssd(&format!("account timeline {ANA} --html a.html --format csv")).ok();
    assert!(csv.starts_with("niss,file,events\r\n") && csv.contains(",a.html,"), "{csv}");
}

#[test]
fn file_names_are_escaped_and_pipes_do_not_block() {
    let sandbox = Sandbox::new();
    sandbox.ssd(&format!("{} --channel letter", person(ANTONIO).portal())).ok();
    let named = |line: &str| {
        let mut command = sandbox.command(line);
        command.arg("x\u{1b}[31m.pdf");
        finish(command, None)
    };
    named("outbox print --out").fails(0);
    let run = named("outbox print --limit 1 --pending --out");
    assert!(!run.err.contains('\u{1b}'), "{run:?}");
    sandbox.ssd(&format!("{REGISTER_ANA} --channel sms")).ok();
    let run = named(&format!("account timeline {ANA} --html"))
        .fails(2)
        .says("x\\u{1b}[31m.pdf holds the completed print run");
    assert!(!run.err.contains('\u{1b}'), "{run:?}");
    std::fs::create_dir(sandbox.folder().join("man")).expect("a folder");
    let pipe = sandbox.folder().join("man/ssd.1");
    rustix::fs::mkfifoat(rustix::fs::CWD, pipe, rustix::fs::Mode::RWXU).expect("a pipe");
    sandbox.ssd("man man").fails(2).says("is not a regular file");
}

#[test]
fn export_and_page_spare_files_of_running_processes() {
    let sandbox = Sandbox::new();
    sandbox.ssd(&format!("{REGISTER_ANA} --channel email")).ok();
    sandbox.ssd("outbox export --eml post").ok();
    // Another run is between writing its file and renaming it.
    sandbox.file("post/.1.eml.part", "half");
    sandbox.file(".a.pdf.part", "half");
    let folder = LockedFile::wait(fs::File::open(sandbox.folder()).expect("a folder")).expect("a lock");
    sandbox.ssd("outbox print --out a.pdf --manifest a.pdf").fails(2);
    assert_eq!(sandbox.read(".a.pdf.part"), "half");
    let waits = sandbox.command(&format!("account timeline {ANA} --html a.html")).spawn().expect("the binary runs");
    assert!(!sandbox.folder().join("a.html").exists());
    drop(folder);
    assert_eq!(waits.wait_with_output().expect("its end").status.code(), Some(0));
    assert!(sandbox.folder().join("a.html").exists());
    // The next run removes files of a killed run.
    sandbox.ssd("outbox export --eml post").ok();
    assert!(!sandbox.folder().join("post/.1.eml.part").exists());
    let racers: Vec<_> = (0..16)
        .map(|_| sandbox.command("--json outbox export --eml raced").spawn().expect("the binary runs"))
        .collect();
    for racer in racers {
        assert_eq!(racer.wait_with_output().expect("its end").status.code(), Some(0));
    }
}

#[test]
fn command_waits_for_a_writer() {
    let sandbox = Sandbox::new();
    let connection = Connection::open(sandbox.store()).expect("the store");
    connection.execute_batch("BEGIN IMMEDIATE").expect("a transaction");
    let waiting = sandbox.command("account unlock 12000000012 --reason x").spawn().expect("the binary runs");
    done(sandbox.json("clock show"));
    connection.execute_batch("COMMIT").expect("its end");
    assert_eq!(waiting.wait_with_output().expect("its end").status.code(), Some(0));
}

// Exit code 4: the file is not a valid store.

#[test]
fn foreign_files_are_refused_and_unchanged() {
    let foreign = Sandbox::nothing();
    alter(
        &foreign,
        "CREATE TABLE recipe (name TEXT); INSERT INTO recipe VALUES ('caldo verde'); PRAGMA application_id = 7;",
    );
    let texts = ["", "\n", "a text file, and a rather long one: ", "SQLite format 3\0"];
    let files = texts.map(|text| with_store(text.repeat(if text.len() > 20 { 50 } else { 1 })));
    for sandbox in files.iter().chain([&foreign]) {
        for line in COMMANDS {
            fails(sandbox, line, 4, "store_foreign");
        }
    }
    assert_eq!(fs::read_dir(foreign.folder()).expect("a folder").count(), 1, "no file was created");
}

#[test]
fn truncated_store_is_reported_as_damaged() {
    let intact = Sandbox::new().bytes();
    for length in [intact.len() - 1, intact.len() - 4096, intact.len() / 2, 4097, 4096, 512, 101, 100] {
        let cut = with_store(&intact[..length]);
        for line in COMMANDS {
            fails(&cut, line, 4, "store_damaged");
        }
    }
    for length in [99, 16, 15, 1] {
        fails(&with_store(&intact[..length]), "clock show", 4, "store_foreign");
    }
}

#[test]
fn newer_store_is_refused_and_unchanged() {
    let newer = Sandbox::new();
    let version = newer.json("store info")["version"].as_i64().expect("a version");
    alter(&newer, &format!("PRAGMA user_version = {}", version + 1));
    for line in COMMANDS {
        fails(&newer, line, 4, "store_newer");
    }
    let err = newer.ssd("clock show").err;
    assert!(err.contains(&version.to_string()) && err.contains(&(version + 1).to_string()), "{err}");
}

#[test]
fn store_check_finds_hidden_damage() {
    let overwritten = Sandbox::new();
    overwritten.ssd("store check").ok();
    let mut bytes = overwritten.bytes();
    let half = bytes.len() / 2 / 4096 * 4096;
    bytes[half..half + 4096].fill(0xab);
    let overwritten = with_store(bytes);
    fails(&overwritten, "store check", 4, "store_damaged");
    for sql in [
        "PRAGMA foreign_keys = OFF; INSERT INTO code VALUES (1, 12345678902, 'activation', 'sms', zeroblob(32), NULL, 0, 0, NULL, 'open')",
        "DROP INDEX message_of",
        "CREATE TABLE extra (x)",
        "DELETE FROM store",
    ] {
        let altered = Sandbox::new();
        alter(&altered, sql);
        fails(&altered, "store check", 4, "store_damaged");
    }
}

#[test]
fn impossible_stored_value_is_reported_as_damage() {
    for (sql, line) in [
        ("UPDATE registry SET birth_date = 'long ago' WHERE niss = 12000000012", format!("registry show {ANA}")),
        ("UPDATE registry SET nif = '123' WHERE niss = 12000000012", format!("{REGISTER_ANA} --channel sms")),
        ("UPDATE registry SET email = 'nobody' WHERE niss = 12000000012", format!("registry show {ANA}")),
        ("INSERT INTO policy VALUES ('no.such.setting', '1')", "policy show".to_owned()),
        ("INSERT INTO policy VALUES ('code.digits', 'many')", format!("{REGISTER_ANA} --channel sms")),
        ("DROP TRIGGER audit_stays; UPDATE audit SET at = -1", "audit list".to_owned()),
    ] {
        let altered = Sandbox::new();
        alter(&altered, sql);
        fails(&altered, &line, 4, "store_damaged");
    }
}

#[test]
fn missing_row_of_the_store_is_reported_as_damage() {
    for sql in ["UPDATE store SET id = 0", "DELETE FROM store", "DELETE FROM trail"] {
        let sandbox = Sandbox::new();
        alter(&sandbox, &format!("PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF; {sql}"));
        for line in ["store info", "account list", "registry count", "clock show", "audit list", "policy show"] {
            let run = sandbox.ssd(&format!("--json {line}"));
            assert!([0, 4].contains(&run.code), "{sql}, {line}: {run:?}");
        }
        sandbox.ssd("store check").fails(4);
        sandbox.ssd("clock advance 1h").fails(4);
    }
}

/// Runs a command in a process of its own, which has a time limit: an endless loop fails.
fn bounded(sandbox: &Sandbox, line: &str, input: &str) -> Run {
    process(sandbox.command(line), Some(input.as_bytes()))
}

/// A deterministic sequence of random-looking numbers.
struct Drawn(u64);

impl Drawn {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % most
    }
}

/// Returns commands that read and write, with codes and passwords.
fn typical_commands(code: &str) -> Vec<(String, &'static str)> {
    let mut lines: Vec<(String, &str)> = [
        "store check",
        "store info",
        "state-hash",
        "registry count",
        "registry show 12000000012",
        "account show 12000000012",
        "account list",
        "outbox list",
        "outbox code 12000000012",
        "audit list",
        "policy show",
        "contacts show",
        "account unlock 12000000012 --reason x",
        "register 12000000038 --account-type citizen --birth-date 1967-02-28 --channel sms --accept-terms",
        "recover request 12000000012 --account-type citizen --name x --birth-date 1984-03-22 --civil-id 1234 --nif 200000012 --channel sms --mobile 912000001",
        "store backup copy.db",
    ]
    .map(|line| (line.to_owned(), ""))
    .to_vec();
    lines.push((format!("activate {JOSE} --code {code} --password-stdin"), PASSWORD));
    lines.push((format!("login {ANA} --password-stdin"), PASSWORD));
    lines
}

#[test]
fn flipped_bits_never_crash_a_command() {
    let base = Sandbox::new().logged_in();
    base.ssd(&format!("{} --channel email", person(JOSE).portal())).ok();
    let (code, intact) = (base.code(JOSE), base.bytes());
    let mut drawn = Drawn(7);
    let mut exit_codes = [0; 5];
    for round in 0..48 {
        let mut bytes = intact.clone();
        for _ in 0..1 + drawn.below(1 + round / 2) {
            // Half of the changes hit bytes that are not zero: free space has no meaning.
            let mut at = drawn.below(bytes.len());
            while round % 2 == 0 && bytes[at] == 0 {
                at = drawn.below(bytes.len());
            }
            bytes[at] ^= 1 << drawn.below(8);
        }
        let flipped = base.fork();
        fs::write(flipped.store(), &bytes).expect("a store");
        // Some of the commands in each round, different ones each time.
        let typical_commands = typical_commands(&code);
        for n in 0..6 {
            let (line, input) = &typical_commands[(round * 5 + n * 7) % typical_commands.len()];
            let run = bounded(&flipped, line, input);
            assert!([0, 1, 3, 4].contains(&run.code), "round {round}: {line}: {run:?}");
            assert!(
                run.code == 0 || run.err.starts_with("refused[") || run.err.contains("\nhint: "),
                "{line}: {run:?}"
            );
            exit_codes[run.code as usize] += 1;
        }
    }
    assert!(exit_codes[0] > 50 && exit_codes[4] > 50, "some commands succeed, some report damage: {exit_codes:?}");
}

#[test]
fn store_truncated_anywhere_is_reported_by_every_command() {
    let base = Sandbox::new().logged_in();
    let intact = base.bytes();
    let mut drawn = Drawn(11);
    for _ in 0..12 {
        let cut = base.fork();
        fs::write(cut.store(), &intact[..100 + drawn.below(intact.len() - 100)]).expect("a store");
        for (line, input) in typical_commands("123456") {
            assert_eq!(bounded(&cut, &line, input).code, 4, "{line}");
        }
    }
}

/// A truncated or damaged log is read up to the damage; later transactions do not count as written.
#[test]
fn damaged_log_recovers_a_consistent_state() {
    let base = Sandbox::new();
    let open = Connection::open(base.store()).expect("the store");
    open.query_row("SELECT count(*) FROM store", [], |_| Ok(())).expect("a row");
    for n in 0..12 {
        base.ssd(&format!("account unlock {NOBODY} --reason r{n}")).ok();
    }
    let read = |name: &str| fs::read(base.folder().join(name)).expect(name);
    let (log, store) = (read("store.db-wal"), read("store.db"));
    assert!(log.len() > 12 * 4096, "a log");
    let mut drawn = Drawn(13);
    let mut lost = 0;
    for round in 0..24 {
        let mut bytes = log.clone();
        match round % 2 {
            0 => bytes.truncate(drawn.below(log.len())),
            _ => {
                let at = drawn.below(log.len());
                bytes[at] ^= 1 << drawn.below(8);
            }
        }
        let hurt = Sandbox::nothing();
        hurt.file("store.db", &store);
        hurt.file("store.db-wal", &bytes);
        hurt.ssd("store check").ok();
        let entries = lines(&hurt.ssd(&format!("--json audit list --niss {NOBODY}")).ok());
        let reasons: Vec<String> = entries.iter().map(|entry| entry["detail"]["reason"].to_string()).collect();
        let expected: Vec<String> = (0..entries.len()).map(|n| format!("\"r{n}\"")).collect();
        assert_eq!(reasons, expected, "round {round}: all entries up to one, and none after it");
        lost += usize::from(entries.len() < 12);
        hurt.ssd(&format!("account unlock {NOBODY} --reason x")).ok();
    }
    assert!(lost > 8, "{lost}");
}

// The key.

#[test]
fn missing_or_malformed_key_file_is_reported() {
    let write = "account unlock 12000000012 --reason x";
    let missing = Sandbox::real();
    fs::remove_file(missing.key()).expect("a key");
    for line in [write, "store check"] {
        fails(&missing, line, 4, "key_missing");
        missing.ssd(line).fails(4).says("`.key`");
    }
    for content in [&b""[..], b"\n", b"0123", &[b'g'; 64], &[0xff; 64], &[b'0'; 66]] {
        let malformed = Sandbox::real();
        fs::write(malformed.key(), content).expect("a key");
        fails(&malformed, write, 4, "key_missing");
    }
}

#[test]
fn wrong_key_is_reported_and_the_right_one_opens() {
    let real = Sandbox::real();
    real.register();
    let right = fs::read(real.key()).expect("a key");
    let other = Sandbox::nothing();
    other.ssd("init").ok();
    fs::copy(other.key(), real.key()).expect("a key");
    for line in ["account unlock 12000000012 --reason x", "store check"] {
        fails(&real, line, 4, "key_wrong");
    }
    fs::write(real.key(), right).expect("a key");
    real.ssd("store check").ok();
    real.activate_with(ANA, &real.code(ANA)).ok();
}

#[test]
fn store_is_checked_before_its_key() {
    let real = Sandbox::real();
    fs::remove_file(real.key()).expect("a key");
    alter(&real, "PRAGMA application_id = 7");
    fails(&real, "account unlock 12000000012 --reason x", 4, "store_foreign");
}

#[test]
fn store_without_its_key_reveals_no_code_or_password() {
    let real = Sandbox::real();
    real.register();
    let code = real.code(ANA);
    real.activate_with(ANA, &code).ok();
    let connection = Connection::open(real.store()).expect("the store");
    let (mac, password): (Vec<u8>, String) = connection
        .query_row("SELECT mac, password FROM code JOIN account USING (niss)", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("a row");
    assert!(mac.len() == 32 && password.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{password}");
    assert!(!real.bytes().windows(PASSWORD.len()).any(|part| part == PASSWORD.as_bytes()));
}

// Files.

fn mode(path: impl AsRef<Path>) -> u32 {
    fs::metadata(path).expect("a file").permissions().mode() & 0o777
}

#[test]
fn store_files_are_private_to_their_owner() {
    let home = Sandbox::nothing();
    home.ssd("--store deep/er/store.db init").ok();
    let path = |name: &str| home.folder().join("deep/er").join(name);
    assert_eq!([mode(path("")), mode(home.folder().join("deep"))], [0o700; 2]);
    home.ssd("--store deep/er/store.db store backup copy.db").ok();
    assert_eq!([mode(path("store.db")), mode(path("store.db.key")), mode(home.folder().join("copy.db"))], [0o600; 3]);
    // An open connection keeps the log on disk.
    let open = Connection::open(path("store.db")).expect("the store");
    open.query_row("SELECT count(*) FROM store", [], |_| Ok(())).expect("a row");
    home.ssd("--store deep/er/store.db account unlock 12000000012 --reason x").ok();
    assert_eq!([mode(path("store.db-wal")), mode(path("store.db-shm"))], [0o600; 2]);
}

#[test]
fn commands_leave_no_other_files() {
    let sandbox = Sandbox::new().logged_in();
    sandbox.ssd("store backup copy.db").ok();
    let mut names: Vec<_> =
        fs::read_dir(sandbox.folder()).expect("a folder").map(|entry| entry.expect("an entry").file_name()).collect();
    names.sort();
    assert_eq!(names, ["copy.db", "store.db"]);
}

// Copies.

#[test]
fn backup_is_an_independent_consistent_store() {
    let sandbox = Sandbox::new();
    sandbox.register();
    sandbox.ssd("store backup copy.db").ok();
    sandbox.activate_with(ANA, &sandbox.code(ANA)).ok();
    let at_copy = |line: &str| sandbox.json(&format!("--store copy.db {line}"));
    done(at_copy("store check"));
    assert_eq!(at_copy(&format!("account show {ANA}"))["state"], "requested");
    done(
        sandbox.feed_json(
            &format!("--store copy.db activate {ANA} --code {} --password-stdin", sandbox.code(ANA)),
            PASSWORD,
        ),
    );

    let real = Sandbox::real();
    real.ssd("store backup copy.db").ok();
    assert!(!real.folder().join("copy.db.key").exists(), "the backup has no key file");
    real.ssd("--store copy.db store check").fails(4).says("copy.db").says("`.key`");
    fs::copy(real.key(), real.folder().join("copy.db.key")).expect("a key");
    real.ssd("--store copy.db store check").ok();
}

#[test]
fn backup_does_not_overwrite_files() {
    let sandbox = Sandbox::new();
    sandbox.file("copy.db", "precious");
    sandbox.ssd("store backup copy.db").fails(2).says("copy.db");
    assert_eq!(sandbox.read("copy.db"), "precious");
    sandbox.ssd("store backup no/such/copy.db").fails(2).says("no/such/copy.db");
    sandbox.ssd("store backup store.db").fails(2);
    sandbox.ssd("store check").ok();
}

#[test]
fn backups_made_during_writes_are_consistent() {
    let sandbox = Sandbox::new();
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                sandbox.process(&format!("account unlock {NOBODY} --reason x")).ok();
                let _ = sandbox.process(&format!("{REGISTER_ANA} --channel sms"));
            }
        });
        for copy in 0..5 {
            sandbox.process(&format!("store backup {copy}.db")).ok();
        }
        stop.store(true, Ordering::Relaxed);
        writer.join().expect("the writer");
    });
    for copy in 0..5 {
        done(sandbox.json(&format!("--store {copy}.db store check")));
        // Consistent: each completed registration has its entry, its code and its message.
        let rows = |line: &str| lines(&sandbox.ssd(&format!("--store {copy}.db --json {line}")).ok());
        let done = rows("audit list")
            .iter()
            .filter(|entry| entry["action"] == "register" && entry["outcome"] == "done")
            .count();
        assert_eq!(rows("outbox list").len(), done, "copy {copy}");
    }
}
