//! Rejected rows and the file that contains them.
//!
//! A file whose name ends in `.csv` has the rejected rows as they are in the input, in its encoding, with its delimiter and
//! columns, and two more: `_line` and `_errors`. It can be corrected and imported. Any other file has one JSON object per
//! fault.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::csv_rows::{Cell, CsvShape};
use crate::domain::vocabulary::Language;
use crate::error::Error;
use crate::import::block_reader::{CsvForm, Form, InputForm};
use crate::import::row::Fault;
use crate::l10n::validation_errors;
use crate::reply::escaped_json;
use crate::store::private_file;
use crate::tabular::TextEncoding;

/// The longest value that a fault repeats, in characters.
const LONGEST_VALUE: usize = 200;

/// The columns that a file of rejected rows has in addition.
const OWN_COLUMNS: [&str; 2] = ["_line", "_errors"];

/// A rejected row.
#[derive(Debug, Clone)]
pub struct RejectRecord {
    /// The line where the row begins. The first line of the file is line 1.
    pub line: u64,
    /// The number of the row. The first row below the header is row 1.
    pub row: u64,
    /// The faults in the order of the columns. There is at least one.
    pub faults: Vec<Fault>,
}

/// A line of the file of rejected rows: one fault.
#[derive(Serialize, JsonSchema)]
pub struct RejectedRow<'a> {
    /// The line where the row begins. The first line of the file is line 1.
    line: u64,
    /// The number of the row. The first row below the header is row 1.
    row: u64,
    /// The invalid column; null if the fault concerns the complete row.
    column: Option<Cow<'a, str>>,
    /// The kind of fault.
    reason: String,
    /// The beginning of the value; null if there is none.
    value: Option<Cow<'a, str>>,
    message: String,
}

/// Where the rejected rows go.
#[derive(Clone, Copy)]
pub struct RejectsFile<'a> {
    /// The path of the file.
    pub path: &'a Path,
    /// Opens the file, private and with its old content.
    pub create: &'a dyn Fn() -> Result<File, Error>,
}

impl RejectsFile<'_> {
    /// Returns whether the file has the rows of the input.
    fn is_csv(&self) -> bool {
        self.path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"))
    }
}

/// The file of rejected rows. It is created after the input is recognised as a registry.
pub struct Rejects<'a> {
    at: RejectsFile<'a>,
    language: Language,
    file: Option<BufWriter<File>>,
    /// The form of a file with the rows of the input.
    rows: Option<RowWriter>,
}

impl<'a> Rejects<'a> {
    /// Returns the file of rejected rows. It is created later.
    ///
    /// # Errors
    /// The file is a CSV, and the input is not.
    pub fn new(at: RejectsFile<'a>, language: Language, form: &InputForm) -> Result<Rejects<'a>, Error> {
        let rows = match &form.rows {
            Form::Csv(csv) if at.is_csv() => Some(RowWriter::new(csv, form)),
            Form::JsonLines | Form::JsonArray if at.is_csv() => return Err(Error::usage("rejects-csv-json")),
            Form::Csv(_) | Form::JsonLines | Form::JsonArray => None,
        };
        Ok(Rejects { at, language, file: None, rows })
    }

    fn open(&mut self) -> Result<&mut BufWriter<File>, Error> {
        if self.file.is_none() {
            let file = (self.at.create)()?;
            if file.metadata().is_ok_and(|there| there.is_file()) {
                file.set_len(0).map_err(|fault| Error::file(self.at.path, fault))?;
            }
            self.file = Some(BufWriter::new(file));
        }
        self.file.as_mut().ok_or_else(|| Error::Bug("file of rejected rows is not open after opening".to_owned()))
    }

    /// Writes a rejected row. `bytes` begins with the row as it is in the input.
    pub fn add(&mut self, reject: &RejectRecord, bytes: &[u8]) -> Result<(), Error> {
        let message = |fault: &Fault| validation_errors::localize(self.language, &fault.cause);
        let text = match &mut self.rows {
            Some(rows) => rows.row(reject, bytes, &message),
            None => json_lines(reject, &message)?,
        };
        let written = self.open()?.write_all(&text);
        written.map_err(|fault| Error::file(self.at.path, fault))
    }

    /// Writes the file durably: the rows are loaded after that, and the rejected ones must not be lost. An import without
    /// rejected rows writes an empty file over an older one.
    pub fn finish(mut self) -> Result<(), Error> {
        let path = self.at.path;
        let file = self.open()?;
        let written = file.flush().and_then(|()| private_file::sync_with_folder(file.get_ref(), path));
        written.map_err(|fault| Error::file(path, fault))
    }
}

fn json_lines(reject: &RejectRecord, message: &dyn Fn(&Fault) -> String) -> Result<Vec<u8>, Error> {
    let mut lines = vec![];
    for fault in &reject.faults {
        let line = RejectedRow {
            line: reject.line,
            row: reject.row,
            column: fault.column.as_deref().map(|column| shortened(column, LONGEST_VALUE)),
            reason: fault.cause.to_string(),
            value: fault.value.as_deref().map(|value| shortened(value, LONGEST_VALUE)),
            message: message(fault),
        };
        let text = escaped_json::to_string(&line).map_err(|fault| Error::Bug(fault.to_string()))?;
        lines.extend_from_slice(text.as_bytes());
        lines.push(b'\n');
    }
    Ok(lines)
}

/// Returns the beginning of a value.
pub fn shortened(value: &str, most: usize) -> Cow<'_, str> {
    match value.char_indices().nth(most) {
        Some((end, _)) => Cow::Owned(format!("{}…", &value[..end])),
        None => Cow::Borrowed(value),
    }
}

