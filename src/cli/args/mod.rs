//! Command-line arguments: global options, secrets and clap's usage errors.

pub mod global_args;
pub mod input_args;
pub mod list_args;
pub mod secrets;
pub mod usage_errors;
mod written_values;
