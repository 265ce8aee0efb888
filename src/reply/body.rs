//! The contents of replies by operation. The help topic `json` documents the keys.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::audit_entry::{AuditEntry, ChainedAuditEntry};
use super::batch_lines::{ExplainedLine, LineFault};
use super::contact_line::ContactLine;
use super::inbox::{CalendarEvent, InboxMessage, Profile};
use super::message::{AwaitedMessage, Message, UndeliveredMessage};
use super::reason::Reason;
use super::report::Report;
use super::secret::Secret;
use super::session_line::SessionLine;
use super::timeline_event::Event;
use crate::domain::next_step::SuggestedCommand;
use crate::domain::niss::Niss;
use crate::domain::time::{Date, Timestamp};
use crate::domain::token_id::TokenId;
use crate::domain::vocabulary::{
    AccountState, AccountType, AlertPreference, Channel, CheckStep, ContactKind, HolderKind, HolderStatus, Language,
    LockoutScope, Purpose, string_enum,
};
use crate::l10n::next_steps::command_line;

/// Loaded records of active holders that lack what some procedures need.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct RegistryGaps {
    pub without_nif: u64,
    /// Only citizens have one.
    pub without_civil_id: u64,
    /// Without e-mail, mobile and address: no code can be sent.
    pub without_channel: u64,
}

