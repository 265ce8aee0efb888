//! Exported scenarios: each replays without differences to the same state, and an anonymised one names nobody.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use crate::support::replay::assert_replays;
use crate::support::{
    ANA, ANTONIO, CUSTODIO, INES, NOBODY, OTHER_PASSWORD, PADARIA, PASSWORD, Run, Sandbox, finish, lines, person,
    project,
};

fn batch(sandbox: &Sandbox, requests: &[Value]) -> Run {
    sandbox.file("requests", requests.iter().map(|line| format!("{line}\n")).collect::<String>());
    sandbox.ssd("batch requests --out replies -q")
}

fn register(niss: &str, channel: &str) -> Value {
    let person = person(niss);
    let company = !person.is_citizen();
    let mut line =
        json!({"op": "register", "niss": niss, "account_type": "citizen", "channel": channel, "accept_terms": true});
    match company {
        true => (line["account_type"], line["nif"]) = ("company".into(), person.nif.as_str().into()),
        false => line["birth_date"] = person.birth_date.as_str().into(),
    }
    line
}

fn classic(niss: &str, email: &str, mobile: &str, telephone: Option<&str>) -> Value {
    let person = person(niss);
    let mut line = register(niss, "email");
    line["procedure"] = "classic".into();
    (line["name"], line["civil_id"], line["nif"]) =
        (person.name.as_str().into(), person.civil_id.as_str().into(), person.nif.as_str().into());
    (line["email"], line["mobile"], line["alerts"]) = (email.into(), mobile.into(), "email".into());
    line["telephone"] = telephone.into();
    line
}

#[test]
fn every_example_replays() {
    for name in std::fs::read_dir(project("examples/scenarios")).expect("a folder") {
        let file = name.expect("an entry").path();
        let sandbox = Sandbox::nothing();
        let mut command = sandbox.command("scenario run --keep store.db");
        command.arg(&file);
        finish(command, None).ok();
        for account in lines(&sandbox.ssd("account list --json").ok()) {
            assert_replays(&sandbox, account["niss"].as_str().expect("a NISS"));
        }
    }
}

#[test]
fn contacts_changed_by_holder_or_import_replay() {
    let sandbox = Sandbox::new();
    let login = || json!({"op": "login", "niss": ANA, "password": PASSWORD});
    let inside = |mut line: Value| {
        (line["niss"], line["session"]) = (ANA.into(), "@login".into());
        line
    };
    batch(
        &sandbox,
        &[
            classic(ANA, "somebody@else.example", "+351912000001", Some("+351213000003")),
            json!({"op": "clock_advance", "advance": "2m"}),
            classic(ANA, "ana.ferreira@correio.example", "+33612345678", Some("+351213000004")),
            json!({"op": "activate", "niss": ANA, "code": "@outbox", "password": PASSWORD}),
            login(),
            inside(json!({"op": "contacts_confirm", "channel": "sms"})),
            inside(json!({"op": "contacts_confirm", "channel": "sms", "code": "@outbox"})),
            inside(json!({"op": "contacts_update", "email": "nova.ana@correio.example", "mobile": "+14155550123"})),
            inside(json!({"op": "contacts_confirm", "channel": "email", "code": "@outbox"})),
            inside(json!({"op": "contacts_confirm", "channel": "sms", "code": "@wrong"})),
            inside(json!({"op": "contacts_remove", "mobile": true, "telephone": true})),
            inside(json!({"op": "contacts_update", "telephone": "+351213000005"})),
            inside(json!({"op": "contacts_update", "telephone": "+351213000005"})),
            inside(json!({"op": "alerts_set", "alerts": "email"})),
            login(),
            inside(json!({"op": "phone_code_set"})),
            inside(json!({"op": "phone_code_change", "new_code": "739104"})),
            inside(json!({"op": "phone_code_change", "new_code": "739104"})),
            json!({"op": "phone_code_verify", "niss": ANA, "code": "@phone_code"}),
            inside(json!({"op": "phone_code_change", "generate": true})),
            json!({"op": "phone_code_verify", "niss": ANA, "code": "@wrong"}),
            inside(json!({"op": "password_change", "password": PASSWORD, "new_password": "Porto"})),
            inside(json!({"op": "password_change", "password": PASSWORD, "new_password": OTHER_PASSWORD})),
            json!({"op": "login", "niss": ANA, "password": PASSWORD}),
        ],
    );
    // A contact that only an import changed is known from the recipient of the next message.
    let registry = std::fs::read_to_string(crate::support::data("personas.csv")).expect("the personas");
    sandbox.file("later.csv", registry.replace("geral@padaria", "novo@padaria"));
    sandbox.ssd("registry import later.csv").ok();
    sandbox.ssd(&format!("account suspend {ANA} --reason 'called'")).ok();
    let scenario = assert_replays(&sandbox, ANA);
    assert!(scenario.contains("called") && !scenario.contains(PASSWORD));
    let gone = registry.replace("12000000012,citizen,active", "12000000012,citizen,deceased");
    sandbox.file("gone.csv", gone);
    sandbox.ssd("registry import gone.csv").ok();
    assert_replays(&sandbox, ANA);
}

