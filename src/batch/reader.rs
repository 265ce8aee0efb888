//! The reader of a batch. It returns records in order, each with its end position and its request or fault. The format is
//! JSON Lines, a JSON array of objects, or CSV with a header whose rows all have one operation.
//!
//! The input is UTF-8: an input in another encoding is decoded before (`tabular::text_input`). Positions and hashes are
//! those of the decoded text.

use std::io::{ErrorKind, Read};
use std::ops::Range;

use zeroize::Zeroizing;

use super::csv_header::{Header, is_ignored};
use super::input_buffer::{BYTE_ORDER_MARK, InputBuffer, InputFormat, InputPosition, MAX_LINE_BYTES};
use crate::domain::csv_rows::{Cell, CsvShape};
use crate::domain::input_option::InputOption;
use crate::domain::validation_error::ValidationError;
use crate::error::Error;
use crate::l10n::MessageArg;
use crate::request::Operation;
use crate::request::request_line::{InvalidLine, JsonFields, LineError, RequestLine};
use crate::tabular::header::{FileStart, separator_line};
use crate::tabular::json_array::{self, Next};
use crate::tabular::text_input::{TextFormat, not_utf8, unreadable};
use crate::tabular::{ColumnChoices, encoding};

/// A record.
pub struct InputRecord {
    /// The line where the record begins.
    pub line: u64,
    /// The position after the record.
    pub end: InputPosition,
    /// The length of the record in bytes.
    pub length: u64,
    /// The request, or the fault of the line.
    pub asked: Result<RequestLine, InvalidLine>,
    /// The record without its line end, if the reader keeps it. A record that is too long is not stored.
    pub text: Option<Zeroizing<Vec<u8>>>,
}

/// A reader of an input.
pub struct Reader<R> {
    input: InputBuffer<R>,
    form: InputFormat,
    header: Option<Header>,
    cells: Vec<Cell>,
    /// The encoding of the file.
    format: TextFormat,
    /// What the user says about columns.
    choices: ColumnChoices,
    has_begun: bool,
    /// Whether the records are the elements of an array.
    is_array: bool,
    /// Whether records have their text.
    keeps_text: bool,
}

/// The extent of a record in the buffer. The record is consumed, but not yet overwritten.
enum Extent {
    /// A line of JSON.
    Line(Range<usize>),
    /// A row of a CSV, whose fields are in `cells`.
    Row(Range<usize>),
    /// A row whose field at this position has a stray quotation mark.
    Stray(Range<usize>, usize),
    /// A record that is longer than [`MAX_LINE_BYTES`].
    TooLong,
}

impl<R: Read> Reader<R> {
    /// Returns a reader at the start of an input.
    pub fn new(input: R, form: InputFormat) -> Reader<R> {
        Reader::position_after(vec![], input, form)
    }

    /// Returns a reader of an input with one operation. The format is JSON if the first character is a brace or a bracket,
    /// else CSV.
    ///
    /// # Errors
    /// Fails if the input can't be read.
    pub fn for_operation(input: R, op: Operation) -> Result<Reader<R>, Error> {
        Reader::detecting(input, op, InputFormat::LinesOf(op))
    }

    /// Returns a reader as [`Reader::for_operation`]. An empty input has no header.
    ///
    /// # Errors
    /// Fails if the input can't be read.
    pub fn for_rows(input: R, op: Operation) -> Result<Reader<R>, Error> {
        Reader::detecting(input, op, InputFormat::Csv(op))
    }

