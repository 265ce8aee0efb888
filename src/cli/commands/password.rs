//! `ssd password`: changes the password in a session. Without a prompt, the input has two lines: the current password
//! and the new one.

use clap::{Args, FromArgMatches};

use crate::cli::args::secrets;
use crate::cli::command_spec::{Action, CommandGroup, CommandSpec};
use crate::request::{PasswordChange, Request};

const COMMANDS: &[CommandSpec] = &[CommandSpec {
    path: "password change",
    args: |command| secrets::password_args(PasswordChange::augment_args(command)),
    run: Action::Request(|matches| PasswordChange::from_arg_matches(matches).map(Request::PasswordChange)),
}];

/// `ssd password`.
pub const GROUP: CommandGroup = CommandGroup { name: "password", commands: COMMANDS };
