//! Instants and spans in whole seconds. Time comes into the house as a value of these types; nothing here reads a clock.

use std::fmt;
use std::ops::{Add, Sub};
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};

use super::validation_error::ValidationError;

/// An instant, in whole seconds since 1970-01-01T00:00:00Z. Reads and prints as RFC 3339 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// Blocks until this instant end by no passing of time: they want an operator, or a new code.
    pub const FAR_FUTURE: Timestamp = Timestamp(253_402_300_799);

    /// From seconds since the epoch; outside the years 1970 to 9999 there is no such time here.
    pub const fn from_seconds(seconds: i64) -> Option<Timestamp> {
        if seconds >= 0 && seconds <= Self::FAR_FUTURE.0 { Some(Timestamp(seconds)) } else { None }
    }

    /// Seconds since the epoch.
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// The same instant for the calendar.
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.0, 0).unwrap_or_default()
    }
}

impl Add<Span> for Timestamp {
    type Output = Timestamp;
    /// Stops at [`Time::NEVER`], so that no sum of stored values can panic.
    fn add(self, span: Span) -> Timestamp {
        Timestamp(self.0.saturating_add(span.0).clamp(0, Self::FAR_FUTURE.0))
    }
}

impl Sub<Span> for Timestamp {
    type Output = Timestamp;
    fn sub(self, span: Span) -> Timestamp {
        Timestamp(self.0.saturating_sub(span.0).max(0))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.utc().format("%Y-%m-%dT%H:%M:%SZ"))
    }
}

impl FromStr for Timestamp {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<Timestamp, ValidationError> {
        const FORM: ValidationError = ValidationError::Format("2026-03-02T09:00:00Z");
        let shaped = text.len() >= 20 && text.is_ascii() && matches!(text.as_bytes()[10], b'T' | b't' | b' ');
        if !shaped || text.as_bytes()[19] == b'.' {
            return Err(FORM);
        }
        let at = DateTime::parse_from_rfc3339(text).map_err(|error| match error.kind() {
            chrono::format::ParseErrorKind::OutOfRange | chrono::format::ParseErrorKind::Impossible => {
                ValidationError::NoSuchDate
            }
            _ => FORM,
        })?;
        Timestamp::from_seconds(at.timestamp()).ok_or(ValidationError::NoSuchDate)
    }
}

/// A length of time in whole seconds, never negative. Reads and prints as `90s`, `10m`, `24h` or `8d`, a day being 24 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span(i64);

impl Span {
    /// So many seconds.
    pub const fn seconds(seconds: u32) -> Span {
        Span(seconds as i64)
    }
    /// So many minutes.
    pub const fn minutes(minutes: u32) -> Span {
        Span(minutes as i64 * 60)
    }
    /// So many hours.
    pub const fn hours(hours: u32) -> Span {
        Span(hours as i64 * 3600)
    }
    /// So many days of 24 hours.
    pub const fn days(days: u32) -> Span {
        Span(days as i64 * 86_400)
    }
    /// How many seconds it is.
    pub const fn in_seconds(self) -> i64 {
        self.0
    }
    /// Twice as long `times` times over, but never longer than `most`.
    pub fn doubled_times(self, times: u32, most: Span) -> Span {
        Span(self.0.saturating_mul(1_i64.checked_shl(times).filter(|n| *n > 0).unwrap_or(i64::MAX))).min(most)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            // One day is 24 hours to whoever waits for it.
            n if n > 86_400 && n % 86_400 == 0 => write!(f, "{}d", n / 86_400),
            n if n > 0 && n % 3600 == 0 => write!(f, "{}h", n / 3600),
            n if n > 0 && n % 60 == 0 => write!(f, "{}m", n / 60),
            n => write!(f, "{n}s"),
        }
    }
}

impl FromStr for Span {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<Span, ValidationError> {
        const FORM: ValidationError = ValidationError::Format("90s, 10m, 24h, 8d");
        let unit = match text.as_bytes().last() {
            Some(b's') => 1,
            Some(b'm') => 60,
            Some(b'h') => 3600,
            Some(b'd') => 86_400,
            _ => return Err(FORM),
        };
        let digits = &text[..text.len() - 1];
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(FORM);
        }
        let count: i64 = digits.parse().map_err(|_| FORM)?;
        count.checked_mul(unit).filter(|s| *s <= Timestamp::FAR_FUTURE.0).map(Span).ok_or(FORM)
    }
}

