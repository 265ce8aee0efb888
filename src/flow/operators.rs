//! What operators do to accounts and to the policy. Each change wants a reason, which the audit keeps; the holder is told.
//! Nobody but the holder ever chooses a password (ASVS 6.4.6): the way back is a reset, which sends a code.

use super::codes::is_dead;
use super::{Flow, codes, given, no, notify};
use crate::domain::flaw::Flaw;
use crate::domain::holder::Holder;
use crate::domain::niss::Niss;
use crate::domain::policy::{SETTINGS, Setting};
use crate::domain::time::Time;
use crate::domain::words::{Guard, Notice, Purpose, State};
use crate::error::Error;
use crate::reply::{Body, Hint, Reason};
use crate::request::{Operator, PolicySet, Text};
use crate::store::accounts::Account;
use crate::store::guards::{self, Count};
use crate::store::{Unit, accounts, calls, codes as issued, policy, registry, sessions};
use crate::text::Fact;

/// Lifts every block of a holder, known or not; a code that died of wrong attempts is good again too, if it has not expired. A
/// password that died of a hundred failures stays dead, and towards those hundred the failures still count (63B 3.2.2).
pub fn unlock(unit: &Unit<'_>, asked: &Operator) -> Flow<Body> {
    let niss = for_a_reason(unit, asked)?;
    let mut lifted = vec![];
    for what in Guard::ALL {
        let count = guards::find(unit, niss, *what)?;
        if *what == Guard::Login && count.block(unit.now) == Some(Time::NEVER) {
            continue;
        }
        let dead = match what.purpose() {
            Some(purpose) => is_dead(unit, &count, issued::newest(unit, niss, purpose)?.as_ref()),
            None => false,
        };
        if dead || count.block(unit.now).is_some() {
            lifted.push(*what);
        }
        let failures = if *what == Guard::Login { count.failures } else { 0 };
        guards::save(unit, niss, *what, &Count { failures, ..Count::default() })?;
    }
    Ok(Body::Unlocked { lifted })
}

/// Holds an active account: its sessions end, and nobody logs in.
pub fn suspend(unit: &Unit<'_>, asked: &Operator) -> Flow<Body> {
    let (account, holder) = account(unit, for_a_reason(unit, asked)?)?;
    match account.state {
        State::Active => {}
        State::Requested => return Err(no(Reason::NotActive).hint(of(account.niss, "hint-look")).into()),
        State::Suspended => return Err(no(Reason::Suspended).hint(of(account.niss, "hint-resume")).into()),
        State::Closed => return Err(no(Reason::Closed).hint(back(&account, &holder)).into()),
    }
    sessions::end_all(unit, account.niss, None)?;
    calls::end_all(unit, account.niss)?;
    turn(unit, account, &holder, State::Suspended, Notice::Suspended)
}

/// Lets a suspended account go.
pub fn resume(unit: &Unit<'_>, asked: &Operator) -> Flow<Body> {
    let (account, holder) = account(unit, for_a_reason(unit, asked)?)?;
    match account.state {
        State::Suspended => turn(unit, account, &holder, State::Active, Notice::Resumed),
        State::Closed => Err(no(Reason::Closed).hint(back(&account, &holder)).into()),
        State::Requested | State::Active => Err(no(Reason::NotSuspended).hint(of(account.niss, "hint-look")).into()),
    }
}

/// Ends an account: its password, its phone code and its sessions are gone.
pub fn close(unit: &Unit<'_>, asked: &Operator) -> Flow<Body> {
    let (account, holder) = account(unit, for_a_reason(unit, asked)?)?;
    if account.state == State::Closed {
        return Err(no(Reason::Closed).hint(back(&account, &holder)).into());
    }
    end(unit, account, &holder)?;
    Ok(Body::State { state: State::Closed })
}

/// Ends an account, for an operator or because the registry says that its holder is no more.
pub fn end(unit: &Unit<'_>, account: Account, holder: &Holder) -> Result<(), Error> {
    sessions::end_all(unit, account.niss, None)?;
    calls::end_all(unit, account.niss)?;
    let niss = account.niss;
    accounts::save(unit, &Account { state: State::Closed, password: None, phone_code: None, ..account })?;
    // The authentication provider's code is not the account's.
    for purpose in Purpose::ALL.iter().filter(|purpose| **purpose != Purpose::Cmd) {
        issued::supersede(unit, niss, *purpose)?;
    }
    notify::tell(unit, holder, Notice::Closed)
}

