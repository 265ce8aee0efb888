//! What the inbox answers with, and the profile. An alert is kept as its facts; the sentence that tells it is made where it is
//! read, so the same one goes out in a message and stands in the inbox.

use schemars::JsonSchema;
use serde::Serialize;

use super::ContactLine;
use crate::domain::about::About;
use crate::domain::amount::Amount;
use crate::domain::time::{Date, Time};
use crate::domain::words::{AlertKind, Alerts, CivilIdKind, Decision, Kind, Language};
use crate::text::{Fact, Facts};

/// What an alert tells.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the README's table of JSON")]
pub struct Alert {
    pub kind: AlertKind,
    pub about: About,
    /// Of a decision.
    pub decision: Option<Decision>,
    /// Of a payment; of a benefit, where it is known.
    pub amount: Option<Amount>,
    /// Of a payment.
    pub paid_on: Option<Date>,
}

/// A message of the inbox.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the README's table of JSON")]
pub struct InboxLine {
    /// Its number among the holder's.
    pub id: i64,
    #[serde(flatten)]
    pub alert: Alert,
    pub created_at: Time,
    /// When the holder first read it.
    pub read_at: Option<Time>,
}

/// The identification that the app shows.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "the keys are those of the README's table of JSON")]
pub struct Profile {
    pub holder: Kind,
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
    pub alerts: Alerts,
    pub contacts: Vec<ContactLine>,
}

impl Alert {
    /// Which of the catalogues' messages tells it.
    pub fn key(&self) -> String {
        format!("alert-{}", self.kind)
    }

    /// What that speaks of.
    pub fn facts(&self) -> Facts {
        let mut facts = vec![
            ("about", Fact::from(self.about.as_str())),
            ("amount", self.amount.map_or_else(|| Fact::from("none"), Fact::Amount)),
        ];
        facts.extend(self.decision.map(|decision| ("decision", Fact::from(decision.as_str()))));
        facts.extend(self.paid_on.map(|day| ("paid_on", Fact::Date(day))));
        facts
    }
}
