//! The numbered guide steps that are behaviour, one test each, named after its step.
//!
//! 000 is recovery, 001 the classic registration, 002 the portal, 003 the phone line. Steps that are only a click or a
//! page are in the help topic `guides`. Steps that need a terminal are in `cli::prompts`. `cli::guide_coverage` checks that none is
//! missing.

use crate::support::chave_movel;
use crate::support::*;

/// Returns Ana's recovery request with her contacts, without a channel.
fn recover_ana() -> String {
    format!("{} {}", person(ANA).recover(), person(ANA).contacts())
}

/// Returns a sandbox in which Ana has an open recovery code, and the code.
fn recovering() -> (Sandbox, String) {
    let sandbox = Sandbox::new();
    sandbox.activate();
    sandbox.ssd(&format!("{} --channel sms", recover_ana())).ok();
    let code = sandbox.code(ANA);
    (sandbox, code)
}

/// Returns the reply to a recovery code and a new password.
fn recovered(sandbox: &Sandbox, code: &str, password: &str) -> serde_json::Value {
    sandbox.feed_json(&format!("recover confirm {ANA} --code {code} --password-stdin"), password)
}

/// Ana's registered values, each with a wrong one.
const OTHERS_DATA: [(&str, &str); 4] = [
    ("Ana Sofia Marques Ferreira", "Ana Sofia Marques Pereira"),
    ("1984-03-22", "1984-03-23"),
    ("123456703ZY4", "010327401ZY1"),
    ("200000012", "100000029"),
];

/// Asserts that a mismatch ends the procedure with the customer phone number.
fn assert_refers_to_the_customer_line(sandbox: &Sandbox, line: &str) {
    let reply = sandbox.json(line);
    assert_eq!(reason(&reply), "identity_mismatch");
    for part in CUSTOMER_LINE {
        assert!(word(&reply, "hint").contains(part), "{reply}");
    }
}

// 000: recovery.

#[test]
fn terms_can_be_read_without_a_store_and_their_version_is_stored() {
    // 001 step 8, 002 step 5: read the terms, and accept them.
    let nowhere = Sandbox::nothing();
    for (language, words) in [("en", "Terms and conditions"), ("pt", "Termos e condições")] {
        let text = nowhere.ssd(&format!("terms --lang {language}")).ok();
        assert!(text.starts_with(words) && text.contains("2026-11") && text.contains("210 545 400"), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    }
    let terms = nowhere.json("terms");
    assert_eq!((word(&terms, "op"), word(&terms, "version")), ("terms", "2026-11"));
    assert!(!nowhere.store().exists());
    let version =
        |sandbox: &Sandbox, niss: &str| sandbox.audit(niss).pop().expect("an entry")["detail"]["terms"].clone();
    let sandbox = Sandbox::new();
    let classic = format!("{} {} --channel email", person(JOSE).classic(), person(JOSE).contacts());
    for (niss, line) in [(ANA, &format!("{REGISTER_ANA} --channel sms")), (JOSE, &classic)] {
        sandbox.ssd(line).ok();
        assert_eq!(version(&sandbox, niss), "2026-11");
        let without = line.replace(" --accept-terms", "");
        assert!(sandbox.ssd(&without).fails(1).says("ssd terms").out.is_empty());
        assert_eq!(version(&sandbox, niss), serde_json::Value::Null);
    }
    sandbox.feed(&format!("cmd enrol {MARIA} --mobile 912000003 --pin-stdin"), "2718").ok();
    let by_cmd = format!("register {MARIA} --procedure cmd --accept-terms --pin-stdin");
    sandbox.feed(&by_cmd, "2718").ok();
    assert_eq!(version(&sandbox, MARIA), serde_json::Value::Null, "only a code was sent");
    sandbox.feed(&format!("{by_cmd} --code {} --consent", sandbox.code(MARIA)), "2718").ok();
    assert_eq!(version(&sandbox, MARIA), "2026-11");
    for language in ["en", "pt"] {
        nowhere
            .ssd(&format!("register --help --lang {language}"))
            .ok()
            .contains("2026-11")
            .then_some(())
            .expect(language);
    }
}

#[test]
fn seed_000_step_02_niss_selects_the_account() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let line = format!("{} --channel sms", recover_ana());
    assert_eq!(done(sandbox.json(&line))["niss"], ANA);
    sandbox.ssd(&line.replace(ANA, "12000000013")).fails(2).says("NISS");
}

