//! An account's timeline as one self-contained HTML page, without scripts, images, fonts or network access.
//!
//! The head forbids these, and `markup` escapes all foreign text. The same timeline gives the same bytes.
//!
//! - `chart`: the states over time
//! - `events`: the events by day; `messages`: the messages as they were sent
//! - `markup`, `style.css`: escaping and the style for light, dark, small screens and paper
//! - `report`, `report.css`: the page of a report, with the same head and style

use std::fmt::Write as _;

use crate::audit::timeline::AccountTimeline;
use crate::cli::render::escape::words;
use crate::domain::vocabulary::{AccountType, Language};
use crate::l10n::{DateStyle, MessageArg, format_time, localize};
use crate::reply::{Account, EventKind};
use markup::{document, element, escaped};

mod chart;
mod events;
mod markup;
mod messages;
pub mod report;

/// Renders the page.
pub fn of(language: Language, account_timeline: &AccountTimeline) -> String {
    let niss = account_timeline.niss.to_string();
    let name = account_timeline.name.clone().unwrap_or_else(|| format!("NISS {niss}"));
    let title = localize(language, "page-title", &vec![("name", MessageArg::from(name.as_str()))]);
    let mut body = "<main>\n<header>\n".to_owned();
    body += &element("p class=\"kind\"", &localize(language, "page-kind", &vec![]));
    let _ = write!(body, "\n{}\n", element("h1", &name));
    body += &facts(language, account_timeline, &niss);
    let _ = write!(body, "{}\n</header>\n", element("p class=\"counts\"", &counts(language, account_timeline)));
    body += &chart::of(language, account_timeline);
    body += "<section class=\"events\" aria-labelledby=\"timeline\">\n";
    let _ = writeln!(body, "{}", element("h2 id=\"timeline\"", &localize(language, "page-timeline", &vec![])));
    body += &match account_timeline.events.is_empty() {
        true => element("p", &localize(language, "page-nothing", &vec![])),
        false => events::of(language, account_timeline),
    };
    body += "</section>\n<footer>\n";
    body += &element("p", &localize(language, "page-foot", &vec![("now", MessageArg::Time(account_timeline.now))]));
    let codes = if account_timeline.request.is_none() { "page-codes-sandbox" } else { "page-codes-masked" };
    let _ = write!(body, "\n{}\n</footer>\n</main>\n", element("p", &localize(language, codes, &vec![])));
    document(language, &title, &body)
}

/// Renders the present facts of the account.
fn facts(language: Language, account_timeline: &AccountTimeline, niss: &str) -> String {
    let mut text = "<dl class=\"facts\">\n".to_owned();
    let mut row = |label: &str, value: String| {
        let label = element("dt", &localize(language, &format!("label-{label}"), &vec![]));
        let _ = writeln!(text, "<div>{label}<dd>{value}</dd></div>");
    };
    row("niss", escaped(niss));
    let word = |key: String| escaped(&localize(language, &key, &vec![]));
    match &account_timeline.account {
        None => row("state", format!("<span class=\"pill none\">{}</span>", word("state-none".to_owned()))),
        Some(account) => {
            let state = account.state;
            row("state", format!("<span class=\"pill {state}\">{}</span>", word(format!("state-{state}"))));
            row("account_type", word(format!("page-{}", account.account_type)));
            let when = |time| escaped(&format_time(language, time, DateStyle::Words));
            row("created_at", when(account.created_at));
            if let Some(time) = account.activated_at {
                row("activated_at", when(time));
            }
            if account.account_type == AccountType::Citizen {
                row("alerts", word(format!("page-alerts-{}", account.alerts)));
            }
            if !account.blocks.is_empty() {
                row("blocks", blocks(language, account));
            }
        }
    }
    text + "</dl>\n"
}

fn blocks(language: Language, account: &Account) -> String {
    let rendered = account.blocks.iter().map(|block| {
        let mut facts = vec![("what", words(language, [block.what.as_str()].into_iter()))];
        facts.extend(block.until.map(|until| ("until", MessageArg::Time(until))));
        localize(language, if block.until.is_some() { "row-block-until" } else { "row-block" }, &facts)
    });
    escaped(&rendered.collect::<Vec<_>>().join("; "))
}

fn counts(language: Language, account_timeline: &AccountTimeline) -> String {
    let count = |wanted: EventKind| {
        let count = account_timeline.events.iter().filter(|event| event.kind == wanted).count();
        MessageArg::Number(i64::try_from(count).unwrap_or(i64::MAX))
    };
    let facts = vec![
        ("done", count(EventKind::Request)),
        ("refused", count(EventKind::Refusal)),
        ("messages", count(EventKind::Message)),
    ];
    localize(language, "page-counts", &facts)
}
