//! Text from the store on its way to a line of output: escaped, joined, and in the words of the language.

use crate::domain::visible_text::is_invisible;
use crate::domain::vocabulary::Language;
use crate::l10n::{MessageArg, localize};

/// Escapes a stored text for one line, so that it can't look like output of ssd (ASVS 16.4.1).
///
/// Control characters, line separators and bidirectional controls are shown as their code points.
pub fn printable(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut shown, c| {
        if is_invisible(c) {
            shown.extend(c.escape_unicode())
        } else {
            shown.push(c)
        }
        shown
    })
}

/// Appends a line end.
pub fn with_newline(text: &str) -> String {
    format!("{text}\n")
}

/// Joins the lines of an address block with commas.
pub fn on_one_line(address: &str) -> String {
    address.replace('\n', ", ")
}

/// Translates words of the code and joins them with commas.
pub fn words<'a>(language: Language, words: impl Iterator<Item = &'a str>) -> MessageArg {
    let rendered: Vec<String> = words.map(|word| localize(language, &format!("word-{word}"), &vec![])).collect();
    MessageArg::from(rendered.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_in_stored_text_are_escaped() {
        assert_eq!(printable("Ana\nid: 4\u{1b}[2J\u{202e}\u{2028}é"), "Ana\\u{a}id: 4\\u{1b}[2J\\u{202e}\\u{2028}é");
    }
}
