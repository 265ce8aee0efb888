//! Stores of earlier versions, frozen in tests/data: each is brought up to this one when it is opened, and loses nothing.

use crate::support::{ANA, PASSWORD, Sandbox};

/// `tests/data/store-1.db` is of version 1: a sandbox of seed 7 with three holders, of whom Ana has activated her account.
#[test]
fn a_store_of_version_1_becomes_one_of_this_version() {
    let sandbox = Sandbox::nothing();
    std::fs::write(sandbox.store(), include_bytes!("data/store-1.db")).expect("a store");
    sandbox.ssd("store check").ok();
    let info = sandbox.json("store info");
    assert_eq!((&info["version"], &info["records"], &info["seed"]), (&3.into(), &3.into(), &7.into()));
    assert_eq!(sandbox.json(&format!("account show {ANA}"))["state"], "active");
    assert_eq!(sandbox.login(ANA, PASSWORD)["result"], "done");
    sandbox.file("in", format!("{{\"op\":\"account_show\",\"niss\":\"{ANA}\"}}\n"));
    sandbox.ssd("batch in --out out").fails(0);
    sandbox.ssd("batch in --out out --resume").fails(0);
    sandbox.ssd("store check").ok();
}
