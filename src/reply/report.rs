//! The report: counts of a period without personal data. The help topic `operators` defines each of them.

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::time::{Date, Timestamp};
use crate::domain::vocabulary::{Channel, LockoutScope, string_enum};

/// The counts of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct Report {
    /// The first second of the period; null for the first audit entry.
    pub since: Option<Timestamp>,
    /// The first second after the period; null for the last audit entry.
    pub before: Option<Timestamp>,
    /// The time for which the state of codes and letters is reported.
    pub now: Timestamp,
    /// The audit entries of the period.
    pub entries: u64,
    pub accounts: AccountCounts,
    pub registrations: RegistrationCounts,
    pub activations: ActivationCounts,
    pub activation_time: ActivationTime,
    pub codes: Vec<CodeCounts>,
    pub refusals: Vec<RefusalCount>,
    pub lockouts: Vec<LockoutCounts>,
    pub letters: LetterCounts,
    pub phone_line: PhoneLineCounts,
    pub series: Series,
}

/// The accounts by state at the end of the period.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "each is the account state of the same name")]
pub struct AccountCounts {
    pub requested: u64,
    pub active: u64,
    pub suspended: u64,
    pub closed: u64,
}

/// Registrations: requests that added an account.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct RegistrationCounts {
    pub total: u64,
    pub portal: u64,
    pub classic: u64,
    pub cmd: u64,
    /// Later requests for the same account, each with a new code. They are not in `total`.
    pub repeated: u64,
}

/// Activations: accounts that became active for their holder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct ActivationCounts {
    pub total: u64,
    pub activate: u64,
    pub recovery: u64,
    pub cmd: u64,
}

/// The time from request to activation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct ActivationTime {
    /// The activations of accounts that were requested before.
    pub count: u64,
    /// Null without such an activation.
    pub median_seconds: Option<u64>,
    pub p90_seconds: Option<u64>,
}

/// The codes of one channel. Each code that was sent is in exactly one of the other counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct CodeCounts {
    pub channel: Channel,
    pub sent: u64,
    pub used: u64,
    /// Past their end, and not used.
    pub expired: u64,
    /// Replaced, cancelled or blocked before their end, and not used.
    pub invalidated: u64,
    /// Still valid.
    pub open: u64,
}

/// The refusals with one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct RefusalCount {
    pub reason: String,
    pub count: u64,
}

/// The lockouts of one scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct LockoutCounts {
    pub what: LockoutScope,
    pub set: u64,
    /// Ended before their time.
    pub lifted: u64,
}

/// Letters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LetterCounts {
    /// Not printed yet.
    pub pending: u64,
    /// Printed for the first time.
    pub dispatched: u64,
    /// Expected before today, with a valid code that is not used.
    pub overdue: u64,
    /// Returned by post.
    pub returned: u64,
}

/// Requests on the phone line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PhoneLineCounts {
    /// Calls with an identified caller.
    pub identified: u64,
    /// Phone codes that were verified without a call.
    pub verified: u64,
    /// Refusals of both, because the code was wrong.
    pub wrong: u64,
    /// Refusals of both, because the code was blocked.
    pub blocked: u64,
    /// Identified callers who listed their payments.
    pub payments: u64,
}

string_enum! {
    /// The length of the periods of a series.
    SeriesUnit {
        /// Days in Lisbon.
        Day = "day",
        /// Months in Lisbon.
        Month = "month",
        /// Years in Lisbon.
        Year = "year",
    }
}

crate::domain::as_text! { SeriesUnit => ToString::to_string }

/// Counts by day, by month, or by year, whichever gives few rows. No period between the first and the last is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct Series {
    pub unit: SeriesUnit,
    pub rows: Vec<SeriesRow>,
}

/// One period of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct SeriesRow {
    /// The first day of the period.
    pub from: Date,
    pub registrations: u64,
    pub activations: u64,
    pub refusals: u64,
}

/// One number of a report, as a row of CSV.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Measure {
    /// The key of the part in the report.
    pub section: &'static str,
    /// The key of the number, or the channel, reason, scope or day that it is about.
    pub name: String,
    /// `count` or `seconds`, or the key of one of several numbers about `name`.
    pub measure: &'static str,
    /// The number; `None` if there is none.
    pub value: Option<u64>,
}

