//! Table `store`: the facts about the store itself, and its current time.

use rusqlite::Connection;

use crate::clock;
use crate::domain::time::Timestamp;
use crate::error::Error;
use crate::random::RandomSource;

/// The row of table `store`, and the time of the newest audit entry.
pub(super) struct StoreRow {
    pub(super) seed: Option<i64>,
    pub(super) clock: Option<Timestamp>,
    newest: Option<Timestamp>,
}

const OWN: &str = "SELECT seed, clock, (SELECT at FROM audit ORDER BY id DESC LIMIT 1) FROM store WHERE id = 1";

impl StoreRow {
    pub(super) fn read(connection: &Connection) -> Result<StoreRow, Error> {
        let own = connection
            .prepare_cached(OWN)?
            .query_row([], |row| Ok(StoreRow { seed: row.get(0)?, clock: row.get(1)?, newest: row.get(2)? }));
        own.map_err(|error| match error {
            rusqlite::Error::QueryReturnedNoRows => Error::StoreDamaged("its own row is missing".to_owned()),
            error => error.into(),
        })
    }

    /// Returns the current time of the store. A sandbox's clock stands still. The time of any other store is never
    /// before its newest audit entry.
    pub(super) fn now(&self) -> Timestamp {
        self.clock.unwrap_or_else(|| clock::system_now().max(self.newest.unwrap_or(clock::system_now())))
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
