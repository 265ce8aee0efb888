//! `ssd contacts`: the holder's contacts and their confirmation (the last parts of 001 and 002).

use clap::{Args, FromArgMatches};

use crate::cli::command_spec::{Action, CommandGroup, CommandSpec};
use crate::request::{ContactsConfirm, ContactsRemove, ContactsUpdate, Request, SessionRequest};

const COMMANDS: &[CommandSpec] = &[
    CommandSpec {
        path: "contacts show",
        args: SessionRequest::augment_args,
        run: Action::Request(|matches| SessionRequest::from_arg_matches(matches).map(Request::ContactsShow)),
    },
    CommandSpec {
        path: "contacts update",
        args: ContactsUpdate::augment_args,
        run: Action::Request(|matches| ContactsUpdate::from_arg_matches(matches).map(Request::ContactsUpdate)),
    },
    CommandSpec {
        path: "contacts confirm",
        args: ContactsConfirm::augment_args,
        run: Action::Request(|matches| ContactsConfirm::from_arg_matches(matches).map(Request::ContactsConfirm)),
    },
    CommandSpec {
        path: "contacts remove",
        args: ContactsRemove::augment_args,
        run: Action::Request(|matches| ContactsRemove::from_arg_matches(matches).map(Request::ContactsRemove)),
    },
];

/// `ssd contacts`.
pub const GROUP: CommandGroup = CommandGroup { name: "contacts", commands: COMMANDS };
