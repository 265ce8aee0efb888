//! The flat structs: clap makes flags of their fields, serde the fields of a batch line.

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

/// Flat structs of optional fields that come from flags and from the fields of a batch line alike.
macro_rules! requests {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Default, Args, schemars::JsonSchema)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type,)* }

        impl $name {
            /// Every field, by the name that a line of a file gives it.
            pub const FIELDS: &'static [&'static str] = &[$(stringify!($field),)*];

            /// Fills the field of that name.
            ///
            /// # Errors
            /// There is none, or the value is not one for it.
            pub fn set(&mut self, field: &str, value: &Value) -> Result<(), ValidationError> {
                match field {
                    $(stringify!($field) => self.$field.set_from_json(value),)*
                    _ => { let _ = value; Err(ValidationError::UnknownField) }
                }
            }

            /// The fields that are there, as they could be read again; passwords and sessions are never among them.
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
    /// Asks for an account.
    Register {
        /// Whose.
        #[arg(value_name = "NISS")]
        niss: Option<Niss>,
        /// Which account (002 step 6).
        #[arg(long, value_name = "TYPE")]
        account_type: Option<AccountType>,
        /// `portal` where none is named.
        #[arg(long, value_name = "PROCEDURE")]
        procedure: Option<RegistrationProcedure>,
        /// Citizens.
        #[arg(long, value_name = "DATE")]
        birth_date: Option<Date>,
        /// Classic.
        #[arg(long, value_name = "NAME")]
        name: Option<Name>,
        /// Classic, citizens.
        #[arg(long, value_name = "NUMBER")]
        civil_id: Option<TypedCivilId>,
        /// Classic, and companies by the portal.
        #[arg(long, value_name = "NIF")]
        nif: Option<Nif>,
        /// Classic, companies.
        #[arg(long, value_name = "NAME")]
        responsible: Option<Name>,
        /// Classic.
        #[arg(long, value_name = "ADDRESS")]
        email: Option<Email>,
        /// Classic.
        #[arg(long, value_name = "NUMBER")]
        mobile: Option<Mobile>,
        /// Classic, optional.
        #[arg(long, value_name = "NUMBER")]
        telephone: Option<Telephone>,
        /// Classic, citizens; `none` where none is named.
        #[arg(long, value_name = "HOW")]
        alerts: Option<AlertPreference>,
        /// How the code travels (002 step 9).
        #[arg(long, value_name = "CHANNEL")]
        channel: Option<Channel>,
        /// The terms are read and accepted (001 step 8, 002 step 5).
        #[arg(long)]
        accept_terms: bool,
        /// Judged so far and not done.
        #[arg(long, value_name = "STEP")]
        until: Option<CheckStep>,
        /// By Chave Móvel Digital.
        #[arg(skip)]
        pin: Option<CmdPin>,
        /// Its temporary code; without it one is sent.
        #[arg(long, value_name = "CODE")]
        code: Option<VerificationCode>,
        /// Its data may be handed over.
        #[arg(long)]
        consent: bool,
    }

    /// Sets the first password, or by recovery another, with a code.
    SetPassword {
        /// Whose.
        #[arg(value_name = "NISS")]
        niss: Option<Niss>,
        /// The code of the message.
        #[arg(long, value_name = "CODE")]
        code: Option<VerificationCode>,
        /// The password to be.
        #[arg(skip)]
        password: Option<Password>,
        /// Judged so far and not done.
        #[arg(long, value_name = "STEP")]
        until: Option<CheckStep>,
    }

    /// Opens a session.
    Login {
        /// Whose.
        #[arg(value_name = "NISS")]
        niss: Option<Niss>,
        /// `password` where none is named.
        #[arg(long, value_name = "METHOD")]
        method: Option<LoginMethod>,
        /// The password.
        #[arg(skip)]
        password: Option<Password>,
        /// By Chave Móvel Digital.
        #[arg(skip)]
        pin: Option<CmdPin>,
        /// How the code of a second factor is to come; the usual way where none is named.
        #[arg(long, value_name = "CHANNEL")]
        channel: Option<Channel>,
        /// The temporary code, or that of a second factor; without it one is sent, where one is wanted.
        #[arg(long, value_name = "CODE")]
        code: Option<VerificationCode>,
        /// The data of Chave Móvel Digital may be handed over.
        #[arg(long)]
        consent: bool,
    }

    /// Asks for a code to set a new password.
    RecoverRequest {
        /// Whose.
        #[arg(value_name = "NISS")]
        niss: Option<Niss>,
        /// Worked out from the other fields where none is named.
        #[arg(long, value_name = "TYPE")]
        account_type: Option<AccountType>,
        /// Full name.
        #[arg(long, value_name = "NAME")]
        name: Option<Name>,
        /// Citizens.
        #[arg(long, value_name = "DATE")]
        birth_date: Option<Date>,
        /// Citizens.
        #[arg(long, value_name = "NUMBER")]
        civil_id: Option<TypedCivilId>,
        /// Tax identification number.
        #[arg(long, value_name = "NIF")]
        nif: Option<Nif>,
        /// Companies.
        #[arg(long, value_name = "NAME")]
        responsible: Option<Name>,
        /// A typed contact.
        #[arg(long, value_name = "ADDRESS")]
        email: Option<Email>,
        /// A typed contact.
        #[arg(long, value_name = "NUMBER")]
        mobile: Option<Mobile>,
        /// Asked for by the page, compared with nothing and not kept.
        #[arg(long, value_name = "NUMBER")]
        telephone: Option<Telephone>,
        /// How the code travels.
        #[arg(long, value_name = "CHANNEL")]
        channel: Option<Channel>,
        /// Judged so far and not done.
        #[arg(long, value_name = "STEP")]
        until: Option<CheckStep>,
    }

    /// Changes the password from within.
    PasswordChange {
        /// The session.
        #[arg(skip)]
        session: Option<SessionToken>,
        /// The current one, where there is one.
        #[arg(skip)]
        password: Option<Password>,
        /// The one to be.
        #[arg(skip)]
        new_password: Option<Password>,
    }

    /// Asks for nothing but the session: `logout`, `contacts show`, `phone-code set`.
    SessionRequest {
        /// The session.
        #[arg(skip)]
        session: Option<SessionToken>,
    }

    /// Other digits for the phone line.
    PhoneCodeChange {
        /// The session.
        #[arg(skip)]
        session: Option<SessionToken>,
        /// Drawn, not chosen.
        #[arg(long)]
        generate: bool,
        /// Chosen.
        #[arg(skip)]
        new_code: Option<PhoneCode>,
    }

    /// Who is on the phone line.
    PhoneLineWhoami {
        /// The call.
        #[arg(skip)]
        call: Option<CallToken>,
    }

    /// The phone line's side: `phone-code verify`, `phone-line`.
    PhoneCodeVerify {
        /// Whose.
        #[arg(value_name = "NISS")]
        niss: Option<Niss>,
        /// The digits that were typed.
        #[arg(skip)]
        code: Option<PhoneCode>,
    }

    /// Proposes other contacts.
    ContactsUpdate {
        /// The session.
        #[arg(skip)]
        session: Option<SessionToken>,
        /// A new e-mail address.
        #[arg(long, value_name = "ADDRESS")]
        email: Option<Email>,
        /// A new mobile.
        #[arg(long, value_name = "NUMBER")]
        mobile: Option<Mobile>,
        /// A new telephone.
        #[arg(long, value_name = "NUMBER")]
        telephone: Option<Telephone>,
    }

    /// Proves a contact with a code, or asks for the code.
    ContactsConfirm {
        /// The session.
        #[arg(skip)]
        session: Option<SessionToken>,
        /// The contact, by its channel.
        #[arg(long, value_name = "CHANNEL")]
        channel: Option<Channel>,
        /// The code; without it one is sent.
        #[arg(long, value_name = "CODE")]
        code: Option<VerificationCode>,
    }

    /// Takes contacts away.
    ContactsRemove {
        /// The session.
        #[arg(skip)]
        session: Option<SessionToken>,
        /// The e-mail address.
        #[arg(long)]
        email: bool,
        /// The mobile.
        #[arg(long)]
        mobile: bool,
        /// The telephone.
        #[arg(long)]
        telephone: bool,
    }

    /// How alerts travel.
    AlertsSet {
        /// The session.
        #[arg(skip)]
        session: Option<SessionToken>,
        /// By e-mail, SMS or not at all.
        #[arg(value_name = "HOW")]
        alerts: Option<AlertPreference>,
    }

    /// Names one holder: `registry show`, `account show`.
    HolderRequest {
        /// Whose.
        #[arg(value_name = "NISS")]
        niss: Option<Niss>,
    }

    /// An operator's change to an account, with a reason.
    OperatorAction {
        /// Whose.
        #[arg(value_name = "NISS")]
        niss: Option<Niss>,
        /// Why; kept in the audit.
        #[arg(long, value_name = "TEXT")]
        reason: Option<OperatorReason>,
    }

    /// The newest code.
    OutboxCode {
        /// Whose.
        #[arg(value_name = "NISS")]
        niss: Option<Niss>,
        /// For what.
        #[arg(long, value_name = "PURPOSE")]
        purpose: Option<Purpose>,
    }

    /// One message.
    OutboxShow {
        /// Its number; `id` is what a line of a file calls itself.
        #[arg(value_name = "ID", required = true)]
        message: Option<RowId>,
    }

    /// Changes a number of the policy.
    PolicySet {
        /// Its key.
        #[arg(value_name = "KEY", required = true)]
        key: Option<RawText>,
        /// Its value.
        #[arg(value_name = "VALUE", required = true)]
        value: Option<RawText>,
    }

    /// Moves a sandbox's clock on.
    ClockAdvance {
        /// By how much.
        #[arg(value_name = "SPAN", required = true)]
        advance: Option<ClockStep>,
    }

    /// Moves a sandbox's clock to a time.
    ClockSet {
        /// To when.
        #[arg(value_name = "TIME", required = true)]
        time: Option<Timestamp>,
    }

    /// Nothing more to say.
    NoFields {}
}

impl Register {
    /// The procedure that is asked for.
    pub fn procedure(&self) -> RegistrationProcedure {
        self.procedure.unwrap_or(RegistrationProcedure::Portal)
    }
}

impl Login {
    /// By what.
    pub fn method(&self) -> LoginMethod {
        self.method.unwrap_or(LoginMethod::Password)
    }
}

impl ContactsRemove {
    /// The contacts that are named.
    pub fn contacts(&self) -> impl Iterator<Item = ContactKind> {
        [(ContactKind::Email, self.email), (ContactKind::Mobile, self.mobile), (ContactKind::Telephone, self.telephone)]
            .into_iter()
            .filter_map(|(contact, named)| named.then_some(contact))
    }
}
