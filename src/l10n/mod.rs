//! Every sentence that a person reads, in English and European Portuguese, from two Fluent catalogues. A leaf of the house:
//! the flows write messages to holders with it, the command line its answers.
//!
//! Only the entry that is asked for is parsed: a whole catalogue costs 0.35 ms at each start, an entry a fraction of it.
//! Facts are typed, so that times and dates take the form of the language; whole seconds of UTC become Lisbon time here.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

use chrono::{Datelike, Timelike};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use memchr::memmem;
use unic_langid::LanguageIdentifier;

use crate::domain::amount::Amount;
use crate::domain::calendar::to_lisbon;
use crate::domain::time::{Date, Timestamp};
use crate::domain::vocabulary::Language;

pub mod next_steps;
pub mod validation_errors;

const EN: &str = include_str!("en.ftl");
const PT: &str = include_str!("pt.ftl");

/// What a sentence speaks of, by the names that the catalogues use.
pub type MessageArgs = Vec<(&'static str, MessageArg)>;

/// One thing that a sentence speaks of.
#[derive(Debug, Clone, PartialEq)]
pub enum MessageArg {
    /// Shown as it is, or chosen by.
    Text(String),
    /// Shown in digits, or chosen by.
    Number(i64),
    /// Shown as a date and a time of day in Lisbon.
    Time(Timestamp),
    /// Shown as a date.
    Date(Date),
    /// Shown as an amount of money, or chosen by: a text stands for one that is not there.
    Amount(Amount),
}

impl From<&str> for MessageArg {
    fn from(text: &str) -> MessageArg {
        MessageArg::Text(text.to_owned())
    }
}

impl From<String> for MessageArg {
    fn from(text: String) -> MessageArg {
        MessageArg::Text(text)
    }
}

/// How dates and amounts are written: in words, or in digits, where a short message has room for nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateStyle {
    /// `2 March 2026 at 09:10`.
    Words,
    /// `02/03/2026 09:10`.
    Digits,
}

/// The sentence under `key`. A key that the catalogue lacks is a bug that the tests find; the key itself stands for it then.
pub fn localize(language: Language, key: &str, facts: &MessageArgs) -> String {
    try_localize(language, key, facts, DateStyle::Words).unwrap_or_else(|| key.to_owned())
}

/// The sentence under `key`, if the catalogue has one.
pub fn try_localize(language: Language, key: &str, facts: &MessageArgs, form: DateStyle) -> Option<String> {
    let mut args = FluentArgs::with_capacity(facts.len());
    for (name, fact) in facts {
        let value: FluentValue<'_> = match fact {
            MessageArg::Text(text) => Cow::Borrowed(text.as_str()).into(),
            MessageArg::Number(number) => (*number).into(),
            MessageArg::Time(time) => format_time(language, *time, form).into(),
            MessageArg::Date(date) => format_date(language, *date, form).into(),
            MessageArg::Amount(amount) => format_amount(language, *amount, form).into(),
        };
        args.set(*name, value);
    }
    parsed_entry(language, key, &args)
}

/// What stands in the place of a value on a line that tells how a command is called: `FILE...`, in Portuguese `FICHEIRO...`. What
/// the catalogue does not know, as `NISS` or an option, stands for itself.
pub fn value_name(language: Language, name: &str) -> String {
    let bare = name.trim_end_matches('.');
    let known = bare.bytes().all(|b| b.is_ascii_uppercase()).then(|| format!("value-{bare}"));
    let word = known.and_then(|key| try_localize(language, &key, &vec![], DateStyle::Words));
    word.map_or_else(|| name.to_owned(), |word| word + &name[bare.len()..])
}

/// A date in the form of the language.
pub fn format_date(language: Language, date: Date, form: DateStyle) -> String {
    let day = date.day();
    let key = if form == DateStyle::Words { "date-words" } else { "date-digits" };
    let mut args = FluentArgs::new();
    args.set("day", day.day());
    args.set("month", day.month());
    args.set("year", day.year());
    args.set("dd", format!("{:02}", day.day()));
    args.set("mm", format!("{:02}", day.month()));
    parsed_entry(language, key, &args).unwrap_or_else(|| date.to_string())
}

