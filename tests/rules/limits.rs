//! The limits of `src/domain/policy.rs`, to the second: the ends of codes, blocks, lockouts and sessions.
//!
//! Also: counted and uncounted attempts, and lifting of blocks. The sandbox clock starts at 09:00:00 on 5 January 2026.

use serde_json::Value;

use crate::support::*;

fn register(sandbox: &Sandbox, channel: &str) -> Value {
    sandbox.json(&format!("{REGISTER_ANA} --channel {channel}"))
}

fn recover_ana(sandbox: &Sandbox, channel: &str) -> Value {
    sandbox.json(&format!("{} {} --channel {channel}", person(ANA).recover(), person(ANA).contacts()))
}

/// Returns a sandbox in which a holder was sent a code by this channel.
fn requested(niss: &str, channel: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.ssd(&format!("{} --channel {channel}", person(niss).portal())).ok();
    sandbox
}

/// Enters a number of wrong codes and asserts that each is refused as wrong.
fn guess(sandbox: &Sandbox, niss: &str, times: usize) {
    let code = wrong(&sandbox.code(niss));
    for _ in 0..times {
        assert_eq!(reason(&sandbox.try_activate(niss, &code)), "code_wrong");
    }
}

fn mistake(sandbox: &Sandbox) -> String {
    sandbox.refused("register 12000000012 --account-type citizen --birth-date 1999-09-09 --accept-terms --channel sms")
}

/// Fails a number of logins and asserts that each is refused as failed.
fn fail_logins(sandbox: &Sandbox, times: usize) {
    for _ in 0..times {
        assert_eq!(reason(&sandbox.login(ANA, OTHER_PASSWORD)), "login_failed");
    }
}

fn unlock(sandbox: &Sandbox, niss: &str) -> Value {
    done(sandbox.json(&format!("account unlock {niss} --reason 'a test'")))
}

/// Returns how often a holder was notified by one channel.
fn times_notified(sandbox: &Sandbox, niss: &str, what: &str) -> usize {
    sandbox.message_log(niss).iter().filter(|entry| *entry == what).count()
}

// Validity of codes.

#[test]
fn code_is_valid_until_the_second_before_it_expires() {
    for (niss, channel, last, end) in [
        (ANA, "sms", "2026-01-05T09:09:59Z", "2026-01-05T09:10:00Z"),
        (ANA, "email", "2026-01-06T08:59:59Z", "2026-01-06T09:00:00Z"),
        (ANTONIO, "letter", "2026-01-26T08:59:59Z", "2026-01-26T09:00:00Z"),
        (LUIS, "letter", "2026-02-04T08:59:59Z", "2026-02-04T09:00:00Z"),
    ] {
        let sandbox = requested(niss, channel);
        let code = sandbox.code(niss);
        sandbox.at(last);
        done(sandbox.fork().try_activate(niss, &code));
        sandbox.at(end);
        assert_eq!(reason(&sandbox.try_activate(niss, &code)), "code_expired", "{channel} at {end}");
    }
}

#[test]
fn policy_change_applies_to_later_codes() {
    let sandbox = requested(ANA, "sms");
    sandbox.policy("code.sms.life", "2m");
    sandbox.policy("code.digits", "8");
    sandbox.at("09:09:59");
    done(sandbox.fork().try_activate(ANA, &sandbox.code(ANA)));
    assert_eq!(done(register(&sandbox, "sms"))["code_expires_at"], "2026-01-05T09:11:59Z");
    assert_eq!(sandbox.code(ANA).len(), 8);
}

// Wrong codes.

#[test]
fn code_is_blocked_after_the_fifth_wrong_attempt() {
    for channel in ["sms", "email"] {
        let sandbox = requested(ANA, channel);
        guess(&sandbox, ANA, 5);
        assert_eq!(reason(&sandbox.try_activate(ANA, &sandbox.code(ANA))), "code_blocked");
        assert_eq!(times_notified(&sandbox, ANA, "email code_blocked"), 1, "notified once");
        sandbox.advance("60s");
        done(register(&sandbox, channel));
        done(sandbox.try_activate(ANA, &sandbox.code(ANA)));
    }
    let sandbox = requested(ANA, "sms");
    guess(&sandbox, ANA, 4);
    done(sandbox.try_activate(ANA, &sandbox.code(ANA)));
}

