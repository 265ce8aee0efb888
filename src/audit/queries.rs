//! Queries of the audit log: verification, anchors, chained entries, and the cause of one outcome.

use crate::domain::audit_anchor::AuditAnchor;
use crate::domain::next_step::NextStep;
use crate::error::Error;
use crate::flow::lists::RowSink;
use crate::flow::outcome::{RefusalBuilder, refuse};
use crate::l10n::MessageArg;
use crate::reply::{Done, Reason, Refusal, Reply, ReplyBody};
use crate::request::Operation;
use crate::store::audit::verify;
use crate::store::{Store, audit};

/// Verifies the audit log from its start or from an anchor.
///
/// # Errors
/// Returns the first fault.
pub fn verify(store: &Store, since: Option<AuditAnchor>) -> Result<Done, Error> {
    let verified = store.read(|unit| verify::verify(unit, since))?;
    let anchor = verified.anchor.to_string();
    Ok(Done::new(Operation::AuditVerify, ReplyBody::Verified { entries: verified.entries, anchor }))
}

/// Returns the anchor of the last entry.
///
/// # Errors
/// As for [`fn@verify`].
pub fn head(store: &Store) -> Result<Done, Error> {
    let anchor = store.read(verify::anchor)?;
    Ok(Done::new(Operation::AuditHead, ReplyBody::Anchor { anchor: anchor.to_string() }))
}

/// Calls `each` with the entries as they are chained, oldest first.
///
/// # Errors
/// Returns the errors of `each`.
pub fn export(store: &Store, each: RowSink<'_>) -> Result<(), Error> {
    audit::export(store.connection(), |row| each(Done::new(Operation::AuditExport, ReplyBody::AuditRow(row))))
}

/// Returns the rule that decided a request, and its facts. Operators see more than the holder.
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
