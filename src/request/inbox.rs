//! The requests of the inbox: alerts from operators, messages for holders.

use super::fields::{RowId, RowLimit};
use super::requests::requests;
use super::tokens::SessionToken;
use crate::domain::alert_subject::AlertSubject;
use crate::domain::amount::Amount;
use crate::domain::niss::Niss;
use crate::domain::period::PeriodBound;
use crate::domain::time::Date;
use crate::domain::vocabulary::{AlertKind, Decision};

requests! {
    /// Sends an alert to a holder, by an operator (001 step 14).
    AlertsSend as CheckedAlertsSend {
        /// The NISS of the holder.
        #[arg(value_name = "NISS")]
        niss: Option<Niss> [Nothing, required],
        /// The kind of alert.
        #[arg(long, value_name = "KIND")]
        kind: Option<AlertKind> [Value, required],
        /// The application or the benefit.
        #[arg(long, value_name = "TEXT")]
        about: Option<AlertSubject> [Presence, required],
        /// The decision; only for decisions.
        #[arg(long, value_name = "DECISION")]
        decision: Option<Decision> [Value, required if is_decision],
        /// The amount; for payments, and for benefits if known.
        #[arg(long, value_name = "EUROS")]
        amount: Option<Amount> [Presence, required if is_payment],
        /// The day of the payment; only for payments.
        #[arg(long, value_name = "DATE")]
        paid_on: Option<Date> [Presence, required if is_payment],
    }

    /// Lists the messages of the inbox.
    MessagesList {
        /// The session token.
        #[arg(skip)]
        session: Option<SessionToken> [Nothing],
        /// Only unread messages.
        #[arg(long)]
        unread: bool [Presence],
        /// Only messages of this kind.
        #[arg(long, value_name = "KIND")]
        kind: Option<AlertKind> [Value],
        /// Only messages from this day or time on.
        #[arg(long, value_name = "TIME")]
        since: Option<PeriodBound> [Presence],
        /// Only messages up to this day or time, included.
        #[arg(long, value_name = "TIME")]
        until: Option<PeriodBound> [Presence],
        /// The highest number of messages; the newest are shown.
        #[arg(long, value_name = "N")]
        limit: Option<RowLimit> [Presence],
    }

    /// Shows one message of the inbox.
    MessagesShow as CheckedMessagesShow {
        /// The session token.
        #[arg(skip)]
        session: Option<SessionToken> [Nothing],
        /// The number of the message in the inbox. (`id` is the line's own identifier.)
        #[arg(value_name = "ID", required = true)]
        message: Option<RowId> [Nothing, required],
    }
}
