//! Runs the steps of a scenario in order, each in its own unit of work. A difference does not end the run, because
//! later lines can explain it.

use std::fs::File;
use std::io::Cursor;
use std::path::Path;

use serde_json::{Value, json};

use super::compare::{self, Mismatch};
use super::parse::{LineAction, MessageQuery, Scenario, ScenarioLine};
use crate::batch::earlier_tokens::EarlierTokens;
use crate::batch::line_execution;
use crate::domain::vocabulary::Language;
use crate::error::Error;
use crate::flow::lists::{self, ListFilter};
use crate::import::{Import, ReadOptions, RejectRecord};
use crate::outbox::print_run::{self, PrintOutput};
use crate::reply::line_reply::{LineOutcome, LineReply};
use crate::reply::{Difference, Done, Reply};
use crate::request::Operation;
use crate::request::request_line::RequestLine;
use crate::store::Store;
use crate::{import, store_admin};

/// The result of a line, for conversion to JSON.
pub enum StepResult<'a> {
    /// A reply.
    Answer(&'a LineReply),
    /// A fault of the data that the line names. Nothing has changed.
    Failed(&'a Error),
}

/// A completed line.
#[derive(Debug)]
pub struct Case {
    /// The number of the line in the file.
    pub line: u64,
    /// The operation.
    pub op: String,
    /// The differences from the expected reply.
    pub differences: Vec<Difference>,
}

/// The settings of a run.
pub struct Runner<'a> {
    /// The actor for the audit log.
    pub actor: &'a str,
    /// The language of messages.
    pub language: Language,
    /// Converts a result to the JSON that `--json` prints.
    pub shown: &'a dyn Fn(StepResult<'_>) -> Result<Value, Error>,
    /// Returns whether the run is interrupted.
    pub stopped: &'a dyn Fn() -> bool,
}

/// The result of a line in comparable form.
pub(super) struct ActualReply {
    pub reply: Value,
    is_done: bool,
    /// The rejected rows of a registry.
    rejects: Vec<Value>,
}

/// A sandbox in which lines run in order.
pub(super) struct SandboxSession<'a> {
    runner: &'a Runner<'a>,
    pub store: &'a Store,
    memory: EarlierTokens,
}

impl Runner<'_> {
    /// Runs a scenario in a new sandbox, at `path` or in a temporary file.
    ///
    /// # Errors
    /// Returns [`Error::Interrupted`] if the run is interrupted.
    pub fn run(&self, scenario: &Scenario, path: Option<&Path>) -> Result<Vec<Case>, Error> {
        match path {
            Some(path) => {
                store_admin::init_with(path, Some(scenario.sandbox), |store, made| self.steps(scenario, store, &made))
            }
            None => {
                let (store, made) = store_admin::temporary_sandbox(scenario.sandbox)?;
                self.steps(scenario, &store, &made)
            }
        }
    }

    /// Runs the steps of a scenario in a new sandbox. `made` is its description.
    fn steps(&self, scenario: &Scenario, store: &Store, made: &Done) -> Result<Vec<Case>, Error> {
        let mut stage = self.stage(store);
        let mut cases = vec![];
        for step in &scenario.steps {
            if self.is_stopped() {
                return Err(Error::Interrupted);
            }
            let found = match &step.task {
                LineAction::Init => compare_step(step.expect.as_ref(), &self.rendered(made.clone())?),
                LineAction::Rows(rows) => {
                    compare_step(step.expect.as_ref(), &stage.load(Box::new(Cursor::new(rows.clone())))?)
                }
                LineAction::Registry(file) => {
                    let input = File::open(file).map_err(|fault| Error::file(file, fault))?;
                    compare_step(step.expect.as_ref(), &stage.load(Box::new(input))?)
                }
                LineAction::Request(Ok(line)) => {
                    let answer = stage.ask(step.line, line)?;
                    compare_step(step.expect.as_ref(), &self.actual(&answer)?)
                }
                LineAction::Request(Err(malformed)) => compare_step(
                    step.expect.as_ref(),
                    &self.actual(&LineReply::malformed(step.line, malformed.clone()))?,
                ),
                LineAction::Letters(filter) => compare_step(step.expect.as_ref(), &stage.print(filter)?),
                LineAction::Message(wanted) => self.message(store, step, wanted)?,
            };
            let line = step.line;
            let differences = found.into_iter().map(|one| Difference {
                line,
                path: one.path,
                expected: one.expected,
                actual: one.actual,
            });
            cases.push(Case { line, op: step.op.clone(), differences: differences.collect() });
        }
        Ok(cases)
    }

    /// Returns whether the run is interrupted.
    pub(super) fn is_stopped(&self) -> bool {
        (self.stopped)()
    }

    /// Returns a session that runs lines in this store.
    pub(super) fn stage<'a>(&'a self, store: &'a Store) -> SandboxSession<'a> {
        SandboxSession { runner: self, store, memory: EarlierTokens::default() }
    }

    /// Compares the newest message to a holder, and the number of messages.
    fn message(&self, store: &Store, step: &ScenarioLine, wanted: &MessageQuery) -> Result<Vec<Mismatch>, Error> {
        let filter =
            ListFilter { niss: wanted.niss, purpose: wanted.purpose, channel: wanted.channel, ..ListFilter::default() };
        let (mut count, mut newest) = (0_u64, None);
        lists::outbox(store, self.actor, &filter, &mut |row| {
            count += 1;
            newest = Some(row);
            Ok(())
        })?;
        if wanted.count.is_some_and(|wanted| wanted != count) || (wanted.count.is_none() && count == 0) {
            let expected = wanted.count.unwrap_or(1);
            return Ok(vec![Mismatch { path: "count".to_owned(), expected: expected.into(), actual: count.into() }]);
        }
        match newest {
            Some(row) => {
                let actual = self.rendered(Done { op: Operation::OutboxShow, niss: wanted.niss, ..row })?;
                Ok(compare_step(step.expect.as_ref(), &actual))
            }
            None => Ok(step.expect.iter().flat_map(|expect| compare::differences(expect, &Value::Null)).collect()),
        }
    }

    fn rendered(&self, done: Done) -> Result<ActualReply, Error> {
        self.actual(&LineReply { line: 0, id: None, outcome: LineOutcome::Replied(Box::new(Reply::Done(done))) })
    }

    /// Returns a reply in comparable form.
    pub(super) fn actual(&self, answer: &LineReply) -> Result<ActualReply, Error> {
        let mut reply = (self.shown)(StepResult::Answer(answer))?;
        if let Value::Object(fields) = &mut reply {
            // Only replies of files have this key, not those of the command line.
            fields.remove("line");
        }
        Ok(ActualReply { reply, is_done: answer.is_done(), rejects: vec![] })
    }
}

