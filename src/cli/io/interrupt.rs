//! Signals that end a command: Ctrl-C, SIGTERM and SIGHUP.
//!
//! Most commands end at once: whatever they had not committed is rolled back. A command that must finish a step first
//! watches a flag, and a question at the terminal waits for keys and signals, so that it can restore the terminal.

use std::fs;
use std::io::{self, Read};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, OnceLock};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use signal_hook::SigId;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM};

use crate::cli::io::streams::Streams;
use crate::error::{Error, ExitStatus};

/// Whether a signal ends the process at once.
static ENDS_AT_ONCE: LazyLock<Arc<AtomicBool>> = LazyLock::new(|| Arc::new(AtomicBool::new(true)));

/// The signals that the process handles.
static HANDLED: OnceLock<Vec<i32>> = OnceLock::new();

/// Makes SIGTERM and SIGHUP end the process with the exit code of an interruption.
///
/// Ctrl-C ends it anyway, as the shell expects. If a handler can't be registered, the signal ends the process by itself.
pub fn end_at_signals() {
    let handled = [SIGTERM, SIGHUP].into_iter().filter(|signal| *signal != SIGHUP || !is_hangup_ignored());
    HANDLED.get_or_init(|| handled.filter(|signal| end_at(*signal).is_ok()).collect());
}

fn end_at(signal: i32) -> io::Result<SigId> {
    signal_hook::flag::register_conditional_shutdown(signal, ExitStatus::Interrupted as i32, Arc::clone(&ENDS_AT_ONCE))
}

/// Returns whether SIGHUP is ignored, as `nohup` does it. It then stays ignored.
fn is_hangup_ignored() -> bool {
    // One read: the kernel writes the text again for each, and every command does this at its start.
    let mut status = [0; 4096];
    let length = fs::File::open("/proc/self/status").and_then(|mut file| file.read(&mut status)).unwrap_or_default();
    let status = String::from_utf8_lossy(&status[..length]);
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).map(str::trim);
    let mask = mask.and_then(|mask| u64::from_str_radix(mask, 16).ok()).unwrap_or_default();
    mask & (1 << (SIGHUP - 1)) != 0
}

/// Returns the signals that the process handles, with Ctrl-C.
fn all_signals() -> io::Result<Vec<i32>> {
    static CTRL_C: OnceLock<()> = OnceLock::new();
    if CTRL_C.get().is_none() {
        end_at(SIGINT)?;
        CTRL_C.get_or_init(|| ());
    }
    Ok(HANDLED.get().into_iter().flatten().copied().chain([SIGINT]).collect())
}

/// Returns a flag that a signal sets, if the signals belong to the call. A second signal ends the process at once.
///
/// # Errors
/// The system refuses the signal handlers.
pub fn watch(streams: &Streams) -> Result<Arc<AtomicBool>, Error> {
    let wanted = Arc::new(AtomicBool::new(false));
    if !streams.is_of_process() {
        return Ok(wanted);
    }
    let watched = || -> io::Result<()> {
        for signal in all_signals()? {
            let exit = ExitStatus::Interrupted as i32;
            signal_hook::flag::register_conditional_shutdown(signal, exit, Arc::clone(&wanted))?;
            signal_hook::flag::register(signal, Arc::clone(&wanted))?;
        }
        Ok(())
    };
    watched().map_err(|fault| Error::file(Path::new("SIGINT"), fault))?;
    ENDS_AT_ONCE.store(false, Ordering::SeqCst);
    Ok(wanted)
}

/// What a question was waiting for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// A key.
    Key,
    /// The program was stopped and continued.
    Continued,
}

/// Signals while a question is asked: they wait until the terminal is restored.
pub struct SignalsDuringQuestion {
    arrivals: UnixStream,
    continuations: UnixStream,
    handlers: Vec<SigId>,
    ended_at_once: bool,
}

impl SignalsDuringQuestion {
    /// Defers signals until the value is dropped.
    ///
    /// # Errors
    /// The system refuses the signal handlers.
    pub fn begin() -> io::Result<SignalsDuringQuestion> {
        let (arrivals, sender) = UnixStream::pair()?;
        arrivals.set_nonblocking(true)?;
        let (continuations, continued) = UnixStream::pair()?;
        continuations.set_nonblocking(true)?;
        let mut deferred = SignalsDuringQuestion { arrivals, continuations, handlers: vec![], ended_at_once: false };
        deferred.handlers.push(signal_hook::low_level::pipe::register(SIGCONT, continued)?);
        for signal in all_signals()? {
            deferred.handlers.push(signal_hook::low_level::pipe::register(signal, sender.try_clone()?)?);
        }
        deferred.ended_at_once = ENDS_AT_ONCE.swap(false, Ordering::SeqCst);
        Ok(deferred)
    }

    /// Waits for a key, or until a stopped program is continued.
    ///
    /// # Errors
    /// [`io::ErrorKind::Interrupted`] if a signal arrives first.
    pub fn wait_for_key(&self) -> io::Result<Arrival> {
        let keys = io::stdin();
        let mut ready = [
            PollFd::new(&keys, PollFlags::IN),
            PollFd::from_borrowed_fd(self.arrivals.as_fd(), PollFlags::IN),
            PollFd::from_borrowed_fd(self.continuations.as_fd(), PollFlags::IN),
        ];
        loop {
            match poll(&mut ready, None) {
                Ok(_) if !ready[1].revents().is_empty() => return Err(io::ErrorKind::Interrupted.into()),
                Ok(_) if !ready[2].revents().is_empty() => {
                    self.forget_continuation();
                    return Ok(Arrival::Continued);
                }
                Ok(_) => return Ok(Arrival::Key),
                Err(rustix::io::Errno::INTR) => {}
                Err(fault) => return Err(fault.into()),
            }
        }
    }

    /// Returns whether a key can be read without waiting.
    pub fn is_key_ready(&self) -> bool {
        let keys = io::stdin();
        let mut ready = [PollFd::new(&keys, PollFlags::IN)];
        poll(&mut ready, Some(&Timespec::default())).is_ok_and(|count| count > 0)
    }

    /// Ignores that the program was continued, because the caller knows it.
    pub fn forget_continuation(&self) {
        // Fails if the program was not continued.
        let _ = (&self.continuations).read(&mut [0; 64]);
    }

    /// Ends the deferral.
    ///
    /// # Errors
    /// [`io::ErrorKind::Interrupted`] if a signal has arrived. From now on, the next one ends the process.
    pub fn end(self) -> io::Result<()> {
        ENDS_AT_ONCE.store(self.ended_at_once, Ordering::SeqCst);
        match (&self.arrivals).read(&mut [0]) {
            Ok(1..) => Err(io::ErrorKind::Interrupted.into()),
            _ => Ok(()),
        }
    }
}

impl Drop for SignalsDuringQuestion {
    fn drop(&mut self) {
        ENDS_AT_ONCE.store(self.ended_at_once, Ordering::SeqCst);
        for handler in self.handlers.drain(..) {
            signal_hook::low_level::unregister(handler);
        }
    }
}
