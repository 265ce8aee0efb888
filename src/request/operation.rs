//! The operations: one table with everything that other modules need to know of each.
//!
//! A row has the word, the struct of the request if the operation is one, and the columns of [`OperationSpec`]. All
//! columns are required, so a new operation compiles only with a decision on each.

use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::enrolment::CmdEnrol;
use super::inbox::*;
use super::operation_spec::{
    Access, ContactRole, Effects, FailureCounter, FirstMessage, HelpGroup, Lifts, OperationSpec, Replay, ReplayNeeds,
    StateEffect, StoreKind, Timeline,
};
use super::request_fields::{Check, RequestFields};
use super::requests::*;
use crate::domain::vocabulary::{AccountState, LockoutScope, Notice, Purpose, string_enum};

/// Defines [`Operation`], its [`OperationSpec`], and [`Request`] from the rows with a struct.
macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident $(($struct:ident))? = $word:literal {
        help: $help:ident, access: $access:ident, store: $store:ident, reply: [$($title:literal),+],
        timeline: $timeline:ident $({ $($effect:ident: $value:expr),* $(,)? })?,
        replay: $replay:ident $({ $($need:ident: $needed:expr),* })?
    })+) => {
        string_enum! {
            /// An operation: the words of its command joined by `_`.
            Operation { $($(#[$doc])* $name = $word,)+ }
        }

        impl Operation {
            /// Returns the row of the table.
            pub const fn spec(self) -> &'static OperationSpec {
                match self {
                    $(Operation::$name => &const { OperationSpec {
                        help: HelpGroup::$help,
                        access: Access::$access,
                        store: StoreKind::$store,
                        reply: &[$($title),+],
                        timeline: Timeline::$timeline $((operations!(@columns Effects; $($effect: $value),*)))?,
                        replay: Replay::$replay $((operations!(@columns ReplayNeeds; $($need: $needed),*)))?,
                    } },)+
                }
            }
        }

        /// A request for one operation, answered by one reply.
        #[derive(Debug, Clone)]
        #[expect(missing_docs, reason = "each is the operation of the same name")]
        pub enum Request { $($($name($struct),)?)+ }

        /// The fields of a checked request.
        #[derive(Debug, Clone, Copy)]
        #[expect(missing_docs, reason = "each is the operation of the same name")]
        pub enum CheckedFields<'a> { $($($name(<$struct as Check>::Checked<'a>),)?)+ }

        impl Request {
            /// All operations that are requests.
            pub const OPERATIONS: &'static [Operation] = &[$($(operations!(@first Operation::$name, $struct),)?)+];

            /// Returns the operation.
            pub fn op(&self) -> Operation {
                match self { $($(Request::$name(operations!(@ignore $struct)) => Operation::$name,)?)+ }
            }

            /// Returns a request for `op` without values, or `None` if the operation is not a request.
            pub fn empty(op: Operation) -> Option<Request> {
                match op {
                    $(Operation::$name => operations!(@request $name $($struct)?),)+
                }
            }

            /// Returns the checked fields. `None` if one that they need is missing.
            pub(super) fn checked_fields(&self) -> Option<CheckedFields<'_>> {
                Some(match self {
                    $($(Request::$name(fields) => {
                        CheckedFields::$name(operations!(@first fields, $struct).checked()?)
                    })?)+
                })
            }

            /// Returns the fields.
            pub fn inner(&self) -> &dyn RequestFields {
                match self { $($(Request::$name(fields) => operations!(@first fields, $struct),)?)+ }
            }

            /// Returns the fields.
            pub fn inner_mut(&mut self) -> &mut dyn RequestFields {
                match self { $($(Request::$name(fields) => operations!(@first fields, $struct),)?)+ }
            }

            /// Returns the schema of the fields of `op`, or `None` if the operation is not a request.
            pub fn schema(op: Operation, generator: &mut SchemaGenerator) -> Option<Schema> {
                match op {
                    $(Operation::$name => operations!(@schema generator $($struct)?),)+
                }
            }

            /// Adds the fields as arguments to a command.
            #[cfg(test)]
            pub(super) fn arguments(&self, command: clap::Command) -> clap::Command {
                match self { $($(Request::$name(_) => <$struct as clap::Args>::augment_args(command),)?)+ }
            }
        }
    };
    (@columns $columns:ident;) => { $columns::NONE };
    (@columns $columns:ident; $($column:ident: $value:expr),+) => {{
        let mut columns = $columns::NONE;
        $(columns.$column = $value;)+
        columns
    }};
    (@first $first:expr, $ignored:ident) => { $first };
    (@ignore $ignored:ident) => { _ };
    (@request $name:ident $struct:ident) => { Some(Request::$name($struct::default())) };
    (@request $name:ident) => { None };
    (@schema $generator:ident $struct:ident) => { Some($struct::json_schema($generator)) };
    (@schema $generator:ident) => { None };
}

