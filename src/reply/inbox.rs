//! The replies of the inbox, and the profile.
//!
//! An alert is stored as facts. Its sentence is created when it is read, so a message and the inbox have the same
//! text.

use schemars::JsonSchema;
use serde::Serialize;

use super::contact_line::ContactLine;
use crate::domain::alert_subject::AlertSubject;
use crate::domain::amount::Amount;
use crate::domain::time::{Date, Timestamp};
use crate::domain::vocabulary::{AlertKind, AlertPreference, CivilIdKind, Decision, HolderKind, Language};
use crate::l10n::{MessageArg, MessageArgs};

/// The facts of an alert.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct Alert {
    pub kind: AlertKind,
    pub about: AlertSubject,
    /// The decision; only for decisions.
    pub decision: Option<Decision>,
    /// The amount; for payments, and for benefits if known.
    pub amount: Option<Amount>,
    /// The day of the payment; only for payments.
    pub paid_on: Option<Date>,
}

/// A message of the inbox.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct InboxMessage {
    /// The number of the message in the holder's inbox.
    pub id: i64,
    #[serde(flatten)]
    pub alert: Alert,
    pub created_at: Timestamp,
    /// The time at which the holder first read it.
    pub read_at: Option<Timestamp>,
}

/// A payment as an event of a calendar.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct CalendarEvent {
    /// The identifier: the same at each export.
    pub uid: String,
    pub paid_on: Date,
    pub amount: Amount,
    pub about: AlertSubject,
    /// The time of the message about the payment.
    pub created_at: Timestamp,
}

/// The identification that the app shows.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct Profile {
    pub holder: HolderKind,
    pub name: String,
    pub birth_date: Option<Date>,
    pub civil_id_kind: Option<CivilIdKind>,
    /// Masked.
    pub civil_id: Option<String>,
    /// Masked.
    pub nif: Option<String>,
    /// Masked.
    pub address: Option<String>,
    pub language: Language,
    pub alerts: AlertPreference,
    pub contacts: Vec<ContactLine>,
}

impl Alert {
    /// Returns the key of its sentence.
    pub fn key(&self) -> String {
        format!("alert-{}", self.kind)
    }

    /// Returns the arguments of its sentence.
    pub fn facts(&self) -> MessageArgs {
        let mut facts = vec![
            ("about", MessageArg::from(self.about.as_str())),
            ("amount", self.amount.map_or_else(|| MessageArg::from("none"), MessageArg::Amount)),
        ];
        facts.extend(self.decision.map(|decision| ("decision", MessageArg::from(decision.as_str()))));
        facts.extend(self.paid_on.map(|day| ("paid_on", MessageArg::Date(day))));
        facts
    }
}
