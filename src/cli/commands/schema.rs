//! `ssd schema`: what goes in and comes out as JSON.

use crate::cli::call::Context;
use crate::cli::table::{CommandSpec, Action, no_args};
use crate::error::{Error, ExitStatus};
use crate::flow::schema;

/// `ssd schema`.
pub const SCHEMA: CommandSpec = CommandSpec { path: "schema", args: no_args, run: Action::Run(print) };

fn print(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    call.finish(schema::schema())
}
