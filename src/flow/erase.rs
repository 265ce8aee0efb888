//! The erasure of a person: every row that is about one goes, and the audit forgets whom its entries about that person are about.
//! What remains is that somebody was erased, by whom, when and why. Whoever comes later under the same NISS is somebody else.

use super::operators::for_a_reason;
use super::{Flow, given, no};
use crate::domain::flaw::Flaw;
use crate::error::Error;
use crate::reply::{Body, Hint, Reason};
use crate::request::Operator;
use crate::store::{Unit, erase as rows, registry};

/// Erases one person, with or without an account.
pub fn erase(unit: &Unit<'_>, asked: &Operator) -> Flow<Body> {
    let niss = for_a_reason(unit, asked)?;
    let reason = given(asked.reason.as_ref())?.as_str();
    let holder = registry::find(&unit.tx, niss)?;
    // The reason outlives the person: it must not say who it was.
    if reason.contains(&niss.to_string()) || holder.is_some_and(|holder| holder.is_named_in(reason)) {
        return Err(Error::malformed("--reason", Flaw::NamesHolder).into());
    }
    if !rows::erase(unit, niss)? {
        return Err(no(Reason::NotInRegistry).hint(Hint::plain("hint-nothing-kept")).into());
    }
    unit.notes.forgets.set(true);
    Ok(Body::Nothing {})
}
