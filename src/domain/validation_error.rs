//! What is wrong with a value that somebody typed or a file holds.
//!
//! A flaw is a fact, not a sentence: the catalogues turn it into one, in the language of whoever reads it (`flaw-…` in
//! `src/text/*.ftl`). It never carries the value itself, so it may be shown, logged and written to a rejects file even
//! when the value is a secret or another person's.

use serde::Serialize;

/// What is wrong with a value. `Display` is the word that scripts read (`check_digit`), used in the rejects of an import.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ValidationError {
    /// Nothing there, or nothing but spaces.
    #[error("missing")]
    Missing,
    /// Not this many characters: what is allowed, as text (`11`, `4-20`).
    #[error("length")]
    Length(&'static str),
    /// A character that has no place here.
    #[error("character")]
    InvalidCharacter,
    /// A check digit that does not follow from the other digits.
    #[error("check_digit")]
    CheckDigit,
    /// Right in itself, but a prefix that nobody is given: the prefixes that are in use.
    #[error("prefix")]
    UnassignedPrefix(&'static str),
    /// Not of the form that is expected: the form, as an example or a pattern (`YYYY-MM-DD`).
    #[error("form")]
    Format(&'static str),
    /// Written as a date or time, but one that the calendar does not have.
    #[error("no_such_date")]
    NoSuchDate,
    /// Not one of the words that are allowed: those words, parted by commas.
    #[error("word")]
    UnknownWord(&'static str),
    /// Outside the bounds: lowest and highest, as text.
    #[error("bounds")]
    BoundsProfile(String, String),
    /// Another value would be outside the bounds that follow from this one: whose it is, and its lowest and highest value
    /// as text (`15-64`).
    #[error("leaves_behind")]
    ConflictsWithSetting(&'static str, String),
    /// A well-formed telephone number that is no mobile.
    #[error("not_a_mobile")]
    NotAMobile,
    /// A telephone number that no country's numbering plan has.
    #[error("no_such_number")]
    NoSuchNumber,
    /// An address without a top-level domain, or with a literal, a display name or a quoted local part.
    #[error("address")]
    EmailAddress,
    /// Bytes that are not UTF-8.
    #[error("not_utf8")]
    NotUtf8,
    /// The same key earlier in the same file.
    #[error("duplicate")]
    Duplicate,
    /// A row with more or fewer fields than the header: how many there should be.
    #[error("fields")]
    FieldCount(usize),
    /// A column or key that the format does not have.
    #[error("unknown_column")]
    UnknownColumn,
    /// A field that the operation does not have.
    #[error("unknown_field")]
    UnknownField,
    /// A field that has no place beside the others.
    #[error("no_place")]
    NotApplicable,
    /// A setting that the policy does not have.
    #[error("no_such_setting")]
    NoSuchSetting,
    /// A text that outlives the holder and says who it is.
    #[error("names_holder")]
    NamesHolder,
    /// A datum that was not given, and that the registry has not either.
    #[error("not_held")]
    NotInRegistry,
    /// The current password, of an account that has one.
    #[error("current_missing")]
    CurrentPasswordMissing,
    /// A current password, of an account that has none yet.
    #[error("no_current")]
    NoCurrentPassword,
    /// A text with the address of a web page: no message of the service holds a link.
    #[error("link")]
    ContainsLink,
    /// A line that is not a JSON object.
    #[error("not_json")]
    NotJson,
}
