//! The faults of an import on standard error: one line per fault, and a summary by column and reason.

use std::collections::BTreeMap;

use crate::cli::io::output::Output;
use crate::cli::render::escape::printable;
use crate::domain::vocabulary::Language;
use crate::import::{Fault, shortened};
use crate::l10n::{MessageArg, MessageArgs, validation_errors};

/// The longest value that is shown, in characters.
const LONGEST_VALUE: usize = 40;

/// The highest number of columns and reasons in a summary. The keys of JSON objects can be of any number.
const MOST_ROWS: usize = 50;

/// The number of faults by column and reason, each with the first one.
#[derive(Default)]
pub struct FaultSummary {
    rows: BTreeMap<(Option<String>, String), (u64, u64, Fault)>,
    others: u64,
    all: u64,
}

impl FaultSummary {
    /// Counts a fault of the row in a line.
    pub fn add(&mut self, line: u64, fault: &Fault) {
        self.all += 1;
        let key = (fault.column.clone(), fault.cause.to_string());
        let is_full = self.rows.len() >= MOST_ROWS;
        match self.rows.get_mut(&key) {
            Some((count, ..)) => *count += 1,
            None if is_full => self.others += 1,
            None => {
                self.rows.insert(key, (1, line, fault.clone()));
            }
        }
    }

    /// Prints the summary, the most frequent faults first, if there are faults.
    pub fn note(&self, output: &Output, language: Language) {
        if self.all == 0 {
            return;
        }
        output.note("note-faults", &vec![("count", MessageArg::Number(self.all.cast_signed()))]);
        let mut rows: Vec<_> = self.rows.iter().collect();
        rows.sort_by_key(|(_, (count, ..))| std::cmp::Reverse(*count));
        let shown = |column: &Option<String>| column.as_deref().map_or_else(|| "-".to_owned(), shown_column);
        let width = rows.iter().map(|((column, _), _)| shown(column).chars().count()).max().unwrap_or_default();
        for ((column, reason), (count, line, first)) in rows {
            let mut facts = fault_facts(language, *line, first);
            let column = shown(column);
            facts.retain(|(name, _)| *name != "column");
            facts.push(("column", MessageArg::from(format!("{column:<width$}"))));
            facts.push(("reason", MessageArg::from(format!("{reason:<14}"))));
            facts.push(("count", MessageArg::from(format!("{count:>7}"))));
            output.note("note-fault-row", &facts);
        }
        if self.others > 0 {
            output.note("note-faults-others", &vec![("count", MessageArg::Number(self.others.cast_signed()))]);
        }
    }
}

/// Returns the name of a column. The key of a JSON object can have any length.
fn shown_column(name: &str) -> String {
    printable(&shortened(name, LONGEST_VALUE))
}

/// Returns the facts of a fault for a sentence. The value is a part of the office's own file; it is escaped and shortened.
pub fn fault_facts(language: Language, line: u64, fault: &Fault) -> MessageArgs {
    let value = fault.value.as_deref().map(|value| printable(&shortened(value, LONGEST_VALUE)));
    vec![
        ("line", MessageArg::from(line.to_string())),
        ("column", MessageArg::from(fault.column.as_deref().map_or("none".to_owned(), shown_column))),
        ("cause", MessageArg::from(validation_errors::localize(language, &fault.cause))),
        ("has_value", MessageArg::from(if value.is_some() { "yes" } else { "no" })),
        ("value", MessageArg::from(value.unwrap_or_default())),
    ]
}
