//! `ssd audit`: who did what when.

use clap::Args;

use super::lists::Narrowed;
use crate::cli::call::Call;
use crate::cli::table::{Group, Leaf, Run};
use crate::error::{Error, Exit};
use crate::flow::lists;

const LEAVES: &[Leaf] = &[Leaf { path: "audit list", args: Narrowed::augment_args, run: Run::Do(list) }];

/// `ssd audit`.
pub const GROUP: Group = Group { name: "audit", leaves: LEAVES };

fn list(call: &mut Call<'_>) -> Result<Exit, Error> {
    let filter = call.args::<Narrowed>()?.into();
    let store = call.open()?;
    lists::audit(&store, &filter, &mut |row| call.output.row(&row))?;
    call.output.flush()?;
    Ok(Exit::Done)
}
