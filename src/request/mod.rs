//! What can be asked: one flat struct an operation. The flags of the command line, the fields of a batch line, the columns
//! of a CSV and the questions of a prompt all come from these fields; what is still missing is said here, once.
//!
//! Every field that a prompt could fill is an `Option`. A secret is skipped on the command line, where other processes
//! would see it: it comes by standard input, a file, a prompt or the environment.

use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::domain::niss::Niss;
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::Channel;

mod enrolment;
mod fields;
mod inbox;
pub mod json_schema;
mod operation;
mod operator_reason;
pub mod request_line;
mod requests;
mod required_fields;
mod tokens;

pub use enrolment::CmdEnrol;
pub use fields::{FieldValue, RawText, RowId, RowLimit};
pub use inbox::*;
pub use operation::{Field, FieldGroup, Operation};
pub use operator_reason::OperatorReason;
pub use requests::*;
pub use tokens::{CallToken, SessionToken};

/// The operations that can be asked for, each with the struct of its fields: the one table of them.
macro_rules! request_enum {
    ($($name:ident($struct:ident),)+) => {
        /// A request: what is asked, of whichever operation answers with one reply.
        #[derive(Debug, Clone)]
        #[expect(missing_docs, reason = "each is the operation of the same name")]
        pub enum Request { $($name($struct),)+ }

        impl Request {
            /// Every operation that can be asked for.
            pub const OPERATIONS: &'static [Operation] = &[$(Operation::$name,)+];

            /// The operation.
            pub fn op(&self) -> Operation {
                match self { $(Request::$name(_) => Operation::$name,)+ }
            }

            /// A request for `op` with nothing filled in; none for an operation that is no request.
            pub fn empty(op: Operation) -> Option<Request> {
                match op {
                    $(Operation::$name => Some(Request::$name($struct::default())),)+
                    _ => None,
                }
            }

            /// Fills the field of that name.
            ///
            /// # Errors
            /// The operation has no such field, or the value is not one for it.
            pub fn set(&mut self, field: &str, value: &serde_json::Value) -> Result<(), ValidationError> {
                match self { $(Request::$name(asked) => asked.set(field, value),)+ }
            }

            /// What the fields of a request for `op` look like; none of an operation that is no request.
            pub fn schema(op: Operation, generator: &mut SchemaGenerator) -> Option<Schema> {
                match op {
                    $(Operation::$name => Some($struct::json_schema(generator)),)+
                    _ => None,
                }
            }

            /// Its fields as arguments of a command.
            #[cfg(test)]
            fn arguments(&self, command: clap::Command) -> clap::Command {
                match self { $(Request::$name(_) => <$struct as clap::Args>::augment_args(command),)+ }
            }

            /// The fields that are there, as they could be read again; passwords and sessions are never among them.
            pub fn written(&self) -> Vec<(&'static str, serde_json::Value)> {
                match self { $(Request::$name(asked) => asked.written(),)+ }
            }

            /// The names of its fields.
            pub fn fields(&self) -> &'static [&'static str] {
                match self { $(Request::$name(_) => $struct::FIELDS,)+ }
            }
        }
    };
}

request_enum! {
    Register(Register),
    Activate(SetPassword),
    Login(Login),
    Logout(SessionRequest),
    RecoverRequest(RecoverRequest),
    RecoverConfirm(SetPassword),
    PasswordChange(PasswordChange),
    PhoneCodeSet(SessionRequest),
    PhoneCodeChange(PhoneCodeChange),
    PhoneCodeVerify(PhoneCodeVerify),
    PhoneLine(PhoneCodeVerify),
    PhoneLineWhoami(PhoneLineWhoami),
    ContactsShow(SessionRequest),
    ContactsUpdate(ContactsUpdate),
    ContactsConfirm(ContactsConfirm),
    ContactsRemove(ContactsRemove),
    AlertsSet(AlertsSet),
    AlertsSend(AlertsSend),
    MessagesList(MessagesList),
    MessagesShow(MessagesShow),
    ProfileShow(SessionRequest),
    RegistryShow(HolderRequest),
    RegistryCount(NoFields),
    OutboxShow(OutboxShow),
    OutboxCode(OutboxCode),
    AccountShow(HolderRequest),
    AccountUnlock(OperatorAction),
    AccountSuspend(OperatorAction),
    AccountResume(OperatorAction),
    AccountReset(OperatorAction),
    AccountClose(OperatorAction),
    AccountExport(HolderRequest),
    AccountErase(OperatorAction),
    CmdEnrol(CmdEnrol),
    CmdRevoke(HolderRequest),
    PolicySet(PolicySet),
    ClockShow(NoFields),
    ClockAdvance(ClockAdvance),
    ClockSet(ClockSet),
}

