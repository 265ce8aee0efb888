//! Every message that there is, as it stands in the outbox: to whom, in which language, within the bounds of its channel.
//! An SMS is one message of 160 characters of GSM 03.38; a letter has its address block; none holds a link.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde_json::Value;
use ssd::domain::vocabulary::{Notice, Purpose};

use crate::support::*;

/// The basic character set of GSM 03.38: one septet each.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿\
    abcdefghijklmnopqrstuvwxyzäöñüà";
/// Its extension: an escape and a septet each.
const EXTENSION: &str = "\u{c}^{}\\[~]|€";

/// How long a text is as an SMS, and none if it has a character that GSM 03.38 lacks.
pub fn septets(text: &str) -> Option<usize> {
    text.chars()
        .map(|c| match c {
            c if BASIC.contains(c) => Some(1),
            c if EXTENSION.contains(c) => Some(2),
            _ => None,
        })
        .sum()
}

/// The messages of one holder's whole life.
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

    /// The words of the purposes and notices that are among the messages by this channel.
    fn kinds(&self, channel: &str) -> BTreeSet<String> {
        self.by(channel).map(|message| word(message, "purpose").to_owned()).collect()
    }
}

/// In each language one whom e-mail and SMS reach, and one whom only letters do.
fn account_cases() -> &'static [AccountCase] {
    static CASES: OnceLock<Vec<AccountCase>> = OnceLock::new();
    CASES.get_or_init(|| {
        [("en", false), ("en", true), ("pt", false), ("pt", true)]
            .map(|(language, by_letter)| lifetime(language, by_letter))
            .into()
    })
}

fn reached_by_letter(by_letter: bool) -> impl Iterator<Item = &'static AccountCase> {
    account_cases().iter().filter(move |lifetime| lifetime.by_letter == by_letter)
}

const NAME: &str = "Sofia Gonçalves Ávila";

