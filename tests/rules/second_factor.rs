//! The second factor of a login: a short-lived code, valid once and only with the password.

use serde_json::json;

use crate::support::*;

/// Returns a sandbox with Ana's account in which logins need a second factor.
fn wanting(word: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.activate();
    sandbox.confirm_registered(ANA);
    sandbox.policy("login.second_factor", word);
    sandbox
}

fn line(more: &str) -> String {
    format!("login {ANA} --password-stdin {more}")
}

/// Returns the reply to a login with the right password and these options.
fn tried(sandbox: &Sandbox, more: &str) -> serde_json::Value {
    sandbox.feed_json(&line(more), PASSWORD)
}

/// Returns the code of a first login request.
fn sent(sandbox: &Sandbox) -> String {
    done(tried(sandbox, ""));
    sandbox.code(ANA)
}

#[test]
fn first_request_sends_a_code_and_the_second_logs_in() {
    let sandbox = wanting("on");
    let first = sandbox.feed(&line(""), PASSWORD).fails(0).says("A login code was sent by SMS to +351 9** *** *01");
    assert_eq!(first.out, "", "no session yet: {first:?}");
    assert_eq!(sandbox.message_log(ANA).pop().as_deref(), Some("sms login"));
    let code = sandbox.code(ANA);
    assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
    let token = sandbox.feed(&line(&format!("--code {code}")), PASSWORD).ok();
    assert_eq!(token.len(), 48);
    sandbox.under(&[("SSD_SESSION", &token)], "contacts show").fails(0);
}

#[test]
fn sent_code_is_reported_even_with_quiet() {
    let sandbox = wanting("on");
    let quiet = sandbox.fork().feed(&format!("-q {}", line("")), PASSWORD).fails(0).says("was sent by SMS");
    assert_eq!(quiet.out, "");
    let json = sandbox.feed(&format!("--json {}", line("--channel email")), PASSWORD).fails(0);
    assert_eq!(json.err, "");
    let sent =
        json!([{ "channel": "email", "destination": "a***@c***.example", "code_expires_at": "2026-01-05T09:05:00Z" }]);
    assert_eq!(json.json()["sent"], sent);
    assert!(json.json().get("session").is_none());
}

#[test]
fn code_is_valid_once_for_five_minutes() {
    let sandbox = wanting("on");
    let code = sent(&sandbox);
    let with = |sandbox: &Sandbox| tried(sandbox, &format!("--code {code}"));
    let (early, late) = (sandbox.fork(), sandbox.fork());
    early.advance("299s");
    done(with(&early));
    assert_eq!(reason(&with(&early)), "code_used");
    late.advance("300s");
    assert_eq!(reason(&with(&late)), "code_expired");
    sandbox.policy("login.code.life", "1m");
    done(with(&sandbox));
}

#[test]
fn wrong_password_reveals_and_uses_no_code() {
    let sandbox = wanting("on");
    let code = sent(&sandbox);
    for typed in [code.clone(), wrong(&code)] {
        let refused = sandbox.feed_json(&line(&format!("--code {typed}")), OTHER_PASSWORD);
        assert_eq!(reason(&refused), "login_failed");
    }
    assert_eq!(sandbox.json(&format!("account show {ANA}"))["blocks"], json!([]));
    let shown = sandbox.audit(ANA);
    assert!(shown.iter().rev().take(2).all(|entry| entry["detail"].get("newer_codes").is_none()), "{shown:?}");
    for _ in 0..3 {
        sandbox.feed(&line(""), OTHER_PASSWORD).fails(1);
    }
    // A lockout is checked before password and code.
    assert_eq!(reason(&tried(&sandbox, &format!("--code {code}"))), "login_locked");
    sandbox.ssd(&format!("account unlock {ANA} --reason x")).ok();
    done(tried(&sandbox, &format!("--code {code}")));
}

