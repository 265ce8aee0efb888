//! The menu of procedures that `ssd` shows at a terminal when no command is given.
//!
//! `ssd recover` alone starts the complete recovery with `recover request`.

use crate::cli::args::global_args::GlobalArgs;
use crate::cli::interactive::prompt::{Choice, Prompt};
use crate::cli::io::streams::Streams;
use crate::error::Error;
use crate::l10n::localize;

/// The commands for users without a session.
const MENU_LOGGED_OUT: &[&[&str]] = &[&["register"], &["activate"], &["recover"], &["login"], &["phone-line"]];

/// The additional commands for users with a session.
const MENU_LOGGED_IN: &[&[&str]] = &[
    &["messages", "list"],
    &["profile", "show"],
    &["contacts", "show"],
    &["contacts", "update"],
    &["contacts", "confirm"],
    &["alerts", "set"],
    &["phone-code", "set"],
    &["password", "change"],
    &["logout"],
];

/// The choice of a user who typed no complete command.
pub enum MenuChoice {
    /// Append these words to the command line.
    Words(&'static [&'static str]),
    /// Show the help page.
    Help,
}

/// Asks for the procedure. Returns `None` if there is no terminal or the words are not the start of a menu.
///
/// # Errors
/// [`Error::Interrupted`].
pub fn choose_from_menu(
    globals: &GlobalArgs,
    streams: &Streams,
    has_session: bool,
) -> Result<Option<MenuChoice>, Error> {
    if !globals.is_interactive(streams) {
        return Ok(None);
    }
    match globals.words[..] {
        [] => ask_menu(globals, has_session).map(Some),
        ["recover"] => Ok(Some(MenuChoice::Words(&["request"]))),
        _ => Ok(None),
    }
}

fn ask_menu(globals: &GlobalArgs, has_session: bool) -> Result<MenuChoice, Error> {
    let language = globals.language;
    let inside = if has_session { MENU_LOGGED_IN } else { &[] };
    let mut choices: Vec<Choice<Option<&'static [&'static str]>>> = vec![];
    for words in MENU_LOGGED_OUT.iter().chain(inside) {
        let label = localize(language, &format!("start-{}", words.join("-")), &vec![]);
        choices.push(Choice { value: Some(*words), word: words.join(" "), label });
    }
    choices.push(Choice { value: None, word: "help".to_owned(), label: localize(language, "start-help", &vec![]) });
    let prompt = Prompt { language };
    Ok(match prompt.select("ask-start", &vec![], &choices)? {
        Some(words) => MenuChoice::Words(words),
        None => MenuChoice::Help,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::command_tree;
    use crate::domain::vocabulary::Language;
    use crate::l10n::{DateStyle, try_localize};

    #[test]
    fn menu_entries_are_commands_with_labels() {
        for words in MENU_LOGGED_OUT.iter().chain(MENU_LOGGED_IN) {
            assert!(command_tree::find(words[0]).is_some(), "{words:?}");
            assert!(words.len() == 1 || command_tree::next_word(&words[..1], words[1]).is_some(), "{words:?}");
            for language in [Language::En, Language::Pt] {
                let key = format!("start-{}", words.join("-"));
                assert!(try_localize(language, &key, &vec![], DateStyle::Words).is_some(), "{key}");
            }
        }
    }
}
