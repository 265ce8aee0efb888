//! Periods of lists: `--since` and `--until`, as days in Lisbon or as instants.

use std::fmt;
use std::str::FromStr;

use chrono::Days;

use super::calendar::{lisbon_date, start_of_day_in_lisbon};
use super::time::{Date, Span, Timestamp};
use super::validation_error::ValidationError;
use super::written::Written;

/// One end of a period: a day in Lisbon, or a second.
///
/// Parses `2026-03-02`, `today`, `yesterday`, `7d` (the day seven days ago) and `2026-03-02T09:00:00Z`. A period includes the
/// day or second at both of its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodBound {
    /// A second.
    At(Timestamp),
    /// A day.
    Day(Date),
    /// The day that many days before today.
    DaysAgo(u32),
}

/// The most days ago: a hundred years.
const MOST_DAYS_AGO: u32 = 36_525;

impl PeriodBound {
    /// Returns the first instant of the day or second.
    pub fn start(self, now: Timestamp) -> Timestamp {
        match self {
            PeriodBound::At(at) => at,
            PeriodBound::Day(_) | PeriodBound::DaysAgo(_) => start_of_day_in_lisbon(self.day(now)),
        }
    }

    /// Returns the first instant after the day or second.
    pub fn end(self, now: Timestamp) -> Timestamp {
        match self {
            PeriodBound::At(at) => at + Span::seconds(1),
            PeriodBound::Day(_) | PeriodBound::DaysAgo(_) => self
                .day(now)
                .day()
                .succ_opt()
                .map_or(Timestamp::FAR_FUTURE, |next| start_of_day_in_lisbon(Date::new(next))),
        }
    }

    /// Returns the day in Lisbon.
    fn day(self, now: Timestamp) -> Date {
        match self {
            PeriodBound::At(at) => lisbon_date(at),
            PeriodBound::Day(day) => day,
            PeriodBound::DaysAgo(days) => {
                let today = lisbon_date(now);
                Date::new(today.day().checked_sub_days(Days::new(days.into())).unwrap_or(today.day()))
            }
        }
    }
}

impl fmt::Display for PeriodBound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PeriodBound::At(at) => at.fmt(f),
            PeriodBound::Day(day) => day.fmt(f),
            PeriodBound::DaysAgo(0) => f.write_str("today"),
            PeriodBound::DaysAgo(1) => f.write_str("yesterday"),
            PeriodBound::DaysAgo(days) => write!(f, "{days}d"),
        }
    }
}

const FORM: ValidationError =
    ValidationError::Format("2026-03-02, 02/03/2026, today, yesterday, 7d, 2026-03-02T09:00:00Z");

impl FromStr for PeriodBound {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<PeriodBound, ValidationError> {
        match text {
            "today" => return Ok(PeriodBound::DaysAgo(0)),
            "yesterday" => return Ok(PeriodBound::DaysAgo(1)),
            _ => {}
        }
        if let Some(days) = text.strip_suffix('d') {
            if days.is_empty() || !days.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(FORM);
            }
            return match days.parse() {
                Ok(days @ 0..=MOST_DAYS_AGO) => Ok(PeriodBound::DaysAgo(days)),
                _ => Err(ValidationError::BoundsProfile("0d".into(), format!("{MOST_DAYS_AGO}d"))),
            };
        }
        let bound =
            if text.len() < 20 { text.parse().map(PeriodBound::Day) } else { text.parse().map(PeriodBound::At) };
        bound.map_err(without_form)
    }
}

impl Written for PeriodBound {
    /// Reads dates as people write them, and `hoje` and `ontem`.
    fn read_written(text: &str) -> Result<PeriodBound, ValidationError> {
        let text = text.trim().to_lowercase();
        match text.as_str() {
            "hoje" => Ok(PeriodBound::DaysAgo(0)),
            "ontem" => Ok(PeriodBound::DaysAgo(1)),
            text => match text.parse() {
                Err(ValidationError::Format(_)) => Date::read_written(text).map(PeriodBound::Day).map_err(without_form),
                bound => bound,
            },
        }
    }
}

/// Replaces the form of a date or a time by those of a bound.
fn without_form(cause: ValidationError) -> ValidationError {
    if matches!(cause, ValidationError::Format(_)) { FORM } else { cause }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn days_of_a_period_are_complete_days_in_lisbon() {
        // 23:30 UTC on 30 June is 00:30 on 1 July in Lisbon.
        let now = time("2026-06-30T23:30:00Z");
        for (text, start, end) in [
            ("2026-03-02", "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z"),
            ("02/07/2026", "2026-07-01T23:00:00Z", "2026-07-02T23:00:00Z"),
            ("02.07.2026", "2026-07-01T23:00:00Z", "2026-07-02T23:00:00Z"),
            ("today", "2026-06-30T23:00:00Z", "2026-07-01T23:00:00Z"),
            ("Hoje", "2026-06-30T23:00:00Z", "2026-07-01T23:00:00Z"),
            ("yesterday", "2026-06-29T23:00:00Z", "2026-06-30T23:00:00Z"),
            ("0d", "2026-06-30T23:00:00Z", "2026-07-01T23:00:00Z"),
            ("7d", "2026-06-23T23:00:00Z", "2026-06-24T23:00:00Z"),
            // The clocks change on 29 March 2026: the day has 23 hours.
            ("29-03-2026", "2026-03-29T00:00:00Z", "2026-03-29T23:00:00Z"),
            ("2026-03-02T09:00:00Z", "2026-03-02T09:00:00Z", "2026-03-02T09:00:01Z"),
            ("2026-03-02T09:00:00+01:00", "2026-03-02T08:00:00Z", "2026-03-02T08:00:01Z"),
        ] {
            let bound = PeriodBound::read_written(text).expect(text);
            assert_eq!((bound.start(now), bound.end(now)), (time(start), time(end)), "{text}");
            assert_eq!(bound.to_string().parse(), Ok(bound), "{text}");
        }
    }

    #[test]
    fn other_bounds_are_rejected() {
        for bad in
            ["", "7", "d", "-7d", "7 d", "7h", "tomorrow", "02/03/26", "2/3/2026", "02/03-2026", "2026-03", "é7d"]
        {
            assert!(matches!(bad.parse::<PeriodBound>(), Err(ValidationError::Format(_))), "{bad}");
        }
        for (bad, cause) in [
            ("31/02/2026", ValidationError::NoSuchDate),
            ("2026-02-30", ValidationError::NoSuchDate),
            ("2026-02-30T09:00:00Z", ValidationError::NoSuchDate),
            ("99999999999d", ValidationError::BoundsProfile("0d".into(), "36525d".into())),
        ] {
            assert_eq!(PeriodBound::read_written(bad), Err(cause), "{bad}");
        }
        assert!(PeriodBound::read_written("2026-03-02T09:00:00").is_err());
        for exact_only in ["02/07/2026", "hoje", "Today", " today"] {
            assert!(exact_only.parse::<PeriodBound>().is_err(), "{exact_only}");
        }
    }
}
