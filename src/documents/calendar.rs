//! Payments as a calendar file (RFC 5545).
//!
//! - Each payment is an all-day event that does not make its holder busy.
//! - The text is UTF-8. Lines end in CRLF and have at most 75 octets.
//! - There is no METHOD, so a program imports the file and sends no invitations. `DTSTAMP` is then the time of the last change, that
//!   of the message about the payment: the same payments always give the same file.

use crate::domain::amount::Amount;
use crate::domain::time::{Date, Timestamp};
use crate::domain::vocabulary::Language;
use crate::l10n::{MessageArg, localize};

/// The most octets of a line, without its line end (RFC 5545 3.1).
const WIDTH: usize = 75;

/// A payment.
#[derive(Debug, Clone, Copy)]
pub struct Event<'a> {
    /// The identifier, by which a program recognises an event that it has already imported.
    pub uid: &'a str,
    /// The payment date.
    pub paid_on: Date,
    /// The amount.
    pub amount: Amount,
    /// The application or benefit.
    pub about: &'a str,
    /// The time of the message about the payment.
    pub created_at: Timestamp,
}

/// Returns the calendar of some payments.
pub fn of<'a>(language: Language, events: impl Iterator<Item = Event<'a>>) -> String {
    let product = format!("-//ssd//ssd//{}", language.as_str().to_uppercase());
    let mut text = String::new();
    let mut add = |name: &str, value: &str| push_folded(&mut text, &format!("{name}:{value}"));
    add("BEGIN", "VCALENDAR");
    add("VERSION", "2.0");
    add("PRODID", &product);
    for Event { uid, paid_on, amount, about, created_at } in events {
        let facts = vec![("about", MessageArg::from(about)), ("amount", MessageArg::Amount(amount))];
        add("BEGIN", "VEVENT");
        add("UID", uid);
        add("DTSTAMP", &created_at.utc().format("%Y%m%dT%H%M%SZ").to_string());
        add("DTSTART;VALUE=DATE", &paid_on.day().format("%Y%m%d").to_string());
        add("SUMMARY", &escaped(&localize(language, "calendar-payment", &facts)));
        add("TRANSP", "TRANSPARENT");
        add("CLASS", "PRIVATE");
        add("END", "VEVENT");
    }
    add("END", "VCALENDAR");
    text
}

/// Escapes a text value (RFC 5545 3.3.11).
fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut escaped, c| {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped += "\\n",
            // A control character is in no text (RFC 5545 3.1).
            c if c.is_control() => {}
            c => escaped.push(c),
        }
        escaped
    })
}

/// Adds a content line. The next lines of a long one begin with a space. No character is divided.
fn push_folded(text: &mut String, line: &str) {
    let mut taken = 0;
    for c in line.chars() {
        if taken + c.len_utf8() > WIDTH {
            *text += "\r\n ";
            taken = 1;
        }
        text.push(c);
        taken += c.len_utf8();
    }
    *text += "\r\n";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters_at_75_octets() {
        let mut text = String::new();
        push_folded(&mut text, &"é".repeat(80));
        let lines: Vec<&str> = text.split_terminator("\r\n").collect();
        assert_eq!(lines.iter().map(|line| line.len()).collect::<Vec<_>>(), [74, 75, 13]);
        assert!(lines[1..].iter().all(|line| line.starts_with(' ')));
        let mut exact = String::new();
        push_folded(&mut exact, &"x".repeat(75));
        assert_eq!(exact, format!("{}\r\n", "x".repeat(75)));
    }

    #[test]
    fn text_values_are_escaped() {
        assert_eq!(escaped("a, b; c\\d\ne\rf: \"g\""), "a\\, b\\; c\\\\d\\nef: \"g\"");
    }
}
