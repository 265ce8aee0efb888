//! The lines of a batch that were answered and not done, in the form of the input: a file to correct and run again.
//!
//! Each line has its `_reason` and `_message`, which a later run ignores. A line that uses a token of an earlier line
//! (`@login`, `@phone_code`, `@phone_line`) is preceded by that line, which has only a `_message`. Each earlier line
//! occurs once.
//!
//! Memory is bounded: lines are written, encrypted, to unnamed temporary files until the batch ends.

use std::fmt;
use std::io::Write;
use std::path::Path;

use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use super::csv_header::Header;
use super::earlier_tokens::Holders;
use crate::domain::csv_rows::Cell;
use crate::domain::niss::Niss;
use crate::domain::vocabulary::Language;
use crate::domain::written::Written;
use crate::error::Error;
use crate::l10n::{MessageArg, localize};
use crate::reply::escaped_json;
use crate::request::Operation;
use crate::request::request_line::JsonFields;
use crate::store::spill::{SealedLog, SpillMap};

/// The column or key with the reason of a failed line.
pub const REASON: &str = "_reason";
/// The column or key with the message of a failed line.
pub const MESSAGE: &str = "_message";

/// The failed lines of a batch.
pub struct FailedLines {
    header: Option<Header>,
    language: Language,
    log: SealedLog,
    /// The latest line that gave a token, by holder and kind of token.
    givers: SpillMap,
    holders: Holders,
    count: u64,
}

/// An answered line of the input.
pub struct AnsweredLine<'a> {
    /// The number of the line.
    pub number: u64,
    /// The operation, if the line is valid.
    pub op: Option<Operation>,
    /// The line without its line end; `None` if it is too long to be stored.
    pub text: Option<&'a [u8]>,
}

/// A token that a line gives to later lines of the same holder.
#[derive(Clone, Copy)]
enum TokenKind {
    Session = 0,
    PhoneCode = 1,
    Call = 2,
}

/// A line, and the facts about it that later lines depend on.
struct ParsedLine {
    /// The line without `_reason` and `_message`, ready for their values; `None` if it has no form that could take them.
    body: Option<Zeroizing<Vec<u8>>>,
    niss: Option<Niss>,
    uses: Vec<TokenKind>,
}

impl FailedLines {
    /// Returns an empty collection. `header` is that of a CSV.
    ///
    /// # Errors
    /// There is no space for the temporary file.
    pub fn new(header: Option<Header>, language: Language) -> Result<FailedLines, Error> {
        Ok(FailedLines {
            header,
            language,
            log: SealedLog::new()?,
            givers: SpillMap::default(),
            holders: Holders::default(),
            count: 0,
        })
    }

    /// Returns the number of failed lines, without the earlier lines that they need.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Adds an answered line with its reply, in the order of the input.
    ///
    /// # Errors
    /// There is no space for the temporary file.
    pub fn add(&mut self, line: &AnsweredLine<'_>, reply: &[u8]) -> Result<(), Error> {
        if memchr::memmem::find(reply, br#""result":"done""#).is_some() {
            return self.remember(line, reply);
        }
        let answer = JsonFields::read(reply).unwrap_or_default();
        let word = |key: &str| answer.get(key).and_then(Value::as_str).unwrap_or_default();
        self.count += 1;
        let parsed = line.text.map(|text| self.parse(text));
        if let Some(parsed) = &parsed {
            self.add_needed(line.number, parsed)?;
        }
        let body = parsed.as_ref().and_then(|line| line.body.as_deref()).map(Vec::as_slice);
        let remark = self.remark(body, word("reason"), word("message"))?;
        self.log.add(&remark)?;
        match (parsed, line.text) {
            // Its reason is in the line of remarks in front of it.
            (Some(ParsedLine { body: None, .. }), Some(text)) => self.log.add(&[text, self.line_end()].concat()),
            _ => Ok(()),
        }
    }

