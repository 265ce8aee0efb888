//! The alert preference: e-mail, SMS or none. Only citizens have one (001 steps 13-14).

use super::effects;
use super::sessions::{self, Freshness};
use crate::domain::next_step::NextStep;
use crate::domain::vocabulary::{AccountType, Channel};
use crate::flow::context::RequestContext;
use crate::flow::outcome::{FlowResult, refuse};
use crate::reply::{Reason, RefusalVariant, ReplyBody};
use crate::request::CheckedAlertsSet;

/// Sets the alert preference. A channel without a registered contact is refused.
pub fn set(unit: &RequestContext<'_>, asked: CheckedAlertsSet<'_>) -> FlowResult<ReplyBody> {
    let inside = sessions::authenticate(unit, asked.session.as_ref(), Freshness::Any)?;
    let alerts = *asked.alerts;
    if inside.account.account_type != AccountType::Citizen {
        // The inbox has the alerts of companies too.
        let hint = NextStep::ListMessages;
        return Err(refuse(Reason::AccountTypeMismatch).variant(RefusalVariant::Alerts).hint(hint).into());
    }
    let mut usable = inside.holder.channels();
    usable.retain(|channel| *channel != Channel::Letter);
    if alerts.channel().is_some_and(|wanted| !usable.contains(&wanted)) {
        let hint = NextStep::UpdateContacts;
        return Err(match usable.is_empty() {
            true => refuse(Reason::NoChannel).variant(RefusalVariant::Alerts).hint(hint).into(),
            false => {
                refuse(Reason::ChannelUnavailable).variant(RefusalVariant::Alerts).channels(usable).hint(hint).into()
            }
        });
    }
    effects::change_account(unit, inside.account, |account| account.alerts = alerts)?;
    Ok(ReplyBody::Alerts { alerts })
}
