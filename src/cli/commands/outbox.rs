//! `ssd outbox`: lists and shows messages, prints the newest code for `$(...)`, and waits for a message.

use clap::{Args, FromArgMatches};

use super::{outbox_export, outbox_print};
use crate::cli::args::global_args::GlobalArgs;
use crate::cli::args::list_args::ListArgs;
use crate::cli::command_spec::{Action, CommandGroup, CommandSpec};
use crate::cli::context::Context;
use crate::cli::each_request::{self, Turn};
use crate::cli::io::output::Output;
use crate::domain::message_purpose::MessagePurpose;
use crate::domain::niss::Niss;
use crate::domain::time::Span;
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::{Channel, DeliveryFailure, MessageStatus};
use crate::error::{Error, ExitStatus};
use crate::flow::lists::{self, ListFilter};
use crate::outbox::wait::{self, Print, WaitFor};
use crate::request::{Field, OperatorReason, OutboxCode, OutboxFailed, OutboxReturned, OutboxShow, Request, RowId};

const COMMANDS: &[CommandSpec] = &[
    CommandSpec { path: "outbox list", args: List::augment_args, run: Action::Run(list) },
    CommandSpec {
        path: "outbox show",
        args: OutboxShow::augment_args,
        run: Action::Request(|matches| OutboxShow::from_arg_matches(matches).map(Request::OutboxShow)),
    },
    CommandSpec {
        path: "outbox code",
        args: OutboxCode::augment_args,
        run: Action::Request(|matches| OutboxCode::from_arg_matches(matches).map(Request::OutboxCode)),
    },
    CommandSpec { path: "outbox wait", args: Wait::augment_args, run: Action::Run(wait) },
    outbox_print::PRINT,
    CommandSpec { path: "outbox returned", args: Returned::augment_args, run: Action::Run(returned) },
    CommandSpec { path: "outbox failed", args: Failed::augment_args, run: Action::Run(failed) },
    outbox_export::EXPORT,
];

/// `ssd outbox`.
pub const GROUP: CommandGroup = CommandGroup { name: "outbox", commands: COMMANDS };

#[derive(Args)]
struct List {
    #[command(flatten)]
    narrowed: ListArgs,
    #[arg(long, value_name = "CHANNEL")]
    channel: Option<Channel>,
    #[arg(long, value_name = "PURPOSE")]
    purpose: Option<MessagePurpose>,
    #[arg(long, conflicts_with = "status")]
    pending: bool,
    #[arg(long, value_name = "STATUS")]
    status: Option<MessageStatus>,
}

/// The purposes of messages with a code.
const WITH_CODE: &str = "activation, recovery, contact_email, contact_mobile, login, cmd";

fn list(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let List { narrowed, channel, purpose, pending, status } = call.args()?;
    let status = if pending { Some(MessageStatus::Pending) } else { status };
    let (store, actor) = (call.open()?, &call.settings.operator);
    let (filter, page) = narrowed.filter(&store)?;
    let filter = ListFilter { channel, purpose, status, ..filter };
    page.print(call, filter, |filter, each| lists::outbox(&store, actor, filter, each))
}

/// The messages of a delivery result: by their numbers, or the newest to a holder.
#[derive(Args)]
struct Messages {
    #[arg(value_name = "ID...", required_unless_present = "niss")]
    messages: Vec<RowId>,
    #[arg(long, value_name = "NISS")]
    niss: Option<Niss>,
    #[arg(long, value_name = "PURPOSE")]
    purpose: Option<MessagePurpose>,
}

impl Messages {
    /// Returns one message per request. Without numbers there is one request.
    fn each(&self) -> Vec<Option<RowId>> {
        if self.messages.is_empty() { vec![None] } else { self.messages.iter().copied().map(Some).collect() }
    }
}

#[derive(Args)]
struct Returned {
    #[command(flatten)]
    named: Messages,
    #[arg(long, value_name = "TEXT")]
    reason: Option<OperatorReason>,
}

fn returned(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Returned { named, reason } = call.args()?;
    let (niss, purpose) = (named.niss, named.purpose);
    let of = |message| {
        let request = Request::OutboxReturned(OutboxReturned { message, niss, purpose, reason: reason.clone() });
        Turn { about: None, request }
    };
    each_request::handle(call, &named.each().into_iter().map(of).collect::<Vec<_>>())
}

#[derive(Args)]
struct Failed {
    #[command(flatten)]
    named: Messages,
    #[arg(long, value_name = "CHANNEL")]
    channel: Option<Channel>,
    #[arg(long, value_name = "CAUSE")]
    reason: Option<DeliveryFailure>,
}

fn failed(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Failed { named, channel, reason } = call.args()?;
    let (niss, purpose) = (named.niss, named.purpose);
    let of = |message| {
        let request = Request::OutboxFailed(OutboxFailed { message, niss, purpose, channel, reason });
        Turn { about: None, request }
    };
    each_request::handle(call, &named.each().into_iter().map(of).collect::<Vec<_>>())
}

#[derive(Args)]
struct Wait {
    #[arg(value_name = "NISS")]
    niss: Option<Niss>,
    #[arg(long, value_name = "PURPOSE")]
    purpose: Option<MessagePurpose>,
    #[arg(long, value_name = "SPAN")]
    timeout: Option<Span>,
    #[arg(long, value_name = "WHAT")]
    print: Option<Print>,
}

/// The default of `--timeout`.
const TIMEOUT: Span = Span::seconds(5);

fn wait(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Wait { niss, purpose, timeout, print } = call.args()?;
    let print = print.unwrap_or(Print::Code);
    if print == Print::Json {
        // As with `--json`, a refusal is a JSON object.
        *call.output = Output::new(&GlobalArgs { json: true, format: None, ..call.globals.clone() }, call.streams);
    }
    if print == Print::Code && purpose.is_some_and(|purpose| purpose.code().is_none()) {
        // Notices have no code, so the wait would always time out.
        return Err(Error::malformed(Field::Purpose, ValidationError::UnknownWord(WITH_CODE)));
    }
    let niss = call.complete_niss(niss)?;
    let wanted = WaitFor { niss, purpose, print, timeout: timeout.unwrap_or(TIMEOUT) };
    let store = call.open()?;
    let reply = wait::message(&store, &call.settings.operator, &wanted)?;
    call.output.reply(&reply)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::vocabulary::Purpose;

    #[test]
    fn purposes_with_a_code_are_those_of_codes() {
        assert_eq!(Purpose::NAMES.join(", "), WITH_CODE);
    }
}
