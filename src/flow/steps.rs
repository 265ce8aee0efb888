//! What a person can really do next: the hints of refusals and the `next` of `account show` come from here, worked out from
//! the same limits that the procedures ask.

use super::codes::{Resend, is_dead, resend};
use super::{cmd, provider, second_factor};
use crate::domain::holder::{Holder, Reach};
use crate::domain::niss::Niss;
use crate::domain::time::Time;
use crate::domain::words::{AccountType, Channel, Contact, Guard, Purpose, State};
use crate::error::Error;
use crate::reply::Hint;
use crate::store::accounts::Account;
use crate::store::contacts::Care;
use crate::store::{Unit, accounts, codes, contacts, guards, registry};
use crate::text::Fact;

/// Whether the newest code of a purpose would still be taken, were it typed.
pub fn code_would_work(unit: &Unit<'_>, niss: Niss, purpose: Purpose) -> Result<bool, Error> {
    let state = accounts::find(&unit.tx, niss)?.map(|account| account.state);
    code_works(unit, niss, purpose, state)
}

fn code_works(unit: &Unit<'_>, niss: Niss, purpose: Purpose, state: Option<State>) -> Result<bool, Error> {
    let Some(newest) = codes::newest(unit, niss, purpose)? else { return Ok(false) };
    let count = guards::find(unit, niss, purpose.guard())?;
    let dead = is_dead(unit, &count, Some(&newest));
    let stands = match purpose {
        Purpose::Activation | Purpose::Recovery => matches!(state, Some(State::Requested | State::Active)),
        Purpose::ContactEmail | Purpose::ContactMobile | Purpose::Login => state == Some(State::Active),
        // The authentication provider knows nothing of accounts.
        Purpose::Cmd => true,
    };
    Ok(newest.is_good(unit.now) && !dead && count.block(unit.now).is_none() && stands)
}

/// What helps after a code that was right once: the newest one, another one, or none at all because the account is active.
pub fn after_stale_code(unit: &Unit<'_>, niss: Niss, purpose: Purpose) -> Result<Hint, Error> {
    if code_would_work(unit, niss, purpose)? {
        return Ok(Hint::plain("hint-newest-code"));
    }
    let Some(account) = accounts::find(&unit.tx, niss)? else { return Ok(Hint::plain("hint-call")) };
    match (purpose, account.state) {
        (_, State::Suspended | State::Closed) => Ok(Hint::plain("hint-call")),
        (Purpose::Activation, State::Active) => into_active(unit, niss),
        (Purpose::ContactEmail, _) if !awaits(unit, niss, Contact::Email)? => Ok(Hint::plain("hint-see-contacts")),
        (Purpose::ContactMobile, _) if !awaits(unit, niss, Contact::Mobile)? => Ok(Hint::plain("hint-see-contacts")),
        _ => another_code(unit, niss, purpose),
    }
}

/// How to get another code of a purpose: the command, or from when it works, or who else can help.
fn another_code(unit: &Unit<'_>, niss: Niss, purpose: Purpose) -> Result<Hint, Error> {
    let command = match purpose {
        Purpose::Activation => format!("ssd register {niss}"),
        Purpose::Recovery => format!("ssd recover request {niss}"),
        Purpose::ContactEmail => another_proof(unit, niss, purpose, Contact::Email, Channel::Email)?,
        Purpose::ContactMobile => another_proof(unit, niss, purpose, Contact::Mobile, Channel::Sms)?,
        Purpose::Login => format!("ssd login {niss}"),
        Purpose::Cmd => format!("ssd login {niss} --method cmd"),
    };
    let holder = registry::find(&unit.tx, niss)?;
    let Some(channel) = holder.and_then(|holder| reaching(unit, &holder.reach(), purpose)) else {
        return Ok(Hint::plain("hint-call"));
    };
    let identity = match purpose {
        Purpose::Activation | Purpose::Recovery => guards::find(unit, niss, Guard::Identity)?.block(unit.now),
        Purpose::ContactEmail | Purpose::ContactMobile | Purpose::Login | Purpose::Cmd => None,
    };
    let until = match resend(unit, niss, purpose, channel)? {
        Resend::Allowed => identity,
        Resend::Blocked(until) | Resend::TooSoon(_, until) | Resend::TooMany(until, _) => identity.max(Some(until)),
    };
    let mut facts = vec![("command", Fact::from(command))];
    Ok(match until {
        Some(until) => {
            facts.push(("until", Fact::Time(until)));
            Hint { key: "hint-another-code-later", facts }
        }
        None => Hint { key: "hint-another-code-now", facts },
    })
}