#[test]
fn seed_000_step_04_all_identity_fields_are_compared() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let line = format!("{} --channel sms", recover_ana());
    for (hers, other) in OTHERS_DATA {
        assert_eq!(sandbox.refused(&line.replace(hers, other)), "identity_mismatch", "{other}");
    }
    done(sandbox.json(&line));
}

#[test]
fn seed_000_step_05_mismatch_refers_to_the_customer_line() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let before = sandbox.messages(ANA);
    assert_refers_to_the_customer_line(
        &sandbox,
        &format!("{} --channel sms", recover_ana()).replace("1984-03-22", "1984-03-23"),
    );
    assert_eq!(sandbox.messages(ANA), before);
}

#[test]
fn seed_000_step_06_one_contact_is_needed_and_telephone_unused() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let request = person(ANA).recover();
    sandbox.ssd(&format!("{request} --channel sms")).fails(2).says("--email or --mobile");
    let with_telephone = format!("{request} --mobile 912000001 --telephone 213000003 --channel sms");
    done(sandbox.json(&with_telephone));
    assert!(sandbox.json(&format!("registry show {ANA}"))["telephone"].is_null());
}

#[test]
fn seed_000_step_07_unregistered_contact_is_not_used() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let request = person(ANA).recover();
    let (email, mobile) = ("ana.ferreira@correio.example", "912000001");
    for (typed, asked, usable) in [
        (format!("--email {email} --mobile 912000002"), "sms", "email"),
        (format!("--email other@correio.example --mobile {mobile}"), "email", "sms"),
    ] {
        let reply = sandbox.json(&format!("{request} {typed} --channel {asked}"));
        assert_eq!(reason(&reply), "channel_unavailable");
        assert_eq!(reply["channels"], serde_json::json!([usable]));
        done(sandbox.fork().json(&format!("{request} {typed} --channel {usable}")));
    }
    let neither = format!("{request} --email other@correio.example --mobile 912000002 --channel email");
    assert_eq!(sandbox.refused(&neither), "no_channel");
    assert!(sandbox.messages(ANA).iter().all(|one| word(one, "purpose") != "recovery"));
}

#[test]
fn seed_000_step_08_code_goes_by_email_or_sms_only() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    for (channel, to) in [("email", "ana.ferreira@correio.example"), ("sms", "+351912000001")] {
        let fork = sandbox.fork();
        assert_eq!(done(fork.json(&format!("{} --channel {channel}", recover_ana())))["channel"], channel);
        let sent = fork.messages(ANA).pop().expect("a message");
        assert_eq!((word(&sent, "purpose"), word(&sent, "to")), ("recovery", to));
    }
    assert_eq!(sandbox.refused(&format!("{} --channel letter", recover_ana())), "channel_unavailable");
}

#[test]
fn seed_000_step_10_only_the_sent_code_is_accepted() {
    let (sandbox, code) = recovering();
    assert_eq!(reason(&recovered(&sandbox, &wrong(&code), OTHER_PASSWORD)), "code_wrong");
    assert_eq!(done(recovered(&sandbox, &code, OTHER_PASSWORD))["state"], "active");
}

#[test]
fn seed_000_step_12_weak_password_keeps_the_code_valid() {
    let (sandbox, code) = recovering();
    assert_eq!(reason(&recovered(&sandbox, &code, "Curta-1")), "password_weak");
    assert_eq!(reason(&recovered(&sandbox, &code, PASSWORD)), "password_repeated");
    done(recovered(&sandbox, &code, OTHER_PASSWORD));
}

