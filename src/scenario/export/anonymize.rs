//! Replaces a holder's data by another person's: another name, other valid numbers, contacts and an address of the same
//! shape. Equal values get equal replacements.

use std::collections::HashMap;
use std::str::FromStr;

use rand::rngs::ChaCha12Rng;
use rand::{Rng, SeedableRng};
use serde_json::{Map, Value};

use crate::domain::address::{AddressLine, PostalCode};
use crate::domain::civil_id::CivilId;
use crate::domain::country::Country;
use crate::domain::email::Email;
use crate::domain::name::Name;
use crate::domain::nif::Nif;
use crate::domain::niss::Niss;
use crate::domain::phone::{Mobile, Telephone};
use crate::domain::time::Date;
use crate::domain::vocabulary::CivilIdKind;

/// The replacement person.
pub struct Anonymizer {
    random: ChaCha12Rng,
    known: HashMap<String, String>,
}

const FIRST: [&str; 8] = ["Rita", "Nuno", "Inês", "Tiago", "Marta", "Luís", "Sónia", "Paulo"];
const LAST: [&str; 8] = ["Araújo", "Brandão", "Calçada", "Damião", "Falcão", "Galvão", "Leitão", "Simão"];
/// The number of attempts before a value is left out. At least one number of the same shape in a hundred is valid.
const TRIES: usize = 20_000;
/// The most words of an invented name. The longest are eight characters and a space, and a name has at most 200.
const MOST_WORDS: usize = 20;

impl Anonymizer {
    /// Creates an anonymizer. All random values come from `seed`.
    pub fn new(seed: [u8; 32]) -> Anonymizer {
        Anonymizer { random: ChaCha12Rng::from_seed(seed), known: HashMap::new() }
    }

    /// Returns the replacement record. Values without a valid replacement are left out.
    pub fn record(&mut self, row: &Map<String, Value>) -> Map<String, Value> {
        let text = |name: &str| row.get(name).and_then(Value::as_str);
        let country: Country = text("country").and_then(|text| text.parse().ok()).unwrap_or(Country::PORTUGAL);
        let kind: Option<CivilIdKind> = text("civil_id_kind").and_then(|word| word.parse().ok());
        let mut other = row.clone();
        for (name, value) in row {
            let Some(text) = value.as_str() else { continue };
            let masked = match name.as_str() {
                "niss" => self.niss(text),
                "nif" => self.similar(text, 1, |text| text.parse::<Nif>().is_ok()),
                "civil_id" => self.similar(text, 0, |text| kind.is_some_and(|kind| CivilId::parse(kind, text).is_ok())),
                "name" | "responsible" => Some(self.name(text)),
                "birth_date" => self.day(text),
                "email" | "mobile" | "telephone" => self.contact(name, text),
                "address" | "locality" => self.similar(text, 0, |text| text.parse::<AddressLine>().is_ok()),
                "postal_code" => self.similar(text, 0, |text| PostalCode::parse(country, text).is_ok()),
                _ => Some(text.to_owned()),
            };
            match masked {
                Some(masked) => other.insert(name.clone(), masked.into()),
                None => other.remove(name),
            };
        }
        other
    }

    /// Returns another NISS of the same kind, natural or legal person.
    pub fn niss(&mut self, text: &str) -> Option<String> {
        self.similar(text, 1, |text| text.parse::<Niss>().is_ok())
    }

    /// Returns another contact of the same kind and shape.
    pub fn contact(&mut self, kind: &str, text: &str) -> Option<String> {
        // The start of a number (country and network) and the end of an address (country) stay.
        match kind {
            "mobile" => self.similar(text, text.len().saturating_sub(6), |text| text.parse::<Mobile>().is_ok()),
            "telephone" => self.similar(text, text.len().saturating_sub(6), |text| text.parse::<Telephone>().is_ok()),
            _ => {
                let (host, last) = text.rsplit_once('.')?;
                let valid = |host: &str| format!("{host}.{last}").parse::<Email>().is_ok();
                self.similar(host, 0, valid).map(|host| format!("{host}.{last}"))
            }
        }
    }

    /// Returns another text of the same shape that parses as a `T`.
    pub fn value<T: FromStr>(&mut self, text: &str) -> Option<T> {
        self.similar(text, 0, |text| text.parse::<T>().is_ok()).and_then(|text| text.parse().ok())
    }

