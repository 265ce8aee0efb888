//! `ssd terms`: shows the terms and conditions of the service (001 step 8).

use crate::cli::command_spec::{Action, CommandSpec, HelpCommand, no_args};

/// `ssd terms`.
pub const TERMS: CommandSpec = CommandSpec { path: "terms", args: no_args, run: Action::Help(HelpCommand::Terms) };