#[test]
fn seed_000_step_15_new_password_logs_in_with_contacts_due() {
    let (sandbox, code) = recovering();
    assert_eq!(sandbox.login(ANA, PASSWORD)["result"], "done", "nothing changes before a right code");
    done(recovered(&sandbox, &code, OTHER_PASSWORD));
    assert_eq!(reason(&sandbox.login(ANA, PASSWORD)), "login_failed");
    assert_eq!(done(sandbox.login(ANA, OTHER_PASSWORD))["due"], serde_json::json!(["contacts"]));
}

#[test]
fn seed_000_step_15_recovery_ends_sessions_and_activates() {
    let sandbox = Sandbox::new().logged_in();
    sandbox.ssd(&format!("{} --channel sms", recover_ana())).ok();
    done(sandbox.json("alerts set none"));
    done(recovered(&sandbox, &sandbox.code(ANA), OTHER_PASSWORD));
    assert_eq!(sandbox.refused("alerts set none"), "login_required");

    let requested = Sandbox::new();
    requested.register();
    let activation = requested.code(ANA);
    assert_eq!(done(requested.json(&format!("{} --channel sms", recover_ana())))["state"], "requested");
    assert_eq!(done(recovered(&requested, &requested.code(ANA), PASSWORD))["state"], "active");
    assert_eq!(
        reason(&requested.try_activate(ANA, &activation)),
        "code_superseded",
        "the other code is worth nothing any more"
    );
}

// 001: the classic registration.

/// Returns Ana's classic registration with her registered contacts.
fn classic_ana() -> String {
    format!("{} {}", person(ANA).classic(), person(ANA).contacts())
}

#[test]
fn seed_001_step_04_niss_selects_the_holder() {
    let sandbox = Sandbox::new();
    let line = format!("{} --channel sms", classic_ana());
    sandbox.ssd(&line.replace(ANA, "12000000013")).fails(2).says("NISS");
    assert_eq!(done(sandbox.json(&line))["niss"], ANA);
}

#[test]
fn seed_001_step_08_terms_are_checked_first() {
    let sandbox = Sandbox::new();
    let line = format!("{} --channel sms", classic_ana().replace(" --accept-terms", ""));
    assert_eq!(sandbox.refused(&line), "terms_not_accepted");
    assert_eq!(sandbox.refused(&line.replace("1984-03-22", "1984-03-23")), "terms_not_accepted");
    assert_eq!(sandbox.refused(&format!("account show {ANA}")), "no_account");
}

#[test]
fn seed_001_step_09_all_identity_fields_are_compared() {
    let sandbox = Sandbox::new();
    let line = format!("{} --channel sms", classic_ana());
    for (hers, other) in OTHERS_DATA {
        assert_eq!(sandbox.refused(&line.replace(hers, other)), "identity_mismatch", "{other}");
    }
    // Names without accents and card numbers in four lengths match too.
    for (hers, same) in [
        ("Ana Sofia Marques Ferreira", "ANA-SOFIA marques  ferréira"),
        ("123456703ZY4", "12345670"),
        ("123456703ZY4", "123456703"),
        ("123456703ZY4", "123456703zy4"),
        ("123456703ZY4", "12345670-3-ZZ1"),
    ] {
        done(sandbox.fork().json(&line.replace(hers, same)));
    }
}

#[test]
fn seed_001_step_11_mismatch_refers_to_the_customer_line() {
    let sandbox = Sandbox::new();
    assert_refers_to_the_customer_line(
        &sandbox,
        &format!("{} --channel sms", classic_ana()).replace("1984-03-22", "1984-03-23"),
    );
    assert!(sandbox.messages(ANA).is_empty());
    assert_eq!(sandbox.refused(&format!("account show {ANA}")), "no_account");
}

