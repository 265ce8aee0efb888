//! An input that is text: its type and encoding are recognised, and it is decoded to UTF-8.
//!
//! UTF-8 is passed on unchanged, with its byte-order mark, and not checked here: the readers check it anyway. All other
//! encodings are decoded while they are read, without their mark.

use std::io::{BufRead, BufReader, Cursor, ErrorKind, Read};

use encoding_rs::{Decoder, DecoderResult};

use super::encoding::{EncodingChoice, TextEncoding};
use super::file_kind::{DECISIVE_BYTES, DECISIVE_ZIP_BYTES, FileKind};
use crate::domain::input_option::InputOption;
use crate::error::Error;
use crate::l10n::MessageArg;

/// The number of bytes per read of an input that is decoded.
const CHUNK: usize = 32 << 10;

/// An input as UTF-8.
pub struct TextInput {
    input: Box<dyn Read + Send>,
    /// The facts about the file.
    pub format: TextFormat,
}

/// The encoding of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextFormat {
    /// The encoding of the file.
    pub encoding: TextEncoding,
    /// Whether the file begins with a byte-order mark.
    pub has_mark: bool,
    /// Whether bytes that are not UTF-8 are the fault of their row (`--encoding utf-8`), and not of the file.
    pub is_lenient: bool,
}

impl TextFormat {
    /// UTF-8 whose other bytes are a fault of the file.
    pub const UTF_8: TextFormat = TextFormat { encoding: TextEncoding::Utf8, has_mark: false, is_lenient: false };
}

impl TextInput {
    /// Recognises an input by its first bytes. A byte-order mark is stronger than the choice.
    ///
    /// # Errors
    /// The input can't be read, or is not text.
    pub fn open(mut input: Box<dyn Read + Send>, choice: EncodingChoice) -> Result<TextInput, Error> {
        let start = first_bytes(&mut *input).map_err(|fault| unreadable(&fault))?;
        if let Some(kind) = FileKind::of(&start) {
            return Err(not_text(kind));
        }
        let marked = [TextEncoding::Utf8, TextEncoding::Utf16Le, TextEncoding::Utf16Be];
        let marked = marked.into_iter().find(|encoding| start.starts_with(encoding.mark()));
        let nul = memchr::memchr(0, &start);
        let encoding = match (marked, choice) {
            (Some(marked), _) => marked,
            (None, EncodingChoice::Windows1252) => TextEncoding::Windows1252,
            (None, EncodingChoice::Utf16) if nul == Some(0) => TextEncoding::Utf16Be,
            (None, EncodingChoice::Utf16) => TextEncoding::Utf16Le,
            (None, EncodingChoice::Auto | EncodingChoice::Utf8) => TextEncoding::Utf8,
        };
        let is_utf16 = matches!(encoding, TextEncoding::Utf16Le | TextEncoding::Utf16Be);
        if nul.is_some() && !is_utf16 {
            return Err(match looks_like_utf16(&start) {
                true => not_utf8(1, Some(EncodingChoice::Utf16), vec![]),
                false => not_text(FileKind::Binary),
            });
        }
        let skipped = if is_utf16 && marked.is_some() { encoding.mark().len() } else { 0 };
        let all = Box::new(Cursor::new(start[skipped..].to_vec()).chain(input));
        let is_lenient = choice == EncodingChoice::Utf8;
        let format = TextFormat { encoding, has_mark: marked.is_some(), is_lenient };
        let input: Box<dyn Read + Send> = match encoding {
            TextEncoding::Utf8 => all,
            TextEncoding::Windows1252 | TextEncoding::Utf16Le | TextEncoding::Utf16Be => {
                Box::new(Decoding::new(all, encoding))
            }
        };
        Ok(TextInput { input, format })
    }

    /// Returns the decoded input and its format.
    pub fn into_parts(self) -> (Box<dyn Read + Send>, TextFormat) {
        (self.input, self.format)
    }
}

/// Reads until the type can be decided. A line or less of a pipe is enough, so that nothing waits for more.
fn first_bytes(input: &mut dyn Read) -> std::io::Result<Vec<u8>> {
    let mut start = vec![0; DECISIVE_ZIP_BYTES];
    let mut length = 0;
    loop {
        let is_enough = match FileKind::needs_more(&start[..length]) {
            true => length == start.len(),
            false => length >= DECISIVE_BYTES || start[..length].contains(&b'\n'),
        };
        if is_enough {
            break;
        }
        match input.read(&mut start[length..]) {
            Err(fault) if fault.kind() == ErrorKind::Interrupted => {}
            Err(fault) => return Err(fault),
            Ok(0) => break,
            Ok(read) => length += read,
        }
    }
    start.truncate(length);
    Ok(start)
}

