//! All messages in the outbox: recipients, languages, and the limits of their channels.
//!
//! An SMS fits 160 characters of GSM 03.38, a letter begins with the address block, and no message has a link.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde_json::Value;
use ssd::domain::policy::{BoundsProfile, Setting};
use ssd::domain::vocabulary::{Language, Notice, Purpose};
use ssd::l10n::{DateStyle, MessageArg, MessageArgs, keys, try_localize};

use crate::support::*;

/// The basic character set of GSM 03.38, one septet each.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿\
    abcdefghijklmnopqrstuvwxyzäöñüà";
/// The extension: an escape and one septet each.
const EXTENSION: &str = "\u{c}^{}\\[~]|€";

/// Returns the septets of a text as an SMS, or `None` if GSM 03.38 lacks a character.
pub fn septets(text: &str) -> Option<usize> {
    text.chars()
        .map(|c| match c {
            c if BASIC.contains(c) => Some(1),
            c if EXTENSION.contains(c) => Some(2),
            _ => None,
        })
        .sum()
}

/// All messages of one account.
struct AccountCase {
    language: &'static str,
    by_letter: bool,
    newest_code: String,
    messages: Vec<Value>,
}

impl AccountCase {
    fn by(&self, channel: &str) -> impl Iterator<Item = &Value> {
        self.messages.iter().filter(move |message| message["channel"] == channel)
    }

    /// Returns the purposes and notices among the messages by this channel, without those that other tests cover.
    fn kinds(&self, channel: &str) -> BTreeSet<String> {
        let all = self.by(channel).map(|message| word(message, "purpose").to_owned());
        all.filter(|kind| !AROUND.contains(&kind.as_str())).collect()
    }
}

/// Returns one account with e-mail and SMS and one with letters only, in each language.
fn account_cases() -> &'static [AccountCase] {
    static CASES: OnceLock<Vec<AccountCase>> = OnceLock::new();
    CASES.get_or_init(|| {
        [("en", false), ("en", true), ("pt", false), ("pt", true)]
            .map(|(language, by_letter)| run_all_events(language, by_letter))
            .into()
    })
}

fn reached_by_letter(by_letter: bool) -> impl Iterator<Item = &'static AccountCase> {
    account_cases().iter().filter(move |case| case.by_letter == by_letter)
}

const NAME: &str = "Sofia Gonçalves Ávila";

/// Runs all events of an account, so that every message is sent. Codes have ten digits.
fn run_all_events(language: &'static str, by_letter: bool) -> AccountCase {
    let niss = NOBODY;
    let mut sandbox = Sandbox::empty();
    let contacts = if by_letter { "," } else { "old@correio.example,+351912000099" };
    sandbox.file(
        "registry.csv",
        format!(
            "niss,kind,name,birth_date,civil_id_kind,civil_id,nif,email,mobile,address,postal_code,locality,language\n\
             {niss},citizen,{NAME},1970-01-30,passport,AB12345,200000012,{contacts},Rua do Sol 1,1200-195,Lisboa,{language}\n"
        ),
    );
    sandbox.ssd("registry import registry.csv").ok();
    for (key, value) in [("code.digits", "10"), ("resend.wait", "0s"), ("resend.most", "1000")] {
        sandbox.policy(key, value);
    }
    let portal = format!("register {niss} --account-type citizen --birth-date 1970-01-30 --accept-terms --channel");
    let channels: &[&str] = if by_letter { &["letter"] } else { &["sms", "email"] };

    // Wrong codes until one code is blocked, and then until all are. Letters have only the second block.
    for channel in channels {
        sandbox.ssd(&format!("{portal} {channel}")).ok();
        while reason(&sandbox.try_activate(niss, &wrong(&sandbox.code(niss)))) == "code_wrong" {}
    }
    sandbox.advance("20d");
    sandbox.ssd(&format!("{portal} {}", channels[0])).ok();
    sandbox.activate_with(niss, &sandbox.code(niss)).ok();
    sandbox.log_in(niss, PASSWORD);
    // No contact is confirmed yet, so a second factor needs an enrolment.
    sandbox.policy("login.second_factor", "on");
    let who = "--name 'Sofia Goncalves Avila' --birth-date 1970-01-30 --civil-id AB12345 --nif 200000012";
    let enrol = format!("second-factor enrol {niss} --account-type citizen {who} --password-stdin");
    sandbox.feed(&enrol, PASSWORD).ok();
    sandbox.policy("login.second_factor", "off");
    sandbox.feed("password change --password-stdin", format!("{PASSWORD}\n{OTHER_PASSWORD}\n")).ok();
    let digits = sandbox.ssd("phone-code set").ok();
    sandbox.ssd("phone-code change --generate").ok();
    while sandbox.feed_refused(&format!("phone-code verify {niss} --code-stdin"), &digits) == "phone_code_wrong" {}
    if !by_letter {
        change_contacts_and_recover(&mut sandbox, niss);
    }
    // Failed logins until the lockout, and then until the password is disabled.
    while reason(&sandbox.login(niss, "Errada-2-Errada-2")) == "login_failed" {}
    sandbox.policy("login.dead", "6");
    sandbox.advance("1d");
    assert_eq!(reason(&sandbox.login(niss, "Errada-2-Errada-2")), "login_failed");
    for what in ["suspend", "resume", "reset", "close"] {
        sandbox.ssd(&format!("account {what} {niss} --reason 'a test'")).ok();
    }
    AccountCase { language, by_letter, newest_code: sandbox.code(niss), messages: sandbox.messages(niss) }
}

