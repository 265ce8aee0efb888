//! The fixed words of the program as enums.
//!
//! Each word is also used in JSON, on the command line, in SQL and in keys of the catalogues. The CHECKs of schema.sql
//! list the same words. They are identifiers and are never translated.

/// Defines an enum whose values are words, with `ALL`, `NAMES`, `as_str`, `Display`, `FromStr` and a JSON Schema.
macro_rules! string_enum {
    ($(#[doc = $doc:literal])* $name:ident { $($(#[$item:meta])* $variant:ident = $first:literal,)+ }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$item])* $variant,)+ }

        impl $name {
            /// All values, in the order of the documentation.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];
            /// All words, in the same order.
            pub const NAMES: &'static [&'static str] = &[$($first,)+];

            /// Returns the word.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $first,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::domain::string_schema::enum_schema(&[$($doc),*], $name::NAMES)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::domain::validation_error::ValidationError;
            fn from_str(text: &str) -> Result<Self, $crate::domain::validation_error::ValidationError> {
                match text {
                    $($first => Ok($name::$variant),)+
                    _ => Err($crate::domain::validation_error::ValidationError::UnknownWord(string_enum!(@list $($first,)+))),
                }
            }
        }
    };
    (@list $head:literal, $($tail:literal,)*) => { concat!($head, $(", ", $tail),*) };
}

string_enum! {
    /// The kind of a holder.
    HolderKind {
        /// A natural person.
        Citizen = "citizen",
        /// An employer: a natural or a legal person.
        Employer = "employer",
        /// A legal person.
        Company = "company",
    }
}

string_enum! {
    /// The status of the holder of a registry record.
    HolderStatus {
        /// Alive, or in business.
        Active = "active",
        /// A deceased person.
        Deceased = "deceased",
        /// A company that no longer exists.
        Ceased = "ceased",
    }
}

string_enum! {
    /// The document of a civil identification number (001 step 9).
    CivilIdKind {
        /// Cartão de Cidadão.
        Cc = "cc",
        /// Bilhete de Identidade.
        Bi = "bi",
        /// A passport of any country.
        Passport = "passport",
        /// A residence permit.
        ResidencePermit = "residence_permit",
        /// An identity card of another member state of the European Union.
        EuId = "eu_id",
    }
}

string_enum! {
    /// The language of a holder or of the user at the terminal.
    Language {
        /// English.
        En = "en",
        /// European Portuguese.
        Pt = "pt",
    }
}

string_enum! {
    /// The type of account: Cidadão, or Empresa/Instituição (002 step 6).
    AccountType {
        /// For citizens.
        Citizen = "citizen",
        /// For companies, institutions and employers.
        Company = "company",
    }
}

string_enum! {
    /// The registration procedure: portal (002), classic (001) or Chave Móvel Digital (last section of 002).
    RegistrationProcedure {
        /// NISS and date of birth; code to a registered contact (002).
        Portal = "portal",
        /// Full identification; code to a typed contact (001).
        Classic = "classic",
        /// The authentication provider confirms the identity (002, last section).
        Cmd = "cmd",
    }
}

string_enum! {
    /// The login method.
    LoginMethod {
        /// NISS and password.
        Password = "password",
        /// Chave Móvel Digital.
        Cmd = "cmd",
    }
}

string_enum! {
    /// The step up to which a request is checked without changes. Interactive prompts need it to choose the next
    /// question.
    CheckStep {
        /// Up to the identity check (000 step 5, 001 steps 10-11).
        Identity = "identity",
        /// Up to the available channels (000 step 8, 001 step 16, 002 step 9).
        Channels = "channels",
        /// Up to the check of the code (000 step 11, 001 step 21).
        Code = "code",
    }
}

string_enum! {
    /// The state of an account. A lockout is not a state: it ends by itself.
    AccountState {
        /// A code was sent, and the account is not yet active.
        Requested = "requested",
        /// The account is active.
        Active = "active",
        /// Suspended by an operator, until resumed.
        Suspended = "suspended",
        /// Closed; only a reset reopens it.
        Closed = "closed",
    }
}

string_enum! {
    /// The channel of a message.
    Channel {
        /// E-mail.
        Email = "email",
        /// A text message to the mobile.
        Sms = "sms",
        /// A letter by post.
        Letter = "letter",
    }
}

string_enum! {
    /// The state of a message.
    MessageStatus {
        /// Not sent yet: a letter that was not printed, or a message that is delayed until its `due_at`.
        Pending = "pending",
        /// Sent. For a letter: printed.
        Dispatched = "dispatched",
        /// The post returned the letter.
        Returned = "returned",
        /// The e-mail or SMS was not delivered.
        Failed = "failed",
        /// Lost without a report. Only in sandboxes.
        Lost = "lost",
    }
}