impl SandboxSession<'_> {
    /// Executes a line that is a request.
    pub fn ask(&mut self, number: u64, line: &RequestLine) -> Result<LineReply, Error> {
        let SandboxSession { runner, store, memory } = self;
        loop {
            let slow = line_execution::compute_in_turn(store, line, memory)?;
            match store.write(runner.actor, |unit| line_execution::execute(unit, line, &slow, memory)) {
                Ok(Some(reply)) => return Ok(LineReply { id: None, ..LineReply::replied(number, line, reply) }),
                Ok(None) => {}
                Err(Error::Malformed { name, cause, .. }) => {
                    return Ok(LineReply::invalid_value(
                        number,
                        line,
                        name.field().map(|field| field.to_string()),
                        cause,
                    ));
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Makes a print run without output files.
    pub fn print(&self, filter: &ListFilter) -> Result<ActualReply, Error> {
        self.runner.rendered(print_run::print(self.store, self.runner.actor, filter, &PrintOutput::none())?)
    }

    /// Loads the rows of a registry.
    pub fn load(&self, input: Box<dyn std::io::Read + Send>) -> Result<ActualReply, Error> {
        let runner = self.runner;
        let mut rejects = vec![];
        let mut note = |reject: &RejectRecord| {
            rejects.extend(reject.faults.iter().map(
                |fault| json!({ "line": reject.line, "column": fault.column, "reason": fault.cause.to_string() }),
            ));
        };
        let import =
            Import { input, reading: ReadOptions::default(), rejects: None, language: runner.language, dry_run: false };
        match import::run(self.store, runner.actor, import, &mut note) {
            Ok(done) => Ok(ActualReply { rejects, ..runner.rendered(done)? }),
            Err(error) if error.kind() == "usage" => {
                Ok(ActualReply { reply: (runner.shown)(StepResult::Failed(&error))?, is_done: false, rejects: vec![] })
            }
            Err(error) => Err(error),
        }
    }
}

/// Returns the differences of a line. A line that is not done, or has rejected rows, differs unless that is expected.
fn compare_step(expect: Option<&Value>, actual: &ActualReply) -> Vec<Mismatch> {
    let says = |key: &str| expect.and_then(|expect| expect.get(key));
    let wants_done = match says("result") {
        Some(result) => result == "done",
        None => says("reason").is_none() && says("kind").is_none(),
    };
    if wants_done && !actual.is_done {
        let expected = expect.cloned().unwrap_or_else(|| json!({ "result": "done" }));
        return vec![Mismatch { path: String::new(), expected, actual: actual.reply.clone() }];
    }
    let mut found = expect.map(|expect| compare::differences(expect, &actual.reply)).unwrap_or_default();
    let unexpected = !actual.rejects.is_empty() && says("rejected").is_none();
    if unexpected || found.iter().any(|one| one.path == "rejected") {
        found.retain(|one| one.path != "rejected");
        let expected = says("rejected").cloned().unwrap_or_else(|| 0.into());
        found.push(Mismatch { path: "rejected".to_owned(), expected, actual: Value::from(actual.rejects.clone()) });
    }
    found
}
