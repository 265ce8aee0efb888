//! What a batch has come to: so many lines of each operation by how they ended.

use std::collections::BTreeMap;

use crate::reply::line_reply::LineReply;

/// Counts by operation and verdict: `done`, the reason of a refusal, `malformed`.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Tally {
    counts: BTreeMap<(String, String), u64>,
    /// Lines that were answered.
    pub lines: u64,
    /// Of them, those that were not done.
    pub not_done: u64,
}

impl Tally {
    /// Counts an answer; an operation that can't be read is counted as `-`.
    pub fn count(&mut self, answer: &LineReply) {
        self.add(answer.op().map_or("-", |op| op.as_str()), answer.outcome_word());
    }

    /// Counts an answer by its words.
    pub fn add(&mut self, op: &str, verdict: &str) {
        self.lines += 1;
        self.not_done += u64::from(verdict != "done");
        // The words are few: only the first of each is kept.
        match self.counts.get_mut(&(op.to_owned(), verdict.to_owned())) {
            Some(count) => *count += 1,
            None => {
                self.counts.insert((op.to_owned(), verdict.to_owned()), 1);
            }
        }
    }

    /// How many lines ended so, whatever they asked.
    pub fn of(&self, verdict: &str) -> u64 {
        self.counts.iter().filter(|((_, ended), _)| ended == verdict).map(|(_, count)| count).sum()
    }

    /// Operation, verdict, count: in the order of the words.
    pub fn rows(&self) -> impl Iterator<Item = (&str, &str, u64)> {
        self.counts.iter().map(|((op, verdict), count)| (op.as_str(), verdict.as_str(), *count))
    }
}
