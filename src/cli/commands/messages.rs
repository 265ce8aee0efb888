//! `ssd messages`: the holder's inbox in the service (004).

use std::path::{Path, PathBuf};

use clap::{Args, FromArgMatches};

use crate::cli::command_spec::{Action, CommandGroup, CommandSpec};
use crate::cli::context::Context;
use crate::cli::io::atomic_file::{self, AtomicFile};
use crate::cli::io::path_guard;
use crate::documents::calendar::{self, Event};
use crate::error::{Error, ExitStatus};
use crate::reply::{CalendarEvent, Done, Reply, ReplyBody};
use crate::request::{MessagesList, MessagesShow, Request, SessionRequest};

const COMMANDS: &[CommandSpec] = &[
    CommandSpec {
        path: "messages list",
        args: MessagesList::augment_args,
        run: Action::Request(|matches| MessagesList::from_arg_matches(matches).map(Request::MessagesList)),
    },
    CommandSpec {
        path: "messages show",
        args: MessagesShow::augment_args,
        run: Action::Request(|matches| MessagesShow::from_arg_matches(matches).map(Request::MessagesShow)),
    },
    CommandSpec { path: "messages calendar", args: Calendar::augment_args, run: Action::Run(calendar) },
];

/// `ssd messages`.
pub const GROUP: CommandGroup = CommandGroup { name: "messages", commands: COMMANDS };

#[derive(Args)]
struct Calendar {
    #[arg(long, value_name = "FILE", required = true)]
    ics: PathBuf,
}

fn calendar(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Calendar { ics } = call.args()?;
    if ics == Path::new("-") {
        return Err(Error::usage("ics-nowhere"));
    }
    let location = call.globals.store_location();
    let mut file = AtomicFile::at(call.streams, location, &ics)?;
    atomic_file::lock_folders([&mut file])?;
    path_guard::refuse_results(location, None, &ics)?;
    let request = call.complete_request(Request::MessagesCalendar(SessionRequest::default()))?;
    let reply = match call.handle(&request)? {
        Reply::Done(Done { body: ReplyBody::Calendar { events, .. }, op, niss, request }) if !events.is_empty() => {
            file.stage(calendar::of(call.globals.language, events.iter().map(event)).as_bytes())?;
            file.publish()?;
            let body = ReplyBody::Calendar { events, file: Some(ics.display().to_string()) };
            Reply::Done(Done { op, niss, request, body })
        }
        // A calendar has one event at least (RFC 5545 3.6).
        reply => reply,
    };
    call.output.reply(&reply)
}

fn event(payment: &CalendarEvent) -> Event<'_> {
    let CalendarEvent { uid, paid_on, amount, about, created_at } = payment;
    Event { uid, paid_on: *paid_on, amount: *amount, about: about.as_str(), created_at: *created_at }
}
