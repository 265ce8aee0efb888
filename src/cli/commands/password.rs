//! `ssd password`: another password, from within. Without a prompt the current and the new one are two lines of one input.

use clap::{Args, FromArgMatches};

use crate::cli::args::secrets;
use crate::cli::command_spec::{Action, CommandGroup, CommandSpec};
use crate::request::{PasswordChange, Request};

const LEAVES: &[CommandSpec] = &[CommandSpec {
    path: "password change",
    args: |command| secrets::password_args(PasswordChange::augment_args(command)),
    run: Action::Request(|matches| PasswordChange::from_arg_matches(matches).map(Request::PasswordChange)),
}];

/// `ssd password`.
pub const GROUP: CommandGroup = CommandGroup { name: "password", leaves: LEAVES };