#[test]
fn letter_code_is_blocked_for_an_hour_after_ten_attempts() {
    let sandbox = requested(ANTONIO, "letter");
    let code = sandbox.code(ANTONIO);
    guess(&sandbox, ANTONIO, 9);
    done(sandbox.fork().try_activate(ANTONIO, &code));
    guess(&sandbox, ANTONIO, 1);
    assert_eq!(sandbox.try_activate(ANTONIO, &code)["retry_at"], "2026-01-05T10:00:00Z");
    sandbox.at("10:00:00");
    done(sandbox.try_activate(ANTONIO, &code));
}

#[test]
fn ten_wrong_attempts_block_the_purpose_across_codes() {
    let sandbox = requested(ANA, "email");
    guess(&sandbox, ANA, 4);
    sandbox.at("09:01:00");
    done(register(&sandbox, "email"));
    guess(&sandbox, ANA, 4);
    sandbox.at("09:02:00");
    done(register(&sandbox, "email"));
    guess(&sandbox, ANA, 2);
    let code = sandbox.code(ANA);
    for time in ["09:02:00", "10:01:59"] {
        sandbox.at(time);
        let blocked = sandbox.try_activate(ANA, &code);
        assert_eq!((reason(&blocked).as_str(), &blocked["retry_at"]), ("code_blocked", &"2026-01-05T10:02:00Z".into()));
        assert_eq!(reason(&register(&sandbox, "email")), "code_blocked", "and no code is issued");
    }
    assert_eq!(times_notified(&sandbox, ANA, "email code_blocked"), 1, "notified once");
    sandbox.at("10:02:00");
    done(sandbox.fork().try_activate(ANA, &code));
    done(register(&sandbox, "email"));
}

#[test]
fn attempts_during_a_block_are_not_counted() {
    let sandbox = requested(ANTONIO, "letter");
    guess(&sandbox, ANTONIO, 10);
    let code = sandbox.code(ANTONIO);
    for _ in 0..12 {
        sandbox.advance("4m");
        assert_eq!(sandbox.try_activate(ANTONIO, &wrong(&code))["retry_at"], "2026-01-05T10:00:00Z");
    }
    sandbox.at("10:00:00");
    guess(&sandbox, ANTONIO, 9);
    done(sandbox.try_activate(ANTONIO, &code));
}

#[test]
fn right_code_resets_the_counter() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let mut password = PASSWORD;
    for minute in ["09:00:00", "09:02:00"] {
        sandbox.at(minute);
        done(recover_ana(&sandbox, "email"));
        let confirm = |code: &str, password: &str| {
            sandbox.feed_json(&format!("recover confirm {ANA} --code {code} --password-stdin"), password)
        };
        let code = sandbox.code(ANA);
        for _ in 0..4 {
            assert_eq!(reason(&confirm(&wrong(&code), PASSWORD)), "code_wrong");
        }
        sandbox.advance("60s");
        done(recover_ana(&sandbox, "email"));
        let code = sandbox.code(ANA);
        for _ in 0..4 {
            assert_eq!(reason(&confirm(&wrong(&code), PASSWORD)), "code_wrong");
        }
        password = if password == PASSWORD { OTHER_PASSWORD } else { PASSWORD };
        done(confirm(&code, password));
    }
}

#[test]
fn expired_superseded_and_used_codes_do_not_count() {
    let sandbox = requested(ANA, "email");
    let superseded = sandbox.code(ANA);
    sandbox.advance("60s");
    done(register(&sandbox, "sms"));
    let expired = sandbox.code(ANA);
    sandbox.advance("10m");
    for _ in 0..6 {
        assert_eq!(reason(&sandbox.try_activate(ANA, &superseded)), "code_superseded");
        assert_eq!(reason(&sandbox.try_activate(ANA, &expired)), "code_expired");
    }
    done(register(&sandbox, "sms"));
    let used = sandbox.code(ANA);
    done(sandbox.try_activate(ANA, &used));
    for _ in 0..12 {
        assert_eq!(reason(&sandbox.try_activate(ANA, &used)), "code_used");
    }
}

