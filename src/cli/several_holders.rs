//! One request of an operator for several holders: one transaction and one reply for each NISS.

use crate::cli::context::Context;
use crate::cli::each_request::{self, Turn};
use crate::cli::interactive::questions::Questions;
use crate::domain::niss::Niss;
use crate::error::{Error, ExitStatus};
use crate::l10n::MessageArg;
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
    let turn = |niss: &Niss| {
        let mut request = request.clone();
        if let Some(field) = request.inner_mut().field_mut(Field::Niss) {
            field.set_from_text(&niss.to_string()).map_err(|cause| Error::malformed(Field::Niss, cause))?;
        }
        Ok(Turn { about: Some(*niss), request })
    };
    let turns: Vec<Turn> = holders.iter().map(turn).collect::<Result<_, Error>>()?;
    each_request::handle(call, &turns)
}
