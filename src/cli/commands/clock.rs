//! `ssd clock`: what time it is, and in a sandbox, what time it is to be.

use clap::{Args, FromArgMatches};

use crate::cli::table::{Group, Leaf, Run, bare};
use crate::request::{ClockAdvance, ClockSet, Nothing, Request};

const LEAVES: &[Leaf] = &[
    Leaf { path: "clock show", args: bare, run: Run::Ask(|_| Ok(Request::ClockShow(Nothing {}))) },
    Leaf {
        path: "clock advance",
        args: ClockAdvance::augment_args,
        run: Run::Ask(|matches| ClockAdvance::from_arg_matches(matches).map(Request::ClockAdvance)),
    },
    Leaf {
        path: "clock set",
        args: ClockSet::augment_args,
        run: Run::Ask(|matches| ClockSet::from_arg_matches(matches).map(Request::ClockSet)),
    },
];

/// `ssd clock`.
pub const GROUP: Group = Group { name: "clock", leaves: LEAVES };