#[test]
fn each_purpose_has_its_own_counter() {
    let sandbox = Sandbox::new().logged_in();
    done(recover_ana(&sandbox, "email"));
    guess(&sandbox, ANA, 5);
    assert_eq!(reason(&sandbox.try_activate(ANA, "123456")), "code_blocked");
    let confirm = format!("recover confirm {ANA} --code {} --password-stdin", sandbox.code(ANA));
    sandbox.feed(&confirm, OTHER_PASSWORD).ok();
}

#[test]
fn codes_of_an_unknown_niss_are_counted() {
    let sandbox = Sandbox::new();
    for _ in 0..5 {
        assert_eq!(reason(&sandbox.try_activate(NOBODY, "123456")), "code_wrong");
    }
    assert_eq!(reason(&sandbox.try_activate(NOBODY, "123456")), "code_blocked");
}

// Requesting another code.

#[test]
fn new_code_needs_sixty_seconds_across_channels() {
    let sandbox = requested(ANA, "sms");
    sandbox.at("09:00:59");
    for line in [person(ANA).portal(), format!("{} {}", person(ANA).classic(), person(ANA).contacts())] {
        for channel in ["sms", "email"] {
            let early = sandbox.json(&format!("{line} --channel {channel}"));
            assert_eq!((reason(&early).as_str(), &early["retry_at"]), ("too_soon", &"2026-01-05T09:01:00Z".into()));
        }
    }
    sandbox.at("09:01:00");
    done(register(&sandbox, "email"));
}

#[test]
fn five_codes_per_sliding_24_hours() {
    let sandbox = Sandbox::new();
    for (minute, channel) in ["sms", "email", "sms", "email", "sms"].into_iter().enumerate() {
        sandbox.at(&format!("09:0{minute}:00"));
        done(register(&sandbox, channel));
    }
    for (time, retry_at) in
        [("2026-01-05T09:05:00Z", "2026-01-06T09:00:00Z"), ("2026-01-06T08:59:59Z", "2026-01-06T09:00:00Z")]
    {
        sandbox.at(time);
        let refused = register(&sandbox, "email");
        assert_eq!((reason(&refused).as_str(), &refused["retry_at"]), ("too_many_codes", &retry_at.into()));
    }
    sandbox.at("2026-01-06T09:00:00Z");
    done(register(&sandbox, "email"));
    sandbox.at("2026-01-06T09:01:00Z");
    done(register(&sandbox, "email"));
    sandbox.at("2026-01-06T09:02:00Z");
    done(register(&sandbox, "email"));
    assert_eq!(reason(&register(&sandbox, "email")), "too_soon");
}

#[test]
fn new_letter_needs_the_end_of_its_expected_day_in_lisbon() {
    for (from, expected, last, first) in [
        ("2026-01-05T09:00:00Z", "2026-01-15", "2026-01-15T23:59:59Z", "2026-01-16T00:00:00Z"),
        // In summer, the day in Lisbon ends an hour before the UTC day.
        ("2026-06-30T23:30:00Z", "2026-07-13", "2026-07-13T22:59:59Z", "2026-07-13T23:00:00Z"),
    ] {
        let sandbox = Sandbox::new();
        sandbox.at(from);
        let line = format!("{} --channel letter", person(ANTONIO).portal());
        assert_eq!(done(sandbox.json(&line))["letter_expected_on"], expected);
        sandbox.at(last);
        let early = sandbox.json(&line);
        assert_eq!((reason(&early).as_str(), &early["retry_at"]), ("too_soon", &first.into()));
        sandbox.at(first);
        done(sandbox.json(&line));
    }
}

#[test]
fn letter_is_refused_after_four_codes_in_thirty_days() {
    let sandbox = Sandbox::new();
    for minute in 0..4 {
        sandbox.at(&format!("09:0{minute}:00"));
        done(register(&sandbox, "email"));
    }
    let by_letter = format!("{} --email other@correio.example --channel letter", person(ANA).classic());
    for time in ["2026-01-05T09:04:00Z", "2026-02-04T08:59:59Z"] {
        sandbox.at(time);
        let refused = sandbox.json(&by_letter);
        assert_eq!(
            (reason(&refused).as_str(), &refused["retry_at"]),
            ("too_many_codes", &"2026-02-04T09:00:00Z".into())
        );
    }
    sandbox.at("2026-02-04T09:00:00Z");
    done(sandbox.json(&by_letter));
}

