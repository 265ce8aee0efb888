//! Delivery results: what a returned letter or a failed message changes, and for whom.

use serde_json::{Value, json};

use crate::support::*;

/// Returns a sandbox in which the only letter of a holder without contacts is printed.
fn with_printed_letter() -> Sandbox {
    let sandbox = Sandbox::new();
    let antonio = person(ANTONIO);
    sandbox.ssd(&format!("{} --channel letter", antonio.portal())).ok();
    sandbox.ssd("outbox print --pending --out letters.pdf").ok();
    sandbox
}

/// Runs lines as a batch and returns the replies.
fn batch(sandbox: &Sandbox, requests: &[Value]) -> Vec<Value> {
    let input: String = requests.iter().map(|line| format!("{line}\n")).collect();
    lines(&sandbox.feed("batch -", input).out)
}

#[test]
fn failed_message_invalidates_its_code_and_lifts_the_resend_limit() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let code = sandbox.code(ANA);
    assert_eq!(sandbox.refused(&format!("{REGISTER_ANA} --channel sms")), "too_soon");
    let reply = sandbox.json("outbox failed 1 --reason bounced");
    assert_eq!((word(&reply, "niss"), word(&reply, "status"), reply["id"].as_i64()), (ANA, "failed", Some(1)));
    assert_eq!(reply["code_invalidated"], true);
    assert_eq!(reply["next"], format!("ssd register {ANA}"));
    assert_eq!(reason(&sandbox.try_activate(ANA, &code)), "code_superseded");
    sandbox.ssd(&format!("{REGISTER_ANA} --channel sms")).ok();
    assert!(sandbox.activate_with(ANA, &sandbox.code(ANA)).ok().contains("active"));
    sandbox.ssd("store check").ok();
}

#[test]
fn messages_that_failed_do_not_fill_the_window() {
    let sandbox = Sandbox::new();
    for id in 1..=5 {
        sandbox.ssd(&format!("{REGISTER_ANA} --channel sms")).ok();
        sandbox.ssd(&format!("outbox failed {id} --reason undeliverable")).ok();
    }
    sandbox.ssd(&format!("{REGISTER_ANA} --channel sms")).ok();
    assert_eq!(sandbox.refused(&format!("{REGISTER_ANA} --channel sms")), "too_soon");
}

#[test]
fn returned_letter_can_be_requested_again_before_its_expected_day() {
    let sandbox = with_printed_letter();
    let again = format!("{} --channel letter", person(ANTONIO).portal());
    sandbox.advance("1h");
    assert_eq!(sandbox.refused(&again), "too_soon");
    let said = sandbox.ssd("outbox returned 1 --reason 'unknown at this address'").ok();
    assert!(said.contains("Letter 1 (activation) was returned") && said.contains("registry import"), "{said}");
    sandbox.ssd(&again).ok();
    let history = sandbox.ssd(&format!("account timeline {ANTONIO}")).ok();
    assert!(history.contains("returned: activation code") && history.contains("unknown at this address"), "{history}");
    sandbox.ssd("store check").ok();
}

#[test]
fn returned_letter_is_not_printed_again() {
    let sandbox = with_printed_letter();
    sandbox.ssd(&format!("account suspend {ANTONIO} --reason x")).fails(1);
    sandbox.ssd(&format!("account close {ANTONIO} --reason x")).ok();
    sandbox.ssd("outbox print --pending --out notice.pdf").ok();
    sandbox.ssd("outbox returned 2").ok();
    assert!(sandbox.ssd("outbox print --out all.pdf").ok().contains("No letters"));
}

#[test]
fn result_of_one_message_keeps_a_newer_code() {
    let sandbox = Sandbox::new();
    sandbox.register();
    sandbox.advance("60s");
    sandbox.ssd(&format!("{REGISTER_ANA} --channel email")).ok();
    let reply = sandbox.json("outbox failed 1 --reason bounced");
    assert_eq!(reply["code_invalidated"], false);
    sandbox.activate_with(ANA, &sandbox.code(ANA)).ok();
}

