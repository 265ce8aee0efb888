//! From a command line that is understood to an exit code. The order matters: nothing is touched before the line is whole,
//! and nothing is asked that a mistake in the line would make in vain.

use std::path::Path;

use clap::ArgMatches;

use super::command_tree::{Action, CommandSpec};
use super::interactive::InteractiveSession;
use crate::cli::args::global_args::GlobalArgs;
use crate::cli::args::secrets;
use crate::cli::args::usage_errors;
use crate::cli::interactive::prompt::Prompt;
use crate::cli::interactive::questions::Questions;
use crate::cli::io::output::Output;
use crate::cli::io::recorder::Recorder;
use crate::cli::io::stdin::Stdin;
use crate::cli::render::json;
use crate::environment::Environment;
use crate::error::{Error, ExitStatus};
use crate::flow;
use crate::reply::Reply;
use crate::request::Request;
use crate::scenario::recording::{self, RecordedRequest};
use crate::store::{Store, StoreLocation};

/// One call of one command.
pub struct Context<'a> {
    /// The command.
    pub leaf: &'static CommandSpec,
    /// Its arguments.
    pub matches: &'a ArgMatches,
    /// The options of every command.
    pub globals: &'a GlobalArgs,
    /// The environment.
    pub settings: &'a Environment,
    /// Where its result goes.
    pub output: &'a mut Output,
    /// Standard input, for whoever claims it first.
    pub stdin: Stdin,
}

impl Context<'_> {
    /// Does what the command does.
    pub fn run(mut self) -> Result<ExitStatus, Error> {
        match self.leaf.run {
            Action::Run(run) => run(&mut self),
            Action::Request(fill) => {
                let request = fill(self.matches).map_err(unreadable)?;
                self.run_request(request)
            }
        }
    }

    /// Completes a request, has it answered and prints the reply.
    fn run_request(&mut self, mut request: Request) -> Result<ExitStatus, Error> {
        if self.globals.is_interactive() {
            self.apply_arguments(&mut request)?;
            return InteractiveSession::new(self).run(request);
        }
        let request = self.complete_request(request)?;
        let reply = self.handle(request)?;
        self.output.reply(&reply)
    }

    /// Has a request answered, on record if it is to be. The store is open no longer than that: nobody who thinks about a question
    /// stands in another's way.
    pub fn handle(&mut self, mut request: Request) -> Result<Reply, Error> {
        let store = self.open()?;
        match self.recorder()? {
            Some(recorder) => self.handle_and_record(&store, &mut request, recorder),
            None => flow::handle(&store, &self.settings.operator, &request),
        }
    }

    /// Fills what the command line points to.
    fn apply_arguments(&mut self, request: &mut Request) -> Result<(), Error> {
        usage_errors::check_fields(request)?;
        secrets::fill(request, self.matches, &mut self.stdin, self.settings)?;
        usage_errors::check_fields(request)
    }

    /// The questions of this call.
    pub fn questions(&self) -> Questions {
        Questions { prompt: Prompt { language: self.globals.language }, yes: self.globals.yes }
    }

    /// Fills what a request lacks, from wherever the command line says, or by asking.
    pub fn complete_request(&mut self, mut request: Request) -> Result<Request, Error> {
        self.apply_arguments(&mut request)?;
        if self.globals.is_interactive() {
            self.questions().complete(&mut request)?;
        }
        let missing = request.missing_fields();
        if missing.is_empty() { Ok(request) } else { Err(Error::Missing(missing)) }
    }

    /// Has a request answered, and keeps both in the recording.
    fn handle_and_record(
        &mut self,
        store: &Store,
        request: &mut Request,
        mut recorder: Recorder,
    ) -> Result<Reply, Error> {
        self.start_recording(store, &mut recorder)?;
        let inside = store.read(|unit| recording::inside(unit, request))?;
        let answered = flow::handle(store, &self.settings.operator, request);
        let (reply, shown) = match &answered {
            Ok(reply) => (Some(reply), json::reply(reply, self.globals.language)?),
            Err(Error::Malformed { .. }) => (None, recording::INVALID_VALUE_EXPECTATION.to_vec()),
            Err(_) => return answered,
        };
        let asked = RecordedRequest { request, holder: None, code: None };
        let line = store.read(|unit| recording::request(unit, asked, inside.as_ref(), reply, &shown))?;
        recorder.append(&line)?;
        answered
    }

    /// The first line of a recording that does not begin with `init`: it says which sandbox this is.
    pub fn start_recording(&mut self, store: &Store, recorder: &mut Recorder) -> Result<(), Error> {
        if !recorder.is_empty {
            return Ok(());
        }
        let (sandbox, is_new) = recording::sandbox_of(store)?;
        if !is_new {
            self.output.note("note-record-late", &vec![]);
        }
        recorder.append(&recording::init(sandbox))
    }

    /// Where the session is recorded, if it is to be.
    pub fn recorder(&self) -> Result<Option<Recorder>, Error> {
        let place = self.store_location()?;
        self.settings.record.as_deref().map(|record| Recorder::open(record, place)).transpose()
    }

    /// The arguments of a command that is no request.
    pub fn args<T: clap::Args>(&self) -> Result<T, Error> {
        T::from_arg_matches(self.matches).map_err(unreadable)
    }

    /// Where the store is.
    pub fn path(&self) -> Result<&Path, Error> {
        self.globals.store.as_deref().ok_or(Error::usage("no-path"))
    }

    /// Where the store is, and its key.
    pub fn store_location(&self) -> Result<StoreLocation<'_>, Error> {
        Ok(StoreLocation { store: self.path()?, key: self.globals.key_file.as_deref() })
    }

    /// Opens the store.
    pub fn open(&self) -> Result<Store, Error> {
        let store = Store::open(self.store_location()?)?;
        if self.settings.record.is_some() && store.seed()?.is_none() {
            return Err(Error::usage("record-sandbox"));
        }
        Ok(store)
    }

    /// Prints what was done.
    pub fn finish(&mut self, done: crate::reply::Done) -> Result<ExitStatus, Error> {
        self.output.reply(&Reply::Done(done))
    }
}

/// Clap has checked the line; what it then can't hand over is ours.
fn unreadable(error: clap::Error) -> Error {
    Error::Bug(error.kind().to_string())
}
