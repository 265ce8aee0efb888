//! `ssd init`: creates a store. No other command does.

use clap::Args;

use crate::cli::command_spec::{Action, CommandSpec};
use crate::cli::context::Context;
use crate::domain::next_step::NextStep;
use crate::domain::time::Timestamp;
use crate::domain::validation_error::ValidationError;
use crate::error::{Error, ExitStatus};
use crate::reply::{Reason, Refusal, Reply};
use crate::request::Operation;
use crate::scenario::recording;
use crate::store::Sandbox;
use crate::store_admin;

/// `ssd init`.
pub const INIT: CommandSpec = CommandSpec { path: "init", args: Init::augment_args, run: Action::Run(init) };

#[derive(Args)]
struct Init {
    #[arg(long)]
    sandbox: bool,
    #[arg(long, value_name = "N", value_parser = seed)]
    seed: Option<u64>,
    #[arg(long, value_name = "TIME", value_parser = clock_time)]
    at: Option<Timestamp>,
}

fn clock_time(text: &str) -> Result<Timestamp, ValidationError> {
    text.parse::<Timestamp>()?.as_clock(Timestamp::EPOCH)
}

fn seed(text: &str) -> Result<u64, ValidationError> {
    // The store's column is a signed 64-bit integer.
    text.parse::<u64>().ok().filter(|seed| i64::try_from(*seed).is_ok()).ok_or(ValidationError::Format("an integer"))
}

fn init(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Init { sandbox, seed, at } = call.args()?;
    if !sandbox && (seed.is_some() || at.is_some()) {
        let hint = Some(NextStep::UseSandbox);
        let refusal = Refusal { hint, ..Refusal::new(Operation::Init, Reason::SandboxOnly) };
        return call.output.reply(&Reply::Refused(refusal));
    }
    let usual = Sandbox::default();
    let sandbox = sandbox.then(|| Sandbox { seed: seed.unwrap_or(usual.seed), at: at.unwrap_or(usual.at) });
    let recorder = call.recorder(None)?;
    if recorder.is_some() && sandbox.is_none() {
        return Err(Error::usage("record-sandbox"));
    }
    if let Some(begun) = recorder.as_ref().filter(|recorder| !recorder.is_empty) {
        return Err(begun.begun());
    }
    let done = store_admin::init(call.store_location()?, sandbox)?;
    if let (Some(mut recorder), Some(sandbox)) = (recorder, sandbox) {
        call.output.defer_unrecorded(recorder.append(&recording::init(sandbox)));
    }
    call.finish(done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sandbox_starts_on_a_monday_and_seed_fits_its_column() {
        assert_eq!(Sandbox::default().at.to_string(), "2026-01-05T09:00:00Z");
        assert_eq!(seed("18446744073709551615"), Err(ValidationError::Format("an integer")));
    }
}
