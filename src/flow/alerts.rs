//! How the holder wants the alerts: by e-mail, by SMS, or not at all; citizens only (001 steps 13-14).

use super::sessions::{self, Login};
use super::{Flow, given, no};
use crate::domain::words::{AccountType, Channel};
use crate::reply::{Body, Hint, Reason};
use crate::request::AlertsSet;
use crate::store::Unit;
use crate::store::accounts::{self, Account};

/// Sets it; a channel without a registered contact can't carry alerts.
pub fn set(unit: &Unit<'_>, asked: &AlertsSet) -> Flow<Body> {
    let inside = sessions::enter(unit, asked.session.as_ref(), Login::Any)?;
    let alerts = *given(asked.alerts.as_ref())?;
    if inside.account.account_type != AccountType::Citizen {
        return Err(no(Reason::AccountTypeMismatch).variant("alerts").hint(Hint::plain("hint-call")).into());
    }
    let mut usable = inside.holder.channels();
    usable.retain(|channel| *channel != Channel::Letter);
    if alerts.channel().is_some_and(|wanted| !usable.contains(&wanted)) {
        let hint = Hint::plain("hint-update-contacts");
        return Err(match usable.is_empty() {
            true => no(Reason::NoChannel).variant("alerts").hint(hint).into(),
            false => no(Reason::ChannelUnavailable).variant("alerts").channels(usable).hint(hint).into(),
        });
    }
    accounts::save(unit, &Account { alerts, ..inside.account })?;
    Ok(Body::Alerts { alerts })
}
