//! `ssd recover`: a new password for who has lost it (000).

use clap::{Args, FromArgMatches};

use crate::cli::secrets;
use crate::cli::table::{Group, Leaf, Run};
use crate::request::{Activate, RecoverRequest, Request};

const LEAVES: &[Leaf] = &[
    Leaf {
        path: "recover request",
        args: RecoverRequest::augment_args,
        run: Run::Ask(|matches| RecoverRequest::from_arg_matches(matches).map(Request::RecoverRequest)),
    },
    Leaf {
        path: "recover confirm",
        args: |command| secrets::password_args(Activate::augment_args(command)),
        run: Run::Ask(|matches| Activate::from_arg_matches(matches).map(Request::RecoverConfirm)),
    },
];

/// `ssd recover`.
pub const GROUP: Group = Group { name: "recover", leaves: LEAVES };
