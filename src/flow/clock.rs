//! A sandbox's clock: it stands until it is moved, and only moves forward.

use crate::domain::calendar::advance_working_days;
use crate::domain::next_step::NextStep;
use crate::domain::time::{ClockStep, Timestamp};
use crate::domain::validation_error::ValidationError;
use crate::error::Error;
use crate::flow::outcome::{FlowResult, refuse, required};
use crate::l10n::MessageArg;
use crate::reply::{Reason, ReplyBody};
use crate::request::{ClockAdvance, ClockSet};
use crate::store::UnitOfWork;

/// As far as it goes: the first second of the year 9999.
const LATEST: Timestamp = match Timestamp::from_seconds(253_370_764_800) {
    Some(time) => time,
    None => Timestamp::FAR_FUTURE,
};

/// Moves it on by a span, or to the same time of day so many working days later.
pub fn advance(unit: &UnitOfWork<'_>, asked: &ClockAdvance) -> FlowResult<ReplyBody> {
    let to = match *required(asked.advance.as_ref())? {
        ClockStep::By(span) => unit.now + span,
        ClockStep::WorkingDays(days) => advance_working_days(unit.now, days),
    };
    set_time(unit, to)
}

/// Moves it to a time.
pub fn set(unit: &UnitOfWork<'_>, asked: &ClockSet) -> FlowResult<ReplyBody> {
    let to = *required(asked.time.as_ref())?;
    if to < unit.now {
        return Err(refuse(Reason::ClockBackwards)
            .facts([("now", MessageArg::Time(unit.now))])
            .hint(NextStep::UseLaterSandbox)
            .into());
    }
    set_time(unit, to)
}

/// What time it is.
pub fn show(unit: &UnitOfWork<'_>) -> FlowResult<ReplyBody> {
    Ok(ReplyBody::ClockTime { now: unit.now })
}

fn set_time(unit: &UnitOfWork<'_>, to: Timestamp) -> FlowResult<ReplyBody> {
    if to > LATEST {
        // Lives and blocks that begin then must still end before the end of time.
        return Err(Error::malformed(
            "clock",
            ValidationError::BoundsProfile(unit.now.to_string(), LATEST.to_string()),
        )
        .into());
    }
    unit.notes.add("to", to.to_string());
    unit.set_clock(to)?;
    Ok(ReplyBody::ClockTime { now: to })
}
