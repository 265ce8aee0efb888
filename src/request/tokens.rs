//! The tokens of a session and of a call on the phone line. Any text is accepted; the store decides its validity.

use zeroize::Zeroizing;

use crate::domain::validation_error::ValidationError;

macro_rules! tokens {
    ($($(#[$doc:meta])* $name:ident,)+) => {$(
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name(Zeroizing<String>);

        impl $name {
            /// Wraps a text as a token, without checking it.
            pub fn new(text: String) -> $name {
                $name(Zeroizing::new(text))
            }

            /// Returns the text, for the look-up.
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = ValidationError;
            fn from_str(text: &str) -> Result<$name, ValidationError> {
                Ok($name::new(text.to_owned()))
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(***)"))
            }
        }
    )+};
}

tokens! {
    /// The token of a session, which the holder's shell stores.
    SessionToken,
    /// The token of a call on the phone line, which the operator's shell stores.
    CallToken,
}
