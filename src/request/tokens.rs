//! The tokens that let somebody in again: of a session, and of a call on the phone line. Each is whatever somebody says is one; the
//! store knows better.

use zeroize::Zeroizing;

use crate::domain::validation_error::ValidationError;

macro_rules! tokens {
    ($($(#[$doc:meta])* $name:ident,)+) => {$(
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name(Zeroizing<String>);

        impl $name {
            /// Whatever somebody says is one.
            pub fn new(text: String) -> $name {
                $name(Zeroizing::new(text))
            }

            /// The text, to look it up by.
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
    /// The token of a session, as a holder's shell keeps it.
    SessionToken,
    /// The token of a call on the phone line, as the operator's shell keeps it.
    CallToken,
}
