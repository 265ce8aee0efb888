//! The bytes of a batch's input: they are read, and consumed record by record, with the position and the hash of all input
//! up to there.

use std::io::{Chain, Cursor, ErrorKind, Read};
use std::ops::Range;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::error::Error;
use crate::request::Operation;
use crate::tabular::json_array;
use crate::tabular::text_input::unreadable;

/// The maximum length of a record in bytes. An input without lines, such as a device or an image, must not fill the
/// memory.
pub const MAX_LINE_BYTES: usize = 1 << 20;

/// The number of bytes per read.
const CHUNK: usize = 64 << 10;

pub(super) const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The format of the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputFormat {
    /// JSON objects, one per line or in an array, each with its operation.
    JsonLines,
    /// JSON objects, one per line or in an array, all with this operation; `op` is optional.
    LinesOf(Operation),
    /// CSV with a header. All rows have this operation.
    Csv(Operation),
}

/// A position between two records. A last line without a line end counts as if it had one: the input may get more lines
/// before its batch is resumed.
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

    pub(super) fn advance(&mut self, bytes: &[u8]) {
        self.read.update(bytes);
        self.offset += bytes.len() as u64;
        self.line += memchr::memchr_iter(b'\n', bytes).count() as u64;
    }
}

/// An input with the bytes that were read ahead, and the position behind those that were consumed.
pub(super) struct InputBuffer<R> {
    input: Chain<Cursor<Vec<u8>>, R>,
    /// The position behind the consumed bytes.
    pub(super) at: InputPosition,
    /// The position before the line end of the latest record.
    pub(super) before_line_end: InputPosition,
    /// The bytes that were read. They may contain passwords.
    pub(super) bytes: Zeroizing<Vec<u8>>,
    /// The position of the next record in `bytes`.
    pub(super) next: usize,
    /// The range of the latest record in `bytes`.
    pub(super) latest: Range<usize>,
    pub(super) ended: bool,
}

impl<R: Read> InputBuffer<R> {
    /// Returns the buffer of an input whose first bytes were already read.
    pub(super) fn after(visited: Vec<u8>, input: R, start: InputPosition) -> InputBuffer<R> {
        InputBuffer {
            input: Cursor::new(visited).chain(input),
            before_line_end: start.clone(),
            at: start,
            bytes: Zeroizing::new(Vec::with_capacity(2 * CHUNK)),
            next: 0,
            latest: 0..0,
            ended: false,
        }
    }

    /// Returns the length of the next line with its end, or a length above [`MAX_LINE_BYTES`] if it is longer than that.
    /// Returns `None` at the end of the input.
    pub(super) fn line_length(&mut self) -> Result<Option<usize>, Error> {
        let mut searched = 0;
        loop {
            let rest = self.rest();
            if let Some(end) = memchr::memchr(b'\n', &rest[searched..]) {
                return Ok(Some(searched + end + 1));
            }
            searched = rest.len();
            if self.ended || searched > MAX_LINE_BYTES {
                return Ok((searched > 0).then_some(searched));
            }
            self.fill()?;
        }
    }

    /// Returns the bytes that were read and not consumed.
    pub(super) fn rest(&self) -> &[u8] {
        &self.bytes[self.next..]
    }

    /// Reads more input.
    pub(super) fn fill(&mut self) -> Result<(), Error> {
        self.bytes.drain(..self.next);
        self.next = 0;
        let from = self.bytes.len();
        self.bytes.resize(from + CHUNK, 0);
        let read = loop {
            match self.input.read(&mut self.bytes[from..]) {
                Err(fault) if fault.kind() == ErrorKind::Interrupted => {}
                read => break read.map_err(|fault| unreadable(&fault)),
            }
        };
        self.bytes.truncate(from + *read.as_ref().unwrap_or(&0));
        self.ended |= matches!(read, Ok(0));
        read.map(|_| ())
    }

    /// Counts and hashes the next bytes, which end with a record, and returns their range in the buffer.
    pub(super) fn consume(&mut self, length: usize) -> Range<usize> {
        let range = self.next..self.next + length;
        (self.next, self.latest) = (range.end, range.clone());
        let record = &self.bytes[range.clone()];
        let line = record.strip_suffix(b"\n").unwrap_or(record);
        let content = line.strip_suffix(b"\r").filter(|_| line.len() < record.len()).unwrap_or(line);
        self.at.advance(content);
        self.before_line_end = self.at.clone();
        self.at.advance(&record[content.len()..]);
        if line.len() == record.len() {
            self.at.advance(b"\n");
        }
        range
    }

    /// Counts and hashes the next bytes as they are, and returns their range in the buffer.
    pub(super) fn consume_exactly(&mut self, length: usize) -> Range<usize> {
        let range = self.next..self.next + length;
        (self.next, self.latest) = (range.end, range.clone());
        self.at.advance(&self.bytes[range.clone()]);
        self.before_line_end = self.at.clone();
        range
    }

    /// Counts and hashes a line that is too long to be stored.
    pub(super) fn consume_line(&mut self) -> Result<(), Error> {
        loop {
            let end = memchr::memchr(b'\n', self.rest()).map(|end| end + 1);
            if let Some(length) = end.or(self.ended.then_some(self.rest().len())) {
                self.consume(length);
                return Ok(());
            }
            // A carriage return at the end may belong to the line end.
            let (next, until) = (self.next, self.bytes.len() - 1);
            self.at.advance(&self.bytes[next..until]);
            self.next = until;
            self.fill()?;
        }
    }

    /// Consumes white space and commas between two elements of an array.
    pub(super) fn skip_separators(&mut self) -> Result<(), Error> {
        loop {
            let length = json_array::skip_separators(self.rest());
            self.consume_exactly(length);
            if !self.rest().is_empty() || self.ended {
                return Ok(());
            }
            self.fill()?;
        }
    }
}
