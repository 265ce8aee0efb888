//! Renderers: replies as text, JSON, CSV, tables and HTML; errors and refusals as text.

pub mod csv_sheet;
pub mod detail;
pub mod errors;
pub mod html;
pub mod json;
pub mod table;
pub mod table_columns;
pub mod text;
pub mod timeline;