#[test]
fn five_wrong_codes_block_one_and_ten_block_all() {
    let sandbox = wanting("on");
    let guess = |sandbox: &Sandbox, code: &str| {
        for _ in 0..5 {
            assert_eq!(reason(&tried(sandbox, &format!("--code {}", wrong(code)))), "code_wrong");
        }
        let dead = tried(sandbox, &format!("--code {code}"));
        assert_eq!(reason(&dead), "code_blocked");
        dead
    };
    let first = sent(&sandbox);
    assert!(guess(&sandbox, &first)["retry_at"].is_null());
    assert_eq!(sandbox.json(&format!("account show {ANA}"))["blocks"][0]["what"], "login_code");
    sandbox.advance("1m");
    let second = sent(&sandbox);
    assert_eq!(guess(&sandbox, &second)["retry_at"], "2026-01-05T10:01:00Z");
    assert_eq!(reason(&tried(&sandbox, "")), "code_blocked");
    sandbox.at("10:01:00");
    let third = sent(&sandbox);
    done(tried(&sandbox, &format!("--code {third}")));
    assert_eq!(sandbox.message_log(ANA).iter().filter(|entry| *entry == "sms code_blocked").count(), 2);
}

#[test]
fn used_codes_do_not_count_for_the_resend_limits() {
    let sandbox = wanting("on");
    for _ in 0..30 {
        let code = sent(&sandbox);
        done(tried(&sandbox, &format!("--code {code}")));
    }
    for round in 0..5 {
        done(tried(&sandbox, ""));
        let hint = word(&tried(&sandbox, ""), "hint").to_owned();
        assert_eq!(sandbox.feed_refused(&line(""), PASSWORD), "too_soon", "{round}");
        assert!(hint.contains("use the code that was sent"), "{hint}");
        sandbox.advance("1m");
    }
    assert_eq!(sandbox.feed_refused(&line(""), PASSWORD), "too_many_codes");
    // The newest code can still be used.
    let code = sandbox.code(ANA);
    done(tried(&sandbox, &format!("--code {code}")));
}

#[test]
fn old_login_codes_are_deleted() {
    let sandbox = wanting("on");
    for _ in 0..6 {
        let code = sent(&sandbox);
        done(tried(&sandbox, &format!("--code {code}")));
        sandbox.advance("1d");
    }
    let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
    let count = "SELECT count(*) FROM code WHERE purpose = 'login'";
    let rows: i64 = connection.query_row(count, [], |row| row.get(0)).expect("a count");
    assert_eq!(rows, 1);
}

#[test]
fn code_goes_by_the_requested_or_default_channel() {
    for (word, niss, asked, expected) in [
        ("on", ANA, "", "sms"),
        ("on", ANA, "--channel email", "email"),
        ("on", JOSE, "", "email"),
        ("on", JOSE, "--channel sms", "channel_unavailable"),
        ("on", MARIA, "--channel email", "channel_unavailable"),
        ("on", ANTONIO, "", "enrolment_required"),
        ("on", ANTONIO, "--channel email", "enrolment_required"),
        ("optional", ANA, "", "sms"),
        ("optional", JOSE, "--channel sms", "channel_unavailable"),
        ("sms", ANA, "", "sms"),
        ("sms", ANA, "--channel email", "channel_unavailable"),
        ("sms", JOSE, "", "enrolment_required"),
        ("sms", JOSE, "--channel email", "enrolment_required"),
        ("on", PADARIA, "", "sms"),
        ("on", METALURGICA, "", "email"),
        ("on", FRANCISCO, "", person(FRANCISCO).channels()[0]),
    ] {
        let sandbox = Sandbox::new();
        sandbox.open_account(niss);
        sandbox.confirm_registered(niss);
        sandbox.policy("login.second_factor", word);
        let reply = sandbox.feed_json(&format!("login {niss} --password-stdin {asked}"), PASSWORD);
        match reply["sent"][0]["channel"].as_str() {
            Some(channel) => {
                assert_eq!(channel, expected, "{word} {niss} {asked}");
                let code = sandbox.code(niss);
                let opens = format!("login {niss} --password-stdin --code {code}");
                done(sandbox.feed_json(&opens, PASSWORD));
            }
            None => assert_eq!(reason(&reply), expected, "{word} {niss} {asked}"),
        }
    }
    let usable = tried(&wanting("sms"), "--channel email");
    assert_eq!(usable["channels"], json!(["sms"]));
}

