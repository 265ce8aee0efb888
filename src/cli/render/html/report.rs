//! The report of a period as one self-contained HTML page: plots of the counts over time, and tables with bars.
//!
//! Plots are inline SVG without texts, so that they fit any width; their labels are HTML beside them.

use std::fmt::Write as _;

use crate::cli::render::html::markup::{self, element, escaped};
use crate::cli::render::report::{self, Part};
use crate::cli::render::{code_words, report as text};
use crate::domain::time::Date;
use crate::domain::vocabulary::Language;
use crate::l10n::{DateStyle, MessageArg, format_date, localize, try_localize};
use crate::reply::{Report, SeriesRow, SeriesUnit};

/// The rules of the page beside those of all pages.
const STYLE: &str = include_str!("report.css");

/// The size of a plot in its own units.
const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 100.0;

/// A function that returns one number of a period.
type Value = fn(&SeriesRow) -> u64;

/// Renders the page.
pub fn page(language: Language, found: &Report) -> String {
    let words = |key: &str| localize(language, key, &vec![]);
    let mut body = format!(
        "<main>\n<header>\n{}\n{}\n{}\n{}</header>\n",
        element("p class=\"kind\"", &words("report-kind")),
        element("h1", &words("report-title")),
        tiles(language, found),
        element(
            "p class=\"counts\"",
            &format!("{} · {}", report::period(language, found), report::entries(language, found))
        ),
    );
    body += &series(language, found);
    body += &codes(language, found);
    let parts = report::parts(language, found);
    body += "<div class=\"pair\">\n";
    // The tiles have the times to activation.
    for part in parts.iter().filter(|part| !["refusals", "activation_time"].contains(&part.key)) {
        if part.key == "phone_line" {
            body += &lockouts(language, found);
        }
        body += &section(language, part);
    }
    body += "</div>\n";
    body += &refusals(language, found);
    body += &definitions(language);
    let _ = write!(
        body,
        "<footer>\n{}\n</footer>\n</main>\n",
        element("p", &localize(language, "report-foot", &vec![("now", MessageArg::Time(found.now))]))
    );
    markup::document_with(language, STYLE, &words("report-title"), &body)
}

/// Renders the most important numbers.
fn tiles(language: Language, found: &Report) -> String {
    let time = &found.activation_time;
    let duration = |seconds: Option<u64>| seconds.map_or_else(|| "–".to_owned(), text::duration);
    let lockouts: u64 = found.lockouts.iter().map(|counts| counts.set).sum();
    let sent: u64 = found.codes.iter().map(|counts| counts.sent).sum();
    let refusals: u64 = found.refusals.iter().map(|refusal| refusal.count).sum();
    let mut tiles = "<dl class=\"tiles\">\n".to_owned();
    for (key, value) in [
        ("report-registrations-total", grouped(found.registrations.total)),
        ("report-activations-total", grouped(found.activations.total)),
        ("report-tile-median", duration(time.median_seconds)),
        ("report-tile-p90", duration(time.p90_seconds)),
        ("report-tile-codes", grouped(sent)),
        ("report-refusals-all", grouped(refusals)),
        ("report-tile-lockouts", grouped(lockouts)),
        ("report-tile-calls", grouped(found.phone_line.identified)),
    ] {
        let label = element("dt", &localize(language, key, &vec![]));
        let _ = writeln!(tiles, "<div>{label}<dd>{value}</dd></div>");
    }
    tiles + "</dl>\n"
}

/// Groups the digits of a number by narrow spaces that do not break.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    grouped
}

