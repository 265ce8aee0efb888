//! The procedures. A flow reads like the seed's numbered steps, top to bottom: each line either goes on or stops the request.
//!
//! `answer` is the one way through: what is slow comes first, then everything that decides in one unit of work, which also
//! writes the audit entry. A refusal stops a flow like an error does, but leaves this room as a value, and what it counted
//! is committed with it.

#![deny(clippy::wildcard_enum_match_arm)]

use crate::domain::next_step::NextStep;
use crate::domain::vocabulary::{LoginMethod, RegistrationProcedure};
use crate::error::Error;
use crate::reply::{Done, Reason, Refusal, Reply, ReplyBody};
use crate::request::Request;
use crate::request::operation_spec::{Access, StoreKind};
use crate::store::{Store, UnitOfWork, audit, erase_rows as erased};
use outcome::{FlowError, FlowResult, refuse};
pub use password_work::PasswordWork;
use password_work::PrecomputeOptions;
pub use queries::record_of;
pub use registration::refuse_terms;

pub mod account_admin;
mod activation;
mod alert_preference;
mod channels;
mod chave_movel;
mod clock;
mod code_limits;
mod codes;
mod contacts;
mod data_erasure;
mod data_export;
mod identity;
mod inbox;
pub mod lists;
mod login;
mod next_steps;
mod notify;
pub mod outcome;
pub mod password_work;
mod phone_code;
pub mod phone_line;
mod profile;
pub mod queries;
mod recovery;
mod registration;
mod second_factor;
pub mod sessions;

/// Answers a request.
///
/// # Errors
/// What went wrong; then nothing has changed.
pub fn handle(store: &Store, actor: &str, request: &Request) -> Result<Reply, Error> {
    if request.op().spec().access != Access::Write
        && let Some(flow) = store.read(|unit| Ok(query(unit, request)))?
    {
        return into_reply(request, flow)?.ok_or_else(|| Error::Bug("a look can't be stale".to_owned()));
    }
    loop {
        let slow = password_work::precompute(store, request, PrecomputeOptions::default())?;
        if let Some(reply) = store.write(actor, |unit| execute(unit, request, &slow))? {
            return Ok(reply);
        }
    }
}

/// Answers one request in a unit of work, with its audit entry; none where its slow work has to be done again, and then nothing
/// was written.
pub(crate) fn execute(unit: &UnitOfWork<'_>, request: &Request, slow: &PasswordWork) -> Result<Option<Reply>, Error> {
    if let Some(flow) = query(unit, request) {
        // It leaves no entry, so what was noted of it must not get into the next one.
        unit.notes.clear();
        return into_reply(request, flow);
    }
    let reply = into_reply(request, dispatch(unit, request, slow))?;
    reply.map(|reply| write_audit_entry(unit, request, reply)).transpose()
}

/// A refusal becomes a value here; none stands for a flow that was stale.
pub(crate) fn into_reply(request: &Request, flow: FlowResult<ReplyBody>) -> Result<Option<Reply>, Error> {
    let (op, niss) = (request.op(), request.niss());
    match flow {
        Ok(body) => Ok(Some(Reply::Done(Done { niss, ..Done::new(op, body) }))),
        Err(FlowError::Refused(refusal)) => Ok(Some(Reply::Refused(Refusal { op, niss, ..*refusal }))),
        Err(FlowError::Stale) => Ok(None),
        Err(FlowError::Failed(error)) => Err(error),
    }
}

/// Writes the audit entry of a request that was decided: its number is the request's.
pub(crate) fn write_audit_entry(unit: &UnitOfWork<'_>, request: &Request, reply: Reply) -> Result<Reply, Error> {
    let refused = match &reply {
        Reply::Done(_) => None,
        Reply::Refused(refusal) => {
            if let Some(variant) = refusal.variant {
                unit.notes.add("variant", variant);
            }
            Some(refusal.reason)
        }
    };
    let asked = request.audit_summary();
    if !asked.is_empty() {
        unit.notes.add("asked", asked);
    }
    let concerns = request.niss().or(unit.notes.concerns.take());
    let reply = match reply {
        // It says whose it is.
        Reply::Done(done) if matches!(done.body, ReplyBody::Profile(_)) => Reply::Done(Done { niss: concerns, ..done }),
        Reply::Done(done) => Reply::Done(done),
        Reply::Refused(refusal) => Reply::Refused(refusal),
    };
    let detail = unit.notes.detail.take();
    let detail = (!detail.is_empty()).then_some(serde_json::Value::Object(detail));
    let remark = unit.notes.remark.take();
    let number = audit::add_with(unit, request.op(), concerns, refused, detail.as_ref(), remark.as_deref())?;
    if let (true, Some(niss)) = (unit.notes.forgets.take(), concerns) {
        erased::unlink_subject(unit, niss)?;
    }
    Ok(reply.with_request_id(number))
}

