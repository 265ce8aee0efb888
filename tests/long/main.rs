//! The tests that take long: commands that are killed, race, or run out of disk or memory, walks through every state and question, random
//! input, browsers, large files, and every example of the help. `.ci/run` runs them after the others.

mod browser;
mod catalogues;
mod conformance;
mod examples;
mod fuzz_corpora;
mod help_examples;
mod imports;
mod interactive;
mod kills;
mod lost_answers;
mod message_table;
mod new_stores;
mod print_runs;
mod processes;
mod resources;
mod scenario_export;
#[path = "../support/mod.rs"]
#[expect(dead_code, reason = "the other tests use the rest")]
mod support;
mod transcripts;
mod ways_out;

use support::{Person, data};

/// Returns how often a test repeats its subject: `few` times, or as often as `ROUNDS` says.
#[expect(clippy::disallowed_methods, reason = "the variable is for the tests, not for the program")]
fn rounds(few: u32) -> u32 {
    std::env::var("ROUNDS").map_or(few, |rounds| rounds.parse().expect("a number of rounds"))
}

/// Returns the active citizens of examples/data/registry.csv, in the order of the file.
fn active_citizens() -> impl Iterator<Item = Person> {
    let mut file = csv::Reader::from_path(data("registry.csv")).expect("the registry");
    let columns = file.headers().expect("a header").clone();
    let status = columns.iter().position(|column| column == "status").expect("a status");
    let rows = file.into_records().map(|row| row.expect("a record")).filter(move |row| &row[status] == "active");
    let people = rows.map(move |row| row.deserialize::<Person>(Some(&columns)).expect("a person"));
    people.filter(Person::is_citizen)
}
