//! Registration and login by Chave Móvel Digital (002, last section), from the data that the provider returns.
//!
//! Each takes two calls: the PIN alone, then the PIN with code and consent. The new account has no password; one can be
//! added.
//!
//! It is a separate authenticator from the password. A lockout of one does not affect the other (63B 3.2.2 counts them
//! apart). It has two factors already, so no second factor is required.

pub mod provider;

use super::{activation, identity, lockout, next_steps, registration, sessions};
use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::vocabulary::{AccountState, AccountType, LockoutScope, Notice, Purpose};
use crate::error::Error;
use crate::flow::context::RequestContext;
use crate::flow::effects;
use crate::flow::outcome::{FlowResult, refuse};
use crate::reply::{Reason, RefusalVariant, ReplyBody};
use crate::request::checked::{LoginByCmd, RegisterByCmd};
use crate::store::accounts;
use provider::{AuthStep, Credentials};

/// Opens an active account for the holder that the provider has authenticated.
pub fn register(unit: &RequestContext<'_>, asked: RegisterByCmd<'_>) -> FlowResult<ReplyBody> {
    let RegisterByCmd { niss, pin, .. } = asked;
    let account_type = asked.account_type.unwrap_or(AccountType::Citizen);
    registration::check_terms(&asked)?;
    lockout::check(unit, niss, LockoutScope::Identity)?;
    let typed = Credentials { niss, pin, code: asked.code.as_ref(), consent: asked.consent };
    let (handed, code) = match provider::authenticate(unit, &typed)? {
        AuthStep::Sent(sent) => return Ok(ReplyBody::TemporaryCode { sent: [sent] }),
        AuthStep::Handed(handed, code) => (handed, code),
    };
    let holder = identity::verify_identity(unit, niss, &handed.identity_claim());
    if let Ok(holder) = &holder {
        // The code stays valid for the right type, which the holder may not have known.
        registration::check_account_type(holder, account_type)?;
    }
    provider::use_up(unit, niss, &code)?;
    holder?;
    let before = registration::check_can_register(unit, niss)?;
    registration::save_requested_account(unit, before, niss, account_type, None)?;
    activate_registered(unit, niss)?;
    activation::notify_and_reply_with(unit, niss, Notice::Activated, "activated-cmd")
}

/// Activates the requested account and supersedes its open codes.
fn activate_registered(unit: &RequestContext<'_>, niss: Niss) -> FlowResult<()> {
    let account = accounts::find(&unit.tx, niss)?;
    let account = account.ok_or_else(|| Error::Bug("the requested account was not stored".to_owned()))?;
    let activated_at = account.activated_at.or(Some(unit.now));
    effects::change_account(unit, account, |account| {
        account.state = AccountState::Active;
        account.activated_at = activated_at;
    })?;
    activation::apply_proposed_telephone(unit, niss)?;
    for purpose in [Purpose::Activation, Purpose::Recovery] {
        effects::supersede_code(unit, niss, purpose)?;
    }
    Ok(())
}

/// Opens a session for the holder that the provider has authenticated. The provider's data cannot be guessed. So a
/// mismatch is not counted, and a lockout of the identity check has no effect. An authenticated holder may see the
/// account's state.
pub fn login(unit: &RequestContext<'_>, asked: LoginByCmd<'_>) -> FlowResult<ReplyBody> {
    let LoginByCmd { niss, pin, .. } = asked;
    let typed = Credentials { niss, pin, code: asked.code.as_ref(), consent: asked.consent };
    let handed = match provider::authenticate(unit, &typed)? {
        AuthStep::Sent(sent) => return Ok(ReplyBody::TemporaryCode { sent: [sent] }),
        AuthStep::Handed(handed, code) => {
            provider::use_up(unit, niss, &code)?;
            handed
        }
    };
    identity::match_identity(unit, niss, &handed.identity_claim())?;
    is_active(unit, niss)?;
    sessions::open_session(unit, niss, asked.old_session.as_ref(), false)
}

fn is_active(unit: &RequestContext<'_>, niss: Niss) -> FlowResult<()> {
    let register = || next_steps::hint_to_register(unit, niss);
    let refusal = match accounts::find(&unit.tx, niss)?.map(|account| account.state) {
        Some(AccountState::Active) => return Ok(()),
        None => refuse(Reason::NoAccount).variant(RefusalVariant::Login).hint(register()?),
        Some(AccountState::Requested) => {
            refuse(Reason::NotActive).hint(next_steps::hint_to_activate(unit, niss, register()?)?)
        }
        Some(AccountState::Suspended) => refuse(Reason::Suspended).hint(NextStep::Call),
        Some(AccountState::Closed) => refuse(Reason::Closed).hint(NextStep::Call),
    };
    Err(refusal.into())
}
