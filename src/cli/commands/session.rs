//! `ssd session`: the open sessions of the holder.

use clap::{Args, FromArgMatches};

use crate::cli::command_spec::{Action, CommandGroup, CommandSpec};
use crate::request::{Request, SessionEnd, SessionRequest};

const COMMANDS: &[CommandSpec] = &[
    CommandSpec {
        path: "session list",
        args: SessionRequest::augment_args,
        run: Action::Request(|matches| SessionRequest::from_arg_matches(matches).map(Request::SessionList)),
    },
    CommandSpec {
        path: "session end",
        args: SessionEnd::augment_args,
        run: Action::Request(|matches| SessionEnd::from_arg_matches(matches).map(Request::SessionEnd)),
    },
];

/// `ssd session`.
pub const GROUP: CommandGroup = CommandGroup { name: "session", commands: COMMANDS };
