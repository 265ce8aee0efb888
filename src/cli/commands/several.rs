//! Commands that take several values: one request and one transaction per value.

use crate::cli::args::usage_errors;
use crate::cli::context::Context;
use crate::error::{Error, ExitStatus};
use crate::request::Request;

/// Handles the requests in order and prints one reply per request.
///
/// Returns the status of the only reply, or [`ExitStatus::Partial`] if some of several requests were refused.
///
/// # Errors
/// A field that is missing in the requests, before the first is handled; the first error of a request. Earlier requests stay done.
pub fn handle(call: &mut Context<'_>, requests: Vec<Request>) -> Result<ExitStatus, Error> {
    requests.iter().try_for_each(usage_errors::check_fields)?;
    let checked =
        requests.iter().map(|request| request.check().map_err(Error::Missing)).collect::<Result<Vec<_>, _>>()?;
    let store = call.open()?;
    let (mut last, mut has_refused) = (ExitStatus::Done, false);
    for request in &checked {
        let reply = call.handle_in(&store, request)?;
        last = call.output.reply(&reply)?;
        has_refused |= last != ExitStatus::Done;
    }
    Ok(match checked.len() {
        1 => last,
        _ if has_refused => ExitStatus::Partial,
        _ => ExitStatus::Done,
    })
}