#[test]
fn letter_or_channel_with_code_is_a_usage_error() {
    for sandbox in [Sandbox::new(), wanting("on")] {
        let before = sandbox.bytes();
        sandbox.feed(&line("--channel letter"), PASSWORD).fails(2).says("email, sms");
        sandbox.feed(&line("--channel sms --code 123456"), PASSWORD).fails(2).says("--channel");
        sandbox.feed(&line("--code 12345"), PASSWORD).fails(2).says("--code");
        let lines = [
            json!({"op": "login", "niss": ANA, "password": PASSWORD, "channel": "letter"}),
            json!({"op": "login", "niss": ANA, "password": PASSWORD, "channel": "sms", "code": "123456"}),
            json!({"op": "login", "niss": ANA, "password": PASSWORD, "channel": "sms", "code": "@outbox"}),
        ];
        sandbox.file("lines", lines.map(|line| format!("{line}\n")).concat());
        let replies = crate::support::lines(&sandbox.ssd("batch lines").fails(5).out);
        assert!(replies.iter().all(|reply| reply["field"] == "channel"), "{replies:?}");
        assert_eq!(sandbox.bytes(), before);
    }
}

#[test]
fn code_without_a_second_factor_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    sandbox.confirm_registered(ANA);
    done(tried(&sandbox, "--code 123456"));
    done(tried(&sandbox, "--channel email"));
    assert!(!sandbox.message_log(ANA).iter().any(|entry| entry.ends_with(" login")));
    sandbox.policy("login.second_factor", "on");
    assert_eq!(reason(&tried(&sandbox, "--code 123456")), "code_wrong");
}

#[test]
fn changed_password_contact_or_reset_voids_the_code() {
    let begun = || {
        let sandbox = Sandbox::new().logged_in();
        sandbox.confirm(ANA, &["email", "sms"]);
        sandbox.advance("60s");
        sandbox.policy("login.second_factor", "on");
        let code = sent(&sandbox);
        (sandbox, code)
    };
    let with = |sandbox: &Sandbox, code: &str, password: &str| {
        sandbox.feed_refused(&line(&format!("--code {code}")), password)
    };
    let (sandbox, code) = begun();
    sandbox.feed("password change --password-stdin", format!("{PASSWORD}\n{OTHER_PASSWORD}\n")).ok();
    assert_eq!(with(&sandbox, &code, OTHER_PASSWORD), "code_superseded");
    let (sandbox, code) = begun();
    sandbox.ssd("contacts remove --mobile").ok();
    assert_eq!(with(&sandbox, &code, PASSWORD), "code_superseded");
    let (sandbox, code) = begun();
    sandbox.ssd("contacts update --mobile 961234567").ok();
    let proof = sandbox.ssd(&format!("outbox code {ANA} --purpose contact_mobile")).ok();
    sandbox.ssd(&format!("contacts confirm --channel sms --code {proof}")).ok();
    assert_eq!(with(&sandbox, &code, PASSWORD), "code_superseded");
    let (sandbox, code) = begun();
    sandbox.ssd(&format!("account reset {ANA} --reason x")).ok();
    let anew = sandbox.ssd(&format!("outbox code {ANA} --purpose activation")).ok();
    sandbox.activate_with(ANA, &anew).ok();
    assert_eq!(with(&sandbox, &code, PASSWORD), "code_superseded");
}

#[test]
fn login_codes_are_valid_for_logins_only() {
    let sandbox = wanting("on");
    let code = sent(&sandbox);
    assert_eq!(reason(&sandbox.try_activate(ANA, &code)), "code_wrong");
    sandbox.ssd(&format!("{} {} --channel sms", person(ANA).recover(), person(ANA).contacts())).ok();
    let recovery = sandbox.ssd(&format!("outbox code {ANA} --purpose recovery")).ok();
    assert_eq!(reason(&tried(&sandbox, &format!("--code {recovery}"))), "code_wrong");
}

