//! A sandbox's clock: it stands until it is moved, and only moves forward.

use super::{Flow, given, no};
use crate::domain::calendar::advance_working_days;
use crate::domain::time::{Advance, Time};
use crate::reply::{Body, Hint, Reason};
use crate::request::{ClockAdvance, ClockSet};
use crate::store::Unit;
use crate::text::Fact;

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
        return Err(no(Reason::ClockBackwards).facts([("now", Fact::Time(unit.now))]).into());
    }
    move_to(unit, to)
}

fn move_to(unit: &Unit<'_>, to: Time) -> Flow<Body> {
    if !unit.sandbox {
        return Err(no(Reason::SandboxOnly).hint(Hint::plain("hint-sandbox")).into());
    }
    unit.notes.add("to", to.to_string());
    unit.set_clock(to)?;
    Ok(Body::Now { now: to })
}