/// Renders the plots over time, and their numbers as a table.
fn series(language: Language, found: &Report) -> String {
    let unit = found.series.unit;
    let mut body = format!(
        "<section aria-labelledby=\"series\">\n{}\n",
        element("h2 id=\"series\"", &localize(language, "report-series", &vec![]))
    );
    let rows = &found.series.rows;
    if rows.is_empty() {
        return body + &element("p", &localize(language, "report-none", &vec![])) + "\n</section>\n";
    }
    let registrations: (&str, Value) = ("registrations", |row| row.registrations);
    let activations: (&str, Value) = ("activations", |row| row.activations);
    let refusals: (&str, Value) = ("refusals", |row| row.refusals);
    body += &plot(language, unit, rows, &[registrations, activations]);
    body += &plot(language, unit, rows, &[refusals]);
    let unit_name = localize(language, "report-series-from", &vec![("unit", MessageArg::from(unit.as_str()))]);
    let mut head = element("th scope=\"col\"", &unit_name);
    for (key, _) in [registrations, activations, refusals] {
        head += &element(
            "th scope=\"col\" class=\"number\"",
            &localize(language, &format!("report-series-{key}"), &vec![]),
        );
    }
    let _ = write!(
        body,
        "<details>\n{}\n<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n",
        element("summary", &localize(language, "report-numbers", &vec![]))
    );
    for row in rows.iter().filter(|row| row.registrations + row.activations + row.refusals > 0) {
        let cells = [row.registrations, row.activations, row.refusals].map(number);
        let name = element("th scope=\"row\"", &period_name(language, unit, row.from));
        let _ = writeln!(body, "<tr>{name}{}</tr>", cells.concat());
    }
    body + "</tbody>\n</table>\n</details>\n</section>\n"
}

/// Renders one plot: for each period the bars of some numbers side by side.
fn plot(language: Language, unit: SeriesUnit, rows: &[SeriesRow], values: &[(&str, Value)]) -> String {
    let most = rows.iter().flat_map(|row| values.iter().map(|(_, value)| value(row))).max().unwrap_or_default();
    let top = rounded_up(most);
    let step = WIDTH / rows.len() as f64;
    let bar = step * 0.8 / values.len() as f64;
    let class = |key: &str| if key == "refusals" { "refusals-bar".to_owned() } else { key.to_owned() };
    let label = |key: &str| localize(language, &format!("report-series-{key}"), &vec![]);
    let mut picture = String::new();
    for line in [0.0, 0.5, 1.0] {
        let y = HEIGHT * line;
        let _ = write!(picture, "<line x1=\"0\" y1=\"{y:.0}\" x2=\"{WIDTH:.0}\" y2=\"{y:.0}\"/>");
    }
    for (at, row) in rows.iter().enumerate() {
        for (place, (key, value)) in values.iter().enumerate() {
            let count = value(row);
            if count == 0 {
                continue;
            }
            let (x, height) = (step * (at as f64 + 0.1) + bar * place as f64, HEIGHT * count as f64 / top as f64);
            let title = format!("{}: {} {}", period_name(language, unit, row.from), grouped(count), label(key));
            let _ = write!(
                picture,
                "<rect class=\"{}\" x=\"{x:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{height:.2}\">{}</rect>",
                class(key),
                HEIGHT - height,
                bar.max(0.4),
                element("title", &title)
            );
        }
    }
    let mut key = String::new();
    for (name, _) in values {
        let _ = write!(key, "<li><span class=\"swatch {}\"></span>{}</li>", class(name), escaped(&label(name)));
    }
    let scale = if top.is_multiple_of(2) { grouped(top / 2) } else { String::new() };
    let name = values.iter().map(|(key, _)| label(key)).collect::<Vec<_>>().join(", ");
    let ends = [rows.first(), rows.last()].map(|row| row.map(|row| period_name(language, unit, row.from)));
    let [first, last] = ends.map(Option::unwrap_or_default);
    let last = if rows.len() > 1 { element("span", &last) } else { String::new() };
    format!(
        "<div class=\"plot\">\n<ul class=\"key\">{key}</ul>\n<p class=\"scale\"><span>{}</span><span>{scale}</span><span>0</span></p>\n\
         <svg viewBox=\"0 0 {WIDTH:.0} {HEIGHT:.0}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{}\">{picture}</svg>\n\
         <p class=\"ends\">{}{last}</p>\n</div>\n",
        grouped(top),
        escaped(&name),
        element("span", &first),
    )
}

