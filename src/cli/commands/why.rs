//! `ssd why`: shows the rule that decided a request, by the request number in its reply.

use clap::Args;

use crate::audit::queries;
use crate::cli::command_tree::{Action, CommandSpec};
use crate::cli::context::Context;
use crate::error::{Error, ExitStatus};
use crate::request::RowId;

/// `ssd why`.
pub const WHY: CommandSpec = CommandSpec { path: "why", args: Why::augment_args, run: Action::Run(why) };

#[derive(Args)]
struct Why {
    #[arg(value_name = "REQUEST", required = true)]
    request: RowId,
}

fn why(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Why { request: RowId(request) } = call.args()?;
    let store = call.open()?;
    let reply = queries::why(&store, request)?;
    call.output.reply(&reply)
}
