//! The table of every message by kind of holder and account state, in both languages: `tests/messages/en.md` and `pt.md`.
//!
//! One account of each kind of holder goes through every event that sends a message: once with e-mail and mobile, once with
//! an address only, and citizens once more with Chave Móvel Digital. `SNAPSHOTS=overwrite` writes the table again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::OnceLock;

use rusqlite::OptionalExtension;
use serde_json::{Value, json};
use snapbox::Data;
use ssd::domain::vocabulary::{Language, Notice, Purpose};
use ssd::l10n::{DateStyle, format_date};

use crate::support::snapshots::as_written;
use crate::support::*;

/// The kinds of holder, as columns, and the persona whose numbers each has.
const KINDS: [(&str, &str); 5] = [
    ("citizen", ANA),
    ("citizen abroad", INES),
    ("employer, natural person", FRANCISCO),
    ("employer, legal person", METALURGICA),
    ("company", PADARIA),
];
const LANGUAGES: [&str; 2] = ["en", "pt"];
const PIN: &str = "2718";
const WRONG_PASSWORD: &str = "Errada-2-Errada-2";

/// A message that an event has sent.
#[derive(Debug, Clone)]
struct Sent {
    kind: &'static str,
    event: &'static str,
    state: String,
    purpose: String,
    channel: String,
    subject: Option<String>,
    greeting: String,
    text: String,
    ending: String,
    by_cmd: bool,
}

/// Returns a sandbox with low limits, in which nobody has to wait for another code.
fn without_waiting() -> Sandbox {
    let sandbox = Sandbox::empty();
    for (key, value) in [
        ("resend.wait", "0s"),
        ("resend.most", "1000"),
        ("resend.letter.most", "1000"),
        ("login.failures", "2"),
        ("code.attempts", "2"),
        ("code.failures", "4"),
        ("phone_code.failures", "1"),
        ("cmd.pin.failures", "1"),
    ] {
        sandbox.policy(key, value);
    }
    sandbox
}

/// One account on its way through the events.
struct World {
    sandbox: Sandbox,
    /// Its own connection to the store. While it is open, no command has to empty the log of the store.
    connection: rusqlite::Connection,
    kind: &'static str,
    niss: &'static str,
    language: &'static str,
    has_contacts: bool,
    by_cmd: bool,
    event: &'static str,
    /// The state before the next event.
    state: String,
    /// The number of the newest message that was noted.
    newest: i64,
    sent: Vec<Sent>,
}

impl World {
    fn new((kind, niss): (&'static str, &'static str), language: &'static str, has_contacts: bool) -> World {
        static TEMPLATE: OnceLock<Template> = OnceLock::new();
        let sandbox = TEMPLATE.get_or_init(|| Template::of(&without_waiting())).restore();
        let world = World {
            connection: rusqlite::Connection::open(sandbox.store()).expect("a store"),
            sandbox,
            kind,
            niss,
            language,
            has_contacts,
            by_cmd: false,
            event: "",
            state: "no account".to_owned(),
            newest: 0,
            sent: vec![],
        };
        world.import("active");
        world
    }

    /// Imports the record with this status.
    fn import(&self, status: &str) {
        let person = person(self.niss);
        let is_abroad = self.kind == "citizen abroad";
        let address = match is_abroad {
            true => ["14 Harley Road", "NW3 3BN", "London", "GB"],
            false => ["Rua do Sol 1", "1200-195", "Lisboa", "PT"],
        };
        let mut row = json!({
            "niss": self.niss, "kind": person.kind, "status": status, "name": person.name, "nif": person.nif,
            "address": address[0], "postal_code": address[1], "locality": address[2], "country": address[3],
            "language": self.language,
        });
        let fields = row.as_object_mut().expect("an object");
        let mut add = |key: &str, value: &str| fields.insert(key.to_owned(), value.into());
        match person.is_citizen() {
            true => {
                add("birth_date", &person.birth_date);
                add("civil_id_kind", "cc");
                add("civil_id", &person.civil_id);
            }
            false => {
                add("responsible", &person.responsible);
            }
        }
        if self.has_contacts {
            add("email", "titular@correio.example");
            add("mobile", if is_abroad { "+447400123456" } else { "+351912000099" });
        }
        assert_eq!(self.sandbox.feed_json("registry import -", row.to_string())["loaded"], 1, "{row}");
    }

