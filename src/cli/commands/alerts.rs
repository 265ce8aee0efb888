//! `ssd alerts`: the holder's alert preference (001 step 14), and a batch of alerts about decisions, benefits and
//! payments.

use std::path::PathBuf;

use clap::{Args, FromArgMatches};

use super::batch::{self, BatchArgs, BatchJob};
use crate::cli::command_spec::{Action, CommandGroup, CommandSpec};
use crate::cli::context::Context;
use crate::error::{Error, ExitStatus};
use crate::request::{AlertsSet, Operation, Request};

const COMMANDS: &[CommandSpec] = &[
    CommandSpec {
        path: "alerts set",
        args: AlertsSet::augment_args,
        run: Action::Request(|matches| AlertsSet::from_arg_matches(matches).map(Request::AlertsSet)),
    },
    CommandSpec { path: "alerts send", args: Send::augment_args, run: Action::Run(send) },
];

/// `ssd alerts`.
pub const GROUP: CommandGroup = CommandGroup { name: "alerts", commands: COMMANDS };

#[derive(Args)]
struct Send {
    #[arg(value_name = "FILE", required = true)]
    file: PathBuf,
    #[command(flatten)]
    how: BatchArgs,
}

fn send(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Send { file, how } = call.args()?;
    // Alerts need no password hashing, so more threads would not help.
    batch::run(call, BatchJob { file, form: batch::InputKind::One(Operation::AlertsSend), jobs: Some(1), how })
}
