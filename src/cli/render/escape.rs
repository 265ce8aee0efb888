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

/// The number of characters above which a word is no command or option.
const LONGEST_WORD: usize = 20;

/// Returns a mistyped word of the command line for a message, or `None` if it looks like a secret: several classes of
/// characters, or too long for a command. Terminals and logs keep what a message repeats.
pub fn repeatable(word: &str) -> Option<String> {
    let is_other = |c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_');
    let classes: [&dyn Fn(char) -> bool; 4] = [&char::is_lowercase, &char::is_uppercase, &char::is_numeric, &is_other];
    let present = classes.iter().filter(|class| word.chars().any(class)).count();
    (present < 2 && word.chars().count() <= LONGEST_WORD).then(|| printable(word))
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
    fn word_that_looks_like_a_secret_is_not_repeated() {
        for word in ["regster", "REGISTER", "phone-coed", "12345678901", "acção", "?"] {
            assert_eq!(repeatable(word).as_deref(), Some(word));
        }
        for word in
            ["hunter2", "Porto", "violeta!", "Violeta-9-Oceano-Trigo", "aaaaaaaaaaaaaaaaaaaaa", "é9", "senha secreta"]
        {
            assert_eq!(repeatable(word), None, "{word}");
        }
    }

    #[test]
    fn line_breaks_in_stored_text_are_escaped() {
        assert_eq!(printable("Ana\nid: 4\u{1b}[2J\u{202e}\u{2028}é"), "Ana\\u{a}id: 4\\u{1b}[2J\\u{202e}\\u{2028}é");
    }
}
