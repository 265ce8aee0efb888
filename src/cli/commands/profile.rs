//! `ssd profile`: the identification data that the service's app shows (004).

use clap::{Args, FromArgMatches};

use crate::cli::command_spec::{Action, CommandGroup, CommandSpec};
use crate::request::{Request, SessionRequest};

const COMMANDS: &[CommandSpec] = &[CommandSpec {
    path: "profile show",
    args: SessionRequest::augment_args,
    run: Action::Request(|matches| SessionRequest::from_arg_matches(matches).map(Request::ProfileShow)),
}];

/// `ssd profile`.
pub const GROUP: CommandGroup = CommandGroup { name: "profile", commands: COMMANDS };
