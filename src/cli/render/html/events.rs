//! The events by day: each request with its outcome, its effects and the messages that it caused.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::audit::timeline::AccountTimeline;
use crate::cli::render::code_words;
use crate::cli::render::errors::refusal_key;
use crate::cli::render::html::markup::{element, escaped};
use crate::cli::render::html::messages;
use crate::cli::render::timeline;
use crate::domain::calendar::{lisbon_date, lisbon_time_of_day};
use crate::domain::letter_sender::LetterSender;
use crate::domain::time::Date;
use crate::domain::vocabulary::Language;
use crate::l10n::{DateStyle, MessageArg, MessageArgs, format_date, localize, try_localize};
use crate::reply::{AuditDetail, Event, EventKind, LockoutEnd, Message, Reason};

/// Renders the days with their requests.
pub fn of(language: Language, account_timeline: &AccountTimeline) -> String {
    let messages: HashMap<i64, &Message> =
        account_timeline.messages.iter().map(|message| (message.id, message)).collect();
    let mut text = String::new();
    let mut today: Option<Date> = None;
    for group in groups(&account_timeline.events) {
        let Some(first) = group.first() else { continue };
        let date = lisbon_date(first.at);
        if today != Some(date) {
            if let Some(before) = today {
                let days = (date.day() - before.day()).num_days();
                let later = localize(language, "page-later", &vec![("count", MessageArg::Number(days))]);
                let _ = writeln!(text, "</ol>\n{}", element("p class=\"later\"", &later));
            }
            let _ = writeln!(
                text,
                "{}\n<ol class=\"events\">",
                element("h3", &format_date(language, date, DateStyle::Words))
            );
            today = Some(date);
        }
        text += &one(language, group, &account_timeline.letter_sender, &messages);
    }
    if today.is_some() {
        text += "</ol>\n";
    }
    text
}

/// Groups each request with its effects.
fn groups(events: &[Event]) -> impl Iterator<Item = &[Event]> {
    let is_asked = |event: &Event| event.actor.is_some();
    events.chunk_by(move |_, next| !is_asked(next) && next.entry.is_some())
}

fn one(language: Language, group: &[Event], sender: &LetterSender, messages: &HashMap<i64, &Message>) -> String {
    let (asked, response) = match group.split_first() {
        Some((first, rest)) if first.actor.is_some() => (Some(first), rest),
        _ => (None, group),
    };
    let (class, at) = (asked.map_or("effects", |event| event.kind.as_str()), group.first().map(|event| event.at));
    let mut text = format!("<li class=\"{class}\">");
    if let Some(at) = at {
        let _ = write!(text, "<time datetime=\"{at}\">{}</time>\n<div class=\"what\">", lisbon_time_of_day(at));
    }
    if let Some(event) = asked {
        text += &request(language, event);
    }
    let consequences: Vec<&Event> = response.iter().filter(|event| event.kind != EventKind::Message).collect();
    if !consequences.is_empty() {
        text += "<ul class=\"effects\">";
        for event in consequences {
            let class = if event.kind == EventKind::State { event.what.as_str() } else { "" };
            let inside = escaped(&timeline::effects_text(language, event));
            let _ = write!(text, "<li class=\"{} {}\">{inside}</li>", event.kind, escaped(class));
        }
        text += "</ul>\n";
    }
    let sent = response.iter().filter(|event| event.kind == EventKind::Message);
    let sent: Vec<&Message> = sent.filter_map(|event| messages.get(&event.message?).copied()).collect();
    if !sent.is_empty() {
        text += "<div class=\"post\">\n";
        sent.into_iter().for_each(|message| text += &messages::of(language, sender, message));
        text += "</div>\n";
    }
    text + "</div></li>\n"
}

fn request(language: Language, event: &Event) -> String {
    let mut text = format!("<h4>{}", escaped(&timeline::name(language, event)));
    let outcome = event.outcome.as_deref().unwrap_or_default();
    if outcome != "done" {
        let _ = write!(
            text,
            " <span class=\"tag\">{} {}</span>",
            escaped(&localize(language, "page-refused", &vec![])),
            element("code", outcome)
        );
    }
    text += "</h4>\n";
    let said = timeline::remark(event)
        .map(|remark| localize(language, "page-said", &vec![("text", MessageArg::from(remark))]));
    text += &element("p class=\"said\"", &said.unwrap_or_default());
    if let (true, Some(detail)) = (outcome != "done", &event.detail) {
        text += &element("p class=\"why\"", &why(language, outcome, detail));
        text += &element("p class=\"more\"", &more(language, detail));
    }
    let (actor, entry) = (event.actor.as_deref().unwrap_or_default(), event.entry.unwrap_or_default().to_string());
    let by = vec![("actor", MessageArg::from(actor)), ("id", MessageArg::from(entry))];
    text + &element("p class=\"by\"", &localize(language, "page-by", &by)) + "\n"
}

/// Returns the message of the refusal, as far as the audit log has its values.
fn why(language: Language, reason: &str, detail: &AuditDetail) -> String {
    let mut facts: MessageArgs = vec![];
    for (name, time) in [("retry_at", detail.until.and_then(LockoutEnd::time)), ("expired_at", detail.expires_at)] {
        facts.extend(time.map(|time| (name, MessageArg::Time(time))));
    }
    let Ok(reason) = reason.parse::<Reason>() else { return String::new() };
    let sentence = |variant| try_localize(language, &refusal_key(reason, variant), &facts, DateStyle::Words);
    let rendered = sentence(detail.variant).or_else(|| sentence(None));
    // A message with a missing value is left out.
    rendered.filter(|rendered| !rendered.contains("{$")).unwrap_or_default()
}

/// Returns the facts that only operators see.
fn more(language: Language, detail: &AuditDetail) -> String {
    let label = |key: &str| try_localize(language, &format!("label-{key}"), &vec![], DateStyle::Words);
    let label_of = |key: &str| label(key).unwrap_or_else(|| key.to_owned());
    let mut rendered = vec![];
    if let Some(cause) = detail.cause {
        rendered.push(format!("{}: {}", label_of("cause"), code_words::translate(language, "cause", cause.as_str())));
    }
    if let Some(fields) = &detail.differed {
        let fields: Vec<String> = fields.iter().map(|field| label_of(field)).collect();
        rendered.push(format!("{}: {}", label_of("differed"), fields.join(", ")));
    }
    for (count, number, limit) in
        [("count", detail.count, detail.limit), ("on_code", detail.on_code, detail.code_limit)]
    {
        if let (Some(number), Some(most)) = (number, limit) {
            let facts =
                vec![("count", MessageArg::from(number.to_string())), ("limit", MessageArg::from(most.to_string()))];
            rendered.push(format!("{}: {}", label_of(count), localize(language, "row-of", &facts)));
        }
    }
    rendered.join(" · ")
}