#[test]
fn import_between_messages_is_inferred_from_recipients() {
    let sandbox = Sandbox::new();
    batch(&sandbox, &[register(PADARIA, "email"), json!({"op": "clock_advance", "advance": "1d"})]);
    let registry = std::fs::read_to_string(crate::support::data("personas.csv")).expect("the personas");
    let email = &person(PADARIA).email;
    sandbox.file("later.csv", registry.replace(email.as_str(), "another@empresa.example"));
    sandbox.ssd("registry import later.csv").ok();
    batch(&sandbox, &[register(PADARIA, "email")]);
    let scenario = assert_replays(&sandbox, PADARIA);
    assert!(scenario.contains(email.as_str()) && scenario.contains("another@empresa.example"));
}

#[test]
fn anonymised_export_has_no_personal_data() {
    let sandbox = Sandbox::new();
    batch(
        &sandbox,
        &[
            classic(ANA, "ana.ferreira@correio.example", "+33612345678", Some("+351213000003")),
            json!({"op": "activate", "niss": ANA, "code": "@outbox", "password": PASSWORD}),
            json!({"op": "login", "niss": ANA, "password": PASSWORD}),
            json!({"op": "contacts_update", "niss": ANA, "session": "@login", "email": "nova.ana@correio.example"}),
            json!({"op": "account_suspend", "niss": ANA, "reason": "Ana Ferreira called"}),
        ],
    );
    let export = sandbox.json(&format!("scenario export {ANA} --anonymise"));
    let scenario = export["scenario"].as_str().expect("a scenario");
    assert_eq!((&export["otherwise"], &export["same_state"]), (&json!([]), &Value::Null));
    let ana = person(ANA);
    for personal in [
        ANA,
        &ana.name,
        "Ferreira",
        "ferreira",
        &ana.birth_date,
        &ana.civil_id,
        &ana.nif,
        "912000001",
        "612345678",
        "nova.ana",
        "213000003",
        &ana.address,
        "called",
    ] {
        assert!(!scenario.contains(personal), "{personal} in {scenario}");
    }
    let elsewhere = Sandbox::nothing();
    elsewhere.file("export.jsonl", scenario);
    elsewhere.ssd("scenario run export.jsonl").ok();
    assert_eq!(sandbox.json(&format!("scenario export {ANA} --anonymise"))["scenario"], export["scenario"]);
}

