//! Table `store`: what this store is, and what time it is in it.

use rusqlite::Connection;

use crate::clock;
use crate::domain::time::Time;
use crate::error::Error;
use crate::random::Random;

/// The store's own row, and the newest time in it.
pub(super) struct Own {
    pub(super) seed: Option<i64>,
    pub(super) clock: Option<Time>,
    newest: Option<Time>,
}

const OWN: &str = "SELECT seed, clock, (SELECT at FROM audit ORDER BY id DESC LIMIT 1) FROM store WHERE id = 1";

impl Own {
    pub(super) fn read(connection: &Connection) -> Result<Own, Error> {
        let own = connection
            .prepare_cached(OWN)?
            .query_row([], |row| Ok(Own { seed: row.get(0)?, clock: row.get(1)?, newest: row.get(2)? }));
        own.map_err(|error| match error {
            rusqlite::Error::QueryReturnedNoRows => Error::StoreDamaged("its own row is missing".to_owned()),
            error => error.into(),
        })
    }

    /// A sandbox's clock stands; any other store's never runs behind what it has already seen.
    pub(super) fn now(&self) -> Time {
        self.clock.unwrap_or_else(|| clock::system().max(self.newest.unwrap_or(clock::system())))
    }

    pub(super) fn random(&self) -> Random {
        self.seed.map_or(Random::System, |seed| Random::Seeded(seed.cast_unsigned()))
    }
}

/// What a new sandbox starts from.
#[derive(Debug, Clone, Copy)]
pub struct Sandbox {
    /// All its chance comes from this.
    pub seed: u64,
    /// Where its clock stands.
    pub at: Time,
}

impl Default for Sandbox {
    /// Seed 0, and 2026-01-05T09:00:00Z, a Monday morning.
    fn default() -> Sandbox {
        const MONDAY: Option<Time> = Time::from_seconds(1_767_603_600);
        Sandbox { seed: 0, at: MONDAY.unwrap_or(Time::NEVER) }
    }
}
