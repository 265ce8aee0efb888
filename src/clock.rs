//! The system's clock: the one place that reads it. A sandbox never calls it.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::domain::time::Time;

/// Now, in whole seconds.
pub fn system() -> Time {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(seconds).ok().and_then(Time::from_seconds).unwrap_or(Time::NEVER)
}
