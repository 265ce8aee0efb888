//! Reads the rows of an import: JSON Lines, or CSV with a header and commas or semicolons. The first character decides
//! the format. A byte-order mark and CRLF are accepted.
//!
//! The input is cut into blocks of complete rows, which all cores validate. This module does not interpret rows. In CSV
//! only quotation marks matter, because a line feed inside quotes ends no row (`domain::csv_rows`).

use std::io::{ErrorKind, Read};

use crate::domain::csv_rows::{CsvShape, column_names};
use crate::error::Error;
use crate::import::row::Column;
use crate::l10n::MessageArg;

/// The maximum length of a line in bytes. An input without line ends, such as a device or an image, must not fill the
/// memory.
const LONGEST: usize = 1 << 20;

/// The approximate size of a block in bytes.
const BLOCK: usize = 256 << 10;

/// The number of bytes per read. It is less than the maximum length of a line, so that every line is measured.
const CHUNK: usize = 64 << 10;

/// The format of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// One object per line.
    JsonLines,
    /// CSV of this shape with these columns.
    Csv(CsvShape, Vec<Column>),
}

/// Complete rows of an input. The last block contains the rest of the input.
#[derive(Debug)]
pub struct Block {
    /// The unchanged bytes.
    pub bytes: Vec<u8>,
    /// The number of the first line.
    pub line: u64,
    /// The offset of the block's end in the input.
    pub end: u64,
}

/// An input that is cut into blocks.
pub struct BlockReader {
    input: Box<dyn Read + Send>,
    /// The approximate size of a block in bytes.
    block: usize,
    /// The bytes that were read but not returned. They begin with a row.
    stored: Vec<u8>,
    /// The line number at the start of `stored`.
    line: u64,
    /// The number of bytes that were read.
    read: u64,
    /// The number of bytes since the last line feed.
    open: usize,
    ended: bool,
    /// The shape of a CSV.
    shape: Option<CsvShape>,
    /// The length of `stored` up to the end of the last complete row.
    complete: usize,
    /// The scanned length of `stored`. There is no quotation mark between `complete` and here.
    looked: usize,
}

impl BlockReader {
    /// Detects the format of an input. Reads its first line with content, and the complete header of a CSV.
    ///
    /// # Errors
    /// Fails if the input can't be read or is not a registry.
    pub fn new(input: Box<dyn Read + Send>) -> Result<(BlockReader, Form), Error> {
        BlockReader::cutting(BLOCK, input)
    }

    fn cutting(block: usize, input: Box<dyn Read + Send>) -> Result<(BlockReader, Form), Error> {
        let (stored, shape) = (vec![], None);
        let mut source = BlockReader {
            input,
            block,
            stored,
            line: 1,
            read: 0,
            open: 0,
            ended: false,
            shape,
            complete: 0,
            looked: 0,
        };
        let first = source.first_line()?;
        if source.stored[..first].trim_ascii_start().starts_with(b"{") {
            source.rescan();
            return Ok((source, Form::JsonLines));
        }
        let header = CsvShape::of_header(&source.stored[..first]);
        let columns = source.header(header)?;
        let niss = columns.iter().position(|column| *column == Column::Niss);
        let shape = header.with_columns(columns.len(), niss);
        source.shape = Some(shape);
        source.rescan();
        Ok((source, Form::Csv(shape, columns)))
    }

    /// Returns whether all input was read. The last returned block is then the last block.
    pub fn is_finished(&self) -> bool {
        self.ended
    }

    /// Returns the next rows; `None` at the end of the input.
    ///
    /// # Errors
    /// As for [`BlockReader::new`].
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

    /// Removes the first `end` bytes of `stored` and returns them.
    fn take_front(&mut self, end: usize) -> Vec<u8> {
        let mut rest = Vec::with_capacity(self.block + CHUNK);
        rest.extend_from_slice(&self.stored[end..]);
        let mut bytes = std::mem::replace(&mut self.stored, rest);
        bytes.truncate(end);
        (self.complete, self.looked) = (self.complete.saturating_sub(end), self.looked.saturating_sub(end));
        bytes
    }

    /// Removes empty lines and the byte-order mark, and returns the length of the first other line.
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

    /// Reads more input and finds the ends of rows.
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
            // Adds a missing line feed to the last line, so that line numbers do not depend on it. The trimming of the
            // last field removes the carriage return of a CRLF.
            if self.stored.last().is_some_and(|last| *last != b'\n') {
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
        Ok(())
    }

    /// Finds the end of the last complete row again, after `stored` or the shape has changed.
    fn rescan(&mut self) {
        (self.complete, self.looked) = (0, 0);
        self.scan();
    }