#[test]
fn account_show_lists_login_only_if_it_works() {
    let names = |sandbox: &Sandbox, niss: &str| {
        let shown = sandbox.json(&format!("account show {niss}"));
        shown["next"].as_array().expect("a list").contains(&json!(format!("ssd login {niss}")))
    };
    let sandbox = wanting("on");
    assert!(names(&sandbox, ANA));
    let code = sent(&sandbox);
    assert!(names(&sandbox, ANA), "the sent code is valid");
    for _ in 0..5 {
        tried(&sandbox, &format!("--code {}", wrong(&code)));
    }
    assert!(!names(&sandbox, ANA), "the code is blocked and a new one is too soon");
    sandbox.advance("1m");
    assert!(names(&sandbox, ANA));
    let unreachable = Sandbox::new();
    unreachable.open_account(ANTONIO);
    unreachable.policy("login.second_factor", "on");
    assert!(!names(&unreachable, ANTONIO));
    let shown = unreachable.json(&format!("account show {ANTONIO}"));
    assert_eq!(shown["next"][0], format!("ssd second-factor enrol {ANTONIO}"));
    let again = unreachable.json(&format!("{} --channel letter", person(ANTONIO).portal()));
    assert_eq!(reason(&again), "already_registered");
    assert!(word(&again, "hint").contains(&format!("ssd second-factor enrol {ANTONIO}")), "{again}");
}

#[test]
fn shorter_passwords_need_a_second_factor() {
    let real = Sandbox::real();
    let set = |key: &str, value: &str| real.ssd(&format!("policy set {key} {value}"));
    let least = || {
        let all = lines(&real.ssd("--json policy show").ok());
        let one = all.into_iter().find(|one| one["key"] == "password.nist.least").expect("the setting");
        word(&one, "least").to_owned()
    };
    set("password.nist.least", "8").fails(2).says("from 15 to 64");
    set("login.second_factor", "perhaps").fails(2).says("off, optional, on, sms");
    set("login.second_factor", "sms").ok();
    assert_eq!(least(), "8");
    set("password.nist.least", "7").fails(2).says("from 8 to 64");
    set("password.nist.least", "8").ok();
    set("login.second_factor", "on").ok();
    let refused = set("login.second_factor", "off").fails(2).says("password.nist.least");
    assert!(refused.err.contains("15-64"), "{refused:?}");
    set("password.nist.least", "15").ok();
    set("login.second_factor", "off").ok();
    assert_eq!(least(), "15");
    set("login.code.life", "11m").fails(2).says("from 1m to 10m");
    let sandbox = Sandbox::new();
    sandbox.policy("password.nist.least", "3");
    sandbox.policy("login.second_factor", "on");
    sandbox.policy("login.second_factor", "off");
}

#[test]
fn batch_logs_in_with_two_lines() {
    let sandbox = wanting("on");
    let lines = [
        json!({"op": "login", "niss": ANA, "password": PASSWORD, "code": "@outbox"}),
        json!({"op": "login", "niss": ANA, "password": PASSWORD}),
        json!({"op": "alerts_set", "niss": ANA, "session": "@login", "alerts": "sms"}),
        json!({"op": "login", "niss": ANA, "password": PASSWORD, "code": "@wrong"}),
        json!({"op": "login", "niss": ANA, "password": PASSWORD, "code": "@outbox"}),
        json!({"op": "alerts_set", "niss": ANA, "session": "@login", "alerts": "sms"}),
    ];
    sandbox.file("lines", lines.map(|line| format!("{line}\n")).concat());
    let replies = crate::support::lines(&sandbox.ssd("batch lines").fails(5).out);
    let words: Vec<&str> =
        replies.iter().map(|reply| reply["reason"].as_str().unwrap_or_else(|| word(reply, "result"))).collect();
    assert_eq!(words, ["no_code", "done", "login_required", "code_wrong", "done", "done"]);
}

#[test]
fn audit_has_no_code_and_no_session_token() {
    let sandbox = wanting("on");
    let code = sent(&sandbox);
    let token = word(&done(tried(&sandbox, &format!("--code {code}"))), "session").to_owned();
    let all = sandbox.ssd("--json audit export").ok();
    assert!(!all.contains(&code) && !all.contains(&token[16..]), "{all}");
    let entries = sandbox.audit(ANA);
    assert_eq!(entries[entries.len() - 2]["detail"]["sent"], "sms");
}