/// Appends the next bytes of an input to a buffer. Returns their number, which is 0 at the end.
///
/// # Errors
/// The input can't be read.
pub fn read_more(input: &mut impl BufRead, buffer: &mut Vec<u8>) -> std::io::Result<usize> {
    loop {
        match input.fill_buf() {
            Err(fault) if fault.kind() == ErrorKind::Interrupted => {}
            Err(fault) => return Err(fault),
            Ok(bytes) => {
                let count = bytes.len();
                buffer.extend_from_slice(bytes);
                input.consume(count);
                return Ok(count);
            }
        }
    }
}

/// Returns whether every second byte of a text is zero, as in UTF-16 of western letters.
fn looks_like_utf16(start: &[u8]) -> bool {
    let pairs = start.chunks_exact(2);
    let count = pairs.len();
    let halves = pairs.filter(|pair| (pair[0] == 0) != (pair[1] == 0)).count();
    count > 1 && halves * 10 >= count * 8
}

/// An input that is decoded to UTF-8 while it is read.
struct Decoding<R> {
    input: BufReader<R>,
    encoding: TextEncoding,
    decoder: Decoder,
    /// The bytes of the input that are not yet decoded.
    raw: Vec<u8>,
    /// The decoded text that is not yet returned.
    text: String,
    returned: usize,
    /// The number of the line at the end of `text`.
    line: u64,
    /// Whether all bytes so far are UTF-8 too, and some are not ASCII.
    as_utf8: Utf8Look,
    is_ended: bool,
    is_malformed: bool,
}

impl<R: Read> Decoding<R> {
    fn new(input: R, encoding: TextEncoding) -> Decoding<R> {
        Decoding {
            input: BufReader::with_capacity(CHUNK, input),
            encoding,
            decoder: encoding.decoder(),
            raw: vec![],
            text: String::new(),
            returned: 0,
            line: 1,
            as_utf8: Utf8Look::default(),
            is_ended: false,
            is_malformed: false,
        }
    }

    fn fill(&mut self) -> std::io::Result<()> {
        let from = self.raw.len();
        self.is_ended = read_more(&mut self.input, &mut self.raw)? == 0;
        self.as_utf8.look(&self.raw[from..]);
        self.text.clear();
        self.text.reserve(self.raw.len() * 3 + 16);
        let (result, taken) =
            self.decoder.decode_to_string_without_replacement(&self.raw, &mut self.text, self.is_ended);
        self.raw.drain(..taken);
        self.returned = 0;
        self.line += memchr::memchr_iter(b'\n', self.text.as_bytes()).count() as u64;
        // The text before the malformed bytes is returned first.
        self.is_malformed = matches!(result, DecoderResult::Malformed(..));
        Ok(())
    }
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.returned == self.text.len() {
            if self.is_malformed {
                return Err(std::io::Error::new(ErrorKind::InvalidData, DecodingFault::Malformed(self.line)));
            }
            if self.is_ended {
                let is_utf8 = self.encoding == TextEncoding::Windows1252 && self.as_utf8.is_utf8();
                return match is_utf8 {
                    true => Err(std::io::Error::new(ErrorKind::InvalidData, DecodingFault::IsUtf8)),
                    false => Ok(0),
                };
            }
            self.fill()?;
        }
        let rest = &self.text.as_bytes()[self.returned..];
        let length = rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&rest[..length]);
        self.returned += length;
        Ok(length)
    }
}

/// Whether bytes that are read as Windows-1252 are UTF-8. Its letters would load as two signs each.
#[derive(Default)]
struct Utf8Look {
    /// The start of a character at the end of the bytes.
    open: Vec<u8>,
    has_high: bool,
    is_other: bool,
}

impl Utf8Look {
    fn look(&mut self, bytes: &[u8]) {
        if self.is_other || (self.open.is_empty() && bytes.is_ascii()) {
            return;
        }
        self.has_high = true;
        let mut all = std::mem::take(&mut self.open);
        all.extend_from_slice(bytes);
        if let Err(fault) = str::from_utf8(&all) {
            match fault.error_len() {
                Some(_) => self.is_other = true,
                None => self.open = all[fault.valid_up_to()..].to_vec(),
            }
        }
    }

    fn is_utf8(&self) -> bool {
        self.has_high && !self.is_other && self.open.is_empty()
    }
}

/// A fault of an input that is decoded.
#[derive(Debug, Clone, Copy, thiserror::Error)]
enum DecodingFault {
    /// Bytes that are not of the encoding, in this line.
    #[error("line {0} is not valid in this encoding")]
    Malformed(u64),
    /// The input is UTF-8 and not Windows-1252.
    #[error("the file is UTF-8")]
    IsUtf8,
}

/// Returns the error of an input that can't be read.
pub fn unreadable(fault: &std::io::Error) -> Error {
    match fault.get_ref().and_then(|fault| fault.downcast_ref::<DecodingFault>()) {
        Some(DecodingFault::Malformed(line)) => {
            Error::Usage { key: "input-malformed", facts: vec![("line", MessageArg::from(line.to_string()))] }
        }
        Some(DecodingFault::IsUtf8) => is_utf8(),
        None => Error::Usage { key: "input-unreadable", facts: vec![("detail", MessageArg::from(fault.to_string()))] },
    }
}

