//! `ssd conform` several times: under weaker and stricter policies, for one standard, and at a terminal.

use serde_json::Value;
use ssd::conformance::{CheckContext, CheckRunner, REQUIREMENTS, Requirement, Standard};
use ssd::domain::vocabulary::Language;
use ssd::error::Error;
use ssd::reply::{ConformanceResult, Reply, ReplyBody, Verdict};

use crate::support::conformance::rows;
use crate::support::terminal::{assert_fits, screen};
use crate::support::*;

/// Checks one requirement in sandboxes with other settings.
fn judged(row: &Requirement, settings: &[(&str, &str)]) -> ConformanceResult {
    let shown = |reply: &Reply| -> Result<Vec<u8>, Error> {
        Ok(match reply {
            Reply::Done(done) => serde_json::to_vec(done).expect("JSON"),
            Reply::Refused(refusal) => format!("{refusal:?}").into_bytes(),
        })
    };
    let context = CheckContext { settings, shown: &shown, stopped: &|| false };
    let runner = CheckRunner { language: Language::En, context };
    match runner.check_requirement(row).expect("a sandbox").body {
        ReplyBody::Conformance(line) => line,
        other => panic!("{other:?}"),
    }
}

fn row(key: &str) -> &'static Requirement {
    REQUIREMENTS.iter().find(|row| row.key == key).unwrap_or_else(|| panic!("no row {key}"))
}

#[test]
fn weaker_policy_fails_the_rows_about_it() {
    let weaker: [((&str, &str), &[&str]); 25] = [
        (
            ("code.attempts", "50"),
            &["attempts", "attempts-limited", "login-attempts", "oracle-activate", "oracle-recover-confirm"],
        ),
        (("code.failures", "1000"), &["new-code", "letter-failures"]),
        (
            ("code.sms.life", "1h"),
            &["ten-minutes", "recovery-sms", "confirmation-validity", "activation-code", "ten-minutes-for-all"],
        ),
        (("code.email.life", "48h"), &["recovery-email", "confirmation-validity", "ten-minutes-for-all"]),
        (("code.letter.life", "30d"), &["letter-validity", "ten-minutes-for-all"]),
        (("code.letter_abroad.life", "60d"), &["letter-abroad-validity"]),
        (("resend.wait", "0s"), &["resend"]),
        (("resend.most", "100"), &["resend"]),
        (("identity.failures", "1000"), &["identity", "oracle-register", "oracle-recover", "one-answer"]),
        (("login.failures", "1000"), &["oracle-login", "oracle-second-factor", "locked"]),
        (("login.dead", "1000"), &["hundred", "unlocked"]),
        (("phone_code.failures", "1000"), &["phone-code-failures", "oracle-phone-code", "oracle-phone-line"]),
        (("password.nist.least", "5"), &["least-nist", "least-second", "eight"]),
        (("login.code.life", "1h"), &["login-code-validity"]),
        (("phone_line.token.life", "2h"), &["call-ended"]),
        (("password.rcm41.least", "5"), &["least-default", "eight"]),
        (("password.nist.least", "64"), &["no-kinds"]),
        (("password.rcm41.least", "64"), &["kinds"]),
        (("password.score", "0"), &["common", "most-common"]),
        (("argon2.memory", "8"), &["cost", "memory-hard"]),
        (("argon2.passes", "1"), &["cost"]),
        (("session.idle", "2h"), &["session-idle"]),
        (("session.life", "48h"), &["session-duration"]),
        (("session.fresh", "2h"), &["fresh"]),
        (("session.fresh", "1s"), &["fresh"]),
    ];
    let mut blind = vec![];
    for (setting, keys) in weaker {
        for key in keys {
            let line = judged(row(key), &[setting]);
            if line.verdict != Verdict::Fail {
                blind.push(format!("{key} under {setting:?}: {} {}", line.verdict, line.observed));
            }
        }
    }
    assert!(blind.is_empty(), "{blind:#?}");
}

#[test]
fn observations_are_reproducible_and_have_no_secrets() {
    // The report can't be written: that is known after the last row.
    let again = Sandbox::nothing().ssd("conform --standard nist --format csv --junit /dev/full").fails(3);
    assert!(again.err.starts_with("error: "), "{again:?}");
    let mut reader = csv::Reader::from_reader(again.out.as_bytes());
    let columns: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    let records: Vec<csv::StringRecord> = reader.records().map(|record| record.expect("a row")).collect();
    let nist: Vec<&Value> = rows().iter().filter(|row| word(row, "id").starts_with("63")).collect();
    assert_eq!(records.len(), nist.len());
    for (record, row) in records.iter().zip(nist) {
        for (column, cell) in columns.iter().zip(record) {
            assert_eq!(cell, row.get(column).map_or("", |_| word(row, column)), "{column}: {row}");
        }
    }
    let all: String = rows().iter().map(ToString::to_string).collect();
    for secret in ["Violeta", "Moinho", "vX7#", "ana.ferreira@", "912000001"] {
        assert!(!all.contains(secret), "{secret}");
    }
}

#[test]
fn one_standard_can_be_selected_and_is_summarised() {
    let nothing = Sandbox::nothing();
    let table = nothing.ssd("conform --standard nist --junit nist.xml").ok();
    let xml = nothing.read("nist.xml");
    assert!(xml.contains("name=\"nist\"") && !xml.contains("name=\"asvs\""), "{xml}");
    let heads: Vec<&str> = table.lines().filter(|line| !line.starts_with(' ')).collect();
    let (summary, heads) = heads.split_last().expect("a summary");
    let nist: Vec<&Value> = rows().iter().filter(|row| word(row, "id").starts_with("63")).collect();
    assert_eq!(heads.len(), nist.len());
    for (head, row) in heads.iter().zip(&nist) {
        let expected = format!("{:<9}  {}: {}", word(row, "verdict"), word(row, "id"), word(row, "requirement"));
        assert_eq!(*head, expected);
    }
    let deviating = nist.iter().filter(|row| word(row, "verdict") == "deviation").count();
    let passed = nist.len() - deviating;
    let expected =
        format!("Requirements: {}. Pass: {passed}, deviation: {deviating}, not run: 0, fail: 0.", nist.len());
    assert_eq!(*summary, expected);
    nothing.ssd("conform --standard iso").fails(2).says("nist, asvs");
}

#[test]
fn result_of_conform_fits_a_terminal() {
    let sandbox = Sandbox::nothing();
    for (width, line) in [(80, "conform --standard asvs --junit report.xml"), (120, "conform --standard nist")] {
        let text = screen(width, sandbox.command(line)).out;
        assert!(text.contains("\u{1b}[32mpass\u{1b}[0m "), "{text}");
        let text = ["32", "33", "0"].iter().fold(text, |text, code| text.replace(&format!("\u{1b}[{code}m"), ""));
        assert_fits(line, width, &text, &[]);
    }
    let report = sandbox.read("report.xml");
    assert!(report.contains("name=\"asvs\"") && !report.contains("name=\"nist\""), "{report}");
}

#[test]
fn stricter_policy_ends_a_deviation() {
    for (key, setting) in [
        ("least-default", ("password.profile", "nist")),
        ("kinds", ("password.profile", "nist")),
        ("letter-failures", ("code.block", "30d")),
        ("by-email", ("login.second_factor", "sms")),
    ] {
        let line = judged(row(key), &[setting]);
        assert_eq!(line.verdict, Verdict::Pass, "{key}: {}", line.observed);
        assert_eq!(line.reason, None);
    }
    assert_eq!(row("datum").standard(), Standard::Nist);
}