    /// Returns a reader whose format its first character decides; `empty` is the format of an empty input.
    fn detecting(mut input: R, op: Operation, empty: InputFormat) -> Result<Reader<R>, Error> {
        let (mut visited, mut byte) = (vec![], [0]);
        let form = loop {
            match input.read(&mut byte) {
                Err(fault) if fault.kind() == ErrorKind::Interrupted => continue,
                Err(fault) => return Err(unreadable(&fault)),
                Ok(0) => break empty,
                Ok(_) => visited.extend(byte),
            }
            match byte[0] {
                b'{' | b'[' => break InputFormat::LinesOf(op),
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
            input: InputBuffer::after(visited, input, InputPosition::start(form)),
            form,
            header: None,
            cells: vec![],
            format: TextFormat::UTF_8,
            choices: ColumnChoices::default(),
            has_begun: false,
            is_array: false,
            keeps_text: false,
        }
    }

    /// Sets how the input is read: the encoding of the file, and what the user says about columns.
    pub fn reading(self, format: TextFormat, choices: ColumnChoices) -> Reader<R> {
        Reader { format, choices, ..self }
    }

    /// Returns the encoding of the file.
    pub fn format(&self) -> TextFormat {
        self.format
    }

    /// Returns the names of the columns that are left out.
    pub fn ignored_columns(&self) -> &[String] {
        self.header.as_ref().map_or(&[], |header| &header.ignored)
    }

    /// Reads the complete input without its requests. Callers detect a fault of a file before they change anything.
    ///
    /// # Errors
    /// As for [`Reader::read`]; also a column without a name that has content.
    pub fn check(mut self) -> Result<(), Error> {
        self.read_header()?;
        let mut row = 0;
        loop {
            if self.is_array {
                self.input.skip_separators()?;
            }
            let line = self.input.at.line;
            let shape = self.header.as_ref().map(|header| header.shape);
            let Some(extent) = self.next_extent(shape)? else { return Ok(()) };
            row += u64::from(!self.is_blank(&extent));
            if let (Some(header), Extent::Row(range)) = (&self.header, extent)
                && let Some(at) = header.unnamed_content(&self.input.bytes[range], &self.cells)
            {
                let facts = [("line", line), ("row", row), ("column", at as u64 + 1)];
                let mut facts = facts.map(|(name, number)| (name, MessageArg::from(number.to_string()))).to_vec();
                facts.push(("add", MessageArg::InputOptions(vec![InputOption::IgnoreUnknown])));
                return Err(Error::Usage { key: "unnamed-column", facts });
            }
        }
    }

    /// Makes the reader keep the text of each record.
    pub fn keep_text(&mut self) {
        self.keeps_text = true;
    }

    /// Returns the header of a CSV, once it was read.
    pub fn csv_header(&self) -> Option<&Header> {
        self.header.as_ref()
    }

    /// Returns the position of the next record.
    pub fn mark(&self) -> &InputPosition {
        &self.input.at
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
        if self.is_array {
            self.input.skip_separators()?;
        }
        let InputPosition { line, offset, .. } = self.input.at;
        let Some(extent) = self.next_extent(self.header.as_ref().map(|header| header.shape))? else {
            return Ok(None);
        };
        if self.is_blank(&extent) {
            return Ok(Some(None));
        }
        let text = match &extent {
            Extent::Line(range) | Extent::Row(range) | Extent::Stray(range, _) if self.keeps_text => {
                let record = &self.input.bytes[range.clone()];
                let line = record.strip_suffix(b"\n").unwrap_or(record);
                Some(Zeroizing::new(line.strip_suffix(b"\r").unwrap_or(line).to_vec()))
            }
            Extent::Line(_) | Extent::Row(_) | Extent::Stray(..) | Extent::TooLong => None,
        };
        let (end, length) = (self.input.at.clone(), self.input.at.offset - offset);
        Ok(Some(Some(InputRecord { line, end, length, asked: self.asked(extent), text })))
    }

    /// Returns whether a record is an empty line, or has only columns or keys that are ignored.
    fn is_blank(&self, extent: &Extent) -> bool {
        match (extent, &self.header) {
            (Extent::Line(range) | Extent::Row(range), _)
                if self.input.bytes[range.clone()].trim_ascii().is_empty() =>
            {
                true
            }
            (Extent::Row(range), Some(header)) => {
                let row = &self.input.bytes[range.clone()];
                let has_remarks = self.cells.len() == header.columns.len();
                let is_blank = |(at, cell): (usize, &Cell)| {
                    (has_remarks && is_ignored(&header.columns[at])) || cell.bytes(row).trim_ascii().is_empty()
                };
                self.cells.iter().enumerate().all(is_blank)
            }
            // A line of remarks of a file of failed lines.
            (Extent::Line(range), _) => {
                let line = self.input.bytes[range.clone()].trim_ascii();
                line.starts_with(b"{\"_") && JsonFields::read(line).is_ok_and(|fields| fields.is_only_ignored())
            }
            (Extent::Row(_) | Extent::Stray(..) | Extent::TooLong, _) => false,
        }
    }

    /// Consumes the next record, and checks that it is UTF-8.
    fn next_extent(&mut self, shape: Option<CsvShape>) -> Result<Option<Extent>, Error> {
        let line = self.input.at.line;
        let extent = if self.is_array { self.element()? } else { self.record(shape)? };
        if self.format.is_lenient || matches!(extent, None | Some(Extent::TooLong)) {
            return Ok(extent);
        }
        let record = &self.input.bytes[self.input.latest.clone()];
        if let Err(fault) = str::from_utf8(record) {
            let line = line + memchr::memchr_iter(b'\n', &record[..fault.valid_up_to()]).count() as u64;
            return Err(not_utf8(line, encoding::guess(record), vec![]));
        }
        Ok(extent)
    }

    /// Skips to the position where an earlier batch stopped and calls `each` with every record on the way. Returns
    /// the position as the batch saw it, or `None` if no record ends there.
    ///
    /// # Errors
    /// As for [`Reader::read`].
    pub fn skip_to(
        &mut self,
        offset: u64,
        mut each: impl FnMut(&InputRecord) -> Result<(), Error>,
    ) -> Result<Option<InputPosition>, Error> {
        self.read_header()?;
        while self.input.at.offset < offset {
            match self.record_or_blank()? {
                // The white space before the end of an array is behind its last element.
                None if self.is_array && self.input.at.offset == offset => break,
                None => return Ok(None),
                Some(record) => record.iter().try_for_each(&mut each)?,
            }
        }
        // The last line had no line end when the batch ran, and now it has a carriage return and a line feed.
        let mut with_line_feed = self.input.before_line_end.clone();
        with_line_feed.advance(b"\n");
        // Stores before version 5 have positions without the missing line end.
        let possible = [&self.input.at, &with_line_feed, &self.input.before_line_end];
        Ok(possible.into_iter().find(|position| position.offset == offset).cloned())
    }

    /// Reads the header of a CSV or the first character of JSON, unless it was read before. Callers detect an invalid
    /// header before they change anything.
    ///
    /// # Errors
    /// As for [`Reader::read`].
    pub fn read_header(&mut self) -> Result<(), Error> {
        if std::mem::replace(&mut self.has_begun, true) {
            return Ok(());
        }
        match self.form {
            InputFormat::Csv(op) => self.header = Some(self.header(op)?),
            InputFormat::JsonLines | InputFormat::LinesOf(_) => {
                if self.choices.ignore_unknown || !self.choices.maps.is_empty() {
                    return Err(Error::usage("columns-json"));
                }
                self.begin_array()?;
            }
        }
        Ok(())
    }

    /// Consumes the bracket at the start of an array, if there is one.
    fn begin_array(&mut self) -> Result<(), Error> {
        loop {
            let rest = self.input.rest();
            let mark = if rest.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
            let mut visible = rest.iter().enumerate().skip(mark).filter(|(_, byte)| !byte.is_ascii_whitespace());
            let (first, second) = (visible.next(), visible.next());
            match (first, second) {
                (Some((at, b'[')), Some((_, b'{' | b']'))) => {
                    self.is_array = true;
                    self.input.consume_exactly(at + 1);
                    return Ok(());
                }
                (None | Some((_, b'[')), None) if !self.input.ended && rest.len() <= MAX_LINE_BYTES => {
                    self.input.fill()?
                }
                _ => return Ok(()),
            }
        }
    }

    /// Consumes the next element of an array. Returns `None` at its end.
    fn element(&mut self) -> Result<Option<Extent>, Error> {
        loop {
            let fault = |reader: &Reader<R>, key: &'static str| {
                let line = MessageArg::from(reader.input.at.line.to_string());
                Err(Error::Usage { key, facts: vec![("line", line)] })
            };
            match json_array::next(self.input.rest()) {
                Next::Element(range) if range.len() > MAX_LINE_BYTES => return Err(Error::usage("input-long-line")),
                Next::Element(range) => {
                    let consumed = self.input.consume_exactly(range.end);
                    return Ok(Some(Extent::Line(consumed.start + range.start..consumed.end)));
                }
                Next::End(_) => {
                    while !self.input.ended {
                        self.input.fill()?;
                        if self.input.rest().len() > 2 * MAX_LINE_BYTES {
                            break;
                        }
                    }
                    let end = json_array::skip_separators(self.input.rest()) + 1;
                    return match self.input.rest()[end..].trim_ascii().is_empty() {
                        true => Ok(None),
                        false => fault(self, "input-array-rest"),
                    };
                }
                Next::Incomplete(_) if self.input.ended => return fault(self, "input-array-open"),
                Next::Incomplete(_) if self.input.rest().len() > MAX_LINE_BYTES => {
                    return Err(Error::usage("input-long-line"));
                }
                Next::Incomplete(_) => self.input.fill()?,
            }
        }
    }

