//! The observations of a check: language-independent facts (times, counts, words of the code) and their verdict.

use std::fmt::Display;

use crate::error::Error;
use crate::reply::Verdict;

/// The facts so far.
#[derive(Debug, Default)]
pub struct Observation {
    facts: Vec<String>,
    verdict: Option<Verdict>,
}

/// The reasons why a check ends early.
pub enum CheckError {
    /// A preparing step had another outcome than expected, so the requirement is not met.
    Unexpected(String),
    /// The sandbox failed, so there is no verdict.
    Failed(Error),
}

impl<E: Into<Error>> From<E> for CheckError {
    fn from(error: E) -> CheckError {
        CheckError::Failed(error.into())
    }
}

/// The result of a check.
pub type CheckResult = Result<Observation, CheckError>;

impl Observation {
    /// Records a fact and whether it is as required.
    pub fn record(&mut self, what: &str, actual: impl Display, is_right: bool) {
        let mark = if is_right { "" } else { " (!)" };
        self.facts.push(format!("{what}: {actual}{mark}"));
        if !is_right {
            self.verdict = Some(Verdict::Fail);
        }
    }

    /// Records a fact that must equal the wanted value.
    pub fn expect_eq(&mut self, what: &str, actual: impl Display, wanted: impl Display) {
        let (actual, wanted) = (actual.to_string(), wanted.to_string());
        let is_right = actual == wanted;
        let rendered = if is_right { actual } else { format!("{actual}, not {wanted}") };
        self.record(what, rendered, is_right);
    }

    /// Records a fact that does not affect the verdict.
    pub fn note(&mut self, what: &str, actual: impl Display) {
        self.facts.push(format!("{what}: {actual}"));
    }

    /// Records a known deviation from the requirement. An earlier failure stays.
    pub fn deviates(&mut self) {
        self.verdict.get_or_insert(Verdict::Deviation);
    }

    /// Returns the facts and the verdict.
    pub fn finish(self) -> (String, Verdict) {
        match (self.facts.is_empty(), self.verdict) {
            // A check without facts has not run.
            (true, _) => ("-".to_owned(), Verdict::NotRun),
            (false, verdict) => (self.facts.join("; "), verdict.unwrap_or(Verdict::Pass)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worst_observation_decides_the_verdict() {
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
