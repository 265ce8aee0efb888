//! Chave Móvel Digital at the service (002, last section): registration and login by what the provider hands over. Each takes two
//! calls, with the PIN alone and then with PIN, code and consent. The account that is opened has no password; one can be added.
//!
//! It is another authenticator than the password: a lock of the one does not stop the other (63B 3.2.2 counts them apart), and a
//! second factor is not asked for, as it is two already (DOMAIN.md).

use super::provider::{self, Step, Typed};
use super::{Flow, activate, given, identity, login, no, register, steps};
use crate::domain::holder::Claim;
use crate::domain::niss::Niss;
use crate::domain::words::{AccountType, Notice, Purpose, State};
use crate::reply::{Body, Hint, Reason};
use crate::request::{Login, Register};
use crate::store::accounts::Account;
use crate::store::cmd::Attributes;
use crate::store::{Unit, accounts, codes};

/// Opens an account for who the provider says it is: active at once.
pub fn register(unit: &Unit<'_>, asked: &Register) -> Flow<Body> {
    let (niss, pin) = (*given(asked.niss.as_ref())?, given(asked.pin.as_ref())?);
    let account_type = asked.account_type.unwrap_or(AccountType::Citizen);
    register::terms_accepted(asked)?;
    identity::not_blocked(unit, niss)?;
    let typed = Typed { niss, pin, code: asked.code.as_ref(), consent: asked.consent };
    let handed = match provider::authenticate(unit, &typed)? {
        Step::Sent(sent) => return Ok(Body::TemporaryCode { sent: [sent] }),
        Step::Handed(handed) => handed,
    };
    let holder = identity::prove(unit, niss, &claim(&handed))?;
    register::account_type_fits(&holder, account_type)?;
    let before = register::may_be_requested(unit, niss)?;
    register::request(unit, before, niss, account_type, None)?;
    open(unit, niss)?;
    activate::told_as(unit, niss, Notice::Activated, "activated-cmd")
}

/// The requested account is active, and needs no code any more.
fn open(unit: &Unit<'_>, niss: Niss) -> Flow<()> {
    let account = given(accounts::find(&unit.tx, niss)?.as_ref())?.clone();
    let activated_at = account.activated_at.or(Some(unit.now));
    accounts::save(unit, &Account { state: State::Active, activated_at, ..account })?;
    activate::keep_telephone(unit, niss)?;
    for purpose in [Purpose::Activation, Purpose::Recovery] {
        codes::supersede(unit, niss, purpose)?;
    }
    Ok(())
}

/// Opens a session for who the provider says it is. Nobody guesses what it hands over, so a mismatch is not counted, and no
/// stranger's failed checks shut the holder out. Who has proved to be the holder may be told how the account stands.
pub fn login(unit: &Unit<'_>, asked: &Login) -> Flow<Body> {
    let (niss, pin) = (*given(asked.niss.as_ref())?, given(asked.pin.as_ref())?);
    let typed = Typed { niss, pin, code: asked.code.as_ref(), consent: asked.consent };
    let handed = match provider::authenticate(unit, &typed)? {
        Step::Sent(sent) => return Ok(Body::TemporaryCode { sent: [sent] }),
        Step::Handed(handed) => handed,
    };
    identity::compare(unit, niss, &claim(&handed))?;
    is_active(unit, niss)?;
    login::opened(unit, niss)
}

fn is_active(unit: &Unit<'_>, niss: Niss) -> Flow<()> {
    let register = || steps::into_none(unit, niss);
    let refusal = match accounts::find(&unit.tx, niss)?.map(|account| account.state) {
        Some(State::Active) => return Ok(()),
        None => no(Reason::NoAccount).variant("login").hint(register()?),
        Some(State::Requested) => no(Reason::NotActive).hint(steps::into_requested(unit, niss, register()?)?),
        Some(State::Suspended) => no(Reason::Suspended).hint(Hint::plain("hint-call")),
        Some(State::Closed) => no(Reason::Closed).hint(Hint::plain("hint-call")),
    };
    Err(refusal.into())
}

/// What is compared with the registry: all that the provider hands over. The NISS was looked up by.
pub fn claim(handed: &Attributes) -> Claim<'_> {
    Claim {
        name: Some(&handed.name),
        birth_date: Some(&handed.birth_date),
        civil_id: Some(&handed.civil_id),
        nif: Some(&handed.nif),
        responsible: None,
    }
}