#[test]
fn seed_001_step_12_telephone_is_stored_but_not_compared() {
    let mut sandbox = Sandbox::new();
    sandbox.ssd(&format!("{} --channel sms", person(ANA).classic())).fails(2).says("--email or --mobile");
    done(sandbox.json(&format!("{} --telephone 218000008 --channel sms", classic_ana())));
    assert!(sandbox.json(&format!("registry show {ANA}"))["telephone"].is_null(), "not before its holder has the code");
    sandbox.activate_with(ANA, &sandbox.code(ANA)).ok();
    assert_eq!(sandbox.json(&format!("registry show {ANA}"))["telephone"], "+351218000008");
    sandbox.log_in(ANA, PASSWORD);
    let shown = sandbox.json("contacts show");
    assert_eq!(shown["contacts"][2]["registered"], true, "{shown}");
}

#[test]
fn seed_001_step_13_unregistered_contact_is_only_proposed() {
    let mut sandbox = Sandbox::new();
    let classic = person(ANA).classic();
    let line = format!("{classic} --email ana.ferreira@correio.example --mobile 916000006");
    let reply = sandbox.json(&format!("{line} --channel sms"));
    assert_eq!(reason(&reply), "channel_unavailable");
    assert_eq!(reply["channels"], serde_json::json!(["email"]));
    done(sandbox.json(&format!("{line} --channel email")));
    assert_eq!(sandbox.message_log(ANA), ["email activation"], "the other mobile is sent nothing");
    sandbox.activate_with(ANA, &sandbox.code(ANA)).ok();
    sandbox.log_in(ANA, PASSWORD);
    let mobile = &sandbox.json("contacts show")["contacts"][1];
    assert_eq!(
        (mobile["value"].as_str(), mobile["proposed"].as_str()),
        (Some("+351 9** *** *01"), Some("+351 9** *** *06"))
    );
}

#[test]
fn seed_001_step_14_alert_preference_is_email_sms_or_none() {
    let sandbox = Sandbox::new();
    for (asked, preference) in
        [("--alerts email", "email"), ("--alerts sms", "sms"), ("--alerts none", "none"), ("", "none")]
    {
        let fork = sandbox.fork();
        fork.ssd(&format!("{} {asked} --channel sms", classic_ana())).ok();
        assert_eq!(fork.json(&format!("account show {ANA}"))["alerts"], preference);
    }
    let company = format!("{} {} --channel sms --alerts sms", person(PADARIA).classic(), person(PADARIA).contacts());
    sandbox.ssd(&company).fails(2).says("--alerts");
}

#[test]
fn seed_001_step_14_alerts_follow_the_preference() {
    let sandbox = Sandbox::new();
    let alerts = [
        r#""kind":"decision","about":"Subsídio de desemprego","decision":"granted""#,
        r#""kind":"benefit","about":"Abono de família""#,
        r#""kind":"payment","about":"Abono de família","amount":"54.20","paid_on":"2026-02-20""#,
    ]
    .map(|fields| format!("{{\"niss\":\"{ANA}\",{fields}}}\n"))
    .concat();
    for (asked, channels) in
        [("--alerts email", vec!["email"; 3]), ("--alerts sms", vec!["sms"; 3]), ("--alerts none", vec![])]
    {
        let mut fork = sandbox.fork();
        fork.ssd(&format!("{} {asked} --channel sms", classic_ana())).ok();
        fork.activate_with(ANA, &fork.code(ANA)).ok();
        fork.log_in(ANA, PASSWORD);
        fork.confirm(ANA, &["email", "sms"]);
        fork.feed("alerts send -", &alerts).ok();
        let mut messages = fork.messages(ANA);
        messages.retain(|message| message["purpose"] == "alert");
        assert_eq!(messages.iter().map(|message| word(message, "channel")).collect::<Vec<_>>(), channels, "{asked}");
        assert_eq!(fork.json("messages list")["inbox"].as_array().map(Vec::len), Some(3), "{asked}");
    }
}