    /// Finds the end of the last complete row in the new bytes.
    fn scan(&mut self) {
        let mut cells = vec![];
        while self.looked < self.stored.len() {
            let new = &self.stored[self.looked..];
            let mark = self.shape.and_then(|shape| Some((shape, memchr::memchr(b'"', new)?)));
            // Lines without a quotation mark are rows.
            if let Some(end) = memchr::memrchr(b'\n', &new[..mark.map_or(new.len(), |(_, mark)| mark)]) {
                self.complete = self.looked + end + 1;
            }
            let Some((shape, mark)) = mark else {
                self.looked = self.stored.len();
                return;
            };
            let Some(row) = shape.split(&self.stored[self.complete..], self.ended, &mut cells) else {
                self.looked += mark;
                return;
            };
            self.complete += row.length;
            self.looked = self.complete;
        }
    }

    /// Removes the header and returns the column at each position of a row.
    fn header(&mut self, shape: CsvShape) -> Result<Vec<Column>, Error> {
        let mut cells = vec![];
        loop {
            match shape.split(&self.stored, self.ended, &mut cells) {
                Some(row) if row.stray.is_some() => return Err(Error::usage("input-header-quote")),
                Some(row) => {
                    let header = self.take_front(row.length);
                    self.line += memchr::memchr_iter(b'\n', &header).count() as u64;
                    return columns(column_names(&header, &cells).ok_or_else(|| Error::usage("input-no-csv"))?);
                }
                None if self.stored.len() > 2 * LONGEST => return Err(Error::usage("input-header-quote")),
                None => self.fill_buffer()?,
            }
        }
    }
}

fn unreadable(fault: std::io::Error) -> Error {
    Error::Usage { key: "input-unreadable", facts: vec![("detail", MessageArg::from(fault.to_string()))] }
}

fn columns(header: Vec<String>) -> Result<Vec<Column>, Error> {
    let mut columns: Vec<Column> = vec![];
    for name in header {
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

    /// An input that returns at most this many bytes per read.
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

    /// Returns the rows of a text of this header.
    fn rows(mut text: &[u8]) -> Vec<&[u8]> {
        let shape = CsvShape::of_header(b",").with_columns(3, Some(0));
        let mut rows = vec![];
        while let Some(row) = shape.split(text, true, &mut vec![]).filter(|row| row.length > 0) {
            rows.push(&text[..row.length]);
            text = &text[row.length..];
        }
        rows
    }

    proptest! {
        #[test]
        fn block_size_does_not_change_rows(
            body in "[a\",\r\n1]{0,60}", block in 1_usize..40, drop in 1_usize..5,
        ) {
            let body = body.replace('1', "13000000001,citizen,");
            let text = format!("niss,kind,name\n{body}");
            let blocks = blocks(block, drop, &text).expect("blocks");
            let cut: Vec<_> = blocks.iter().flat_map(|block| rows(&block.bytes)).collect();
            let ended = if body.is_empty() || body.ends_with('\n') { body } else { format!("{body}\n") };
            prop_assert_eq!(cut, rows(ended.as_bytes()), "{:?}", blocks);
            let mut line = 2;
            for block in &blocks {
                prop_assert_eq!(block.line, line);
                line += block.bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
            }
            prop_assert_eq!(blocks.last().map_or(text.len(), |last| last.end as usize), text.len());
        }
    }

    #[test]
    fn header_ends_with_its_row() {
        for (text, line, rest) in [
            ("niss,kind,name\n1,2,3", 2, "1,2,3\n"),
            ("\u{feff}\n \nniss,kind,\"name\"\n\n1,2,3\n", 4, "\n1,2,3\n"),
            ("niss,kind,\"\n\nname\"\n1,2,3\n", 4, "1,2,3\n"),
        ] {
            for drop in [1, 2, 100] {
                let blocks = blocks(1000, drop, text).expect("blocks");
                let [block] = &blocks[..] else { panic!("{blocks:?}") };
                assert_eq!((block.line, str::from_utf8(&block.bytes)), (line, Ok(rest)), "{text:?} by {drop}");
            }
        }
    }

    #[test]
    fn too_long_lines_and_unclosed_headers_are_refused() {
        let key = |text: &str| match blocks(BLOCK, CHUNK, text) {
            Err(Error::Usage { key, .. }) => Some(key),
            _ => None,
        };
        let header = "niss,kind,name\n";
        assert_eq!(key(&format!("{header}{}", "x".repeat(LONGEST))), None);
        assert_eq!(key(&format!("{header}{}", "x".repeat(LONGEST + 1))), Some("input-long-line"));
        assert_eq!(key(&format!("{{}}\n{}\n{{}}\n", "x".repeat(LONGEST + 1))), Some("input-long-line"));
        let lines = "x\n".repeat(LONGEST);
        assert_eq!(key(&format!("{header}1,\"{lines}")), None);
        for header in ["niss,\"kind\n", "niss,\"kind\" ,name\n", &format!("niss,\"{}\n", "x".repeat(100_000))] {
            assert_eq!(key(header), Some("input-header-quote"), "{header:.20}");
        }
    }
}
