//! The timeline of an account, built from all stored records. The audit log has the requests and their outcomes; the
//! codes and the outbox have the messages they caused. States and lockouts follow from both. The consequences of a
//! request follow it directly, even if a sandbox's clock gave several requests the same second.

use std::collections::VecDeque;

use crate::domain::letter_sender::LetterSender;
use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::error::Error;
use crate::flow::context::RequestContext;
use crate::flow::lists::{self, ListFilter, RowSink};
use crate::flow::queries;
use crate::reply::{Account, Done, Event, Message, Reason, Refusal, Reply, ReplyBody};
use crate::request::Operation;
use crate::store::audit::list::{self as audit_list, AuditFilter};
use crate::store::{Store, UnitOfWork, data_export, outbox, registry};
use builder::TimelineBuilder;

mod builder;

/// The contents of a timeline page at one moment.
#[derive(Debug)]
pub struct AccountTimeline {
    /// The holder.
    pub niss: Niss,
    /// The holder's name. `None` without a registry record.
    pub name: Option<String>,
    /// The current account. `None` if there is none.
    pub account: Option<Account>,
    /// The time of reading.
    pub now: Timestamp,
    /// The events, oldest first.
    pub events: Vec<Event>,
    /// Every message to the holder, oldest first. Codes are shown in a sandbox and masked elsewhere.
    pub messages: Vec<Message>,
    /// The sender of letters.
    pub letter_sender: LetterSender,
    /// The number of the audit entry about this reading. `None` in a sandbox.
    pub request: Option<i64>,
}

/// Calls `each` with the events of a holder's account, oldest first. Refuses a NISS without records. Returns whether there
/// are more than the limit. Outside a sandbox the reading is audited, because the events show the messages' recipients.
///
/// # Errors
/// Returns the errors of `each`.
pub fn for_each_event(
    store: &Store,
    actor: &str,
    filter: &ListFilter,
    each: RowSink<'_>,
) -> Result<Result<bool, Reply>, Error> {
    const OP: Operation = Operation::AccountTimeline;
    let niss = named(filter)?;
    let request = match begin(store, actor, niss)? {
        Ok(request) => request,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let mut count = 0;
    let mut emit = |event| match filter.count {
        true => {
            count += 1;
            Ok(())
        }
        false => each(Done { niss: Some(niss), request, ..Done::new(OP, ReplyBody::Event(event)) }),
    };
    let has_more = store.read(|unit| narrowed(unit, filter, request, &messages(unit, niss)?, &mut emit))?;
    if filter.count {
        each(Done { niss: Some(niss), request, ..lists::number(OP, count) })?;
    }
    Ok(Ok(has_more))
}

/// Returns the events with the other contents of a timeline page.
pub fn build(store: &Store, actor: &str, filter: &ListFilter) -> Result<Result<AccountTimeline, Reply>, Error> {
    let niss = named(filter)?;
    let request = match begin(store, actor, niss)? {
        Ok(request) => request,
        Err(refusal) => return Ok(Err(refusal)),
    };
    store.read(|unit| {
        let (messages, mut events) = (messages(unit, niss)?, vec![]);
        narrowed(unit, filter, request, &messages, &mut |event| {
            events.push(event);
            Ok(())
        })?;
        let account = match queries::account(&RequestContext::new(unit), niss) {
            Ok(ReplyBody::Account(account)) => Some(account),
            _ => None,
        };
        let name = registry::find(&unit.tx, niss)?.map(|holder| holder.name.as_str().to_owned());
        let letter_sender = unit.policy.letter_sender.clone();
        Ok(Ok(AccountTimeline { niss, name, account, now: unit.now, events, messages, letter_sender, request }))
    })
}

fn named(filter: &ListFilter) -> Result<Niss, Error> {
    filter.niss.ok_or_else(|| Error::Bug("timeline filter has no NISS".to_owned()))
}

/// Checks that there are records about the holder, and audits the reading.
fn begin(store: &Store, actor: &str, niss: Niss) -> Result<Result<Option<i64>, Reply>, Error> {
    let is_stored = store.read(|unit| {
        let mut has_entry = false;
        audit_list::entries(&unit.tx, &AuditFilter::of_holder(niss), Some(1), |_| {
            has_entry = true;
            Ok(())
        })?;
        Ok(has_entry
            || registry::find(&unit.tx, niss)?.is_some()
            || !data_export::rows(&unit.tx, data_export::GUARDS, niss)?.is_empty())
    })?;
    if is_stored {
        return store.audit_disclosure(actor, Operation::AccountTimeline, Some(niss)).map(Ok);
    }
    let hint = Some(NextStep::NothingStored);
    let refusal = Refusal { niss: Some(niss), hint, ..Refusal::new(Operation::AccountTimeline, Reason::NotInRegistry) };
    Ok(Err(Reply::Refused(refusal)))
}

fn messages(unit: &UnitOfWork<'_>, niss: Niss) -> Result<Vec<Message>, Error> {
    if !unit.sandbox {
        return outbox::masked(unit, niss);
    }
    let (all, mut messages) = (outbox::MessageFilter { niss: Some(niss), ..outbox::MessageFilter::default() }, vec![]);
    outbox::list(unit, &all, |message| {
        messages.push(message);
        Ok(())
    })?;
    Ok(messages)
}

/// Emits the events of a period, or the newest ones. Earlier events are processed too, because states and lockouts
/// follow from them. Returns whether there are more than the limit.
fn narrowed(
    unit: &UnitOfWork<'_>,
    filter: &ListFilter,
    request: Option<i64>,
    messages: &[Message],
    each: &mut dyn FnMut(Event) -> Result<(), Error>,
) -> Result<bool, Error> {
    let niss = named(filter)?;
    let most = filter.limit.map(|limit| usize::try_from(limit).unwrap_or(usize::MAX));
    let (mut newest, mut has_more) = (VecDeque::new(), false);
    let mut emit = |event: Event| match most {
        _ if filter.since.is_some_and(|since| event.at < since) => Ok(()),
        _ if filter.before.is_some_and(|before| event.at >= before) => Ok(()),
        None => each(event),
        Some(most) => {
            if newest.len() == most {
                newest.pop_front();
                has_more = true;
            }
            newest.push_back(event);
            Ok(())
        }
    };
    let mut timeline = TimelineBuilder::new(unit, niss, messages, &mut emit)?;
    audit_list::entries(&unit.tx, &AuditFilter::of_holder(niss), None, |entry| match request {
        Some(own) if own == entry.id => Ok(()),
        _ => timeline.add_entry(&entry),
    })?;
    timeline.finish()?;
    newest.into_iter().try_for_each(each)?;
    Ok(has_more)
}
