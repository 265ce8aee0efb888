//! `ssd store`: the file itself; `ssd state-hash`: what can be seen of it.

use std::path::PathBuf;

use clap::Args;

use crate::cli::call::Call;
use crate::cli::table::{Group, Leaf, Run, bare};
use crate::domain::niss::Niss;
use crate::error::{Error, Exit};
use crate::flow::house;

const LEAVES: &[Leaf] = &[
    Leaf { path: "store info", args: bare, run: Run::Do(info) },
    Leaf { path: "store check", args: bare, run: Run::Do(check) },
    Leaf { path: "store backup", args: Backup::augment_args, run: Run::Do(backup) },
    Leaf { path: "store rekey", args: bare, run: Run::Do(rekey) },
];

/// `ssd store`.
pub const GROUP: Group = Group { name: "store", leaves: LEAVES };

/// `ssd state-hash`.
pub const STATE_HASH: Leaf = Leaf { path: "state-hash", args: StateHash::augment_args, run: Run::Do(state_hash) };

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

fn info(call: &mut Call<'_>) -> Result<Exit, Error> {
    let store = call.open()?;
    let done = house::info(&store)?;
    call.done(done)
}

fn check(call: &mut Call<'_>) -> Result<Exit, Error> {
    let store = call.open()?;
    let done = house::check(&store)?;
    call.done(done)
}

fn backup(call: &mut Call<'_>) -> Result<Exit, Error> {
    let Backup { file } = call.args()?;
    if file.as_os_str() == "-" {
        return Err(Error::usage("backup-nowhere"));
    }
    let store = call.open()?;
    let done = house::backup(&store, &file)?;
    call.done(done)
}

fn rekey(call: &mut Call<'_>) -> Result<Exit, Error> {
    let store = call.open()?;
    let reply = house::rekey(&store, &call.settings.operator)?;
    call.output.reply(&reply)
}

fn state_hash(call: &mut Call<'_>) -> Result<Exit, Error> {
    let StateHash { niss } = call.args()?;
    let store = call.open()?;
    let done = house::hash(&store, niss)?;
    call.done(done)
}
