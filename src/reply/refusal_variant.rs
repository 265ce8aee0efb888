//! The variants of a refusal's sentence.

use crate::domain::password::Weakness;
use crate::domain::vocabulary::string_enum;

string_enum! {
    /// Why a request was refused, if the reason alone does not say it. A reason has only some of the variants.
    RefusalVariant {
        /// There is no contact to remove.
        Absent = "absent",
        /// It concerns alerts.
        Alerts = "alerts",
        /// The password has too few character classes.
        Classes = "classes",
        /// The password is one of the most common ones.
        Common = "common",
        /// It concerns the system's clock.
        Clock = "clock",
        /// The code or the password can no longer be used.
        Dead = "dead",
        /// The session is only for confirming a first contact.
        Enrolment = "enrolment",
        /// The session has ended.
        Ended = "ended",
        /// The password is easy to guess.
        Guessable = "guessable",
        /// The message is a letter.
        Letter = "letter",
        /// It concerns a login.
        Login = "login",
        /// It concerns a dry run.
        DryRun = "dry_run",
        /// An operator requested it.
        Operator = "operator",
        /// It concerns the placeholder of a code.
        Outbox = "outbox",
        /// The password is based on the holder's data.
        Personal = "personal",
        /// A contact is registered.
        Registered = "registered",
        /// It concerns a reset.
        Reset = "reset",
        /// The password is too short.
        Short = "short",
        /// It names a holder, and no message number.
        Sent = "sent",
        /// The login is too long ago.
        Stale = "stale",
        /// No message was sent within the time limit.
        Waited = "waited",
        /// The code was wiped.
        Wiped = "wiped",
    }
}

crate::domain::as_text! { RefusalVariant => ToString::to_string }
crate::domain::from_text! { RefusalVariant }

impl RefusalVariant {
    /// Returns the weakness of a refused password. `None` for the other variants.
    pub fn weakness(self) -> Option<Weakness> {
        match self {
            RefusalVariant::Short => Some(Weakness::Short),
            RefusalVariant::Classes => Some(Weakness::Classes),
            RefusalVariant::Common => Some(Weakness::Common),
            RefusalVariant::Guessable => Some(Weakness::Guessable),
            RefusalVariant::Personal => Some(Weakness::Personal),
            RefusalVariant::Absent
            | RefusalVariant::Alerts
            | RefusalVariant::Clock
            | RefusalVariant::Dead
            | RefusalVariant::DryRun
            | RefusalVariant::Enrolment
            | RefusalVariant::Ended
            | RefusalVariant::Letter
            | RefusalVariant::Login
            | RefusalVariant::Operator
            | RefusalVariant::Outbox
            | RefusalVariant::Registered
            | RefusalVariant::Reset
            | RefusalVariant::Sent
            | RefusalVariant::Stale
            | RefusalVariant::Waited
            | RefusalVariant::Wiped => None,
        }
    }
}

impl From<Weakness> for RefusalVariant {
    fn from(weakness: Weakness) -> RefusalVariant {
        match weakness {
            Weakness::Short => RefusalVariant::Short,
            Weakness::Classes => RefusalVariant::Classes,
            Weakness::Common => RefusalVariant::Common,
            Weakness::Guessable => RefusalVariant::Guessable,
            Weakness::Personal => RefusalVariant::Personal,
        }
    }
}
