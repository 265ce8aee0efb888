//! Where rows come from: CSV with a header, comma or semicolon, or JSON Lines; told apart by the first character. A byte-order
//! mark and CRLF are all right.
//!
//! The input is cut into blocks of whole rows, which are then judged on all cores. Nothing here knows what a row says: of a CSV
//! only the quotation marks count, because a line feed between two of them ends no row.

use std::io::{ErrorKind, Read};

use crate::error::Error;
use crate::import::row::Column;
use crate::l10n::MessageArg;

/// The longest line that is read, in bytes: what has none of its own, a device or a picture, must not fill the memory.
const LONGEST: usize = 1 << 20;

/// The longest row of several lines: a quotation mark that is never closed must not fill it either.
const LONGEST_ROW: usize = 16 << 20;

/// A block's size, about.
const BLOCK: usize = 256 << 10;

/// So much is read at once; less than a line may have, so that each is measured.
const CHUNK: usize = 64 << 10;

/// How an input is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// One object a line.
    JsonLines,
    /// Texts between these, under these columns.
    Csv(u8, Vec<Column>),
}

/// Whole rows of an input, or all that is left of it.
#[derive(Debug)]
pub struct Block {
    /// As they stand there.
    pub bytes: Vec<u8>,
    /// The number of its first line.
    pub line: u64,
    /// How many bytes of the input end with it.
    pub end: u64,
}

/// An input that is cut into blocks.
pub struct BlockReader {
    input: Box<dyn Read + Send>,
    /// The size of a block, about.
    block: usize,
    /// What was read and not handed on; it begins with a row.
    stored: Vec<u8>,
    /// The number of the line that `kept` begins with.
    line: u64,
    /// How much was read.
    read: u64,
    /// The bytes since the last line feed.
    open: usize,
    ended: bool,
    /// The delimiter of a CSV.
    delimiter: Option<u8>,
    /// How far `kept` was looked through, whether that is between quotation marks, and where the last whole row ends.
    looked: usize,
    quoted: bool,
    complete: usize,
}

impl BlockReader {
    /// Reads as far as the form of the input shows: its first line with anything on it, and the whole header of a CSV.
    ///
    /// # Errors
    /// An input that can't be read, or is no registry.
    pub fn new(input: Box<dyn Read + Send>) -> Result<(BlockReader, Form), Error> {
        BlockReader::cutting(BLOCK, input)
    }

    fn cutting(block: usize, input: Box<dyn Read + Send>) -> Result<(BlockReader, Form), Error> {
        let (stored, delimiter) = (vec![], None);
        let mut source = BlockReader {
            input,
            block,
            stored,
            line: 1,
            read: 0,
            open: 0,
            ended: false,
            delimiter,
            looked: 0,
            quoted: false,
            complete: 0,
        };
        let first = source.first_line()?;
        (source.looked, source.complete) = (0, 0);
        source.scan();
        if source.stored[..first].trim_ascii_start().starts_with(b"{") {
            return Ok((source, Form::JsonLines));
        }
        let count = |byte: u8| source.stored[..first].iter().filter(|one| **one == byte).count();
        let delimiter = if count(b';') > count(b',') { b';' } else { b',' };
        source.delimiter = Some(delimiter);
        let columns = source.header(delimiter)?;
        Ok((source, Form::Csv(delimiter, columns)))
    }

    /// Whether everything was read: the block that was handed on last was the last one.
    pub fn is_finished(&self) -> bool {
        self.ended
    }

    /// The next rows; nothing at the end of the input.
    ///
    /// # Errors
    /// As of [`Source::new`].
    pub fn block(&mut self) -> Result<Option<Block>, Error> {
        while !self.ended && (self.stored.len() < self.block || self.complete == 0) {
            self.fill_buffer()?;
        }
        let end = if self.ended { self.stored.len() } else { self.complete };
        Ok((end > 0).then(|| {
            let line = self.line;
            let bytes = self.take_front(end);
            self.line += memchr::memchr_iter(b'\n', &bytes).count() as u64;
            Block { bytes, line, end: self.read - self.stored.len() as u64 }
        }))
    }

    /// Takes away what `kept` begins with.
    fn take_front(&mut self, end: usize) -> Vec<u8> {
        let mut rest = Vec::with_capacity(self.block + CHUNK);
        rest.extend_from_slice(&self.stored[end..]);
        let mut bytes = std::mem::replace(&mut self.stored, rest);
        bytes.truncate(end);
        (self.looked, self.complete) = (self.looked.saturating_sub(end), self.complete.saturating_sub(end));
        bytes
    }

