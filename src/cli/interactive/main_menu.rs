//! The menu of procedures that `ssd` shows at a terminal when no command is given.
//!
//! With an open session it has the commands that would work for its holder now. Without one the holder is unknown, and
//! the menu has the commands that need no session. `ssd recover` alone starts the complete recovery with
//! `recover request`.

use crate::cli::args::global_args::GlobalArgs;
use crate::cli::interactive::prompt::{Choice, Prompt};
use crate::cli::io::streams::Streams;
use crate::domain::next_step::SuggestedCommand;
use crate::environment::Environment;
use crate::error::Error;
use crate::flow::sessions;
use crate::l10n::{localize, next_steps};
use crate::store::Store;

/// The commands for users without a session, with the keys of their labels.
const LOGGED_OUT: [(&str, &str); 5] = [
    ("register", "start-register"),
    ("activate", "start-activate"),
    ("recover request", "start-recover"),
    ("login", "start-login"),
    ("phone-line", "start-phone-line"),
];

/// The choice of a user who typed no complete command.
pub enum MenuChoice {
    /// Append these words to the command line.
    Words(Vec<String>),
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
    settings: &Environment,
) -> Result<Option<MenuChoice>, Error> {
    if !globals.is_interactive(streams) {
        return Ok(None);
    }
    match globals.words[..] {
        [] => ask_menu(globals, settings).map(Some),
        ["recover"] => Ok(Some(MenuChoice::Words(vec!["request".to_owned()]))),
        _ => Ok(None),
    }
}

fn ask_menu(globals: &GlobalArgs, settings: &Environment) -> Result<MenuChoice, Error> {
    let prompt = Prompt { language: globals.language };
    let row = |(line, label): (String, &str)| {
        let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        Choice { value: Some(words), word: line, label: localize(globals.language, label, &vec![]) }
    };
    let inside = commands_in_session(globals, settings);
    if inside.is_none() && settings.session.is_some() {
        prompt.show("about-no-session");
    }
    let lines: Vec<(String, &str)> = match inside {
        Some(commands) => commands.iter().filter_map(|command| Some((words(command), label(command)?))).collect(),
        None => LOGGED_OUT.map(|(line, label)| (line.to_owned(), label)).into(),
    };
    let mut choices: Vec<Choice<Option<Vec<String>>>> = lines.into_iter().map(row).collect();
    choices.push(Choice {
        value: None,
        word: "help".to_owned(),
        label: localize(globals.language, "start-help", &vec![]),
    });
    Ok(match prompt.select("ask-start", &vec![], &choices)? {
        Some(words) => MenuChoice::Words(words),
        None => MenuChoice::Help,
    })
}

/// Returns the commands of the open session, or `None` if there is none. A store that can't be read is reported by the
/// chosen command.
fn commands_in_session(globals: &GlobalArgs, settings: &Environment) -> Option<Vec<SuggestedCommand>> {
    let token = settings.session.as_ref()?;
    let store = Store::open(globals.store_location()?).ok()?;
    store.read(|unit| sessions::available_commands(unit, token)).ok()?
}

/// Returns the words after `ssd`.
fn words(command: &SuggestedCommand) -> String {
    next_steps::command_line(command).trim_start_matches("ssd ").to_owned()
}

/// Returns the key of a command's label; `None` for operators' commands.
fn label(command: &SuggestedCommand) -> Option<&'static str> {
    Some(match command {
        SuggestedCommand::ListMessages => "start-messages-list",
        SuggestedCommand::ShowProfile => "start-profile-show",
        SuggestedCommand::ShowContacts => "start-contacts-show",
        SuggestedCommand::UpdateContacts | SuggestedCommand::UpdateContact(_) => "start-contacts-update",
        SuggestedCommand::ConfirmContacts | SuggestedCommand::ConfirmContact(_) => "start-contacts-confirm",
        SuggestedCommand::SetAlerts => "start-alerts-set",
        SuggestedCommand::SetPhoneCode => "start-phone-code-set",
        SuggestedCommand::ChangePhoneCode => "start-phone-code-change",
        SuggestedCommand::RemovePhoneCode => "start-phone-code-remove",
        SuggestedCommand::CallPhoneLine(_) => "start-phone-line",
        SuggestedCommand::ChangePassword => "start-password-change",
        SuggestedCommand::ListSessions => "start-session-list",
        SuggestedCommand::EndOtherSessions => "start-session-end-others",
        SuggestedCommand::LogOut => "start-logout",
        SuggestedCommand::LogIn(_) => "start-login-again",
        SuggestedCommand::LogInByCmd(_) => "start-login-again-cmd",
        SuggestedCommand::EnrolSecondFactor(_) => "start-second-factor-enrol",
        SuggestedCommand::RequestRecovery(..) => "start-recover",
        SuggestedCommand::ConfirmRecovery(_) => "start-recover-confirm",
        SuggestedCommand::Register(_) | SuggestedCommand::RegisterByCmd(..) => "start-register",
        SuggestedCommand::Activate(_) => "start-activate",
        SuggestedCommand::Suspend(_)
        | SuggestedCommand::Resume(_)
        | SuggestedCommand::Reset(_)
        | SuggestedCommand::Close(_)
        | SuggestedCommand::Unlock(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::command_tree;
    use crate::domain::vocabulary::{Language, RecoveryProcedure};
    use crate::l10n::{DateStyle, try_localize};

    #[test]
    fn menu_entries_are_commands_with_labels() {
        let niss = "12000000012".parse().expect("a NISS");
        let inside = [
            SuggestedCommand::ListMessages,
            SuggestedCommand::ShowProfile,
            SuggestedCommand::ShowContacts,
            SuggestedCommand::UpdateContacts,
            SuggestedCommand::ConfirmContacts,
            SuggestedCommand::SetAlerts,
            SuggestedCommand::SetPhoneCode,
            SuggestedCommand::ChangePhoneCode,
            SuggestedCommand::RemovePhoneCode,
            SuggestedCommand::CallPhoneLine(niss),
            SuggestedCommand::ChangePassword,
            SuggestedCommand::ListSessions,
            SuggestedCommand::EndOtherSessions,
            SuggestedCommand::LogOut,
            SuggestedCommand::LogIn(niss),
            SuggestedCommand::LogInByCmd(niss),
            SuggestedCommand::EnrolSecondFactor(niss),
            SuggestedCommand::RequestRecovery(niss, RecoveryProcedure::Classic),
            SuggestedCommand::ConfirmRecovery(niss),
        ];
        let inside = inside.iter().map(|command| (words(command), label(command).expect("a label")));
        for (line, label) in inside.chain(LOGGED_OUT.map(|(line, label)| (line.to_owned(), label))) {
            let line: Vec<&str> = line.split(' ').collect();
            let group = command_tree::find(line[0]);
            assert!(group.is_some(), "{line:?}");
            let is_word =
                |word: &&str| word.bytes().all(|c| c.is_ascii_lowercase() || c == b'-') && !word.starts_with('-');
            if let Some(second) = line.get(1).filter(|word| is_word(word)) {
                assert!(command_tree::next_word(&line[..1], second).is_some(), "{line:?}");
            }
            for language in [Language::En, Language::Pt] {
                assert!(try_localize(language, label, &vec![], DateStyle::Words).is_some(), "{label}");
            }
        }
    }
}
