//! Validation errors of typed values and values in files.
//!
//! An error is a fact, not a sentence: the catalogues have the sentences (`invalid-…` in `src/l10n/*.ftl`). It never
//! contains the value, so it can be shown, logged and written to a rejects file even for secrets and personal data.

use serde::Serialize;

/// The cause of a validation error. `Display` is the word for scripts (`check_digit`), as in the rejects of an
/// import.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ValidationError {
    /// The value is missing or blank.
    #[error("missing")]
    Missing,
    /// Wrong number of characters: the allowed lengths as text (`11`, `4-20`).
    #[error("length")]
    Length(&'static str),
    /// A character that is not allowed.
    #[error("character")]
    InvalidCharacter,
    /// A wrong check digit.
    #[error("check_digit")]
    CheckDigit,
    /// A right check digit, but an unassigned prefix: the assigned prefixes.
    #[error("prefix")]
    UnassignedPrefix(&'static str),
    /// Wrong format: the expected format as an example or a pattern (`YYYY-MM-DD`).
    #[error("form")]
    Format(&'static str),
    /// A well-formed date or time that does not exist.
    #[error("no_such_date")]
    NoSuchDate,
    /// A date after today that must not be: a birth date.
    #[error("future")]
    InTheFuture,
    /// An unknown word: the allowed words, separated by commas.
    #[error("word")]
    UnknownWord(&'static str),
    /// Outside the bounds: the lowest and highest value as text.
    #[error("bounds")]
    BoundsProfile(String, String),
    /// The value would put another setting outside its bounds: its key, and its bounds as text (`15-64`).
    #[error("leaves_behind")]
    ConflictsWithSetting(&'static str, String),
    /// A valid telephone number, but not a mobile.
    #[error("not_a_mobile")]
    NotAMobile,
    /// A telephone number in no numbering plan.
    #[error("no_such_number")]
    NoSuchNumber,
    /// Nine digits without a country code that are no Portuguese number.
    #[error("no_such_number")]
    NoSuchNationalNumber,
    /// An address without a top-level domain, or with a literal, a display name or a quoted local part.
    #[error("address")]
    EmailAddress,
    /// Bytes that are not UTF-8.
    #[error("not_utf8")]
    NotUtf8,
    /// A value that occurred earlier in the same file.
    #[error("duplicate")]
    Duplicate,
    /// A key that occurs twice in an object.
    #[error("duplicate_key")]
    DuplicateKey,
    /// The identifier of a line that was done before with other content.
    #[error("id_reused")]
    IdReused,
    /// A row with more or fewer fields than the header: the expected number.
    #[error("fields")]
    FieldCount(usize),
    /// An identifier that a program has read as a number: `12000000012.0`, `1,2E+10`.
    #[error("read_as_number")]
    ReadAsNumber,
    /// A quotation mark in a CSV that neither closes nor is an ordinary character (`domain::csv_rows`).
    #[error("quote")]
    StrayQuote,
    /// A column or key that the format does not have.
    #[error("unknown_column")]
    UnknownColumn,
    /// A field that the operation does not have.
    #[error("unknown_field")]
    UnknownField,
    /// A field that does not apply together with the others.
    #[error("no_place")]
    NotApplicable,
    /// An unknown setting.
    #[error("no_such_setting")]
    NoSuchSetting,
    /// A text that identifies the holder but is stored longer than the holder's data.
    #[error("names_holder")]
    NamesHolder,
    /// A value that is neither in the request nor in the registry.
    #[error("not_held")]
    NotInRegistry,
    /// The current password is missing, although the account has one.
    #[error("current_missing")]
    CurrentPasswordMissing,
    /// A current password is given, although the account has none.
    #[error("no_current")]
    NoCurrentPassword,
    /// A text with a link. No message of the service has one.
    #[error("link")]
    ContainsLink,
    /// A line that is not a JSON object.
    #[error("not_json")]
    NotJson,
}
