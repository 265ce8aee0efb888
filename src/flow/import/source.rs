//! Where rows come from: CSV with a header, comma or semicolon, or JSON Lines; told apart by the first character. A byte-order
//! mark and CRLF are all right.

use std::io::{BufRead, Cursor, ErrorKind, Read};

use super::row::{Bad, COLUMNS, Column, Fields};
use crate::domain::flaw::Flaw;
use crate::error::Error;
use crate::text::Fact;

/// Takes one row: where it begins, and its texts or why it has none.
pub type Each<'a> = &'a mut dyn FnMut(u64, Result<Fields, Bad>) -> Result<(), Error>;

/// The longest line that is read, in bytes: what has none of its own, a device or a picture, must not fill the memory.
const LONGEST: usize = 1 << 20;

/// Reads a line, its end included, into `line`; false at the end of the input.
fn read_line(input: &mut dyn BufRead, line: &mut Vec<u8>) -> Result<bool, Error> {
    line.clear();
    (&mut *input).take(LONGEST as u64).read_until(b'\n', line).map_err(unreadable)?;
    if line.len() == LONGEST { Err(Error::usage("input-long-line")) } else { Ok(!line.is_empty()) }
}

/// Hands on every row of a file.
pub fn each_row(input: &mut dyn BufRead, each: Each<'_>) -> Result<(), Error> {
    let (mut first, mut number) = (vec![], 0);
    while first.iter().all(u8::is_ascii_whitespace) {
        number += 1;
        if !read_line(input, &mut first)? {
            return Err(Error::usage("empty-registry"));
        }
        if number == 1 && first.starts_with(b"\xEF\xBB\xBF") {
            first.drain(..3);
        }
    }
    match first.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'{') => json_lines(number, &mut Cursor::new(first).chain(input), each),
        _ => csv(number, &first.clone(), Cursor::new(first).chain(input), each),
    }
}

fn unreadable(fault: std::io::Error) -> Error {
    Error::Usage { key: "input-unreadable", facts: vec![("detail", Fact::from(fault.to_string()))] }
}

/// `first` is the number of the header's line.
fn csv(first: u64, header: &[u8], input: impl Read, each: Each<'_>) -> Result<(), Error> {
    let count = |byte: u8| header.iter().filter(|one| **one == byte).count();
    let delimiter = if count(b';') > count(b',') { b';' } else { b',' };
    // Every line ends by its line feed, the last one too, or lines would be counted differently by how they end. What is left
    // of CRLF goes with the outer spaces of the last field.
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .terminator(csv::Terminator::Any(b'\n'))
        .flexible(true)
        .from_reader(Lines { input: input.chain(&b"\n"[..]), length: 0 });
    let fault = |error: csv::Error| match error.into_kind() {
        csv::ErrorKind::Io(fault) if fault.kind() == ErrorKind::FileTooLarge => Error::usage("input-long-line"),
        csv::ErrorKind::Io(fault) => unreadable(fault),
        _ => Error::usage("input-no-csv"),
    };
    let columns = columns(reader.byte_headers().map_err(fault)?)?;
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(fault)? {
        let is_empty = record.len() == 1 && record[0].trim_ascii().is_empty();
        if !is_empty {
            each(first - 1 + begins(&record, reader.position()), fields(&record, &columns))?;
        }
    }
    Ok(())
}

/// An input whose lines are not too long.
struct Lines<R> {
    input: R,
    /// Of the line that is being read, so far.
    length: usize,
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.length = match memchr::memrchr(b'\n', &buffer[..count]) {
            Some(end) => count - end - 1,
            None => self.length + count,
        };
        if self.length > LONGEST { Err(ErrorKind::FileTooLarge.into()) } else { Ok(count) }
    }
}

/// The line on which a record begins, by the one behind it. The reader's own answer is where it looked for it: before the
/// empty lines.
fn begins(record: &csv::ByteRecord, behind: &csv::Position) -> u64 {
    let looked = record.position().map_or(0, csv::Position::line);
    if behind.line() == looked + 1 {
        return looked;
    }
    let within = record.as_slice().iter().filter(|byte| **byte == b'\n').count();
    behind.line() - 1 - within as u64
}

/// Which column each place of a row belongs to.
fn columns(header: &csv::ByteRecord) -> Result<Vec<Column>, Error> {
    let mut columns: Vec<Column> = vec![];
    for name in header {
        let name = String::from_utf8_lossy(name).trim().to_ascii_lowercase();
        let fact = |key| Error::Usage {
            key,
            facts: vec![
                ("column", Fact::from(name.escape_debug().to_string())),
                ("columns", Fact::from(Column::WORDS.join(", "))),
            ],
        };
        let column = name.parse().map_err(|_| fact("unknown-column"))?;
        if columns.contains(&column) {
            return Err(fact("column-twice"));
        }
        columns.push(column);
    }
    for required in [Column::Niss, Column::Kind, Column::Name] {
        if !columns.contains(&required) {
            return Err(Error::Usage { key: "column-missing", facts: vec![("column", Fact::from(required.as_str()))] });
        }
    }
    Ok(columns)
}

fn fields(record: &csv::ByteRecord, columns: &[Column]) -> Result<Fields, Bad> {
    if record.len() != columns.len() {
        return Err((None, Flaw::Fields(columns.len())));
    }
    let mut fields = Fields::default();
    for (bytes, column) in record.iter().zip(columns) {
        let text = std::str::from_utf8(bytes).map_err(|_| (Some(column.to_string()), Flaw::NotUtf8))?;
        text.trim().clone_into(&mut fields[*column as usize]);
    }
    Ok(fields)
}

/// `first` is the number of the first line.
fn json_lines(first: u64, input: &mut dyn BufRead, each: Each<'_>) -> Result<(), Error> {
    let mut line = vec![];
    for number in first.. {
        if !read_line(input, &mut line)? {
            break;
        }
        if !line.iter().all(u8::is_ascii_whitespace) {
            each(number, object(&line))?;
        }
    }
    Ok(())
}

fn object(line: &[u8]) -> Result<Fields, Bad> {
    let text = std::str::from_utf8(line).map_err(|_| (None, Flaw::NotUtf8))?;
    let object: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(text).map_err(|_| (None, Flaw::NotJson))?;
    let mut fields: [String; COLUMNS] = Fields::default();
    for (key, value) in object {
        let column: Column = key.parse().map_err(|_| (Some(key.clone()), Flaw::UnknownColumn))?;
        fields[column as usize] = match value {
            serde_json::Value::Null => String::new(),
            serde_json::Value::String(text) => text.trim().to_owned(),
            serde_json::Value::Number(number) if number.is_u64() => number.to_string(),
            _ => return Err((Some(key), Flaw::Form("text"))),
        };
    }
    Ok(fields)
}
