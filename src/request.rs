//! What can be asked: one flat struct an operation. The flags of the command line, the fields of a batch line, the columns
//! of a CSV and the questions of a prompt all come from these fields; what is still missing is said here, once.
//!
//! Every field that a prompt could fill is an `Option`. A secret is skipped on the command line, where other processes
//! would see it: it comes by standard input, a file, a prompt or the environment.

use clap::Args;
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::domain::civil_id::TypedCivilId;
use crate::domain::code::{Code, PhoneCode};
use crate::domain::email::Email;
use crate::domain::flaw::Flaw;
use crate::domain::name::Name;
use crate::domain::nif::Nif;
use crate::domain::niss::Niss;
use crate::domain::password::Password;
use crate::domain::phone::{Mobile, Telephone};
use crate::domain::time::{Advance, Date, Time};
use crate::domain::words::{AccountType, Alerts, Channel, Contact, Procedure, Purpose, words};

words! {
    /// An operation: the command in words, joined by `_`.
    Op {
        /// Makes the store.
        Init = "init",
        /// Loads the registry.
        RegistryImport = "registry_import",
        /// One record of the registry.
        RegistryShow = "registry_show",
        /// How many records there are.
        RegistryCount = "registry_count",
        /// Asks for an account (001, 002).
        Register = "register",
        /// Sets the first password (001 steps 20-25).
        Activate = "activate",
        /// Opens a session.
        Login = "login",
        /// Ends the session.
        Logout = "logout",
        /// Asks for a new password (000 steps 1-9).
        RecoverRequest = "recover_request",
        /// Sets it (000 steps 10-15).
        RecoverConfirm = "recover_confirm",
        /// Changes the password from within.
        PasswordChange = "password_change",
        /// The phone line's first six digits (003 C).
        PhoneCodeSet = "phone_code_set",
        /// Other digits (003 F).
        PhoneCodeChange = "phone_code_change",
        /// The phone line's side (003 G).
        PhoneCodeVerify = "phone_code_verify",
        /// The contacts and what is proposed for them.
        ContactsShow = "contacts_show",
        /// Proposes other contacts.
        ContactsUpdate = "contacts_update",
        /// Proves one (fidelizar).
        ContactsConfirm = "contacts_confirm",
        /// Takes contacts away.
        ContactsRemove = "contacts_remove",
        /// How alerts travel (001 step 14).
        AlertsSet = "alerts_set",
        /// The messages.
        OutboxList = "outbox_list",
        /// One message.
        OutboxShow = "outbox_show",
        /// The newest code.
        OutboxCode = "outbox_code",
        /// One account.
        AccountShow = "account_show",
        /// The accounts.
        AccountList = "account_list",
        /// Lifts every block.
        AccountUnlock = "account_unlock",
        /// Holds an account.
        AccountSuspend = "account_suspend",
        /// Lets it go.
        AccountResume = "account_resume",
        /// Back to the beginning.
        AccountReset = "account_reset",
        /// Ends an account.
        AccountClose = "account_close",
        /// Who did what when.
        AuditList = "audit_list",
        /// The numbers in force.
        PolicyShow = "policy_show",
        /// Changes one.
        PolicySet = "policy_set",
        /// What time it is.
        ClockShow = "clock_show",
        /// Moves a sandbox's clock on.
        ClockAdvance = "clock_advance",
        /// Moves it to a time.
        ClockSet = "clock_set",
        /// Looks the store over.
        StoreCheck = "store_check",
        /// Copies it whole.
        StoreBackup = "store_backup",
        /// What it is.
        StoreInfo = "store_info",
    }
}

words! {
    /// A field of a request, by the name that a batch line gives it; an option is the same with hyphens.
    Field {
        /// Social security identification number.
        Niss = "niss",
        /// Citizen or company.
        AccountType = "account_type",
        /// Date of birth.
        BirthDate = "birth_date",
        /// Full name.
        Name = "name",
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
        /// Alerts by e-mail, SMS or not at all.
        Alerts = "alerts",
        /// How the code travels.
        Channel = "channel",
        /// A one-time code.
        Code = "code",
        /// A password.
        Password = "password",
        /// A password to be.
        NewPassword = "new_password",
        /// A phone code to be.
        NewCode = "new_code",
        /// Why an operator does it.
        Reason = "reason",
    }
}

