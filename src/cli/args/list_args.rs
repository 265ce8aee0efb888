//! What every list can be narrowed to.

use clap::Args;

use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::{Notice, Purpose};
use crate::flow::lists::ListFilter;
use crate::request::RowLimit;

/// The options of every list.
#[derive(Args)]
pub struct ListArgs {
    /// So many rows at most.
    #[arg(long, value_name = "N", value_parser = count)]
    limit: Option<i64>,
    /// Nothing from before.
    #[arg(long, value_name = "TIME")]
    since: Option<Timestamp>,
    /// Of one holder.
    #[arg(long, value_name = "NISS")]
    niss: Option<Niss>,
}

impl From<ListArgs> for ListFilter {
    fn from(narrowed: ListArgs) -> ListFilter {
        ListFilter { niss: narrowed.niss, since: narrowed.since, limit: narrowed.limit, ..ListFilter::default() }
    }
}

/// How many rows.
pub fn count(text: &str) -> Result<i64, ValidationError> {
    text.parse().map(|RowLimit(count)| count)
}

/// The purposes of messages: those of codes, then those of notices.
const PURPOSES: &str = "activation, recovery, contact_email, contact_mobile, login, cmd, activated, password_changed, \
    recovered, login_locked, code_blocked, phone_code_blocked, phone_code_set, phone_code_changed, suspended, resumed, reset, \
    closed, contact_changed, contact_removed, cmd_blocked, alert";

/// Reads the purpose of a message.
pub fn purpose(word: &str) -> Result<String, ValidationError> {
    let known = word.parse::<Purpose>().is_ok() || word.parse::<Notice>().is_ok();
    if known { Ok(word.to_owned()) } else { Err(ValidationError::UnknownWord(PURPOSES)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn purposes_are_those_of_codes_and_notices() {
        let words: Vec<&str> = Purpose::NAMES.iter().chain(Notice::NAMES).copied().collect();
        assert_eq!(words.join(", "), PURPOSES);
        assert!(words.iter().all(|word| purpose(word).is_ok()) && purpose("x").is_err());
    }
}
