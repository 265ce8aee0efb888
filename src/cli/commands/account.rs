//! `ssd account`: operators read accounts and change them. Every change needs a reason.

use std::path::{Path, PathBuf};

use clap::{Args, FromArgMatches};

use crate::audit::{queries, timeline as account_timeline};
use crate::cli::args::list_args::{ListArgs, count};
use crate::cli::command_spec::{Action, CommandGroup, CommandSpec};
use crate::cli::context::Context;
use crate::cli::io::atomic_file::{self, AtomicFile};
use crate::cli::io::path_guard;
use crate::cli::render::html;
use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::AccountState;
use crate::error::{Error, ExitStatus};
use crate::flow::lists::{self, ListFilter};
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
        args: OperatorAction::augment_args,
        run: Action::Request(|matches| OperatorAction::from_arg_matches(matches).map(Request::AccountUnlock)),
    },
    CommandSpec {
        path: "account suspend",
        args: OperatorAction::augment_args,
        run: Action::Request(|matches| OperatorAction::from_arg_matches(matches).map(Request::AccountSuspend)),
    },
    CommandSpec {
        path: "account resume",
        args: OperatorAction::augment_args,
        run: Action::Request(|matches| OperatorAction::from_arg_matches(matches).map(Request::AccountResume)),
    },
    CommandSpec {
        path: "account reset",
        args: OperatorAction::augment_args,
        run: Action::Request(|matches| OperatorAction::from_arg_matches(matches).map(Request::AccountReset)),
    },
    CommandSpec {
        path: "account close",
        args: OperatorAction::augment_args,
        run: Action::Request(|matches| OperatorAction::from_arg_matches(matches).map(Request::AccountClose)),
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
        args: OperatorAction::augment_args,
        run: Action::Request(|matches| OperatorAction::from_arg_matches(matches).map(Request::AccountErase)),
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
}

fn list(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let List { narrowed, state } = call.args()?;
    let filter = ListFilter { state, ..narrowed.into() };
    let store = call.open()?;
    lists::accounts(&store, &filter, &mut |row| call.output.write_row(&row))?;
    call.output.flush()?;
    Ok(ExitStatus::Done)
}

#[derive(Args)]
struct History {
    #[arg(value_name = "NISS")]
    niss: Option<Niss>,
    #[arg(long, value_name = "N", value_parser = count)]
    limit: Option<i64>,
    #[arg(long, value_name = "TIME")]
    since: Option<Timestamp>,
}

fn history(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let History { niss, limit, since } = call.args()?;
    let niss = call.complete_niss(niss)?;
    let filter = ListFilter { niss: Some(niss), limit, since, ..ListFilter::default() };
    let store = call.open()?;
    queries::history(&store, &filter, &mut |row| call.output.write_row(&row))?;
    call.output.flush()?;
    Ok(ExitStatus::Done)
}

#[derive(Args)]
struct Timeline {
    #[arg(value_name = "NISS")]
    niss: Option<Niss>,
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    #[arg(long, value_name = "N", value_parser = count)]
    limit: Option<i64>,
    #[arg(long, value_name = "TIME")]
    since: Option<Timestamp>,
}

fn timeline(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Timeline { niss, html, limit, since } = call.args()?;
    if html.as_deref() == Some(Path::new("-")) {
        return Err(Error::usage("html-nowhere"));
    }
    let page =
        html.as_deref().map(|html| AtomicFile::at(call.streams, call.globals.store_location(), html)).transpose()?;
    let niss = call.complete_niss(niss)?;
    let filter = ListFilter { niss: Some(niss), limit, since, ..ListFilter::default() };
    let (store, actor) = (call.open()?, &call.settings.operator);
    let (Some(html), Some(mut page)) = (html, page) else {
        return match account_timeline::for_each_event(&store, actor, &filter, &mut |row| call.output.write_row(&row))? {
            Some(refusal) => call.output.reply(&refusal),
            None => call.output.flush().map(|()| ExitStatus::Done),
        };
    };
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
