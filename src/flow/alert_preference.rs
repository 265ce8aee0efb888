//! The alert preference: e-mail, SMS or none. Only citizens have one (001 steps 13-14).

use super::sessions::{self, Freshness};
use super::{effects, next_steps};
use crate::domain::holder::Holder;
use crate::domain::next_step::NextStep;
use crate::domain::vocabulary::{AccountType, AlertPreference, ContactKind};
use crate::error::Error;
use crate::flow::context::RequestContext;
use crate::flow::outcome::{FlowResult, refuse};
use crate::reply::{Reason, RefusalVariant, ReplyBody};
use crate::request::CheckedAlertsSet;
use crate::store::{UnitOfWork, contacts};

/// Sets the alert preference. Until the contact of its channel is confirmed, alerts are in the inbox only.
pub fn set(unit: &RequestContext<'_>, asked: CheckedAlertsSet<'_>) -> FlowResult<ReplyBody> {
    let inside = sessions::authenticate(unit, asked.session.as_ref(), Freshness::Any)?;
    let alerts = *asked.alerts;
    if inside.account.account_type != AccountType::Citizen {
        // The inbox has the alerts of companies too.
        let hint = NextStep::ListMessages;
        return Err(refuse(Reason::AccountTypeMismatch).variant(RefusalVariant::Alerts).hint(hint).into());
    }
    let alerts_waiting_for = awaited_contact(unit, &inside.holder, alerts)?;
    effects::change_account(unit, inside.account, |account| account.alerts = alerts)?;
    Ok(ReplyBody::Alerts { alerts, alerts_waiting_for })
}

/// Returns the kind of contact that must be registered and confirmed before alerts are sent to it. A proposed contact must be confirmed
/// first too: the registered one may not be the holder's any more.
pub fn awaited_contact(
    unit: &UnitOfWork<'_>,
    holder: &Holder,
    alerts: AlertPreference,
) -> Result<Option<ContactKind>, Error> {
    let Some(kind) = alerts.channel().and_then(|channel| channel.contact()) else { return Ok(None) };
    let contact_record = contacts::find(unit, holder.niss, kind)?;
    let awaits = next_steps::contact_awaiting_proof(holder, kind, &contact_record).is_some();
    Ok((awaits || holder.contact(kind).is_none()).then_some(kind))
}
