//! `ssd why`: shows the rules that decided requests, by the request numbers in their replies, or for each line of a batch that
//! was not done.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use clap::Args;

use super::batch::source;
use crate::audit::queries;
use crate::audit::replies::{self, ReplyLine};
use crate::cli::command_spec::{Action, CommandSpec};
use crate::cli::context::Context;
use crate::cli::render::escape::printable;
use crate::error::{Error, ExitStatus};
use crate::l10n::MessageArg;
use crate::reply::{Done, Reply, ReplyBody};
use crate::request::{Operation, RowId};

/// `ssd why`.
pub const WHY: CommandSpec = CommandSpec { path: "why", args: Why::augment_args, run: Action::Run(why) };

/// The longest reply in bytes. A file without lines must not fill the memory.
const MAX_REPLY: u64 = 64 << 20;

#[derive(Args)]
struct Why {
    #[arg(value_name = "REQUEST", required_unless_present = "batch")]
    request: Vec<RowId>,
    #[arg(long, value_name = "REPLIES", conflicts_with = "request")]
    batch: Option<PathBuf>,
}

fn why(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Why { request, batch } = call.args()?;
    if let Some(path) = batch {
        let file = source(call, &path)?;
        return explain_replies(call, &path, file);
    }
    let store = call.open()?;
    let (mut exit, mut is_first) = (ExitStatus::Done, true);
    for RowId(number) in &request {
        let reply = queries::why(&store, *number)?;
        if let (false, false, Reply::Done(_)) = (is_first, call.globals.json || call.globals.format.is_some(), &reply) {
            call.output.text("\n")?;
        }
        is_first = false;
        match call.output.reply(&reply)? {
            ExitStatus::Refused if request.len() > 1 => exit = ExitStatus::Partial,
            ExitStatus::Done => {}
            other => exit = other,
        }
    }
    Ok(exit)
}

/// Explains each line that was not done.
fn explain_replies(call: &mut Context<'_>, path: &Path, file: File) -> Result<ExitStatus, Error> {
    let store = call.open()?;
    let (mut input, mut line, mut number, mut found) = (BufReader::new(file), vec![], 0, 0_i64);
    loop {
        line.clear();
        let read = input.by_ref().take(MAX_REPLY).read_until(b'\n', &mut line);
        if read.map_err(|fault| Error::file(path, fault))? == 0 {
            break;
        }
        number += 1;
        let wrong = |key| Error::Usage {
            key,
            facts: vec![
                ("file", MessageArg::from(printable(&path.to_string_lossy()))),
                ("line", MessageArg::Number(number)),
            ],
        };
        match replies::explain(&store, &line, call.globals.language)? {
            ReplyLine::Done => {}
            ReplyLine::NotDone(line) => {
                found += 1;
                call.output.write_row(&Done::new(Operation::Why, ReplyBody::ExplainedLine(line)))?;
            }
            ReplyLine::NoReply => return Err(wrong("why-no-reply")),
            ReplyLine::OtherStore => return Err(wrong("why-other-store")),
        }
    }
    call.output.flush()?;
    if found == 0 {
        call.output.note("note-why-all-done", &vec![("count", MessageArg::Number(number))]);
    }
    Ok(ExitStatus::Done)
}