/// The contents of a reply. Scripts read its keys.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(untagged)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub enum ReplyBody {
    #[schemars(title = "Issued")]
    CodeIssued {
        state: AccountState,
        channel: Channel,
        destination: String,
        code_expires_at: Timestamp,
        #[serde(skip_serializing_if = "Option::is_none")]
        letter_expected_on: Option<Date>,
        /// The contact that must be confirmed before the chosen alerts are sent.
        #[serde(skip_serializing_if = "Option::is_none")]
        alerts_waiting_for: Option<ContactKind>,
    },
    #[schemars(title = "Reached")]
    StepPassed {
        until: CheckStep,
        #[serde(skip_serializing_if = "Option::is_none")]
        usable: Option<Vec<ChannelOption>>,
    },
    #[schemars(title = "Opened")]
    AccountActive { state: AccountState, due: Vec<OutstandingTask> },
    #[schemars(title = "LoggedIn")]
    LoggedIn {
        session: Secret,
        expires_at: Timestamp,
        idle_expires_at: Timestamp,
        due: Vec<OutstandingTask>,
        /// Whether the session is only for confirming a first contact.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        enrolment: bool,
    },
    #[schemars(title = "Sessions")]
    Sessions { sessions: Vec<SessionLine> },
    #[schemars(title = "SessionsEnded")]
    SessionsEnded { ended: Vec<TokenId> },
    #[schemars(title = "Contacts")]
    Contacts { contacts: Vec<ContactLine>, due: Vec<OutstandingTask> },
    #[schemars(title = "Sent")]
    Sent { sent: Vec<SentCode> },
    /// From the authentication provider: the next request needs `consent` besides the code.
    #[schemars(title = "TemporaryCode")]
    TemporaryCode { sent: [SentCode; 1] },
    #[schemars(title = "Enrolled")]
    Enrolled { destination: String },
    #[schemars(title = "Confirmed")]
    ContactConfirmed {
        channel: Channel,
        destination: String,
        due: Vec<OutstandingTask>,
        /// Whether the session has ended with it, because it was only for this.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        session_ended: bool,
    },
    #[schemars(title = "Removed")]
    ContactsRemoved {
        removed: Vec<ContactKind>,
        /// Whether no confirmed contact is left. It is shown as a warning.
        #[serde(skip)]
        #[schemars(skip)]
        is_last: bool,
    },
    #[schemars(title = "PhoneCode")]
    PhoneCode { phone_code: Option<Secret> },
    #[schemars(title = "Identified")]
    Identified { call: Secret, expires_at: Timestamp },
    #[schemars(title = "Caller")]
    Caller { niss: Niss, name: String, holder: HolderKind },
    #[schemars(title = "Alerts")]
    Alerts {
        alerts: AlertPreference,
        #[serde(skip_serializing_if = "Option::is_none")]
        alerts_waiting_for: Option<ContactKind>,
    },
    #[schemars(title = "Alerted")]
    Alerted { alert: i64, channel: Option<Channel>, destination: Option<String> },
    #[schemars(title = "Inbox")]
    Inbox { inbox: Vec<InboxMessage> },
    #[schemars(title = "InboxLine")]
    InboxLine(InboxMessage),
    #[schemars(title = "Calendar")]
    Calendar {
        events: Vec<CalendarEvent>,
        /// The file that a command wrote. It writes none without payments.
        #[serde(skip_serializing_if = "Option::is_none")]
        file: Option<String>,
    },
    #[schemars(title = "Profile")]
    Profile(Box<Profile>),
    #[schemars(title = "Message")]
    Message(Message),
    #[schemars(title = "Awaited")]
    Awaited(AwaitedMessage),
    #[schemars(title = "Printed")]
    Printed(PrintRunSummary),
    #[schemars(title = "Mailed")]
    EmailsExported {
        emails: u64,
        #[serde(rename = "kept")]
        stored: u64,
        folder: String,
    },
    #[schemars(title = "Undelivered")]
    Undelivered(UndeliveredMessage),
    #[schemars(title = "Code")]
    Code { code: Secret, purpose: Purpose, channel: Channel, created_at: Timestamp },
    #[schemars(title = "Account")]
    Account(Account),
    #[schemars(title = "AccountLine")]
    AccountLine {
        niss: Niss,
        state: AccountState,
        account_type: AccountType,
        created_at: Timestamp,
        activated_at: Option<Timestamp>,
        /// Only with `--blocked`.
        #[serde(skip_serializing_if = "Option::is_none")]
        blocks: Option<Vec<Block>>,
    },
    /// The number of rows of a list, with `--count`.
    #[schemars(title = "Rows")]
    Rows { count: i64 },
    #[schemars(title = "State")]
    State { state: AccountState },
    #[schemars(title = "Unlocked")]
    Unlocked { lifted: Vec<LockoutScope> },
    #[schemars(title = "Record")]
    Record(Record),
    #[schemars(title = "Count")]
    RegistryCount { records: i64, citizens: i64, employers: i64, companies: i64, inactive: i64 },
    #[schemars(title = "Imported")]
    Imported {
        read: u64,
        loaded: u64,
        rejected: u64,
        dry_run: bool,
        #[serde(flatten)]
        gaps: RegistryGaps,
    },
    #[schemars(title = "Batch")]
    Batch {
        lines: u64,
        /// With those that an earlier run has done.
        done: u64,
        refused: u64,
        malformed: u64,
        dry_run: bool,
        /// Of the done lines, those that an earlier run has done; only with `--once`.
        #[serde(skip_serializing_if = "Option::is_none")]
        repeated: Option<u64>,
        /// Of the malformed lines: their fields and reasons, the most frequent first.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        faults: Vec<LineFault>,
    },
    #[schemars(title = "Forgotten")]
    BatchForgotten { name: String, lines: usize },
    #[schemars(title = "Audit")]
    Audit(AuditEntry),
    #[schemars(title = "ExplainedLine")]
    ExplainedLine(Box<ExplainedLine>),
    #[schemars(title = "Event")]
    Event(Event),
    #[schemars(title = "Page")]
    TimelinePage { file: String, events: u64 },
    #[schemars(title = "Report")]
    Report(Box<Report>),
    #[schemars(title = "ReportPage")]
    ReportPage { file: String, entries: u64 },
    #[schemars(title = "AuditRow")]
    AuditRow(ChainedAuditEntry),
    #[schemars(title = "Anchor")]
    Anchor { anchor: String },
    #[schemars(title = "Verified")]
    Verified { entries: i64, anchor: String },
    #[schemars(title = "Person")]
    Person { person: Box<Person> },
    #[schemars(title = "Setting")]
    Setting { key: &'static str, value: String, default: String, least: String, most: String },
    #[schemars(title = "Now")]
    ClockTime { now: Timestamp },
    #[schemars(title = "ClockReset")]
    ClockReset { from: Timestamp, now: Timestamp, sessions: usize, calls: usize, codes: usize, lockouts: usize },
    #[schemars(title = "Store")]
    Store(StoreInfo),
    #[schemars(title = "Checked")]
    StoreChecked { ok: bool, not_compared: u64, findings: Vec<Finding> },
    #[schemars(title = "Schema")]
    Schema { version: u32, schema: serde_json::Value },
    #[schemars(title = "Scenario")]
    Scenario {
        file: String,
        lines: u64,
        differences: Vec<Difference>,
        /// Why the file was not run. With `--json` such a file is an error.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(skip)]
        error: Option<String>,
    },
    #[schemars(title = "Exported")]
    Exported { scenario: String, otherwise: Vec<i64>, same_state: Option<bool> },
    #[schemars(title = "Conformance")]
    Conformance(ConformanceResult),
    #[schemars(title = "Explanation")]
    Explanation { reason: Reason, meaning: String, cause: String, next: String },
    #[schemars(title = "Terms")]
    Terms { version: &'static str, text: String },
    #[schemars(title = "Text")]
    Text { text: String },
    #[schemars(title = "Pages")]
    Pages { files: Vec<String> },
    #[schemars(title = "Demo")]
    Demo { folder: String, files: Vec<String>, r#try: Vec<String> },
    #[schemars(title = "BackedUp")]
    BackedUp { file: String },
    #[schemars(title = "Rekeyed")]
    Rekeyed { key_file: String },
    #[schemars(title = "Restored")]
    Restored {
        file: String,
        backup: String,
        /// The new key file; null for a sandbox.
        key_file: Option<String>,
        /// The old store; null if there was none.
        #[serde(rename = "kept")]
        previous: Option<String>,
        /// The old key file; null if there was none.
        #[serde(rename = "kept_key")]
        previous_key: Option<String>,
        #[serde(flatten)]
        counts: RestoredCounts,
    },
    #[schemars(title = "Hashed")]
    StateHash { hash: String },
    #[schemars(title = "Nothing")]
    Nothing {},
}

string_enum! {
    /// A task that the holder still has to do.
    OutstandingTask {
        /// Confirm the registered contacts (end of 001 and of 002).
        Contacts = "contacts",
    }
}

string_enum! {
    /// The result of checking a requirement.
    Verdict {
        /// The requirement is met.
        Pass = "pass",
        /// The requirement is not met.
        Fail = "fail",
        /// The requirement is not met, for a documented reason.
        Deviation = "deviation",
        /// The requirement could not be checked.
        NotRun = "not_run",
    }
}

crate::domain::as_text! {
    OutstandingTask => ToString::to_string,
    Verdict => ToString::to_string,
    FindingKind => ToString::to_string,
}

/// One field of a scenario reply that differs from the expected one.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct Difference {
    pub line: u64,
    /// The path of the field; empty for the complete reply.
    pub path: String,
    pub expected: serde_json::Value,
    #[serde(rename = "got")]
    pub actual: serde_json::Value,
}

/// One requirement of a standard with the observations of its check.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct ConformanceResult {
    /// The section of the standard: `63B 3.1.1.2`.
    pub id: &'static str,
    pub requirement: String,
    /// Language-neutral facts: times, counts, identifiers. `(!)` marks a value that violates the requirement.
    pub observed: String,
    pub verdict: Verdict,
    /// The reason of a deviation or of a check that was not run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// One available channel for a code.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct ChannelOption {
    pub channel: Channel,
    /// The contact or address, masked.
    pub destination: String,
}

