//! Reads the rows of an import: JSON Lines, a JSON array of objects, or CSV with a header. The first character decides the
//! format. A byte-order mark and CRLF are accepted.
//!
//! The input is cut into blocks of complete rows, which all cores validate. This module does not interpret rows. In CSV
//! only quotation marks matter, because a line feed inside quotes ends no row (`domain::csv_rows`). In an array only
//! strings and brackets matter (`tabular::json_array`).

use std::io::{BufReader, Read};

use crate::domain::csv_rows::CsvShape;
use crate::error::Error;
use crate::import::row::Column;
use crate::l10n::MessageArg;
use crate::tabular::header::{self, Expected, FileStart, separator_line};
use crate::tabular::json_array::{self, Next};
use crate::tabular::text_input::{TextFormat, read_more, unreadable};
use crate::tabular::{ColumnChoices, Header, ReadOptions, TextInput};

/// The maximum length of a line in bytes. An input without line ends, such as a device or an image, must not fill the
/// memory.
const LONGEST: usize = 1 << 20;

/// The approximate size of a block in bytes.
const BLOCK: usize = 256 << 10;

/// The number of bytes per read. It is less than the maximum length of a line, so that every line is measured.
const CHUNK: usize = 64 << 10;

/// The format of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputForm {
    /// The encoding of the file.
    pub format: TextFormat,
    /// The form of its rows.
    pub rows: Form,
}

/// The form of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// One object per line.
    JsonLines,
    /// The objects of one array.
    JsonArray,
    /// CSV.
    Csv(CsvForm),
}

/// The form of a CSV.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvForm {
    /// The shape of the rows.
    pub shape: CsvShape,
    /// The columns of the file, which refer to [`Column::ALL`].
    pub header: Header,
    /// The bytes of the header row, and of the line with the separator before it.
    pub head: CsvHead,
    /// Whether columns without a name can have content, which is left out.
    pub ignores_unnamed: bool,
}

/// The first rows of a CSV as they are in the file, in UTF-8.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvHead {
    /// The line `sep=;`, or nothing.
    pub separator: Vec<u8>,
    /// The header.
    pub header: Vec<u8>,
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
    input: BufReader<Box<dyn Read + Send>>,
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
    /// The state of an array.
    array: Option<ArrayState>,
}

/// The state of an array.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ArrayState {
    Open,
    /// The bracket at its end was read.
    Closed,
}

impl BlockReader {
    /// Detects the format of an input. Reads its first line with content, and the complete header of a CSV.
    ///
    /// # Errors
    /// Fails if the input can't be read or is not a registry.
    pub fn new(input: Box<dyn Read + Send>, options: &ReadOptions) -> Result<(BlockReader, InputForm), Error> {
        BlockReader::cutting(BLOCK, input, options)
    }

    fn cutting(
        block: usize,
        input: Box<dyn Read + Send>,
        options: &ReadOptions,
    ) -> Result<(BlockReader, InputForm), Error> {
        let (input, format) = TextInput::open(input, options.encoding)?.into_parts();
        let (stored, shape) = (vec![], None);
        let mut source = BlockReader {
            input: BufReader::with_capacity(CHUNK, input),
            block,
            stored,
            line: 1,
            read: 0,
            open: 0,
            ended: false,
            shape,
            complete: 0,
            looked: 0,
            array: None,
        };
        let mut first = source.first_line()?;
        if let Some(rows) = source.json_form()? {
            source.rescan();
            source.check_array()?;
            return Ok((source, InputForm { format, rows }));
        }
        let (mut separator, mut shape) = (vec![], None);
        if let Some(delimiter) = separator_line(&source.stored[..first]) {
            let length = source.stored.len().min(first + 1);
            (separator, shape) = (source.take_front(length), Some(CsvShape::of_delimiter(delimiter)));
            source.line += 1;
            first = source.first_line()?;
        }
        let shape = shape.unwrap_or_else(|| CsvShape::of_header(&source.stored[..first]));
        let (header, row) = source.header(shape, format, &options.columns)?;
        let shape = shape.with_columns(header.names.len(), header.position(Column::Niss as usize));
        source.shape = Some(shape);
        source.rescan();
        let head = CsvHead { separator, header: row };
        let ignores_unnamed = options.columns.ignore_unknown;
        Ok((source, InputForm { format, rows: Form::Csv(CsvForm { shape, header, head, ignores_unnamed }) }))
    }