#[test]
fn seed_001_step_16_letter_needs_no_registered_contact() {
    let sandbox = Sandbox::new();
    let both_differ = format!("{} --email other@correio.example --mobile 916000006", person(ANA).classic());
    for channel in ["email", "sms"] {
        let reply = sandbox.json(&format!("{both_differ} --channel {channel}"));
        assert_eq!(reason(&reply), "channel_unavailable");
        assert_eq!(reply["channels"], serde_json::json!(["letter"]));
    }
    assert_eq!(done(sandbox.json(&format!("{both_differ} --channel letter")))["channel"], "letter");
    assert_eq!(sandbox.message_log(ANA), ["letter activation"]);

    let none_registered = format!("{} --mobile 916000006 --channel letter", person(ANTONIO).classic());
    assert_eq!(done(sandbox.json(&none_registered))["channel"], "letter");

    let one_equals = format!("{} --channel letter", classic_ana());
    assert_eq!(sandbox.refused(&one_equals), "channel_unavailable");
}

#[test]
fn seed_001_step_20_only_the_sent_code_is_accepted() {
    let sandbox = Sandbox::new();
    sandbox.ssd(&format!("{} --channel email", classic_ana())).ok();
    let code = sandbox.code(ANA);
    assert_eq!(reason(&sandbox.try_activate(ANA, &wrong(&code))), "code_wrong");
    assert_eq!(done(sandbox.try_activate(ANA, &code))["state"], "active");
}

#[test]
fn seed_001_step_22_weak_password_keeps_the_code_valid() {
    let sandbox = Sandbox::new();
    sandbox.ssd(&format!("{} --channel email", classic_ana())).ok();
    let activate = format!("activate {ANA} --code {} --password-stdin", sandbox.code(ANA));
    for weak in ["Curta-1", "so-minusculas", "Password-123", "Lisboa-1984"] {
        assert_eq!(sandbox.feed_refused(&activate, weak), "password_weak", "{weak}");
    }
    sandbox.feed(&activate, PASSWORD).ok();
}

#[test]
fn seed_001_step_25_contacts_are_due_until_confirmed() {
    let mut sandbox = Sandbox::new();
    sandbox.ssd(&format!("{} --channel email", classic_ana())).ok();
    assert_eq!(done(sandbox.try_activate(ANA, &sandbox.code(ANA)))["due"], serde_json::json!(["contacts"]));
    sandbox.log_in(ANA, PASSWORD);
    for channel in ["email", "sms"] {
        sandbox.ssd(&format!("contacts confirm --channel {channel}")).ok();
        sandbox.ssd(&format!("contacts confirm --channel {channel} --code {}", sandbox.code(ANA))).ok();
    }
    assert_eq!(done(sandbox.login(ANA, PASSWORD))["due"], serde_json::json!([]));
}

#[test]
fn seed_001_step_25_new_contact_is_confirmed_after_login() {
    let mut sandbox = Sandbox::new();
    let typed = "--email ana.ferreira@correio.example --mobile 916000006 --channel email";
    sandbox.ssd(&format!("{} {typed}", person(ANA).classic())).ok();
    sandbox.activate_with(ANA, &sandbox.code(ANA)).ok();
    sandbox.log_in(ANA, PASSWORD);
    sandbox.ssd("contacts confirm --channel sms").ok();
    let to = &sandbox.messages(ANA).pop().expect("a message")["to"];
    assert_eq!(to, "+351916000006", "the proposed one, not the replaced one");
    sandbox.ssd(&format!("contacts confirm --channel sms --code {}", sandbox.code(ANA))).ok();
    let mobile = sandbox.json("contacts show")["contacts"][1].clone();
    assert_eq!((&mobile["value"], &mobile["proposed"]), (&"+351 9** *** *06".into(), &serde_json::Value::Null));
    assert_eq!(sandbox.refused("contacts confirm --channel sms"), "nothing_to_confirm");
}

// 002: portal registration and activation.

