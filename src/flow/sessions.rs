//! What a session lets in: commands that change an account from within want one, some of them a fresh one (ASVS 7.5.1).

use super::next_steps;
use crate::domain::holder::Holder;
use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::vocabulary::{AccountState, ContactKind};
use crate::error::Error;
use crate::flow::outcome::{FlowResult, refuse};
use crate::reply::{OutstandingTask, Reason, ReplyBody, Secret};
use crate::request::SessionToken;
use crate::store::accounts::Account;
use crate::store::sessions::{self, Session};
use crate::store::{UnitOfWork, accounts, contacts, registry};

/// How recent the login must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// Any that still stands.
    Any,
    /// One of the last ten minutes.
    Recent,
}

/// Who is inside.
pub struct AuthenticatedHolder {
    /// The session.
    pub session: Session,
    /// The account.
    pub account: Account,
    /// The holder's record.
    pub holder: Holder,
}

/// Lets in who has a session that stands, and counts it as used.
pub fn authenticate(
    unit: &UnitOfWork<'_>,
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
    unit.notes.concerns.set(Some(session.niss));
    unit.notes.add("session", session.created_at.to_string());
    if unit.now >= session.idle_at || unit.now >= session.ends_at {
        sessions::end(unit, session.id)?;
        let hint = next_steps::hint_to_log_in_again(unit, session.niss)?;
        return Err(required().variant("ended").hint(hint).into());
    }
    let account = accounts::find(&unit.tx, session.niss)?.filter(|account| account.state == AccountState::Active);
    let Some((account, holder)) = account.zip(registry::find(&unit.tx, session.niss)?) else {
        return Err(required().into());
    };
    if login == Freshness::Recent && unit.now >= session.fresh_until {
        return Err(required().variant("stale").hint(next_steps::hint_to_log_in_again(unit, session.niss)?).into());
    }
    sessions::touch(unit, session.id)?;
    Ok(AuthenticatedHolder { session, account, holder })
}

/// The session of who has proved to be the holder.
pub fn open_session(unit: &UnitOfWork<'_>, niss: Niss) -> FlowResult<ReplyBody> {
    let (token, session) = sessions::open(unit, niss)?;
    Ok(ReplyBody::LoggedIn {
        session: Secret::new(&token),
        expires_at: session.ends_at,
        idle_expires_at: session.idle_at,
        due: outstanding_tasks(unit, niss)?,
    })
}

/// Whose session a token is, if it stands; nothing is written. For slow work, which is decided later.
pub fn session_holder(unit: &UnitOfWork<'_>, token: Option<&SessionToken>) -> Result<Option<Niss>, Error> {
    let Some(token) = token else { return Ok(None) };
    Ok(sessions::find(unit, token.expose())?.map(|session| session.niss))
}

/// What a holder still owes: to confirm the registered contacts (the ends of 000, 001 and 002).
pub fn outstanding_tasks(unit: &UnitOfWork<'_>, niss: Niss) -> Result<Vec<OutstandingTask>, Error> {
    let Some(holder) = registry::find(&unit.tx, niss)? else { return Ok(vec![]) };
    for contact in [ContactKind::Email, ContactKind::Mobile] {
        if holder.contact(contact).is_some() && contacts::find(unit, niss, contact)?.confirmed_at.is_none() {
            return Ok(vec![OutstandingTask::Contacts]);
        }
    }
    Ok(vec![])
}
