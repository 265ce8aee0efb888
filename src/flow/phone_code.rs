//! The phone code (003): six digits that the holder sets, changes and removes in a session, and that the phone line verifies.

use super::sessions::{self, AuthenticatedHolder, Freshness};
use super::{effects, lockout, notify};
use crate::domain::code::PhoneCode;
use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::vocabulary::{AccountState, LockoutScope, Notice};
use crate::flow::context::RequestContext;
use crate::flow::outcome::{FlowResult, refuse};
use crate::reply::{FailureCause, Reason, ReplyBody, Secret};
use crate::request::{CheckedPhoneCodeVerify, PhoneCodeChange, SessionRequest};
use crate::store::crypto::key::Mac;
use crate::store::{accounts, registry};

const WHAT: &str = "phone_code";

/// Sets the first phone code, which is shown once (003 C, D, E).
pub fn set(unit: &RequestContext<'_>, asked: &SessionRequest) -> FlowResult<ReplyBody> {
    let inside = sessions::authenticate(unit, asked.session.as_ref(), Freshness::Recent)?;
    if inside.account.phone_code.is_some() {
        return Err(refuse(Reason::PhoneCodeExists).hint(NextStep::ChangePhoneCode).into());
    }
    let drawn = PhoneCode::draw(inside.holder.birth_date, &mut accounts::next_rng(unit, inside.account.niss, WHAT)?);
    store_phone_code(unit, inside, &drawn, Notice::PhoneCodeSet)?;
    Ok(ReplyBody::PhoneCode { phone_code: Some(Secret::new(drawn.expose())) })
}

/// Replaces the phone code, by chosen or random digits. A lockout of the old one ends (003 F).
pub fn change(unit: &RequestContext<'_>, asked: &PhoneCodeChange) -> FlowResult<ReplyBody> {
    let inside = sessions::authenticate(unit, asked.session.as_ref(), Freshness::Recent)?;
    let niss = inside.account.niss;
    let Some(current) = inside.account.phone_code else {
        return Err(refuse(Reason::PhoneCodeMissing).hint(NextStep::SetPhoneCode).into());
    };
    let key = unit.key()?;
    if let Some(chosen) = &asked.new_code {
        if chosen.is_trivial(inside.holder.birth_date) {
            return Err(refuse(Reason::PhoneCodeTrivial).hint(NextStep::ChooseOtherDigits).into());
        }
        if key.verify(&current, WHAT, niss, chosen.expose()) {
            return Err(refuse(Reason::PhoneCodeUnchanged).hint(NextStep::ChooseOtherDigits).into());
        }
        store_phone_code(unit, inside, chosen, Notice::PhoneCodeChanged)?;
        return Ok(ReplyBody::PhoneCode { phone_code: None });
    }
    let mut random = accounts::next_rng(unit, niss, WHAT)?;
    let drawn = loop {
        let drawn = PhoneCode::draw(inside.holder.birth_date, &mut random);
        if !key.verify(&current, WHAT, niss, drawn.expose()) {
            break drawn;
        }
    };
    store_phone_code(unit, inside, &drawn, Notice::PhoneCodeChanged)?;
    Ok(ReplyBody::PhoneCode { phone_code: Some(Secret::new(drawn.expose())) })
}

/// Removes the phone code. Open calls end, and so does a lockout. The notice is that of a change, with a text of its own.
pub fn remove(unit: &RequestContext<'_>, asked: &SessionRequest) -> FlowResult<ReplyBody> {
    let inside = sessions::authenticate(unit, asked.session.as_ref(), Freshness::Recent)?;
    if inside.account.phone_code.is_none() {
        return Err(refuse(Reason::PhoneCodeMissing).hint(NextStep::SetPhoneCode).into());
    }
    replace_phone_code(unit, inside, None, Notice::PhoneCodeChanged, "phone_code_changed-removed")?;
    Ok(ReplyBody::Nothing {})
}

fn store_phone_code(
    unit: &RequestContext<'_>,
    inside: AuthenticatedHolder,
    code: &PhoneCode,
    notice: Notice,
) -> FlowResult<()> {
    let mac = unit.key()?.mac(WHAT, inside.account.niss, code.expose());
    replace_phone_code(unit, inside, Some(mac), notice, notice.as_str())
}

fn replace_phone_code(
    unit: &RequestContext<'_>,
    inside: AuthenticatedHolder,
    phone_code: Option<Mac>,
    notice: Notice,
    text: &str,
) -> FlowResult<()> {
    let niss = inside.account.niss;
    // Callers on the line were identified by the old digits.
    effects::end_calls(unit, niss)?;
    effects::change_account(unit, inside.account, |account| account.phone_code = phone_code)?;
    lockout::reset(unit, niss, LockoutScope::PhoneCode)?;
    notify::send_notice_as(unit, &inside.holder, notice, text)?;
    Ok(())
}

/// Verifies the digits that a caller typed, for the phone line (003 G).
pub fn verify(unit: &RequestContext<'_>, asked: CheckedPhoneCodeVerify<'_>) -> FlowResult<ReplyBody> {
    compare(unit, *asked.niss, asked.code)?;
    Ok(ReplyBody::Nothing {})
}

/// Refuses unless the digits are the holder's phone code. An unknown NISS, a holder without a phone code and wrong
/// digits have the same answer.
pub fn compare(unit: &RequestContext<'_>, niss: Niss, typed: &PhoneCode) -> FlowResult<()> {
    let attempt = lockout::check(unit, niss, LockoutScope::PhoneCode)?;
    let account = accounts::find(&unit.tx, niss)?;
    let stored = account.as_ref().filter(|account| account.state == AccountState::Active).and_then(|it| it.phone_code);
    // The comparison runs without a stored code too, so that the time does not reveal whether there is one.
    let right = unit.key()?.verify(&stored.unwrap_or_default(), WHAT, niss, typed.expose()) && stored.is_some();
    if right && registry::find(&unit.tx, niss)?.is_some_and(|holder| holder.is_active()) {
        attempt.record_success(unit)?;
        return Ok(());
    }
    unit.note(|detail| {
        detail.cause = Some(match stored.is_some() {
            true => FailureCause::WrongDigits,
            false => FailureCause::NoPhoneCode,
        })
    });
    if let (true, Some(account)) = (attempt.record_failure(unit)?, account) {
        // 63B 3.2.2: the code is disabled, and the holder sets another.
        effects::change_account(unit, account, |account| account.phone_code = None)?;
    }
    Err(refuse(Reason::PhoneCodeWrong).hint(NextStep::CheckPhoneCode).into())
}
