//! `ssd account`: operators read accounts and change them. Every change needs a reason.

use std::path::{Path, PathBuf};

use clap::{Args, FromArgMatches};

use crate::audit::timeline as account_timeline;
use crate::cli::args::list_args::{ListArgs, PageArgs, PeriodArgs};
use crate::cli::command_spec::{Action, CommandGroup, CommandSpec, several_niss};
use crate::cli::context::Context;
use crate::cli::io::atomic_file::{self, AtomicFile};
use crate::cli::io::path_guard;
use crate::cli::render::html;
use crate::domain::niss::Niss;
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::{AccountState, LockoutScope};
use crate::domain::written::Written;
use crate::error::{Error, ExitStatus};
use crate::flow::lists::{self, BlockedFilter, ListFilter};
use crate::l10n::MessageArg;
use crate::reply::{Done, ReplyBody};
use crate::request::{HolderRequest, Operation, OperatorAction, Request};

const COMMANDS: &[CommandSpec] = &[
    CommandSpec {
        path: "account show",
        args: HolderRequest::augment_args,
        run: Action::Request(|matches| HolderRequest::from_arg_matches(matches).map(Request::AccountShow)),
    },
    CommandSpec { path: "account list", args: List::augment_args, run: Action::Run(list) },
    CommandSpec {
        path: "account unlock",
        args: |command| several_niss(OperatorAction::augment_args(command)),
        run: Action::ForEach(|matches| OperatorAction::from_arg_matches(matches).map(Request::AccountUnlock)),
    },
    CommandSpec {
        path: "account suspend",
        args: |command| several_niss(OperatorAction::augment_args(command)),
        run: Action::ForEach(|matches| OperatorAction::from_arg_matches(matches).map(Request::AccountSuspend)),
    },
    CommandSpec {
        path: "account resume",
        args: |command| several_niss(OperatorAction::augment_args(command)),
        run: Action::ForEach(|matches| OperatorAction::from_arg_matches(matches).map(Request::AccountResume)),
    },
    CommandSpec {
        path: "account reset",
        args: |command| several_niss(OperatorAction::augment_args(command)),
        run: Action::ForEach(|matches| OperatorAction::from_arg_matches(matches).map(Request::AccountReset)),
    },
    CommandSpec {
        path: "account close",
        args: |command| several_niss(OperatorAction::augment_args(command)),
        run: Action::ForEach(|matches| OperatorAction::from_arg_matches(matches).map(Request::AccountClose)),
    },
    CommandSpec { path: "account history", args: History::augment_args, run: Action::Run(history) },
    CommandSpec { path: "account timeline", args: Timeline::augment_args, run: Action::Run(timeline) },
    CommandSpec {
        path: "account export",
        args: HolderRequest::augment_args,
        run: Action::Request(|matches| HolderRequest::from_arg_matches(matches).map(Request::AccountExport)),
    },
    CommandSpec {
        path: "account erase",
        args: |command| several_niss(OperatorAction::augment_args(command)),
        run: Action::ForEach(|matches| OperatorAction::from_arg_matches(matches).map(Request::AccountErase)),
    },
];

/// `ssd account`.
pub const GROUP: CommandGroup = CommandGroup { name: "account", commands: COMMANDS };

#[derive(Args)]
struct List {
    #[command(flatten)]
    narrowed: ListArgs,
    #[arg(long, value_name = "STATE")]
    state: Option<AccountState>,
    #[arg(long, value_name = "WHAT", num_args = 0..=1, default_missing_value = "any", value_parser = blocked)]
    blocked: Option<BlockedFilter>,
    #[arg(long)]
    due: bool,
}

/// Parses the value of `--blocked`; `any` without one.
fn blocked(text: &str) -> Result<BlockedFilter, ValidationError> {
    match text {
        "any" => Ok(BlockedFilter::Any),
        scope => LockoutScope::read_written(scope).map(BlockedFilter::Scope),
    }
}

fn list(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let List { narrowed, state, blocked, due } = call.args()?;
    let store = call.open()?;
    let (filter, page) = narrowed.filter(&store)?;
    let filter = ListFilter { state, blocked, due, ..filter };
    page.print(call, filter, |filter, each| lists::accounts(&store, filter, each))
}

#[derive(Args)]
struct History {
    #[arg(value_name = "NISS")]
    niss: Option<Niss>,
    #[command(flatten)]
    page: PageArgs,
    #[command(flatten)]
    period: PeriodArgs,
}

fn history(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let History { niss, page, period } = call.args()?;
    let niss = call.complete_niss(niss)?;
    let store = call.open()?;
    let filter = ListFilter { niss: Some(niss), ..period.filter(&store)? };
    page.print(call, filter, |filter, each| lists::audit(&store, Operation::AccountHistory, filter, each))
}

#[derive(Args)]
struct Timeline {
    #[arg(value_name = "NISS")]
    niss: Option<Niss>,
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    #[command(flatten)]
    page: PageArgs,
    #[command(flatten)]
    period: PeriodArgs,
}

fn timeline(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Timeline { niss, html, page: extent, period } = call.args()?;
    if html.as_deref() == Some(Path::new("-")) {
        return Err(Error::usage("html-nowhere"));
    }
    if html.is_some() && extent.is_count() {
        let facts = vec![("first", MessageArg::from("--count")), ("second", MessageArg::from("--html"))];
        return Err(Error::Usage { key: "conflict", facts });
    }
    let page =
        html.as_deref().map(|html| AtomicFile::at(call.streams, call.globals.store_location(), html)).transpose()?;
    let niss = call.complete_niss(niss)?;
    let (store, actor) = (call.open()?, &call.settings.operator);
    let filter = ListFilter { niss: Some(niss), ..period.filter(&store)? };
    let (Some(html), Some(mut page)) = (html, page) else {
        return extent.print_unless_refused(call, filter, |filter, each| {
            account_timeline::for_each_event(&store, actor, filter, each)
        });
    };
    let filter = extent.limited(filter);
    atomic_file::lock_folders([&mut page])?;
    path_guard::refuse_results(None, Some(&store), &html)?;
    let account_timeline = match account_timeline::build(&store, actor, &filter)? {
        Ok(account_timeline) => account_timeline,
        Err(refusal) => return call.output.reply(&refusal),
    };
    page.stage(html::of(call.globals.language, &account_timeline).as_bytes())?;
    page.publish()?;
    let body =
        ReplyBody::TimelinePage { file: html.display().to_string(), events: account_timeline.events.len() as u64 };
    call.finish(Done {
        niss: Some(account_timeline.niss),
        request: account_timeline.request,
        ..Done::new(Operation::AccountTimeline, body)
    })
}
