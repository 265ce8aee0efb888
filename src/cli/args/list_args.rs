//! What every list can be narrowed to.

use clap::Args;

use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::validation_error::ValidationError;
use crate::flow::lists::ListFilter;
use crate::request::RowLimit;

/// The options of every list.
#[derive(Args)]
pub struct ListArgs {
    /// So many rows at most.
    #[arg(long, value_name = "N", value_parser = count)]
    limit: Option<i64>,
    /// Nothing from before.
    #[arg(long, value_name = "TIME")]
    since: Option<Timestamp>,
    /// Of one holder.
    #[arg(long, value_name = "NISS")]
    niss: Option<Niss>,
}

impl From<ListArgs> for ListFilter {
    fn from(narrowed: ListArgs) -> ListFilter {
        ListFilter { niss: narrowed.niss, since: narrowed.since, limit: narrowed.limit, ..ListFilter::default() }
    }
}

/// How many rows.
pub fn count(text: &str) -> Result<i64, ValidationError> {
    text.parse().map(|RowLimit(count)| count)
}