/// How another code goes to the contact that the newest one was for: to what waits for its proof, or by naming it again.
fn another_proof(
    unit: &Unit<'_>,
    niss: Niss,
    purpose: Purpose,
    kind: Contact,
    channel: Channel,
) -> Result<String, Error> {
    let target = codes::newest(unit, niss, purpose)?.and_then(|newest| newest.target);
    let waiting = match registry::find(&unit.tx, niss)? {
        Some(holder) => waiting(&holder, kind, &contacts::find(unit, niss, kind)?),
        None => None,
    };
    Ok(match waiting.is_some() && waiting == target {
        true => format!("ssd contacts confirm --channel {channel}"),
        false => format!("ssd contacts update --{kind}"),
    })
}

/// Whether a contact of a kind still wants its proof.
fn awaits(unit: &Unit<'_>, niss: Niss, kind: Contact) -> Result<bool, Error> {
    let Some(holder) = registry::find(&unit.tx, niss)? else { return Ok(false) };
    Ok(waiting(&holder, kind, &contacts::find(unit, niss, kind)?).is_some())
}

/// The contact that a code would go to which is asked for without naming one: the registered one until it is confirmed, then
/// what is proposed.
pub fn waiting(holder: &Holder, kind: Contact, care: &Care) -> Option<String> {
    holder.contact(kind).filter(|_| care.confirmed_at.is_none()).or_else(|| care.proposed.clone())
}

/// A channel by which a code of this purpose could travel.
fn reaching(unit: &Unit<'_>, reach: &Reach, purpose: Purpose) -> Option<Channel> {
    let mut usable = reach.channels.iter().copied();
    match purpose {
        Purpose::Activation => usable.next(),
        Purpose::Recovery => usable.find(|channel| *channel != Channel::Letter),
        Purpose::Login => second_factor::channels(&unit.policy, reach).first().copied(),
        Purpose::ContactEmail => Some(Channel::Email),
        Purpose::ContactMobile | Purpose::Cmd => Some(Channel::Sms),
    }
}

/// How to get into an active account: log in, or from when, or recover.
pub fn into_active(unit: &Unit<'_>, niss: Niss) -> Result<Hint, Error> {
    let facts = vec![("niss", Fact::from(niss.to_string()))];
    let has_password = accounts::find(&unit.tx, niss)?.is_some_and(|account| account.password.is_some());
    let lock = guards::find(unit, niss, Guard::Login)?.block(unit.now);
    let second = match registry::find(&unit.tx, niss)? {
        Some(holder) => second_step_from(unit, &holder.reach())?,
        None => None,
    };
    // A new password lifts the password's lock, and is no second step.
    let helps = !has_password || second.is_none();
    match lock.max(second) {
        None if has_password => Ok(Hint { key: "hint-log-in", facts }),
        _ if cmd_works(unit, niss)? => Ok(Hint { key: "hint-log-in-cmd", facts }),
        _ if helps && recovery_open(unit, niss)? => Ok(Hint { key: "hint-recover", facts }),
        Some(until) if has_password && until != Time::NEVER => {
            Ok(Hint { key: "hint-log-in-later", facts: vec![("until", Fact::Time(until))] })
        }
        _ => Ok(Hint::plain("hint-call")),
    }
}

/// How to log in again who has a session that stands no more.
pub fn in_again(unit: &Unit<'_>, niss: Niss) -> Result<Hint, Error> {
    match into_active(unit, niss)? {
        Hint { key: "hint-log-in", .. } => Ok(Hint::plain("hint-log-in-first")),
        other => Ok(other),
    }
}

/// How who has proved to be the holder by Chave Móvel Digital asks for an account with it, or from when.
pub fn into_none(unit: &Unit<'_>, niss: Niss) -> Result<Hint, Error> {
    match guards::find(unit, niss, Guard::Identity)?.block(unit.now) {
        Some(until) => Ok(Hint { key: "hint-wait-until", facts: vec![("until", Fact::Time(until))] }),
        None => Ok(Hint {
            key: "hint-register-cmd",
            facts: vec![("command", Fact::from(registration_by_cmd(unit, niss)?))],
        }),
    }
}

/// The registration by Chave Móvel Digital, with the account type where it is not the one that is meant when none is named.
fn registration_by_cmd(unit: &Unit<'_>, niss: Niss) -> Result<String, Error> {
    let fits = registry::find(&unit.tx, niss)?.map(|holder| AccountType::of(holder.kind));
    let named = match fits {
        Some(AccountType::Company) => " --account-type company",
        Some(AccountType::Citizen) | None => "",
    };
    Ok(format!("ssd register {niss} --procedure cmd{named}"))
}