    /// Writes the file at `path`, which is open as `to`.
    ///
    /// # Errors
    /// Those of `to`.
    pub fn write(&self, path: &Path, to: &mut dyn Write) -> Result<(), Error> {
        let fault = |fault| Error::file(path, fault);
        if let Some(header) = &self.header {
            let shape = header.shape.with_columns(0, None);
            let mut cells = vec![];
            shape.split(&header.text, true, &mut cells);
            let mut names = self.joined(header, &header.text, &cells, false);
            to.write_all(&header.before).map_err(fault)?;
            names.extend_from_slice(&[&[shape.delimiter()], REASON.as_bytes()].concat());
            names.extend_from_slice(&[&[shape.delimiter()], MESSAGE.as_bytes(), self.line_end()].concat());
            to.write_all(&names).map_err(fault)?;
        }
        self.log.copy(|text| to.write_all(text).map_err(fault))
    }

    /// Stores a done line if it gave a token.
    fn remember(&mut self, line: &AnsweredLine<'_>, reply: &[u8]) -> Result<(), Error> {
        let has = |key: &str| memchr::memmem::find(reply, format!("\"{key}\":\"").as_bytes()).is_some();
        let gain = match line.op {
            Some(Operation::Login) if has("session") => TokenKind::Session,
            Some(Operation::PhoneLine) if has("call") => TokenKind::Call,
            Some(Operation::PhoneCodeSet | Operation::PhoneCodeChange) => TokenKind::PhoneCode,
            _ => return Ok(()),
        };
        let Some(text) = line.text else { return Ok(()) };
        let Some(niss) = self.holder(self.parse(text).niss) else { return Ok(()) };
        self.holders.add(niss);
        let entry = [&[0], text].concat();
        self.givers.put(key(niss, gain), entry.into())
    }

    /// Adds the earlier lines that a line needs, unless they were added before.
    fn add_needed(&mut self, number: u64, line: &ParsedLine) -> Result<(), Error> {
        let Some(niss) = self.holder(line.niss) else { return Ok(()) };
        for kind in &line.uses {
            let Some(mut entry) = self.givers.get(key(niss, *kind))? else { continue };
            let Some((added @ 0, _)) = entry.split_first_mut() else { continue };
            // Before its own needs: a login can replace a session that an earlier login opened.
            *added = 1;
            self.givers.put(key(niss, *kind), entry.clone())?;
            let earlier = self.parse(&entry[1..]);
            self.add_needed(number, &earlier)?;
            let facts = vec![("line", MessageArg::from(number.to_string()))];
            let message = localize(self.language, "failed-line-needed", &facts);
            let text = self.remark(earlier.body.as_deref().map(Vec::as_slice), "", &message)?;
            self.log.add(&text)?;
        }
        Ok(())
    }

    fn holder(&self, named: Option<Niss>) -> Option<Niss> {
        named.or_else(|| self.holders.only())
    }

    fn parse(&self, text: &[u8]) -> ParsedLine {
        match &self.header {
            Some(header) => self.parse_row(header, text),
            None => parse_json(text),
        }
    }

    fn parse_row(&self, header: &Header, text: &[u8]) -> ParsedLine {
        let mut cells = vec![];
        if header.shape.split(text, true, &mut cells).is_none_or(|row| row.stray.is_some()) {
            return ParsedLine { body: Some(text.to_vec().into()), niss: None, uses: vec![] };
        }
        let mut facts = LineFacts::default();
        for (name, cell) in header.columns.iter().zip(&cells) {
            facts.add(name, String::from_utf8_lossy(&cell.bytes(text)).trim());
        }
        ParsedLine { body: Some(self.joined(header, text, &cells, true).into()), niss: facts.niss, uses: facts.uses }
    }

    /// Returns the fields of a row as they are in the file, without those of earlier remarks. A short row gets the missing
    /// fields, so that its remarks are in their columns.
    fn joined(&self, header: &Header, text: &[u8], cells: &[Cell], fills: bool) -> Vec<u8> {
        let is_own = |at: usize| header.columns.get(at).is_some_and(|name| name == REASON || name == MESSAGE);
        let width = if fills { header.columns.len().max(cells.len()) } else { cells.len() };
        let fields: Vec<&[u8]> = (0..width)
            .filter(|at| !is_own(*at))
            .map(|at| cells.get(at).map_or(&b""[..], |cell| cell.raw(text)))
            .collect();
        fields.join(&header.shape.delimiter())
    }

