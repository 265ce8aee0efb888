//! Standard input, which only one option can claim: two readers would each get a part of it.

use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::Path;
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::domain::validation_error::ValidationError;
use crate::error::Error;
use crate::l10n::MessageArg;

/// The maximum line length in bytes. A secret has at most 256 code points of four bytes.
const LONGEST_LINE: usize = 4096;

/// Standard input and the option that claimed it.
#[derive(Debug)]
pub struct Stdin {
    file: Arc<File>,
    claimed_by: Option<&'static str>,
}

impl Stdin {
    /// Returns standard input, unclaimed.
    pub fn new(file: &Arc<File>) -> Stdin {
        Stdin { file: Arc::clone(file), claimed_by: None }
    }

    /// Returns whether standard input is a terminal.
    pub fn is_terminal(&self) -> bool {
        self.file.is_terminal()
    }

    /// Claims standard input for `option` and returns it unbuffered.
    ///
    /// Unread input stays for the next program of the script, and the standard library's buffer gets no copy of a
    /// secret.
    ///
    /// # Errors
    /// Another option has claimed it; the system refuses to duplicate the file descriptor.
    pub fn claim(&mut self, option: &'static str) -> Result<File, Error> {
        if let Some(first) = self.claimed_by.replace(option) {
            let facts = vec![("first", MessageArg::from(first)), ("second", MessageArg::from(option))];
            return Err(Error::Usage { key: "stdin-twice", facts });
        }
        self.file.try_clone().map_err(|fault| Error::file(Path::new("-"), fault))
    }
}

/// The reasons why a line can't be read.
#[derive(Debug)]
pub enum Unread {
    /// The line is longer than any secret.
    TooLong,
    /// The line is not UTF-8.
    Malformed(ValidationError),
    /// Reading failed.
    Fault(io::Error),
}

/// Reads one line without its `\n` or `\r\n`, and without a byte-order mark (U+FEFF) at its start, which editors write and
/// nobody types. Other characters, a carriage return or U+FEFF within the line included, belong to the secret. Returns
/// `None` at the end of input.
///
/// Reads byte by byte, so that nothing after the line is consumed.
pub fn line(input: &mut impl Read) -> Result<Option<Zeroizing<String>>, Unread> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST_LINE));
    let mut byte = Zeroizing::new([0_u8]);
    loop {
        match input.read(&mut *byte) {
            Ok(0) if bytes.is_empty() => return Ok(None),
            Ok(0) => break,
            Ok(_) if byte[0] == b'\n' => break,
            Ok(_) if bytes.len() == LONGEST_LINE => return Err(Unread::TooLong),
            Ok(_) => bytes.push(byte[0]),
            Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
            Err(fault) => return Err(Unread::Fault(fault)),
        }
    }
    if bytes.last() == Some(&b'\r') {
        bytes.pop();
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Some(Zeroizing::new(text.to_owned()))),
        Err(_) => Err(Unread::Malformed(ValidationError::NotUtf8)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(mut bytes: &[u8]) -> Vec<String> {
        std::iter::from_fn(|| line(&mut bytes).expect("a line").map(|text| text.to_string())).collect()
    }

    #[test]
    fn line_is_returned_without_its_line_end() {
        assert_eq!(lines(b"one\ntwo\r\n three \n\nfive"), ["one", "two", " three ", "", "five"]);
        assert_eq!(lines(b""), [""; 0]);
        assert_eq!(lines(b"\n"), [""]);
        assert_eq!(lines(b"a\rb\r"), ["a\rb"]);
        assert_eq!(lines(b"a\r\r\nb"), ["a\r", "b"]);
        assert_eq!(lines("\u{feff}one\r\n\u{feff}two\u{feff}\n\u{feff}".as_bytes()), ["one", "two\u{feff}", ""]);
    }

    #[test]
    fn too_long_and_non_utf8_lines_are_rejected() {
        assert!(matches!(line(&mut [b'x'; LONGEST_LINE + 1].as_slice()), Err(Unread::TooLong)));
        assert!(line(&mut [b'x'; LONGEST_LINE].as_slice()).is_ok());
        assert!(matches!(line(&mut [0xff, b'\n'].as_slice()), Err(Unread::Malformed(ValidationError::NotUtf8))));
    }

    #[test]
    fn standard_input_is_claimed_once() {
        let mut stdin = Stdin::new(&Arc::new(File::open("/dev/null").expect("a file")));
        assert!(stdin.claim("--password-stdin").is_ok());
        assert!(matches!(stdin.claim("FILE"), Err(Error::Usage { key: "stdin-twice", .. })));
    }
}
