//! Checked requests: the required fields are there, so they are no `Option` any more.
//!
//! [`Request::check`] is the only way to a checked request, and the flows accept nothing else. `requests!` defines the
//! checked form of a request whose required fields do not depend on others. The others are here.

use super::field::FieldGroup;
use super::inbox::MessagesList;
use super::operation::{CheckedFields, Request};
use super::request_fields::Check;
use super::requests::{
    CallRequest, ContactsRemove, ContactsUpdate, Login, NoFields, OutboxReturned, PhoneCodeChange, RecoverRequest,
    Register, SessionEnd, SessionRequest,
};
use crate::domain::niss::Niss;
use crate::domain::pin::CmdPin;
use crate::domain::vocabulary::{AccountType, Channel, CheckStep, LoginMethod, RegistrationProcedure};

/// A request that has all required fields.
#[derive(Debug, Clone, Copy)]
pub struct CheckedRequest<'a> {
    request: &'a Request,
    fields: CheckedFields<'a>,
}

impl<'a> CheckedRequest<'a> {
    /// Returns the request.
    pub fn request(&self) -> &'a Request {
        self.request
    }

    /// Returns the fields of the operation.
    pub fn fields(&self) -> CheckedFields<'a> {
        self.fields
    }
}

impl Request {
    /// Returns the checked request.
    ///
    /// # Errors
    /// The missing required fields, as [`Request::missing_fields`] returns them.
    pub fn check(&self) -> Result<CheckedRequest<'_>, Vec<FieldGroup>> {
        let missing = self.missing_fields();
        match self.checked_fields() {
            Some(fields) if missing.is_empty() => Ok(CheckedRequest { request: self, fields }),
            _ => Err(missing),
        }
    }
}

/// Implements [`Check`] for requests without a field that is always required. They are their own checked form.
macro_rules! checked_as_they_are {
    ($($name:ident),+ $(,)?) => {$(
        impl Check for $name {
            type Checked<'a> = &'a $name;

            fn checked(&self) -> Option<&$name> {
                Some(self)
            }
        }
    )+};
}

checked_as_they_are! {
    SessionRequest,
    PhoneCodeChange,
    SessionEnd,
    CallRequest,
    ContactsUpdate,
    ContactsRemove,
    MessagesList,
    OutboxReturned,
    NoFields,
}

/// The end of a request for a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeRequestEnd {
    /// It is checked up to this step and changes nothing.
    Check(CheckStep),
    /// A code is sent by this channel.
    Send(Channel),
}

impl CodeRequestEnd {
    fn of(until: Option<CheckStep>, channel: Option<Channel>) -> Option<CodeRequestEnd> {
        match until {
            Some(step) => Some(CodeRequestEnd::Check(step)),
            None => channel.map(CodeRequestEnd::Send),
        }
    }
}

/// Defines a checked form whose further fields are those of the request.
macro_rules! checked_form {
    ($(#[$doc:meta])* $name:ident of $request:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name<'a> {
            $($(#[$field_doc])* pub $field: $type,)+
            request: &'a $request,
        }

        impl std::ops::Deref for $name<'_> {
            type Target = $request;

            fn deref(&self) -> &$request {
                self.request
            }
        }
    };
}

checked_form! {
    /// A checked registration with data that the holder types: `portal` or `classic`.
    RegisterByData of Register {
        /// The NISS of the holder.
        niss: Niss,
        /// The type of account.
        account_type: AccountType,
        /// The end of the request.
        end: CodeRequestEnd,
    }
}

checked_form! {
    /// A checked registration by Chave Móvel Digital.
    RegisterByCmd of Register {
        /// The NISS of the holder.
        niss: Niss,
        /// The PIN.
        pin: &'a CmdPin,
    }
}

/// A checked registration.
#[derive(Debug, Clone, Copy)]
pub enum CheckedRegister<'a> {
    /// With data that the holder types.
    Data(RegisterByData<'a>),
    /// By Chave Móvel Digital.
    Cmd(RegisterByCmd<'a>),
}

impl Check for Register {
    type Checked<'a> = CheckedRegister<'a>;

    fn checked(&self) -> Option<CheckedRegister<'_>> {
        let niss = self.niss?;
        Some(match self.procedure() {
            RegistrationProcedure::Portal | RegistrationProcedure::Classic => CheckedRegister::Data(RegisterByData {
                niss,
                account_type: self.account_type?,
                end: CodeRequestEnd::of(self.until, self.channel)?,
                request: self,
            }),
            RegistrationProcedure::Cmd => {
                CheckedRegister::Cmd(RegisterByCmd { niss, pin: self.pin.as_ref()?, request: self })
            }
        })
    }
}

checked_form! {
    /// A checked login with a password.
    LoginByPassword of Login {
        /// The NISS of the holder.
        niss: Niss,
    }
}

checked_form! {
    /// A checked login by Chave Móvel Digital.
    LoginByCmd of Login {
        /// The NISS of the holder.
        niss: Niss,
        /// The PIN.
        pin: &'a CmdPin,
    }
}

/// A checked login.
#[derive(Debug, Clone, Copy)]
pub enum CheckedLogin<'a> {
    /// With a password.
    Password(LoginByPassword<'a>),
    /// By Chave Móvel Digital.
    Cmd(LoginByCmd<'a>),
}

impl Check for Login {
    type Checked<'a> = CheckedLogin<'a>;

    fn checked(&self) -> Option<CheckedLogin<'_>> {
        let niss = self.niss?;
        Some(match self.method() {
            LoginMethod::Password => CheckedLogin::Password(LoginByPassword { niss, request: self }),
            LoginMethod::Cmd => CheckedLogin::Cmd(LoginByCmd { niss, pin: self.pin.as_ref()?, request: self }),
        })
    }
}

checked_form! {
    /// A checked request for a recovery code.
    CheckedRecoverRequest of RecoverRequest {
        /// The NISS of the holder.
        niss: Niss,
        /// The end of the request.
        end: CodeRequestEnd,
    }
}

impl Check for RecoverRequest {
    type Checked<'a> = CheckedRecoverRequest<'a>;

    fn checked(&self) -> Option<CheckedRecoverRequest<'_>> {
        let end = CodeRequestEnd::of(self.until, self.channel)?;
        Some(CheckedRecoverRequest { niss: self.niss?, end, request: self })
    }
}
