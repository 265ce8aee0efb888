//! `ssd second-factor`: the second factor of a login.

use clap::{Args, FromArgMatches};

use crate::cli::args::secrets::password_args;
use crate::cli::command_spec::{Action, CommandGroup, CommandSpec};
use crate::request::{Request, SecondFactorEnrol};

const COMMANDS: &[CommandSpec] = &[CommandSpec {
    path: "second-factor enrol",
    args: |command| password_args(SecondFactorEnrol::augment_args(command)),
    run: Action::Request(|matches| SecondFactorEnrol::from_arg_matches(matches).map(Request::SecondFactorEnrol)),
}];

/// `ssd second-factor`.
pub const GROUP: CommandGroup = CommandGroup { name: "second-factor", commands: COMMANDS };