/// Returns the end of a scale: 1, 2, 4, 6, 8 or 10 times a power of ten.
fn rounded_up(most: u64) -> u64 {
    let mut power: u64 = 1;
    while most > power.saturating_mul(10) {
        power = power.saturating_mul(10);
    }
    [1, 2, 4, 6, 8, 10].map(|times| power.saturating_mul(times)).into_iter().find(|top| *top >= most).unwrap_or(most)
}

/// Returns the name of a period: a day, a month or a year.
fn period_name(language: Language, unit: SeriesUnit, from: Date) -> String {
    let date = from.to_string();
    match unit {
        SeriesUnit::Day => format_date(language, from, DateStyle::Words),
        SeriesUnit::Month => date.get(..7).unwrap_or(&date).to_owned(),
        SeriesUnit::Year => date.get(..4).unwrap_or(&date).to_owned(),
    }
}

/// Renders the codes of each channel as a table with stacked bars.
fn codes(language: Language, found: &Report) -> String {
    const STATES: [&str; 4] = ["used", "open", "expired", "invalidated"];
    let words = |name: &str| localize(language, &format!("report-codes-{name}"), &vec![]);
    let mut head = element("th scope=\"col\"", &words("channel"));
    for name in ["sent", "used", "open", "expired", "invalidated"] {
        let swatch = if name == "sent" { String::new() } else { format!("<span class=\"swatch {name}\"></span> ") };
        let _ = write!(head, "<th scope=\"col\" class=\"number\">{swatch}{}</th>", escaped(&words(name)));
    }
    let most = found.codes.iter().map(|codes| codes.sent).max().unwrap_or_default().max(1);
    let mut rows = String::new();
    for codes in &found.codes {
        let counts = codes.counts();
        let of = |name: &str| counts.iter().find(|(key, _)| *key == name).map_or(0, |(_, count)| *count);
        let (mut picture, mut left) = (String::new(), 0.0);
        for name in STATES {
            let width = WIDTH * of(name) as f64 / most as f64;
            if width > 0.0 {
                let title = element("title", &format!("{}: {}", words(name), grouped(of(name))));
                let _ = write!(
                    picture,
                    "<rect class=\"{name}\" x=\"{left:.2}\" y=\"0\" width=\"{width:.2}\" height=\"10\">{title}</rect>"
                );
            }
            left += width;
        }
        let channel = code_words::translate(language, "channel", codes.channel.as_str());
        let numbers = ["sent", "used", "open", "expired", "invalidated"].map(|name| number(of(name))).concat();
        let _ = writeln!(
            rows,
            "<tr>{}{numbers}<td class=\"bar\">{}</td></tr>",
            element("th scope=\"row\"", &channel),
            bar_picture(&picture)
        );
    }
    format!(
        "<section aria-labelledby=\"codes\">\n{}\n<div class=\"wide\">\n<table class=\"codes\">\n\
         <thead><tr>{head}<th class=\"bar\"></th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n</section>\n",
        element("h2 id=\"codes\"", &report::heading(language, "codes"))
    )
}

/// Renders a part as a table with bars.
fn section(language: Language, part: &Part) -> String {
    let most = part.rows.iter().filter_map(|row| row.count).max().unwrap_or_default();
    let mut rows = String::new();
    for row in &part.rows {
        let value = row.count.map_or_else(|| row.value.clone(), grouped);
        let _ = writeln!(
            rows,
            "<tr>{}<td class=\"number\">{}</td><td class=\"bar\">{}</td></tr>",
            element("th scope=\"row\"", &row.label),
            escaped(&value).replace("\\u{202f}", "\u{202f}"),
            row.count.map(|count| bar(count, most)).unwrap_or_default()
        );
    }
    table(language, part.key, "", &rows)
}