/// Answers a request that changes nothing and has no audit entry. Returns `None` for any other.
fn query(unit: &UnitOfWork<'_>, request: &Request) -> Option<FlowResult<ReplyBody>> {
    let is_query = match request.op().spec().access {
        Access::Read => true,
        Access::Disclosure => unit.sandbox,
        Access::Write => false,
    };
    is_query.then(|| dispatch(unit, request, &PasswordWork::Nothing))
}

/// Calls the procedure of a request.
fn dispatch(unit: &UnitOfWork<'_>, request: &Request, slow: &PasswordWork) -> FlowResult<ReplyBody> {
    match request.op().spec().store {
        StoreKind::Any => {}
        StoreKind::Sandbox if unit.sandbox => {}
        StoreKind::Sandbox => return Err(refuse(Reason::SandboxOnly).hint(NextStep::UseSandbox).into()),
    }
    match request {
        Request::Register(asked) => match asked.procedure() {
            RegistrationProcedure::Portal | RegistrationProcedure::Classic => registration::register(unit, asked),
            RegistrationProcedure::Cmd => chave_movel::register(unit, asked),
        },
        Request::Activate(asked) => activation::activate(unit, asked, slow),
        Request::RecoverRequest(asked) => recovery::request(unit, asked),
        Request::RecoverConfirm(asked) => recovery::confirm(unit, asked, slow),
        Request::Login(asked) => match asked.method() {
            LoginMethod::Password => login::login(unit, asked, slow),
            LoginMethod::Cmd => chave_movel::login(unit, asked),
        },
        Request::Logout(asked) => login::logout(unit, asked),
        Request::PasswordChange(asked) => login::change_password(unit, asked, slow),
        Request::PhoneCodeSet(asked) => phone_code::set(unit, asked),
        Request::PhoneCodeChange(asked) => phone_code::change(unit, asked),
        Request::PhoneCodeVerify(asked) => phone_code::verify(unit, asked),
        Request::PhoneLine(asked) => phone_line::call(unit, asked),
        Request::PhoneLineWhoami(asked) => phone_line::whoami(unit, asked),
        Request::ContactsShow(asked) => contacts::show(unit, asked),
        Request::ContactsUpdate(asked) => contacts::update(unit, asked),
        Request::ContactsConfirm(asked) => contacts::confirm(unit, asked),
        Request::ContactsRemove(asked) => contacts::remove(unit, asked),
        Request::AlertsSet(asked) => alert_preference::set(unit, asked),
        Request::AlertsSend(asked) => inbox::send(unit, asked),
        Request::MessagesList(asked) => inbox::list(unit, asked),
        Request::MessagesShow(asked) => inbox::show(unit, asked),
        Request::ProfileShow(asked) => profile::show(unit, asked),
        Request::AccountUnlock(asked) => account_admin::unlock(unit, asked),
        Request::AccountSuspend(asked) => account_admin::suspend(unit, asked),
        Request::AccountResume(asked) => account_admin::resume(unit, asked),
        Request::AccountReset(asked) => account_admin::reset(unit, asked),
        Request::AccountClose(asked) => account_admin::close(unit, asked),
        Request::AccountErase(asked) => data_erasure::erase(unit, asked),
        Request::AccountExport(asked) => data_export::export(unit, asked),
        Request::CmdEnrol(asked) => chave_movel::provider::enrol(unit, asked),
        Request::CmdRevoke(asked) => chave_movel::provider::revoke(unit, asked),
        Request::PolicySet(asked) => account_admin::set_policy(unit, asked),
        Request::ClockAdvance(asked) => clock::advance(unit, asked),
        Request::ClockSet(asked) => clock::set(unit, asked),
        Request::OutboxShow(asked) => queries::message(unit, asked),
        Request::OutboxCode(asked) => queries::newest_code(unit, asked),
        Request::RegistryShow(asked) => queries::record(unit, asked),
        Request::RegistryCount(_) => queries::count(unit),
        Request::AccountShow(asked) => queries::account(unit, asked),
        Request::ClockShow(_) => clock::show(unit),
    }
}
