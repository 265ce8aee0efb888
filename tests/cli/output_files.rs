//! Every option that writes a file: what it never overwrites, and what it can write to.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::{Command, Stdio};

use crate::support::*;

/// Every command that writes a file, with X in the place of its path.
const WRITERS: [&str; 10] = [
    "batch in.jsonl --out X",
    "batch in.jsonl --dry-run --out X",
    "batch in.jsonl --failed X",
    "registry import rows.csv --rejects X",
    "scenario run steps.jsonl --junit X",
    "conform --standard nist --junit X",
    "account timeline 12000000012 --html X",
    "report --html X",
    "outbox print --out X",
    "outbox print --out other.pdf --manifest X",
];

/// Those that make a new file only.
const MAKERS: [&str; 2] = ["store backup X", "scenario run steps.jsonl --keep X"];

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.open_account(ANA);
    sandbox.open_account(ANTONIO);
    sandbox.file("in.jsonl", "{\"op\":\"registry_count\"}\n");
    sandbox.file("rows.csv", "niss;kind;name;birth_date\nx;citizen;Rui;1984-03-22\n");
    sandbox.file("steps.jsonl", "{\"op\":\"init\",\"seed\":1}\n");
    sandbox
}

/// Returns the files of a folder with their contents; a link with its target.
fn contents(sandbox: &Sandbox) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<_> = fs::read_dir(sandbox.folder())
        .expect("a folder")
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let target = fs::read_link(&path).map(|target| target.to_string_lossy().into_owned().into_bytes());
            let content = target.unwrap_or_else(|_| fs::read(&path).expect("a file"));
            // A look at the own store changes the files beside it.
            (name.clone(), if name.starts_with("store.db-") { vec![] } else { content })
        })
        .collect();
    all.sort();
    all
}

/// Runs a writer with a path, also as the path of a recording.
fn runs<'a>(sandbox: &'a Sandbox, path: &'a str) -> impl Iterator<Item = (String, Run)> + 'a {
    let recording =
        [("SSD_RECORD".to_owned(), sandbox.under(&[("SSD_RECORD", path)], "account unlock 12000000012 --reason x"))];
    WRITERS.iter().map(move |line| (line.replace('X', path), sandbox.ssd(&line.replace('X', path)))).chain(recording)
}

#[test]
fn no_option_overwrites_a_store_or_its_files() {
    let sandbox = sandbox();
    sandbox.ssd("--store other.db init --sandbox").ok();
    sandbox.ssd("--store real.db --key-file secret init").ok();
    fs::hard_link(sandbox.folder().join("secret"), sandbox.folder().join("hard")).expect("a link");
    let before = contents(&sandbox);
    for path in [
        "store.db",
        "./store.db",
        "store.db-wal",
        "store.db-shm",
        "store.db-journal",
        "store.db.key",
        "other.db",
        "other.db-wal",
        "other.db-shm",
        "other.db-journal",
        "other.db.key",
        "real.db",
        "real.db-wal",
        "secret",
        "hard",
    ] {
        for (line, run) in runs(&sandbox, path) {
            assert_eq!(run.code, 2, "{line}: {run:?}");
            assert!(run.err.contains(path.trim_start_matches("./")), "{line}: {run:?}");
        }
        for line in MAKERS {
            sandbox.ssd(&line.replace('X', path)).fails(2);
        }
        assert_eq!(contents(&sandbox), before, "{path}");
    }
}