/// How to get on with an account that is requested: by the code that was sent, or else as it is said.
pub fn into_requested(unit: &Unit<'_>, niss: Niss, otherwise: Hint) -> Result<Hint, Error> {
    let facts = vec![("niss", Fact::from(niss.to_string()))];
    match code_would_work(unit, niss, Purpose::Activation)? {
        true => Ok(Hint { key: "hint-activate", facts }),
        false => Ok(otherwise),
    }
}

/// Whether Chave Móvel Digital would be taken now: the provider lets in, and what it hands over is what the registry has.
fn cmd_works(unit: &Unit<'_>, niss: Niss) -> Result<bool, Error> {
    let Some(handed) = provider::is_open(unit, niss)? else { return Ok(false) };
    Ok(cmd::claim(&handed).differing(registry::find(&unit.tx, niss)?.as_ref()).is_empty())
}

/// From when a login with the right password would go on to its session: none where it does now, [`Time::NEVER`] where the second
/// factor that is wanted reaches no contact. The identity check has no part in it.
fn second_step_from(unit: &Unit<'_>, reach: &Reach) -> Result<Option<Time>, Error> {
    if !second_factor::is_wanted(&unit.policy) || code_would_work(unit, reach.niss, Purpose::Login)? {
        return Ok(None);
    }
    let Some(channel) = reaching(unit, reach, Purpose::Login) else { return Ok(Some(Time::NEVER)) };
    Ok(match resend(unit, reach.niss, Purpose::Login, channel)? {
        Resend::Allowed => None,
        Resend::Blocked(until) | Resend::TooSoon(_, until) | Resend::TooMany(until, _) => Some(until),
    })
}

/// Whether a code to the registered contact of a kind could be asked for now.
pub fn proof_works(unit: &Unit<'_>, niss: Niss, purpose: Purpose, channel: Channel) -> Result<bool, Error> {
    Ok(resend(unit, niss, purpose, channel)? == Resend::Allowed)
}

/// Whether a recovery that is asked for now would get its code.
fn recovery_open(unit: &Unit<'_>, niss: Niss) -> Result<bool, Error> {
    let Some(holder) = registry::find(&unit.tx, niss)? else { return Ok(false) };
    asking_works(unit, &holder.reach(), Purpose::Recovery)
}

fn asking_works(unit: &Unit<'_>, reach: &Reach, purpose: Purpose) -> Result<bool, Error> {
    let Some(channel) = reaching(unit, reach, purpose) else { return Ok(false) };
    let identity = guards::find(unit, reach.niss, Guard::Identity)?.block(unit.now);
    Ok(reach.is_active && identity.is_none() && resend(unit, reach.niss, purpose, channel)? == Resend::Allowed)
}

/// The commands that would work on an account now, holders' first, then operators'.
pub fn commands(unit: &Unit<'_>, account: &Account, has_password: bool, reach: &Reach) -> Result<Vec<String>, Error> {
    let niss = account.niss;
    let mut next = vec![];
    let requested = account.state == State::Requested;
    let cmd = matches!(account.state, State::Requested | State::Active) && cmd_works(unit, niss)?;
    if requested && code_works(unit, niss, Purpose::Activation, Some(account.state))? {
        next.push(format!("ssd activate {niss}"));
    }
    if requested && asking_works(unit, reach, Purpose::Activation)? {
        next.push(format!("ssd register {niss}"));
    }
    if requested && cmd && guards::find(unit, niss, Guard::Identity)?.block(unit.now).is_none() {
        next.push(registration_by_cmd(unit, niss)?);
    }
    if account.state == State::Active
        && has_password
        && guards::find(unit, niss, Guard::Login)?.block(unit.now).is_none()
        && second_step_from(unit, reach)?.is_none()
    {
        next.push(format!("ssd login {niss}"));
    }
    if account.state == State::Active && cmd {
        next.push(format!("ssd login {niss} --method cmd"));
    }
    if matches!(account.state, State::Requested | State::Active) {
        if code_works(unit, niss, Purpose::Recovery, Some(account.state))? {
            next.push(format!("ssd recover confirm {niss}"));
        }
        if asking_works(unit, reach, Purpose::Recovery)? {
            next.push(format!("ssd recover request {niss}"));
        }
    }
    match account.state {
        State::Active => next.push(format!("ssd account suspend {niss}")),
        State::Suspended => next.push(format!("ssd account resume {niss}")),
        State::Requested | State::Closed => {}
    }
    if reach.is_active && !reach.channels.is_empty() {
        next.push(format!("ssd account reset {niss}"));
    }
    if account.state != State::Closed {
        next.push(format!("ssd account close {niss}"));
    }
    next.push(format!("ssd account unlock {niss}"));
    Ok(next)
}
