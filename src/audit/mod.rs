//! The audit log as operators use it: verification, anchors, export, the history of a holder, the timeline of an
//! account, and the report of a period. The entries themselves are written and read by `store::audit`.

#![deny(clippy::wildcard_enum_match_arm)]

pub mod inference;
pub mod queries;
pub mod replies;
pub mod report;
pub mod timeline;
