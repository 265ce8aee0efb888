//! A page of help as a page of the manual, in the language of man(7).

use roff::{Inline, Roff, bold, roman};

use crate::cli::help::command_help::{self, CommandHelp, List, Usage};
use crate::domain::vocabulary::Language;
use crate::l10n::localize;

/// When the pages were last looked over: man(7) wants a date, and a page built twice is to be the same.
const DATE: &str = "2026-11-25";

/// The name of the page for these words: `ssd-outbox-list`.
pub fn name(words: &[&str]) -> String {
    std::iter::once("ssd").chain(words.iter().copied()).collect::<Vec<_>>().join("-")
}

/// The page for the command, the group or the program that `words` name.
pub fn page(language: Language, words: &[&str]) -> String {
    let CommandHelp { words, about, usage, lists, globals, examples, more, topics } =
        command_help::command_help(language, words);
    let (name, line) =
        (name(&words), std::iter::once("ssd").chain(words.iter().copied()).collect::<Vec<_>>().join(" "));
    let heading = |key: &str| localize(language, key, &vec![]).to_uppercase();
    let mut page = Roff::new();
    page.control("TH", [name.to_uppercase().as_str(), "1", DATE, concat!("ssd ", env!("CARGO_PKG_VERSION"))]);
    page.control("SH", [heading("man-name").as_str()]);
    fill(&mut page, &format!("{name} - {}", about.trim_start_matches("ssd: ")));
    page.control("SH", [heading("man-synopsis").as_str()]);
    let mut synopsis = vec![bold(line)];
    match usage {
        Usage::Command => synopsis.push(roman(localize(language, "man-usage-command", &vec![]))),
        Usage::Arguments(places, has_options) => {
            synopsis.extend(places.iter().map(|place| roman(place.as_str())));
            synopsis.extend(has_options.then(|| roman(localize(language, "man-usage-options", &vec![]))));
        }
    }
    page.text(spaced(synopsis));
    if let Some(more) = &more {
        page.control("SH", [heading("man-description").as_str()]);
        fill(&mut page, more);
    }
    lists.iter().chain([&globals]).for_each(|list| rows(&mut page, list));
    if !examples.is_empty() {
        page.control("SH", [heading("help-group-examples").as_str()]);
        page.control("nf", []);
        examples.iter().for_each(|example| {
            page.text([roman(*example)]);
        });
        page.control("fi", []);
    }
    page.control("SH", [heading("man-see-also").as_str()]);
    let topics = topics.iter().map(|topic| format!("ssd help {topic}"));
    fill(&mut page, &see_also(&words).into_iter().chain(topics).collect::<Vec<_>>().join(", "));
    page.to_roff()
}

/// Names in bold, and under each what it is.
fn rows(page: &mut Roff, list: &List) {
    page.control("SH", [list.heading.to_uppercase().as_str()]);
    for (name, text) in &list.rows {
        page.control("TP", []);
        page.text([bold(name.as_str())]);
        fill(page, text);
    }
}

/// Text that man(7) breaks into lines where it is shown; here it is in lines that an editor shows completely.
fn fill(page: &mut Roff, text: &str) {
    const WIDTH: usize = 78;
    let mut line = String::new();
    let width =
        |text: &str| text.chars().map(|c| if c.is_ascii_alphanumeric() || c == ' ' { 1 } else { 8 }).sum::<usize>();
    for word in text.split_whitespace() {
        if !line.is_empty() && width(&line) + 1 + width(word) > WIDTH {
            page.text([roman(std::mem::take(&mut line))]);
        }
        line += if line.is_empty() { "" } else { " " };
        line += word;
    }
    page.text([roman(line)]);
}

/// A blank between words that begin with none.
fn spaced(inlines: Vec<Inline>) -> Vec<Inline> {
    let blank = |inline| [inline, roman(" ")];
    let mut spaced: Vec<Inline> = inlines.into_iter().flat_map(blank).collect();
    spaced.pop();
    spaced
}

/// The pages above, and those of the commands below.
fn see_also(words: &[&'static str]) -> Vec<String> {
    let all = command_help::all();
    let above = (0..words.len()).map(|length| words[..length].to_vec());
    let below = all.into_iter().filter(|other| other.len() == words.len() + 1 && other.starts_with(words));
    above.chain(below).map(|words| format!("{}(1)", name(&words))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_names_itself_and_those_around_it_in_both_languages() {
        for (language, name_of) in [(Language::En, "NAME"), (Language::Pt, "NOME")] {
            for words in command_help::all() {
                let text = page(language, &words);
                let name = name(&words).replace('-', "\\-");
                assert!(text.contains(&format!("\n.SH {name_of}\n{name} \\- ")), "{text}");
            }
        }
        assert_eq!(see_also(&["outbox", "show"]), ["ssd(1)", "ssd-outbox(1)"]);
        assert!(see_also(&["outbox"]).contains(&"ssd-outbox-show(1)".to_owned()));
    }
}
