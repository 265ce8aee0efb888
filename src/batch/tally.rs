//! Counts of a batch's lines by operation and outcome.

use std::collections::BTreeMap;

use crate::reply::LineReply;

/// Counts by operation and outcome word: `done`, the reason of a refusal, or `malformed`.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Tally {
    counts: BTreeMap<(String, String), u64>,
    /// The number of lines.
    pub lines: u64,
    /// The number of lines that were not done.
    pub not_done: u64,
}

impl Tally {
    /// Counts a reply. An unreadable operation counts as `-`.
    pub fn count(&mut self, answer: &LineReply) {
        self.add(answer.op().map_or("-", |op| op.as_str()), answer.outcome_word());
    }

    /// Counts a reply by its operation and outcome word.
    pub fn add(&mut self, op: &str, verdict: &str) {
        self.lines += 1;
        self.not_done += u64::from(verdict != "done");
        // `get_mut` first: there are few distinct words, and only the first of each needs new strings.
        match self.counts.get_mut(&(op.to_owned(), verdict.to_owned())) {
            Some(count) => *count += 1,
            None => {
                self.counts.insert((op.to_owned(), verdict.to_owned()), 1);
            }
        }
    }

    /// Returns the number of lines with this outcome, over all operations.
    pub fn of(&self, verdict: &str) -> u64 {
        self.counts.iter().filter(|((_, ended), _)| ended == verdict).map(|(_, count)| count).sum()
    }

    /// Returns operation, outcome and count, sorted by the words.
    pub fn rows(&self) -> impl Iterator<Item = (&str, &str, u64)> {
        self.counts.iter().map(|((op, verdict), count)| (op.as_str(), verdict.as_str(), *count))
    }
}
