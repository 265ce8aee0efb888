//! What a letter shows around its text. The printed page and the page of the timeline show the same.

use crate::domain::calendar::lisbon_date;
use crate::domain::letter_sender::LetterSender;
use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::Language;
use crate::l10n::{MessageArg, localize};

/// The parts of a letter outside its text, in the letter's language.
pub struct Letterhead {
    /// The name of the institution.
    pub head: String,
    /// The name of the service.
    pub service: String,
    /// The sender on one line, with the country.
    pub sender: String,
    /// The reference, which a caller can give.
    pub reference: String,
    /// The NISS with its last digits only: an envelope can be opened by others.
    pub niss: String,
    /// The number at the foot.
    pub number: String,
}

impl Letterhead {
    /// Returns the parts of a letter: message number, holder and time of writing.
    pub fn new(
        language: Language,
        id: i64,
        (niss, written_at): (Niss, Timestamp),
        sender: &LetterSender,
    ) -> Letterhead {
        let line = |key: &str, facts| localize(language, key, &facts);
        let id = MessageArg::from(id.to_string());
        // As a text: a number would be grouped.
        let year = lisbon_date(written_at).to_string().split('-').next().unwrap_or_default().to_owned();
        let lines: Vec<&str> = sender.lines().collect();
        Letterhead {
            head: line("letter-head", vec![]),
            service: line("letter-head-service", vec![]),
            sender: line("letter-sender", vec![("sender", MessageArg::from(lines.join(", ")))]),
            reference: line("letter-reference", vec![("id", id.clone()), ("year", MessageArg::from(year))]),
            niss: line("letter-niss", vec![("niss", MessageArg::from(niss.masked()))]),
            number: line("letter-number", vec![("id", id)]),
        }
    }
}

/// Splits the body of a letter, which begins with address, date and subject, into its date line and its text. A body in
/// another form is all text.
pub fn split_body<'a>(body: &'a str, address: &str, subject: &str) -> (&'a str, &'a str) {
    let behind = body.strip_prefix(address).and_then(|rest| rest.strip_prefix("\n\n"));
    let parted = behind.and_then(|rest| {
        let (date, rest) = rest.split_once("\n\n")?;
        Some((date, rest.strip_prefix(subject)?.strip_prefix("\n\n")?))
    });
    parted.unwrap_or(("", body))
}