#[test]
fn alerts_replay_and_are_anonymised() {
    let sandbox = Sandbox::new();
    let inside = |mut line: Value| {
        (line["niss"], line["session"]) = (ANA.into(), "@login".into());
        line
    };
    let payment = json!({"op": "alerts_send", "niss": ANA, "kind": "payment", "about": "Subsídio de doença", "amount": "412,35", "paid_on": "2026-02-27"});
    let unlike_any = json!({"op": "alerts_send", "niss": ANA, "kind": "benefit", "about": "½"});
    batch(
        &sandbox,
        &[
            payment.clone(),
            classic(ANA, "ana.ferreira@correio.example", "+351912000001", None),
            payment.clone(),
            json!({"op": "activate", "niss": ANA, "code": "@outbox", "password": PASSWORD}),
            json!({"op": "messages_show", "session": "none", "message": 1}),
            json!({"op": "login", "niss": ANA, "password": PASSWORD}),
            inside(json!({"op": "contacts_confirm", "channel": "email"})),
            inside(json!({"op": "contacts_confirm", "channel": "email", "code": "@outbox"})),
            inside(json!({"op": "contacts_confirm", "channel": "sms"})),
            inside(json!({"op": "contacts_confirm", "channel": "sms", "code": "@outbox"})),
            payment.clone(),
            unlike_any,
            inside(json!({"op": "messages_list", "unread": true, "kind": "payment"})),
            inside(json!({"op": "messages_calendar"})),
            json!({"op": "clock_advance", "advance": "1m"}),
            inside(json!({"op": "messages_show", "message": 2})),
            inside(json!({"op": "messages_show", "message": 3})),
            inside(json!({"op": "profile_show"})),
            inside(json!({"op": "alerts_set", "alerts": "none"})),
            payment.clone(),
            inside(json!({"op": "alerts_set", "alerts": "sms"})),
            payment.clone(),
        ],
    );
    assert_eq!(sandbox.message_log(ANA).iter().filter(|entry| entry.ends_with("alert")).count(), 3);
    let scenario = assert_replays(&sandbox, ANA);
    assert!(scenario.contains("Subsídio de doença") && scenario.contains("not handed on"), "{scenario}");
    // Imports without the mobile, and with another, leave a confirmed one alone.
    let registry = std::fs::read_to_string(crate::support::data("personas.csv")).expect("the personas");
    for mobile in ["", "+351912999999"] {
        sandbox.file("now.csv", registry.replace("+351912000001", mobile));
        sandbox.ssd("registry import now.csv").ok();
        batch(&sandbox, std::slice::from_ref(&payment));
        assert_replays(&sandbox, ANA);
    }
    assert_eq!(sandbox.message_log(ANA).iter().filter(|entry| entry.ends_with("alert")).count(), 5);
    let export = sandbox.json(&format!("scenario export {ANA} --anonymise"));
    let scenario = export["scenario"].as_str().expect("a scenario");
    assert_eq!(export["otherwise"], json!([]));
    for personal in ["doença", "Subs", "412.35", "2026-02-27", "½", ANA] {
        assert!(!scenario.contains(personal), "{personal} in {scenario}");
    }
    let elsewhere = Sandbox::nothing();
    elsewhere.file("export.jsonl", scenario);
    elsewhere.ssd("scenario run export.jsonl").ok();
}

#[test]
fn unknown_niss_is_refused_and_failed_attempts_are_exported() {
    let sandbox = Sandbox::new();
    let refusal = sandbox.ssd(&format!("--json scenario export {NOBODY}")).fails(1).json();
    assert_eq!(refusal["reason"], "not_in_registry");
    assert_replays(&sandbox, ANTONIO);
    batch(&sandbox, &[json!({"op": "login", "niss": NOBODY, "password": "x"}), register(CUSTODIO, "sms")]);
    assert_replays(&sandbox, NOBODY);
    assert_replays(&sandbox, CUSTODIO);
}

#[test]
fn real_store_export_is_audited() {
    let real = Sandbox::real();
    let registered = batch(
        &real,
        &[register(ANA, "sms"), json!({"op": "activate", "niss": ANA, "code": "123456", "password": PASSWORD})],
    );
    assert_eq!(registered.code, 5);
    assert_replays(&real, ANA);
    let audit = lines(&real.ssd("audit list --json").ok());
    assert_eq!(audit.last().expect("an entry")["action"], "scenario_export");
    // Repeated requests are exported once.
    assert_replays(&real, ANA);
}

/// Returns one kind of alert.
fn alert(niss: &str, choice: u8) -> Value {
    let mut line = json!({"op": "alerts_send", "niss": niss, "about": format!("Subsídio n.º {choice}")});
    for (field, value) in match choice % 4 {
        0 => vec![("kind", "decision"), ("decision", "refused")],
        1 => vec![("kind", "payment"), ("amount", "540,5"), ("paid_on", "2026-02-20")],
        2 => vec![("kind", "benefit"), ("amount", "12")],
        _ => vec![("kind", "benefit")],
    } {
        line[field] = value.into();
    }
    line
}

