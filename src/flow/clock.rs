//! A sandbox's clock: it stands until it is moved, and only moves forward.

use super::{Flow, given, no};
use crate::domain::calendar::advance_working_days;
use crate::domain::flaw::Flaw;
use crate::domain::time::{Advance, Time};
use crate::error::Error;
use crate::reply::{Body, Hint, Reason};
use crate::request::{ClockAdvance, ClockSet};
use crate::store::Unit;
use crate::text::Fact;

/// As far as it goes: the first second of the year 9999.
const LATEST: Time = match Time::from_seconds(253_370_764_800) {
    Some(time) => time,
    None => Time::NEVER,
};

/// Moves it on by a span, or to the same time of day so many working days later.
pub fn advance(unit: &Unit<'_>, asked: &ClockAdvance) -> Flow<Body> {
    let to = match *given(asked.advance.as_ref())? {
        Advance::By(span) => unit.now + span,
        Advance::WorkingDays(days) => advance_working_days(unit.now, days),
    };
    move_to(unit, to)
}

/// Moves it to a time.
pub fn set(unit: &Unit<'_>, asked: &ClockSet) -> Flow<Body> {
    let to = *given(asked.time.as_ref())?;
    if unit.sandbox && to < unit.now {
        return Err(no(Reason::ClockBackwards)
            .facts([("now", Fact::Time(unit.now))])
            .hint(Hint::plain("hint-later-sandbox"))
            .into());
    }
    move_to(unit, to)
}

/// What time it is.
pub fn show(unit: &Unit<'_>) -> Flow<Body> {
    in_sandbox(unit)?;
    Ok(Body::Now { now: unit.now })
}

/// No other store has a clock of its own.
fn in_sandbox(unit: &Unit<'_>) -> Flow<()> {
    if unit.sandbox { Ok(()) } else { Err(no(Reason::SandboxOnly).hint(Hint::plain("hint-sandbox")).into()) }
}

fn move_to(unit: &Unit<'_>, to: Time) -> Flow<Body> {
    in_sandbox(unit)?;
    if to > LATEST {
        // Lives and blocks that begin then must still end before the end of time.
        return Err(Error::malformed("clock", Flaw::Bounds(unit.now.to_string(), LATEST.to_string())).into());
    }
    unit.notes.add("to", to.to_string());
    unit.set_clock(to)?;
    Ok(Body::Now { now: to })
}