fn change_contacts_and_recover(sandbox: &mut Sandbox, niss: &str) {
    let contacts = "--email new@correio.example --mobile 936000006";
    let change = |sandbox: &Sandbox| {
        sandbox.ssd(&format!("contacts update {contacts}")).ok();
        for (channel, purpose) in [("email", "contact_email"), ("sms", "contact_mobile")] {
            let code = sandbox.ssd(&format!("outbox code {niss} --purpose {purpose}")).ok();
            sandbox.ssd(&format!("contacts confirm --channel {channel} --code {code}")).ok();
        }
    };
    change(sandbox);
    sandbox.ssd("contacts remove --email --mobile").ok();
    change(sandbox);
    for channel in ["email", "sms"] {
        let who = "--name 'Sofia Goncalves Avila' --birth-date 1970-01-30 --civil-id AB12345 --nif 200000012";
        sandbox.ssd(&format!("recover request {niss} {who} {contacts} --channel {channel}")).ok();
    }
    let confirm = format!("recover confirm {niss} --code {} --password-stdin", sandbox.code(niss));
    sandbox.feed(&confirm, PASSWORD).ok();
}

/// Messages that other tests cover: Chave Móvel Digital in `chave_movel`, alerts in `inbox`.
const AROUND: [&str; 4] = ["login", "cmd", "cmd_blocked", "alert"];

/// Returns all purposes and notices of an account except these.
fn all_but(but: &[&str]) -> BTreeSet<String> {
    let words = Purpose::NAMES.iter().chain(Notice::NAMES);
    words.filter(|word| !but.contains(word) && !AROUND.contains(word)).map(|word| (*word).to_owned()).collect()
}

/// Asserts that a message has no link and no unfilled placeholder.
pub fn is_plain(message: &Value) {
    let text = format!("{}\n{}", message["subject"].as_str().unwrap_or_default(), word(message, "body")).to_lowercase();
    for forbidden in ["http", "www", "://", ".pt/", "{", "$", "\u{fffc}", "message-"] {
        assert!(!text.contains(forbidden), "{forbidden:?} in {message}");
    }
}

#[test]
fn every_sms_fits_one_message_without_links() {
    for case in reached_by_letter(false) {
        assert_eq!(case.kinds("sms"), all_but(&["contact_email"]), "every kind is met");
        for message in case.by("sms") {
            is_plain(message);
            let length = septets(word(message, "body"));
            assert!(length.is_some_and(|length| length <= 160), "{length:?} septets: {message}");
            assert!(message["subject"].is_null());
            assert_eq!(message["language"], case.language);
        }
    }
}

