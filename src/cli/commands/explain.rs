//! `ssd explain`: explains one reason of a refusal, or all of them.

use clap::Args;

use crate::cli::command_spec::{Action, CommandSpec};
use crate::cli::context::Context;
use crate::error::{Error, ExitStatus};
use crate::l10n::localize;
use crate::reply::{Done, Reason, ReplyBody};
use crate::request::Operation;

/// `ssd explain`.
pub const EXPLAIN: CommandSpec =
    CommandSpec { path: "explain", args: Explain::augment_args, run: Action::Run(explain) };

#[derive(Args)]
struct Explain {
    #[arg(id = "explained", value_name = "REASON")]
    reason: Option<Reason>,
}

fn explain(call: &mut Context<'_>) -> Result<ExitStatus, Error> {
    let Explain { reason } = call.args()?;
    let language = call.globals.language;
    let explained = |reason: Reason| {
        let part = |ending: &str| localize(language, &format!("explain-{reason}{ending}"), &vec![]);
        Done::new(
            Operation::Explain,
            ReplyBody::Explanation { reason, meaning: part(""), cause: part("-cause"), next: part("-next") },
        )
    };
    if let Some(reason) = reason {
        return call.finish(explained(reason));
    }
    for (count, reason) in Reason::ALL.iter().enumerate() {
        if count > 0 && !call.globals.is_machine_readable() {
            call.output.text("\n")?;
        }
        call.output.write_row(&explained(*reason))?;
    }
    call.output.flush()?;
    Ok(ExitStatus::Done)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::vocabulary::Language;

    #[test]
    fn every_reason_is_explained_in_both_languages() {
        for language in [Language::En, Language::Pt] {
            for reason in Reason::ALL {
                for ending in ["", "-cause", "-next"] {
                    let key = format!("explain-{reason}{ending}");
                    assert_ne!(localize(language, &key, &vec![]), key);
                }
            }
        }
    }
}
