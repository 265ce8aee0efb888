//! Chave Móvel Digital: the authentication provider, the comparison of its data, its limits, its messages, and accounts
//! without a password.
//!
//! `processes` of the long tests has concurrent requests.

use serde_json::{Value, json};

use crate::support::chave_movel::*;
use crate::support::terminal::Terminal;
use crate::support::*;

#[test]
fn registration_activates_without_a_password_and_notifies() {
    let sandbox = enrolled();
    let first = done(sandbox.feed_json(REGISTER, PIN));
    let expected =
        json!([{ "channel": "sms", "destination": "+33 *******78", "code_expires_at": "2026-01-05T09:05:00Z" }]);
    assert_eq!(first["sent"], expected);
    assert!(first.get("state").is_none());
    assert_eq!(sandbox.refused(&format!("account show {ANA}")), "no_account", "no account before a right code");
    let second = typed(&sandbox, REGISTER, &code(&sandbox));
    assert_eq!((&done(second.clone())["state"], &second["due"]), (&json!("active"), &json!(["contacts"])));
    let account = sandbox.json(&format!("account show {ANA}"));
    assert_eq!((&account["state"], &account["password"]), (&json!("active"), &json!(false)));
    assert_eq!(account["activated_at"], "2026-01-05T09:00:00Z");
    assert_eq!(sandbox.message_log(ANA), ["sms cmd", "email activated", "sms activated"]);
    let messages = sandbox.messages(ANA);
    assert_eq!(word(&messages[0], "to"), MOBILE);
    for notice in &messages[1..] {
        assert!(word(notice, "body").contains("Chave M") && word(notice, "to") != MOBILE, "{notice}");
        assert!(!word(notice, "body").contains("foi definida"), "no password was set: {notice}");
    }
}

#[test]
fn registration_opens_a_requested_account() {
    let sandbox = enrolled();
    let with_telephone =
        format!("{} --telephone 213000003 --email x@y.example --mobile 912000001", person(ANA).classic());
    sandbox.ssd(&format!("{with_telephone} --channel sms")).ok();
    let activation = sandbox.code(ANA);
    done(through(&sandbox, REGISTER));
    assert_eq!(reason(&sandbox.try_activate(ANA, &activation)), "code_superseded");
    assert_eq!(sandbox.json(&format!("registry show {ANA}"))["telephone"], "+351213000003");
    // A contact entered earlier still waits for its confirmation.
    let session = word(&done(through(&sandbox, LOGIN)), "session").to_owned();
    let shown = sandbox.under(&[("SSD_SESSION", &session)], "--json contacts show").json();
    assert!(shown["contacts"][0]["proposed"].is_string(), "{shown}");
}

#[test]
fn account_state_is_revealed_after_the_identity_only() {
    let sandbox = enrolled();
    let reply = through(&sandbox.fork(), LOGIN);
    assert_eq!(reason(&reply), "no_account");
    assert!(word(&reply, "hint").contains("--procedure cmd"), "{reply}");
    sandbox.register();
    let reply = through(&sandbox.fork(), LOGIN);
    assert_eq!(reason(&reply), "not_active");
    assert!(word(&reply, "hint").contains("ssd activate"), "{reply}");
    sandbox.advance("10m");
    let reply = through(&sandbox.fork(), LOGIN);
    assert!(word(&reply, "hint").contains("--procedure cmd"), "the code has expired: {reply}");
    done(through(&sandbox, REGISTER));
    let reply = through(&sandbox.fork(), REGISTER);
    assert_eq!(reason(&reply), "already_registered");
    assert!(word(&reply, "hint").contains("--method cmd"), "{reply}");
    for (what, expected) in [("suspend", "suspended"), ("close", "closed")] {
        sandbox.ssd(&format!("account {what} {ANA} --reason x")).ok();
        for line in [REGISTER, LOGIN] {
            assert_eq!(reason(&through(&sandbox.fork(), line)), expected, "{line}");
        }
    }
}

