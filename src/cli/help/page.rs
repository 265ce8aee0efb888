//! A page of help as text: what `--help` prints.

use crate::cli::command_spec::Entry;
use crate::cli::command_tree;
use crate::cli::help::command_help::{self, CommandHelp, List, Usage};
use crate::cli::help::topics::Topic;
use crate::domain::vocabulary::Language;
use crate::l10n::{MessageArg, localize};

/// The page for the command, the group or the program that `words` name.
pub fn page(language: Language, words: &[&str]) -> String {
    let CommandHelp { words, about, usage, lists, globals, examples, more, topics } =
        command_help::command_help(language, words);
    let mut line = std::iter::once("ssd").chain(words).collect::<Vec<_>>().join(" ");
    let usage = match usage {
        Usage::Command => "help-usage-command",
        Usage::Arguments(places, has_options) => {
            places.iter().for_each(|place| line += &format!(" {place}"));
            if has_options { "help-usage-options" } else { "help-usage" }
        }
    };
    let mut text = format!("{about}\n\n{}\n", localize(language, usage, &vec![("line", MessageArg::from(line))]));
    for list in lists.iter().chain([&globals]) {
        text += &columns(list);
    }
    if !examples.is_empty() {
        text += &format!("\n{}\n", localize(language, "help-group-examples", &vec![]));
        examples.iter().for_each(|example| text += &format!("  {example}\n"));
    }
    if let Some(more) = more {
        text += &format!("\n{more}\n");
    }
    if !topics.is_empty() {
        let names: Vec<String> = topics.iter().map(|topic| format!("`ssd help {topic}`")).collect();
        let facts = vec![("topics", MessageArg::from(names.join(", ")))];
        text += &format!("\n{}\n", localize(language, "help-see-also", &facts));
    }
    text
}

/// What `ssd help` prints: every topic with its content in one line, then every command by its section.
pub fn contents(language: Language) -> String {
    let text = |key: &str| localize(language, key, &vec![]);
    let topics = Topic::ALL.iter().map(|topic| (topic.to_string(), text(&format!("topic-{topic}"))));
    let commands = command_tree::SECTIONS.iter().map(|section| {
        let names: Vec<&str> = section.entries.iter().map(Entry::name).collect();
        (text(section.heading), names.join(", "))
    });
    let topics = List { heading: text("help-group-topics"), rows: topics.collect() };
    let commands = List { heading: text("help-group-commands"), rows: commands.collect() };
    format!("{}\n{}{}", text("help-help-more"), columns(&topics), columns(&commands))
}

/// Two columns under their heading.
fn columns(list: &List) -> String {
    let width = list.rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    let rows = list.rows.iter().map(|(name, text)| format!("  {name:<width$}  {text}\n"));
    std::iter::once(format!("\n{}\n", list.heading)).chain(rows).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_usage_options_and_an_example_in_both_languages() {
        for (language, usage, examples) in [
            (Language::En, "Usage: ssd activate NISS", "Examples"),
            (Language::Pt, "Utilização: ssd activate NISS", "Exemplos"),
        ] {
            let page = page(language, &["activate"]);
            for part in [usage, examples, "--password-stdin", "--json", "ssd activate 12000000012 --code "] {
                assert!(page.contains(part), "{part} in {page}");
            }
        }
    }
}
