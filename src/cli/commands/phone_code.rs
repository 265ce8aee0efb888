//! `ssd phone-code`: the six digits of the phone line (003).

use clap::{Args, FromArgMatches};

use crate::cli::secrets::stdin_arg;
use crate::cli::table::{Group, Leaf, Run};
use crate::request::{InSession, PhoneCodeChange, PhoneCodeVerify, Request};

const LEAVES: &[Leaf] = &[
    Leaf {
        path: "phone-code set",
        args: InSession::augment_args,
        run: Run::Ask(|matches| InSession::from_arg_matches(matches).map(Request::PhoneCodeSet)),
    },
    Leaf {
        path: "phone-code change",
        args: |command| {
            let chosen = stdin_arg("new_code_stdin", "new-code-stdin").conflicts_with("generate");
            PhoneCodeChange::augment_args(command).arg(chosen)
        },
        run: Run::Ask(|matches| PhoneCodeChange::from_arg_matches(matches).map(Request::PhoneCodeChange)),
    },
    Leaf {
        path: "phone-code verify",
        args: |command| PhoneCodeVerify::augment_args(command).arg(stdin_arg("code_stdin", "code-stdin")),
        run: Run::Ask(|matches| PhoneCodeVerify::from_arg_matches(matches).map(Request::PhoneCodeVerify)),
    },
];

/// `ssd phone-code`.
pub const GROUP: Group = Group { name: "phone-code", leaves: LEAVES };