#[test]
fn every_provided_field_is_compared() {
    for other in
        ["--name 'Ana Sofia Marques Pereira'", "--birth-date 1984-03-23", "--civil-id 010327401ZY1", "--nif 100000029"]
    {
        let sandbox = enrolled_with(other);
        assert_eq!(reason(&through(&sandbox.fork(), REGISTER)), "identity_mismatch", "{other}");
        sandbox.activate();
        assert_eq!(reason(&through(&sandbox.fork(), LOGIN)), "identity_mismatch", "{other}");
        // The audit log has the name of the field, not its value.
        let code = sent(&sandbox, LOGIN);
        typed(&sandbox, LOGIN, &code);
        let entry = sandbox.audit(ANA).pop().expect("an entry");
        let field = other.split(' ').next().expect("an option").trim_start_matches("--").replace('-', "_");
        assert_eq!(entry["detail"]["differed"], json!([field]));
    }
    for same in ["--name 'ANA SOFIA MARQUES FERREIRA'", "--civil-id 12345670", "--without-niss"] {
        done(through(&enrolled_with(same), REGISTER));
    }
    let sandbox = enrolled();
    sandbox.file(
        "gone.csv",
        "niss,kind,name,birth_date,civil_id_kind,civil_id,nif,status\n\
        12000000012,citizen,Ana Sofia Marques Ferreira,1984-03-22,cc,123456703ZY4,200000012,deceased\n",
    );
    sandbox.ssd("registry import gone.csv").ok();
    assert_eq!(reason(&through(&sandbox, REGISTER)), "identity_mismatch", "a death is not in the provider's data");
}

#[test]
fn mismatches_block_registrations_but_not_logins() {
    let sandbox = enrolled_with("--nif 100000029");
    for _ in 0..5 {
        assert_eq!(reason(&through(&sandbox, REGISTER)), "identity_mismatch");
    }
    let blocked = sandbox.feed_json(REGISTER, PIN);
    assert_eq!(reason(&blocked), "identity_blocked");
    assert_eq!(blocked["retry_at"], "2026-01-05T10:00:00Z");
    assert_eq!(sandbox.refused(&format!("{REGISTER_ANA} --channel sms")), "identity_blocked");
    // Wrong guesses of others do not affect her.
    let sandbox = inside();
    for _ in 0..6 {
        let guess =
            format!("register {ANA} --account-type citizen --birth-date 1999-09-09 --accept-terms --channel sms");
        let _ = sandbox.ssd(&guess);
    }
    done(through(&sandbox, LOGIN));
}

#[test]
fn default_account_type_is_citizen() {
    let sandbox = Sandbox::new();
    let francisco = person(FRANCISCO);
    let data = "--birth-date 1970-01-01 --civil-id AB12345";
    done(sandbox.feed_json(&format!("cmd enrol {FRANCISCO} --mobile {MOBILE} --pin-stdin {data}"), PIN));
    let line = format!("register {FRANCISCO} --procedure cmd --accept-terms --pin-stdin");
    done(sandbox.feed_json(&line, PIN));
    let code = sandbox.ssd(&format!("outbox code {FRANCISCO}")).ok();
    // The registry has no birth date for an employer, so no data can match.
    assert!(francisco.birth_date.is_empty());
    let reply = sandbox.feed_json(&format!("{line} --code {code} --consent"), PIN);
    assert_eq!(reason(&reply), "identity_mismatch");
    let sandbox = enrolled();
    let company = format!("{REGISTER} --account-type company");
    let code = sent(&sandbox, &company);
    let reply = typed(&sandbox, &company, &code);
    assert_eq!(reason(&reply), "account_type_mismatch");
    assert!(word(&reply, "hint").contains("citizen"));
    // The command of the hint works with the same code, once.
    let citizen = format!("{REGISTER} --account-type citizen");
    done(typed(&sandbox, &citizen, &code));
    assert_eq!(reason(&typed(&sandbox, &citizen, &code)), "cmd_code_wrong");
}

#[test]
fn three_wrong_pins_block_for_an_hour_or_until_unlocked_or_revoked() {
    let sandbox = enrolled();
    for _ in 0..2 {
        assert_eq!(sandbox.feed_refused(LOGIN, OTHER_PIN), "cmd_pin_wrong");
    }
    // A right PIN resets the counter.
    sent(&sandbox, LOGIN);
    for line in [LOGIN, REGISTER, LOGIN] {
        assert_eq!(sandbox.feed_refused(line, OTHER_PIN), "cmd_pin_wrong");
    }
    for _ in 0..3 {
        let blocked = sandbox.feed_json(REGISTER, PIN);
        assert_eq!(
            (reason(&blocked), &blocked["retry_at"]),
            ("cmd_blocked".to_owned(), &json!("2026-01-05T10:00:00Z"))
        );
    }
    assert_eq!(reason(&typed(&sandbox, REGISTER, &code(&sandbox))), "cmd_blocked", "a right code neither");
    assert_eq!(sandbox.message_log(ANA), ["sms cmd", "sms cmd_blocked"]);
    assert_eq!(word(&sandbox.messages(ANA)[1], "to"), MOBILE);
    let waited = sandbox.fork();
    waited.advance("3599s");
    assert_eq!(waited.feed_refused(LOGIN, PIN), "cmd_blocked");
    waited.advance("1s");
    done(through(&waited, REGISTER));
    sandbox.advance("1m");
    let (unlocked, renewed) = (sandbox.fork(), sandbox);
    assert_eq!(unlocked.json(&format!("account unlock {ANA} --reason x"))["lifted"], json!(["cmd_pin"]));
    done(through(&unlocked, REGISTER));
    done(renewed.json(&format!("cmd revoke {ANA}")));
    enrol(&renewed, "");
    done(through(&renewed, REGISTER));
}

