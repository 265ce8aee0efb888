//! `ssd conform`: every requirement has a row, none fails, each deviation has a reason, and checks fail under weak
//! policies.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde_json::Value;

use ssd::conformance::{CheckContext, CheckRunner, REQUIREMENTS, Requirement, Standard};
use ssd::domain::vocabulary::Language;
use ssd::error::Error;
use ssd::l10n::keys;
use ssd::reply::{ConformanceResult, Reply, ReplyBody, Verdict};

use crate::support::*;

/// The identifiers of the applicable requirements.
const IDENTIFIERS: [&str; 37] = [
    "63A 3.1",
    "63A 3.1.2.1",
    "63A 3.8",
    "63A 3.10",
    "63B 3.1.1.2",
    "63B 3.1.3",
    "63B 3.2.2",
    "63B 4.2.1.2",
    "63B 4.2.2-3",
    "63B 5",
    "ASVS 6.2.1",
    "ASVS 6.2.4",
    "ASVS 6.2.9",
    "ASVS 6.3.7",
    "ASVS 6.3.8",
    "ASVS 6.4.1",
    "ASVS 6.4.6",
    "ASVS 6.5.1",
    "ASVS 6.5.2",
    "ASVS 6.5.3",
    "ASVS 6.5.4",
    "ASVS 6.5.5",
    "ASVS 6.6.2",
    "ASVS 6.6.3",
    "ASVS 7.2.3",
    "ASVS 7.2.4",
    "ASVS 7.4.x",
    "ASVS 7.5.1",
    "ASVS 11.2.4",
    "ASVS 11.3.x",
    "ASVS 11.5.1",
    "ASVS 16.2",
    "ASVS 16.3",
    "ASVS 16.4",
    "ASVS 16.5",
    "cheat sheet password storage",
    "cheat sheet forgotten password",
];

/// Returns the rows and the JUnit report of a complete run.
fn complete_run() -> &'static (Vec<Value>, String) {
    static RUN: OnceLock<(Vec<Value>, String)> = OnceLock::new();
    RUN.get_or_init(|| {
        let nothing = Sandbox::nothing();
        let rows = lines(&nothing.ssd("--json conform --junit report.xml --quiet").ok());
        let files = || std::fs::read_dir(nothing.folder()).expect("a folder").count();
        assert_eq!(files(), 1, "it creates no files but the report");
        (rows, nothing.read("report.xml"))
    })
}

/// Returns the rows of a complete run.
pub fn rows() -> &'static [Value] {
    &complete_run().0
}

#[test]
fn every_applicable_requirement_has_a_row() {
    let there: BTreeSet<&str> = rows().iter().map(|row| word(row, "id")).collect();
    assert_eq!(there, BTreeSet::from(IDENTIFIERS));
    assert_eq!(rows().len(), REQUIREMENTS.len());
    let keys: BTreeSet<&str> = REQUIREMENTS.iter().map(|row| row.key).collect();
    assert_eq!(keys.len(), REQUIREMENTS.len(), "duplicate key");
}

#[test]
fn no_row_fails_and_every_deviation_has_a_reason() {
    for row in rows() {
        let verdict = word(row, "verdict");
        assert!(["pass", "deviation"].contains(&verdict), "{row}");
        assert_eq!(row.get("reason").is_some(), verdict == "deviation", "{row}");
        for key in ["requirement", "observed", "reason"] {
            let said = row.get(key).map_or("-", |_| word(row, key));
            assert!(!said.is_empty() && !said.starts_with("conform-"), "{row}");
        }
    }
}

#[test]
fn every_row_has_a_sentence_in_both_languages() {
    for language in [Language::En, Language::Pt] {
        let there: BTreeSet<&str> = keys(language).filter(|key| key.starts_with("conform-")).collect();
        for row in REQUIREMENTS {
            assert!(there.contains(format!("conform-{}", row.key).as_str()), "{} in {language}", row.key);
        }
        let known = |key: &&str| {
            let key = key.trim_start_matches("conform-").trim_end_matches("-reason");
            key == "not-run" || REQUIREMENTS.iter().any(|row| row.key == key)
        };
        assert_eq!(there.iter().find(|key| !known(key)), None, "a sentence without a row");
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
fn junit_report_has_a_suite_per_standard() {
    let nothing = Sandbox::nothing();
    let (rows, xml) = complete_run();
    let (nist, asvs): (Vec<&Value>, Vec<&Value>) = rows.iter().partition(|row| word(row, "id").starts_with("63"));
    for (name, rows) in [("nist", nist), ("asvs", asvs)] {
        let suite = format!("<testsuite name=\"{name}\" tests=\"{}\" failures=\"0\" errors=\"0\">", rows.len());
        assert!(xml.contains(&suite), "{xml}");
    }
    assert_eq!(xml.matches("<testcase ").count(), rows.len());
    assert!(xml.contains("<testcase name=\"ASVS 6.2.9: passwords of 64 characters are allowed\" classname=\"asvs\"/>"));
    assert!(xml.contains("<system-out>deviation: "), "{xml}");
    nothing.ssd("conform --junit -").fails(2);
    nothing.ssd("conform --junit no/such/folder.xml").fails(2);
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
