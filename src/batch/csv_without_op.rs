//! Recognises a CSV file that was given without the operation of its rows, before any of its lines is answered.

use std::io::{Cursor, ErrorKind, Read};

use super::csv_header::is_ignored;
use crate::domain::csv_rows::CsvShape;
use crate::error::Error;
use crate::request::request_line::RequestLine;
use crate::request::{Operation, Request};
use crate::tabular::header_name::KnownNames;
use crate::tabular::synonyms;
use crate::tabular::text_input::unreadable;

/// The highest number of bytes of a header that is recognised.
const MAX_HEADER: usize = 16 << 10;

/// An input whose first bytes were read.
pub type Visited<R> = std::io::Chain<Cursor<Vec<u8>>, R>;

/// Reads the first line of an input that must be JSON Lines. Returns the complete input, and the operation that fits the
/// columns best if it is a CSV.
///
/// # Errors
/// The input can't be read.
pub fn detect<R: Read>(mut input: R) -> Result<(Visited<R>, Option<Operation>), Error> {
    let (mut visited, mut piece) = (vec![], [0; 4096]);
    while visited.len() < MAX_HEADER && first_line(&visited).is_none() {
        match input.read(&mut piece) {
            Err(fault) if fault.kind() == ErrorKind::Interrupted => {}
            Err(fault) => return Err(unreadable(&fault)),
            Ok(0) => {
                visited.push(b'\n');
                let found = first_line(&visited).and_then(operation_of);
                visited.pop();
                return Ok((Cursor::new(visited).chain(input), found));
            }
            Ok(length) => visited.extend_from_slice(&piece[..length]),
        }
    }
    let found = first_line(&visited).and_then(operation_of);
    Ok((Cursor::new(visited).chain(input), found))
}

/// Returns the first line that is not empty, if it is complete.
fn first_line(text: &[u8]) -> Option<&[u8]> {
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text).trim_ascii_start();
    memchr::memchr(b'\n', text).map(|end| &text[..=end])
}

/// Returns the operation of a header, or `None` if the line is no header.
fn operation_of(line: &[u8]) -> Option<Operation> {
    if matches!(line.first(), Some(b'{' | b'[')) {
        return None;
    }
    let (shape, mut cells) = (CsvShape::of_header(line), vec![]);
    shape.split(line, true, &mut cells)?;
    let text = str::from_utf8(line).ok()?;
    let names: Vec<String> = cells.iter().map(|cell| cell.text(text).trim().to_owned()).collect();
    let fields: Vec<&'static str> = synonyms::TABLE.iter().map(|(field, _)| *field).chain(["op"]).collect();
    let known = KnownNames::of(&fields);
    if names.len() < 2 && !names.iter().any(|name| known.find(name).is_some() || fields.contains(&name.as_str())) {
        return None;
    }
    let columns = || names.iter().filter(|name| !is_ignored(name) && !name.is_empty());
    let fits = |op: &Operation| {
        let known = KnownNames::of(&RequestLine::parse_fields(*op));
        columns().all(|name| known.find(name).is_some())
    };
    let fitting = Request::OPERATIONS.iter().copied().filter(fits);
    Some(fitting.min_by_key(|op| RequestLine::parse_fields(*op).len()).unwrap_or(Operation::Register))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_is_distinguished_from_json_and_other_text() {
        let found = |text: &str| {
            let (mut input, op) = detect(text.as_bytes()).expect("readable");
            let mut all = String::new();
            input.read_to_string(&mut all).expect("text");
            assert_eq!(all, text);
            op
        };
        for (text, op) in [
            ("id;niss;account_type;birth_date;channel;accept_terms\n1;", Operation::Register),
            ("\u{feff}\r\n\nniss,kind,about,amount\n", Operation::AlertsSend),
            ("niss", Operation::AccountShow),
            ("id;niss;reason;_reason;_message\n", Operation::AccountUnlock),
            ("NISS;Nome;Data\n", Operation::Register),
        ] {
            let found = found(text).expect(text);
            assert!(
                found == op || RequestLine::parse_fields(found) == RequestLine::parse_fields(op),
                "{text}: {found}"
            );
        }
        for text in ["", "\n", "{\"op\":\"logout\"}\n", "[\n", "nonsense\n{}", " {", &"x".repeat(40_000)] {
            assert_eq!(found(text), None, "{text:.40}");
        }
    }
}