#[test]
fn seed_002_step_05_terms_are_checked_first() {
    let sandbox = Sandbox::new();
    let line = format!("{} --channel sms", person(ANA).portal().replace(" --accept-terms", ""));
    assert_eq!(sandbox.refused(&line), "terms_not_accepted");
    assert_eq!(sandbox.refused(&line.replace(ANA, NOBODY)), "terms_not_accepted");
}

#[test]
fn seed_002_step_06_account_type_matches_the_holder() {
    let sandbox = Sandbox::new();
    for holder in [ANA, PADARIA, METALURGICA, FRANCISCO] {
        let holder = person(holder);
        done(sandbox.json(&format!("{} --channel {}", holder.portal(), holder.channels()[0])));
        let kind = if holder.is_citizen() { "citizen" } else { "company" };
        assert_eq!(sandbox.json(&format!("account show {}", holder.niss))["account_type"], kind);
    }
    let as_company = format!("register {JOSE} --account-type company --nif 100000029 --channel email --accept-terms");
    assert_eq!(sandbox.refused(&as_company), "account_type_mismatch");
}

#[test]
fn seed_002_step_07_niss_and_birth_date_or_nif_are_compared() {
    let sandbox = Sandbox::new();
    for (line, hers, other) in [
        (person(ANA).portal(), "1984-03-22", "1984-03-23"),
        (person(ANA).portal(), ANA, JOSE),
        (person(PADARIA).portal(), "500000123", "501000135"),
    ] {
        let line = format!("{line} --channel email");
        assert_eq!(sandbox.refused(&line.replace(hers, other)), "identity_mismatch");
        done(sandbox.fork().json(&line));
    }
    sandbox
        .ssd(&format!("register {ANA} --account-type citizen --channel sms --accept-terms"))
        .fails(2)
        .says("--birth-date");
    sandbox
        .ssd(&format!("register {PADARIA} --account-type company --channel sms --accept-terms"))
        .fails(2)
        .says("--nif");
}

#[test]
fn seed_002_step_09_letter_only_without_registered_contacts() {
    let sandbox = Sandbox::new();
    for (holder, channels) in [
        (ANA, &["email", "sms"][..]),
        (JOSE, &["email"]),
        (MARIA, &["sms"]),
        (ANTONIO, &["letter"]),
        (PADARIA, &["email", "sms"]),
        (VARZEA, &["letter"]),
    ] {
        for channel in ["email", "sms", "letter"] {
            let reply = sandbox.fork().json(&format!("{} --channel {channel}", person(holder).portal()));
            if channels.contains(&channel) {
                assert_eq!(done(reply)["channel"], channel);
            } else {
                assert_eq!(reason(&reply), "channel_unavailable");
                assert_eq!(reply["channels"], serde_json::json!(channels));
            }
        }
    }
    // Eight working days from Monday 5 January 2026.
    let letter = done(sandbox.json(&format!("{} --channel letter", person(ANTONIO).portal())));
    assert_eq!(letter["letter_expected_on"], "2026-01-15");
}

#[test]
fn seed_002_step_10_code_is_sent_also_to_a_foreign_mobile() {
    let sandbox = Sandbox::new();
    for (holder, to) in
        [(ANA, "+351912000001"), (INES, "+447400123456"), (OLUWASEUN, "+2348021234567"), (MARY_JANE, "+12015550123")]
    {
        let reply = done(sandbox.json(&format!("{} --channel sms", person(holder).portal())));
        assert_eq!((&reply["state"], sandbox.state(holder).as_str()), (&serde_json::json!("requested"), "requested"));
        assert_eq!(sandbox.messages(holder).pop().expect("a message")["to"], to);
    }
}

#[test]
fn seed_002_activation_step_02_niss_selects_the_account() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let code = sandbox.code(ANA);
    assert_eq!(reason(&sandbox.try_activate(JOSE, &code)), "code_wrong", "a code is valid for its holder only");
    assert_eq!(done(sandbox.try_activate(ANA, &code))["niss"], ANA);
}

