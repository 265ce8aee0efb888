//! Recovery by the portal's identity check: who can use it, what it compares, and where its code goes.

use serde_json::json;

use crate::support::terminal::Terminal;
use crate::support::*;

/// Returns the request by the portal's identity check, without a channel.
fn portal(niss: &str) -> String {
    let person = person(niss);
    let identity = match person.is_citizen() {
        true => format!("--account-type citizen --birth-date {}", person.birth_date),
        false => format!("--account-type company --nif {}", person.nif),
    };
    format!("recover request {niss} --procedure portal {identity}")
}

#[test]
fn portal_recovery_sends_its_code_to_a_registered_contact() {
    for niss in [ANA, FRANCISCO, METALURGICA, PADARIA] {
        let sandbox = Sandbox::new();
        sandbox.open_account(niss);
        for channel in person(niss).channels().into_iter().filter(|channel| *channel != "letter") {
            let sandbox = sandbox.fork();
            let reply = done(sandbox.json(&format!("{} --channel {channel}", portal(niss))));
            assert_eq!(word(&reply, "channel"), channel, "{niss}");
            let code = sandbox.ssd(&format!("outbox code {niss} --purpose recovery")).ok();
            let confirm = format!("recover confirm {niss} --code {code} --password-stdin");
            sandbox.feed(&confirm, OTHER_PASSWORD).ok();
            done(sandbox.login(niss, OTHER_PASSWORD));
        }
    }
}

#[test]
fn portal_recovery_never_sends_a_letter() {
    let sandbox = Sandbox::new();
    sandbox.open_account(ANTONIO);
    for channel in ["email", "sms"] {
        assert_eq!(sandbox.refused(&format!("{} --channel {channel}", portal(ANTONIO))), "no_channel");
    }
    assert_eq!(sandbox.refused(&format!("{} --channel letter", portal(ANTONIO))), "no_channel");
}

#[test]
fn portal_and_classic_recovery_share_counter_and_answer() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let wrong = portal(ANA).replace("1984-03-22", "1984-03-23") + " --channel sms";
    let unknown = wrong.replace(ANA, NOBODY);
    assert_eq!(sandbox.json(&wrong)["message"], sandbox.json(&unknown)["message"]);
    for _ in 0..4 {
        assert_eq!(sandbox.refused(&wrong), "identity_mismatch");
    }
    let classic = format!("{} {} --channel sms", person(ANA).recover(), person(ANA).contacts());
    assert_eq!(sandbox.refused(&classic), "identity_blocked");
    assert_eq!(sandbox.refused(&format!("{} --channel sms", portal(ANA))), "identity_blocked");
}

#[test]
fn portal_recovery_takes_only_its_own_fields() {
    let sandbox = Sandbox::new();
    for (more, field) in [
        ("--name Ana", "--name"),
        ("--civil-id 12345678", "--civil-id"),
        ("--email ana@correio.example", "--email"),
        ("--mobile 912000001", "--mobile"),
        ("--telephone 213000003", "--telephone"),
        ("--nif 200000012", "--nif"),
    ] {
        sandbox.ssd(&format!("{} --channel sms {more}", portal(ANA))).fails(2).says(field);
    }
    sandbox
        .ssd(&format!("recover request {ANA} --procedure portal --account-type citizen --channel sms"))
        .fails(2)
        .says("--birth-date");
    sandbox
        .ssd(&format!("recover request {PADARIA} --procedure portal --account-type company --channel sms"))
        .fails(2)
        .says("--nif");
}

#[test]
fn holder_without_nif_or_civil_identification_is_shown_the_way() {
    let sandbox = Sandbox::empty();
    sandbox.file(
        "registry.csv",
        format!("niss,kind,name,birth_date,email\n{ANA},citizen,Ana,1984-03-22,ana@correio.example\n"),
    );
    sandbox.ssd("registry import registry.csv").ok();
    sandbox.ssd(&format!("{} --channel email", person(ANA).portal())).ok();
    sandbox.activate_with(ANA, &sandbox.code(ANA)).ok();
    let way = format!("ssd recover request {ANA} --procedure portal");
    let next = sandbox.json(&format!("account show {ANA}"))["next"].clone();
    assert!(next.as_array().expect("a list").contains(&json!(way)), "{next}");
    for _ in 0..5 {
        sandbox.login(ANA, OTHER_PASSWORD);
    }
    let reply = sandbox.json(&format!("{} --channel email", person(ANA).portal()));
    assert_eq!(word(&reply, "hint"), format!("set a new password: {way}"));
    done(sandbox.json(&format!("{} --channel email", portal(ANA))));
    let export = sandbox.json(&format!("scenario export {ANA}"));
    assert_eq!((&export["same_state"], &export["otherwise"]), (&json!(true), &json!([])), "{export}");
}

#[test]
fn guided_portal_recovery_asks_only_what_it_compares() {
    for (niss, choice, question, answer) in
        [(ANA, "citizen", "birth", "1984-03-22"), (PADARIA, "company", "NIPC", person(PADARIA).nif.as_str())]
    {
        let sandbox = Sandbox::new();
        sandbox.open_account(niss);
        let mut sitting = Terminal::start(sandbox.command("recover request --procedure portal"));
        sitting
            .asked("Choice: ", choice)
            .asked("(NISS): ", niss)
            .asked(question, answer)
            .asked("Choice: ", "email")
            .sees("leave blank");
        let code = sandbox.ssd(&format!("outbox code {niss} --purpose recovery")).ok();
        sitting
            .types(&code)
            .asked("Password: ", OTHER_PASSWORD)
            .asked("Confirm your password", OTHER_PASSWORD)
            .ends()
            .fails(0);
        done(sandbox.login(niss, OTHER_PASSWORD));
    }
}
