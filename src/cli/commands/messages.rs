//! `ssd messages`: the service's own inbox, as the holder reads it (004).

use clap::{Args, FromArgMatches};

use crate::cli::table::{Group, Leaf, Run};
use crate::request::{MessagesList, MessagesShow, Request};

const LEAVES: &[Leaf] = &[
    Leaf {
        path: "messages list",
        args: MessagesList::augment_args,
        run: Run::Ask(|matches| MessagesList::from_arg_matches(matches).map(Request::MessagesList)),
    },
    Leaf {
        path: "messages show",
        args: MessagesShow::augment_args,
        run: Run::Ask(|matches| MessagesShow::from_arg_matches(matches).map(Request::MessagesShow)),
    },
];

/// `ssd messages`.
pub const GROUP: Group = Group { name: "messages", leaves: LEAVES };