/// The longest facts of a message: the most digits of any policy, a time in the hour that is repeated in October, and an
/// SMS that leaves Portugal.
fn longest_facts() -> MessageArgs {
    let digits = Setting::find("code.digits").expect("a setting").bounds(BoundsProfile::Sandbox).1;
    let time = || MessageArg::Time("2026-10-25T00:30:00Z".parse().expect("a time"));
    vec![
        ("code", "8".repeat(digits.parse().expect("a number")).into()),
        ("expires_at", time()),
        ("until", time()),
        ("abroad", "yes".into()),
        ("amount", MessageArg::Amount("999999.99".parse().expect("an amount"))),
        ("paid_on", MessageArg::Date("2026-10-25".parse().expect("a date"))),
        ("about", "".into()),
    ]
}

#[test]
fn every_sms_fits_one_message_under_every_policy() {
    let mut compared = 0;
    for language in [Language::En, Language::Pt] {
        for key in keys(language).filter(|key| key.starts_with("message-") && key.ends_with("-sms")) {
            for kind in ["email", "mobile", "granted", "refused"] {
                let mut facts = longest_facts();
                facts.extend([("kind", kind.into()), ("decision", kind.into())]);
                let text = try_localize(language, key, &facts, DateStyle::Digits).expect(key);
                let most = if key.starts_with("message-alert-") { 120 } else { 160 };
                let length = septets(&text);
                assert!(length.is_some_and(|length| length <= most), "{length:?} septets in {key}: {text}");
                compared += 1;
            }
        }
    }
    assert!(compared > 200, "{compared}");
}

#[test]
fn longest_codes_fit_one_sms_in_the_repeated_hour() {
    for niss in [ANA, INES] {
        let mut sandbox = Sandbox::new();
        sandbox.policy("code.digits", "10");
        sandbox.at("2026-10-25T00:20:00Z");
        sandbox.ssd(&format!("{} --channel sms", person(niss).portal())).ok();
        sandbox.activate_with(niss, &sandbox.code(niss)).ok();
        sandbox.ssd(&format!("{} {} --channel sms", person(niss).recover(), person(niss).contacts())).ok();
        sandbox.log_in(niss, PASSWORD);
        sandbox.ssd("contacts confirm --channel sms").ok();
        sandbox.ssd(&format!("contacts confirm --channel sms --code {}", sandbox.code(niss))).ok();
        sandbox.policy("login.second_factor", "sms");
        assert_eq!(done(sandbox.login(niss, PASSWORD))["sent"][0]["channel"], "sms");
        let sent: Vec<Value> = sandbox.messages(niss).into_iter().filter(|one| one["channel"] == "sms").collect();
        let with_code = ["activation", "recovery", "contact_mobile", "login"];
        assert!(with_code.iter().all(|purpose| sent.iter().any(|one| one["purpose"] == *purpose)), "{sent:?}");
        for message in &sent {
            let length = septets(word(message, "body"));
            assert!(length.is_some_and(|length| length <= 160), "{length:?} septets: {message}");
        }
    }
}

#[test]
fn every_email_has_subject_and_greeting_and_no_link() {
    for case in reached_by_letter(false) {
        assert_eq!(case.kinds("email"), all_but(&["contact_mobile"]), "every kind is met");
        for message in case.by("email") {
            is_plain(message);
            assert!(!word(message, "subject").is_empty());
            // Nobody has proved yet whose address a new contact is.
            let is_named = word(message, "purpose") != "contact_email";
            assert_eq!(word(message, "body").contains(NAME), is_named, "{message}");
            assert!(
                ["Dear ", "Exmo.(a) "].iter().any(|greeting| word(message, "body").starts_with(greeting)),
                "{message}"
            );
            assert!(word(message, "body").contains(CUSTOMER_LINE[0]), "{message}");
        }
    }
}

#[test]
fn every_letter_starts_with_address_and_date() {
    let never = ["recovery", "recovered", "contact_email", "contact_mobile", "contact_changed", "contact_removed"];
    for case in reached_by_letter(true) {
        assert_eq!(case.kinds("letter"), all_but(&never), "every kind is met");
        assert_eq!(case.messages.len(), case.by("letter").count());
        let day = if case.language == "pt" { "25 de janeiro de 2026" } else { "25 January 2026" };
        for message in &case.messages {
            is_plain(message);
            let block = format!("{NAME}\nRua do Sol 1\n1200-195 Lisboa");
            assert_eq!(message["to"], *block);
            let body = word(message, "body");
            assert!(body.starts_with(&format!("{block}\n\nLisboa, ")), "{message}");
            assert!(body.contains(word(message, "subject")));
            assert!(message["purpose"] != "activated" || body.contains(&format!("Lisboa, {day}\n")), "{message}");
        }
    }
}

