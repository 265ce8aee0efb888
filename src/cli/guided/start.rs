//! `ssd` alone at a terminal: the procedures to choose from. `ssd recover` alone is the whole recovery, which begins with its first
//! command.

use crate::cli::globals::Globals;
use crate::cli::prompt::{Choice, Prompt};
use crate::error::Error;
use crate::text::say;

/// For who has no session.
const OUTSIDE: &[&[&str]] = &[&["register"], &["activate"], &["recover"], &["login"], &["phone-line"]];

/// For who has one.
const INSIDE: &[&[&str]] = &[
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

/// What somebody wants who has typed no whole command.
pub enum Wish {
    /// These words, behind those that were typed.
    Words(&'static [&'static str]),
    /// The page of help.
    Help,
}

/// Asks for it, where nothing was typed; none where it can't be asked for.
///
/// # Errors
/// [`Error::Interrupted`].
pub fn wish(globals: &Globals, has_session: bool) -> Result<Option<Wish>, Error> {
    if !globals.is_attended() {
        return Ok(None);
    }
    match globals.words[..] {
        [] => choose(globals, has_session).map(Some),
        ["recover"] => Ok(Some(Wish::Words(&["request"]))),
        _ => Ok(None),
    }
}

fn choose(globals: &Globals, has_session: bool) -> Result<Wish, Error> {
    let language = globals.language;
    let inside = if has_session { INSIDE } else { &[] };
    let mut choices: Vec<Choice<Option<&'static [&'static str]>>> = vec![];
    for words in OUTSIDE.iter().chain(inside) {
        let label = say(language, &format!("start-{}", words.join("-")), &vec![]);
        choices.push(Choice { value: Some(*words), word: words.join(" "), label });
    }
    choices.push(Choice { value: None, word: "help".to_owned(), label: say(language, "start-help", &vec![]) });
    let prompt = Prompt { language };
    Ok(match prompt.pick("ask-start", &vec![], &choices)? {
        Some(words) => Wish::Words(words),
        None => Wish::Help,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::table;
    use crate::domain::words::Language;
    use crate::text::{Form, sentence};

    #[test]
    fn every_procedure_that_is_offered_is_a_command_and_has_its_words() {
        for words in OUTSIDE.iter().chain(INSIDE) {
            assert!(table::find(words[0]).is_some(), "{words:?}");
            assert!(words.len() == 1 || table::step(&words[..1], words[1]).is_some(), "{words:?}");
            for language in [Language::En, Language::Pt] {
                let key = format!("start-{}", words.join("-"));
                assert!(sentence(language, &key, &vec![], Form::Words).is_some(), "{key}");
            }
        }
    }
}
