//! `ssd outbox`: the messages, and the newest code alone for `$(...)`.

use clap::{Args, FromArgMatches};

use super::lists::Narrowed;
use crate::cli::call::Call;
use crate::cli::table::{Group, Leaf, Run};
use crate::domain::flaw::Flaw;
use crate::domain::words::{Channel, Notice, Purpose};
use crate::error::{Error, Exit};
use crate::flow::lists::{self, Filter};
use crate::request::{OutboxCode, OutboxShow, Request};

const LEAVES: &[Leaf] = &[
    Leaf { path: "outbox list", args: List::augment_args, run: Run::Do(list) },
    Leaf {
        path: "outbox show",
        args: OutboxShow::augment_args,
        run: Run::Ask(|matches| OutboxShow::from_arg_matches(matches).map(Request::OutboxShow)),
    },
    Leaf {
        path: "outbox code",
        args: OutboxCode::augment_args,
        run: Run::Ask(|matches| OutboxCode::from_arg_matches(matches).map(Request::OutboxCode)),
    },
];

/// `ssd outbox`.
pub const GROUP: Group = Group { name: "outbox", leaves: LEAVES };

#[derive(Args)]
struct List {
    #[command(flatten)]
    narrowed: Narrowed,
    #[arg(long, value_name = "CHANNEL")]
    channel: Option<Channel>,
    #[arg(long, value_name = "PURPOSE", value_parser = purpose)]
    purpose: Option<String>,
}

/// What a message can be for: to carry a code of a purpose, or to tell something.
const PURPOSES: &str = "activation, recovery, contact_email, contact_mobile, activated, password_changed, recovered, \
    login_locked, code_blocked, phone_code_blocked, phone_code_set, phone_code_changed, suspended, resumed, reset, closed, \
    contact_changed, contact_removed";

fn purpose(word: &str) -> Result<String, Flaw> {
    let known = word.parse::<Purpose>().is_ok() || word.parse::<Notice>().is_ok();
    if known { Ok(word.to_owned()) } else { Err(Flaw::Word(PURPOSES)) }
}

fn list(call: &mut Call<'_>) -> Result<Exit, Error> {
    let List { narrowed, channel, purpose } = call.args()?;
    let filter = Filter { channel, purpose, ..narrowed.into() };
    let store = call.open()?;
    lists::outbox(&store, &call.settings.operator, &filter, &mut |row| call.output.row(&row))?;
    call.output.flush()?;
    Ok(Exit::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_purposes_are_those_of_the_house() {
        let words: Vec<&str> = Purpose::WORDS.iter().chain(Notice::WORDS).copied().collect();
        assert_eq!(words.join(", "), PURPOSES);
        assert!(words.iter().all(|word| purpose(word).is_ok()) && purpose("x").is_err());
    }
}
