//! The report as text: one block per part, at a terminal with small bars.
//!
//! The HTML page has the same parts and labels.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::audit::report::SERIES_LIMITS;
use crate::cli::render::code_words;
use crate::cli::render::escape::printable;
use crate::domain::vocabulary::Language;
use crate::l10n::{MessageArg, MessageArgs, localize};
use crate::reply::Report;

/// The longest bar, in characters.
const LONGEST_BAR: usize = 24;

/// The parts of a report, and its period, in the order in which they are defined.
pub const DEFINED: [&str; 11] = [
    "period",
    "accounts",
    "registrations",
    "activations",
    "activation_time",
    "codes",
    "refusals",
    "lockouts",
    "letters",
    "phone_line",
    "series",
];

/// A part of a report: a heading and its rows.
pub struct Part {
    /// The key of the part in the report.
    pub key: &'static str,
    /// The rows.
    pub rows: Vec<Row>,
}

/// One number of a part.
pub struct Row {
    /// The label.
    pub label: String,
    /// The number as text.
    pub value: String,
    /// The number, if a bar can show it.
    pub count: Option<u64>,
}

impl Row {
    fn new(label: String, count: u64) -> Row {
        Row { label, value: count.to_string(), count: Some(count) }
    }
}

/// Returns the parts whose rows have one number each, in the order of the report.
pub fn parts(language: Language, report: &Report) -> Vec<Part> {
    let label = |part: &str, name: &str| localize(language, &format!("report-{part}-{name}"), &vec![]);
    let counts = |key: &'static str, counts: &[(&str, u64)]| Part {
        key,
        rows: counts.iter().map(|(name, count)| Row::new(label(key, name), *count)).collect(),
    };
    let state = |(state, count): &(&str, u64)| Row::new(localize(language, &format!("state-{state}"), &vec![]), *count);
    let time = &report.activation_time;
    let duration = |name: &str, seconds: Option<u64>| Row {
        label: label("activation_time", name),
        value: seconds.map_or_else(|| "-".to_owned(), duration),
        count: None,
    };
    let refusals = report.refusals.iter().map(|refusal| Row::new(printable(&refusal.reason), refusal.count)).collect();
    vec![
        Part { key: "accounts", rows: report.accounts.counts().iter().map(state).collect() },
        counts("registrations", &report.registrations.counts()),
        counts("activations", &report.activations.counts()),
        Part {
            key: "activation_time",
            rows: vec![
                Row { count: None, ..Row::new(label("activation_time", "count"), time.count) },
                duration("median", time.median_seconds),
                duration("p90", time.p90_seconds),
            ],
        },
        Part { key: "refusals", rows: refusals },
        counts("letters", &report.letters.counts()),
        counts("phone_line", &report.phone_line.counts()),
    ]
}

/// Returns the heading of a part.
pub fn heading(language: Language, key: &str) -> String {
    localize(language, &format!("report-{key}"), &vec![])
}

/// Returns what a part counts, for the page and the help.
pub fn definition(language: Language, key: &str) -> String {
    let (days, months) = SERIES_LIMITS;
    let facts: MessageArgs = vec![("days", MessageArg::Number(days)), ("months", MessageArg::Number(months))];
    localize(language, &format!("report-def-{key}"), &facts)
}

/// Returns the sentence with the period.
pub fn period(language: Language, report: &Report) -> String {
    let mut facts = vec![("now", MessageArg::Time(report.now))];
    facts.extend(report.since.map(|since| ("since", MessageArg::Time(since))));
    facts.extend(report.before.map(|before| ("before", MessageArg::Time(before))));
    let key = match (report.since, report.before) {
        (None, None) => "report-period-all",
        (Some(_), None) => "report-period-since",
        (None, Some(_)) => "report-period-until",
        (Some(_), Some(_)) => "report-period-both",
    };
    localize(language, key, &facts)
}

/// Returns the number of audit entries as a sentence.
pub fn entries(language: Language, report: &Report) -> String {
    let count = i64::try_from(report.entries).unwrap_or(i64::MAX);
    localize(language, "report-entries", &vec![("count", MessageArg::Number(count))])
}

/// Returns a duration in its two largest units, by the symbols of the International System: `2 d 3 h`, `12 min`.
pub fn duration(seconds: u64) -> String {
    let units = [(86_400, "d"), (3600, "h"), (60, "min"), (1, "s")];
    let first = units.iter().position(|(unit, _)| *unit <= seconds).unwrap_or(units.len() - 1);
    let mut left = seconds;
    let mut parts = vec![];
    for (unit, symbol) in units.iter().skip(first).take(2) {
        if left >= *unit || parts.is_empty() {
            parts.push(format!("{} {symbol}", left / unit));
        }
        left %= unit;
    }
    parts.join(" ")
}

