//! `--until`: a request up to a step, which changes nothing.
//!
//! It is checked and counted as the complete request, reveals nothing to others, and sends nothing. It works in batches
//! and scenarios too.

use serde_json::{Value, json};

use crate::support::*;

fn until(line: &str, step: &str) -> String {
    format!("{line} --until {step}")
}

/// Returns Ana's identification in full, without contacts.
fn identified() -> String {
    format!("recover request {ANA} {ANA_IN_FULL}")
}

#[test]
fn channels_are_shown_masked_after_the_identity_check() {
    let sandbox = Sandbox::new();
    let before = sandbox.ssd("state-hash").ok();
    let reply = sandbox.json(&until(REGISTER_ANA, "channels"));
    assert_eq!(reply["until"], "channels");
    let usable = json!([
        { "channel": "email", "destination": "a***@c***.example" },
        { "channel": "sms", "destination": "+351 9** *** *01" },
    ]);
    assert_eq!(reply["usable"], usable);
    let printed = sandbox.ssd(&until(REGISTER_ANA, "channels")).ok();
    assert_eq!(printed, "A code can be sent by:\nemail   a***@c***.example\nsms     +351 9** *** *01");
    assert_eq!((sandbox.ssd("state-hash").ok(), sandbox.message_log(ANA)), (before, vec![]));
    let entry = sandbox.audit(ANA).pop().expect("an entry");
    assert_eq!((word(&entry, "action"), &entry["detail"]["asked"]["until"]), ("register", &json!("channels")));

    // Without contacts, the channel is the letter (002 step 9), and without an address there is none.
    let antonio = person(ANTONIO);
    let reply = sandbox.json(&until(&antonio.portal(), "channels"));
    assert_eq!(reply["usable"], json!([{ "channel": "letter", "destination": "40**-*** P***" }]));
}

#[test]
fn given_contacts_decide_the_shown_channels() {
    let sandbox = Sandbox::new();
    let classic = person(ANA).classic();
    for (typed, usable) in [
        ("--email ana.ferreira@correio.example --mobile 919999999", vec!["email"]),
        ("--email other@correio.example --mobile 912000001", vec!["sms"]),
        ("--email other@correio.example", vec!["letter"]),
    ] {
        let reply = sandbox.json(&until(&format!("{classic} {typed}"), "channels"));
        let shown: Vec<&str> =
            reply["usable"].as_array().expect("a list").iter().map(|one| word(one, "channel")).collect();
        assert_eq!(shown, usable, "{typed}");
    }
    sandbox.register();
    let recovery = format!("{} --email other@correio.example", identified());
    assert_eq!(sandbox.refused(&until(&recovery, "channels")), "no_channel");
}

#[test]
fn mismatches_are_counted_as_in_a_complete_request() {
    let unknown = REGISTER_ANA.replace(ANA, NOBODY);
    let strangers = [REGISTER_ANA.replace("1984-03-22", "1984-03-23"), unknown];
    let sandbox = Sandbox::new();
    for line in &strangers {
        let niss = if line.contains(NOBODY) { NOBODY } else { ANA };
        let bare = |text: String| unnumbered(&text).replace(niss, "NISS");
        let full_request = bare(sandbox.fork().ssd(&format!("--json {line} --channel sms")).out);
        let steps = sandbox.fork();
        for (attempt, step) in ["channels", "identity", "channels", "identity", "channels"].iter().enumerate() {
            let step_reply = bare(steps.ssd(&format!("--json {}", until(line, step))).out);
            assert_eq!(step_reply, full_request, "{step}");
            let entry = steps.audit(niss).pop().expect("an entry");
            assert_eq!(entry["detail"]["count"], attempt + 1);
        }
        // Five mismatches per hour in any step; then right data are refused too.
        for right in [until(line, "channels"), format!("{line} --channel sms")] {
            assert_eq!(steps.refused(&right.replace("1984-03-23", "1984-03-22")), "identity_blocked");
        }
    }
}

#[test]
fn too_soon_is_refused_before_the_channel() {
    let sandbox = Sandbox::new();
    sandbox.register();
    assert_eq!(sandbox.refused(&until(REGISTER_ANA, "channels")), "too_soon");
    done(sandbox.json(&until(REGISTER_ANA, "identity")));
    sandbox.advance("60s");
    done(sandbox.json(&until(REGISTER_ANA, "channels")));
    let code = sandbox.code(ANA);
    sandbox.activate_with(ANA, &code).ok();
    for step in ["identity", "channels"] {
        assert_eq!(sandbox.refused(&until(REGISTER_ANA, step)), "already_registered");
    }
}

