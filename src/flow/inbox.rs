//! Alerts and the inbox (001 step 14, 004): what the service has decided, what is due to a holder and when it is paid. Each goes
//! into the service's own inbox, whatever the holder has chosen, and besides by the channel that was chosen, where its contact is
//! registered.

use super::operators::{back, of};
use super::sessions::{self, Login};
use super::{Flow, given, no, notify};
use crate::domain::holder::Holder;
use crate::domain::words::State;
use crate::error::Error;
use crate::reply::{Alert, Body, Hint, Reason};
use crate::request::{AlertsSend, Count, MessagesList, MessagesShow, Number};
use crate::store::accounts::Account;
use crate::store::{Unit, accounts, alerts, registry};
use crate::text::Fact;

/// Sends one alert, for an operator, who may know how an account stands.
pub fn send(unit: &Unit<'_>, asked: &AlertsSend) -> Flow<Body> {
    let (account, holder) = recipient(unit, asked)?;
    let told = Alert {
        kind: *given(asked.kind.as_ref())?,
        about: given(asked.about.as_ref())?.clone(),
        decision: asked.decision,
        amount: asked.amount,
        paid_on: asked.paid_on,
    };
    let alert = alerts::add(unit, account.niss, &told)?;
    unit.notes.add("alert", alert);
    let Some(channel) = account.alerts.channel() else {
        return Ok(Body::Alerted { alert, channel: None, destination: None });
    };
    // An import may have taken the contact away since it was chosen.
    let chosen = channel.contact().filter(|contact| holder.contact(*contact).is_none());
    if let Some(gone) = chosen {
        unit.notes.add("gone", gone.as_str());
        return Ok(Body::Alerted { alert, channel: None, destination: None });
    }
    let to = notify::alert(unit, &holder, channel, &told)?;
    unit.notes.add("channel", channel.as_str());
    Ok(Body::Alerted { alert, channel: Some(channel), destination: Some(to.masked()) })
}

fn recipient(unit: &Unit<'_>, asked: &AlertsSend) -> Flow<(Account, Holder)> {
    let niss = *given(asked.niss.as_ref())?;
    let Some(account) = accounts::find(&unit.tx, niss)? else {
        return Err(no(Reason::NoAccount).variant("operator").hint(of(niss, "hint-look-up")).into());
    };
    let holder =
        registry::find(&unit.tx, niss)?.ok_or_else(|| Error::StoreDamaged("an account without a record".to_owned()))?;
    match account.state {
        State::Active => Ok((account, holder)),
        State::Requested => Err(no(Reason::NotActive).hint(of(niss, "hint-look")).into()),
        State::Suspended => Err(no(Reason::Suspended).hint(of(niss, "hint-resume")).into()),
        State::Closed => Err(no(Reason::Closed).hint(back(&account, &holder)).into()),
    }
}

/// The messages of the inbox, oldest first. None of them counts as read by that.
pub fn list(unit: &Unit<'_>, asked: &MessagesList) -> Flow<Body> {
    let inside = sessions::enter(unit, asked.session.as_ref(), Login::Any)?;
    let narrowed = alerts::Narrowed {
        kind: asked.kind,
        since: asked.since,
        unread: asked.unread,
        most: asked.limit.map(|Count(most)| most),
    };
    Ok(Body::Inbox { inbox: alerts::list(unit, inside.account.niss, narrowed)? })
}

/// One message of the inbox, which counts as read from now on. Numbers are a holder's own: one that another has is none here.
pub fn show(unit: &Unit<'_>, asked: &MessagesShow) -> Flow<Body> {
    let inside = sessions::enter(unit, asked.session.as_ref(), Login::Any)?;
    let Number(number) = *given(asked.message.as_ref())?;
    unit.notes.add("message", number);
    match alerts::read(unit, inside.account.niss, number)? {
        Some(line) => Ok(Body::InboxLine(line)),
        None => Err(no(Reason::NoMessage)
            .facts([("id", Fact::from(number.to_string()))])
            .hint(Hint::plain("hint-messages-list"))
            .into()),
    }
}
