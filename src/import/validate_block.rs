//! Validation of a block: packed valid rows, and rejected rows with their lines. It has no side effects and runs on all
//! cores.

use std::borrow::Cow;

use crate::domain::csv_rows::Cell;
use crate::domain::holder::Holder;
use crate::domain::niss::Niss;
use crate::domain::time::Date;
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::HolderKind;
use crate::import::block_reader::{Block, CsvForm, Form, InputForm};
use crate::import::pack;
use crate::import::row::{self, COLUMNS, Column, Fault, Fields, ValueForm};
use crate::request::request_line::{JsonError, JsonFields};
use crate::tabular::header::shortened;
use crate::tabular::json_array::{self, Next};
use crate::tabular::{EncodingChoice, Slot, encoding};

/// The highest number of faults that are reported for the keys of an object. It can have any number of unknown keys.
const MOST_FAULTS: usize = 20;

/// The place of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowPlace {
    /// The line where the row begins.
    pub line: u64,
    /// The number of rows in the block before it.
    pub before: u32,
    /// Its offset in the block.
    pub at: u32,
}

/// A valid row.
pub struct ValidRow {
    /// The holder.
    pub niss: Niss,
    /// The place of the row.
    pub place: RowPlace,
    /// The end of its packed record. The record begins at the end of the previous one.
    pub until: u32,
    /// What the record lacks.
    pub gaps: RowGaps,
}

/// A row with faults.
pub struct InvalidRow {
    /// The place of the row.
    pub place: RowPlace,
    /// The faults by column.
    pub faults: Vec<Fault>,
}

/// A fault in a block that is a fault of the complete file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFault {
    /// A line that is not UTF-8, and the most likely encoding.
    NotUtf8(u64, Option<EncodingChoice>),
    /// A field with content in a column without a name: the place of its row and the number of the column.
    UnnamedColumn(RowPlace, usize),
}

/// What a record lacks that some procedures need. An inactive holder can use no procedure and lacks nothing.
#[derive(Clone, Copy)]
pub struct RowGaps {
    /// The classic registration, the classic recovery and every procedure of a company compare the NIF.
    pub nif: bool,
    /// The classic procedures compare a citizen's civil identification.
    pub civil_id: bool,
    /// No code can be sent: neither e-mail, nor mobile, nor address.
    pub channel: bool,
}

impl RowGaps {
    fn of(holder: &Holder) -> RowGaps {
        let is_active = holder.is_active();
        RowGaps {
            nif: is_active && holder.nif.is_none(),
            civil_id: is_active && holder.kind == HolderKind::Citizen && holder.civil_id.is_none(),
            channel: is_active && holder.channels().is_empty(),
        }
    }
}

/// The validated rows of a block.
#[derive(Default)]
pub struct ValidatedBlock {
    /// The valid rows, by line.
    pub good: Vec<ValidRow>,
    /// The packed records of the valid rows.
    pub packed: Vec<u8>,
    /// The rejected rows, by line.
    pub bad: Vec<InvalidRow>,
    /// The first fault of the file. The rows behind it are not validated.
    pub fault: Option<FileFault>,
    /// The bytes of the block.
    pub bytes: Vec<u8>,
    /// The offset of the block's end in the input.
    pub end: u64,
    /// The number of rows so far.
    rows: u32,
}

impl ValidatedBlock {
    fn add(&mut self, place: RowPlace, read: Result<Holder, Vec<Fault>>) {
        self.rows += 1;
        match read {
            Ok(holder) => {
                pack::pack(&holder, &mut self.packed);
                let (until, gaps) = (self.packed.len() as u32, RowGaps::of(&holder));
                self.good.push(ValidRow { niss: holder.niss, place, until, gaps });
            }
            Err(faults) => self.bad.push(InvalidRow { place, faults }),
        }
    }
}

