//! Validation of a block: packed valid rows, and rejected rows with their lines. It has no side effects and runs on all
//! cores.

use std::borrow::Cow;

use crate::domain::csv_rows::{Cell, CsvShape};
use crate::domain::holder::Holder;
use crate::domain::niss::Niss;
use crate::domain::time::Date;
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::HolderKind;
use crate::import::block_reader::{Block, Form};
use crate::import::pack;
use crate::import::rejects::RejectRecord;
use crate::import::row::{self, COLUMNS, Column, Fields, RowError};
use crate::request::request_line::{JsonError, JsonFields};

/// A valid row.
pub struct ValidRow {
    /// The holder.
    pub niss: Niss,
    /// The line where the row begins.
    pub line: u64,
    /// The end of its packed record. The record begins at the end of the previous one.
    pub until: u32,
    /// What the record lacks.
    pub gaps: RowGaps,
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
    pub bad: Vec<RejectRecord>,
    /// The offset of the block's end in the input.
    pub end: u64,
}

impl ValidatedBlock {
    fn add(&mut self, line: u64, fields: Result<&Fields<'_>, RowError>, today: Date) {
        match fields.and_then(|fields| row::holder(fields, today)) {
            Ok(holder) => {
                pack::pack(&holder, &mut self.packed);
                let (until, gaps) = (self.packed.len() as u32, RowGaps::of(&holder));
                self.good.push(ValidRow { niss: holder.niss, line, until, gaps });
            }
            Err((column, cause)) => self.bad.push(RejectRecord { line, column, cause }),
        }
    }
}

/// Validates every row of a block. `today` is the date in Lisbon.
pub fn validate(block: &Block, form: &Form, today: Date) -> ValidatedBlock {
    let mut judged = ValidatedBlock { end: block.end, ..ValidatedBlock::default() };
    judged.packed.reserve(block.bytes.len());
    match form {
        Form::Csv(shape, columns) => csv(block, *shape, columns, today, &mut judged),
        Form::JsonLines => {
            for (line, number) in block.bytes.split(|byte| *byte == b'\n').zip(block.line..) {
                if !line.iter().all(u8::is_ascii_whitespace) {
                    json(number, line, today, &mut judged);
                }
            }
        }
    }
    judged
}

fn csv(block: &Block, shape: CsvShape, columns: &[Column], today: Date, judged: &mut ValidatedBlock) {
    let (mut text, mut line, mut cells) = (&block.bytes[..], block.line, vec![]);
    while let Some(row) = shape.split(text, true, &mut cells).filter(|row| row.length > 0) {
        let (bytes, rest) = text.split_at(row.length);
        if let Some(stray) = row.stray {
            judged.add(line, Err((columns.get(stray).map(Column::to_string), ValidationError::StrayQuote)), today);
        } else if !bytes.trim_ascii().is_empty() {
            csv_row(line, bytes, &cells, columns, today, judged);
        }
        line += memchr::memchr_iter(b'\n', bytes).count() as u64;
        text = rest;
    }
}

fn csv_row(line: u64, row: &[u8], cells: &[Cell], columns: &[Column], today: Date, judged: &mut ValidatedBlock) {
    if cells.len() != columns.len() {
        return judged.add(line, Err((None, ValidationError::FieldCount(columns.len()))), today);
    }
    let mut contents: [Cow<'_, [u8]>; COLUMNS] = Default::default();
    for (cell, column) in cells.iter().zip(columns) {
        contents[*column as usize] = cell.bytes(row);
    }
    let mut fields = Fields::default();
    for ((field, content), column) in fields.iter_mut().zip(&contents).zip(Column::ALL) {
        match str::from_utf8(content) {
            Ok(text) => *field = text.trim(),
            Err(_) => return judged.add(line, Err((Some(column.to_string()), ValidationError::NotUtf8)), today),
        }
    }
    judged.add(line, Ok(&fields), today);
}

fn json(number: u64, line: &[u8], today: Date, judged: &mut ValidatedBlock) {
    match object(line) {
        Ok(texts) => judged.add(number, Ok(&texts.each_ref().map(String::as_str)), today),
        Err(bad) => judged.add(number, Err(bad), today),
    }
}

fn object(line: &[u8]) -> Result<[String; COLUMNS], RowError> {
    let object = JsonFields::read(line).map_err(|JsonError { key, cause }| (key, cause))?;
    let mut texts: [String; COLUMNS] = Default::default();
    for (key, value) in object.iter() {
        let bad = |cause| (Some(key.to_owned()), cause);
        let column: Column = key.parse().map_err(|_| bad(ValidationError::UnknownColumn))?;
        texts[column as usize] = match value {
            serde_json::Value::Null => String::new(),
            serde_json::Value::String(text) => text.trim().to_owned(),
            serde_json::Value::Number(number) if number.is_u64() => number.to_string(),
            _ => return Err(bad(ValidationError::Format("text"))),
        };
    }
    if object.has_id() {
        return Err((Some("id".to_owned()), ValidationError::UnknownColumn));
    }
    Ok(texts)
}