#[test]
fn blocks_double_and_unlocks_do_not_reset_the_hundred() {
    let sandbox = enrolled();
    let guess = || sandbox.feed_refused(LOGIN, OTHER_PIN);
    for hours in [1, 2, 4, 8, 16, 24, 24] {
        for _ in 0..3 {
            assert_eq!(guess(), "cmd_pin_wrong", "{hours}");
        }
        sandbox.advance(&format!("{}m", hours * 60 - 1));
        assert_eq!(guess(), "cmd_blocked", "{hours}");
        sandbox.advance("1m");
    }
    let unlock = format!("account unlock {ANA} --reason x");
    for count in 22..=100 {
        assert_eq!(guess(), "cmd_pin_wrong", "{count}");
        if count % 3 == 0 {
            assert_eq!(sandbox.json(&unlock)["lifted"], json!(["cmd_pin"]));
        }
    }
    assert_eq!(sandbox.json(&unlock)["lifted"], json!([]));
    sandbox.advance("1000d");
    let reply = sandbox.feed_json(LOGIN, PIN);
    assert_eq!((reason(&reply), &reply["retry_at"]), ("cmd_blocked".to_owned(), &Value::Null));
    assert!(word(&reply, "hint").contains("ssd cmd revoke"));
    done(sandbox.json(&format!("cmd revoke {ANA}")));
    enrol(&sandbox, "");
    done(through(&sandbox, REGISTER));
}

#[test]
fn guesses_before_an_enrolment_do_not_block_it() {
    let sandbox = Sandbox::new();
    for _ in 0..3 {
        assert_eq!(sandbox.feed_refused(LOGIN, OTHER_PIN), "cmd_pin_wrong");
    }
    assert_eq!(sandbox.feed_refused(LOGIN, OTHER_PIN), "cmd_blocked");
    enrol(&sandbox, "");
    done(through(&sandbox, REGISTER));
}

#[test]
fn three_wrong_codes_block_across_codes() {
    let sandbox = enrolled();
    for n in 0..3 {
        let code = sent(&sandbox, LOGIN);
        assert_eq!(reason(&typed(&sandbox, LOGIN, &wrong(&code))), "cmd_code_wrong", "{n}");
        sandbox.advance("1m");
    }
    assert_eq!(sandbox.feed_refused(LOGIN, PIN), "cmd_blocked");
    assert_eq!(sandbox.message_log(ANA), ["sms cmd", "sms cmd", "sms cmd", "sms cmd_blocked"]);
    let lifted = sandbox.json(&format!("account unlock {ANA} --reason x"));
    assert_eq!(lifted["lifted"], json!(["cmd_code"]));
    done(through(&sandbox, REGISTER));
}

#[test]
fn right_code_resets_the_counter() {
    let sandbox = enrolled();
    done(through(&sandbox, REGISTER));
    for _ in 0..3 {
        let code = sent(&sandbox, LOGIN);
        for _ in 0..2 {
            assert_eq!(reason(&typed(&sandbox, LOGIN, &wrong(&code))), "cmd_code_wrong");
        }
        done(typed(&sandbox, LOGIN, &code));
    }
}

#[test]
fn newest_code_is_valid_once_for_five_minutes() {
    let sandbox = enrolled();
    let old = sent(&sandbox, REGISTER);
    sandbox.at("09:00:59");
    assert_eq!(sandbox.feed_refused(REGISTER, PIN), "too_soon");
    sandbox.at("09:01:00");
    let new = sent(&sandbox, REGISTER);
    assert_ne!(old, new);
    for _ in 0..4 {
        assert_eq!(reason(&typed(&sandbox, REGISTER, &old)), "cmd_code_wrong", "an older one, which blocks nobody");
    }
    sandbox.at("09:05:59");
    let late = sandbox.fork();
    done(typed(&sandbox, REGISTER, &new));
    assert_eq!(reason(&typed(&sandbox, LOGIN, &new)), "cmd_code_wrong", "a used one is none");
    late.at("09:06:00");
    assert_eq!(reason(&typed(&late, REGISTER, &new)), "cmd_code_expired");
    assert!(late.audit(ANA).last().expect("an entry")["detail"].get("count").is_none(), "it is not counted");
}

