//! `ssd alerts`: how the holder is told of decisions, benefits and payments (001 step 14), and the telling of them: a batch whose
//! lines are all alerts.

use std::path::PathBuf;

use clap::{Args, FromArgMatches};

use super::batch::{self, How, Job};
use crate::cli::call::Call;
use crate::cli::table::{Group, Leaf, Run};
use crate::error::{Error, Exit};
use crate::request::{AlertsSet, Op, Request};

const LEAVES: &[Leaf] = &[
    Leaf {
        path: "alerts set",
        args: AlertsSet::augment_args,
        run: Run::Ask(|matches| AlertsSet::from_arg_matches(matches).map(Request::AlertsSet)),
    },
    Leaf { path: "alerts send", args: Send::augment_args, run: Run::Do(send) },
];

/// `ssd alerts`.
pub const GROUP: Group = Group { name: "alerts", leaves: LEAVES };

#[derive(Args)]
struct Send {
    #[arg(value_name = "FILE", required = true)]
    file: PathBuf,
    #[command(flatten)]
    how: How,
}

fn send(call: &mut Call<'_>) -> Result<Exit, Error> {
    let Send { file, how } = call.args()?;
    // Nothing is hashed for an alert, so there is nothing that more threads could do.
    batch::run(call, Job { file, form: batch::Asks::One(Op::AlertsSend), jobs: Some(1), how })
}
