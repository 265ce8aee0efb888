//! The events of an account's timeline as sentences in Lisbon time, each with a symbol of its kind.

use crate::cli::render::escape::{on_one_line, printable};
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{Language, LockoutScope};
use crate::l10n::{DateStyle, MessageArg, MessageArgs, format_time, localize, try_localize};
use crate::reply::{AuditEffects, AuditEntry, Event, EventKind};
use crate::request::Operation;

/// Returns the symbol of an event's kind.
pub fn symbol(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Request => "●",
        EventKind::Refusal => "×",
        EventKind::Reading => "·",
        EventKind::State => "◆",
        EventKind::Code => "#",
        EventKind::Message => "→",
        EventKind::Dispatch => "»",
        EventKind::Delivery => "«",
        EventKind::Block => "■",
    }
}

/// Renders an event on its own line.
pub fn line(language: Language, event: &Event) -> String {
    let at = format_time(language, event.at, DateStyle::Words);
    let by = match (&event.actor, event.entry) {
        (Some(actor), Some(entry)) => {
            let facts =
                vec![("actor", MessageArg::from(printable(actor))), ("id", MessageArg::from(entry.to_string()))];
            format!(" {}", localize(language, "event-by", &facts))
        }
        _ => String::new(),
    };
    format!("{at}: {} {}{by}\n", symbol(event.kind), effects_text(language, event))
}

/// Renders an event, followed by the operator's reason if there is one.
pub fn effects_text(language: Language, event: &Event) -> String {
    let happened = event_text(language, event);
    match remark(event) {
        Some(remark) => format!("{happened}: {}", printable(remark)),
        None => happened,
    }
}

/// Returns the reason that an operator gave.
pub fn remark(event: &Event) -> Option<&str> {
    event.detail.as_ref()?.reason.as_deref()
}

/// Renders an event as a sentence.
pub fn event_text(language: Language, event: &Event) -> String {
    let outcome = printable(event.outcome.as_deref().unwrap_or_default());
    let mut facts: MessageArgs = vec![("outcome", MessageArg::from(outcome))];
    facts.push(("channel", MessageArg::from(event.channel.map(|channel| channel.as_str()).unwrap_or_default())));
    facts.push(("to", MessageArg::from(printable(&on_one_line(event.to.as_deref().unwrap_or_default())))));
    facts.extend(event.until.map(|until| ("until", MessageArg::Time(until))));
    facts.push(("what", MessageArg::from(name(language, event))));
    let ending = if event.kind == EventKind::Block && event.outcome.as_deref() == Some("set") && event.until.is_some() {
        "-until"
    } else {
        ""
    };
    localize(language, &format!("event-{}{ending}", event.kind), &facts)
}

/// Returns the effects of an audit entry as sentences.
pub fn effects(language: Language, entry: &AuditEntry) -> Vec<String> {
    let Some(AuditEffects { codes, delivery, lifted, set, state, .. }) = &entry.facts().effects else { return vec![] };
    let event = |kind: EventKind, what: &str, outcome: &str, until: Option<Timestamp>| {
        let (what, outcome) = (what.to_owned(), Some(outcome.to_owned()));
        let (channel, to, actor, message, detail) = (None, None, None, None, None);
        Event { at: entry.at, kind, what, outcome, channel, to, until, actor, entry: Some(entry.id), message, detail }
    };
    let blocked = |scope: &LockoutScope, outcome: &str, until| {
        event_text(language, &event(EventKind::Block, scope.as_str(), outcome, until))
    };
    let state = state.iter().map(|state| event_text(language, &event(EventKind::State, state.as_str(), "", None)));
    let codes = codes.iter().map(|code| {
        let name = name(language, &event(EventKind::Code, code.purpose.as_str(), "", None));
        let facts = vec![("outcome", MessageArg::from(code.state.as_str())), ("what", MessageArg::from(name))];
        localize(language, "event-code-changed", &facts)
    });
    let lifted = lifted.iter().map(|scope| blocked(scope, "lifted", None));
    let set = set.iter().map(|lockout| blocked(&lockout.scope, "set", lockout.until.time()));
    let delivery = delivery.iter().map(|delivery| {
        let facts =
            vec![("outcome", MessageArg::from(delivery.status.as_str())), ("id", MessageArg::Number(delivery.message))];
        localize(language, "event-delivery-changed", &facts)
    });
    state.chain(delivery).chain(codes).chain(lifted).chain(set).collect()
}

/// Returns the subject of an event in the user's language. Unknown words stay as in the code.
pub fn name(language: Language, event: &Event) -> String {
    let keys = match event.kind {
        EventKind::Request | EventKind::Refusal | EventKind::Reading => {
            let op = event.what.parse::<Operation>().map(|op| op.as_str().replace('_', "-")).unwrap_or_default();
            [format!("deed-{}", event.what), format!("help-{op}")]
        }
        EventKind::State => [format!("state-{}", event.what), String::new()],
        EventKind::Code | EventKind::Message | EventKind::Dispatch | EventKind::Delivery => {
            [format!("about-{}", event.what), String::new()]
        }
        EventKind::Block => [format!("word-{}", event.what), String::new()],
    };
    let known = keys.iter().find_map(|key| try_localize(language, key, &vec![], DateStyle::Words));
    let name = known.unwrap_or_else(|| printable(&event.what));
    // A request up to a step has not completed, so its name says that it was a check.
    let is_step = event.detail.as_ref().is_some_and(|detail| detail.asked("until").is_some());
    if is_step { localize(language, "name-of-a-step", &vec![("name", MessageArg::from(name))]) } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::vocabulary::{AccountState, Notice, Purpose};
    use crate::l10n::keys;
    use crate::request::Request;

    #[test]
    fn every_event_subject_has_a_name_in_both_languages() {
        let has = |key: String| keys(Language::En).any(|there| there == key);
        let names = [
            ("state", AccountState::NAMES),
            ("about", Purpose::NAMES),
            ("about", Notice::NAMES),
            ("word", LockoutScope::NAMES),
            ("event", EventKind::NAMES),
        ];
        for (prefix, words) in names {
            assert!(words.iter().all(|word| has(format!("{prefix}-{word}"))), "{prefix}");
        }
        for op in Request::OPERATIONS {
            let (deed, help) = (format!("deed-{op}"), format!("help-{}", op.as_str().replace('_', "-")));
            assert!(has(deed) || has(help), "{op}");
        }
        for deed in keys(Language::En).filter_map(|key| key.strip_prefix("deed-")) {
            assert!(deed.parse::<Operation>().is_ok(), "{deed}");
        }
    }
}
