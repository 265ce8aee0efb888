//! The system's clock: the one place that reads it, and the one that lets time pass. A sandbox has a clock of its own, which
//! stands; only who waits for another process waits by this one there too.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::domain::time::{Span, Timestamp};

/// Now, in whole seconds.
pub fn system_now() -> Timestamp {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(seconds).ok().and_then(Timestamp::from_seconds).unwrap_or(Timestamp::FAR_FUTURE)
}

/// Between two looks: too short for a person to notice, long enough to cost next to nothing.
const PAUSE: Duration = Duration::from_millis(25);

/// How long somebody waits at most, from when it was made.
pub struct Deadline {
    began: Instant,
    lasts: Duration,
}

impl Deadline {
    /// As long as `span`, from now on.
    pub fn new(span: Span) -> Deadline {
        Deadline { began: Instant::now(), lasts: Duration::from_secs(span.in_seconds().unsigned_abs()) }
    }

    /// Lets a moment pass; false, and at once, when there is no patience left.
    pub fn sleep_until_next_poll(&self) -> bool {
        let left = self.lasts.saturating_sub(self.began.elapsed());
        std::thread::sleep(left.min(PAUSE));
        !left.is_zero()
    }
}
