//! Who runs the checks, and how.

use super::observation::{CheckError, Observation};
use super::requirements::{REQUIREMENTS, Requirement, Standard};
use crate::domain::vocabulary::Language;
use crate::error::Error;
use crate::l10n::localize;
use crate::reply::{ConformanceResult, Done, Reply, ReplyBody, Verdict};
use crate::request::Operation;

/// Runs the checks.
pub struct CheckRunner<'a> {
    /// In which language they are told.
    pub language: Language,
    /// What every sandbox has of other settings than the defaults, beside what a check sets itself. None: the service as it is.
    pub settings: &'a [(&'a str, &'a str)],
    /// What `--json` prints of a reply, its line end included: what can be told from outside is judged by it.
    pub shown: &'a dyn Fn(&Reply) -> Result<Vec<u8>, Error>,
    /// Whether somebody wants it to end.
    pub stopped: &'a dyn Fn() -> bool,
}

impl CheckRunner<'_> {
    /// Runs every check of a standard, and hands on what each comes to.
    ///
    /// # Errors
    /// Those of the sandboxes, [`Error::Interrupted`], and those of `each`.
    pub fn run(&self, standard: Standard, mut each: impl FnMut(Done) -> Result<(), Error>) -> Result<(), Error> {
        REQUIREMENTS
            .iter()
            .filter(|row| row.standard() == standard)
            .try_for_each(|row| each(self.check_requirement(row)?))
    }

    /// Runs one check.
    ///
    /// # Errors
    /// Those of the sandbox, and [`Error::Interrupted`].
    pub fn check_requirement(&self, row: &Requirement) -> Result<Done, Error> {
        let (observed, verdict) = match (row.check)(self) {
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