operations! {
    /// Creates the store.
    Init = "init" { help: Store, access: Write, store: Any, reply: ["Store"], timeline: Absent, replay: Skip }
    /// Requests an account (001, 002).
    Register(Register) = "register" { help: Procedures, access: Write, store: Any, reply: ["Issued", "Reached", "TemporaryCode", "Opened"],
        timeline: Request {
            state: StateEffect::ByProcedure,
            notice: Some(Notice::Activated),
            codes: &[Purpose::Activation, Purpose::Cmd],
            failures: FailureCounter::Scope(LockoutScope::Identity),
            contacts: ContactRole::Registers,
        },
        replay: Request { active_holder: true, first_message: FirstMessage::Registered } }
    /// Sets the first password (001 steps 20-25).
    Activate(SetPassword) = "activate" { help: Procedures, access: Write, store: Any, reply: ["Opened", "Reached"],
        timeline: Request {
            state: StateEffect::Becomes(AccountState::Active),
            notice: Some(Notice::Activated),
            lifts: Lifts::Only(&[LockoutScope::Login]),
            failures: FailureCounter::Scope(LockoutScope::Activation),
            contacts: ContactRole::Activates,
        },
        replay: Request { first_message: FirstMessage::Registered } }
    /// Opens a session.
    Login(Login) = "login" { help: Procedures, access: Write, store: Any, reply: ["LoggedIn", "Sent", "TemporaryCode"],
        timeline: Request { codes: &[Purpose::Login, Purpose::Cmd], failures: FailureCounter::Scope(LockoutScope::Login) },
        replay: Request { first_message: FirstMessage::SecondFactor } }
    /// Ends the session.
    Logout(SessionRequest) = "logout" { help: Procedures, access: Write, store: Any, reply: ["Nothing"], timeline: Request {}, replay: Request {} }
    /// Sends a code to a holder who must log in with a second factor and has no confirmed contact.
    SecondFactorEnrol(SecondFactorEnrol) = "second_factor_enrol" { help: Procedures, access: Write, store: Any, reply: ["Issued"],
        timeline: Request {
            notice: Some(Notice::SecondFactorEnrolment),
            codes: &[Purpose::Login],
            failures: FailureCounter::Scope(LockoutScope::Identity),
        },
        replay: Request { active_holder: true, first_message: FirstMessage::SecondFactor } }
    /// Lists the open sessions of the holder (ASVS 7.5.2).
    SessionList(SessionRequest) = "session_list" { help: Account, access: Write, store: Any, reply: ["Sessions"],
        timeline: Request {}, replay: Request {} }
    /// Ends a session of the holder, or all others (ASVS 7.5.2).
    SessionEnd(SessionEnd) = "session_end" { help: Account, access: Write, store: Any, reply: ["SessionsEnded"],
        timeline: Request {}, replay: Request {} }
    /// Requests a code for a new password (000 steps 1-9).
    RecoverRequest(RecoverRequest) = "recover_request" { help: Procedures, access: Write, store: Any, reply: ["Issued", "Reached"],
        timeline: Request { codes: &[Purpose::Recovery], failures: FailureCounter::Scope(LockoutScope::Identity) },
        replay: Request { active_holder: true, first_message: FirstMessage::Registered } }
    /// Sets the new password (000 steps 10-15).
    RecoverConfirm(SetPassword) = "recover_confirm" { help: Procedures, access: Write, store: Any, reply: ["Opened", "Reached"],
        timeline: Request {
            state: StateEffect::Becomes(AccountState::Active),
            notice: Some(Notice::Recovered),
            lifts: Lifts::Only(&[LockoutScope::Login, LockoutScope::Recovery]),
            failures: FailureCounter::Scope(LockoutScope::Recovery),
            contacts: ContactRole::Activates,
        },
        replay: Request { first_message: FirstMessage::Registered } }
    /// Changes the password in a session.
    PasswordChange(PasswordChange) = "password_change" { help: Account, access: Write, store: Any, reply: ["Nothing"],
        timeline: Request {
            notice: Some(Notice::PasswordChanged),
            lifts: Lifts::Only(&[LockoutScope::Login]),
            failures: FailureCounter::Scope(LockoutScope::Login),
        },
        replay: Request { first_message: FirstMessage::Registered } }
    /// Sets the first phone code (003 C).
    PhoneCodeSet(SessionRequest) = "phone_code_set" { help: Account, access: Write, store: Any, reply: ["PhoneCode"],
        timeline: Request { notice: Some(Notice::PhoneCodeSet), lifts: Lifts::Only(&[LockoutScope::PhoneCode]) },
        replay: Request { first_message: FirstMessage::Registered } }
    /// Changes the phone code (003 F).
    PhoneCodeChange(PhoneCodeChange) = "phone_code_change" { help: Account, access: Write, store: Any, reply: ["PhoneCode"],
        timeline: Request { notice: Some(Notice::PhoneCodeChanged), lifts: Lifts::Only(&[LockoutScope::PhoneCode]) },
        replay: Request { first_message: FirstMessage::Registered } }
    /// Removes the phone code.
    PhoneCodeRemove(SessionRequest) = "phone_code_remove" { help: Account, access: Write, store: Any, reply: ["Nothing"],
        timeline: Request { notice: Some(Notice::PhoneCodeChanged), lifts: Lifts::Only(&[LockoutScope::PhoneCode]) },
        replay: Request { first_message: FirstMessage::Registered } }
    /// Verifies a phone code for the phone line (003 G).
    PhoneCodeVerify(PhoneCodeVerify) = "phone_code_verify" { help: Account, access: Write, store: Any, reply: ["Nothing"],
        timeline: Request { failures: FailureCounter::Scope(LockoutScope::PhoneCode) },
        replay: Request { active_holder: true } }
    /// Identifies a caller on the phone line (003 G).
    PhoneLine(PhoneCodeVerify) = "phone_line" { help: Operators, access: Write, store: Any, reply: ["Identified"],
        timeline: Request { failures: FailureCounter::Scope(LockoutScope::PhoneCode) },
        replay: Request { active_holder: true } }
    /// Shows the identified caller.
    PhoneLineWhoami(CallRequest) = "phone_line_whoami" { help: Operators, access: Write, store: Any, reply: ["Caller"],
        timeline: Request {}, replay: Request {} }
    /// Lists the payments of the identified caller (003 G).
    PhoneLinePayments(CallRequest) = "phone_line_payments" { help: Operators, access: Write, store: Any, reply: ["Inbox"],
        timeline: Request {}, replay: Request {} }
    /// Shows the contacts and proposed contacts.
    ContactsShow(SessionRequest) = "contacts_show" { help: Account, access: Write, store: Any, reply: ["Contacts"],
        timeline: Request {}, replay: Request {} }
    /// Proposes new contacts.
    ContactsUpdate(ContactsUpdate) = "contacts_update" { help: Account, access: Write, store: Any, reply: ["Sent"],
        timeline: Request { codes: &[Purpose::ContactEmail, Purpose::ContactMobile], contacts: ContactRole::Proposes },
        replay: Request {} }
    /// Confirms a contact (fidelizar).
    ContactsConfirm(ContactsConfirm) = "contacts_confirm" { help: Account, access: Write, store: Any, reply: ["Sent", "Confirmed"],
        timeline: Request {
            notice: Some(Notice::ContactChanged),
            codes: &[Purpose::ContactEmail, Purpose::ContactMobile],
            failures: FailureCounter::Contact,
            contacts: ContactRole::Confirms,
        },
        replay: Request {} }
    /// Removes contacts.
    ContactsRemove(ContactsRemove) = "contacts_remove" { help: Account, access: Write, store: Any, reply: ["Removed"],
        timeline: Request { notice: Some(Notice::ContactRemoved), contacts: ContactRole::Removes },
        replay: Request {} }
    /// Sets the channel of alerts (001 step 14).
    AlertsSet(AlertsSet) = "alerts_set" { help: Account, access: Write, store: Any, reply: ["Alerts"], timeline: Request {}, replay: Request {} }
    /// Sends alerts to holders from a file (001 step 14).
    AlertsSend(AlertsSend) = "alerts_send" { help: Account, access: Write, store: Any, reply: ["Alerted", "Batch"],
        timeline: Request { notice: Some(Notice::Alert) },
        replay: Request { first_message: FirstMessage::Alert } }
    /// Lists the messages of the inbox (004).
    MessagesList(MessagesList) = "messages_list" { help: Account, access: Write, store: Any, reply: ["Inbox"],
        timeline: Request {}, replay: Request {} }
    /// Lists the payments of the inbox as events of a calendar (004).
    MessagesCalendar(SessionRequest) = "messages_calendar" { help: Account, access: Write, store: Any, reply: ["Calendar"],
        timeline: Request {}, replay: Request {} }
    /// Shows one message of the inbox.
    MessagesShow(MessagesShow) = "messages_show" { help: Account, access: Write, store: Any, reply: ["InboxLine"],
        timeline: Request {}, replay: Request {} }
    /// Shows the identification of the holder, as the app does (004).
    ProfileShow(SessionRequest) = "profile_show" { help: Account, access: Write, store: Any, reply: ["Profile"],
        timeline: Request {}, replay: Request {} }
    /// Imports the registry.
    RegistryImport = "registry_import" { help: Operators, access: Write, store: Any, reply: ["Imported"], timeline: Absent, replay: Skip }
    /// Shows one registry record.
    RegistryShow(HolderRequest) = "registry_show" { help: Operators, access: Disclosure, store: Any, reply: ["Record"], timeline: Reading, replay: Skip }
    /// Lists the registry records.
    RegistryList = "registry_list" { help: Operators, access: Disclosure, store: Any, reply: ["Record", "Rows"], timeline: Reading, replay: Skip }
    /// Finds registry records by a part of a name, a date of birth, a number or an e-mail address.
    RegistryFind = "registry_find" { help: Operators, access: Disclosure, store: Any, reply: ["Record", "Rows"], timeline: Reading, replay: Skip }
    /// Counts the registry records.
    RegistryCount(NoFields) = "registry_count" { help: Operators, access: Read, store: Any, reply: ["Count"], timeline: Absent, replay: Skip }
    /// Lists the messages of the outbox.
    OutboxList = "outbox_list" { help: Operators, access: Disclosure, store: Any, reply: ["Message", "Rows"], timeline: Reading, replay: Skip }
    /// Shows one message of the outbox.
    OutboxShow(OutboxShow) = "outbox_show" { help: Operators, access: Disclosure, store: Any, reply: ["Message"], timeline: Reading, replay: Skip }
    /// Shows the newest code in the outbox.
    OutboxCode(OutboxCode) = "outbox_code" { help: Operators, access: Disclosure, store: Any, reply: ["Code"], timeline: Reading, replay: Skip }
    /// Waits for a message.
    OutboxWait = "outbox_wait" { help: Operators, access: Disclosure, store: Any, reply: ["Awaited"], timeline: Reading, replay: Skip }
    /// Prints letters as PDF pages.
    OutboxPrint = "outbox_print" { help: Operators, access: Write, store: Any, reply: ["Printed"], timeline: Reading, replay: PrintRun }
    /// Records that the post returned a letter.
    OutboxReturned(OutboxReturned) = "outbox_returned" { help: Operators, access: Write, store: Any, reply: ["Undelivered"],
        timeline: Request {}, replay: Request {} }
    /// Records that an e-mail or SMS was not delivered.
    OutboxFailed(OutboxFailed) = "outbox_failed" { help: Operators, access: Write, store: Any, reply: ["Undelivered"],
        timeline: Request {}, replay: Request {} }
    /// Exports e-mails as files.
    OutboxExport = "outbox_export" { help: Operators, access: Disclosure, store: Any, reply: ["Mailed"], timeline: Reading, replay: Skip }
    /// Shows one account.
    AccountShow(HolderRequest) = "account_show" { help: Operators, access: Read, store: Any, reply: ["Account"], timeline: Absent, replay: Skip }
    /// Lists the accounts.
    AccountList = "account_list" { help: Operators, access: Read, store: Any, reply: ["AccountLine", "Rows"], timeline: Absent, replay: Skip }
    /// Lifts all blocks of an account.
    AccountUnlock(OperatorAction) = "account_unlock" { help: Operators, access: Write, store: Any, reply: ["Unlocked"],
        timeline: Request { lifts: Lifts::All },
        replay: Request {} }
    /// Suspends an account.
    AccountSuspend(OperatorAction) = "account_suspend" { help: Operators, access: Write, store: Any, reply: ["State"],
        timeline: Request { state: StateEffect::Becomes(AccountState::Suspended), notice: Some(Notice::Suspended) },
        replay: Request { first_message: FirstMessage::Registered } }
    /// Resumes a suspended account.
    AccountResume(OperatorAction) = "account_resume" { help: Operators, access: Write, store: Any, reply: ["State"],
        timeline: Request { state: StateEffect::Becomes(AccountState::Active), notice: Some(Notice::Resumed) },
        replay: Request { first_message: FirstMessage::Registered } }
    /// Resets an account to `requested`.
    AccountReset(OperatorAction) = "account_reset" { help: Operators, access: Write, store: Any, reply: ["Issued"],
        timeline: Request {
            state: StateEffect::Becomes(AccountState::Requested),
            notice: Some(Notice::Reset),
            codes: &[Purpose::Activation],
            lifts: Lifts::OfService,
        },
        replay: Request { active_holder: true, first_message: FirstMessage::Registered } }
    /// Closes an account.
    AccountClose(OperatorAction) = "account_close" { help: Operators, access: Write, store: Any, reply: ["State"],
        timeline: Request { state: StateEffect::Becomes(AccountState::Closed), notice: Some(Notice::Closed) },
        replay: Request { first_message: FirstMessage::Registered } }
    /// Lists the audit entries of one holder as text.
    AccountHistory = "account_history" { help: Operators, access: Read, store: Any, reply: ["Audit", "Rows"], timeline: Absent, replay: Skip }
    /// Shows the timeline of one account with its messages.
    AccountTimeline = "account_timeline" { help: Operators, access: Disclosure, store: Any, reply: ["Event", "Page", "Rows"],
        timeline: Reading, replay: Skip }
    /// Exports all stored data of one person.
    AccountExport(HolderRequest) = "account_export" { help: Operators, access: Disclosure, store: Any, reply: ["Person"],
        timeline: Reading, replay: Skip }
    /// Erases the data of one person.
    AccountErase(OperatorAction) = "account_erase" { help: Operators, access: Write, store: Any, reply: ["Nothing"],
        timeline: Request {}, replay: Skip }
    /// Enrols a holder in Chave Móvel Digital at the authentication provider.
    CmdEnrol(CmdEnrol) = "cmd_enrol" { help: Operators, access: Write, store: Any, reply: ["Enrolled"], timeline: Request {}, replay: Request {} }
    /// Revokes that enrolment.
    CmdRevoke(HolderRequest) = "cmd_revoke" { help: Operators, access: Write, store: Any, reply: ["Nothing"],
        timeline: Request { lifts: Lifts::Only(&[LockoutScope::CmdPin, LockoutScope::CmdCode]) },
        replay: Request {} }
    /// Prints a CSV form of a registry or a batch.
    Template = "template" { help: Operators, access: Read, store: Any, reply: ["Text", "Pages"], timeline: Absent, replay: Skip }
    /// Runs the requests of a file.
    Batch = "batch" { help: Operators, access: Write, store: Any, reply: ["Batch"], timeline: Absent, replay: Skip }
    /// Deletes the records of lines that ran once.
    BatchForget = "batch_forget" { help: Operators, access: Write, store: Any, reply: ["Forgotten"], timeline: Absent, replay: Skip }
    /// Lists the audit log.
    AuditList = "audit_list" { help: Operators, access: Read, store: Any, reply: ["Audit", "Rows"], timeline: Absent, replay: Skip }
    /// Verifies the audit log.
    AuditVerify = "audit_verify" { help: Operators, access: Read, store: Any, reply: ["Verified"], timeline: Absent, replay: Skip }
    /// Shows the anchor of the last audit entry.
    AuditHead = "audit_head" { help: Operators, access: Read, store: Any, reply: ["Anchor"], timeline: Absent, replay: Skip }
    /// Exports the audit entries with their hashes.
    AuditExport = "audit_export" { help: Operators, access: Read, store: Any, reply: ["AuditRow"], timeline: Absent, replay: Skip }
    /// Shows the rule that decided a request.
    Why = "why" { help: Operators, access: Read, store: Any, reply: ["Audit", "ExplainedLine"], timeline: Absent, replay: Skip }
    /// Counts what happened in a period.
    Report = "report" { help: Operators, access: Read, store: Any, reply: ["Report", "ReportPage"], timeline: Absent, replay: Skip }
    /// Shows the policy.
    PolicyShow = "policy_show" { help: Operators, access: Read, store: Any, reply: ["Setting"], timeline: Absent, replay: Skip }
    /// Changes a policy setting.
    PolicySet(PolicySet) = "policy_set" { help: Operators, access: Write, store: Any, reply: ["Setting"], timeline: Absent, replay: Request {} }
    /// Shows the current time.
    ClockShow(NoFields) = "clock_show" { help: Sandbox, access: Read, store: Sandbox, reply: ["Now"], timeline: Absent, replay: Skip }
    /// Advances the clock of a sandbox.
    ClockAdvance(ClockAdvance) = "clock_advance" { help: Sandbox, access: Write, store: Sandbox, reply: ["Now"], timeline: Absent, replay: Skip }
    /// Sets the clock of a sandbox.
    ClockSet(ClockSet) = "clock_set" { help: Sandbox, access: Write, store: Sandbox, reply: ["Now"], timeline: Absent, replay: Skip }
    /// Checks the store.
    StoreCheck = "store_check" { help: Store, access: Read, store: Any, reply: ["Checked"], timeline: Absent, replay: Skip }
    /// Copies the store.
    StoreBackup = "store_backup" { help: Store, access: Disclosure, store: Any, reply: ["BackedUp"], timeline: Absent, replay: Skip }
    /// Moves the store to a new key file.
    StoreRekey = "store_rekey" { help: Store, access: Write, store: Any, reply: ["Rekeyed"], timeline: Absent, replay: Skip }
    /// Restores a store from a backup.
    StoreRestore = "store_restore" { help: Store, access: Write, store: Any, reply: ["Restored"], timeline: Request {}, replay: Skip }
    /// Makes the system's time the store's.
    StoreClockReset = "store_clock_reset" { help: Store, access: Write, store: Any, reply: ["ClockReset"], timeline: Request {}, replay: Skip }
    /// Describes the store.
    StoreInfo = "store_info" { help: Store, access: Read, store: Any, reply: ["Store"], timeline: Absent, replay: Skip }
    /// Shows a hash of the visible state.
    StateHash = "state_hash" { help: Store, access: Read, store: Any, reply: ["Hashed"], timeline: Absent, replay: Skip }
    /// Shows the JSON Schema of all input and output.
    Schema = "schema" { help: Store, access: Read, store: Any, reply: ["Schema"], timeline: Absent, replay: Skip }
    /// Runs a scenario in a temporary sandbox.
    ScenarioRun = "scenario_run" { help: Sandbox, access: Read, store: Any, reply: ["Scenario"], timeline: Absent, replay: Skip }
    /// Exports an account as a scenario.
    ScenarioExport = "scenario_export" { help: Sandbox, access: Disclosure, store: Any, reply: ["Exported"], timeline: Reading, replay: Skip }
    /// Checks the requirements of the standards.
    Conform = "conform" { help: Sandbox, access: Read, store: Any, reply: ["Conformance"], timeline: Absent, replay: Skip }
    /// Shows a help topic or the help of a command.
    Help = "help" { help: Help, access: Read, store: Any, reply: ["Text"], timeline: Absent, replay: Skip }
    /// Writes sample files into a folder.
    Demo = "demo" { help: Help, access: Read, store: Any, reply: ["Demo"], timeline: Absent, replay: Skip }
    /// Explains a reason.
    Explain = "explain" { help: Help, access: Read, store: Any, reply: ["Explanation"], timeline: Absent, replay: Skip }
    /// Shows the terms and conditions of the service (001 step 8).
    Terms = "terms" { help: Help, access: Read, store: Any, reply: ["Terms"], timeline: Absent, replay: Skip }
    /// Prints shell completions.
    Completions = "completions" { help: Help, access: Read, store: Any, reply: ["Text"], timeline: Absent, replay: Skip }
    /// Prints the manual pages.
    Man = "man" { help: Help, access: Read, store: Any, reply: ["Text", "Pages"], timeline: Absent, replay: Skip }
}

crate::domain::as_text! { Operation => ToString::to_string }
crate::domain::from_text! { Operation }