#[test]
fn checked_code_stays_unused() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let code = sandbox.code(ANA);
    let prove = |code: &str| until(&format!("activate {ANA} --code {code}"), "code");
    for _ in 0..3 {
        assert_eq!(done(sandbox.json(&prove(&code)))["until"], "code");
    }
    assert_eq!(sandbox.state(ANA), "requested");
    for _ in 0..2 {
        assert_eq!(sandbox.refused(&prove(&wrong(&code))), "code_wrong");
    }
    // A right code checked alone does not reset the counter; only its use does.
    done(sandbox.json(&prove(&code)));
    for _ in 0..3 {
        assert_eq!(reason(&sandbox.try_activate(ANA, &wrong(&code))), "code_wrong");
    }
    assert_eq!(sandbox.refused(&prove(&code)), "code_blocked");
    assert_eq!(reason(&sandbox.try_activate(ANA, &code)), "code_blocked");
}

#[test]
fn checking_a_code_reveals_no_account() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let tries = |niss: &str| -> Vec<String> {
        let prove = format!("--json activate {niss} --code 000000 --until code");
        (0..7).map(|_| unnumbered(&sandbox.ssd(&prove).out).replace(niss, "NISS")).collect()
    };
    let (known, unknown) = (tries(ANA), tries(NOBODY));
    assert_eq!(known, unknown);
    assert!(known[4].contains("code_wrong") && known[5].contains("code_blocked"));
}

#[test]
fn concurrent_code_checks_are_limited() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let line = format!("--json activate {ANA} --code 000000 --until code");
    let children: Vec<_> = (0..32).map(|_| sandbox.command(&line).spawn().expect("the binary runs")).collect();
    let replies: Vec<String> = children
        .into_iter()
        .map(|child| {
            let output = child.wait_with_output().expect("the binary ends");
            reason(&serde_json::from_slice::<Value>(&output.stdout).expect("an object"))
        })
        .collect();
    assert_eq!(replies.iter().filter(|reason| *reason == "code_wrong").count(), 5, "{replies:?}");
    assert_eq!(replies.iter().filter(|reason| *reason == "code_blocked").count(), 27);
}

#[test]
fn inapplicable_fields_and_steps_are_usage_errors() {
    let sandbox = Sandbox::new();
    for (line, option) in [
        (format!("{REGISTER_ANA} --channel sms --until channels"), "--channel"),
        (format!("{REGISTER_ANA} --until code"), "--until"),
        (format!("{} --email a@b.pt --until identity", identified()), "--email"),
        (format!("{} --until channels", identified()), "--email or --mobile"),
        (format!("activate {ANA} --code 123456 --until channels"), "--until"),
        (format!("activate {ANA} --until code"), "--code"),
        (format!("{REGISTER_ANA} --until dawn"), "identity, channels, code"),
        (REGISTER_ANA.to_owned(), "--channel"),
    ] {
        sandbox.ssd(&line).fails(2).says(option);
    }
    let both = format!("activate {ANA} --code 123456 --until code --password-stdin");
    sandbox.feed(&both, PASSWORD).fails(2).says("--password-stdin");
    assert_eq!(sandbox.audit(ANA), Vec::<Value>::new());
}

#[test]
fn steps_work_in_batches_and_replay() {
    let sandbox = Sandbox::new();
    let niss = |op: &str, more: Value| {
        let mut line = json!({ "op": op, "niss": ANA });
        line.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        format!("{line}\n")
    };
    let who = |date: &str| json!({ "account_type": "citizen", "birth_date": date, "accept_terms": true });
    let with = |mut line: Value, key: &str, value: &str| {
        line[key] = value.into();
        line
    };
    let requests = [
        niss("register", with(who("1984-03-23"), "until", "identity")),
        niss("register", with(who("1984-03-22"), "until", "channels")),
        niss("register", with(who("1984-03-22"), "channel", "sms")),
        niss("activate", json!({ "code": "@wrong", "until": "code" })),
        niss("activate", json!({ "code": "@outbox", "until": "code" })),
        niss("activate", json!({ "code": "@outbox", "password": PASSWORD })),
        niss("activate", json!({ "code": "@outbox", "until": "code" })),
        niss("login", json!({ "password": PASSWORD })),
    ];
    sandbox.file("requests", requests.concat());
    let replies = lines(&sandbox.ssd("batch requests --quiet").fails(5).out);
    let words: Vec<&str> =
        replies.iter().map(|reply| reply["reason"].as_str().unwrap_or_else(|| word(reply, "result"))).collect();
    let expected = ["identity_mismatch", "done", "done", "code_wrong", "done", "done", "code_used", "done"];
    assert_eq!(words, expected);
    let export = sandbox.json(&format!("scenario export {ANA}"));
    assert_eq!((&export["otherwise"], &export["same_state"]), (&json!([]), &json!(true)), "{export}");
    let elsewhere = Sandbox::nothing();
    elsewhere.file("export.jsonl", word(&export, "scenario"));
    elsewhere.ssd("scenario run export.jsonl").ok();
}
