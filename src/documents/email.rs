//! E-mails as RFC 5322 files, one message per file.
//!
//! - The file is ASCII, except for internationalised addresses (RFC 6532).
//! - Lines end in CRLF and have at most 76 characters.
//! - The subject is in encoded words (RFC 2047), the body is quoted-printable (RFC 2045).

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::Language;

/// An e-mail to export.
pub struct EmailFile<'a> {
    /// The message number in the outbox.
    pub id: i64,
    /// The holder.
    pub niss: Niss,
    /// The address.
    pub to: &'a str,
    /// The language of the text.
    pub language: Language,
    /// The subject.
    pub subject: &'a str,
    /// The body, with the code in it.
    pub body: &'a str,
    /// The time when the message was created.
    pub created_at: Timestamp,
}

/// The sender. The domain is reserved (RFC 2606), because the real service did not send the message.
const FROM: (&str, &str) = ("Segurança Social Direta (ssd)", "no-reply@ssd.invalid");
/// The maximum length of a line of a header or body, without its line end.
const WIDTH: usize = 76;
/// The maximum length of an encoded word with its delimiters (RFC 2047 section 2).
const WORD: usize = 75;

impl EmailFile<'_> {
    /// Returns a message id that is unique across stores and stable across exports.
    ///
    /// It is derived from number, time, recipient and subject, never from the code.
    pub fn message_id(&self) -> String {
        let seed = format!("{} {} {} {} {}", self.id, self.niss, self.created_at, self.to, self.subject);
        let hash: String = Sha256::digest(seed)[..8].iter().map(|byte| format!("{byte:02x}")).collect();
        format!("<{}.{}.{hash}@ssd.invalid>", self.id, self.created_at.seconds())
    }

    /// Returns the bytes of the file.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let date = DateTime::<Utc>::from_timestamp(self.created_at.seconds(), 0).unwrap_or_default();
        let fields = [
            ("Date", vec![date.format("%a, %d %b %Y %H:%M:%S +0000").to_string()]),
            ("From", [encoded_words("From", FROM.0), vec![format!("<{}>", FROM.1)]].concat()),
            ("To", vec![strip_spaces_and_controls(self.to)]),
            ("Message-ID", vec![self.message_id()]),
            ("Subject", encoded_words("Subject", self.subject)),
            ("MIME-Version", vec!["1.0".to_owned()]),
            ("Content-Type", vec!["text/plain; charset=utf-8".to_owned()]),
            ("Content-Transfer-Encoding", vec!["quoted-printable".to_owned()]),
            ("Content-Language", vec![self.language.to_string()]),
            ("Auto-Submitted", vec!["auto-generated".to_owned()]),
        ];
        let mut text = Zeroizing::new(String::with_capacity(2 * self.body.len() + 1024));
        for (name, pieces) in fields {
            fold_header(&mut text, name, &pieces);
        }
        text.push_str("\r\n");
        quoted_printable(&mut text, self.body);
        Zeroizing::new(text.as_bytes().to_vec())
    }
}

/// Appends a header. Pieces are separated by spaces and folded to a new line if they do not fit.
fn fold_header(text: &mut String, name: &str, pieces: &[String]) {
    text.push_str(name);
    text.push(':');
    let mut column = name.len() + 1;
    for (place, piece) in pieces.iter().enumerate() {
        // A single address longer than a line can't be folded. RFC 5322 allows 998 octets.
        if place > 0 && column + 1 + piece.len() > WIDTH {
            text.push_str("\r\n");
            column = 0;
        }
        text.push(' ');
        text.push_str(piece);
        column += 1 + piece.len();
    }
    text.push_str("\r\n");
}

/// Removes spaces and controls, so that an address from a damaged store can't begin a header.
fn strip_spaces_and_controls(address: &str) -> String {
    address.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect()
}

/// Encodes a text as encoded words of complete characters.
fn encoded_words(name: &str, text: &str) -> Vec<String> {
    const BEFORE: &str = "=?utf-8?Q?";
    const BEHIND: &str = "?=";
    // The first word shares its line with the header's name.
    let mut available = WORD.min(WIDTH - name.len() - 2) - BEFORE.len() - BEHIND.len();
    let (mut words, mut word) = (vec![], String::new());
    for character in text.chars() {
        let mut bytes = [0; 4];
        let piece: String = character.encode_utf8(&mut bytes).bytes().map(q_encode).collect();
        if word.len() + piece.len() > available {
            words.push(format!("{BEFORE}{word}{BEHIND}"));
            word.clear();
            available = WORD - BEFORE.len() - BEHIND.len();
        }
        word.push_str(&piece);
    }
    words.push(format!("{BEFORE}{word}{BEHIND}"));
    words
}

