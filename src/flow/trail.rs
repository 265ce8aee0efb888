//! The audit as evidence: whether it holds, its anchors, its entries as they are chained, what was done about one holder, and why
//! one request came out as it did.

use super::{No, no};
use crate::domain::anchor::Anchor;
use crate::error::Error;
use crate::flow::lists::{Each, Filter};
use crate::reply::{Body, Done, Hint, Reason, Refusal, Reply};
use crate::request::Op;
use crate::store::{Store, audit, verify};
use crate::text::Fact;

/// Whether the audit is as it was written: all of it, or from an anchor on.
///
/// # Errors
/// The first place where it is not, and those of the store.
pub fn verify(store: &Store, since: Option<Anchor>) -> Result<Done, Error> {
    let verified = store.read(|unit| verify::verify(unit, since))?;
    let anchor = verified.anchor.to_string();
    Ok(Done::new(Op::AuditVerify, Body::Verified { entries: verified.entries, anchor }))
}

/// The anchor of the last entry.
///
/// # Errors
/// As of [`verify`].
pub fn head(store: &Store) -> Result<Done, Error> {
    let anchor = store.read(verify::anchor)?;
    Ok(Done::new(Op::AuditHead, Body::Anchor { anchor: anchor.to_string() }))
}

/// The entries as they are chained, oldest first.
///
/// # Errors
/// Those of the store and of `each`.
pub fn export(store: &Store, each: Each<'_>) -> Result<(), Error> {
    audit::export(store.connection(), |row| each(Done::new(Op::AuditExport, Body::AuditRow(row))))
}

/// The entries about one holder, oldest first.
///
/// # Errors
/// Those of the store and of `each`.
pub fn history(store: &Store, filter: &Filter, each: Each<'_>) -> Result<(), Error> {
    audit::list(store.connection(), filter.niss, filter.since, filter.limit, |line| {
        each(Done::new(Op::AccountHistory, Body::Audit(line)))
    })
}

/// Which rule has decided a request, and by what: for operators, who may know more than a holder is told.
///
/// # Errors
/// Those of the store.
pub fn why(store: &Store, request: i64) -> Result<Reply, Error> {
    match audit::find(store.connection(), request)? {
        Some(line) => Ok(Reply::Done(Done::new(Op::Why, Body::Audit(line)))),
        None => {
            let No(refusal) = no(Reason::NoRequest)
                .facts([("id", Fact::from(request.to_string()))])
                .hint(Hint::plain("hint-audit-list"));
            Ok(Reply::Refused(Refusal { op: Op::Why, ..refusal }))
        }
    }
}