// Enrolment without a confirmed contact.

/// Returns the enrolment request of a person, without a channel.
fn enrol(niss: &str) -> String {
    let request = person(niss).recover().replacen("recover request", "second-factor enrol", 1);
    format!("{request} --password-stdin")
}

/// Returns a sandbox in which everybody needs a second factor, and a holder has an account without a confirmed contact.
fn unconfirmed(niss: &str, mode: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.open_account(niss);
    sandbox.policy("login.second_factor", mode);
    sandbox
}

/// Logs in with the newest code and returns the reply.
fn with_code(sandbox: &Sandbox, niss: &str) -> serde_json::Value {
    let code = sandbox.ssd(&format!("outbox code {niss} --purpose login")).ok();
    done(sandbox.feed_json(&format!("login {niss} --password-stdin --code {code}"), PASSWORD))
}

#[test]
fn holder_without_a_confirmed_contact_enrols_and_confirms_one() {
    for (niss, mode, channel) in
        [(ANA, "on", "email"), (JOSE, "on", "email"), (MARIA, "sms", "sms"), (PADARIA, "on", "email")]
    {
        let mut sandbox = unconfirmed(niss, mode);
        let refused = sandbox.feed_json(&format!("login {niss} --password-stdin"), PASSWORD);
        assert_eq!(reason(&refused), "enrolment_required", "{niss}");
        let before = sandbox.messages(niss).len();
        let sent = done(sandbox.feed_json(&enrol(niss), PASSWORD));
        assert_eq!(word(&sent, "channel"), channel, "{niss}");
        let log = sandbox.message_log(niss).split_off(before);
        let notices = log.iter().filter(|entry| entry.ends_with("second_factor_enrolment")).count();
        assert_eq!(notices, person(niss).channels().len(), "every registered contact: {log:?}");
        let reply = with_code(&sandbox, niss);
        assert_eq!(reply["enrolment"], true);
        *sandbox.session() = Some(word(&reply, "session").to_owned());
        sandbox.ssd("contacts show").ok();
        for line in ["alerts set none", "profile show", "session list", "phone-code set", "contacts remove --email"] {
            let refused = sandbox.json(line);
            assert_eq!(reason(&refused), "login_required", "{line}");
            assert_eq!(word(&refused, "message"), "this session is only for confirming a contact");
            assert!(word(&refused, "hint").contains("ssd contacts show"), "{refused}");
        }
        let by = if mode == "sms" { "sms" } else { channel };
        sandbox.ssd(&format!("contacts confirm --channel {by}")).ok();
        let purpose = if by == "sms" { "contact_mobile" } else { "contact_email" };
        let code = sandbox.ssd(&format!("outbox code {niss} --purpose {purpose}")).ok();
        let confirmed = done(sandbox.json(&format!("contacts confirm --channel {by} --code {code}")));
        assert_eq!(confirmed["session_ended"], true);
        assert_eq!(sandbox.refused("contacts show"), "login_required", "the session has ended");
        *sandbox.session() = None;
        let sent = done(sandbox.feed_json(&format!("login {niss} --password-stdin"), PASSWORD));
        assert_eq!(word(&sent["sent"][0], "channel"), by, "{niss}");
        assert!(with_code(&sandbox, niss).get("enrolment").is_none());
        sandbox.ssd("store check").ok();
    }
}