#[test]
fn failed_notice_changes_no_code() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let notice = sandbox.messages(ANA).into_iter().find(|message| message["purpose"] == "activated").expect("a notice");
    let reply = sandbox.json(&format!("outbox failed {} --reason bounced", notice["id"]));
    assert_eq!((&reply["code_invalidated"], &reply["next"]), (&json!(false), &Value::Null));
    assert!(lines(&sandbox.ssd("--json outbox list --status failed").ok()).iter().all(|row| row["id"] == notice["id"]));
}

#[test]
fn account_show_names_undelivered_messages_until_the_contact_changes() {
    let sandbox = Sandbox::new();
    sandbox.register();
    sandbox.ssd("outbox failed 1 --reason bounced").ok();
    let undelivered = |sandbox: &Sandbox| sandbox.json(&format!("account show {ANA}"))["undelivered"].clone();
    let shown = undelivered(&sandbox);
    assert_eq!((&shown[0]["id"], &shown[0]["other_channels"]), (&json!(1), &json!(["email"])), "{shown}");
    let text = sandbox.ssd(&format!("account show {ANA}")).ok();
    assert!(text.contains("another channel (email)"), "{text}");
    // A code that arrives by the same channel proves the contact.
    let proved = sandbox.fork();
    proved.ssd(&format!("{REGISTER_ANA} --channel sms")).ok();
    proved.activate_with(ANA, &proved.code(ANA)).ok();
    assert_eq!(undelivered(&proved), Value::Null);
    // So does an import with another number.
    let row = "niss,kind,name,birth_date,mobile\n12000000012,citizen,Ana Sofia Marques Ferreira,1984-03-22,912000099\n";
    sandbox.feed("registry import -", row).ok();
    assert_eq!(undelivered(&sandbox), Value::Null);
}

#[test]
fn several_results_are_several_requests() {
    let sandbox = with_printed_letter();
    sandbox.register();
    let run = sandbox.ssd("--json outbox failed 1 2 99 2 --reason bounced").fails(5);
    let replies = lines(&run.out);
    let words: Vec<&str> =
        replies.iter().map(|reply| if reply["result"] == "done" { "done" } else { word(reply, "reason") }).collect();
    assert_eq!(words, ["channel_mismatch", "done", "no_message", "delivery_recorded"]);
    assert!(replies.iter().all(|reply| reply["request"].is_number()));
    sandbox.ssd("outbox failed 1 --reason bounced").fails(1);
    sandbox.ssd("outbox failed 1").fails(2).says("missing: --reason");
    sandbox.ssd("outbox failed 1 --reason lost").fails(2);
    sandbox.ssd("outbox returned").fails(2);
    sandbox.ssd(&format!("outbox returned 1 --purpose activation --niss {ANTONIO}")).fails(2);
}

#[test]
fn newest_message_is_found_by_its_holder() {
    let sandbox = with_printed_letter();
    sandbox.register();
    assert_eq!(sandbox.json(&format!("outbox failed --niss {ANA} --channel sms --reason bounced"))["id"], 2);
    assert_eq!(sandbox.refused(&format!("outbox failed --niss {ANA} --channel email --reason bounced")), "no_message");
    assert_eq!(sandbox.refused(&format!("outbox returned 1 --niss {ANA}")), "no_message");
    assert_eq!(sandbox.json(&format!("outbox returned --niss {ANTONIO} --purpose activation"))["id"], 1);
}

#[test]
fn batch_line_names_a_message_by_its_number_or_the_newest_of_a_holder() {
    let sandbox = with_printed_letter();
    sandbox.register();
    let replies = batch(
        &sandbox,
        &[
            json!({"op": "outbox_returned", "id": "a", "message": 1, "reason": "moved"}),
            json!({"op": "outbox_failed", "niss": ANA, "purpose": "activation", "reason": "bounced"}),
            json!({"op": "outbox_failed", "niss": ANA, "message": 1, "reason": "bounced"}),
            json!({"op": "outbox_failed", "niss": NOBODY, "reason": "bounced"}),
            json!({"op": "outbox_returned", "reason": "moved"}),
            json!({"op": "outbox_failed", "niss": ANA, "message": 2, "channel": "sms", "reason": "bounced"}),
            json!({"op": "outbox_failed", "niss": ANA, "channel": "letter", "reason": "bounced"}),
        ],
    );
    // The line's own `id` stays, and the message's number is `message`.
    assert_eq!((&replies[0]["id"], &replies[0]["message"]), (&json!("a"), &json!(1)));
    assert_eq!((&replies[1]["id"], word(&replies[1], "niss")), (&json!(2), ANA));
    assert_eq!([word(&replies[2], "reason"), word(&replies[3], "reason")], ["no_message", "no_message"]);
    assert!(replies[4..].iter().all(|reply| reply["kind"] == "usage"), "{replies:?}");
    assert_eq!(
        [word(&replies[4], "field"), word(&replies[5], "field"), word(&replies[6], "field")],
        ["message", "channel", "channel"]
    );
}

