//! The personas of examples/data/personas.csv, and command lines with their data.

use std::sync::OnceLock;

use serde::Deserialize;

use super::{OTHER_PASSWORD, PASSWORD, Sandbox};

/// Both contacts registered.
pub const ANA: &str = "12000000012";
/// E-mail only.
pub const JOSE: &str = "12000000020";
/// Mobile only.
pub const MARIA: &str = "12000000038";
/// No contacts: a letter only.
pub const ANTONIO: &str = "12000000046";
/// Abroad, in English, with a foreign mobile.
pub const INES: &str = "12000000054";
/// Abroad without contacts: a letter abroad.
pub const LUIS: &str = "12000000062";
/// No contacts and no address.
pub const BEATRIZ: &str = "12000000070";
/// Deceased.
pub const CUSTODIO: &str = "12000000088";
/// A foreign citizen with a passport.
pub const OLUWASEUN: &str = "12000000096";
/// A foreign citizen with a residence permit and a US mobile.
pub const MARY_JANE: &str = "12000000101";
/// No NIF in the registry.
pub const ZULMIRA: &str = "12000000119";
/// A company with both contacts.
pub const PADARIA: &str = "25000000129";
/// An employer, legal person, e-mail only.
pub const METALURGICA: &str = "25000000137";
/// An employer who is a natural person.
pub const FRANCISCO: &str = "12500000148";
/// A company that has ceased.
pub const TECIDOS: &str = "25000000153";
/// A company without contacts: a letter only.
pub const VARZEA: &str = "25000000161";
/// A NISS that is not in the registry.
pub const NOBODY: &str = "12345678902";

/// Ana's portal registration, without its channel.
pub const REGISTER_ANA: &str = "register 12000000012 --account-type citizen --birth-date 1984-03-22 --accept-terms";
/// The data of Ana that the classic procedure and the recovery compare.
pub const ANA_IN_FULL: &str =
    "--name 'Ana Sofia Marques Ferreira' --birth-date 1984-03-22 --civil-id 123456703ZY4 --nif 200000012";

/// One row.
#[derive(Debug, Clone, Deserialize)]
pub struct Person {
    pub niss: String,
    pub kind: String,
    pub name: String,
    pub birth_date: String,
    pub civil_id: String,
    pub nif: String,
    pub responsible: String,
    pub email: String,
    pub mobile: String,
    pub address: String,
    pub language: String,
}

/// Returns all personas, in the order of the file.
pub fn people() -> &'static [Person] {
    static PEOPLE: OnceLock<Vec<Person>> = OnceLock::new();
    PEOPLE.get_or_init(|| {
        let mut file = csv::Reader::from_path(super::data("personas.csv")).expect("the personas");
        file.deserialize().map(|row| row.expect("a persona")).collect()
    })
}

/// Returns the persona with this NISS.
pub fn person(niss: &str) -> &'static Person {
    people().iter().find(|person| person.niss == niss).expect(niss)
}

impl Person {
    pub fn is_citizen(&self) -> bool {
        self.kind == "citizen"
    }

    /// Returns the channels that the portal offers (002 step 9).
    pub fn channels(&self) -> Vec<&'static str> {
        let registered = [("email", &self.email), ("sms", &self.mobile)];
        let channels: Vec<_> =
            registered.into_iter().filter(|(_, value)| !value.is_empty()).map(|(word, _)| word).collect();
        if channels.is_empty() && !self.address.is_empty() { vec!["letter"] } else { channels }
    }

    /// Returns the portal registration, without its channel.
    pub fn portal(&self) -> String {
        match self.is_citizen() {
            true => {
                format!("register {} --account-type citizen --birth-date {} --accept-terms", self.niss, self.birth_date)
            }
            false => format!("register {} --account-type company --nif {} --accept-terms", self.niss, self.nif),
        }
    }

    /// Returns the data that the classic procedure and the recovery compare.
    pub fn in_full(&self) -> String {
        let quote = |text: &str| shell_words::quote(text).into_owned();
        match self.is_citizen() {
            true => format!(
                "--name {} --birth-date {} --civil-id {} --nif {}",
                quote(&self.name),
                self.birth_date,
                self.civil_id,
                self.nif
            ),
            false => {
                format!("--name {} --nif {} --responsible {}", quote(&self.name), self.nif, quote(&self.responsible))
            }
        }
    }

    /// Returns the classic registration, without contacts and channel.
    pub fn classic(&self) -> String {
        let kind = if self.is_citizen() { "citizen" } else { "company" };
        format!("register {} --procedure classic --account-type {kind} {} --accept-terms", self.niss, self.in_full())
    }

    /// Returns the recovery request, without contacts and channel.
    pub fn recover(&self) -> String {
        let kind = if self.is_citizen() { "citizen" } else { "company" };
        format!("recover request {} --account-type {kind} {}", self.niss, self.in_full())
    }

    /// Returns the options for the registered contacts.
    pub fn contacts(&self) -> String {
        let given = [("--email", &self.email), ("--mobile", &self.mobile)];
        let given = given.into_iter().filter(|(_, value)| !value.is_empty());
        given.map(|(option, value)| format!("{option} {value}")).collect::<Vec<_>>().join(" ")
    }
}

/// Returns the NISS of a number. Different numbers have different NISS, in another order.
pub fn niss(number: u64) -> String {
    let ten = 1_000_000_000 + (number * 736_338_717 + 271_828_182) % 1_000_000_000;
    let weights = [29, 23, 19, 17, 13, 11, 7, 5, 3, 2];
    let digits = ten.to_string();
    let sum: u32 =
        digits.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).expect("a digit") * weight).sum();
    format!("{digits}{}", 9 - sum % 10)
}

/// Returns a store in which Ana has refusals, both channels, a lifted block, a changed contact, suspension, recovery, closure and
/// reset.
pub fn sandbox_with_history() -> Sandbox {
    let mut sandbox = Sandbox::new();
    sandbox.ssd(&format!("{} --channel sms", REGISTER_ANA.replace("1984-03-22", "1984-03-23"))).fails(1);
    sandbox.advance("2m");
    sandbox.activate();
    sandbox.log_in(ANA, PASSWORD);
    sandbox.ssd("contacts update --mobile +33612345678").ok();
    sandbox.ssd(&format!("contacts confirm --channel sms --code {}", sandbox.code(ANA))).ok();
    sandbox.advance("24h");
    for _ in 0..6 {
        sandbox.login(ANA, OTHER_PASSWORD);
    }
    sandbox.ssd(&format!("account unlock {ANA} --reason 'called <b>& identified</b>'")).ok();
    sandbox.ssd(&format!("account suspend {ANA} --reason 'a court order'")).ok();
    sandbox.advance("9d");
    sandbox.ssd(&format!("account resume {ANA} --reason 'it was lifted'")).ok();
    sandbox
}
