//! The detail of an audit entry: one type for writing and reading.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::refusal_variant::RefusalVariant;
use crate::domain::lockout::LockoutState;
use crate::domain::time::Timestamp;
use crate::domain::token_id::TokenId;
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::{
    AccountState, AccountType, Channel, CodeStatus, ContactKind, LockoutScope, MessageStatus, Purpose, string_enum,
};
use crate::request::Operation;

/// Declares the fields, in the alphabetical order of their JSON keys. The entry's HMAC covers the JSON, so the order never
/// changes. A field is left out of the JSON unless it is set.
macro_rules! audit_detail {
    ($($(#[doc = $doc:literal])+ $name:ident: $type:ty,)+) => {
        /// The facts of an audit entry beside its columns. Never a secret, and no personal data except `reason`.
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct AuditDetail {
            $(
                $(#[doc = $doc])+
                #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "present")]
                pub $name: Option<$type>,
            )+
        }

        #[cfg(test)]
        const KEYS: &[&str] = &[$(stringify!($name),)+];
    };
}

audit_detail! {
    /// The number of the alert that was sent.
    alert: i64,
    /// The fields of the request: the value of words, of every other field that it was there.
    asked: Map<String, Value>,
    /// The lockout of the authentication provider that refused the request.
    blocked: LockoutScope,
    /// The operation that caused the entry, if it is not the entry's own action.
    by: Operation,
    /// The time at which the caller was identified.
    call: Timestamp,
    /// The cause of a failed attempt, which the holder is not shown.
    cause: FailureCause,
    /// The channel of an alert.
    channel: Channel,
    /// The attempt limit of one code.
    code_limit: u32,
    /// Failed attempts so far, of `limit`.
    count: u32,
    /// The fields of an identity check that did not match.
    differed: Vec<String>,
    /// The letters that a print run dispatched.
    dispatched: u64,
    /// What a dry run contained.
    dry_run: DryRun,
    /// The effects of the request.
    effects: AuditEffects,
    /// The expiry time of the code.
    expires_at: Timestamp,
    /// The file of a print run.
    file: String,
    /// The password is the account's first one.
    first: bool,
    /// The records of batch lines that an operator deleted.
    forgotten: u64,
    /// The previous value of a setting.
    from: String,
    /// The contact for alerts that was not registered any more. Only in entries before version 5.
    gone: ContactKind,
    /// The data that the authentication provider shared.
    handed: Vec<String>,
    /// The issue time of the code.
    issued_at: Timestamp,
    /// A policy setting.
    key: String,
    /// The letters of a print run.
    letters: u64,
    /// The limit of failed attempts.
    limit: u32,
    /// The records that an import loaded in this transaction.
    loaded: u64,
    /// The number of a message.
    message: i64,
    /// The number of codes that were issued after the typed one.
    newer_codes: u64,
    /// The records that the import loads in all.
    of: u64,
    /// Failed attempts since the newest code was issued.
    on_code: u32,
    /// The time of the login of a session that its holder ended from another session.
    other_session: Timestamp,
    /// The pages of a print run.
    pages: u64,
    /// Typed contacts that await confirmation.
    proposed: Vec<ContactKind>,
    /// The operator's remark. It is stored apart, and is set only when an entry is read.
    reason: String,
    /// Typed contacts that are the registered ones.
    registered: Vec<ContactKind>,
    /// The rows that an import rejected.
    rejected: u64,
    /// Registered contacts that were removed.
    removed: Vec<ContactKind>,
    /// The channel of a second factor's code.
    sent: Channel,
    /// The time of the login that opened the session.
    session: Timestamp,
    /// The effect of a proof on the registered contact.
    settled: ContactEffect,
    /// The version of the terms that a registration accepted.
    terms: String,
    /// The new value of a setting, or the new time of the clock.
    to: String,
    /// The end of the lockout or limit.
    until: LockoutEnd,
    /// The variant of the refusal's sentence.
    variant: RefusalVariant,
}

impl AuditDetail {
    /// Says whether no fact is set.
    pub fn is_empty(&self) -> bool {
        *self == AuditDetail::default()
    }

    /// Sets a count and its limit.
    pub fn set_count(&mut self, count: u32, limit: u32) {
        (self.count, self.limit) = (Some(count), Some(limit));
    }

    /// Returns the recorded value of a request's field, or the mark of its presence.
    pub fn asked(&self, field: &str) -> Option<&Value> {
        self.asked.as_ref()?.get(field)
    }
}

/// The effects of a request on the stored rows of a holder: what `store check` compares the state with, and the timeline shows.
/// Ids and keyed hashes only. Entries before version 5 of the schema have none.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AuditEffects {
    /// The calls on the phone line that began or ended.
    #[serde(skip_serializing_if = "TokenEffects::is_empty")]
    pub calls: TokenEffects,
    /// The codes that changed, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<CodeEffect>,
    /// The failure counts that changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub counts: Vec<CountEffect>,
    /// The fingerprint of the password's hash and the phone code, if one of them changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credentials: Option<Fingerprint>,
    /// The ids of the codes whose rows were deleted because they no longer count.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub deleted: Vec<i64>,
    /// The delivery result of a message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery: Option<DeliveryEffect>,
    /// The lockouts that ended before their time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lifted: Vec<LockoutScope>,
    /// The ids of the messages that were queued.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<i64>,
    /// The ids of the letters that a print run dispatched.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub printed: Vec<i64>,
    /// The sessions that began or ended.
    #[serde(skip_serializing_if = "TokenEffects::is_empty")]
    pub sessions: TokenEffects,
    /// The lockouts that began.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub set: Vec<LockoutEffect>,
    /// The account state, if it changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<AccountState>,
    /// The account type, if it changed.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub account_type: Option<AccountType>,
}

/// The sessions or calls that a request opened or ended.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TokenEffects {
    /// Those that ended.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ended: Vec<TokenId>,
    /// The one that began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opened: Option<TokenId>,
}

impl TokenEffects {
    fn is_empty(&self) -> bool {
        *self == TokenEffects::default()
    }
}

/// A keyed hash of stored secrets, shortened to 64 bits: it detects a change, and nothing can be guessed with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint(pub u64);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for Fingerprint {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<Fingerprint, ValidationError> {
        text.parse().map(|TokenId(bits)| Fingerprint(bits.cast_unsigned()))
    }
}