    fn state(&self) -> String {
        let sql = "SELECT state, password IS NULL FROM account";
        let account = self.connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).optional();
        let Some((state, has_none)): Option<(String, bool)> = account.expect("an account") else {
            return "no account".to_owned();
        };
        let is_open = ["active", "suspended"].contains(&state.as_str());
        format!("{state}{}", if is_open && has_none { ", no password" } else { "" })
    }

    /// Runs a command that is not refused, and notes the messages that it sent.
    fn run(&mut self, line: &str) {
        self.feed(line, "");
    }

    fn feed(&mut self, line: &str, input: &str) {
        let reply = self.tried(line, input);
        assert_eq!(reply["result"], "done", "{line}: {reply}");
    }

    /// Runs a command that may be refused, and notes the messages that it sent.
    fn tried(&mut self, line: &str, input: &str) -> Value {
        let reply = self.sandbox.feed_json(line, input);
        self.note();
        reply
    }

    /// Types wrong values until the reply is another one than `wrong`.
    fn tried_until_locked(&mut self, line: &str, input: &str, wrong: &str) {
        while reason(&self.sandbox.feed_json(line, input)) == wrong {}
        self.note();
    }

    /// Notes the messages since the last time. Whatever changes the state of an account sends one, except for a death.
    fn note(&mut self) {
        let newest = self.newest_message();
        for id in self.newest + 1..=newest {
            self.sent.push(self.parted(&self.sandbox.json(&format!("outbox show {id}"))));
        }
        if newest > self.newest {
            self.state = self.state();
        }
        self.newest = newest;
    }

    /// Returns the number of the newest message, or 0.
    fn newest_message(&self) -> i64 {
        let sql = "SELECT coalesce(max(id), 0) FROM message";
        self.connection.query_row(sql, [], |row| row.get(0)).expect("a number")
    }

    /// Parts a message into greeting, text and ending. The envelope of a letter is before its subject.
    fn parted(&self, message: &Value) -> Sent {
        let subject = message["subject"].as_str().map(str::to_owned);
        let mut body = word(message, "body").to_owned();
        if Purpose::NAMES.contains(&word(message, "purpose")) {
            let code = format!("outbox code {} --purpose {}", self.niss, word(message, "purpose"));
            body = body.replace(&self.sandbox.ssd(&code).ok(), "CODE");
        }
        let channel = word(message, "channel").to_owned();
        let (mut greeting, mut text, mut ending) = (String::new(), undated(self.language, &body), String::new());
        if let Some(subject) = &subject {
            let inner = match channel.as_str() {
                "letter" => body.split_once(&format!("\n{subject}\n\n")).expect("a subject").1,
                _ => &body,
            };
            let (first, rest) = inner.split_once("\n\n").expect("a greeting");
            let close = ["\n\nCom os melhores cumprimentos", "\n\nKind regards"];
            let at = close.iter().find_map(|close| rest.find(close)).expect("an ending");
            greeting = first.replace(&person(self.niss).name, "NAME");
            text = undated(self.language, &rest[..at]);
            ending = rest[at..].trim().to_owned();
        }
        Sent {
            kind: self.kind,
            event: self.event,
            state: self.state.clone(),
            purpose: word(message, "purpose").to_owned(),
            channel,
            subject,
            greeting,
            text,
            ending,
            by_cmd: self.by_cmd,
        }
    }

    fn register(&mut self) {
        for channel in if self.has_contacts { &["email", "sms"][..] } else { &["letter"] } {
            self.run(&format!("{} --channel {channel}", person(self.niss).portal()));
        }
    }

    fn activate(&mut self) {
        let line = format!("activate {} --code {} --password-stdin", self.niss, self.sandbox.code(self.niss));
        self.feed(&line, PASSWORD);
    }

    fn log_in(&mut self) {
        let reply = done(self.sandbox.login(self.niss, PASSWORD));
        *self.sandbox.session() = Some(word(&reply, "session").to_owned());
    }

    fn fail_logins(&mut self) {
        let login = format!("login {} --password-stdin", self.niss);
        self.event = "failed logins";
        self.tried_until_locked(&login, WRONG_PASSWORD, "login_failed");
        self.event = "failed logins until the password is disabled";
        self.sandbox.policy("login.dead", "3");
        self.sandbox.advance("1d");
        assert_eq!(reason(&self.tried(&login, WRONG_PASSWORD)), "login_failed");
        self.sandbox.policy("login.dead", "100");
    }

    /// Types wrong codes of one purpose until they are blocked. Codes by letter have no limit of their own.
    fn fail_codes(&mut self, event: &'static str, again: &str, line: &str, input: &str) {
        for _ in 0..if self.has_contacts { 2 } else { 1 } {
            self.feed(again, input);
            let event = std::mem::replace(&mut self.event, event);
            let wrong = wrong(&self.sandbox.code(self.niss));
            self.tried_until_locked(&line.replace("CODE", &wrong), input, "code_wrong");
            self.event = event;
        }
        self.sandbox.advance("2h");
    }

    fn operate(&mut self, event: &'static str, what: &str) {
        self.event = event;
        self.run(&format!("account {what} {} --reason test", self.niss));
    }

    /// Everything that happens to an account that a code has opened.
    fn go_with_password(mut self) -> Vec<Sent> {
        let niss = self.niss;
        self.event = "registration";
        self.register();
        let activate = format!("activate {niss} --code CODE --password-stdin");
        let channel = if self.has_contacts { "sms" } else { "letter" };
        let again = format!("{} --channel {channel}", person(niss).portal());
        self.sandbox.advance("20d");
        self.fail_codes("wrong activation codes", &again, &activate, PASSWORD);
        self.sandbox.advance("20d");
        self.register();
        self.event = "activation";
        self.activate();

        self.event = "enrolment in the second factor";
        self.sandbox.policy("login.second_factor", "on");
        let enrol = person(niss).recover().replacen("recover request", "second-factor enrol", 1) + " --password-stdin";
        for channel in if self.has_contacts { &["email", "sms"][..] } else { &["letter"] } {
            self.feed(&format!("{enrol} --channel {channel}"), PASSWORD);
        }
        let login = format!("login {niss} --code CODE --password-stdin");
        self.sandbox.advance("20d");
        self.fail_codes("wrong codes of a login", &format!("{enrol} --channel {channel}"), &login, PASSWORD);
        self.sandbox.policy("login.second_factor", "off");

        self.log_in();
        self.contacts();
        self.log_in();
        self.event = "change of the password";
        self.feed("password change --password-stdin", &format!("{PASSWORD}\n{OTHER_PASSWORD}\n"));
        self.feed("password change --password-stdin", &format!("{OTHER_PASSWORD}\n{PASSWORD}\n"));
        self.phone_code();
        if self.has_contacts && person(niss).is_citizen() {
            self.alerts();
        }
        self.fail_logins();
        if self.has_contacts {
            self.recover();
        } else {
            self.operate("reset by an operator", "reset");
            self.event = "activation";
            self.activate();
        }
        self.operate("suspension by an operator", "suspend");
        self.operate("end of a suspension", "resume");
        self.operate("suspension by an operator", "suspend");
        self.operate("reset by an operator", "reset");
        self.fail_logins();
        self.operate("reset by an operator", "reset");
        if self.has_contacts {
            // It activates the account too.
            self.recover();
        } else {
            self.event = "activation";
            self.activate();
        }
        self.end()
    }

    fn end(mut self) -> Vec<Sent> {
        self.operate("reset by an operator", "reset");
        self.event = "activation";
        self.activate();
        self.operate("closing by an operator", "close");
        self.operate("reset by an operator", "reset");
        self.event = "activation";
        self.activate();
        self.event = "the registry records the death or the end";
        let is_person = ["citizen", "citizen abroad", "employer, natural person"].contains(&self.kind);
        self.import(if is_person { "deceased" } else { "ceased" });
        assert_eq!(self.state(), "closed");
        self.note();
        self.sent
    }

    fn contacts(&mut self) {
        self.event = "a contact is proposed";
        let confirm = |world: &mut World, channel: &str, purpose: &str| {
            let code = world.sandbox.ssd(&format!("outbox code {} --purpose {purpose}", world.niss)).ok();
            world.run(&format!("contacts confirm --channel {channel} --code {code}"));
        };
        let propose = "contacts update --email new@correio.example --mobile 936000006";
        self.fail_codes(
            "wrong codes of a contact",
            "contacts update --email other@correio.example",
            "contacts confirm --channel email --code CODE",
            "",
        );
        self.log_in();
        if !self.has_contacts {
            return;
        }
        self.event = "a contact is proposed";
        self.run(propose);
        self.event = "a contact is replaced";
        confirm(self, "email", "contact_email");
        confirm(self, "sms", "contact_mobile");
        self.event = "the registered contacts are removed";
        self.run("contacts remove --email --mobile");
        self.event = "a contact is proposed";
        self.run(propose);
        self.event = "a contact is added";
        confirm(self, "email", "contact_email");
        confirm(self, "sms", "contact_mobile");
        self.event = "a contact is removed";
        self.run("contacts remove --mobile");
        self.event = "a contact is proposed";
        let mobile = if self.kind == "citizen abroad" { "+447400123456" } else { "+351912000099" };
        self.run(&format!("contacts update --mobile {mobile}"));
        self.event = "a contact is added";
        confirm(self, "sms", "contact_mobile");
        self.event = "login with the second factor";
        self.sandbox.policy("login.second_factor", "on");
        for channel in ["email", "sms"] {
            self.feed(&format!("login {} --password-stdin --channel {channel}", self.niss), PASSWORD);
        }
        self.sandbox.policy("login.second_factor", "off");
    }

    fn phone_code(&mut self) {
        self.event = "the security code is set";
        self.run("phone-code set");
        self.event = "the security code is changed";
        let digits = word(&done(self.sandbox.json("phone-code change --generate")), "phone_code").to_owned();
        self.note();
        self.event = "wrong security codes on the line";
        let verify = format!("phone-code verify {} --code-stdin", self.niss);
        self.tried_until_locked(&verify, &wrong(&digits), "phone_code_wrong");
        self.event = "the security code is removed";
        self.run("phone-code remove");
    }

    fn alerts(&mut self) {
        self.event = "alerts";
        let niss = self.niss;
        for channel in ["email", "sms"] {
            self.run(&format!("alerts set {channel}"));
            let about = "Subsídio de desemprego";
            let all = [
                json!({"niss": niss, "kind": "decision", "about": about, "decision": "granted"}),
                json!({"niss": niss, "kind": "decision", "about": about, "decision": "refused"}),
                json!({"niss": niss, "kind": "payment", "about": about, "amount": "540,00", "paid_on": "2026-07-20"}),
                json!({"niss": niss, "kind": "benefit", "about": "Abono de família"}),
                json!({"niss": niss, "kind": "benefit", "about": "Abono de família", "amount": "120,00"}),
            ];
            self.sandbox.feed("alerts send - -q", all.map(|one| format!("{one}\n")).concat()).ok();
            self.note();
        }
    }

    fn recover(&mut self) {
        self.event = "recovery";
        let email = if self.by_cmd { "titular@correio.example" } else { "new@correio.example" };
        let line = format!("{} --email {email} --channel email", person(self.niss).recover());
        let mobile = if self.kind == "citizen abroad" { "+447400123456" } else { "+351912000099" };
        self.run(&format!("{} --mobile {mobile} --channel sms", person(self.niss).recover()));
        let confirm = format!("recover confirm {} --code CODE --password-stdin", self.niss);
        for _ in 0..2 {
            self.run(&line);
            let wrong = wrong(&self.sandbox.code(self.niss));
            self.event = "wrong codes of a recovery";
            self.tried_until_locked(&confirm.replace("CODE", &wrong), PASSWORD, "code_wrong");
            self.event = "recovery";
        }
        self.sandbox.advance("2h");
        self.run(&line);
        self.feed(&confirm.replace("CODE", &self.sandbox.code(self.niss)), OTHER_PASSWORD);
    }

    /// Everything that differs in an account that Chave Móvel Digital has opened.
    fn go_with_cmd(mut self) -> Vec<Sent> {
        self.by_cmd = true;
        let niss = self.niss;
        self.sandbox.feed(&format!("cmd enrol {niss} --mobile +33612345678 --pin-stdin"), PIN).ok();
        let through = |world: &mut World, line: &str| {
            world.feed(line, PIN);
            let code = world.sandbox.code(niss);
            let reply = done(world.sandbox.feed_json(&format!("{line} --code {code} --consent"), PIN));
            world.note();
            reply
        };
        let login = format!("login {niss} --method cmd --pin-stdin");
        let log_in = |world: &mut World| {
            world.event = "login by Chave Móvel Digital";
            let reply = through(world, &login);
            *world.sandbox.session() = Some(word(&reply, "session").to_owned());
        };
        self.event = "registration by Chave Móvel Digital";
        through(&mut self, &format!("register {niss} --procedure cmd --accept-terms --pin-stdin"));
        log_in(&mut self);
        self.phone_code();
        self.fail_logins();
        if self.has_contacts {
            self.recover();
            self.operate("reset by an operator", "reset");
            self.event = "registration by Chave Móvel Digital";
            through(&mut self, &format!("register {niss} --procedure cmd --accept-terms --pin-stdin"));
            log_in(&mut self);
        }
        self.operate("suspension by an operator", "suspend");
        self.operate("end of a suspension", "resume");
        log_in(&mut self);
        self.event = "change of the password";
        self.feed("password change --password-stdin", PASSWORD);
        self.event = "wrong PINs of Chave Móvel Digital";
        self.tried_until_locked(&login, "31415926", "cmd_pin_wrong");
        self.operate("reset by an operator", "reset");
        self.event = "activation";
        self.activate();
        self.end()
    }
}

