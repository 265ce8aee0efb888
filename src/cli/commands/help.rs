//! `ssd help`: the topics, one topic, or the help of a command.

use clap::Args;

use crate::cli::command_spec::{Action, CommandSpec, HelpCommand};
use crate::cli::context::Context;
use crate::error::Error;

/// `ssd help`.
pub const HELP: CommandSpec =
    CommandSpec { path: "help", args: Help::augment_args, run: Action::Help(HelpCommand::Help) };

#[derive(Args)]
struct Help {
    #[arg(id = "topic", value_name = "TOPIC...")]
    words: Vec<String>,
}

/// Returns the words of the topic or command.
pub fn words(call: &Context<'_>) -> Result<Vec<String>, Error> {
    Ok(call.args::<Help>()?.words)
}
