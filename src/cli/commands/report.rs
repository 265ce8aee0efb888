//! `ssd report`: counts what happened in a period. It shows no personal data, so it adds no audit entry.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::audit::report;
use crate::cli::args::list_args::PeriodArgs;
use crate::cli::command_spec::{Action, CommandSpec};
use crate::cli::context::Context;
use crate::cli::io::atomic_file::{self, AtomicFile};
use crate::cli::io::path_guard;
use crate::cli::render::html;
use crate::domain::time_range::TimeRange;
use crate::error::{Error, ExitStatus};
use crate::flow::lists::ListFilter;
use crate::reply::{Done, ReplyBody};
use crate::request::Operation;

/// `ssd report`.
pub const REPORT: CommandSpec = CommandSpec { path: "report", args: Report::augment_args, run: Action::Run(run) };

#[derive(Args)]
struct Report {
    #[command(flatten)]
    period: PeriodArgs,
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

fn run(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Report { period, html } = call.args()?;
    if html.as_deref() == Some(Path::new("-")) {
        return Err(Error::usage("html-nowhere"));
    }
    let page =
        html.as_deref().map(|html| AtomicFile::at(call.streams, call.globals.store_location(), html)).transpose()?;
    let store = call.open()?;
    let ListFilter { since, before, .. } = period.filter(&store)?;
    let found = report::of(&store, TimeRange { since, before })?;
    let (Some(html), Some(mut page)) = (html, page) else {
        let body = ReplyBody::Report(Box::new(found));
        return call.finish(Done::new(Operation::Report, body));
    };
    atomic_file::lock_folders([&mut page])?;
    path_guard::refuse_results(None, Some(&store), &html)?;
    page.stage(html::report::page(call.globals.language, &found).as_bytes())?;
    page.publish()?;
    let body = ReplyBody::ReportPage { file: html.display().to_string(), entries: found.entries };
    call.finish(Done::new(Operation::Report, body))
}
