//! Recovery of a lost password (000). Nothing about the account changes before a right code.

use super::passwords::Slow;
use super::register::{channel_usable, typed_channels, ways};
use super::{Flow, activate, codes, given, identity, no};
use crate::domain::holder::{Claim, Holder};
use crate::domain::words::{Channel, Notice, Purpose, State, Step};
use crate::reply::{Body, Hint, Reason};
use crate::request::{Activate, RecoverRequest};
use crate::store::{Unit, accounts, sessions};

/// Asks for a code: 000 steps 2-9.
pub fn request(unit: &Unit<'_>, asked: &RecoverRequest) -> Flow<Body> {
    let niss = *given(asked.niss.as_ref())?;
    let claim = Claim {
        name: asked.name.as_ref(),
        birth_date: asked.birth_date.as_ref(),
        civil_id: asked.civil_id.as_ref(),
        nif: asked.nif.as_ref(),
        responsible: asked.responsible.as_ref(),
    };
    let holder = identity::prove(unit, niss, &claim)?;
    let state = may_be_recovered(unit, &holder)?;
    if asked.until == Some(Step::Identity) {
        return Ok(Body::Reached { until: Step::Identity, usable: None });
    }
    let mut usable = typed_channels(unit, &holder, asked.email.as_ref(), asked.mobile.as_ref());
    usable.retain(|channel| *channel != Channel::Letter);
    if asked.until.is_some() {
        return ways(unit, &holder, Purpose::Recovery, &usable);
    }
    let channel = *given(asked.channel.as_ref())?;
    channel_usable(channel, &usable)?;
    codes::may_issue(unit, niss, Purpose::Recovery, channel)?;
    let sent = codes::issue(unit, &holder, Purpose::Recovery, channel, None)?;
    Ok(sent.told(state, channel))
}

fn may_be_recovered(unit: &Unit<'_>, holder: &Holder) -> Flow<State> {
    let (reason, hint) = match accounts::find(&unit.tx, holder.niss)?.map(|account| account.state) {
        Some(state @ (State::Requested | State::Active)) => return Ok(state),
        None if holder.channels().is_empty() => (Reason::NoAccount, "hint-call"),
        None => (Reason::NoAccount, "hint-register"),
        Some(State::Suspended) => (Reason::Suspended, "hint-call"),
        Some(State::Closed) => (Reason::Closed, "hint-call"),
    };
    Err(no(reason).hint(Hint::plain(hint)).into())
}

/// Sets the new password: 000 steps 10-15. Whoever had a session has none any more, and a lock of the login is lifted.
pub fn confirm(unit: &Unit<'_>, asked: &Activate, slow: &Slow) -> Flow<Body> {
    if asked.until.is_some() {
        return activate::prove_code(unit, asked, Purpose::Recovery);
    }
    let niss = activate::open_with(unit, asked, slow, Purpose::Recovery)?;
    sessions::end_all(unit, niss, None)?;
    activate::told(unit, niss, Notice::Recovered)
}