/// Everything that can happen to an account, so that every message is sent that can be. Codes are of ten digits.
fn lifetime(language: &'static str, by_letter: bool) -> AccountCase {
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

    // Wrong codes until one is dead, and then until all are blocked; of a letter there is only the second.
    for channel in channels {
        sandbox.ssd(&format!("{portal} {channel}")).ok();
        while reason(&sandbox.tried(niss, &wrong(&sandbox.code(niss)))) == "code_wrong" {}
    }
    sandbox.advance("20d");
    sandbox.ssd(&format!("{portal} {}", channels[0])).ok();
    sandbox.activate_with(niss, &sandbox.code(niss)).ok();
    sandbox.log_in(niss, PASSWORD);
    sandbox.feed("password change --password-stdin", format!("{PASSWORD}\n{OTHER_PASSWORD}\n")).ok();
    let digits = sandbox.ssd("phone-code set").ok();
    sandbox.ssd("phone-code change --generate").ok();
    while sandbox.feed_refused(&format!("phone-code verify {niss} --code-stdin"), &digits) == "phone_code_wrong" {}
    if !by_letter {
        change_contacts_and_recover(&mut sandbox, niss);
    }
    // Logins that fail until they are locked, and then until the password is dead.
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

/// Messages of the systems around the account; those of Chave Móvel Digital are looked at in `cmd`, alerts in `inbox`.
const AROUND: [&str; 4] = ["login", "cmd", "cmd_blocked", "alert"];

/// Every word of the account's life but these.
fn all_but(but: &[&str]) -> BTreeSet<String> {
    let words = Purpose::NAMES.iter().chain(Notice::NAMES);
    words.filter(|word| !but.contains(word) && !AROUND.contains(word)).map(|word| (*word).to_owned()).collect()
}

/// No link, no placeholder, nothing that the catalogue forgot to fill in.
pub fn is_plain(message: &Value) {
    let text = format!("{}\n{}", message["subject"].as_str().unwrap_or_default(), word(message, "body")).to_lowercase();
    for forbidden in ["http", "www", "://", ".pt/", "{", "$", "\u{fffc}", "message-"] {
        assert!(!text.contains(forbidden), "{forbidden:?} in {message}");
    }
}

#[test]
fn an_sms_is_one_message_whatever_it_tells_and_has_no_link() {
    for lifetime in reached_by_letter(false) {
        assert_eq!(lifetime.kinds("sms"), all_but(&["contact_email"]), "every kind is met");
        for message in lifetime.by("sms") {
            is_plain(message);
            let length = septets(word(message, "body"));
            assert!(length.is_some_and(|length| length <= 160), "{length:?} septets: {message}");
            assert!(message["subject"].is_null());
            assert_eq!(message["language"], lifetime.language);
        }
    }
}

#[test]
fn an_e_mail_has_a_subject_a_greeting_by_name_and_no_link() {
    for lifetime in reached_by_letter(false) {
        assert_eq!(lifetime.kinds("email"), all_but(&["contact_mobile"]), "every kind is met");
        for message in lifetime.by("email") {
            is_plain(message);
            assert!(!word(message, "subject").is_empty());
            assert!(word(message, "body").lines().next().is_some_and(|line| line.contains(NAME)), "{message}");
            assert!(word(message, "body").contains(CUSTOMER_LINE[0]), "{message}");
        }
    }
}

#[test]
fn a_letter_begins_with_the_address_block_and_the_day_and_has_no_link() {
    let never = ["recovery", "recovered", "contact_email", "contact_mobile", "contact_changed", "contact_removed"];
    for lifetime in reached_by_letter(true) {
        assert_eq!(lifetime.kinds("letter"), all_but(&never), "every kind is met");
        assert_eq!(lifetime.messages.len(), lifetime.by("letter").count());
        let day = if lifetime.language == "pt" { "25 de janeiro de 2026" } else { "25 January 2026" };
        for message in &lifetime.messages {
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
fn a_code_stands_once_in_its_message_and_in_no_subject() {
    for lifetime in account_cases() {
        let code = &lifetime.newest_code;
        let parted = code.len() == 9 && code.as_bytes()[4] == b'-';
        assert!(
            if lifetime.by_letter { parted } else { code.len() == 10 },
            "letters in two groups of four, or digits: {code}"
        );
        let with_it: Vec<&Value> = lifetime.messages.iter().filter(|one| word(one, "body").contains(code)).collect();
        assert_eq!(with_it.len(), 1);
        assert_eq!(word(with_it[0], "body").matches(code).count(), 1);
        assert!(!with_it[0]["subject"].to_string().contains(code));
    }
}

#[test]
fn a_code_goes_to_its_destination_only_and_a_notice_to_every_registered_contact() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    assert_eq!(sandbox.message_log(ANA), ["sms activation", "email activated", "sms activated"]);
    let letters = Sandbox::new();
    letters.admit(ANTONIO);
    assert_eq!(letters.message_log(ANTONIO), ["letter activation", "letter activated"]);
}

#[test]
fn a_change_of_a_contact_is_told_to_the_old_one_alone() {
    let sandbox = Sandbox::new().inside();
    let before = sandbox.messages(ANA).len();
    sandbox.ssd("contacts update --email new@correio.example").ok();
    sandbox.ssd(&format!("contacts confirm --channel email --code {}", sandbox.code(ANA))).ok();
    sandbox.ssd("contacts remove --email").ok();
    let printed: Vec<(String, String)> = sandbox.messages(ANA)[before..]
        .iter()
        .map(|one| (word(one, "purpose").to_owned(), word(one, "to").to_owned()))
        .collect();
    let (old, new) = ("ana.ferreira@correio.example".to_owned(), "new@correio.example".to_owned());
    assert_eq!(
        printed,
        [("contact_email".into(), new.clone()), ("contact_changed".into(), old), ("contact_removed".into(), new)]
    );
}

#[test]
fn a_foreign_mobile_takes_the_place_of_a_portuguese_one() {
    let sandbox = Sandbox::new().inside();
    sandbox.ssd("contacts update --mobile '+44 7400 123456'").ok();
    assert_eq!(sandbox.messages(ANA).pop().expect("a message")["to"], "+447400123456");
    sandbox.ssd(&format!("contacts confirm --channel sms --code {}", sandbox.code(ANA))).ok();
    assert_eq!(sandbox.json(&format!("registry show {ANA}"))["mobile"], "+447400123456");
}

#[test]
fn alerts_end_with_the_contact_that_they_travel_to() {
    let sandbox = Sandbox::new().inside();
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
fn a_telephone_and_typed_contacts_that_differ_are_sent_nothing() {
    let sandbox = Sandbox::new();
    let line =
        format!("{} --email other@correio.example --mobile 912000001 --telephone 218000008", person(ANA).classic());
    sandbox.ssd(&format!("{line} --channel sms")).ok();
    sandbox.activate_with(ANA, &sandbox.code(ANA)).ok();
    assert_eq!(sandbox.message_log(ANA), ["sms activation", "email activated", "sms activated"]);
    assert!(sandbox.messages(ANA).iter().all(|one| one["to"] != "other@correio.example"));
}

#[test]
fn a_block_is_told_to_who_has_an_account_and_to_nobody_else() {
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
fn messages_speak_lisbon_time_and_json_utc() {
    let sandbox = Sandbox::new();
    sandbox.at("2026-07-01T23:30:00Z");
    assert_eq!(done(sandbox.json(&format!("{REGISTER_ANA} --channel sms")))["code_expires_at"], "2026-07-01T23:40:00Z");
    assert!(word(&sandbox.messages(ANA)[0], "body").contains("02/07/2026 00:40"));
    let printed = sandbox.ssd(&format!("{} --channel email", person(INES).portal())).ok();
    assert!(printed.contains("3 July 2026 at 00:30"), "{printed}");
    // A letter's day 0 is the Lisbon date: Thursday 2 July, so eight working days end on Tuesday 14.
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
                assert!(body.starts_with(greeting) || body.contains(&format!("\n\n{greeting}\n\n")), "{body}");
                sandbox.advance("30d");
            }
        }
    }
}
