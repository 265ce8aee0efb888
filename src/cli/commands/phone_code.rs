//! `ssd phone-code`: the six-digit security code of the phone line (003).

use clap::{Args, FromArgMatches};

use crate::cli::args::secrets::stdin_arg;
use crate::cli::command_spec::{Action, CommandGroup, CommandSpec};
use crate::request::{PhoneCodeChange, PhoneCodeVerify, Request, SessionRequest};

const COMMANDS: &[CommandSpec] = &[
    CommandSpec {
        path: "phone-code set",
        args: SessionRequest::augment_args,
        run: Action::Request(|matches| SessionRequest::from_arg_matches(matches).map(Request::PhoneCodeSet)),
    },
    CommandSpec {
        path: "phone-code change",
        args: |command| {
            let chosen = stdin_arg("new_code_stdin", "new-code-stdin").conflicts_with("generate");
            PhoneCodeChange::augment_args(command).arg(chosen)
        },
        run: Action::Request(|matches| PhoneCodeChange::from_arg_matches(matches).map(Request::PhoneCodeChange)),
    },
    CommandSpec {
        path: "phone-code remove",
        args: SessionRequest::augment_args,
        run: Action::Request(|matches| SessionRequest::from_arg_matches(matches).map(Request::PhoneCodeRemove)),
    },
    CommandSpec {
        path: "phone-code verify",
        args: |command| PhoneCodeVerify::augment_args(command).arg(stdin_arg("code_stdin", "code-stdin")),
        run: Action::Request(|matches| PhoneCodeVerify::from_arg_matches(matches).map(Request::PhoneCodeVerify)),
    },
];

/// `ssd phone-code`.
pub const GROUP: CommandGroup = CommandGroup { name: "phone-code", commands: COMMANDS };
