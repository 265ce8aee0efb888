//! The commands, one file per command or command group: their arguments and what they run.

pub mod access;
pub mod account;
pub mod alerts;
pub mod audit;
pub mod batch;
pub mod chave_movel;
pub mod clock;
pub mod conform;
pub mod contacts;
pub mod explain;
pub mod help;
pub mod init;
mod lists;
pub mod messages;
pub mod outbox;
mod outbox_print;
pub mod password;
pub mod phone_code;
pub mod phone_line;
pub mod policy;
pub mod profile;
pub mod recover;
pub mod registry;
pub mod scenario;
pub mod schema;
pub mod store;
pub mod why;
