//! `ssd schema`: what goes in and comes out as JSON.

use crate::cli::call::Call;
use crate::cli::table::{Leaf, Run, bare};
use crate::error::{Error, Exit};
use crate::flow::schema;

/// `ssd schema`.
pub const SCHEMA: Leaf = Leaf { path: "schema", args: bare, run: Run::Do(print) };

fn print(call: &mut Call<'_>) -> Result<Exit, Error> {
    call.done(schema::schema())
}
