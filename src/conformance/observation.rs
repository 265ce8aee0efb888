//! What a check has seen: facts without a language (times, counts, words of the code), and whether they are what was required.

use std::fmt::Display;

use crate::error::Error;
use crate::reply::Verdict;

/// What was seen so far.
#[derive(Debug, Default)]
pub struct Observation {
    facts: Vec<String>,
    verdict: Option<Verdict>,
}

/// Why a check came to no end.
pub enum CheckError {
    /// A step that leads to what is checked came out differently: the requirement isn't met.
    Unexpected(String),
    /// The sandbox itself failed: nothing can be said.
    Failed(Error),
}

impl<E: Into<Error>> From<E> for CheckError {
    fn from(error: E) -> CheckError {
        CheckError::Failed(error.into())
    }
}

/// What a check comes to.
pub type CheckResult = Result<Observation, CheckError>;

impl Observation {
    /// A fact, and whether it is what is required.
    pub fn record(&mut self, what: &str, actual: impl Display, is_right: bool) {
        let mark = if is_right { "" } else { " (!)" };
        self.facts.push(format!("{what}: {actual}{mark}"));
        if !is_right {
            self.verdict = Some(Verdict::Fail);
        }
    }

    /// A fact that must be this one.
    pub fn expect_eq(&mut self, what: &str, actual: impl Display, wanted: impl Display) {
        let (actual, wanted) = (actual.to_string(), wanted.to_string());
        let is_right = actual == wanted;
        let rendered = if is_right { actual } else { format!("{actual}, not {wanted}") };
        self.record(what, rendered, is_right);
    }

    /// A fact that decides nothing by itself.
    pub fn note(&mut self, what: &str, actual: impl Display) {
        self.facts.push(format!("{what}: {actual}"));
    }

    /// A known way in which the requirement is not met; worse that was seen before stays worse.
    pub fn deviates(&mut self) {
        self.verdict.get_or_insert(Verdict::Deviation);
    }

    /// The facts, and the verdict over them.
    pub fn finish(self) -> (String, Verdict) {
        match (self.facts.is_empty(), self.verdict) {
            // Who has looked at nothing has shown nothing.
            (true, _) => ("-".to_owned(), Verdict::NotRun),
            (false, verdict) => (self.facts.join("; "), verdict.unwrap_or(Verdict::Pass)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_that_was_seen_decides() {
        let mut observation = Observation::default();
        observation.expect_eq("600s", "code_expired", "code_expired");
        observation.deviates();
        assert_eq!(observation.finish(), ("600s: code_expired".to_owned(), Verdict::Deviation));
        let mut observation = Observation::default();
        observation.expect_eq("600s", "done", "code_expired");
        observation.deviates();
        assert_eq!(observation.finish(), ("600s: done, not code_expired (!)".to_owned(), Verdict::Fail));
        assert_eq!(Observation::default().finish().1, Verdict::NotRun);
    }
}