/// Validates every row of a block. `today` is the date in Lisbon.
pub fn validate(block: Block, form: &InputForm, today: Date) -> ValidatedBlock {
    let mut judged = ValidatedBlock { end: block.end, ..ValidatedBlock::default() };
    judged.packed.reserve(block.bytes.len());
    let mut rows = Rows { form, today, judged: &mut judged };
    match &form.rows {
        Form::Csv(csv) => rows.csv(&block, csv),
        Form::JsonLines => rows.json_lines(&block),
        Form::JsonArray => rows.json_array(&block),
    }
    judged.bytes = block.bytes;
    judged
}

/// The rows of a block during their validation.
struct Rows<'a> {
    form: &'a InputForm,
    today: Date,
    judged: &'a mut ValidatedBlock,
}

impl Rows<'_> {
    fn place(&self, line: u64, at: usize) -> RowPlace {
        RowPlace { line, before: self.judged.rows, at: at as u32 }
    }

    /// Notes bytes that are not UTF-8. Returns whether they are the fault of their row.
    fn is_fault_of_row(&mut self, line: u64, row: &[u8]) -> bool {
        if !self.form.format.is_lenient {
            let valid = str::from_utf8(row).map_or_else(|fault| fault.valid_up_to(), str::len);
            let line = line + memchr::memchr_iter(b'\n', &row[..valid]).count() as u64;
            self.judged.fault = Some(FileFault::NotUtf8(line, encoding::guess(row)));
        }
        self.form.format.is_lenient
    }

    fn csv(&mut self, block: &Block, csv: &CsvForm) {
        let (mut at, mut line, mut cells) = (0, block.line, vec![]);
        while let Some(row) = csv.shape.split(&block.bytes[at..], true, &mut cells).filter(|row| row.length > 0) {
            let bytes = &block.bytes[at..at + row.length];
            let place = self.place(line, at);
            match str::from_utf8(bytes) {
                Err(_) => {
                    if !self.is_fault_of_row(line, bytes) {
                        return;
                    }
                    self.judged.add(place, Err(vec![not_utf8(bytes, &cells, csv)]));
                }
                Ok(text) => match row.stray {
                    Some(stray) => self.judged.add(place, Err(vec![stray_quote(text, &cells, stray, csv)])),
                    None => self.csv_row(place, text, &cells, csv),
                },
            }
            if self.judged.fault.is_some() {
                return;
            }
            line += memchr::memchr_iter(b'\n', bytes).count() as u64;
            at += row.length;
        }
    }

    fn csv_row(&mut self, place: RowPlace, row: &str, cells: &[Cell], csv: &CsvForm) {
        let slots = &csv.header.slots;
        let is_blank = |cell: &Cell| cell.text(row).trim().is_empty();
        if cells.len() != slots.len() {
            if cells.iter().all(is_blank) {
                return;
            }
            return self.judged.add(place, Err(vec![Fault::of_row(ValidationError::FieldCount(slots.len()))]));
        }
        let mut contents: [Cow<'_, str>; COLUMNS] = Default::default();
        for (at, (cell, slot)) in cells.iter().zip(slots).enumerate() {
            match slot {
                Slot::Column(column) => contents[*column] = cell.text(row),
                Slot::Unnamed if !csv.ignores_unnamed && !is_blank(cell) => {
                    self.judged.fault = Some(FileFault::UnnamedColumn(place, at + 1));
                    return;
                }
                Slot::Unnamed | Slot::Ignored => {}
            }
        }
        let fields: Fields<'_> = contents.each_ref().map(|content| content.trim());
        if fields == Fields::default() && cells.iter().all(is_blank) {
            return;
        }
        self.judged.add(place, row::holder(&fields, ValueForm::Written, self.today));
    }

    fn json_lines(&mut self, block: &Block) {
        let mut at = 0;
        for (line, number) in block.bytes.split(|byte| *byte == b'\n').zip(block.line..) {
            if !line.iter().all(u8::is_ascii_whitespace) && !self.json(self.place(number, at), line) {
                return;
            }
            at += line.len() + 1;
        }
    }

    fn json_array(&mut self, block: &Block) {
        let (mut at, mut line) = (0, block.line);
        while let Next::Element(range) = json_array::next(&block.bytes[at..]) {
            let (from, to) = (at + range.start, at + range.end);
            line += memchr::memchr_iter(b'\n', &block.bytes[at..from]).count() as u64;
            if !self.json(self.place(line, from), &block.bytes[from..to]) {
                return;
            }
            line += memchr::memchr_iter(b'\n', &block.bytes[from..to]).count() as u64;
            at = to;
        }
    }

    /// Validates an object. Returns false if it has a fault of the file.
    fn json(&mut self, place: RowPlace, text: &[u8]) -> bool {
        let read = match object(text) {
            Ok((texts, faults)) => {
                let read = row::holder(&texts.each_ref().map(String::as_str), ValueForm::Exact, self.today);
                with_faults(faults, read)
            }
            Err(Fault { cause: ValidationError::NotUtf8, .. }) if !self.is_fault_of_row(place.line, text) => {
                return false;
            }
            Err(fault) => Err(vec![fault]),
        };
        self.judged.add(place, read);
        true
    }
}