/// The token of a session, as a holder's shell keeps it.
pub type SessionToken = Zeroizing<String>;

/// Flat structs of optional fields that come from flags and from the fields of a batch line alike.
macro_rules! requests {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Default, Args, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type,)* }
    )+};
}

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
        procedure: Option<Procedure>,
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
        alerts: Option<Alerts>,
        /// How the code travels (002 step 9).
        #[arg(long, value_name = "CHANNEL")]
        channel: Option<Channel>,
        /// The terms are read and accepted (001 step 8, 002 step 5).
        #[arg(long)]
        accept_terms: bool,
    }

    /// Sets the first password, or by recovery another, with a code.
    Activate {
        /// Whose.
        #[arg(value_name = "NISS")]
        niss: Option<Niss>,
        /// The code of the message.
        #[arg(long, value_name = "CODE")]
        code: Option<Code>,
        /// The password to be.
        #[arg(skip)]
        password: Option<Password>,
    }

    /// Opens a session.
    Login {
        /// Whose.
        #[arg(value_name = "NISS")]
        niss: Option<Niss>,
        /// The password.
        #[arg(skip)]
        password: Option<Password>,
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
    }

    /// Changes the password from within.
    PasswordChange {
        /// The session.
        #[arg(skip)]
        session: Option<SessionToken>,
        /// The current one.
        #[arg(skip)]
        password: Option<Password>,
        /// The one to be.
        #[arg(skip)]
        new_password: Option<Password>,
    }

    /// Asks for nothing but the session: `logout`, `contacts show`, `phone-code set`.
    InSession {
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

    /// The phone line's side.
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
        code: Option<Code>,
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
        alerts: Option<Alerts>,
    }

    /// Names one holder: `registry show`, `account show`.
    OfHolder {
        /// Whose.
        #[arg(value_name = "NISS")]
        niss: Option<Niss>,
    }

    /// An operator's change to an account, with a reason.
    Operator {
        /// Whose.
        #[arg(value_name = "NISS")]
        niss: Option<Niss>,
        /// Why; kept in the audit.
        #[arg(long, value_name = "TEXT")]
        reason: Option<Why>,
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
        /// Its number.
        #[arg(value_name = "ID", required = true)]
        id: Option<i64>,
    }

    /// Changes a number of the policy.
    PolicySet {
        /// Its key.
        #[arg(value_name = "KEY", required = true)]
        key: Option<String>,
        /// Its value.
        #[arg(value_name = "VALUE", required = true)]
        value: Option<String>,
    }

    /// Moves a sandbox's clock on.
    ClockAdvance {
        /// By how much.
        #[arg(value_name = "SPAN", required = true)]
        advance: Option<Advance>,
    }

    /// Moves a sandbox's clock to a time.
    ClockSet {
        /// To when.
        #[arg(value_name = "TIME", required = true)]
        time: Option<Time>,
    }

    /// Nothing more to say.
    Nothing {}
}

/// A request: what is asked, of whichever operation answers with one reply.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each is the operation of the same name")]
pub enum Request {
    Register(Register),
    Activate(Activate),
    Login(Login),
    Logout(InSession),
    RecoverRequest(RecoverRequest),
    RecoverConfirm(Activate),
    PasswordChange(PasswordChange),
    PhoneCodeSet(InSession),
    PhoneCodeChange(PhoneCodeChange),
    PhoneCodeVerify(PhoneCodeVerify),
    ContactsShow(InSession),
    ContactsUpdate(ContactsUpdate),
    ContactsConfirm(ContactsConfirm),
    ContactsRemove(ContactsRemove),
    AlertsSet(AlertsSet),
    RegistryShow(OfHolder),
    RegistryCount(Nothing),
    OutboxShow(OutboxShow),
    OutboxCode(OutboxCode),
    AccountShow(OfHolder),
    AccountUnlock(Operator),
    AccountSuspend(Operator),
    AccountResume(Operator),
    AccountReset(Operator),
    AccountClose(Operator),
    PolicySet(PolicySet),
    ClockShow(Nothing),
    ClockAdvance(ClockAdvance),
    ClockSet(ClockSet),
}

