//! `ssd profile`: the generic identification data that the app shows (004).

use clap::{Args, FromArgMatches};

use crate::cli::table::{Group, Leaf, Run};
use crate::request::{InSession, Request};

const LEAVES: &[Leaf] = &[Leaf {
    path: "profile show",
    args: InSession::augment_args,
    run: Run::Ask(|matches| InSession::from_arg_matches(matches).map(Request::ProfileShow)),
}];

/// `ssd profile`.
pub const GROUP: Group = Group { name: "profile", leaves: LEAVES };
