//! The identity check (000 step 4, 001 steps 9-11, 002 step 7): all fields are compared, then one answer is given, the same
//! for an unknown NISS, a holder who has died and any wrong datum (63A 3.1.2.1). Which fields differed only operators read.

use crate::domain::holder::{Holder, IdentityClaim};
use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::vocabulary::LockoutScope;
use crate::flow::outcome::{FlowError, FlowResult, refuse};
use crate::reply::Reason;
use crate::store::failure_counts::{self, FailureCount};
use crate::store::{UnitOfWork, registry};

/// The holder, if the claim is right in every field; a mismatch is counted.
pub fn verify_identity(unit: &UnitOfWork<'_>, niss: Niss, claim: &IdentityClaim<'_>) -> FlowResult<Holder> {
    let mut count = check_not_blocked(unit, niss)?;
    let mismatch = match match_identity(unit, niss, claim) {
        Err(mismatch @ FlowError::Refused(_)) => mismatch,
        other => return other,
    };
    let policy = &unit.policy;
    count.recent.retain(|at| unit.now < *at + policy.identity_window);
    count.recent.push(unit.now);
    unit.notes.add_count(count.recent.len() as u32, policy.identity_failures);
    if count.recent.len() >= policy.identity_failures as usize {
        let until = unit.now + policy.identity_block;
        unit.notes.add_blocked_until(until);
        count.blocked_until = Some(until);
        count.recent.clear();
    }
    failure_counts::save(unit, niss, LockoutScope::Identity, &count)?;
    Err(mismatch)
}

/// Refuses while too many checks have failed.
pub fn check_not_blocked(unit: &UnitOfWork<'_>, niss: Niss) -> FlowResult<FailureCount> {
    let count = failure_counts::find(unit, niss, LockoutScope::Identity)?;
    match count.blocked_until(unit.now) {
        Some(until) => {
            unit.notes.add_blocked_until(until);
            Err(refuse(Reason::IdentityBlocked).until(until).hint(NextStep::WaitOrCall).into())
        }
        None => Ok(count),
    }
}

/// The holder, if the claim is right in every field; nothing is counted.
pub fn match_identity(unit: &UnitOfWork<'_>, niss: Niss, claim: &IdentityClaim<'_>) -> FlowResult<Holder> {
    let holder = registry::find(&unit.tx, niss)?;
    let differing = claim.mismatches(holder.as_ref());
    match holder {
        Some(holder) if differing.is_empty() => Ok(holder),
        _ => {
            unit.notes.add("differed", differing);
            Err(refuse(Reason::IdentityMismatch).hint(NextStep::CheckOrCall).into())
        }
    }
}
