//! Scenarios: files whose lines are the same requests as a batch's, in a fresh sandbox of their own. What a line is expected to
//! come back with stands on it; whatever else it comes back with is a difference, told by its path.
//!
//! - `read`: a file becomes steps, all of them before the first is taken
//! - `run`: the steps, one after the other, in a sandbox
//! - `compare`: what was expected and what came back
//! - `record`, `rows`, `placeholder`: the way back, from a session at the command line to a file
//! - `export`, `past`, `retell`, `told`, `anonymous`: and from an account's audit trail to a file

mod compare;
mod export;
mod parse;
pub mod recording;
mod registry_rows;
mod runner;

pub use export::export;
pub use parse::Scenario;
pub use runner::{Case, Runner, StepResult};
