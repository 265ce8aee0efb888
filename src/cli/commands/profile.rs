//! `ssd profile`: the generic identification data that the app shows (004).

use clap::{Args, FromArgMatches};

use crate::cli::command_tree::{CommandGroup, CommandSpec, Action};
use crate::request::{SessionRequest, Request};

const LEAVES: &[CommandSpec] = &[CommandSpec {
    path: "profile show",
    args: SessionRequest::augment_args,
    run: Action::Request(|matches| SessionRequest::from_arg_matches(matches).map(Request::ProfileShow)),
}];

/// `ssd profile`.
pub const GROUP: CommandGroup = CommandGroup { name: "profile", leaves: LEAVES };