#[test]
fn no_option_follows_a_link_to_a_file() {
    let sandbox = sandbox();
    sandbox.file("mine", "mine");
    for (target, link) in [("mine", "link"), ("nothing", "dangling"), ("link", "again")] {
        symlink(target, sandbox.folder().join(link)).expect("a link");
    }
    let before = contents(&sandbox);
    for path in ["link", "dangling", "again"] {
        for (line, run) in runs(&sandbox, path) {
            assert_eq!(run.code, 2, "{line}: {run:?}");
            assert!(run.err.contains("symbolic link"), "{line}: {run:?}");
        }
        for line in MAKERS {
            sandbox.ssd(&line.replace('X', path)).fails(2);
        }
        assert_eq!(contents(&sandbox), before, "{path}");
    }
    // In a folder of files too.
    fs::create_dir(sandbox.folder().join("pages")).expect("a folder");
    symlink("../mine", sandbox.folder().join("pages/ssd.1")).expect("a link");
    sandbox.ssd("man pages").fails(2).says("symbolic link");
    symlink("../mine", sandbox.folder().join("pages/2.eml")).expect("a link");
    symlink("../mine", sandbox.folder().join("pages/1.eml")).expect("a link");
    sandbox.ssd("outbox export --eml pages").fails(2).says("symbolic link");
    assert_eq!(sandbox.read("mine"), "mine");
    // A link to the folder is followed.
    symlink("pages", sandbox.folder().join("folder")).expect("a link");
    sandbox.ssd("batch in.jsonl --out folder/replies").ok();
    assert!(sandbox.folder().join("pages/replies").is_file());
}

#[test]
fn no_option_overwrites_unfinished_replies_or_finished_letters() {
    let sandbox = sandbox();
    sandbox.ssd("outbox print --out letters").ok();
    sandbox.file("replies", "{\"line\":1}\n");
    let name = sandbox.folder().join("replies").canonicalize().expect("a path");
    let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
    let sql = "INSERT INTO batch VALUES (?1, zeroblob(32), 0, 1, 0, NULL, 0)";
    connection.execute(sql, [name.to_string_lossy()]).expect("a journal");
    drop(connection);
    let (letters, replies) = (fs::read(sandbox.folder().join("letters")).expect("letters"), sandbox.read("replies"));
    for (line, run) in runs(&sandbox, "letters") {
        // The print run itself finds that it is complete.
        assert_eq!(run.code, if line.starts_with("outbox print --out letters") { 0 } else { 2 }, "{line}: {run:?}");
    }
    for (line, run) in runs(&sandbox, "replies") {
        assert_eq!(run.code, 2, "{line}: {run:?}");
    }
    assert_eq!(fs::read(sandbox.folder().join("letters")).expect("letters"), letters);
    assert_eq!(sandbox.read("replies"), replies);
}

#[test]
fn files_with_personal_data_become_private() {
    let sandbox = sandbox();
    let mode = |name: &str| fs::metadata(sandbox.folder().join(name)).expect(name).permissions().mode() & 0o777;
    for (number, line) in WRITERS.iter().enumerate().filter(|(_, line)| !line.contains("--junit")) {
        for (name, exists) in [(format!("new{number}"), false), (format!("old{number}"), true)] {
            if exists {
                sandbox.file(&name, "old");
                fs::set_permissions(sandbox.folder().join(&name), PermissionsExt::from_mode(0o664)).expect("a mode");
            }
            let run = sandbox.ssd(&line.replace('X', &name));
            assert!([0, 5].contains(&run.code), "{line}: {run:?}");
            assert_eq!(mode(&name), 0o600, "{line}");
            assert!(!fs::read(sandbox.folder().join(&name)).expect("a file").starts_with(b"old"), "{line}");
        }
    }
    sandbox.file("recording", "");
    fs::set_permissions(sandbox.folder().join("recording"), PermissionsExt::from_mode(0o644)).expect("a mode");
    sandbox.under(&[("SSD_RECORD", "recording")], "account unlock 12000000012 --reason x").ok();
    assert_eq!(mode("recording"), 0o600);
}

/// Runs a shell script in the folder, with the program as `$SSD`.
fn script(sandbox: &Sandbox, text: &str) -> Run {
    let ours = sandbox.command("");
    let mut shell = Command::new("bash");
    shell.args(["-c", text]).env_clear().env("SSD", SSD);
    shell.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    shell.envs(ours.get_envs().filter_map(|(name, value)| Some((name, value?)))).current_dir(sandbox.folder());
    process(shell, None)
}