    fn asked(&self, extent: Extent) -> Result<RequestLine, InvalidLine> {
        let (op, bare) = match self.form {
            InputFormat::Csv(op) => (Some(op), Some(op)),
            InputFormat::LinesOf(op) => (Some(op), None),
            InputFormat::JsonLines => (None, None),
        };
        let invalid = |fault| InvalidLine { id: None, op: bare, fault };
        match (extent, &self.header, op) {
            (Extent::TooLong, ..) => {
                let fault = LineError::Field(None, ValidationError::Length("1-1048576"));
                Err(InvalidLine { id: None, op: None, fault })
            }
            (Extent::Stray(_, at), header, _) => {
                let column = header.as_ref().and_then(|header| header.name(at));
                Err(invalid(LineError::Field(column, ValidationError::StrayQuote)))
            }
            (Extent::Row(range), Some(header), Some(op)) => {
                let fields = header.fields(op, &self.input.bytes[range], &self.cells);
                RequestLine::parse_written(fields.map_err(invalid)?)
            }
            (Extent::Line(range) | Extent::Row(range), _, op) => {
                let fields = JsonFields::read(&self.input.bytes[range]).map_err(|fault| invalid(fault.into()))?;
                match op {
                    Some(op) => RequestLine::parse_as(fields, op),
                    None => RequestLine::parse(fields),
                }
            }
        }
    }

