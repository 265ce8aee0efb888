//! `ssd recover`: sets a new password after the old one is lost (000).

use clap::{Args, FromArgMatches};

use crate::cli::args::secrets;
use crate::cli::command_spec::{Action, CommandGroup, CommandSpec};
use crate::request::{RecoverRequest, Request, SetPassword};

const COMMANDS: &[CommandSpec] = &[
    CommandSpec {
        path: "recover request",
        args: RecoverRequest::augment_args,
        run: Action::Request(|matches| RecoverRequest::from_arg_matches(matches).map(Request::RecoverRequest)),
    },
    CommandSpec {
        path: "recover confirm",
        args: |command| secrets::password_args(SetPassword::augment_args(command)),
        run: Action::Request(|matches| SetPassword::from_arg_matches(matches).map(Request::RecoverConfirm)),
    },
];

/// `ssd recover`.
pub const GROUP: CommandGroup = CommandGroup { name: "recover", commands: COMMANDS };
