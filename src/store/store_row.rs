//! Table `store`: the facts about the store itself, and its current time.

use rusqlite::Connection;

use crate::clock;
use crate::domain::time::{Span, Timestamp};
use crate::error::Error;
use crate::random::RandomSource;

/// The row of table `store`, and the times that the current one follows from.
pub(super) struct StoreRow {
    pub(super) seed: Option<i64>,
    pub(super) clock: Option<Timestamp>,
    /// The time of the last audit entry; without entries, of the store's creation.
    newest: Timestamp,
    /// The time of the system's clock, read after the row.
    system: Timestamp,
}

const OWN: &str =
    "SELECT seed, clock, coalesce((SELECT at FROM audit ORDER BY id DESC LIMIT 1), created_at) FROM store WHERE id = 1";

/// A system's clock that is behind the newest time in a store. One of the two is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockLag {
    /// The time of the system's clock.
    pub system: Timestamp,
    /// The newest time in the store, which is the store's current time until the system's clock passes it.
    pub newest: Timestamp,
}

impl ClockLag {
    /// The longest lag with which the store can be written. Clocks that are adjusted over the network differ by less.
    const TOLERATED: Span = Span::minutes(5);

    /// Returns whether the store must not be written: every time that it would store could be wrong.
    pub fn is_too_long(self) -> bool {
        self.system + ClockLag::TOLERATED < self.newest
    }

    /// Returns the error of a command that writes.
    pub fn error(self) -> Error {
        Error::ClockBehind { system: self.system, newest: self.newest }
    }
}

impl StoreRow {
    pub(super) fn read(connection: &Connection) -> Result<StoreRow, Error> {
        Ok(connection.prepare_cached(OWN)?.query_row([], |row| {
            let (seed, clock, newest) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(StoreRow { seed, clock, newest, system: clock::system_now() })
        })?)
    }

    /// Returns the current time of the store. A sandbox's clock stands still. The time of any other store is never
    /// before its newest time.
    pub(super) fn now(&self) -> Timestamp {
        self.clock.unwrap_or(self.system.max(self.newest))
    }

    /// Returns the time of the system's clock; `None` in a sandbox.
    pub(super) fn system_now(&self) -> Option<Timestamp> {
        self.clock.is_none().then_some(self.system)
    }

    /// Returns by how much the system's clock is behind; `None` if it is not, and in a sandbox.
    pub(super) fn clock_lag(&self) -> Option<ClockLag> {
        let lag = ClockLag { system: self.system, newest: self.newest };
        (self.clock.is_none() && lag.system < lag.newest).then_some(lag)
    }

    pub(super) fn random(&self) -> RandomSource {
        self.seed.map_or(RandomSource::System, |seed| RandomSource::Seeded(seed.cast_unsigned()))
    }
}

/// The initial values of a new sandbox.
#[derive(Debug, Clone, Copy)]
pub struct Sandbox {
    /// The seed of all random values.
    pub seed: u64,
    /// The time of the sandbox's clock.
    pub at: Timestamp,
}

impl Default for Sandbox {
    /// Returns seed 0 and 2026-01-05T09:00:00Z, a Monday morning.
    fn default() -> Sandbox {
        const MONDAY: Option<Timestamp> = Timestamp::from_seconds(1_767_603_600);
        Sandbox { seed: 0, at: MONDAY.unwrap_or(Timestamp::FAR_FUTURE) }
    }
}