#[test]
fn code_is_once_in_its_message_and_in_no_subject() {
    for case in account_cases() {
        let code = &case.newest_code;
        let parted = code.len() == 9 && code.as_bytes()[4] == b'-';
        assert!(
            if case.by_letter { parted } else { code.len() == 10 },
            "letters in two groups of four, or digits: {code}"
        );
        let with_it: Vec<&Value> = case.messages.iter().filter(|one| word(one, "body").contains(code)).collect();
        assert_eq!(with_it.len(), 1);
        assert_eq!(word(with_it[0], "body").matches(code).count(), 1);
        assert!(!with_it[0]["subject"].to_string().contains(code));
    }
}

#[test]
fn code_has_one_recipient_and_notices_go_to_all_contacts() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    assert_eq!(sandbox.message_log(ANA), ["sms activation", "email activated", "sms activated"]);
    let letters = Sandbox::new();
    letters.open_account(ANTONIO);
    assert_eq!(letters.message_log(ANTONIO), ["letter activation", "letter activated"]);
}

/// Returns purpose and recipient of the messages after the first `before`.
fn sent_since(sandbox: &Sandbox, before: usize) -> Vec<(String, String)> {
    let all = sandbox.messages(ANA);
    all[before..].iter().map(|one| (word(one, "purpose").to_owned(), word(one, "to").to_owned())).collect()
}

#[test]
fn every_contact_is_notified_when_one_is_added_replaced_or_removed() {
    let sandbox = Sandbox::new().logged_in();
    let (email, mobile) = ("ana.ferreira@correio.example", "+351912000001");
    let (new_email, new_mobile) = ("new@correio.example", "+351932000009");
    let change = |option: &str, channel: &str, expected: &[(&str, &str)]| {
        sandbox.advance("1m");
        let before = sandbox.messages(ANA).len();
        sandbox.ssd(&format!("contacts update {option}")).ok();
        let code = sandbox.code(ANA);
        assert_eq!(sent_since(&sandbox, before).len(), 1, "a proposal is sent its code only");
        sandbox.ssd(&format!("contacts confirm --channel {channel} --code {code}")).ok();
        let expected: Vec<_> = expected.iter().map(|(what, to)| (what.to_string(), to.to_string())).collect();
        assert_eq!(sent_since(&sandbox, before)[1..], expected, "{option}");
    };
    let remove = |option: &str, expected: &[(&str, &str)]| {
        let before = sandbox.messages(ANA).len();
        sandbox.ssd(&format!("contacts remove {option}")).ok();
        let expected: Vec<_> = expected.iter().map(|(what, to)| (what.to_string(), to.to_string())).collect();
        assert_eq!(sent_since(&sandbox, before), expected, "{option}");
    };
    // The proof of a contact that stays as it is changes nothing.
    let before = sandbox.messages(ANA).len();
    sandbox.ssd("contacts confirm --channel email").ok();
    sandbox.ssd(&format!("contacts confirm --channel email --code {}", sandbox.code(ANA))).ok();
    assert_eq!(sent_since(&sandbox, before).len(), 1);
    // The mobile is not confirmed before it is replaced.
    let notice = "contact_changed";
    change(&format!("--email {new_email}"), "email", &[(notice, new_email), (notice, mobile), (notice, email)]);
    change(&format!("--mobile {new_mobile}"), "sms", &[(notice, new_email), (notice, new_mobile), (notice, mobile)]);
    let gone = "contact_removed";
    remove("--mobile", &[(gone, new_email), (gone, new_mobile)]);
    change(&format!("--mobile {mobile}"), "sms", &[(notice, new_email), (notice, mobile)]);
    remove("--email --mobile", &[(gone, mobile), (gone, new_email), (gone, mobile)]);
    change(&format!("--email {email}"), "email", &[(notice, email)]);
    // A telephone receives no code.
    let before = sandbox.messages(ANA).len();
    sandbox.ssd("contacts update --telephone 213000003").ok();
    sandbox.ssd("contacts remove --telephone").ok();
    assert_eq!(sent_since(&sandbox, before), []);
    for message in sandbox.messages(ANA) {
        is_plain(&message);
        assert!(message["channel"] != "sms" || word(&message, "body").len() <= 160, "{message}");
    }
}

