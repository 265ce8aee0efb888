//! Lisbon time, and Portuguese working days by the national holidays.
//!
//! Carnival and municipal holidays count as working days: Carnival is granted anew each year, municipal holidays
//! differ by town. The delivery time of a letter is a rule of thumb anyway (002 step 9).

use chrono::{
    Datelike, Days, Duration, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Timelike, Weekday,
};
use chrono_tz::{Europe::Lisbon, Tz};

use super::time::{Date, Timestamp};

/// Converts an instant to Lisbon time, for sentences and letters.
pub fn to_lisbon(at: Timestamp) -> chrono::DateTime<Tz> {
    at.utc().with_timezone(&Lisbon)
}

/// Returns the time of day in Lisbon: `09:10`. In the hour that is repeated when the clocks go back, the offset follows:
/// `01:30 (UTC+1)`.
pub fn lisbon_time_of_day(at: Timestamp) -> String {
    let local = to_lisbon(at);
    let clock = local.format("%H:%M");
    match Lisbon.from_local_datetime(&local.naive_local()) {
        MappedLocalTime::Ambiguous(..) => {
            format!("{clock} (UTC{:+})", local.offset().fix().local_minus_utc() / 3600)
        }
        MappedLocalTime::Single(_) | MappedLocalTime::None => clock.to_string(),
    }
}

/// Returns the date in Lisbon.
pub fn lisbon_date(at: Timestamp) -> Date {
    Date::new(to_lisbon(at).date_naive())
}

/// Returns the first instant of a day in Lisbon. Days before 1970 give the epoch.
pub fn start_of_day_in_lisbon(date: Date) -> Timestamp {
    from_lisbon(date.day().and_time(NaiveTime::MIN))
}

/// Returns the same time of day in Lisbon after `days` working days. Zero days return the same instant.
pub fn advance_working_days(at: Timestamp, days: u32) -> Timestamp {
    if days == 0 {
        return at;
    }
    let local = to_lisbon(at).naive_local();
    from_lisbon(add_working_days(Date::new(local.date()), days).day().and_time(local.time()))
}

/// Returns the first instant that shows this local time in Lisbon. A skipped local time gives the first instant after
/// the gap.
fn from_lisbon(local: NaiveDateTime) -> Timestamp {
    let minute = local - Duration::seconds(i64::from(local.second()));
    let later = (1..=120).map(|minutes| minute + Duration::minutes(minutes));
    let instant = std::iter::once(local).chain(later).find_map(|local| Lisbon.from_local_datetime(&local).earliest());
    let seconds = instant.map_or(Timestamp::FAR_FUTURE.seconds(), |instant| instant.timestamp());
    Timestamp::from_seconds(seconds.clamp(0, Timestamp::FAR_FUTURE.seconds())).unwrap_or(Timestamp::FAR_FUTURE)
}

/// Returns the date `days` working days later. The start does not count, and the result is at most 9999-12-31.
pub fn add_working_days(date: Date, days: u32) -> Date {
    let (mut day, mut left) = (date.day(), days);
    while left > 0 {
        let Some(next) = day.succ_opt().filter(|next| next.year() <= 9999) else { break };
        day = next;
        left -= u32::from(is_working_day(Date::new(day)));
    }
    Date::new(day)
}

/// Returns whether a date is neither on a weekend nor a national holiday.
pub fn is_working_day(date: Date) -> bool {
    let day = date.day();
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !is_holiday(day)
}

/// Returns whether a day is one of the 13 holidays of the Labour Code, article 234.
///
/// Four of them did not apply in 2013 to 2015 (Law 23/2012, reversed by Law 8/2016). None moves from a weekend.
fn is_holiday(day: NaiveDate) -> bool {
    let stored = !(2013..=2015).contains(&day.year());
    match (day.month(), day.day()) {
        (1, 1) | (4, 25) | (5, 1) | (6, 10) | (8, 15) | (12, 8 | 25) => true,
        (10, 5) | (11, 1) | (12, 1) => stored,
        // Easter and the dates that depend on it fall between 20 March and 24 June.
        (3..=6, _) => match (day - easter(day.year()).day()).num_days() {
            -2 | 0 => true,
            60 => stored,
            _ => false,
        },
        _ => false,
    }
}

