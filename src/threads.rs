//! Threads under a memory limit (`ulimit -v`).
//!
//! Rust ends the process if a new thread gets no memory for its signal stack, or if any small allocation fails. Neither can be
//! caught. Threads are therefore started one at a time, and each only if the limits leave space for its stack, for its work and
//! for the work of the caller. The reserve is allocated without being used, so it costs no memory.

use std::io;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{Builder, JoinHandle, Scope, ScopedJoinHandle};

use rustix::process::{Resource, getrlimit};

use crate::error::Error;

/// The address space in bytes that is left for the caller: store, lines, replies and the dictionaries of passwords.
const FOR_CALLER: usize = 64 << 20;
/// The address space in bytes for the work of a thread, without password hashes.
const FOR_WORK: usize = 8 << 20;
/// The address space in bytes for the stack and the signal stack of a thread.
const FOR_STACK: usize = 4 << 20;

/// Starts threads one at a time. Dropping it frees the address space for the work of all.
pub struct ThreadStarter {
    /// The address space for the caller, for the threads started so far and for the required threads. It stays until all
    /// are started, because a thread takes 64 MiB of address space for its heap if there is space.
    reserve: Vec<u8>,
}

impl ThreadStarter {
    /// Makes a reserve for the work of the caller and for a number of required threads.
    ///
    /// # Errors
    /// [`Error::NoResources`] if there is none.
    pub fn new(required: usize) -> Result<ThreadStarter, Error> {
        let mut starter = ThreadStarter { reserve: Vec::new() };
        starter.resize(FOR_CALLER + required * (FOR_WORK + FOR_STACK))?;
        Ok(starter)
    }

    /// Starts a required thread and waits until it runs.
    ///
    /// # Errors
    /// [`Error::NoResources`] if the system allows no further thread.
    pub fn start(&mut self, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Error> {
        self.free_stack()?;
        wait_until_it_runs(|runs| Builder::new().spawn(answering(runs, work)))
    }

    /// Starts a required thread in a scope. See [`ThreadStarter::start`].
    ///
    /// # Errors
    /// As for [`ThreadStarter::start`].
    pub fn start_scoped<'scope, T: Send + 'scope>(
        &mut self,
        scope: &'scope Scope<'scope, '_>,
        work: impl FnOnce() -> T + Send + 'scope,
    ) -> Result<ScopedJoinHandle<'scope, T>, Error> {
        self.free_stack()?;
        wait_until_it_runs(|runs| Builder::new().spawn_scoped(scope, answering(runs, work)))
    }

    /// Starts a thread beyond the required ones and waits until it runs. `extra` is the number of bytes that its work needs
    /// beyond the usual.
    ///
    /// # Errors
    /// [`Error::NoResources`] if the system has no memory or thread left for it. The reserve for the others remains.
    pub fn start_another(
        &mut self,
        extra: usize,
        work: impl FnOnce() + Send + 'static,
    ) -> Result<JoinHandle<()>, Error> {
        self.resize(self.reserve.capacity() + FOR_WORK + extra + FOR_STACK)?;
        self.start(work)
    }

    /// Frees the reserve for one stack.
    fn free_stack(&mut self) -> Result<(), Error> {
        self.resize(self.reserve.capacity().saturating_sub(FOR_STACK))
    }

    /// Changes the reserve to `size` bytes. A failure leaves it as it is.
    ///
    /// The limits are read first: after an allocation that fails, the allocator takes 64 MiB for a further heap. Sizes are above
    /// 32 MiB, so that it returns freed address space to the system at once.
    fn resize(&mut self, size: usize) -> Result<(), Error> {
        if size > self.reserve.capacity() && size - self.reserve.capacity() > free_address_space() {
            return Err(no_thread(io::ErrorKind::OutOfMemory.into()));
        }
        self.reserve = Vec::new();
        let mut reserve = Vec::new();
        reserve.try_reserve_exact(size).map_err(|_| no_thread(io::ErrorKind::OutOfMemory.into()))?;
        // Without this, the compiler may leave out an allocation that nothing uses.
        self.reserve = std::hint::black_box(reserve);
        Ok(())
    }
}

/// Returns the address space in bytes that the limits of the process leave (`ulimit -v` and `ulimit -d`). Without limits, or
/// if the system does not show its use, that is all.
fn free_address_space() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: Vec<usize> = statm.split_ascii_whitespace().filter_map(|count| count.parse().ok()).collect();
    // The fields are total, resident, shared, text, lib and data.
    let left = |resource, used: Option<&usize>| {
        let limit = getrlimit(resource).current.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX);
        limit.saturating_sub(used.map_or(0, |pages| pages * rustix::param::page_size()))
    };
    left(Resource::As, pages.first()).min(left(Resource::Data, pages.get(5)))
}

fn answering<T>(runs: SyncSender<()>, work: impl FnOnce() -> T) -> impl FnOnce() -> T {
    move || {
        // The first allocation gives the thread its heap.
        drop(std::hint::black_box(Box::new(0_u64)));
        // The receiver waits, so this can't fail.
        let _ = runs.send(());
        drop(runs);
        work()
    }
}

fn wait_until_it_runs<T>(spawn: impl FnOnce(SyncSender<()>) -> io::Result<T>) -> Result<T, Error> {
    let (runs, answer) = sync_channel(0);
    let thread = spawn(runs).map_err(no_thread)?;
    // The thread answers before anything else.
    let _ = answer.recv();
    Ok(thread)
}

fn no_thread(fault: io::Error) -> Error {
    Error::NoResources(fault.to_string())
}
