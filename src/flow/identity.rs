//! The identity check (000 step 4, 001 steps 9-11, 002 step 7): all fields are compared, then one answer is given, the same
//! for an unknown NISS, a holder who has died and any wrong datum (63A 3.1.2.1). Which fields differed only operators read.

use super::{Flow, no};
use crate::domain::holder::{Claim, Holder};
use crate::domain::niss::Niss;
use crate::domain::words::Guard;
use crate::reply::{Hint, Reason};
use crate::store::guards::{self, Count};
use crate::store::{Unit, registry};

/// The holder, if the claim is right in every field; a mismatch is counted.
pub fn prove(unit: &Unit<'_>, niss: Niss, claim: &Claim<'_>) -> Flow<Holder> {
    let mut count = not_blocked(unit, niss)?;
    let mismatch = match compare(unit, niss, claim) {
        Err(mismatch @ super::Stop::Refused(_)) => mismatch,
        other => return other,
    };
    let policy = &unit.policy;
    count.recent.retain(|at| unit.now < *at + policy.identity_window);
    count.recent.push(unit.now);
    unit.notes.counted(count.recent.len() as u32, policy.identity_failures);
    if count.recent.len() >= policy.identity_failures as usize {
        let until = unit.now + policy.identity_block;
        unit.notes.until(until);
        count.blocked_until = Some(until);
        count.recent.clear();
    }
    guards::save(unit, niss, Guard::Identity, &count)?;
    Err(mismatch)
}

/// Refuses while too many checks have failed.
pub fn not_blocked(unit: &Unit<'_>, niss: Niss) -> Flow<Count> {
    let count = guards::find(unit, niss, Guard::Identity)?;
    match count.block(unit.now) {
        Some(until) => {
            unit.notes.until(until);
            Err(no(Reason::IdentityBlocked).until(until).hint(Hint::plain("hint-wait-or-call")).into())
        }
        None => Ok(count),
    }
}

/// The holder, if the claim is right in every field; nothing is counted.
pub fn compare(unit: &Unit<'_>, niss: Niss, claim: &Claim<'_>) -> Flow<Holder> {
    let holder = registry::find(&unit.tx, niss)?;
    let differing = claim.differing(holder.as_ref());
    match holder {
        Some(holder) if differing.is_empty() => Ok(holder),
        _ => {
            unit.notes.add("differed", differing);
            Err(no(Reason::IdentityMismatch).hint(Hint::plain("hint-check-or-call")).into())
        }
    }
}