impl MessageStatus {
    /// Returns the status of a message when it is queued. A letter waits for a print run.
    pub const fn when_queued(channel: Channel) -> MessageStatus {
        match channel {
            Channel::Email | Channel::Sms => MessageStatus::Dispatched,
            Channel::Letter => MessageStatus::Pending,
        }
    }
}

string_enum! {
    /// Why an e-mail or SMS was not delivered.
    DeliveryFailure {
        /// The receiving system rejected the message.
        Bounced = "bounced",
        /// No system accepts messages for the address or number.
        Undeliverable = "undeliverable",
    }
}

string_enum! {
    /// A kind of contact.
    ContactKind {
        /// An e-mail address.
        Email = "email",
        /// A mobile number, Portuguese or foreign.
        Mobile = "mobile",
        /// A telephone number. It is stored, but codes are never sent to it.
        Telephone = "telephone",
    }
}

string_enum! {
    /// The channel of alerts, if any (001 step 14).
    AlertPreference {
        /// By e-mail.
        Email = "email",
        /// By SMS.
        Sms = "sms",
        /// No alerts.
        None = "none",
    }
}

string_enum! {
    /// The purpose of a verification code. A code of one purpose is invalid for every other one (ASVS 6.6.2).
    Purpose {
        /// Activate an account.
        Activation = "activation",
        /// Set a new password.
        Recovery = "recovery",
        /// Confirm an e-mail address.
        ContactEmail = "contact_email",
        /// Confirm a mobile.
        ContactMobile = "contact_mobile",
        /// The second factor of a login.
        Login = "login",
        /// The temporary code of Chave Móvel Digital, sent by the authentication provider.
        Cmd = "cmd",
    }
}

string_enum! {
    /// The subject of a message to a holder that has no code.
    Notice {
        /// The account is active.
        Activated = "activated",
        /// The holder changed the password.
        PasswordChanged = "password_changed",
        /// The holder set a new password by recovery.
        Recovered = "recovered",
        /// A code was requested to log in without a confirmed contact.
        SecondFactorEnrolment = "second_factor_enrolment",
        /// Login is locked after failed logins.
        LoginLocked = "login_locked",
        /// Codes are blocked after wrong codes.
        CodeBlocked = "code_blocked",
        /// The phone code is blocked after wrong phone codes.
        PhoneCodeBlocked = "phone_code_blocked",
        /// A first phone code was set.
        PhoneCodeSet = "phone_code_set",
        /// The phone code was changed.
        PhoneCodeChanged = "phone_code_changed",
        /// An operator suspended the account.
        Suspended = "suspended",
        /// An operator resumed the account.
        Resumed = "resumed",
        /// An operator reset the account to `requested`.
        Reset = "reset",
        /// An operator or the registry closed the account.
        Closed = "closed",
        /// To the old contact: it was replaced.
        ContactChanged = "contact_changed",
        /// To the removed contact.
        ContactRemoved = "contact_removed",
        /// From the authentication provider: blocked after wrong PINs or codes.
        CmdBlocked = "cmd_blocked",
        /// A decision, a benefit or a payment (001 step 14).
        Alert = "alert",
    }
}

string_enum! {
    /// The kind of an alert to a holder (001 step 14).
    AlertKind {
        /// A decision on an application.
        Decision = "decision",
        /// A benefit to which the holder is entitled.
        Benefit = "benefit",
        /// The date and amount of a payment.
        Payment = "payment",
    }
}

string_enum! {
    /// The decision on an application.
    Decision {
        /// The application was granted.
        Granted = "granted",
        /// The application was refused.
        Refused = "refused",
    }
}

string_enum! {
    /// The outcome of a request.
    Outcome {
        /// It was done.
        Done = "done",
        /// A rule of the service refused it.
        Refused = "refused",
    }
}

string_enum! {
    /// A scope of failure counts and lockouts.
    LockoutScope {
        /// Identity checks, of register and recover together.
        Identity = "identity",
        /// Logins, and the current password at a password change.
        Login = "login",
        /// Codes of [`Purpose::Activation`].
        Activation = "activation",
        /// Codes of [`Purpose::Recovery`].
        Recovery = "recovery",
        /// Codes of [`Purpose::ContactEmail`].
        ContactEmail = "contact_email",
        /// Codes of [`Purpose::ContactMobile`].
        ContactMobile = "contact_mobile",
        /// Codes of [`Purpose::Login`].
        LoginCode = "login_code",
        /// The phone code.
        PhoneCode = "phone_code",
        /// The PIN of Chave Móvel Digital.
        CmdPin = "cmd_pin",
        /// Codes of [`Purpose::Cmd`].
        CmdCode = "cmd_code",
    }
}

