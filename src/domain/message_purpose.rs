//! The purpose of a message: to carry a code, or to notify.

use std::fmt;
use std::str::FromStr;

use super::validation_error::ValidationError;
use super::vocabulary::{Notice, Purpose};

/// The purpose of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MessagePurpose {
    /// It carries a code of this purpose.
    Code(Purpose),
    /// It notifies of an event.
    Notice(Notice),
}

/// All words: those of codes, then those of notices.
pub const WORDS: &str = "activation, recovery, contact_email, contact_mobile, login, cmd, activated, password_changed, \
    recovered, second_factor_enrolment, login_locked, code_blocked, phone_code_blocked, phone_code_set, phone_code_changed, suspended, resumed, reset, \
    closed, contact_changed, contact_removed, cmd_blocked, alert";

impl MessagePurpose {
    /// Returns all purposes: those of codes, then those of notices.
    pub fn all() -> impl Iterator<Item = MessagePurpose> {
        let codes = Purpose::ALL.iter().copied().map(MessagePurpose::Code);
        codes.chain(Notice::ALL.iter().copied().map(MessagePurpose::Notice))
    }

    /// Returns the word.
    pub const fn as_str(self) -> &'static str {
        match self {
            MessagePurpose::Code(purpose) => purpose.as_str(),
            MessagePurpose::Notice(notice) => notice.as_str(),
        }
    }

    /// Returns the purpose of the code that the message carries.
    pub const fn code(self) -> Option<Purpose> {
        match self {
            MessagePurpose::Code(purpose) => Some(purpose),
            MessagePurpose::Notice(_) => None,
        }
    }

    /// Returns whether the message comes from the authentication provider and not from the service.
    pub const fn is_of_provider(self) -> bool {
        matches!(self, MessagePurpose::Code(Purpose::Cmd) | MessagePurpose::Notice(Notice::CmdBlocked))
    }
}

impl schemars::JsonSchema for MessagePurpose {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "MessagePurpose".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let words: Vec<&str> = MessagePurpose::all().map(MessagePurpose::as_str).collect();
        super::string_schema::enum_schema(&["The purpose of a message: to carry a code, or to notify."], &words)
    }
}

impl fmt::Display for MessagePurpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for MessagePurpose {
    type Err = ValidationError;

    fn from_str(word: &str) -> Result<MessagePurpose, ValidationError> {
        let code = word.parse().map(MessagePurpose::Code);
        code.or_else(|_| word.parse().map(MessagePurpose::Notice)).map_err(|_| ValidationError::UnknownWord(WORDS))
    }
}

super::as_text! { MessagePurpose => ToString::to_string }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_codes_and_notices() {
        let words: Vec<&str> = MessagePurpose::all().map(MessagePurpose::as_str).collect();
        assert_eq!(words.join(", "), WORDS);
        assert!(MessagePurpose::all().all(|purpose| purpose.as_str().parse() == Ok(purpose)));
        assert!("x".parse::<MessagePurpose>().is_err());
    }
}