/// Returns any line for one of three holders.
fn any_line() -> impl Strategy<Value = Value> {
    let holder = prop::sample::select(vec![ANA, INES, PADARIA]);
    (holder, 0..42_u8, 0..8_u8, any::<bool>()).prop_map(|(niss, kind, choice, right)| {
        let channel = ["sms", "email", "letter"][usize::from(choice) % 3];
        let code = ["@outbox", "@outbox", "@outbox", "@outbox-1", "@wrong"][usize::from(choice) % 5];
        let password = [PASSWORD, OTHER_PASSWORD, PASSWORD, "Porto", "abcdefghij1", "Password1234", "Aa1-Aa1-Aa1-"][usize::from(choice) % 7];
        let inside = |mut line: Value| {
            (line["niss"], line["session"]) = (niss.into(), "@login".into());
            line
        };
        match kind {
            0..=3 => {
                let mut line = register(niss, channel);
                if !right && choice == 0 {
                    let wrong = if niss == PADARIA { ("nif", "100000010") } else { ("birth_date", "1990-01-01") };
                    line[wrong.0] = wrong.1.into();
                }
                line["accept_terms"] = (choice != 7).into();
                if right && choice > 5 {
                    line["until"] = if choice == 6 { "identity" } else { "channels" }.into();
                    line.as_object_mut().expect("fields").remove("channel");
                }
                line
            }
            4 if niss != PADARIA => {
                let email = if right { person(niss).email.as_str() } else { "somebody@else.example" };
                classic(niss, email, "+351912000001", (choice == 1).then_some("+351213000003"))
            }
            4..=7 if choice > 5 => json!({"op": "activate", "niss": niss, "code": code, "until": "code"}),
            4..=7 => json!({"op": "activate", "niss": niss, "code": code, "password": password}),
            8..=12 => {
                let mut line = json!({"op": "login", "niss": niss, "password": password});
                match (right, choice) {
                    (false, 0..=4) => line["code"] = code.into(),
                    (true, 5) => line["channel"] = "email".into(),
                    _ => {}
                }
                line
            }
            13 => {
                let person = person(niss);
                let mut line = json!({"op": "recover_request", "niss": niss, "name": person.name, "nif": person.nif, "channel": channel, "email": person.email});
                match niss == PADARIA {
                    true => line["responsible"] = person.responsible.as_str().into(),
                    false => (line["birth_date"], line["civil_id"]) = (person.birth_date.as_str().into(), person.civil_id.as_str().into()),
                }
                if choice == 0 {
                    line["name"] = "Outro Nome".into();
                }
                if channel == "letter" { line["channel"] = "email".into(); }
                if right && choice > 5 {
                    line["until"] = "channels".into();
                    line.as_object_mut().expect("fields").remove("channel");
                }
                line
            }
            14 if choice > 5 => json!({"op": "recover_confirm", "niss": niss, "code": code, "until": "code"}),
            14 => json!({"op": "recover_confirm", "niss": niss, "code": code, "password": password}),
            15 => inside(json!({"op": "password_change", "password": PASSWORD, "new_password": password})),
            16 => inside(json!({"op": "phone_code_set"})),
            17 if right => inside(json!({"op": "phone_code_change", "generate": true})),
            17 => inside(json!({"op": "phone_code_change", "new_code": (["739104", "111111", "528013"][usize::from(choice) % 3])})),
            18 => json!({"op": if choice < 3 { "phone_code_verify" } else { "phone_line" }, "niss": niss, "code": if right { "@phone_code" } else { "@wrong" }}),
            19 => inside(json!({"op": "contacts_update", "email": if right { "nova@correio.example" } else { person(niss).email.as_str() }})),
            20 => inside(json!({"op": "contacts_update", "mobile": (["+33612345678", "+351912000001", "+351961234567"][usize::from(choice) % 3]), "telephone": "+351213000005"})),
            21..=22 => {
                let mut line = inside(json!({"op": "contacts_confirm", "channel": if right { "email" } else { "sms" }}));
                if choice > 2 {
                    line["code"] = code.into();
                }
                line
            }
            23 => inside(json!({"op": "contacts_remove", "mobile": right, "telephone": !right, "email": choice == 3})),
            24 => inside(json!({"op": "alerts_set", "alerts": (["email", "sms", "none"][usize::from(choice) % 3])})),
            25 => inside(json!({"op": "logout"})),
            26 => {
                let op = ["account_unlock", "account_suspend", "account_resume", "account_reset", "account_close", "account_unlock"][usize::from(choice) % 6];
                json!({"op": op, "niss": niss, "reason": "by phone"})
            }
            27 if choice < 4 => json!({"op": "policy_set", "key": "login.second_factor", "value": (["off", "on", "off", "sms"][usize::from(choice)])}),
            27 => json!({"op": "policy_set", "key": "code.attempts", "value": format!("{}", 2 + choice)}),
            28 if right => json!({"op": "phone_line_whoami", "niss": niss, "call": "@phone_line"}),
            28 => inside(json!({"op": (["contacts_show", "messages_list", "profile_show"][usize::from(choice) % 3])})),
            29 => {
                let mut line = json!({"op": "cmd_enrol", "niss": niss, "mobile": (["+33612345678", "+351912000001", "+14155550123"][usize::from(choice) % 3]), "pin": "2718"});
                if choice == 0 { line["name"] = "Outro Nome".into(); }
                if choice == 1 { line["without_niss"] = true.into(); }
                if niss == PADARIA && right { (line["birth_date"], line["civil_id"]) = ("1970-01-01".into(), "AB12345".into()); }
                line
            }
            30 => match choice {
                0 => json!({"op": "cmd_revoke", "niss": niss}),
                1 => inside(json!({"op": "password_change", "new_password": OTHER_PASSWORD})),
                _ => inside(json!({"op": "password_change", "new_password": PASSWORD})),
            },
            31..=36 => {
                let mut line = match right {
                    true => json!({"op": "register", "niss": niss, "procedure": "cmd", "accept_terms": choice != 7}),
                    false => json!({"op": "login", "niss": niss, "method": "cmd"}),
                };
                line["pin"] = if choice == 6 { "3141" } else { "2718" }.into();
                if kind > 32 {
                    line["code"] = code.into();
                    if choice != 5 { line["consent"] = true.into(); }
                }
                line
            }
            37..=39 => alert(niss, choice),
            40 => inside(json!({"op": "messages_show", "message": 1 + choice % 4})),
            _ => json!({"op": "clock_advance", "advance": (["30s", "61s", "10m", "31m", "1h", "1d", "9wd", "22d"][usize::from(choice)])}),
        }
    })
}