#[test]
fn seed_002_activation_step_03_only_the_sent_code_is_accepted() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let code = sandbox.code(ANA);
    assert_eq!(reason(&sandbox.try_activate(ANA, &wrong(&code))), "code_wrong");
    assert_eq!(sandbox.state(ANA), "requested");
    done(sandbox.try_activate(ANA, &code));

    // In a code by letter, case, spaces and the hyphen do not matter.
    sandbox.ssd(&format!("{} --channel letter", person(ANTONIO).portal())).ok();
    let typed = sandbox.code(ANTONIO).to_lowercase().replace('-', " ");
    let line = format!("activate {ANTONIO} --code '{typed}' --password-stdin");
    done(sandbox.feed_json(&line, PASSWORD));
}

#[test]
fn seed_002_activation_step_05_weak_password_keeps_the_code() {
    let sandbox = Sandbox::new();
    sandbox.register();
    let activate = format!("activate {ANA} --code {} --password-stdin", sandbox.code(ANA));
    assert_eq!(sandbox.feed_refused(&activate, "Curta-1"), "password_weak");
    assert_eq!(sandbox.state(ANA), "requested");
    sandbox.feed(&activate, PASSWORD).ok();
}

#[test]
fn seed_002_activation_step_08_login_has_contacts_due() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let reply = done(sandbox.login(ANA, PASSWORD));
    assert_eq!(reply["due"], serde_json::json!(["contacts"]));
    assert!(word(&reply, "session").len() >= 32, "128 bits and more");
}

// 002, last section: Chave Móvel Digital.

#[test]
fn seed_002_cmd_step_3_procedure_cmd_is_selected() {
    let sandbox = chave_movel::enrolled();
    sandbox.feed(chave_movel::REGISTER, chave_movel::PIN).ok();
    // The other means, the Cartão de Cidadão, is not simulated.
    sandbox.ssd(&format!("register {ANA} --procedure cc --accept-terms")).fails(2).says("portal, classic, cmd");
}

#[test]
fn seed_002_cmd_step_3_consent_precedes_the_data() {
    let sandbox = chave_movel::enrolled();
    let code = chave_movel::sent(&sandbox, chave_movel::REGISTER);
    let reply = sandbox.feed_json(&format!("{} --code {code}", chave_movel::REGISTER), chave_movel::PIN);
    assert_eq!(reason(&reply), "consent_refused");
    assert_eq!(sandbox.refused(&format!("account show {ANA}")), "no_account");
}

#[test]
fn seed_002_cmd_step_3_pin_is_checked_first() {
    let sandbox = chave_movel::enrolled();
    assert_eq!(sandbox.feed_refused(chave_movel::REGISTER, chave_movel::OTHER_PIN), "cmd_pin_wrong");
    assert!(sandbox.messages(ANA).is_empty(), "no code before the PIN");
}

#[test]
fn seed_002_cmd_step_3_temporary_numeric_code_is_sent() {
    let sandbox = chave_movel::enrolled();
    let code = chave_movel::sent(&sandbox, chave_movel::REGISTER);
    assert!(code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()), "{code}");
    assert_eq!(word(&sandbox.messages(ANA)[0], "to"), chave_movel::MOBILE);
    sandbox.advance("5m");
    assert_eq!(reason(&chave_movel::typed(&sandbox, chave_movel::REGISTER, &code)), "cmd_code_expired");
}

#[test]
fn seed_002_cmd_step_3_registration_succeeds() {
    let sandbox = chave_movel::enrolled();
    assert_eq!(done(chave_movel::through(&sandbox, chave_movel::REGISTER))["state"], "active");
    assert!(done(chave_movel::through(&sandbox, chave_movel::LOGIN))["session"].is_string());
}

// 003: the security code of the phone line.

