//! The enrolment of a holder who must log in with a code and has no confirmed contact.
//!
//! Password and classic identity are proved, and a code goes to a registered contact or by letter. With it, a login opens a session in
//! which a contact is confirmed. A thief with the password could do the same, so the identity check counts as everywhere, and all
//! registered contacts are notified.

use super::channels::check_channel;
use super::confirmed_contacts::usable_channels;
use super::password_work::PasswordWork;
use super::{code_limits, codes, identity, login, notify};
use crate::domain::holder::IdentityClaim;
use crate::domain::next_step::NextStep;
use crate::domain::vocabulary::{AccountState, Notice, Purpose};
use crate::flow::context::RequestContext;
use crate::flow::outcome::{FlowResult, refuse};
use crate::reply::{Reason, ReplyBody};
use crate::request::CheckedSecondFactorEnrol;
use crate::store::registry;

/// Sends a code to a holder without a confirmed contact, after password and identity check. With it, a login opens a session in which
/// a contact is confirmed.
pub fn enrol(
    unit: &RequestContext<'_>,
    asked: CheckedSecondFactorEnrol<'_>,
    slow: &PasswordWork,
) -> FlowResult<ReplyBody> {
    let niss = *asked.niss;
    let account = login::prove_password(unit, niss, slow)?;
    let holder = registry::find_for_account(&unit.tx, niss)?;
    let registered = holder.channels();
    let mode = unit.policy.second_factor_for(account.account_type);
    if !mode.is_for_all() || !usable_channels(unit, &account, &registered)?.is_empty() {
        return Err(refuse(Reason::EnrolmentNotRequired).hint(NextStep::LogIn(niss)).into());
    }
    let claim = IdentityClaim {
        name: Some(asked.name),
        birth_date: asked.birth_date.as_ref(),
        civil_id: asked.civil_id.as_ref(),
        nif: Some(asked.nif),
        responsible: asked.responsible.as_ref(),
    };
    identity::verify_identity(unit, niss, &claim)?;
    let Some(preferred) = registered.first().copied() else {
        return Err(refuse(Reason::NoChannel).hint(NextStep::ImportRecord).into());
    };
    let channel = asked.channel.unwrap_or(preferred);
    check_channel(channel, &registered)?;
    code_limits::check_resend(unit, niss, Purpose::Login, channel)?;
    let sent = codes::issue_to_enrol(unit, &holder, channel)?;
    unit.note(|detail| detail.sent = Some(channel));
    notify::send_notice(unit, &holder, Notice::SecondFactorEnrolment)?;
    Ok(sent.into_body(AccountState::Active, channel))
}
