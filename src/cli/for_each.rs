//! One request of an operator for several holders: one transaction and one reply for each NISS.

use serde_json::Value;

use crate::cli::context::Context;
use crate::cli::interactive::questions::Questions;
use crate::domain::niss::Niss;
use crate::error::{Error, ExitStatus};
use crate::l10n::MessageArg;
use crate::reply::Reply;
use crate::request::{Field, Request};

/// Returns the NISS of the command line, each once, in the order in which they were given.
pub fn holders(call: &Context<'_>) -> Vec<Niss> {
    let mut holders = vec![];
    for niss in call.matches.get_many::<Niss>("niss").into_iter().flatten() {
        if !holders.contains(niss) {
            holders.push(*niss);
        }
    }
    holders
}

/// Answers a request for each of several holders. Missing fields are asked for once, and so is the confirmation of an erasure. A
/// refusal does not stop the others; an error does.
///
/// Returns [`ExitStatus::Partial`] if a request was refused.
///
/// # Errors
/// Those of the questions, of the requests and of the output.
pub fn run(call: &mut Context<'_>, mut request: Request, holders: &[Niss]) -> Result<ExitStatus, Error> {
    call.apply_arguments(&mut request)?;
    if call.is_interactive() {
        let questions = call.questions();
        Questions { yes: true, ..call.questions() }.complete(&mut request)?;
        let count = vec![("count", MessageArg::Number(i64::try_from(holders.len()).unwrap_or(i64::MAX)))];
        if matches!(request, Request::AccountErase(_))
            && !questions.yes
            && !questions.prompt.confirm_about("ask-erase-several", &count)?
        {
            return Err(Error::usage("not-erased"));
        }
    }
    let mut exit = ExitStatus::Done;
    for (at, niss) in holders.iter().enumerate() {
        if let Some(field) = request.inner_mut().field_mut(Field::Niss) {
            field
                .set_from_json(&Value::from(niss.to_string()))
                .map_err(|cause| Error::malformed(Field::Niss, cause))?;
        }
        let reply = match call.handle(&request) {
            Ok(reply) => reply,
            Err(error) => return Err(stopped(call, &holders[at..], at > 0, error)),
        };
        if matches!(reply, Reply::Refused(_)) {
            exit = ExitStatus::Partial;
        }
        if let Err(error) = call.output.reply_about(*niss, &reply) {
            return Err(stopped(call, &holders[at + 1..], true, error));
        }
    }
    Ok(exit)
}

/// Notes the holders whose requests are not done, if others are, and returns the error.
fn stopped(call: &Context<'_>, left: &[Niss], has_done: bool, error: Error) -> Error {
    if let (true, Some(first)) = (has_done, left.first()) {
        let count = MessageArg::Number(i64::try_from(left.len()).unwrap_or(i64::MAX));
        call.output.note("note-holders-left", &vec![("count", count), ("niss", MessageArg::from(first.to_string()))]);
    }
    error
}
