//! What a done request has to say, operation by operation: the keys are those of the topic `json`.

use schemars::JsonSchema;
use serde::Serialize;

use super::{AuditEntry, ChainedAuditEntry, Event, InboxMessage, Profile};
use crate::domain::niss::Niss;
use crate::domain::time::{Date, Timestamp};
use crate::domain::vocabulary::{
    AccountState, AccountType, AlertPreference, Channel, CheckStep, ContactKind, HolderKind, HolderStatus, Language,
    LockoutScope, Purpose, string_enum,
};

/// What a done request has to say; its keys are read by scripts.
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
    LoggedIn { session: Secret, expires_at: Timestamp, idle_expires_at: Timestamp, due: Vec<OutstandingTask> },
    #[schemars(title = "Contacts")]
    Contacts { contacts: Vec<ContactLine>, due: Vec<OutstandingTask> },
    #[schemars(title = "Sent")]
    Sent { sent: Vec<SentCode> },
    /// By the authentication provider: `consent` is asked for beside the code.
    #[schemars(title = "TemporaryCode")]
    TemporaryCode { sent: [SentCode; 1] },
    #[schemars(title = "Enrolled")]
    Enrolled { destination: String },
    #[schemars(title = "Confirmed")]
    ContactConfirmed { channel: Channel, destination: String, due: Vec<OutstandingTask> },
    #[schemars(title = "Removed")]
    ContactsRemoved { removed: Vec<ContactKind> },
    #[schemars(title = "PhoneCode")]
    PhoneCode { phone_code: Option<Secret> },
    #[schemars(title = "Identified")]
    Identified { call: Secret, expires_at: Timestamp },
    #[schemars(title = "Caller")]
    Caller { niss: Niss, name: String, holder: HolderKind },
    #[schemars(title = "Alerts")]
    Alerts { alerts: AlertPreference },
    #[schemars(title = "Alerted")]
    Alerted { alert: i64, channel: Option<Channel>, destination: Option<String> },
    #[schemars(title = "Inbox")]
    Inbox { inbox: Vec<InboxMessage> },
    #[schemars(title = "InboxLine")]
    InboxLine(InboxMessage),
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
    },
    #[schemars(title = "State")]
    State { state: AccountState },
    #[schemars(title = "Unlocked")]
    Unlocked { lifted: Vec<LockoutScope> },
    #[schemars(title = "Record")]
    Record(Record),
    #[schemars(title = "Count")]
    RegistryCount { records: i64, citizens: i64, employers: i64, companies: i64, inactive: i64 },
    #[schemars(title = "Imported")]
    Imported { read: u64, loaded: u64, rejected: u64, dry_run: bool },
    #[schemars(title = "Batch")]
    Batch { lines: u64, done: u64, refused: u64, malformed: u64, dry_run: bool },
    #[schemars(title = "Audit")]
    Audit(AuditEntry),
    #[schemars(title = "Event")]
    Event(Event),
    #[schemars(title = "Page")]
    TimelinePage { file: String, events: u64 },
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
    #[schemars(title = "Store")]
    Store(StoreInfo),
    #[schemars(title = "Checked")]
    StoreChecked { ok: bool },
    #[schemars(title = "Schema")]
    Schema { version: u32, schema: serde_json::Value },
    #[schemars(title = "Scenario")]
    Scenario { file: String, lines: u64, differences: Vec<Difference> },
    #[schemars(title = "Exported")]
    Exported { scenario: String, otherwise: Vec<i64>, same_state: Option<bool> },
    #[schemars(title = "Conformance")]
    Conformance(ConformanceResult),
    #[schemars(title = "Explanation")]
    Explanation { reason: super::Reason, meaning: String, cause: String, next: String },
    #[schemars(title = "Text")]
    Text { text: String },
    #[schemars(title = "Pages")]
    Pages { files: Vec<String> },
    #[schemars(title = "BackedUp")]
    BackedUp { file: String },
    #[schemars(title = "Rekeyed")]
    Rekeyed { key_file: String },
    #[schemars(title = "Hashed")]
    StateHash { hash: String },
    #[schemars(title = "Nothing")]
    Nothing {},
}

