//! The flat structs of the inbox: what operators send to it and what holders read in it.

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
    /// An alert to a holder, by an operator (001 step 14).
    AlertsSend {
        /// To whom.
        #[arg(value_name = "NISS")]
        niss: Option<Niss>,
        /// What it tells.
        #[arg(long, value_name = "KIND")]
        kind: Option<AlertKind>,
        /// The application or the benefit.
        #[arg(long, value_name = "TEXT")]
        about: Option<AlertSubject>,
        /// Decisions.
        #[arg(long, value_name = "DECISION")]
        decision: Option<Decision>,
        /// Payments; benefits, where it is known.
        #[arg(long, value_name = "EUROS")]
        amount: Option<Amount>,
        /// Payments.
        #[arg(long, value_name = "DATE")]
        paid_on: Option<Date>,
    }

    /// The messages of the inbox.
    MessagesList {
        /// The session.
        #[arg(skip)]
        session: Option<SessionToken>,
        /// Only those that were not read.
        #[arg(long)]
        unread: bool,
        /// Only of this kind.
        #[arg(long, value_name = "KIND")]
        kind: Option<AlertKind>,
        /// Nothing from before.
        #[arg(long, value_name = "TIME")]
        since: Option<Timestamp>,
        /// So many at most: the newest.
        #[arg(long, value_name = "N")]
        limit: Option<RowLimit>,
    }

    /// One message of the inbox.
    MessagesShow {
        /// The session.
        #[arg(skip)]
        session: Option<SessionToken>,
        /// Its number in the inbox; `id` is what a line of a file calls itself.
        #[arg(value_name = "ID", required = true)]
        message: Option<RowId>,
    }
}
