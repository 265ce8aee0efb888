//! A slot: one line on its way from the reader to the writer, and the threads that hash ahead of its turn.
//!
//! Slots go to the writer in the order of the input, and those with a password to hash through a worker too. What a password
//! is compared with is foreseen: an earlier line of the same holder that sets one says by which hash it will be kept, so that a
//! file that activates and logs in needs no hash twice. Where the foresight was wrong the writer finds it stale.

use std::collections::HashMap;
use std::sync::mpsc::{Receiver, SyncSender};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
use std::thread;

use super::reader::{InputPosition, InputRecord};
use crate::batch::line_execution;
use crate::domain::niss::Niss;
use crate::error::Error;
use crate::flow::PasswordWork;
use crate::request::request_line::{InvalidLine, RequestLine};
use crate::store::Store;

/// One line on its way.
pub struct PendingLine {
    /// The line on which it begins.
    pub line: u64,
    /// The place behind it in the input.
    pub end: InputPosition,
    /// What it asks, or why it asks nothing.
    pub asked: Result<RequestLine, InvalidLine>,
    /// Its slow work, once it is done.
    pub slow: OnceLock<Result<PasswordWork, Error>>,
}

/// What the reader hands on.
pub enum ReaderEvent {
    /// The next line.
    Slot(Arc<PendingLine>),
    /// The end of the input, and where it is.
    End(InputPosition),
    /// The input can't be read any further.
    Broken(Error),
}

/// A slot with a password to hash, and the slot before it that sets the password which this one is compared with.
pub type HashJob = (Arc<PendingLine>, Option<Arc<PendingLine>>);

/// Who of the slots on their way sets whose password.
#[derive(Default)]
pub struct PredictedPasswords {
    setters: HashMap<Niss, Weak<PendingLine>>,
    live: usize,
}

impl PredictedPasswords {
    /// Makes a slot of a record; where there is something to hash, the slot before it that matters.
    pub fn slot(&mut self, record: InputRecord) -> (Arc<PendingLine>, Option<HashJob>) {
        let slot = PendingLine { line: record.line, end: record.end, asked: record.asked, slow: OnceLock::new() };
        let Some((niss, sets)) = slot.asked.as_ref().ok().and_then(hash_input) else {
            let _ = slot.slow.set(Ok(PasswordWork::Nothing));
            return (Arc::new(slot), None);
        };
        let slot = Arc::new(slot);
        let before = niss.and_then(|niss| self.setters.get(&niss)).and_then(Weak::upgrade);
        if let (Some(niss), true) = (niss, sets) {
            self.setters.insert(niss, Arc::downgrade(&slot));
            self.forget();
        }
        (Arc::clone(&slot), Some((slot, before)))
    }

    /// Lets go of the slots whose turn has been: the store has what they have set.
    fn forget(&mut self) {
        if self.setters.len() >= 2 * self.live.max(512) {
            self.setters.retain(|_, slot| slot.strong_count() > 0);
            self.live = self.setters.len();
        }
    }
}

/// Of a line with a password to hash: whose, as far as the line says, and whether it sets one.
fn hash_input(line: &RequestLine) -> Option<(Option<Niss>, bool)> {
    line_execution::needs_hash(&line.request).then(|| (line.niss(), line_execution::sets_password(&line.request)))
}

/// Starts `jobs` threads that hash, each with a look at the store of its own, until the reader's end of `work` is gone.
///
/// # Errors
/// The store can't be opened so often.
pub fn start_workers(jobs: usize, store: &Store, work: Receiver<HashJob>) -> Result<(), Error> {
    let work = Arc::new(Mutex::new(work));
    for _ in 0..jobs {
        let (store, work) = (store.reopen()?, Arc::clone(&work));
        thread::spawn(move || {
            loop {
                // The lock is held while waiting: whoever has it is next, so slots are taken in their order.
                let next = work.lock().unwrap_or_else(PoisonError::into_inner).recv();
                let Ok((slot, before)) = next else { return };
                hash(&store, &slot, before.as_deref());
            }
        });
    }
    Ok(())
}

fn hash(store: &Store, slot: &PendingLine, before: Option<&PendingLine>) {
    /// A worker that fails must not leave the writer waiting.
    struct Filled<'a>(&'a PendingLine);
    impl Drop for Filled<'_> {
        fn drop(&mut self) {
            let _ = self.0.slow.set(Err(Error::Bug("a worker failed".to_owned())));
        }
    }
    let filled = Filled(slot);
    // The one before was taken before, so it is done or being done.
    let foreseen = before.and_then(|before| before.slow.wait().as_ref().ok()).and_then(PasswordWork::resulting_hash);
    if let Ok(line) = &slot.asked {
        let _ = slot.slow.set(line_execution::precompute(store, line, foreseen));
    }
    drop(filled);
}

/// Reads to the end of the input on a thread of its own; ends early where nobody takes what it hands on.
pub fn start_reader<R: std::io::Read + Send + 'static>(
    mut reader: super::reader::Reader<R>,
    order: SyncSender<ReaderEvent>,
    work: SyncSender<HashJob>,
) {
    thread::spawn(move || {
        let mut foreseen = PredictedPasswords::default();
        loop {
            let item = match reader.read() {
                Ok(Some(record)) => {
                    let (slot, hashing) = foreseen.slot(record);
                    if hashing.is_some_and(|hashing| work.send(hashing).is_err()) {
                        return;
                    }
                    ReaderEvent::Slot(slot)
                }
                Ok(None) => ReaderEvent::End(reader.mark().clone()),
                Err(error) => ReaderEvent::Broken(error),
            };
            let is_last = !matches!(item, ReaderEvent::Slot(_));
            if order.send(item).is_err() || is_last {
                return;
            }
        }
    });
}
