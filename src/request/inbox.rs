//! The requests of the inbox: alerts from operators, messages for holders.

use clap::Args;
use serde_json::Value;

use super::fields::{FieldValue, RowId, RowLimit};
use super::requests::requests;
use super::tokens::SessionToken;
use crate::domain::alert_subject::AlertSubject;
use crate::domain::amount::Amount;
use crate::domain::niss::Niss;
use crate::domain::time::{Date, Timestamp};
use crate::domain::validation_error::ValidationError;
use crate::domain::vocabulary::{AlertKind, Decision};

requests! {
    /// Sends an alert to a holder, by an operator (001 step 14).
    AlertsSend {
        /// The NISS of the holder.
        #[arg(value_name = "NISS")]
        niss: Option<Niss>,
        /// The kind of alert.
        #[arg(long, value_name = "KIND")]
        kind: Option<AlertKind>,
        /// The application or the benefit.
        #[arg(long, value_name = "TEXT")]
        about: Option<AlertSubject>,
        /// The decision; only for decisions.
        #[arg(long, value_name = "DECISION")]
        decision: Option<Decision>,
        /// The amount; for payments, and for benefits if known.
        #[arg(long, value_name = "EUROS")]
        amount: Option<Amount>,
        /// The day of the payment; only for payments.
        #[arg(long, value_name = "DATE")]
        paid_on: Option<Date>,
    }

    /// Lists the messages of the inbox.
    MessagesList {
        /// The session token.
        #[arg(skip)]
        session: Option<SessionToken>,
        /// Only unread messages.
        #[arg(long)]
        unread: bool,
        /// Only messages of this kind.
        #[arg(long, value_name = "KIND")]
        kind: Option<AlertKind>,
        /// Only messages from this time on.
        #[arg(long, value_name = "TIME")]
        since: Option<Timestamp>,
        /// The highest number of messages; the newest are shown.
        #[arg(long, value_name = "N")]
        limit: Option<RowLimit>,
    }

    /// Shows one message of the inbox.
    MessagesShow {
        /// The session token.
        #[arg(skip)]
        session: Option<SessionToken>,
        /// The number of the message in the inbox. (`id` is the line's own identifier.)
        #[arg(value_name = "ID", required = true)]
        message: Option<RowId>,
    }
}
