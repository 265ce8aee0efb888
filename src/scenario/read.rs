//! From a file to steps. The whole file is read before the first step is taken, so that a slip of the keys changes nothing.
//!
//! A line that is a request, or tries to be one, is never a fault of the file: what is wrong with it is its answer, which can be
//! expected like any other. Faults are told as `file:line: field`.

use std::fs::File;
use std::io::{BufRead, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::Value;

use crate::domain::flaw::Flaw;
use crate::domain::niss::Niss;
use crate::domain::words::{Channel, Notice, Purpose};
use crate::error::Error;
use crate::flow::lists::Filter;
use crate::request::line::{Fault, Fields, Malformed};
use crate::request::{Fill, Line};
use crate::store::Sandbox;
use crate::text::Fact;

/// The longest line that is read, in bytes: a registry may stand on one.
pub const LONGEST: usize = 16 << 20;

/// A file, read.
#[derive(Debug)]
pub struct Scenario {
    /// What whoever named it calls it.
    pub file: String,
    /// The sandbox that it begins with.
    pub(super) sandbox: Sandbox,
    pub(super) steps: Vec<Step>,
}

/// A line that says what to do.
#[derive(Debug)]
pub(super) struct Step {
    /// Its number in the file, from 1.
    pub line: u64,
    /// The operation, as the file words it.
    pub op: String,
    pub task: Task,
    /// What its reply must match.
    pub expect: Option<Value>,
}

/// What a line says to do.
#[derive(Debug)]
pub(super) enum Task {
    /// The sandbox is made before the first step.
    Init,
    /// Rows of a registry, as JSON Lines.
    Rows(Vec<u8>),
    /// The file of a registry.
    Registry(PathBuf),
    /// A request, or what is wrong with it.
    Request(Result<Box<Line>, Malformed>),
    /// A look at the outbox.
    Message(Wanted),
    /// A print run.
    Letters(Filter),
}

/// Which messages a line asks for.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub niss: Option<Niss>,
    pub purpose: Option<String>,
    pub channel: Option<Channel>,
    /// How many there must be.
    pub count: Option<u64>,
}

/// A field and what is wrong with it.
type Wrong = (&'static str, Flaw);

impl Scenario {
    /// Reads a scenario; the registries that it names are looked for in `folder`.
    ///
    /// # Errors
    /// It can't be read, nothing is in it, or a line is none of a scenario's.
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
                let facts = vec![("file", Fact::from(scenario.file)), ("line", Fact::from(number.to_string()))];
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
            return Err(Error::Usage { key: "scenario-empty", facts: vec![("file", Fact::from(scenario.file))] });
        }
        Ok(scenario)
    }

    fn add(&mut self, line: u64, text: &[u8], folder: &Path) -> Result<(), Error> {
        let place = format!("{}:{line}", self.file);
        let told = |field: &str, flaw| Error::malformed(format!("{place}: {field}"), flaw);
        let mut fields = Fields::read(text).map_err(|fault| match fault {
            Fault::Field(Some(field), flaw) => told(&field, flaw),
            Fault::Field(None, flaw) => Error::malformed(place.clone(), flaw),
            Fault::Missing(_) => Error::Bug("a line that was not looked at lacks something".to_owned()),
        })?;
        let commented = fields.get("//").is_some();
        fields.take("//");
        let expect = fields.take("expect");
        if commented && expect.is_none() && fields.iter().next().is_none() {
            return Ok(());
        }
        if expect.as_ref().is_some_and(|expect| !expect.is_object()) {
            return Err(told("expect", Flaw::Form("an object")));
        }
        let op = fields.get("op").and_then(Value::as_str).unwrap_or_default().to_owned();
        let task = match op.as_str() {
            "init" if !self.steps.is_empty() => Err(("op", Flaw::NoPlace)),
            "init" => self.init(&mut fields).map(|()| Task::Init),
            "registry" => registry(&mut fields, folder),
            "message" => message(&mut fields).map(Task::Message),
            "letters" => letters(&mut fields).map(Task::Letters),
            "clock" => clock(&mut fields),
            _ => Ok(Task::Request(Line::of(std::mem::take(&mut fields)).map(Box::new))),
        };
        let task = task.map_err(|(field, flaw)| told(field, flaw))?;
        // A request has taken its fields along; `id` is what any line may call itself.
        if let Some((name, _)) = fields.iter().find(|(name, _)| !["op", "id"].contains(name)) {
            return Err(told(name, Flaw::UnknownField));
        }
        if let Task::Registry(path) = &task {
            let fault = match File::open(path) {
                Err(fault) => Some(fault),
                Ok(_) if path.is_dir() => Some(ErrorKind::IsADirectory.into()),
                Ok(_) => None,
            };
            fault.map_or(Ok(()), |fault| Err(Error::file(path, fault)))?;
        }
        self.steps.push(Step { line, op, task, expect });
        Ok(())
    }

    fn init(&mut self, fields: &mut Fields) -> Result<(), Wrong> {
        if let Some(seed) = fields.take("seed") {
            // As wide as the store's column.
            let seed = seed.as_u64().filter(|seed| i64::try_from(*seed).is_ok());
            self.sandbox.seed = seed.ok_or(("seed", Flaw::Form("a whole number")))?;
        }
        self.sandbox.at = filled(fields, "at")?.unwrap_or(self.sandbox.at);
        Ok(())
    }
}

