//! Replies as text: sentences, details, tables, CSV, JSON and pages.

pub mod code_words;
pub mod csv_sheet;
pub mod detail;
pub mod errors;
pub mod html;
pub mod json;
#[cfg(test)]
mod language_tests;
pub mod table;
pub mod table_columns;
pub mod text;
pub mod timeline;