#[test]
fn messages_that_leave_portugal_give_the_line_with_the_country_code() {
    let international = |message: &Value| {
        let body = word(message, "body");
        assert!(body.contains("210 545 400"), "{message}");
        let is_national = body.replace("+351 210 545 400", "").contains("210 545 400");
        assert!(is_national != body.contains("+351"), "one form only: {message}");
        !is_national
    };
    let sandbox = Sandbox::new();
    // Luís has only an address abroad, Inês also a British mobile, Ana and António live in Portugal.
    for niss in [LUIS, INES, ANA, ANTONIO] {
        sandbox.open_account(niss);
        let messages = sandbox.messages(niss);
        assert!(messages.len() > 1);
        for message in messages {
            assert_eq!(international(&message), [LUIS, INES].contains(&niss), "{message}");
        }
    }
    // An SMS to a foreign mobile leaves Portugal, an e-mail to a holder with an address in Portugal does not.
    let sandbox = Sandbox::new().logged_in();
    sandbox.ssd("contacts update --mobile '+44 7400 123456'").ok();
    sandbox.ssd(&format!("contacts confirm --channel sms --code {}", sandbox.code(ANA))).ok();
    let notices = sandbox.messages(ANA).into_iter().filter(|message| message["purpose"] == "contact_changed");
    let sent: Vec<_> = notices.map(|one| (word(&one, "to").to_owned(), international(&one))).collect();
    let expected = [("ana.ferreira@correio.example", false), ("+447400123456", true), ("+351912000001", false)];
    assert_eq!(sent, expected.map(|(to, international)| (to.to_owned(), international)));
}

#[test]
fn delivery_time_of_a_letter_abroad_is_a_setting_of_its_own() {
    let sandbox = Sandbox::new();
    sandbox.ssd("policy set letter.abroad.days 3").ok();
    for (niss, day) in [(LUIS, "2026-01-08"), (ANTONIO, "2026-01-15")] {
        let letter = done(sandbox.json(&format!("{} --channel letter", person(niss).portal())));
        assert_eq!(letter["letter_expected_on"], day);
        // Another letter is refused until the day after that one.
        let again = sandbox.json(&format!("{} --channel letter", person(niss).portal()));
        assert_eq!((reason(&again), word(&again, "retry_at")), ("too_soon".to_owned(), next_day(day).as_str()));
    }
}

fn next_day(day: &str) -> String {
    let (month, number) = day.split_at(8);
    format!("{month}{:02}T00:00:00Z", number.parse::<u8>().expect("a day") + 1)
}

#[test]
fn foreign_mobile_replaces_a_portuguese_one() {
    let sandbox = Sandbox::new().logged_in();
    sandbox.ssd("contacts update --mobile '+44 7400 123456'").ok();
    assert_eq!(sandbox.messages(ANA).pop().expect("a message")["to"], "+447400123456");
    sandbox.ssd(&format!("contacts confirm --channel sms --code {}", sandbox.code(ANA))).ok();
    assert_eq!(sandbox.json(&format!("registry show {ANA}"))["mobile"], "+447400123456");
}

#[test]
fn alerts_end_when_their_contact_is_removed() {
    let sandbox = Sandbox::new().logged_in();
    for (alerts, other, own) in [("email", "--mobile", "--email"), ("sms", "--email", "--mobile")] {
        let fork = sandbox.fork();
        fork.ssd(&format!("alerts set {alerts}")).ok();
        fork.ssd(&format!("contacts remove {other}")).ok();
        assert_eq!(fork.json(&format!("account show {ANA}"))["alerts"], alerts);
        fork.ssd(&format!("contacts remove {own}")).ok();
        assert_eq!(fork.json(&format!("account show {ANA}"))["alerts"], "none");
    }
}