/// One code that was sent.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct SentCode {
    pub channel: Channel,
    pub destination: String,
    pub code_expires_at: Timestamp,
}

/// How far a restored backup goes, and what ended with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct RestoredCounts {
    /// The last audit entry of the backup; 0 if it has none.
    pub last_entry: i64,
    /// Its time.
    pub last_at: Option<Timestamp>,
    pub sessions: usize,
    pub calls: usize,
    pub codes: usize,
}

/// The result of a print run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct PrintRunSummary {
    pub letters: u64,
    pub pages: u64,
    /// The number of letters printed for the first time.
    pub dispatched: u64,
    /// The number of letters that were left out because their code is no longer valid.
    pub skipped: u64,
    /// The number of letters with a character that no font has.
    pub lacking: u64,
    /// The path of the PDF; null without any letters to print and without an earlier print run.
    pub file: Option<String>,
    pub manifest: Option<String>,
    /// If there was nothing to print: the request of the earlier print run whose letters `file` contains.
    pub earlier: Option<i64>,
}

/// One account, for operators.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct Account {
    pub state: AccountState,
    pub account_type: AccountType,
    pub holder: HolderKind,
    pub holder_status: HolderStatus,
    pub created_at: Timestamp,
    pub activated_at: Option<Timestamp>,
    pub alerts: AlertPreference,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alerts_waiting_for: Option<ContactKind>,
    pub password: bool,
    pub phone_code: bool,
    pub blocks: Vec<Block>,
    /// The newest message by each channel that did not reach the registered contact or address.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub undelivered: Vec<UndeliveredMessage>,
    /// Commands that are possible next.
    #[serde(serialize_with = "as_command_lines")]
    #[schemars(with = "Vec<String>")]
    pub next: Vec<SuggestedCommand>,
}

