//! Counts of a batch's lines by operation and outcome.

use std::collections::BTreeMap;

use crate::reply::line_reply::LineReply;

/// Counts by operation and outcome word: `done`, `repeated`, the reason of a refusal, or `malformed`.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Tally {
    counts: BTreeMap<(String, String), u64>,
    /// Of malformed lines.
    faults: BTreeMap<FaultKind, FaultCount>,
    /// The number of lines.
    pub lines: u64,
    /// The number of lines that were not done.
    pub not_done: u64,
}

/// What is wrong with malformed lines.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FaultKind {
    /// The operation, or `-`.
    pub op: String,
    /// The field; `None` for the line itself.
    pub field: Option<String>,
    /// The word of the cause.
    pub reason: String,
}

/// How many lines have a fault, and the first of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultCount {
    /// The number of lines.
    pub count: u64,
    /// The number of the first line.
    pub line: u64,
}

/// The highest number of kinds of faults. A file can have any number of unknown fields; more kinds are counted without field.
const MAX_FAULTS: usize = 200;

impl Tally {
    /// Counts a reply. An unreadable operation counts as `-`.
    pub fn count(&mut self, answer: &LineReply) {
        let op = answer.op().map_or("-", |op| op.as_str());
        self.add(op, answer.outcome_word());
        if let Some((field, reason)) = answer.fault() {
            self.add_fault(op, field, &reason, answer.line);
        }
    }

    /// Counts the fault of a malformed line.
    pub fn add_fault(&mut self, op: &str, field: Option<&str>, reason: &str, line: u64) {
        let mut kind = FaultKind { op: op.to_owned(), field: field.map(str::to_owned), reason: reason.to_owned() };
        if self.faults.len() >= MAX_FAULTS && !self.faults.contains_key(&kind) {
            kind.field = None;
        }
        self.faults.entry(kind).or_insert(FaultCount { count: 0, line }).count += 1;
    }

    /// Returns the faults of malformed lines, the most frequent first.
    pub fn faults(&self) -> Vec<(&FaultKind, &FaultCount)> {
        let mut faults: Vec<_> = self.faults.iter().collect();
        faults.sort_by_key(|(_, found)| std::cmp::Reverse(found.count));
        faults
    }

    /// Counts a reply by its operation and outcome word.
    pub fn add(&mut self, op: &str, verdict: &str) {
        self.lines += 1;
        self.not_done += u64::from(!matches!(verdict, "done" | "repeated"));
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