// Identity.

#[test]
fn five_mismatches_per_hour_block_the_identity_check() {
    let sandbox = Sandbox::new();
    for time in ["09:00:00", "09:15:00", "09:30:00", "09:45:00"] {
        sandbox.at(time);
        assert_eq!(mistake(&sandbox), "identity_mismatch");
    }
    let slid = sandbox.fork();
    slid.at("10:00:00");
    assert_eq!(mistake(&slid), "identity_mismatch");
    done(register(&slid, "sms"));

    sandbox.at("09:59:59");
    assert_eq!(mistake(&sandbox), "identity_mismatch");
    for time in ["09:59:59", "10:59:58"] {
        sandbox.at(time);
        let blocked = register(&sandbox, "sms");
        assert_eq!(
            (reason(&blocked).as_str(), &blocked["retry_at"]),
            ("identity_blocked", &"2026-01-05T10:59:59Z".into())
        );
        assert_eq!(mistake(&sandbox), "identity_blocked", "neither evaluated nor counted");
    }
    sandbox.at("10:59:59");
    done(register(&sandbox, "sms"));
}

#[test]
fn registration_and_recovery_share_the_identity_counter() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let recover = format!("{} {} --channel sms", person(ANA).recover(), person(ANA).contacts());
    for _ in 0..2 {
        assert_eq!(mistake(&sandbox), "identity_mismatch");
        assert_eq!(sandbox.refused(&recover.replace("1984-03-22", "1999-09-09")), "identity_mismatch");
    }
    assert_eq!(mistake(&sandbox), "identity_mismatch");
    assert_eq!(sandbox.refused(&recover), "identity_blocked");
    assert_eq!(reason(&register(&sandbox, "sms")), "identity_blocked");
    assert_eq!(sandbox.login(ANA, PASSWORD)["result"], "done", "the password still works");
}

// Logins.

#[test]
fn login_lockout_doubles_and_is_permanent_after_100() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    // The failure that reaches the limit is refused as failed; the lockout applies from the next.
    let minutes = [15, 30, 60, 120, 240, 480, 960].into_iter().chain(std::iter::repeat(1440));
    for (round, minutes) in minutes.take(19).enumerate() {
        fail_logins(&sandbox, 5);
        sandbox.advance(&format!("{}s", minutes * 60 - 1));
        let locked = sandbox.login(ANA, PASSWORD);
        assert_eq!(reason(&locked), "login_locked", "round {round}: not even the right one");
        sandbox.advance("1s");
        assert_eq!(sandbox.json("clock show")["now"], locked["retry_at"], "round {round}");
        done(sandbox.fork().login(ANA, PASSWORD));
    }
    assert_eq!(times_notified(&sandbox, ANA, "sms login_locked"), 19, "one notice per lockout");
    fail_logins(&sandbox, 5);
    sandbox.advance("3000d");
    let dead = sandbox.login(ANA, PASSWORD);
    assert_eq!((reason(&dead).as_str(), &dead["retry_at"]), ("login_locked", &Value::Null));

    // Operators can't lift a permanent block; the holder sets another password by recovery or after a reset.
    unlock(&sandbox, ANA);
    assert_eq!(reason(&sandbox.login(ANA, PASSWORD)), "login_locked");
    let reset = sandbox.fork();
    reset.ssd(&format!("account reset {ANA} --reason 'a test'")).ok();
    reset.activate_with(ANA, &reset.code(ANA)).ok();
    done(reset.login(ANA, PASSWORD));
    done(recover_ana(&sandbox, "sms"));
    sandbox.feed(&format!("recover confirm {ANA} --code {} --password-stdin", sandbox.code(ANA)), OTHER_PASSWORD).ok();
    done(sandbox.login(ANA, OTHER_PASSWORD));
}

#[test]
fn successful_login_resets_the_counter() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    for _ in 0..3 {
        fail_logins(&sandbox, 4);
        done(sandbox.login(ANA, PASSWORD));
    }
}

#[test]
fn logins_during_a_lockout_are_not_counted() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    fail_logins(&sandbox, 5);
    for _ in 0..7 {
        assert_eq!(sandbox.login(ANA, OTHER_PASSWORD)["retry_at"], "2026-01-05T09:15:00Z");
    }
    sandbox.at("09:15:00");
    fail_logins(&sandbox, 4);
    done(sandbox.login(ANA, PASSWORD));
}

