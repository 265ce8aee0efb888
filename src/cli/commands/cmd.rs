//! `ssd cmd`: the authentication provider's side of Chave Móvel Digital, which operators set up as they load a registry.

use clap::{Args, FromArgMatches};

use crate::cli::secrets;
use crate::cli::table::{Group, Leaf, Run};
use crate::request::{CmdEnrol, OfHolder, Request};

const LEAVES: &[Leaf] = &[
    Leaf {
        path: "cmd enrol",
        args: |command| secrets::pin_args(CmdEnrol::augment_args(command)),
        run: Run::Ask(|matches| CmdEnrol::from_arg_matches(matches).map(Request::CmdEnrol)),
    },
    Leaf {
        path: "cmd revoke",
        args: OfHolder::augment_args,
        run: Run::Ask(|matches| OfHolder::from_arg_matches(matches).map(Request::CmdRevoke)),
    },
];

/// `ssd cmd`.
pub const GROUP: Group = Group { name: "cmd", leaves: LEAVES };
