//! The lines of a file, one after the other in a unit of work that holds many: what stands for something is filled in, and the
//! request is answered like any other.

use zeroize::Zeroizing;

use super::memory::Memory;
use super::passwords::{self, Beforehand};
use super::{Flow, Slow, Stop, ended, no, phone_line, record, sessions};
use crate::domain::code::{Code, PhoneCode};
use crate::domain::niss::Niss;
use crate::domain::password::PasswordHash;
use crate::domain::words::{Channel, Method, Purpose};
use crate::error::Error;
use crate::reply::{Body, Done, Hint, Reason, Reply};
use crate::request::line::StandIn;
use crate::request::{Line, Op, Request};
use crate::store::{Store, Unit, codes, outbox};

/// Does the slow work of a line; `foreseen` is the hash that an earlier line of the same holder will leave.
///
/// # Errors
/// Those of the store.
pub fn ahead(store: &Store, line: &Line, foreseen: Option<&PasswordHash>) -> Result<Slow, Error> {
    let holder = line.holder.filter(|_| line.by_login);
    passwords::ahead(store, &line.request, Beforehand { holder, current: foreseen, untimed: true })
}

/// Does the slow work of a line when its turn has come: by then it is known whose session is meant.
///
/// # Errors
/// Those of the store.
pub fn in_turn(store: &Store, line: &Line, memory: &Memory) -> Result<Slow, Error> {
    let holder = line.holder.or_else(|| memory.only_one()).filter(|_| line.by_login);
    passwords::ahead(store, &line.request, Beforehand { holder, current: None, untimed: true })
}

/// Whether a request of this kind has a password to hash or to compare.
pub fn needs_hash(request: &Request) -> bool {
    matches!(request, Request::Login(asked) if asked.method() == Method::Password) || sets_password(request)
}

/// Whether a done request of this kind may leave another password behind.
pub fn sets_password(request: &Request) -> bool {
    matches!(request, Request::Activate(_) | Request::RecoverConfirm(_) | Request::PasswordChange(_))
}

/// Answers a line in its turn; none where its slow work has to be done again, and then nothing was written. The time and the
/// policy of the unit are those in force after it.
///
/// # Errors
/// What went wrong; then nothing of this line was written.
pub fn take(unit: &mut Unit<'_>, line: &Line, slow: &Slow, memory: &mut Memory) -> Result<Option<Reply>, Error> {
    let holder = line.holder.or_else(|| if line.by_login { memory.only_one() } else { None });
    let answered = unit.attempt(|unit| {
        let request = match filled(unit, line, holder, memory) {
            Ok(request) => request,
            Err(Stop::Failed(error)) => return Err(error),
            Err(stop) => {
                let reply = ended(&line.request, Err(stop))?;
                return reply.map(|reply| record(unit, &line.request, reply)).transpose();
            }
        };
        let reply = super::take(unit, &request, slow)?;
        if let Some(reply) = &reply {
            memory.learn(request.niss().or(holder), &request, reply)?;
        }
        Ok(reply)
    })?;
    if matches!(line.request.op(), Op::ClockAdvance | Op::ClockSet | Op::PolicySet) {
        unit.reread()?;
    }
    let mut reply = answered?;
    match &mut reply {
        // It says itself whose it is.
        Some(Reply::Done(Done { body: Body::Caller { .. }, .. })) => {}
        Some(Reply::Done(done)) => done.niss = done.niss.or(holder),
        Some(Reply::Refused(refusal)) => refusal.niss = refusal.niss.or(holder),
        None => {}
    }
    Ok(reply)
}