impl Request {
    /// The NISS that the request names: every reply to it repeats it.
    pub fn niss(&self) -> Option<Niss> {
        match self {
            Request::Register(r) => r.niss,
            Request::Activate(r) | Request::RecoverConfirm(r) => r.niss,
            Request::Login(r) => r.niss,
            Request::RecoverRequest(r) => r.niss,
            Request::PhoneCodeVerify(r) | Request::PhoneLine(r) => r.niss,
            Request::OutboxCode(r) => r.niss,
            Request::CmdEnrol(r) => r.niss,
            Request::AlertsSend(r) => r.niss,
            Request::RegistryShow(r) | Request::AccountShow(r) | Request::AccountExport(r) | Request::CmdRevoke(r) => {
                r.niss
            }
            Request::AccountUnlock(r)
            | Request::AccountSuspend(r)
            | Request::AccountResume(r)
            | Request::AccountReset(r)
            | Request::AccountClose(r)
            | Request::AccountErase(r) => r.niss,
            Request::Logout(_)
            | Request::PasswordChange(_)
            | Request::PhoneCodeSet(_)
            | Request::PhoneCodeChange(_)
            | Request::PhoneLineWhoami(_)
            | Request::ContactsShow(_)
            | Request::ContactsUpdate(_)
            | Request::ContactsConfirm(_)
            | Request::ContactsRemove(_)
            | Request::AlertsSet(_)
            | Request::MessagesList(_)
            | Request::MessagesShow(_)
            | Request::ProfileShow(_)
            | Request::RegistryCount(_)
            | Request::OutboxShow(_)
            | Request::PolicySet(_)
            | Request::ClockShow(_)
            | Request::ClockAdvance(_)
            | Request::ClockSet(_) => None,
        }
    }

    /// What was asked, as the audit may keep it: the values of its words, of every other field that it was there, and nothing
    /// of a person.
    pub fn audit_summary(&self) -> serde_json::Map<String, serde_json::Value> {
        let outlined = |(name, value): (&str, serde_json::Value)| {
            let stored = match name {
                "account_type" | "procedure" | "method" | "alerts" | "channel" | "purpose" | "kind" | "decision"
                | "until" => value,
                // Whom it names has a column; these the flows note themselves, as far as they may be known.
                "niss" | "reason" | "message" | "key" | "value" | "advance" | "time" => return None,
                _ => true.into(),
            };
            Some((name.to_owned(), stored))
        };
        self.written().into_iter().filter_map(outlined).collect()
    }

    /// Whether it asks for a letter where none is sent: a code that somebody waits for comes by e-mail or SMS.
    pub fn asks_for_letter(&self) -> bool {
        let channel = match self {
            Request::ContactsConfirm(r) => r.channel,
            Request::Login(r) => r.channel,
            _ => None,
        };
        channel == Some(Channel::Letter)
    }

    /// The words of the operations, parted by commas.
    pub fn operation_names() -> &'static str {
        static WORDS: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
            let words: Vec<&str> = Request::OPERATIONS.iter().map(|op| op.as_str()).collect();
            words.join(", ")
        });
        &WORDS
    }

    /// Where its session goes, of an operation that wants one.
    pub fn session_slot(&mut self) -> Option<&mut Option<SessionToken>> {
        match self {
            Request::Logout(r) | Request::PhoneCodeSet(r) | Request::ContactsShow(r) | Request::ProfileShow(r) => {
                Some(&mut r.session)
            }
            Request::PasswordChange(r) => Some(&mut r.session),
            Request::PhoneCodeChange(r) => Some(&mut r.session),
            Request::ContactsUpdate(r) => Some(&mut r.session),
            Request::ContactsConfirm(r) => Some(&mut r.session),
            Request::ContactsRemove(r) => Some(&mut r.session),
            Request::AlertsSet(r) => Some(&mut r.session),
            Request::MessagesList(r) => Some(&mut r.session),
            Request::MessagesShow(r) => Some(&mut r.session),
            _ => None,
        }
    }

    /// Where its call goes, of an operation that wants one.
    pub fn call_slot(&mut self) -> Option<&mut Option<CallToken>> {
        match self {
            Request::PhoneLineWhoami(r) => Some(&mut r.call),
            _ => None,
        }
    }

    /// The name of the field that its token goes into, and what stands there for the token that an earlier line got; none of an
    /// operation that wants none.
    pub fn token_field(&mut self) -> Option<(&'static str, &'static str)> {
        let session = self.session_slot().map(|_| ("session", "@login"));
        session.or_else(|| self.call_slot().map(|_| ("call", "@phone_line")))
    }

    /// Whether it changes nothing. In a store that is no sandbox the audit is told of some of them all the same.
    pub fn is_read_only(&self) -> bool {
        matches!(
            self,
            Request::RegistryShow(_)
                | Request::RegistryCount(_)
                | Request::AccountShow(_)
                | Request::AccountExport(_)
                | Request::ClockShow(_)
                | Request::OutboxShow(_)
                | Request::OutboxCode(_)
        )
    }
}