    /// Recognises JSON by its first character. Removes the bracket of an array.
    fn json_form(&mut self) -> Result<Option<Form>, Error> {
        loop {
            let blank = |byte: &u8| !byte.is_ascii_whitespace();
            let Some(at) = self.stored.iter().position(blank) else { return Ok(None) };
            match self.stored[at] {
                b'{' => return Ok(Some(Form::JsonLines)),
                b'[' => match self.stored[at + 1..].iter().copied().find(|byte| blank(byte)) {
                    Some(b'{' | b']') => {
                        self.line += memchr::memchr_iter(b'\n', &self.stored[..at]).count() as u64;
                        self.stored.drain(..=at);
                        self.array = Some(ArrayState::Open);
                        return Ok(Some(Form::JsonArray));
                    }
                    None if !self.ended => self.fill_buffer()?,
                    Some(_) | None => return Ok(None),
                },
                _ => return Ok(None),
            }
        }
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
            if self.array.is_some() && self.complete == 0 && self.stored.len() > LONGEST {
                return Err(Error::usage("input-long-line"));
            }
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
            // An array may be one long line.
            if marked.is_some() && self.stored.trim_ascii_start().starts_with(b"[") {
                return Ok(self.stored.len());
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
        let read = read_more(&mut self.input, &mut self.stored).map_err(|fault| unreadable(&fault))?;
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
        if self.open + first > LONGEST && self.array.is_none() {
            return Err(Error::usage("input-long-line"));
        }
        self.open = memchr::memrchr(b'\n', new).map_or(self.open + new.len(), |last| new.len() - last - 1);
        self.scan();
        self.check_array()
    }

    /// Checks the end of an array. A file that was cut off has none.
    fn check_array(&self) -> Result<(), Error> {
        let fault = match self.array {
            Some(ArrayState::Open) if self.ended => "input-array-open",
            Some(ArrayState::Closed) if !self.stored[self.complete..].trim_ascii().is_empty() => "input-array-rest",
            Some(ArrayState::Open | ArrayState::Closed) | None => return Ok(()),
        };
        let from = self.complete + json_array::skip_separators(&self.stored[self.complete..]);
        let line = self.line + memchr::memchr_iter(b'\n', &self.stored[..from]).count() as u64;
        Err(Error::Usage { key: fault, facts: vec![("line", MessageArg::from(line.to_string()))] })
    }

    /// Finds the end of the last complete row again, after `stored` or the shape has changed.
    fn rescan(&mut self) {
        (self.complete, self.looked) = (0, 0);
        self.scan();
    }

    /// Finds the end of the last complete row in the new bytes.
    fn scan(&mut self) {
        if self.array.is_some() {
            return self.scan_array();
        }
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

    /// Finds the end of the last complete element in the new bytes.
    fn scan_array(&mut self) {
        while self.array == Some(ArrayState::Open) {
            match json_array::next(&self.stored[self.complete..]) {
                Next::Element(range) => self.complete += range.end,
                Next::End(end) => {
                    self.complete += end;
                    self.array = Some(ArrayState::Closed);
                }
                Next::Incomplete(_) => return,
            }
        }
    }

    /// Removes the header. Returns the columns, and the bytes of the header.
    fn header(
        &mut self,
        shape: CsvShape,
        format: TextFormat,
        choices: &ColumnChoices,
    ) -> Result<(Header, Vec<u8>), Error> {
        let mut cells = vec![];
        loop {
            match shape.split(&self.stored, self.ended, &mut cells) {
                Some(row) if row.stray.is_some() => return Err(Error::usage("input-header-quote")),
                Some(row) => {
                    let (line, sample) = (self.line, &self.stored[..]);
                    let start = FileStart { row: &sample[..row.length], cells: &cells, line, sample, format };
                    let required = [Column::Niss, Column::Kind, Column::Name].map(Column::as_str);
                    let expected = Expected { known: Column::NAMES, required: &required };
                    let found = header::read(&start, &expected, choices)?;
                    let header = self.take_front(row.length);
                    self.line += memchr::memchr_iter(b'\n', &header).count() as u64;
                    return Ok((found, header));
                }
                None if self.stored.len() > 2 * LONGEST => return Err(Error::usage("input-header-quote")),
                None => self.fill_buffer()?,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tabular::text_input::test_inputs::Drops;

    fn blocks(block: usize, drop: usize, text: &str) -> Result<Vec<Block>, Error> {
        let (mut source, _) = BlockReader::cutting(block, Box::new(Drops(text.into(), drop)), &ReadOptions::default())?;
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
    fn array_is_cut_between_its_elements() {
        let text = "\u{feff}\n[\n {\"a\":\"]}\"},\n{\n\"b\":1}\n,{\"c\":[{}]} ]\n\n";
        for (block, drop) in [(1, 1), (10, 3), (1000, 1000)] {
            let blocks = blocks(block, drop, text).expect("blocks");
            let mut elements = vec![];
            for block in &blocks {
                let (mut rest, mut line) = (&block.bytes[..], block.line);
                while let Next::Element(range) = json_array::next(rest) {
                    line += memchr::memchr_iter(b'\n', &rest[..range.start]).count() as u64;
                    elements.push((line, str::from_utf8(&rest[range.clone()]).expect("text").to_owned()));
                    line += memchr::memchr_iter(b'\n', &rest[range.clone()]).count() as u64;
                    rest = &rest[range.end..];
                }
            }
            let expected = [(3, "{\"a\":\"]}\"}"), (4, "{\n\"b\":1}"), (6, "{\"c\":[{}]}")];
            assert_eq!(elements, expected.map(|(line, text)| (line, text.to_owned())), "{block} {drop}");
            assert_eq!(blocks.last().map(|last| last.end), Some(text.len() as u64));
        }
        let key = |text: &str| match blocks(BLOCK, CHUNK, text) {
            Err(Error::Usage { key, facts }) => Some((key, format!("{facts:?}"))),
            _ => None,
        };
        let line = |line: &str| format!("[(\"line\", Text(\"{line}\"))]");
        assert_eq!(key("[{},\n{\"a\":1"), Some(("input-array-open", line("2"))));
        assert_eq!(key("[{}]\n\n{}"), Some(("input-array-rest", line("3"))));
        let long = format!("[{}{{}}]", "{\"a\":1},".repeat(LONGEST / 4));
        assert_eq!(key(&long), None);
        assert_eq!(
            key(&format!("[{{\"a\":\"{}\"}}]", "x".repeat(2 * LONGEST))).map(|(key, _)| key),
            Some("input-long-line")
        );
    }

    #[test]
    fn separator_line_decides_the_delimiter() {
        let read = |text: &str| {
            let input = Box::new(std::io::Cursor::new(text.as_bytes().to_vec()));
            let (mut source, form) = BlockReader::new(input, &ReadOptions::default()).expect("a registry");
            let Form::Csv(csv) = form.rows else { panic!("no CSV") };
            (csv.shape.delimiter(), csv.head.separator, source.block().expect("readable").map(|block| block.line))
        };
        let text = "\u{feff}sep=;\r\nniss;kind;name,x,y,z\r\n1;2;3\r\n".replace("name,x,y,z", "name");
        assert_eq!(read(&text), (b';', b"sep=;\r\n".to_vec(), Some(3)));
        assert_eq!(read("niss\tkind\tname\n1\t2\t3"), (b'\t', vec![], Some(2)));
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
