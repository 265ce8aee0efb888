//! `ssd messages`: the holder's inbox in the service (004).

use clap::{Args, FromArgMatches};

use crate::cli::command_spec::{Action, CommandGroup, CommandSpec};
use crate::request::{MessagesList, MessagesShow, Request};

const COMMANDS: &[CommandSpec] = &[
    CommandSpec {
        path: "messages list",
        args: MessagesList::augment_args,
        run: Action::Request(|matches| MessagesList::from_arg_matches(matches).map(Request::MessagesList)),
    },
    CommandSpec {
        path: "messages show",
        args: MessagesShow::augment_args,
        run: Action::Request(|matches| MessagesShow::from_arg_matches(matches).map(Request::MessagesShow)),
    },
];

/// `ssd messages`.
pub const GROUP: CommandGroup = CommandGroup { name: "messages", commands: COMMANDS };
