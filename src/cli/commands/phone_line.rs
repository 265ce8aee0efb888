//! `ssd phone-line`: the caller's side of the phone line (003 G), and the identified caller.

use clap::{Args, FromArgMatches};

use crate::cli::args::secrets::stdin_arg;
use crate::cli::command_spec::{Action, CommandGroup, CommandSpec};
use crate::cli::context::Context;
use crate::error::{Error, ExitStatus};
use crate::reply::{Reason, Reply};
use crate::request::{CallRequest, PhoneCodeVerify, Request};

/// `ssd phone-line`: the caller enters NISS and code.
pub const PHONE_LINE: CommandSpec = CommandSpec {
    path: "phone-line",
    args: |command| PhoneCodeVerify::augment_args(command).arg(stdin_arg("code_stdin", "code-stdin")),
    run: Action::Run(call_in),
};

const COMMANDS: &[CommandSpec] = &[
    CommandSpec {
        path: "phone-line whoami",
        args: |command| CallRequest::augment_args(command).arg(stdin_arg("call_stdin", "call-stdin")),
        run: Action::Request(|matches| CallRequest::from_arg_matches(matches).map(Request::PhoneLineWhoami)),
    },
    CommandSpec {
        path: "phone-line payments",
        args: |command| CallRequest::augment_args(command).arg(stdin_arg("call_stdin", "call-stdin")),
        run: Action::Request(|matches| CallRequest::from_arg_matches(matches).map(Request::PhoneLinePayments)),
    },
];

/// The subcommands of `ssd phone-line`.
pub const GROUP: CommandGroup = CommandGroup { name: "phone-line", commands: COMMANDS };

/// Identifies a caller. At a terminal, asks again after a wrong code until it is right or blocked.
fn call_in(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let mut request = call.complete_request(Request::PhoneLine(call.args()?))?;
    loop {
        let reply = call.handle(&request)?;
        match (&reply, &mut request) {
            (Reply::Refused(refusal), Request::PhoneLine(asked))
                if refusal.reason == Reason::PhoneCodeWrong && call.is_interactive() =>
            {
                call.output.render_refusal(refusal);
                asked.code = None;
            }
            _ => return call.output.reply(&reply),
        }
        request = call.complete_request(request)?;
    }
}
