//! The account life of Segurança Social Direta, at the command line. This is the map of the house; data goes through it one
//! way: `cli → request → flow → domain, store → reply → cli`.
//!
//! | room | what is in it |
//! |---|---|
//! | [`request`] | what can be asked: one flat struct an operation, from which flags, batch fields and prompts come |
//! | [`reply`] | what comes back: done and refused, as values |
//! | [`domain`] | values that can't be wrong, and the rules over them; pure |
//! | [`flow`] | the procedures, one file each, over one shared account of codes and limits |
//! | [`batch`] | thousands of requests from a file, each answered once and not lost |
//! | [`store`] | the SQLite file, and all the SQL there is |
//! | [`post`] | what leaves the house: a letter as pages of paper, an e-mail as a file |
//! | [`text`] | every sentence that a person reads, in two languages |
//! | [`scenario`] | files of requests that are run in a sandbox of their own, and sessions that are recorded as such files |
//! | [`conform`] | each requirement of the standards, tried out on the procedures in scratch sandboxes |
//! | [`cli`] | the commands, the only place that asks, the only place that prints |
//! | [`settings`], [`clock`], [`random`] | the environment, time and chance: read in one place each, passed on as values |
//! | [`error`] | what can go wrong, as opposed to what can be refused |
//!
//! To know the rest, read one value (`domain/niss.rs`) and one flow (`flow/register.rs`).

pub mod audit;
pub mod batch;
pub mod cli;
pub mod clock;
pub mod conformance;
pub mod documents;
pub mod domain;
pub mod environment;
pub mod error;
pub mod flow;
pub mod import;
pub mod json_schema;
pub mod l10n;
pub mod outbox;
pub mod random;
pub mod reply;
pub mod request;
pub mod scenario;
pub mod store;
pub mod store_admin;
