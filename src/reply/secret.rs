//! Secrets in replies.

use serde::Serialize;

/// A secret for the holder. Only the reply that contains it may print it.
#[derive(Clone, Serialize)]
#[serde(transparent)]
pub struct Secret(zeroize::Zeroizing<String>);

impl Secret {
    /// Wraps a text.
    pub fn new(text: &str) -> Secret {
        Secret(zeroize::Zeroizing::new(text.to_owned()))
    }
    /// Returns the text, for standard output.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(***)")
    }
}
