//! The parts of a command's declaration: its words, its arguments and what it runs.

use clap::{ArgAction, ArgMatches, Command};

use super::context::Context;
use crate::error::{Error, ExitStatus};
use crate::request::{Operation, Request};

/// A command.
pub struct CommandSpec {
    /// Its words after `ssd`, separated by spaces.
    pub path: &'static str,
    /// Adds its arguments to a clap command.
    pub args: fn(Command) -> Command,
    /// What it runs.
    pub run: Action,
}

/// What a command runs.
pub enum Action {
    /// A request: returns its fields as far as the command line has them.
    Request(fn(&ArgMatches) -> Result<Request, clap::Error>),
    /// A request of an operator about one or several holders, once for each NISS of the command line.
    ForEach(fn(&ArgMatches) -> Result<Request, clap::Error>),
    /// A function.
    Run(fn(&mut Context<'_>) -> Result<ExitStatus, Error>),
    /// A command about all commands, or a page. Their modules are above the commands, so the caller has to pass them on.
    Help(HelpCommand),
}

/// The commands that need the tree of all commands, or the layout of pages.
#[derive(Clone, Copy)]
pub enum HelpCommand {
    /// `ssd completions`.
    Completions,
    /// `ssd man`.
    Man,
    /// `ssd help`.
    Help,
    /// `ssd terms`, a page like a topic.
    Terms,
}

/// Commands with the same first word.
pub struct CommandGroup {
    /// The first word.
    pub name: &'static str,
    /// The commands.
    pub commands: &'static [CommandSpec],
}

/// An entry directly under `ssd`.
pub enum Entry {
    /// A command.
    Command(&'static CommandSpec),
    /// A group of commands.
    Group(&'static CommandGroup),
    /// A command that is also the first word of a group: `ssd phone-line`.
    Both(&'static CommandSpec, &'static CommandGroup),
}

impl CommandSpec {
    /// Returns the operation of the command: its words, joined by `_`. A test holds that every command has one.
    pub fn operation(&self) -> Option<Operation> {
        self.path.replace([' ', '-'], "_").parse().ok()
    }

    /// Its last word.
    pub fn name(&self) -> &'static str {
        self.path.rsplit(' ').next().unwrap_or(self.path)
    }
}

impl Entry {
    /// Its word after `ssd`.
    pub fn name(&self) -> &'static str {
        match self {
            Entry::Command(spec) => spec.path,
            Entry::Group(group) | Entry::Both(_, group) => group.name,
        }
    }

    /// The commands of this entry.
    #[cfg(test)]
    pub fn commands(&self) -> impl Iterator<Item = &'static CommandSpec> {
        let (own, group): (Option<&'static CommandSpec>, &'static [CommandSpec]) = match self {
            Entry::Command(spec) => (Some(spec), &[]),
            Entry::Group(group) => (None, group.commands),
            Entry::Both(spec, group) => (Some(spec), group.commands),
        };
        own.into_iter().chain(group)
    }
}

/// Lets the NISS of a command be given several times.
pub fn several_niss(command: Command) -> Command {
    command.mut_arg("niss", |arg| arg.value_name("NISS...").num_args(1..).action(ArgAction::Append))
}

/// Adds no arguments to a command.
pub fn no_args(command: Command) -> Command {
    command
}