/// An amount in the form of the language: `1 234,50 €`, and in digits `1234,50 EUR`, as the sign of the euro takes two places in
/// a short message.
pub fn format_amount(language: Language, amount: Amount, form: DateStyle) -> String {
    let (euros, cents) = (amount.cents() / 100, amount.cents() % 100);
    let mut args = FluentArgs::new();
    args.set("cents", format!("{cents:02}"));
    let key = match (form, euros) {
        (DateStyle::Digits, _) => "amount-digits",
        (DateStyle::Words, 0..1000) => "amount-words",
        (DateStyle::Words, _) => "amount-words-thousands",
    };
    if key == "amount-words-thousands" {
        args.set("thousands", (euros / 1000).to_string());
        args.set("euros", format!("{:03}", euros % 1000));
    } else {
        args.set("euros", euros.to_string());
    }
    parsed_entry(language, key, &args).unwrap_or_else(|| amount.to_string())
}

/// A time in the form of the language, by the clocks of Lisbon.
pub fn format_time(language: Language, time: Timestamp, form: DateStyle) -> String {
    let there = to_lisbon(time);
    let mut args = FluentArgs::new();
    args.set("date", format_date(language, Date::new(there.date_naive()), form));
    args.set("time", format!("{:02}:{:02}", there.hour(), there.minute()));
    let key = if form == DateStyle::Words { "time-words" } else { "time-digits" };
    parsed_entry(language, key, &args).unwrap_or_else(|| time.to_string())
}

/// Every key of a catalogue, in its order; `name.hint` for an attribute.
pub fn keys(language: Language) -> impl Iterator<Item = &'static str> {
    catalogue(language).lines().filter_map(|line| {
        let (key, _) = line.split_once(" =")?;
        key.starts_with(|c: char| c.is_ascii_lowercase()).then_some(key)
    })
}

fn catalogue(language: Language) -> &'static str {
    match language {
        Language::En => EN,
        Language::Pt => PT,
    }
}

fn parsed_entry(language: Language, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    type Parsed = HashMap<(Language, String), FluentBundle<FluentResource>>;
    thread_local!(static PARSED: RefCell<Parsed> = RefCell::new(HashMap::new()));
    PARSED.with_borrow_mut(|parsed| {
        let at = (language, key.to_owned());
        if !parsed.contains_key(&at) {
            let resource = FluentResource::try_new(entry_source(catalogue(language), key)?.to_owned()).ok()?;
            let mut bundle = FluentBundle::new(vec![entry_id(language)]);
            bundle.set_use_isolating(false);
            bundle.add_resource(resource).ok()?;
            parsed.insert(at.clone(), bundle);
        }
        let bundle = parsed.get(&at)?;
        let pattern = bundle.get_message(key)?.value()?;
        let mut errors = vec![];
        Some(bundle.format_pattern(pattern, Some(args), &mut errors).into_owned())
    })
}

fn entry_id(language: Language) -> LanguageIdentifier {
    // "pt-PT" has the plural rules of Portugal; Brazil's, plain "pt", count zero with one.
    match language {
        Language::En => "en-GB",
        Language::Pt => "pt-PT",
    }
    .parse()
    .unwrap_or_default()
}

/// The lines of one entry: from its key to the next line that is not indented. An entry is never the first line of a
/// catalogue, which is a comment. Searched with vectors: the standard library's search took as long as all the rest.
fn entry_source<'a>(catalogue: &'a str, key: &str) -> Option<&'a str> {
    let start = memmem::find(catalogue.as_bytes(), format!("\n{key} =").as_bytes())? + 1;
    let text = &catalogue[start..];
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        if end > 0 && !line.starts_with([' ', '\n', '}']) {
            break;
        }
        end += line.len();
    }
    Some(&text[..end])
}

#[cfg(test)]
mod tests;