/// Returns every message of the table in a language.
fn all(language: &'static str) -> &'static [Sent] {
    static ALL: [OnceLock<Vec<Sent>>; 2] = [OnceLock::new(), OnceLock::new()];
    ALL[usize::from(language == "pt")].get_or_init(|| {
        std::thread::scope(|scope| {
            let mut running = vec![];
            for has_contacts in [true, false] {
                for kind in KINDS {
                    running.push(scope.spawn(move || World::new(kind, language, has_contacts).go_with_password()));
                }
                for kind in &KINDS[..2] {
                    running.push(scope.spawn(move || World::new(*kind, language, has_contacts).go_with_cmd()));
                }
            }
            running.into_iter().flat_map(|one| one.join().expect("an account")).collect()
        })
    })
}

/// Returns every date of 2026 in every style, a longer one before a shorter one that it ends with.
fn dates(language: Language) -> &'static [String] {
    static DATES: [OnceLock<Vec<String>>; 2] = [OnceLock::new(), OnceLock::new()];
    DATES[usize::from(language == Language::Pt)].get_or_init(|| {
        // "5 January 2026" is also the end of "15 January 2026".
        let days = (1..=31).rev().flat_map(|day| (1..=12).map(move |month| format!("2026-{month:02}-{day:02}")));
        let days: Vec<_> = days.filter_map(|day| day.parse().ok()).collect();
        let styles = [DateStyle::Words, DateStyle::Digits];
        days.into_iter().flat_map(|day| styles.map(|style| format_date(language, day, style))).collect()
    })
}

