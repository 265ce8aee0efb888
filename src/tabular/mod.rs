//! Files as other programs write them: their type, their encoding and the names of their columns. Imports and batches
//! share this module.
//!
//! | module | contents |
//! |---|---|
//! | `file_kind` | recognises files that are not text by their first bytes |
//! | `encoding`, `text_input` | encodings, and an input that is decoded to UTF-8 |
//! | `header`, `header_name`, `synonyms` | the columns of a CSV by their names in the header |
//! | `json_array` | the elements of a JSON array, one after the other |
//! | `number_text` | numbers that a spreadsheet program has changed |

pub mod encoding;
pub mod file_kind;
pub mod header;
pub mod header_name;
pub mod json_array;
pub mod number_text;
pub mod synonyms;
pub mod text_input;

pub use encoding::{EncodingChoice, TextEncoding};
pub use header::{ColumnChoices, Header, Slot};
pub use text_input::TextInput;

/// How a file is to be read.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// The encoding.
    pub encoding: EncodingChoice,
    /// The columns.
    pub columns: ColumnChoices,
}
