//! Further facts for the audit entry of a request.

use std::cell::{Cell, RefCell};

use serde_json::{Map, Value};

use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;

/// The notes of one request. Flows add to them; the writer of the entry takes them.
#[derive(Default)]
pub struct AuditNotes {
    /// The holder of a request that names none: the holder of its session.
    pub concerns: Cell<Option<Niss>>,
    /// The deciding rule, the mismatched fields and counts.
    pub detail: RefCell<Map<String, Value>>,
    /// An operator's remark, which may contain personal data.
    pub remark: Cell<Option<String>>,
    /// Whether the holder's audit number is deleted after this entry.
    pub forgets: Cell<bool>,
}

impl AuditNotes {
    /// Adds a detail. It must not be a secret or personal data.
    pub fn add(&self, key: &str, value: impl Into<Value>) {
        self.detail.borrow_mut().insert(key.to_owned(), value.into());
    }

    /// Adds a count and its limit.
    pub fn add_count(&self, count: u32, limit: u32) {
        self.add("count", count);
        self.add("limit", limit);
    }

    /// Adds the end of a lockout. [`Timestamp::FAR_FUTURE`], a lockout without an end, is written as null.
    pub fn add_blocked_until(&self, until: Timestamp) {
        self.add("until", Some(until).filter(|until| *until != Timestamp::FAR_FUTURE).map(|until| until.to_string()));
    }

    /// Discards the notes of an operation that was rolled back.
    pub fn clear(&self) {
        *self.detail.borrow_mut() = Map::new();
        self.concerns.set(None);
        self.remark.set(None);
        self.forgets.set(false);
    }
}
