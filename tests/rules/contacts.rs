//! Contacts after registration: which one receives a code, what is still due, and a holder who has none.

use serde_json::{Value, json};

use crate::support::*;

/// Returns Ana's session after a classic registration with another mobile than the registered one.
fn with_proposed_mobile() -> Sandbox {
    let mut sandbox = Sandbox::new();
    let typed = "--email ana.ferreira@correio.example --mobile 916000006 --channel email";
    sandbox.ssd(&format!("{} {typed}", person(ANA).classic())).ok();
    sandbox.activate_with(ANA, &sandbox.code(ANA)).ok();
    sandbox.log_in(ANA, PASSWORD);
    sandbox
}

fn confirm(sandbox: &Sandbox, channel: &str) -> Value {
    sandbox.ssd(&format!("contacts confirm --channel {channel}")).ok();
    done(sandbox.json(&format!("contacts confirm --channel {channel} --code {}", sandbox.code(ANA))))
}

fn contacts(sandbox: &Sandbox) -> Value {
    done(sandbox.json("contacts show"))
}

#[test]
fn due_has_contacts_until_the_registered_and_the_proposed_ones_are_confirmed() {
    let sandbox = with_proposed_mobile();
    let shown = contacts(&sandbox);
    assert_eq!(shown["due"], json!(["contacts"]));
    let next = |shown: &Value| -> Vec<Value> {
        shown["contacts"].as_array().expect("a list").iter().map(|line| line["next"].clone()).collect()
    };
    assert_eq!(
        next(&shown),
        [json!("ssd contacts confirm --channel email"), json!("ssd contacts confirm --channel sms"), Value::Null]
    );
    assert_eq!(confirm(&sandbox, "email")["due"], json!(["contacts"]), "a proposal is pending");
    assert_eq!(confirm(&sandbox, "sms")["due"], json!([]));
    assert_eq!(next(&contacts(&sandbox)), [Value::Null, Value::Null, Value::Null]);
    assert_eq!(done(sandbox.login(ANA, PASSWORD))["due"], json!([]));
}

#[test]
fn a_confirmed_contact_with_a_pending_proposal_is_due() {
    let sandbox = Sandbox::new().logged_in();
    confirm(&sandbox, "email");
    assert_eq!(confirm(&sandbox, "sms")["due"], json!([]));
    sandbox.advance("60s");
    sandbox.ssd("contacts update --mobile +33612345678").ok();
    assert_eq!(contacts(&sandbox)["due"], json!(["contacts"]));
}

#[test]
fn the_registered_value_withdraws_a_proposal() {
    let sandbox = with_proposed_mobile();
    // The registered mobile is not confirmed, so it is sent a code.
    let reply = done(sandbox.json("contacts update --mobile 912000001"));
    assert_eq!(reply["sent"].as_array().expect("a list").len(), 1);
    assert_eq!(sandbox.messages(ANA).pop().expect("a message")["to"], "+351912000001");
    assert!(contacts(&sandbox)["contacts"][1]["proposed"].is_null());
    sandbox.ssd(&format!("contacts confirm --channel sms --code {}", sandbox.code(ANA))).ok();
    sandbox.advance("60s");
    // A confirmed one needs no code, and the code of the withdrawn proposal is superseded.
    sandbox.ssd("contacts update --mobile +33612345678").ok();
    let code = sandbox.code(ANA);
    assert_eq!(done(sandbox.json("contacts update --mobile 912000001"))["sent"], json!([]));
    assert_eq!(sandbox.refused(&format!("contacts confirm --channel sms --code {code}")), "code_superseded");
    assert_eq!(sandbox.refused("contacts update --mobile 912000001"), "contact_unchanged");
    let export = sandbox.json(&format!("scenario export {ANA}"));
    assert_eq!((&export["same_state"], &export["otherwise"]), (&json!(true), &json!([])), "{export}");
}

#[test]
fn a_holder_without_contacts_is_asked_for_one_until_there_is_none_to_give() {
    let mut sandbox = Sandbox::new();
    sandbox.open_account(ANTONIO);
    sandbox.log_in(ANTONIO, PASSWORD);
    let shown = contacts(&sandbox);
    assert_eq!(shown["due"], json!(["contacts"]));
    assert_eq!(shown["contacts"][0]["next"], "ssd contacts update --email");
    sandbox.ssd("contacts update --email antonio@correio.example").ok();
    assert_eq!(done(sandbox.json("contacts update --none"))["sent"], json!([]), "the proposal is withdrawn");
    assert_eq!(contacts(&sandbox)["due"], json!([]));
    let login = done(sandbox.login(ANTONIO, PASSWORD));
    assert_eq!(login["due"], json!([]));
    *sandbox.session() = Some(word(&login, "session").to_owned());
    let export = sandbox.json(&format!("scenario export {ANTONIO}"));
    assert_eq!((&export["same_state"], &export["otherwise"]), (&json!(true), &json!([])), "{export}");
    // A new contact ends the statement, and its removal does not bring it back.
    sandbox.advance("60s");
    sandbox.ssd("contacts update --email antonio@correio.example").ok();
    sandbox.ssd(&format!("contacts confirm --channel email --code {}", sandbox.code(ANTONIO))).ok();
    sandbox.ssd("contacts remove --email").ok();
    assert_eq!(contacts(&sandbox)["due"], json!(["contacts"]));
    sandbox.ssd("store check").ok();
}

#[test]
fn none_is_refused_while_a_contact_is_registered_and_beside_other_contacts() {
    let sandbox = Sandbox::new().logged_in();
    let reply = sandbox.json("contacts update --none");
    assert_eq!(reason(&reply), "contact_unchanged");
    assert_eq!(word(&reply, "hint"), "remove it first: ssd contacts remove --email");
    sandbox.ssd("contacts update --none --telephone 213000003").fails(2);
    sandbox.file("in", json!({"op": "contacts_update", "none": true, "telephone": "213000003"}).to_string() + "\n");
    sandbox.ssd("batch in").fails(5).says("malformed");
}
