//! Chave Móvel Digital at the service (002, last section): registration and login by what the provider hands over. Each takes two
//! calls, with the PIN alone and then with PIN, code and consent. The account that is opened has no password; one can be added.
//!
//! It is another authenticator than the password: a lock of the one does not stop the other (63B 3.2.2 counts them apart), and a
//! second factor is not asked for, as it is two already (DOMAIN.md).

pub mod provider;

use super::{activation, identity, lockout, next_steps, registration, sessions};
use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::vocabulary::{AccountState, AccountType, LockoutScope, Notice, Purpose};
use crate::flow::outcome::{FlowResult, refuse, required};
use crate::reply::{Reason, ReplyBody};
use crate::request::{Login, Register};
use crate::store::accounts::Account;
use crate::store::{UnitOfWork, accounts, codes};
use provider::{AuthStep, Credentials};

/// Opens an account for who the provider says it is: active at once.
pub fn register(unit: &UnitOfWork<'_>, asked: &Register) -> FlowResult<ReplyBody> {
    let (niss, pin) = (*required(asked.niss.as_ref())?, required(asked.pin.as_ref())?);
    let account_type = asked.account_type.unwrap_or(AccountType::Citizen);
    registration::check_terms(asked)?;
    lockout::check(unit, niss, LockoutScope::Identity)?;
    let typed = Credentials { niss, pin, code: asked.code.as_ref(), consent: asked.consent };
    let handed = match provider::authenticate(unit, &typed)? {
        AuthStep::Sent(sent) => return Ok(ReplyBody::TemporaryCode { sent: [sent] }),
        AuthStep::Handed(handed) => handed,
    };
    let holder = identity::verify_identity(unit, niss, &handed.identity_claim())?;
    registration::check_account_type(&holder, account_type)?;
    let before = registration::check_can_register(unit, niss)?;
    registration::save_requested_account(unit, before, niss, account_type, None)?;
    activate_registered(unit, niss)?;
    activation::notify_and_reply_with(unit, niss, Notice::Activated, "activated-cmd")
}

/// The requested account is active, and needs no code any more.
fn activate_registered(unit: &UnitOfWork<'_>, niss: Niss) -> FlowResult<()> {
    let account = required(accounts::find(&unit.tx, niss)?.as_ref())?.clone();
    let activated_at = account.activated_at.or(Some(unit.now));
    accounts::update(unit, &Account { state: AccountState::Active, activated_at, ..account })?;
    activation::apply_proposed_telephone(unit, niss)?;
    for purpose in [Purpose::Activation, Purpose::Recovery] {
        codes::supersede(unit, niss, purpose)?;
    }
    Ok(())
}

/// Opens a session for who the provider says it is. Nobody guesses what it hands over, so a mismatch is not counted, and no
/// stranger's failed checks shut the holder out. Who has proved to be the holder may be told how the account stands.
pub fn login(unit: &UnitOfWork<'_>, asked: &Login) -> FlowResult<ReplyBody> {
    let (niss, pin) = (*required(asked.niss.as_ref())?, required(asked.pin.as_ref())?);
    let typed = Credentials { niss, pin, code: asked.code.as_ref(), consent: asked.consent };
    let handed = match provider::authenticate(unit, &typed)? {
        AuthStep::Sent(sent) => return Ok(ReplyBody::TemporaryCode { sent: [sent] }),
        AuthStep::Handed(handed) => handed,
    };
    identity::match_identity(unit, niss, &handed.identity_claim())?;
    is_active(unit, niss)?;
    sessions::open_session(unit, niss)
}

fn is_active(unit: &UnitOfWork<'_>, niss: Niss) -> FlowResult<()> {
    let register = || next_steps::hint_to_register(unit, niss);
    let refusal = match accounts::find(&unit.tx, niss)?.map(|account| account.state) {
        Some(AccountState::Active) => return Ok(()),
        None => refuse(Reason::NoAccount).variant("login").hint(register()?),
        Some(AccountState::Requested) => {
            refuse(Reason::NotActive).hint(next_steps::hint_to_activate(unit, niss, register()?)?)
        }
        Some(AccountState::Suspended) => refuse(Reason::Suspended).hint(NextStep::Call),
        Some(AccountState::Closed) => refuse(Reason::Closed).hint(NextStep::Call),
    };
    Err(refusal.into())
}
