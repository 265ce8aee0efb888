//! The reader of a batch. It returns records in order, each with its end position and the hash of all input up to
//! there. The format is JSON Lines, or CSV with a header whose rows all have one operation.

use std::io::{BufRead, BufReader, Chain, Cursor, ErrorKind, Read};

use serde_json::Value;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::domain::validation_error::ValidationError;
use crate::error::Error;
use crate::l10n::MessageArg;
use crate::request::Operation;
use crate::request::request_line::{InvalidLine, JsonFields, LineError, RequestLine};

/// The maximum length of a record in bytes. An input without lines, such as a device or an image, must not fill the
/// memory.
pub const MAX_LINE_BYTES: usize = 1 << 20;

/// The format of the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputFormat {
    /// One JSON object per line, each with its operation.
    JsonLines,
    /// One JSON object per line, all with this operation; `op` is optional.
    LinesOf(Operation),
    /// CSV with a header and commas or semicolons. All rows have this operation.
    Csv(Operation),
}

/// A position between two records.
#[derive(Debug, Clone)]
pub struct InputPosition {
    /// The offset in bytes from the start of the input.
    pub offset: u64,
    /// The number of the line at this position, from 1.
    pub line: u64,
    read: Sha256,
}

impl InputPosition {
    /// Returns the start of an input.
    pub fn start(form: InputFormat) -> InputPosition {
        let mut read = Sha256::new();
        if let InputFormat::Csv(op) | InputFormat::LinesOf(op) = form {
            read.update(op.as_str());
        }
        InputPosition { offset: 0, line: 1, read }
    }

    /// Returns the SHA-256 of all input before this position. If all rows have one operation, the hash begins with it.
    pub fn hash(&self) -> [u8; 32] {
        self.read.clone().finalize().into()
    }
}

/// A record.
pub struct InputRecord {
    /// The line where the record begins.
    pub line: u64,
    /// The position after the record.
    pub end: InputPosition,
    /// The request, or the fault of the line.
    pub asked: Result<RequestLine, InvalidLine>,
}

/// A reader of an input.
pub struct Reader<R> {
    input: BufReader<Chain<Cursor<Vec<u8>>, R>>,
    form: InputFormat,
    header: Option<Header>,
    at: InputPosition,
    /// The latest record. It may contain a password.
    bytes: Zeroizing<Vec<u8>>,
}

/// The header of a CSV.
struct Header {
    delimiter: u8,
    columns: Vec<String>,
}

impl<R: Read> Reader<R> {
    /// Returns a reader at the start of an input.
    pub fn new(input: R, form: InputFormat) -> Reader<R> {
        Reader::position_after(vec![], input, form)
    }

    /// Returns a reader of an input with one operation. The format is JSON Lines if the first character is a brace,
    /// else CSV.
    ///
    /// # Errors
    /// Fails if the input can't be read.
    pub fn for_operation(mut input: R, op: Operation) -> Result<Reader<R>, Error> {
        let (mut visited, mut byte) = (vec![], [0]);
        let form = loop {
            match input.read(&mut byte) {
                Err(fault) if fault.kind() == ErrorKind::Interrupted => continue,
                Err(fault) => return Err(unreadable(&fault)),
                Ok(0) => break InputFormat::LinesOf(op),
                Ok(_) => visited.extend(byte),
            }
            match byte[0] {
                b'{' => break InputFormat::LinesOf(op),
                // A byte-order mark. The next arm accepts the blanks of empty lines.
                0xEF | 0xBB | 0xBF => {}
                blank if blank.is_ascii_whitespace() && visited.len() < MAX_LINE_BYTES => {}
                _ => break InputFormat::Csv(op),
            }
        };
        Ok(Reader::position_after(visited, input, form))
    }

    /// Returns a reader of an input whose first bytes were already read.
    fn position_after(visited: Vec<u8>, input: R, form: InputFormat) -> Reader<R> {
        Reader {
            input: BufReader::with_capacity(1 << 16, Cursor::new(visited).chain(input)),
            form,
            header: None,
            at: InputPosition::start(form),
            bytes: Zeroizing::default(),
        }
    }

    /// Returns the position of the next record.
    pub fn mark(&self) -> &InputPosition {
        &self.at
    }

