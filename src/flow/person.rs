//! All that is kept of one person, as one object: for who asks what is known of them.

use super::{FlowResult, required, refuse};
use crate::reply::{ReplyBody, Hint, Person, Reason};
use crate::request::HolderRequest;
use crate::store::{UnitOfWork, audit, outbox, person};

/// Everything but secrets: of passwords and codes only that there are some.
pub fn export(unit: &UnitOfWork<'_>, asked: &HolderRequest) -> FlowResult<ReplyBody> {
    let niss = *required(asked.niss.as_ref())?;
    let rows = |sql: &str| person::rows(&unit.tx, sql, niss);
    let mut entries = vec![];
    audit::list(&unit.tx, Some(niss), None, None, |entry| {
        entries.push(entry);
        Ok(())
    })?;
    let person = Person {
        niss,
        registry: rows(person::REGISTRY)?.pop(),
        account: rows(person::ACCOUNT)?.pop(),
        contacts: rows(person::CONTACTS)?,
        codes: rows(person::CODES)?,
        guards: rows(person::GUARDS)?,
        sessions: rows(person::SESSIONS)?,
        calls: rows(person::CALLS)?,
        cmd: rows(person::CMD)?.pop(),
        messages: outbox::masked(unit, niss)?,
        alerts: rows(person::ALERTS)?,
        audit: entries,
    };
    if person.registry.is_none() && person.guards.is_empty() && person.audit.is_empty() {
        return Err(refuse(Reason::NotInRegistry).hint(Hint::plain("hint-nothing-kept")).into());
    }
    Ok(ReplyBody::Person { person: Box::new(person) })
}
