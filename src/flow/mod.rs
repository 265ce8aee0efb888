//! The flows. A flow follows the numbered steps of the specification from top to bottom.
//! Each line continues the request or stops it.
//!
//! [`handle`] answers one request. Slow password work runs first, outside the transaction.
//! All decisions and the audit entry then share one transaction.
//! A refusal stops a flow as an error does, but it is returned as a value. Its counters are committed.

#![deny(clippy::wildcard_enum_match_arm)]

use crate::domain::next_step::NextStep;
use crate::error::Error;
use crate::reply::{Done, Reason, Refusal, Reply, ReplyBody};
use crate::request::checked::{CheckedLogin, CheckedRegister};
use crate::request::operation_spec::{Access, StoreKind};
use crate::request::{CheckedFields, CheckedRequest, Request};
use crate::store::{Store, UnitOfWork, audit, erase_rows as erased, failure_counts, outbox};
use context::{AuditRecord, RequestContext};
use outcome::{FlowError, FlowResult, refuse};
pub use password_work::PasswordWork;
use password_work::PrecomputeOptions;
pub use queries::record_of;
pub use registration::{refuse_summary, refuse_terms};

pub mod account_admin;
mod activation;
mod alert_preference;
mod channels;
mod chave_movel;
mod clock;
mod code_limits;
mod codes;
mod confirmed_contacts;
mod contacts;
pub mod context;
mod data_erasure;
mod data_export;
mod delivery;
mod effects;
mod enrolment;
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
pub fn handle(store: &Store, actor: &str, checked: &CheckedRequest<'_>) -> Result<Reply, Error> {
    let request = checked.request();
    if request.op().spec().access != Access::Write
        && let Some(flow) = store.read(|unit| Ok(query(&RequestContext::new(unit), checked)))?
    {
        return into_reply(request, flow)?.ok_or_else(|| Error::Bug("a look can't be stale".to_owned()));
    }
    loop {
        let slow = password_work::precompute(store, request, PrecomputeOptions::default())?;
        let reply = store.write(actor, |unit| {
            outbox::wipe_expired(unit, outbox::WIPE_PER_REQUEST)?;
            failure_counts::delete_stale(unit, failure_counts::DELETE_PER_REQUEST)?;
            execute(unit, checked, &slow)
        })?;
        if let Some(reply) = reply {
            return Ok(reply);
        }
    }
}

