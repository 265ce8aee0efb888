//! `ssd audit`: lists, exports and verifies the audit log.

use clap::Args;

use crate::audit::queries;
use crate::cli::args::list_args::ListArgs;
use crate::cli::command_spec::{Action, CommandGroup, CommandSpec, no_args};
use crate::cli::context::Context;
use crate::domain::audit_anchor::AuditAnchor;
use crate::domain::search_text::SearchText;
use crate::domain::vocabulary::Outcome;
use crate::error::{Error, ExitStatus};
use crate::flow::lists::{self, ListFilter};
use crate::reply::Reason;
use crate::request::Operation;

const COMMANDS: &[CommandSpec] = &[
    CommandSpec { path: "audit list", args: List::augment_args, run: Action::Run(list) },
    CommandSpec { path: "audit verify", args: Verify::augment_args, run: Action::Run(verify) },
    CommandSpec { path: "audit head", args: no_args, run: Action::Run(head) },
    CommandSpec { path: "audit export", args: no_args, run: Action::Run(export) },
];

/// `ssd audit`.
pub const GROUP: CommandGroup = CommandGroup { name: "audit", commands: COMMANDS };

#[derive(Args)]
struct Verify {
    #[arg(long, value_name = "ANCHOR")]
    since: Option<AuditAnchor>,
}

#[derive(Args)]
struct List {
    #[command(flatten)]
    narrowed: ListArgs,
    #[arg(long, value_name = "NAME")]
    actor: Option<String>,
    #[arg(long, value_name = "OPERATION")]
    op: Option<Operation>,
    #[arg(long, value_name = "OUTCOME")]
    outcome: Option<Outcome>,
    #[arg(long, value_name = "REASON")]
    reason: Option<Reason>,
    #[arg(long, value_name = "TEXT")]
    remark: Option<SearchText>,
}

fn list(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let List { narrowed, actor, op, outcome, reason, remark } = call.args()?;
    let store = call.open()?;
    let (filter, page) = narrowed.filter(&store)?;
    let filter = ListFilter { actor, op, outcome, reason, text: remark.map(Box::new), ..filter };
    page.print(call, filter, |filter, each| lists::audit(&store, Operation::AuditList, filter, each))
}

fn verify(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Verify { since } = call.args()?;
    let store = call.open()?;
    let done = queries::verify(&store, since)?;
    call.finish(done)
}

fn head(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let store = call.open()?;
    let done = queries::head(&store)?;
    call.finish(done)
}

fn export(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let store = call.open()?;
    queries::export(&store, &mut |row| call.output.write_row(&row))?;
    call.output.flush()?;
    Ok(ExitStatus::Done)
}
