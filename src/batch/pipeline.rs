//! The pipeline of a batch: lines between reader and writer, and the threads that compute password hashes before a
//! line's turn.
//!
//! Slots go to the writer in the order of the input. Slots with a password also go to a worker. The hash to compare
//! with is predicted: an earlier line of the same holder that sets a password supplies its new hash. A file that
//! activates and logs in therefore needs no hash twice. The writer detects a wrong prediction as stale.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError, Weak};
use std::thread::JoinHandle;

use zeroize::Zeroizing;

use super::input_buffer::InputPosition;
use super::reader::InputRecord;
use crate::batch::line_execution;
use crate::domain::niss::Niss;
use crate::error::Error;
use crate::flow::{PasswordWork, password_work};
use crate::request::request_line::{InvalidLine, RequestLine};
use crate::store::Store;
use crate::threads::ThreadStarter;

/// A line between reader and writer.
pub struct PendingLine {
    /// The line where the record begins.
    pub line: u64,
    /// The position after the record in the input.
    pub end: InputPosition,
    /// The request, or the fault of the line.
    pub asked: Result<RequestLine, InvalidLine>,
    /// The password work, once it is done.
    pub slow: OnceLock<Result<PasswordWork, Error>>,
    /// The text of the line, if the reader keeps it.
    pub text: Option<Zeroizing<Vec<u8>>>,
    /// The memory that the line takes while it waits.
    pub share: MemoryShare,
}

/// The memory in bytes of the lines between reader and writer. The reader waits while they take too much: a line can
/// have 1 MiB, and thousands of them wait for a group.
#[derive(Default)]
pub struct MemoryBudget {
    taken: Mutex<usize>,
    returned: Condvar,
}

/// A part of a budget, which returns when it is dropped.
pub struct MemoryShare {
    budget: Arc<MemoryBudget>,
    /// The number of bytes.
    pub bytes: usize,
}

/// The maximum memory of the lines between reader and writer in bytes.
const MAX_WAITING_BYTES: usize = 64 << 20;

impl MemoryBudget {
    /// Waits until this number of bytes fits. A single line always fits.
    fn take(self: &Arc<MemoryBudget>, bytes: usize) -> MemoryShare {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |taken: &mut usize| *taken > 0 && *taken + bytes > MAX_WAITING_BYTES;
        let mut taken = self.returned.wait_while(taken, is_full).unwrap_or_else(PoisonError::into_inner);
        *taken += bytes;
        MemoryShare { budget: Arc::clone(self), bytes }
    }
}

impl Drop for MemoryShare {
    fn drop(&mut self) {
        *self.budget.taken.lock().unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        self.budget.returned.notify_all();
    }
}

/// An item from the reader.
pub enum ReaderEvent {
    /// The next line.
    Slot(Arc<PendingLine>),
    /// The end of the input, with its position.
    End(InputPosition),
    /// The input can't be read further.
    Broken(Error),
}

/// A slot with a password to hash, and the earlier slot that sets the password to compare with.
pub type HashJob = (Arc<PendingLine>, Option<Arc<PendingLine>>);

/// The slots in progress that set a password, by holder.
#[derive(Default)]
pub struct PredictedPasswords {
    setters: HashMap<Niss, Weak<PendingLine>>,
    live: usize,
    budget: Arc<MemoryBudget>,
}

