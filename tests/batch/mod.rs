//! Files of requests: batches, imports, scenarios and recordings.

pub mod batch_files;
mod failed_lines;
pub mod imports;
mod once;
pub mod scenario_export;
pub mod scenario_recording;
pub mod scenarios;
pub mod stray_quotes;
