//! The pages of help, in both languages: what clap knows of a command's arguments, and the catalogues' words for it. Built
//! only when they are asked for.

use clap::{Arg, Command};

use super::globals;
use super::table::{self, Entry, Group, Leaf};
use crate::domain::words::Language;
use crate::text::{Fact, Form, say, sentence};

/// The page for the command, the group or the program that `words` name.
pub fn page(language: Language, words: &[&str]) -> String {
    let page = Page { language, text: String::new() };
    match words {
        [] => page.program(),
        [name, rest @ ..] => match (table::find(name), rest) {
            (Some(Entry::Leaf(leaf)), _) => page.command(leaf, None),
            (Some(Entry::Group(group)), []) => page.group(group),
            (Some(Entry::Both(leaf, group)), []) => page.command(leaf, Some(group)),
            (Some(Entry::Group(group) | Entry::Both(_, group)), [name, ..]) => {
                match group.leaves.iter().find(|leaf| leaf.name() == *name) {
                    Some(leaf) => page.command(leaf, None),
                    None => page.group(group),
                }
            }
            (None, _) => page.program(),
        },
    }
    .text
}

/// The key of a command's line in the lists.
fn about(path: &str) -> String {
    format!("help-{}", path.replace(' ', "-"))
}

/// The key of an argument's line: its own for the command, or the one that it has everywhere.
fn argument(language: Language, path: &str, id: &str) -> String {
    let own = format!("arg-{}-{id}", path.replace(' ', "-"));
    sentence(language, &own, &vec![], Form::Words).map_or_else(|| format!("arg-{id}"), |_| own)
}

struct Page {
    language: Language,
    text: String,
}

impl Page {
    fn program(mut self) -> Page {
        self = self.paragraph("help").usage("help-usage-command", "ssd");
        for section in table::SECTIONS {
            let rows = section.entries.iter().map(|entry| (entry.name().to_owned(), about(entry.name()))).collect();
            self = self.list(section.heading, rows);
        }
        self.globals().paragraph("help-more")
    }

    fn group(self, group: &Group) -> Page {
        self.paragraph(&about(group.name))
            .usage("help-usage-command", &format!("ssd {}", group.name))
            .list("help-group-commands", under(group))
            .globals()
    }

    /// A command, and those under it.
    fn command(self, leaf: &Leaf, group: Option<&Group>) -> Page {
        let command = (leaf.args)(Command::new(leaf.name()));
        let (places, options): (Vec<&Arg>, Vec<&Arg>) = command.get_arguments().partition(|arg| arg.is_positional());
        let line = places.iter().fold(format!("ssd {}", leaf.path), |line, place| format!("{line} {}", shown(place)));
        let usage = if options.is_empty() { "help-usage" } else { "help-usage-options" };
        let language = self.language;
        let rows = |args: Vec<&Arg>| {
            args.into_iter().map(|arg| (shown(arg), argument(language, leaf.path, arg.get_id().as_str()))).collect()
        };
        let mut page = self.paragraph(&about(leaf.path)).usage(usage, &line);
        page = page.list("help-group-arguments", rows(places)).list("help-group-options", rows(options));
        page = page.list("help-group-commands", group.map(under).unwrap_or_default()).globals();
        let more = format!("{}-more", about(leaf.path));
        if sentence(language, &more, &vec![], Form::Words).is_some() { page.paragraph(&more) } else { page }
    }

    fn globals(self) -> Page {
        let rows = globals::args().iter().map(|arg| (shown(arg), format!("arg-{}", arg.get_id()))).collect();
        self.list("help-group-globals", rows)
    }

    fn paragraph(mut self, key: &str) -> Page {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text += &say(self.language, key, &vec![]);
        self.text.push('\n');
        self
    }

    fn usage(mut self, key: &str, line: &str) -> Page {
        self.text += &format!("\n{}\n", say(self.language, key, &vec![("line", Fact::from(line))]));
        self
    }

    /// Two columns under a heading: names, and what the catalogue says of them.
    fn list(mut self, heading: &str, rows: Vec<(String, String)>) -> Page {
        if rows.is_empty() {
            return self;
        }
        self.text += &format!("\n{}\n", say(self.language, heading, &vec![]));
        let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
        for (name, key) in rows {
            self.text += &format!("  {name:<width$}  {}\n", say(self.language, &key, &vec![]));
        }
        self
    }
}

/// The commands of a group, each with the key of its line.
fn under(group: &Group) -> Vec<(String, String)> {
    group.leaves.iter().map(|leaf| (leaf.name().to_owned(), about(leaf.path))).collect()
}

/// An argument as it is typed.
fn shown(arg: &Arg) -> String {
    let value = arg.get_value_names().filter(|_| arg.get_action().takes_values()).map(|names| names.join(" "));
    let value = value.unwrap_or_default();
    match (arg.get_short(), arg.get_long()) {
        (Some(short), Some(long)) => format!("-{short}, --{long} {value}").trim_end().to_owned(),
        (None, Some(long)) => format!("--{long} {value}").trim_end().to_owned(),
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LANGUAGES: [Language; 2] = [Language::En, Language::Pt];

    fn has(language: Language, key: &str) {
        assert!(sentence(language, key, &vec![], Form::Words).is_some(), "{key} in {language}");
    }

    #[test]
    fn every_command_and_argument_has_its_words_in_both_languages() {
        for language in LANGUAGES {
            for arg in globals::args() {
                has(language, &format!("arg-{}", arg.get_id()));
            }
            for entry in table::entries() {
                has(language, &about(entry.name()));
                for leaf in entry.leaves() {
                    has(language, &about(leaf.path));
                    for arg in (leaf.args)(Command::new("x")).get_arguments() {
                        has(language, &argument(language, leaf.path, arg.get_id().as_str()));
                    }
                }
            }
        }
    }

    #[test]
    fn a_page_shows_no_key_and_no_comment_for_programmers() {
        for language in LANGUAGES {
            for words in [
                &[][..],
                &["register"],
                &["recover"],
                &["recover", "confirm"],
                &["phone-code", "change"],
                &["phone-line"],
            ] {
                let page = page(language, words);
                assert!(!page.contains("help-") && !page.contains("arg-") && page.contains("--json"), "{page}");
            }
        }
    }
}