#[test]
fn telephone_and_unregistered_contacts_get_nothing() {
    let sandbox = Sandbox::new();
    let line =
        format!("{} --email other@correio.example --mobile 912000001 --telephone 218000008", person(ANA).classic());
    sandbox.ssd(&format!("{line} --channel sms")).ok();
    sandbox.activate_with(ANA, &sandbox.code(ANA)).ok();
    assert_eq!(sandbox.message_log(ANA), ["sms activation", "email activated", "sms activated"]);
    assert!(sandbox.messages(ANA).iter().all(|one| one["to"] != "other@correio.example"));
}

#[test]
fn lockout_notice_needs_an_account() {
    let sandbox = Sandbox::new();
    for niss in [JOSE, NOBODY] {
        for _ in 0..5 {
            assert_eq!(reason(&sandbox.login(niss, PASSWORD)), "login_failed");
        }
        assert_eq!(reason(&sandbox.login(niss, PASSWORD)), "login_locked");
        assert!(sandbox.messages(niss).is_empty());
    }
}

#[test]
fn messages_have_lisbon_time_and_json_has_utc() {
    let sandbox = Sandbox::new();
    sandbox.at("2026-07-01T23:30:00Z");
    assert_eq!(done(sandbox.json(&format!("{REGISTER_ANA} --channel sms")))["code_expires_at"], "2026-07-01T23:40:00Z");
    assert!(word(&sandbox.messages(ANA)[0], "body").contains("02/07/2026 00:40"));
    let printed = sandbox.ssd(&format!("{} --channel email", person(INES).portal())).ok();
    assert!(printed.contains("3 July 2026 at 00:30"), "{printed}");
    // Day 0 of a letter is the Lisbon date: from Thursday 2 July, eight working days end on Tuesday 14.
    let letter = done(sandbox.json(&format!("{} --channel letter", person(ANTONIO).portal())));
    assert_eq!(letter["letter_expected_on"], "2026-07-14");
    assert!(word(&sandbox.messages(ANTONIO)[0], "body").contains("Lisboa, 2 de julho de 2026"));
}

#[test]
fn companies_are_greeted_without_a_name_and_persons_by_name() {
    for (language, company, person) in [
        ("pt", "Exmos. Senhores,", "Exmo.(a) Senhor(a) Leonor Prata,"),
        ("en", "Dear Sir or Madam,", "Dear Leonor Prata,"),
    ] {
        let sandbox = Sandbox::empty();
        let record = |niss: &str, kind: &str, contacts: Value| {
            let mut row = serde_json::json!({
                "niss": niss, "kind": kind, "name": "Leonor Prata", "birth_date": "1984-03-22", "nif": "500000123",
                "responsible": "Rui Nunes Carvalhal", "language": language,
            });
            if kind != "citizen" {
                row.as_object_mut().expect("an object").remove("birth_date");
            }
            row.as_object_mut().expect("an object").extend(contacts.as_object().expect("an object").clone());
            assert_eq!(sandbox.feed_json("registry import -", row.to_string())["loaded"], 1, "{row}");
        };
        let email = serde_json::json!({ "email": "leonor@correio.example" });
        let letter = serde_json::json!({ "address": "Rua A 1", "postal_code": "1200-195", "locality": "Lisboa" });
        // An employer may be a natural person: then the NISS begins with 1.
        for (niss, kind, greeting) in [
            (PADARIA, "company", company),
            (METALURGICA, "employer", company),
            (FRANCISCO, "employer", person),
            (ANA, "citizen", person),
        ] {
            for (channel, contacts) in [("email", &email), ("letter", &letter)] {
                record(niss, kind, contacts.clone());
                let proof = match kind {
                    "citizen" => "--account-type citizen --birth-date 1984-03-22",
                    _ => "--account-type company --nif 500000123",
                };
                sandbox.ssd(&format!("register {niss} {proof} --channel {channel} --accept-terms")).ok();
                let message = sandbox.messages(niss).pop().expect("a message");
                let body = word(&message, "body");
                assert_eq!(word(&message, "channel"), channel);
                // An e-mail address can belong to several companies, so the first line says which one is meant.
                let is_company = greeting == company;
                let named = if is_company && channel == "email" {
                    format!("Leonor Prata\n{greeting}")
                } else {
                    greeting.to_owned()
                };
                assert!(body.starts_with(&named) || body.contains(&format!("\n\n{named}\n\n")), "{body}");
                sandbox.advance("30d");
            }
        }
    }
}
