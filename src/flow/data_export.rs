//! The export of all stored data about one person as one object, for a data access request.

use crate::domain::next_step::NextStep;
use crate::flow::context::RequestContext;
use crate::flow::outcome::{FlowResult, refuse};
use crate::reply::{Person, Reason, ReplyBody};
use crate::request::CheckedHolderRequest;
use crate::store::audit::list::{self as audit_list, AuditFilter};
use crate::store::{data_export, outbox};

/// Returns all data about a person except secrets. Passwords and codes appear only as present.
pub fn export(unit: &RequestContext<'_>, asked: CheckedHolderRequest<'_>) -> FlowResult<ReplyBody> {
    let niss = *asked.niss;
    let rows = |sql: &str| data_export::rows(&unit.tx, sql, niss);
    let mut entries = vec![];
    audit_list::entries(&unit.tx, &AuditFilter::of_holder(niss), None, |entry| {
        entries.push(entry);
        Ok(())
    })?;
    let person = Person {
        niss,
        registry: rows(data_export::REGISTRY)?.pop(),
        account: rows(data_export::ACCOUNT)?.pop(),
        contacts: rows(data_export::CONTACTS)?,
        codes: rows(data_export::CODES)?,
        guards: rows(data_export::GUARDS)?,
        sessions: rows(data_export::SESSIONS)?,
        calls: rows(data_export::CALLS)?,
        cmd: rows(data_export::CMD)?.pop(),
        messages: outbox::masked(unit, niss)?,
        alerts: rows(data_export::ALERTS)?,
        batch_lines: rows(data_export::BATCH_LINES)?,
        audit: entries,
    };
    if person.registry.is_none() && person.guards.is_empty() && person.audit.is_empty() {
        return Err(refuse(Reason::NotInRegistry).hint(NextStep::NothingStored).into());
    }
    Ok(ReplyBody::Person { person: Box::new(person) })
}
