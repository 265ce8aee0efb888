//! Access by a session. Commands of account holders require one, and some require a fresh login (ASVS 7.5.1).

use super::{effects, next_steps};
use crate::domain::holder::Holder;
use crate::domain::next_step::{NextStep, SuggestedCommand};
use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::token_id::TokenId;
use crate::domain::vocabulary::{AccountState, ContactKind};
use crate::error::Error;
use crate::flow::context::RequestContext;
use crate::flow::outcome::{FlowResult, refuse};
use crate::reply::{OutstandingTask, Reason, RefusalVariant, ReplyBody, Secret, SessionLine};
use crate::request::{SessionEnd, SessionRequest, SessionToken};
use crate::store::accounts::Account;
use crate::store::sessions::{self, Session};
use crate::store::{UnitOfWork, accounts, contacts, registry};

/// The required age of the login.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// Any open session.
    Any,
    /// A login in the last ten minutes.
    Recent,
}

/// The holder of an open session.
pub struct AuthenticatedHolder {
    /// The session.
    pub session: Session,
    /// The account.
    pub account: Account,
    /// The holder's registry record.
    pub holder: Holder,
}

/// Returns the holder of an open session and records its use. Refuses without one, and in a session that is only for confirming a
/// first contact.
pub fn authenticate(
    unit: &RequestContext<'_>,
    token: Option<&SessionToken>,
    login: Freshness,
) -> FlowResult<AuthenticatedHolder> {
    let inside = authenticate_enrolling(unit, token, login)?;
    match inside.session.enrolment {
        true => {
            Err(refuse(Reason::LoginRequired).variant(RefusalVariant::Enrolment).hint(NextStep::ShowContacts).into())
        }
        false => Ok(inside),
    }
}

/// Like [`authenticate`], and accepts a session for confirming a first contact.
pub fn authenticate_enrolling(
    unit: &RequestContext<'_>,
    token: Option<&SessionToken>,
    login: Freshness,
) -> FlowResult<AuthenticatedHolder> {
    let required = || refuse(Reason::LoginRequired).hint(NextStep::LogInFirst);
    let Some(session) = (match token {
        Some(token) => sessions::find(unit, token.expose())?,
        None => None,
    }) else {
        return Err(required().into());
    };
    unit.record(|record| record.niss = Some(session.niss));
    unit.note(|detail| detail.session = Some(session.created_at));
    if !session.is_open(unit.now) {
        effects::end_session(unit, session.id)?;
        let hint = next_steps::hint_to_log_in_again(unit, session.niss)?;
        return Err(required().variant(RefusalVariant::Ended).hint(hint).into());
    }
    let account = accounts::find(&unit.tx, session.niss)?.filter(|account| account.state == AccountState::Active);
    let Some((account, holder)) = account.zip(registry::find(&unit.tx, session.niss)?) else {
        return Err(required().into());
    };
    if login == Freshness::Recent && unit.now >= session.fresh_until {
        return Err(required()
            .variant(RefusalVariant::Stale)
            .hint(next_steps::hint_to_log_in_again(unit, session.niss)?)
            .into());
    }
    sessions::touch(unit, session.id)?;
    Ok(AuthenticatedHolder { session, account, holder })
}

/// Returns the commands that would work now in the session of a token. Returns `None` if the session is not open. It writes
/// nothing: showing a menu is no use of the session.
pub fn available_commands(unit: &UnitOfWork<'_>, token: &SessionToken) -> Result<Option<Vec<SuggestedCommand>>, Error> {
    let Some(session) = sessions::find(unit, token.expose())? else { return Ok(None) };
    let account = accounts::find(&unit.tx, session.niss)?.filter(|account| account.state == AccountState::Active);
    let holder = registry::find(&unit.tx, session.niss)?;
    let (Some(account), Some(holder), true) = (account, holder, session.is_open(unit.now)) else { return Ok(None) };
    next_steps::commands_in_session(unit, &session, &account, &holder).map(Some)
}

