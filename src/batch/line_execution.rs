//! Executes the lines of a file, one after the other, in a unit of work that holds many lines. Placeholders are
//! replaced first; then a line is handled like any other request.

use zeroize::Zeroizing;

use crate::batch::earlier_tokens::EarlierTokens;
use crate::domain::code::{PhoneCode, VerificationCode};
use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::password::PasswordHash;
use crate::domain::vocabulary::Purpose;
use crate::error::Error;
use crate::flow::context::AuditRecord;
use crate::flow::outcome::{FlowError, FlowResult, refuse};
use crate::flow::password_work::{self, PrecomputeOptions, compares_password, sets_password};
use crate::flow::{PasswordWork, into_reply, phone_line, sessions, write_audit_entry};
use crate::reply::{Done, Reason, RefusalVariant, Reply, ReplyBody};
use crate::request::request_line::CodePlaceholder;
use crate::request::request_line::RequestLine;
use crate::request::{Field, Operation, Request};
use crate::store::{Store, UnitOfWork, codes, outbox};

/// Does the password work of a line ahead of its turn. `foreseen` is the hash that an earlier line of the same holder
/// will set.
pub fn precompute(store: &Store, line: &RequestLine, foreseen: Option<&PasswordHash>) -> Result<PasswordWork, Error> {
    let holder = line.holder.filter(|_| line.uses_earlier_token);
    password_work::precompute(store, &line.request, PrecomputeOptions { holder, current: foreseen, untimed: true })
}

/// Does the password work of a line in its turn, when the holder of its session is known.
pub fn compute_in_turn(store: &Store, line: &RequestLine, memory: &EarlierTokens) -> Result<PasswordWork, Error> {
    let holder = line.holder.or_else(|| memory.only_holder()).filter(|_| line.uses_earlier_token);
    password_work::precompute(store, &line.request, PrecomputeOptions { holder, current: None, untimed: true })
}

/// Returns whether a request of this kind needs a password hash.
pub fn needs_hash(request: &Request) -> bool {
    compares_password(request) || sets_password(request)
}

/// Executes a line in its turn. Returns `None` and writes nothing if its password work is stale. Afterwards the unit
/// has the time and the policy in force after the line.
///
/// # Errors
/// Nothing of the line is written on an error.
pub fn execute(
    unit: &mut UnitOfWork<'_>,
    line: &RequestLine,
    slow: &PasswordWork,
    memory: &mut EarlierTokens,
) -> Result<Option<Reply>, Error> {
    let holder = line.holder.or_else(|| if line.uses_earlier_token { memory.only_holder() } else { None });
    let answered = unit.savepoint(|unit| {
        let request = match substitute_placeholders(unit, line, holder, memory) {
            Ok(request) => request,
            Err(FlowError::Failed(error)) => return Err(error),
            Err(stop) => {
                let reply = into_reply(&line.request, Err(stop))?;
                return reply
                    .map(|reply| write_audit_entry(unit, &line.request, reply, AuditRecord::default()))
                    .transpose();
            }
        };
        let checked = request.check().map_err(Error::Missing)?;
        let reply = crate::flow::execute(unit, &checked, slow)?;
        if let Some(reply) = &reply {
            memory.remember_reply(request.niss().or(holder), &request, reply)?;
        }
        Ok(reply)
    })?;
    if matches!(line.request.op(), Operation::ClockAdvance | Operation::ClockSet | Operation::PolicySet) {
        unit.refresh()?;
    }
    let mut reply = answered?;
    match &mut reply {
        // The body contains the caller's NISS.
        Some(Reply::Done(Done { body: ReplyBody::Caller { .. }, .. })) => {}
        Some(Reply::Done(done)) => done.niss = done.niss.or(holder),
        Some(Reply::Refused(refusal)) => refusal.niss = refusal.niss.or(holder),
        None => {}
    }
    Ok(reply)
}

/// Refuses a line that reads or compares a secret in a dry run with real people.
pub fn refuse_in_dry_run(line: &RequestLine) -> Result<Option<Reply>, Error> {
    let refusal = refuse(Reason::SandboxOnly).variant(RefusalVariant::DryRun).hint(NextStep::UseSandboxOfRegistry);
    into_reply(&line.request, Err(refusal.into()))
}