/// Returns Easter Sunday of a Gregorian year, by the anonymous algorithm of 1876 (Meeus, Jones and Butcher).
pub fn easter(year: i32) -> Date {
    let (golden, century, of_century) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let moons = (century - (century + 8).div_euclid(25) + 1).div_euclid(3);
    let epact = (19 * golden + century - century.div_euclid(4) - moons + 15).rem_euclid(30);
    let to_sunday = (32 + 2 * century.rem_euclid(4) + 2 * (of_century / 4) - epact - of_century % 4).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * to_sunday) / 451;
    let since_22_march = (epact + to_sunday - 7 * late).unsigned_abs();
    let first = NaiveDate::from_ymd_opt(year, 3, 22).unwrap_or(NaiveDate::MAX);
    Date::new(first.checked_add_days(Days::new(u64::from(since_22_march))).unwrap_or(NaiveDate::MAX))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    fn time(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn matches_reference_vectors() {
        let rows = include_str!("../../tests/data/working_days.csv").lines().skip(1);
        let domain = ["2026-02-12,8,2026-02-24", "2026-04-02,8,2026-04-15", "2026-11-20,8,2026-12-03"];
        let domain = domain.into_iter().chain(["2026-11-21,8,2026-12-03", "2026-12-31,8,2027-01-13"]);
        let mut counted = 0;
        for row in rows.chain(domain) {
            let [from, days, to] = row.split(',').collect::<Vec<_>>()[..] else { panic!("{row}") };
            assert_eq!(add_working_days(date(from), days.parse().expect("a number")), date(to), "{row}");
            counted += 1;
        }
        assert_eq!(counted, 65);
    }

    #[test]
    fn easter_matches_known_years() {
        for sunday in [
            "1886-04-25",
            "1943-04-25",
            "1954-04-18",
            "1961-04-02",
            "1981-04-19",
            "2000-04-23",
            "2008-03-23",
            "2011-04-24",
            "2016-03-27",
            "2019-04-21",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2038-04-25",
            "2049-04-18",
            "2076-04-19",
        ] {
            assert_eq!(easter(date(sunday).day().year()), date(sunday));
        }
    }

    #[test]
    fn holidays_follow_the_labour_code() {
        let holidays = |year: i32| -> Vec<String> {
            let days = NaiveDate::from_ymd_opt(year, 1, 1).expect("a day").iter_days();
            let days = days.take_while(|day| day.year() == year).filter(|day| is_holiday(*day));
            days.map(|day| day.format("%m-%d").to_string()).collect()
        };
        let all = [
            "01-01", "04-03", "04-05", "04-25", "05-01", "06-04", "06-10", "08-15", "10-05", "11-01", "12-01", "12-08",
        ];
        assert_eq!(holidays(2026), [&all[..], &["12-25"]].concat());
        let fewer = ["01-01", "04-18", "04-20", "04-25", "05-01", "06-10", "08-15", "12-08", "12-25"];
        assert_eq!(holidays(2014), fewer);
        assert_eq!([2012, 2013, 2015, 2016].map(|year| holidays(year).len()), [13, 9, 9, 13]);
        assert!(is_working_day(date("2026-02-17")), "Carnival");
    }

    #[test]
    fn adding_zero_working_days_is_identity() {
        assert_eq!(add_working_days(date("2026-01-05"), 1), date("2026-01-06"));
        assert_eq!(add_working_days(date("2026-01-10"), 0), date("2026-01-10"), "a Saturday stays one");
        assert_eq!(add_working_days(date("2026-01-10"), 1), date("2026-01-12"));
        assert_eq!(add_working_days(date("2026-01-10"), u32::MAX).to_string(), "9999-12-31");
    }

    #[test]
    fn dates_change_at_midnight_in_lisbon() {
        assert_eq!(lisbon_date(time("2026-07-01T22:59:59Z")), date("2026-07-01"));
        assert_eq!(lisbon_date(time("2026-07-01T23:00:00Z")), date("2026-07-02"));
        assert_eq!(lisbon_date(time("2026-01-01T23:59:59Z")), date("2026-01-01"));
        assert_eq!(start_of_day_in_lisbon(date("2026-07-02")), time("2026-07-01T23:00:00Z"));
        assert_eq!(start_of_day_in_lisbon(date("2026-01-02")), time("2026-01-02T00:00:00Z"));
        assert_eq!(start_of_day_in_lisbon(date("1951-12-01")).seconds(), 0);
        assert_eq!(to_lisbon(time("2026-07-01T09:00:00Z")).format("%H:%M").to_string(), "10:00");
        assert_eq!(
            to_lisbon(time("1994-07-01T09:00:00Z")).format("%H:%M").to_string(),
            "11:00",
            "Central European Time then"
        );
    }

    #[test]
    fn working_day_step_preserves_time_of_day() {
        for (from, days, to) in [
            ("2026-01-05T09:00:00Z", 8, "2026-01-15T09:00:00Z"),
            ("2026-03-27T09:00:00Z", 1, "2026-03-30T08:00:00Z"),
            ("2026-10-23T08:00:00Z", 1, "2026-10-26T09:00:00Z"),
            ("2026-03-28T01:30:15Z", 0, "2026-03-28T01:30:15Z"),
            ("2026-10-25T01:30:00Z", 0, "2026-10-25T01:30:00Z"),
            ("2026-07-01T23:30:00Z", 1, "2026-07-02T23:30:00Z"),
        ] {
            assert_eq!(advance_working_days(time(from), days), time(to), "{from} {days}");
        }
        assert_eq!(advance_working_days(time("2026-01-05T09:00:00Z"), u32::MAX).to_string(), "9999-12-31T09:00:00Z");
        assert_eq!(advance_working_days(Timestamp::FAR_FUTURE, 1), Timestamp::FAR_FUTURE);
    }

    /// Tests the local clock directly, because Lisbon changes its clock on Sundays, which are not working days.
    #[test]
    fn skipped_local_time_moves_forward_and_repeated_one_is_its_first() {
        let clock = |text: &str| from_lisbon(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").expect("a time"));
        for jumped_over in ["2026-03-29 01:00:00", "2026-03-29 01:30:15", "2026-03-29 01:59:59", "2026-03-29 02:00:00"]
        {
            assert_eq!(clock(jumped_over), time("2026-03-29T01:00:00Z"), "{jumped_over}");
        }
        assert_eq!(clock("2026-10-25 01:30:00"), time("2026-10-25T00:30:00Z"));
        assert_eq!(clock("2026-10-25 02:00:00"), time("2026-10-25T02:00:00Z"));
        assert_eq!(
            start_of_day_in_lisbon(date("1977-03-27")),
            time("1977-03-27T00:00:00Z"),
            "midnight itself was skipped"
        );
    }

    proptest! {
        #[test]
        fn working_days_add_up(day in 0_i64..80_000, first in 0_u32..40, second in 0_u32..40) {
            let start = Date::new(NaiveDate::default() + Duration::days(day));
            let end = add_working_days(start, first + second);
            prop_assert_eq!(add_working_days(add_working_days(start, first), second), end);
            prop_assert!(first + second == 0 || is_working_day(end));
        }

        #[test]
        fn start_of_day_is_its_first_second(seconds in 86_400_i64..8_000_000_000) {
            let at = Timestamp::from_seconds(seconds).expect("a time");
            let start = start_of_day_in_lisbon(lisbon_date(at));
            prop_assert!(start <= at && lisbon_date(start) == lisbon_date(at));
            prop_assert!(lisbon_date(Timestamp::from_seconds(start.seconds() - 1).expect("a time")) < lisbon_date(at));
        }

        #[test]
        fn easter_is_a_sunday_in_its_season(year in 1600_i32..9999) {
            let day = easter(year).day();
            prop_assert_eq!(day.weekday(), Weekday::Sun);
            prop_assert!((3, 22) <= (day.month(), day.day()) && (day.month(), day.day()) <= (4, 25));
        }
    }
}
