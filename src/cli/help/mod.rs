//! Help: pages about commands as text and as a manual, and the topics of `ssd help`.

pub mod command_help;
pub mod completions;
pub mod examples;
pub mod man;
pub mod markdown;
pub mod page;
pub mod show;
pub mod topics;
