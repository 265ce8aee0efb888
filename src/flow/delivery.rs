//! Delivery results of messages: a letter that the post returned, an e-mail or SMS that failed.
//!
//! The holder never received the code in such a message. It is invalidated, and it does not count towards the resend
//! limits ([`super::code_limits`]), so that the holder can request another one at once.

use super::effects;
use crate::domain::holder::Holder;
use crate::domain::message_purpose::MessagePurpose;
use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::vocabulary::{Channel, CodeStatus, MessageStatus, Purpose};
use crate::error::Error;
use crate::flow::context::RequestContext;
use crate::flow::next_steps;
use crate::flow::outcome::{FlowResult, refuse};
use crate::l10n::MessageArg;
use crate::reply::{Reason, RefusalVariant, ReplyBody, UndeliveredMessage};
use crate::request::{CheckedOutboxFailed, OutboxReturned, RowId};
use crate::store::outbox::delivery::{self, SentMessage};
use crate::store::{UnitOfWork, codes, contacts, registry};

/// Records that the post returned a letter.
pub fn returned(unit: &RequestContext<'_>, asked: &OutboxReturned) -> FlowResult<ReplyBody> {
    unit.record(|record| record.remark = asked.reason.as_ref().map(|reason| reason.as_str().to_owned()));
    let named = NamedMessage { id: asked.message, niss: asked.niss, purpose: asked.purpose, channel: None };
    record(unit, &named, MessageStatus::Returned)
}

/// Records that an e-mail or SMS was not delivered.
pub fn failed(unit: &RequestContext<'_>, asked: CheckedOutboxFailed<'_>) -> FlowResult<ReplyBody> {
    let named = NamedMessage { id: asked.message, niss: asked.niss, purpose: asked.purpose, channel: asked.channel };
    record(unit, &named, MessageStatus::Failed)
}

/// The message of a request: by its number, or the newest one to a holder.
struct NamedMessage {
    id: Option<RowId>,
    niss: Option<Niss>,
    purpose: Option<MessagePurpose>,
    channel: Option<Channel>,
}

fn record(unit: &RequestContext<'_>, named: &NamedMessage, status: MessageStatus) -> FlowResult<ReplyBody> {
    let message = find(unit, named, status)?;
    unit.record(|record| record.niss = Some(message.niss));
    unit.note(|detail| detail.message = Some(message.id));
    check(&message, status)?;
    effects::save_delivery(unit, message.id, status)?;
    let code_invalidated = invalidate_code(unit, &message)?;
    let delivered = SentMessage { status, status_at: Some(unit.now), ..message };
    let Some(undelivered) = describe(unit, &delivered, Some(code_invalidated))? else {
        return Err(Error::Bug("a delivery result without a time".to_owned()).into());
    };
    Ok(ReplyBody::Undelivered(undelivered))
}

/// Returns the message of a request.
fn find(unit: &RequestContext<'_>, named: &NamedMessage, status: MessageStatus) -> FlowResult<SentMessage> {
    let found = match (named.id, named.niss) {
        // A NISS beside the number protects against a wrong number.
        (Some(RowId(id)), niss) => {
            delivery::find(unit, id)?.filter(|message| niss.is_none_or(|niss| niss == message.niss))
        }
        (None, Some(niss)) => {
            delivery::newest(unit, niss, status == MessageStatus::Returned, named.purpose, named.channel)?
        }
        (None, None) => None,
    };
    let missing = || {
        let refusal = refuse(Reason::NoMessage).hint(NextStep::ListOutbox);
        match named.id {
            Some(RowId(id)) => refusal.facts([("id", MessageArg::Number(id))]),
            None => refusal.variant(RefusalVariant::Sent),
        }
    };
    found.ok_or_else(|| missing().into())
}

