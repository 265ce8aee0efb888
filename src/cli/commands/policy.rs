//! `ssd policy`: the numbers of the service.

use clap::{Args, FromArgMatches};

use crate::cli::call::Call;
use crate::cli::table::{Group, Leaf, Run, bare};
use crate::error::{Error, Exit};
use crate::flow::lists;
use crate::request::{PolicySet, Request};

const LEAVES: &[Leaf] = &[
    Leaf { path: "policy show", args: bare, run: Run::Do(show) },
    Leaf {
        path: "policy set",
        // A number below zero is a value out of bounds, not an unknown option.
        args: |command| PolicySet::augment_args(command).mut_arg("value", |value| value.allow_negative_numbers(true)),
        run: Run::Ask(|matches| PolicySet::from_arg_matches(matches).map(Request::PolicySet)),
    },
];

/// `ssd policy`.
pub const GROUP: Group = Group { name: "policy", leaves: LEAVES };

fn show(call: &mut Call<'_>) -> Result<Exit, Error> {
    let store = call.open()?;
    lists::policy(&store, &mut |row| call.output.row(&row))?;
    call.output.flush()?;
    Ok(Exit::Done)
}
