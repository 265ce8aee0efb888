//! Instants and spans in full seconds. Time is passed as values of these types; no code here reads a clock.

use std::fmt;
use std::ops::{Add, RangeInclusive, Sub};
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};

use super::validation_error::ValidationError;
use super::written::Written;

/// An instant in full seconds since 1970-01-01T00:00:00Z. Parses and prints RFC 3339 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The earliest instant.
    pub const EPOCH: Timestamp = Timestamp(0);
    /// The latest instant. A block until then does not end by itself: an operator or a new code ends it.
    pub const FAR_FUTURE: Timestamp = Timestamp(253_402_300_799);

    /// The latest time of a clock: the first second of the year 9999. Validity periods and lockouts that start then still
    /// end within the supported range.
    pub const LATEST_CLOCK: Timestamp = Timestamp(253_370_764_800);

    /// Converts seconds since the epoch. Returns `None` outside the years 1970 to 9999.
    pub const fn from_seconds(seconds: i64) -> Option<Timestamp> {
        if seconds >= 0 && seconds <= Self::FAR_FUTURE.0 { Some(Timestamp(seconds)) } else { None }
    }

    /// Returns this time as the time of a clock, which is not before `earliest`.
    ///
    /// # Errors
    /// [`ValidationError::BoundsProfile`] if it is after [`Timestamp::LATEST_CLOCK`].
    pub fn as_clock(self, earliest: Timestamp) -> Result<Timestamp, ValidationError> {
        match self <= Self::LATEST_CLOCK {
            true => Ok(self),
            false => Err(ValidationError::BoundsProfile(earliest.to_string(), Self::LATEST_CLOCK.to_string())),
        }
    }

    /// Returns the seconds since the epoch.
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// Converts to the calendar's type.
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.0, 0).unwrap_or_default()
    }
}

impl Add<Span> for Timestamp {
    type Output = Timestamp;
    /// Adds a span, at most up to [`Timestamp::FAR_FUTURE`], so that no sum of stored values can panic.
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

/// A duration in full seconds, never negative. Parses and prints `90s`, `10m`, `24h` or `8d`; a day has 24 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span(i64);

impl Span {
    /// Creates a span of seconds.
    pub const fn seconds(seconds: u32) -> Span {
        Span(seconds as i64)
    }
    /// Creates a span of minutes.
    pub const fn minutes(minutes: u32) -> Span {
        Span(minutes as i64 * 60)
    }
    /// Creates a span of hours.
    pub const fn hours(hours: u32) -> Span {
        Span(hours as i64 * 3600)
    }
    /// Creates a span of days of 24 hours.
    pub const fn days(days: u32) -> Span {
        Span(days as i64 * 86_400)
    }
    /// Returns the number of seconds.
    pub const fn in_seconds(self) -> i64 {
        self.0
    }
    /// Doubles the span `times` times, at most up to `most`.
    pub fn doubled_times(self, times: u32, most: Span) -> Span {
        Span(self.0.saturating_mul(1_i64.checked_shl(times).filter(|n| *n > 0).unwrap_or(i64::MAX))).min(most)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            // `24h` reads better than `1d` for a waiting time.
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

/// A step of a sandbox clock: a span or a number of working days (`8wd`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockStep {
    /// A span.
    By(Span),
    /// The same time of day, this number of working days later.
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

/// A calendar date, from 1850 to 9999. Parses and prints `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

impl Date {
    /// Wraps a calendar day.
    pub const fn new(day: NaiveDate) -> Date {
        Date(day)
    }
    /// Returns the calendar day.
    pub const fn day(self) -> NaiveDate {
        self.0
    }

    fn in_bounds(year: u32, month: u32, day: u32) -> Result<Date, ValidationError> {
        if !(1850..10_000).contains(&year) {
            return Err(ValidationError::BoundsProfile("1850-01-01".into(), "9999-12-31".into()));
        }
        NaiveDate::from_ymd_opt(year as i32, month, day).map(Date).ok_or(ValidationError::NoSuchDate)
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
        Date::in_bounds(year, month, day)
    }
}

impl Written for Date {
    /// Reads `YYYY-MM-DD`, and `DD/MM/YYYY` with a slash, hyphen or point. The day is always first and the year has four digits.
    /// Exports of a day add midnight, which is ignored.
    fn read_written(text: &str) -> Result<Date, ValidationError> {
        const FORM: ValidationError = ValidationError::Format("a date");
        let text = text.trim();
        let text = text.strip_suffix(" 00:00:00").or_else(|| text.strip_suffix(" 00:00")).unwrap_or(text);
        match text.parse() {
            Err(ValidationError::Format(_)) => {}
            read => return read,
        }
        let mark = text.chars().find(|c| matches!(c, '/' | '-' | '.')).ok_or(FORM)?;
        let parts: Vec<&str> = text.split(mark).collect();
        let &[day, month, year] = &parts[..] else { return Err(FORM) };
        let number = |part: &str, lengths: RangeInclusive<usize>| {
            let shaped = lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            shaped.then(|| part.parse().ok()).flatten().ok_or(FORM)
        };
        Date::in_bounds(number(year, 4..=4)?, number(month, 1..=2)?, number(day, 1..=2)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamp_is_parsed_and_printed_in_utc_seconds() {
        let nine: Timestamp = "2026-01-05T10:00:00+01:00".parse().expect("a time");
        assert_eq!(nine.to_string(), "2026-01-05T09:00:00Z");
        assert_eq!("2026-02-30T09:00:00Z".parse::<Timestamp>(), Err(ValidationError::NoSuchDate));
        for bad in ["", "2026-01-05", "2026-01-05T09:00:00", "2026-01-05T09:00:00.5Z", "now", "2026-01-05T09:00:00Zé"]
        {
            assert!(bad.parse::<Timestamp>().is_err(), "{bad}");
        }
    }

    #[test]
    fn span_prints_its_largest_exact_unit() {
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
    fn date_must_exist() {
        assert_eq!("2023-02-29".parse::<Date>(), Err(ValidationError::NoSuchDate));
        assert!("2024-02-29".parse::<Date>().is_ok());
        assert!(matches!("0084-03-22".parse::<Date>(), Err(ValidationError::BoundsProfile(..))));
        for bad in ["", "22-03-1984", "1984-3-22", "1984/03/22", "1984-03-22 "] {
            assert!(matches!(bad.parse::<Date>(), Err(ValidationError::Format(_))), "{bad}");
        }
    }
}
