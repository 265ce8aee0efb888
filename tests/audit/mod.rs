//! The audit log, and what is derived from it.

pub mod audit_log;
pub mod timeline;
