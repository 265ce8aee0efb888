//! What can be asked: one flat struct an operation. The flags of the command line, the fields of a batch line, the columns
//! of a CSV and the questions of a prompt all come from these fields; what is still missing is said here, once.
//!
//! Every field that a prompt could fill is an `Option`. A secret is skipped on the command line, where other processes
//! would see it: it comes by standard input, a file, a prompt or the environment.

use crate::domain::niss::Niss;

mod missing;
mod structs;
mod vocabulary;

pub use missing::Group;
pub use structs::*;
pub use vocabulary::{Field, Op};

/// A request: what is asked, of whichever operation answers with one reply.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each is the operation of the same name")]
pub enum Request {
    Register(Register),
    Activate(Activate),
    Login(Login),
    Logout(InSession),
    RecoverRequest(RecoverRequest),
    RecoverConfirm(Activate),
    PasswordChange(PasswordChange),
    PhoneCodeSet(InSession),
    PhoneCodeChange(PhoneCodeChange),
    PhoneCodeVerify(PhoneCodeVerify),
    ContactsShow(InSession),
    ContactsUpdate(ContactsUpdate),
    ContactsConfirm(ContactsConfirm),
    ContactsRemove(ContactsRemove),
    AlertsSet(AlertsSet),
    RegistryShow(OfHolder),
    RegistryCount(Nothing),
    OutboxShow(OutboxShow),
    OutboxCode(OutboxCode),
    AccountShow(OfHolder),
    AccountUnlock(Operator),
    AccountSuspend(Operator),
    AccountResume(Operator),
    AccountReset(Operator),
    AccountClose(Operator),
    PolicySet(PolicySet),
    ClockShow(Nothing),
    ClockAdvance(ClockAdvance),
    ClockSet(ClockSet),
}

impl Request {
    /// The operation.
    pub fn op(&self) -> Op {
        match self {
            Request::Register(_) => Op::Register,
            Request::Activate(_) => Op::Activate,
            Request::Login(_) => Op::Login,
            Request::Logout(_) => Op::Logout,
            Request::RecoverRequest(_) => Op::RecoverRequest,
            Request::RecoverConfirm(_) => Op::RecoverConfirm,
            Request::PasswordChange(_) => Op::PasswordChange,
            Request::PhoneCodeSet(_) => Op::PhoneCodeSet,
            Request::PhoneCodeChange(_) => Op::PhoneCodeChange,
            Request::PhoneCodeVerify(_) => Op::PhoneCodeVerify,
            Request::ContactsShow(_) => Op::ContactsShow,
            Request::ContactsUpdate(_) => Op::ContactsUpdate,
            Request::ContactsConfirm(_) => Op::ContactsConfirm,
            Request::ContactsRemove(_) => Op::ContactsRemove,
            Request::AlertsSet(_) => Op::AlertsSet,
            Request::RegistryShow(_) => Op::RegistryShow,
            Request::RegistryCount(_) => Op::RegistryCount,
            Request::OutboxShow(_) => Op::OutboxShow,
            Request::OutboxCode(_) => Op::OutboxCode,
            Request::AccountShow(_) => Op::AccountShow,
            Request::AccountUnlock(_) => Op::AccountUnlock,
            Request::AccountSuspend(_) => Op::AccountSuspend,
            Request::AccountResume(_) => Op::AccountResume,
            Request::AccountReset(_) => Op::AccountReset,
            Request::AccountClose(_) => Op::AccountClose,
            Request::PolicySet(_) => Op::PolicySet,
            Request::ClockShow(_) => Op::ClockShow,
            Request::ClockAdvance(_) => Op::ClockAdvance,
            Request::ClockSet(_) => Op::ClockSet,
        }
    }

    /// The NISS that the request names: every reply to it repeats it.
    pub fn niss(&self) -> Option<Niss> {
        match self {
            Request::Register(r) => r.niss,
            Request::Activate(r) | Request::RecoverConfirm(r) => r.niss,
            Request::Login(r) => r.niss,
            Request::RecoverRequest(r) => r.niss,
            Request::PhoneCodeVerify(r) => r.niss,
            Request::OutboxCode(r) => r.niss,
            Request::RegistryShow(r) | Request::AccountShow(r) => r.niss,
            Request::AccountUnlock(r)
            | Request::AccountSuspend(r)
            | Request::AccountResume(r)
            | Request::AccountReset(r)
            | Request::AccountClose(r) => r.niss,
            Request::Logout(_)
            | Request::PasswordChange(_)
            | Request::PhoneCodeSet(_)
            | Request::PhoneCodeChange(_)
            | Request::ContactsShow(_)
            | Request::ContactsUpdate(_)
            | Request::ContactsConfirm(_)
            | Request::ContactsRemove(_)
            | Request::AlertsSet(_)
            | Request::RegistryCount(_)
            | Request::OutboxShow(_)
            | Request::PolicySet(_)
            | Request::ClockShow(_)
            | Request::ClockAdvance(_)
            | Request::ClockSet(_) => None,
        }
    }

    /// Whether it changes nothing. In a store that is no sandbox the audit is told of some of them all the same.
    pub fn only_looks(&self) -> bool {
        matches!(
            self,
            Request::RegistryShow(_)
                | Request::RegistryCount(_)
                | Request::AccountShow(_)
                | Request::ClockShow(_)
                | Request::OutboxShow(_)
                | Request::OutboxCode(_)
        )
    }
}