    /// Returns the next record; `None` at the end. Skips empty lines.
    ///
    /// # Errors
    /// Fails if the input can't be read or its header is invalid.
    pub fn read(&mut self) -> Result<Option<InputRecord>, Error> {
        self.read_header()?;
        loop {
            match self.record_or_blank()? {
                None => return Ok(None),
                Some(None) => {}
                Some(record) => return Ok(record),
            }
        }
    }

    /// Returns the next record, or `Some(None)` for an empty line; `None` at the end.
    fn record_or_blank(&mut self) -> Result<Option<Option<InputRecord>>, Error> {
        let line = self.at.line;
        let delimiter = self.header.as_ref().map(|header| header.delimiter);
        let Some(fits) = self.record(delimiter)? else { return Ok(None) };
        if fits && self.bytes.iter().all(u8::is_ascii_whitespace) {
            return Ok(Some(None));
        }
        let asked = match fits {
            true => self.asked(),
            false => Err(InvalidLine {
                id: None,
                op: None,
                fault: LineError::Field(None, ValidationError::Length("1-1048576")),
            }),
        };
        Ok(Some(Some(InputRecord { line, end: self.at.clone(), asked })))
    }

    /// Skips to the position where an earlier batch stopped and calls `each` with every record on the way. Returns
    /// false if the input ends before.
    ///
    /// # Errors
    /// As for [`Reader::read`].
    pub fn skip_to(
        &mut self,
        offset: u64,
        mut each: impl FnMut(&InputRecord) -> Result<(), Error>,
    ) -> Result<bool, Error> {
        self.read_header()?;
        while self.at.offset < offset {
            match self.record_or_blank()? {
                None => return Ok(false),
                Some(record) => record.iter().try_for_each(&mut each)?,
            }
        }
        Ok(self.at.offset == offset)
    }

    /// Reads the header of a CSV unless it was read before. Callers detect an invalid header before they change
    /// anything.
    ///
    /// # Errors
    /// As for [`Reader::read`].
    pub fn read_header(&mut self) -> Result<(), Error> {
        if let (InputFormat::Csv(op), None) = (self.form, &self.header) {
            self.header = Some(self.header(op)?);
        }
        Ok(())
    }

    fn asked(&self) -> Result<RequestLine, InvalidLine> {
        let bare = |fault| InvalidLine { id: None, op: None, fault };
        match (self.form, &self.header) {
            (InputFormat::Csv(op), Some(header)) => {
                let of_row = |fault| InvalidLine { id: None, op: Some(op), fault };
                RequestLine::parse(header.fields(op, &self.bytes).map_err(of_row)?)
            }
            (InputFormat::LinesOf(op), _) => RequestLine::parse_as(JsonFields::read(&self.bytes).map_err(bare)?, op),
            _ => RequestLine::parse(JsonFields::read(&self.bytes).map_err(bare)?),
        }
    }

    /// Reads the header of a CSV.
    fn header(&mut self, op: Operation) -> Result<Header, Error> {
        while self.bytes.iter().all(u8::is_ascii_whitespace) {
            if self.record(Some(b','))?.is_none() {
                return Err(Error::usage("batch-empty"));
            }
        }
        let count = |byte: u8| self.bytes.iter().filter(|one| **one == byte).count();
        let delimiter = if count(b';') > count(b',') { b';' } else { b',' };
        let columns = cells(&self.bytes, delimiter).map_err(|_| Error::usage("input-no-csv"))?;
        let columns: Vec<String> = columns.iter().map(|name| name.trim().to_ascii_lowercase()).collect();
        let fact = |key, name: &String| Error::Usage {
            key,
            facts: vec![
                ("column", MessageArg::from(name.escape_debug().to_string())),
                ("columns", MessageArg::from(RequestLine::parse_fields(op).join(", "))),
            ],
        };
        for (at, name) in columns.iter().enumerate() {
            if !RequestLine::parse_fields(op).contains(&name.as_str()) {
                return Err(fact("batch-column", name));
            }
            if columns[..at].contains(name) {
                return Err(fact("column-twice", name));
            }
        }
        Ok(Header { delimiter, columns })
    }

