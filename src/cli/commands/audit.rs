//! `ssd audit`: who did what when, and whether that is what was written.

use clap::Args;

use super::lists::Narrowed;
use crate::cli::call::Call;
use crate::cli::table::{Group, Leaf, Run, bare};
use crate::domain::anchor::Anchor;
use crate::error::{Error, Exit};
use crate::flow::{lists, trail};

const LEAVES: &[Leaf] = &[
    Leaf { path: "audit list", args: Narrowed::augment_args, run: Run::Do(list) },
    Leaf { path: "audit verify", args: Verify::augment_args, run: Run::Do(verify) },
    Leaf { path: "audit head", args: bare, run: Run::Do(head) },
    Leaf { path: "audit export", args: bare, run: Run::Do(export) },
];

/// `ssd audit`.
pub const GROUP: Group = Group { name: "audit", leaves: LEAVES };

#[derive(Args)]
struct Verify {
    #[arg(long, value_name = "ANCHOR")]
    since: Option<Anchor>,
}

fn list(call: &mut Call<'_>) -> Result<Exit, Error> {
    let filter = call.args::<Narrowed>()?.into();
    let store = call.open()?;
    lists::audit(&store, &filter, &mut |row| call.output.row(&row))?;
    call.output.flush()?;
    Ok(Exit::Done)
}

fn verify(call: &mut Call<'_>) -> Result<Exit, Error> {
    let Verify { since } = call.args()?;
    let store = call.open()?;
    let done = trail::verify(&store, since)?;
    call.done(done)
}

fn head(call: &mut Call<'_>) -> Result<Exit, Error> {
    let store = call.open()?;
    let done = trail::head(&store)?;
    call.done(done)
}

fn export(call: &mut Call<'_>) -> Result<Exit, Error> {
    let store = call.open()?;
    trail::export(&store, &mut |row| call.output.row(&row))?;
    call.output.flush()?;
    Ok(Exit::Done)
}
