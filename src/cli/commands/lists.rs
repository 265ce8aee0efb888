//! What every list can be narrowed to.

use clap::Args;

use crate::domain::flaw::Flaw;
use crate::domain::niss::Niss;
use crate::domain::time::Time;
use crate::flow::lists::Filter;
use crate::request::Count;

/// The options of every list.
#[derive(Args)]
pub struct Narrowed {
    /// So many rows at most.
    #[arg(long, value_name = "N", value_parser = count)]
    limit: Option<i64>,
    /// Nothing from before.
    #[arg(long, value_name = "TIME")]
    since: Option<Time>,
    /// Of one holder.
    #[arg(long, value_name = "NISS")]
    niss: Option<Niss>,
}

impl From<Narrowed> for Filter {
    fn from(narrowed: Narrowed) -> Filter {
        Filter { niss: narrowed.niss, since: narrowed.since, limit: narrowed.limit, ..Filter::default() }
    }
}

/// How many rows.
pub fn count(text: &str) -> Result<i64, Flaw> {
    text.parse().map(|Count(count)| count)
}
