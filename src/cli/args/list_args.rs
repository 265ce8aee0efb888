//! The options of lists.
//!
//! A list has every row, unless it is a table: a person reads the newest [`PAGE`] rows, a program reads all of them.

use clap::Args;

use crate::cli::context::Context;
use crate::domain::niss::Niss;
use crate::domain::period::PeriodBound;
use crate::domain::time::Timestamp;
use crate::domain::validation_error::ValidationError;
use crate::error::{Error, ExitStatus};
use crate::flow::lists::{ListFilter, RowSink};
use crate::l10n::MessageArg;
use crate::reply::Reply;
use crate::request::RowLimit;
use crate::store::Store;

/// The number of rows of a table without `--limit` and `--all`.
pub const PAGE: i64 = 50;

/// The period of a list.
#[derive(Args, Clone, Copy)]
pub struct PeriodArgs {
    /// No rows before this day or second.
    #[arg(long, value_name = "TIME")]
    since: Option<PeriodBound>,
    /// No rows after this day or second.
    #[arg(long, value_name = "TIME")]
    until: Option<PeriodBound>,
}

/// How much of a list is printed.
#[derive(Args, Clone, Copy)]
pub struct PageArgs {
    /// At most this many rows.
    #[arg(long, value_name = "N", value_parser = count, conflicts_with_all = ["all", "count"])]
    limit: Option<i64>,
    /// Every row.
    #[arg(long)]
    all: bool,
    /// Only the number of rows.
    #[arg(long)]
    count: bool,
}

/// The options of every list with a time.
#[derive(Args)]
pub struct ListArgs {
    #[command(flatten)]
    page: PageArgs,
    #[command(flatten)]
    period: PeriodArgs,
    /// Of one holder.
    #[arg(long, value_name = "NISS")]
    niss: Option<Niss>,
}

/// The options of commands that write the messages of a list to files.
#[derive(Args)]
pub struct SelectionArgs {
    /// At most this many messages.
    #[arg(long, value_name = "N", value_parser = count)]
    limit: Option<i64>,
    #[command(flatten)]
    period: PeriodArgs,
    /// Of one holder.
    #[arg(long, value_name = "NISS")]
    niss: Option<Niss>,
}

impl PeriodArgs {
    /// Returns a filter of the period. Days are those of the store's time.
    ///
    /// # Errors
    /// The period ends before it begins.
    pub fn filter(self, store: &Store) -> Result<ListFilter, Error> {
        let (since, before) = match (self.since, self.until) {
            (None, None) => (None, None),
            (since, until) => {
                let now = store.now()?;
                (since.map(|since| since.start(now)), until.map(|until| until.end(now)))
            }
        };
        if since.zip(before).is_some_and(|(since, before): (Timestamp, Timestamp)| since >= before) {
            return Err(Error::usage("empty-period"));
        }
        Ok(ListFilter { since, before, ..ListFilter::default() })
    }
}

impl ListArgs {
    /// Returns the filter, and how much of the list is printed.
    ///
    /// # Errors
    /// As for [`PeriodArgs::filter`].
    pub fn filter(self, store: &Store) -> Result<(ListFilter, PageArgs), Error> {
        Ok((ListFilter { niss: self.niss, ..self.period.filter(store)? }, self.page))
    }
}

impl SelectionArgs {
    /// Returns the filter.
    ///
    /// # Errors
    /// As for [`PeriodArgs::filter`].
    pub fn filter(self, store: &Store) -> Result<ListFilter, Error> {
        Ok(ListFilter { niss: self.niss, limit: self.limit, ..self.period.filter(store)? })
    }
}

impl PageArgs {
    /// Returns whether only the number of rows is printed.
    pub fn is_count(self) -> bool {
        self.count
    }

    /// Returns a filter with the given limit.
    pub fn limited(self, filter: ListFilter) -> ListFilter {
        ListFilter { limit: self.limit, ..filter }
    }

    /// Prints the rows that `list` passes on, or their number. The last line is a note if there are more rows.
    ///
    /// # Errors
    /// Those of `list`; standard output can't be written.
    pub fn print(
        self,
        call: &mut Context<'_>,
        filter: ListFilter,
        list: impl FnOnce(&ListFilter, RowSink<'_>) -> Result<bool, Error>,
    ) -> Result<ExitStatus, Error> {
        self.print_unless_refused(call, filter, |filter, each| list(filter, each).map(Ok))
    }

    /// Prints a list as [`PageArgs::print`] does, or the refusal of the list.
    ///
    /// # Errors
    /// As for [`PageArgs::print`].
    pub fn print_unless_refused(
        self,
        call: &mut Context<'_>,
        filter: ListFilter,
        list: impl FnOnce(&ListFilter, RowSink<'_>) -> Result<Result<bool, Reply>, Error>,
    ) -> Result<ExitStatus, Error> {
        let page = (!self.all && call.output.is_table()).then_some(PAGE);
        let filter = ListFilter { limit: self.limit.or(page), count: self.count, ..filter };
        let mut shown = 0;
        let listed = list(&filter, &mut |row| {
            shown += 1;
            call.output.write_row(&row)
        })?;
        let has_more = match listed {
            Ok(has_more) => has_more,
            Err(refusal) => return call.output.reply(&refusal),
        };
        call.output.flush()?;
        if has_more {
            call.output.note("note-more-rows", &vec![("shown", MessageArg::Number(shown))]);
        }
        Ok(ExitStatus::Done)
    }
}

/// Parses the maximum number of rows.
pub fn count(text: &str) -> Result<i64, ValidationError> {
    text.parse().map(|RowLimit(count)| count)
}
