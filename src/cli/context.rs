//! One call of a command: its arguments, the environment, the store and the streams.
//!
//! The command line is checked before the first question, and completed before the store is opened.

use clap::ArgMatches;

use crate::cli::args::global_args::GlobalArgs;
use crate::cli::args::{secrets, usage_errors};
use crate::cli::interactive::prompt::Prompt;
use crate::cli::interactive::questions::Questions;
use crate::cli::io::output::Output;
use crate::cli::io::recorder::Recorder;
use crate::cli::io::stdin::Stdin;
use crate::cli::io::streams::Streams;
use crate::cli::render::json;
use crate::domain::niss::Niss;
use crate::environment::{Environment, Variable};
use crate::error::{Error, ExitStatus, ValueName};
use crate::flow;
use crate::l10n::MessageArg;
use crate::reply::{Done, Reply};
use crate::request::{CheckedRequest, HolderRequest, Request};
use crate::scenario::recording::{self, RecordedRequest};
use crate::store::{Store, StoreLocation, migrations};

/// A call of a command.
pub struct Context<'a> {
    /// The words of the command.
    pub path: &'static str,
    /// Its arguments.
    pub matches: &'a ArgMatches,
    /// The global options.
    pub globals: &'a GlobalArgs,
    /// The environment variables.
    pub settings: &'a Environment,
    /// The standard streams.
    pub streams: &'a Streams,
    /// What is printed on them.
    pub output: &'a mut Output,
    /// Standard input, which only one option can claim.
    pub stdin: Stdin,
}

impl Context<'_> {
    /// Handles a request, and records it if `SSD_RECORD` is set. The store is closed again at once, so questions to the
    /// user block no other process.
    ///
    /// # Errors
    /// [`Error::Missing`] if a required field is missing; the errors of the store, the request and the recording.
    pub fn handle(&mut self, request: &Request) -> Result<Reply, Error> {
        let checked = request.check().map_err(Error::Missing)?;
        let store = self.open()?;
        self.handle_in(&store, &checked)
    }

    /// Handles a request in an open store, and records it if `SSD_RECORD` is set.
    ///
    /// # Errors
    /// The errors of the store, the request and the recording.
    pub fn handle_in(&mut self, store: &Store, checked: &CheckedRequest<'_>) -> Result<Reply, Error> {
        match self.recorder(Some(store))? {
            Some(recorder) => self.handle_and_record(store, checked, recorder),
            None => flow::handle(store, &self.settings.operator, checked),
        }
    }

    /// Fills the fields that come from files, standard input and the environment.
    ///
    /// # Errors
    /// A field that does not apply to the request; a secret that can't be read.
    pub fn apply_arguments(&mut self, request: &mut Request) -> Result<(), Error> {
        usage_errors::check_fields(request)?;
        secrets::fill(request, self.matches, &mut self.stdin, self.settings)?;
        usage_errors::check_fields(request)
    }

    /// Returns whether the user can be asked and may be.
    pub fn is_interactive(&self) -> bool {
        self.globals.is_interactive(self.streams)
    }

    /// Returns the questions of this call.
    pub fn questions(&self) -> Questions {
        Questions { prompt: Prompt { language: self.globals.language }, yes: self.globals.yes }
    }

    /// Fills the missing fields of a request from files, standard input and the environment, then by asking the user.
    ///
    /// # Errors
    /// The errors of [`Context::apply_arguments`] and of the questions. Without questions, fields can still be missing.
    pub fn complete_request(&mut self, mut request: Request) -> Result<Request, Error> {
        self.apply_arguments(&mut request)?;
        if self.is_interactive() {
            self.questions().complete(&mut request)?;
        }
        Ok(request)
    }

    /// Returns the NISS of the command line, or asks for it as `account show` does.
    ///
    /// # Errors
    /// [`Error::Missing`] without a NISS; the errors of [`Context::complete_request`].
    pub fn complete_niss(&mut self, niss: Option<Niss>) -> Result<Niss, Error> {
        let request = self.complete_request(Request::AccountShow(HolderRequest { niss }))?;
        request.niss().ok_or_else(|| Error::Missing(request.missing_fields()))
    }

    /// Handles a request and records it with its reply.
    fn handle_and_record(
        &mut self,
        store: &Store,
        checked: &CheckedRequest<'_>,
        mut recorder: Recorder,
    ) -> Result<Reply, Error> {
        self.start_recording(store, &mut recorder)?;
        let request = checked.request();
        let inside = store.read(|unit| recording::inside(unit, request))?;
        let answered = flow::handle(store, &self.settings.operator, checked);
        let (reply, shown) = match &answered {
            Ok(reply) => (Some(reply), json::reply(reply, self.globals.language)?),
            Err(Error::Malformed { .. }) => (None, recording::INVALID_VALUE_EXPECTATION.to_vec()),
            Err(_) => return answered,
        };
        let asked = RecordedRequest { request, holder: None, code: None };
        let line = store.read(|unit| recording::request(unit, asked, inside.as_ref(), reply, &shown));
        self.output.defer_unrecorded(line.and_then(|line| recorder.append(&line)));
        answered
    }

    /// Appends the first line, which names the sandbox, to a recording that did not start with `ssd init`.
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

    /// Opens the recording, if `SSD_RECORD` is set.
    pub fn recorder(&self, store: Option<&Store>) -> Result<Option<Recorder>, Error> {
        let place = self.store_location()?;
        self.settings.record.as_deref().map(|record| Recorder::open(record, place, store)).transpose()
    }

    /// Returns the arguments of a command that is not a request.
    pub fn args<T: clap::Args>(&self) -> Result<T, Error> {
        T::from_arg_matches(self.matches).map_err(unreadable)
    }

    /// Returns the location of the store and its key file.
    ///
    /// # Errors
    /// No store path is known, or it is empty; the actor is invalid.
    pub fn store_location(&self) -> Result<StoreLocation<'_>, Error> {
        if let Some(cause) = &self.settings.invalid_operator {
            let name = ValueName::Argument(Variable::Operator.as_str().to_owned());
            return Err(Error::malformed(name, cause.clone()));
        }
        let key = if self.globals.store.is_some() { "empty-path" } else { "no-path" };
        self.globals.store_location().ok_or(Error::usage(key))
    }

    /// Opens the store. Warns if the system's clock is behind it.
    ///
    /// # Errors
    /// The store can't be opened; with `SSD_RECORD`, the store is no sandbox.
    pub fn open(&mut self) -> Result<Store, Error> {
        let store = Store::open(self.store_location()?)?;
        if store.is_upgraded_slowly() {
            let version = MessageArg::Number(migrations::VERSION);
            self.output.note("note-upgraded", &vec![("version", version)]);
        }
        if let Some(lag) = store.clock_lag()? {
            self.output.warn_of_clock(lag);
        }
        if self.settings.record.is_some() && store.seed()?.is_none() {
            return Err(Error::usage("record-sandbox"));
        }
        Ok(store)
    }

    /// Prints the reply of a completed command and returns its exit status.
    pub fn finish(&mut self, done: Done) -> Result<ExitStatus, Error> {
        self.output.reply(&Reply::Done(done))
    }
}

/// Converts an error in reading matches that clap has already checked: a bug of ssd.
pub fn unreadable(error: clap::Error) -> Error {
    Error::Bug(error.kind().to_string())
}
