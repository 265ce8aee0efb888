//! The audit as evidence: whether it holds, its anchors, its entries as they are chained, what was done about one holder, and why
//! one request came out as it did.

use crate::domain::audit_anchor::AuditAnchor;
use crate::domain::next_step::NextStep;
use crate::error::Error;
use crate::flow::lists::{ListFilter, RowSink};
use crate::flow::outcome::{RefusalBuilder, refuse};
use crate::l10n::MessageArg;
use crate::reply::{Done, Reason, Refusal, Reply, ReplyBody};
use crate::request::Operation;
use crate::store::audit::verify;
use crate::store::{Store, audit};

/// Whether the audit is as it was written: all of it, or from an anchor on.
///
/// # Errors
/// The first place where it is not, and those of the store.
pub fn verify(store: &Store, since: Option<AuditAnchor>) -> Result<Done, Error> {
    let verified = store.read(|unit| verify::verify(unit, since))?;
    let anchor = verified.anchor.to_string();
    Ok(Done::new(Operation::AuditVerify, ReplyBody::Verified { entries: verified.entries, anchor }))
}

/// The anchor of the last entry.
///
/// # Errors
/// As of [`verify`].
pub fn head(store: &Store) -> Result<Done, Error> {
    let anchor = store.read(verify::anchor)?;
    Ok(Done::new(Operation::AuditHead, ReplyBody::Anchor { anchor: anchor.to_string() }))
}

/// The entries as they are chained, oldest first.
///
/// # Errors
/// Those of the store and of `each`.
pub fn export(store: &Store, each: RowSink<'_>) -> Result<(), Error> {
    audit::export(store.connection(), |row| each(Done::new(Operation::AuditExport, ReplyBody::AuditRow(row))))
}

/// The entries about one holder, oldest first.
///
/// # Errors
/// Those of the store and of `each`.
pub fn history(store: &Store, filter: &ListFilter, each: RowSink<'_>) -> Result<(), Error> {
    audit::list(store.connection(), filter.niss, filter.since, filter.limit, |line| {
        each(Done::new(Operation::AccountHistory, ReplyBody::Audit(line)))
    })
}

/// Which rule has decided a request, and by what: for operators, who may know more than a holder is told.
///
/// # Errors
/// Those of the store.
pub fn why(store: &Store, request: i64) -> Result<Reply, Error> {
    match audit::find(store.connection(), request)? {
        Some(line) => Ok(Reply::Done(Done::new(Operation::Why, ReplyBody::Audit(line)))),
        None => {
            let RefusalBuilder(refusal) = refuse(Reason::NoRequest)
                .facts([("id", MessageArg::from(request.to_string()))])
                .hint(NextStep::ListAudit);
            Ok(Reply::Refused(Refusal { op: Operation::Why, ..refusal }))
        }
    }
}
