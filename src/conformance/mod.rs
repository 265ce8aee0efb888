//! Conformance checks: each requirement of NIST SP 800-63-4, OWASP ASVS 5.0 and the OWASP cheat sheets is tested at its boundary,
//! on the real flows in scratch sandboxes.
//!
//! - `requirements`: the list of requirements and their checks
//! - `runner`: runs checks and words their results
//! - `checks`: one file per topic
//! - `harness`: the sandbox of a check; `personas`: the records of its registry; `tamper`: damages a sandbox on purpose
//! - `check_reply`, `observation`: a reply, and the facts that a check has recorded
//!
//! Every check must be able to fail: [`CheckContext::settings`] weakens the policy of every sandbox, and tests expect failures.

mod check_reply;
pub mod checks;
mod harness;
mod observation;
mod personas;
mod requirements;
mod runner;
pub mod tamper;

pub use harness::CheckContext;
pub use requirements::{REQUIREMENTS, Requirement, Standard};
pub use runner::CheckRunner;
