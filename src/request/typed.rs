//! The two texts that only requests have: a session's token, and an operator's reason.

use zeroize::Zeroizing;

use crate::domain::flaw::Flaw;

/// The token of a session, as a holder's shell keeps it.
#[derive(Clone)]
pub struct SessionToken(Zeroizing<String>);

impl SessionToken {
    /// Whatever somebody says is one.
    pub fn new(text: String) -> SessionToken {
        SessionToken(Zeroizing::new(text))
    }

    /// The text, to look it up by.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for SessionToken {
    type Err = Flaw;
    fn from_str(text: &str) -> Result<SessionToken, Flaw> {
        Ok(SessionToken::new(text.to_owned()))
    }
}

impl std::fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionToken(***)")
    }
}

/// Why an operator changes an account: one line, 1 to 500 characters, kept in the audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why(String);

impl Why {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Why {
    type Err = Flaw;
    fn from_str(text: &str) -> Result<Why, Flaw> {
        let text = text.trim();
        match text.chars().count() {
            0 => Err(Flaw::Missing),
            1..=500 if text.chars().any(char::is_control) => Err(Flaw::Character),
            1..=500 => Ok(Why(text.to_owned())),
            _ => Err(Flaw::Length("1-500")),
        }
    }
}
