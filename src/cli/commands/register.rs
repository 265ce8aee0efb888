//! `ssd register`: requests an account (001, 002).

use clap::{Args, FromArgMatches};

use crate::cli::args::secrets;
use crate::cli::command_spec::{Action, CommandSpec};
use crate::request::{Register, Request};

/// `ssd register`.
pub const REGISTER: CommandSpec = CommandSpec {
    path: "register",
    args: |command| secrets::pin_args(Register::augment_args(command)),
    run: Action::Request(|matches| Register::from_arg_matches(matches).map(Request::Register)),
};
