//! The audit log, and the timelines and reports derived from it.

pub mod audit_log;
pub mod report;
pub mod timeline;
