//! The encodings of text files.

use std::io::Write;

use encoding_rs::WINDOWS_1252;
use zeroize::Zeroizing;

use crate::domain::vocabulary::string_enum;

string_enum! {
    /// The value of `--encoding`.
    EncodingChoice {
        /// By the byte-order mark; without one, UTF-8.
        Auto = "auto",
        /// UTF-8. Rows with other bytes are invalid.
        Utf8 = "utf-8",
        /// Windows-1252, as Excel writes CSV files in western Europe. ISO 8859-1 is a part of it.
        Windows1252 = "windows-1252",
        /// UTF-16 in either byte order.
        Utf16 = "utf-16",
    }
}

#[expect(clippy::derivable_impls, reason = "string_enum! declares the enum")]
impl Default for EncodingChoice {
    fn default() -> EncodingChoice {
        EncodingChoice::Auto
    }
}

/// The encoding of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextEncoding {
    /// UTF-8.
    Utf8,
    /// Windows-1252.
    Windows1252,
    /// UTF-16, the low byte first.
    Utf16Le,
    /// UTF-16, the high byte first.
    Utf16Be,
}

impl TextEncoding {
    /// Returns the byte-order mark.
    pub fn mark(self) -> &'static [u8] {
        match self {
            TextEncoding::Utf8 => b"\xEF\xBB\xBF",
            TextEncoding::Windows1252 => b"",
            TextEncoding::Utf16Le => b"\xFF\xFE",
            TextEncoding::Utf16Be => b"\xFE\xFF",
        }
    }

    /// Encodes a text, without a mark. Windows-1252 has no place for some characters; they become question marks.
    pub fn encode(self, text: &str) -> Vec<u8> {
        match self {
            TextEncoding::Utf8 => text.as_bytes().to_vec(),
            TextEncoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            TextEncoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            TextEncoding::Windows1252 => {
                let mut bytes = Vec::with_capacity(text.len());
                let mut letter = [0; 4];
                for c in text.chars() {
                    match WINDOWS_1252.encode(c.encode_utf8(&mut letter)) {
                        (byte, _, false) => bytes.extend_from_slice(&byte),
                        (_, _, true) => bytes.push(b'?'),
                    }
                }
                bytes
            }
        }
    }

    /// Returns the decoder without replacement of malformed bytes.
    pub fn decoder(self) -> encoding_rs::Decoder {
        let encoding = match self {
            TextEncoding::Utf8 => encoding_rs::UTF_8,
            TextEncoding::Windows1252 => WINDOWS_1252,
            TextEncoding::Utf16Le => encoding_rs::UTF_16LE,
            TextEncoding::Utf16Be => encoding_rs::UTF_16BE,
        };
        encoding.new_decoder_without_bom_handling()
    }
}

/// Encodes UTF-8 that is written in pieces.
pub struct EncodingWriter<'a> {
    to: &'a mut dyn Write,
    encoding: TextEncoding,
    /// The start of a character at the end of the last piece.
    open: Zeroizing<Vec<u8>>,
}

impl<'a> EncodingWriter<'a> {
    /// Returns a writer in front of another one.
    pub fn new(to: &'a mut dyn Write, encoding: TextEncoding) -> EncodingWriter<'a> {
        EncodingWriter { to, encoding, open: Zeroizing::default() }
    }

    /// Writes the byte-order mark, if there is to be one.
    ///
    /// # Errors
    /// Those of the other writer.
    pub fn begin(&mut self, has_mark: bool) -> std::io::Result<()> {
        if has_mark { self.to.write_all(self.encoding.mark()) } else { Ok(()) }
    }
}

impl Write for EncodingWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.open.extend_from_slice(bytes);
        let complete = str::from_utf8(&self.open).map_or_else(|fault| fault.valid_up_to(), str::len);
        let text = str::from_utf8(&self.open[..complete]).unwrap_or_default();
        let encoded = Zeroizing::new(self.encoding.encode(text));
        self.to.write_all(&encoded)?;
        self.open.drain(..complete);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.to.flush()
    }
}

/// Returns the most likely encoding of bytes that are not UTF-8: the value for `--encoding`. [`EncodingChoice::Utf8`] means
/// UTF-8 with damaged rows; `None` means an encoding that can't be read.
pub fn guess(bytes: &[u8]) -> Option<EncodingChoice> {
    if memchr::memchr(0, bytes).is_some() {
        return Some(EncodingChoice::Utf16);
    }
    let (mut complete, mut damaged) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        complete += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    // A letter of Windows-1252 and the next one seldom make a character of UTF-8.
    if complete > damaged {
        return Some(EncodingChoice::Utf8);
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    let high = || text.chars().filter(|c| !c.is_ascii());
    // Signs that Portuguese and other western European offices use besides letters.
    let is_usual = |c: &char| c.is_alphabetic() || "ºª°«»“”‘’–—…€£§´`¨·• \u{a0}\u{ad}¿¡½¼¾®©™±²³".contains(*c);
    // These letters of Windows-1252 are the usual signs of other code pages.
    let is_foreign = |c: &char| "ÆƒŠŽžšŒœŸþðÞÐ".contains(*c);
    let (all, usual) = (high().count(), high().filter(is_usual).filter(|c| !is_foreign(c)).count());
    (usual * 10 >= all * 7).then_some(EncodingChoice::Windows1252)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoding_is_guessed() {
        let windows = TextEncoding::Windows1252.encode("N.º;João Conceição;Língua – «x»");
        assert_eq!(guess(&windows), Some(EncodingChoice::Windows1252));
        assert_eq!(guess("João Conceição\u{0}".as_bytes()), Some(EncodingChoice::Utf16));
        let mut damaged = "João Conceição;Évora\n".as_bytes().to_vec();
        damaged.push(0xE3);
        assert_eq!(guess(&damaged), Some(EncodingChoice::Utf8));
        // "João; Conceição; Évora; é" in code page 850, and in the old one of Macintosh.
        assert_eq!(guess(b"Jo\xC6o;Concei\x87\xC6o;\x90vora;\x82"), None);
        assert_eq!(guess(b"Jo\x8Bo;Concei\x8D\x8Bo;\x83vora"), None);
    }

    #[test]
    fn pieces_of_a_text_are_encoded_like_the_complete_text() {
        let text = "João;€ «Évora»";
        for encoding in [TextEncoding::Windows1252, TextEncoding::Utf16Le, TextEncoding::Utf16Be] {
            let mut bytes = vec![];
            let mut writer = EncodingWriter::new(&mut bytes, encoding);
            writer.begin(true).expect("a mark");
            text.as_bytes().chunks(1).for_each(|piece| writer.write_all(piece).expect("it is written"));
            assert_eq!(bytes, [encoding.mark(), &encoding.encode(text)].concat());
        }
    }

    #[test]
    fn encoded_text_is_decoded_again() {
        let text = "João;€ «Évora»\r\n";
        for encoding in [TextEncoding::Utf8, TextEncoding::Windows1252, TextEncoding::Utf16Le, TextEncoding::Utf16Be] {
            let bytes = encoding.encode(text);
            let mut decoded = String::with_capacity(100);
            let (result, read) = encoding.decoder().decode_to_string_without_replacement(&bytes, &mut decoded, true);
            assert_eq!((result, read, &*decoded), (encoding_rs::DecoderResult::InputEmpty, bytes.len(), text));
        }
        assert_eq!(TextEncoding::Windows1252.encode("a→b"), b"a?b");
    }
}
