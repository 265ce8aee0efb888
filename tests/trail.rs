//! What is kept of who did what: the audit, the reading of messages in a store that is no sandbox, and stored text that can't
//! pass for a line of ours.

use serde_json::json;

use crate::support::*;

#[test]
fn every_request_leaves_an_entry_with_its_actor_and_its_outcome_and_never_a_secret() {
    let sandbox = Sandbox::new().inside();
    let digits = sandbox.ssd("phone-code set").ok();
    let _ = sandbox.ssd(&format!("{REGISTER_ANA} --channel sms")).fails(1);
    sandbox.under(&[("SSD_OPERATOR", "balcão 3")], &format!("account suspend {ANA} --reason 'asked by phone'")).ok();
    let entries = sandbox.audit(ANA);
    let told: Vec<String> = entries
        .iter()
        .map(|entry| {
            format!("{} {} {} {}", word(entry, "actor"), word(entry, "action"), word(entry, "outcome"), entry["reason"])
        })
        .collect();
    assert_eq!(
        told,
        [
            "tester register done null",
            "tester activate done null",
            "tester login done null",
            "tester phone_code_set done null",
            "tester register refused \"already_registered\"",
            "balcão 3 account_suspend done null",
        ]
    );
    assert_eq!(entries[5]["detail"], json!({ "reason": "asked by phone" }));
    let all = sandbox.ssd("--json audit list").ok();
    assert!(!all.contains(PASSWORD) && !all.contains(&digits) && !all.contains("1984-03-22"));
}

#[test]
fn reading_messages_outside_a_sandbox_leaves_an_entry() {
    let real = Sandbox::real();
    real.register();
    let read = |line: &str| {
        let before = real.audit(ANA).len();
        real.ssd(line).ok();
        real.audit(ANA)[before..].iter().map(|entry| word(entry, "action").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(read(&format!("outbox code {ANA}")), ["outbox_code"]);
    assert_eq!(read("outbox show 1"), ["outbox_show"]);
    assert_eq!(read(&format!("outbox list --niss {ANA}")), ["outbox_list"]);
    assert_eq!(read(&format!("account show {ANA}")), [""; 0]);
    let sandbox = Sandbox::new();
    sandbox.register();
    let before = sandbox.bytes();
    for line in
        ["outbox list", "outbox show 1", "outbox code 12000000012", "account show 12000000012", "registry count"]
    {
        sandbox.ssd(line).ok();
    }
    assert_eq!(sandbox.bytes(), before, "in a sandbox, looking changes nothing");
}

#[test]
fn outside_a_sandbox_the_time_is_the_system_s_but_never_before_what_the_store_has_seen() {
    let real = Sandbox::real();
    real.register();
    let connection = rusqlite::Connection::open(real.store()).expect("the store");
    connection
        .execute_batch(
            "DROP TRIGGER audit_stays; UPDATE audit SET at = 4102444800 WHERE id = (SELECT max(id) FROM audit)",
        )
        .expect("an update");
    drop(connection);
    assert_eq!(real.json("store info")["now"], "2100-01-01T00:00:00Z");
}

#[test]
fn stored_text_can_forge_no_line_of_an_answer() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let mut command = sandbox.command("account suspend 12000000012 --reason x");
    command.env("SSD_OPERATOR", "eve\n   9  2026-01-05T09:00:00Z  root  account_close\u{202e}");
    finish(command, None).ok();
    let run = sandbox.ssd("audit list").ok();
    assert!(run.lines().all(|line| !line.starts_with("   9  2026-01-05T09:00:00Z  root")), "{run}");
    assert!(!run.contains('\u{202e}'));
}