    /// Leaves out empty lines and the mark before them, and gives the length of the first other line.
    fn first_line(&mut self) -> Result<usize, Error> {
        let mut marked = None;
        loop {
            if marked.is_none() && (self.stored.len() >= 3 || self.ended) {
                let mark = self.stored.starts_with(b"\xEF\xBB\xBF");
                marked = Some(mark);
                self.stored.drain(..if mark { 3 } else { 0 });
            }
            while let Some(end) = memchr::memchr(b'\n', &self.stored).filter(|_| marked.is_some()) {
                if !self.stored[..end].iter().all(u8::is_ascii_whitespace) {
                    return Ok(end);
                }
                self.stored.drain(..=end);
                self.line += 1;
            }
            if self.ended {
                let is_empty = self.stored.iter().all(u8::is_ascii_whitespace);
                return if is_empty { Err(Error::usage("empty-registry")) } else { Ok(self.stored.len()) };
            }
            self.fill_buffer()?;
        }
    }

    /// Reads on, and looks where rows end.
    fn fill_buffer(&mut self) -> Result<(), Error> {
        let from = self.stored.len();
        self.stored.resize(from + CHUNK, 0);
        let read = loop {
            match self.input.read(&mut self.stored[from..]) {
                Err(fault) if fault.kind() == ErrorKind::Interrupted => {}
                read => break read.map_err(unreadable)?,
            }
        };
        self.stored.truncate(from + read);
        self.read += read as u64;
        if read == 0 {
            self.ended = true;
            // Every line ends by its line feed, the last one too, or lines would be counted differently by how they end.
            // What is left of CRLF goes with the outer spaces of the last field.
            if !self.stored.is_empty() {
                self.stored.push(b'\n');
            }
        }
        let new = &self.stored[from..];
        let first = memchr::memchr(b'\n', new).unwrap_or(new.len());
        if self.open + first > LONGEST {
            return Err(Error::usage("input-long-line"));
        }
        self.open = memchr::memrchr(b'\n', new).map_or(self.open + new.len(), |last| new.len() - last - 1);
        self.scan();
        if self.complete == 0 && self.stored.len() > LONGEST_ROW { Err(Error::usage("input-long-row")) } else { Ok(()) }
    }

    /// Looks through what is new for the end of the last whole row. A quotation mark opens a text only where the text begins.
    fn scan(&mut self) {
        while self.looked < self.stored.len() {
            let new = &self.stored[self.looked..];
            let mark = self.delimiter.and_then(|_| memchr::memchr(b'"', new));
            if !self.quoted
                && let Some(end) = memchr::memrchr(b'\n', &new[..mark.unwrap_or(new.len())])
            {
                self.complete = self.looked + end + 1;
            }
            let Some(mark) = mark.map(|mark| self.looked + mark) else {
                self.looked = self.stored.len();
                return;
            };
            self.looked = mark + 1;
            if !self.quoted {
                let before = mark.checked_sub(1).map(|before| self.stored[before]);
                self.quoted = before.is_none_or(|byte| byte == b'\n' || Some(byte) == self.delimiter);
            } else {
                match self.stored.get(mark + 1) {
                    Some(b'"') => self.looked += 1,
                    Some(_) => self.quoted = false,
                    // Two of them are one that does not close: to be seen when there is more.
                    None => {
                        self.looked = mark;
                        return;
                    }
                }
            }
        }
    }

    /// Takes the header away: which column each place of a row belongs to.
    fn header(&mut self, delimiter: u8) -> Result<Vec<Column>, Error> {
        (self.looked, self.complete) = (0, 0);
        self.scan();
        while self.complete == 0 && !self.ended {
            self.fill_buffer()?;
        }
        let mut reader = reader(delimiter, &self.stored[..]);
        let mut header = csv::ByteRecord::new();
        reader.read_byte_record(&mut header).map_err(csv_error)?;
        let position = reader.position();
        let (length, lines) = (position.byte() as usize, position.line() - 1);
        self.take_front(length.min(self.stored.len()));
        self.line += lines;
        columns(&header)
    }
}

/// Reads a CSV as all of it is read.
pub fn reader<R: Read>(delimiter: u8, input: R) -> csv::Reader<R> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .terminator(csv::Terminator::Any(b'\n'))
        .flexible(true)
        .has_headers(false)
        .from_reader(input)
}