/// Returns the error of a file in UTF-8 that is read as Windows-1252.
pub fn is_utf8() -> Error {
    let choice = InputOption::Encoding(EncodingChoice::Utf8.as_str());
    Error::Usage { key: "input-is-utf8", facts: vec![("add", MessageArg::InputOptions(vec![choice]))] }
}

/// Returns whether a text that was read as Windows-1252 was UTF-8.
pub fn was_utf8(text: &str) -> bool {
    let mut look = Utf8Look::default();
    look.look(&TextEncoding::Windows1252.encode(text));
    look.has_high && !look.is_other
}

/// Returns the error of a file that is not text.
fn not_text(kind: FileKind) -> Error {
    Error::Usage { key: "input-kind", facts: vec![("kind", MessageArg::from(kind.as_str()))] }
}

/// Returns the error of a file that is not UTF-8, from this line on: the likely encoding, and what else the command needs.
pub fn not_utf8(line: u64, likely: Option<EncodingChoice>, also: Vec<InputOption>) -> Error {
    let mut facts = vec![
        ("line", MessageArg::from(line.to_string())),
        ("likely", MessageArg::from(likely.map_or("unknown", |likely| likely.as_str()))),
    ];
    facts.extend(likely.map(|likely| {
        let encoding = InputOption::Encoding(likely.as_str());
        ("add", MessageArg::InputOptions([encoding].into_iter().chain(also).collect()))
    }));
    Error::Usage { key: "input-not-utf8", facts }
}

/// Inputs for tests.
#[cfg(test)]
pub mod test_inputs {
    use std::io::Read;

    /// An input that returns at most this many bytes per read.
    pub struct Drops(pub Vec<u8>, pub usize);

    impl Read for Drops {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let count = self.1.min(self.0.len()).min(buffer.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0.drain(..count);
            Ok(count)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::test_inputs::Drops;
    use super::*;

    fn read(bytes: &[u8], choice: EncodingChoice) -> Result<String, String> {
        let mut found = vec![];
        for drop in [1, 3, 100_000] {
            let key = |error: Error| match error {
                Error::Usage { key, facts } => format!("{key} {facts:?}"),
                other => panic!("{other}"),
            };
            let read = TextInput::open(Box::new(Drops(bytes.to_vec(), drop)), choice).map_err(key).and_then(|input| {
                let mut text = String::new();
                let read = input.into_parts().0.read_to_string(&mut text);
                read.map(|_| text).map_err(|fault| key(unreadable(&fault)))
            });
            found.push(read);
        }
        assert!(found.windows(2).all(|two| two[0] == two[1]), "{found:?}");
        found.remove(0)
    }

    #[test]
    fn mark_decides_before_the_choice() {
        let text = "niss;nome\r\n1;João\r\n";
        for encoding in [TextEncoding::Utf16Le, TextEncoding::Utf16Be] {
            let bytes = [encoding.mark(), &encoding.encode(text)].concat();
            for choice in EncodingChoice::ALL {
                assert_eq!(read(&bytes, *choice), Ok(text.to_owned()), "{encoding:?}");
            }
            assert_eq!(read(&encoding.encode(text), EncodingChoice::Utf16), Ok(text.to_owned()), "{encoding:?}");
            let error = read(&encoding.encode(text), EncodingChoice::Auto).expect_err("no mark");
            assert!(error.contains("Encoding(\"utf-16\")"), "{error}");
        }
        let marked = format!("\u{feff}{text}");
        assert_eq!(read(marked.as_bytes(), EncodingChoice::Windows1252), Ok(marked.clone()));
        let windows = TextEncoding::Windows1252.encode(text);
        assert_eq!(read(&windows, EncodingChoice::Windows1252), Ok(text.to_owned()));
    }

    #[test]
    fn malformed_input_is_an_error() {
        let long = "João\n".repeat(2_000);
        let mut bytes = TextEncoding::Utf16Le.encode(&format!("\u{feff}{long}"));
        bytes.extend([0x00, 0xDC, b'x', 0]);
        assert!(read(&bytes, EncodingChoice::Auto).expect_err("a surrogate").contains("2001"));
        let half = &TextEncoding::Utf16Le.encode("\u{feff}niss;nome")[..17];
        assert!(read(half, EncodingChoice::Auto).expect_err("half a character").starts_with("input-malformed"));
        assert!(read(long.as_bytes(), EncodingChoice::Windows1252).expect_err("UTF-8").starts_with("input-is-utf8"));
        assert_eq!(read(b"abc\n", EncodingChoice::Windows1252).as_deref(), Ok("abc\n"));
        assert!(read(b"\x00\x01\x02\x03niss\x00", EncodingChoice::Auto).expect_err("no text").contains("binary"));
        assert_eq!(read(b"", EncodingChoice::Auto).as_deref(), Ok(""));
    }
}
