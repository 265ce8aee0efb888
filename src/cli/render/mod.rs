//! Renderers: replies as text, JSON, CSV, tables and HTML; errors and refusals as text.

pub mod code_words;
pub mod csv_sheet;
pub mod detail;
pub mod errors;
pub mod escape;
pub mod fault_summary;
pub mod html;
pub mod input_options;
pub mod json;
#[cfg(test)]
mod language_tests;
pub mod report;
pub mod table;
pub mod table_columns;
pub mod text;
pub mod timeline;
pub mod wrap;
