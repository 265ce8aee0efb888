//! What comes back: a [`Reply`] is `done` or `refused`, both of them values, and both of them committed. `--json` prints it as
//! it stands here; without `--json` the catalogues say the same in a sentence, with the same fields as arguments.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::domain::niss::Niss;
use crate::domain::time::{Date, Time};
use crate::domain::words::{AccountType, Alerts, Channel, Contact, Guard, Kind, Language, Purpose, State, Status, words};
use crate::request::Op;
use crate::text::Facts;

words! {
    /// Why a request was refused. Scripts stand on these words: add, never rename.
    Reason {
        /// The terms and conditions were not accepted (001 step 8).
        TermsNotAccepted = "terms_not_accepted",
        /// The holder is of the other kind.
        AccountTypeMismatch = "account_type_mismatch",
        /// The data are not those of the registry (001 step 11).
        IdentityMismatch = "identity_mismatch",
        /// Too many of those.
        IdentityBlocked = "identity_blocked",
        /// There is an active account.
        AlreadyRegistered = "already_registered",
        /// There is none.
        NoAccount = "no_account",
        /// There is one, but it is not active.
        NotActive = "not_active",
        /// An operator holds the account.
        Suspended = "suspended",
        /// The account has ended.
        Closed = "closed",
        /// The channel that is asked for can't be used, others can.
        ChannelUnavailable = "channel_unavailable",
        /// No channel can be used.
        NoChannel = "no_channel",
        /// The last code is too fresh.
        TooSoon = "too_soon",
        /// Too many codes in the window.
        TooManyCodes = "too_many_codes",
        /// No code was ever sent.
        NoCode = "no_code",
        /// Not the code.
        CodeWrong = "code_wrong",
        /// The code, too late.
        CodeExpired = "code_expired",
        /// The code, a second time.
        CodeUsed = "code_used",
        /// An older code.
        CodeSuperseded = "code_superseded",
        /// Too many wrong codes.
        CodeBlocked = "code_blocked",
        /// The password does not keep to the rules.
        PasswordWeak = "password_weak",
        /// The password is the current one.
        PasswordRepeated = "password_repeated",
        /// No login with these.
        LoginFailed = "login_failed",
        /// Too many of those.
        LoginLocked = "login_locked",
        /// No session, or no fresh one.
        LoginRequired = "login_required",
        /// The contact is the registered one already, or is not there to be removed.
        ContactUnchanged = "contact_unchanged",
        /// No contact waits for a proof.
        NothingToConfirm = "nothing_to_confirm",
        /// There is no phone code yet.
        PhoneCodeMissing = "phone_code_missing",
        /// There is one already.
        PhoneCodeExists = "phone_code_exists",
        /// A phone code that anybody would try first.
        PhoneCodeTrivial = "phone_code_trivial",
        /// The current phone code.
        PhoneCodeUnchanged = "phone_code_unchanged",
        /// Not the phone code.
        PhoneCodeWrong = "phone_code_wrong",
        /// Too many of those.
        PhoneCodeBlocked = "phone_code_blocked",
        /// Only a sandbox has a clock to move.
        SandboxOnly = "sandbox_only",
        /// The clock only goes forward.
        ClockBackwards = "clock_backwards",
        /// The registry has no such record.
        NotInRegistry = "not_in_registry",
        /// The registry's holder has died or is no more.
        HolderInactive = "holder_inactive",
        /// The account is not suspended.
        NotSuspended = "not_suspended",
        /// There is no such message.
        NoMessage = "no_message",
    }
}

/// What a request comes back with.
#[derive(Debug, Clone)]
pub enum Reply {
    /// It was done.
    Done(Done),
    /// A rule of the service refused it.
    Refused(Refusal),
}

/// It was done.
#[derive(Debug, Clone)]
pub struct Done {
    /// What was asked.
    pub op: Op,
    /// Of whom, where the request named one.
    pub niss: Option<Niss>,
    /// What there is to say.
    pub body: Body,
}

/// It was refused.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// What was asked.
    pub op: Op,
    /// Of whom, where the request named one.
    pub niss: Option<Niss>,
    /// Why.
    pub reason: Reason,
    /// Which of the reason's sentences, where it has several.
    pub variant: Option<&'static str>,
    /// What the sentence speaks of.
    pub facts: Facts,
    /// When the cause ends by itself, if it does.
    pub retry_at: Option<Time>,
    /// The channels that can be used, of `channel_unavailable`.
    pub channels: Option<Vec<Channel>>,
    /// What the person can really do next.
    pub hint: Option<Hint>,
}

/// A next step: a sentence under `hint-…` and what it speaks of.
#[derive(Debug, Clone, PartialEq)]
pub struct Hint {
    /// The sentence.
    pub key: &'static str,
    /// What it speaks of.
    pub facts: Facts,
}

impl Hint {
    /// A hint that needs no more than its sentence.
    pub fn plain(key: &'static str) -> Hint {
        Hint { key, facts: vec![] }
    }
}