#[test]
fn current_password_of_a_change_counts_as_a_login() {
    let sandbox = Sandbox::new().logged_in();
    let change = |current: &str| {
        sandbox.feed_json("password change --password-stdin", format!("{current}\nCaravela*8*Relva*Giz\n"))
    };
    for _ in 0..5 {
        assert_eq!(reason(&change(OTHER_PASSWORD)), "login_failed");
    }
    assert_eq!(reason(&change(PASSWORD)), "login_locked");
    assert_eq!(reason(&sandbox.login(ANA, PASSWORD)), "login_locked");
}

#[test]
fn recovery_and_operator_lift_the_lockout() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    fail_logins(&sandbox, 5);
    let unlocked = sandbox.fork();
    assert_eq!(unlock(&unlocked, ANA)["lifted"], serde_json::json!(["login"]));
    done(unlocked.login(ANA, PASSWORD));
    done(recover_ana(&sandbox, "sms"));
    sandbox.feed(&format!("recover confirm {ANA} --code {} --password-stdin", sandbox.code(ANA)), OTHER_PASSWORD).ok();
    done(sandbox.login(ANA, OTHER_PASSWORD));
}

#[test]
fn login_rehashes_the_password_after_a_policy_change() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let costs = || {
        let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
        let phc: String =
            connection.query_row("SELECT password FROM account", [], |row| row.get(0)).expect("a password");
        phc.split('$').nth(3).expect("costs").to_owned()
    };
    sandbox.policy("argon2.memory", "16");
    assert_eq!(costs(), "m=8,t=1,p=1");
    assert_eq!(reason(&sandbox.login(ANA, OTHER_PASSWORD)), "login_failed");
    assert_eq!(costs(), "m=8,t=1,p=1", "only the right password is hashed again");
    done(sandbox.login(ANA, PASSWORD));
    assert_eq!(costs(), "m=16,t=1,p=1");
    done(sandbox.login(ANA, PASSWORD));
}

// Sessions.

#[test]
fn session_ends_after_thirty_idle_minutes() {
    let sandbox = Sandbox::new().logged_in();
    for time in ["09:29:59", "09:59:58"] {
        sandbox.at(time);
        done(sandbox.json("alerts set none"));
    }
    sandbox.at("10:29:58");
    assert_eq!(sandbox.refused("alerts set none"), "login_required");
}

#[test]
fn session_ends_after_twelve_hours() {
    let mut sandbox = Sandbox::new();
    sandbox.policy("session.idle", "24h");
    sandbox.activate();
    sandbox.log_in(ANA, PASSWORD);
    sandbox.at("20:59:59");
    done(sandbox.json("alerts set none"));
    sandbox.at("21:00:00");
    assert_eq!(sandbox.refused("alerts set none"), "login_required");
}

#[test]
fn contacts_and_phone_code_need_a_fresh_login() {
    let sandbox = Sandbox::new().logged_in();
    let fresh = [
        "contacts show",
        "contacts update --telephone 218000008",
        "contacts confirm --channel email",
        "phone-code set",
        "phone-code change --generate",
        "contacts remove --mobile",
    ];
    sandbox.at("09:09:59");
    let before = sandbox.fork();
    for line in fresh {
        done(before.json(line));
    }
    sandbox.at("09:10:00");
    for line in fresh {
        assert_eq!(sandbox.refused(line), "login_required", "{line}");
    }
    done(sandbox.json("alerts set none"));
    sandbox.feed("password change --password-stdin", format!("{PASSWORD}\n{OTHER_PASSWORD}\n")).ok();
}

#[test]
fn sessions_stay_ended_after_the_account_is_restored() {
    let sandbox = Sandbox::new().logged_in();
    for (away, back) in [("suspend", "resume"), ("suspend", "reset"), ("close", "reset"), ("reset", "unlock")] {
        let fork = sandbox.fork();
        for what in [away, back] {
            fork.ssd(&format!("account {what} {ANA} --reason 'a test'")).ok();
        }
        if fork.state(ANA) == "requested" {
            fork.activate_with(ANA, &fork.code(ANA)).ok();
        }
        assert_eq!(fork.refused("alerts set none"), "login_required", "{away}, {back}");
        done(fork.login(ANA, PASSWORD));
    }
}