#[test]
fn only_unused_codes_count_for_the_resend_limits() {
    let sandbox = enrolled();
    done(through(&sandbox, REGISTER));
    for _ in 0..8 {
        done(through(&sandbox, LOGIN));
    }
    for _ in 0..5 {
        sent(&sandbox, LOGIN);
        sandbox.advance("1m");
    }
    let reply = sandbox.feed_json(LOGIN, PIN);
    assert_eq!((reason(&reply), &reply["retry_at"]), ("too_many_codes".to_owned(), &json!("2026-01-06T09:00:00Z")));
    // The last of them is valid nevertheless.
    done(typed(&sandbox, LOGIN, &code(&sandbox)));
}

#[test]
fn missing_consent_provides_no_data_and_keeps_the_code() {
    let sandbox = enrolled();
    let code = sent(&sandbox, REGISTER);
    for _ in 0..4 {
        assert_eq!(sandbox.feed_refused(&format!("{REGISTER} --code {code}"), PIN), "consent_refused");
    }
    assert!(sandbox.audit(ANA).iter().all(|entry| entry["detail"].get("handed").is_none()));
    assert_eq!(sandbox.feed_refused(&format!("{REGISTER} --code {}", wrong(&code)), PIN), "cmd_code_wrong");
    done(typed(&sandbox, REGISTER, &code));
    let entry = sandbox.audit(ANA).pop().expect("an entry");
    assert_eq!(entry["detail"]["handed"], json!(["name", "birth_date", "civil_id", "nif", "niss"]));
    let without = enrolled_with("--without-niss");
    done(through(&without, REGISTER));
    let entry = without.audit(ANA).pop().expect("an entry");
    assert_eq!(entry["detail"]["handed"], json!(["name", "birth_date", "civil_id", "nif"]));
}

#[test]
fn first_failing_check_decides_the_refusal() {
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.feed_refused("register 12000000012 --procedure cmd --pin-stdin", PIN), "terms_not_accepted");
    assert_eq!(sandbox.feed_refused(REGISTER, OTHER_PIN), "cmd_pin_wrong");
    enrol(&sandbox, "--nif 100000029");
    // Terms, then the PIN, the code, the consent and the data.
    let code = sent(&sandbox, REGISTER);
    assert_eq!(
        sandbox.feed_refused("register 12000000012 --procedure cmd --pin-stdin", OTHER_PIN),
        "terms_not_accepted"
    );
    assert_eq!(sandbox.feed_refused(&format!("{REGISTER} --code {code} --consent"), OTHER_PIN), "cmd_pin_wrong");
    assert_eq!(sandbox.feed_refused(&format!("{REGISTER} --code {}", wrong(&code)), PIN), "cmd_code_wrong");
    assert_eq!(sandbox.feed_refused(&format!("{REGISTER} --code {code}"), PIN), "consent_refused");
    let company = format!("{REGISTER} --account-type company");
    assert_eq!(reason(&typed(&sandbox, &company, &code)), "identity_mismatch");
}

#[test]
fn inapplicable_options_are_usage_errors() {
    let sandbox = enrolled();
    let before = sandbox.bytes();
    for (line, option) in [
        (format!("{REGISTER} --birth-date 1984-03-22"), "--birth-date"),
        (format!("{REGISTER} --channel sms"), "--channel"),
        (format!("{REGISTER} --alerts sms"), "--alerts"),
        (format!("{REGISTER} --account-type company --nif 500000123"), "--nif"),
        (format!("{REGISTER} --consent"), "--consent"),
        (format!("{REGISTER_ANA} --channel sms --code 123456"), "--code"),
        (format!("{REGISTER_ANA} --channel sms --pin-stdin"), "--pin-stdin"),
        (format!("login {ANA} --pin-stdin"), "--pin-stdin"),
        (format!("login {ANA} --method cmd --password-stdin"), "--password-stdin"),
        (format!("login {ANA} --method cmd --pin-stdin --consent"), "--consent"),
    ] {
        sandbox.feed(&line, PIN).fails(2).says(&format!("`{option}` does not apply"));
    }
    sandbox.ssd(&format!("login {ANA} --method cmd")).fails(2).says("--pin-stdin");
    sandbox.ssd(&format!("register {ANA} --procedure cmd --accept-terms")).fails(2).says("--pin-stdin");
    sandbox.feed(&format!("login {ANA} --pin-stdin --password-stdin"), PIN).fails(2).says("both read standard input");
    for pin in ["", "123", "123456789", "27a8", " 2718", "2718\u{e9}"] {
        let run = sandbox.feed(LOGIN, pin).fails(2);
        assert!(pin.is_empty() || !run.err.contains(pin), "{run:?}");
    }
    sandbox.feed(&format!("{LOGIN} --code 12345"), PIN).fails(2).says("--code");
    assert_eq!(sandbox.bytes(), before);
}

