//! `ssd store`: the store file; `ssd state-hash`: a hash of its visible state.

use std::path::PathBuf;

use clap::Args;

use crate::cli::command_spec::{Action, CommandGroup, CommandSpec, no_args};
use crate::cli::context::Context;
use crate::cli::io::{atomic_file, path_guard};
use crate::domain::niss::Niss;
use crate::error::{Error, ExitStatus};
use crate::request::{Field, OperatorReason};
use crate::store::private_file;
use crate::store_admin;

const COMMANDS: &[CommandSpec] = &[
    CommandSpec { path: "store info", args: no_args, run: Action::Run(info) },
    CommandSpec { path: "store check", args: no_args, run: Action::Run(check) },
    CommandSpec { path: "store backup", args: Backup::augment_args, run: Action::Run(backup) },
    CommandSpec { path: "store rekey", args: no_args, run: Action::Run(rekey) },
    CommandSpec { path: "store clock-reset", args: ClockReset::augment_args, run: Action::Run(clock_reset) },
];

/// `ssd store`.
pub const GROUP: CommandGroup = CommandGroup { name: "store", commands: COMMANDS };

/// `ssd state-hash`.
pub const STATE_HASH: CommandSpec =
    CommandSpec { path: "state-hash", args: StateHash::augment_args, run: Action::Run(state_hash) };

#[derive(Args)]
struct StateHash {
    #[arg(long, value_name = "NISS")]
    niss: Option<Niss>,
}

#[derive(Args)]
struct Backup {
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

#[derive(Args)]
struct ClockReset {
    #[arg(long, value_name = "TEXT")]
    reason: Option<OperatorReason>,
}

fn info(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let store = call.open()?;
    let done = store_admin::info(&store)?;
    call.finish(done)
}

fn check(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let store = call.open()?;
    let done = store_admin::check(&store)?;
    atomic_file::remove_leftovers(private_file::folder_of(store.path()));
    call.finish(done)
}

fn backup(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Backup { file } = call.args()?;
    if file.as_os_str() == "-" {
        return Err(Error::usage("backup-nowhere"));
    }
    path_guard::check_new_store(call.globals.store_location(), &file)?;
    let store = call.open()?;
    let done = store_admin::backup(&store, &call.settings.operator, &file)?;
    call.finish(done)
}

fn rekey(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let store = call.open()?;
    let reply = store_admin::rekey(&store, &call.settings.operator)?;
    call.output.reply(&reply)
}

fn clock_reset(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let ClockReset { reason } = call.args()?;
    let reason = reason.ok_or(Error::Missing(vec![&[Field::Reason]]))?;
    let store = call.open()?;
    let reply = store_admin::reset_clock(&store, &call.settings.operator, &reason)?;
    call.output.reply(&reply)
}

fn state_hash(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let StateHash { niss } = call.args()?;
    let store = call.open()?;
    let done = store_admin::state_hash(&store, niss)?;
    call.finish(done)
}
