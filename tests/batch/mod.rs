//! Files of requests: batches, imports, scenarios and recordings.

pub mod batch_files;
pub mod imports;
pub mod scenario_export;
pub mod scenario_recording;
pub mod scenarios;
pub mod stray_quotes;
