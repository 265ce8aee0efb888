//! The request structs. clap derives options from their fields, serde the fields of a batch line.

use super::fields::{RawText, RowId};
use super::operator_reason::OperatorReason;
use super::tokens::{CallToken, SessionToken};
use crate::domain::civil_id::TypedCivilId;
use crate::domain::code::{PhoneCode, VerificationCode};
use crate::domain::email::Email;
use crate::domain::message_purpose::MessagePurpose;
use crate::domain::name::Name;
use crate::domain::nif::Nif;
use crate::domain::niss::Niss;
use crate::domain::password::Password;
use crate::domain::phone::{Mobile, Telephone};
use crate::domain::pin::CmdPin;
use crate::domain::time::{ClockStep, Date, Timestamp};
use crate::domain::token_id::TokenId;
use crate::domain::vocabulary::{
    AccountType, AlertPreference, Channel, CheckStep, ContactKind, DeliveryFailure, LoginMethod, Purpose,
    RecoveryProcedure, RegistrationProcedure,
};

/// Defines flat structs of optional fields for options and for the fields of batch lines.
///
/// After its type, each field has the [`AuditMark`](super::request_fields::AuditMark) and, if it can be required, the condition:
///
/// | condition | the field is required |
/// |---|---|
/// | `required` | always |
/// | `required if rule` | if the method `rule` of the struct returns `true` |
/// | `required unless other` | unless the field `other` is set |
/// | `one_of [this, other]` | unless another field of the group is set; also with `if rule` |
///
/// `as CheckedName` defines the checked form too: a struct with the fields that are always required, without `Option`.
macro_rules! requests {
    ($($(#[$doc:meta])* $name:ident $(as $checked:ident)? { $($fields:tt)* })+) => {$(
        requests!(@request [$(#[$doc])*] $name { $($fields)* });
        requests!(@checked $name [$($checked)?] { $($fields)* });
    )+};
    (@request [$(#[$doc:meta])*] $name:ident {
        $($(#[$field_doc:meta])* $field:ident: $type:ty [$mark:ident $(, $($required:tt)+)?],)*
    }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, clap::Args, schemars::JsonSchema)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type,)* }

        impl $crate::request::request_fields::RequestFields for $name {
            fn names(&self) -> &'static [&'static str] {
                &[$(stringify!($field),)*]
            }

            fn specs(&self) -> &'static [$crate::request::request_fields::FieldSpec] {
                // A named constant, because `cargo check` evaluates no inline ones.
                const SPECS: &[$crate::request::request_fields::FieldSpec] =
                    &[$($crate::request::request_fields::FieldSpec {
                    field: $crate::request::field::Field::named(stringify!($field)),
                    audit: $crate::request::request_fields::AuditMark::$mark,
                    required: requests!(@requirement $field $($($required)+)?),
                },)*];
                SPECS
            }

            fn field(&self, field: $crate::request::field::Field) -> Option<&dyn $crate::request::fields::FieldValue> {
                $(if field == const { $crate::request::field::Field::named(stringify!($field)) } {
                    return Some(&self.$field);
                })*
                let _ = field;
                None
            }

            fn field_mut(&mut self, field: $crate::request::field::Field) -> Option<&mut dyn $crate::request::fields::FieldValue> {
                $(if field == const { $crate::request::field::Field::named(stringify!($field)) } {
                    return Some(&mut self.$field);
                })*
                let _ = field;
                None
            }

            fn needs(&self, field: $crate::request::field::Field) -> bool {
                $(if field == const { $crate::request::field::Field::named(stringify!($field)) } {
                    return requests!(@needs self $($($required)+)?);
                })*
                let _ = field;
                false
            }
        }
    };
    (@checked $name:ident [] { $($fields:tt)* }) => {};
    (@checked $name:ident [$checked:ident] { $($fields:tt)* }) => {
        requests!(@required $name $checked {} $($fields)*);
    };
    (@required $name:ident $checked:ident { $($done:tt)* }
        $(#[$doc:meta])* $field:ident: Option<$type:ty> [$mark:ident, required], $($rest:tt)*
    ) => {
        requests!(@required $name $checked { $($done)* $field: $type, } $($rest)*);
    };
    (@required $name:ident $checked:ident { $($done:tt)* }
        $(#[$doc:meta])* $field:ident: $type:ty [$($mark:tt)+], $($rest:tt)*
    ) => {
        requests!(@required $name $checked { $($done)* } $($rest)*);
    };
    (@required $name:ident $checked:ident { $($field:ident: $type:ty,)+ }) => {
        #[doc = concat!("A checked [`", stringify!($name), "`]: its required fields, and by `Deref` the others.")]
        #[expect(missing_docs, reason = "each is the field of the same name")]
        #[derive(Debug, Clone, Copy)]
        pub struct $checked<'a> {
            $(pub $field: &'a $type,)+
            request: &'a $name,
        }

        impl std::ops::Deref for $checked<'_> {
            type Target = $name;

            fn deref(&self) -> &$name {
                self.request
            }
        }

        impl $crate::request::request_fields::Check for $name {
            type Checked<'a> = $checked<'a>;

            fn checked(&self) -> Option<$checked<'_>> {
                Some($checked { $($field: self.$field.as_ref()?,)+ request: self })
            }
        }
    };
    (@requirement $field:ident) => { $crate::request::request_fields::Requirement::None };
    (@requirement $field:ident required) => {
        $crate::request::request_fields::Requirement::Always(requests!(@group $field))
    };
    (@requirement $field:ident required $($condition:tt)+) => {
        $crate::request::request_fields::Requirement::Conditional(requests!(@group $field))
    };
    (@requirement $field:ident one_of [$($member:ident),+]) => {
        $crate::request::request_fields::Requirement::Always(requests!(@group $($member)+))
    };
    (@requirement $field:ident one_of [$($member:ident),+] if $rule:ident) => {
        $crate::request::request_fields::Requirement::Conditional(requests!(@group $($member)+))
    };
    (@group $($member:ident)+) => { &[$($crate::request::field::Field::named(stringify!($member))),+] };
    (@needs $request:ident) => { false };
    (@needs $request:ident required) => { true };
    (@needs $request:ident required if $rule:ident) => { $request.$rule() };
    (@needs $request:ident required unless $other:ident) => {
        !$crate::request::fields::FieldValue::is_set(&$request.$other)
    };
    (@needs $request:ident one_of [$($member:ident),+]) => { true };
    (@needs $request:ident one_of [$($member:ident),+] if $rule:ident) => { $request.$rule() };
}
pub(super) use requests;

requests! {
    /// Requests an account.
    Register {
        /// The NISS of the holder.
        #[arg(value_name = "NISS")]
        niss: Option<Niss> [Nothing, required],
        /// The type of account (002 step 6).
        #[arg(long, value_name = "TYPE")]
        account_type: Option<AccountType> [Value, required if has_typed_identity],
        /// The registration procedure; `portal` by default.
        #[arg(long, value_name = "PROCEDURE")]
        procedure: Option<RegistrationProcedure> [Value],
        /// Date of birth; for citizens.
        #[arg(long, value_name = "DATE")]
        birth_date: Option<Date> [Presence, required if needs_birth_date],
        /// Full name; only `classic`.
        #[arg(long, value_name = "NAME")]
        name: Option<Name> [Presence, required if is_classic],
        /// Civil identification number; only `classic`, for citizens.
        #[arg(long, value_name = "NUMBER")]
        civil_id: Option<TypedCivilId> [Presence, required if needs_civil_id],
        /// Tax identification number; `classic`, and companies with `portal`.
        #[arg(long, value_name = "NIF")]
        nif: Option<Nif> [Presence, required if needs_nif],
        /// The person responsible for a company; only `classic`, for companies.
        #[arg(long, value_name = "NAME")]
        responsible: Option<Name> [Presence, required if needs_responsible],
        /// E-mail address; only `classic`.
        #[arg(long, value_name = "ADDRESS")]
        email: Option<Email> [Presence, one_of [email, mobile] if needs_contact],
        /// Mobile number; only `classic`.
        #[arg(long, value_name = "NUMBER")]
        mobile: Option<Mobile> [Presence],
        /// Telephone number; only `classic`, optional.
        #[arg(long, value_name = "NUMBER")]
        telephone: Option<Telephone> [Presence],
        /// The channel of alerts; only `classic`, for citizens; `none` by default.
        #[arg(long, value_name = "HOW")]
        alerts: Option<AlertPreference> [Value],
        /// The channel of the code (002 step 9).
        #[arg(long, value_name = "CHANNEL")]
        channel: Option<Channel> [Value, required if needs_channel],
        /// Whether the terms and conditions are accepted (001 step 8, 002 step 5).
        #[arg(long)]
        accept_terms: bool [Presence],
        /// Checks the request up to this step and changes nothing.
        #[arg(long, value_name = "STEP")]
        until: Option<CheckStep> [Value],
        /// The PIN of Chave Móvel Digital.
        #[arg(skip)]
        pin: Option<CmdPin> [Nothing, required if is_by_cmd],
        /// The temporary code of Chave Móvel Digital. Without it one is sent.
        #[arg(long, value_name = "CODE")]
        code: Option<VerificationCode> [Presence],
        /// Whether the holder consents to the transfer of the provider's data.
        #[arg(long)]
        consent: bool [Presence],
    }

    /// Sets the first password or, by recovery, a new one, with a code.
    SetPassword as CheckedSetPassword {
        /// The NISS of the holder.
        #[arg(value_name = "NISS")]
        niss: Option<Niss> [Nothing, required],
        /// The code in the message.
        #[arg(long, value_name = "CODE")]
        code: Option<VerificationCode> [Presence, required],
        /// The new password.
        #[arg(skip)]
        password: Option<Password> [Nothing, required unless until],
        /// Checks the request up to this step and changes nothing.
        #[arg(long, value_name = "STEP")]
        until: Option<CheckStep> [Value],
    }

    /// Opens a session.
    Login {
        /// The NISS of the holder.
        #[arg(value_name = "NISS")]
        niss: Option<Niss> [Nothing, required],
        /// The login method; `password` by default.
        #[arg(long, value_name = "METHOD")]
        method: Option<LoginMethod> [Value],
        /// The password.
        #[arg(skip)]
        password: Option<Password> [Nothing, required if is_by_password],
        /// The PIN of Chave Móvel Digital.
        #[arg(skip)]
        pin: Option<CmdPin> [Nothing, required if is_by_cmd],
        /// The channel of the second factor's code; the default one if absent.
        #[arg(long, value_name = "CHANNEL")]
        channel: Option<Channel> [Value],
        /// The temporary code or the second factor's code. Without it one is sent if the login needs it.
        #[arg(long, value_name = "CODE")]
        code: Option<VerificationCode> [Presence],
        /// Whether the holder consents to the transfer of the provider's data.
        #[arg(long)]
        consent: bool [Presence],
        /// The token of a session. The login ends it if it is a session of the same holder.
        #[arg(skip)]
        old_session: Option<SessionToken> [Nothing],
    }

    /// Requests a code to log in without a confirmed contact, by password and classic identity.
    SecondFactorEnrol as CheckedSecondFactorEnrol {
        /// The NISS of the holder.
        #[arg(value_name = "NISS")]
        niss: Option<Niss> [Nothing, required],
        /// The type of account.
        #[arg(long, value_name = "TYPE")]
        account_type: Option<AccountType> [Value, required],
        /// Full name.
        #[arg(long, value_name = "NAME")]
        name: Option<Name> [Presence, required],
        /// Date of birth; for citizens.
        #[arg(long, value_name = "DATE")]
        birth_date: Option<Date> [Presence, required if is_of_citizen],
        /// Civil identification number; for citizens.
        #[arg(long, value_name = "NUMBER")]
        civil_id: Option<TypedCivilId> [Presence, required if is_of_citizen],
        /// Tax identification number.
        #[arg(long, value_name = "NIF")]
        nif: Option<Nif> [Presence, required],
        /// The person responsible; for companies.
        #[arg(long, value_name = "NAME")]
        responsible: Option<Name> [Presence, required if is_of_company],
        /// The password.
        #[arg(skip)]
        password: Option<Password> [Nothing, required],
        /// The channel of the code; the default one if absent.
        #[arg(long, value_name = "CHANNEL")]
        channel: Option<Channel> [Value],
    }

    /// Requests a code for a new password.
    RecoverRequest {
        /// The NISS of the holder.
        #[arg(value_name = "NISS")]
        niss: Option<Niss> [Nothing, required],
        /// The type of account (000 step 4); implied by the fields that only one type has.
        #[arg(long, value_name = "TYPE")]
        account_type: Option<AccountType> [Value, required if is_of_unknown_type],
        /// The identity check; `classic` by default.
        #[arg(long, value_name = "PROCEDURE")]
        procedure: Option<RecoveryProcedure> [Value],
        /// Full name; only `classic`.
        #[arg(long, value_name = "NAME")]
        name: Option<Name> [Presence, required if is_classic],
        /// Date of birth; for citizens.
        #[arg(long, value_name = "DATE")]
        birth_date: Option<Date> [Presence, required if is_of_citizen],
        /// Civil identification number; only `classic`, for citizens.
        #[arg(long, value_name = "NUMBER")]
        civil_id: Option<TypedCivilId> [Presence, required if needs_civil_id],
        /// Tax identification number; `classic`, and companies with `portal`.
        #[arg(long, value_name = "NIF")]
        nif: Option<Nif> [Presence, required if needs_nif],
        /// The person responsible; only `classic`, for companies.
        #[arg(long, value_name = "NAME")]
        responsible: Option<Name> [Presence, required if needs_responsible],
        /// A typed e-mail address; only `classic`.
        #[arg(long, value_name = "ADDRESS")]
        email: Option<Email> [Presence, one_of [email, mobile] if needs_contact],
        /// A typed mobile number; only `classic`.
        #[arg(long, value_name = "NUMBER")]
        mobile: Option<Mobile> [Presence],
        /// A telephone number. The page asks for it, but it is neither compared nor stored.
        #[arg(long, value_name = "NUMBER")]
        telephone: Option<Telephone> [Presence],
        /// The channel of the code.
        #[arg(long, value_name = "CHANNEL")]
        channel: Option<Channel> [Value, required unless until],
        /// Checks the request up to this step and changes nothing.
        #[arg(long, value_name = "STEP")]
        until: Option<CheckStep> [Value],
    }

    /// Changes the password in a session.
    PasswordChange as CheckedPasswordChange {
        /// The session token.
        #[arg(skip)]
        session: Option<SessionToken> [Nothing],
        /// The current password, if the account has one.
        #[arg(skip)]
        password: Option<Password> [Nothing],
        /// The new password.
        #[arg(skip)]
        new_password: Option<Password> [Nothing, required],
    }

    /// A request with only a session: `logout`, `contacts show`, `phone-code set`.
    SessionRequest {
        /// The session token.
        #[arg(skip)]
        session: Option<SessionToken> [Nothing],
    }

    /// Ends a session of the holder, or all others.
    SessionEnd {
        /// The session token.
        #[arg(skip)]
        session: Option<SessionToken> [Nothing],
        /// The session to end.
        #[arg(value_name = "ID", conflicts_with = "others", required_unless_present = "others")]
        target: Option<TokenId> [Nothing, required unless others],
        /// Ends all sessions except this one.
        #[arg(long)]
        others: bool [Presence],
    }

    /// Changes the phone code.
    PhoneCodeChange {
        /// The session token.
        #[arg(skip)]
        session: Option<SessionToken> [Nothing],
        /// Generates a code.
        #[arg(long)]
        generate: bool [Presence],
        /// The chosen code.
        #[arg(skip)]
        new_code: Option<PhoneCode> [Presence, required unless generate],
    }

    /// A request with only a call on the phone line: `phone-line whoami`, `phone-line payments`.
    CallRequest {
        /// The call token.
        #[arg(skip)]
        call: Option<CallToken> [Nothing],
    }

    /// The phone line's requests: `phone-code verify`, `phone-line`.
    PhoneCodeVerify as CheckedPhoneCodeVerify {
        /// The NISS of the caller.
        #[arg(value_name = "NISS")]
        niss: Option<Niss> [Nothing, required],
        /// The typed digits.
        #[arg(skip)]
        code: Option<PhoneCode> [Presence, required],
    }

    /// Proposes new contacts.
    ContactsUpdate {
        /// The session token.
        #[arg(skip)]
        session: Option<SessionToken> [Nothing],
        /// The new e-mail address.
        #[arg(long, value_name = "ADDRESS")]
        email: Option<Email> [Presence, one_of [email, mobile, telephone, none]],
        /// The new mobile number.
        #[arg(long, value_name = "NUMBER")]
        mobile: Option<Mobile> [Presence],
        /// The new telephone number.
        #[arg(long, value_name = "NUMBER")]
        telephone: Option<Telephone> [Presence],
        /// There is neither an e-mail nor a mobile.
        #[arg(long, conflicts_with_all = ["email", "mobile", "telephone"])]
        none: bool [Presence],
    }

    /// Confirms a contact with a code, or requests that code.
    ContactsConfirm as CheckedContactsConfirm {
        /// The session token.
        #[arg(skip)]
        session: Option<SessionToken> [Nothing],
        /// The channel of the contact.
        #[arg(long, value_name = "CHANNEL")]
        channel: Option<Channel> [Value, required],
        /// The code. Without it one is sent.
        #[arg(long, value_name = "CODE")]
        code: Option<VerificationCode> [Presence],
    }

    /// Removes contacts.
    ContactsRemove {
        /// The session token.
        #[arg(skip)]
        session: Option<SessionToken> [Nothing],
        /// Removes the e-mail address.
        #[arg(long)]
        email: bool [Presence, one_of [email, mobile, telephone]],
        /// Removes the mobile number.
        #[arg(long)]
        mobile: bool [Presence],
        /// Removes the telephone number.
        #[arg(long)]
        telephone: bool [Presence],
    }

    /// Sets the channel of alerts.
    AlertsSet as CheckedAlertsSet {
        /// The session token.
        #[arg(skip)]
        session: Option<SessionToken> [Nothing],
        /// E-mail, SMS or none.
        #[arg(value_name = "HOW")]
        alerts: Option<AlertPreference> [Value, required],
    }

    /// A request with only a NISS: `registry show`, `account show`.
    HolderRequest as CheckedHolderRequest {
        /// The NISS of the holder.
        #[arg(value_name = "NISS")]
        niss: Option<Niss> [Nothing, required],
    }

    /// An operator's change of an account, with a reason.
    OperatorAction as CheckedOperatorAction {
        /// The NISS of the holder.
        #[arg(value_name = "NISS")]
        niss: Option<Niss> [Nothing, required],
        /// The reason, which the audit log stores.
        #[arg(long, value_name = "TEXT")]
        reason: Option<OperatorReason> [Nothing, required],
    }

    /// Shows the newest code in the outbox.
    OutboxCode as CheckedOutboxCode {
        /// The NISS of the holder.
        #[arg(value_name = "NISS")]
        niss: Option<Niss> [Nothing, required],
        /// The purpose of the code.
        #[arg(long, value_name = "PURPOSE")]
        purpose: Option<Purpose> [Value],
    }

    /// Shows one message of the outbox.
    OutboxShow as CheckedOutboxShow {
        /// The number of the message. (`id` is the line's own identifier.)
        #[arg(value_name = "ID", required = true)]
        message: Option<RowId> [Nothing, required],
    }

    /// Records that the post returned a letter.
    OutboxReturned {
        /// The number of the message. (`id` is the line's own identifier.)
        #[arg(value_name = "ID")]
        message: Option<RowId> [Nothing, one_of [message, niss]],
        /// The NISS of the holder. Without a number, the newest letter to this holder is meant.
        #[arg(long, value_name = "NISS")]
        niss: Option<Niss> [Nothing],
        /// The purpose of the letter, without a number.
        #[arg(long, value_name = "PURPOSE")]
        purpose: Option<MessagePurpose> [Value],
        /// The operator's reason, which the audit log stores.
        #[arg(long, value_name = "TEXT")]
        reason: Option<OperatorReason> [Nothing],
    }

    /// Records that an e-mail or SMS was not delivered.
    OutboxFailed as CheckedOutboxFailed {
        /// The number of the message. (`id` is the line's own identifier.)
        #[arg(value_name = "ID")]
        message: Option<RowId> [Nothing, one_of [message, niss]],
        /// The NISS of the holder. Without a number, the newest e-mail or SMS to this holder is meant.
        #[arg(long, value_name = "NISS")]
        niss: Option<Niss> [Nothing],
        /// The purpose of the message, without a number.
        #[arg(long, value_name = "PURPOSE")]
        purpose: Option<MessagePurpose> [Value],
        /// The channel of the message, without a number.
        #[arg(long, value_name = "CHANNEL")]
        channel: Option<Channel> [Value],
        /// Why it was not delivered.
        #[arg(long, value_name = "CAUSE")]
        reason: Option<DeliveryFailure> [Value, required],
    }

    /// Changes a policy setting.
    PolicySet as CheckedPolicySet {
        /// The key of the setting.
        #[arg(value_name = "KEY", required = true)]
        key: Option<RawText> [Nothing, required],
        /// The new value.
        #[arg(value_name = "VALUE", required = true)]
        value: Option<RawText> [Nothing, required],
    }

    /// Advances the clock of a sandbox.
    ClockAdvance as CheckedClockAdvance {
        /// The step.
        #[arg(value_name = "SPAN", required = true)]
        advance: Option<ClockStep> [Nothing, required],
    }

    /// Sets the clock of a sandbox.
    ClockSet as CheckedClockSet {
        /// The new time.
        #[arg(value_name = "TIME", required = true)]
        time: Option<Timestamp> [Nothing, required],
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
