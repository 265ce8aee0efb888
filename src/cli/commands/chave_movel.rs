//! `ssd cmd`: the authentication provider of Chave Móvel Digital. Operators set up its enrolments.

use clap::{Args, FromArgMatches};

use crate::cli::args::secrets;
use crate::cli::command_spec::{Action, CommandGroup, CommandSpec, several_niss};
use crate::request::{CmdEnrol, HolderRequest, Request};

const COMMANDS: &[CommandSpec] = &[
    CommandSpec {
        path: "cmd enrol",
        args: |command| secrets::pin_args(CmdEnrol::augment_args(command)),
        run: Action::Request(|matches| CmdEnrol::from_arg_matches(matches).map(Request::CmdEnrol)),
    },
    CommandSpec {
        path: "cmd revoke",
        args: |command| several_niss(HolderRequest::augment_args(command)),
        run: Action::ForEach(|matches| HolderRequest::from_arg_matches(matches).map(Request::CmdRevoke)),
    },
];

/// `ssd cmd`.
pub const GROUP: CommandGroup = CommandGroup { name: "cmd", commands: COMMANDS };
