//! What the words mean: values that can't be wrong and the rules over them. Pure: no input or output, no clock, no SQL.

pub mod about;
pub mod amount;
pub mod anchor;
pub mod calendar;
pub mod civil_id;
pub mod code;
pub mod email;
pub mod flaw;
pub mod gsm;
pub mod holder;
pub mod keyed;
pub mod name;
pub mod nif;
pub mod niss;
pub mod password;
pub mod phone;
pub mod pin;
pub mod place;
pub mod policy;
pub mod schema;
pub mod time;
pub mod words;

/// How serde writes a value; what is read goes through `FromStr`.
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

as_text! {
    time::Timestamp => ToString::to_string,
    time::Span => ToString::to_string,
    time::Date => ToString::to_string,
    words::HolderKind => ToString::to_string,
    words::HolderStatus => ToString::to_string,
    words::CivilIdKind => ToString::to_string,
    words::Language => ToString::to_string,
    words::AccountType => ToString::to_string,
    words::RegistrationProcedure => ToString::to_string,
    words::LoginMethod => ToString::to_string,
    words::CheckStep => ToString::to_string,
    words::AccountState => ToString::to_string,
    words::Channel => ToString::to_string,
    words::ContactKind => ToString::to_string,
    words::AlertPreference => ToString::to_string,
    words::AlertKind => ToString::to_string,
    words::Decision => ToString::to_string,
    words::Purpose => ToString::to_string,
    words::Notice => ToString::to_string,
    words::LockoutScope => ToString::to_string,
    amount::Amount => ToString::to_string,
    about::AlertSubject => |about| about.as_str().to_owned(),
    niss::Niss => ToString::to_string,
    nif::Nif => ToString::to_string,
    civil_id::TypedCivilId => |typed| typed.as_str().to_owned(),
    name::Name => |name| name.as_str().to_owned(),
    email::Email => |email| email.as_str().to_owned(),
    phone::Mobile => |mobile| mobile.as_str().to_owned(),
    phone::Telephone => |telephone| telephone.as_str().to_owned(),
    place::Country => ToString::to_string,
    place::AddressLine => |line| line.as_str().to_owned(),
}