    /// Reads a record with its end into `bytes`: a line, or several lines if a CSV field is quoted. Returns `None` at
    /// the end of the input. Returns false for a record that is too long, which is counted and hashed but not stored.
    fn record(&mut self, delimiter: Option<u8>) -> Result<Option<bool>, Error> {
        self.bytes.clear();
        let mut quotes = Quotes::default();
        let (mut fits, mut any) = (true, false);
        loop {
            let buffer = match self.input.fill_buf() {
                Ok(buffer) => buffer,
                Err(fault) if fault.kind() == ErrorKind::Interrupted => continue,
                Err(fault) => return Err(unreadable(&fault)),
            };
            if buffer.is_empty() {
                return Ok(any.then_some(fits));
            }
            any = true;
            let line_end = memchr::memchr(b'\n', buffer);
            let piece = &buffer[..line_end.map_or(buffer.len(), |end| end + 1)];
            let is_open = delimiter.is_some_and(|by| quotes.state_after(piece, by));
            let ended = line_end.is_some() && !is_open;
            fits &= self.bytes.len() + piece.len() <= MAX_LINE_BYTES;
            if fits {
                self.bytes.extend_from_slice(piece);
            } else {
                self.bytes.clear();
            }
            let used = piece.len();
            self.at.read.update(piece);
            self.input.consume(used);
            self.at.offset += used as u64;
            self.at.line += u64::from(line_end.is_some());
            // A quoted field longer than a record is an unclosed quotation mark. The record ends with this line.
            if ended || (line_end.is_some() && !fits) {
                break;
            }
        }
        if self.at.line == 2 && self.bytes.starts_with(b"\xEF\xBB\xBF") {
            self.bytes.drain(..3);
        }
        Ok(Some(fits))
    }
}

impl Header {
    fn fields(&self, op: Operation, row: &[u8]) -> Result<JsonFields, LineError> {
        let cells = cells(row, self.delimiter).map_err(|cause| LineError::Field(None, cause))?;
        if cells.len() != self.columns.len() {
            return Err(LineError::Field(None, ValidationError::FieldCount(self.columns.len())));
        }
        let named = self.columns.iter().cloned().zip(cells);
        // An empty cell means an absent field.
        let said = named.filter(|(_, cell)| !cell.is_empty()).map(|(name, cell)| (name, Value::String(cell)));
        let op = ("op".to_owned(), Value::String(op.as_str().to_owned()));
        Ok(std::iter::once(op).chain(said).collect())
    }
}

/// The state of a CSV reader within a row. A quote opens a quoted field only at its start. Two quotes within it are one
/// quote of the text.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Quotes {
    #[default]
    FieldBegins,
    Plain,
    Quoted,
    MayEnd,
}

impl Quotes {
    /// Advances over a piece of a row. Returns whether a quoted field is open at its end.
    fn state_after(&mut self, piece: &[u8], delimiter: u8) -> bool {
        for byte in piece {
            *self = match (*self, *byte) {
                (Quotes::FieldBegins | Quotes::MayEnd, b'"') => Quotes::Quoted,
                (Quotes::Quoted, b'"') => Quotes::MayEnd,
                (Quotes::Quoted, _) => Quotes::Quoted,
                (_, byte) if byte == delimiter || byte == b'\n' => Quotes::FieldBegins,
                _ => Quotes::Plain,
            };
        }
        *self == Quotes::Quoted
    }
}

/// Splits a row into trimmed cells. CSV readers end a row at a lone carriage return. This function does not, so that
/// the following text is not lost.
fn cells(row: &[u8], delimiter: u8) -> Result<Vec<String>, ValidationError> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(row);
    let mut record = csv::ByteRecord::new();
    let mut read = |record: &mut csv::ByteRecord| reader.read_byte_record(record).map_err(|_| ValidationError::NotUtf8);
    read(&mut record)?;
    if read(&mut csv::ByteRecord::new())? {
        return Err(ValidationError::InvalidCharacter);
    }
    let text = |cell: &[u8]| {
        std::str::from_utf8(cell).map(|text| text.trim().to_owned()).map_err(|_| ValidationError::NotUtf8)
    };
    record.iter().map(text).collect()
}

