//! `ssd contacts`: how the holder is reached, and the proof of it (001's and 002's end: update and confirm).

use clap::{Args, FromArgMatches};

use crate::cli::table::{Group, Leaf, Run};
use crate::request::{ContactsConfirm, ContactsRemove, ContactsUpdate, InSession, Request};

const LEAVES: &[Leaf] = &[
    Leaf {
        path: "contacts show",
        args: InSession::augment_args,
        run: Run::Ask(|matches| InSession::from_arg_matches(matches).map(Request::ContactsShow)),
    },
    Leaf {
        path: "contacts update",
        args: ContactsUpdate::augment_args,
        run: Run::Ask(|matches| ContactsUpdate::from_arg_matches(matches).map(Request::ContactsUpdate)),
    },
    Leaf {
        path: "contacts confirm",
        args: ContactsConfirm::augment_args,
        run: Run::Ask(|matches| ContactsConfirm::from_arg_matches(matches).map(Request::ContactsConfirm)),
    },
    Leaf {
        path: "contacts remove",
        args: ContactsRemove::augment_args,
        run: Run::Ask(|matches| ContactsRemove::from_arg_matches(matches).map(Request::ContactsRemove)),
    },
];

/// `ssd contacts`.
pub const GROUP: Group = Group { name: "contacts", leaves: LEAVES };
