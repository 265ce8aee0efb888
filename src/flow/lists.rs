//! Lists: rows that are handed on one by one, so that a list of any length takes the memory of one row.

use crate::domain::niss::Niss;
use crate::domain::policy::{BoundsProfile, Policy, SETTINGS, Setting};
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{AccountState, Channel};
use crate::error::Error;
use crate::reply::{Done, ReplyBody};
use crate::request::Operation;
use crate::store::{Store, accounts, audit, outbox};

/// What a list is narrowed to. `limit` keeps the newest rows (accounts: the first), in the list's order all the same.
#[derive(Debug, Clone, Default)]
pub struct ListFilter {
    /// Of one holder.
    pub niss: Option<Niss>,
    /// Not before this time.
    pub since: Option<Timestamp>,
    /// So many at most.
    pub limit: Option<i64>,
    /// Accounts in this state.
    pub state: Option<AccountState>,
    /// Messages by this channel.
    pub channel: Option<Channel>,
    /// Messages of this purpose: a `Purpose` or a `Notice`.
    pub purpose: Option<String>,
    /// Letters that are not printed yet.
    pub pending: bool,
}

/// Takes one row.
pub type RowSink<'a> = &'a mut dyn FnMut(Done) -> Result<(), Error>;

/// The messages, oldest first. They are read with their bodies, so outside a sandbox the audit is told.
///
/// # Errors
/// Those of the store and of `each`.
pub fn outbox(store: &Store, actor: &str, filter: &ListFilter, each: RowSink<'_>) -> Result<(), Error> {
    let request = match store.seed()? {
        Some(_) => None,
        None => Some(store.write(actor, |unit| audit::add(unit, Operation::OutboxList, filter.niss, None, None))?),
    };
    let narrowed = outbox::MessageFilter {
        niss: filter.niss,
        since: filter.since,
        channel: filter.channel,
        purpose: filter.purpose.as_deref(),
        most: filter.limit,
        pending: filter.pending,
    };
    store.read(|unit| {
        outbox::list(unit, &narrowed, |message| {
            each(Done { request, ..Done::new(Operation::OutboxList, ReplyBody::Message(message)) })
        })
    })
}

/// Notes that what is kept of a holder was handed on: outside a sandbox the audit is told, and gives the entry's number.
///
/// # Errors
/// Those of the store.
pub fn audit_disclosure(store: &Store, actor: &str, op: Operation, niss: Niss) -> Result<Option<i64>, Error> {
    match store.seed()? {
        Some(_) => Ok(None),
        None => store.write(actor, |unit| audit::add(unit, op, Some(niss), None, None)).map(Some),
    }
}

/// The accounts, by NISS.
///
/// # Errors
/// Those of the store and of `each`.
pub fn accounts(store: &Store, filter: &ListFilter, each: RowSink<'_>) -> Result<(), Error> {
    let narrowed = (filter.niss, filter.state, filter.since, filter.limit);
    accounts::list(store.connection(), narrowed, |account| {
        each(Done::new(
            Operation::AccountList,
            ReplyBody::AccountLine {
                niss: account.niss,
                state: account.state,
                account_type: account.account_type,
                created_at: account.created_at,
                activated_at: account.activated_at,
            },
        ))
    })
}

/// The audit, oldest first.
///
/// # Errors
/// Those of the store and of `each`.
pub fn audit(store: &Store, filter: &ListFilter, each: RowSink<'_>) -> Result<(), Error> {
    audit::list(store.connection(), filter.niss, filter.since, filter.limit, |line| {
        each(Done::new(Operation::AuditList, ReplyBody::Audit(line)))
    })
}

/// The settings, in the table's order.
///
/// # Errors
/// Those of the store and of `each`.
pub fn policy(store: &Store, each: RowSink<'_>) -> Result<(), Error> {
    let (policy, bounds) = store.read(|unit| Ok((unit.policy.clone(), unit.bounds())))?;
    SETTINGS.iter().try_for_each(|one| each(Done::new(Operation::PolicyShow, setting(one, &policy, bounds))))
}

/// One setting, as a reply shows it.
pub fn setting(setting: &Setting, policy: &Policy, bounds: BoundsProfile) -> ReplyBody {
    let (least, most) = setting.bounds(bounds);
    ReplyBody::Setting {
        key: setting.key,
        value: setting.value(policy),
        default: setting.value(&Policy::default()),
        least,
        most,
    }
}