/// Returns the fault of a row that is not UTF-8.
fn not_utf8(row: &[u8], cells: &[Cell], csv: &CsvForm) -> Fault {
    let at = cells.iter().position(|cell| str::from_utf8(&cell.bytes(row)).is_err());
    Fault { column: at.and_then(|at| column_name(csv, at)), cause: ValidationError::NotUtf8, value: None }
}

/// Returns the fault of a row with a stray quotation mark, whose `cells` end before the mark.
fn stray_quote(row: &str, cells: &[Cell], stray: usize, csv: &CsvForm) -> Fault {
    let before = cells.last().map_or(0, |last| last.raw_end(row.as_bytes()) + 1);
    let value = row.get(before..).unwrap_or_default().trim();
    Fault {
        column: column_name(csv, stray),
        cause: ValidationError::StrayQuote,
        value: (!value.is_empty()).then(|| value.to_owned()),
    }
}

/// Returns the name of a column at a position: that of the registry, else that of the file.
fn column_name(csv: &CsvForm, at: usize) -> Option<String> {
    match csv.header.slots.get(at)? {
        Slot::Column(column) => Some(Column::ALL[*column].to_string()),
        Slot::Ignored | Slot::Unnamed => csv.header.names.get(at).map(|name| shortened(name)),
    }
}

/// Adds the faults of keys to those of values. A value of another type is not missing.
fn with_faults(mut faults: Vec<Fault>, read: Result<Holder, Vec<Fault>>) -> Result<Holder, Vec<Fault>> {
    if faults.is_empty() {
        return read;
    }
    let columns: Vec<Option<String>> = faults.iter().map(|fault| fault.column.clone()).collect();
    faults.extend(read.err().into_iter().flatten().filter(|fault| !columns.contains(&fault.column)));
    Err(faults)
}

/// Reads the texts of an object and the faults of its keys.
fn object(line: &[u8]) -> Result<([String; COLUMNS], Vec<Fault>), Fault> {
    let object =
        JsonFields::read(line).map_err(|JsonError { key, cause }| Fault { column: key, cause, value: None })?;
    let (mut texts, mut faults): ([String; COLUMNS], _) = (Default::default(), vec![]);
    for (key, value) in object.iter().filter(|(key, _)| !key.starts_with('_')) {
        let text = match value {
            serde_json::Value::Null => String::new(),
            serde_json::Value::String(text) => text.trim().to_owned(),
            other => other.to_string(),
        };
        let is_text = match value {
            serde_json::Value::Null | serde_json::Value::String(_) => true,
            serde_json::Value::Number(number) => number.is_u64(),
            serde_json::Value::Bool(_) | serde_json::Value::Array(_) | serde_json::Value::Object(_) => false,
        };
        if faults.len() >= MOST_FAULTS {
            break;
        }
        match key.parse::<Column>() {
            Ok(column) if is_text => texts[column as usize] = text,
            Ok(_) => faults.push(Fault::of_value(key, ValidationError::Format("text"), &text)),
            Err(_) => faults.push(Fault::of_value(key, ValidationError::UnknownColumn, &text)),
        }
    }
    if object.has_id() {
        faults.push(Fault::of_value("id", ValidationError::UnknownColumn, ""));
    }
    Ok((texts, faults))
}