#[test]
fn holder_without_contacts_enrols_by_letter() {
    let mut sandbox = unconfirmed(ANTONIO, "on");
    let sent = done(sandbox.feed_json(&enrol(ANTONIO), PASSWORD));
    assert_eq!((word(&sent, "channel"), word(&sent, "letter_expected_on")), ("letter", "2026-01-15"));
    assert_eq!(word(&sent, "code_expires_at"), "2026-01-26T09:00:00Z");
    let letter = &sandbox.messages(ANTONIO)[sandbox.messages(ANTONIO).len() - 2];
    assert!(word(letter, "body").contains("Indique o seu e-mail ou telemóvel e fidelize-o"), "{letter}");
    assert_eq!(reason(&sandbox.feed_json(&enrol(ANTONIO), PASSWORD)), "too_soon");
    sandbox.advance("8wd");
    let reply = with_code(&sandbox, ANTONIO);
    *sandbox.session() = Some(word(&reply, "session").to_owned());
    sandbox.ssd("contacts update --mobile +33612345678").ok();
    let code = sandbox.ssd(&format!("outbox code {ANTONIO} --purpose contact_mobile")).ok();
    assert_eq!(done(sandbox.json(&format!("contacts confirm --channel sms --code {code}")))["session_ended"], true);
    *sandbox.session() = None;
    assert_eq!(
        word(&done(sandbox.feed_json(&format!("login {ANTONIO} --password-stdin"), PASSWORD))["sent"][0], "channel"),
        "sms"
    );
    let export = sandbox.json(&format!("scenario export {ANTONIO}"));
    assert_eq!((&export["same_state"], &export["otherwise"]), (&json!(true), &json!([])), "{export}");
}

#[test]
fn enrolment_judges_the_password_then_counts_the_identity() {
    let sandbox = unconfirmed(ANA, "on");
    assert_eq!(reason(&sandbox.feed_json(&enrol(ANA), OTHER_PASSWORD)), "login_failed");
    assert_eq!(reason(&sandbox.feed_json(&enrol(ANA).replace(ANA, NOBODY), PASSWORD)), "login_failed");
    let wrong = enrol(ANA).replace("1984-03-22", "1984-03-23");
    for _ in 0..5 {
        assert_eq!(reason(&sandbox.feed_json(&wrong, PASSWORD)), "identity_mismatch");
    }
    assert_eq!(reason(&sandbox.feed_json(&enrol(ANA), PASSWORD)), "identity_blocked");
    assert!(!sandbox.message_log(ANA).iter().any(|entry| entry.ends_with(" login")));
    // The counter is the one of registration and recovery.
    assert_eq!(sandbox.refused(&format!("{} --channel sms", person(ANA).portal())), "identity_blocked");
}

#[test]
fn holder_without_any_channel_gets_the_operators_command() {
    let sandbox = Sandbox::new();
    sandbox.open_account(ANTONIO);
    let registry = std::fs::read_to_string(data("personas.csv")).expect("the personas");
    sandbox.file("now.csv", registry.replace("Rua de Cedofeita 340", ""));
    sandbox.ssd("registry import now.csv").ok();
    sandbox.policy("login.second_factor", "on");
    for reply in [
        sandbox.feed_json(&format!("login {ANTONIO} --password-stdin"), PASSWORD),
        sandbox.feed_json(&enrol(ANTONIO), PASSWORD),
    ] {
        assert_eq!(reason(&reply), "no_channel");
        assert!(word(&reply, "hint").contains("ssd registry import"), "{reply}");
    }
}

#[test]
fn optional_factor_asks_only_holders_with_a_confirmed_contact() {
    let sandbox = unconfirmed(ANA, "optional");
    let reply = done(sandbox.feed_json(&format!("login {ANA} --password-stdin"), PASSWORD));
    assert_eq!(reply["due"], json!(["contacts"]));
    sandbox.confirm_registered(ANA);
    assert!(done(sandbox.feed_json(&format!("login {ANA} --password-stdin"), PASSWORD)).get("session").is_none());
}

#[test]
fn removal_of_the_last_contact_warns_unless_everybody_needs_one() {
    for mode in ["off", "optional"] {
        let sandbox = Sandbox::new().logged_in();
        sandbox.confirm(ANA, &["email", "sms"]);
        sandbox.policy("login.second_factor", mode);
        assert!(done(sandbox.fork().json("contacts remove --email")).get("warnings").is_none());
        let reply = done(sandbox.fork().json("contacts remove --email --mobile"));
        assert_eq!(reply["warnings"][0]["kind"], "last_contact", "{mode}");
        sandbox.ssd("contacts remove --email --mobile").fails(0).says("warning: no confirmed e-mail or mobile is left");
    }
    // With `sms`, an e-mail does not count.
    let sandbox = Sandbox::new().logged_in();
    sandbox.confirm(ANA, &["email", "sms"]);
    sandbox.policy("login.second_factor", "sms");
    assert_eq!(sandbox.refused("contacts remove --mobile"), "last_contact");
    sandbox.ssd("contacts remove --email").ok();
}