impl PredictedPasswords {
    /// Creates a slot from a record. If there is a password to hash, also returns the job with the earlier slot of the
    /// same holder.
    ///
    /// A line that will be refused for its secret has no job: the time of a hash would reveal whether there is a password.
    pub fn slot(&mut self, record: InputRecord, refuses_secrets: bool) -> (Arc<PendingLine>, Option<HashJob>) {
        let InputRecord { line, end, length, asked, text } = record;
        let share =
            self.budget.take(size_of::<PendingLine>() + length as usize + text.as_ref().map_or(0, |it| it.len()));
        let slot = PendingLine { line, end, asked, slow: OnceLock::new(), text, share };
        let asked = slot.asked.as_ref().ok().filter(|line| !(refuses_secrets && line.judges_secret()));
        let Some((niss, sets)) = asked.and_then(hash_input) else {
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

    /// Removes finished slots: the store has their passwords.
    fn forget(&mut self) {
        if self.setters.len() >= 2 * self.live.max(512) {
            self.setters.retain(|_, slot| slot.strong_count() > 0);
            self.live = self.setters.len();
        }
    }
}

/// Returns the holder of a line with a password to hash, if the line names one, and whether it sets a password.
fn hash_input(line: &RequestLine) -> Option<(Option<Niss>, bool)> {
    line_execution::needs_hash(&line.request).then(|| (line.niss(), password_work::sets_password(&line.request)))
}

/// The hashing threads of a batch, each with its own connection to the store.
#[derive(Default)]
pub struct Workers {
    threads: Vec<JoinHandle<()>>,
    is_over: Arc<AtomicBool>,
}

impl Workers {
    /// Starts `jobs` threads, or as many as the system allows. A message without a job wakes one of them.
    /// `hash_memory` is the memory of a password hash in bytes.
    ///
    /// # Errors
    /// Fails if not even one thread or connection can be made.
    pub fn start(
        jobs: usize,
        hash_memory: usize,
        store: &Store,
        work: Receiver<Option<HashJob>>,
        starter: &mut ThreadStarter,
    ) -> Result<Workers, Error> {
        let (mut workers, work) = (Workers::default(), Arc::new(Mutex::new(work)));
        for _ in 0..jobs {
            let is_first = workers.threads.is_empty();
            let (work, is_over) = (Arc::clone(&work), Arc::clone(&workers.is_over));
            let started = store.reopen().and_then(|store| {
                let hashing = move || {
                    while !is_over.load(Ordering::Relaxed) {
                        // The lock is held during the wait, so that slots are taken in order.
                        let next = work.lock().unwrap_or_else(PoisonError::into_inner).recv();
                        let Ok(Some((slot, before))) = next else { return };
                        hash(&store, &slot, before.as_deref());
                    }
                };
                match is_first {
                    true => starter.start(hashing),
                    false => starter.start_another(hash_memory, hashing),
                }
            });
            match started {
                Ok(thread) => workers.threads.push(thread),
                Err(error) if workers.threads.is_empty() => return Err(error),
                // The batch goes on with fewer threads.
                Err(_) => break,
            }
        }
        Ok(workers)
    }

    /// Ends the threads after their current hash. Their connections are then closed, so that closing the store empties
    /// its log.
    pub fn stop(self, wake: &SyncSender<Option<HashJob>>) {
        self.is_over.store(true, Ordering::Relaxed);
        for _ in &self.threads {
            // It fails only after the last thread.
            let _ = wake.send(None);
        }
        for thread in self.threads {
            let _ = thread.join();
        }
    }
}

fn hash(store: &Store, slot: &PendingLine, before: Option<&PendingLine>) {
    /// Stores an error if a worker fails, so that the writer does not wait forever.
    struct Filled<'a>(&'a PendingLine);
    impl Drop for Filled<'_> {
        fn drop(&mut self) {
            let _ = self.0.slow.set(Err(Error::Bug("hashing thread failed".to_owned())));
        }
    }
    let filled = Filled(slot);
    // The earlier slot was taken first, so it is done or in progress: the wait can't deadlock.
    let foreseen = before.and_then(|before| before.slow.wait().as_ref().ok()).and_then(PasswordWork::resulting_hash);
    if let Ok(line) = &slot.asked {
        let _ = slot.slow.set(line_execution::precompute(store, line, foreseen));
    }
    drop(filled);
}

/// Starts a thread that reads the input to its end. The thread ends early if the receivers are gone.
///
/// # Errors
/// [`Error::NoResources`] if the system has no thread left.
pub fn start_reader<R: std::io::Read + Send + 'static>(
    mut reader: super::reader::Reader<R>,
    refuses_secrets: bool,
    order: SyncSender<ReaderEvent>,
    work: SyncSender<Option<HashJob>>,
    starter: &mut ThreadStarter,
) -> Result<(), Error> {
    let reading = move || {
        let mut foreseen = PredictedPasswords::default();
        loop {
            let item = match reader.read() {
                Ok(Some(record)) => {
                    let (slot, hashing) = foreseen.slot(record, refuses_secrets);
                    if hashing.is_some_and(|hashing| work.send(Some(hashing)).is_err()) {
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
    };
    starter.start(reading).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    use crate::batch::{InputFormat, Reader};

    #[test]
    fn waiting_lines_stay_within_the_budget() {
        let budget = Arc::new(MemoryBudget::default());
        assert!(size_of::<PendingLine>() < 1 << 11, "{}", size_of::<PendingLine>());
        let first = budget.take(2 * MAX_WAITING_BYTES);
        let waiting = thread::spawn({
            let budget = Arc::clone(&budget);
            move || {
                let shares: Vec<MemoryShare> = (0..64).map(|_| budget.take(MAX_WAITING_BYTES / 64)).collect();
                shares.iter().map(|share| share.bytes).sum::<usize>()
            }
        });
        assert_eq!(*budget.taken.lock().expect("a number"), 2 * MAX_WAITING_BYTES);
        drop(first);
        assert_eq!(waiting.join().expect("a number"), MAX_WAITING_BYTES);
        assert_eq!(*budget.taken.lock().expect("a number"), 0);
    }

    #[test]
    fn refused_secret_has_no_hash_whose_time_could_be_measured() {
        let text = r#"{"op":"login","niss":"12000000012","password":"x"}"#;
        let record = || Reader::new(text.as_bytes(), InputFormat::JsonLines).read().expect("a line").expect("one");
        let (_, job) = PredictedPasswords::default().slot(record(), false);
        assert!(job.is_some());
        let (slot, job) = PredictedPasswords::default().slot(record(), true);
        assert!(job.is_none() && matches!(slot.slow.get(), Some(Ok(PasswordWork::Nothing))));
    }
}
