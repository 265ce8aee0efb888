//! Runs the checks of the requirements and formats their results.

use super::harness::CheckContext;
use super::observation::{CheckError, Observation};
use super::requirements::{REQUIREMENTS, Requirement, Standard};
use crate::domain::vocabulary::Language;
use crate::error::Error;
use crate::l10n::localize;
use crate::reply::{ConformanceResult, Done, ReplyBody, Verdict};
use crate::request::Operation;

/// Runs checks.
pub struct CheckRunner<'a> {
    /// The language of the results.
    pub language: Language,
    /// The context of the checks.
    pub context: CheckContext<'a>,
}

impl CheckRunner<'_> {
    /// Runs every check of a group of standards and passes each result to `each`.
    ///
    /// # Errors
    /// The errors of the sandboxes and of `each`; [`Error::Interrupted`].
    pub fn run(&self, standard: Standard, mut each: impl FnMut(Done) -> Result<(), Error>) -> Result<(), Error> {
        REQUIREMENTS
            .iter()
            .filter(|row| row.standard() == standard)
            .try_for_each(|row| each(self.check_requirement(row)?))
    }

    /// Runs one check.
    ///
    /// # Errors
    /// The errors of the sandbox; [`Error::Interrupted`].
    pub fn check_requirement(&self, row: &Requirement) -> Result<Done, Error> {
        let (observed, verdict) = match (row.check)(&self.context) {
            Ok(findings) => Observation::finish(findings),
            Err(CheckError::Unexpected(what)) => (what, Verdict::Fail),
            Err(CheckError::Failed(error)) => return Err(error),
        };
        let rendered = |key: String| localize(self.language, &key, &vec![]);
        let reason = match verdict {
            Verdict::Pass | Verdict::Fail => None,
            Verdict::Deviation => Some(rendered(format!("conform-{}-reason", row.key))),
            Verdict::NotRun => Some(rendered("conform-not-run-reason".to_owned())),
        };
        let requirement = rendered(format!("conform-{}", row.key));
        let line = ConformanceResult { id: row.id, requirement, observed, verdict, reason };
        Ok(Done::new(Operation::Conform, ReplyBody::Conformance(line)))
    }
}
