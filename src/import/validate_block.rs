//! Validation of a block: packed valid rows, and rejected rows with their lines. It has no side effects and runs on all
//! cores.

use crate::domain::niss::Niss;
use crate::domain::validation_error::ValidationError;
use crate::error::Error;
use crate::import::block_reader::{Block, Form, csv_error, reader};
use crate::import::pack;
use crate::import::rejects::RejectRecord;
use crate::import::row::{self, COLUMNS, Column, Fields, RowError};

/// A valid row.
pub struct ValidRow {
    /// The holder.
    pub niss: Niss,
    /// The line where the row begins.
    pub line: u64,
    /// The end of its packed record. The record begins at the end of the previous one.
    pub until: u32,
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
    fn add(&mut self, line: u64, fields: Result<&Fields<'_>, RowError>) {
        match fields.and_then(row::holder) {
            Ok(holder) => {
                pack::pack(&holder, &mut self.packed);
                self.good.push(ValidRow { niss: holder.niss, line, until: self.packed.len() as u32 });
            }
            Err((column, cause)) => self.bad.push(RejectRecord { line, column, cause }),
        }
    }
}

/// Validates every row of a block.
///
/// # Errors
/// Fails if the block is not CSV.
pub fn validate(block: &Block, form: &Form) -> Result<ValidatedBlock, Error> {
    let mut judged = ValidatedBlock { end: block.end, ..ValidatedBlock::default() };
    judged.packed.reserve(block.bytes.len());
    match form {
        Form::Csv(delimiter, columns) => csv(block, *delimiter, columns, &mut judged)?,
        Form::JsonLines => {
            for (line, number) in block.bytes.split(|byte| *byte == b'\n').zip(block.line..) {
                if !line.iter().all(u8::is_ascii_whitespace) {
                    json(number, line, &mut judged);
                }
            }
        }
    }
    Ok(judged)
}

fn csv(block: &Block, delimiter: u8, columns: &[Column], judged: &mut ValidatedBlock) -> Result<(), Error> {
    // A line feed in front prevents the reader from removing a byte-order mark inside the input.
    let mut reader = reader(delimiter, std::io::Read::chain(&b"\n"[..], &block.bytes[..]));
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(csv_error)? {
        if record.len() == 1 && record[0].trim_ascii().is_empty() {
            continue;
        }
        // The reader's position is before any empty lines.
        let looked = record.position().map_or((0, 1), |position| (position.byte() as usize, position.line()));
        let from = looked.0.saturating_sub(1);
        let empty = block.bytes[from..].iter().take_while(|byte| **byte == b'\n').count() as u64;
        let in_front = u64::from(looked.0 > 0);
        let line = block.line + looked.1 - 1 + empty - in_front;
        match fields(&record, columns) {
            Ok(fields) => judged.add(line, Ok(&fields)),
            Err(bad) => judged.add(line, Err(bad)),
        }
    }
    Ok(())
}

fn fields<'a>(record: &'a csv::ByteRecord, columns: &[Column]) -> Result<Fields<'a>, RowError> {
    if record.len() != columns.len() {
        return Err((None, ValidationError::FieldCount(columns.len())));
    }
    let mut fields = Fields::default();
    for (bytes, column) in record.iter().zip(columns) {
        let text = str::from_utf8(bytes).map_err(|_| (Some(column.to_string()), ValidationError::NotUtf8))?;
        fields[*column as usize] = text.trim();
    }
    Ok(fields)
}

fn json(number: u64, line: &[u8], judged: &mut ValidatedBlock) {
    match object(line) {
        Ok(texts) => judged.add(number, Ok(&texts.each_ref().map(String::as_str))),
        Err(bad) => judged.add(number, Err(bad)),
    }
}

fn object(line: &[u8]) -> Result<[String; COLUMNS], RowError> {
    let text = str::from_utf8(line).map_err(|_| (None, ValidationError::NotUtf8))?;
    let object: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(text).map_err(|_| (None, ValidationError::NotJson))?;
    let mut texts: [String; COLUMNS] = Default::default();
    for (key, value) in object {
        let column: Column = key.parse().map_err(|_| (Some(key.clone()), ValidationError::UnknownColumn))?;
        texts[column as usize] = match value {
            serde_json::Value::Null => String::new(),
            serde_json::Value::String(text) => text.trim().to_owned(),
            serde_json::Value::Number(number) if number.is_u64() => number.to_string(),
            _ => return Err((Some(key), ValidationError::Format("text"))),
        };
    }
    Ok(texts)
}