string_enum! {
    /// What a holder still owes.
    OutstandingTask {
        /// To confirm the registered contacts (001's end, 002's end).
        Contacts = "contacts",
    }
}

string_enum! {
    /// What a requirement's check came to.
    Verdict {
        /// It is met.
        Pass = "pass",
        /// It is not met.
        Fail = "fail",
        /// It is not met, knowingly and for a reason.
        Deviation = "deviation",
        /// It could not be tried out.
        NotRun = "not_run",
    }
}

crate::domain::as_text! { OutstandingTask => ToString::to_string, Verdict => ToString::to_string }

/// A secret that the reply hands to its holder, and nothing else may print.
#[derive(Clone, Serialize)]
#[serde(transparent)]
pub struct Secret(zeroize::Zeroizing<String>);

impl Secret {
    /// Wraps it.
    pub fn new(text: &str) -> Secret {
        Secret(zeroize::Zeroizing::new(text.to_owned()))
    }
    /// The text, for standard output.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(***)")
    }
}

/// One field of a scenario that came out differently.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct Difference {
    pub line: u64,
    /// Empty for the reply as a whole.
    pub path: String,
    pub expected: serde_json::Value,
    #[serde(rename = "got")]
    pub actual: serde_json::Value,
}

/// One requirement of a standard, and what its check has seen.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct ConformanceResult {
    /// Where it stands: `63B 3.1.1.2`.
    pub id: &'static str,
    pub requirement: String,
    /// Facts without a language: times, counts, words of the code; `(!)` stands behind what is not as required.
    pub observed: String,
    pub verdict: Verdict,
    /// Why it deviates or was not run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// One contact of a holder.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct ContactLine {
    pub kind: ContactKind,
    /// Masked; of the registered one.
    pub value: Option<String>,
    pub registered: bool,
    pub confirmed_at: Option<Timestamp>,
    /// Masked.
    pub proposed: Option<String>,
}

/// One way by which a code could go.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct ChannelOption {
    pub channel: Channel,
    /// Masked.
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

/// One message of the outbox.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct Message {
    pub id: i64,
    pub niss: Niss,
    pub channel: Channel,
    /// A purpose of a code, or a notice.
    pub purpose: String,
    pub to: String,
    pub language: Language,
    pub subject: Option<String>,
    /// With the code in its place.
    pub body: Secret,
    pub created_at: Timestamp,
    /// Of a letter that was printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dispatched_at: Option<Timestamp>,
}

/// A message that was waited for.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct AwaitedMessage {
    #[serde(flatten)]
    pub message: Message,
    /// By itself; null of a message without one.
    pub code: Option<Secret>,
    /// What stands alone on standard output without `--json`.
    #[serde(skip)]
    pub bare: Secret,
}

/// A print run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct PrintRunSummary {
    pub letters: u64,
    pub pages: u64,
    /// How many of the letters were printed for the first time.
    pub dispatched: u64,
    /// Letters that were wanted, and whose code is good for nothing any more.
    pub skipped: u64,
    /// Letters with a character that no font has.
    pub lacking: u64,
    /// Null where there was nothing to print, and no finished print run is there either.
    pub file: Option<String>,
    pub manifest: Option<String>,
    /// The request of the finished print run that the file holds, where there was nothing to print.
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
    pub password: bool,
    pub phone_code: bool,
    pub blocks: Vec<Block>,
    /// Commands that would work.
    pub next: Vec<String>,
}

/// One block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct Block {
    pub what: LockoutScope,
    /// Null where no passing of time ends it.
    pub until: Option<Timestamp>,
}

/// One record of the registry, unmasked, for operators.
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

/// All that is kept of one person.
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
    /// What the authentication provider holds.
    pub cmd: Option<serde_json::Value>,
    /// Their codes are masked.
    pub messages: Vec<Message>,
    pub alerts: Vec<serde_json::Value>,
    pub audit: Vec<AuditEntry>,
}

/// What a store is.
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
    pub records: i64,
    pub accounts: i64,
    pub messages: i64,
    pub bytes: u64,
}
