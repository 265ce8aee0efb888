//! The events of an account's life in sentences, each with a mark by its kind. They are told by the clocks of Lisbon.

use super::human::{on_one_line, printable};
use crate::domain::words::Language;
use crate::reply::{Event, EventKind};
use crate::request::Op;
use crate::text::{Fact, Facts, Form, moment, say, sentence};

/// What stands before an event, so that its kind is seen at a glance.
pub fn mark(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Request => "●",
        EventKind::Refusal => "×",
        EventKind::Reading => "·",
        EventKind::State => "◆",
        EventKind::Code => "#",
        EventKind::Message => "→",
        EventKind::Dispatch => "»",
        EventKind::Block => "■",
    }
}

/// An event on a line of its own.
pub fn line(language: Language, event: &Event) -> String {
    let at = moment(language, event.at, Form::Words);
    let by = match (&event.actor, event.entry) {
        (Some(actor), Some(entry)) => {
            let facts = vec![("actor", Fact::from(printable(actor))), ("id", Fact::from(entry.to_string()))];
            format!(" {}", say(language, "event-by", &facts))
        }
        _ => String::new(),
    };
    format!("{at}: {} {}{by}\n", mark(event.kind), told(language, event))
}

/// What has happened, and an operator's reason behind it.
pub fn told(language: Language, event: &Event) -> String {
    let happened = happened(language, event);
    match remark(event) {
        Some(remark) => format!("{happened}: {}", printable(remark)),
        None => happened,
    }
}

/// What an operator has said.
pub fn remark(event: &Event) -> Option<&str> {
    event.detail.as_ref()?["reason"].as_str()
}

/// What has happened.
pub fn happened(language: Language, event: &Event) -> String {
    let outcome = printable(event.outcome.as_deref().unwrap_or_default());
    let mut facts: Facts = vec![("outcome", Fact::from(outcome))];
    facts.push(("channel", Fact::from(event.channel.map(|channel| channel.as_str()).unwrap_or_default())));
    facts.push(("to", Fact::from(printable(&on_one_line(event.to.as_deref().unwrap_or_default())))));
    facts.extend(event.until.map(|until| ("until", Fact::Time(until))));
    facts.push(("what", Fact::from(name(language, event))));
    let ending = if event.kind == EventKind::Block && event.outcome.as_deref() == Some("set") && event.until.is_some() {
        "-until"
    } else {
        ""
    };
    say(language, &format!("event-{}{ending}", event.kind), &facts)
}

/// What it is about, in words of the language; the word of the code where the catalogues have none.
pub fn name(language: Language, event: &Event) -> String {
    let keys = match event.kind {
        EventKind::Request | EventKind::Refusal | EventKind::Reading => {
            let op = event.what.parse::<Op>().map(|op| op.as_str().replace('_', "-")).unwrap_or_default();
            [format!("deed-{}", event.what), format!("help-{op}")]
        }
        EventKind::State => [format!("state-{}", event.what), String::new()],
        EventKind::Code | EventKind::Message | EventKind::Dispatch => [format!("about-{}", event.what), String::new()],
        EventKind::Block => [format!("word-{}", event.what), String::new()],
    };
    let known = keys.iter().find_map(|key| sentence(language, key, &vec![], Form::Words));
    let name = known.unwrap_or_else(|| printable(&event.what));
    // A request that was judged up to a step has not done what its name says.
    let is_step = event.detail.as_ref().is_some_and(|detail| !detail["asked"]["until"].is_null());
    if is_step { say(language, "name-of-a-step", &vec![("name", Fact::from(name))]) } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::{Guard, Notice, Purpose, State};
    use crate::request::Request;
    use crate::text::keys;

    #[test]
    fn whatever_can_happen_has_a_name_in_both_languages() {
        let has = |key: String| keys(Language::En).any(|there| there == key);
        let names = [
            ("state", State::WORDS),
            ("about", Purpose::WORDS),
            ("about", Notice::WORDS),
            ("word", Guard::WORDS),
            ("event", EventKind::WORDS),
        ];
        for (prefix, words) in names {
            assert!(words.iter().all(|word| has(format!("{prefix}-{word}"))), "{prefix}");
        }
        for op in Request::OPS {
            let (deed, help) = (format!("deed-{op}"), format!("help-{}", op.as_str().replace('_', "-")));
            assert!(has(deed) || has(help), "{op}");
        }
        for deed in keys(Language::En).filter_map(|key| key.strip_prefix("deed-")) {
            assert!(deed.parse::<Op>().is_ok(), "{deed}");
        }
    }
}