#[test]
fn scenario_export_replays_delivery_results() {
    let sandbox = with_printed_letter();
    sandbox.advance("60s");
    sandbox.ssd("outbox returned 1 --reason moved").ok();
    sandbox.ssd(&format!("{} --channel letter", person(ANTONIO).portal())).ok();
    sandbox.ssd("outbox returned 2").fails(1);
    sandbox.ssd("outbox print --pending --out second.pdf").ok();
    sandbox.ssd("outbox returned 1 2").fails(5);
    sandbox.register();
    sandbox.advance("60s");
    sandbox.ssd(&format!("{REGISTER_ANA} --channel sms")).ok();
    sandbox.ssd("outbox failed 3 --reason undeliverable").ok();
    for niss in [ANTONIO, ANA] {
        for option in ["", " --anonymise"] {
            let reply = sandbox.json(&format!("scenario export {niss}{option}"));
            assert_eq!(reply["otherwise"], json!([]), "{reply}");
            assert!(reply["same_state"] != false, "{reply}");
            sandbox.file("export.jsonl", word(&reply, "scenario"));
            sandbox.ssd("scenario run export.jsonl").ok();
        }
    }
}

#[test]
fn recording_replays_delivery_results() {
    let sandbox = Sandbox::nothing();
    let recorded = |line: &str| sandbox.under(&[("SSD_RECORD", "record.jsonl")], line);
    recorded("init --sandbox").ok();
    sandbox.file("ana.csv", "niss,kind,name,birth_date,mobile\n12000000012,citizen,Ana,1984-03-22,912000001\n");
    recorded("registry import ana.csv").ok();
    let register =
        format!("register {ANA} --account-type citizen --birth-date 1984-03-22 --channel sms --accept-terms");
    recorded(&register).ok();
    recorded("outbox failed 1 9 --reason bounced").fails(5);
    recorded(&register).ok();
    sandbox.ssd("scenario run record.jsonl").ok();
}

#[test]
fn real_store_wipes_the_code_of_a_failed_message() {
    let real = Sandbox::real();
    real.register();
    real.ssd("outbox failed 1 --reason bounced").ok();
    let connection = rusqlite::Connection::open(real.store()).expect("the store");
    let sql = "SELECT count(*) FROM message WHERE sealed > zeroblob(length(sealed))";
    assert_eq!(connection.query_row(sql, [], |row| row.get::<_, i64>(0)).expect(sql), 0);
    real.ssd("store check").ok();
}

#[test]
fn why_shows_the_delivery_result() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let request = sandbox.json("outbox failed 1 --reason bounced")["request"].clone();
    let text = sandbox.ssd(&format!("why {request}")).ok();
    assert!(text.contains("Message failed: 1") && text.contains("bounced"), "{text}");
}

#[test]
fn delivery_results_reveal_nothing_to_strangers() {
    // Who types a wrong code, or none of the holder's data, gets the same answer before and after.
    let sandbox = Sandbox::new();
    sandbox.register();
    let guess = |sandbox: &Sandbox| {
        let code = wrong(&sandbox.code(ANA));
        let strange =
            format!("register {ANA} --account-type citizen --birth-date 1999-09-09 --accept-terms --channel sms");
        let replies = [sandbox.try_activate(ANA, &code).to_string(), sandbox.ssd(&format!("--json {strange}")).out];
        replies.map(|reply| unnumbered(&reply))
    };
    let after = sandbox.fork();
    after.ssd("outbox failed 1 --reason bounced").ok();
    assert_eq!(guess(&sandbox), guess(&after));
}
