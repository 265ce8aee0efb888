//! The flows. A flow follows the numbered steps of the specification from top to bottom.
//! Each line continues the request or stops it.
//!
//! [`handle`] answers one request. Slow password work runs first, outside the transaction.
//! All decisions and the audit entry then share one transaction.
//! A refusal stops a flow as an error does, but it is returned as a value. Its counters are committed.

#![deny(clippy::wildcard_enum_match_arm)]

use crate::domain::next_step::NextStep;
use crate::domain::vocabulary::{LoginMethod, RegistrationProcedure};
use crate::error::Error;
use crate::reply::{Done, Reason, Refusal, Reply, ReplyBody};
use crate::request::Request;
use crate::request::operation_spec::{Access, StoreKind};
use crate::store::{Store, UnitOfWork, audit, erase_rows as erased, outbox};
use context::{AuditRecord, RequestContext};
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
pub mod context;
mod data_erasure;
mod data_export;
mod effects;
mod identity;
mod inbox;
pub mod lists;
mod lockout;
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
/// Returns an error if the request fails. The transaction of the request is then rolled back.
pub fn handle(store: &Store, actor: &str, request: &Request) -> Result<Reply, Error> {
    if request.op().spec().access != Access::Write
        && let Some(flow) = store.read(|unit| Ok(query(&RequestContext::new(unit), request)))?
    {
        return into_reply(request, flow)?.ok_or_else(|| Error::Bug("a look can't be stale".to_owned()));
    }
    loop {
        let slow = password_work::precompute(store, request, PrecomputeOptions::default())?;
        let reply = store.write(actor, |unit| {
            outbox::wipe_expired(unit, outbox::WIPE_PER_REQUEST)?;
            execute(unit, request, &slow)
        })?;
        if let Some(reply) = reply {
            return Ok(reply);
        }
    }
}

/// Answers one request in a unit of work and writes its audit entry.
///
/// Returns `None`, and writes nothing, if the slow password work must be repeated.
pub(crate) fn execute(unit: &UnitOfWork<'_>, request: &Request, slow: &PasswordWork) -> Result<Option<Reply>, Error> {
    let context = RequestContext::new(unit);
    if let Some(flow) = query(&context, request) {
        return into_reply(request, flow);
    }
    let reply = into_reply(request, dispatch(&context, request, slow))?;
    reply.map(|reply| write_audit_entry(unit, request, reply, context.into_record())).transpose()
}

/// Converts the result of a flow into a reply. A refusal becomes a value, and a stale flow becomes `None`.
pub(crate) fn into_reply(request: &Request, flow: FlowResult<ReplyBody>) -> Result<Option<Reply>, Error> {
    let (op, niss) = (request.op(), request.niss());
    match flow {
        Ok(body) => Ok(Some(Reply::Done(Done { niss, ..Done::new(op, body) }))),
        Err(FlowError::Refused(refusal)) => Ok(Some(Reply::Refused(Refusal { op, niss, ..*refusal }))),
        Err(FlowError::Stale) => Ok(None),
        Err(FlowError::Failed(error)) => Err(error),
    }
}

/// Writes the audit entry of a request. The number of the entry becomes the number of the request.
pub(crate) fn write_audit_entry(
    unit: &UnitOfWork<'_>,
    request: &Request,
    reply: Reply,
    record: AuditRecord,
) -> Result<Reply, Error> {
    let AuditRecord { niss, mut detail, remark, unlinks_holder } = record;
    let refused = match &reply {
        Reply::Done(_) => None,
        Reply::Refused(refusal) => {
            detail.variant = refusal.variant.map(str::to_owned);
            Some(refusal.reason)
        }
    };
    detail.asked = Some(request.audit_summary()).filter(|asked| !asked.is_empty());
    let concerns = request.niss().or(niss);
    let reply = match reply {
        // A profile request carries no NISS, so the reply takes it from the audit record.
        Reply::Done(done) if matches!(done.body, ReplyBody::Profile(_)) => Reply::Done(Done { niss: concerns, ..done }),
        Reply::Done(done) => Reply::Done(done),
        Reply::Refused(refusal) => Reply::Refused(refusal),
    };
    let detail = Some(detail).filter(|detail| !detail.is_empty());
    let number = audit::add_with(unit, request.op(), concerns, refused, detail.as_ref(), remark.as_deref())?;
    if let (true, Some(niss)) = (unlinks_holder, concerns) {
        erased::unlink_subject(unit, niss)?;
    }
    Ok(reply.with_request_id(number))
}

/// Answers a request that changes nothing and has no audit entry. Returns `None` for any other.
fn query(unit: &RequestContext<'_>, request: &Request) -> Option<FlowResult<ReplyBody>> {
    let is_query = match request.op().spec().access {
        Access::Read => true,
        Access::Disclosure => unit.sandbox,
        Access::Write => false,
    };
    is_query.then(|| dispatch(unit, request, &PasswordWork::Nothing))
}

/// Calls the procedure of a request.
fn dispatch(unit: &RequestContext<'_>, request: &Request, slow: &PasswordWork) -> FlowResult<ReplyBody> {
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