#[test]
fn companies_have_their_own_mode() {
    let sandbox = Sandbox::new();
    sandbox.open_account(ANA);
    sandbox.open_account(PADARIA);
    let login = |niss: &str| sandbox.feed_json(&format!("login {niss} --password-stdin"), PASSWORD);
    sandbox.policy("login.second_factor", "on");
    assert_eq!([ANA, PADARIA].map(|niss| reason(&login(niss))), ["enrolment_required", "enrolment_required"]);
    sandbox.policy("login.second_factor.company", "off");
    assert_eq!(reason(&login(ANA)), "enrolment_required");
    done(login(PADARIA));
    sandbox.policy("login.second_factor", "off");
    sandbox.policy("login.second_factor.company", "sms");
    done(login(ANA));
    assert_eq!(reason(&login(PADARIA)), "enrolment_required");
    sandbox.policy("login.second_factor.company", "same");
    done(login(PADARIA));
}

#[test]
fn reset_lets_an_import_replace_a_lost_contact() {
    let mut sandbox = Sandbox::new().logged_in();
    sandbox.confirm(ANA, &["email", "sms"]);
    sandbox.policy("login.second_factor", "on");
    *sandbox.session() = None;
    let registry = std::fs::read_to_string(data("personas.csv")).expect("the personas");
    sandbox.file("now.csv", registry.replace("ana.ferreira@correio.example,+351912000001", "nova@correio.example,"));
    sandbox.ssd(&format!("account reset {ANA} --reason 'lost device'")).ok();
    sandbox.ssd("registry import now.csv").ok();
    sandbox.advance("1m");
    sandbox.ssd(&format!("{} --channel email", person(ANA).portal())).ok();
    assert_eq!(sandbox.messages(ANA).pop().expect("a message")["to"], "nova@correio.example");
    sandbox.activate_with(ANA, &sandbox.code(ANA)).ok();
    assert_eq!(sandbox.feed_refused(&line(""), PASSWORD), "enrolment_required");
    done(sandbox.feed_json(&enrol(ANA), PASSWORD));
    assert_eq!(with_code(&sandbox, ANA)["enrolment"], true);
}

#[test]
fn locked_out_holder_who_must_enrol_is_shown_a_way_that_ends_the_lockout() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    sandbox.policy("login.second_factor", "on");
    let register = person(ANA).portal() + " --channel sms";
    sandbox.ssd(&register).fails(1).says(&format!("ssd second-factor enrol {ANA}"));
    (0..5).for_each(|_| assert_eq!(sandbox.feed_json(&line(""), OTHER_PASSWORD)["result"], "refused"));
    sandbox.ssd(&register).fails(1).says(&format!("ssd recover request {ANA}"));
}

#[test]
fn enrolment_is_possible_in_a_batch() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    sandbox.policy("login.second_factor", "on");
    let line = |password: &str| {
        json!({
            "op": "second_factor_enrol", "niss": ANA, "account_type": "citizen", "name": "Ana Sofia Marques Ferreira",
            "birth_date": "1984-03-22", "civil_id": "123456703ZY4", "nif": "200000012", "password": password, "channel": "sms",
        })
    };
    let input = [OTHER_PASSWORD, PASSWORD].map(|password| format!("{}\n", line(password))).concat();
    let replies = lines(&sandbox.feed("batch - -q", input).fails(5).out);
    assert_eq!((reason(&replies[0]).as_str(), word(&replies[1], "result")), ("login_failed", "done"), "{replies:?}");
    assert_eq!(sandbox.message_log(ANA).iter().filter(|entry| *entry == "sms login").count(), 1);
}
