//! Reads a scenario file into steps. The complete file is read before the first step runs, so that a typing error
//! changes nothing.
//!
//! A line that is a request, or resembles one, is never an error of the file. Its reply reports the fault, and a
//! scenario can expect that reply. Errors of the file are reported as `file:line: field`.

use std::fs::File;
use std::io::{BufRead, ErrorKind, Read};
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::domain::message_purpose::{self, MessagePurpose};
use crate::domain::niss::Niss;
use crate::domain::time::{Span, Timestamp};
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::Channel;
use crate::error::{Error, ValueName};
use crate::flow::lists::ListFilter;
use crate::l10n::MessageArg;
use crate::request::FieldValue;
use crate::request::request_line::RequestLine;
use crate::request::request_line::{InvalidLine, JsonError, JsonFields, LineError};
use crate::store::Sandbox;

/// The maximum length of a line in bytes: a registry may be on one line.
pub const LONGEST: usize = 16 << 20;

/// A scenario.
#[derive(Debug)]
pub struct Scenario {
    /// The file's name, as given.
    pub file: String,
    /// The initial sandbox.
    pub(super) sandbox: Sandbox,
    pub(super) steps: Vec<ScenarioLine>,
}

/// A line with an action.
#[derive(Debug)]
pub(super) struct ScenarioLine {
    /// The number of the line in the file, from 1.
    pub line: u64,
    /// The operation, as written in the file.
    pub op: String,
    pub task: LineAction,
    /// The expected reply.
    pub expect: Option<Value>,
}

/// The action of a line.
#[derive(Debug)]
pub(super) enum LineAction {
    /// Creates the sandbox; done before the first step.
    Init,
    /// Loads rows of a registry, as JSON Lines.
    Rows(Vec<u8>),
    /// Loads a registry file.
    Registry(PathBuf),
    /// Handles a request, or reports its fault.
    Request(Result<Box<RequestLine>, InvalidLine>),
    /// Reads the outbox.
    Message(MessageQuery),
    /// Makes a print run.
    Letters(ListFilter),
}

/// The filter of a line that reads the outbox.
#[derive(Debug, Default)]
pub(super) struct MessageQuery {
    pub niss: Option<Niss>,
    pub purpose: Option<MessagePurpose>,
    pub channel: Option<Channel>,
    /// The expected number of messages.
    pub count: Option<u64>,
}

/// A field and its fault.
type ParseError = (&'static str, ValidationError);

impl Scenario {
    /// Reads a scenario. Paths of registry files are relative to `folder`.
    ///
    /// # Errors
    /// Fails if the file can't be read, is empty, or contains an invalid line.
    pub fn read(file: String, folder: &Path, input: &mut dyn BufRead) -> Result<Scenario, Error> {
        let mut scenario = Scenario { file, sandbox: Sandbox::default(), steps: vec![] };
        let mut line = vec![];
        for number in 1.. {
            line.clear();
            let limited = (&mut *input).take(LONGEST as u64).read_until(b'\n', &mut line);
            let length = limited.map_err(|fault| Error::file(Path::new(&scenario.file), fault))?;
            if length == 0 {
                break;
            }
            if length == LONGEST {
                let facts =
                    vec![("file", MessageArg::from(scenario.file)), ("line", MessageArg::from(number.to_string()))];
                return Err(Error::Usage { key: "scenario-long-line", facts });
            }
            let text = match number {
                1 => line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line),
                _ => &line,
            };
            if !text.iter().all(u8::is_ascii_whitespace) {
                scenario.add(number, text, folder)?;
            }
        }
        if scenario.steps.is_empty() {
            return Err(Error::Usage { key: "scenario-empty", facts: vec![("file", MessageArg::from(scenario.file))] });
        }
        Ok(scenario)
    }

    fn add(&mut self, line: u64, text: &[u8], folder: &Path) -> Result<(), Error> {
        let place = format!("{}:{line}", self.file);
        let rendered = |field: &str, cause| Error::malformed(ValueName::FilePlace(format!("{place}: {field}")), cause);
        let mut fields = JsonFields::read(text).map_err(|JsonError { key, cause }| match key {
            Some(key) => rendered(&key, cause),
            None => Error::malformed(ValueName::FilePlace(place.clone()), cause),
        })?;
        let commented = fields.get("//").is_some();
        fields.take("//");
        let expect = fields.take("expect");
        if commented && expect.is_none() && fields.iter().next().is_none() {
            return Ok(());
        }
        if expect.as_ref().is_some_and(|expect| !expect.is_object()) {
            return Err(rendered("expect", ValidationError::Format("an object")));
        }
        let op = fields.get("op").and_then(Value::as_str).unwrap_or_default().to_owned();
        let task = match op.as_str() {
            "init" if !self.steps.is_empty() => Err(("op", ValidationError::NotApplicable)),
            "init" => self.init(&mut fields).map(|()| LineAction::Init),
            "registry" => registry(&mut fields, folder),
            "message" => message(&mut fields).map(LineAction::Message),
            "letters" => letters(&mut fields).map(LineAction::Letters),
            "clock" => clock(&mut fields),
            _ => Ok(LineAction::Request(RequestLine::parse(std::mem::take(&mut fields)).map(Box::new))),
        };
        let task = task.map_err(|(field, cause)| rendered(field, cause))?;
        // A request has taken its fields out of the map. Any line may have an `id`.
        if let Some((name, _)) = fields.iter().find(|(name, _)| *name != "op") {
            return Err(rendered(name, ValidationError::UnknownField));
        }
        if let LineAction::Registry(path) = &task {
            let fault = match File::open(path) {
                Err(fault) => Some(fault),
                Ok(_) if path.is_dir() => Some(ErrorKind::IsADirectory.into()),
                Ok(_) => None,
            };
            fault.map_or(Ok(()), |fault| Err(Error::file(path, fault)))?;
        }
        self.steps.push(ScenarioLine { line, op, task, expect });
        Ok(())
    }

    fn init(&mut self, fields: &mut JsonFields) -> Result<(), ParseError> {
        if let Some(seed) = fields.take("seed") {
            // The store's column holds an `i64`.
            let seed = seed.as_u64().filter(|seed| i64::try_from(*seed).is_ok());
            self.sandbox.seed = seed.ok_or(("seed", ValidationError::Format("an integer")))?;
        }
        if let Some(at) = take_field::<Timestamp>(fields, "at")? {
            self.sandbox.at = at.as_clock(Timestamp::EPOCH).map_err(|cause| ("at", cause))?;
        }
        Ok(())
    }
}