string_enum! {
    /// The password rule.
    PasswordProfile {
        /// RCM 41/2018: nine characters, three classes.
        Rcm41 = "rcm41",
        /// NIST SP 800-63B-4: 15 characters, no classes.
        Nist = "nist",
    }
}

string_enum! {
    /// The identity check of a recovery.
    RecoveryProcedure {
        /// By name, birth date, civil identification and NIF, or a company's name, NIF and person responsible (000).
        Classic = "classic",
        /// By birth date, or a company's NIF, as in the portal's registration (002).
        Portal = "portal",
    }
}

string_enum! {
    /// How the names of an identity check are compared.
    NameComparison {
        /// By all letters and digits.
        Strict = "strict",
        /// As `Strict`, or without particles and, for a company, without the legal form at the end.
        Particles = "particles",
    }
}

string_enum! {
    /// Whether a login needs a second factor besides the password, and the channels of its code. The later, the stricter.
    SecondFactorMode {
        /// The password alone.
        Off = "off",
        /// A code by SMS or e-mail for holders with a confirmed contact; the password alone for the others.
        Optional = "optional",
        /// A code by SMS or e-mail, as in the service since May 2026.
        On = "on",
        /// A code by SMS alone, because e-mail is no authentication factor (63B 3.1.3).
        Sms = "sms",
    }
}

impl SecondFactorMode {
    /// Returns the channels of its code, the default one first.
    pub const fn channels(self) -> &'static [Channel] {
        match self {
            SecondFactorMode::Off => &[],
            SecondFactorMode::Optional | SecondFactorMode::On => &[Channel::Sms, Channel::Email],
            SecondFactorMode::Sms => &[Channel::Sms],
        }
    }

    /// Returns whether everybody needs a code.
    pub const fn is_for_all(self) -> bool {
        matches!(self, SecondFactorMode::On | SecondFactorMode::Sms)
    }
}

string_enum! {
    /// The second factor of companies and employers.
    CompanySecondFactor {
        /// As for citizens.
        Same = "same",
        /// [`SecondFactorMode::Off`].
        Off = "off",
        /// [`SecondFactorMode::Optional`].
        Optional = "optional",
        /// [`SecondFactorMode::On`].
        On = "on",
        /// [`SecondFactorMode::Sms`].
        Sms = "sms",
    }
}

string_enum! {
    /// The state of a code.
    CodeStatus {
        /// The newest code of its purpose, not used. It may have expired.
        Open = "open",
        /// The code was used.
        Used = "used",
        /// A newer code or a change of the account replaced it.
        Superseded = "superseded",
    }
}

impl Purpose {
    /// Returns the scope in which wrong codes of this purpose are counted.
    pub const fn lockout_scope(self) -> LockoutScope {
        match self {
            Purpose::Activation => LockoutScope::Activation,
            Purpose::Recovery => LockoutScope::Recovery,
            Purpose::ContactEmail => LockoutScope::ContactEmail,
            Purpose::ContactMobile => LockoutScope::ContactMobile,
            Purpose::Login => LockoutScope::LoginCode,
            Purpose::Cmd => LockoutScope::CmdCode,
        }
    }
}

impl LockoutScope {
    /// Returns the purpose of the codes in this scope, if it counts codes.
    pub fn purpose(self) -> Option<Purpose> {
        Purpose::ALL.iter().copied().find(|purpose| purpose.lockout_scope() == self)
    }
}

impl AccountType {
    /// Returns the account type for a kind of holder. An employer has a `company` account.
    pub const fn for_holder_kind(kind: HolderKind) -> AccountType {
        match kind {
            HolderKind::Citizen => AccountType::Citizen,
            HolderKind::Employer | HolderKind::Company => AccountType::Company,
        }
    }
}

impl AlertPreference {
    /// Returns the channel of alerts, if any.
    pub const fn channel(self) -> Option<Channel> {
        match self {
            AlertPreference::Email => Some(Channel::Email),
            AlertPreference::Sms => Some(Channel::Sms),
            AlertPreference::None => None,
        }
    }
}

impl Channel {
    /// Returns the kind of contact that receives messages by this channel. A letter goes to the address.
    pub const fn contact(self) -> Option<ContactKind> {
        match self {
            Channel::Email => Some(ContactKind::Email),
            Channel::Sms => Some(ContactKind::Mobile),
            Channel::Letter => None,
        }
    }
}

impl ContactKind {
    /// Returns the channel and the purpose of a code to this contact. A telephone receives none.
    pub const fn proof_channel_and_purpose(self) -> Option<(Channel, Purpose)> {
        match self {
            ContactKind::Email => Some((Channel::Email, Purpose::ContactEmail)),
            ContactKind::Mobile => Some((Channel::Sms, Purpose::ContactMobile)),
            ContactKind::Telephone => None,
        }
    }
}

pub(crate) use string_enum;