/// The request with what stands for something filled in.
fn filled(unit: &Unit<'_>, line: &Line, holder: Option<Niss>, memory: &Memory) -> Flow<Request> {
    let mut request = line.request.clone();
    if line.by_login
        && let Some(session) = request.session()
    {
        *session = holder.map(|niss| memory.session(niss)).transpose()?.flatten();
    }
    if line.by_login
        && let Some(call) = request.call()
    {
        *call = holder.map(|niss| memory.call(niss)).transpose()?.flatten();
    }
    let inside = match request.session() {
        Some(session) => sessions::peek(unit, session.as_ref())?,
        None => None,
    };
    if let (Some(named), Some(inside)) = (holder, inside)
        && named != inside
    {
        return Err(no(Reason::LoginRequired).hint(Hint::plain("hint-log-in-first")).into());
    }
    if let (Some(named), Some(call)) = (holder, request.call())
        && phone_line::peek(unit, call.as_ref())?.is_some_and(|caller| caller != named)
    {
        // It is whoever's it is: that it is another's is no answer.
        *call = None;
    }
    if let Some(stand_in) = line.code {
        fill_code(unit, &mut request, stand_in, line.request.niss().or(inside), memory)?;
    }
    Ok(request)
}

fn fill_code(
    unit: &Unit<'_>,
    request: &mut Request,
    stand_in: StandIn,
    niss: Option<Niss>,
    memory: &Memory,
) -> Flow<()> {
    if !unit.sandbox && stand_in != StandIn::PhoneCode {
        return Err(no(Reason::SandboxOnly).variant("outbox").hint(Hint::plain("hint-sandbox")).into());
    }
    let purpose = match request {
        Request::Activate(_) => Purpose::Activation,
        Request::RecoverConfirm(_) => Purpose::Recovery,
        Request::Login(asked) if asked.method() == Method::Password => Purpose::Login,
        Request::Register(_) | Request::Login(_) => Purpose::Cmd,
        Request::ContactsConfirm(asked) if asked.channel == Some(Channel::Sms) => Purpose::ContactMobile,
        _ => Purpose::ContactEmail,
    };
    let code = match (stand_in, niss) {
        (StandIn::Outbox(before), Some(niss)) => outbox::newest_code(unit, niss, Some(purpose), before)?
            .map(|sent| Zeroizing::new(sent.code.expose().to_owned())),
        (StandIn::PhoneCode, Some(niss)) => {
            memory.phone_code(niss)?.map(|digits| Zeroizing::new(digits.expose().to_owned()))
        }
        (StandIn::Wrong, niss) => Some(Zeroizing::new(wrong(unit, niss, purpose, memory)?)),
        // No session, so nobody's code: the request itself says what is missing.
        (_, None) => Some(Zeroizing::new("000000".to_owned())),
    };
    let Some(code) = code else { return Err(no(Reason::NoCode).hint(Hint::plain("hint-no-code")).into()) };
    let bug = |_| Error::Bug("a code that is none".to_owned());
    match request {
        Request::Activate(asked) | Request::RecoverConfirm(asked) => asked.code = Some(code.parse().map_err(bug)?),
        Request::Login(asked) => asked.code = Some(code.parse().map_err(bug)?),
        Request::ContactsConfirm(asked) => asked.code = Some(code.parse().map_err(bug)?),
        Request::Register(asked) => asked.code = Some(code.parse().map_err(bug)?),
        Request::PhoneCodeVerify(asked) | Request::PhoneLine(asked) => {
            asked.code = Some(code.parse::<PhoneCode>().map_err(bug)?)
        }
        _ => {}
    }
    Ok(())
}

/// Six digits that are none of a holder's codes.
fn wrong(unit: &Unit<'_>, niss: Option<Niss>, purpose: Purpose, memory: &Memory) -> Result<String, Error> {
    let Some(niss) = niss else { return Ok("000000".to_owned()) };
    let issued = codes::of(unit, niss, purpose)?;
    let phone_code = memory.phone_code(niss)?;
    let key = unit.key()?;
    for digits in 0..1_000_000_u32 {
        let text = format!("{digits:06}");
        let code: Code = text.parse().map_err(|_| Error::Bug("digits that are no code".to_owned()))?;
        let is_theirs = issued.iter().any(|one| one.is(key, niss, purpose, &code))
            || phone_code.as_ref().is_some_and(|known| known.expose() == text);
        if !is_theirs {
            return Ok(text);
        }
    }
    Err(Error::Bug("a holder with every code".to_owned()))
}
