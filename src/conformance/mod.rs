//! Conformance: checks each applicable requirement of NIST SP 800-63-4, OWASP ASVS 5.0 and OWASP cheat sheets.
//!
//! The checks run the real procedures in temporary sandboxes, at the boundaries of the requirements. The verdict
//! follows from the observed behaviour alone.
//!
//! - `requirements`: the requirements, each with identifier, catalogue key and check
//! - `runner`: runs the checks; `harness`: the sandbox of a check; `personas`: its people
//! - `check_reply`, `observation`: the outcome of a request, and the facts and verdict of a check
//! - `checks`: one file per topic; `tamper`: forgery and damage for the checks
//!
//! A check must be able to fail: `CheckRunner::settings` weakens the policy of every sandbox, and tests expect
//! failures.

mod check_reply;
pub mod checks;
mod harness;
mod observation;
mod personas;
mod requirements;
mod runner;
pub mod tamper;

pub use requirements::{REQUIREMENTS, Requirement, Standard};
pub use runner::CheckRunner;
