//! Validated values and the pure rules over them: no input or output, no clock, no SQL.

pub mod address;
pub mod alert_subject;
pub mod amount;
pub mod argon2id;
pub mod audit_anchor;
pub mod batch_name;
pub mod calendar;
pub mod civil_id;
pub mod code;
pub mod country;
pub mod csv_rows;
pub mod email;
pub mod gsm;
pub mod hmac;
pub mod holder;
pub mod input_option;
pub mod json_schema;
pub mod letter_sender;
pub mod lockout;
pub mod message_purpose;
pub mod name;
pub mod next_step;
pub mod nif;
pub mod niss;
pub mod password;
pub mod period;
pub mod phone;
pub mod pin;
pub mod policy;
pub mod search_text;
pub mod shell_text;
pub mod string_schema;
pub mod terms;
pub mod time;
pub mod time_range;
pub mod token_id;
pub mod validation_error;
pub mod visible_text;
pub mod vocabulary;
pub mod work_count;
pub mod written;
pub mod written_forms;

/// Implements `Serialize` with the given text. Input is parsed by `FromStr`.
macro_rules! as_text {
    ($($name:ty => $text:expr),+ $(,)?) => {$(
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let text: fn(&$name) -> String = $text;
                serializer.serialize_str(&text(self))
            }
        }
    )+};
}
pub(crate) use as_text;

/// Implements `Deserialize` by `FromStr`, for values that are stored as text.
macro_rules! from_text {
    ($($name:ty),+ $(,)?) => {$(
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}
pub(crate) use from_text;

from_text! {
    time::Timestamp, vocabulary::AccountState, vocabulary::Channel, vocabulary::CodeStatus, vocabulary::ContactKind,
    vocabulary::AccountType, vocabulary::LockoutScope, vocabulary::MessageStatus, vocabulary::Purpose, token_id::TokenId,
    vocabulary::RegistrationProcedure,
}

as_text! {
    time::Timestamp => ToString::to_string,
    time::Span => ToString::to_string,
    time::Date => ToString::to_string,
    vocabulary::HolderKind => ToString::to_string,
    vocabulary::HolderStatus => ToString::to_string,
    vocabulary::CivilIdKind => ToString::to_string,
    vocabulary::Language => ToString::to_string,
    vocabulary::AccountType => ToString::to_string,
    vocabulary::RecoveryProcedure => ToString::to_string,
    vocabulary::RegistrationProcedure => ToString::to_string,
    vocabulary::LoginMethod => ToString::to_string,
    vocabulary::CheckStep => ToString::to_string,
    vocabulary::MessageStatus => ToString::to_string,
    vocabulary::AccountState => ToString::to_string,
    vocabulary::Channel => ToString::to_string,
    vocabulary::ContactKind => ToString::to_string,
    vocabulary::AlertPreference => ToString::to_string,
    vocabulary::AlertKind => ToString::to_string,
    vocabulary::Decision => ToString::to_string,
    vocabulary::CodeStatus => ToString::to_string,
    vocabulary::Purpose => ToString::to_string,
    vocabulary::Notice => ToString::to_string,
    vocabulary::LockoutScope => ToString::to_string,
    amount::Amount => ToString::to_string,
    alert_subject::AlertSubject => |about| about.as_str().to_owned(),
    token_id::TokenId => ToString::to_string,
    niss::Niss => ToString::to_string,
    nif::Nif => ToString::to_string,
    civil_id::TypedCivilId => |typed| typed.as_str().to_owned(),
    name::Name => |name| name.as_str().to_owned(),
    email::Email => |email| email.as_str().to_owned(),
    phone::Mobile => |mobile| mobile.as_str().to_owned(),
    phone::Telephone => |telephone| telephone.as_str().to_owned(),
    country::Country => ToString::to_string,
    address::AddressLine => |line| line.as_str().to_owned(),
}
