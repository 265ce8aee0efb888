//! `ssd account`: what operators see of accounts, and what they may change, never without a reason.

use clap::{Args, FromArgMatches};

use super::lists::Narrowed;
use crate::cli::call::Call;
use crate::cli::table::{Group, Leaf, Run};
use crate::domain::words::State;
use crate::error::{Error, Exit};
use crate::flow::lists::{self, Filter};
use crate::request::{OfHolder, Operator, Request};

const LEAVES: &[Leaf] = &[
    Leaf {
        path: "account show",
        args: OfHolder::augment_args,
        run: Run::Ask(|matches| OfHolder::from_arg_matches(matches).map(Request::AccountShow)),
    },
    Leaf { path: "account list", args: List::augment_args, run: Run::Do(list) },
    Leaf {
        path: "account unlock",
        args: Operator::augment_args,
        run: Run::Ask(|matches| Operator::from_arg_matches(matches).map(Request::AccountUnlock)),
    },
    Leaf {
        path: "account suspend",
        args: Operator::augment_args,
        run: Run::Ask(|matches| Operator::from_arg_matches(matches).map(Request::AccountSuspend)),
    },
    Leaf {
        path: "account resume",
        args: Operator::augment_args,
        run: Run::Ask(|matches| Operator::from_arg_matches(matches).map(Request::AccountResume)),
    },
    Leaf {
        path: "account reset",
        args: Operator::augment_args,
        run: Run::Ask(|matches| Operator::from_arg_matches(matches).map(Request::AccountReset)),
    },
    Leaf {
        path: "account close",
        args: Operator::augment_args,
        run: Run::Ask(|matches| Operator::from_arg_matches(matches).map(Request::AccountClose)),
    },
];

/// `ssd account`.
pub const GROUP: Group = Group { name: "account", leaves: LEAVES };

#[derive(Args)]
struct List {
    #[command(flatten)]
    narrowed: Narrowed,
    #[arg(long, value_name = "STATE")]
    state: Option<State>,
}

fn list(call: &mut Call<'_>) -> Result<Exit, Error> {
    let List { narrowed, state } = call.args()?;
    let filter = Filter { state, ..narrowed.into() };
    let store = call.open()?;
    lists::accounts(&store, &filter, &mut |row| call.output.row(&row))?;
    call.output.flush()?;
    Ok(Exit::Done)
}
