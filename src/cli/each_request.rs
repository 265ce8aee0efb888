//! Commands that take several values: one request, one transaction and one reply per value.

use crate::cli::args::usage_errors;
use crate::cli::context::Context;
use crate::domain::niss::Niss;
use crate::error::{Error, ExitStatus};
use crate::l10n::MessageArg;
use crate::request::Request;

/// One of several requests.
pub struct Turn {
    /// The holder whose NISS is before the reply, if the reply does not show its own value.
    pub about: Option<Niss>,
    /// The request.
    pub request: Request,
}

/// Handles the requests in order and prints one reply per request. A refusal does not stop the others; an error does, and
/// then the holders that are left are noted.
///
/// Returns the status of the only reply, or [`ExitStatus::Partial`] if some of several requests were refused.
///
/// # Errors
/// A field that is missing in the requests, before the first is handled; the first error of a request. Earlier requests stay done.
pub fn handle(call: &mut Context<'_>, turns: &[Turn]) -> Result<ExitStatus, Error> {
    turns.iter().try_for_each(|turn| usage_errors::check_fields(&turn.request))?;
    let checked =
        turns.iter().map(|turn| turn.request.check().map_err(Error::Missing)).collect::<Result<Vec<_>, _>>()?;
    let store = call.open()?;
    let (mut last, mut has_refused) = (ExitStatus::Done, false);
    for (at, (turn, request)) in turns.iter().zip(&checked).enumerate() {
        let reply = call.handle_in(&store, request).map_err(|error| stopped(call, &turns[at..], at > 0, error))?;
        let shown = match turn.about {
            Some(niss) if turns.len() > 1 => call.output.reply_about(niss, &reply),
            Some(_) | None => call.output.reply(&reply),
        };
        last = shown.map_err(|error| stopped(call, &turns[at + 1..], true, error))?;
        has_refused |= last != ExitStatus::Done;
    }
    Ok(match turns.len() {
        1 => last,
        _ if has_refused => ExitStatus::Partial,
        _ => ExitStatus::Done,
    })
}

/// Notes the holders whose requests are not done, if others are, and returns the error.
fn stopped(call: &Context<'_>, left: &[Turn], has_done: bool, error: Error) -> Error {
    if let (true, Some(Turn { about: Some(first), .. })) = (has_done, left.first()) {
        let count = MessageArg::Number(i64::try_from(left.len()).unwrap_or(i64::MAX));
        call.output.note("note-holders-left", &vec![("count", count), ("niss", MessageArg::from(first.to_string()))]);
    }
    error
}
