//! The facts about an operation that [`Operation::spec`](super::Operation::spec) returns.
//!
//! Each is declared once, in the table of `operation.rs`, so that no other module has a list of operations of its own.

use crate::domain::vocabulary::{AccountState, LockoutScope, Notice, Purpose};

/// One row of the table of operations.
#[derive(Debug)]
pub struct OperationSpec {
    /// The section of `ssd --help` that has its command.
    pub help: HelpGroup,
    /// Its effect on the store.
    pub access: Access,
    /// The stores in which it works.
    pub store: StoreKind,
    /// The titles of the bodies in its replies, as in the JSON Schema.
    pub reply: &'static [&'static str],
    /// Its place in the timeline of an account.
    pub timeline: Timeline,
    /// Its place in a scenario export.
    pub replay: Replay,
}

/// A section of `ssd --help`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HelpGroup {
    /// Registration, activation, login and recovery.
    Procedures,
    /// The account of a logged-in holder.
    Account,
    /// Commands for operators.
    Operators,
    /// Clock, scenarios and conformance checks.
    Sandbox,
    /// The store itself.
    Store,
    /// Explanations, completions and manual pages.
    Help,
}

impl HelpGroup {
    /// Returns the catalogue key of its heading.
    pub const fn heading(self) -> &'static str {
        match self {
            HelpGroup::Procedures => "help-group-procedures",
            HelpGroup::Account => "help-group-account",
            HelpGroup::Operators => "help-group-operators",
            HelpGroup::Sandbox => "help-group-sandbox",
            HelpGroup::Store => "help-group-store",
            HelpGroup::Help => "help-group-help",
        }
    }
}

/// The effect of an operation on the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// It changes nothing and has no audit entry.
    Read,
    /// It shows personal data or codes. Outside a sandbox it has an audit entry; otherwise it is a read.
    Disclosure,
    /// It changes the store, or has an audit entry in every store.
    Write,
}

/// The stores in which an operation works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreKind {
    /// Any store, or none at all.
    Any,
    /// Only a sandbox; elsewhere the request is refused.
    Sandbox,
}

/// The place of an operation in the timeline of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timeline {
    /// It has no audit entry about a holder.
    Absent,
    /// Somebody read data of the holder.
    Reading,
    /// Somebody used or changed the account.
    Request(Effects),
}

impl Timeline {
    /// Returns the effects of a request, or `None` if the operation has none.
    pub const fn effects(&self) -> Option<&Effects> {
        match self {
            Timeline::Absent | Timeline::Reading => None,
            Timeline::Request(effects) => Some(effects),
        }
    }
}

/// The effects of an operation. Entries before version 5 leave them out, and `audit/inference.rs` derives them from this. Later
/// entries store them.
///
/// `failures` also gives the purpose of the code in a request, and `contacts` the part in a scenario export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effects {
    /// The account state after success.
    pub state: StateEffect,
    /// The notice that success can send. Notices of lockouts follow from failures.
    pub notice: Option<Notice>,
    /// The purposes of the codes that success can send.
    pub codes: &'static [Purpose],
    /// The lockouts that success lifts.
    pub lifts: Lifts,
    /// The lockout that counts its failures, except those of Chave Móvel Digital.
    pub failures: FailureCounter,
    /// Its part in the change of a contact.
    pub contacts: ContactRole,
}

impl Effects {
    /// No effects: the default of each column.
    pub const NONE: Effects = Effects {
        state: StateEffect::Same,
        notice: None,
        codes: &[],
        lifts: Lifts::None,
        failures: FailureCounter::None,
        contacts: ContactRole::None,
    };
}

/// The account state after a successful operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateEffect {
    /// The state before.
    Same,
    /// This state.
    Becomes(AccountState),
    /// `requested`, or `active` by Chave Móvel Digital, once the code is confirmed.
    ByProcedure,
}

/// The lockouts that a successful operation lifts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifts {
    /// None.
    None,
    /// These.
    Only(&'static [LockoutScope]),
    /// All, except those of the authentication provider.
    OfService,
    /// All.
    All,
}

impl Lifts {
    /// Returns whether a lockout is among them.
    pub fn includes(self, scope: LockoutScope) -> bool {
        match self {
            Lifts::None => false,
            Lifts::Only(scopes) => scopes.contains(&scope),
            Lifts::OfService => !matches!(scope, LockoutScope::CmdPin | LockoutScope::CmdCode),
            Lifts::All => true,
        }
    }
}

/// The lockout that counts the failures of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureCounter {
    /// Failures are not counted.
    None,
    /// This lockout.
    Scope(LockoutScope),
    /// That of the contact with the request's channel.
    Contact,
}

/// The part of an operation in the change of a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactRole {
    /// It changes no contact.
    None,
    /// A registration, which names contacts. By Chave Móvel Digital it also activates the account.
    Registers,
    /// It activates the account, which settles the telephone of the registration (001 step 12).
    Activates,
    /// It proposes e-mail address and mobile, and changes the telephone.
    Proposes,
    /// It settles a proposed contact.
    Confirms,
    /// It removes contacts.
    Removes,
}

/// The place of an operation's audit entry in a scenario export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replay {
    /// The export leaves it out: it changes nothing that the scenario could show.
    Skip,
    /// As a print run of the holder's letters.
    PrintRun,
    /// As the same request.
    Request(ReplayNeeds),
}

/// The registry record that a request needs in a replay. The export imports it before the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReplayNeeds {
    /// Whether it succeeds only for an active holder.
    pub active_holder: bool,
    /// The recipient of its first message.
    pub first_message: FirstMessage,
}

impl ReplayNeeds {
    /// No needs: the default of each column.
    pub const NONE: ReplayNeeds = ReplayNeeds { active_holder: false, first_message: FirstMessage::Other };
}

/// The recipient of an operation's first message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstMessage {
    /// A contact that the request named, or nobody.
    Other,
    /// A registered contact.
    Registered,
    /// A registered contact, if a second factor's code was sent.
    SecondFactor,
    /// A registered contact, if the alert was sent.
    Alert,
}