/// Refuses a result that the message cannot have.
fn check(message: &SentMessage, status: MessageStatus) -> FlowResult<()> {
    let id = [("id", MessageArg::Number(message.id))];
    match (message.channel, status) {
        (Channel::Letter, MessageStatus::Failed) => {
            let hint = NextStep::RecordReturned(message.id);
            return Err(refuse(Reason::ChannelMismatch).variant(RefusalVariant::Letter).facts(id).hint(hint).into());
        }
        (Channel::Email | Channel::Sms, MessageStatus::Returned) => {
            return Err(refuse(Reason::ChannelMismatch).facts(id).hint(NextStep::RecordFailed(message.id)).into());
        }
        (Channel::Letter | Channel::Email | Channel::Sms, _) => {}
    }
    match message.status {
        MessageStatus::Dispatched | MessageStatus::Lost => Ok(()),
        MessageStatus::Pending if message.channel == Channel::Letter => {
            Err(refuse(Reason::NotDispatched).facts(id).hint(NextStep::PrintLetters).into())
        }
        MessageStatus::Pending => Err(refuse(Reason::NotDispatched).facts(id).hint(NextStep::ListOutbox).into()),
        MessageStatus::Returned | MessageStatus::Failed => {
            let at = message.status_at.map(|at| ("at", MessageArg::Time(at)));
            let hint = NextStep::ShowAccount(message.niss);
            Err(refuse(Reason::DeliveryRecorded).facts(id.into_iter().chain(at)).hint(hint).into())
        }
    }
}

/// Supersedes the code in a message if it is still open. Returns whether it was.
fn invalidate_code(unit: &RequestContext<'_>, message: &SentMessage) -> Result<bool, Error> {
    let Some((purpose, code)) = message.purpose.code().zip(message.code) else { return Ok(false) };
    let newest = codes::newest(unit, message.niss, purpose)?;
    let is_open = newest.is_some_and(|newest| newest.id == code && newest.standing == CodeStatus::Open);
    if is_open {
        effects::supersede_code(unit, message.niss, purpose)?;
    }
    Ok(is_open)
}

/// Returns the newest message by each channel that did not reach a contact or address of the holder. An import or the
/// holder may have replaced the contact since: then the message is left out.
pub fn undelivered(unit: &UnitOfWork<'_>, niss: Niss) -> Result<Vec<UndeliveredMessage>, Error> {
    let unresolved = delivery::unresolved(unit, niss)?;
    if unresolved.is_empty() {
        return Ok(vec![]);
    }
    let Some(holder) = registry::find(&unit.tx, niss)? else { return Ok(vec![]) };
    let mut newest: Vec<UndeliveredMessage> = vec![];
    for message in &unresolved {
        let is_known = newest.iter().any(|newer| newer.channel == message.channel);
        if !is_known && is_current(unit, &holder, message)? {
            newest.extend(describe(unit, message, None)?);
        }
    }
    Ok(newest)
}

/// Returns whether a message went to a current contact or address of the holder.
fn is_current(unit: &UnitOfWork<'_>, holder: &Holder, message: &SentMessage) -> Result<bool, Error> {
    let Some(kind) = message.channel.contact() else {
        return Ok(holder.address_block().as_ref() == Some(&message.recipient));
    };
    let proposed = || contacts::find(unit, holder.niss, kind).map(|contact| contact.proposed);
    Ok(holder.contact(kind).as_ref() == Some(&message.recipient) || proposed()?.as_ref() == Some(&message.recipient))
}

/// Adds to a message what can be done. `None` without a delivery result.
fn describe(
    unit: &UnitOfWork<'_>,
    message: &SentMessage,
    code_invalidated: Option<bool>,
) -> Result<Option<UndeliveredMessage>, Error> {
    let Some(status_at) = message.status_at else { return Ok(None) };
    let SentMessage { id, channel, purpose, status, .. } = *message;
    let code = purpose.code();
    let next = code.map(|purpose| next_steps::command_for_another_code(unit, message.niss, purpose)).transpose()?;
    let channels = registry::find(&unit.tx, message.niss)?.map(|holder| holder.channels()).unwrap_or_default();
    let other_channels = channels.into_iter().filter(|other| *other != channel && is_for_code(code, *other)).collect();
    let next = next.flatten();
    Ok(Some(UndeliveredMessage { id, channel, purpose, status, status_at, code_invalidated, other_channels, next }))
}

/// Returns whether the holder can choose a channel for a code of this purpose.
fn is_for_code(purpose: Option<Purpose>, channel: Channel) -> bool {
    match purpose {
        None | Some(Purpose::Activation | Purpose::Login) => true,
        Some(Purpose::Recovery) => channel != Channel::Letter,
        // The code proves this contact, or the provider chooses the channel.
        Some(Purpose::ContactEmail | Purpose::ContactMobile | Purpose::Cmd) => false,
    }
}
