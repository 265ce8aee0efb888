//! Output, exit codes, prompts, help, letters and transcripts, as people and scripts use them.

pub mod email_export;
pub mod guide_coverage;
pub mod help;
pub mod help_tables;
pub mod json_output;
pub mod json_schema;
pub mod letters;
mod lists;
pub mod manual;
pub mod outbox_wait;
mod output_files;
pub mod prompts;
mod several_holders;
pub mod tables_and_csv;
pub mod transcripts;
pub mod usage_errors;