/// Replaces dates by DATE, times by HH:MM and the number of the line by LINE, so that equal sentences are equal.
fn undated(language: &str, text: &str) -> String {
    let dates = dates(language.parse().expect("a language"));
    let mut text: String = text
        .split_inclusive("2026")
        .map(|part| match dates.iter().find_map(|date| part.strip_suffix(date.as_str())) {
            Some(before) => format!("{before}DATE"),
            None => part.to_owned(),
        })
        .collect();
    let times: Vec<String> = text
        .match_indices(':')
        .filter_map(|(at, _)| text.get(at.checked_sub(2)?..at + 3))
        .filter(|time| time.chars().filter(char::is_ascii_digit).count() == 4)
        .map(str::to_owned)
        .collect();
    text = text.replace("+351 210 545 400", "LINE").replace("210 545 400", "LINE");
    times.iter().fold(text, |text, time| text.replace(time, "HH:MM"))
}

/// Returns the text of a message with its subject, if it has one.
fn content(one: &Sent) -> String {
    match &one.subject {
        Some(subject) => format!("**{subject}**\n\n{}", one.text),
        None => one.text.clone(),
    }
}

/// Returns the table of a language.
fn table(language: &'static str) -> String {
    // Purpose, channel and content.
    type Key = (String, String, String);
    let mut texts: Vec<(Key, Vec<&Sent>)> = vec![];
    for one in all(language) {
        let key = (one.purpose.clone(), one.channel.clone(), content(one));
        match texts.iter_mut().find(|(known, _)| *known == key) {
            Some((_, rows)) => rows.push(one),
            None => texts.push((key, vec![one])),
        }
    }
    let order = |purpose: &str| Purpose::NAMES.iter().chain(Notice::NAMES).position(|name| *name == purpose);
    texts.sort_by_key(|((purpose, channel, _), _)| (order(purpose), channel.clone()));
    let mut page = format!("# Messages to holders ({language})\n\n");
    page.push_str(
        "Written by `message_table`. Each row is a message. The cells have the states of the account, before\n\
         the event, in which a holder of this kind received it. CODE, NAME, DATE and HH:MM stand for\n\
         the values of a message, LINE for the number of the Social Security Line: with +351 if the message leaves Portugal.\n\n## Table\n\n",
    );
    let kinds = KINDS.map(|(kind, _)| kind);
    let _ = writeln!(page, "| | purpose | channel | event | {} |", kinds.join(" | "));
    let _ = writeln!(page, "|---|---|---|---|{}", "---|".repeat(kinds.len()));
    for (number, ((purpose, channel, _), rows)) in (1..).zip(&texts) {
        let events = rows.iter().fold(vec![], |mut events, one| {
            if !events.contains(&one.event) {
                events.push(one.event);
            }
            events
        });
        for event in events {
            let cells = kinds.map(|kind| {
                let here = rows.iter().filter(|one| one.kind == kind && one.event == event);
                let states: BTreeSet<&str> = here.map(|one| one.state.as_str()).collect();
                states.into_iter().collect::<Vec<_>>().join("; ")
            });
            let _ = writeln!(page, "| {number} | {purpose} | {channel} | {event} | {} |", cells.join(" | "));
        }
    }
    page.push_str("\n## Greetings and endings\n\n");
    for channel in ["email", "letter"] {
        let mut frames: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
        for one in all(language).iter().filter(|one| one.channel == channel) {
            frames.entry((&one.greeting, &one.ending)).or_default().insert(one.kind);
        }
        for ((greeting, ending), kinds) in frames {
            let kinds: Vec<&str> = kinds.into_iter().collect();
            let _ = writeln!(
                page,
                "{channel}, {}:\n\n{}\n",
                kinds.join("; "),
                quoted(&format!("{greeting}\n\n…\n\n{ending}"))
            );
        }
    }
    page.push_str("## Texts\n\n");
    for (number, ((purpose, channel, text), _)) in (1..).zip(&texts) {
        let _ = writeln!(page, "### {number}. {purpose}, {channel}\n\n{}\n", quoted(text));
    }
    page.trim_end().to_owned() + "\n"
}

