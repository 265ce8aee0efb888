//! Questions at the terminal, on standard error. An invalid answer is rejected with the reason and asked for again.

use std::fmt::Display;
use std::str::FromStr;

use zeroize::Zeroizing;

use crate::cli::io::terminal::{self, Echo};
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::Language;
use crate::domain::written::Written;
use crate::error::Error;
use crate::l10n::{MessageArg, MessageArgs, localize, validation_errors};
use crate::request::{Field, FieldValue};

/// One of several answers to a question.
pub struct Choice<T> {
    /// The value of this answer.
    pub value: T,
    /// The word of the command line, which the user may type too.
    pub word: String,
    /// The label in the list.
    pub label: String,
}

/// Asks questions in one language.
pub struct Prompt {
    /// The language.
    pub language: Language,
}

impl Prompt {
    /// Asks for a field and fills it.
    pub fn fill(&self, field: Field, asked: &MessageArgs, slot: &mut dyn FieldValue) -> Result<(), Error> {
        let question = localize(self.language, &format!("ask-{field}"), asked);
        loop {
            let line = terminal::read_line(&question, Echo::Visibility)?;
            match slot.set_from_text(line.trim()) {
                Ok(()) => return Ok(()),
                Err(cause) => self.print_message(&cause),
            }
        }
    }

    /// Asks for the value of an optional field. An empty answer leaves it out.
    pub fn choice<T: Written>(&self, field: Field, asked: &MessageArgs) -> Result<Option<T>, Error> {
        self.ask_until(&format!("ask-{field}"), asked, |line| match line {
            "" => Ok(None),
            line => T::read_written(line).map(Some),
        })
    }

    /// Asks the question of a catalogue key.
    pub fn answer<T: Written>(&self, key: &str, asked: &MessageArgs) -> Result<T, Error> {
        self.ask_until(key, asked, T::read_written)
    }

    /// Asks until `read` accepts the answer.
    pub fn ask_until<T>(
        &self,
        key: &str,
        asked: &MessageArgs,
        read: impl Fn(&str) -> Result<T, ValidationError>,
    ) -> Result<T, Error> {
        let question = localize(self.language, key, asked);
        loop {
            match read(terminal::read_line(&question, Echo::Visibility)?.trim()) {
                Ok(value) => return Ok(value),
                Err(cause) => self.print_message(&cause),
            }
        }
    }

    /// Asks for one of a list, by number, first letters, word or arrow keys.
    pub fn select<T: Clone>(&self, key: &str, asked: &MessageArgs, choices: &[Choice<T>]) -> Result<T, Error> {
        let rows: Vec<String> = choices.iter().map(|choice| choice.label.clone()).collect();
        let question = localize(self.language, "ask-choice", &vec![]);
        loop {
            self.say(key, asked);
            let typed = terminal::choice(&question, &rows)?;
            match match_choice(choices, typed.trim()) {
                Some(choice) => return Ok(choice.value.clone()),
                None => self.say("ask-choice-one-of", &vec![("count", MessageArg::Number(choices.len() as i64))]),
            }
        }
    }

    /// Returns a choice per value, labelled by the catalogue key `choice-{what}-{value}`.
    pub fn choices<T: Copy + Display>(&self, what: &str, values: &[T]) -> Vec<Choice<T>> {
        let choice = |value: &T| {
            let word = value.to_string();
            Choice { value: *value, label: localize(self.language, &format!("choice-{what}-{word}"), &vec![]), word }
        };
        values.iter().map(choice).collect()
    }

    /// Asks a yes-or-no question.
    pub fn confirm(&self, key: &str) -> Result<bool, Error> {
        self.confirm_about(key, &vec![])
    }

    /// Asks a question with facts, to be answered with yes or no.
    ///
    /// # Errors
    /// [`Error::Interrupted`].
    pub fn confirm_about(&self, key: &str, facts: &MessageArgs) -> Result<bool, Error> {
        let question = localize(self.language, key, facts);
        loop {
            match terminal::read_line(&question, Echo::Visibility)?.trim().to_lowercase().as_str() {
                "y" | "yes" | "s" | "sim" => return Ok(true),
                "n" | "no" | "não" | "nao" => return Ok(false),
                _ => self.show("ask-yes-or-no"),
            }
        }
    }

    /// Asks once for an existing secret, without echo.
    pub fn secret<T: FromStr<Err = ValidationError>>(&self, key: &str) -> Result<T, Error> {
        self.read_hidden(key).map(|(secret, _)| secret)
    }

    /// Asks for a secret that may not exist. An empty answer means none.
    pub fn secret_if_any<T: FromStr<Err = ValidationError>>(&self, key: &str) -> Result<Option<T>, Error> {
        let question = localize(self.language, key, &vec![]);
        loop {
            let typed = terminal::read_line(&question, Echo::Unseen)?;
            match typed.parse() {
                _ if typed.is_empty() => return Ok(None),
                Ok(secret) => return Ok(Some(secret)),
                Err(cause) => self.print_message(&cause),
            }
        }
    }

    /// Asks twice for a new secret, because it is not echoed (001 step 23).
    pub fn new_secret<T: FromStr<Err = ValidationError>>(&self, key: &str) -> Result<T, Error> {
        let again = localize(self.language, &format!("{key}-again"), &vec![]);
        loop {
            let (secret, typed) = self.read_hidden(key)?;
            if *terminal::read_line(&again, Echo::Unseen)? == *typed {
                return Ok(secret);
            }
            self.show("ask-differs");
        }
    }