// The phone code.

#[test]
fn later_policy_neither_ends_nor_causes_a_disabled_password() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let fail = |sandbox: &Sandbox| {
        (0..5).for_each(|_| assert_eq!(word(&sandbox.login(ANA, OTHER_PASSWORD), "reason"), "login_failed"))
    };
    let disabled = sandbox.fork();
    disabled.policy("login.dead", "5");
    fail(&disabled);
    disabled.policy("login.dead", "100");
    assert_eq!(unlock(&disabled, ANA)["lifted"], serde_json::json!([]));
    assert!(disabled.login(ANA, PASSWORD)["retry_at"].is_null());
    fail(&sandbox);
    sandbox.policy("login.dead", "5");
    let locked = sandbox.login(ANA, PASSWORD);
    assert!(locked["retry_at"].is_string() && !word(&locked, "message").contains("no longer"), "{locked}");
    assert_eq!(unlock(&sandbox, ANA)["lifted"], serde_json::json!(["login"]));
}

#[test]
fn hundred_wrong_phone_codes_remove_the_code_in_spite_of_unlocks() {
    let mut sandbox = Sandbox::new().logged_in();
    let code = sandbox.ssd("phone-code set").ok();
    let verify = |niss: &str| format!("phone-code verify {niss} --code-stdin");
    for count in 1..=100 {
        for niss in [ANA, NOBODY] {
            assert_eq!(sandbox.feed_refused(&verify(niss), wrong(&code)), "phone_code_wrong", "{count}");
            if count % 3 == 0 {
                assert_eq!(sandbox.feed_refused(&verify(niss), wrong(&code)), "phone_code_blocked", "{count}");
                unlock(&sandbox, niss);
            }
        }
    }
    for niss in [ANA, NOBODY] {
        assert_eq!(unlock(&sandbox, niss)["lifted"], serde_json::json!([]));
        let reply = sandbox.feed_json(&verify(niss), &code);
        assert_eq!(word(&reply, "reason"), "phone_code_blocked");
        assert!(word(&reply, "hint").contains("ssd phone-code set"), "{reply}");
    }
    sandbox.log_in(ANA, PASSWORD);
    assert_eq!(sandbox.refused("phone-code change --generate"), "phone_code_missing");
    let other = sandbox.ssd("phone-code set").ok();
    done(sandbox.feed_json(&verify(ANA), other));
}

#[test]
fn suspended_holder_gets_no_notice_that_advises_what_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.open_account(ANA);
    sandbox.ssd(&format!("account suspend {ANA} --reason x")).ok();
    let before = sandbox.messages(ANA).len();
    for _ in 0..6 {
        sandbox.login(ANA, "Errada-1-Errada");
    }
    assert_eq!(reason(&sandbox.login(ANA, PASSWORD)), "login_locked");
    assert_eq!(sandbox.messages(ANA).len(), before);
}

#[test]
fn three_wrong_phone_codes_block_until_changed_or_unlocked() {
    let mut sandbox = Sandbox::new().logged_in();
    let code = sandbox.ssd("phone-code set").ok();
    let verify = format!("phone-code verify {ANA} --code-stdin");
    for _ in 0..3 {
        for _ in 0..2 {
            assert_eq!(sandbox.feed_refused(&verify, wrong(&code)), "phone_code_wrong");
        }
        done(sandbox.feed_json(&verify, &code));
    }
    for _ in 0..3 {
        assert_eq!(sandbox.feed_refused(&verify, wrong(&code)), "phone_code_wrong");
    }
    assert_eq!(times_notified(&sandbox, ANA, "email phone_code_blocked"), 1);
    sandbox.advance("3000d");
    assert_eq!(sandbox.feed_refused(&verify, &code), "phone_code_blocked");
    let unlocked = sandbox.fork();
    assert_eq!(unlock(&unlocked, ANA)["lifted"], serde_json::json!(["phone_code"]));
    done(unlocked.feed_json(&verify, &code));
    sandbox.log_in(ANA, PASSWORD);
    let changed = sandbox.ssd("phone-code change --generate").ok();
    done(sandbox.feed_json(&verify, changed));
}