/// How far a sandbox's clock is moved on: a span, or so many working days (`8wd`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockStep {
    /// By a span.
    By(Span),
    /// To the same time of day, so many working days later.
    WorkingDays(u32),
}

impl fmt::Display for ClockStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ClockStep::By(span) => span.fmt(f),
            ClockStep::WorkingDays(days) => write!(f, "{days}wd"),
        }
    }
}

impl FromStr for ClockStep {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<ClockStep, ValidationError> {
        const FORM: ValidationError = ValidationError::Format("90s, 10m, 24h, 8d, 8wd");
        let Some(days) = text.strip_suffix("wd") else { return text.parse().map(ClockStep::By).map_err(|_| FORM) };
        match days.parse() {
            Ok(days @ 1..=10_000) if text.as_bytes()[0].is_ascii_digit() => Ok(ClockStep::WorkingDays(days)),
            Ok(_) => Err(ValidationError::BoundsProfile("1wd".into(), "10000wd".into())),
            Err(_) => Err(FORM),
        }
    }
}

/// A day of the calendar, without a time of day. Reads and prints as `YYYY-MM-DD`; years 1850 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

impl Date {
    /// The day, from the calendar's own type.
    pub const fn new(day: NaiveDate) -> Date {
        Date(day)
    }
    /// The day, for the calendar.
    pub const fn day(self) -> NaiveDate {
        self.0
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d"))
    }
}

impl FromStr for Date {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<Date, ValidationError> {
        const FORM: ValidationError = ValidationError::Format("YYYY-MM-DD");
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return Err(FORM);
        }
        let number = |part: &[u8]| {
            part.iter().try_fold(0_u32, |sum, b| b.is_ascii_digit().then(|| sum * 10 + u32::from(b - b'0'))).ok_or(FORM)
        };
        let (year, month, day) = (number(&bytes[..4])?, number(&bytes[5..7])?, number(&bytes[8..])?);
        if !(1850..10_000).contains(&year) {
            return Err(ValidationError::BoundsProfile("1850-01-01".into(), "9999-12-31".into()));
        }
        NaiveDate::from_ymd_opt(year as i32, month, day).map(Date).ok_or(ValidationError::NoSuchDate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_and_printed_in_utc_and_whole_seconds() {
        let nine: Timestamp = "2026-01-05T10:00:00+01:00".parse().expect("a time");
        assert_eq!(nine.to_string(), "2026-01-05T09:00:00Z");
        assert_eq!("2026-02-30T09:00:00Z".parse::<Timestamp>(), Err(ValidationError::NoSuchDate));
        for bad in ["", "2026-01-05", "2026-01-05T09:00:00", "2026-01-05T09:00:00.5Z", "now", "2026-01-05T09:00:00Zé"]
        {
            assert!(bad.parse::<Timestamp>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_span_keeps_its_largest_exact_unit() {
        for text in ["90s", "10m", "24h", "8d", "0s"] {
            let span: Span = text.parse().expect("a span");
            assert_eq!(span.to_string().parse::<Span>(), Ok(span));
        }
        assert_eq!(Span::hours(24).to_string(), "24h");
        assert_eq!(Span::hours(48).to_string(), "2d");
        for bad in ["", "m", "10", "-1m", "1.5h", "8wd", "99999999999999999d", "١m"] {
            assert!(bad.parse::<Span>().is_err(), "{bad}");
        }
        assert_eq!(Span::minutes(15).doubled_times(80, Span::hours(24)), Span::hours(24));
    }

    #[test]
    fn a_date_must_exist() {
        assert_eq!("2023-02-29".parse::<Date>(), Err(ValidationError::NoSuchDate));
        assert!("2024-02-29".parse::<Date>().is_ok());
        assert!(matches!("0084-03-22".parse::<Date>(), Err(ValidationError::BoundsProfile(..))));
        for bad in ["", "22-03-1984", "1984-3-22", "1984/03/22", "1984-03-22 "] {
            assert!(matches!(bad.parse::<Date>(), Err(ValidationError::Format(_))), "{bad}");
        }
    }
}
