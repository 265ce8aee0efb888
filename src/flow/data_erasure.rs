//! The erasure of a person: every row that is about one goes, and the audit forgets whom its entries about that person are about.
//! What remains is that somebody was erased, by whom, when and why. Whoever comes later under the same NISS is somebody else.

use super::account_admin::note_reason;
use crate::domain::next_step::NextStep;
use crate::domain::validation_error::ValidationError;
use crate::error::Error;
use crate::flow::outcome::{FlowResult, refuse, required};
use crate::reply::{Reason, ReplyBody};
use crate::request::OperatorAction;
use crate::store::{UnitOfWork, erase_rows as rows, registry};

/// Erases one person, with or without an account.
pub fn erase(unit: &UnitOfWork<'_>, asked: &OperatorAction) -> FlowResult<ReplyBody> {
    let niss = note_reason(unit, asked)?;
    let reason = required(asked.reason.as_ref())?.as_str();
    let holder = registry::find(&unit.tx, niss)?;
    // The reason outlives the person: it must not say who it was.
    if reason.contains(&niss.to_string()) || holder.is_some_and(|holder| holder.is_identifiable_in(reason)) {
        return Err(Error::malformed("--reason", ValidationError::NamesHolder).into());
    }
    if !rows::erase(unit, niss)? {
        return Err(refuse(Reason::NotInRegistry).hint(NextStep::NothingStored).into());
    }
    unit.notes.forgets.set(true);
    Ok(ReplyBody::Nothing {})
}