/// Encodes a byte of an encoded word, as allowed in a phrase (RFC 2047 section 5).
fn q_encode(byte: u8) -> String {
    match byte {
        b' ' => "_".to_owned(),
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'!' | b'*' | b'+' | b'-' | b'/' => char::from(byte).to_string(),
        _ => format!("={byte:02X}"),
    }
}

/// Appends a quoted-printable body with soft line breaks.
///
/// A space at a line's end is encoded. So are `From ` and a full stop at the start of a line, which old mailers change.
fn quoted_printable(text: &mut String, body: &str) {
    for line in body.lines() {
        let mut column = 0;
        let mut bytes = line.bytes().enumerate().peekable();
        while let Some((place, byte)) = bytes.next() {
            let is_last = bytes.peek().is_none();
            let is_plain = matches!(byte, b'!'..=b'<' | b'>'..=b'~') || matches!(byte, b' ' | b'\t') && !is_last;
            let is_mistakable = place == 0 && (byte == b'.' || line.starts_with("From "));
            let width = if is_plain && !is_mistakable { 1 } else { 3 };
            if column + width > WIDTH - usize::from(!is_last) {
                text.push_str("=\r\n");
                column = 0;
            }
            match width {
                1 => text.push(char::from(byte)),
                _ => text.push_str(&format!("={byte:02X}")),
            }
            column += width;
        }
        text.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use mail_parser::MessageParser;
    use proptest::prelude::*;

    use super::*;

    fn mail<'a>(to: &'a str, subject: &'a str, body: &'a str) -> EmailFile<'a> {
        EmailFile {
            id: 7,
            niss: "12000000012".parse().expect("a NISS"),
            to,
            language: Language::Pt,
            subject,
            body,
            created_at: "2026-01-05T09:00:00Z".parse().expect("a time"),
        }
    }

    fn text(mail: &EmailFile<'_>) -> String {
        String::from_utf8(mail.to_bytes().to_vec()).expect("UTF-8")
    }

    #[test]
    fn email_has_rfc_5322_headers_and_encoded_body() {
        let written = text(&mail("ana@correio.example", "O seu código de verificação", "Olá.\nAté já €5 = tudo\n"));
        let expected = "Date: Mon, 05 Jan 2026 09:00:00 +0000\r\n\
            From: =?utf-8?Q?Seguran=C3=A7a_Social_Direta_=28ssd=29?=\r\n <no-reply@ssd.invalid>\r\n\
            To: ana@correio.example\r\n";
        assert!(written.starts_with(expected), "{written}");
        assert!(written.ends_with("\r\n\r\nOl=C3=A1.\r\nAt=C3=A9 j=C3=A1 =E2=82=AC5 =3D tudo\r\n"), "{written}");
    }

    #[test]
    fn address_and_subject_cannot_add_headers() {
        let written =
            text(&mail("ana@correio.example\r\nBcc: eve@correio.example", "x\r\nBcc: eve@correio.example", "x"));
        assert!(!written.contains("\nBcc"), "{written}");
    }

    proptest! {
        #[test]
        fn exported_email_parses_to_its_values(subject in "[^\\p{C}\\s]{1,5}( [^\\p{C}\\s]{1,30}){0,8}", lines in prop::collection::vec("[ -~À-ÿ€]{0,200}", 1..8)) {
            let body = lines.join("\n") + "\n";
            let mail = mail("joão@correio.example", &subject, &body);
            let written = mail.to_bytes();
            for line in String::from_utf8_lossy(&written).split("\r\n") {
                prop_assert!(line.len() <= 78 && !line.contains(['\r', '\n']), "{}", line);
            }
            let read = MessageParser::default().parse(&written[..]).expect("a message");
            prop_assert_eq!(read.subject(), Some(subject.as_str()));
            prop_assert_eq!(read.body_text(0).map(|text| text.replace("\r\n", "\n")), Some(body.clone()));
            prop_assert_eq!(read.date().map(|date| date.to_timestamp()), Some(mail.created_at.seconds()));
            prop_assert_eq!(read.to().and_then(|to| to.first()).and_then(|to| to.address()), Some("joão@correio.example"));
        }
    }
}
