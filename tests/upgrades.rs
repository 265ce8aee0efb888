//! Stores of earlier versions, frozen in tests/data: each is brought up to this one when it is opened, and loses nothing.

use crate::support::{ANA, ANTONIO, JOSE, MARIA, PASSWORD, Sandbox, reason};

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

/// `tests/data/store-2-messages.db` is of version 2, no sandbox, and its newest time is 2100-01-01, so that its codes do not age:
/// Ana's is used, Maria's has expired, António's letter is open, and José's second is, after a reset.
fn version_2() -> Sandbox {
    let sandbox = Sandbox::nothing();
    std::fs::write(sandbox.store(), include_bytes!("data/store-2-messages.db")).expect("a store");
    std::fs::write(sandbox.key(), include_bytes!("data/store-2-messages.db.key")).expect("a key");
    sandbox
}

#[test]
fn the_codes_in_a_store_of_version_2_are_sealed_and_the_dead_ones_wiped() {
    let mut sandbox = version_2();
    let codes = ["120993", "980001", "VDPQ-QGFQ", "930628", "398433"];
    let there = |code: &str| sandbox.bytes().windows(code.len()).any(|part| part == code.as_bytes());
    assert!(codes.iter().all(|code| there(code)), "in the clear");
    sandbox.ssd("store check").ok();
    assert!(!codes.iter().any(|code| there(code)), "no more");
    assert_eq!([sandbox.code(ANTONIO), sandbox.code(JOSE)], ["VDPQ-QGFQ", "398433"]);
    for niss in [ANA, MARIA] {
        assert_eq!(sandbox.refused(&format!("outbox code {niss}")), "no_code");
    }
    // All of it goes on: codes as they were judged, the session, the phone code, and then another key.
    assert_eq!(reason(&sandbox.tried(ANA, "120993")), "code_used");
    assert_eq!(reason(&sandbox.tried(MARIA, "980001")), "code_expired");
    assert_eq!(reason(&sandbox.tried(JOSE, "930628")), "code_superseded");
    sandbox.activate_with(JOSE, "398433").ok();
    sandbox.activate_with(ANTONIO, "vdpq-qgfq").ok();
    *sandbox.session() = Some("bdbb9d21695cf60ca7527b480ae019c53504e2c2d09dd26a".to_owned());
    sandbox.ssd("contacts show").ok();
    sandbox.feed(&format!("phone-code verify {ANA} --code-stdin"), "105794").ok();
    sandbox.ssd("store rekey").ok();
    sandbox.feed(&format!("phone-code verify {ANA} --code-stdin"), "105794").ok();
    sandbox.ssd("store check").ok();
}

#[test]
fn a_store_of_version_2_is_not_brought_up_without_its_key() {
    let sandbox = version_2();
    let key = std::fs::read(sandbox.key()).expect("a key");
    let before = sandbox.bytes();
    for content in [None, Some("0".repeat(64))] {
        match &content {
            Some(content) => std::fs::write(sandbox.key(), content).expect("a key"),
            None => std::fs::remove_file(sandbox.key()).expect("a key"),
        }
        for line in ["store info", "clock show", "account unlock 12000000012 --reason x"] {
            sandbox.ssd(line).fails(4).says("store.db.key");
        }
        assert_eq!(sandbox.bytes(), before);
    }
    std::fs::write(sandbox.key(), key).expect("a key");
    sandbox.ssd("store check").ok();
}
