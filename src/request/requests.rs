//! The request structs. clap derives options from their fields, serde the fields of a batch line.

use clap::Args;
use serde_json::Value;

use super::fields::{FieldValue, RawText, RowId};
use super::operator_reason::OperatorReason;
use super::tokens::{CallToken, SessionToken};

use crate::domain::civil_id::TypedCivilId;
use crate::domain::code::{PhoneCode, VerificationCode};
use crate::domain::email::Email;
use crate::domain::name::Name;
use crate::domain::nif::Nif;
use crate::domain::niss::Niss;
use crate::domain::password::Password;
use crate::domain::phone::{Mobile, Telephone};
use crate::domain::pin::CmdPin;
use crate::domain::time::{ClockStep, Date, Timestamp};
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::{
    AccountType, AlertPreference, Channel, CheckStep, ContactKind, LoginMethod, Purpose, RegistrationProcedure,
};

/// Defines flat structs of optional fields for options and for the fields of batch lines.
macro_rules! requests {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Default, Args, schemars::JsonSchema)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type,)* }

        impl $name {
            /// The names of all fields, as in a line of a file.
            pub const FIELDS: &'static [&'static str] = &[$(stringify!($field),)*];

            /// Sets the field with this name.
            ///
            /// # Errors
            /// There is no such field, or the value is not valid for it.
            pub fn set(&mut self, field: &str, value: &Value) -> Result<(), ValidationError> {
                match field {
                    $(stringify!($field) => self.$field.set_from_json(value),)*
                    _ => { let _ = value; Err(ValidationError::UnknownField) }
                }
            }

            /// Returns the fields that are set, in a form that can be parsed again. Passwords and tokens are left
            /// out.
            pub fn written(&self) -> Vec<(&'static str, Value)> {
                let fields: [(&'static str, Option<Value>); Self::FIELDS.len()] =
                    [$((stringify!($field), self.$field.to_json()),)*];
                fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
            }
        }
    )+};
}
pub(super) use requests;

