//! `ssd clock`: shows the time, and moves the clock of a sandbox.

use clap::{Args, FromArgMatches};

use crate::cli::command_spec::{Action, CommandGroup, CommandSpec, no_args};
use crate::request::{ClockAdvance, ClockSet, NoFields, Request};

const COMMANDS: &[CommandSpec] = &[
    CommandSpec { path: "clock show", args: no_args, run: Action::Request(|_| Ok(Request::ClockShow(NoFields {}))) },
    CommandSpec {
        path: "clock advance",
        args: ClockAdvance::augment_args,
        run: Action::Request(|matches| ClockAdvance::from_arg_matches(matches).map(Request::ClockAdvance)),
    },
    CommandSpec {
        path: "clock set",
        args: ClockSet::augment_args,
        run: Action::Request(|matches| ClockSet::from_arg_matches(matches).map(Request::ClockSet)),
    },
];

/// `ssd clock`.
pub const GROUP: CommandGroup = CommandGroup { name: "clock", commands: COMMANDS };
