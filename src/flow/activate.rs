//! Activation (001 steps 20-25, 002's second list): a code and a password make a requested account active. Recovery ends in the
//! same way, so both stand on [`open_with`].

use super::passwords::{New, Slow};
use super::{Flow, codes, given, no, notify, sessions};
use crate::domain::niss::Niss;
use crate::domain::words::{Contact, Guard, Notice, Purpose, State, Step};
use crate::error::Error;
use crate::reply::{Body, Hint, Reason};
use crate::request::Activate;
use crate::store::accounts::Account;
use crate::store::guards::Count;
use crate::store::{Unit, accounts, codes as issued, contacts, guards, registry};

/// Sets the first password.
pub fn activate(unit: &Unit<'_>, asked: &Activate, slow: &Slow) -> Flow<Body> {
    if asked.until.is_some() {
        return prove_code(unit, asked, Purpose::Activation);
    }
    let niss = open_with(unit, asked, slow, Purpose::Activation)?;
    told(unit, niss, Notice::Activated)
}

/// The code alone (000 step 11, 001 step 21, 002's second list, step 4): judged and counted as it will be judged again with the
/// password, and not spent by it.
pub fn prove_code(unit: &Unit<'_>, asked: &Activate, purpose: Purpose) -> Flow<Body> {
    let niss = *given(asked.niss.as_ref())?;
    codes::judge(unit, niss, purpose, given(asked.code.as_ref())?)?;
    may_be_opened(&account_of(unit, niss)?)?;
    Ok(Body::Reached { until: Step::Code, usable: None })
}

fn account_of(unit: &Unit<'_>, niss: Niss) -> Result<Account, Error> {
    accounts::find(&unit.tx, niss)?.ok_or_else(|| Error::StoreDamaged("a code without an account".to_owned()))
}

/// The password's general rules, the code, the rules that use the holder's own data; then the account is active, with this
/// password. A refusal of the password leaves the code unused and counts nothing.
pub fn open_with(unit: &Unit<'_>, asked: &Activate, slow: &Slow, purpose: Purpose) -> Flow<Niss> {
    let (niss, code) = (*given(asked.niss.as_ref())?, given(asked.code.as_ref())?);
    let Slow::New(password) = slow else { return Err(Error::Bug("no password was hashed".to_owned()).into()) };
    password.general_rules(unit)?;
    let code = codes::judge(unit, niss, purpose, code)?;
    let account = account_of(unit, niss)?;
    may_be_opened(&account)?;
    set_password(unit, account, password)?;
    keep_telephone(unit, niss)?;
    codes::spend(unit, niss, purpose, &code)?;
    // Whichever code opened it, the other purposes' are good for nothing any more.
    issued::supersede(unit, niss, Purpose::Activation)?;
    issued::supersede(unit, niss, Purpose::Recovery)?;
    issued::supersede(unit, niss, Purpose::Login)?;
    Ok(niss)
}

/// Who has the code is the holder, and may be told how the account stands.
fn may_be_opened(account: &Account) -> Flow<()> {
    let reason = match account.state {
        State::Requested | State::Active => return Ok(()),
        State::Suspended => Reason::Suspended,
        State::Closed => Reason::Closed,
    };
    Err(no(reason).hint(Hint::plain("hint-call")).into())
}

fn set_password(unit: &Unit<'_>, account: Account, password: &New) -> Flow<()> {
    let hash = password.personal_rules(unit, &account)?.clone();
    let activated_at = account.activated_at.or(Some(unit.now));
    accounts::save(unit, &Account { state: State::Active, activated_at, password: Some(hash), ..account })?;
    guards::save(unit, account.niss, Guard::Login, &Count::default())?;
    Ok(())
}

/// The telephone that was typed at registration is kept once its holder has proved to be one (001 step 12).
pub fn keep_telephone(unit: &Unit<'_>, niss: Niss) -> Result<(), Error> {
    let mut care = contacts::find(unit, niss, Contact::Telephone)?;
    if let Some(telephone) = care.proposed.take() {
        registry::set_contact(unit, niss, Contact::Telephone, Some(&telephone))?;
        care.settled_at = Some(unit.now);
        contacts::save(unit, niss, Contact::Telephone, &care)?;
    }
    Ok(())
}

/// Tells the holder, and says what is due.
pub fn told(unit: &Unit<'_>, niss: Niss, notice: Notice) -> Flow<Body> {
    told_as(unit, niss, notice, notice.as_str())
}

/// The same in other sentences than the notice's usual ones.
pub fn told_as(unit: &Unit<'_>, niss: Niss, notice: Notice, text: &str) -> Flow<Body> {
    if let Some(holder) = registry::find(&unit.tx, niss)? {
        notify::tell_as(unit, &holder, notice, text)?;
    }
    Ok(Body::Opened { state: State::Active, due: sessions::due(unit, niss)? })
}
