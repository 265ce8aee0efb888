//! The fixed words of the house: each an enum here, a word in JSON, on the command line, in SQL (the CHECKs of
//! schema.sql list the same ones) and a key of the catalogues. They are code: never translated.

/// An enum whose values are words: `ALL`, `NAMES` (parted by commas), `as_str`, `Display`, `FromStr` and its JSON Schema.
macro_rules! string_enum {
    ($(#[doc = $doc:literal])* $name:ident { $($(#[$item:meta])* $variant:ident = $first:literal,)+ }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$item])* $variant,)+ }

        impl $name {
            /// Every value, in the order of the documentation.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];
            /// Every word, in the same order.
            pub const NAMES: &'static [&'static str] = &[$($first,)+];

            /// The word itself.
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
    /// What kind of holder a record is of.
    HolderKind {
        /// A natural person.
        Citizen = "citizen",
        /// Whoever employs; a natural or a legal person.
        Employer = "employer",
        /// A legal person.
        Company = "company",
    }
}

string_enum! {
    /// Whether the holder of a record still is one.
    HolderStatus {
        /// Alive, or in business.
        Active = "active",
        /// A person who has died.
        Deceased = "deceased",
        /// A company that is no more.
        Ceased = "ceased",
    }
}

string_enum! {
    /// The document behind a civil identification number (001 step 9).
    CivilIdKind {
        /// Cartão de Cidadão.
        Cc = "cc",
        /// Bilhete de Identidade.
        Bi = "bi",
        /// A passport of any country.
        Passport = "passport",
        /// A residence permit.
        ResidencePermit = "residence_permit",
        /// An identity card of another state of the European Union.
        EuId = "eu_id",
    }
}

string_enum! {
    /// The language of a holder, or of whoever sits at the terminal.
    Language {
        /// English.
        En = "en",
        /// European Portuguese.
        Pt = "pt",
    }
}

string_enum! {
    /// The account that is asked for: Cidadão, Empresa/Instituição (002 step 6).
    AccountType {
        /// For citizens.
        Citizen = "citizen",
        /// For companies, institutions and employers.
        Company = "company",
    }
}

string_enum! {
    /// Which registration: the newer one of the portal (002), the older one (001), or by Chave Móvel Digital (002's last section).
    RegistrationProcedure {
        /// NISS and date of birth; registered contacts (002).
        Portal = "portal",
        /// Full identification; typed contacts (001).
        Classic = "classic",
        /// The authentication provider says who it is (002, last section).
        Cmd = "cmd",
    }
}

string_enum! {
    /// By what somebody logs in.
    LoginMethod {
        /// NISS and password.
        Password = "password",
        /// Chave Móvel Digital.
        Cmd = "cmd",
    }
}

string_enum! {
    /// How far a request is to be judged where it is not to be done: what a sitting at a terminal shows or asks next depends on it.
    CheckStep {
        /// To the proof of the identity (000 step 5, 001 steps 10-11).
        Identity = "identity",
        /// To the channels that can be used (000 step 8, 001 step 16, 002 step 9).
        Channels = "channels",
        /// To the proof of the code (000 step 11, 001 step 21).
        Code = "code",
    }
}

string_enum! {
    /// The state of an account. A lock after failures is a limit with an end, not a state.
    AccountState {
        /// A code is on its way.
        Requested = "requested",
        /// The holder has a password.
        Active = "active",
        /// Held by an operator, until resumed.
        Suspended = "suspended",
        /// Ended; only a reset opens it again.
        Closed = "closed",
    }
}

string_enum! {
    /// How a message travels.
    Channel {
        /// By e-mail.
        Email = "email",
        /// By a written message to the mobile.
        Sms = "sms",
        /// By post.
        Letter = "letter",
    }
}

string_enum! {
    /// A way to reach a holder.
    ContactKind {
        /// An e-mail address.
        Email = "email",
        /// A mobile number, Portuguese or foreign.
        Mobile = "mobile",
        /// A telephone: kept, never used for a code.
        Telephone = "telephone",
    }
}

string_enum! {
    /// How the holder wants the alerts (001 step 14).
    AlertPreference {
        /// By e-mail.
        Email = "email",
        /// By SMS.
        Sms = "sms",
        /// Not at all.
        None = "none",
    }
}

string_enum! {
    /// What a verification code is for. A code of one purpose is worth nothing for another (ASVS 6.6.2).
    Purpose {
        /// To activate an account.
        Activation = "activation",
        /// To set a new password.
        Recovery = "recovery",
        /// To prove an e-mail address.
        ContactEmail = "contact_email",
        /// To prove a mobile.
        ContactMobile = "contact_mobile",
        /// The second factor of a login.
        Login = "login",
        /// The temporary code of Chave Móvel Digital, by the authentication provider.
        Cmd = "cmd",
    }
}

string_enum! {
    /// What a message to a holder tells, beside those that carry a code.
    Notice {
        /// The account is active.
        Activated = "activated",
        /// The holder changed the password.
        PasswordChanged = "password_changed",
        /// A new password by recovery.
        Recovered = "recovered",
        /// Too many failed logins.
        LoginLocked = "login_locked",
        /// Too many wrong codes.
        CodeBlocked = "code_blocked",
        /// Too many wrong phone codes.
        PhoneCodeBlocked = "phone_code_blocked",
        /// A first phone code.
        PhoneCodeSet = "phone_code_set",
        /// Another phone code.
        PhoneCodeChanged = "phone_code_changed",
        /// Held by an operator.
        Suspended = "suspended",
        /// Let go by an operator.
        Resumed = "resumed",
        /// Back to `requested` by an operator.
        Reset = "reset",
        /// Ended by an operator, or by the registry.
        Closed = "closed",
        /// To the old contact: another has taken its place.
        ContactChanged = "contact_changed",
        /// To the removed contact.
        ContactRemoved = "contact_removed",
        /// By the authentication provider: too many wrong PINs or codes.
        CmdBlocked = "cmd_blocked",
        /// A decision, a benefit or a payment (001 step 14).
        Alert = "alert",
    }
}

string_enum! {
    /// What the service alerts a holder to (001 step 14).
    AlertKind {
        /// A decision on an application.
        Decision = "decision",
        /// A benefit that the holder is entitled to.
        Benefit = "benefit",
        /// The date and the amount of a payment.
        Payment = "payment",
    }
}

string_enum! {
    /// What was decided on an application.
    Decision {
        /// As it was applied for.
        Granted = "granted",
        /// Not so.
        Refused = "refused",
    }
}

string_enum! {
    /// What a count of failures guards, and what a block stops.
    LockoutScope {
        /// Identity checks, of register and recover together.
        Identity = "identity",
        /// Logins, and the current password of a change.
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
        /// The phone line's digits.
        PhoneCode = "phone_code",
        /// The PIN of Chave Móvel Digital.
        CmdPin = "cmd_pin",
        /// Codes of [`Purpose::Cmd`].
        CmdCode = "cmd_code",
    }
}

string_enum! {
    /// Which rule for passwords (DESIGN.md 4).
    PasswordProfile {
        /// RCM 41/2018: nine characters, three classes.
        Rcm41 = "rcm41",
        /// NIST SP 800-63B-4: fifteen characters, no classes.
        Nist = "nist",
    }
}

string_enum! {
    /// Whether a login wants a second factor beside the password, and by which channels its code may come.
    SecondFactorMode {
        /// The password alone.
        Off = "off",
        /// A code by SMS or e-mail, as the service has it since May 2026.
        On = "on",
        /// A code by SMS alone: e-mail is no login factor (63B 3.1.3).
        Sms = "sms",
    }
}

impl SecondFactorMode {
    /// By what its code may come, the usual one first.
    pub const fn channels(self) -> &'static [Channel] {
        match self {
            SecondFactorMode::Off => &[],
            SecondFactorMode::On => &[Channel::Sms, Channel::Email],
            SecondFactorMode::Sms => &[Channel::Sms],
        }
    }
}

impl Purpose {
    /// The count of failures of codes of this purpose.
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
    /// The purpose of the codes that it guards, if it guards codes.
    pub fn purpose(self) -> Option<Purpose> {
        Purpose::ALL.iter().copied().find(|purpose| purpose.lockout_scope() == self)
    }
}

impl AccountType {
    /// The account that a holder of this kind may have: an employer asks for `company`.
    pub const fn for_holder_kind(kind: HolderKind) -> AccountType {
        match kind {
            HolderKind::Citizen => AccountType::Citizen,
            HolderKind::Employer | HolderKind::Company => AccountType::Company,
        }
    }
}

impl AlertPreference {
    /// The channel that they travel by, if they do.
    pub const fn channel(self) -> Option<Channel> {
        match self {
            AlertPreference::Email => Some(Channel::Email),
            AlertPreference::Sms => Some(Channel::Sms),
            AlertPreference::None => None,
        }
    }
}

impl Channel {
    /// The contact that a message by this channel goes to; a letter goes to the address.
    pub const fn contact(self) -> Option<ContactKind> {
        match self {
            Channel::Email => Some(ContactKind::Email),
            Channel::Sms => Some(ContactKind::Mobile),
            Channel::Letter => None,
        }
    }
}

impl ContactKind {
    /// The channel and the purpose of a code to this contact; a telephone gets none.
    pub const fn proof_channel_and_purpose(self) -> Option<(Channel, Purpose)> {
        match self {
            ContactKind::Email => Some((Channel::Email, Purpose::ContactEmail)),
            ContactKind::Mobile => Some((Channel::Sms, Purpose::ContactMobile)),
            ContactKind::Telephone => None,
        }
    }
}

pub(crate) use string_enum;
