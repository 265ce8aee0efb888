//! A request in its unit of work, with the facts that its audit entry records.

use std::cell::RefCell;
use std::ops::Deref;

use crate::domain::niss::Niss;
use crate::reply::{AuditDetail, AuditEffects};
use crate::store::UnitOfWork;

/// The unit of work of one request. A flow adds to the record; [`RequestContext::into_record`] returns it with the outcome.
pub struct RequestContext<'a> {
    unit: &'a UnitOfWork<'a>,
    record: RefCell<AuditRecord>,
}

/// The facts of a request's audit entry.
#[derive(Debug, Default)]
pub struct AuditRecord {
    /// The holder, if the request names none: the holder of its session or call.
    pub niss: Option<Niss>,
    /// The detail.
    pub detail: AuditDetail,
    /// An operator's remark, which may contain personal data.
    pub remark: Option<String>,
    /// Whether the holder's number in the audit log is deleted after the entry.
    pub unlinks_holder: bool,
}

impl<'a> RequestContext<'a> {
    /// Begins a request with an empty record.
    pub fn new(unit: &'a UnitOfWork<'a>) -> RequestContext<'a> {
        RequestContext { unit, record: RefCell::default() }
    }

    /// Adds to the detail of the audit entry. It must not be a secret or personal data.
    pub fn note(&self, set: impl FnOnce(&mut AuditDetail)) {
        set(&mut self.record.borrow_mut().detail);
    }

    /// Adds an effect of the request to the audit entry.
    pub fn add_effect(&self, set: impl FnOnce(&mut AuditEffects)) {
        self.note(|detail| set(detail.effects.get_or_insert_default()));
    }

    /// Adds to the record of the audit entry.
    pub fn record(&self, set: impl FnOnce(&mut AuditRecord)) {
        set(&mut self.record.borrow_mut());
    }

    /// Returns the record.
    pub fn into_record(self) -> AuditRecord {
        self.record.into_inner()
    }
}

impl<'a> Deref for RequestContext<'a> {
    type Target = UnitOfWork<'a>;

    fn deref(&self) -> &UnitOfWork<'a> {
        self.unit
    }
}
