//! The clock of a sandbox. It changes only on request, and only forward.

use crate::domain::calendar::advance_working_days;
use crate::domain::next_step::NextStep;
use crate::domain::time::{ClockStep, Timestamp};
use crate::error::{Error, ValueName};
use crate::flow::context::RequestContext;
use crate::flow::outcome::{FlowResult, refuse};
use crate::l10n::MessageArg;
use crate::reply::{Reason, ReplyBody};
use crate::request::{CheckedClockAdvance, CheckedClockSet, Field};

/// Advances the clock by a span, or by a number of working days to the same time of day.
pub fn advance(unit: &RequestContext<'_>, asked: CheckedClockAdvance<'_>) -> FlowResult<ReplyBody> {
    let to = match *asked.advance {
        ClockStep::By(span) => unit.now + span,
        ClockStep::WorkingDays(days) => advance_working_days(unit.now, days),
    };
    set_time(unit, Field::Advance, to)
}

/// Sets the clock to a time. An earlier time is refused.
pub fn set(unit: &RequestContext<'_>, asked: CheckedClockSet<'_>) -> FlowResult<ReplyBody> {
    let to = *asked.time;
    if to < unit.now {
        return Err(refuse(Reason::ClockBackwards)
            .facts([("now", MessageArg::Time(unit.now))])
            .hint(NextStep::UseLaterSandbox)
            .into());
    }
    set_time(unit, Field::Time, to)
}

/// What time it is.
pub fn show(unit: &RequestContext<'_>) -> FlowResult<ReplyBody> {
    Ok(ReplyBody::ClockTime { now: unit.now })
}

/// Sets the clock to the time that `field` gives.
fn set_time(unit: &RequestContext<'_>, field: Field, to: Timestamp) -> FlowResult<ReplyBody> {
    to.as_clock(unit.now).map_err(|cause| Error::malformed(ValueName::Clock(field), cause))?;
    unit.note(|detail| detail.to = Some(to.to_string()));
    unit.set_clock(to)?;
    Ok(ReplyBody::ClockTime { now: to })
}
