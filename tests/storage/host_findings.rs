//! What `store check` says of the machine around a store.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use crate::support::*;

/// Returns the findings, without those about the machine that runs the tests.
fn findings(store: &Sandbox) -> Vec<Value> {
    let reply = done(store.json("store check"));
    assert_eq!(reply["ok"], true, "a finding is no fault of the store");
    let all = reply["findings"].as_array().expect("a list").clone();
    all.into_iter().filter(|finding| !["file_system", "low_space"].contains(&word(finding, "kind"))).collect()
}

/// Returns a store that is not a sandbox, with the permissions that `init` gives.
fn private() -> Sandbox {
    let real = Sandbox::real();
    set_mode(real.store(), 0o600);
    set_mode(real.key(), 0o600);
    real
}

fn set_mode(path: impl AsRef<std::path::Path>, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("a mode");
}

#[test]
fn store_check_reports_files_that_others_can_read() {
    let real = private();
    assert!(findings(&real).is_empty());
    for (file, mode) in [(real.store(), 0o644), (real.key(), 0o640)] {
        set_mode(&file, mode);
        let [finding] = &findings(&real)[..] else { panic!("one finding") };
        assert_eq!(word(finding, "kind"), "permissions");
        assert_eq!(word(finding, "file"), file.to_str().expect("UTF-8"));
        assert_eq!(word(finding, "found"), format!("{mode:04o}"));
        assert_eq!(word(finding, "hint"), format!("restrict it to its owner: chmod 600 {}", file.display()));
        real.ssd("store check").ok();
        let said = real.ssd("store check").says("warning: other users can read or change");
        assert!(said.err.contains("hint: restrict"), "{}", said.err);
        set_mode(&file, 0o600);
    }
    assert!(findings(&real).is_empty());
}

#[test]
fn store_check_reports_a_folder_that_anyone_can_write() {
    let real = private();
    set_mode(real.folder(), 0o777);
    assert_eq!(word(&findings(&real)[0], "kind"), "folder_permissions");
    set_mode(real.folder(), 0o1777);
    assert!(findings(&real).is_empty(), "with the sticky bit, only the owner replaces a file");
}

#[test]
fn store_check_reports_a_leftover_that_cannot_be_removed() {
    let real = private();
    let leftover = real.folder().join("other.db.new.1.0");
    fs::write(&leftover, "").expect("a file");
    set_mode(real.folder(), 0o500);
    let found = findings(&real);
    set_mode(real.folder(), 0o700);
    if rustix::process::geteuid().is_root() {
        return skipped("root removes every file");
    }
    assert_eq!(word(&found[0], "kind"), "leftover");
    assert_eq!(word(&found[0], "file"), leftover.to_str().expect("UTF-8"));
}

#[test]
fn store_check_reports_a_real_store_in_memory() {
    let is_memory = |store: &Sandbox| rustix::fs::statfs(store.folder()).is_ok_and(|there| there.f_type == 0x0102_1994);
    let real = Sandbox::real();
    if !is_memory(&real) {
        return skipped("the temporary folder is on a disk");
    }
    let all = |store: &Sandbox| done(store.json("store check"))["findings"].to_string();
    assert!(all(&real).contains("tmpfs"));
    assert!(!all(&Sandbox::new()).contains("tmpfs"), "a sandbox is used for a while only");
}
