//! Counts the slow work of a thread: hashes by cost, estimates of a password's strength, and written messages.
//!
//! The duration of a reply must not reveal who has an account (ASVS 6.3.8). A duration can't be tested exactly, but its
//! causes can.

use std::cell::RefCell;
use std::collections::BTreeMap;

/// The work that a thread has done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkCount {
    /// The number of hashes of each cost, by its text: `m=19456,t=2,p=1`.
    pub hashes: BTreeMap<String, u64>,
    /// The number of keyed hashes of their outputs.
    pub keyed_hashes: u64,
    /// The number of estimates of a password's strength, each with all dictionaries.
    pub estimates: u64,
    /// The number of messages by channel, discarded ones too.
    pub messages: BTreeMap<&'static str, u64>,
    /// The number of pieces of a transaction that could be discarded. After each, SQLite prepares its statements again.
    pub provisional: u64,
}

thread_local!(static DONE: RefCell<WorkCount> = const {
    RefCell::new(WorkCount {
        hashes: BTreeMap::new(),
        keyed_hashes: 0,
        estimates: 0,
        messages: BTreeMap::new(),
        provisional: 0,
    })
});

/// Adds to the count of this thread.
pub(crate) fn add(change: impl FnOnce(&mut WorkCount)) {
    DONE.with_borrow_mut(change);
}

/// Adds the work of another thread to the count of this one.
pub(crate) fn add_from(other: WorkCount) {
    let WorkCount { hashes, keyed_hashes, estimates, messages, provisional } = other;
    add(|done| {
        for (cost, count) in hashes {
            *done.hashes.entry(cost).or_default() += count;
        }
        done.keyed_hashes += keyed_hashes;
        done.estimates += estimates;
        done.provisional += provisional;
        for (channel, count) in messages {
            *done.messages.entry(channel).or_default() += count;
        }
    });
}

/// Returns the work of this thread since the last call.
pub fn take() -> WorkCount {
    DONE.take()
}
