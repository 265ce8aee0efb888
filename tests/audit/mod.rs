//! The audit log and the timeline derived from it.

pub mod audit_log;
pub mod timeline;
