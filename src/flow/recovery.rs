//! Recovery of a lost password (000). The account does not change before a right code.

use super::channels::{channel_options, check_channel, typed_channels};
use super::password_work::PasswordWork;
use super::{activation, code_limits, codes, effects, identity};
use crate::domain::holder::{Holder, IdentityClaim};
use crate::domain::next_step::NextStep;
use crate::domain::vocabulary::{AccountState, Channel, CheckStep, Notice, Purpose};
use crate::flow::context::RequestContext;
use crate::flow::outcome::{FlowResult, refuse};
use crate::reply::{Reason, ReplyBody};
use crate::request::CheckedSetPassword;
use crate::request::checked::{CheckedRecoverRequest, CodeRequestEnd};
use crate::store::accounts;

/// Requests a recovery code (000 steps 2-9). By the portal's identity check, it goes to a registered contact.
pub fn request(unit: &RequestContext<'_>, asked: CheckedRecoverRequest<'_>) -> FlowResult<ReplyBody> {
    let CheckedRecoverRequest { niss, end, .. } = asked;
    let claim = IdentityClaim {
        name: asked.name.as_ref(),
        birth_date: asked.birth_date.as_ref(),
        civil_id: asked.civil_id.as_ref(),
        nif: asked.nif.as_ref(),
        responsible: asked.responsible.as_ref(),
    };
    let holder = identity::verify_identity(unit, niss, &claim)?;
    let state = check_can_recover(unit, &holder)?;
    if end == CodeRequestEnd::Check(CheckStep::Identity) {
        return Ok(ReplyBody::StepPassed { until: CheckStep::Identity, usable: None });
    }
    let mut usable = match asked.is_portal() {
        true => holder.channels(),
        false => typed_channels(unit, &holder, asked.email.as_ref(), asked.mobile.as_ref()),
    };
    usable.retain(|channel| *channel != Channel::Letter);
    let CodeRequestEnd::Send(channel) = end else {
        return channel_options(unit, &holder, Purpose::Recovery, &usable);
    };
    check_channel(channel, &usable)?;
    code_limits::check_resend(unit, niss, Purpose::Recovery, channel)?;
    let sent = codes::issue(unit, &holder, Purpose::Recovery, channel, None)?;
    Ok(sent.into_body(state, channel))
}

fn check_can_recover(unit: &RequestContext<'_>, holder: &Holder) -> FlowResult<AccountState> {
    let (reason, hint) = match accounts::find(&unit.tx, holder.niss)?.map(|account| account.state) {
        Some(state @ (AccountState::Requested | AccountState::Active)) => return Ok(state),
        None if holder.channels().is_empty() => (Reason::NoAccount, NextStep::Call),
        None => (Reason::NoAccount, NextStep::Register),
        Some(AccountState::Suspended) => (Reason::Suspended, NextStep::Call),
        Some(AccountState::Closed) => (Reason::Closed, NextStep::Call),
    };
    Err(refuse(reason).hint(hint).into())
}

/// Sets the new password (000 steps 10-15). All sessions end, and so does a lockout of the login.
pub fn confirm(unit: &RequestContext<'_>, asked: CheckedSetPassword<'_>, slow: &PasswordWork) -> FlowResult<ReplyBody> {
    if asked.until.is_some() {
        return activation::prove_code(unit, asked, Purpose::Recovery);
    }
    let niss = activation::set_password_with_code(unit, asked, slow, Purpose::Recovery)?;
    effects::end_sessions(unit, niss, None)?;
    activation::notify_and_reply(unit, niss, Notice::Recovered)
}