/// Writes rows as they are in the input.
struct RowWriter {
    shape: CsvShape,
    encoding: TextEncoding,
    /// The byte-order mark and the header, until the first row.
    head: Option<Vec<u8>>,
    /// The columns of the input that are written again: all but those of an earlier file of rejected rows.
    inputs: Vec<bool>,
    line_end: &'static str,
}

impl RowWriter {
    fn new(csv: &CsvForm, form: &InputForm) -> RowWriter {
        let inputs = csv.header.names.iter().map(|name| !OWN_COLUMNS.contains(&name.trim())).collect();
        let line_end = if csv.head.header.ends_with(b"\r\n") { "\r\n" } else { "\n" };
        let encoding = form.format.encoding;
        let mut rows = RowWriter { shape: csv.shape, encoding, head: None, inputs, line_end };
        let mut head = if form.format.has_mark { encoding.mark().to_vec() } else { vec![] };
        head.extend(rows.encoded(csv.head.separator.clone()));
        let mut cells = vec![];
        csv.shape.with_columns(0, None).split(&csv.head.header, true, &mut cells);
        head.extend(rows.line(&csv.head.header, &cells, &OWN_COLUMNS));
        rows.head = Some(head);
        rows
    }

    fn row(&mut self, reject: &RejectRecord, bytes: &[u8], message: &dyn Fn(&Fault) -> String) -> Vec<u8> {
        let mut cells = vec![];
        let Some(extent) = self.shape.split(bytes, true, &mut cells) else { return vec![] };
        let named = |fault: &Fault| match &fault.column {
            Some(column) => format!("{column}: {}", message(fault)),
            None => message(fault),
        };
        let errors = reject.faults.iter().map(named).collect::<Vec<_>>().join("; ");
        let own = [&*reject.line.to_string(), &errors];
        let mut text = self.head.take().unwrap_or_default();
        let row = &bytes[..extent.length];
        text.extend(match extent.stray {
            None => self.line(row, &cells, &own),
            Some(_) => self.stray_line(row, &own),
        });
        text
    }

    /// Returns a row with a stray quotation mark, which is rejected again until it is corrected. Its fields are those
    /// between its delimiters.
    fn stray_line(&self, row: &[u8], own: &[&str]) -> Vec<u8> {
        let end = row.iter().rposition(|byte| !matches!(byte, b'\r' | b'\n')).map_or(0, |last| last + 1);
        let fields = row[..end].split(|byte| *byte == self.shape.delimiter()).enumerate();
        let is_input =
            |at: usize| self.inputs.get(at).copied().unwrap_or_else(|| self.inputs.iter().all(|is_input| *is_input));
        self.joined(fields.filter(|(at, _)| is_input(*at)).map(|(_, field)| field.to_vec()).collect(), own)
    }

    /// Returns a row with its own columns at the end.
    fn line(&self, row: &[u8], cells: &[Cell], own: &[&str]) -> Vec<u8> {
        let is_input = |at: usize| self.inputs.get(at).copied().unwrap_or(true);
        let fields = cells.iter().enumerate().filter(|(at, _)| is_input(*at)).map(|(_, cell)| cell.raw(row).to_vec());
        self.joined(fields.collect(), own)
    }

    fn joined(&self, mut fields: Vec<Vec<u8>>, own: &[&str]) -> Vec<u8> {
        // A row that is too short has its own columns below those of the others.
        let least = self.inputs.iter().filter(|is_input| **is_input).count();
        fields.resize(fields.len().max(least), vec![]);
        fields.extend(own.iter().map(|text| self.field(text)));
        let mut line = fields.join(&self.shape.delimiter());
        line.extend_from_slice(self.line_end.as_bytes());
        self.encoded(line)
    }

    /// Returns a text as a field, in quotation marks if it needs them.
    fn field(&self, text: &str) -> Vec<u8> {
        let needs = |byte: u8| byte == self.shape.delimiter() || matches!(byte, b'"' | b'\n' | b'\r');
        match text.bytes().any(needs) {
            true => [b"\"", &*double_marks(text.as_bytes()), b"\""].concat(),
            false => text.as_bytes().to_vec(),
        }
    }

    /// Returns bytes in the encoding of the input. Bytes of a row that is not UTF-8 are unchanged.
    fn encoded(&self, line: Vec<u8>) -> Vec<u8> {
        match (self.encoding, str::from_utf8(&line)) {
            (TextEncoding::Utf8, _) | (_, Err(_)) => line,
            (encoding, Ok(text)) => encoding.encode(text),
        }
    }
}

/// Returns a text with two quotation marks for each.
fn double_marks(text: &[u8]) -> Vec<u8> {
    text.iter().flat_map(|byte| std::iter::repeat_n(*byte, 1 + usize::from(*byte == b'"'))).collect()
}