/// Opens a session for an authenticated holder. It ends the session of `old`, if that is the same holder's: the shell that stores
/// the new token forgets the old one. `enrolment` is whether the session is only for confirming a first contact.
pub fn open_session(
    unit: &RequestContext<'_>,
    niss: Niss,
    old: Option<&SessionToken>,
    enrolment: bool,
) -> FlowResult<ReplyBody> {
    let old = old.map(|token| sessions::find(unit, token.expose())).transpose()?.flatten();
    if let Some(old) = old.filter(|old| old.niss == niss) {
        unit.note(|detail| detail.session = Some(old.created_at));
        effects::end_session(unit, old.id)?;
    }
    let (token, session) = effects::open_session(unit, niss, enrolment)?;
    Ok(ReplyBody::LoggedIn {
        session: Secret::new(&token),
        expires_at: session.ends_at,
        idle_expires_at: session.idle_at,
        due: outstanding_tasks(unit, niss)?,
        enrolment,
    })
}

/// Returns the holder's open sessions, oldest login first.
pub fn list(unit: &RequestContext<'_>, asked: &SessionRequest) -> FlowResult<ReplyBody> {
    let inside = authenticate(unit, asked.session.as_ref(), Freshness::Any)?;
    let line = |(session, last_used_at): (Session, Timestamp)| SessionLine {
        id: TokenId(session.id),
        created_at: session.created_at,
        last_used_at,
        expires_at: session.ends_at,
        idle_expires_at: session.idle_at,
        current: session.id == inside.session.id,
    };
    let sessions = sessions::list_open(unit, inside.account.niss)?.into_iter().map(line).collect();
    Ok(ReplyBody::Sessions { sessions })
}

/// Ends a session of the holder, or all except the request's own. Requires a fresh login (ASVS 7.5.2).
///
/// The id of another holder's session is refused like an unknown one.
pub fn end_by_holder(unit: &RequestContext<'_>, asked: &SessionEnd) -> FlowResult<ReplyBody> {
    let inside = authenticate(unit, asked.session.as_ref(), Freshness::Recent)?;
    let niss = inside.account.niss;
    let Some(TokenId(id)) = asked.target else {
        let ended = effects::end_sessions(unit, niss, Some(inside.session.id))?;
        return Ok(ReplyBody::SessionsEnded { ended: ended.into_iter().map(TokenId).collect() });
    };
    let open = sessions::list_open(unit, niss)?;
    let Some((session, _)) = open.into_iter().find(|(session, _)| session.id == id) else {
        return Err(refuse(Reason::NoSession).hint(NextStep::ListSessions).into());
    };
    unit.note(|detail| detail.other_session = Some(session.created_at));
    effects::end_session(unit, id)?;
    Ok(ReplyBody::SessionsEnded { ended: vec![TokenId(id)] })
}

/// Returns the holder of a session token, if there is one. Writes nothing. Used for slow work before the transaction.
pub fn session_holder(unit: &UnitOfWork<'_>, token: Option<&SessionToken>) -> Result<Option<Niss>, Error> {
    let Some(token) = token else { return Ok(None) };
    Ok(sessions::find(unit, token.expose())?.map(|session| session.niss))
}

/// Returns the outstanding tasks of a holder (the ends of 000, 001 and 002): to confirm the registered and the proposed contacts, or
/// to give one. A holder who has said that there is none owes nothing.
pub fn outstanding_tasks(unit: &UnitOfWork<'_>, niss: Niss) -> Result<Vec<OutstandingTask>, Error> {
    let Some(holder) = registry::find(&unit.tx, niss)? else { return Ok(vec![]) };
    let mut has_contact = false;
    for kind in [ContactKind::Email, ContactKind::Mobile] {
        if next_steps::contact_awaiting_proof(&holder, kind, &contacts::find(unit, niss, kind)?).is_some() {
            return Ok(vec![OutstandingTask::Contacts]);
        }
        has_contact |= holder.contact(kind).is_some();
    }
    let has_none = || Ok::<_, Error>(accounts::find(&unit.tx, niss)?.is_some_and(|account| account.no_contacts));
    Ok(if has_contact || has_none()? { vec![] } else { vec![OutstandingTask::Contacts] })
}