// Operators.

#[test]
fn operator_lifts_all_blocks_at_once() {
    let sandbox = requested(ANA, "email");
    guess(&sandbox, ANA, 5);
    for _ in 0..5 {
        assert_eq!(mistake(&sandbox), "identity_mismatch");
        assert_eq!(reason(&sandbox.login(ANA, PASSWORD)), "login_failed");
        assert!(
            sandbox.feed_refused(&format!("phone-code verify {ANA} --code-stdin"), "730264").starts_with("phone_code_")
        );
    }
    let shown = sandbox.json(&format!("account show {ANA}"));
    let blocked: Vec<&str> =
        shown["blocks"].as_array().expect("blocks").iter().map(|block| word(block, "what")).collect();
    assert_eq!(blocked, ["identity", "login", "activation", "phone_code"]);
    assert_eq!(unlock(&sandbox, ANA)["lifted"], serde_json::json!(blocked));
    assert_eq!(sandbox.json(&format!("account show {ANA}"))["blocks"], serde_json::json!([]));
    done(sandbox.try_activate(ANA, &sandbox.code(ANA)));
    done(sandbox.login(ANA, PASSWORD));
    assert_eq!(mistake(&sandbox), "identity_mismatch");
}

#[test]
fn operator_lifts_blocks_of_an_unknown_niss() {
    let sandbox = Sandbox::new();
    for _ in 0..5 {
        assert_eq!(reason(&sandbox.login(NOBODY, PASSWORD)), "login_failed");
    }
    assert_eq!(reason(&sandbox.login(NOBODY, PASSWORD)), "login_locked");
    assert_eq!(unlock(&sandbox, NOBODY)["lifted"], serde_json::json!(["login"]));
    assert_eq!(reason(&sandbox.login(NOBODY, PASSWORD)), "login_failed");
}

/// Returns the counters in the store: NISS and scope.
fn counters(sandbox: &Sandbox) -> Vec<(String, String)> {
    let connection = rusqlite::Connection::open(sandbox.store()).expect("the store");
    let mut statement = connection.prepare("SELECT niss, what FROM guard ORDER BY niss, what").expect("a statement");
    let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?.to_string(), row.get(1)?))).expect("rows");
    rows.collect::<Result<_, _>>().expect("counters")
}

/// Fails the identity check in a holder's name.
fn fail_identity(sandbox: &Sandbox, niss: &str) -> String {
    sandbox.refused(&format!(
        "register {niss} --account-type citizen --birth-date 1900-01-01 --channel sms --accept-terms"
    ))
}

#[test]
fn identity_counters_are_deleted_when_they_change_no_answer() {
    let sandbox = Sandbox::new();
    let of = |who: &[(&str, &str)]| {
        let mut who: Vec<_> = who.iter().map(|(niss, what)| (niss.to_string(), what.to_string())).collect();
        who.sort();
        who
    };
    for niss in [ANA, NOBODY] {
        assert_eq!(fail_identity(&sandbox, niss), "identity_mismatch");
        assert_eq!(reason(&sandbox.login(niss, PASSWORD)), "login_failed");
    }
    let logins = [(ANA, "login"), (NOBODY, "login")];
    let with_identity = of(&[logins[0], logins[1], (ANA, "identity"), (NOBODY, "identity")]);
    assert_eq!(counters(&sandbox), with_identity);
    // The window ends at its second, for known and unknown NISS alike.
    let hash = sandbox.ssd("state-hash").ok();
    sandbox.advance("3599s");
    sandbox.refused("logout");
    assert_eq!(counters(&sandbox), with_identity);
    sandbox.advance("1s");
    assert_ne!(sandbox.ssd("state-hash").ok(), hash);
    let over = sandbox.ssd("state-hash").ok();
    sandbox.refused("logout");
    assert_eq!(counters(&sandbox), of(&logins));
    assert_eq!(sandbox.ssd("state-hash").ok(), over, "the deletion changes no visible state");
    // A lockout stays until its end.
    for niss in [ANA, NOBODY] {
        for _ in 0..5 {
            assert_eq!(fail_identity(&sandbox, niss), "identity_mismatch");
        }
        assert_eq!(fail_identity(&sandbox, niss), "identity_blocked");
    }
    sandbox.advance("3599s");
    assert_eq!(fail_identity(&sandbox, NOBODY), "identity_blocked");
    assert_eq!(counters(&sandbox), with_identity);
    sandbox.advance("1s");
    sandbox.file("in", "{\"op\":\"logout\",\"session\":\"x\"}\n");
    sandbox.ssd("batch in").fails(5);
    assert_eq!(counters(&sandbox), of(&logins), "a batch deletes them too");
    assert_eq!(fail_identity(&sandbox, NOBODY), "identity_mismatch");
    // Counts that are never forgotten stay, and the audit log has each guess.
    sandbox.advance("3000d");
    sandbox.refused("logout");
    assert_eq!(counters(&sandbox), of(&logins));
    assert_eq!(sandbox.audit(NOBODY).iter().filter(|entry| entry["reason"] == "identity_mismatch").count(), 7);
}