/// Back to `requested`, from any state: without password, phone code and sessions, with a new activation code by the best
/// registered channel. The best is the one whose code lives longest, as the holder does not sit waiting for it.
pub fn reset(unit: &Unit<'_>, asked: &Operator) -> Flow<Body> {
    let (account, holder) = account(unit, for_a_reason(unit, asked)?)?;
    if !holder.is_active() {
        return Err(no(Reason::HolderInactive).hint(Hint::plain("hint-import")).into());
    }
    let Some(channel) = holder.channels().first().copied() else {
        return Err(no(Reason::NoChannel).variant("reset").hint(Hint::plain("hint-import")).into());
    };
    sessions::end_all(unit, account.niss, None)?;
    calls::end_all(unit, account.niss)?;
    // The authentication provider's counts are not the account's.
    for what in Guard::ALL.iter().filter(|what| !matches!(what, Guard::CmdPin | Guard::CmdCode)) {
        guards::save(unit, account.niss, *what, &Count::default())?;
    }
    issued::supersede(unit, account.niss, Purpose::Recovery)?;
    issued::supersede(unit, account.niss, Purpose::Login)?;
    let account = Account { state: State::Requested, activated_at: None, password: None, phone_code: None, ..account };
    accounts::save(unit, &account)?;
    notify::tell(unit, &holder, Notice::Reset)?;
    let sent = codes::issue(unit, &holder, Purpose::Activation, channel, None)?;
    Ok(sent.told(State::Requested, channel))
}

/// Changes a number of the policy, for what is issued from then on.
pub fn set_policy(unit: &Unit<'_>, asked: &PolicySet) -> Flow<Body> {
    let (Text(key), Text(value)) = (given(asked.key.as_ref())?, given(asked.value.as_ref())?);
    let setting = Setting::find(key).ok_or_else(|| {
        let known = SETTINGS.iter().map(|setting| setting.key);
        Error::no_such_word(key.escape_debug().to_string(), Flaw::NoSuchSetting, key, known)
    })?;
    let mut changed = unit.policy.clone();
    setting.change(&mut changed, value, unit.bounds()).map_err(|flaw| Error::malformed(setting.key, flaw))?;
    if !unit.sandbox {
        unit.policy.may_become(&changed).map_err(|flaw| Error::malformed(setting.key, flaw))?;
    }
    unit.notes.add("key", setting.key);
    unit.notes.add("from", setting.value(&unit.policy));
    unit.notes.add("to", setting.value(&changed));
    policy::set(unit, setting, &setting.value(&changed))?;
    Ok(super::lists::setting(setting, &changed, unit.bounds()))
}

fn turn(unit: &Unit<'_>, account: Account, holder: &Holder, state: State, notice: Notice) -> Flow<Body> {
    accounts::save(unit, &Account { state, ..account })?;
    notify::tell(unit, holder, notice)?;
    Ok(Body::State { state })
}

/// Notes the operator's reason for the audit.
pub fn for_a_reason(unit: &Unit<'_>, asked: &Operator) -> Flow<Niss> {
    unit.notes.remark.set(Some(given(asked.reason.as_ref())?.as_str().to_owned()));
    Ok(*given(asked.niss.as_ref())?)
}

fn account(unit: &Unit<'_>, niss: Niss) -> Flow<(Account, Holder)> {
    let Some(holder) = registry::find(&unit.tx, niss)? else {
        return Err(no(Reason::NotInRegistry).hint(Hint::plain("hint-import")).into());
    };
    match accounts::find(&unit.tx, niss)? {
        Some(account) => Ok((account, holder)),
        None => Err(no(Reason::NoAccount).variant("operator").hint(of(niss, "hint-look-up")).into()),
    }
}

/// The way back from a closed account, where there is one.
pub fn back(account: &Account, holder: &Holder) -> Hint {
    match holder.is_active() && !holder.channels().is_empty() {
        true => of(account.niss, "hint-reset"),
        false => Hint::plain("hint-import"),
    }
}

/// A hint that names a holder.
pub fn of(niss: Niss, key: &'static str) -> Hint {
    Hint { key, facts: vec![("niss", Fact::from(niss.to_string()))] }
}