requests! {
    /// Requests an account.
    Register {
        /// The NISS of the holder.
        #[arg(value_name = "NISS")]
        niss: Option<Niss>,
        /// The type of account (002 step 6).
        #[arg(long, value_name = "TYPE")]
        account_type: Option<AccountType>,
        /// The registration procedure; `portal` by default.
        #[arg(long, value_name = "PROCEDURE")]
        procedure: Option<RegistrationProcedure>,
        /// Date of birth; for citizens.
        #[arg(long, value_name = "DATE")]
        birth_date: Option<Date>,
        /// Full name; only `classic`.
        #[arg(long, value_name = "NAME")]
        name: Option<Name>,
        /// Civil identification number; only `classic`, for citizens.
        #[arg(long, value_name = "NUMBER")]
        civil_id: Option<TypedCivilId>,
        /// Tax identification number; `classic`, and companies with `portal`.
        #[arg(long, value_name = "NIF")]
        nif: Option<Nif>,
        /// The person responsible for a company; only `classic`, for companies.
        #[arg(long, value_name = "NAME")]
        responsible: Option<Name>,
        /// E-mail address; only `classic`.
        #[arg(long, value_name = "ADDRESS")]
        email: Option<Email>,
        /// Mobile number; only `classic`.
        #[arg(long, value_name = "NUMBER")]
        mobile: Option<Mobile>,
        /// Telephone number; only `classic`, optional.
        #[arg(long, value_name = "NUMBER")]
        telephone: Option<Telephone>,
        /// The channel of alerts; only `classic`, for citizens; `none` by default.
        #[arg(long, value_name = "HOW")]
        alerts: Option<AlertPreference>,
        /// The channel of the code (002 step 9).
        #[arg(long, value_name = "CHANNEL")]
        channel: Option<Channel>,
        /// Whether the terms and conditions are accepted (001 step 8, 002 step 5).
        #[arg(long)]
        accept_terms: bool,
        /// Checks the request up to this step and changes nothing.
        #[arg(long, value_name = "STEP")]
        until: Option<CheckStep>,
        /// The PIN of Chave Móvel Digital.
        #[arg(skip)]
        pin: Option<CmdPin>,
        /// The temporary code of Chave Móvel Digital. Without it one is sent.
        #[arg(long, value_name = "CODE")]
        code: Option<VerificationCode>,
        /// Whether the holder consents to the transfer of the provider's data.
        #[arg(long)]
        consent: bool,
    }

    /// Sets the first password or, by recovery, a new one, with a code.
    SetPassword {
        /// The NISS of the holder.
        #[arg(value_name = "NISS")]
        niss: Option<Niss>,
        /// The code in the message.
        #[arg(long, value_name = "CODE")]
        code: Option<VerificationCode>,
        /// The new password.
        #[arg(skip)]
        password: Option<Password>,
        /// Checks the request up to this step and changes nothing.
        #[arg(long, value_name = "STEP")]
        until: Option<CheckStep>,
    }

    /// Opens a session.
    Login {
        /// The NISS of the holder.
        #[arg(value_name = "NISS")]
        niss: Option<Niss>,
        /// The login method; `password` by default.
        #[arg(long, value_name = "METHOD")]
        method: Option<LoginMethod>,
        /// The password.
        #[arg(skip)]
        password: Option<Password>,
        /// The PIN of Chave Móvel Digital.
        #[arg(skip)]
        pin: Option<CmdPin>,
        /// The channel of the second factor's code; the default one if absent.
        #[arg(long, value_name = "CHANNEL")]
        channel: Option<Channel>,
        /// The temporary code or the second factor's code. Without it one is sent if the login needs it.
        #[arg(long, value_name = "CODE")]
        code: Option<VerificationCode>,
        /// Whether the holder consents to the transfer of the provider's data.
        #[arg(long)]
        consent: bool,
    }

    /// Requests a code for a new password.
    RecoverRequest {
        /// The NISS of the holder.
        #[arg(value_name = "NISS")]
        niss: Option<Niss>,
        /// The type of account; derived from the other fields by default.
        #[arg(long, value_name = "TYPE")]
        account_type: Option<AccountType>,
        /// Full name.
        #[arg(long, value_name = "NAME")]
        name: Option<Name>,
        /// Date of birth; for citizens.
        #[arg(long, value_name = "DATE")]
        birth_date: Option<Date>,
        /// Civil identification number; for citizens.
        #[arg(long, value_name = "NUMBER")]
        civil_id: Option<TypedCivilId>,
        /// Tax identification number.
        #[arg(long, value_name = "NIF")]
        nif: Option<Nif>,
        /// The person responsible; for companies.
        #[arg(long, value_name = "NAME")]
        responsible: Option<Name>,
        /// A typed e-mail address.
        #[arg(long, value_name = "ADDRESS")]
        email: Option<Email>,
        /// A typed mobile number.
        #[arg(long, value_name = "NUMBER")]
        mobile: Option<Mobile>,
        /// A telephone number. The page asks for it, but it is neither compared nor stored.
        #[arg(long, value_name = "NUMBER")]
        telephone: Option<Telephone>,
        /// The channel of the code.
        #[arg(long, value_name = "CHANNEL")]
        channel: Option<Channel>,
        /// Checks the request up to this step and changes nothing.
        #[arg(long, value_name = "STEP")]
        until: Option<CheckStep>,
    }

    /// Changes the password in a session.
    PasswordChange {
        /// The session token.
        #[arg(skip)]
        session: Option<SessionToken>,
        /// The current password, if the account has one.
        #[arg(skip)]
        password: Option<Password>,
        /// The new password.
        #[arg(skip)]
        new_password: Option<Password>,
    }

    /// A request with only a session: `logout`, `contacts show`, `phone-code set`.
    SessionRequest {
        /// The session token.
        #[arg(skip)]
        session: Option<SessionToken>,
    }

    /// Changes the phone code.
    PhoneCodeChange {
        /// The session token.
        #[arg(skip)]
        session: Option<SessionToken>,
        /// Generates a code.
        #[arg(long)]
        generate: bool,
        /// The chosen code.
        #[arg(skip)]
        new_code: Option<PhoneCode>,
    }

    /// Shows the identified caller on the phone line.
    PhoneLineWhoami {
        /// The call token.
        #[arg(skip)]
        call: Option<CallToken>,
    }

    /// The phone line's requests: `phone-code verify`, `phone-line`.
    PhoneCodeVerify {
        /// The NISS of the caller.
        #[arg(value_name = "NISS")]
        niss: Option<Niss>,
        /// The typed digits.
        #[arg(skip)]
        code: Option<PhoneCode>,
    }

    /// Proposes new contacts.
    ContactsUpdate {
        /// The session token.
        #[arg(skip)]
        session: Option<SessionToken>,
        /// The new e-mail address.
        #[arg(long, value_name = "ADDRESS")]
        email: Option<Email>,
        /// The new mobile number.
        #[arg(long, value_name = "NUMBER")]
        mobile: Option<Mobile>,
        /// The new telephone number.
        #[arg(long, value_name = "NUMBER")]
        telephone: Option<Telephone>,
    }

    /// Confirms a contact with a code, or requests that code.
    ContactsConfirm {
        /// The session token.
        #[arg(skip)]
        session: Option<SessionToken>,
        /// The channel of the contact.
        #[arg(long, value_name = "CHANNEL")]
        channel: Option<Channel>,
        /// The code. Without it one is sent.
        #[arg(long, value_name = "CODE")]
        code: Option<VerificationCode>,
    }

    /// Removes contacts.
    ContactsRemove {
        /// The session token.
        #[arg(skip)]
        session: Option<SessionToken>,
        /// Removes the e-mail address.
        #[arg(long)]
        email: bool,
        /// Removes the mobile number.
        #[arg(long)]
        mobile: bool,
        /// Removes the telephone number.
        #[arg(long)]
        telephone: bool,
    }

    /// Sets the channel of alerts.
    AlertsSet {
        /// The session token.
        #[arg(skip)]
        session: Option<SessionToken>,
        /// E-mail, SMS or none.
        #[arg(value_name = "HOW")]
        alerts: Option<AlertPreference>,
    }

    /// A request with only a NISS: `registry show`, `account show`.
    HolderRequest {
        /// The NISS of the holder.
        #[arg(value_name = "NISS")]
        niss: Option<Niss>,
    }

    /// An operator's change of an account, with a reason.
    OperatorAction {
        /// The NISS of the holder.
        #[arg(value_name = "NISS")]
        niss: Option<Niss>,
        /// The reason, which the audit log stores.
        #[arg(long, value_name = "TEXT")]
        reason: Option<OperatorReason>,
    }

    /// Shows the newest code in the outbox.
    OutboxCode {
        /// The NISS of the holder.
        #[arg(value_name = "NISS")]
        niss: Option<Niss>,
        /// The purpose of the code.
        #[arg(long, value_name = "PURPOSE")]
        purpose: Option<Purpose>,
    }

    /// Shows one message of the outbox.
    OutboxShow {
        /// The number of the message. (`id` is the line's own identifier.)
        #[arg(value_name = "ID", required = true)]
        message: Option<RowId>,
    }

    /// Changes a policy setting.
    PolicySet {
        /// The key of the setting.
        #[arg(value_name = "KEY", required = true)]
        key: Option<RawText>,
        /// The new value.
        #[arg(value_name = "VALUE", required = true)]
        value: Option<RawText>,
    }

    /// Advances the clock of a sandbox.
    ClockAdvance {
        /// The step.
        #[arg(value_name = "SPAN", required = true)]
        advance: Option<ClockStep>,
    }

    /// Sets the clock of a sandbox.
    ClockSet {
        /// The new time.
        #[arg(value_name = "TIME", required = true)]
        time: Option<Timestamp>,
    }

    /// A request without fields.
    NoFields {}
}

impl Register {
    /// Returns the registration procedure.
    pub fn procedure(&self) -> RegistrationProcedure {
        self.procedure.unwrap_or(RegistrationProcedure::Portal)
    }
}

impl Login {
    /// Returns the login method.
    pub fn method(&self) -> LoginMethod {
        self.method.unwrap_or(LoginMethod::Password)
    }
}

impl ContactsRemove {
    /// Returns the named contacts.
    pub fn contacts(&self) -> impl Iterator<Item = ContactKind> {
        [(ContactKind::Email, self.email), (ContactKind::Mobile, self.mobile), (ContactKind::Telephone, self.telephone)]
            .into_iter()
            .filter_map(|(contact, named)| named.then_some(contact))
    }
}