#[test]
fn enrolment_copies_registry_data_and_options() {
    let sandbox = Sandbox::new();
    let enrol =
        |niss: &str, more: &str| sandbox.feed(&format!("cmd enrol {niss} --mobile 963000001 --pin-stdin {more}"), PIN);
    enrol(NOBODY, "").fails(1).says("not_in_registry");
    enrol(PADARIA, "").fails(2).says("--birth-date, --civil-id");
    enrol(ZULMIRA, "").fails(2).says("`--nif`");
    enrol(ZULMIRA, "--nif 200000012").ok();
    enrol(ANA, "--civil-id abc").fails(2).says("--civil-id");
    sandbox.feed(&format!("cmd enrol {ANA} --mobile 213000003 --pin-stdin"), PIN).fails(2).says("--mobile");
    sandbox
        .feed(&format!("cmd enrol {ANA} --mobile 963000001 --pin-stdin"), "123")
        .fails(2)
        .says("four to eight digits");
    sandbox.ssd(&format!("cmd enrol {ANA} --mobile 963000001")).fails(2).says("--pin-stdin");
    enrol(ANA, "").ok();
    // The provider copied the registry's data: a later import does not change them.
    sandbox.file(
        "wed.csv",
        "niss,kind,name,birth_date,civil_id_kind,civil_id,nif\n\
        12000000012,citizen,Ana Sofia Ferreira Santos,1984-03-22,cc,123456703ZY4,200000012\n",
    );
    sandbox.ssd("registry import wed.csv").ok();
    assert_eq!(reason(&through(&sandbox, REGISTER)), "identity_mismatch");
    let enrolment = &sandbox.json(&format!("account export {ANA}"))["person"]["cmd"];
    assert_eq!((word(enrolment, "name"), word(enrolment, "mobile")), ("Ana Sofia Marques Ferreira", "+351963000001"));
    assert!(enrolment.get("pin").is_none());
    assert!(sandbox.json(&format!("account export {JOSE}"))["person"]["cmd"].is_null());
}

#[test]
fn pin_is_read_from_a_file_and_not_stored_in_clear() {
    let sandbox = Sandbox::new();
    sandbox.file("pin", "90817263\n");
    sandbox.ssd(&format!("cmd enrol {ANA} --mobile {MOBILE} --pin-file pin")).ok();
    sandbox.ssd(&LOGIN.replace("--pin-stdin", "--pin-file pin")).ok();
    let everything = [sandbox.bytes(), sandbox.ssd("--json audit list").out.into_bytes()].concat();
    assert!(!everything.windows(8).any(|bytes| bytes == b"90817263"));
    let entry = &sandbox.audit(ANA)[0];
    assert_eq!(entry["detail"]["asked"], json!({ "mobile": true }), "no datum of a person");
}

#[test]
fn revoking_invalidates_the_open_code() {
    let sandbox = enrolled();
    let before = sent(&sandbox, REGISTER);
    done(sandbox.json(&format!("cmd revoke {ANA}")));
    assert_eq!(sandbox.feed_refused(LOGIN, PIN), "cmd_pin_wrong");
    assert_eq!(sandbox.refused(&format!("cmd revoke {ANA}")), "cmd_not_enrolled");
    enrol(&sandbox, "");
    assert_eq!(reason(&typed(&sandbox, REGISTER, &before)), "cmd_code_wrong");
    sandbox.advance("1m");
    assert_ne!(sent(&sandbox, REGISTER), before);
}

#[test]
fn password_and_pin_lockouts_are_independent() {
    let sandbox = inside();
    sandbox.feed("password change --password-stdin", format!("{PASSWORD}\n")).ok();
    for _ in 0..5 {
        assert_eq!(reason(&sandbox.login(ANA, OTHER_PASSWORD)), "login_failed");
    }
    assert_eq!(reason(&sandbox.login(ANA, PASSWORD)), "login_locked");
    done(through(&sandbox, LOGIN));
    assert_eq!(reason(&sandbox.login(ANA, PASSWORD)), "login_locked", "nor is the password's lock lifted by it");
    // And the other way round.
    let sandbox = inside();
    sandbox.feed("password change --password-stdin", format!("{PASSWORD}\n")).ok();
    for _ in 0..3 {
        assert_eq!(sandbox.feed_refused(LOGIN, OTHER_PIN), "cmd_pin_wrong");
    }
    done(sandbox.login(ANA, PASSWORD));
}

