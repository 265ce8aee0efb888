//! From a command line that is understood to an exit code. The order matters: nothing is touched before the line is whole,
//! and nothing is asked that a mistake in the line would make in vain.

use std::io::IsTerminal;
use std::path::Path;

use clap::ArgMatches;

use super::globals::Globals;
use super::output::Output;
use super::prompt::Prompt;
use super::questions::Questions;
use super::secrets;
use super::stdin::Stdin;
use super::table::{Leaf, Run};
use super::usage;
use crate::error::{Error, Exit};
use crate::flow;
use crate::reply::Reply;
use crate::request::Request;
use crate::settings::Settings;
use crate::store::Store;

/// One call of one command.
pub struct Call<'a> {
    /// The command.
    pub leaf: &'static Leaf,
    /// Its arguments.
    pub matches: &'a ArgMatches,
    /// The options of every command.
    pub globals: &'a Globals,
    /// The environment.
    pub settings: &'a Settings,
    /// Where its result goes.
    pub output: &'a mut Output,
    /// Standard input, for whoever claims it first.
    pub stdin: Stdin,
}

impl Call<'_> {
    /// Does what the command does.
    pub fn run(mut self) -> Result<Exit, Error> {
        match self.leaf.run {
            Run::Do(run) => run(&mut self),
            Run::Ask(fill) => {
                let request = fill(self.matches).map_err(unreadable)?;
                self.ask(request)
            }
        }
    }

    /// Completes a request, has it answered and prints the reply.
    fn ask(&mut self, request: Request) -> Result<Exit, Error> {
        let request = self.complete(request)?;
        let store = self.open()?;
        let reply = flow::answer(&store, &self.settings.operator, &request)?;
        self.output.reply(&reply)
    }

    /// Fills what a request lacks, from wherever the command line says, or by asking.
    pub fn complete(&mut self, mut request: Request) -> Result<Request, Error> {
        usage::fits(&request)?;
        secrets::fill(&mut request, self.matches, &mut self.stdin, self.settings.session.as_ref())?;
        if self.is_attended() {
            Questions { prompt: Prompt { language: self.globals.language }, yes: self.globals.yes }
                .complete(&mut request)?;
        }
        usage::fits(&request)?;
        let missing = request.missing();
        if missing.is_empty() { Ok(request) } else { Err(Error::Missing(missing)) }
    }

    /// Whether somebody is there to be asked. Standard input is looked at too: what reads keys would go past a pipe to the
    /// terminal, where a script expects no question.
    fn is_attended(&self) -> bool {
        !self.globals.no_input && std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
    }

    /// The arguments of a command that is no request.
    pub fn args<T: clap::Args>(&self) -> Result<T, Error> {
        T::from_arg_matches(self.matches).map_err(unreadable)
    }

    /// Where the store is.
    pub fn path(&self) -> Result<&Path, Error> {
        self.globals.store.as_deref().ok_or(Error::usage("no-path"))
    }

    /// Opens the store.
    pub fn open(&self) -> Result<Store, Error> {
        Store::open(self.path()?)
    }

    /// Prints what was done.
    pub fn done(&mut self, done: crate::reply::Done) -> Result<Exit, Error> {
        self.output.reply(&Reply::Done(done))
    }
}

/// Clap has checked the line; what it then can't hand over is ours.
fn unreadable(error: clap::Error) -> Error {
    Error::Bug(error.kind().to_string())
}