    fn name(&mut self, text: &str) -> String {
        if let Some(known) = self.known.get(text) {
            return known.clone();
        }
        let words = text.split_whitespace().count().clamp(2, MOST_WORDS);
        let mut other = text.to_owned();
        // The same number of words if they fit, and not the original name, nor that name without its particles.
        while other
            .parse::<Name>()
            .ok()
            .zip(text.parse().ok())
            .is_none_or(|(other, name): (Name, Name)| other.matches_without_particles(&name, true))
        {
            let last = (1..words).map(|_| *self.one_of(&LAST)).collect::<Vec<_>>();
            other = format!("{} {}", self.one_of(&FIRST), last.join(" "));
        }
        self.known.insert(text.to_owned(), other.clone());
        other
    }

    /// Returns another day of the same year. A fault may depend on the holder's age or on a time of payment.
    pub fn day(&mut self, text: &str) -> Option<String> {
        if let Some(known) = self.known.get(text) {
            return Some(known.clone());
        }
        let year = text.split('-').next()?.to_owned();
        for _ in 0..TRIES {
            let other = format!("{year}-{:02}-{:02}", 1 + self.random.next_u32() % 12, 1 + self.random.next_u32() % 28);
            if other != text && other.parse::<Date>().is_ok() {
                self.known.insert(text.to_owned(), other.clone());
                return Some(other);
            }
        }
        None
    }

    /// Replaces letters by letters and digits by digits after the first `stored` characters, until the text is valid
    /// and different.
    fn similar(&mut self, text: &str, stored: usize, valid: impl Fn(&str) -> bool) -> Option<String> {
        if let Some(known) = self.known.get(text) {
            return Some(known.clone());
        }
        for _ in 0..TRIES {
            let other: String =
                text.chars().enumerate().map(|(at, c)| if at < stored { c } else { self.similar_char(c) }).collect();
            if other != text && valid(&other) {
                self.known.insert(text.to_owned(), other.clone());
                return Some(other);
            }
        }
        None
    }

    fn similar_char(&mut self, c: char) -> char {
        let range: &[u8] = match c {
            '0'..='9' => b"0123456789",
            c if c.is_uppercase() => b"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
            c if c.is_alphabetic() => b"abcdefghijklmnopqrstuvwxyz",
            _ => return c,
        };
        // Every character changes.
        loop {
            let other = char::from(*self.one_of(range));
            if other != c {
                return other;
            }
        }
    }

    fn one_of<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.random.next_u32() as usize % of.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn name_of_any_number_of_words_has_a_replacement() {
        for words in (1..=100).step_by(3) {
            let text = ["e"; 100][..words].join(" ");
            let other = Anonymizer::new([7; 32]).name(&text);
            let (name, other): (Name, Name) = (text.parse().expect("a name"), other.parse().expect("a name"));
            assert!(!other.matches(&name), "{words}");
        }
    }

    #[test]
    fn replacement_is_valid_and_shares_no_identifying_value() {
        let Value::Object(row) = json!({
            "niss": "12000000012", "kind": "citizen", "status": "active", "name": "Ana Sofia Marques Ferreira",
            "birth_date": "1984-03-22", "civil_id_kind": "cc", "civil_id": "123456703ZY4", "nif": "200000012",
            "email": "ana.ferreira@correio.example", "mobile": "+351912000001", "telephone": "+33145678901",
            "address": "Rua das Flores 12 3.º Esq.", "postal_code": "1200-195", "locality": "Lisboa", "country": "PT",
            "language": "pt", "responsible": null,
        }) else {
            panic!("an object")
        };
        let mut masks: Vec<_> = (0..50).map(|n| Anonymizer::new([n; 32])).collect();
        for mask in &mut masks {
            let other = mask.record(&row);
            assert_eq!(mask.record(&row), other, "equal values get equal replacements");
            for (name, value) in &row {
                let alike =
                    ["kind", "status", "civil_id_kind", "country", "language", "responsible"].contains(&name.as_str());
                assert_eq!(other.get(name) == Some(value), alike, "{name}: {}", other[name]);
            }
            let text = |name: &str| other[name].as_str().expect("a text").to_owned();
            assert!(text("niss").starts_with('1') && text("mobile").starts_with("+351912"));
            assert!(text("email").ends_with(".example") && text("birth_date").starts_with("1984-"));
            assert_eq!(text("name").split(' ').count(), 4);
            assert!(CivilId::parse(CivilIdKind::Cc, &text("civil_id")).is_ok());
        }
    }
}
