//! How a question is put at the terminal: on standard error, again where the answer can't be, with the reason.

use std::str::FromStr;

use zeroize::Zeroizing;

use super::terminal::{self, Echo};
use crate::domain::flaw::Flaw;
use crate::domain::words::Language;
use crate::error::Error;
use crate::request::Field;
use crate::text::{Facts, flaws, say};

/// Whoever asks.
pub struct Prompt {
    /// In which language.
    pub language: Language,
}

impl Prompt {
    /// The value of a field.
    pub fn value<T: FromStr<Err = Flaw>>(&self, field: Field, asked: &Facts) -> Result<Option<T>, Error> {
        self.answer(&format!("ask-{field}"), asked).map(Some)
    }

    /// The value of a field that may be left out by an empty answer.
    pub fn choice<T: FromStr<Err = Flaw>>(&self, field: Field, asked: &Facts) -> Result<Option<T>, Error> {
        self.until(&format!("ask-{field}"), asked, |line| match line {
            "" => Ok(None),
            line => line.parse().map(Some),
        })
    }

    /// The answer to any question.
    pub fn answer<T: FromStr<Err = Flaw>>(&self, key: &str, asked: &Facts) -> Result<T, Error> {
        self.until(key, asked, str::parse)
    }

    /// Asks until `read` takes the answer.
    pub fn until<T>(&self, key: &str, asked: &Facts, read: impl Fn(&str) -> Result<T, Flaw>) -> Result<T, Error> {
        let question = say(self.language, key, asked);
        loop {
            match read(terminal::line(&question, Echo::Seen)?.trim()) {
                Ok(value) => return Ok(value),
                Err(flaw) => self.tell(&flaw),
            }
        }
    }

    /// Yes or no.
    pub fn agrees(&self, key: &str) -> Result<bool, Error> {
        let question = say(self.language, key, &vec![]);
        loop {
            match terminal::line(&question, Echo::Seen)?.trim().to_lowercase().as_str() {
                "y" | "yes" | "s" | "sim" => return Ok(true),
                "n" | "no" | "não" | "nao" => return Ok(false),
                _ => self.show("ask-yes-or-no"),
            }
        }
    }

    /// A secret that exists: asked for once, unseen.
    pub fn secret<T: FromStr<Err = Flaw>>(&self, key: &str) -> Result<T, Error> {
        self.unseen(key).map(|(secret, _)| secret)
    }

    /// A secret that may not exist: then the answer is empty.
    pub fn secret_if_any<T: FromStr<Err = Flaw>>(&self, key: &str) -> Result<Option<T>, Error> {
        let question = say(self.language, key, &vec![]);
        loop {
            let typed = terminal::line(&question, Echo::Unseen)?;
            match typed.parse() {
                _ if typed.is_empty() => return Ok(None),
                Ok(secret) => return Ok(Some(secret)),
                Err(flaw) => self.tell(&flaw),
            }
        }
    }

    /// A secret to be: asked for twice, because nobody sees what is typed (001 step 23).
    pub fn new_secret<T: FromStr<Err = Flaw>>(&self, key: &str) -> Result<T, Error> {
        let again = say(self.language, &format!("{key}-again"), &vec![]);
        loop {
            let (secret, typed) = self.unseen(key)?;
            if *terminal::line(&again, Echo::Unseen)? == *typed {
                return Ok(secret);
            }
            self.show("ask-differs");
        }
    }

    fn unseen<T: FromStr<Err = Flaw>>(&self, key: &str) -> Result<(T, Zeroizing<String>), Error> {
        let question = say(self.language, key, &vec![]);
        loop {
            let typed = terminal::line(&question, Echo::Unseen)?;
            match typed.parse() {
                Ok(secret) => return Ok((secret, typed)),
                Err(flaw) => self.tell(&flaw),
            }
        }
    }

    /// A sentence between two questions.
    pub fn show(&self, key: &str) {
        terminal::show(&say(self.language, key, &vec![]));
    }

    fn tell(&self, flaw: &Flaw) {
        terminal::show(&flaws::sentence(self.language, flaw));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Form, sentence};

    #[test]
    fn every_question_has_its_words_in_both_languages() {
        // Arguments that the command line can't do without are never asked for, nor what stands in files alone.
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
        ];
        let fields = Field::ALL.iter().filter(|field| !unasked.contains(field)).map(|field| format!("ask-{field}"));
        let others = [
            "current_password",
            "new_password",
            "phone_code",
            "new_password-again",
            "new_code-again",
            "new_pin",
            "new_pin-again",
            "contact",
        ];
        let between = ["terms", "confirm", "yes-or-no", "differs", "one-contact"];
        for key in fields.chain(others.iter().chain(&between).map(|key| format!("ask-{key}"))) {
            for language in [Language::En, Language::Pt] {
                assert!(sentence(language, &key, &vec![], Form::Words).is_some(), "{key} in {language}");
            }
        }
    }
}