fn quoted(text: &str) -> String {
    let lines = text.trim().lines().map(|line| if line.is_empty() { ">".to_owned() } else { format!("> {line}") });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn table_of_messages_is_as_recorded_in_both_languages() {
    for language in LANGUAGES {
        let recorded = Data::read_from(&project(&format!("tests/messages/{language}.md")), None);
        as_written().eq(table(language), recorded);
    }
}

#[test]
fn table_has_every_purpose_of_a_message() {
    for language in LANGUAGES {
        let met: BTreeSet<&str> = all(language).iter().map(|one| one.purpose.as_str()).collect();
        let every: BTreeSet<&str> = Purpose::NAMES.iter().chain(Notice::NAMES).copied().collect();
        assert_eq!(met, every);
    }
}

/// Returns the messages of a language that an event has sent.
fn of_event(language: &'static str, event: &'static str) -> impl Iterator<Item = &'static Sent> {
    all(language).iter().filter(move |one| one.event == event)
}

/// Returns whether a text has one of these pieces, in any case.
fn says(one: &Sent, pieces: &[&str]) -> bool {
    let text = content(one).to_lowercase();
    pieces.iter().any(|piece| text.contains(piece))
}

#[test]
fn code_after_a_reset_mentions_no_request_of_the_holder() {
    for language in LANGUAGES {
        let codes: Vec<_> =
            of_event(language, "reset by an operator").filter(|one| one.purpose == "activation").collect();
        for (kind, _) in KINDS {
            for state in ["requested", "active", "suspended", "closed"] {
                for channel in ["email", "letter"] {
                    let reached = |one: &&&Sent| one.kind == kind && one.state == state && one.channel == channel;
                    assert!(codes.iter().any(|one| reached(&one)), "{kind}, {state}, {channel}");
                }
            }
        }
        for one in codes {
            assert!(!says(one, &["request", "pedido", "pediu", "o pedi"]), "{one:?}");
            assert!(says(one, &["was reset", "foi reiniciada"]), "{one:?}");
        }
    }
}