/// What a done request has to say; its keys are read by scripts.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
#[expect(missing_docs, reason = "the keys are those of the README's table of JSON")]
pub enum Body {
    Issued {
        state: State,
        channel: Channel,
        destination: String,
        code_expires_at: Time,
        #[serde(skip_serializing_if = "Option::is_none")]
        letter_expected_on: Option<Date>,
    },
    Opened { state: State, due: Vec<Due> },
    LoggedIn { session: Secret, expires_at: Time, idle_expires_at: Time, due: Vec<Due> },
    Contacts { contacts: Vec<ContactLine>, due: Vec<Due> },
    Sent { sent: Vec<Sent> },
    Confirmed { channel: Channel, destination: String, due: Vec<Due> },
    Removed { removed: Vec<Contact> },
    PhoneCode { phone_code: Option<Secret> },
    Alerts { alerts: Alerts },
    Message(Message),
    Code { code: Secret, purpose: Purpose, channel: Channel, created_at: Time },
    Account(Account),
    AccountLine { niss: Niss, state: State, account_type: AccountType, created_at: Time, activated_at: Option<Time> },
    State { state: State },
    Unlocked { lifted: Vec<Guard> },
    Record(Record),
    Count { records: i64, citizens: i64, employers: i64, companies: i64, inactive: i64 },
    Imported { read: u64, loaded: u64, rejected: u64, dry_run: bool },
    Audit(AuditLine),
    Setting { key: &'static str, value: String, default: String, least: String, most: String },
    Now { now: Time },
    Store(StoreFacts),
    Checked { ok: bool },
    BackedUp { file: String },
    Nothing {},
}

words! {
    /// What a holder still owes.
    Due {
        /// To confirm the registered contacts (001's end, 002's end).
        Contacts = "contacts",
    }
}

crate::domain::as_text! {
    Due => ToString::to_string,
    Reason => ToString::to_string,
    Op => ToString::to_string,
}

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

/// One contact of a holder.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the keys are those of the README's table of JSON")]
pub struct ContactLine {
    pub kind: Contact,
    /// Masked; of the registered one.
    pub value: Option<String>,
    pub registered: bool,
    pub confirmed_at: Option<Time>,
    /// Masked.
    pub proposed: Option<String>,
}

/// One code that was sent.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the keys are those of the README's table of JSON")]
pub struct Sent {
    pub channel: Channel,
    pub destination: String,
    pub code_expires_at: Time,
}

/// One message of the outbox.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the keys are those of the README's table of JSON")]
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
    pub created_at: Time,
}

/// One account, for operators.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the keys are those of the README's table of JSON")]
pub struct Account {
    pub state: State,
    pub account_type: AccountType,
    pub holder: Kind,
    pub holder_status: Status,
    pub created_at: Time,
    pub activated_at: Option<Time>,
    pub alerts: Alerts,
    pub phone_code: bool,
    pub blocks: Vec<Block>,
    /// Commands that would work.
    pub next: Vec<String>,
}

/// One block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the keys are those of the README's table of JSON")]
pub struct Block {
    pub what: Guard,
    /// Null where no passing of time ends it.
    pub until: Option<Time>,
}

/// One record of the registry, unmasked, for operators.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the keys are the registry's columns")]
pub struct Record {
    pub kind: Kind,
    pub status: Status,
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

/// One entry of the audit.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the keys are those of the README's table of JSON")]
pub struct AuditLine {
    pub id: i64,
    pub at: Time,
    pub actor: String,
    pub action: String,
    pub niss: Option<Niss>,
    pub outcome: String,
    pub reason: Option<String>,
    pub detail: Option<serde_json::Value>,
}

/// What a store is.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the keys are those of the README's table of JSON")]
pub struct StoreFacts {
    pub path: String,
    pub sandbox: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    pub version: i64,
    pub created_at: Time,
    pub now: Time,
    pub records: i64,
    pub accounts: i64,
    pub messages: i64,
    pub bytes: u64,
}

impl Done {
    /// A reply to `op` that names nobody.
    pub fn new(op: Op, body: Body) -> Done {
        Done { op, niss: None, body }
    }
}

impl Refusal {
    /// A refusal with its reason and nothing more yet; the envelope is filled in by whoever dispatched the request.
    pub fn new(op: Op, reason: Reason) -> Refusal {
        Refusal {
            op,
            niss: None,
            reason,
            variant: None,
            facts: vec![],
            retry_at: None,
            channels: None,
            hint: None,
        }
    }

    /// The sentence of the refusal: `refused-reason`, or one of its variants.
    pub fn key(&self) -> String {
        match self.variant {
            Some(variant) => format!("refused-{}-{variant}", self.reason),
            None => format!("refused-{}", self.reason),
        }
    }
}

impl Serialize for Done {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Envelope<'a> {
            result: &'static str,
            op: Op,
            #[serde(skip_serializing_if = "Option::is_none")]
            niss: Option<Niss>,
            #[serde(flatten)]
            body: &'a Body,
        }
        Envelope { result: "done", op: self.op, niss: self.niss, body: &self.body }.serialize(serializer)
    }
}

/// A refusal with its sentences, as `--json` shows it.
#[derive(Debug)]
pub struct Told<'a> {
    /// The refusal.
    pub refusal: &'a Refusal,
    /// Its sentence.
    pub message: &'a str,
    /// Its hint, or nothing.
    pub hint: Option<&'a str>,
}

impl Serialize for Told<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("result", "refused")?;
        map.serialize_entry("op", &self.refusal.op)?;
        if let Some(niss) = self.refusal.niss {
            map.serialize_entry("niss", &niss)?;
        }
        map.serialize_entry("reason", &self.refusal.reason)?;
        map.serialize_entry("message", self.message)?;
        map.serialize_entry("hint", &self.hint)?;
        map.serialize_entry("retry_at", &self.refusal.retry_at)?;
        if let Some(channels) = &self.refusal.channels {
            map.serialize_entry("channels", channels)?;
        }
        map.end()
    }
}
