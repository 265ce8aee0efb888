//! The header of a CSV whose rows are the requests of one operation.

use serde_json::Value;

use crate::domain::csv_rows::{Cell, CsvShape};
use crate::domain::validation_error::ValidationError;
use crate::error::Error;
use crate::request::Operation;
use crate::request::request_line::{JsonFields, LineError, RequestLine};
use crate::tabular::header::{self, Expected, FileStart};
use crate::tabular::number_text::is_read_as_number;
use crate::tabular::{ColumnChoices, Slot};

/// The header of a CSV.
#[derive(Debug, Clone)]
pub struct Header {
    /// The delimiter and the columns, which decide where rows end.
    pub shape: CsvShape,
    /// The fields of the columns. A column that is left out has its name in the file.
    pub columns: Vec<String>,
    /// What is in front of the header: a byte-order mark, and the line that names the delimiter (`sep=;`).
    pub before: Vec<u8>,
    /// The header as it is in the file, with its line end.
    pub text: Vec<u8>,
    /// The unknown columns that are left out.
    pub ignored: Vec<String>,
    /// What each column is.
    slots: Vec<Slot>,
    /// Whether columns without a name can have content, which is left out.
    ignores_unnamed: bool,
}

impl Header {
    /// Finds the columns of a header row with the delimiter of `shape`.
    ///
    /// # Errors
    /// A column that is unknown, occurs twice or can't be read.
    pub fn new(
        shape: CsvShape,
        op: Operation,
        before: Vec<u8>,
        start: &FileStart<'_>,
        choices: &ColumnChoices,
    ) -> Result<Header, Error> {
        let fields = RequestLine::parse_fields(op);
        let found = header::read(start, &Expected { known: &fields, required: &[] }, choices)?;
        let niss = fields.iter().position(|field| *field == "niss").and_then(|niss| found.position(niss));
        let column = |(slot, name): (&Slot, &String)| match slot {
            Slot::Column(field) => fields[*field].to_owned(),
            Slot::Ignored | Slot::Unnamed => name.trim().to_owned(),
        };
        Ok(Header {
            shape: shape.with_columns(found.names.len(), niss),
            columns: found.slots.iter().zip(&found.names).map(column).collect(),
            before,
            text: start.row.to_vec(),
            ignored: found.ignored,
            slots: found.slots,
            ignores_unnamed: choices.ignore_unknown,
        })
    }

    /// Returns the name of the column at a position: that of the field, else that of the file.
    pub fn name(&self, at: usize) -> Option<String> {
        self.columns.get(at).map(|name| header::shortened(name))
    }

    /// Returns the position of a column that has no name but has content, if there must be none.
    pub fn unnamed_content(&self, row: &[u8], cells: &[Cell]) -> Option<usize> {
        let unnamed = cells.iter().zip(&self.slots).enumerate();
        let has_content = |cell: &Cell| !cell.bytes(row).trim_ascii().is_empty();
        let mut filled = unnamed.filter(|(_, (cell, slot))| **slot == Slot::Unnamed && has_content(cell));
        if self.ignores_unnamed { None } else { filled.next().map(|(at, _)| at) }
    }

    /// Returns the fields of a row with its operation.
    ///
    /// # Errors
    /// The first cell that can't be read, or a row of another length.
    pub fn fields(&self, op: Operation, row: &[u8], cells: &[Cell]) -> Result<JsonFields, LineError> {
        let count = self.slots.len();
        if cells.len() != count {
            return Err(LineError::Field(None, ValidationError::FieldCount(count)));
        }
        if let Some(at) = self.unnamed_content(row, cells) {
            return Err(LineError::Field(Some(format!("#{}", at + 1)), ValidationError::UnknownColumn));
        }
        let mut fields = vec![("op".to_owned(), Value::String(op.as_str().to_owned()))];
        for ((slot, name), cell) in self.slots.iter().zip(&self.columns).zip(cells) {
            let (Slot::Column(_), name) = (slot, name.clone()) else { continue };
            let content = cell.bytes(row);
            let text = std::str::from_utf8(&content);
            let text = text.map_err(|_| LineError::Field(Some(name.clone()), ValidationError::NotUtf8))?.trim();
            if is_read_as_number(&name, text) {
                return Err(LineError::Field(Some(name), ValidationError::ReadAsNumber));
            }
            // An empty cell means an absent field.
            if !text.is_empty() {
                fields.push((name, Value::String(text.to_owned())));
            }
        }
        Ok(JsonFields::from_iter(fields))
    }
}

/// Returns whether a column is ignored: programs add remarks under such names.
pub fn is_ignored(column: &str) -> bool {
    column.starts_with('_')
}
