//! `ssd register`, `activate`, `login`, `logout`: from no account to a session (001, 002).

use clap::{Args, FromArgMatches};

use crate::cli::secrets;
use crate::cli::table::{Leaf, Run};
use crate::request::{Activate, InSession, Login, Register, Request};

/// Asks for an account.
pub const REGISTER: Leaf = Leaf {
    path: "register",
    args: |command| secrets::pin_args(Register::augment_args(command)),
    run: Run::Ask(|matches| Register::from_arg_matches(matches).map(Request::Register)),
};

/// Sets the first password.
pub const ACTIVATE: Leaf = Leaf {
    path: "activate",
    args: |command| secrets::password_args(Activate::augment_args(command)),
    run: Run::Ask(|matches| Activate::from_arg_matches(matches).map(Request::Activate)),
};

/// Opens a session.
pub const LOGIN: Leaf = Leaf {
    path: "login",
    args: |command| secrets::pin_args(secrets::password_args(Login::augment_args(command))),
    run: Run::Ask(|matches| Login::from_arg_matches(matches).map(Request::Login)),
};

/// Ends it.
pub const LOGOUT: Leaf = Leaf {
    path: "logout",
    args: InSession::augment_args,
    run: Run::Ask(|matches| InSession::from_arg_matches(matches).map(Request::Logout)),
};
