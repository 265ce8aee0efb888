//! TODO

pub mod queries;
pub mod timeline;
