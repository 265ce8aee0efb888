//! `ssd login`: opens a session (002).

use clap::{Args, FromArgMatches};

use crate::cli::args::secrets;
use crate::cli::command_spec::{Action, CommandSpec};
use crate::request::{Login, Request};

/// `ssd login`.
pub const LOGIN: CommandSpec = CommandSpec {
    path: "login",
    args: |command| secrets::pin_args(secrets::password_args(Login::augment_args(command))),
    run: Action::Request(|matches| Login::from_arg_matches(matches).map(Request::Login)),
};
