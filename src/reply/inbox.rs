//! What the inbox answers with, and the profile. An alert is kept as its facts; the sentence that tells it is made where it is
//! read, so the same one goes out in a message and stands in the inbox.

use schemars::JsonSchema;
use serde::Serialize;

use super::ContactLine;
use crate::domain::alert_subject::AlertSubject;
use crate::domain::amount::Amount;
use crate::domain::time::{Date, Timestamp};
use crate::domain::vocabulary::{AlertKind, AlertPreference, CivilIdKind, Decision, HolderKind, Language};
use crate::l10n::{MessageArg, MessageArgs};

/// What an alert tells.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct Alert {
    pub kind: AlertKind,
    pub about: AlertSubject,
    /// Of a decision.
    pub decision: Option<Decision>,
    /// Of a payment; of a benefit, where it is known.
    pub amount: Option<Amount>,
    /// Of a payment.
    pub paid_on: Option<Date>,
}

/// A message of the inbox.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the topic `json`")]
pub struct InboxMessage {
    /// Its number among the holder's.
    pub id: i64,
    #[serde(flatten)]
    pub alert: Alert,
    pub created_at: Timestamp,
    /// When the holder first read it.
    pub read_at: Option<Timestamp>,
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
    /// Which of the catalogues' messages tells it.
    pub fn key(&self) -> String {
        format!("alert-{}", self.kind)
    }

    /// What that speaks of.
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
