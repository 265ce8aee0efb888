//! The JSON Schema of values, for `ssd schema`.
//!
//! Enums are lists of words (by `string_enum!`); other values are texts in their preferred form. `FromStr` decides
//! what is valid and may accept slightly more than the schema.

use super::address::AddressLine;
use super::alert_subject::AlertSubject;
use super::amount::Amount;
use super::civil_id::TypedCivilId;
use super::code::{PhoneCode, VerificationCode};
use super::country::Country;
use super::email::Email;
use super::name::Name;
use super::nif::Nif;
use super::niss::Niss;
use super::password::Password;
use super::period::PeriodBound;
use super::phone::{Mobile, Telephone};
use super::pin::CmdPin;
use super::time::{ClockStep, Date, Timestamp};
use super::token_id::TokenId;

/// Implements `JsonSchema` for text types with a description and keywords. `digits` marks types that accept integers.
macro_rules! in_schema {
    ($($kind:ident $name:ident: $about:literal, $form:tt;)+) => {$(
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::domain::json_schema::in_schema!(@$kind generator, $about, $form)
            }
        }
    )+};
    (@text $generator:ident, $about:literal, $form:tt) => {{
        let _ = $generator;
        $crate::domain::string_schema::string_schema($about, serde_json::json!($form))
    }};
    (@digits $generator:ident, $about:literal, $form:tt) => {
        $crate::domain::string_schema::digits_schema($generator, $about, serde_json::json!($form))
    };
}
pub(crate) use in_schema;

in_schema! {
    digits Niss: "Social security identification number: eleven digits, the last of them a check digit.", { "pattern": "^[12][0-9]{10}$" };
    digits Nif: "Tax identification number: nine digits, the last of them a check digit.", { "pattern": "^[0-9]{9}$" };
    digits TypedCivilId: "Civil identification number of any document: 4 to 20 letters and digits.", { "minLength": 4 };
    text Name: "Full name of a person or a company.", { "minLength": 1 };
    text Email: "E-mail address.", { "maxLength": 254, "format": "email" };
    digits Mobile: "Mobile number; nine digits are a Portuguese one, others begin with + and their country's code.", { "examples": ["+351912345678", "912345678"] };
    digits Telephone: "Telephone number, written like a mobile's.", { "examples": ["+351213456789"] };
    text Country: "ISO 3166-1, two letters.", { "pattern": "^[A-Za-z]{2}$" };
    text AddressLine: "A line of an address.", { "minLength": 1, "maxLength": 120 };
    text AlertSubject: "What an alert is about: one line, without the address of a web page.", { "minLength": 1, "maxLength": 100 };
    text Amount: "Euros, with a point or a comma before the cents.", { "examples": ["540.00"], "pattern": "^[0-9]+([.,][0-9]{1,2})?$" };
    text Timestamp: "RFC 3339, without fractions of a second; replies in UTC.", { "format": "date-time", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}([Zz]|[+-][0-9]{2}:[0-9]{2})$" };
    text Date: "A day, YYYY-MM-DD.", { "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" };
    text PeriodBound: "A day in Lisbon or an instant: YYYY-MM-DD, today, yesterday, 7d (seven days ago), or RFC 3339.", { "examples": ["2026-03-02", "today", "7d", "2026-03-02T09:00:00Z"] };
    text ClockStep: "How far a sandbox's clock is moved: 90s, 10m, 24h, 8d, or working days, 8wd.", { "pattern": "^[0-9]+(s|m|h|d|wd)$" };
    text VerificationCode: "A one-time code: 6 to 10 digits, or eight letters; spaces and hyphens count for nothing.", { "writeOnly": true, "pattern": "^([0-9 -]{6,}|[A-Za-z -]{8,})$" };
    text PhoneCode: "The six digits of the phone line.", { "writeOnly": true, "pattern": "^[0-9]{6}$" };
    text CmdPin: "The PIN of Chave Móvel Digital.", { "writeOnly": true, "pattern": "^[0-9]{4,8}$" };
    text TokenId: "The id of a session, as `session list` shows it.", { "pattern": "^[0-9a-fA-F]{16}$" };
    text Password: "A password.", { "writeOnly": true, "minLength": 1, "maxLength": 256 };
}