#[test]
fn cmd_account_replays_also_anonymised() {
    let sandbox = Sandbox::new();
    let by = |op: &str, code: Option<&str>| {
        let mut line = json!({"op": op, "niss": ANA, "pin": "2718"});
        match op {
            "register" => (line["procedure"], line["accept_terms"]) = ("cmd".into(), true.into()),
            _ => line["method"] = "cmd".into(),
        }
        if let Some(code) = code {
            (line["code"], line["consent"]) = (code.into(), true.into());
        }
        line
    };
    let enrol = |more: Value| {
        let mut line = json!({"op": "cmd_enrol", "niss": ANA, "mobile": "+33612345678", "pin": "2718"});
        more.as_object().expect("fields").iter().for_each(|(name, value)| line[name] = value.clone());
        line
    };
    let minute = || json!({"op": "clock_advance", "advance": "1m"});
    batch(
        &sandbox,
        &[
            by("register", None),
            enrol(json!({"nif": "100000029"})),
            by("register", None),
            by("register", Some("@wrong")),
            by("register", Some("@outbox")),
            json!({"op": "cmd_revoke", "niss": ANA}),
            enrol(json!({"name": "ANA SOFIA MARQUES FERREIRA", "mobile": "+14155550123", "without_niss": true})),
            minute(),
            by("register", None),
            by("register", Some("@outbox")),
            by("login", None),
            minute(),
            by("login", None),
            by("login", Some("@outbox")),
            json!({"op": "password_change", "niss": ANA, "session": "@login", "new_password": "Porto"}),
            json!({"op": "password_change", "niss": ANA, "session": "@login", "new_password": PASSWORD}),
            json!({"op": "password_change", "niss": ANA, "session": "@login", "password": PASSWORD, "new_password": OTHER_PASSWORD}),
            json!({"op": "login", "niss": ANA, "method": "cmd", "pin": "3141"}),
            json!({"op": "login", "niss": ANA, "method": "cmd", "pin": "3142"}),
            json!({"op": "login", "niss": ANA, "method": "cmd", "pin": "3143"}),
            by("login", None),
        ],
    );
    let scenario = assert_replays(&sandbox, ANA);
    assert!(scenario.contains("+33612345678") && scenario.contains("+14155550123") && !scenario.contains("2718\""));
    let export = sandbox.json(&format!("scenario export {ANA} --anonymise"));
    assert_eq!(export["otherwise"], json!([]), "{export}");
    let scenario = export["scenario"].as_str().expect("a scenario");
    for personal in [ANA, "Ferreira", "FERREIRA", "1984-03-22", "123456703ZY4", "200000012", "612345678", "4155550123"]
    {
        assert!(!scenario.contains(personal), "{personal} in {scenario}");
    }
    let elsewhere = Sandbox::nothing();
    elsewhere.file("export.jsonl", scenario);
    elsewhere.ssd("scenario run export.jsonl").ok();
    // The provider knows an enrolled holder also after death.
    let sandbox = Sandbox::new();
    let mut line = enrol(json!({}));
    line["niss"] = CUSTODIO.into();
    let mut first = by("register", None);
    first["niss"] = CUSTODIO.into();
    let mut second = by("register", Some("@outbox"));
    second["niss"] = CUSTODIO.into();
    batch(&sandbox, &[line, first, second]);
    assert_replays(&sandbox, CUSTODIO);
}

