//! The phone line's six digits (003): set and changed from within, verified by the line's side.

use super::notify;
use super::sessions::{self, AuthenticatedHolder, Freshness};
use crate::domain::code::PhoneCode;
use crate::domain::next_step::NextStep;
use crate::domain::niss::Niss;
use crate::domain::time::Timestamp;
use crate::domain::vocabulary::{AccountState, LockoutScope, Notice};
use crate::flow::outcome::{FlowResult, refuse, required};
use crate::reply::{Reason, ReplyBody, Secret};
use crate::request::{PhoneCodeChange, PhoneCodeVerify, SessionRequest};
use crate::store::accounts::{self, Account};
use crate::store::failure_counts::{self, FailureCount};
use crate::store::{UnitOfWork, calls, registry};

const WHAT: &str = "phone_code";

/// The first six digits, at once and shown once (003 C, D, E).
pub fn set(unit: &UnitOfWork<'_>, asked: &SessionRequest) -> FlowResult<ReplyBody> {
    let inside = sessions::authenticate(unit, asked.session.as_ref(), Freshness::Recent)?;
    if inside.account.phone_code.is_some() {
        return Err(refuse(Reason::PhoneCodeExists).hint(NextStep::ChangePhoneCode).into());
    }
    let drawn = PhoneCode::draw(inside.holder.birth_date, &mut accounts::next_rng(unit, inside.account.niss, WHAT)?);
    store_phone_code(unit, inside, &drawn, Notice::PhoneCodeSet)?;
    Ok(ReplyBody::PhoneCode { phone_code: Some(Secret::new(drawn.expose())) })
}

/// Other digits, chosen or drawn; a block of the old ones ends with them (003 F).
pub fn change(unit: &UnitOfWork<'_>, asked: &PhoneCodeChange) -> FlowResult<ReplyBody> {
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

fn store_phone_code(
    unit: &UnitOfWork<'_>,
    inside: AuthenticatedHolder,
    code: &PhoneCode,
    notice: Notice,
) -> FlowResult<()> {
    let niss = inside.account.niss;
    let mac = unit.key()?.mac(WHAT, niss, code.expose());
    // Who is on the line was identified by the old digits.
    calls::end_all(unit, niss)?;
    accounts::update(unit, &Account { phone_code: Some(mac), ..inside.account })?;
    failure_counts::save(unit, niss, LockoutScope::PhoneCode, &FailureCount::default())?;
    notify::send_notice(unit, &inside.holder, notice)?;
    Ok(())
}

/// The line's side: the digits that a caller typed (003 G).
pub fn verify(unit: &UnitOfWork<'_>, asked: &PhoneCodeVerify) -> FlowResult<ReplyBody> {
    compare(unit, *required(asked.niss.as_ref())?, required(asked.code.as_ref())?)?;
    Ok(ReplyBody::Nothing {})
}

/// Whether a caller is the holder, by the digits that were typed: the one rule, whoever asks. One answer for an unknown NISS, none
/// set, and wrong digits.
pub fn compare(unit: &UnitOfWork<'_>, niss: Niss, typed: &PhoneCode) -> FlowResult<()> {
    let mut count = failure_counts::find(unit, niss, LockoutScope::PhoneCode)?;
    if let Some(until) = count.blocked_until(unit.now) {
        unit.notes.add_count(count.failures, unit.policy.phone_code_failures);
        unit.notes.add_blocked_until(until);
        return Err(refuse(Reason::PhoneCodeBlocked).hint(NextStep::ChangeOrUnlockPhoneCode).into());
    }
    let account = accounts::find(&unit.tx, niss)?.filter(|account| account.state == AccountState::Active);
    let stored = account.and_then(|account| account.phone_code);
    // Compared with something even where nothing is kept, so that the time tells nothing.
    let right = unit.key()?.verify(&stored.unwrap_or_default(), WHAT, niss, typed.expose()) && stored.is_some();
    if right && registry::find(&unit.tx, niss)?.is_some_and(|holder| holder.is_active()) {
        failure_counts::save(unit, niss, LockoutScope::PhoneCode, &FailureCount::default())?;
        return Ok(());
    }
    count.failures += 1;
    unit.notes.add("cause", if stored.is_some() { "wrong_digits" } else { "no_phone_code" });
    unit.notes.add_count(count.failures, unit.policy.phone_code_failures);
    if count.failures >= unit.policy.phone_code_failures {
        count.blocked_until = Some(Timestamp::FAR_FUTURE);
        unit.notes.add_blocked_until(Timestamp::FAR_FUTURE);
    }
    failure_counts::save(unit, niss, LockoutScope::PhoneCode, &count)?;
    if count.blocked_until.is_some() && stored.is_some() {
        notify::send_lockout_notice(unit, niss, Notice::PhoneCodeBlocked, None)?;
    }
    Err(refuse(Reason::PhoneCodeWrong).hint(NextStep::CheckPhoneCode).into())
}