#[test]
fn first_password_needs_a_fresh_login_and_one_line() {
    let mut sandbox = inside();
    let change = "password change --password-stdin";
    assert_eq!(reason(&sandbox.login(ANA, PASSWORD)), "login_failed");
    let before = sandbox.bytes();
    sandbox.feed(change, format!("{OTHER_PASSWORD}\n{PASSWORD}\n")).fails(2).says("no password yet");
    assert_eq!(sandbox.bytes(), before);
    assert_eq!(sandbox.feed_refused(change, "Porto\n"), "password_weak");
    let stale = sandbox.fork();
    stale.at("09:10:00");
    let reply = stale.feed_json(change, format!("{PASSWORD}\n"));
    assert_eq!(reason(&reply), "login_required");
    assert!(word(&reply, "hint").contains("--method cmd"), "{reply}");
    sandbox.at("09:09:59");
    done(sandbox.feed_json(change, PASSWORD));
    assert_eq!(sandbox.message_log(ANA)[3..], ["sms cmd", "email password_changed", "sms password_changed"]);
    assert!(word(&sandbox.messages(ANA)[5], "body").contains("foi definida"));
    sandbox.log_in(ANA, PASSWORD);
    assert_eq!(sandbox.json(&format!("account show {ANA}"))["password"], true);
    // From now on the current password is needed.
    let before = sandbox.bytes();
    sandbox.feed(change, format!("{OTHER_PASSWORD}\n")).fails(2).says("give the current one first");
    assert_eq!(sandbox.bytes(), before);
    done(sandbox.feed_json(change, format!("{PASSWORD}\n{OTHER_PASSWORD}\n")));
}

#[test]
fn failures_before_the_first_password_do_not_count() {
    let sandbox = inside();
    sandbox.policy("login.dead", "5");
    for _ in 0..5 {
        assert_eq!(reason(&sandbox.login(ANA, PASSWORD)), "login_failed");
    }
    assert_eq!(reason(&sandbox.login(ANA, PASSWORD)), "login_locked");
    sandbox.feed("password change --password-stdin", PASSWORD).ok();
    done(sandbox.login(ANA, PASSWORD));
}

#[test]
fn recovery_sets_a_first_password() {
    let sandbox = inside();
    sandbox.ssd(&format!("{} {} --channel sms", person(ANA).recover(), person(ANA).contacts())).ok();
    let code = sandbox.ssd(&format!("outbox code {ANA} --purpose recovery")).ok();
    sandbox.feed(&format!("recover confirm {ANA} --code {code} --password-stdin"), PASSWORD).ok();
    done(sandbox.login(ANA, PASSWORD));
    done(through(&sandbox, LOGIN));
}

#[test]
fn next_steps_work_without_a_password() {
    let next = |sandbox: &Sandbox| -> Vec<String> {
        let shown = sandbox.json(&format!("account show {ANA}"));
        shown["next"].as_array().expect("a list").iter().map(|one| one.as_str().expect("a text").to_owned()).collect()
    };
    let by_cmd = format!("ssd login {ANA} --method cmd");
    let by_password = format!("ssd login {ANA}");
    let sandbox = inside();
    assert!(next(&sandbox).contains(&by_cmd) && !next(&sandbox).contains(&by_password));
    let already = |sandbox: &Sandbox| word(&sandbox.json(&format!("{REGISTER_ANA} --channel sms")), "hint").to_owned();
    assert!(already(&sandbox).contains("--method cmd"));
    for _ in 0..3 {
        let _ = sandbox.feed(LOGIN, OTHER_PIN);
    }
    assert!(!next(&sandbox).contains(&by_cmd));
    assert!(already(&sandbox).contains("recover request"));
    assert_eq!(
        sandbox.json(&format!("account show {ANA}"))["blocks"],
        json!([{ "what": "cmd_pin", "until": "2026-01-05T10:00:00Z" }])
    );
    // A requested account can be opened this way too.
    let requested = enrolled();
    requested.register();
    assert!(next(&requested).contains(&format!("ssd register {ANA} --procedure cmd")));
    let differing = enrolled_with("--nif 100000029");
    differing.activate();
    assert!(next(&differing).contains(&by_password) && !next(&differing).contains(&by_cmd));
}

#[test]
fn provider_replies_do_not_reveal_the_account_state() {
    let mut answers: Vec<String> = vec![];
    for state in ["none", "requested", "active", "suspended", "closed"] {
        let sandbox = enrolled();
        match state {
            "none" => {}
            "requested" => sandbox.register(),
            _ => sandbox.activate(),
        }
        if let Some(what) = [("suspended", "suspend"), ("closed", "close")].iter().find(|(word, _)| *word == state) {
            sandbox.ssd(&format!("account {} {ANA} --reason x", what.1)).ok();
        }
        let mut replies = String::new();
        for line in [LOGIN, REGISTER] {
            let sandbox = sandbox.fork();
            replies += &sandbox.feed(line, OTHER_PIN).err;
            replies += &sandbox.feed(&format!("{line} --code 000000 --consent"), PIN).err;
            replies += &sandbox.feed(line, PIN).out;
            for _ in 0..3 {
                replies += &sandbox.feed(line, OTHER_PIN).err;
            }
            replies += &sandbox.feed(line, PIN).err;
        }
        answers.push(replies);
    }
    assert!(answers.iter().all(|reply| *reply == answers[0]), "{answers:#?}");
    // An unknown NISS gets the same reply as one that is not enrolled.
    let sandbox = Sandbox::new();
    let error_text = |niss: &str| sandbox.feed(&LOGIN.replace(ANA, niss), PIN).err.replace(niss, "NISS");
    assert_eq!(error_text(ANA), error_text(NOBODY));
    assert_eq!(error_text(ANA), error_text(CUSTODIO));
}

