//! All sentences for people, in English and European Portuguese, from two Fluent catalogues.
//!
//! The flows use this module for messages to holders, the command line for its output.
//!
//! Only the requested entry and the entries that it refers to are parsed: parsing a complete catalogue takes 0.35 ms at
//! each start, an entry a fraction of it. Arguments are typed, so that times and dates have the format of the language.
//! UTC becomes Lisbon time here.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

use chrono::Datelike;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use memchr::memmem;
use unic_langid::LanguageIdentifier;

use crate::domain::amount::Amount;
use crate::domain::calendar::{lisbon_date, lisbon_time_of_day};
use crate::domain::input_option::InputOption;
use crate::domain::time::{Date, Timestamp};
use crate::domain::vocabulary::Language;

pub mod next_steps;
pub mod validation_errors;

const EN: &str = include_str!("en.ftl");
const PT: &str = include_str!("pt.ftl");

/// The arguments of a sentence, by their names in the catalogues.
pub type MessageArgs = Vec<(&'static str, MessageArg)>;

/// One argument of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum MessageArg {
    /// A text: printed unchanged, or used as a selector.
    Text(String),
    /// A number: printed in digits, or used as a selector.
    Number(i64),
    /// A time: printed as date and time in Lisbon.
    Time(Timestamp),
    /// A date.
    Date(Date),
    /// An amount of money: printed, or used as a selector. A text replaces an absent amount.
    Amount(Amount),
    /// Options that let a file be read. The command with them is the argument `again`.
    InputOptions(Vec<InputOption>),
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

/// The format of dates and amounts: words, or digits for an SMS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateStyle {
    /// `2 March 2026 at 09:10`.
    Words,
    /// `02/03/2026 09:10`.
    Digits,
}

/// Returns the sentence of `key`. A missing key, which is a bug that the tests find, is returned itself.
pub fn localize(language: Language, key: &str, facts: &MessageArgs) -> String {
    try_localize(language, key, facts, DateStyle::Words).unwrap_or_else(|| key.to_owned())
}

/// Returns the sentence of `key`, if the catalogue has it.
pub fn try_localize(language: Language, key: &str, facts: &MessageArgs, form: DateStyle) -> Option<String> {
    let mut args = FluentArgs::with_capacity(facts.len());
    for (name, fact) in facts {
        let value: FluentValue<'_> = match fact {
            MessageArg::Text(text) => Cow::Borrowed(text.as_str()).into(),
            MessageArg::Number(number) => (*number).into(),
            MessageArg::Time(time) => format_time(language, *time, form).into(),
            MessageArg::Date(date) => format_date(language, *date, form).into(),
            MessageArg::Amount(amount) => format_amount(language, *amount, form).into(),
            MessageArg::InputOptions(_) => continue,
        };
        args.set(*name, value);
    }
    parsed_entry(language, key, &args)
}

/// Returns the value name of an option in the language: `FILE...` is `FICHEIRO...` in Portuguese.
///
/// Names that the catalogue does not have, such as `NISS`, are returned unchanged.
pub fn value_name(language: Language, name: &str) -> String {
    let bare = name.trim_end_matches('.');
    let known = bare.bytes().all(|b| b.is_ascii_uppercase()).then(|| format!("value-{bare}"));
    let word = known.and_then(|key| try_localize(language, &key, &vec![], DateStyle::Words));
    word.map_or_else(|| name.to_owned(), |word| word + &name[bare.len()..])
}

/// Formats a date.
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

/// Formats an amount: `1 234,50 €`, or `1234,50 EUR` in digits, because the euro sign takes two septets of an SMS.
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

/// Formats a time in Lisbon time. In the hour that is repeated in October, the offset follows: `01:30 (UTC+1)`.
pub fn format_time(language: Language, time: Timestamp, form: DateStyle) -> String {
    let mut args = FluentArgs::new();
    args.set("date", format_date(language, lisbon_date(time), form));
    args.set("time", lisbon_time_of_day(time));
    let key = if form == DateStyle::Words { "time-words" } else { "time-digits" };
    parsed_entry(language, key, &args).unwrap_or_else(|| time.to_string())
}

/// Returns all keys of a catalogue in order. An attribute is `name.hint`.
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
            let resource = FluentResource::try_new(source_with_references(catalogue(language), key)?).ok()?;
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
    // "pt-PT" has Portugal's plural rules. Plain "pt" has Brazil's, in which zero is singular.
    match language {
        Language::En => "en-GB",
        Language::Pt => "pt-PT",
    }
    .parse()
    .unwrap_or_default()
}

/// Returns the lines of an entry and of all entries that it refers to, directly or not.
///
/// A reference is `{ -line-number }` to a term, which has no arguments, or `{ customer-line }` to an entry, which has the
/// arguments of the sentence.
fn source_with_references(catalogue: &str, key: &str) -> Option<String> {
    let mut source = entry_source(catalogue, key)?.to_owned();
    let mut included = vec![key.to_owned()];
    let mut searched = 0;
    while let Some(name) = next_reference(&source, &mut searched).map(str::to_owned) {
        if !included.contains(&name) {
            source.push_str(entry_source(catalogue, &name)?);
            included.push(name);
        }
    }
    Some(source)
}

/// Returns the name in the next reference from position `searched` on, and moves the position behind it.
fn next_reference<'a>(source: &'a str, searched: &mut usize) -> Option<&'a str> {
    while let Some(open) = source[*searched..].find("{ ") {
        *searched += open + 2;
        let name = source[*searched..].split(' ').next().unwrap_or_default();
        if name.starts_with(|c: char| c == '-' || c.is_ascii_lowercase()) {
            return Some(name);
        }
    }
    None
}

/// Returns the lines of one entry: from its key to the next line that is not indented.
///
/// The first line of a catalogue is a comment, never an entry. `memmem` searches with SIMD instructions: the search
/// of the standard library took as long as everything else.
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
