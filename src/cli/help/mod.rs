//! TODO

pub mod completions;
pub mod examples;
pub mod man;
pub mod page;
pub mod topic;
