//! `ssd register`, `activate`, `login`, `logout`: from no account to a session (001, 002).

use clap::{Args, FromArgMatches};

use crate::cli::args::secrets;
use crate::cli::command_tree::{Action, CommandSpec};
use crate::request::{Login, Register, Request, SessionRequest, SetPassword};

/// Asks for an account.
pub const REGISTER: CommandSpec = CommandSpec {
    path: "register",
    args: |command| secrets::pin_args(Register::augment_args(command)),
    run: Action::Request(|matches| Register::from_arg_matches(matches).map(Request::Register)),
};

/// Sets the first password.
pub const ACTIVATE: CommandSpec = CommandSpec {
    path: "activate",
    args: |command| secrets::password_args(SetPassword::augment_args(command)),
    run: Action::Request(|matches| SetPassword::from_arg_matches(matches).map(Request::Activate)),
};

/// Opens a session.
pub const LOGIN: CommandSpec = CommandSpec {
    path: "login",
    args: |command| secrets::pin_args(secrets::password_args(Login::augment_args(command))),
    run: Action::Request(|matches| Login::from_arg_matches(matches).map(Request::Login)),
};

/// Ends it.
pub const LOGOUT: CommandSpec = CommandSpec {
    path: "logout",
    args: SessionRequest::augment_args,
    run: Action::Request(|matches| SessionRequest::from_arg_matches(matches).map(Request::Logout)),
};