#[test]
fn messages_to_accounts_without_a_password_mention_none() {
    let of_a_password = [
        "your password",
        "its password",
        "current password",
        "a sua palavra-passe",
        "palavra-passe foi definida",
        "perdi",
    ];
    for language in LANGUAGES {
        let without = all(language).iter().filter(|one| one.by_cmd && !one.state.contains("requested"));
        // A recovery, and the first password, are about the password that is set.
        let others =
            without.filter(|one| one.state != "active" && !["closed", "suspended"].contains(&one.state.as_str()));
        let others: Vec<_> =
            others.filter(|one| !["recovered", "password_changed"].contains(&one.purpose.as_str())).collect();
        for purpose in ["activated", "login_locked", "phone_code_blocked", "suspended", "resumed"] {
            assert!(others.iter().any(|one| one.purpose == purpose), "{purpose}");
        }
        for one in others {
            assert!(!says(one, &of_a_password), "{one:?}");
        }
        let locked = all(language).iter().filter(|one| one.purpose == "login_locked" && one.state == "requested");
        let locked: Vec<_> = locked.collect();
        assert_eq!(locked.iter().map(|one| one.kind).collect::<BTreeSet<_>>().len(), KINDS.len());
        for one in locked {
            assert!(says(one, &["has no password", "tem palavra-passe"]) && !says(one, &of_a_password), "{one:?}");
        }
    }
}