/// The failure counts of a scope after a request. Zeros and no times: there is no row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CountEffect {
    /// Failures in a row; in a scope with a window, the failures in it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub failures: u32,
    /// Wrong attempts since the newest code was issued.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub on_code: u32,
    /// The scope.
    pub scope: LockoutScope,
    /// The time from which the row may be deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stale_at: Option<Timestamp>,
    /// The end of the last block.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub until: Option<LockoutEnd>,
}

impl CountEffect {
    /// Returns the effect of saving these counts.
    pub fn of(scope: LockoutScope, state: &LockoutState, stale_at: Option<Timestamp>) -> CountEffect {
        CountEffect {
            failures: state.failures.saturating_add(u32::try_from(state.recent.len()).unwrap_or(u32::MAX)),
            on_code: state.on_code,
            scope,
            stale_at,
            until: state.blocked_until.map(LockoutEnd),
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// The lines of a dry run.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct DryRun {
    /// The number of lines.
    pub lines: u64,
    /// The number of lines of each operation. Lines whose operation can't be read are not counted.
    pub operations: BTreeMap<Operation, u64>,
}

/// The new state of a code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CodeEffect {
    /// The id of the code.
    pub id: i64,
    /// The purpose of the code.
    pub purpose: Purpose,
    /// The state.
    pub state: CodeStatus,
    /// The end of validity of an issued code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// The channel of an issued code. It stays known after the row of the code is deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
}

/// The delivery result of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryEffect {
    /// The id of the message.
    pub message: i64,
    /// The status.
    pub status: MessageStatus,
}

/// A lockout that began.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LockoutEffect {
    /// The scope.
    pub scope: LockoutScope,
    /// The end.
    pub until: LockoutEnd,
}

string_enum! {
    /// Why an attempt failed.
    FailureCause {
        /// There is no account.
        NoAccount = "no_account",
        /// The password is wrong.
        WrongPassword = "wrong_password",
        /// The account is not active yet.
        NotActive = "not_active",
        /// The account is suspended.
        Suspended = "suspended",
        /// The account is closed.
        Closed = "closed",
        /// The digits are wrong.
        WrongDigits = "wrong_digits",
        /// There is no phone code.
        NoPhoneCode = "no_phone_code",
    }
}

impl FailureCause {
    /// Returns the cause of a failed login to an account in this state.
    pub fn of_login(state: AccountState) -> FailureCause {
        match state {
            AccountState::Active => FailureCause::WrongPassword,
            AccountState::Requested => FailureCause::NotActive,
            AccountState::Suspended => FailureCause::Suspended,
            AccountState::Closed => FailureCause::Closed,
        }
    }
}

string_enum! {
    /// The effect of a proved contact on the registry record.
    ContactEffect {
        /// The registered contact was proved.
        Same = "same",
        /// The registered contact was replaced.
        Changed = "changed",
        /// The record had no contact of this kind.
        New = "new",
    }
}

crate::domain::as_text! {
    FailureCause => ToString::to_string,
    ContactEffect => ToString::to_string,
    Fingerprint => ToString::to_string,
}
crate::domain::from_text! { FailureCause, ContactEffect, Fingerprint }

/// The end of a lockout: a time, or null for one that does not end by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LockoutEnd(pub Timestamp);

impl LockoutEnd {
    /// Returns the time. `None` if the lockout does not end by itself.
    pub fn time(self) -> Option<Timestamp> {
        Some(self.0).filter(|time| *time != Timestamp::FAR_FUTURE)
    }
}

impl Serialize for LockoutEnd {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.time().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for LockoutEnd {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<LockoutEnd, D::Error> {
        Ok(LockoutEnd(Option::deserialize(deserializer)?.unwrap_or(Timestamp::FAR_FUTURE)))
    }
}

/// Reads a field that is there, so that null is a value and not an absent field.
fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_in_alphabetical_order() {
        assert!(KEYS.is_sorted(), "{KEYS:?}");
    }

    #[test]
    fn detail_round_trips() {
        let text = r#"{"asked":{"channel":"sms","code":true},"count":5,"first":true,"limit":5,"removed":["email"],"until":null}"#;
        let detail: AuditDetail = serde_json::from_str(text).expect("a detail");
        assert_eq!(detail.until, Some(LockoutEnd(Timestamp::FAR_FUTURE)));
        assert_eq!(serde_json::to_string(&detail).expect("JSON"), text);
        assert!(AuditDetail::default().is_empty());
    }
}
