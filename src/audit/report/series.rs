//! Counts by day, month or year in Lisbon.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};

use crate::domain::calendar::{lisbon_date, start_of_day_in_lisbon};
use crate::domain::time::{Date, Timestamp};
use crate::reply::{Series, SeriesRow, SeriesUnit};

/// The most days, and the most months, that a series shows one by one.
pub const LIMITS: (i64, i64) = (92, 60);

/// The counts of one day.
#[derive(Debug, Clone, Copy, Default)]
pub struct DayCounts {
    /// New registrations.
    pub registrations: u64,
    /// Activations.
    pub activations: u64,
    /// Refusals.
    pub refusals: u64,
}

/// The counts of all days with an event.
#[derive(Default)]
pub struct Days {
    days: BTreeMap<NaiveDate, DayCounts>,
    /// The day of the last event, with its first second and that of the next day. Most events are on the same day as the one before.
    last: Option<(Timestamp, Timestamp, NaiveDate)>,
}

impl Days {
    /// Returns the counts of the day of a time.
    pub fn at(&mut self, at: Timestamp) -> &mut DayCounts {
        let day = match self.last {
            Some((start, end, day)) if start <= at && at < end => day,
            _ => {
                let date = lisbon_date(at);
                let start = start_of_day_in_lisbon(date);
                let next =
                    date.day().succ_opt().map_or(Timestamp::FAR_FUTURE, |next| start_of_day_in_lisbon(Date::new(next)));
                self.last = Some((start, next, date.day()));
                date.day()
            }
        };
        self.days.entry(day).or_default()
    }

    /// Returns the series. Periods without an event have zeros.
    pub fn into_series(self) -> Series {
        let ends = self.days.keys().next().copied().zip(self.days.keys().next_back().copied());
        let Some((first, last)) = ends else { return Series { unit: SeriesUnit::Day, rows: vec![] } };
        let month = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
        let unit = if (last - first).num_days() < LIMITS.0 {
            SeriesUnit::Day
        } else if month(last) - month(first) < LIMITS.1 {
            SeriesUnit::Month
        } else {
            SeriesUnit::Year
        };
        let mut rows: BTreeMap<NaiveDate, DayCounts> = BTreeMap::new();
        let mut start = Some(start_of(unit, first));
        while let Some(from) = start.filter(|start| *start <= last) {
            rows.insert(from, DayCounts::default());
            start = next(unit, from);
        }
        for (day, counts) in self.days {
            let row = rows.entry(start_of(unit, day)).or_default();
            row.registrations += counts.registrations;
            row.activations += counts.activations;
            row.refusals += counts.refusals;
        }
        let row = |(from, counts): (NaiveDate, DayCounts)| {
            let DayCounts { registrations, activations, refusals } = counts;
            SeriesRow { from: Date::new(from), registrations, activations, refusals }
        };
        Series { unit, rows: rows.into_iter().map(row).collect() }
    }
}

/// Returns the first day of the period that contains a day.
fn start_of(unit: SeriesUnit, day: NaiveDate) -> NaiveDate {
    let month = match unit {
        SeriesUnit::Day => return day,
        SeriesUnit::Month => day.month(),
        SeriesUnit::Year => 1,
    };
    NaiveDate::from_ymd_opt(day.year(), month, 1).unwrap_or(day)
}

/// Returns the first day of the next period.
fn next(unit: SeriesUnit, start: NaiveDate) -> Option<NaiveDate> {
    match unit {
        SeriesUnit::Day => start.succ_opt(),
        SeriesUnit::Month => start.checked_add_months(Months::new(1)),
        SeriesUnit::Year => start.checked_add_months(Months::new(12)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(times: &[&str]) -> Series {
        let mut days = Days::default();
        for time in times {
            days.at(time.parse().expect("a time")).registrations += 1;
        }
        days.into_series()
    }

    fn rows(series: &Series) -> Vec<(String, u64)> {
        series.rows.iter().map(|row| (row.from.to_string(), row.registrations)).collect()
    }

    #[test]
    fn days_are_those_of_lisbon_and_none_is_left_out() {
        let summer = series(&["2026-07-01T22:59:59Z", "2026-07-01T23:00:00Z", "2026-07-04T12:00:00Z"]);
        assert_eq!(summer.unit, SeriesUnit::Day);
        let expected = [("2026-07-01", 1), ("2026-07-02", 1), ("2026-07-03", 0), ("2026-07-04", 1)];
        assert_eq!(rows(&summer), expected.map(|(day, count)| (day.to_owned(), count)));
    }

    #[test]
    fn long_periods_have_months_or_years() {
        let months = series(&["2026-01-31T12:00:00Z", "2026-05-31T12:00:00Z"]);
        assert_eq!(months.unit, SeriesUnit::Month);
        assert_eq!(rows(&months).len(), 5);
        let years = series(&["1970-01-01T00:00:00Z", "9999-01-01T00:00:00Z"]);
        assert_eq!((years.unit, years.rows.len()), (SeriesUnit::Year, 8030));
        let counted: u64 = years.rows.iter().map(|row| row.registrations).sum();
        assert_eq!(counted, 2);
    }

    #[test]
    fn earlier_day_after_a_clock_reset_is_counted_on_its_day() {
        let reset = series(&["2026-03-03T12:00:00Z", "2026-03-02T12:00:00Z", "2026-03-03T13:00:00Z"]);
        assert_eq!(rows(&reset), [("2026-03-02".to_owned(), 1), ("2026-03-03".to_owned(), 2)]);
    }
}