    fn read_hidden<T: FromStr<Err = ValidationError>>(&self, key: &str) -> Result<(T, Zeroizing<String>), Error> {
        let question = localize(self.language, key, &vec![]);
        loop {
            let typed = terminal::read_line(&question, Echo::Unseen)?;
            match typed.parse() {
                Ok(secret) => return Ok((secret, typed)),
                Err(cause) => self.print_message(&cause),
            }
        }
    }

    /// Prints a sentence between two questions.
    pub fn show(&self, key: &str) {
        self.say(key, &vec![]);
    }

    /// Prints a sentence with arguments between two questions.
    pub fn say(&self, key: &str, facts: &MessageArgs) {
        terminal::show(&localize(self.language, key, facts));
    }

    fn print_message(&self, cause: &ValidationError) {
        terminal::show(&validation_errors::localize(self.language, cause));
    }
}

/// Returns the choice that was typed: by number, word, label, or the unique beginning of a label or word.
fn match_choice<'a, T>(choices: &'a [Choice<T>], typed: &str) -> Option<&'a Choice<T>> {
    if let Ok(number) = typed.parse::<usize>() {
        return choices.get(number.checked_sub(1)?);
    }
    let typed = typed.to_lowercase();
    let complete = |choice: &&Choice<T>| choice.word == typed || choice.label.to_lowercase() == typed;
    if let Some(choice) = choices.iter().find(complete) {
        return Some(choice);
    }
    let alone = |begins: &dyn Fn(&Choice<T>) -> bool| {
        let mut beginning = choices.iter().filter(|choice| begins(choice));
        let first = beginning.next().filter(|_| !typed.is_empty())?;
        beginning.next().is_none().then_some(first)
    };
    // Labels come first: `c` means Cidadão, although there is a word `company`.
    let label = |choice: &Choice<T>| choice.label.to_lowercase().starts_with(&typed);
    alone(&label).or_else(|| alone(&|choice| choice.word.starts_with(&typed)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::l10n::{DateStyle, try_localize};

    #[test]
    fn every_question_has_a_text_in_both_languages() {
        // Required arguments of the command line and fields that only files have are never asked for.
        let unasked = [
            Field::NewPassword,
            Field::Message,
            Field::Key,
            Field::Value,
            Field::Advance,
            Field::Time,
            Field::Kind,
            Field::About,
            Field::Decision,
            Field::Amount,
            Field::PaidOn,
            Field::Until,
            Field::AcceptTerms,
            Field::Method,
            Field::Generate,
            Field::Session,
            Field::Target,
            Field::Others,
            Field::None,
            Field::OldSession,
            Field::Call,
            Field::Purpose,
            Field::Unread,
            Field::Since,
            Field::Limit,
            Field::WithoutNiss,
        ];
        let fields = Field::ALL.iter().filter(|field| !unasked.contains(field)).map(|field| format!("ask-{field}"));
        let others = [
            "current_password",
            "new_password",
            "first_password",
            "phone_code",
            "new_password-again",
            "first_password-again",
            "new_code-again",
            "new_pin",
            "new_pin-again",
            "contact",
            "contact-to-confirm",
            "correction",
            "contacts-again",
            "procedure",
            "start",
            "choice",
            "choice-one-of",
            "code-or-later",
            "code-or-send",
        ];
        let between = ["terms", "confirm", "yes-or-no", "differs", "one-contact"];
        for key in fields.chain(others.iter().chain(&between).map(|key| format!("ask-{key}"))) {
            for language in [Language::En, Language::Pt] {
                assert!(try_localize(language, &key, &vec![], DateStyle::Words).is_some(), "{key} in {language}");
            }
        }
    }

    #[test]
    fn every_choice_has_a_label_in_both_languages() {
        use crate::domain::vocabulary::{AccountType, AlertPreference, Channel, RegistrationProcedure};
        for language in [Language::En, Language::Pt] {
            let prompt = Prompt { language };
            let labels = [
                prompt.choices("account_type", AccountType::ALL).into_iter().map(|one| one.label).collect::<Vec<_>>(),
                prompt.choices("alerts", AlertPreference::ALL).into_iter().map(|one| one.label).collect(),
                prompt.choices("channel", Channel::ALL).into_iter().map(|one| one.label).collect(),
                prompt.choices("procedure", RegistrationProcedure::ALL).into_iter().map(|one| one.label).collect(),
            ];
            assert!(labels.iter().flatten().all(|label| !label.starts_with("choice-")), "{labels:?}");
        }
    }

    #[test]
    fn choice_matches_by_number_word_or_first_letters() {
        let choice = |value, word: &str, label: &str| Choice { value, word: word.to_owned(), label: label.to_owned() };
        let choices = [choice(1, "email", "E-mail"), choice(2, "sms", "SMS"), choice(3, "letter", "Por carta")];
        let found = |typed| match_choice(&choices, typed).map(|choice| choice.value);
        for (typed, value) in [
            ("1", Some(1)),
            ("3", Some(3)),
            ("s", Some(2)),
            ("SMS", Some(2)),
            ("letter", Some(3)),
            ("por", Some(3)),
            ("e", Some(1)),
            ("", None),
            ("0", None),
            ("4", None),
            ("x", None),
        ] {
            assert_eq!(found(typed), value, "{typed:?}");
        }
        let alike = [choice(1, "citizen", "Cidadão"), choice(2, "company", "Empresa/Instituição")];
        let word = |typed| match_choice(&alike, typed).map(|choice| choice.word.as_str());
        assert_eq!(["c", "e", "co"].map(word), [Some("citizen"), Some("company"), Some("company")]);
        let alike = [choice(1, "citizen", "Citizen"), choice(2, "company", "Company or institution")];
        assert!(match_choice(&alike, "c").is_none() && match_choice(&alike, "ci").is_some());
    }
}
