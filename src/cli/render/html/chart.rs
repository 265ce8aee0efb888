//! The account's states as a band over time, with its blocks below and its refusals as marks above.
//!
//! The list below the band has the same facts as text. Each state has a minimum width, so that a state of one minute is
//! visible beside one of a year. The rest of the width is proportional to time.

use std::fmt::Write as _;

use crate::audit::timeline::AccountTimeline;
use crate::cli::render::html::markup::{element, escaped};
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{Language, Purpose};
use crate::l10n::{DateStyle, MessageArg, format_time, localize};
use crate::reply::{Event, EventKind};

/// The width of the picture in its own units.
const WIDTH: f64 = 1000.0;

/// A period in one state.
struct Stay {
    state: String,
    from: Timestamp,
    until: Timestamp,
    left: f64,
    width: f64,
}

/// Renders the band and its list. Returns an empty string if there are no events.
pub fn of(language: Language, account_timeline: &AccountTimeline) -> String {
    let stays = stays(account_timeline);
    let (Some(first), Some(last)) = (stays.first(), stays.last()) else { return String::new() };
    let mut picture = String::new();
    let place = |at: Timestamp| place(&stays, at);
    let ticks = account_timeline.events.iter().filter(|event| event.kind == EventKind::Refusal).fold(
        String::new(),
        |mut path, event| {
            let _ = write!(path, "M{:.1} 2v10", place(event.at));
            path
        },
    );
    if !ticks.is_empty() {
        let _ = write!(picture, "<path class=\"refusals\" d=\"{ticks}\"/>");
    }
    for stay in &stays {
        let _ = write!(
            picture,
            "<rect class=\"{}\" x=\"{:.1}\" y=\"16\" width=\"{:.1}\" height=\"26\"/>",
            escaped(&stay.state),
            stay.left,
            (stay.width - 2.0).max(1.0)
        );
    }
    for (from, until) in blocks(account_timeline, last.until) {
        let (left, right) = (place(from), place(until));
        let _ = write!(
            picture,
            "<rect class=\"block\" x=\"{left:.1}\" y=\"47\" width=\"{:.1}\" height=\"6\"/>",
            (right - left).max(4.0)
        );
    }
    let words = |key: &str| localize(language, key, &vec![]);
    let when = |time: Timestamp| format_time(language, time, DateStyle::Words);
    let mut text = format!(
        "<section class=\"states\" aria-labelledby=\"states\">\n{}\n\
         <svg viewBox=\"0 0 1000 56\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{}\">{picture}</svg>\n\
         <p class=\"ends\">{}{}</p>\n",
        element("h2 id=\"states\"", &words("page-states")),
        escaped(&words("page-band")),
        element("span", &when(first.from)),
        element("span", &when(last.until)),
    );
    text += "<ol class=\"stays\">\n";
    for (at, stay) in stays.iter().enumerate() {
        let facts = vec![("from", MessageArg::Time(stay.from)), ("until", MessageArg::Time(stay.until))];
        let key = if at + 1 == stays.len() { "page-stay-now" } else { "page-stay" };
        let _ = writeln!(
            text,
            "<li><span class=\"swatch {}\"></span>{} {}</li>",
            escaped(&stay.state),
            element("b", &localize(language, &format!("state-{}", stay.state), &vec![])),
            element("span", &localize(language, key, &facts))
        );
    }
    let _ = writeln!(text, "</ol>\n{}\n</section>", element("p class=\"legend\"", &words("page-legend")));
    text
}

/// Returns the states in order, up to now.
fn stays(account_timeline: &AccountTimeline) -> Vec<Stay> {
    let Some(begin) = account_timeline.events.first().map(|event| event.at) else { return vec![] };
    let mut stays: Vec<Stay> = vec![];
    let mut state: Option<String> = None;
    let mut from = begin;
    let stay = |state: Option<String>, from, until| {
        let state = state.unwrap_or_else(|| "none".to_owned());
        Stay { state, from, until, left: 0.0, width: 0.0 }
    };
    for event in account_timeline.events.iter().filter(|event| event.kind == EventKind::State) {
        let before = state.replace(event.what.clone()).or_else(|| event.outcome.clone());
        // A state event at the very start of the timeline has no earlier period.
        if event.at > from || !stays.is_empty() {
            stays.push(stay(before, from, event.at));
        }
        from = event.at;
    }
    let now = state.or_else(|| account_timeline.account.as_ref().map(|account| account.state.to_string()));
    stays.push(stay(now, from, account_timeline.now.max(from)));
    lay(&mut stays);
    stays
}

/// Computes the position and width of each period.
fn lay(stays: &mut [Stay]) {
    let lasts = |stay: &Stay| (stay.until.seconds() - stay.from.seconds()) as f64;
    let (count, all) = (stays.len() as f64, stays.iter().map(lasts).sum::<f64>());
    let least = (WIDTH / count / 2.0).min(WIDTH / 20.0);
    let mut left = 0.0;
    for stay in stays {
        let share = if all > 0.0 { lasts(stay) / all } else { 1.0 / count };
        (stay.left, stay.width) = (left, least + (WIDTH - least * count) * share);
        left += stay.width;
    }
}

/// Returns the horizontal position of a time.
fn place(stays: &[Stay], at: Timestamp) -> f64 {
    let Some(stay) = stays.iter().find(|stay| at < stay.until).or(stays.last()) else { return 0.0 };
    let complete = (stay.until.seconds() - stay.from.seconds()).max(1) as f64;
    let gone = (at.seconds() - stay.from.seconds()) as f64;
    stay.left + stay.width * (gone / complete).clamp(0.0, 1.0)
}

/// Returns the start and end of each block.
///
/// A block ends at its own end time, when it is lifted, or now. A code blocked for good ends with the next code.
fn blocks(account_timeline: &AccountTimeline, now: Timestamp) -> Vec<(Timestamp, Timestamp)> {
    let ends = |block: &Event, later: &Event| match later.kind {
        EventKind::Block => later.what == block.what,
        EventKind::Code if block.until.is_none() => {
            later.what.parse::<Purpose>().is_ok_and(|purpose| purpose.lockout_scope().as_str() == block.what)
        }
        _ => false,
    };
    let is_set = |event: &Event| event.kind == EventKind::Block && event.outcome.as_deref() == Some("set");
    let set = account_timeline.events.iter().enumerate().filter(|(_, event)| is_set(event));
    set.map(|(at, event)| {
        let next = account_timeline.events[at + 1..].iter().find(|later| ends(event, later)).map(|later| later.at);
        (event.at, [event.until, next].into_iter().flatten().min().unwrap_or(now).min(now))
    })
    .collect()
}