/// What the reader of a CSV can complain of.
pub fn csv_error(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(fault) => unreadable(fault),
        _ => Error::usage("input-no-csv"),
    }
}

fn unreadable(fault: std::io::Error) -> Error {
    Error::Usage { key: "input-unreadable", facts: vec![("detail", MessageArg::from(fault.to_string()))] }
}

fn columns(header: &csv::ByteRecord) -> Result<Vec<Column>, Error> {
    let mut columns: Vec<Column> = vec![];
    for name in header {
        let name = String::from_utf8_lossy(name).trim().to_ascii_lowercase();
        let fact = |key| Error::Usage {
            key,
            facts: vec![
                ("column", MessageArg::from(name.escape_debug().to_string())),
                ("columns", MessageArg::from(Column::NAMES.join(", "))),
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
            return Err(Error::Usage {
                key: "column-missing",
                facts: vec![("column", MessageArg::from(required.as_str()))],
            });
        }
    }
    Ok(columns)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// An input that gives so many bytes at a time.
    struct Drops(Vec<u8>, usize);

    impl Read for Drops {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let count = self.1.min(self.0.len()).min(buffer.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0.drain(..count);
            Ok(count)
        }
    }

    fn blocks(block: usize, drop: usize, text: &str) -> Result<Vec<Block>, Error> {
        let (mut source, _) = BlockReader::cutting(block, Box::new(Drops(text.into(), drop)))?;
        std::iter::from_fn(|| source.block().transpose()).collect()
    }

    fn records(bytes: &[u8]) -> Vec<csv::ByteRecord> {
        let rows = reader(b',', bytes).into_byte_records().map(|row| row.expect("a row")).collect::<Vec<_>>();
        rows.into_iter().filter(|row| !row.iter().all(<[u8]>::is_empty)).collect()
    }

    proptest! {
        #[test]
        fn rows_are_the_same_however_the_input_is_cut(
            body in "[a\",\r\n]{0,60}", block in 1_usize..40, drop in 1_usize..5,
        ) {
            let text = format!("niss,kind,name\n{body}");
            let blocks = blocks(block, drop, &text).expect("blocks");
            let cut: Vec<_> = blocks.iter().flat_map(|block| records(&[b"\n", &block.bytes[..]].concat())).collect();
            prop_assert_eq!(cut, records(&[b"\n", body.as_bytes(), b"\n"].concat()), "{:?}", blocks);
            let mut line = 2;
            for block in &blocks {
                prop_assert_eq!(block.line, line);
                line += block.bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
            }
            prop_assert_eq!(blocks.last().map_or(text.len(), |last| last.end as usize), text.len());
        }
    }

    #[test]
    fn a_header_ends_where_its_row_ends() {
        for (text, line, rest) in [
            ("niss,kind,name\n1,2,3", 2, "1,2,3\n"),
            ("\u{feff}\n \nniss,kind,\"name\"\n\n1,2,3\n", 4, "\n1,2,3\n\n"),
            ("niss,kind,\"\n\nname\"\n1,2,3\n", 4, "1,2,3\n\n"),
        ] {
            for drop in [1, 2, 100] {
                let blocks = blocks(1000, drop, text).expect("blocks");
                let [block] = &blocks[..] else { panic!("{blocks:?}") };
                assert_eq!((block.line, str::from_utf8(&block.bytes)), (line, Ok(rest)), "{text:?} by {drop}");
            }
        }
    }

    #[test]
    fn lines_and_rows_of_any_length_are_an_error_and_not_kept() {
        let key = |text: &str| match blocks(BLOCK, CHUNK, text) {
            Err(Error::Usage { key, .. }) => Some(key),
            _ => None,
        };
        let header = "niss,kind,name\n";
        assert_eq!(key(&format!("{header}{}", "x".repeat(LONGEST))), None);
        assert_eq!(key(&format!("{header}{}", "x".repeat(LONGEST + 1))), Some("input-long-line"));
        assert_eq!(key(&format!("{{}}\n{}\n{{}}\n", "x".repeat(LONGEST + 1))), Some("input-long-line"));
        let lines = "x\n".repeat(LONGEST_ROW / 2);
        assert_eq!(key(&format!("{header}{lines}{lines}")), None);
        assert_eq!(key(&format!("{header}1,\"{lines}{lines}")), Some("input-long-row"));
    }
}