#[test]
fn password_login_does_not_reveal_a_missing_password() {
    let without = inside();
    let (with, nobody) = (Sandbox::new(), Sandbox::new());
    with.activate();
    let answer = |sandbox: &Sandbox, niss: &str| -> Vec<String> {
        let ask = || sandbox.feed(&format!("login {niss} --password-stdin"), OTHER_PASSWORD).err.replace(niss, "NISS");
        (0..7).map(|_| ask()).collect()
    };
    assert_eq!(answer(&without, ANA), answer(&with, ANA));
    assert_eq!(answer(&with.fork(), NOBODY), answer(&nobody, NOBODY));
}

#[test]
fn provider_messages_fit_one_gsm_sms() {
    for language in ["en", "pt"] {
        let sandbox = Sandbox::empty();
        sandbox.file(
            "r.csv",
            format!(
                "niss,kind,name,birth_date,civil_id_kind,civil_id,nif,mobile,email,language\n\
            {ANA},citizen,Ana,1984-03-22,cc,123456703ZY4,200000012,912000001,ana@correio.example,{language}\n"
            ),
        );
        sandbox.ssd("registry import r.csv").ok();
        enrol(&sandbox, "");
        done(through(&sandbox, REGISTER));
        let session = word(&done(through(&sandbox, LOGIN)), "session").to_owned();
        let mut change = sandbox.command("password change --password-stdin");
        change.env("SSD_SESSION", session);
        finish(change, Some(PASSWORD.as_bytes())).ok();
        for _ in 0..3 {
            let _ = sandbox.feed(LOGIN, OTHER_PIN);
        }
        let messages = sandbox.messages(ANA);
        assert_eq!(messages.len(), 7);
        for message in &messages {
            let body = word(message, "body");
            crate::rules::messages::is_plain(message);
            assert_eq!(word(message, "language"), language);
            if word(message, "channel") == "sms" {
                assert!(crate::rules::messages::septets(body).is_some_and(|length| length <= 160), "{body}");
            }
        }
        assert_eq!(messages[0]["purpose"], "cmd");
        assert_eq!(messages[6]["purpose"], "cmd_blocked");
    }
}

#[test]
fn terminal_asks_for_hidden_pin_and_consent() {
    let sandbox = Sandbox::new();
    let at = |line: &str| Terminal::start(sandbox.command(line));
    at(&format!("cmd enrol {ANA}"))
        .asked("Mobile phone number", MOBILE)
        .asked("(four to eight digits): ", "27")
        .sees("four to eight digits")
        .asked("(four to eight digits): ", PIN)
        .asked("Confirm the PIN: ", PIN)
        .ends()
        .fails(0);
    let register = format!("register {ANA} --procedure cmd");
    at(&register)
        .asked("terms and conditions", "yes")
        .asked("Choice: ", "citizen")
        .asked("PIN of Chave", PIN)
        .asked("leave blank to continue later", "")
        .ends()
        .fails(0)
        .says("--code CODE");
    let code = code(&sandbox);
    at(&format!("{register} --accept-terms --code {code}"))
        .asked("Choice: ", "citizen")
        .asked("PIN of Chave", PIN)
        .asked("are passed to Segurança Social", "no")
        .ends()
        .fails(1)
        .says("consent_refused");
    at(&format!("{register} --accept-terms --code {code}"))
        .asked("Choice: ", "citizen")
        .asked("PIN of Chave", PIN)
        .asked("are passed to Segurança Social", "yes")
        .ends()
        .fails(0);
    at(&format!("login {ANA} --method cmd")).asked("PIN of Chave", PIN).asked("continue later", "").ends().fails(0);
}

#[test]
fn terminal_accepts_an_empty_current_password() {
    let sandbox = inside();
    Terminal::start(sandbox.command("password change"))
        .asked("Current password (leave blank if you have none): ", "")
        .asked("New password: ", PASSWORD)
        .asked("Confirm your password: ", PASSWORD)
        .ends()
        .fails(0);
    done(sandbox.login(ANA, PASSWORD));
}