#[test]
fn seed_003_b_every_kind_of_holder_can_have_a_phone_code() {
    let mut sandbox = Sandbox::new();
    for holder in [ANA, PADARIA, METALURGICA, FRANCISCO] {
        sandbox.open_account(holder);
        sandbox.log_in(holder, PASSWORD);
        sandbox.ssd("phone-code set").ok();
        *sandbox.session() = None;
    }
}

#[test]
fn seed_003_c_step_3_setting_the_code_needs_a_session() {
    let mut sandbox = Sandbox::new().logged_in();
    let session = sandbox.session().take();
    assert_eq!(sandbox.refused("phone-code set"), "login_required");
    *sandbox.session() = session;
    done(sandbox.json("phone-code set"));
}

#[test]
fn seed_003_d_code_works_at_once() {
    let sandbox = Sandbox::new().logged_in();
    let code = sandbox.ssd("phone-code set").ok();
    sandbox.feed(&format!("phone-code verify {ANA} --code-stdin"), code).ok();
}

#[test]
fn seed_003_e_code_has_six_digits() {
    let sandbox = Sandbox::new().logged_in();
    let code = sandbox.ssd("phone-code set").ok();
    assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
    for other in ["12345", "1234567", "12345a", "BCDFGH"] {
        sandbox.feed("phone-code change --new-code-stdin", other).fails(2).says("--new-code-stdin");
    }
}

#[test]
fn seed_003_f_step_4_new_code_replaces_the_old_one() {
    let sandbox = Sandbox::new().logged_in();
    let verify = format!("phone-code verify {ANA} --code-stdin");
    let first = sandbox.ssd("phone-code set").ok();
    assert!(done(sandbox.feed_json("phone-code change --new-code-stdin", "730264"))["phone_code"].is_null());
    assert_eq!(sandbox.feed_refused(&verify, &first), "phone_code_wrong");
    sandbox.feed(&verify, "730264").ok();
    let drawn = sandbox.ssd("phone-code change --generate").ok();
    sandbox.feed(&verify, drawn).ok();
}

#[test]
fn seed_003_g_phone_code_is_verified_without_a_session() {
    let mut sandbox = Sandbox::new().logged_in();
    let code = sandbox.ssd("phone-code set").ok();
    *sandbox.session() = None;
    let verify = format!("phone-code verify {ANA} --code-stdin");
    assert_eq!(sandbox.feed_refused(&verify, wrong(&code)), "phone_code_wrong");
    assert_eq!(done(sandbox.feed_json(&verify, code))["niss"], ANA);
}

#[test]
fn seed_003_g_right_phone_code_identifies_the_caller() {
    for holder in [ANA, PADARIA, METALURGICA, FRANCISCO] {
        let mut sandbox = Sandbox::new();
        sandbox.open_account(holder);
        sandbox.log_in(holder, PASSWORD);
        let code = sandbox.ssd("phone-code set").ok();
        *sandbox.session() = None;
        let mut phone = terminal::Terminal::start(sandbox.command("phone-line"));
        let call = phone.asked("(NISS): ", holder).asked("Security code: ", &code).ends().fails(0);
        let reply = sandbox.feed_json("phone-line whoami --call-stdin", &call.out);
        assert_eq!((word(&reply, "niss"), word(&reply, "holder")), (holder, person(holder).kind.as_str()));
    }
}

#[test]
fn seed_003_g_wrong_phone_codes_block_the_code() {
    let mut sandbox = Sandbox::new().logged_in();
    let code = sandbox.ssd("phone-code set").ok();
    *sandbox.session() = None;
    let call = format!("phone-line {ANA} --code-stdin");
    for _ in 0..3 {
        assert_eq!(sandbox.feed_refused(&call, wrong(&code)), "phone_code_wrong");
    }
    assert_eq!(sandbox.feed_refused(&call, &code), "phone_code_blocked");
    assert_eq!(sandbox.message_log(ANA).split_off(5), ["email phone_code_blocked", "sms phone_code_blocked"]);
}
