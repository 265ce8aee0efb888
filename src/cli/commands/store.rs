//! `ssd store`: the store file; `ssd state-hash`: a hash of its visible state.

use std::path::PathBuf;

use clap::Args;

use crate::cli::command_spec::{Action, CommandGroup, CommandSpec, no_args};
use crate::cli::context::Context;
use crate::cli::io::{atomic_file, path_guard};
use crate::cli::render::escape::printable;
use crate::domain::niss::Niss;
use crate::domain::vocabulary::Language;
use crate::error::{Error, ExitStatus};
use crate::l10n::{MessageArg, MessageArgs, localize};
use crate::reply::{Done, Finding, FindingKind, ReplyBody};
use crate::request::{Field, Operation, OperatorReason};
use crate::store::host_check::HostFinding;
use crate::store::restore::BackupSource;
use crate::store::{ClockLag, private_file};
use crate::store_admin;

const COMMANDS: &[CommandSpec] = &[
    CommandSpec { path: "store info", args: no_args, run: Action::Run(info) },
    CommandSpec { path: "store check", args: no_args, run: Action::Run(check) },
    CommandSpec { path: "store backup", args: Backup::augment_args, run: Action::Run(backup) },
    CommandSpec { path: "store restore", args: Restore::augment_args, run: Action::Run(restore) },
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
struct Restore {
    #[arg(value_name = "BACKUP")]
    backup: PathBuf,
    #[arg(long, value_name = "FILE")]
    backup_key: Option<PathBuf>,
    #[arg(long)]
    replace: bool,
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
    let parts = atomic_file::remove_leftovers(private_file::folder_of(store.path()));
    let (not_compared, findings) = store_admin::check(&store, parts)?;
    let lag = store.clock_lag()?;
    let findings = findings.into_iter().map(|found| finding(call.globals.language, lag, found)).collect();
    let body = ReplyBody::StoreChecked { ok: true, not_compared, findings };
    call.finish(Done::new(Operation::StoreCheck, body))
}

/// Adds the sentences of a finding.
fn finding(language: Language, lag: Option<ClockLag>, HostFinding { kind, path, found }: HostFinding) -> Finding {
    let file = path.display().to_string();
    let mut facts: MessageArgs = vec![
        ("file", MessageArg::from(printable(&file))),
        ("found", MessageArg::from(found.as_str())),
        ("megabytes", MessageArg::Number(found.parse::<i64>().map_or(0, |bytes| bytes >> 20))),
    ];
    if let Some(lag) = lag {
        facts.extend([("system", MessageArg::Time(lag.system)), ("newest", MessageArg::Time(lag.newest))]);
    }
    let (message, hint) = match kind {
        FindingKind::ClockBehind => ("warning-clock_behind".to_owned(), "error-clock_behind-hint".to_owned()),
        kind => (format!("finding-{kind}"), format!("finding-{kind}-hint")),
    };
    let (message, hint) = (localize(language, &message, &facts), localize(language, &hint, &facts));
    Finding { kind, file, found, message, hint }
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

fn restore(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Restore { backup, backup_key, replace } = call.args()?;
    if backup.as_os_str() == "-" {
        return Err(Error::usage("restore-stdin"));
    }
    let source = BackupSource { backup: &backup, key: backup_key.as_deref() };
    let done = store_admin::restore(call.store_location()?, &call.settings.operator, source, replace)?;
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