#[test]
fn erasure_deletes_the_enrolment() {
    let sandbox = inside();
    sandbox.ssd(&format!("account erase {ANA} --reason 'a letter'")).ok();
    assert_eq!(sandbox.feed_refused(LOGIN, PIN), "cmd_pin_wrong");
    assert!(!sandbox.bytes().windows(9).any(|bytes| bytes == b"612345678"));
    sandbox.ssd("store check").ok();
}

#[test]
fn closing_or_resetting_the_account_keeps_the_enrolment() {
    let sandbox = inside();
    let open = sent(&sandbox, LOGIN);
    sandbox.ssd(&format!("account close {ANA} --reason x")).ok();
    assert_eq!(reason(&typed(&sandbox.fork(), LOGIN, &open)), "closed", "its code was right");
    for _ in 0..3 {
        let _ = sandbox.feed(LOGIN, OTHER_PIN);
    }
    sandbox.ssd(&format!("account reset {ANA} --reason x")).ok();
    assert_eq!(sandbox.feed_refused(LOGIN, PIN), "cmd_blocked", "a reset does not lift the provider's block");
    sandbox.ssd(&format!("cmd revoke {ANA}")).ok();
    enrol(&sandbox, "");
    sandbox.advance("1m");
    done(through(&sandbox, REGISTER));
    done(through(&sandbox, LOGIN));
}

#[test]
fn batches_and_recordings_support_cmd() {
    let sandbox = Sandbox::nothing();
    let record = |line: &str, input: &str| {
        let mut command = sandbox.command(line);
        command.env("SSD_RECORD", sandbox.folder().join("session.jsonl"));
        finish(command, Some(input.as_bytes()))
    };
    record("init --sandbox", "").ok();
    record(&format!("registry import {}", shell_words::quote(&data("personas.csv").to_string_lossy())), "").ok();
    record(&format!("cmd enrol {ANA} --mobile {MOBILE} --pin-stdin"), PIN).ok();
    record(LOGIN, OTHER_PIN).fails(1);
    record(REGISTER, PIN).ok();
    record(&format!("{REGISTER} --code {} --consent", wrong(&code(&sandbox))), PIN).fails(1);
    record(&format!("{REGISTER} --code {} --consent", code(&sandbox)), PIN).ok();
    let lines = [
        json!({"op": "login", "niss": ANA, "method": "cmd", "pin": PIN}),
        json!({"op": "login", "niss": ANA, "method": "cmd", "pin": PIN, "code": "@outbox"}),
        json!({"op": "login", "niss": ANA, "method": "cmd", "pin": PIN, "code": "@wrong", "consent": true}),
        json!({"op": "login", "niss": ANA, "method": "cmd", "pin": PIN, "code": "@outbox", "consent": true}),
        json!({"op": "password_change", "niss": ANA, "session": "@login", "password": OTHER_PASSWORD, "new_password": PASSWORD}),
        json!({"op": "password_change", "niss": ANA, "session": "@login", "new_password": PASSWORD}),
        json!({"op": "login", "niss": ANA, "password": PASSWORD}),
        json!({"op": "login", "niss": ANA, "password": PASSWORD, "code": "@outbox"}),
        json!({"op": "login", "niss": ANA, "method": "cmd", "pin": "12"}),
        json!({"op": "cmd_enrol", "niss": PADARIA, "mobile": MOBILE, "pin": PIN}),
        json!({"op": "cmd_revoke", "niss": ANA}),
    ];
    sandbox.file("lines", lines.map(|line| format!("{line}\n")).concat());
    record("batch lines --out replies -q", "").fails(5);
    let replies = crate::support::lines(&sandbox.read("replies"));
    let word = |reply: &Value| {
        let said = ["field", "reason"].iter().find_map(|key| reply[*key].as_str());
        said.unwrap_or_else(|| reply["result"].as_str().expect("a result")).to_owned()
    };
    let expected = [
        "done",
        "consent_refused",
        "cmd_code_wrong",
        "done",
        "password",
        "done",
        "done",
        // The only factor is the password: no code was sent, so there is no placeholder.
        "no_code",
        "pin",
        "birth_date",
        "done",
    ];
    assert_eq!(replies.iter().map(word).collect::<Vec<_>>(), expected);
    let session = sandbox.read("session.jsonl");
    assert!(!session.contains(&format!("\"pin\":\"{PIN}\"")) && session.contains("\"code\":\"@outbox\""));
    let elsewhere = Sandbox::nothing();
    elsewhere.file("session.jsonl", &session);
    let run = elsewhere.ssd("scenario run session.jsonl --keep store.db");
    assert_eq!(run.code, 0, "{run:?}\n{session}");
    assert_eq!(sandbox.ssd("state-hash").ok(), elsewhere.ssd("state-hash").ok());
}
