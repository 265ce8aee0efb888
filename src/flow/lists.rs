//! Lists that pass on their rows one by one. A list of any length needs the memory of one row.

use super::queries::{self, record_of};
use crate::domain::message_purpose::MessagePurpose;
use crate::domain::niss::Niss;
use crate::domain::policy::{BoundsProfile, Policy, SETTINGS, Setting};
use crate::domain::search_text::SearchText;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{AccountState, Channel, MessageStatus, Outcome};
use crate::error::Error;
use crate::reply::{Done, Reason, ReplyBody};
use crate::request::Operation;
pub use crate::store::account_list::BlockedFilter;
use crate::store::account_list::{self, AccountFilter};
use crate::store::audit::list::{self as audit_list, AuditFilter};
use crate::store::registry_list::{self, RecordFilter};
use crate::store::{Store, outbox};

/// The filter of a list.
///
/// `limit` selects the newest rows. The rows stay in the order of the list.
#[derive(Debug, Clone, Default)]
pub struct ListFilter {
    /// Rows of this holder.
    pub niss: Option<Niss>,
    /// Rows at or after this time.
    pub since: Option<Timestamp>,
    /// Rows before this time.
    pub before: Option<Timestamp>,
    /// The maximum number of rows.
    pub limit: Option<i64>,
    /// Only the number of rows, whatever the limit.
    pub count: bool,
    /// Accounts in this state.
    pub state: Option<AccountState>,
    /// Accounts with a lockout that lasts until a time or an unlock.
    pub blocked: Option<BlockedFilter>,
    /// Accounts with a valid code that is not used yet.
    pub due: bool,
    /// Messages by this channel.
    pub channel: Option<Channel>,
    /// Messages of this purpose.
    pub purpose: Option<MessagePurpose>,
    /// Only letters that are not printed yet: for print runs.
    pub pending: bool,
    /// Messages with this status.
    pub status: Option<MessageStatus>,
    /// Audit entries of this actor.
    pub actor: Option<String>,
    /// Audit entries of this operation.
    pub op: Option<Operation>,
    /// Audit entries with this outcome.
    pub outcome: Option<Outcome>,
    /// Refusals with this reason.
    pub reason: Option<Reason>,
    /// Audit entries whose remark has this text, or registry records with it.
    pub text: Option<Box<SearchText>>,
}

/// A function that receives one row.
pub type RowSink<'a> = &'a mut dyn FnMut(Done) -> Result<(), Error>;

/// Lists the outbox messages, oldest first. Returns whether there are more than the limit.
///
/// The rows contain the message bodies, so an audit entry is written outside a sandbox.
///
/// # Errors
/// Returns an error if the store or `each` fails.
pub fn outbox(store: &Store, actor: &str, filter: &ListFilter, each: RowSink<'_>) -> Result<bool, Error> {
    const OP: Operation = Operation::OutboxList;
    let request = store.audit_disclosure(actor, OP, filter.niss)?;
    let narrowed = outbox::MessageFilter {
        niss: filter.niss,
        since: filter.since,
        before: filter.before,
        channel: filter.channel,
        purpose: filter.purpose,
        most: filter.limit,
        status: filter.status,
    };
    store.read(|unit| match filter.count {
        true => each(Done { request, ..number(OP, outbox::count_of(unit, &narrowed)?) }).map(|()| false),
        false => outbox::list(unit, &narrowed, |message| {
            each(Done { request, ..Done::new(OP, ReplyBody::Message(message)) })
        }),
    })
}

/// Lists the accounts, ordered by NISS. Returns whether there are more than the limit.
///
/// With `blocked`, each row has the account's lockouts, and the limit selects those that end last.
///
/// # Errors
/// Returns an error if the store or `each` fails.
pub fn accounts(store: &Store, filter: &ListFilter, each: RowSink<'_>) -> Result<bool, Error> {
    const OP: Operation = Operation::AccountList;
    store.read(|unit| {
        let narrowed = AccountFilter {
            niss: filter.niss,
            state: filter.state,
            since: filter.since,
            before: filter.before,
            blocked: filter.blocked,
            due: filter.due,
            now: unit.now,
        };
        if filter.count {
            return each(number(OP, account_list::count(&unit.tx, &narrowed)?)).map(|()| false);
        }
        account_list::list(&unit.tx, &narrowed, filter.limit, |account| {
            let blocks = filter.blocked.map(|_| queries::blocks(unit, account.niss)).transpose()?;
            each(Done::new(
                OP,
                ReplyBody::AccountLine {
                    niss: account.niss,
                    state: account.state,
                    account_type: account.account_type,
                    created_at: account.created_at,
                    activated_at: account.activated_at,
                    blocks,
                },
            ))
        })
    })
}

/// Lists the audit entries, oldest first, as `op`: `audit list` or `account history`. Returns whether there are more than
/// the limit.
///
/// # Errors
/// Returns an error if the store or `each` fails.
pub fn audit(store: &Store, op: Operation, filter: &ListFilter, each: RowSink<'_>) -> Result<bool, Error> {
    let narrowed = AuditFilter {
        niss: filter.niss,
        since: filter.since,
        before: filter.before,
        actor: filter.actor.as_deref(),
        op: filter.op,
        outcome: filter.outcome,
        reason: filter.reason,
        remark: filter.text.as_deref(),
    };
    store.read(|unit| match filter.count {
        true => each(number(op, audit_list::count(&unit.tx, &narrowed)?)).map(|()| false),
        false => {
            audit_list::entries(&unit.tx, &narrowed, filter.limit, |line| each(Done::new(op, ReplyBody::Audit(line))))
        }
    })
}

/// Lists the registry records, ordered by NISS, as `op`: all, or with `text` those that have it. `limit` selects the first.
/// Returns whether there are more.
///
/// The rows are personal data, so an audit entry is written outside a sandbox. It does not contain the text.
///
/// # Errors
/// Returns an error if the store or `each` fails.
pub fn registry(
    store: &Store,
    actor: &str,
    op: Operation,
    filter: &ListFilter,
    each: RowSink<'_>,
) -> Result<bool, Error> {
    let request = store.audit_disclosure(actor, op, filter.niss)?;
    // A complete NISS is found by its key.
    let niss = filter.niss.or(filter.text.as_ref().and_then(|text| text.niss()));
    let narrowed = RecordFilter { niss, text: filter.text.as_deref() };
    store.read(|unit| match filter.count {
        true => each(Done { request, ..number(op, registry_list::count(&unit.tx, &narrowed)?) }).map(|()| false),
        false => registry_list::list(&unit.tx, &narrowed, filter.limit, |holder| {
            let body = ReplyBody::Record(record_of(&holder));
            each(Done { niss: Some(holder.niss), request, ..Done::new(op, body) })
        }),
    })
}

/// Returns the reply of a list of which only the number of rows was asked for.
pub fn number(op: Operation, count: i64) -> Done {
    Done::new(op, ReplyBody::Rows { count })
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