#[test]
fn identity_counters_do_not_grow_in_number_under_guessing() {
    let sandbox = Sandbox::new();
    sandbox.policy("identity.window", "1s");
    sandbox.policy("identity.block", "1s");
    for person in people().iter().filter(|person| person.is_citizen()).cycle().take(40) {
        fail_identity(&sandbox, &person.niss);
        sandbox.advance("1s");
    }
    assert!(counters(&sandbox).len() <= 1, "{:?}", counters(&sandbox));
}

#[test]
fn login_ends_the_session_of_the_same_holder_in_the_environment() {
    let sandbox = Sandbox::new();
    sandbox.open_account(ANA);
    sandbox.open_account(MARIA);
    let log_in = |niss: &str, password: &str, old: &str| {
        let mut command = sandbox.command(&format!("--json login {niss} --password-stdin"));
        command.env("SSD_SESSION", old);
        finish(command, Some(password.as_bytes())).json()
    };
    let token = |reply: Value| word(&done(reply), "session").to_owned();
    let is_open = |token: &str| sandbox.under(&[("SSD_SESSION", token)], "contacts show").code == 0;
    let first = token(log_in(ANA, PASSWORD, ""));
    let elsewhere = token(log_in(ANA, PASSWORD, ""));
    // A failed login and another holder's end nothing.
    assert_eq!(reason(&log_in(ANA, OTHER_PASSWORD, &first)), "login_failed");
    let maria = token(log_in(MARIA, PASSWORD, &first));
    assert!(is_open(&first));
    let second = token(log_in(ANA, PASSWORD, &first));
    assert_eq!([&first, &second, &elsewhere, &maria].map(|token| is_open(token)), [false, true, true, true]);
    token(log_in(ANA, PASSWORD, "no token"));
    // The second factor's first call opens no session.
    for more in [String::new(), format!(" --code {}", "CODE")] {
        let line = format!("contacts confirm --channel sms{}", more.replace("CODE", &sandbox.code(ANA)));
        sandbox.under(&[("SSD_SESSION", &second)], &line).ok();
    }
    sandbox.policy("login.second_factor", "on");
    done(log_in(ANA, PASSWORD, &second));
    assert!(is_open(&second));
    let code = sandbox.code(ANA);
    let mut command = sandbox.command(&format!("--json login {ANA} --password-stdin --code {code}"));
    command.env("SSD_SESSION", &second);
    let third = token(finish(command, Some(PASSWORD.as_bytes())).json());
    assert_eq!([&second, &third, &elsewhere].map(|token| is_open(token)), [false, true, true]);
    // In a file, and in an export of the account.
    sandbox.policy("login.second_factor", "off");
    let line = format!("{{\"op\":\"login\",\"niss\":\"{ANA}\",\"password\":\"{PASSWORD}\"");
    sandbox.file("in", format!("{line}}}\n{line},\"old_session\":\"@login\"}}\n"));
    let replies = lines(&sandbox.ssd("batch in").ok());
    assert_eq!([0, 1].map(|at| is_open(word(&replies[at], "session"))), [false, true]);
    let exported = sandbox.json(&format!("scenario export {ANA}"));
    assert_eq!((&exported["same_state"], &exported["otherwise"]), (&Value::Bool(true), &serde_json::json!([])));
    assert_eq!(word(&exported, "scenario").matches("old_session").count(), 3, "{exported}");
}
