//! `ssd schema`: the JSON schema of requests and replies.

use crate::cli::command_tree::{Action, CommandSpec, no_args};
use crate::cli::context::Context;
use crate::error::{Error, ExitStatus};
use crate::json_schema;

/// `ssd schema`.
pub const SCHEMA: CommandSpec = CommandSpec { path: "schema", args: no_args, run: Action::Run(print) };

fn print(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    call.finish(json_schema::schema())
}
