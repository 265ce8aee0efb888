//! The summary of a classic registration before it is confirmed (001 steps 17-19). It shows the values unmasked.
//!
//! If it is not confirmed, the user corrects one value after another, or ends the session. Nothing has been sent then.

use super::InteractiveSession;
use crate::cli::interactive::prompt::{Choice, Prompt};
use crate::cli::interactive::questions::slot;
use crate::cli::io::terminal;
use crate::cli::render::escape::printable;
use crate::domain::vocabulary::{AccountType, AlertPreference, Channel, Language, RegistrationProcedure};
use crate::error::Error;
use crate::flow;
use crate::l10n::{DateStyle, MessageArg, format_date, localize};
use crate::reply::Reply;
use crate::request::{Field, Register, Request};

impl InteractiveSession<'_, '_> {
    /// Shows the summary until it is confirmed. Returns the reply that ends the session instead, if there is one.
    pub(super) fn confirm_summary(&mut self, request: &mut Request) -> Result<Option<Reply>, Error> {
        loop {
            let Request::Register(asked) = &*request else { return Ok(None) };
            if asked.procedure() != RegistrationProcedure::Classic || self.questions.yes {
                return Ok(None);
            }
            self.questions.prompt.show("step-summary");
            show(&self.questions.prompt, asked);
            if self.questions.prompt.confirm("ask-confirm")? {
                return Ok(None);
            }
            let choices = choices(&self.questions.prompt, asked);
            let Some(field) = self.questions.prompt.select("ask-correction", &vec![], &choices)? else {
                return Ok(Some(flow::refuse_summary(asked.niss)));
            };
            if let Some(refused) = self.correct(request, field)? {
                return Ok(Some(refused));
            }
        }
    }

    /// Asks for one value again, and for what depends on it. Returns a refusal if there is one.
    fn correct(&mut self, request: &mut Request, field: Field) -> Result<Option<Reply>, Error> {
        let chosen = *slot::<Channel>(request, Field::Channel)?;
        let before = *slot::<AccountType>(request, Field::AccountType)?;
        self.questions.ask_again(request, field)?;
        if let Request::Register(asked) = request
            && asked.account_type != before
        {
            (asked.birth_date, asked.civil_id, asked.responsible, asked.alerts) = (None, None, None, None);
            self.identify(request, false)?;
            if request.value(Field::AccountType) == Some(&AccountType::Citizen) {
                self.questions.ask_again(request, Field::Alerts)?;
            }
        }
        if matches!(field, Field::Telephone | Field::Alerts) {
            return Ok(None);
        }
        // The channels depend on the holder and on the contacts.
        *slot::<Channel>(request, Field::Channel)? = None;
        self.reach(request, chosen.filter(|_| field != Field::Channel))
    }
}

/// Prints the summary.
fn show(prompt: &Prompt, register: &Register) {
    prompt.show("summary");
    for (_, label, value) in rows(prompt.language, register) {
        if let Some(value) = value {
            terminal::show(&format!("  {label}: {}", printable(&value)));
        }
    }
}

/// Returns the values as choices, and at the end the choice to stop.
fn choices(prompt: &Prompt, register: &Register) -> Vec<Choice<Option<Field>>> {
    let text = |key| localize(prompt.language, key, &vec![]);
    let row = |(field, label, value): (Field, String, Option<String>)| {
        let value = value.map_or_else(|| text("word-not-given"), |value| printable(&value));
        Choice { value: Some(field), word: field.to_string(), label: format!("{label}: {value}") }
    };
    let stop = Choice { value: None, word: "stop".to_owned(), label: text("choice-correction-stop") };
    rows(prompt.language, register).into_iter().map(row).chain([stop]).collect()
}

/// Returns the fields of the holder's account type, each with its label and value.
fn rows(language: Language, r: &Register) -> Vec<(Field, String, Option<String>)> {
    let holder = r.account_type.unwrap_or(AccountType::Citizen);
    let args = vec![("holder", MessageArg::from(holder.as_str()))];
    let alerts = r.alerts.unwrap_or(AlertPreference::None);
    let word = |what: &str, word: &str| localize(language, &format!("choice-{what}-{word}"), &vec![]);
    let (citizen, company) = (holder == AccountType::Citizen, holder == AccountType::Company);
    let rows = [
        (Field::Niss, "label-niss", true, r.niss.map(|niss| niss.to_string())),
        (Field::AccountType, "label-account_type", true, Some(word("account_type", holder.as_str()))),
        (Field::Name, "label-name", true, r.name.as_ref().map(|name| name.as_str().to_owned())),
        (
            Field::BirthDate,
            "label-birth_date",
            citizen,
            r.birth_date.map(|date| format_date(language, date, DateStyle::Words)),
        ),
        (Field::CivilId, "label-civil_id", citizen, r.civil_id.as_ref().map(|id| id.as_str().to_owned())),
        (Field::Nif, "label-nif", true, r.nif.map(|nif| nif.to_string())),
        (Field::Responsible, "label-responsible", company, r.responsible.as_ref().map(|name| name.as_str().to_owned())),
        (Field::Email, "label-email", true, r.email.as_ref().map(|email| email.as_str().to_owned())),
        (Field::Mobile, "label-mobile", true, r.mobile.as_ref().map(|mobile| mobile.as_str().to_owned())),
        (
            Field::Telephone,
            "label-telephone",
            true,
            r.telephone.as_ref().map(|telephone| telephone.as_str().to_owned()),
        ),
        (Field::Alerts, "label-alerts", citizen, Some(word("alerts", alerts.as_str()))),
        (Field::Channel, "label-code_channel", true, r.channel.map(|channel| word("channel", channel.as_str()))),
    ];
    let of_type = rows.into_iter().filter(|(_, _, applies, _)| *applies);
    of_type.map(|(field, label, _, value)| (field, localize(language, label, &args), value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summary_has_the_given_fields_and_the_choices_have_all() {
        let register = Register {
            account_type: Some(AccountType::Citizen),
            name: "Ana Sofia Marques Ferreira".parse().ok(),
            mobile: "912345678".parse().ok(),
            ..Register::default()
        };
        let expected = [
            ("account type", "Citizen"),
            ("name", "Ana Sofia Marques Ferreira"),
            ("mobile", "+351912345678"),
            ("alerts", "I do not want to receive any alerts"),
        ];
        let rows = rows(Language::En, &register);
        let given: Vec<_> =
            rows.iter().filter_map(|(_, label, value)| Some((label.as_str(), value.as_deref()?))).collect();
        assert_eq!(given, expected);
        let labels = |account_type| -> Vec<String> {
            let register = Register { account_type: Some(account_type), ..Register::default() };
            choices(&Prompt { language: Language::En }, &register).into_iter().map(|one| one.word).collect()
        };
        let common = ["email", "mobile", "telephone"];
        let citizen = [
            &["niss", "account_type", "name", "birth_date", "civil_id", "nif"],
            &common[..],
            &["alerts", "channel", "stop"],
        ];
        assert_eq!(labels(AccountType::Citizen), citizen.concat());
        let company = [&["niss", "account_type", "name", "nif", "responsible"], &common[..], &["channel", "stop"]];
        assert_eq!(labels(AccountType::Company), company.concat());
    }
}