/// Renders a section with a table. Without rows it says so.
fn table(language: Language, key: &str, head: &str, rows: &str) -> String {
    let heading = element(&format!("h2 id=\"{key}\""), &report::heading(language, key));
    let inside = match rows.is_empty() {
        true => element("p", &localize(language, "report-none", &vec![])),
        false => format!("<table class=\"{key}-table\">\n{head}<tbody>\n{rows}</tbody>\n</table>"),
    };
    format!("<section aria-labelledby=\"{key}\">\n{heading}\n{inside}\n</section>\n")
}

fn lockouts(language: Language, found: &Report) -> String {
    let words = |name: &str| localize(language, &format!("report-lockouts-{name}"), &vec![]);
    let head = format!(
        "<thead><tr>{}{}{}<th class=\"bar\"></th></tr></thead>\n",
        element("th scope=\"col\"", &words("what")),
        element("th scope=\"col\" class=\"number\"", &words("set")),
        element("th scope=\"col\" class=\"number\"", &words("lifted")),
    );
    let most = found.lockouts.iter().map(|counts| counts.set).max().unwrap_or_default();
    let mut rows = String::new();
    for counts in &found.lockouts {
        let _ = writeln!(
            rows,
            "<tr>{}{}{}<td class=\"bar\">{}</td></tr>",
            element("th scope=\"row\"", &text::scope(language, counts.what.as_str())),
            number(counts.set),
            number(counts.lifted),
            bar(counts.set, most)
        );
    }
    table(language, "lockouts", &head, &rows)
}

/// Renders the refusals with the meaning of their reasons.
fn refusals(language: Language, found: &Report) -> String {
    let most = found.refusals.iter().map(|refusal| refusal.count).max().unwrap_or_default();
    let mut rows = String::new();
    for refusal in &found.refusals {
        let meaning = try_localize(language, &format!("explain-{}", refusal.reason), &vec![], DateStyle::Words);
        let _ = writeln!(
            rows,
            "<tr><th scope=\"row\">{}{}</th>{}<td class=\"bar\">{}</td></tr>",
            element("code", &refusal.reason),
            element("small", &meaning.unwrap_or_default()),
            number(refusal.count),
            bar(refusal.count, most)
        );
    }
    table(language, "refusals", "", &rows)
}

/// Renders what each part counts.
fn definitions(language: Language) -> String {
    let mut body = format!(
        "<section aria-labelledby=\"definitions\">\n{}\n<dl class=\"definitions\">\n",
        element("h2 id=\"definitions\"", &localize(language, "report-definitions", &vec![]))
    );
    for key in report::DEFINED {
        let heading = element("dt", &report::heading(language, key));
        let _ = writeln!(body, "<div>{heading}{}</div>", element("dd", &report::definition(language, key)));
    }
    body + "</dl>\n</section>\n"
}

fn number(count: u64) -> String {
    format!("<td class=\"number\">{}</td>", grouped(count))
}

fn bar(count: u64, most: u64) -> String {
    let width = if most == 0 { 0.0 } else { WIDTH * count as f64 / most as f64 };
    if width == 0.0 {
        return String::new();
    }
    bar_picture(&format!("<rect class=\"count\" x=\"0\" y=\"0\" width=\"{:.2}\" height=\"10\"/>", width.max(2.0)))
}

fn bar_picture(inside: &str) -> String {
    format!("<svg viewBox=\"0 0 {WIDTH:.0} 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">{inside}</svg>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_end_at_round_numbers() {
        for (most, top) in [(0, 1), (1, 1), (3, 4), (9, 10), (10, 10), (11, 20), (45, 60), (61, 80), (766, 800)] {
            assert_eq!(rounded_up(most), top, "{most}");
        }
        assert_eq!(rounded_up(u64::MAX), u64::MAX);
    }

    #[test]
    fn numbers_are_grouped_by_narrow_spaces() {
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1\u{202f}234\u{202f}567");
    }
}