/// Why an operator changes an account: one line, 1 to 500 characters, kept in the audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why(String);

impl Why {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Why {
    type Err = Flaw;
    fn from_str(text: &str) -> Result<Why, Flaw> {
        let text = text.trim();
        match text.chars().count() {
            0 => Err(Flaw::Missing),
            1..=500 if text.chars().any(char::is_control) => Err(Flaw::Character),
            1..=500 => Ok(Why(text.to_owned())),
            _ => Err(Flaw::Length("1-500")),
        }
    }
}

crate::domain::from_text! { Why }

/// A group of fields of which one is enough.
type Group = &'static [Field];

/// The groups of which no field is there.
fn lacking(fields: &[(Group, bool)]) -> Vec<Group> {
    fields.iter().filter(|(_, there)| !there).map(|(group, _)| *group).collect()
}

impl Register {
    /// The procedure that is asked for.
    pub fn procedure(&self) -> Procedure {
        self.procedure.unwrap_or(Procedure::Portal)
    }

    fn missing(&self) -> Vec<Group> {
        let company = self.account_type == Some(AccountType::Company);
        let mut fields: Vec<(Group, bool)> =
            vec![(&[Field::Niss], self.niss.is_some()), (&[Field::AccountType], self.account_type.is_some())];
        let by = |group: Group, there: bool| (group, there);
        match self.procedure() {
            Procedure::Portal if self.account_type.is_none() => {}
            Procedure::Portal if company => fields.push(by(&[Field::Nif], self.nif.is_some())),
            Procedure::Portal => fields.push(by(&[Field::BirthDate], self.birth_date.is_some())),
            Procedure::Classic => {
                fields.push(by(&[Field::Name], self.name.is_some()));
                if company {
                    fields.push(by(&[Field::Nif], self.nif.is_some()));
                    fields.push(by(&[Field::Responsible], self.responsible.is_some()));
                } else {
                    fields.push(by(&[Field::BirthDate], self.birth_date.is_some()));
                    fields.push(by(&[Field::CivilId], self.civil_id.is_some()));
                    fields.push(by(&[Field::Nif], self.nif.is_some()));
                }
                fields.push(by(&[Field::Email, Field::Mobile], self.email.is_some() || self.mobile.is_some()));
            }
        }
        fields.push(by(&[Field::Channel], self.channel.is_some()));
        lacking(&fields)
    }

    /// Fields that the procedure and the account type have no place for: to compare them with nothing would look as if they
    /// had been compared.
    fn surplus(&self) -> Option<Field> {
        let company = self.account_type == Some(AccountType::Company);
        let classic = self.procedure() == Procedure::Classic;
        [
            (Field::BirthDate, self.birth_date.is_some() && company),
            (Field::Nif, self.nif.is_some() && !company && !classic),
            (Field::Name, self.name.is_some() && !classic),
            (Field::CivilId, self.civil_id.is_some() && (company || !classic)),
            (Field::Responsible, self.responsible.is_some() && (!company || !classic)),
            (Field::Email, self.email.is_some() && !classic),
            (Field::Mobile, self.mobile.is_some() && !classic),
            (Field::Telephone, self.telephone.is_some() && !classic),
            (Field::Alerts, self.alerts.is_some() && (company || !classic)),
        ]
        .into_iter()
        .find_map(|(field, surplus)| surplus.then_some(field))
    }
}

impl RecoverRequest {
    /// The account type that is named, or that the other fields speak of.
    pub fn account_type(&self) -> AccountType {
        let company = self.responsible.is_some() || self.niss.is_some_and(|niss| niss.is_legal_person());
        self.account_type.unwrap_or(if company { AccountType::Company } else { AccountType::Citizen })
    }

