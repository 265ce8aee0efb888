//! Alerts and the inbox (001 step 14, 004): decisions of the service, amounts due to a holder and payment dates.
//!
//! Each alert is stored in the inbox of the service, whatever the alert preference.
//! It is also sent by the preferred channel if that contact is registered and confirmed.

use super::account_admin::hint_to_reset;
use super::alert_preference::awaited_contact;
use super::notify;
use super::sessions::{self, Freshness};
use crate::domain::holder::Holder;
use crate::domain::next_step::NextStep;
use crate::domain::vocabulary::{AccountState, AlertKind};
use crate::flow::context::RequestContext;
use crate::flow::outcome::{FlowResult, refuse};
use crate::l10n::MessageArg;
use crate::reply::{Alert, CalendarEvent, InboxMessage, Reason, RefusalVariant, ReplyBody};
use crate::request::{CheckedAlertsSend, CheckedMessagesShow, MessagesList, RowId, RowLimit, SessionRequest};
use crate::store::accounts::Account;
use crate::store::outbox::alerts;
use crate::store::{accounts, registry};

/// Sends one alert for an operator. A refusal may name the state of the account.
pub fn send(unit: &RequestContext<'_>, asked: CheckedAlertsSend<'_>) -> FlowResult<ReplyBody> {
    let (account, holder) = check_recipient(unit, asked)?;
    let rendered = Alert {
        kind: *asked.kind,
        about: asked.about.clone(),
        decision: asked.decision,
        amount: asked.amount,
        paid_on: asked.paid_on,
    };
    let alert = alerts::add(unit, account.niss, &rendered)?;
    unit.note(|detail| detail.alert = Some(alert));
    let Some(channel) = account.alerts.channel() else {
        return Ok(ReplyBody::Alerted { alert, channel: None, destination: None });
    };
    if awaited_contact(unit, &holder, account.alerts)?.is_some() {
        return Ok(ReplyBody::Alerted { alert, channel: None, destination: None });
    }
    let to = notify::send_alert(unit, &holder, channel, &rendered)?;
    unit.note(|detail| detail.channel = Some(channel));
    Ok(ReplyBody::Alerted { alert, channel: Some(channel), destination: Some(to.masked()) })
}

fn check_recipient(unit: &RequestContext<'_>, asked: CheckedAlertsSend<'_>) -> FlowResult<(Account, Holder)> {
    let niss = *asked.niss;
    let Some(account) = accounts::find(&unit.tx, niss)? else {
        return Err(refuse(Reason::NoAccount)
            .variant(RefusalVariant::Operator)
            .hint(NextStep::ShowRecord(niss))
            .into());
    };
    let holder = registry::find_for_account(&unit.tx, niss)?;
    match account.state {
        AccountState::Active => Ok((account, holder)),
        AccountState::Requested => Err(refuse(Reason::NotActive).hint(NextStep::ShowAccount(niss)).into()),
        AccountState::Suspended => Err(refuse(Reason::Suspended).hint(NextStep::Resume(niss)).into()),
        AccountState::Closed => Err(refuse(Reason::Closed).hint(hint_to_reset(&account, &holder)).into()),
    }
}

/// Returns the inbox messages, oldest first. Listing does not mark them as read.
pub fn list(unit: &RequestContext<'_>, asked: &MessagesList) -> FlowResult<ReplyBody> {
    let inside = sessions::authenticate(unit, asked.session.as_ref(), Freshness::Any)?;
    let narrowed = alerts::AlertFilter {
        kind: asked.kind,
        since: asked.since.map(|since| since.start(unit.now)),
        before: asked.until.map(|until| until.end(unit.now)),
        unread: asked.unread,
        most: asked.limit.map(|RowLimit(most)| most),
    };
    Ok(ReplyBody::Inbox { inbox: alerts::list(unit, inside.account.niss, narrowed)? })
}

/// Returns the payments as events of a calendar, in the order of the inbox. They do not count as read.
pub fn calendar(unit: &RequestContext<'_>, asked: &SessionRequest) -> FlowResult<ReplyBody> {
    let niss = sessions::authenticate(unit, asked.session.as_ref(), Freshness::Any)?.account.niss;
    let payments = alerts::AlertFilter { kind: Some(AlertKind::Payment), ..alerts::AlertFilter::default() };
    let mut events = vec![];
    for InboxMessage { id, alert, created_at, .. } in alerts::list(unit, niss, payments)? {
        if let (Some(amount), Some(paid_on)) = (alert.amount, alert.paid_on) {
            let uid = alerts::uid(unit, niss, id)?;
            events.push(CalendarEvent { uid, paid_on, amount, about: alert.about, created_at });
        }
    }
    Ok(ReplyBody::Calendar { events, file: None })
}

/// Returns one message of the inbox and marks it as read.
///
/// The number of a message of another holder is refused like an unknown number.
pub fn show(unit: &RequestContext<'_>, asked: CheckedMessagesShow<'_>) -> FlowResult<ReplyBody> {
    let inside = sessions::authenticate(unit, asked.session.as_ref(), Freshness::Any)?;
    let RowId(number) = *asked.message;
    unit.note(|detail| detail.message = Some(number));
    match alerts::mark_read(unit, inside.account.niss, number)? {
        Some(line) => Ok(ReplyBody::InboxLine(line)),
        None => Err(refuse(Reason::NoMessage)
            .facts([("id", MessageArg::from(number.to_string()))])
            .hint(NextStep::ListMessages)
            .into()),
    }
}