fn as_command_lines<S: Serializer>(commands: &[SuggestedCommand], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(commands.iter().map(command_line))
}

string_enum! {
    /// What `store check` finds on the machine around a store, and what `found` then is.
    FindingKind {
        /// Other users can read or write a file: its mode, in octal digits.
        Permissions = "permissions",
        /// Any user can replace the files of a folder: its mode, in octal digits.
        FolderPermissions = "folder_permissions",
        /// A temporary file of a killed command can't be removed.
        Leftover = "leftover",
        /// The system's clock is behind the store: the time that it reads.
        ClockBehind = "clock_behind",
        /// There is little free space: its bytes.
        LowSpace = "low_space",
        /// The file system is unsafe for a store: its name.
        FileSystem = "file_system",
    }
}

/// A finding on the machine around a store.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct Finding {
    pub kind: FindingKind,
    pub file: String,
    pub found: String,
    pub message: String,
    pub hint: String,
}

/// One block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct Block {
    pub what: LockoutScope,
    /// The end of the block; null for a block that does not end by itself.
    pub until: Option<Timestamp>,
}

/// One registry record, unmasked, for operators.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are the registry's columns")]
pub struct Record {
    pub kind: HolderKind,
    pub status: HolderStatus,
    pub name: String,
    pub birth_date: Option<Date>,
    pub civil_id_kind: Option<String>,
    pub civil_id: Option<String>,
    pub nif: Option<String>,
    pub responsible: Option<String>,
    pub email: Option<String>,
    pub mobile: Option<String>,
    pub telephone: Option<String>,
    pub address: Option<String>,
    pub postal_code: Option<String>,
    pub locality: Option<String>,
    pub country: Option<String>,
    pub language: Language,
}

/// All stored data of one person.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "each is the table of the same name")]
pub struct Person {
    pub niss: Niss,
    pub registry: Option<serde_json::Value>,
    pub account: Option<serde_json::Value>,
    pub contacts: Vec<serde_json::Value>,
    pub codes: Vec<serde_json::Value>,
    pub guards: Vec<serde_json::Value>,
    pub sessions: Vec<serde_json::Value>,
    pub calls: Vec<serde_json::Value>,
    /// The data at the authentication provider.
    pub cmd: Option<serde_json::Value>,
    /// The messages, with masked codes.
    pub messages: Vec<Message>,
    pub alerts: Vec<serde_json::Value>,
    /// The lines of batches that were done under a name.
    pub batch_lines: Vec<serde_json::Value>,
    pub audit: Vec<AuditEntry>,
}

/// The description of a store.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct StoreInfo {
    pub path: String,
    pub sandbox: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    pub version: i64,
    pub created_at: Timestamp,
    pub now: Timestamp,
    /// The time of the system's clock; not in a sandbox.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system_now: Option<Timestamp>,
    pub records: i64,
    pub accounts: i64,
    pub messages: i64,
    pub bytes: u64,
}