/// Renders the report. `width` is that of a terminal; without one there are no bars.
pub fn text(language: Language, report: &Report, width: Option<usize>) -> String {
    let mut text = format!("{}\n{}\n", period(language, report), entries(language, report));
    for part in parts(language, report) {
        if part.key == "refusals" {
            text += &codes(language, report);
        }
        if part.key == "letters" {
            text += &lockouts(language, report);
        }
        let _ = write!(text, "\n{}\n", heading(language, part.key));
        text += &rows(language, &part.rows, width);
    }
    text
}

/// Renders rows with their numbers below each other.
fn rows(language: Language, rows: &[Row], width: Option<usize>) -> String {
    if rows.is_empty() {
        return format!("  {}\n", localize(language, "report-none", &vec![]));
    }
    let widest = |of: fn(&Row) -> usize| rows.iter().map(of).max().unwrap_or_default();
    let (label, value) = (widest(|row| row.label.width()), widest(|row| row.value.width()));
    let most = rows.iter().filter_map(|row| row.count).max().unwrap_or_default();
    let longest = width.map_or(0, |width| width.saturating_sub(label + value + 6).min(LONGEST_BAR));
    let line = |row: &Row| {
        let bar = row.count.map(|count| bar(count, most, longest)).unwrap_or_default();
        let pad = " ".repeat(label - row.label.width());
        format!("  {}{pad}  {:>value$}  {bar}", row.label, row.value).trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

/// Returns a bar of blocks, in eighths. A number that is not zero has at least one eighth.
fn bar(count: u64, most: u64, longest: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    if count == 0 || longest == 0 {
        return String::new();
    }
    let eighths = u128::from(count) * longest as u128 * 8 / u128::from(most.max(1));
    let eighths = usize::try_from(eighths).unwrap_or(longest * 8).max(1);
    "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
}

/// Renders the codes as a table of channels and states.
fn codes(language: Language, report: &Report) -> String {
    let names = ["channel", "sent", "used", "expired", "invalidated", "open"];
    let head = names.map(|name| localize(language, &format!("report-codes-{name}"), &vec![]));
    let row = |codes: &crate::reply::CodeCounts| {
        let channel = code_words::translate(language, "channel", codes.channel.as_str());
        std::iter::once(channel).chain(codes.counts().map(|(_, count)| count.to_string())).collect::<Vec<_>>()
    };
    let rows = report.codes.iter().map(row).collect();
    format!("\n{}\n{}", heading(language, "codes"), grid(head.to_vec(), rows))
}

/// Renders the lockouts as a table of scopes.
fn lockouts(language: Language, report: &Report) -> String {
    let mut text = format!("\n{}\n", heading(language, "lockouts"));
    if report.lockouts.is_empty() {
        return text + &rows(language, &[], None);
    }
    let head = ["what", "set", "lifted"].map(|name| localize(language, &format!("report-lockouts-{name}"), &vec![]));
    let row = |counts: &crate::reply::LockoutCounts| {
        vec![scope(language, counts.what.as_str()), counts.set.to_string(), counts.lifted.to_string()]
    };
    text += &grid(head.to_vec(), report.lockouts.iter().map(row).collect());
    text
}

/// Returns the name of a lockout scope.
pub fn scope(language: Language, word: &str) -> String {
    localize(language, &format!("word-{word}"), &vec![])
}

/// Renders a table: the first column to the left, the others to the right.
fn grid(head: Vec<String>, rows: Vec<Vec<String>>) -> String {
    let lines: Vec<Vec<String>> = std::iter::once(head).chain(rows).collect();
    let columns = lines.first().map_or(0, Vec::len);
    let widest = |at: usize| lines.iter().filter_map(|line| line.get(at)).map(|cell| cell.width()).max();
    let widths: Vec<usize> = (0..columns).map(|at| widest(at).unwrap_or_default()).collect();
    let mut text = String::new();
    for line in &lines {
        for (at, (cell, width)) in line.iter().zip(&widths).enumerate() {
            let pad = " ".repeat(width - cell.width());
            text += "  ";
            text += &if at == 0 { format!("{cell}{pad}") } else { format!("{pad}{cell}") };
        }
        text = text.trim_end().to_owned() + "\n";
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_two_units_at_most() {
        for (seconds, expected) in [
            (0, "0 s"),
            (59, "59 s"),
            (60, "1 min"),
            (750, "12 min 30 s"),
            (3600, "1 h"),
            (3660, "1 h 1 min"),
            (3601, "1 h"),
            (86_400, "1 d"),
            (190_800, "2 d 5 h"),
        ] {
            assert_eq!(duration(seconds), expected);
        }
    }

    #[test]
    fn bars_are_in_proportion_and_never_empty_for_a_number() {
        assert_eq!(bar(8, 8, 3), "███");
        assert_eq!(bar(4, 8, 3), "█▌");
        assert_eq!(bar(1, 1_000_000, 3), "▏");
        assert_eq!(bar(0, 8, 3), "");
        assert_eq!(bar(8, 8, 0), "");
        assert_eq!(bar(u64::MAX, u64::MAX, 3), "███");
    }
}
