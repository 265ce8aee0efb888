//! `ssd activate`: sets the first password with the code of the registration (001, 002).

use clap::{Args, FromArgMatches};

use crate::cli::args::secrets;
use crate::cli::command_spec::{Action, CommandSpec};
use crate::request::{Request, SetPassword};

/// `ssd activate`.
pub const ACTIVATE: CommandSpec = CommandSpec {
    path: "activate",
    args: |command| secrets::password_args(SetPassword::augment_args(command)),
    run: Action::Request(|matches| SetPassword::from_arg_matches(matches).map(Request::Activate)),
};
