//! `ssd logout`: ends the session.

use clap::{Args, FromArgMatches};

use crate::cli::command_spec::{Action, CommandSpec};
use crate::request::{Request, SessionRequest};

/// `ssd logout`.
pub const LOGOUT: CommandSpec = CommandSpec {
    path: "logout",
    args: SessionRequest::augment_args,
    run: Action::Request(|matches| SessionRequest::from_arg_matches(matches).map(Request::Logout)),
};