/// Takes the value of an optional field.
fn take_field<T>(fields: &mut JsonFields, name: &'static str) -> Result<Option<T>, ParseError>
where
    Option<T>: FieldValue,
{
    let mut value = None;
    fields.take(name).map_or(Ok(()), |given| value.set_from_json(&given)).map_err(|cause| (name, cause))?;
    Ok(value)
}

fn registry(fields: &mut JsonFields, folder: &Path) -> Result<LineAction, ParseError> {
    match (fields.take("rows"), fields.take("file")) {
        (Some(_), Some(_)) => Err(("file", ValidationError::NotApplicable)),
        (None, None) => Err(("rows", ValidationError::Missing)),
        (None, Some(Value::String(file))) => Ok(LineAction::Registry(folder.join(file))),
        (None, Some(_)) => Err(("file", ValidationError::Format("text"))),
        (Some(Value::Array(rows)), None) if !rows.is_empty() && rows.iter().all(Value::is_object) => {
            Ok(LineAction::Rows(rows.iter().flat_map(|row| format!("{row}\n").into_bytes()).collect()))
        }
        (Some(_), None) => Err(("rows", ValidationError::Format("a list of objects"))),
    }
}

fn message(fields: &mut JsonFields) -> Result<MessageQuery, ParseError> {
    let niss: Option<Niss> = take_field(fields, "niss")?;
    let purpose = match fields.take("purpose") {
        None => None,
        Some(Value::String(word)) => Some(word.parse().map_err(|cause| ("purpose", cause))?),
        Some(_) => return Err(("purpose", ValidationError::UnknownWord(message_purpose::WORDS))),
    };
    let count = match fields.take("count") {
        None => None,
        Some(count) => Some(count.as_u64().ok_or(("count", ValidationError::Format("an integer")))?),
    };
    if niss.is_none() {
        return Err(("niss", ValidationError::Missing));
    }
    Ok(MessageQuery { niss, purpose, channel: take_field(fields, "channel")?, count })
}

/// Parses a print run without output files. Its operation is `letters`, because `outbox_print` writes files and is not
/// allowed in a file.
fn letters(fields: &mut JsonFields) -> Result<ListFilter, ParseError> {
    let pending = match fields.take("pending") {
        None => false,
        Some(Value::Bool(pending)) => pending,
        Some(_) => return Err(("pending", ValidationError::UnknownWord("true, false"))),
    };
    let limit = match fields.take("limit") {
        None => None,
        Some(limit) => {
            Some(limit.as_i64().filter(|limit| *limit > 0).ok_or(("limit", ValidationError::Format("an integer")))?)
        }
    };
    let (niss, since) = (take_field(fields, "niss")?, take_field(fields, "since")?);
    let before = take_field::<Timestamp>(fields, "until")?.map(|until| until + Span::seconds(1));
    Ok(ListFilter { niss, since, before, limit, pending, ..ListFilter::default() })
}

/// Parses the short form of `clock_advance` and `clock_set`.
fn clock(fields: &mut JsonFields) -> Result<LineAction, ParseError> {
    let (advance, set) = (fields.take("advance"), fields.take("set"));
    let (op, field, value) = match (advance, set) {
        (Some(_), Some(_)) => return Err(("set", ValidationError::NotApplicable)),
        (None, None) => return Err(("advance", ValidationError::Missing)),
        (Some(span), None) => ("clock_advance", "advance", span),
        (None, Some(time)) => ("clock_set", "time", time),
    };
    let given = [("op", Value::from(op)), (field, value)];
    let line = RequestLine::parse(given.into_iter().map(|(name, value)| (name.to_owned(), value)).collect());
    match line {
        Err(InvalidLine { fault: LineError::Field(_, cause), .. }) => {
            Err((if field == "time" { "set" } else { field }, cause))
        }
        line => Ok(LineAction::Request(line.map(Box::new))),
    }
}
