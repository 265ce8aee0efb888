//! Files of requests: batches, imports, scenarios and recordings.

pub mod batch_files;
mod failed_lines;
pub mod office_files;
mod once;
pub mod scenario_recording;
pub mod scenarios;
pub mod stray_quotes;