/// Answers one request in a unit of work and writes its audit entry.
///
/// Returns `None`, and writes nothing, if the slow password work must be repeated.
pub(crate) fn execute(
    unit: &UnitOfWork<'_>,
    checked: &CheckedRequest<'_>,
    slow: &PasswordWork,
) -> Result<Option<Reply>, Error> {
    let (context, request) = (RequestContext::new(unit), checked.request());
    if let Some(flow) = query(&context, checked) {
        return into_reply(request, flow);
    }
    let reply = into_reply(request, dispatch(&context, checked, slow))?;
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
            detail.variant = refusal.variant;
            Some(refusal.reason)
        }
    };
    detail.asked = Some(request.audit_summary()).filter(|asked| !asked.is_empty());
    let concerns = request.niss().or(niss);
    let reply = match reply {
        // The request carries no NISS, or need not, so the reply takes it from the audit record.
        Reply::Done(done) if matches!(done.body, ReplyBody::Profile(_) | ReplyBody::Undelivered(_)) => {
            Reply::Done(Done { niss: concerns, ..done })
        }
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
fn query(unit: &RequestContext<'_>, request: &CheckedRequest<'_>) -> Option<FlowResult<ReplyBody>> {
    let is_query = match request.request().op().spec().access {
        Access::Read => true,
        Access::Disclosure => unit.sandbox,
        Access::Write => false,
    };
    is_query.then(|| dispatch(unit, request, &PasswordWork::Nothing))
}

/// Calls the procedure of a request.
fn dispatch(unit: &RequestContext<'_>, request: &CheckedRequest<'_>, slow: &PasswordWork) -> FlowResult<ReplyBody> {
    match request.request().op().spec().store {
        StoreKind::Any => {}
        StoreKind::Sandbox if unit.sandbox => {}
        StoreKind::Sandbox => return Err(refuse(Reason::SandboxOnly).hint(NextStep::UseSandbox).into()),
    }
    match request.fields() {
        CheckedFields::Register(CheckedRegister::Data(asked)) => registration::register(unit, asked),
        CheckedFields::Register(CheckedRegister::Cmd(asked)) => chave_movel::register(unit, asked),
        CheckedFields::Activate(asked) => activation::activate(unit, asked, slow),
        CheckedFields::RecoverRequest(asked) => recovery::request(unit, asked),
        CheckedFields::RecoverConfirm(asked) => recovery::confirm(unit, asked, slow),
        CheckedFields::Login(CheckedLogin::Password(asked)) => login::login(unit, asked, slow),
        CheckedFields::Login(CheckedLogin::Cmd(asked)) => chave_movel::login(unit, asked),
        CheckedFields::Logout(asked) => login::logout(unit, asked),
        CheckedFields::SecondFactorEnrol(asked) => enrolment::enrol(unit, asked, slow),
        CheckedFields::SessionList(asked) => sessions::list(unit, asked),
        CheckedFields::SessionEnd(asked) => sessions::end_by_holder(unit, asked),
        CheckedFields::PasswordChange(asked) => login::change_password(unit, asked, slow),
        CheckedFields::PhoneCodeSet(asked) => phone_code::set(unit, asked),
        CheckedFields::PhoneCodeChange(asked) => phone_code::change(unit, asked),
        CheckedFields::PhoneCodeRemove(asked) => phone_code::remove(unit, asked),
        CheckedFields::PhoneCodeVerify(asked) => phone_code::verify(unit, asked),
        CheckedFields::PhoneLine(asked) => phone_line::call(unit, asked),
        CheckedFields::PhoneLineWhoami(asked) => phone_line::whoami(unit, asked),
        CheckedFields::PhoneLinePayments(asked) => phone_line::payments(unit, asked),
        CheckedFields::ContactsShow(asked) => contacts::show(unit, asked),
        CheckedFields::ContactsUpdate(asked) => contacts::update(unit, asked),
        CheckedFields::ContactsConfirm(asked) => contacts::confirm(unit, asked),
        CheckedFields::ContactsRemove(asked) => contacts::remove(unit, asked),
        CheckedFields::AlertsSet(asked) => alert_preference::set(unit, asked),
        CheckedFields::AlertsSend(asked) => inbox::send(unit, asked),
        CheckedFields::MessagesList(asked) => inbox::list(unit, asked),
        CheckedFields::MessagesCalendar(asked) => inbox::calendar(unit, asked),
        CheckedFields::MessagesShow(asked) => inbox::show(unit, asked),
        CheckedFields::ProfileShow(asked) => profile::show(unit, asked),
        CheckedFields::AccountUnlock(asked) => account_admin::unlock(unit, asked),
        CheckedFields::AccountSuspend(asked) => account_admin::suspend(unit, asked),
        CheckedFields::AccountResume(asked) => account_admin::resume(unit, asked),
        CheckedFields::AccountReset(asked) => account_admin::reset(unit, asked),
        CheckedFields::AccountClose(asked) => account_admin::close(unit, asked),
        CheckedFields::AccountErase(asked) => data_erasure::erase(unit, asked),
        CheckedFields::AccountExport(asked) => data_export::export(unit, asked),
        CheckedFields::CmdEnrol(asked) => chave_movel::provider::enrol(unit, asked),
        CheckedFields::CmdRevoke(asked) => chave_movel::provider::revoke(unit, asked),
        CheckedFields::PolicySet(asked) => account_admin::set_policy(unit, asked),
        CheckedFields::ClockAdvance(asked) => clock::advance(unit, asked),
        CheckedFields::ClockSet(asked) => clock::set(unit, asked),
        CheckedFields::OutboxShow(asked) => queries::message(unit, asked),
        CheckedFields::OutboxReturned(asked) => delivery::returned(unit, asked),
        CheckedFields::OutboxFailed(asked) => delivery::failed(unit, asked),
        CheckedFields::OutboxCode(asked) => queries::newest_code(unit, asked),
        CheckedFields::RegistryShow(asked) => queries::record(unit, asked),
        CheckedFields::RegistryCount(_) => queries::count(unit),
        CheckedFields::AccountShow(asked) => queries::account(unit, *asked.niss),
        CheckedFields::ClockShow(_) => clock::show(unit),
    }
}