#[test]
fn streams_are_written_as_they_are() {
    let sandbox = sandbox();
    let marks = [
        "registry_count",
        "registry_count",
        // Every line is done.
        "",
        "not allowed",
        "<testsuites",
        "<testsuites",
        "<!doctype html",
        "<!doctype html",
        "%PDF-",
        "",
    ];
    for (line, mark) in WRITERS.iter().zip(marks) {
        if line.starts_with("conform") {
            continue;
        }
        for (path, rest) in [
            ("/dev/stdout", "--quiet | cat > out"),
            ("/dev/stdout", "--quiet > out"),
            ("/dev/fd/7", "7> out > said"),
            ("/proc/self/fd/7", "7> out > said"),
            (">(cat > out)", "> said; code=$?; wait $!; exit $code"),
            ("pipe", "> said & cat pipe > out; wait $!"),
            ("/dev/null", "> said; printf '%s' \"$MARK\" > out"),
        ] {
            if path == "pipe"
                && ["outbox", "account", "report", "batch in.jsonl --failed"].iter().any(|it| line.starts_with(it))
            {
                // A document is not written to a pipe that nobody reads yet.
                continue;
            }
            let line = line.replace("other.pdf", "$RANDOM.pdf");
            let text = format!(
                "rm -f out pipe; mkfifo pipe; export MARK='{mark}'; \"$SSD\" {} {rest}",
                line.replace('X', path)
            );
            let run = script(&sandbox, &text);
            assert!([0, 5].contains(&run.code), "{text}: {run:?}");
            let written =
                String::from_utf8_lossy(&fs::read(sandbox.folder().join("out")).expect("a file")).into_owned();
            assert!(written.to_lowercase().contains(&mark.to_lowercase()), "{text}: {written}");
        }
    }
    // A descriptor of a store is none.
    sandbox.ssd("--store other.db init --sandbox").ok();
    let store = fs::read(sandbox.folder().join("other.db")).expect("a store");
    for name in ["store.db", "other.db"] {
        let run = script(&sandbox, &format!("\"$SSD\" batch in.jsonl --out /dev/fd/3 3>> {name}")).fails(2);
        assert!(run.err.contains("belongs to the store"), "{run:?}");
    }
    assert_eq!(fs::read(sandbox.folder().join("other.db")).expect("a store"), store);
    // A pipe without a reader is refused at once, where a document would wait for its reader.
    script(&sandbox, "rm -f pipe; mkfifo pipe").ok();
    sandbox.ssd("account timeline 12000000012 --html pipe").fails(2).says("not a regular file");
    sandbox.ssd("outbox print --out pipe").fails(2).says("not a regular file");
}

#[test]
fn input_is_no_output() {
    let sandbox = sandbox();
    fs::hard_link(sandbox.folder().join("in.jsonl"), sandbox.folder().join("same.jsonl")).expect("a link");
    fs::hard_link(sandbox.folder().join("rows.csv"), sandbox.folder().join("same.csv")).expect("a link");
    let before = contents(&sandbox);
    for line in [
        "batch in.jsonl --out in.jsonl",
        "batch in.jsonl --out ./same.jsonl",
        "batch in.jsonl --dry-run --out same.jsonl",
        "batch - --out in.jsonl < in.jsonl",
        "registry import rows.csv --rejects same.csv",
        "registry import - --rejects rows.csv < rows.csv",
        "scenario run steps.jsonl --junit steps.jsonl",
        "scenario run - --junit steps.jsonl < steps.jsonl",
    ] {
        let run = script(&sandbox, &format!("\"$SSD\" {line}")).fails(2);
        assert!(run.err.contains("overwrite"), "{line}: {run:?}");
        assert_eq!(contents(&sandbox), before, "{line}");
    }
}

#[test]
fn failed_dry_run_keeps_the_old_file() {
    let sandbox = sandbox();
    sandbox.at(&(ssd::clock::system_now() + ssd::domain::time::Span::days(1)).to_string());
    sandbox.ssd("account unlock 12000000012 --reason x").ok();
    sandbox.become_real();
    sandbox.file("old", "old");
    // Its audit entry can't be written, because the system's clock is behind.
    sandbox.ssd("batch in.jsonl --dry-run --out old").fails(3);
    assert_eq!(sandbox.read("old"), "old");
    sandbox.ssd("store clock-reset --reason x").ok();
    sandbox.file("empty.jsonl", "");
    sandbox.ssd("batch empty.jsonl --dry-run --out old").ok();
    assert_eq!(sandbox.read("old"), "");
}
