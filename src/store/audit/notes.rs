//! What the audit entry of a request says beside its reply.

use std::cell::{Cell, RefCell};

use serde_json::{Map, Value};

use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;

/// Flows add to it; whoever writes the entry takes it.
#[derive(Default)]
pub struct AuditNotes {
    /// Whom a request concerns that names nobody: the holder of its session.
    pub concerns: Cell<Option<Niss>>,
    /// Which rule has decided, which fields differed, counts.
    pub detail: RefCell<Map<String, Value>>,
    /// What an operator has said, in words that may be about a person.
    pub remark: Cell<Option<String>>,
    /// Nobody is to know any more, behind this entry, whom the entries about its holder are about.
    pub forgets: Cell<bool>,
}

impl AuditNotes {
    /// Adds a detail: never a secret, and no datum of a person.
    pub fn add(&self, key: &str, value: impl Into<Value>) {
        self.detail.borrow_mut().insert(key.to_owned(), value.into());
    }

    /// Adds how often something has happened, and how often it may.
    pub fn add_count(&self, count: u32, limit: u32) {
        self.add("count", count);
        self.add("limit", limit);
    }

    /// Adds until when something holds; [`Time::NEVER`], which no passing of time ends, is null.
    pub fn add_blocked_until(&self, until: Timestamp) {
        self.add("until", Some(until).filter(|until| *until != Timestamp::FAR_FUTURE).map(|until| until.to_string()));
    }

    /// Forgets what was noted of a piece of work that came to nothing.
    pub fn clear(&self) {
        *self.detail.borrow_mut() = Map::new();
        self.concerns.set(None);
        self.remark.set(None);
        self.forgets.set(false);
    }
}
