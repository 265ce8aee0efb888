//! The phone line's six digits (003): set and changed from within, verified by the line's side.

use super::sessions::{self, Inside, Login};
use super::{Flow, given, no, notify};
use crate::domain::code::PhoneCode;
use crate::domain::niss::Niss;
use crate::domain::time::Time;
use crate::domain::words::{Guard, Notice, State};
use crate::reply::{Body, Hint, Reason, Secret};
use crate::request::{InSession, PhoneCodeChange, PhoneCodeVerify};
use crate::store::accounts::{self, Account};
use crate::store::guards::{self, Count};
use crate::store::{Unit, calls, registry};

const WHAT: &str = "phone_code";

/// The first six digits, at once and shown once (003 C, D, E).
pub fn set(unit: &Unit<'_>, asked: &InSession) -> Flow<Body> {
    let inside = sessions::enter(unit, asked.session.as_ref(), Login::Fresh)?;
    if inside.account.phone_code.is_some() {
        return Err(no(Reason::PhoneCodeExists).hint(Hint::plain("hint-change-phone-code")).into());
    }
    let drawn = PhoneCode::draw(inside.holder.birth_date, &mut accounts::draw(unit, inside.account.niss, WHAT)?);
    keep(unit, inside, &drawn, Notice::PhoneCodeSet)?;
    Ok(Body::PhoneCode { phone_code: Some(Secret::new(drawn.expose())) })
}

/// Other digits, chosen or drawn; a block of the old ones ends with them (003 F).
pub fn change(unit: &Unit<'_>, asked: &PhoneCodeChange) -> Flow<Body> {
    let inside = sessions::enter(unit, asked.session.as_ref(), Login::Fresh)?;
    let niss = inside.account.niss;
    let Some(current) = inside.account.phone_code else {
        return Err(no(Reason::PhoneCodeMissing).hint(Hint::plain("hint-set-phone-code")).into());
    };
    let key = unit.key()?;
    if let Some(chosen) = &asked.new_code {
        if chosen.is_trivial(inside.holder.birth_date) {
            return Err(no(Reason::PhoneCodeTrivial).hint(Hint::plain("hint-other-digits")).into());
        }
        if key.is(&current, WHAT, niss, chosen.expose()) {
            return Err(no(Reason::PhoneCodeUnchanged).hint(Hint::plain("hint-other-digits")).into());
        }
        keep(unit, inside, chosen, Notice::PhoneCodeChanged)?;
        return Ok(Body::PhoneCode { phone_code: None });
    }
    let mut random = accounts::draw(unit, niss, WHAT)?;
    let drawn = loop {
        let drawn = PhoneCode::draw(inside.holder.birth_date, &mut random);
        if !key.is(&current, WHAT, niss, drawn.expose()) {
            break drawn;
        }
    };
    keep(unit, inside, &drawn, Notice::PhoneCodeChanged)?;
    Ok(Body::PhoneCode { phone_code: Some(Secret::new(drawn.expose())) })
}

fn keep(unit: &Unit<'_>, inside: Inside, code: &PhoneCode, notice: Notice) -> Flow<()> {
    let niss = inside.account.niss;
    let mac = unit.key()?.mac(WHAT, niss, code.expose());
    // Who is on the line was identified by the old digits.
    calls::end_all(unit, niss)?;
    accounts::save(unit, &Account { phone_code: Some(mac), ..inside.account })?;
    guards::save(unit, niss, Guard::PhoneCode, &Count::default())?;
    notify::tell(unit, &inside.holder, notice)?;
    Ok(())
}

/// The line's side: the digits that a caller typed (003 G).
pub fn verify(unit: &Unit<'_>, asked: &PhoneCodeVerify) -> Flow<Body> {
    compare(unit, *given(asked.niss.as_ref())?, given(asked.code.as_ref())?)?;
    Ok(Body::Nothing {})
}

/// Whether a caller is the holder, by the digits that were typed: the one rule, whoever asks. One answer for an unknown NISS, none
/// set, and wrong digits.
pub fn compare(unit: &Unit<'_>, niss: Niss, typed: &PhoneCode) -> Flow<()> {
    let mut count = guards::find(unit, niss, Guard::PhoneCode)?;
    if let Some(until) = count.block(unit.now) {
        unit.notes.counted(count.failures, unit.policy.phone_code_failures);
        unit.notes.until(until);
        return Err(no(Reason::PhoneCodeBlocked).hint(Hint::plain("hint-phone-code-blocked")).into());
    }
    let account = accounts::find(&unit.tx, niss)?.filter(|account| account.state == State::Active);
    let kept = account.and_then(|account| account.phone_code);
    // Compared with something even where nothing is kept, so that the time tells nothing.
    let right = unit.key()?.is(&kept.unwrap_or_default(), WHAT, niss, typed.expose()) && kept.is_some();
    if right && registry::find(&unit.tx, niss)?.is_some_and(|holder| holder.is_active()) {
        guards::save(unit, niss, Guard::PhoneCode, &Count::default())?;
        return Ok(());
    }
    count.failures += 1;
    unit.notes.add("cause", if kept.is_some() { "wrong_digits" } else { "no_phone_code" });
    unit.notes.counted(count.failures, unit.policy.phone_code_failures);
    if count.failures >= unit.policy.phone_code_failures {
        count.blocked_until = Some(Time::NEVER);
        unit.notes.until(Time::NEVER);
    }
    guards::save(unit, niss, Guard::PhoneCode, &count)?;
    if count.blocked_until.is_some() && kept.is_some() {
        notify::block(unit, niss, Notice::PhoneCodeBlocked, None)?;
    }
    Err(no(Reason::PhoneCodeWrong).hint(Hint::plain("hint-check-phone-code")).into())
}