    /// Returns a line with its remarks. Without a line, the remarks alone.
    fn remark(&self, body: Option<&[u8]>, reason: &str, message: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
        let mut line = Zeroizing::new(body.map(<[u8]>::to_vec).unwrap_or_default());
        let json = |text: &str| escaped_json::to_string(&text).map_err(|fault| Error::Bug(fault.to_string()));
        match &self.header {
            Some(header) => {
                let delimiter = char::from(header.shape.delimiter());
                if body.is_none() {
                    let others = header.columns.iter().filter(|name| *name != REASON && *name != MESSAGE).count();
                    line.extend(std::iter::repeat_n(header.shape.delimiter(), others.saturating_sub(1)));
                }
                // Always quoted: behind a stray mark, it keeps the row as invalid as it was.
                let message = message.replace('"', "\"\"");
                line.extend(format!("{delimiter}{reason}{delimiter}\"{message}\"").bytes());
            }
            None => {
                if line.is_empty() {
                    line.push(b'{');
                }
                let comma = if line.ends_with(b"{") { "" } else { "," };
                let reason = match reason {
                    "" => String::new(),
                    reason => format!("\"{REASON}\":{},", json(reason)?),
                };
                line.extend(format!("{comma}{reason}\"{MESSAGE}\":{}}}", json(message)?).bytes());
            }
        }
        line.extend_from_slice(self.line_end());
        Ok(line)
    }

    fn line_end(&self) -> &'static [u8] {
        match &self.header {
            Some(header) if header.text.ends_with(b"\r\n") => b"\r\n",
            Some(_) | None => b"\n",
        }
    }
}

fn key(niss: Niss, kind: TokenKind) -> i64 {
    niss.as_i64() * 4 + kind as i64
}

/// The fields of a line that say whose token it uses.
#[derive(Default)]
struct LineFacts {
    niss: Option<Niss>,
    uses: Vec<TokenKind>,
}

impl LineFacts {
    fn add(&mut self, name: &str, value: &str) {
        match (name, value) {
            ("niss", digits) => self.niss = Niss::read_written(digits).ok(),
            ("session" | "old_session", "@login") => self.uses.push(TokenKind::Session),
            ("code", "@phone_code") => self.uses.push(TokenKind::PhoneCode),
            ("call", "@phone_line") => self.uses.push(TokenKind::Call),
            _ => {}
        }
    }
}

/// Parses a line of JSON. Its values keep their text. The body ends before the closing brace.
fn parse_json(text: &[u8]) -> ParsedLine {
    let mut facts = LineFacts::default();
    let fields = std::str::from_utf8(text).ok().and_then(|text| {
        let mut json = serde_json::Deserializer::from_str(text);
        let fields = json.deserialize_map(RawFields).ok()?;
        json.end().ok().map(|()| fields)
    });
    let Some(fields) = fields else { return ParsedLine { body: None, niss: None, uses: facts.uses } };
    let mut body = Zeroizing::new(Vec::with_capacity(text.len()));
    body.push(b'{');
    for (name, value) in fields.iter().filter(|(name, _)| name != REASON && name != MESSAGE) {
        let content: Result<String, _> = serde_json::from_str(value.get());
        facts.add(name, content.as_deref().unwrap_or(value.get()));
        if body.len() > 1 {
            body.push(b',');
        }
        body.extend(serde_json::to_string(name).unwrap_or_default().bytes());
        body.push(b':');
        body.extend_from_slice(value.get().as_bytes());
    }
    ParsedLine { body: Some(body), niss: facts.niss, uses: facts.uses }
}

/// Reads the fields of an object in their order, with the text of their values.
struct RawFields;

impl<'de> Visitor<'de> for RawFields {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = vec![];
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(fields)
    }
}