/// Replaces the placeholders of a request.
fn substitute_placeholders(
    unit: &UnitOfWork<'_>,
    line: &RequestLine,
    holder: Option<Niss>,
    memory: &EarlierTokens,
) -> FlowResult<Request> {
    let mut request = line.request.clone();
    memory.fill_old_session(&mut request)?;
    if line.uses_earlier_token
        && let Some(session) = request.session_slot()
    {
        *session = holder.map(|niss| memory.session(niss)).transpose()?.flatten();
    }
    if line.uses_earlier_token
        && let Some(call) = request.call_slot()
    {
        *call = holder.map(|niss| memory.call(niss)).transpose()?.flatten();
    }
    let inside = match request.session_slot() {
        Some(session) => sessions::session_holder(unit, session.as_ref())?,
        None => None,
    };
    if let (Some(named), Some(inside)) = (holder, inside)
        && named != inside
    {
        return Err(refuse(Reason::LoginRequired).hint(NextStep::LogInFirst).into());
    }
    if let (Some(named), Some(call)) = (holder, request.call_slot())
        && phone_line::call_holder(unit, call.as_ref())?.is_some_and(|caller| caller != named)
    {
        // The reply must not reveal that the call belongs to another holder.
        *call = None;
    }
    if let Some(stand_in) = line.code {
        substitute_code(unit, &mut request, stand_in, line.request.niss().or(inside), memory)?;
    }
    Ok(request)
}

fn substitute_code(
    unit: &UnitOfWork<'_>,
    request: &mut Request,
    stand_in: CodePlaceholder,
    niss: Option<Niss>,
    memory: &EarlierTokens,
) -> FlowResult<()> {
    if !unit.sandbox && stand_in != CodePlaceholder::PhoneCode {
        return Err(refuse(Reason::SandboxOnly).variant(RefusalVariant::Outbox).hint(NextStep::UseSandbox).into());
    }
    let purpose = request.code_purpose();
    let code = match (stand_in, niss) {
        (CodePlaceholder::Outbox(before), Some(niss)) => {
            outbox::newest_code(unit, niss, purpose, before)?.map(|sent| Zeroizing::new(sent.code.expose().to_owned()))
        }
        (CodePlaceholder::PhoneCode, Some(niss)) => {
            memory.phone_code(niss)?.map(|digits| Zeroizing::new(digits.expose().to_owned()))
        }
        (CodePlaceholder::Wrong, niss) => Some(Zeroizing::new(unused_code(unit, niss, purpose, memory)?)),
        // Without a session there is no holder and no code. The request itself reports the missing session.
        (_, None) => Some(Zeroizing::new("000000".to_owned())),
    };
    let Some(code) = code else { return Err(refuse(Reason::NoCode).hint(NextStep::CheckOutbox).into()) };
    let bug = |_| Error::Bug("substituted code is invalid".to_owned());
    if let Some(slot) = request.slot::<VerificationCode>(Field::Code) {
        *slot = Some(code.parse().map_err(bug)?);
    } else if let Some(slot) = request.slot::<PhoneCode>(Field::Code) {
        *slot = Some(code.parse().map_err(bug)?);
    }
    Ok(())
}

/// Returns six digits that differ from all codes of a holder.
fn unused_code(
    unit: &UnitOfWork<'_>,
    niss: Option<Niss>,
    purpose: Option<Purpose>,
    memory: &EarlierTokens,
) -> Result<String, Error> {
    let Some(niss) = niss else { return Ok("000000".to_owned()) };
    let issued = match purpose {
        Some(purpose) => codes::all_for(unit, niss, purpose)?,
        None => vec![],
    };
    let phone_code = memory.phone_code(niss)?;
    let key = unit.key()?;
    for digits in 0..1_000_000_u32 {
        let text = format!("{digits:06}");
        let code: VerificationCode = text.parse().map_err(|_| Error::Bug("generated code is invalid".to_owned()))?;
        let is_theirs = issued.iter().any(|one| purpose.is_some_and(|purpose| one.matches(key, niss, purpose, &code)))
            || phone_code.as_ref().is_some_and(|known| known.expose() == text);
        if !is_theirs {
            return Ok(text);
        }
    }
    Err(Error::Bug("holder has every possible code".to_owned()))
}