#[test]
fn deceased_holder_gets_no_notice_and_a_ceased_company_does() {
    for language in LANGUAGES {
        let notices = of_event(language, "the registry records the death or the end");
        let notices: BTreeSet<_> = notices.map(|one| (one.kind, one.channel.as_str(), one.purpose.as_str())).collect();
        let expected = ["employer, legal person", "company"]
            .into_iter()
            .flat_map(|kind| ["email", "sms", "letter"].map(|channel| (kind, channel, "closed")));
        assert_eq!(notices, expected.collect());
    }
}

#[test]
fn message_about_a_code_guessed_in_a_session_says_to_call() {
    for language in LANGUAGES {
        for (events, is_inside) in [
            (["wrong codes of a login", "wrong codes of a contact"], true),
            (["wrong activation codes", "wrong codes of a recovery"], false),
        ] {
            for event in events {
                let notices: Vec<_> = of_event(language, event).filter(|one| one.purpose == "code_blocked").collect();
                assert!(!notices.is_empty(), "{event}");
                for one in notices {
                    let calls = says(one, &["call", "ligue"]);
                    assert_eq!(calls, is_inside, "{one:?}");
                }
            }
        }
    }
}

#[test]
fn holder_without_contacts_is_not_sent_to_a_recovery() {
    for language in LANGUAGES {
        let letters = all(language).iter().filter(|one| one.channel == "letter" && one.purpose == "login_locked");
        let letters: Vec<_> = letters.collect();
        assert!(letters.len() >= 4 * KINDS.len());
        for one in letters {
            assert!(!says(one, &["i have lost", "perdi"]), "{one:?}");
        }
    }
}
