//! The filter options of all lists.

use clap::Args;

use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::validation_error::ValidationError;
use crate::flow::lists::ListFilter;
use crate::request::RowLimit;

/// The filter options of all lists.
#[derive(Args)]
pub struct ListArgs {
    /// The maximum number of rows.
    #[arg(long, value_name = "N", value_parser = count)]
    limit: Option<i64>,
    /// The earliest time.
    #[arg(long, value_name = "TIME")]
    since: Option<Timestamp>,
    /// One holder.
    #[arg(long, value_name = "NISS")]
    niss: Option<Niss>,
}

impl From<ListArgs> for ListFilter {
    fn from(narrowed: ListArgs) -> ListFilter {
        ListFilter { niss: narrowed.niss, since: narrowed.since, limit: narrowed.limit, ..ListFilter::default() }
    }
}

/// Reads a maximum number of rows.
pub fn count(text: &str) -> Result<i64, ValidationError> {
    text.parse().map(|RowLimit(count)| count)
}
