//! The erasure of a person: every row about the person is deleted, and audit entries lose the link to the person.
//!
//! The audit log still shows that an erasure took place, with its actor, time and reason.
//! A later registry record with the same NISS is a different person.

use super::account_admin::note_reason;
use crate::domain::next_step::NextStep;
use crate::domain::validation_error::ValidationError;
use crate::error::Error;
use crate::flow::context::RequestContext;
use crate::flow::outcome::{FlowResult, refuse};
use crate::reply::{Reason, ReplyBody};
use crate::request::{CheckedOperatorAction, Field};
use crate::store::{erase_rows as rows, registry};

/// Erases one person, with or without an account.
pub fn erase(unit: &RequestContext<'_>, asked: CheckedOperatorAction<'_>) -> FlowResult<ReplyBody> {
    let niss = note_reason(unit, asked);
    let reason = asked.reason.as_str();
    let holder = registry::find(&unit.tx, niss)?;
    // The reason remains in the audit log after the erasure, so it must not identify the person.
    if reason.contains(&niss.to_string()) || holder.is_some_and(|holder| holder.is_identifiable_in(reason)) {
        return Err(Error::malformed(Field::Reason, ValidationError::NamesHolder).into());
    }
    if !rows::erase(unit, niss)? {
        return Err(refuse(Reason::NotInRegistry).hint(NextStep::NothingStored).into());
    }
    unit.record(|record| record.unlinks_holder = true);
    Ok(ReplyBody::Nothing {})
}