impl Report {
    /// Returns all numbers in the order of the report.
    pub fn measures(&self) -> Vec<Measure> {
        let mut rows = vec![];
        let mut add = |section, name: &str, measure, value: Option<u64>| {
            rows.push(Measure { section, name: name.to_owned(), measure, value });
        };
        for (section, counts) in [
            ("accounts", self.accounts.counts().to_vec()),
            ("registrations", self.registrations.counts().to_vec()),
            ("activations", self.activations.counts().to_vec()),
        ] {
            counts.iter().for_each(|(name, count)| add(section, name, "count", Some(*count)));
        }
        let ActivationTime { count, median_seconds, p90_seconds } = self.activation_time;
        add("activation_time", "count", "count", Some(count));
        add("activation_time", "median", "seconds", median_seconds);
        add("activation_time", "p90", "seconds", p90_seconds);
        for codes in &self.codes {
            for (measure, count) in codes.counts() {
                add("codes", codes.channel.as_str(), measure, Some(count));
            }
        }
        for RefusalCount { reason, count } in &self.refusals {
            add("refusals", reason, "count", Some(*count));
        }
        for LockoutCounts { what, set, lifted } in &self.lockouts {
            add("lockouts", what.as_str(), "set", Some(*set));
            add("lockouts", what.as_str(), "lifted", Some(*lifted));
        }
        for (section, counts) in
            [("letters", self.letters.counts().to_vec()), ("phone_line", self.phone_line.counts().to_vec())]
        {
            counts.iter().for_each(|(name, count)| add(section, name, "count", Some(*count)));
        }
        for SeriesRow { from, registrations, activations, refusals } in &self.series.rows {
            let (section, from) = (self.series.unit.as_str(), from.to_string());
            add(section, &from, "registrations", Some(*registrations));
            add(section, &from, "activations", Some(*activations));
            add(section, &from, "refusals", Some(*refusals));
        }
        rows
    }
}

impl AccountCounts {
    /// Returns the counts with their keys.
    pub fn counts(&self) -> [(&'static str, u64); 4] {
        let AccountCounts { requested, active, suspended, closed } = *self;
        [("requested", requested), ("active", active), ("suspended", suspended), ("closed", closed)]
    }
}

impl RegistrationCounts {
    /// Returns the counts with their keys.
    pub fn counts(&self) -> [(&'static str, u64); 5] {
        let RegistrationCounts { total, portal, classic, cmd, repeated } = *self;
        [("total", total), ("portal", portal), ("classic", classic), ("cmd", cmd), ("repeated", repeated)]
    }
}

impl ActivationCounts {
    /// Returns the counts with their keys.
    pub fn counts(&self) -> [(&'static str, u64); 4] {
        let ActivationCounts { total, activate, recovery, cmd } = *self;
        [("total", total), ("activate", activate), ("recovery", recovery), ("cmd", cmd)]
    }
}

impl CodeCounts {
    /// Returns the counts with their keys.
    pub fn counts(&self) -> [(&'static str, u64); 5] {
        let CodeCounts { channel: _, sent, used, expired, invalidated, open } = *self;
        [("sent", sent), ("used", used), ("expired", expired), ("invalidated", invalidated), ("open", open)]
    }
}

impl LetterCounts {
    /// Returns the counts with their keys.
    pub fn counts(&self) -> [(&'static str, u64); 4] {
        let LetterCounts { pending, dispatched, overdue, returned } = *self;
        [("pending", pending), ("dispatched", dispatched), ("overdue", overdue), ("returned", returned)]
    }
}

impl PhoneLineCounts {
    /// Returns the counts with their keys.
    pub fn counts(&self) -> [(&'static str, u64); 5] {
        let PhoneLineCounts { identified, verified, wrong, blocked, payments } = *self;
        [
            ("identified", identified),
            ("verified", verified),
            ("wrong", wrong),
            ("blocked", blocked),
            ("payments", payments),
        ]
    }
}
