//! `messages calendar`: the payments of the inbox as a calendar file, read by another implementation of RFC 5545.

use std::collections::BTreeSet;
use std::os::unix::fs::{PermissionsExt, symlink};

use icalendar::{Calendar, Component, DatePerhapsTime, Event};
use serde_json::{Value, json};

use crate::support::*;

/// A subject with every character that a calendar escapes, and long enough to be folded between bytes of a letter.
const AWKWARD: &str =
    r#"Prestação; compensação, ação \ coordenação: "Garantia" + ção ção ção ção ção ção ção ção ção ção 🏠"#;

fn payment(niss: &str, about: &str, amount: &str, paid_on: &str) -> Value {
    json!({"niss": niss, "kind": "payment", "about": about, "amount": amount, "paid_on": paid_on})
}

fn send(sandbox: &Sandbox, alerts: &[Value]) {
    let lines: String = alerts.iter().map(|line| format!("{line}\n")).collect();
    sandbox.feed("alerts send - -q", lines).ok();
}

/// Returns Ana's session, with two payments and a decision in her inbox.
fn ana() -> Sandbox {
    let sandbox = Sandbox::new().logged_in();
    send(
        &sandbox,
        &[
            payment(ANA, "Subsídio de desemprego", "1234,50", "2026-02-20"),
            json!({"niss": ANA, "kind": "decision", "about": "Abono de família", "decision": "granted"}),
            payment(ANA, AWKWARD, "540", "2026-03-23"),
        ],
    );
    sandbox
}

/// Exports the payments, and returns the file and its events as the other implementation reads them.
fn export(sandbox: &Sandbox, options: &str) -> (String, Vec<Event>) {
    sandbox.ssd(&format!("messages calendar --ics payments.ics {options}")).ok();
    let text = sandbox.read("payments.ics");
    let calendar: Calendar = text.parse().unwrap_or_else(|fault| panic!("{fault}: {text}"));
    let events = calendar.components.iter().filter_map(|component| component.as_event().cloned()).collect();
    (text, events)
}

fn uids(events: &[Event]) -> Vec<String> {
    events.iter().map(|event| event.get_uid().expect("a UID").to_owned()).collect()
}

#[test]
fn another_implementation_reads_the_payments() {
    let (text, events) = export(&ana(), "");
    let read = |event: &Event| {
        let Some(DatePerhapsTime::Date(day)) = event.get_start() else { panic!("no day: {event:?}") };
        (event.get_summary().expect("a summary").to_owned(), day.to_string())
    };
    let expected = [
        ("Social Security payment: Subsídio de desemprego, €1,234.50".to_owned(), "2026-02-20".to_owned()),
        (format!("Social Security payment: {AWKWARD}, €540.00"), "2026-03-23".to_owned()),
    ];
    assert_eq!(events.iter().map(read).collect::<Vec<_>>(), expected);
    for event in &events {
        assert_eq!(event.property_value("TRANSP"), Some("TRANSPARENT"));
        assert_eq!(event.property_value("DTSTAMP"), Some("20260105T090000Z"));
        assert_eq!((event.property_value("DTEND"), event.property_value("ATTENDEE")), (None, None));
    }
    let calendar: Calendar = text.parse().expect("a calendar");
    let property = |name: &str| calendar.property_value(name);
    assert_eq!((property("VERSION"), property("PRODID")), (Some("2.0"), Some("-//ssd//ssd//EN")));
    assert_eq!(property("METHOD"), None, "an import sends no invitations");
}

#[test]
fn lines_end_in_crlf_and_have_75_octets_at_most() {
    let (text, _) = export(&ana(), "");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    let lines: Vec<&str> = text.split_terminator("\r\n").collect();
    assert!(lines.iter().all(|line| line.len() <= 75 && !line.is_empty()), "{text}");
    assert!(lines.iter().any(|line| line.len() >= 74), "a control: a line is folded");
    assert_eq!((lines[0], *lines.last().expect("a line")), ("BEGIN:VCALENDAR", "END:VCALENDAR"));
}

#[test]
fn summary_is_in_the_language_of_the_command() {
    let (text, events) = export(&ana(), "--lang pt");
    let summary = events[0].get_summary().expect("a summary");
    assert!(summary.starts_with("Pagamento da Segurança Social: Subsídio de desemprego, 1"), "{summary}");
    assert!(text.contains("PRODID:-//ssd//ssd//PT\r\n"));
}

#[test]
fn payment_has_the_same_uid_at_each_export() {
    let sandbox = ana();
    let (text, first) = export(&sandbox, "");
    sandbox.advance("5m");
    sandbox.ssd("messages show 1").ok();
    assert_eq!(export(&sandbox, "").0, text, "time and reading change nothing");
    assert_eq!(uids(&export(&sandbox, "--lang pt").1), uids(&first));
    send(&sandbox, &[payment(ANA, "Subsídio de desemprego", "1234,50", "2026-02-20")]);
    let later = uids(&export(&sandbox, "").1);
    assert_eq!(later[..2], uids(&first));
    assert_eq!(later.iter().collect::<BTreeSet<_>>().len(), 3, "an equal payment is another event");
}

#[test]
fn uid_survives_a_new_key_file() {
    let mut real = Sandbox::real();
    real.ssd(&format!("{REGISTER_ANA} --channel sms")).ok();
    real.activate_with(ANA, &real.code(ANA)).ok();
    real.log_in(ANA, PASSWORD);
    send(&real, &[payment(ANA, "Abono de família", "50", "2026-02-20")]);
    let before = uids(&export(&real, "").1);
    real.ssd("store rekey").ok();
    assert_eq!(uids(&export(&real, "").1), before);
}