#[test]
fn random_histories_replay() {
    let mut runner = TestRunner::new(Config { cases: 12, failure_persistence: None, ..Config::default() });
    let walk = prop::collection::vec(any_line(), 60..160);
    runner
        .run(&walk, |requests| {
            let sandbox = Sandbox::new();
            batch(&sandbox, &requests);
            for niss in [ANA, INES, PADARIA] {
                assert_replays(&sandbox, niss);
            }
            Ok(())
        })
        .expect("every history replays");
}

#[test]
fn reactivated_holder_and_old_telephones_replay() {
    let sandbox = Sandbox::new();
    let inside =
        |telephone: &str| json!({"op": "contacts_update", "niss": ANA, "session": "@login", "telephone": telephone});
    batch(
        &sandbox,
        &[
            register(ANA, "sms"),
            json!({"op": "activate", "niss": ANA, "code": "@outbox", "password": PASSWORD}),
            json!({"op": "login", "niss": ANA, "password": PASSWORD}),
            inside("+351213000001"),
            inside("+351213000002"),
            json!({"op": "contacts_remove", "niss": ANA, "session": "@login", "telephone": true}),
        ],
    );
    let registry = std::fs::read_to_string(crate::support::data("personas.csv")).expect("the personas");
    for status in ["deceased", "active"] {
        sandbox
            .file("now.csv", registry.replace("12000000012,citizen,active", &format!("12000000012,citizen,{status}")));
        sandbox.ssd("registry import now.csv").ok();
    }
    sandbox.ssd("clock advance 1h").ok();
    sandbox.ssd(&format!("account reset {ANA} --reason 'alive'")).ok();
    assert_replays(&sandbox, ANA);
}

#[test]
fn replaced_registration_telephone_replays() {
    let sandbox = Sandbox::new();
    batch(
        &sandbox,
        &[
            classic(ANA, "ana.ferreira@correio.example", "+351912000001", Some("+351213000003")),
            json!({"op": "activate", "niss": ANA, "code": "@outbox", "password": PASSWORD}),
            json!({"op": "login", "niss": ANA, "password": PASSWORD}),
            json!({"op": "contacts_update", "niss": ANA, "session": "@login", "telephone": "+351213000005"}),
        ],
    );
    assert_replays(&sandbox, ANA);
}

