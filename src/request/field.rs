//! The names of all fields of requests.

use crate::domain::vocabulary::string_enum;

string_enum! {
    /// A field of a request, as a batch line names it. Its option has hyphens instead. Missing fields are asked for
    /// and reported in this order.
    Field {
        /// Social security identification number.
        Niss = "niss",
        /// Citizen or company.
        AccountType = "account_type",
        /// Full name.
        Name = "name",
        /// Date of birth.
        BirthDate = "birth_date",
        /// Civil identification number.
        CivilId = "civil_id",
        /// Tax identification number.
        Nif = "nif",
        /// The person responsible for a company.
        Responsible = "responsible",
        /// E-mail address.
        Email = "email",
        /// Mobile number.
        Mobile = "mobile",
        /// Telephone number.
        Telephone = "telephone",
        /// Whether there is neither an e-mail nor a mobile.
        None = "none",
        /// The channel of alerts: e-mail, SMS or none.
        Alerts = "alerts",
        /// The channel of the code.
        Channel = "channel",
        /// A verification code.
        Code = "code",
        /// A password.
        Password = "password",
        /// The new password.
        NewPassword = "new_password",
        /// The new phone code.
        NewCode = "new_code",
        /// The PIN of Chave Móvel Digital.
        Pin = "pin",
        /// The consent to the transfer of personal data.
        Consent = "consent",
        /// The operator's reason.
        Reason = "reason",
        /// The number of a message.
        Message = "message",
        /// The key of a policy setting.
        Key = "key",
        /// The value of a policy setting.
        Value = "value",
        /// The step of a sandbox clock.
        Advance = "advance",
        /// The new time of a sandbox clock.
        Time = "time",
        /// The kind of an alert.
        Kind = "kind",
        /// The subject of an alert.
        About = "about",
        /// The decision on an application.
        Decision = "decision",
        /// The amount in euros.
        Amount = "amount",
        /// The day of a payment.
        PaidOn = "paid_on",
        /// The step up to which a request is checked.
        Until = "until",
        /// The registration procedure.
        Procedure = "procedure",
        /// The login method.
        Method = "method",
        /// The consent to the terms and conditions.
        AcceptTerms = "accept_terms",
        /// Whether a phone code is generated.
        Generate = "generate",
        /// The token of a session.
        Session = "session",
        /// The id of a session to end.
        Target = "target",
        /// Whether all other sessions are ended.
        Others = "others",
        /// The token of a session that a login ends.
        OldSession = "old_session",
        /// The token of a call on the phone line.
        Call = "call",
        /// The purpose of a code.
        Purpose = "purpose",
        /// Whether only unread messages are listed.
        Unread = "unread",
        /// The earliest time of a list.
        Since = "since",
        /// The highest number of rows of a list.
        Limit = "limit",
        /// Whether the authentication provider lacks the NISS.
        WithoutNiss = "without_niss",
    }
}

impl Field {
    /// Returns the field with this name. It is for constants: a name without a field does not compile.
    pub const fn named(name: &str) -> Field {
        let mut at = 0;
        while at < Field::ALL.len() {
            if is_same(Field::NAMES[at].as_bytes(), name.as_bytes()) {
                return Field::ALL[at];
            }
            at += 1;
        }
        panic!("a field of a request is missing in `Field`")
    }
}

const fn is_same(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

/// A group of fields. One of them is enough.
pub type FieldGroup = &'static [Field];
