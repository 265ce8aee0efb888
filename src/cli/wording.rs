//! What is said of an error or a refusal: what happened, and what can be done about it.

use super::globals::Globals;
use super::usage;
use crate::domain::words::Language;
use crate::error::Error;
use crate::reply::Refusal;
use crate::request::Field;
use crate::text::{Fact, Facts, Form, flaws, say, sentence};

/// Two sentences.
#[derive(Debug, PartialEq, Eq)]
pub struct Wording {
    /// What happened.
    pub message: String,
    /// What can be done.
    pub hint: Option<String>,
}

/// Of an error.
pub fn error(error: &Error, globals: &Globals) -> Wording {
    let language = globals.language;
    let mut facts = error.facts();
    let store = globals.store.as_deref().map(|path| super::human::printable(&path.to_string_lossy()));
    facts.push(("store", Fact::from(store.unwrap_or_default())));
    facts.push(("command", Fact::from(["ssd"].iter().chain(&globals.words).copied().collect::<Vec<_>>().join(" "))));
    let message = match error {
        Error::Malformed { name, flaw } => {
            facts.extend([("name", Fact::from(name.as_str())), ("flaw", Fact::from(flaws::sentence(language, flaw)))]);
            say(language, "usage-malformed", &facts)
        }
        Error::Missing(groups) => {
            facts.push(("options", Fact::from(options(language, globals, groups))));
            say(language, "usage-missing", &facts)
        }
        Error::Usage { key, .. } => say(language, &format!("usage-{key}"), &facts),
        _ => say(language, &format!("error-{}", error.kind()), &facts),
    };
    let own = match error {
        Error::Usage { .. } if facts.iter().any(|(name, _)| *name == "suggestion") => Some("usage-suggestion-hint".to_owned()),
        Error::Usage { key, .. } => Some(format!("usage-{key}-hint")),
        _ => None,
    };
    let own = own.and_then(|key| sentence(language, &key, &facts, Form::Words));
    let hint = own.or_else(|| sentence(language, &format!("error-{}-hint", error.kind()), &facts, Form::Words));
    Wording { message, hint }
}

/// Of a refusal.
pub fn refusal(refusal: &Refusal, language: Language) -> Wording {
    let mut facts: Facts = refusal.facts.clone();
    facts.extend(refusal.niss.map(|niss| ("niss", Fact::from(niss.to_string()))));
    facts.extend(refusal.retry_at.map(|time| ("retry_at", Fact::Time(time))));
    if let Some(channels) = &refusal.channels {
        let channels: Vec<&str> = channels.iter().map(|channel| channel.as_str()).collect();
        facts.push(("channels", Fact::from(channels.join(", "))));
    }
    let message = say(language, &refusal.key(), &facts);
    let hint = refusal.hint.as_ref().map(|hint| {
        facts.splice(0..0, hint.facts.clone());
        say(language, hint.key, &facts)
    });
    Wording { message, hint }
}

/// The options that could fill what is missing, each once.
fn options(language: Language, globals: &Globals, groups: &[&'static [Field]]) -> String {
    let or = say(language, "usage-or", &vec![]);
    let mut named: Vec<String> = vec![];
    for group in groups {
        let mut options: Vec<String> = group.iter().map(|field| usage::option(globals.op(), *field)).collect();
        if let [Field::NewCode] = group {
            options.insert(0, "--generate".into());
        }
        let options = options.join(&format!(" {or} "));
        if !named.contains(&options) {
            named.push(options);
        }
    }
    named.join(", ")
}