#[test]
fn entries_without_recorded_request_are_listed() {
    let sandbox = Sandbox::new();
    let inside =
        |op: &str, field: &str, value: Value| json!({"op": op, "niss": ANA, "session": "@login", field: value});
    batch(
        &sandbox,
        &[
            register(ANA, "sms"),
            json!({"op": "activate", "niss": ANA, "code": "@outbox", "password": PASSWORD}),
            json!({"op": "login", "niss": ANA, "password": PASSWORD}),
            inside("contacts_update", "telephone", "+351213000005".into()),
            inside("contacts_remove", "telephone", true.into()),
        ],
    );
    let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
    let older = "DROP TRIGGER audit_stays; UPDATE audit SET detail = NULL WHERE action <> 'policy_set'";
    connection.execute_batch(older).expect("older entries");
    drop(connection);
    let export = sandbox.json(&format!("scenario export {ANA}"));
    assert_eq!((export["result"].as_str(), export["otherwise"].as_array().map(Vec::len)), (Some("done"), Some(2)));
    assert_eq!(export["same_state"], false);
    sandbox.file("export.jsonl", export["scenario"].as_str().expect("a scenario"));
    sandbox.ssd("scenario run export.jsonl").ok();
}

#[test]
fn placeholder_without_a_code_is_not_exported() {
    let real = Sandbox::real();
    batch(&real, &[register(ANA, "sms")]);
    let guess = json!({"op": "activate", "niss": ANA, "code": "@outbox", "password": PASSWORD});
    batch(&real, &vec![guess; 6]);
    real.activate_with(ANA, &real.code(ANA)).ok();
    assert_replays(&real, ANA);
}

#[test]
fn two_step_logins_and_calls_replay() {
    let sandbox = Sandbox::new();
    let login = |more: &[(&str, &str)]| {
        let mut line = json!({"op": "login", "niss": ANA, "password": PASSWORD});
        more.iter().for_each(|(key, value)| line[*key] = (*value).into());
        line
    };
    let whoami = || json!({"op": "phone_line_whoami", "niss": ANA, "call": "@phone_line"});
    let call = |code: &str| json!({"op": "phone_line", "niss": ANA, "code": code});
    let factor = |word: &str| json!({"op": "policy_set", "key": "login.second_factor", "value": word});
    let advance = |span: &str| json!({"op": "clock_advance", "advance": span});
    batch(
        &sandbox,
        &[
            register(ANA, "sms"),
            json!({"op": "activate", "niss": ANA, "code": "@outbox", "password": PASSWORD}),
            login(&[("code", "@wrong")]),
            factor("on"),
            login(&[("channel", "email")]),
            login(&[]),
            login(&[("code", "@wrong")]),
            login(&[("code", "@outbox"), ("password", OTHER_PASSWORD)]),
            advance("1m"),
            login(&[]),
            login(&[("code", "@outbox-1")]),
            login(&[("code", "@outbox")]),
            login(&[("code", "@outbox")]),
            json!({"op": "phone_code_set", "niss": ANA, "session": "@login"}),
            call("@wrong"),
            call("@phone_code"),
            whoami(),
            advance("1m"),
            call("@phone_code"),
            whoami(),
            advance("15m"),
            whoami(),
            login(&[]),
            advance("5m"),
            login(&[("code", "@outbox")]),
            factor("sms"),
            login(&[("channel", "email")]),
            factor("off"),
            login(&[("code", "@wrong")]),
            advance("2d"),
            factor("on"),
            login(&[]),
            login(&[("code", "@outbox")]),
            call("@phone_code"),
        ],
    );
    let registry = std::fs::read_to_string(crate::support::data("personas.csv")).expect("the personas");
    sandbox.file("later.csv", registry.replace("+351912000001", "+351961234567"));
    sandbox.ssd("registry import later.csv").ok();
    batch(&sandbox, &[advance("1d"), login(&[]), login(&[("code", "@outbox")])]);
    let scenario = assert_replays(&sandbox, ANA);
    assert!(scenario.contains("\"@phone_line\"") && scenario.contains("+351961234567"), "{scenario}");
}
