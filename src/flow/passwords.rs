//! Passwords: hashed and judged before the transaction, because that is slow, and decided inside it. What was hashed ahead
//! says against which kept hash; where that has changed since, it is stale and done again.

use super::{Flow, Stop, no, sessions};
use crate::domain::holder::Holder;
use crate::domain::niss::Niss;
use crate::domain::password::{Password, PasswordHash, Weakness};
use crate::domain::policy::Policy;
use crate::error::Error;
use crate::random::Random;
use crate::reply::{Hint, Reason};
use crate::request::Request;
use crate::store::accounts::Account;
use crate::store::{Store, Unit, accounts, registry};
use crate::text::Fact;

/// What was worked out before the transaction.
pub enum Slow {
    /// Nothing to work out.
    Nothing,
    /// A password to be.
    New(New),
    /// A password that was typed to get in.
    Typed(Typed),
    /// Both, for a change; none where there is no session to change it in.
    Change(Option<(Typed, New)>),
}

/// A password to be.
pub struct New {
    /// What the general rules say; then nothing else was worked out.
    general: Option<Weakness>,
    /// What the rules say that use the holder's own data.
    personal: Option<Weakness>,
    hash: Option<PasswordHash>,
    /// The current one's hash that it was compared with.
    against: Option<PasswordHash>,
    repeats: bool,
}

/// A password that was typed to get in.
pub struct Typed {
    against: Option<PasswordHash>,
    right: bool,
    /// The same password under the policy's costs, where the kept hash has others.
    renewed: Option<PasswordHash>,
}

/// What slow work needs to know.
struct Known {
    policy: Policy,
    random: Random,
    holder: Option<Holder>,
    current: Option<PasswordHash>,
}

/// Does the slow work of a request.
pub fn ahead(store: &Store, request: &Request) -> Result<Slow, Error> {
    match request {
        Request::Activate(asked) | Request::RecoverConfirm(asked) => match (asked.niss, &asked.password) {
            (Some(niss), Some(password)) => Ok(Slow::New(New::ahead(&known(store, niss)?, niss, password)?)),
            _ => Ok(Slow::Nothing),
        },
        Request::Login(asked) => match (asked.niss, &asked.password) {
            (Some(niss), Some(password)) => Ok(Slow::Typed(Typed::ahead(&known(store, niss)?, niss, password)?)),
            _ => Ok(Slow::Nothing),
        },
        Request::PasswordChange(asked) => {
            let inside = store.read(|unit| sessions::peek(unit, asked.session.as_ref()))?;
            let (Some(niss), Some(password), Some(new)) = (inside, &asked.password, &asked.new_password) else {
                return Ok(Slow::Change(None));
            };
            let known = known(store, niss)?;
            Ok(Slow::Change(Some((Typed::ahead(&known, niss, password)?, New::ahead(&known, niss, new)?))))
        }
        _ => Ok(Slow::Nothing),
    }
}

fn known(store: &Store, niss: Niss) -> Result<Known, Error> {
    store.read(|unit| {
        Ok(Known {
            policy: unit.policy.clone(),
            random: unit.random,
            holder: registry::find(&unit.tx, niss)?,
            current: accounts::find(&unit.tx, niss)?.and_then(|account| account.password),
        })
    })
}

impl Known {
    /// Whether it is the current password. Where there is none it is compared all the same: the time tells nothing (ASVS 6.3.8).
    fn holds(&self, password: &Password) -> bool {
        let dummy = PasswordHash::dummy(&self.policy);
        password.is(self.current.as_ref().unwrap_or(&dummy)) && self.current.is_some()
    }
}

impl New {
    fn ahead(known: &Known, niss: Niss, password: &Password) -> Result<New, Error> {
        let general = password.general_weakness(&known.policy);
        if general.is_some() {
            return Ok(New { general, personal: None, hash: None, against: known.current.clone(), repeats: false });
        }
        Ok(New {
            general,
            personal: password.personal_weakness(&known.policy, known.holder.as_ref()),
            hash: Some(password.hash(&known.policy, &known.random.salt(niss, password)?)),
            repeats: known.holds(password),
            against: known.current.clone(),
        })
    }

    /// The rules that need no knowledge of the holder: before a code is judged.
    pub fn general_rules(&self, unit: &Unit<'_>) -> Flow<()> {
        self.general.map_or(Ok(()), |weakness| Err(weak(unit, weakness)))
    }

    /// The rules that use the holder's own data, for who has proved to be that holder; then the hash to keep.
    pub fn personal_rules(&self, unit: &Unit<'_>, account: &Account) -> Flow<&PasswordHash> {
        if self.repeats {
            return Err(no(Reason::PasswordRepeated).hint(Hint::plain("hint-other-password")).into());
        }
        if let Some(weakness) = self.personal {
            return Err(weak(unit, weakness));
        }
        if account.password != self.against {
            return Err(Stop::Stale);
        }
        self.hash.as_ref().ok_or(Stop::Stale)
    }
}

impl Typed {
    fn ahead(known: &Known, niss: Niss, password: &Password) -> Result<Typed, Error> {
        let right = known.holds(password);
        let outdated = right && known.current.as_ref().is_some_and(|kept| kept.is_outdated(&known.policy));
        let renewed = match outdated {
            true => Some(password.hash(&known.policy, &known.random.salt(niss, password)?)),
            false => None,
        };
        Ok(Typed { against: known.current.clone(), right, renewed })
    }

    /// Whether it was the account's password, and is so still; the renewed hash beside it, where there is one.
    pub fn opens(&self, account: Option<&Account>) -> Flow<(bool, Option<&PasswordHash>)> {
        if account.and_then(|account| account.password.as_ref()) != self.against.as_ref() {
            return Err(Stop::Stale);
        }
        Ok((self.right && self.against.is_some(), self.renewed.as_ref()))
    }
}

fn weak(unit: &Unit<'_>, weakness: Weakness) -> Stop {
    let least = Fact::Number(i64::from(unit.policy.password_least()));
    let hint = Hint { key: better(weakness), facts: vec![("least", least.clone())] };
    no(Reason::PasswordWeak).variant(weakness.as_str()).facts([("least", least)]).hint(hint).into()
}

/// What would be better.
fn better(weakness: Weakness) -> &'static str {
    match weakness {
        Weakness::Short => "hint-password-longer",
        Weakness::Classes => "hint-password-classes",
        Weakness::Guessable => "hint-password-words",
        Weakness::Personal => "hint-password-stranger",
    }
}