    fn missing(&self) -> Vec<Group> {
        let mut fields: Vec<(Group, bool)> =
            vec![(&[Field::Niss], self.niss.is_some()), (&[Field::Name], self.name.is_some())];
        match self.account_type() {
            AccountType::Citizen => {
                fields.push((&[Field::BirthDate], self.birth_date.is_some()));
                fields.push((&[Field::CivilId], self.civil_id.is_some()));
                fields.push((&[Field::Nif], self.nif.is_some()));
            }
            AccountType::Company => {
                fields.push((&[Field::Nif], self.nif.is_some()));
                fields.push((&[Field::Responsible], self.responsible.is_some()));
            }
        }
        fields.push((&[Field::Email, Field::Mobile], self.email.is_some() || self.mobile.is_some()));
        fields.push((&[Field::Channel], self.channel.is_some()));
        lacking(&fields)
    }

    fn surplus(&self) -> Option<Field> {
        let company = self.account_type() == AccountType::Company;
        [
            (Field::BirthDate, self.birth_date.is_some() && company),
            (Field::CivilId, self.civil_id.is_some() && company),
            (Field::Responsible, self.responsible.is_some() && !company),
        ]
        .into_iter()
        .find_map(|(field, surplus)| surplus.then_some(field))
    }
}

impl Request {
    /// The operation.
    pub fn op(&self) -> Op {
        match self {
            Request::Register(_) => Op::Register,
            Request::Activate(_) => Op::Activate,
            Request::Login(_) => Op::Login,
            Request::Logout(_) => Op::Logout,
            Request::RecoverRequest(_) => Op::RecoverRequest,
            Request::RecoverConfirm(_) => Op::RecoverConfirm,
            Request::PasswordChange(_) => Op::PasswordChange,
            Request::PhoneCodeSet(_) => Op::PhoneCodeSet,
            Request::PhoneCodeChange(_) => Op::PhoneCodeChange,
            Request::PhoneCodeVerify(_) => Op::PhoneCodeVerify,
            Request::ContactsShow(_) => Op::ContactsShow,
            Request::ContactsUpdate(_) => Op::ContactsUpdate,
            Request::ContactsConfirm(_) => Op::ContactsConfirm,
            Request::ContactsRemove(_) => Op::ContactsRemove,
            Request::AlertsSet(_) => Op::AlertsSet,
            Request::RegistryShow(_) => Op::RegistryShow,
            Request::RegistryCount(_) => Op::RegistryCount,
            Request::OutboxShow(_) => Op::OutboxShow,
            Request::OutboxCode(_) => Op::OutboxCode,
            Request::AccountShow(_) => Op::AccountShow,
            Request::AccountUnlock(_) => Op::AccountUnlock,
            Request::AccountSuspend(_) => Op::AccountSuspend,
            Request::AccountResume(_) => Op::AccountResume,
            Request::AccountReset(_) => Op::AccountReset,
            Request::AccountClose(_) => Op::AccountClose,
            Request::PolicySet(_) => Op::PolicySet,
            Request::ClockShow(_) => Op::ClockShow,
            Request::ClockAdvance(_) => Op::ClockAdvance,
            Request::ClockSet(_) => Op::ClockSet,
        }
    }

    /// The NISS that the request names: every reply to it repeats it.
    pub fn niss(&self) -> Option<Niss> {
        match self {
            Request::Register(r) => r.niss,
            Request::Activate(r) | Request::RecoverConfirm(r) => r.niss,
            Request::Login(r) => r.niss,
            Request::RecoverRequest(r) => r.niss,
            Request::PhoneCodeVerify(r) => r.niss,
            Request::OutboxCode(r) => r.niss,
            Request::RegistryShow(r) | Request::AccountShow(r) => r.niss,
            Request::AccountUnlock(r)
            | Request::AccountSuspend(r)
            | Request::AccountResume(r)
            | Request::AccountReset(r)
            | Request::AccountClose(r) => r.niss,
            Request::Logout(_)
            | Request::PasswordChange(_)
            | Request::PhoneCodeSet(_)
            | Request::PhoneCodeChange(_)
            | Request::ContactsShow(_)
            | Request::ContactsUpdate(_)
            | Request::ContactsConfirm(_)
            | Request::ContactsRemove(_)
            | Request::AlertsSet(_)
            | Request::RegistryCount(_)
            | Request::OutboxShow(_)
            | Request::PolicySet(_)
            | Request::ClockShow(_)
            | Request::ClockAdvance(_)
            | Request::ClockSet(_) => None,
        }
    }

