//! The summary of a classic registration before it is confirmed (001 steps 17-19). It shows the values unmasked.

use crate::cli::interactive::prompt::Prompt;
use crate::cli::io::terminal;
use crate::cli::render::text::printable;
use crate::domain::vocabulary::{AccountType, AlertPreference, Language};
use crate::l10n::{DateStyle, format_date, localize};
use crate::request::Register;

/// Prints the summary.
pub fn show(prompt: &Prompt, register: &Register) {
    prompt.show("summary");
    for (label, value) in rows(prompt.language, register) {
        terminal::show(&format!("  {}: {}", localize(prompt.language, label, &vec![]), printable(&value)));
    }
}

fn rows(language: Language, r: &Register) -> Vec<(&'static str, String)> {
    let alerts = (r.account_type == Some(AccountType::Citizen)).then(|| r.alerts.unwrap_or(AlertPreference::None));
    let word = |what: &str, word: &str| localize(language, &format!("choice-{what}-{word}"), &vec![]);
    let rows = [
        ("label-niss", r.niss.map(|niss| niss.to_string())),
        ("label-account_type", r.account_type.map(|kind| word("account_type", kind.as_str()))),
        ("label-name", r.name.as_ref().map(|name| name.as_str().to_owned())),
        ("label-birth_date", r.birth_date.map(|date| format_date(language, date, DateStyle::Words))),
        ("label-civil_id", r.civil_id.as_ref().map(|id| id.as_str().to_owned())),
        ("label-nif", r.nif.map(|nif| nif.to_string())),
        ("label-responsible", r.responsible.as_ref().map(|name| name.as_str().to_owned())),
        ("label-email", r.email.as_ref().map(|email| email.as_str().to_owned())),
        ("label-mobile", r.mobile.as_ref().map(|mobile| mobile.as_str().to_owned())),
        ("label-telephone", r.telephone.as_ref().map(|telephone| telephone.as_str().to_owned())),
        ("label-alerts", alerts.map(|alerts| word("alerts", alerts.as_str()))),
        ("label-code_channel", r.channel.map(|channel| word("channel", channel.as_str()))),
    ];
    rows.into_iter().filter_map(|(label, value)| Some((label, value?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summary_has_only_the_given_fields() {
        let register = Register {
            account_type: Some(AccountType::Citizen),
            name: "Ana Sofia Marques Ferreira".parse().ok(),
            mobile: "912345678".parse().ok(),
            ..Register::default()
        };
        let expected = [
            ("label-account_type", "Citizen"),
            ("label-name", "Ana Sofia Marques Ferreira"),
            ("label-mobile", "+351912345678"),
            ("label-alerts", "I do not want to receive any alerts"),
        ];
        assert_eq!(rows(Language::En, &register), expected.map(|(label, value)| (label, value.to_owned())));
    }
}
