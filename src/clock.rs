//! The system clock. This is the only module that reads it and the only one that sleeps.
//!
//! A sandbox has its own clock, which moves only by command. Waiting for another process uses the system clock there
//! too.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::domain::time::{Span, Timestamp};

/// Returns the current time in full seconds.
pub fn system_now() -> Timestamp {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(seconds).ok().and_then(Timestamp::from_seconds).unwrap_or(Timestamp::FAR_FUTURE)
}

/// The pause between two polls. A person does not notice it, and polling costs almost no CPU time.
const PAUSE: Duration = Duration::from_millis(25);

/// A time limit for waiting, measured from its creation.
pub struct Deadline {
    began: Instant,
    lasts: Duration,
}

impl Deadline {
    /// Starts a limit of `span` from now.
    pub fn new(span: Span) -> Deadline {
        Deadline { began: Instant::now(), lasts: Duration::from_secs(span.in_seconds().unsigned_abs()) }
    }

    /// Returns whether no time is left.
    pub fn is_over(&self) -> bool {
        self.began.elapsed() >= self.lasts
    }

    /// Sleeps until the next poll. Returns false, without sleeping, if no time is left.
    pub fn sleep_until_next_poll(&self) -> bool {
        let left = self.lasts.saturating_sub(self.began.elapsed());
        std::thread::sleep(left.min(PAUSE));
        !left.is_zero()
    }
}
