//! The phone line from the caller's side (003 G). The digits entered after the announcement identify the caller, by the
//! rule of `phone_code::compare`.
//!
//! An identified caller has a call for a limited time. The operator sees the caller's identity only; the automatic line gives the caller
//! the payments.

use super::{effects, phone_code};
use crate::domain::holder::Holder;
use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::vocabulary::{AccountState, AlertKind};
use crate::error::Error;
use crate::flow::context::RequestContext;
use crate::flow::outcome::{FlowResult, RefusalBuilder, refuse};
use crate::reply::{Reason, ReplyBody, Secret};
use crate::request::{CallRequest, CallToken, CheckedPhoneCodeVerify};
use crate::store::calls::{self, Call};
use crate::store::outbox::alerts;
use crate::store::{UnitOfWork, accounts, registry};

/// Identifies a caller and opens the call.
pub fn call(unit: &RequestContext<'_>, asked: CheckedPhoneCodeVerify<'_>) -> FlowResult<ReplyBody> {
    let (niss, typed): (Niss, _) = (*asked.niss, asked.code);
    phone_code::compare(unit, niss, typed)?;
    let (token, call) = effects::open_call(unit, niss)?;
    Ok(ReplyBody::Identified { call: Secret::new(&token), expires_at: call.ends_at })
}

/// Shows the identified caller.
pub fn whoami(unit: &RequestContext<'_>, asked: &CallRequest) -> FlowResult<ReplyBody> {
    let holder = identified(unit, asked)?;
    Ok(ReplyBody::Caller { niss: holder.niss, name: holder.name.as_str().to_owned(), holder: holder.kind })
}

/// Lists the payments of the identified caller, as the automatic line reads them out (003 G). They do not count as read.
pub fn payments(unit: &RequestContext<'_>, asked: &CallRequest) -> FlowResult<ReplyBody> {
    let holder = identified(unit, asked)?;
    let payments = alerts::AlertFilter { kind: Some(AlertKind::Payment), ..alerts::AlertFilter::default() };
    Ok(ReplyBody::Inbox { inbox: alerts::list(unit, holder.niss, payments)? })
}

/// Returns the identified caller. An unknown call and an ended call have the same answer.
fn identified(unit: &RequestContext<'_>, asked: &CallRequest) -> FlowResult<Holder> {
    let Some(call) = find_call(unit, asked.call.as_ref())? else { return Err(refuse_no_call().into()) };
    unit.record(|record| record.niss = Some(call.niss));
    unit.note(|detail| detail.call = Some(call.created_at));
    match caller_if_active(unit, &call)? {
        Some(holder) => Ok(holder),
        None => {
            effects::end_call(unit, call.id)?;
            Err(refuse_no_call().into())
        }
    }
}

/// Returns the holder of a call token, if there is one. Writes nothing.
pub fn call_holder(unit: &UnitOfWork<'_>, token: Option<&CallToken>) -> Result<Option<Niss>, Error> {
    Ok(find_call(unit, token)?.map(|call| call.niss))
}

fn find_call(unit: &UnitOfWork<'_>, token: Option<&CallToken>) -> Result<Option<Call>, Error> {
    match token {
        Some(token) => calls::find(unit, token.expose()),
        None => Ok(None),
    }
}

/// Returns the holder of an open call. The call has not expired, and account and holder are active.
fn caller_if_active(unit: &UnitOfWork<'_>, call: &Call) -> Result<Option<Holder>, Error> {
    let is_active = accounts::find(&unit.tx, call.niss)?.is_some_and(|account| account.state == AccountState::Active);
    let holder = registry::find(&unit.tx, call.niss)?.filter(Holder::is_active);
    Ok(holder.filter(|_| is_active && unit.now < call.ends_at))
}

fn refuse_no_call() -> RefusalBuilder {
    refuse(Reason::CallRequired).hint(NextStep::IdentifyCaller)
}
