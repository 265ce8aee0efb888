//! Code words (states, kinds, channels, purposes, operations) in the reader's language.
//!
//! Code words are English, so JSON, CSV and lists at a pipe show them unchanged in both languages. Sentences, details,
//! tables at a terminal and pages translate them.

use crate::domain::message_purpose::MessagePurpose;
use crate::domain::vocabulary::{Channel, Language};
use crate::l10n::{DateStyle, localize, try_localize};
use crate::reply::Reason;

/// Returns a word of the catalogue group `word-{group}-…`; the code word itself if the group does not have it.
pub fn translate(language: Language, group: &str, word: &str) -> String {
    try_localize(language, &format!("word-{group}-{word}"), &vec![], DateStyle::Words)
        .unwrap_or_else(|| word.to_owned())
}

/// Returns the name of an operation: in English its code word, which is also what a batch line takes.
pub fn operation(language: Language, word: &str) -> String {
    let help = format!("help-{}", word.replace('_', "-"));
    english_or(language, word, &[format!("deed-{word}"), help])
}

/// Returns the purpose of a message: in English its code word, which is also what `--purpose` takes.
pub fn purpose(language: Language, purpose: MessagePurpose) -> String {
    let word = purpose.as_str();
    english_or(language, word, &[format!("about-{word}")])
}

/// Returns the outcome of a request with the reason of a refusal: `refused[code_wrong]`.
pub fn outcome(language: Language, outcome: &str, reason: Option<&str>) -> String {
    let outcome = translate(language, "outcome", outcome);
    reason.map_or(outcome.clone(), |reason| format!("{outcome}[{reason}]"))
}

/// Returns the label of a refusal: `refused[code_wrong]`. The reason is a stable name and has no translation.
pub fn refusal_label(language: Language, reason: Reason) -> String {
    format!("{}[{reason}]", localize(language, "prefix-refused", &vec![]))
}

/// Returns channels in the order given, separated by commas.
pub fn channels(language: Language, channels: &[Channel]) -> String {
    channels.iter().map(|channel| translate(language, "channel", channel.as_str())).collect::<Vec<_>>().join(", ")
}

fn english_or(language: Language, word: &str, keys: &[String]) -> String {
    let known = || keys.iter().find_map(|key| try_localize(language, key, &vec![], DateStyle::Words));
    match language {
        Language::En => word.to_owned(),
        Language::Pt => known().unwrap_or_else(|| word.to_owned()),
    }
}
