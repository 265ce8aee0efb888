//! E-mails as files of RFC 5322, one a message: ASCII but for addresses that are not (RFC 6532), lines that end in CRLF and are no
//! longer than 76 characters, the subject in encoded words (RFC 2047), the body quoted-printable (RFC 2045).

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::Language;

/// An e-mail to be written.
pub struct EmailFile<'a> {
    /// Its number in the outbox.
    pub id: i64,
    /// Whose.
    pub niss: Niss,
    /// The address.
    pub to: &'a str,
    /// In which language.
    pub language: Language,
    /// What it is about.
    pub subject: &'a str,
    /// As it is read, its code in its place.
    pub body: &'a str,
    /// When it was caused.
    pub created_at: Timestamp,
}

/// Who sends it: a domain of RFC 2606 that nobody can have, for nothing here comes from the real service.
const FROM: (&str, &str) = ("Segurança Social Direta (ssd)", "no-reply@ssd.invalid");
/// A line of a header or a body without its end.
const WIDTH: usize = 76;
/// An encoded word, its marks included (RFC 2047 2).
const WORD: usize = 75;

impl EmailFile<'_> {
    /// What tells it from every other message of every store, and is the same however often it is written: of number, time and
    /// recipient, never of the code.
    pub fn message_id(&self) -> String {
        let seed = format!("{} {} {} {} {}", self.id, self.niss, self.created_at, self.to, self.subject);
        let hash = base16ct::lower::encode_string(&Sha256::digest(seed)[..8]);
        format!("<{}.{}.{hash}@ssd.invalid>", self.id, self.created_at.seconds())
    }

    /// The file.
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

/// A header: its pieces parted by spaces, a new line before one that does not fit.
fn fold_header(text: &mut String, name: &str, pieces: &[String]) {
    text.push_str(name);
    text.push(':');
    let mut column = name.len() + 1;
    for (place, piece) in pieces.iter().enumerate() {
        // An address alone may be longer than a line; it can't be folded, and 998 octets are allowed.
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

/// What was parsed as an address has no space and no control in it; should a damaged store have one, it can't begin a header.
fn strip_spaces_and_controls(address: &str) -> String {
    address.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect()
}

/// A text as encoded words, each of whole characters.
fn encoded_words(name: &str, text: &str) -> Vec<String> {
    const BEFORE: &str = "=?utf-8?Q?";
    const BEHIND: &str = "?=";
    // The first stands on the line of the header's name.
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

/// A byte of an encoded word, as a phrase may have it (RFC 2047 5).
fn q_encode(byte: u8) -> String {
    match byte {
        b' ' => "_".to_owned(),
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'!' | b'*' | b'+' | b'-' | b'/' => char::from(byte).to_string(),
        _ => format!("={byte:02X}"),
    }
}

/// A body: a soft break where a line would be too long, a space at a line's end written out, and so is whatever an old mailer could
/// take for something else (`From ` and a lone full stop at the beginning of a line).
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
    fn an_e_mail_has_the_form_of_its_rfc() {
        let written = text(&mail("ana@correio.example", "O seu código de verificação", "Olá.\nAté já €5 = tudo\n"));
        let expected = "Date: Mon, 05 Jan 2026 09:00:00 +0000\r\n\
            From: =?utf-8?Q?Seguran=C3=A7a_Social_Direta_=28ssd=29?=\r\n <no-reply@ssd.invalid>\r\n\
            To: ana@correio.example\r\n";
        assert!(written.starts_with(expected), "{written}");
        assert!(written.ends_with("\r\n\r\nOl=C3=A1.\r\nAt=C3=A9 j=C3=A1 =E2=82=AC5 =3D tudo\r\n"), "{written}");
    }

    #[test]
    fn nothing_in_an_address_begins_a_header() {
        let written =
            text(&mail("ana@correio.example\r\nBcc: eve@correio.example", "x\r\nBcc: eve@correio.example", "x"));
        assert!(!written.contains("\nBcc"), "{written}");
    }

    proptest! {
        #[test]
        fn another_program_reads_what_was_written(subject in "[^\\p{C}\\s]{1,5}( [^\\p{C}\\s]{1,30}){0,8}", lines in prop::collection::vec("[ -~À-ÿ€]{0,200}", 1..8)) {
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
