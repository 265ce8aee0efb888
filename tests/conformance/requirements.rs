//! `ssd conform`: every requirement has a row, none fails, and each deviation has a reason.

use std::collections::BTreeSet;

use serde_json::Value;

use ssd::conformance::REQUIREMENTS;
use ssd::domain::vocabulary::Language;
use ssd::l10n::keys;

use crate::support::conformance::{complete_run, rows};
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
