//! `ssd alerts`: how the holder is told of decisions and payments (001 step 14).

use clap::{Args, FromArgMatches};

use crate::cli::table::{Group, Leaf, Run};
use crate::request::{AlertsSet, Request};

const LEAVES: &[Leaf] = &[Leaf {
    path: "alerts set",
    args: AlertsSet::augment_args,
    run: Run::Ask(|matches| AlertsSet::from_arg_matches(matches).map(Request::AlertsSet)),
}];

/// `ssd alerts`.
pub const GROUP: Group = Group { name: "alerts", leaves: LEAVES };