/// The value of a field, if it is there.
fn filled<T>(fields: &mut Fields, name: &'static str) -> Result<Option<T>, Wrong>
where
    Option<T>: Fill,
{
    let mut value = None;
    fields.take(name).map_or(Ok(()), |given| value.fill(&given)).map_err(|flaw| (name, flaw))?;
    Ok(value)
}

fn registry(fields: &mut Fields, folder: &Path) -> Result<Task, Wrong> {
    match (fields.take("rows"), fields.take("file")) {
        (Some(_), Some(_)) => Err(("file", Flaw::NoPlace)),
        (None, None) => Err(("rows", Flaw::Missing)),
        (None, Some(Value::String(file))) => Ok(Task::Registry(folder.join(file))),
        (None, Some(_)) => Err(("file", Flaw::Form("text"))),
        (Some(Value::Array(rows)), None) if !rows.is_empty() && rows.iter().all(Value::is_object) => {
            Ok(Task::Rows(rows.iter().flat_map(|row| format!("{row}\n").into_bytes()).collect()))
        }
        (Some(_), None) => Err(("rows", Flaw::Form("a list of objects"))),
    }
}

fn message(fields: &mut Fields) -> Result<Wanted, Wrong> {
    static PURPOSES: LazyLock<String> =
        LazyLock::new(|| Purpose::WORDS.iter().chain(Notice::WORDS).copied().collect::<Vec<_>>().join(", "));
    let niss: Option<Niss> = filled(fields, "niss")?;
    let purpose = match fields.take("purpose") {
        None => None,
        Some(Value::String(word)) if Purpose::WORDS.iter().chain(Notice::WORDS).any(|known| *known == word) => {
            Some(word)
        }
        Some(_) => return Err(("purpose", Flaw::Word(&PURPOSES))),
    };
    let count = match fields.take("count") {
        None => None,
        Some(count) => Some(count.as_u64().ok_or(("count", Flaw::Form("a whole number")))?),
    };
    if niss.is_none() {
        return Err(("niss", Flaw::Missing));
    }
    Ok(Wanted { niss, purpose, channel: filled(fields, "channel")?, count })
}

/// A print run that goes nowhere: `outbox_print` writes files, so it is no request of a file.
fn letters(fields: &mut Fields) -> Result<Filter, Wrong> {
    let pending = match fields.take("pending") {
        None => false,
        Some(Value::Bool(pending)) => pending,
        Some(_) => return Err(("pending", Flaw::Word("true, false"))),
    };
    let limit = match fields.take("limit") {
        None => None,
        Some(limit) => Some(limit.as_i64().filter(|limit| *limit > 0).ok_or(("limit", Flaw::Form("a whole number")))?),
    };
    let (niss, since) = (filled(fields, "niss")?, filled(fields, "since")?);
    Ok(Filter { niss, since, limit, pending, ..Filter::default() })
}

/// The short form of `clock_advance` and `clock_set`.
fn clock(fields: &mut Fields) -> Result<Task, Wrong> {
    let (advance, set) = (fields.take("advance"), fields.take("set"));
    let (op, field, value) = match (advance, set) {
        (Some(_), Some(_)) => return Err(("set", Flaw::NoPlace)),
        (None, None) => return Err(("advance", Flaw::Missing)),
        (Some(span), None) => ("clock_advance", "advance", span),
        (None, Some(time)) => ("clock_set", "time", time),
    };
    let given = [("op", Value::from(op)), (field, value)];
    let line = Line::of(given.into_iter().map(|(name, value)| (name.to_owned(), value)).collect());
    match line {
        Err(Malformed { fault: Fault::Field(_, flaw), .. }) => Err((if field == "time" { "set" } else { field }, flaw)),
        line => Ok(Task::Request(line.map(Box::new))),
    }
}
