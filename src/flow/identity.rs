//! The identity check (000 step 4, 001 steps 9-11, 002 step 7). All fields are compared before the answer.
//!
//! The answer is the same for an unknown NISS, a deceased holder and any wrong field (63A 3.1.2.1).
//! Only operators can read which fields differed.

use super::lockout;
use crate::domain::holder::{Holder, IdentityClaim};
use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::vocabulary::LockoutScope;
use crate::flow::context::RequestContext;
use crate::flow::outcome::{FlowError, FlowResult, refuse};
use crate::reply::Reason;
use crate::store::registry;

/// Returns the holder if every field of the claim is right. A mismatch counts as an attempt.
pub fn verify_identity(unit: &RequestContext<'_>, niss: Niss, claim: &IdentityClaim<'_>) -> FlowResult<Holder> {
    let attempt = lockout::check(unit, niss, LockoutScope::Identity)?;
    let holder = match_identity(unit, niss, claim);
    if let Err(FlowError::Refused(_)) = &holder {
        attempt.record_failure(unit)?;
    }
    holder
}

/// Returns the holder if every field of the claim is right. A mismatch is not counted.
pub fn match_identity(unit: &RequestContext<'_>, niss: Niss, claim: &IdentityClaim<'_>) -> FlowResult<Holder> {
    let holder = registry::find(&unit.tx, niss)?;
    let differing = claim.mismatches(holder.as_ref(), unit.policy.identity_name);
    match holder {
        Some(holder) if differing.is_empty() => Ok(holder),
        _ => {
            unit.note(|detail| detail.differed = Some(differing.into_iter().map(str::to_owned).collect()));
            Err(refuse(Reason::IdentityMismatch).hint(NextStep::CheckOrCall).into())
        }
    }
}