    /// Reads the header of a CSV.
    fn header(&mut self, op: Operation) -> Result<Header, Error> {
        let (mut delimiter, mut before) = (None, vec![]);
        let shape = loop {
            match self.input.line_length()? {
                None => return Err(Error::usage("batch-empty")),
                Some(length) if length > MAX_LINE_BYTES => return Err(Error::usage("input-long-line")),
                Some(length) => {
                    let line = &self.input.bytes[self.input.next..self.input.next + length];
                    let content = line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line);
                    before.extend_from_slice(&line[..line.len() - content.len()]);
                    match separator_line(content) {
                        Some(named) if delimiter.is_none() => {
                            delimiter = Some(named);
                            before.extend_from_slice(content);
                        }
                        _ if content.trim_ascii().is_empty() => {}
                        _ => break delimiter.map_or_else(|| CsvShape::of_header(content), CsvShape::of_delimiter),
                    }
                    self.input.consume(length);
                }
            }
        };
        let line = self.input.at.line;
        let Some(Extent::Row(range)) = self.record(Some(shape))? else {
            return Err(Error::usage("input-header-quote"));
        };
        let (row, sample) = (&self.input.bytes[range.clone()], &self.input.bytes[range.start..]);
        let start = FileStart { row, cells: &self.cells, line, sample, format: self.format };
        Header::new(shape, op, before, &start, &self.choices)
    }

    /// Consumes the next record: a row of this shape, else a line. Returns `None` at the end of the input.
    fn record(&mut self, shape: Option<CsvShape>) -> Result<Option<Extent>, Error> {
        let Some(line) = self.input.line_length()? else { return Ok(None) };
        if line > MAX_LINE_BYTES {
            self.input.consume_line()?;
            return Ok(Some(Extent::TooLong));
        }
        let mark = if self.input.at.offset == 0 && self.input.rest().starts_with(BYTE_ORDER_MARK) {
            BYTE_ORDER_MARK.len()
        } else {
            0
        };
        let Some(shape) = shape else {
            let range = self.input.consume(line);
            return Ok(Some(Extent::Line(range.start + mark..range.end)));
        };
        loop {
            match shape.split(&self.input.bytes[self.input.next + mark..], self.input.ended, &mut self.cells) {
                Some(row) => {
                    let range = self.input.consume(mark + row.length);
                    return Ok(Some(match row.stray {
                        Some(column) => Extent::Stray(range.start + mark..range.end, column),
                        None if range.len() > MAX_LINE_BYTES => Extent::TooLong,
                        None => Extent::Row(range.start + mark..range.end),
                    }));
                }
                // A line inside the row is too long. It is read as a record of its own.
                None if self.input.rest().len() > 4 * MAX_LINE_BYTES => {
                    self.input.consume(line);
                    return Ok(Some(Extent::TooLong));
                }
                None => self.input.fill()?,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;
    use crate::request::request_line::LineId;

    fn records(text: &str, form: InputFormat) -> Vec<(u64, u64, bool)> {
        let mut reader = Reader::new(text.as_bytes(), form);
        std::iter::from_fn(|| reader.read().expect("a record"))
            .map(|record| (record.line, record.end.offset, record.asked.is_ok()))
            .collect()
    }

    #[test]
    fn records_have_line_number_and_end_position() {
        let text = "\u{FEFF}\n{\"op\":\"registry_count\"}\r\n\n{\n{\"op\":\"registry_count\"}";
        assert_eq!(records(text, InputFormat::JsonLines), [(2, 29, true), (4, 32, false), (5, 56, true)]);
        assert_eq!(records("", InputFormat::JsonLines), []);
    }

    #[test]
    fn first_character_decides_format_of_operation_file() {
        let lines = |text: &str| {
            let mut reader = Reader::for_operation(text.as_bytes(), Operation::AccountShow).expect("a form");
            let read = std::iter::from_fn(|| reader.read().expect("a record"));
            let lines: Vec<(u64, bool)> = read.map(|record| (record.line, record.asked.is_ok())).collect();
            let unended = !text.is_empty() && !text.ends_with('\n');
            assert_eq!(reader.mark().offset, text.len() as u64 + u64::from(unended));
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
    fn stray_mark_hides_no_row() {
        let text = "niss,id\n12000000012,\"x1\n12000000038,x2\n12000000012,\"x\n\ny\"\n12000000038,x4";
        for chunk in [1, 7, 1000] {
            let mut reader = Reader::new(Chunks(text.as_bytes(), chunk), InputFormat::Csv(Operation::AccountShow));
            let rows: Vec<_> = std::iter::from_fn(|| reader.read().expect("a row"))
                .map(|row| (row.line, row.asked.map(|line| line.id).map_err(|invalid| invalid.fault)))
                .collect();
            let id = |id: &str| Ok(Some(LineId::Text(id.to_owned())));
            let stray = Err(LineError::Field(Some("id".to_owned()), ValidationError::StrayQuote));
            assert_eq!(rows, [(2, stray), (3, id("x2")), (4, id("x\n\ny")), (7, id("x4"))]);
        }
    }

    /// An input that returns at most this many bytes per read.
    struct Chunks<'a>(&'a [u8], usize);

    impl Read for Chunks<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let length = self.1.min(buffer.len()).min(self.0.len());
            (&self.0[..length]).read(&mut buffer[..length]).inspect(|read| self.0 = &self.0[*read..])
        }
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
        assert!(reader.input.bytes.capacity() <= MAX_LINE_BYTES * 2);
    }

    #[test]
    fn reader_resumes_at_earlier_position() {
        let text = "niss\n12000000012\n\n12000000020\n";
        let mut first = Reader::new(text.as_bytes(), InputFormat::Csv(Operation::AccountShow));
        let stop = first.read().expect("a row").expect("one").end;
        let mut second = Reader::new(text.as_bytes(), InputFormat::Csv(Operation::AccountShow));
        let reached = second.skip_to(stop.offset, |_| Ok(())).expect("readable").expect("a place");
        assert_eq!((reached.line, reached.hash()), (3, stop.hash()));
        assert_eq!(second.read().expect("a row").expect("one").line, 4);
        let mut short = Reader::new(&text.as_bytes()[..8], InputFormat::Csv(Operation::AccountShow));
        assert!(short.skip_to(stop.offset, |_| Ok(())).expect("readable").is_none());
    }

    #[test]
    fn reader_resumes_behind_a_line_that_had_no_end() {
        let text = "niss\n12000000012\n12000000020";
        let end_of = |text: &str| {
            let mut reader = Reader::new(text.as_bytes(), InputFormat::Csv(Operation::AccountShow));
            while reader.read().expect("a row").is_some() {}
            reader.mark().clone()
        };
        let stop = end_of(text);
        for more in ["", "\n", "\r\n", "\n12000000038\n", "\r\n\r\n"] {
            let longer = format!("{text}{more}");
            let mut reader = Reader::new(longer.as_bytes(), InputFormat::Csv(Operation::AccountShow));
            let reached = reader.skip_to(stop.offset, |_| Ok(())).expect("readable").expect("a place");
            assert_eq!((reached.line, reached.hash()), (stop.line, stop.hash()), "{more:?}");
        }
        for other in ["0\n", "\t\n", " "] {
            let longer = format!("{text}{other}");
            let mut reader = Reader::new(longer.as_bytes(), InputFormat::Csv(Operation::AccountShow));
            let reached = reader.skip_to(stop.offset, |_| Ok(())).expect("readable");
            assert!(reached.is_none_or(|reached| reached.hash() != stop.hash()), "{other:?}");
        }
    }
}
