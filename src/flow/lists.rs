//! Lists that pass on their rows one by one. A list of any length needs the memory of one row.

use crate::domain::message_purpose::MessagePurpose;
use crate::domain::niss::Niss;
use crate::domain::policy::{BoundsProfile, Policy, SETTINGS, Setting};
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{AccountState, Channel, MessageStatus};
use crate::error::Error;
use crate::reply::{Done, ReplyBody};
use crate::request::Operation;
use crate::store::{Store, accounts, audit, outbox};

/// The filter of a list.
///
/// `limit` selects the newest rows, or the first accounts. The rows stay in the order of the list.
#[derive(Debug, Clone, Default)]
pub struct ListFilter {
    /// Rows of this holder.
    pub niss: Option<Niss>,
    /// Rows at or after this time.
    pub since: Option<Timestamp>,
    /// The maximum number of rows.
    pub limit: Option<i64>,
    /// Accounts in this state.
    pub state: Option<AccountState>,
    /// Messages by this channel.
    pub channel: Option<Channel>,
    /// Messages of this purpose.
    pub purpose: Option<MessagePurpose>,
    /// Only letters that are not printed yet: for print runs.
    pub pending: bool,
    /// Messages with this status.
    pub status: Option<MessageStatus>,
}

/// A function that receives one row.
pub type RowSink<'a> = &'a mut dyn FnMut(Done) -> Result<(), Error>;

/// Lists the outbox messages, oldest first.
///
/// The rows contain the message bodies, so an audit entry is written outside a sandbox.
///
/// # Errors
/// Returns an error if the store or `each` fails.
pub fn outbox(store: &Store, actor: &str, filter: &ListFilter, each: RowSink<'_>) -> Result<(), Error> {
    let request = store.audit_disclosure(actor, Operation::OutboxList, filter.niss)?;
    let narrowed = outbox::MessageFilter {
        niss: filter.niss,
        since: filter.since,
        channel: filter.channel,
        purpose: filter.purpose,
        most: filter.limit,
        status: filter.status,
    };
    store.read(|unit| {
        outbox::list(unit, &narrowed, |message| {
            each(Done { request, ..Done::new(Operation::OutboxList, ReplyBody::Message(message)) })
        })
    })
}

/// Lists the accounts, ordered by NISS.
///
/// # Errors
/// Returns an error if the store or `each` fails.
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

/// Lists the audit entries, oldest first.
///
/// # Errors
/// Returns an error if the store or `each` fails.
pub fn audit(store: &Store, filter: &ListFilter, each: RowSink<'_>) -> Result<(), Error> {
    audit::list(store.connection(), filter.niss, filter.since, filter.limit, |line| {
        each(Done::new(Operation::AuditList, ReplyBody::Audit(line)))
    })
}

/// Lists the policy settings, in the order of the settings table.
///
/// # Errors
/// Returns an error if the store or `each` fails.
pub fn policy(store: &Store, each: RowSink<'_>) -> Result<(), Error> {
    let (policy, bounds) = store.read(|unit| Ok((unit.policy.clone(), unit.bounds())))?;
    SETTINGS.iter().try_for_each(|one| each(Done::new(Operation::PolicyShow, setting(one, &policy, bounds))))
}

/// Returns one policy setting as the body of a reply.
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
