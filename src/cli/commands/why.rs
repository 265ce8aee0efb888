//! `ssd why`: which rule has decided a request, by the number that its reply bears.

use clap::Args;

use crate::cli::call::Call;
use crate::cli::table::{Leaf, Run};
use crate::error::{Error, Exit};
use crate::flow::trail;
use crate::request::Number;

/// `ssd why`.
pub const WHY: Leaf = Leaf { path: "why", args: Why::augment_args, run: Run::Do(why) };

#[derive(Args)]
struct Why {
    #[arg(value_name = "REQUEST", required = true)]
    request: Number,
}

fn why(call: &mut Call<'_>) -> Result<Exit, Error> {
    let Why { request: Number(request) } = call.args()?;
    let store = call.open()?;
    let reply = trail::why(&store, request)?;
    call.output.reply(&reply)
}
