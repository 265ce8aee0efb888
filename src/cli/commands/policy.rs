//! `ssd policy`: the settings of the service.

use clap::{Args, FromArgMatches};

use crate::cli::command_spec::{Action, CommandGroup, CommandSpec, no_args};
use crate::cli::context::Context;
use crate::error::{Error, ExitStatus};
use crate::flow::lists;
use crate::request::{PolicySet, Request};

const COMMANDS: &[CommandSpec] = &[
    CommandSpec { path: "policy show", args: no_args, run: Action::Run(show) },
    CommandSpec {
        path: "policy set",
        // A negative number is a value out of bounds, not an unknown option.
        args: |command| PolicySet::augment_args(command).mut_arg("value", |value| value.allow_negative_numbers(true)),
        run: Action::Request(|matches| PolicySet::from_arg_matches(matches).map(Request::PolicySet)),
    },
];

/// `ssd policy`.
pub const GROUP: CommandGroup = CommandGroup { name: "policy", commands: COMMANDS };

fn show(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let store = call.open()?;
    lists::policy(&store, &mut |row| call.output.write_row(&row))?;
    call.output.flush()?;
    Ok(ExitStatus::Done)
}
