//! `ssd account`: what operators see of accounts, and what they may change, never without a reason.

use std::path::{Path, PathBuf};

use clap::{Args, FromArgMatches};

use super::lists::{Narrowed, count};
use crate::batch::Replies;
use crate::cli::call::Call;
use crate::cli::page;
use crate::cli::table::{Group, Leaf, Run};
use crate::cli::whole::{self, Whole};
use crate::domain::niss::Niss;
use crate::domain::time::Time;
use crate::domain::words::State;
use crate::error::{Error, Exit};
use crate::flow::lists::{self, Filter};
use crate::flow::{letters, timeline as life, trail};
use crate::reply::{Body, Done};
use crate::request::{OfHolder, Op, Operator, Request};

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
    Leaf { path: "account history", args: History::augment_args, run: Run::Do(history) },
    Leaf { path: "account timeline", args: Timeline::augment_args, run: Run::Do(timeline) },
    Leaf {
        path: "account export",
        args: OfHolder::augment_args,
        run: Run::Ask(|matches| OfHolder::from_arg_matches(matches).map(Request::AccountExport)),
    },
    Leaf {
        path: "account erase",
        args: Operator::augment_args,
        run: Run::Ask(|matches| Operator::from_arg_matches(matches).map(Request::AccountErase)),
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

#[derive(Args)]
struct History {
    #[arg(value_name = "NISS")]
    niss: Option<Niss>,
    #[arg(long, value_name = "N", value_parser = count)]
    limit: Option<i64>,
    #[arg(long, value_name = "TIME")]
    since: Option<Time>,
}

fn history(call: &mut Call<'_>) -> Result<Exit, Error> {
    let History { niss, limit, since } = call.args()?;
    // Whose is asked for as it is for one account.
    let named = call.complete(Request::AccountShow(OfHolder { niss }))?;
    let filter = Filter { niss: named.niss(), limit, since, ..Filter::default() };
    let store = call.open()?;
    trail::history(&store, &filter, &mut |row| call.output.row(&row))?;
    call.output.flush()?;
    Ok(Exit::Done)
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
    since: Option<Time>,
}

fn timeline(call: &mut Call<'_>) -> Result<Exit, Error> {
    let Timeline { niss, html, limit, since } = call.args()?;
    if html.as_deref() == Some(Path::new("-")) {
        return Err(Error::usage("html-nowhere"));
    }
    let page = html.as_deref().map(|html| Whole::at(call, html)).transpose()?;
    let named = call.complete(Request::AccountShow(OfHolder { niss }))?;
    let filter = Filter { niss: named.niss(), limit, since, ..Filter::default() };
    let (store, actor) = (call.open()?, &call.settings.operator);
    let (Some(html), Some(mut page)) = (html, page) else {
        return match life::list(&store, actor, &filter, &mut |row| call.output.row(&row))? {
            Some(refusal) => call.output.reply(&refusal),
            None => call.output.flush().map(|()| Exit::Done),
        };
    };
    Replies::spare_unfinished(&html, &store)?;
    whole::hold([&mut page])?;
    letters::spare(&store, &html, &|feed| page.read(feed))?;
    let life = match life::life(&store, actor, &filter)? {
        Ok(life) => life,
        Err(refusal) => return call.output.reply(&refusal),
    };
    page.lay(page::of(call.globals.language, &life).as_bytes())?;
    page.show()?;
    let body = Body::Page { file: html.display().to_string(), events: life.events.len() as u64 };
    call.done(Done { niss: Some(life.niss), request: life.request, ..Done::new(Op::AccountTimeline, body) })
}