#[test]
fn uids_of_holders_and_stores_differ_and_name_nobody() {
    let mut sandbox = ana();
    let of_ana = export(&sandbox, "");
    sandbox.open_account(JOSE);
    send(&sandbox, &[payment(JOSE, "Subsídio de desemprego", "1234,50", "2026-02-20")]);
    sandbox.log_in(JOSE, PASSWORD);
    let of_jose = export(&sandbox, "");
    assert!(uids(&of_ana.1).iter().all(|uid| !uids(&of_jose.1).contains(uid)));
    for (text, niss) in [(&of_ana.0, ANA), (&of_jose.0, JOSE)] {
        let holder = person(niss);
        for value in [&holder.niss, &holder.name, &holder.nif, &holder.email] {
            assert!(!text.contains(value.as_str()), "{value}");
        }
    }
    for uid in uids(&of_ana.1) {
        let parts: Vec<usize> = uid.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12], "{uid}");
        assert!(uid.as_bytes()[14] == b'8' && b"89ab".contains(&uid.as_bytes()[19]), "{uid}");
    }
}

#[test]
fn export_marks_no_payment_as_read() {
    let sandbox = ana();
    export(&sandbox, "");
    let unread = sandbox.json("messages list --unread")["inbox"].as_array().map(Vec::len);
    assert_eq!(unread, Some(3));
    assert_eq!(word(sandbox.audit(ANA).iter().rev().nth(1).expect("an entry"), "action"), "messages_calendar");
}

#[test]
fn calendar_without_payments_is_not_written() {
    let sandbox = Sandbox::new().logged_in();
    let reply = done(sandbox.json("messages calendar --ics payments.ics"));
    assert_eq!((&reply["events"], reply.get("file")), (&json!([]), None));
    assert!(!sandbox.folder().join("payments.ics").exists());
    let said = sandbox.ssd("messages calendar --ics payments.ics").ok();
    assert_eq!(said, "There are no payments, so no calendar was written.");
}

#[test]
fn calendar_needs_a_session_and_a_file() {
    let mut sandbox = ana();
    export(&sandbox, "");
    let before = sandbox.read("payments.ics");
    sandbox.ssd("messages calendar").fails(2).says("--ics");
    sandbox.ssd("messages calendar --ics -").fails(2).says("a file of its own");
    *sandbox.session() = None;
    assert_eq!(sandbox.refused("messages calendar --ics payments.ics"), "login_required");
    assert_eq!(sandbox.refused("messages calendar --ics other.ics"), "login_required");
    assert_eq!(sandbox.read("payments.ics"), before);
    assert!(!sandbox.folder().join("other.ics").exists());
}

#[test]
fn calendar_file_is_private_and_replaces_no_store_link_or_folder() {
    let sandbox = ana();
    let reply = done(sandbox.json("messages calendar --ics payments.ics"));
    assert_eq!((word(&reply, "file"), reply["events"].as_array().map(Vec::len)), ("payments.ics", Some(2)));
    let mode = |name: &str| sandbox.folder().join(name).metadata().expect(name).permissions().mode() & 0o777;
    assert_eq!(mode("payments.ics"), 0o600);
    symlink("payments.ics", sandbox.folder().join("link.ics")).expect("a link");
    sandbox.ssd("messages calendar --ics link.ics").fails(2).says("symbolic link");
    sandbox.ssd("messages calendar --ics store.db").fails(2).says("belongs to the store");
    sandbox.ssd("messages calendar --ics .").fails(2).says("is not a regular file");
    sandbox.ssd("messages calendar --ics no/such/folder.ics").fails(2).says("no such file");
    sandbox.ssd("messages calendar --ics /dev/null").ok();
    let run = sandbox.process("messages calendar --ics /dev/stdout");
    assert!(run.out.starts_with("BEGIN:VCALENDAR\r\n") && run.code == 0, "{run:?}");
    let parts = std::fs::read_dir(sandbox.folder()).expect("a folder").flatten();
    assert!(parts.map(|entry| entry.file_name()).all(|name| !name.to_string_lossy().ends_with(".part")));
}

#[test]
fn batch_lines_and_scenarios_have_the_events() {
    let sandbox = Sandbox::new();
    sandbox.activate();
    let input: String = [
        json!({"op": "alerts_send", "niss": ANA, "kind": "payment", "about": "x", "amount": "540", "paid_on": "2026-02-20"}),
        json!({"op": "login", "niss": ANA, "password": PASSWORD}),
        json!({"op": "messages_calendar", "id": "mine", "niss": ANA, "session": "@login"}),
    ]
    .iter()
    .map(|line| format!("{line}\n"))
    .collect();
    let replies = lines(&sandbox.feed("batch -", input).ok());
    let event = &replies[2]["events"][0];
    assert_eq!((word(event, "paid_on"), word(event, "amount"), word(event, "about")), ("2026-02-20", "540.00", "x"));
    let scenario = sandbox.ssd(&format!("scenario export {ANA}")).ok();
    assert!(scenario.contains(r#""op":"messages_calendar""#), "{scenario}");
    sandbox.file("scenario.jsonl", scenario);
    sandbox.ssd("scenario run scenario.jsonl").ok();
}
