//! Names of a store: hard links, symbolic links, and the files that SQLite has beside it.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::fs::symlink;
use std::time::{Duration, Instant};

use rustix::fs::{CWD, Mode, mkfifoat};

use super::damaged_stores::{as_nobody, nobody_can_run_it};
use crate::support::*;

#[test]
fn store_with_a_hard_link_is_refused() {
    for sandbox in [Sandbox::new(), Sandbox::real()] {
        let other = sandbox.folder().join("other.db");
        fs::hard_link(sandbox.store(), &other).expect("a link");
        let before = sandbox.bytes();
        for name in ["store.db", "other.db", "./other.db"] {
            for line in [
                "store info",
                "account show 12000000012",
                "policy set code.digits 8",
                "store backup copy.db",
                "store check",
            ] {
                let run = sandbox.ssd(&format!("--store {name} {line}")).fails(3).says("ssd store backup");
                assert!(run.err.contains(name.trim_start_matches("./")), "{run:?}");
            }
            assert_eq!(word(&sandbox.json(&format!("--store {name} store info")), "kind"), "store_linked");
        }
        assert_eq!(sandbox.bytes(), before);
        fs::remove_file(other).expect("it can be removed");
        sandbox.ssd("store check").ok();
    }
}

#[test]
fn link_left_by_a_killed_command_is_removed() {
    let sandbox = Sandbox::new();
    for name in ["store.db.new.123.0", "store.db.new.4.17"] {
        fs::hard_link(sandbox.store(), sandbox.folder().join(name)).expect("a link");
    }
    sandbox.ssd("account unlock 12000000012 --reason x").ok();
    assert_eq!(fs::read_dir(sandbox.folder()).expect("a folder").count(), 1);
    sandbox.ssd("store check").ok();
    // Other names are not ours.
    fs::hard_link(sandbox.store(), sandbox.folder().join("store.db.new.copy")).expect("a link");
    sandbox.ssd("store check").fails(3);
    assert!(sandbox.folder().join("store.db.new.copy").exists());
}

#[test]
fn read_only_store_with_a_hard_link_is_read() {
    if !nobody_can_run_it() {
        return;
    }
    let sandbox = Sandbox::new();
    as_nobody(&sandbox, "");
    fs::hard_link(sandbox.store(), sandbox.folder().join("other.db")).expect("a link");
    let set = |mode| fs::set_permissions(sandbox.store(), Permissions::from_mode(mode)).expect("permissions");
    set(0o400);
    let reads = |sandbox: &Sandbox| process(as_nobody(sandbox, "registry count"), None);
    assert!(!reads(&sandbox).err.contains("hard links"));
    set(0o600);
    reads(&sandbox).fails(3).says("hard links");
}

#[test]
fn symbolic_links_and_relative_paths_lead_to_one_store() {
    let sandbox = Sandbox::real();
    let folder = sandbox.folder();
    fs::create_dir(folder.join("links")).expect("a folder");
    symlink("../store.db", folder.join("links/linked.db")).expect("a link");
    symlink("links", folder.join("again")).expect("a link");
    let names = ["store.db", "./store.db", "links/../store.db", "links/linked.db", "again/linked.db"];
    for (count, name) in names.iter().enumerate() {
        sandbox.ssd(&format!("--store {name} account unlock 12000000012 --reason x")).ok();
        for name in names {
            let audit = lines(&sandbox.ssd(&format!("--json --store {name} audit list --niss {ANA}")).ok());
            assert_eq!(audit.len(), count + 1, "{name}");
        }
    }
    assert_eq!(fs::read_dir(folder.join("links")).expect("a folder").count(), 1, "no log beside the link");
}

#[test]
fn dangling_link_means_the_same_to_every_command() {
    let sandbox = Sandbox::nothing();
    symlink("nowhere", sandbox.store()).expect("a link");
    for line in ["init", "init --sandbox", "store info", "policy set code.digits 8", "registry count"] {
        let run = sandbox.json(line);
        assert_eq!(word(&run, "kind"), "store_unreadable", "{line}");
        sandbox.ssd(line).fails(3);
    }
    assert_eq!(fs::read_dir(sandbox.folder()).expect("a folder").count(), 1);
}

#[test]
fn special_names_of_sqlite_are_ordinary_file_names() {
    for name in ["file:trial.db", "file:trial.db?mode=ro", ":memory:", "file::memory:", "-x.db", "a%20b.db", "file:"] {
        let sandbox = Sandbox::nothing();
        let call = |line: &str| {
            let mut command = sandbox.command(line);
            command.env("SSD_STORE", name);
            finish(command, None)
        };
        call("init --sandbox").ok();
        call("clock advance 1s").ok();
        call("store check").ok();
        assert!(sandbox.folder().join(name).is_file(), "{name}");
        sandbox.ssd("--store store.db init --sandbox").ok();
        let mut command = sandbox.command("store backup");
        command.arg(format!("./{name}.copy"));
        finish(command, None).ok();
        assert!(sandbox.folder().join(format!("{name}.copy")).is_file(), "{name}");
    }
}

#[test]
fn empty_store_path_is_an_error() {
    let sandbox = Sandbox::new();
    for line in ["init --sandbox", "store info", "registry count"] {
        sandbox.under(&[("SSD_STORE", "")], line).fails(2).says("SSD_STORE");
        sandbox.ssd(&format!("--store '' {line}")).fails(2).says("--store");
    }
    assert!(!sandbox.folder().join(".local").exists(), "no default store");
    sandbox.under(&[("SSD_STORE", "")], "help exit-codes").ok();
    sandbox.under(&[("SSD_STORE", "")], "--store store.db store info").ok();
}

#[test]
fn special_file_beside_a_store_is_an_error_without_a_wait() {
    for suffix in ["-wal", "-shm", "-journal"] {
        for kind in ["pipe", "folder", "device", "link"] {
            let sandbox = Sandbox::new();
            let path = sandbox.folder().join(format!("store.db{suffix}"));
            match kind {
                "pipe" => mkfifoat(CWD, &path, Mode::RWXU).expect("a pipe"),
                "folder" => fs::create_dir(&path).expect("a folder"),
                "device" => symlink("/dev/zero", &path).expect("a link"),
                _ => symlink("store.db", &path).expect("a link"),
            }
            for line in ["clock show", "clock advance 1s", "store check", "store backup copy.db"] {
                let begin = Instant::now();
                process(sandbox.command(line), None).fails(3).says(&format!("store.db{suffix}"));
                assert!(begin.elapsed() < Duration::from_secs(1), "{suffix} {kind} {line}");
            }
        }
    }
}

#[test]
fn shared_memory_file_without_write_permission_is_reported() {
    if !nobody_can_run_it() {
        return;
    }
    let sandbox = Sandbox::new();
    as_nobody(&sandbox, "");
    // As root leaves it: a file of another user.
    File::create(sandbox.folder().join("store.db-shm")).expect("a file");
    fs::set_permissions(sandbox.folder().join("store.db-shm"), Permissions::from_mode(0o400)).expect("permissions");
    for line in ["clock show", "clock advance 1s"] {
        process(as_nobody(&sandbox, line), None).fails(3).says("store.db-shm");
    }
}
