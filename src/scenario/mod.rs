//! Scenarios: files of requests that run in a new sandbox. Their lines are the requests of a batch. Each line can have
//! the expected reply. Every difference is reported with its path.
//!
//! - `parse`: reads a file into steps, all of them before the first runs
//! - `runner`: runs the steps in a sandbox
//! - `compare`: compares the expected and the actual reply
//! - `recording`: turns a session at the command line into a scenario
//! - `export`: turns the audit entries of an account into a scenario

#![deny(clippy::wildcard_enum_match_arm)]

mod compare;
mod export;
mod parse;
pub mod recording;
mod runner;

pub use export::export;
pub use parse::Scenario;
pub use runner::{Case, Runner, StepResult};