fn unreadable(fault: &std::io::Error) -> Error {
    Error::Usage { key: "input-unreadable", facts: vec![("detail", MessageArg::from(fault.to_string()))] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str, form: InputFormat) -> Vec<(u64, u64, bool)> {
        let mut reader = Reader::new(text.as_bytes(), form);
        std::iter::from_fn(|| reader.read().expect("a record"))
            .map(|record| (record.line, record.end.offset, record.asked.is_ok()))
            .collect()
    }

    #[test]
    fn records_have_line_number_and_end_position() {
        let text = "\u{FEFF}\n{\"op\":\"registry_count\"}\r\n\n{\n{\"op\":\"registry_count\"}";
        assert_eq!(records(text, InputFormat::JsonLines), [(2, 29, true), (4, 32, false), (5, 55, true)]);
        assert_eq!(records("", InputFormat::JsonLines), []);
    }

    #[test]
    fn first_character_decides_format_of_operation_file() {
        let lines = |text: &str| {
            let mut reader = Reader::for_operation(text.as_bytes(), Operation::AccountShow).expect("a form");
            let read = std::iter::from_fn(|| reader.read().expect("a record"));
            let lines: Vec<(u64, bool)> = read.map(|record| (record.line, record.asked.is_ok())).collect();
            assert_eq!(reader.mark().offset, text.len() as u64);
            lines
        };
        assert_eq!(
            lines("\u{FEFF}\n{\"niss\":\"12000000012\"}\n{\"op\":\"account_show\",\"niss\":12000000012}\n"),
            [(2, true), (3, true)]
        );
        assert_eq!(
            lines("{\"op\":\"registry_count\"}\n{\"op\":null,\"niss\":\"12000000012\"}"),
            [(1, false), (2, true)]
        );
        assert_eq!(lines("\u{FEFF}niss\r\n12000000012\r\n"), [(2, true)]);
        assert_eq!(lines(""), []);
        assert_eq!(lines(" \n\n"), []);
    }

    #[test]
    fn csv_row_can_span_lines() {
        let text = "niss;reason\n12000000012;\"one\ntwo \"\"x\"\"\"\n\n12000000012;a \"quote; within\n";
        let mut reader = Reader::new(text.as_bytes(), InputFormat::Csv(Operation::AccountClose));
        let lines: Vec<(u64, bool)> = std::iter::from_fn(|| reader.read().expect("a row"))
            .map(|record| (record.line, record.asked.is_ok()))
            .collect();
        // A reason must be one line. The last row has a field too many.
        assert_eq!(lines, [(2, false), (5, false)]);
    }

    #[test]
    fn too_long_record_is_counted_but_not_stored() {
        let long = "x".repeat(MAX_LINE_BYTES * 2);
        let text = format!("{long}\n{{\"op\":\"registry_count\"}}\n");
        let found = records(&text, InputFormat::JsonLines);
        assert_eq!(found.iter().map(|(line, _, fits)| (*line, *fits)).collect::<Vec<_>>(), [(1, false), (2, true)]);
        let mut reader = Reader::new(text.as_bytes(), InputFormat::JsonLines);
        while reader.read().expect("a record").is_some() {}
        assert_eq!(reader.mark().hash(), <[u8; 32]>::from(Sha256::digest(text.as_bytes())));
        assert!(reader.bytes.capacity() <= MAX_LINE_BYTES * 2);
    }

    #[test]
    fn reader_resumes_at_earlier_position() {
        let text = "niss\n12000000012\n\n12000000020\n";
        let mut first = Reader::new(text.as_bytes(), InputFormat::Csv(Operation::AccountShow));
        let stop = first.read().expect("a row").expect("one").end;
        let mut second = Reader::new(text.as_bytes(), InputFormat::Csv(Operation::AccountShow));
        assert!(second.skip_to(stop.offset, |_| Ok(())).expect("a place"));
        assert_eq!(second.mark().hash(), stop.hash());
        assert_eq!(second.read().expect("a row").expect("one").line, 4);
        let mut short = Reader::new(&text.as_bytes()[..8], InputFormat::Csv(Operation::AccountShow));
        assert!(!short.skip_to(stop.offset, |_| Ok(())).expect("no place"));
    }
}