    /// Whether it changes nothing. In a store that is no sandbox the audit is told of some of them all the same.
    pub fn only_looks(&self) -> bool {
        matches!(
            self,
            Request::RegistryShow(_)
                | Request::RegistryCount(_)
                | Request::AccountShow(_)
                | Request::ClockShow(_)
                | Request::OutboxShow(_)
                | Request::OutboxCode(_)
        )
    }

    /// What the operation still requires: of each group one field is enough. The one place that says so, for flags, batch
    /// lines, CSV and prompts alike. What nobody could be asked for (a session, the number of a message) is not among it.
    pub fn missing(&self) -> Vec<Group> {
        let named = |niss: Option<Niss>| (&[Field::Niss] as Group, niss.is_some());
        match self {
            Request::Register(r) => r.missing(),
            Request::RecoverRequest(r) => r.missing(),
            Request::Activate(r) | Request::RecoverConfirm(r) => lacking(&[
                named(r.niss),
                (&[Field::Code], r.code.is_some()),
                (&[Field::Password], r.password.is_some()),
            ]),
            Request::Login(r) => lacking(&[named(r.niss), (&[Field::Password], r.password.is_some())]),
            Request::PasswordChange(r) => lacking(&[
                (&[Field::Password], r.password.is_some()),
                (&[Field::NewPassword], r.new_password.is_some()),
            ]),
            Request::PhoneCodeChange(r) => lacking(&[(&[Field::NewCode], r.generate || r.new_code.is_some())]),
            Request::PhoneCodeVerify(r) => lacking(&[named(r.niss), (&[Field::Code], r.code.is_some())]),
            Request::ContactsUpdate(r) => lacking(&[(
                &[Field::Email, Field::Mobile, Field::Telephone],
                r.email.is_some() || r.mobile.is_some() || r.telephone.is_some(),
            )]),
            Request::ContactsConfirm(r) => lacking(&[(&[Field::Channel], r.channel.is_some())]),
            Request::ContactsRemove(r) => {
                lacking(&[(&[Field::Email, Field::Mobile, Field::Telephone], r.email || r.mobile || r.telephone)])
            }
            Request::AlertsSet(r) => lacking(&[(&[Field::Alerts], r.alerts.is_some())]),
            Request::RegistryShow(r) | Request::AccountShow(r) => lacking(&[named(r.niss)]),
            Request::OutboxCode(r) => lacking(&[named(r.niss)]),
            Request::AccountUnlock(r)
            | Request::AccountSuspend(r)
            | Request::AccountResume(r)
            | Request::AccountReset(r)
            | Request::AccountClose(r) => lacking(&[named(r.niss), (&[Field::Reason], r.reason.is_some())]),
            Request::Logout(_)
            | Request::PhoneCodeSet(_)
            | Request::ContactsShow(_)
            | Request::RegistryCount(_)
            | Request::OutboxShow(_)
            | Request::PolicySet(_)
            | Request::ClockShow(_)
            | Request::ClockAdvance(_)
            | Request::ClockSet(_) => vec![],
        }
    }

    /// A field that is there and has no place in this request.
    pub fn surplus(&self) -> Option<Field> {
        match self {
            Request::Register(r) => r.surplus(),
            Request::RecoverRequest(r) => r.surplus(),
            Request::PhoneCodeChange(r) => (r.generate && r.new_code.is_some()).then_some(Field::NewCode),
            Request::ContactsConfirm(r) => (r.channel == Some(Channel::Letter)).then_some(Field::Channel),
            _ => None,
        }
    }
}

impl ContactsRemove {
    /// The contacts that are named.
    pub fn contacts(&self) -> impl Iterator<Item = Contact> {
        [(Contact::Email, self.email), (Contact::Mobile, self.mobile), (Contact::Telephone, self.telephone)]
            .into_iter()
            .filter_map(|(contact, named)| named.then_some(contact))
    }
}
